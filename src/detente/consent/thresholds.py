"""Several counts and quotas over the same voters, solved together.

A decision by 15 of 27 states with 65 percent of the population asks one set of voters twice. All
quotas are followed at once: dynamic programming over the sums reached for each, cut off at the
quota, voter by voter. Exact; the cost is the product of the quotas, not exponential in the voters.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from detente.consent.formula import (
    NEVER,
    TRUE,
    AllOf,
    AtLeastOf,
    Formula,
    Voter,
    WeightedOf,
    all_of,
    at_least,
    voters_in,
    weighted,
)

__all__ = ["Quota", "quotas_of", "solve_quotas"]

Array = NDArray[np.float64]

_MOST_STATES = 3_000_000
_AT_ONCE = 10_000_000


@dataclass(frozen=True, slots=True)
class Quota:
    """Voters with weights, and the sum that those who agree must reach."""

    needed: int
    weights: tuple[tuple[Voter, int], ...]


def quotas_of(formula: Formula) -> tuple[Quota, ...] | None:
    """Return the quotas that a formula is made of; None where solving them together is no gain.

    That is where a part asks for seats of a body, or where the quotas are too large together.

    Examples
    --------
    >>> a, b, c = (Voter(name) for name in "abc")
    >>> rule = all_of([at_least(2, [a, b, c]), weighted(4, [3, 2, 1], [a, b, c])])
    >>> [quota.needed for quota in quotas_of(rule)]
    [2, 4]
    """
    if any(voter.count for voter in voters_in(formula)):
        return None
    found = tuple(dict.fromkeys(_leaves(formula)))
    states = math.prod(quota.needed + 1 for quota in found)
    return found if states <= _MOST_STATES else None


def _leaves(formula: Formula) -> Iterator[Quota]:
    quota = _as_quota(formula)
    if quota is not None:
        yield quota
    elif not isinstance(formula, Voter):
        for part in formula.parts:
            yield from _leaves(part)


def _as_quota(formula: Formula) -> Quota | None:
    """The formula as one quota over voters, if it is one; everybody's yes counts as one."""
    if isinstance(formula, Voter):
        return Quota(1, ((formula, 1),))
    voters = [part for part in formula.parts if isinstance(part, Voter)]
    if len(voters) < len(formula.parts):
        return None
    weights = formula.weights if isinstance(formula, WeightedOf) else (1,) * len(voters)
    total: dict[Voter, int] = {}
    for voter, weight in zip(voters, weights, strict=True):
        total[voter] = total.get(voter, 0) + weight
    needed = {
        AllOf: len(voters),
        AtLeastOf: getattr(formula, "count", 0),
        WeightedOf: getattr(formula, "quota", 0),
    }[type(formula)]
    return Quota(needed, tuple(total.items()))


def solve_quotas(
    formula: Formula, quotas: tuple[Quota, ...], chance: Mapping[Voter, Array]
) -> Array:
    """Return the probability that a formula made of ``quotas`` holds, ``(nodes,)``.

    Parameters
    ----------
    chance
        Probability of a yes by voter, ``(nodes,)`` each; voters are independent.

    Examples
    --------
    >>> a, b, c = (Voter(name) for name in "abc")
    >>> rule = all_of([at_least(2, [a, b, c]), weighted(4, [3, 2, 1], [a, b, c])])
    >>> half = dict.fromkeys((a, b, c), np.array([0.5]))
    >>> solve_quotas(rule, quotas_of(rule), half).tolist()
    [0.375]
    """
    voters = sorted(voters_in(formula))
    weights = [[dict(quota.weights).get(voter, 0) for quota in quotas] for voter in voters]
    needed = [quota.needed for quota in quotas]
    nodes = len(next(iter(chance.values())))
    step = max(1, _AT_ONCE // math.prod(each + 1 for each in needed))
    result = np.zeros(nodes)
    patterns = [
        met
        for met in product((False, True), repeat=len(quotas))
        if _value(formula, dict(zip(quotas, met, strict=True))) == TRUE
    ]
    for first in range(0, nodes, step):
        part = slice(first, min(first + step, nodes))
        reached = np.zeros((part.stop - part.start, *(each + 1 for each in needed)))
        reached.reshape(len(reached), -1)[:, 0] = 1.0
        for voter, weight in zip(voters, weights, strict=True):
            yes = chance[voter][part].reshape((-1,) + (1,) * len(needed))
            after = reached
            for axis, (gained, quota) in enumerate(zip(weight, needed, strict=True), start=1):
                after = _gain(after, axis, gained, quota)
            reached = (1.0 - yes) * reached + yes * after
        for met in patterns:
            where: list[int | slice] = [slice(None)]
            where += [q if m else slice(0, q) for m, q in zip(met, needed, strict=True)]
            block = reached[tuple(where)]
            result[part] += block.reshape(len(block), -1).sum(axis=1)
    return result


def _gain(reached: Array, axis: int, gained: int, quota: int) -> Array:
    """The sums after a yes: moved up along one quota, cut off at it."""
    if not gained:
        return reached
    old = np.moveaxis(reached, axis, -1)
    new = np.zeros_like(old)
    gained = min(gained, quota)
    new[..., gained:quota] = old[..., : quota - gained]
    new[..., quota] = old[..., quota - gained :].sum(axis=-1)
    return np.moveaxis(new, -1, axis)


def _value(formula: Formula, met: Mapping[Quota, bool]) -> Formula:
    quota = _as_quota(formula)
    if quota is not None:
        return TRUE if met[quota] else NEVER
    if isinstance(formula, Voter):
        return formula
    parts = [_value(part, met) for part in formula.parts]
    if isinstance(formula, AllOf):
        return all_of(parts)
    if isinstance(formula, AtLeastOf):
        return at_least(formula.count, parts)
    return weighted(formula.quota, formula.weights, parts)
