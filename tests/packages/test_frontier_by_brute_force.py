"""The frontier against all packages, and constraints that leave none."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import RequestError
from detente.packages.frontier import Frontier, find_frontier
from detente.packages.space import build_space
from packages.brute import Brute
from packages.spaces import Written, examples, written_spaces


def check_points(found: Frontier, brute: Brute) -> None:
    """Hold every point against its package, and all of them against the exact frontier."""
    assert found.exact
    assert found.epsilon == 0
    assert not any(found.lost)
    assert [point.utilities for point in found] == brute.frontier(
        above_reservation=found.above_reservation
    )
    for point in found:
        assert brute.worth[point.package] == point.utilities
        assert point.score == found.space.score(point.package)
        assert point.acceptable == (not brute.harms(point.utilities))


def check_conflict(message: str, brute: Brute) -> None:
    """Hold the constraints named: together they leave nothing, without any one of them some."""
    named = set(re.findall(r"'([^']*)'", message))
    assert named
    assert not brute.leave_some(named)
    for name in named:
        assert brute.leave_some(named - {name}), f"{name} need not be named"


@examples(150)
@given(written_spaces(), st.booleans())
def test_the_frontier_is_that_of_all_packages(written: Written, above: bool) -> None:
    brute = Brute(written)
    if brute.worth:
        check_points(find_frontier(written.build(), above_reservation=above), brute)


@examples(50)
@given(written_spaces(constrained=False), st.booleans())
def test_the_frontier_of_points_that_stand_alone_is_that_of_all_packages(
    written: Written, above: bool
) -> None:
    check_points(find_frontier(written.build(), above_reservation=above), Brute(written))


@examples(100)
@given(written_spaces(parties=(1, 2), points=3, options=3, harsh=True))
def test_constraints_that_leave_no_package_are_named_and_none_too_many(written: Written) -> None:
    brute = Brute(written)
    if not brute.worth:
        with pytest.raises(RequestError, match="No package is possible") as caught:
            find_frontier(written.build())
        check_conflict(str(caught.value), brute)


def test_where_no_package_is_left_of_numbers_beyond_64_bits_that_is_said() -> None:
    huge = Fraction(10**25)
    every = [(one, other) for one in (0, 1) for other in (0, 1)]
    written = Written(
        points=("p0", "p1"), options=(("o0", "o1"),) * 2, parties=("a0", "a1"),
        values=(((huge, -huge), (huge - 1, huge)), ((Fraction(0), Fraction(1)),) * 2),
        terms=((((0, frozenset({0})), (1, frozenset({0, 1}))), (-huge, Fraction(0))),),
        exclusions=tuple(
            (f"bar {one}{other}", ((0, frozenset({one})), (1, frozenset({other}))))
            for one, other in every
        ),
        limits=(), constants=(Fraction(0),) * 2, reservations=(None, None),
    )  # fmt: skip
    with pytest.raises(RequestError, match="No package is possible"):
        find_frontier(written.build())


BITS = (0, 1)


@pytest.mark.parametrize("above", [False, True])
@pytest.mark.parametrize(
    ("constraints", "named"),
    [
        # one bars what the other bars too
        ({"both": {0: [0, 1]}, "first": {0: [0]}}, {"both"}),
        # the first leaves x = 1, so the second leaves y = 1, which the third does not allow
        (
            {"x is 1": {0: [0]}, "then y is 1": {0: [1], 1: [0]}, "y is 0": {1: [1], 2: [0, 1]}},
            {"x is 1", "then y is 1", "y is 0"},
        ),
        # every pair of x and y is barred one by one
        (
            {f"not {p}{q}": {0: [p], 1: [q]} for p in BITS for q in BITS},
            {"not 00", "not 01", "not 10", "not 11"},
        ),
    ],
)
def test_a_contradiction_is_told_by_the_constraints_it_takes(
    constraints: dict[str, dict[int, list[int]]], named: set[str], above: bool
) -> None:
    space = build_space(
        points={name: ["0", "1"] for name in "xyz"},
        parties=["a"],
        values=[[[0, 1]] * 3],
        exclusions=list(constraints.items()),
        reservations=[0],
    )
    with pytest.raises(RequestError) as caught:
        find_frontier(space, above_reservation=above)
    assert set(re.findall(r"'([^']*)'", str(caught.value))) == named
