"""What holds of every frontier and solution: names, orders and scales mean nothing."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from detente.packages.frontier import find_frontier
from detente.packages.solutions import SOLUTIONS, find_solutions
from packages.brute import Brute
from packages.spaces import Row, Takes, Written, examples, written_spaces

seeds = st.integers(0, 2**32)


def frontier_of(written: Written) -> set[Row]:
    return {point.utilities for point in find_frontier(written.build())}


def values_of(written: Written) -> dict[str, Fraction | None]:
    return {each.name: each.value for each in find_solutions(written.build())}


def picked(row: Sequence[Fraction], order: Sequence[int]) -> Row:
    return tuple(row[place] for place in order)


@examples(50)
@given(
    written_spaces(huge=False),
    st.lists(st.sampled_from([Fraction(1, 7), Fraction(3), Fraction(10**9)]), min_size=4),
    st.lists(st.integers(-9, 9), min_size=4),
)
def test_the_scale_of_a_party_changes_neither_frontier_nor_scale_free_solutions(
    written: Written, factors: list[Fraction], shifts: list[int]
) -> None:
    if not Brute(written).worth:
        return
    count = len(written.parties)
    factors = factors[:count]

    def scaled(row: Sequence[Fraction]) -> Row:
        return tuple(f * value for f, value in zip(factors, row, strict=True))

    other = replace(
        written,
        values=tuple(
            tuple(tuple(factor * value for value in point) for point in party)
            for factor, party in zip(factors, written.values, strict=True)
        ),
        terms=tuple((when, scaled(row)) for when, row in written.terms),
        constants=tuple(
            f * (value + shift)
            for f, value, shift in zip(factors, written.constants, shifts, strict=False)
        ),
        reservations=tuple(
            None if value is None else f * (value + shift)
            for f, value, shift in zip(factors, written.reservations, shifts, strict=False)
        ),
    )
    before, after = find_frontier(written.build()), find_frontier(other.build())
    assert [point.score for point in after] == [point.score for point in before]
    first, second = find_solutions(written.build()), find_solutions(other.build())
    product = Fraction(1)
    for factor in factors:
        product *= factor
    for name, change in (("nash", product), ("kalai-smorodinsky", Fraction(1))):
        value = first[name].value
        assert second[name].value == (None if value is None else change * value)


@examples(50)
@given(written_spaces(), seeds)
def test_the_order_of_parties_points_and_options_changes_nothing(
    written: Written, seed: int
) -> None:
    if not Brute(written).worth:
        return
    chance = random.Random(seed)

    def shuffled(count: int) -> list[int]:
        return chance.sample(range(count), count)

    parties, points = shuffled(len(written.parties)), shuffled(len(written.points))
    options = [shuffled(len(each)) for each in written.options]

    def moved(when: Takes) -> Takes:
        return tuple(
            (points.index(point), frozenset(options[point].index(o) for o in taken))
            for point, taken in when
        )

    other = Written(
        points=tuple(written.points[p] for p in points),
        options=tuple(tuple(written.options[p][o] for o in options[p]) for p in points),
        parties=tuple(written.parties[place] for place in parties),
        values=tuple(
            tuple(picked(written.values[party][p], options[p]) for p in points) for party in parties
        ),
        terms=tuple((moved(when), picked(row, parties)) for when, row in written.terms[::-1]),
        exclusions=tuple((name, moved(when)) for name, when in written.exclusions[::-1]),
        limits=tuple(
            (name, most, tuple(moved(when) for when in of)) for name, most, of in written.limits
        ),
        constants=picked(written.constants, parties),
        reservations=tuple(written.reservations[place] for place in parties),
    )
    assert frontier_of(other) == {picked(row, parties) for row in frontier_of(written)}
    assert values_of(other) == values_of(written)


@examples(50)
@given(written_spaces(), seeds)
def test_an_option_that_another_is_as_good_as_changes_nothing(written: Written, seed: int) -> None:
    if not Brute(written).worth:
        return
    chance = random.Random(seed)
    point = chance.randrange(len(written.points))
    like = chance.randrange(len(written.options[point]))
    added = len(written.options[point])

    def widened(when: Takes) -> Takes:
        return tuple(
            (p, taken | {added} if p == point and like in taken else taken) for p, taken in when
        )

    stated = replace(written, reservations=Brute(written).no_agreement)
    other = replace(
        stated,
        options=tuple(
            (*each, "added") if p == point else each for p, each in enumerate(written.options)
        ),
        values=tuple(
            tuple(
                (*row, row[like] - chance.choice([0, 0, 1, Fraction(1, 2)])) if p == point else row
                for p, row in enumerate(party)
            )
            for party in written.values
        ),
        terms=tuple((widened(when), row) for when, row in written.terms),
        exclusions=tuple((name, widened(when)) for name, when in written.exclusions),
        limits=tuple(
            (name, most, tuple(widened(when) for when in of)) for name, most, of in written.limits
        ),
    )
    assert frontier_of(other) == frontier_of(stated)
    assert values_of(other) == values_of(stated)


@examples(50)
@given(written_spaces(), st.sampled_from([Fraction(1), Fraction(1, 3), Fraction(50)]))
def test_a_party_that_judges_as_another_does_changes_no_package(
    written: Written, factor: Fraction
) -> None:
    if not Brute(written).worth:
        return
    constants, reservations = written.constants, written.reservations
    stated = None if reservations[0] is None else factor * (reservations[0] - constants[0])
    other = replace(
        written,
        parties=(*written.parties, "same"),
        values=(*written.values, tuple(tuple(factor * v for v in p) for p in written.values[0])),
        terms=tuple((when, (*row, factor * row[0])) for when, row in written.terms),
        constants=(*constants, Fraction(0)),
        reservations=(*reservations, stated),
    )
    expected = {(*row, factor * (row[0] - constants[0])) for row in frontier_of(written)}
    assert frontier_of(other) == expected
    shares = values_of(written)["kalai-smorodinsky"]
    assert values_of(other)["kalai-smorodinsky"] == shares


@examples(40)
@given(written_spaces(huge=False))
def test_solutions_lie_on_the_frontier_above_reservation(written: Written) -> None:
    if not Brute(written).worth:
        return
    space = written.build()
    above = {point.utilities for point in find_frontier(space, above_reservation=True)}
    for each in find_solutions(space, SOLUTIONS):
        assert each.utilities is None or each.utilities in above
