"""The frontier by an exact solver, one proven package after another.

Two parties: the best for the first, then the best that gives the second more, and so on (the
epsilon-constraint method, Haimes, Lasdon and Wismer 1971), from both ends at once. More: the region
not yet settled is kept as *zones* with a lower corner each (Klamroth, Lacour and Vanderpooten
2015); the zone that may still hide most is searched next, so that what is left at any moment is a
proven bound.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count

from ortools.sat.python import cp_model

from detente.packages.program import Answer, Condition, Program
from detente.packages.space import Package, Space

__all__ = ["Progress", "Searched", "search_frontier"]

Progress = Callable[[float], None]
"""Told how much is still open, as a share of the widest range: 1 at the start, 0 when proven."""

PARTS = 1000
"""A zone is measured in so many parts of every party's range."""


@dataclass(frozen=True, slots=True)
class Searched:
    """Packages found, and how far any package can be from all of them.

    Parameters
    ----------
    packages
        Each efficient as far as proven.
    lost
        ``(parties,)``: every package is matched by a found one but for so much of each score.
    """

    packages: tuple[Package, ...]
    lost: tuple[int, ...]


def search_frontier(
    space: Space,
    floors: tuple[int | None, ...],
    *,
    whole: Space | None = None,
    deadline: float,
    progress: Progress = lambda _: None,
) -> Searched:
    """Return the frontier of the packages at or above ``floors``, or what was proven in time.

    ``floors`` are scores of ``whole``, the same space before its scores were rounded, if given.
    """
    program = Program(space)
    for party, floor in enumerate(floors):
        if floor is not None:
            for condition in program.at_least(whole or space, party, floor):
                program.model.add(condition)
    search = _two if len(space.parties) == 2 else _several
    return search(program, deadline, progress)


def _ranges(space: Space) -> list[int]:
    return [max(high - low, 1) for low, high in space.bounds]


def _two(program: Program, deadline: float, progress: Progress) -> Searched:
    """Search from both ends at once, each best for one party first, until the two meet."""
    wide = _ranges(program.space)
    ends = [_End(program, 0, deadline), _End(program, 1, deadline)]

    def advance(end: _End, other: _End) -> None:
        while end.open and not end.meets(other):
            end.step()
            done = sum(each.reached(wide) for each in ends)
            progress(max(1.0 - done, 0.0))

    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(advance, ends[0], ends[1]), pool.submit(advance, ends[1], ends[0])]
        for each in waiting:
            each.result()
    packages = dict.fromkeys([*ends[0].packages, *reversed(ends[1].packages)])
    exhausted = any(end.exhausted for end in ends) or ends[0].meets(ends[1])
    if exhausted:
        return Searched(tuple(packages), (0, 0))
    if not packages:
        return Searched((), tuple(wide))
    near, far = (1, 0) if ends[0].last is None else (0, 1)
    lost = [0, 0]
    lost[far] = ends[near].left_over(ends[far])
    return Searched(tuple(packages), (lost[0], lost[1]))


class _End:
    """One end of the frontier of two parties, from the best for ``first`` inwards."""

    def __init__(self, program: Program, first: int, deadline: float) -> None:
        self.program, self.first, self.deadline = program, first, deadline
        self.second = 1 - first
        self.packages: list[Package] = []
        self.last: tuple[int, ...] | None = None
        self.open = True
        self.exhausted = False
        wide = _ranges(program.space)[self.second] + 1
        self._both: cp_model.LinearExpr | None = None
        if (_ranges(program.space)[first] + 1) * wide < 2**50:
            columns = zip(program.rows[first], program.rows[self.second], strict=True)
            self._both = program.weighted([a * wide + b for a, b in columns])

    def step(self) -> None:
        """Find the next package of the frontier, or that there is none."""
        try:
            best = self._next()
        except TimeoutError:
            self.open = False
            return
        if best is None:
            self.open, self.exhausted = False, True
        elif not best.proven:
            self.open = False
        else:
            self.packages.append(best.package)
            self.last = self.program.space.score(best.package)

    def _next(self) -> Answer | None:
        solve, hint = self.program.solve, self.packages[-1] if self.packages else None
        first, second = self.program.scores[self.first], self.program.scores[self.second]
        beyond = [] if self.last is None else [second >= self.last[self.second] + 1]
        if self._both is not None:
            return solve(self._both, *beyond, deadline=self.deadline, hint=hint)
        best = solve(first, *beyond, deadline=self.deadline, hint=hint)
        if best is None or not best.proven:
            return best
        kept = [first >= best.value, *beyond]
        return solve(second, *kept, deadline=self.deadline, hint=best.package)

    def meets(self, other: _End) -> bool:
        """Whether all between the two ends is settled."""
        if self.last is None or other.last is None:
            return False
        return self.last[self.second] >= other.last[self.second]

    def reached(self, wide: list[int]) -> float:
        """How far along the second party's range this end has come."""
        if self.last is None:
            return 0.0
        low = self.program.space.bounds[self.second][0]
        return (self.last[self.second] - low) / wide[self.second] / 2.0

    def left_over(self, other: _End) -> int:
        """How much more than at this end the second party might still get before the other end."""
        low, high = self.program.space.bounds[self.second]
        most = high if other.last is None else other.last[self.second]
        return max(most - (low if self.last is None else self.last[self.second]), 0)


@dataclass(frozen=True, slots=True)
class _Zone:
    """Scores above a corner in every part; None where the corner is the end of the space."""

    corner: tuple[int | None, ...]

    def contains(self, score: tuple[int, ...]) -> bool:
        return all(
            low is None or value > low for low, value in zip(self.corner, score, strict=True)
        )

    def inside(self, other: _Zone) -> bool:
        return all(
            theirs is None or (mine is not None and mine >= theirs)
            for mine, theirs in zip(self.corner, other.corner, strict=True)
        )


def _several(program: Program, deadline: float, progress: Progress) -> Searched:
    space = program.space
    wide = _ranges(space)
    number = count()
    step = program.model.new_int_var(0, PARTS, "")
    whole = _Zone((None,) * len(wide))
    waiting: list[tuple[int, int, _Zone]] = [(-PARTS, next(number), whole)]
    hidden = {whole: PARTS}
    found: dict[tuple[int, ...], Package] = {}
    left = 0
    while waiting:
        most, _, zone = heapq.heappop(waiting)
        if hidden.get(zone) != -most:
            continue
        progress(-most / PARTS)
        try:
            package, inside = _look(program, step, zone, wide, deadline)
        except TimeoutError:
            left = max(-most, 1)
            break
        if package is None:
            del hidden[zone]
            continue
        hidden[zone] = min(hidden[zone], inside)
        score = space.score(package)
        found[score] = package
        for fresh in _split(hidden, score):
            heapq.heappush(waiting, (-hidden[fresh], next(number), fresh))
        if zone in hidden:
            heapq.heappush(waiting, (-hidden[zone], next(number), zone))
    if not left:
        return Searched(tuple(found.values()), (0,) * len(wide))
    if not found:
        return Searched((), tuple(wide))
    lost = tuple(-(-(left + 1) * span // PARTS) for span in wide)
    return Searched(tuple(found.values()), lost)


def _look(
    program: Program, step: cp_model.IntVar, zone: _Zone, wide: list[int], deadline: float
) -> tuple[Package | None, int]:
    """An efficient package in a zone, and how many parts any package there lies above its corner.

    The largest step that some package takes above the corner for everybody at once bounds what the
    zone hides; making that package efficient keeps it in the zone.
    """
    scores = program.scores
    above: list[Condition] = []
    for low, score, span in zip(zone.corner, scores, wide, strict=True):
        if low is not None:
            above.append(PARTS * score - span * step >= PARTS * (low + 1))
    if not above:  # the whole space: start in its middle
        for score, span, (low, _) in zip(scores, wide, program.space.bounds, strict=True):
            above.append(PARTS * score - span * step >= PARTS * low)
    best = program.solve(1 * step, *above, deadline=deadline, gap=0.02)
    if best is None:
        return None, 0
    hidden = best.bound if any(low is not None for low in zone.corner) else PARTS
    reached = program.space.score(best.package)
    total = program.weighted(
        [
            sum(value * (2**20 // span or 1) for value, span in zip(column, wide, strict=True))
            for column in zip(*program.rows, strict=True)
        ]
    )
    floor = [score >= value for score, value in zip(scores, reached, strict=True)]
    try:
        better = program.solve(total, *floor, deadline=deadline, hint=best.package)
    except TimeoutError:
        better = None
    return (better or best).package, hidden


def _split(hidden: dict[_Zone, int], score: tuple[int, ...]) -> list[_Zone]:
    """Replace the zones that hold a new score by the parts of them that it does not settle.

    A part hides no more than any zone that it lies in did.
    """
    hit = {zone: hidden.pop(zone) for zone in list(hidden) if zone.contains(score)}
    fresh: dict[_Zone, int] = {}
    for zone in hit:
        for party, value in enumerate(score):
            part = _Zone((*zone.corner[:party], value, *zone.corner[party + 1 :]))
            if part not in fresh:
                fresh[part] = min(most for other, most in hit.items() if part.inside(other))
    kept = {
        zone: most
        for zone, most in fresh.items()
        if not any(zone.inside(other) for other in fresh if other != zone)
        and not any(zone.inside(other) for other in hidden)
    }
    hidden.update(kept)
    return list(kept)
