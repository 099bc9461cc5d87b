"""Will a rule be met, and on whom does it hang? Power with beliefs in place of equal odds.

The chance that a rule passes is linear in every member's own probability. Sums on the lines of the
game are followed forward, from nobody having voted, and backward, from everybody having voted.
Where the two meet at a member stand the chances with its yes and with its no; their difference is
the probability that its vote decides (Straffin 1977).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from detente.consent.blocking import hold_outs
from detente.consent.formula import (
    AllOf,
    AtLeastOf,
    Formula,
    Voter,
    all_of,
    at_least,
    holds,
    voters_in,
    weighted,
)
from detente.consent.joint import VoterChance, chance_of, marginal
from detente.errors import RequestError
from detente.power.counting import losing_bounds
from detente.power.game import SimpleGame, game_of

__all__ = ["MemberChance", "Passage", "find_passage"]

Array = NDArray[np.float64]

_MOST_CELLS = 5_000_000
_REACH = 6.0
_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True)
class MemberChance:
    """One member's part in whether a rule passes.

    Parameters
    ----------
    voter
        The member; for a body, that enough of its seats agree, by the lowest quota asked of it.
    yes
        Probability of its yes.
    decisive
        How much more likely the rule passes with its yes than with its no, where all answer
        independently: the probability that its vote decides.
    refused
        Probability that it says no, given that the rule is not met, under the common factor.
    """

    voter: Voter
    yes: float
    decisive: float
    refused: float


@dataclass(frozen=True, slots=True)
class Passage:
    """How likely a rule is met, and who decides it.

    Parameters
    ----------
    probability
        With the common factor, and whatever else members share.
    independent
        Of members that answer independently of each other.
    common_factor
        Correlation of all answers, 0..1.
    members
        The likeliest hold-outs first.
    pivotal
        If the likeliest to agree join first, the one whose yes is enough; None if never.
    hold_outs
        Who blocks if everybody does what is likelier.
    """

    probability: float
    independent: float
    common_factor: float
    members: tuple[MemberChance, ...]
    pivotal: Voter | None
    hold_outs: tuple[Voter, ...]


def find_passage(
    formula: Formula, chances: Mapping[str, VoterChance], common_factor: float = 0.0
) -> Passage:
    """Return the chance that ``formula`` holds, and each member's part in it.

    Exact but for the integration over what is shared. Members of one group share more than the
    common factor; that is in ``probability`` and not in ``refused``.

    Parameters
    ----------
    chances
        Probability of a yes by actor, and what it shares with others.
    common_factor
        Correlation of all answers through one circumstance, 0..1.

    Raises
    ------
    RequestError
        If the weights have too many different sums.

    Examples
    --------
    >>> two_of_three = at_least(2, [Voter("a"), Voter("b"), Voter("c")])
    >>> yes = {"a": VoterChance(0.9), "b": VoterChance(0.6), "c": VoterChance(0.2)}
    >>> found = find_passage(two_of_three, yes)
    >>> round(found.probability, 3), found.pivotal.actor, found.members[0].voter.actor
    (0.624, 'b', 'c')
    >>> round(found.members[0].refused, 3), round(found.members[1].decisive, 2)
    (0.979, 0.74)
    """
    voters = sorted(voters_in(formula))
    plain = game_of(_as_persons(formula), [str(voter) for voter in voters])
    if math.prod(losing_bounds(plain)) > _MOST_CELLS:
        raise RequestError(
            "The weights have too many different sums to follow; give them in rounder units."
        )
    yes = {voter: marginal(voter, chances, common_factor) for voter in voters}
    levels = _levels(voters)
    own = [np.array([yes[voter] for voter in each]) for each in levels]
    steps = _steps_of(plain, levels)
    alone = _met(plain, steps, [each[:, None] for each in own], np.ones(1))
    joint = _shared(plain, steps, own, common_factor) if common_factor else alone
    passing = joint.passing
    if any(chances[voter.actor].cluster is not None for voter in voters):
        passing = chance_of(formula, chances, common_factor)
    failing = 1.0 - joint.passing
    refused = joint.stopped / failing if failing > 1e-12 else np.zeros(len(levels))
    members = [
        MemberChance(each[0], yes[each[0]], float(decisive), float(no))
        for each, decisive, no in zip(
            levels, np.clip(alone.decisive, 0.0, 1.0), np.clip(refused, 0.0, 1.0), strict=True
        )
    ]
    members.sort(key=lambda each: (-each.refused, each.yes, each.voter))
    return Passage(
        probability=passing,
        independent=alone.passing,
        common_factor=common_factor,
        members=tuple(members),
        pivotal=_pivotal(formula, yes),
        hold_outs=hold_outs(formula, yes),
    )


def _levels(voters: Sequence[Voter]) -> list[tuple[Voter, ...]]:
    """The quotas asked of each actor, the lowest first; whoever meets one meets those before."""
    return [tuple(each) for _, each in groupby(voters, key=lambda voter: voter.actor)]


def _steps_of(
    plain: SimpleGame, levels: Sequence[tuple[Voter, ...]]
) -> list[list[tuple[int, ...]]]:
    """By how much each level of each actor moves the sums on the lines; nothing first."""
    at = {name: place for place, name in enumerate(plain.members)}
    found = []
    for each in levels:
        steps = [(0,) * len(plain.lines)]
        for voter in each:
            own = (line[at[str(voter)]] for line in plain.lines)
            steps.append(tuple(before + more for before, more in zip(steps[-1], own, strict=True)))
        found.append(steps)
    return found


def _as_persons(formula: Formula) -> Formula:
    """The rule with every body as one member, who agrees when enough of its seats do."""
    if isinstance(formula, Voter):
        return Voter(str(formula))
    parts = [_as_persons(part) for part in formula.parts]
    if isinstance(formula, AllOf):
        return all_of(parts)
    if isinstance(formula, AtLeastOf):
        return at_least(formula.count, parts)
    return weighted(formula.quota, formula.weights, parts)


@dataclass(frozen=True, slots=True)
class _Met:
    """The chance that a game is won, by independent members.

    ``stopped`` is the chance that a member refuses and the game is lost; ``decisive`` how much
    more likely it is won with the member's full consent than without any; ``(members,)`` each.
    """

    passing: float
    stopped: Array
    decisive: Array


def _met(
    game: SimpleGame, steps: list[list[tuple[int, ...]]], yes: Sequence[Array], masses: Array
) -> _Met:
    """Forward and backward over the sums that lose; whatever leads out of them wins.

    Several situations at once: ``yes`` has ``(levels, situations)`` for every actor, and the result
    is their mean by ``masses``.
    """
    shape = (len(masses), *losing_bounds(game))
    inner = (1,) * (len(shape) - 1)
    nobody: tuple[slice | int, ...] = (slice(None), *(0 for _ in inner))
    odds = [
        -np.diff(each, axis=0, prepend=1.0, append=0.0).reshape(-1, len(masses), *inner)
        for each in yes
    ]
    grids = np.ix_(*(np.arange(length) for length in shape[1:]))
    after = np.broadcast_to(game.winning(list(grids)), shape).astype(float)
    backward = [after]
    for own, chances in zip(reversed(steps), reversed(odds), strict=True):
        pairs = zip(own, chances, strict=True)
        after = sum((p * _moved_back(after, step) for step, p in pairs), np.zeros(shape))
        backward.append(after)
    backward.reverse()
    sums = np.zeros(shape)
    sums[nobody] = 1.0
    passing = masses @ backward[0][nobody]
    out = np.zeros(len(masses))  # has left the sums that lose, for good
    stopped, decisive = np.zeros(len(steps)), np.zeros(len(steps))
    for member, (own, chances) in enumerate(zip(steps, odds, strict=True)):
        after = backward[member + 1]
        refused = _whole(sums * after) + out
        agreed = _whole(sums * _moved_back(after, own[-1])) + out
        stopped[member] = masses @ (chances[0].ravel() * (1.0 - refused))
        decisive[member] = masses @ (agreed - refused)
        whole = _whole(sums)
        pairs = zip(own, chances, strict=True)
        sums = sum((p * _moved(sums, step) for step, p in pairs), np.zeros(shape))
        out += whole - _whole(sums)
    return _Met(float(passing), stopped, decisive)


def _whole(values: Array) -> Array:
    total: Array = values.reshape(len(values), -1).sum(axis=1)
    return total


def _moved(sums: Array, step: Sequence[int]) -> Array:
    moved = np.zeros_like(sums)
    if all(far < length for far, length in zip(step, sums.shape[1:], strict=True)):
        old, new = _shifted(step, sums.shape)
        moved[new] = sums[old]
    return moved


def _moved_back(after: Array, step: Sequence[int]) -> Array:
    """The chance of winning from each sum once the member has agreed: 1 outside."""
    moved = np.ones_like(after)
    if all(far < length for far, length in zip(step, after.shape[1:], strict=True)):
        old, new = _shifted(step, after.shape)
        moved[old] = after[new]
    return moved


def _shifted(
    step: Sequence[int], shape: tuple[int, ...]
) -> tuple[tuple[slice, ...], tuple[slice, ...]]:
    """The cells that stay inside when moved by a step, and where they come to lie."""
    old = tuple(slice(0, length - far) for far, length in zip(step, shape[1:], strict=True))
    new = tuple(slice(far, None) for far in step)
    return (slice(None), *old), (slice(None), *new)


def _shared(
    game: SimpleGame,
    steps: list[list[tuple[int, ...]]],
    yes: Sequence[Array],
    common_factor: float,
) -> _Met:
    """The chances under one common factor, integrated out by the trapezoidal rule."""
    width = min(0.6, 0.9 * math.sqrt(1.0 - common_factor))
    nodes = np.linspace(-_REACH, _REACH, 2 * math.ceil(_REACH / width) + 1)
    masses = np.exp(-0.5 * nodes**2)
    masses /= masses.sum()
    given = []
    for each in yes:
        own = each[:, None]
        sure = (own <= 0.0) | (own >= 1.0)
        threshold = ndtri(np.where(sure, 0.5, own)) - math.sqrt(common_factor) * nodes
        given.append(np.where(sure, own, ndtr(threshold / math.sqrt(1.0 - common_factor))))
    cells = math.prod(losing_bounds(game)) * (len(steps) + 1)
    part = max(1, _AT_ONCE // cells)
    found = [
        _met(
            game,
            steps,
            [each[:, first : first + part] for each in given],
            masses[first : first + part],
        )
        for first in range(0, len(nodes), part)
    ]
    return _Met(
        sum(each.passing for each in found),
        sum((each.stopped for each in found), np.zeros(len(steps))),
        sum((each.decisive for each in found), np.zeros(len(steps))),
    )


def _pivotal(formula: Formula, yes: Mapping[Voter, float]) -> Voter | None:
    joined = dict.fromkeys(yes, False)
    for voter in sorted(yes, key=lambda each: (-yes[each], each)):
        joined[voter] = True
        if holds(formula, joined):
            return voter
    return None
