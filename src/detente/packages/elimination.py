"""The frontier by dynamic programming over points, dominated packages pruned after each.

After some points are settled, of two partial packages one is never needed if the other is at least
as good for everybody and leaves the same open: the same terms still within reach, the same counts
towards the limits (Nemhauser and Ullmann 1969 for sums; Dechter 1999 for elimination). What is left
open is a *state*; where terms and constraints tie few points together there are few states.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from detente.packages.dominance import (
    Columns,
    Scores,
    clearly_dominated,
    nondominated,
    told_by_tops,
)
from detente.packages.space import Package, Space, Takes

__all__ = ["Elimination", "Plan", "make_plan"]

MOST_STATES = 4_000
MOST_CELLS = 24_000_000
"""Candidates times columns held at once; some 400 MB with the copies that a step makes."""

State = tuple[tuple[int, ...], tuple[int, ...]]
"""Conditions begun and not yet missed, and how often the items of each limit held."""


@dataclass(frozen=True)
class Step:
    """Settling one point.

    Parameters
    ----------
    point
        Its place.
    after
        ``(states, options) int``: the state that follows, -1 where a constraint is broken.
    terms
        ``(states, options)``: terms completed, as places.
    states
        Number of states that can follow.
    """

    point: int
    after: NDArray[np.int64]
    terms: dict[tuple[int, int], tuple[int, ...]]
    states: int


@dataclass(frozen=True)
class Plan:
    """In which order points are settled, and what each choice leaves open."""

    steps: tuple[Step, ...]

    @property
    def most_states(self) -> int:
        """The largest number of states open at once."""
        return max(step.states for step in self.steps)


def make_plan(space: Space) -> Plan | None:
    """Return how to eliminate the points of a space; None if it would take too many states."""
    planner = _Planner(space)
    states: dict[State, int] = {((), (0,) * len(space.limits)): 0}
    steps = []
    for at, point in enumerate(planner.order):
        following: dict[State, int] = {}
        after = np.full((len(states), len(space.options[point])), -1, dtype=np.int64)
        completed: dict[tuple[int, int], tuple[int, ...]] = {}
        for state, here in states.items():
            for option in range(len(space.options[point])):
                outcome = planner.choose(state, at, option)
                if outcome is None:
                    continue
                left, terms = outcome
                after[here, option] = following.setdefault(left, len(following))
                if terms:
                    completed[here, option] = terms
            if len(following) > MOST_STATES:
                return None
        steps.append(Step(point, after, completed, len(following)))
        states = following
        if not states:
            break
    return Plan(tuple(steps))


class _Planner:
    """The order of the points, and what each choice does to the conditions left open."""

    def __init__(self, space: Space) -> None:
        self.limits = space.limits
        conditions, self.kinds = _conditions(space)
        self.order = _order(space, conditions)
        position = {point: place for place, point in enumerate(self.order)}
        self.first = [min(position[point] for point, _ in takes) for takes in conditions]
        self.last = [max(position[point] for point, _ in takes) for takes in conditions]
        self.touched: list[list[tuple[int, frozenset[int]]]] = [[] for _ in self.order]
        for place, takes in enumerate(conditions):
            for point, options in takes:
                self.touched[position[point]].append((place, options))

    def choose(self, state: State, at: int, option: int) -> tuple[State, tuple[int, ...]] | None:
        """Return the state after an option and the terms completed; None if it is not allowed."""
        alive, counts = set(state[0]), list(state[1])
        for place, options in self.touched[at]:
            if self.first[place] == at:
                alive.add(place)
            if option not in options:
                alive.discard(place)
        done = {place for place in alive if self.last[place] == at}
        terms = []
        for place in sorted(done):
            kind, which = self.kinds[place]
            if kind == "exclusion":
                return None
            if kind == "term":
                terms.append(which)
                continue
            counts[which] += 1
            if counts[which] > self.limits[which].most:
                return None
        return (tuple(sorted(alive - done)), tuple(counts)), tuple(terms)


def _conditions(space: Space) -> tuple[list[Takes], list[tuple[str, int]]]:
    """All conditions of terms and constraints, and what each belongs to."""
    conditions: list[Takes] = []
    kinds: list[tuple[str, int]] = []
    for place, term in enumerate(space.terms):
        conditions.append(term.when)
        kinds.append(("term", place))
    for place, exclusion in enumerate(space.exclusions):
        conditions.append(exclusion.when)
        kinds.append(("exclusion", place))
    for place, limit in enumerate(space.limits):
        for takes in limit.of:
            conditions.append(takes)
            kinds.append(("limit", place))
    return conditions, kinds


def _order(space: Space, conditions: list[Takes]) -> list[int]:
    """Points tied together first, each time the one that leaves fewest conditions open."""
    spread = [
        sum(
            (max(column) - min(column)) * float(unit)
            for column, unit in zip(zip(*point, strict=True), space.unit, strict=True)
        )
        for point in space.scores
    ]
    waiting = [{point for point, _ in takes} for takes in conditions]
    tied = set().union(*waiting) if waiting else set()
    order: list[int] = []
    begun: set[int] = set()
    while tied:

        def cost(point: int) -> tuple[int, float, int]:
            left_open = sum(
                1
                for place, points in enumerate(waiting)
                if points - {point} and (place in begun or point in points)
            )
            return left_open, spread[point], point

        best = min(tied, key=cost)
        tied.remove(best)
        order.append(best)
        for place, points in enumerate(waiting):
            if best in points:
                begun.add(place)
                points.remove(best)
                if not points:
                    begun.discard(place)
    free = sorted(set(range(len(space.points))).difference(order), key=lambda p: (spread[p], p))
    return [*order, *free]


class Elimination:
    """One run of the dynamic program.

    Parameters
    ----------
    space
        The packages; best reduced first.
    plan
        In which order points are settled.
    floors
        ``(parties,)``: scores below which a package is of no interest to a party; None if any is.
    most
        Partial packages kept at once.
    merge
        Whether packages nearly alike are merged past that; else it is a ``MemoryError``.
    deadline
        Moment (``time.monotonic``) after which it is a ``TimeoutError``.

    Attributes
    ----------
    merged
        ``(parties,)``: by how much a score may have been lost to merging; 0 where exact.
    """

    def __init__(
        self,
        space: Space,
        plan: Plan,
        *,
        floors: tuple[int | None, ...] | None = None,
        most: int = 100_000,
        merge: bool = False,
        deadline: float = math.inf,
    ) -> None:
        self.space = space
        self.plan = plan
        self.most = most
        self.floors = floors
        self.merge = merge
        self.deadline = deadline
        self.columns = Columns(space.largest)
        self.merged = [0] * len(space.parties)
        self._share = 2.0**-12
        self._back: list[tuple[NDArray[np.int32], NDArray[np.int16]]] = []

    def run(self) -> list[tuple[int, ...]]:
        """Return the scores of the frontier, one row for every point of it."""
        columns = self.columns
        scores = np.zeros((1, columns.starts[-1]), dtype=np.int64)
        states = np.zeros(1, dtype=np.int64)
        hopes = self._hopes()
        for at, step in enumerate(self.plan.steps):
            if time.monotonic() > self.deadline:
                raise TimeoutError
            scores, states = self._settle(step, scores, states, hopes[at + 1])
            if not len(scores):
                return []
        if len(np.unique(states)) > 1:  # counts towards limits differ; no longer of interest
            keep = nondominated(columns.ranks(scores))
            scores = scores[keep]
            parents, options = self._back[-1]
            self._back[-1] = parents[keep], options[keep]
        return columns.read(scores)

    def packages(self) -> list[Package]:
        """Return a package for every point of the frontier, in the order of ``run``."""
        if len(self._back) < len(self.plan.steps):
            return []
        places: NDArray[np.integer] = np.arange(len(self._back[-1][0]))
        found = np.empty((len(places), len(self.space.points)), dtype=np.int64)
        for step, (parents, options) in zip(
            reversed(self.plan.steps), reversed(self._back), strict=True
        ):
            found[:, step.point] = options[places]
            places = parents[places]
        return list(map(tuple, found.tolist()))

    # --- one step ---

    def _settle(
        self, step: Step, scores: Scores, states: NDArray[np.int64], hope: tuple[int, ...]
    ) -> tuple[Scores, NDArray[np.int64]]:
        gains = self.columns.write(self.space.scores[step.point])
        count, width = len(gains), scores.shape[1]
        if len(scores) * count * width > MOST_CELLS:
            raise MemoryError
        after = step.after[states]
        if (after >= 0).all():
            parents = np.repeat(np.arange(len(scores)), count)
            options = np.tile(np.arange(count), len(scores))
            found = (scores[:, None, :] + gains[None, :, :]).reshape(-1, width)
        else:
            parents, options = np.nonzero(after >= 0)
            found = scores[parents] + gains[options]
        for (state, option), terms in step.terms.items():
            touched = (states[parents] == state) & (options == option)
            if touched.any():
                found[touched] += self._worth(terms)
        self.columns.carry(found)
        following = after[parents, options]
        keep = self._pruned(found, following, hope)
        self._back.append((parents[keep].astype(np.int32), options[keep].astype(np.int16)))
        return found[keep], following[keep]

    def _worth(self, terms: tuple[int, ...]) -> Scores:
        total = [sum(self.space.terms[t].scores[p] for t in terms) for p in range(self._parties)]
        worth: Scores = self.columns.write([total])[0]
        return worth

    @property
    def _parties(self) -> int:
        return len(self.space.parties)

    def _pruned(
        self, found: Scores, states: NDArray[np.int64], hope: tuple[int, ...]
    ) -> NDArray[np.int64]:
        """Places of the candidates that are still of interest."""
        places = self._reaching(found, hope)
        keep = None
        if not self.columns.narrow and self._parties == 2 and (states == states[:1]).all():
            tops = self.columns.tops(found[places])
            keep = told_by_tops(tops)
            if keep is None:
                places = places[~clearly_dominated(tops)]
            else:
                keep = places[keep]
        if keep is None:
            keep = places[_undominated(self.columns.ranks(found[places]), states[places])]
        if len(keep) <= self.most:
            return keep
        return self._merge(found, states, keep)

    def _reaching(self, found: Scores, hope: tuple[int, ...]) -> NDArray[np.int64]:
        """Candidates that can still reach every floor with the best that may come."""
        everything = np.arange(len(found))
        if self.floors is None or not self.columns.narrow:
            return everything
        reach = np.ones(len(found), dtype=bool)
        for party, floor in enumerate(self.floors):
            if floor is not None:
                reach &= found[:, party] >= floor - hope[party]
        return everything[reach]

    def _hopes(self) -> list[tuple[int, ...]]:
        """For every step, the most that each party can still gain from there on."""
        points = [step.point for step in self.plan.steps]
        last = {point: place for place, point in enumerate(points)}
        hopes = [[0] * self._parties for _ in range(len(points) + 1)]
        for at in range(len(points) - 1, -1, -1):
            for party in range(self._parties):
                best = max(option[party] for option in self.space.scores[points[at]])
                hopes[at][party] = hopes[at + 1][party] + best
        for term in self.space.terms:
            done = max(last.get(point, 0) for point, _ in term.when)
            for at in range(done + 1):
                for party in range(self._parties):
                    hopes[at][party] += max(term.scores[party], 0)
        return [tuple(row) for row in hopes]

    def _merge(
        self, found: Scores, states: NDArray[np.int64], keep: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Of packages nearly alike keep one, as coarsely as it takes to hold the number down.

        Scores are rounded down to a grid; what another reaches on the grid is given up, which loses
        each party less than one width of the grid.
        """
        if not (self.merge and self.columns.narrow):
            raise MemoryError
        spans = [high - low for low, high in self.space.bounds]
        share = self._share / 2.0
        while True:
            widths = np.array([max(1, int(span * share)) for span in spans])
            kept = keep[_undominated(found[keep] // widths, states[keep])]
            if len(kept) <= self.most * 3 // 4:
                self.merged = [
                    lost + int(width) - 1 for lost, width in zip(self.merged, widths, strict=True)
                ]
                self._share = share
                return kept
            share *= 2.0
            if share > 1.0:
                raise MemoryError


def _undominated(ranks: NDArray[np.int64], states: NDArray[np.int64]) -> NDArray[np.int64]:
    """Places of rows that no other of the same state is at least as good as, ascending."""
    if not len(ranks):
        return np.zeros(0, dtype=np.int64)
    if (states == states[0]).all():
        return nondominated(ranks)
    order = np.argsort(states, kind="stable")
    cuts = np.flatnonzero(np.diff(states[order])) + 1
    parts = [
        order[start:end][nondominated(ranks[order[start:end]])]
        for start, end in pairwise([0, *cuts.tolist(), len(order)])
    ]
    return np.sort(np.concatenate(parts))
