"""Can several together leave a state that none of them would leave alone?

A coalition moves by any legal sequence of its members' moves. It improves when every member prefers
where they end (Kilgour, Hipel, Fang and Peng 2001). Its improvement is *sanctioned* when the others
can answer by moves of any kind so that some member is no better off than before. A jump from one
equilibrium to another that a coalition prefers ends the first for good (equilibrium jump).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from detente.strategy.conflict import Conflict
from detente.strategy.moves import LARGE, Mover, movers
from detente.strategy.paths import Move, reached_from
from detente.strategy.stability import sanctions

__all__ = ["Jump", "find_jumps"]

States = NDArray[np.int64]

_MOST_MAKERS = 8


@dataclass(frozen=True, slots=True)
class Jump:
    """A joint move that every member of a coalition prefers.

    Parameters
    ----------
    coalition
        Ids of its members.
    start, end
        By file order.
    moves
        A shortest sequence of the members' moves.
    to_equilibrium
        Whether the end is one of the states that were asked about.
    sanctioned
        Whether the others can answer so that some member is no better off than at the start.
    """

    coalition: tuple[str, ...]
    start: int
    end: int
    moves: tuple[Move, ...]
    to_equilibrium: bool
    sanctioned: bool


def find_jumps(
    conflict: Conflict, states: Iterable[int], *, only_between: bool = False
) -> tuple[Jump, ...]:
    """Return the joint improvements from each of some states, smallest coalitions first.

    Coalitions of two and more; what one member could do alone is left out, and so is a coalition
    of which a part could jump to the same end. With more than 8 decision makers only coalitions of
    two and of all are looked at.

    Parameters
    ----------
    states
        By file order; equilibria as a rule.
    only_between
        Only jumps that end in one of the states.

    Examples
    --------
    >>> from detente.strategy.conflict import Option, build_conflict
    >>> prisoners = build_conflict(
    ...     "prisoners", [Option("a", "first cooperates"), Option("b", "second cooperates")],
    ...     [("one", [0]), ("two", [1])], lambda c: c.every(),
    ...     lambda c: np.array([[2, 1, 4, 3], [2, 4, 1, 3]]),
    ... )
    >>> [(jump.coalition, jump.end) for jump in find_jumps(prisoners, [0])]
    [(('one', 'two'), 3)]
    """
    people = movers(conflict)
    wanted = np.array(sorted(set(states)), dtype=np.int64)
    inside = conflict.to_inside(wanted)
    found: list[Jump] = []
    done: dict[tuple[int, int], list[frozenset[int]]] = {}
    for coalition in _coalitions(len(people)):
        forced = _forced(people, coalition)
        for start, begin in zip(wanted, inside, strict=True):
            ends = _better(conflict, people, coalition, int(begin))
            ends = ends[~_alone(people, coalition, int(begin), ends)]
            if only_between:
                ends = ends[np.isin(ends, inside)]
            before = _reach(people, coalition, int(begin)) if len(ends) else {}
            for end in ends:
                known = done.setdefault((int(begin), int(end)), [])
                if int(end) not in before or any(each < frozenset(coalition) for each in known):
                    continue
                known.append(frozenset(coalition))
                found.append(
                    Jump(
                        tuple(conflict.makers[place].id for place in coalition),
                        int(start),
                        int(conflict.to_file(np.array([end]))[0]),
                        _moves(conflict, before, int(end)),
                        bool(np.isin(end, inside)),
                        any(
                            forced[place][end] <= people[place].ranks[begin] for place in coalition
                        ),
                    )
                )
    return tuple(found)


def _coalitions(makers: int) -> Iterator[tuple[int, ...]]:
    for size in range(2, makers + 1):
        if makers <= _MOST_MAKERS or size in (2, makers):
            yield from combinations(range(makers), size)


def _forced(people: tuple[Mover, ...], coalition: tuple[int, ...]) -> dict[int, NDArray[np.int32]]:
    """For each member the least rank that those outside can bring about from each state."""
    conflict = people[0].conflict
    return {
        place: sanctions(
            people,
            coalition,
            np.where(conflict.feasible, people[place].ranks, LARGE).astype(np.int32),
            improving=False,
        )
        for place in coalition
    }


def _better(
    conflict: Conflict, people: tuple[Mover, ...], coalition: tuple[int, ...], begin: int
) -> States:
    """States that differ only in what the coalition does and that every member prefers."""
    codes = np.array([begin])
    for place in coalition:
        _, choices, low = conflict.line(place)
        own = (begin // low) % choices
        codes = ((codes - own * low)[:, None] + np.arange(choices) * low).reshape(-1)
    kept = conflict.feasible[codes]
    for place in coalition:
        ranks = people[place].ranks
        kept &= ranks[codes] > ranks[begin]
    return np.sort(codes[kept])


def _alone(
    people: tuple[Mover, ...], coalition: tuple[int, ...], begin: int, ends: States
) -> NDArray[np.bool_]:
    """Which ends one member brings about by a move of its own, for which nobody need join it."""
    own = [
        found
        for place in coalition
        for _, found in reached_from(people[place], np.array([begin]), improving=True)
    ]
    return np.isin(ends, np.concatenate(own) if own else np.zeros(0, dtype=np.int64))


def _reach(
    people: tuple[Mover, ...], coalition: tuple[int, ...], begin: int
) -> dict[int, tuple[int, int]]:
    """What the coalition reaches: each state with the one before it and who moved."""
    before: dict[int, tuple[int, int]] = {begin: (-1, -1)}
    frontier = np.array([begin])
    while len(frontier):
        new = []
        for place in coalition:
            for starts, ends in reached_from(people[place], frontier, improving=False):
                for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
                    if end not in before:
                        before[end] = (start, place)
                        new.append(end)
        frontier = np.array(new, dtype=np.int64)
    return before


def _moves(conflict: Conflict, before: dict[int, tuple[int, int]], end: int) -> tuple[Move, ...]:
    found = []
    while before[end][0] >= 0:
        start, place = before[end]
        ends = conflict.to_file(np.array([start, end]))
        gain = int(conflict.ranks[place][end]) - int(conflict.ranks[place][start])
        found.append(Move(conflict.makers[place].id, int(ends[0]), int(ends[1]), gain))
        end = start
    return tuple(reversed(found))
