"""Stability for those who look a given number of moves ahead.

A decision maker that may move at a state with h moves to come expects, of each state that it could
move to, the worst for itself among what the others would make of it with h - 1 moves to come. It
moves to the best of these if that is better than staying; where it would stay the state is stable
(limited-move stability L_h: Kilgour 1985; Fang, Hipel and Kilgour 1993, chapter 3, whose rule for
several decision makers, that each expects the worst order of moves, is used here).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.errors import RequestError
from detente.strategy.conflict import Conflict
from detente.strategy.moves import Mover, movers

__all__ = ["limited_move"]

States = NDArray[np.int64]


def limited_move(conflict: Conflict, horizon: int) -> NDArray[np.bool_]:
    """Return which states are stable for whom, ``(decision makers, states)``, inside order.

    Of equally good moves the one to the least state is expected. Cost: horizon times decision
    makers times states times the choices at each.

    Parameters
    ----------
    horizon
        How many moves are looked ahead, at least 1; 1 is Nash stability.

    Raises
    ------
    RequestError
        If the horizon is less than 1.

    Examples
    --------
    >>> from detente.strategy.conflict import Option, build_conflict
    >>> prisoners = build_conflict(
    ...     "prisoners", [Option("a", "first cooperates"), Option("b", "second cooperates")],
    ...     [("one", [0]), ("two", [1])], lambda c: c.every(),
    ...     lambda c: np.array([[2, 1, 4, 3], [2, 4, 1, 3]]),
    ... )
    >>> limited_move(prisoners, 1).all(axis=0).astype(int).tolist()
    [1, 0, 0, 0]
    >>> limited_move(prisoners, 2).all(axis=0).astype(int).tolist()
    [1, 0, 0, 1]
    """
    if horizon < 1:
        raise RequestError(f"The horizon is {horizon}; look at least 1 move ahead.")
    people = movers(conflict)
    here = np.arange(conflict.size)
    ends: list[States] = [here for _ in people]
    stays: list[NDArray[np.bool_]] = []
    for _ in range(horizon):
        found = [_anticipate(mover, ends) for mover in people]
        ends = [each for each, _ in found]
        stays = [stay for _, stay in found]
    return np.array(stays)


def _anticipate(mover: Mover, ends: list[States]) -> tuple[States, NDArray[np.bool_]]:
    """Where the mover expects to end up from each state, and where it stays."""
    conflict, ranks = mover.conflict, mover.ranks
    others = [each for place, each in enumerate(ends) if place != mover.place]
    worst = others[0] if others else np.arange(conflict.size)
    for end in others[1:]:
        worst = np.where(ranks[end] < ranks[worst], end, worst)
    line = conflict.line(mover.place)
    value = np.where(conflict.feasible, ranks[worst], -1).reshape(line)
    own = ranks.reshape(line)
    best, after = own.copy(), np.arange(conflict.size).reshape(line).copy()
    expected = worst.reshape(line)
    for start, end in np.argwhere(mover.allowed):
        better = value[:, end] > best[:, start]
        best[:, start] = np.where(better, value[:, end], best[:, start])
        after[:, start] = np.where(better, expected[:, end], after[:, start])
    return after.reshape(-1), (best == own).reshape(-1)
