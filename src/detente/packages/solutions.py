"""Which package is best for all, in the senses that the theory of bargaining knows?

Each solution is measured from the point of no agreement: a party's stated reservation, or its worst
package where none is stated. Only packages count that give nobody less than a stated reservation.

- *nash*: the largest product of gains, all of them positive (Nash 1950);
- *kalai-smorodinsky*: the largest smallest share of the gain that each party could get at best
  among those packages (Kalai and Smorodinsky 1975, as max-min on a finite set);
- *egalitarian*: the largest smallest gain (Kalai 1977), then the largest sum;
- *leximin*: the largest smallest gain, then the largest second smallest, and so on (Sen 1970);
- *utilitarian*: the largest sum of gains.

The last three compare gains between parties and so depend on their scales.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import mul
from typing import TYPE_CHECKING, Any

from ortools.sat.python import cp_model

from detente.errors import RequestError
from detente.packages.frontier import (
    Frontier,
    list_frontier,
    listed_of,
    no_package,
    refuse_conflict,
)
from detente.packages.maxmin import Common, MaxMin, common_unit
from detente.packages.program import Condition, Program, round_scores
from detente.packages.reduced import ContradictionError, reduce_space, whole_space
from detente.packages.space import Package, Space
from detente.packages.table import data_frame

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = ["SOLUTIONS", "Solution", "Solutions", "find_solutions"]

SOLUTIONS = ("nash", "kalai-smorodinsky", "egalitarian", "leximin", "utilitarian")

TOLERANCE = Fraction(1, 10**9)
"""A gap below this share of the widest range is rounding of the solver's numbers, not doubt."""

Row = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Solution:
    """The package that one solution chooses.

    Parameters
    ----------
    name
        One of :data:`SOLUTIONS`.
    package, utilities
        The package and its exact utilities ``(parties,)``; None where the solution has none.
    value
        What the solution makes largest: the product of gains, the smallest share, the smallest
        gain (also for leximin) or the sum of gains.
    gap
        By how much another package could still be better in that measure, for the product as a
        share of it; 0 where it is proven that none is.
    proven
        Whether no package is better.
    method
        How it was found.
    reason
        Why there is none, where there is none.
    """

    name: str
    package: Package | None
    utilities: Row | None
    value: Fraction | None
    gap: float
    proven: bool
    method: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Solutions:
    """Solutions of one space.

    Parameters
    ----------
    space
        The packages and parties.
    no_agreement
        ``(parties,)`` the point from which gains are measured.
    stated
        ``(parties,)`` whether that is a stated reservation; else it is the worst package.
    found
        The solutions, in the order asked for.
    seconds
        What it took.
    """

    space: Space
    no_agreement: Row
    stated: tuple[bool, ...]
    found: tuple[Solution, ...]
    seconds: float

    def __getitem__(self, name: str) -> Solution:
        return next(solution for solution in self.found if solution.name == name)

    def __iter__(self) -> Iterator[Solution]:
        return iter(self.found)

    def table(self) -> DataFrame:
        """Return a data frame: a row for each solution with its value, proof and utilities.

        Raises
        ------
        RequestError
            If pandas is not installed; it comes with ``detente[notebook]``.
        """
        rows = []
        for each in self.found:
            row: dict[str, object] = {
                "solution": each.name,
                "value": None if each.value is None else float(each.value),
                "proven": each.proven,
                "gap": each.gap,
            }
            row.update(zip(self.space.parties, map(float, each.utilities or ()), strict=False))
            rows.append(row)
        return data_frame(rows, ["solution", "value", "proven", "gap", *self.space.parties])


def find_solutions(
    space: Space,
    names: Sequence[str] = SOLUTIONS,
    *,
    frontier: Frontier | None = None,
    seconds: float = 30.0,
    progress: Callable[[str], None] = lambda _: None,
) -> Solutions:
    """Return the packages that bargaining solutions choose, proven or with the gap left.

    Parameters
    ----------
    names
        Which of :data:`SOLUTIONS`.
    frontier
        The frontier of the same space, where it is known already.
    seconds
        Time for all of them together; each gets an equal share of what is left.
    progress
        Told the name of the solution that is searched for.

    Raises
    ------
    RequestError
        If a name is unknown, or the constraints leave no package.

    Examples
    --------
    >>> from detente.packages.space import build_space
    >>> space = build_space(
    ...     points={"border": ["here", "there"], "aid": ["none", "some", "much"]},
    ...     parties=["a", "b"],
    ...     values=[[[0, 4], [0, 1, 2]], [[3, 0], [0, 0, -1]]],
    ...     reservations=[0, -1],
    ... )
    >>> nash = find_solutions(space, ["nash"])["nash"]
    >>> space.takes(nash.package), str(nash.value), nash.proven
    ({'border': 'here', 'aid': 'much'}, '6', True)
    """
    for name in names:
        if name not in SOLUTIONS:
            raise RequestError(f"There is no solution '{name}'; there are {', '.join(SOLUTIONS)}.")
    start = time.monotonic()
    deadline = start + seconds
    question = _Question(space, deadline, frontier)
    found = []
    for place, name in enumerate(names):
        progress(name)
        share = (deadline - time.monotonic()) / (len(names) - place)
        found.append(question.answer(name, time.monotonic() + max(share, 0.1)))
    return Solutions(
        space=space,
        no_agreement=question.zero,
        stated=tuple(value is not None for value in space.reservations),
        found=tuple(found),
        seconds=time.monotonic() - start,
    )


class _Question:
    """What several solutions of one space share."""

    def __init__(self, space: Space, deadline: float, known: Frontier | None) -> None:
        self.whole = space
        if known is not None and not (known.exact and known.space is space):
            known = None
        try:
            self.reduced = reduce_space(space) if known is None else whole_space(space)
        except ContradictionError:
            raise no_package(space) from None
        self.space = self.reduced.space
        self.parties = range(len(space.parties))
        self.floors = tuple(self.space.floor(party) for party in self.parties)
        self.zero = tuple(
            self._worst(party, deadline) if value is None else value
            for party, value in enumerate(space.reservations)
        )
        half = time.monotonic() + 0.5 * (deadline - time.monotonic())
        listed = (
            list_frontier(self.space, self.floors, deadline=half)
            if known is None
            else listed_of(known)
        )
        self.listed = None if listed is None else listed.packages
        self.method = "exact solver" if listed is None else f"exact frontier, {listed.method}"
        self.rows = [] if listed is None else self._whole_gains(listed.scores)
        self._possible: bool | None = None if self.listed is None else bool(self.listed)

    def _worst(self, party: int, deadline: float) -> Fraction:
        """Utility of a party's worst package."""
        if self.whole.additive:
            lowest = self.whole.bounds[party][0]
            return self.whole.origin[party] + self.whole.unit[party] * lowest
        own = self.whole.choose_places([party])
        against = own.rescored(lambda row: (-row[0],))
        best = _best_for(against, deadline)
        return own.origin[0] - own.unit[0] * against.score(best)[0]

    def _gains(self, package: Package) -> Row:
        utilities = self.space.utility(self.space.score(package))
        return tuple(u - d for u, d in zip(utilities, self.zero, strict=True))

    def _whole_gains(self, scores: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
        """Gains of every party as whole numbers of one unit, ``self.step``."""
        space = self.space
        offsets = [o - z for o, z in zip(space.origin, self.zero, strict=True)]
        parts = math.lcm(*(each.denominator for each in (*space.unit, *offsets)))
        self.step = Fraction(1, parts)
        columns = (
            [
                [unit * score + offset for score in column]
                for column, unit, offset in zip(
                    zip(*scores, strict=True),
                    (int(each * parts) for each in space.unit),
                    (int(each * parts) for each in offsets),
                    strict=True,
                )
            ]
            if scores
            else []
        )
        return list(zip(*columns, strict=True))

    # --- answers ---

    def answer(self, name: str, deadline: float) -> Solution:
        """Return one solution."""
        if name == "nash":
            return self._nash(deadline)
        try:
            possible = self._anything(deadline)
        except TimeoutError:
            return self._none(name, "Time ended before any package was found.", proven=False)
        if not possible:
            refuse_conflict(self.whole)
            reason = "No package gives every party at least its reservation."
            return self._none(name, reason)
        try:
            if name == "utilitarian":
                return self._utilitarian(deadline)
            weights = self._shares(deadline) if name == "kalai-smorodinsky" else None
            if name == "kalai-smorodinsky" and weights is None:
                return self._none(name, "No package gives any party more than no agreement.")
            return self._max_min(name, weights, deadline)
        except TimeoutError:
            return self._none(name, "Time ended before a package was found.", proven=False)

    def _none(self, name: str, reason: str, *, proven: bool = True) -> Solution:
        gap = 0.0 if proven else math.inf
        return Solution(name, None, None, None, gap, proven, self.method, reason)

    def _solution(self, name: str, package: Package, value: Fraction, gap: float) -> Solution:
        return Solution(
            name=name,
            package=self.reduced.whole(package),
            utilities=self.space.utility(self.space.score(package)),
            value=value,
            gap=gap,
            proven=gap == 0.0,
            method=self.method,
        )

    def _pick(
        self, name: str, measure: Callable[[Sequence[Any]], Any], weights: Row | None = None
    ) -> Solution:
        """Choose among the packages of the exact frontier, in whole numbers."""
        rows, step = self.rows, self.step
        if weights is not None:
            parts = math.lcm(*(each.denominator for each in weights))
            whole = [int(each * parts) for each in weights]
            rows = [tuple(map(mul, row, whole)) for row in rows]
            step = step / parts
        measured = [measure(row) for row in rows]
        top = max(measured)
        value = top if isinstance(top, int) else top[0]
        package = (self.listed or [])[measured.index(top)]
        return self._solution(name, package, value * step, 0.0)

    def _anything(self, deadline: float) -> bool:
        """Whether some package gives everybody at least what is stated."""
        if self._possible is None:
            program = Program(round_scores(self.space).space)
            answer = program.solve(
                cp_model.LinearExpr.sum([]), *self._at_least(program), deadline=deadline
            )
            self._possible = answer is not None
        return self._possible

    def _at_least(self, program: Program) -> list[Condition]:
        """Conditions that nobody gets less than is stated, exact for any size of score."""
        found = []
        for party, floor in enumerate(self.floors):
            if floor is not None:
                found += program.at_least(self.space, party, floor)
        return found

    # --- nash ---

    def _nash(self, deadline: float) -> Solution:
        reason = "No package gives every party more than no agreement."
        if self.listed is not None:
            products = [math.prod(row) if min(row) > 0 else 0 for row in self.rows]
            top = max(products, default=0)
            if not top:
                return self._none("nash", reason)
            value = top * self.step ** len(self.parties)
            return self._solution("nash", self.listed[products.index(top)], value, 0.0)
        from detente.packages.nash import search_nash

        zero = [
            (d - origin) / unit
            for d, origin, unit in zip(self.zero, self.space.origin, self.space.unit, strict=True)
        ]
        spans = [Fraction(self.space.bounds[p][1]) - zero[p] for p in self.parties]
        if min(spans) <= 0:
            return self._none("nash", reason)
        try:
            answer = search_nash(
                self.space, [float(z) for z in zero], [float(s) for s in spans], deadline=deadline
            )
        except TimeoutError:
            return self._none("nash", "Time ended before a package was found.", proven=False)
        if answer is None or not math.isfinite(answer.value):
            return self._none("nash", reason)
        gap = math.expm1(answer.bound - answer.value)
        gains = self._gains(answer.package)
        value = math.prod(gains, start=Fraction(1))
        return self._solution("nash", answer.package, value, max(0.0, gap))

    # --- sums ---

    def _utilitarian(self, deadline: float) -> Solution:
        if self.listed is not None:
            return self._pick("utilitarian", sum)
        rows = common_unit(self.space, [Fraction(1)] * len(self.parties))
        program = Program(rows.space)
        total = program.weighted([sum(column) for column in zip(*program.rows, strict=True)])
        best = program.solve(total, *self._at_least(program), deadline=deadline)
        if best is None:
            raise TimeoutError
        value = sum(self._gains(best.package), Fraction(0))
        left = (best.bound - best.value) * rows.unit
        return self._solution("utilitarian", best.package, value, self._gap(left, rows))

    # --- the smallest gain ---

    def _shares(self, deadline: float) -> Row | None:
        """One over the best gain of each party among the packages that count."""
        if self.listed is not None:
            ideal = [self.step * max(column) for column in zip(*self.rows, strict=True)]
        else:
            ideal = [self._best_gain(party, deadline) for party in self.parties]
        return tuple(1 / each for each in ideal) if min(ideal) > 0 else None

    def _best_gain(self, party: int, deadline: float) -> Fraction:
        program = Program(common_unit(self.space, _only(party, len(self.parties))).space)
        answer = program.solve(program.scores[party], *self._at_least(program), deadline=deadline)
        if answer is None or not answer.proven:
            raise TimeoutError
        return self._gains(answer.package)[party]

    def _max_min(self, name: str, weights: Row | None, deadline: float) -> Solution:
        scale = weights or (Fraction(1),) * len(self.parties)

        def weighted(row: Row) -> Row:
            return tuple(gain * each for gain, each in zip(row, scale, strict=True))

        if self.listed is not None:

            def measure(row: Sequence[Any]) -> Any:
                return sorted(row) if name == "leximin" else (min(row), sum(row))

            return self._pick(name, measure, weights)
        offsets = [
            (d - origin) * each
            for d, origin, each in zip(self.zero, self.space.origin, scale, strict=True)
        ]
        rows = common_unit(self.space, scale, offsets)
        program = Program(rows.space)
        zero = [math.floor(offset / rows.unit) for offset in offsets]
        gains = [score - z for score, z in zip(program.scores, zero, strict=True)]
        search = MaxMin(program, gains, self._at_least(program), deadline)
        first = search.least()
        best = search.next_ones(first) if name == "leximin" else search.efficient(first)
        value = min(weighted(self._gains(best.package)))
        left = (
            best.bound - best.value if name == "leximin" else first.bound - first.value
        ) * rows.unit
        return self._solution(name, best.package, value, self._gap(left, rows))

    def _gap(self, left: Fraction, rows: Common) -> float:
        """The gap left, with what rounding may hide; 0 where that is nothing beside the ranges."""
        gap = max(left, Fraction(0)) + rows.slack * rows.unit
        return 0.0 if gap <= TOLERANCE * rows.widest else float(gap)


def _best_for(space: Space, deadline: float) -> Package:
    """The best package of a space with one party.

    Raises
    ------
    TimeoutError
        If time ends before one is proven best.
    RequestError
        If no package is possible.
    """
    try:
        reduced = reduce_space(space)
    except ContradictionError:
        raise no_package(space) from None
    listed = list_frontier(reduced.space, (None,), deadline=deadline)
    if listed is not None and listed.packages:
        return reduced.whole(listed.packages[0])
    program = Program(round_scores(reduced.space).space)
    answer = program.solve(program.scores[0], deadline=deadline)
    if answer is None:
        raise no_package(space)
    if not answer.proven:
        raise TimeoutError
    return reduced.whole(answer.package)


def _only(party: int, parties: int) -> list[Fraction]:
    return [Fraction(int(place == party)) for place in range(parties)]
