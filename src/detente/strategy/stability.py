"""Which states are stable, for whom, and by which way of looking ahead?

With A the states that decision maker i reaches from s by an improvement, s is stable for i by

- Nash (R) when A is empty;
- general metarationality (GMR) when the others can answer every state of A by moves of any kind
  that leave i no better off than s (Howard 1971);
- symmetric metarationality (SMR) when moreover i cannot mend that by a move of its own
  (Howard 1971);
- sequential stability (SEQ): as GMR, the others moving only by improvements of their own
  (Fraser and Hipel 1979);
- symmetric sequential stability (SSEQ): as SMR with such answers (Rego and Vieira 2017).

What the others can force is a fixed point: the least rank for i over all that they reach, one
decision maker after another, until nothing changes (Fang, Hipel and Kilgour 1993, chapter 3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.errors import RequestError
from detente.strategy.conflict import Conflict
from detente.strategy.moves import LARGE, Mover, movers
from detente.text.nearest import suggest

__all__ = ["CONCEPTS", "Concept", "Stability", "find_stability", "sanctions"]

Ranks = NDArray[np.int32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Concept:
    """One way of looking ahead."""

    id: str
    label: str
    source: str
    stable: Callable[[tuple[Mover, ...], int], Mask]


def sanctions(
    people: tuple[Mover, ...], focal: Iterable[int], values: Ranks, *, improving: bool
) -> Ranks:
    """Return the least value that the others can bring about from each state, which counts too.

    Parameters
    ----------
    focal
        Places of those who do not move.
    values
        ``(states,)``, :data:`LARGE` where infeasible.
    improving
        Whether the others move only by improvements of their own.
    """
    others = [each for place, each in enumerate(people) if place not in set(focal)]
    found = values
    settled = 0
    one_round = people[0].conflict.feasible.all() and all(each.free for each in others)
    while others and settled < len(others):
        for each in others:
            if improving:
                after = np.minimum(found, each.least_improved(found))
            else:
                after = each.least_reachable(found)
            settled = settled + 1 if np.array_equal(after, found) else 0
            found = after
            if settled == len(others):
                break
        if one_round and not improving:
            break  # the order of free moves does not matter
    return found


def _worst(values: Ranks, conflict: Conflict) -> Ranks:
    return np.where(conflict.feasible, values, LARGE).astype(np.int32)


def _nash(people: tuple[Mover, ...], place: int) -> Mask:
    mover = people[place]
    return np.asarray(mover.most_reachable(mover.ranks) <= mover.ranks)


def _sanctioned(people: tuple[Mover, ...], place: int, *, improving: bool) -> Mask:
    """Every improvement can be answered by something no better than the state left."""
    mover = people[place]
    forced = sanctions(people, [place], _worst(mover.ranks, mover.conflict), improving=improving)
    # what is no improvement is no better than the state left to begin with
    feasible = mover.conflict.feasible
    return np.asarray(mover.most_reachable(np.where(feasible, forced, -1)) <= mover.ranks)


def _symmetric(people: tuple[Mover, ...], place: int, *, improving: bool) -> Mask:
    """The same where the mover may leave the answer by a move of its own."""
    mover, conflict = people[place], people[place].conflict
    escape = mover.most_reachable(mover.ranks)
    forced = sanctions(people, [place], _worst(escape, conflict), improving=improving)
    best = -mover.least_improved(np.where(conflict.feasible, -forced, LARGE).astype(np.int32))
    return np.asarray(best <= mover.ranks)


CONCEPTS: Mapping[str, Concept] = {
    each.id: each
    for each in (
        Concept("nash", "Nash (R)", "Nash 1950", _nash),
        Concept(
            "gmr",
            "GMR",
            "Howard 1971",
            lambda people, place: _sanctioned(people, place, improving=False),
        ),
        Concept(
            "smr",
            "SMR",
            "Howard 1971",
            lambda people, place: _symmetric(people, place, improving=False),
        ),
        Concept(
            "seq",
            "SEQ",
            "Fraser, Hipel 1979",
            lambda people, place: _sanctioned(people, place, improving=True),
        ),
        Concept(
            "sseq",
            "SSEQ",
            "Rego, Vieira 2017",
            lambda people, place: _symmetric(people, place, improving=True),
        ),
    )
}
"""All concepts by id, in the order in which they are shown."""


@dataclass(frozen=True, eq=False)
class Stability:
    """Which states are stable.

    Parameters
    ----------
    conflict
        What was asked.
    stable
        By id of the concept: ``(decision makers, states) bool``, inside order.
    """

    conflict: Conflict
    stable: Mapping[str, Mask]

    def equilibria(self, concept: str) -> NDArray[np.int64]:
        """Return the states that are stable for everybody, by file order, ascending."""
        everybody = self.stable[concept].all(axis=0) & self.conflict.feasible
        return np.sort(self.conflict.to_file(np.flatnonzero(everybody)))

    def stable_for(self, state: int) -> dict[str, tuple[bool, ...]]:
        """Return by concept for whom a state, by file order, is stable."""
        at = int(self.conflict.to_inside(np.array([state]))[0])
        return {name: tuple(map(bool, mask[:, at])) for name, mask in self.stable.items()}

    def settled(self) -> NDArray[np.int64]:
        """Return the states that are equilibria by some concept, by file order, ascending."""
        found = [self.equilibria(concept) for concept in self.stable]
        return np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)


def find_stability(
    conflict: Conflict,
    concepts: Iterable[str] = tuple(CONCEPTS),
    progress: Callable[[float], None] | None = None,
) -> Stability:
    """Return which states are stable for whom, by each concept.

    Cost: states times decision makers squared, times the few rounds until sanctions settle; with
    more than 16 choices that cannot all be exchanged, times the choices. Memory: some tens of bytes
    for each state and decision maker.

    Parameters
    ----------
    concepts
        Ids of :data:`CONCEPTS`.
    progress
        Told the share that is still to be done, 1 to 0.

    Raises
    ------
    RequestError
        If a concept is unknown.

    Examples
    --------
    >>> from detente.strategy.conflict import Option, build_conflict
    >>> prisoners = build_conflict(
    ...     "prisoners", [Option("a", "first cooperates"), Option("b", "second cooperates")],
    ...     [("one", [0]), ("two", [1])], lambda c: c.every(),
    ...     lambda c: np.array([[2, 1, 4, 3], [2, 4, 1, 3]]),
    ... )
    >>> found = find_stability(prisoners)
    >>> {name: found.equilibria(name).tolist() for name in ("nash", "gmr", "seq")}
    {'nash': [0], 'gmr': [0, 3], 'seq': [0, 3]}
    >>> find_stability(prisoners, ["nsh"])
    Traceback (most recent call last):
    detente.errors.RequestError: There is no concept 'nsh'; did you mean 'nash'?
    """
    wanted = list(dict.fromkeys(concepts))
    for each in wanted:
        if each not in CONCEPTS:
            raise RequestError(f"There is no concept '{each}'{suggest(each, CONCEPTS)}")
    people = movers(conflict)
    left = len(wanted) * len(people)
    total = left or 1
    stable: dict[str, list[Mask]] = {each: [] for each in wanted}
    for place in range(len(people)):
        for each in wanted:
            stable[each].append(CONCEPTS[each].stable(people, place))
            left -= 1
            if progress is not None:
                progress(left / total)
    return Stability(
        conflict, {each: np.array(masks, dtype=bool) for each, masks in stable.items()}
    )
