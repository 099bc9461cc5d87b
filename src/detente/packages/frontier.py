"""Which packages could not be better for one party without being worse for another?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from operator import add
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.errors import RequestError
from detente.packages.dominance import Columns, nondominated
from detente.packages.elimination import Elimination, make_plan
from detente.packages.program import round_scores
from detente.packages.reduced import ContradictionError, Reduced, reduce_space
from detente.packages.space import Package, Space
from detente.packages.table import data_frame
from detente.packages.ties import find_conflict, find_ties
from detente.packages.zones import search_frontier

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

    from detente.packages.solutions import Solutions

__all__ = [
    "Frontier",
    "FrontierPoint",
    "find_frontier",
    "list_frontier",
    "no_package",
    "refuse_conflict",
]

FEW = 5
"""Up to so many parties the dynamic program is worth trying on any space."""
SMALL = 200_000
"""So many packages are listed by the dynamic program whatever the number of parties."""
SOLVER_STATES = 500
"""With more states than this the solver is expected to be faster, for two parties."""
LISTED = 3
"""Up to so many parties the frontier is found first, and solutions are chosen from it."""
TRIED = 20_000
"""Partial packages kept before the dynamic program gives up where there are many parties."""


class FrontierPoint(NamedTuple):
    """One point of a frontier.

    Parameters
    ----------
    space
        The packages and parties.
    score
        ``(parties,)``: the scores of the point.
    package
        A package that attains them.
    ties
        Other packages that attain them too, where they were asked for.
    all_ties
        Whether ``ties`` are all there are; None where they were not asked for.
    """

    space: Space
    score: tuple[int, ...]
    package: Package
    ties: tuple[Package, ...] = ()
    all_ties: bool | None = None

    @property
    def utilities(self) -> tuple[Fraction, ...]:
        """What the package is worth to each party, ``(parties,)``, exactly."""
        return self.space.utility(self.score)

    @property
    def acceptable(self) -> bool:
        """Whether the package gives nobody less than a stated reservation."""
        floors = (self.space.floor(party) for party in range(len(self.score)))
        return all(f is None or s >= f for s, f in zip(self.score, floors, strict=True))


@dataclass(frozen=True, slots=True)
class Frontier:
    """The packages that cannot be improved for one party without loss to another.

    Parameters
    ----------
    space
        The packages and parties.
    points
        The frontier, by falling utility of the first party, then of the next.
    exact
        Whether it is the whole frontier, proven.
    epsilon
        Every package is matched by one of ``points`` but for at most so much of every party's
        utility; 0 where exact.
    lost
        ``(parties,)``: the same for each party.
    method
        How it was found.
    above_reservation
        Whether only packages count that give nobody less than no agreement.
    seconds
        What the search took.
    named
        Packages that a reader will look for, by name: drafts, the status quo.
    """

    space: Space
    points: tuple[FrontierPoint, ...]
    exact: bool
    epsilon: Fraction
    lost: tuple[Fraction, ...]
    method: str
    above_reservation: bool
    seconds: float
    named: Mapping[str, Package] = field(default_factory=dict)

    def __iter__(self) -> Iterator[FrontierPoint]:
        return iter(self.points)

    def __len__(self) -> int:
        return len(self.points)

    def utilities(self) -> NDArray[np.float64]:
        """Return the utilities of the points, ``(points, parties)``."""
        scores = np.array([point.score for point in self.points], dtype=np.float64)
        unit, origin = (list(map(float, each)) for each in (self.space.unit, self.space.origin))
        worth: NDArray[np.float64] = scores.reshape(len(self), len(unit)) * unit + origin
        return worth

    def table(self) -> DataFrame:
        """Return a data frame: a row for each point, its utilities, then the option of each point.

        Raises
        ------
        RequestError
            If pandas is not installed; it comes with ``detente[notebook]``.
        """
        rows = [
            {**dict(zip(self.space.parties, values, strict=True)), **self.space.takes(each.package)}
            for values, each in zip(self.utilities().tolist(), self.points, strict=True)
        ]
        return data_frame(rows, [*self.space.parties, *self.space.points])

    def plot(
        self,
        solutions: Solutions | None = None,
        *,
        names: Mapping[str, str] | None = None,
        most: int = 2_000,
    ) -> Figure:
        """Return a picture of the frontier with named packages and solutions marked.

        Parameters
        ----------
        solutions
            Solutions to mark.
        names
            How to call the parties.
        most
            How many points of the frontier are drawn.
        """
        from detente.pictures.frontier import Mark, draw_frontier

        marks = []
        for name, package in self.named.items():
            kind: Literal["draft", "status quo"] = "draft"
            if name == "status quo":
                kind = "status quo"
            worth = self.space.utility(self.space.score(package))
            label = name if self.space.possible(package) else f"{name} (ruled out)"
            marks.append(Mark(label, tuple(map(float, worth)), kind))
        for solution in solutions or ():
            if solution.utilities is not None:
                worth = solution.utilities
                marks.append(Mark(solution.name, tuple(map(float, worth)), "solution"))
        called = names or {}
        return draw_frontier(
            [called.get(party, party) for party in self.space.parties],
            self.utilities(),
            marks=marks,
            reservations=[None if r is None else float(r) for r in self.space.reservations],
            epsilon=None if self.exact else [float(each) for each in self.lost],
            most=most,
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """Packages of a reduced space, what each score may be short of, and how they were found."""

    packages: list[Package]
    scores: list[tuple[int, ...]]
    lost: tuple[int, ...]
    method: str


def find_frontier(
    space: Space,
    *,
    above_reservation: bool = False,
    most: int = 100_000,
    seconds: float = 30.0,
    all_packages: int = 0,
    progress: Callable[[float], None] = lambda _: None,
) -> Frontier:
    """Return the Pareto frontier of a space of packages.

    Parameters
    ----------
    above_reservation
        Whether only packages count that give nobody less than no agreement.
    most
        Size past which the frontier is no longer exact but certified to within an epsilon.
    seconds
        Time after which a search by solver ends and says what it has proven.
    all_packages
        List up to so many packages for each point of the frontier.
    progress
        Told how much is still open, 1 to 0.

    Raises
    ------
    RequestError
        If the constraints leave no package; it names a smallest set of them that does.

    Examples
    --------
    >>> from detente.packages.space import build_space
    >>> space = build_space(
    ...     points={"border": ["here", "there"], "aid": ["none", "some", "much"]},
    ...     parties=["a", "b"],
    ...     values=[[[0, 4], [0, 1, 2]], [[3, 0], [0, 0, -1]]],
    ... )
    >>> found = find_frontier(space)
    >>> [tuple(map(int, point.utilities)) for point in found], found.exact
    ([(6, -1), (5, 0), (2, 2), (1, 3)], True)
    """
    start = time.monotonic()
    deadline = start + seconds
    try:
        reduced = reduce_space(space)
    except ContradictionError:
        raise no_package(space) from None
    judged = _distinct(reduced.space)
    floors = judged_floors(judged, above_reservation=above_reservation)
    found = _search(judged, floors, most=most, deadline=deadline, progress=progress)
    if found is None:  # not while a solver may be used
        raise TimeoutError
    if not found.packages:
        refuse_conflict(space)
    lost = _losses(reduced.space, judged, found.lost)
    points = _points(space, reduced, found, floors)
    if all_packages:
        until = max(deadline, time.monotonic() + 0.3 * seconds)
        points = [
            each._replace(ties=ties, all_ties=complete)
            for each in points
            for ties, complete in [find_ties(space, each.package, all_packages, deadline=until)]
        ]
    return Frontier(
        space=space,
        points=tuple(points),
        exact=not any(lost),
        epsilon=max(lost),
        lost=lost,
        method=found.method,
        above_reservation=above_reservation,
        seconds=time.monotonic() - start,
    )


def list_frontier(
    space: Space, floors: tuple[int | None, ...], *, deadline: float
) -> Listed | None:
    """Return the exact frontier of a reduced space, where finding it is the shortest way."""
    judged = _distinct(space)
    if len(judged.parties) > LISTED and space.size > SMALL:
        return None
    own = tuple(floors[space.parties.index(name)] for name in judged.parties)
    found = _search(
        judged, own, most=4 * TRIED, merge=False, deadline=deadline, solve=len(judged.parties) == 2
    )
    if found is None or any(found.lost):
        return None
    scores = found.scores if judged is space else _values(space, found.packages)
    kept = [place for place, score in enumerate(scores) if _reaches(score, floors)]
    return Listed(
        [found.packages[k] for k in kept], [scores[k] for k in kept], found.lost, found.method
    )


def _values(space: Space, packages: list[Package]) -> list[tuple[int, ...]]:
    return Columns(space.largest).values(space, packages)


def _reaches(score: tuple[int, ...], floors: tuple[int | None, ...]) -> bool:
    return all(floor is None or each >= floor for each, floor in zip(score, floors, strict=True))


def listed_of(frontier: Frontier) -> Listed:
    """Return a frontier that is exact as packages and scores of its whole space.

    Packages below a stated reservation are left out.
    """
    space = frontier.space
    floors = tuple(space.floor(party) for party in range(len(space.parties)))
    kept = [point for point in frontier if _reaches(point.score, floors)]
    return Listed(
        [point.package for point in kept],
        [point.score for point in kept],
        (0,) * len(space.parties),
        frontier.method,
    )


def refuse_conflict(space: Space) -> None:
    """Refuse a space whose constraints leave no package.

    Raises
    ------
    RequestError
        Naming a smallest set of them that does.
    """
    if find_conflict(space, deadline=time.monotonic() + 10.0):
        raise no_package(space)


def no_package(space: Space) -> RequestError:
    """Return the fault of constraints that leave no package: a smallest set of them, by name."""
    names = find_conflict(space, deadline=time.monotonic() + 10.0) or ()
    listed = ", ".join(f"'{name}'" for name in names)
    if len(names) == 1:
        return RequestError(f"No package is possible: the constraint {listed} rules all out.")
    return RequestError(f"No package is possible: the constraints {listed} cannot be met together.")


def judged_floors(space: Space, *, above_reservation: bool) -> tuple[int | None, ...]:
    """Return the least score of interest for every party, None where any is."""
    return tuple(
        space.floor(party) if above_reservation else None for party in range(len(space.parties))
    )


def _distinct(space: Space) -> Space:
    """The space as judged by parties that differ: of those that judge alike, the strictest."""
    rows: dict[tuple[int, ...], int] = {}
    for party, row in enumerate(_rows(space)):
        known = rows.setdefault(row, party)
        floor, other = space.floor(party), space.floor(known)
        if floor is not None and (other is None or floor > other):
            rows[row] = party
    chosen = sorted(rows.values())
    return space if len(chosen) == len(space.parties) else space.choose_places(chosen)


def _rows(space: Space) -> list[tuple[int, ...]]:
    return [space.row(party) for party in range(len(space.parties))]


def _losses(reduced: Space, judged: Space, lost: tuple[int, ...]) -> tuple[Fraction, ...]:
    """The loss in utility for every party; those that judge alike lose the same score."""
    of_row = dict(zip(_rows(judged), lost, strict=True))
    return tuple(of_row[row] * unit for row, unit in zip(_rows(reduced), reduced.unit, strict=True))


def _search(
    space: Space,
    floors: tuple[int | None, ...],
    *,
    most: int,
    deadline: float,
    merge: bool = True,
    solve: bool = True,
    progress: Callable[[float], None] = lambda _: None,
) -> Listed | None:
    """The frontier by the way expected to be cheapest; None where none was allowed to finish."""
    parties = len(space.parties)
    many = parties > FEW and space.size > SMALL
    plan = make_plan(space)
    left = max(deadline - time.monotonic(), 0.0)
    if plan is not None and not (parties == 2 and plan.most_states > SOLVER_STATES):
        limit = min(TRIED * FEW // parties, most) if many else most
        run = Elimination(
            space,
            plan,
            floors=floors,
            most=limit,
            merge=merge and not many and not any(floor is not None for floor in floors),
            deadline=time.monotonic() + (0.2 if many else 1.0) * left,
        )
        try:
            return _eliminated(run)
        except (MemoryError, TimeoutError):
            pass
    if not solve:
        return None
    deadline = max(deadline, time.monotonic() + 0.3 * left)
    rounded = round_scores(space)
    searched = search_frontier(
        rounded.space, floors, whole=space, deadline=deadline, progress=progress
    )
    lost = tuple(
        (loss + rounded.slack) * step
        for loss, step in zip(searched.lost, rounded.step, strict=True)
    )
    method = "exact solver, " + ("epsilon constraints" if parties == 2 else "search zones")
    packages = list(searched.packages)
    scores = _values(space, packages)
    if rounded.slack and packages:  # rounding may have hidden that one dominates another
        columns = Columns(space.largest)
        kept = nondominated(columns.ranks(columns.write(scores))).tolist()
        packages, scores = [packages[k] for k in kept], [scores[k] for k in kept]
    return Listed(packages, scores, lost, method)


def _eliminated(run: Elimination) -> Listed:
    """What the dynamic program finds."""
    scores = run.run()
    ways = "dynamic program over points"
    if run.plan.most_states > 1:
        ways += f", {run.plan.most_states} states of terms and constraints"
    if any(run.merged):
        ways += ", nearly equal packages merged"
    return Listed(run.packages(), scores, tuple(run.merged), ways)


def _points(
    space: Space,
    reduced: Reduced,
    listed: Listed,
    floors: tuple[int | None, ...],
) -> list[FrontierPoint]:
    """The packages found as points of the frontier, in order, each valued once more."""
    small = listed.packages
    if any(floor is not None for floor in floors):
        small = [
            package
            for package, own in zip(small, listed.scores, strict=True)
            if _reaches(own, floors)
        ]
    packages = reduced.all_whole(small)
    if small is listed.packages and packages and len(listed.scores[0]) == len(space.parties):
        start = zip(space.score(packages[0]), listed.scores[0], strict=True)
        apart = [whole - own for whole, own in start]  # the same for every package
        scores = [tuple(map(add, own, apart)) for own in listed.scores]
    else:
        scores = _values(space, packages)
    found = dict(zip(scores, packages, strict=True))
    ordered = sorted(found.items(), reverse=True)
    return [FrontierPoint(space, score, package) for score, package in ordered]
