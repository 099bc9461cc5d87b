"""Improvements of a package against all packages that harm nobody."""

from __future__ import annotations

from fractions import Fraction
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import RequestError
from detente.packages import solutions
from detente.packages.improve import improve
from detente.packages.space import Space, build_space
from packages.brute import Brute, Package, dominates
from packages.spaces import HUGE, Row, Written, examples, written_spaces


def check_improvement(space: Space, brute: Brute, package: Package) -> None:
    found = improve(space, package)
    before = brute.worth[package]
    ranges = [
        max(high - low, 1) * unit
        for (low, high), unit in zip(space.bounds, space.unit, strict=True)
    ]

    def shares(row: Row) -> list[Fraction]:
        return [(u - b) / each for u, b, each in zip(row, before, ranges, strict=True)]

    harmless = [row for row in brute.worth.values() if min(shares(row)) >= 0]
    efficient = not any(dominates(row, before) for row in harmless)
    assert found.proven
    assert found.utilities == before
    assert found.efficient == efficient
    assert (found.better is None) == (found.better_utilities is None) == efficient
    if found.better is not None:
        row = brute.worth[found.better]
        assert found.better_utilities == row
        assert dominates(row, before)
        assert sum(shares(row)) == max(sum(shares(each)) for each in harmless)
    best = max(min(shares(row)) for row in harmless)
    assert (found.most_even is None) == (best == 0)
    if found.most_even is not None:
        assert min(shares(brute.worth[found.most_even])) == best


@examples(80)
@given(written_spaces(), st.data())
def test_a_package_is_improved_as_far_as_any_package_does(
    written: Written, data: st.DataObject
) -> None:
    brute = Brute(written)
    if brute.worth:
        package = data.draw(st.sampled_from(sorted(brute.worth)))
        check_improvement(written.build(), brute, package)


@examples(30)
@given(written_spaces(points=4, options=3, huge=False), st.data())
def test_a_package_is_improved_by_solver_as_far_as_any_package_does(
    written: Written, data: st.DataObject
) -> None:
    brute = Brute(written)
    if brute.worth:
        package = data.draw(st.sampled_from(sorted(brute.worth)))
        with mock.patch.object(solutions, "list_frontier", _no_list):
            check_improvement(written.build(), brute, package)


def _no_list(*_: Any, **__: Any) -> None:
    return None


def test_a_gain_of_one_among_huge_numbers_is_a_gain() -> None:
    space = build_space(
        points={"x": ["0", "1"], "y": ["0", "1"]}, parties=["a"], values=[[[0, HUGE], [0, 1]]]
    )
    found = improve(space, (1, 0))
    assert (found.efficient, found.better) == (False, (1, 1))


def test_a_package_that_is_not_possible_is_not_improved() -> None:
    space = build_space(
        points={"x": ["0", "1"]}, parties=["a"], values=[[[0, 1]]], exclusions=[("bar", {0: [0]})]
    )
    with pytest.raises(RequestError, match="is ruled out by"):
        improve(space, (0,))
