"""Minimal winning coalitions and shared criticality in one weighted game, without listing them.

Members are taken from the heaviest to the lightest. A coalition is minimal winning exactly when the
quota is first reached by its lightest member, so that forward sums (who came before) and backward
sums (how it can still be completed) meet at every member. For Johnston's index the coalitions are
told apart by how far they exceed the quota: that decides who is heavy enough to be critical.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detente.power.game import Reaches, SimpleGame
from detente.power.table import Critical

__all__ = ["MOST_VOTES", "as_weighted", "count_minimal", "critical_by_weights"]

MOST_VOTES = 62
"""Up to so many votes every count fits a whole number of 64 bits."""

Array = NDArray[np.int64]


def as_weighted(game: SimpleGame) -> tuple[int, tuple[int, ...]] | None:
    """Return quota and weights, copies one by one, of a game that is one weighted vote."""
    if not isinstance(game.rule, Reaches):
        return None
    line = game.lines[game.rule.line]
    weights = (w for w, many in zip(line, game.copies, strict=True) for _ in range(many))
    return game.rule.quota, tuple(weights)


def count_minimal(quota: int, weights: Sequence[int]) -> int:
    """Return the number of minimal winning coalitions of one weighted game, for any size.

    Examples
    --------
    >>> count_minimal(39, [7] * 5 + [1] * 10)
    210
    """
    before = np.zeros(quota, dtype=object)
    before[0] = 1
    total = 0
    for weight in sorted((each for each in weights if each), reverse=True):
        total += int(before[max(quota - weight, 0) :].sum())
        if weight < quota:
            before[weight:] += before[:-weight].copy()
    return total


def critical_by_weights(game: SimpleGame, quota: int, weights: Sequence[int]) -> Critical:
    """Return who is critical in how many coalitions, and the minimal winning ones.

    Cost: votes^2 times different weights times the quota. At most 62 votes.

    Examples
    --------
    >>> from detente.consent.formula import Voter, weighted
    >>> from detente.power.game import game_of
    >>> game = game_of(weighted(3, [2, 1, 1], [Voter(name) for name in "abc"]))
    >>> found = critical_by_weights(game, *as_weighted(game))
    >>> found.shared, found.minimal
    (((1, 2, 0), (0, 1, 0), (0, 1, 0)), (0, 0, 2, 0))
    """
    owners, first = [], 0
    for many in game.copies:
        owners.append(first)
        first += many
    minimal, having = _minimal_by_size(quota, weights)
    shared = _shared_by_weight(quota, weights)
    none = (0,) * len(weights)
    return Critical(
        tuple(shared.get(weights[owner], none) for owner in owners),
        minimal,
        tuple(having[weights[owner]] for owner in owners),
    )


def _minimal_by_size(
    quota: int, weights: Sequence[int]
) -> tuple[tuple[int, ...], dict[int, tuple[int, ...]]]:
    """Minimal winning coalitions by size, and of these with one member of each weight."""
    order = sorted(weights, reverse=True)
    votes = len(order)
    forward = [_unit(votes, quota)]
    for weight in order:
        forward.append(forward[-1] + _moved(forward[-1], weight))
    # backward[place][size, sum]: ways to reach the quota first with `size` more of those behind
    after = np.zeros((votes + 1, quota), dtype=np.int64)
    total = np.zeros(votes + 1, dtype=np.int64)
    found: dict[int, tuple[int, ...]] = {}
    for place in range(votes - 1, -1, -1):
        weight = order[place]
        ends = np.zeros((votes + 1, quota), dtype=np.int64)
        if weight:
            ends[0, max(quota - weight, 0) :] = 1
        if weight < quota:
            ends[:, : quota - weight] += after[:, weight:]
        joint = forward[place] @ ends.T
        sizes = np.zeros(votes + 1, dtype=np.int64)
        for before in range(votes):
            sizes[before + 1 :] += joint[before, : votes - before]
        found[weight] = tuple(int(each) for each in sizes)
        last = forward[place][:, max(quota - weight, 0) :].sum(axis=1) if weight else 0
        total[1:] += (last * np.ones(votes + 1, dtype=np.int64))[:-1]
        after[1:] += ends[:-1]
    return tuple(int(each) for each in total), found


def _shared_by_weight(quota: int, weights: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Coalitions by number of critical votes, in which one vote of a weight is critical."""
    votes, total = len(weights), sum(weights)
    levels = sorted(set(weights) - {0}, reverse=True)
    found = {weight: np.zeros(votes, dtype=np.int64) for weight in levels}
    for place, least in enumerate(levels):
        heavy = [weight for weight in weights if weight >= least]
        light = [weight for weight in weights if weight < least]
        low = quota + (levels[place + 1] if place + 1 < len(levels) else 0)
        high = quota + least
        rest = np.zeros(total + 1, dtype=np.int64)
        rest[0] = 1
        for weight in light:
            if weight:
                rest[weight:] += rest[:-weight].copy()
            else:
                rest *= 2
        sums = np.concatenate([[0], np.cumsum(rest)])
        at = np.arange(total + 1)
        ways = sums[np.clip(high - at, 0, total + 1)] - sums[np.clip(low - at, 0, total + 1)]
        counts = _unit(len(heavy), total + 1)
        for weight in heavy:
            counts = counts + _moved(counts, weight)
        for weight in set(heavy):
            alone = counts.copy()  # without one such vote: c'[r, s] = c[r, s] - c'[r - 1, s - w]
            for row in range(1, len(alone)):
                alone[row, weight:] -= alone[row - 1, :-weight]
            found[weight][: len(heavy)] += (_moved(alone, weight) @ ways)[1:]
    return {weight: tuple(int(each) for each in line) for weight, line in found.items()}


def _unit(votes: int, length: int) -> Array:
    start = np.zeros((votes + 1, length), dtype=np.int64)
    start[0, 0] = 1
    return start


def _moved(counts: Array, weight: int) -> Array:
    """One more vote of that weight, sums past the end forgotten."""
    moved = np.zeros_like(counts)
    if weight < counts.shape[1]:
        moved[1:, weight:] = counts[:-1, : counts.shape[1] - weight]
    return moved
