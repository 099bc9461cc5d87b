"""What would have to be preferred otherwise for a state to be stable? The inverse problem.

For one decision maker and one way of looking ahead a state s is stable unless some improvement
cannot be answered. It becomes stable when enough states that are now better than s are judged no
better. Two answers are given: the fewest such states, proven by an integer program; and by how many
places s alone would have to rise in the ranking (in the spirit of Kinsara, Kilgour and Hipel 2015).
The preferences of the others stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.errors import RequestError
from detente.strategy.conflict import Conflict
from detente.strategy.moves import LARGE, Mover, movers
from detente.strategy.paths import reached_from
from detente.strategy.stability import CONCEPTS, sanctions
from detente.text.nearest import suggest

__all__ = ["Change", "find_changes"]

States = NDArray[np.int64]

_MOST_CHOICES = 20_000


@dataclass(frozen=True, slots=True)
class Change:
    """How one decision maker's preferences must change for a state to be stable for it.

    Parameters
    ----------
    maker
        Its id.
    concept
        The way of looking ahead.
    lower
        The fewest states, by file order, to be judged no better than the state; none if it is
        stable already.
    rise
        By how many classes of indifferent states the state would have to rise instead.
    proven
        Whether fewer are proven not to be enough.
    """

    maker: str
    concept: str
    lower: tuple[int, ...]
    rise: int
    proven: bool


def find_changes(
    conflict: Conflict, state: int, concept: str = "nash", *, seconds: float = 10.0
) -> tuple[Change, ...]:
    """Return for every decision maker the smallest change that makes ``state`` stable for it.

    Parameters
    ----------
    state
        By file order.
    concept
        Id of one of :data:`~detente.strategy.stability.CONCEPTS`.
    seconds
        Time for the proof, for each decision maker.

    Raises
    ------
    RequestError
        If the concept is unknown, or the others can answer in more than 20,000 ways.

    Examples
    --------
    >>> from detente.strategy.conflict import Option, build_conflict
    >>> prisoners = build_conflict(
    ...     "prisoners", [Option("a", "first cooperates"), Option("b", "second cooperates")],
    ...     [("one", [0]), ("two", [1])], lambda c: c.every(),
    ...     lambda c: np.array([[2, 1, 4, 3], [2, 4, 1, 3]]),
    ... )
    >>> [(each.maker, each.lower, each.rise) for each in find_changes(prisoners, 3)]
    [('one', (2,), 1), ('two', (1,), 1)]
    """
    if concept not in CONCEPTS:
        raise RequestError(f"There is no concept '{concept}'{suggest(concept, CONCEPTS)}")
    people = movers(conflict)
    at = int(conflict.to_inside(np.array([state]))[0])
    found = []
    for mover in people:
        lower, proven = _fewest(people, mover, at, concept, seconds)
        rise = _rise(people, mover, at, concept)
        names = tuple(sorted(int(each) for each in conflict.to_file(np.array(lower, dtype=int))))
        found.append(Change(conflict.makers[mover.place].id, concept, names, rise, proven))
    return tuple(found)


def _answers(people: tuple[Mover, ...], place: int, start: int, *, improving: bool) -> States:
    """All states that the others reach from one, itself included, inside order."""
    seen = {start}
    frontier = np.array([start])
    while len(frontier):
        new: set[int] = set()
        for mover in people:
            if mover.place != place:
                for _, ends in reached_from(mover, frontier, improving=improving):
                    new.update(ends.tolist())
        frontier = np.array(sorted(new - seen), dtype=np.int64)
        seen |= new
        if len(seen) > _MOST_CHOICES:
            raise RequestError(
                f"The others can answer in more than {_MOST_CHOICES:,} ways; too many to compare."
            )
    return np.array(sorted(seen), dtype=np.int64)


def _fewest(
    people: tuple[Mover, ...], mover: Mover, at: int, concept: str, seconds: float
) -> tuple[list[int], bool]:
    own, ranks = mover.place, mover.ranks
    improvements = _improvements(mover, at)
    if concept == "nash":
        return improvements, True
    # for every improvement: ways out, each a set of states to be judged no better than this one
    ways: list[list[frozenset[int]]] = []
    for improvement in improvements:
        costs = {frozenset([improvement])}
        for answer in _answers(people, own, improvement, improving=concept in ("seq", "sseq")):
            needed = {int(answer)}
            if concept in ("smr", "sseq"):
                for _, ends in reached_from(mover, np.array([answer]), improving=False):
                    needed.update(ends.tolist())
            costs.add(frozenset(each for each in needed if ranks[each] > ranks[at]))
        if frozenset() not in costs:
            ways.append(sorted(costs, key=lambda each: (len(each), sorted(each))))
    return _smallest_union(ways, seconds) if ways else ([], True)


def _improvements(mover: Mover, at: int) -> list[int]:
    found = reached_from(mover, np.array([at]), improving=True)
    return [int(end) for _, ends in found for end in ends]


def _smallest_union(ways: list[list[frozenset[int]]], seconds: float) -> tuple[list[int], bool]:
    """The fewest states that hold one way out of every list, by integer programming."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    chosen = {
        state: model.new_bool_var(f"s{state}")
        for state in sorted(frozenset().union(*(each for way in ways for each in way)))
    }
    for way in ways:
        taken = []
        for needed in way:
            use = model.new_bool_var("")
            for state in needed:
                model.add_implication(use, chosen[state])
            taken.append(use)
        model.add_bool_or(taken)
    model.minimize(sum(chosen.values()))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        found = frozenset[int]().union(*(way[0] for way in ways))
        return sorted(found), False
    found_states = [state for state, variable in chosen.items() if solver.value(variable)]
    return found_states, status == cp_model.OPTIMAL


def _rise(people: tuple[Mover, ...], mover: Mover, at: int, concept: str) -> int:
    """How many better classes the state must overtake or join to be stable, all else alike."""
    ranks, conflict = mover.ranks, mover.conflict
    ends = _improvements(mover, at)
    if not ends:
        return 0
    forced = ranks
    if concept in ("gmr", "smr", "seq", "sseq"):
        values = ranks
        if concept in ("smr", "sseq"):
            values = mover.most_reachable(ranks)
        worst = np.where(conflict.feasible, values, LARGE).astype(np.int32)
        forced = sanctions(people, [mover.place], worst, improving=concept in ("seq", "sseq"))
    levels = np.unique(ranks[conflict.feasible & (ranks > ranks[at])])
    for count, level in enumerate(np.concatenate([[ranks[at]], levels])):
        if all(ranks[end] <= level or forced[end] <= level for end in ends):
            return count
    raise AssertionError("at the top of the ranking nothing is an improvement")
