"""Small spaces of packages as a person would write them down, at random."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from detente.packages.space import Space, build_space

__all__ = ["HUGE", "Row", "Takes", "Written", "examples", "large_space", "taken", "written_spaces"]

HUGE = 10**25
"""Beyond 64 bits, and beyond what a float tells from its neighbours."""

Row = tuple[Fraction, ...]
Takes = tuple[tuple[int, frozenset[int]], ...]


@dataclass(frozen=True)
class Written:
    """A space before it is built: ``values[party][point][option]`` and all that goes with it."""

    points: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    parties: tuple[str, ...]
    values: tuple[tuple[Row, ...], ...]
    terms: tuple[tuple[Takes, Row], ...] = ()
    exclusions: tuple[tuple[str, Takes], ...] = ()
    limits: tuple[tuple[str, int, tuple[Takes, ...]], ...] = ()
    constants: Row = ()
    reservations: tuple[Fraction | None, ...] = ()

    def build(self) -> Space:
        """Return the space that is written."""
        return build_space(
            points=dict(zip(self.points, self.options, strict=True)),
            parties=self.parties,
            values=self.values,
            terms=[(dict(when), row) for when, row in self.terms],
            exclusions=[(name, dict(when)) for name, when in self.exclusions],
            limits=[(name, most, [dict(w) for w in of]) for name, most, of in self.limits],
            constants=self.constants or None,
            reservations=self.reservations or None,
        )

    def worth(self, package: Sequence[int]) -> Row:
        """Return what a package is worth to every party, added up as it is written."""
        return tuple(
            (self.constants[party] if self.constants else Fraction(0))
            + sum((self.values[party][p][o] for p, o in enumerate(package)), Fraction(0))
            + sum((row[party] for when, row in self.terms if taken(when, package)), Fraction(0))
            for party in range(len(self.parties))
        )


def taken(when: Takes, package: Sequence[int]) -> bool:
    """Return whether a package takes all this together."""
    return all(package[point] in options for point, options in when)


def examples(count: int) -> settings:
    """Return settings for so many examples that each may take its time."""
    return settings(
        max_examples=count,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


_POOLS = {
    "few": [0, 0, 1, 1, 2],
    "signed": [0, 1, -1, 2, -3, 5, 7],
    "wide": range(-40, 41),
    "broken": [0, "1/3", "-1/2", "2/7", 1, "1/6", -2, "5/6"],
    "huge": [0, HUGE, HUGE + 1, 2 * HUGE, 2 * HUGE - 1, -HUGE, 1, 3, Fraction(HUGE, 3)],
}
_MODEST = ("few", "signed", "wide", "broken")


@st.composite
def written_spaces(
    draw: st.DrawFn,
    *,
    parties: tuple[int, int] = (1, 4),
    points: int = 5,
    options: int = 4,
    huge: bool = True,
    constrained: bool = True,
    harsh: bool = False,
) -> Written:
    """Return spaces with ties, equal options, parties alike, terms, constraints, reservations.

    ``harsh`` ones have constraints that often leave no package.
    """
    count = draw(st.integers(*parties))
    tied = constrained and draw(st.sampled_from([True, True, False]))
    alike = count > 1 and draw(st.sampled_from([False, False, False, True]))
    length = draw(st.integers(max(points - 2, 1), points) | st.integers(1, points))
    names = sorted(_POOLS) if huge else _MODEST
    pools = [[Fraction(v) for v in _POOLS[draw(st.sampled_from(names))]] for _ in range(count)]
    chance = random.Random(draw(st.integers(0, 2**32)))
    sizes = [chance.choice([*range(1, options + 1), options]) for _ in range(length)]
    values = [[[chance.choice(pool) for _ in range(k)] for k in sizes] for pool in pools]
    whens = [_takes(chance, sizes, 0) for _ in range(chance.randint(0, 4) * tied)]
    terms = [[chance.choice(pool) for pool in pools] for _ in whens]
    if chance.random() < 0.3:  # two options that nothing tells apart, or only a condition
        for party in values:
            party[0][-1] = party[0][0]
    if alike:
        factor = chance.choice([Fraction(1), Fraction(1000), Fraction(1, 3)])
        values[-1] = [[factor * value for value in point] for point in values[0]]
        terms = [[*row[:-1], factor * row[0]] for row in terms]
    written = Written(
        points=tuple(f"p{place}" for place in range(length)),
        options=tuple(tuple(f"o{place}" for place in range(size)) for size in sizes),
        parties=tuple(f"a{place}" for place in range(count)),
        values=tuple(tuple(tuple(point) for point in party) for party in values),
        terms=tuple((when, tuple(row)) for when, row in zip(whens, terms, strict=True)),
        exclusions=tuple(
            (f"bar {place}", _takes(chance, sizes, 2 - harsh))
            for place in range(chance.randint(3, 8) if harsh else chance.randint(0, 3) * tied)
        ),
        limits=tuple(
            (
                f"limit {place}",
                chance.randint(0, 1 if harsh else 3),
                tuple(_takes(chance, sizes, 0) for _ in range(chance.randint(1, 4))),
            )
            for place in range(chance.randint(0, 2) * tied)
        ),
        constants=tuple(Fraction(chance.randint(-5, 5)) for _ in range(count)),
    )
    return replace(written, reservations=_reservations(chance, written))


def _takes(chance: random.Random, sizes: Sequence[int], least: int) -> Takes:
    """Up to three points, rarely none; all options of a point hold always, none of them never."""
    count = min(len(sizes), chance.choice([least, max(least, 1), 2, 2, 2, 3, 3]))
    found = []
    for point in sorted(chance.sample(range(len(sizes)), count)):
        share = chance.choice([0.3, 0.4, 0.6, 0.9])
        options = frozenset(o for o in range(sizes[point]) if chance.random() < share)
        found.append((point, options or frozenset(chance.sample(range(sizes[point]), 1))))
    if found and chance.random() < 0.05:
        found[0] = (found[0][0], frozenset())
    return tuple(found)


def _reservations(chance: random.Random, written: Written) -> tuple[Fraction | None, ...]:
    """For every party nothing, or about what some package is worth to it."""
    found: list[Fraction | None] = []
    for party in range(len(written.parties)):
        package = [chance.randrange(len(each)) for each in written.options]
        offset = chance.choice([None, None, "0", "1/2", "-1/3", "-2", "-20", "-20"])
        worth = written.worth(package)[party]
        found.append(None if offset is None else worth + Fraction(offset))
    return tuple(found)


def large_space(seed: int, parties: int, points: int, *, tied: bool) -> Written:
    """Return up to ``4**points`` packages of which hardly any two are alike to anybody."""
    chance = random.Random(f"{seed} {parties} {points}")
    sizes = [chance.choice([3, 4, 4]) for _ in range(points)]

    def takes() -> Takes:
        pair = sorted(chance.sample(range(points), 2))
        return tuple((p, frozenset(chance.sample(range(sizes[p]), 2))) for p in pair)

    count = 3 if tied else 0
    written = Written(
        points=tuple(f"p{place}" for place in range(points)),
        options=tuple(tuple(f"o{place}" for place in range(size)) for size in sizes),
        parties=tuple(f"a{place}" for place in range(parties)),
        values=tuple(
            tuple(tuple(Fraction(chance.randint(0, 999)) for _ in range(k)) for k in sizes)
            for _ in range(parties)
        ),
        terms=tuple(
            (takes(), tuple(Fraction(chance.randint(-400, 400)) for _ in range(parties)))
            for _ in range(count)
        ),
        exclusions=tuple((f"bar {place}", takes()) for place in range(count)),
        limits=(("limit", 1, tuple(takes() for _ in range(count))),) if tied else (),
    )
    some = [written.worth([option] * points) for option in (0, 1, 2)]
    floors = tuple(min(row[party] for row in some) for party in range(parties))
    return replace(written, reservations=floors)
