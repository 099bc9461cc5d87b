"""The expected utility model: in rounds, actors are challenged, give in or compromise, and move.

After Scholz, Calbert and Smith 2011, who rebuilt Bueno de Mesquita's model (1994) from what was
published of it. In every round each actor's risk exponent follows from how endangered it is; every
actor weighs what it may expect from challenging each other one and from being challenged; and
accepts one offer at most. Their paper and their program differ in which compromise an actor
accepts; ``offers`` chooses.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from detente.errors import RequestError
from detente.forecast.compromise import weighted_mean
from detente.forecast.issue import Array, Inputs
from detente.forecast.median import weighted_median
from detente.forecast.support import Sorted, sort_actors, votes
from detente.text.nearest import suggest

__all__ = ["OFFERS", "Rounds", "challenge_round", "play"]

OFFERS = ("lowest", "least-move")
"""Which compromise is accepted: the lowest on the scale, which gives the published figures, or the
one that asks for the least movement, which is what the paper says in words."""

_CLOSE = 1e-12
_NEAR = 1e-9
_CHUNK = 40_000

Bool = NDArray[np.bool_]
T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Rounds:
    """What happens in the rounds of the model.

    Parameters
    ----------
    positions
        ``(draws, actors)`` after the last round.
    medians, means
        ``(rounds + 1, draws)``: median and mean of positions, weighted by capability times
        salience; the first row is the start.
    moved
        ``(rounds,)``: share of actors, over all draws, that moved in each round.
    """

    positions: Array
    medians: Array
    means: Array
    moved: Array


def play(
    inputs: Inputs,
    *,
    rounds: int = 10,
    q: float = 1.0,
    offers: str = "lowest",
    progress: Callable[[float], None] = lambda _: None,
) -> Rounds:
    """Return what happens in so many rounds, for every draw.

    Draws are taken in chunks, so that memory does not grow with their number.

    Parameters
    ----------
    rounds
        How many; the model does not settle by itself.
    q
        Probability 0..1 that things stay as they are where nobody challenges; 1 in the paper's
        example.
    offers
        One of :data:`OFFERS`.
    progress
        Told what share is still to be done, from 1 to 0.

    Raises
    ------
    RequestError
        If ``rounds``, ``q`` or ``offers`` is not possible.

    Examples
    --------
    >>> two = Inputs(
    ...     np.array([[0.0, 1.0]]), np.array([0.2, 0.9]), np.array([1.0, 3.0]), 0.0, 1.0
    ... )
    >>> play(two, rounds=1).means.round(3).tolist()
    [[0.931], [0.95]]
    >>> play(two, q=2.0)
    Traceback (most recent call last):
    detente.errors.RequestError: Q is a probability from 0 to 1; found 2.
    """
    if not 0.0 <= q <= 1.0:
        raise RequestError(f"Q is a probability from 0 to 1; found {q:g}.")
    if rounds < 0:
        raise RequestError(f"The number of rounds must be at least 0; found {rounds}.")
    if offers not in OFFERS:
        raise RequestError(f"There is no rule of offers '{offers}'{suggest(offers, OFFERS)}")
    draws, actors = inputs.positions.shape
    step = max(1, _CHUNK // (actors * actors))
    parts = [inputs.positions[start : start + step] for start in range(0, draws, step)]
    played: list[Rounds] = []
    # a part at a time in each thread: numpy lets go of the interpreter, and memory stays bounded
    with ThreadPoolExecutor(min(len(parts), os.cpu_count() or 1)) as threads:
        for each in threads.map(partial(_play_part, inputs, rounds, q, offers), parts):
            played.append(each)
            progress(1.0 - len(played) / len(parts))
    return Rounds(
        positions=np.concatenate([each.positions for each in played]),
        medians=np.concatenate([each.medians for each in played], axis=1),
        means=np.concatenate([each.means for each in played], axis=1),
        moved=np.array([each.moved * len(each.positions) for each in played]).sum(axis=0) / draws,
    )


def _play_part(inputs: Inputs, rounds: int, q: float, offers: str, positions: Array) -> Rounds:
    """The rounds of some of the draws."""
    least = positions.min(axis=-1, keepdims=True)
    span = np.maximum(positions.max(axis=-1, keepdims=True) - least, 1e-300)
    weights = inputs.weights
    draws = np.arange(len(positions))[:, None]
    own = positions
    medians, means = [weighted_median(own, weights)], [weighted_mean(own, weights)]
    moved = np.zeros(rounds)
    for place in range(rounds):
        moves = challenge_round((own - least) / span, weights, inputs.salience, q, offers)
        way = own[draws, moves.toward] - own
        # who gives in takes the other's position to the last digit
        new = np.where(moves.partly, own + way * moves.share, own[draws, moves.toward])
        new = np.where(moves.stays, own, new)
        moved[place] = (new != own).mean()
        own = new
        medians.append(weighted_median(own, weights))
        means.append(weighted_mean(own, weights))
    return Rounds(own, np.array(medians), np.array(means), moved)


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """What each actor does in a round, all ``(draws, actors)``.

    ``toward`` is the place of the actor whose offer it accepts; ``stays`` whether it accepts none;
    ``partly`` whether it compromises, and then ``share`` how much of the way it goes.
    """

    toward: NDArray[np.int64]
    stays: Bool
    partly: Bool
    share: Array


def challenge_round(
    positions: Array, weights: Array, salience: Array, q: float, offers: str = "lowest"
) -> Moves:
    """Return what every actor does in one round.

    Parameters
    ----------
    positions
        ``(draws, actors)``, as shares of the range of positions at the start.
    weights
        ``(actors,)``: capability times salience.
    salience
        ``(actors,)``, 0..1: the probability that an actor resists a challenge.
    """
    actors = sort_actors(positions)
    weight, resist = weights[actors.order], salience[actors.order]
    risk = _risk(actors, weight, resist)
    chance = _chances(votes(actors, weight, risk))
    success, stake, nothing = _utilities(actors.distances, risk)
    lead = success - q * nothing[:, :, None]
    # i's own view: what i may expect of challenging j, and of being challenged by j
    attack = lead - resist[:, None, :] * (1.0 - chance) * stake
    suffer = lead - resist[:, :, None] * (1.0 - chance.swapaxes(1, 2)) * stake
    return _answers(actors, attack, suffer, offers)


def _chances(support: Array) -> Array:
    """Probability that i's position prevails over j's, by the published program.

    Votes for it over the votes on all pairs together, not on this pair alone; that makes victory
    improbable throughout, and is what gives the published figures.
    """
    total = 2.0 * support.sum(axis=(1, 2), keepdims=True)
    found: Array = support / np.where(total > 0.0, total, 1.0)
    return found


def _utilities(distances: Array, risk: Array) -> tuple[Array, Array, Array]:
    """Utility of success, how much failure is worse ``(draws, i, j)``, and of no challenge."""
    power = risk[:, :, None]
    best = (0.5 - 0.5 * distances) ** power
    worst = (0.5 + 0.5 * distances) ** power
    return 2.0 - 4.0 * best, 4.0 * (worst - best), 2.0 - 4.0 * 0.5**risk


def _risk(actors: Sorted, weights: Array, resist: Array) -> Array:
    """Risk exponents ``(draws, actors)``, 1/2..2, from how endangered everybody is."""
    chance = _chances(votes(actors, weights))
    # with exponents of 1, success is worth 2 d, failure -2 d, and no challenge 0
    stake = 4.0 * actors.distances * (1.0 - chance)
    threat = (2.0 * actors.distances - resist[:, None, :] * stake).sum(axis=1)
    least, most = threat.min(axis=1, keepdims=True), threat.max(axis=1, keepdims=True)
    spread = most - least
    flat = spread <= _CLOSE
    ratio = (2.0 * threat - most - least) / np.where(flat, 1.0, spread)
    third = np.where(flat, 0.0, ratio) / 3.0
    found: Array = (1.0 - third) / (1.0 + third)
    return found


def _answers(actors: Sorted, attack: Array, suffer: Array, offers: str) -> Moves:
    """Which offer each actor accepts: a lost confrontation first, else a compromise."""
    apart = actors.distances > 0.0
    wants = suffer > _CLOSE
    fight = apart & wants & (attack > _CLOSE) & (suffer - attack > _CLOSE)
    bargain = apart & wants & (attack < -_CLOSE) & (suffer + attack > _CLOSE)
    share = np.where(bargain, -attack / np.where(bargain, suffer, 1.0), 0.0)
    own, other = actors.positions[:, :, None], actors.positions[:, None, :]
    if offers == "lowest":
        cost = (suffer * other - attack * own) / np.where(bargain, suffer - attack, 1.0)
    else:
        cost = share * actors.distances
    nearest = _first_choice(fight, actors.distances, suffer)
    cheapest = _first_choice(bargain, cost, suffer)
    fights = np.asarray(fight.any(axis=2))
    bargains = ~fights & np.asarray(bargain.any(axis=2))
    stays: Bool = ~(fights | bargains)
    toward = np.where(fights, nearest, cheapest)
    part = np.take_along_axis(share, cheapest[:, :, None], axis=2)[:, :, 0]
    return Moves(
        toward=_unsorted(actors, np.take_along_axis(actors.order, toward, axis=1)),
        stays=_unsorted(actors, stays),
        partly=_unsorted(actors, bargains),
        share=_unsorted(actors, np.where(bargains, part, 0.0)),
    )


def _first_choice(allowed: Bool, cost: Array, strength: Array) -> NDArray[np.int64]:
    """The allowed offer of least cost; of those that tie the strongest, then the lowest."""
    cost = np.where(allowed, cost, np.inf)
    least = cost.min(axis=2, keepdims=True)
    tied = allowed & (cost <= least + _NEAR)
    strength = np.where(tied, strength, -np.inf)
    strongest = strength >= strength.max(axis=2, keepdims=True) - _NEAR
    chosen: NDArray[np.int64] = np.argmax(tied & strongest, axis=2)
    return chosen


def _unsorted(actors: Sorted, values: NDArray[T]) -> NDArray[T]:
    """Values in the order in which the actors were given."""
    found = np.empty_like(values)
    np.put_along_axis(found, actors.order, values, axis=1)
    return found
