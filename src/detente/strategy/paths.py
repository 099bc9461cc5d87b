"""From where the conflict stands, where can it get, by which moves, and does every step pay?

Status quo analysis (Li, Kilgour and Hipel 2005): legal sequences of moves, in which nobody moves
twice running, breadth first, so that the first path found to a state is a shortest one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.strategy.conflict import Conflict
from detente.strategy.moves import Mover, movers

__all__ = ["Move", "Paths", "find_paths"]

States = NDArray[np.int64]

_AT_ONCE = 1 << 22


@dataclass(frozen=True, slots=True)
class Move:
    """One step: who moves, from where to where, by file order, and whether that pays.

    ``gain`` is how many classes of indifferent states lie between, positive for an improvement.
    """

    maker: str
    start: int
    end: int
    gain: int


@dataclass(frozen=True, eq=False)
class Paths:
    """Shortest ways from one state to all others.

    Parameters
    ----------
    conflict
        In which conflict.
    start
        From where, by file order.
    improving
        Whether every step must be an improvement for whoever takes it.
    steps
        ``(states,)``: least number of moves, inside order; -1 where it cannot be reached.
    """

    conflict: Conflict
    start: int
    improving: bool
    steps: NDArray[np.int32]
    _before: States
    _by: NDArray[np.int16]

    def reaches(self, state: int) -> bool:
        """Return whether a state, by file order, can be reached."""
        return self.moves(state) is not None

    def moves(self, state: int) -> tuple[Move, ...] | None:
        """Return a shortest way to a state, by file order; None if there is none."""
        conflict = self.conflict
        at = int(conflict.to_inside(np.array([state]))[0])
        if self.steps[at] < 0:
            return None
        found = []
        while self.steps[at] > 0:
            before, place = int(self._before[at]), int(self._by[at])
            ends = conflict.to_file(np.array([before, at]))
            ranks = conflict.ranks[place]
            gain = int(ranks[at]) - int(ranks[before])
            found.append(Move(conflict.makers[place].id, int(ends[0]), int(ends[1]), gain))
            at = before
        return tuple(reversed(found))


def find_paths(conflict: Conflict, start: int, *, improving: bool = False) -> Paths:
    """Return the shortest legal ways from a state to every other.

    Cost: states times choices.

    Parameters
    ----------
    start
        By file order.
    improving
        Whether every step must be an improvement for whoever takes it.

    Examples
    --------
    >>> from detente.strategy.conflict import Option, build_conflict
    >>> prisoners = build_conflict(
    ...     "prisoners", [Option("a", "first cooperates"), Option("b", "second cooperates")],
    ...     [("one", [0]), ("two", [1])], lambda c: c.every(),
    ...     lambda c: np.array([[2, 1, 4, 3], [2, 4, 1, 3]]),
    ... )
    >>> [(move.maker, move.end) for move in find_paths(prisoners, 3, improving=True).moves(0)]
    [('two', 1), ('one', 0)]
    >>> find_paths(prisoners, 0, improving=True).moves(3) is None
    True
    """
    origin = int(conflict.to_inside(np.array([start]))[0])
    steps = np.full(conflict.size, -1, dtype=np.int32)
    before = np.full(conflict.size, -1, dtype=np.int64)
    by = np.full(conflict.size, -1, dtype=np.int16)
    steps[origin] = 0
    frontier, level = np.array([origin]), 0
    people = movers(conflict)
    while len(frontier):
        level += 1
        new: list[States] = []
        for mover in people:
            for starts, every in reached_from(mover, frontier, improving=improving):
                ends, first = np.unique(every, return_index=True)
                fresh = steps[ends] < 0
                ends, first = ends[fresh], first[fresh]
                steps[ends], before[ends], by[ends] = level, starts[first], mover.place
                new.append(ends)
        frontier = np.concatenate(new) if new else np.zeros(0, dtype=np.int64)
    return Paths(conflict, start, improving, steps, before, by)


def reached_from(
    mover: Mover, states: States, *, improving: bool
) -> Iterator[tuple[States, States]]:
    """Yield states and what one move of the mover makes of them, inside order, part by part."""
    conflict = mover.conflict
    _, choices, low = conflict.line(mover.place)
    for first in range(0, len(states), max(1, _AT_ONCE // choices)):
        part = states[first : first + max(1, _AT_ONCE // choices)]
        own = (part // low) % choices
        ends = (part - own * low)[:, None] + np.arange(choices) * low
        can = mover.allowed[own] & conflict.feasible[ends]
        if improving:
            can &= mover.ranks[ends] > mover.ranks[part][:, None]
        at, choice = np.nonzero(can)
        yield part[at], ends[at, choice]
