"""Packages and what they are worth, in whole numbers.

Every party's utility is ``origin + unit * score``; a score is a whole number, the sum of what each
option taken adds and of what each *term* adds where all it names is taken together. Dominance,
ties and optima are decided on scores, so that no tolerance is needed anywhere. Utilities are read
as exact fractions; an affine change of a party's scale alters neither frontier nor solutions.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from detente.errors import RequestError
from detente.text.nearest import suggest

__all__ = ["Exclusion", "Limit", "Number", "Package", "Space", "Takes", "Term", "build_space"]

Number = int | Fraction | str

Takes = tuple[tuple[int, frozenset[int]], ...]
"""Options of several points that a package takes together: (point, options), each point once."""

Package = tuple[int, ...]
"""One option of every point, by its place within the point."""


@dataclass(frozen=True, slots=True)
class Term:
    """What it adds to each party's score, ``(parties,)``, where all of ``when`` is taken."""

    when: Takes
    scores: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A constraint: no package takes all of ``when``."""

    name: str
    when: Takes


@dataclass(frozen=True, slots=True)
class Limit:
    """A constraint: at most ``most`` of these hold in one package."""

    name: str
    most: int
    of: tuple[Takes, ...]


@dataclass(frozen=True)
class Space:
    """All packages of several points, and what each is worth to each party.

    Parameters
    ----------
    points
        Names of the points.
    options
        Names of the options of every point.
    parties
        Names of those whose consent counts.
    scores
        ``scores[point][option][party]``: what an option adds to a party's score.
    terms
        What is added where several options stand together.
    exclusions, limits
        Which packages are not possible.
    origin, unit
        ``(parties,)`` fractions: utility is ``origin + unit * score``, ``unit > 0``.
    reservations
        ``(parties,)``: the utility of no agreement; None where none is stated.
    """

    points: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    parties: tuple[str, ...]
    scores: tuple[tuple[tuple[int, ...], ...], ...]
    terms: tuple[Term, ...]
    exclusions: tuple[Exclusion, ...]
    limits: tuple[Limit, ...]
    origin: tuple[Fraction, ...]
    unit: tuple[Fraction, ...]
    reservations: tuple[Fraction | None, ...]

    @property
    def size(self) -> int:
        """Number of packages of the options that no constraint bars; other constraints aside."""
        barred: dict[int, frozenset[int]] = {}
        for exclusion in self.exclusions:
            if len(exclusion.when) == 1:
                point, options = exclusion.when[0]
                barred[point] = barred.get(point, frozenset()) | options
        return math.prod(
            len(options) - len(barred.get(point, ())) for point, options in enumerate(self.options)
        )

    @property
    def additive(self) -> bool:
        """Whether points are worth the same whatever stands on the others."""
        return not (self.terms or self.exclusions or self.limits)

    @cached_property
    def bounds(self) -> tuple[tuple[int, int], ...]:
        """For each party, numbers between which every package's score lies."""
        found = []
        for party in range(len(self.parties)):
            low = sum(min(option[party] for option in point) for point in self.scores)
            high = sum(max(option[party] for option in point) for point in self.scores)
            low += sum(min(term.scores[party], 0) for term in self.terms)
            high += sum(max(term.scores[party], 0) for term in self.terms)
            found.append((low, high))
        return tuple(found)

    @cached_property
    def largest(self) -> tuple[int, ...]:
        """For each party, what no score and no part of its sum exceeds in size."""
        found = []
        for party in range(len(self.parties)):
            options = sum(max(abs(option[party]) for option in point) for point in self.scores)
            found.append(options + sum(abs(term.scores[party]) for term in self.terms))
        return tuple(found)

    def row(self, party: int) -> tuple[int, ...]:
        """Return what every option, then every term, adds to the score of one party."""
        return (
            *(option[party] for point in self.scores for option in point),
            *(term.scores[party] for term in self.terms),
        )

    def rescored(self, change: Callable[[Sequence[int]], tuple[int, ...]]) -> Space:
        """Return the same packages, every ``(parties,)`` of scores replaced by what it becomes."""
        return replace(
            self,
            scores=tuple(tuple(change(option) for option in point) for point in self.scores),
            terms=tuple(Term(term.when, change(term.scores)) for term in self.terms),
        )

    def broken(self, package: Package) -> tuple[str, ...]:
        """Return the names of the constraints that a package breaks."""
        found = [each.name for each in self.exclusions if holds(each.when, package)]
        found += [
            limit.name
            for limit in self.limits
            if sum(holds(takes, package) for takes in limit.of) > limit.most
        ]
        return tuple(dict.fromkeys(found))

    def possible(self, package: Package) -> bool:
        """Whether a package meets every constraint."""
        return not self.broken(package)

    def score(self, package: Package) -> tuple[int, ...]:
        """Return the score of one package for every party, ``(parties,)``."""
        rows = [self.scores[point][option] for point, option in enumerate(package)]
        rows += [term.scores for term in self.terms if holds(term.when, package)]
        return tuple(map(sum, zip(*rows, strict=True)))

    def utility(self, score: Sequence[int]) -> tuple[Fraction, ...]:
        """Return the utilities that scores ``(parties,)`` stand for."""
        return tuple(
            origin + unit * each
            for origin, unit, each in zip(self.origin, self.unit, score, strict=True)
        )

    def floor(self, party: int) -> int | None:
        """Return the least score at which a party does no worse than without agreement."""
        reservation = self.reservations[party]
        if reservation is None:
            return None
        return math.ceil((reservation - self.origin[party]) / self.unit[party])

    def takes(self, package: Package) -> dict[str, str]:
        """Return point to option of a package, by name."""
        return {
            name: options[place]
            for name, options, place in zip(self.points, self.options, package, strict=True)
        }

    def package(self, takes: Mapping[str, str]) -> Package:
        """Return the package that takes these options, one for every point.

        Raises
        ------
        RequestError
            If a point or option is unknown, or a point is left open.
        """
        for name in takes:
            if name not in self.points:
                raise RequestError(f"There is no point '{name}' in this space.")
        found = []
        for name, options in zip(self.points, self.options, strict=True):
            if name not in takes:
                raise RequestError(f"The package says nothing on '{name}'; name an option of it.")
            if takes[name] not in options:
                raise RequestError(
                    f"The point '{name}' has no option '{takes[name]}'; "
                    f"it has {', '.join(options[:8])}."
                )
            found.append(options.index(takes[name]))
        return tuple(found)

    def choose(self, parties: Sequence[str]) -> Space:
        """Return the same packages, judged by some of the parties only."""
        for name in parties:
            if name not in self.parties:
                raise RequestError(f"There is no party '{name}'{suggest(name, self.parties)}")
        return self.choose_places([self.parties.index(name) for name in dict.fromkeys(parties)])

    def choose_places(self, chosen: Sequence[int]) -> Space:
        """Return the same packages, judged by the parties at these places only."""

        def pick(row: Sequence[int]) -> tuple[int, ...]:
            return tuple(row[place] for place in chosen)

        return replace(
            self.rescored(pick),
            parties=tuple(self.parties[place] for place in chosen),
            origin=tuple(self.origin[place] for place in chosen),
            unit=tuple(self.unit[place] for place in chosen),
            reservations=tuple(self.reservations[place] for place in chosen),
        )


def holds(takes: Takes, package: Package) -> bool:
    """Whether a package takes one of the options named on every point named."""
    return all(package[point] in options for point, options in takes)


def build_space(
    *,
    points: Mapping[str, Sequence[str]],
    parties: Sequence[str],
    values: Sequence[Sequence[Sequence[Number]]],
    terms: Iterable[tuple[Mapping[int, Iterable[int]], Sequence[Number]]] = (),
    exclusions: Iterable[tuple[str, Mapping[int, Iterable[int]]]] = (),
    limits: Iterable[tuple[str, int, Sequence[Mapping[int, Iterable[int]]]]] = (),
    constants: Sequence[Number] | None = None,
    reservations: Sequence[Number | None] | None = None,
) -> Space:
    """Return the space of packages over ``points`` with exact utilities.

    Parameters
    ----------
    points
        Point name to the names of its options.
    parties
        Names of those whose consent counts.
    values
        ``values[party][point][option]``: what the option adds to the party's utility.
    terms
        ({point: options}, value for every party): added where all of it is taken together.
    exclusions
        (name, {point: options}): never all of it together.
    limits
        (name, most, several {point: options}): at most so many of them hold.
    constants
        What is added to every package, for every party.
    reservations
        Utility without agreement, None where none is stated.

    Raises
    ------
    RequestError
        If there is no party, no point, or a point without options.

    Examples
    --------
    >>> space = build_space(
    ...     points={"border": ["here", "there"], "aid": ["none", "some", "much"]},
    ...     parties=["a", "b"],
    ...     values=[[[0, 4], [0, 1, 2]], [["0.3", 0], [0, 0, "-1/10"]]],
    ... )
    >>> space.size, space.score((1, 2)), [str(each) for each in space.utility((6, 2))]
    (6, (6, 0), ['6', '1/10'])
    """
    if not parties or not points or not all(points.values()):
        raise RequestError("A space of packages needs parties, and points that have options.")
    count = len(parties)
    added = [
        (_takes(when), [_exact(value) for value in row], place)
        for place, (when, row) in enumerate(terms)
    ]
    exact = [[[_exact(v) for v in point] for point in party] for party in values]
    constant = [_exact(value) for value in (constants or [0] * count)]
    origin, unit, scores = [], [], []
    for party in range(count):
        extra = [row[party] for _, row, _ in added]
        every = [v for point in exact[party] for v in point]
        parts = math.lcm(*{v.denominator for v in every}, *{v.denominator for v in extra})
        whole = [[v.numerator * (parts // v.denominator) for v in p] for p in exact[party]]
        lows = [min(point) for point in whole]
        rows = [[v - low for v in point] for point, low in zip(whole, lows, strict=True)]
        more = [v.numerator * (parts // v.denominator) for v in extra]
        step = math.gcd(*(v for point in rows for v in point), *more) or parts
        origin.append(constant[party] + Fraction(sum(lows), parts))
        unit.append(Fraction(step, parts))
        scores.append(([[v // step for v in point] for point in rows], [v // step for v in more]))
    stated = reservations or [None] * count
    return Space(
        points=tuple(points),
        options=tuple(tuple(options) for options in points.values()),
        parties=tuple(parties),
        scores=tuple(
            tuple(
                tuple(scores[party][0][point][option] for party in range(count))
                for option in range(len(options))
            )
            for point, options in enumerate(points.values())
        ),
        terms=tuple(
            Term(when, tuple(scores[party][1][place] for party in range(count)))
            for when, _, place in added
        ),
        exclusions=tuple(Exclusion(name, _takes(when)) for name, when in exclusions),
        limits=tuple(
            Limit(name, most, tuple(_takes(when) for when in of)) for name, most, of in limits
        ),
        origin=tuple(origin),
        unit=tuple(unit),
        reservations=tuple(None if value is None else _exact(value) for value in stated),
    )


def _exact(value: Number | float) -> Fraction:
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def _takes(when: Mapping[int, Iterable[int]]) -> Takes:
    return tuple(sorted((point, frozenset(options)) for point, options in when.items()))
