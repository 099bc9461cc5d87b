"""Bargaining solutions against all packages, by both ways of finding them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any
from unittest import mock

import pytest
from hypothesis import given

from detente.errors import RequestError
from detente.packages import solutions
from detente.packages.solutions import SOLUTIONS, Solution, Solutions, find_solutions
from detente.packages.space import Space, build_space
from packages.brute import Brute, dominates
from packages.spaces import HUGE, Written, examples, written_spaces


def by_solver(space: Space, names: Sequence[str] = SOLUTIONS) -> Solutions:
    """Return the solutions without listing the frontier first."""
    with mock.patch.object(solutions, "list_frontier", _no_list):
        return find_solutions(space, names, seconds=60.0)


def _no_list(*_: Any, **__: Any) -> None:
    return None


def check_solution(found: Solution, wanted: Any, brute: Brute) -> None:
    """Hold one solution against the best of all packages that count."""
    assert found.proven, found
    assert found.gap == 0.0
    if wanted is None:
        assert (found.package, found.utilities, found.value) == (None, None, None)
        assert found.reason
        return
    assert found.package is not None
    row = brute.worth[found.package]
    assert found.utilities == row
    assert not brute.harms(row)
    gains = brute.gains(row)
    if found.name == "leximin":
        assert (found.value, tuple(sorted(gains))) == (wanted[0], wanted)
    else:
        assert found.value == wanted
    for other in brute.counted.values():
        assert not dominates(other, row)


def check_solutions(found: Solutions, brute: Brute) -> None:
    assert [each.name for each in found] == list(SOLUTIONS)
    assert found.no_agreement == brute.no_agreement
    assert found.stated == tuple(stated is not None for stated in brute.reservations)
    for name, wanted in brute.solutions().items():
        check_solution(found[name], wanted, brute)


@examples(100)
@given(written_spaces())
def test_solutions_are_the_best_of_all_packages(written: Written) -> None:
    brute = Brute(written)
    if brute.worth:
        check_solutions(find_solutions(written.build()), brute)


@examples(50)
@given(written_spaces(points=4, options=3, huge=False))
def test_solutions_by_solver_are_the_best_of_all_packages(written: Written) -> None:
    brute = Brute(written)
    if brute.worth:
        check_solutions(by_solver(written.build()), brute)


@examples(25)
@given(written_spaces(points=4, options=3))
def test_solutions_by_solver_of_numbers_of_any_size_tell_how_good_they_are(
    written: Written,
) -> None:
    brute = Brute(written)
    if not brute.worth:
        return
    found = by_solver(written.build(), ("egalitarian", "utilitarian"))
    widest = max(abs(gain) for row in brute.worth.values() for gain in brute.gains(row))
    for each in found:
        wanted = brute.solutions()[each.name]
        if each.value is None and wanted is not None:  # one that is reached by next to nothing
            least = max(min(brute.gains(row)) for row in brute.worth.values())
            assert least <= widest / 10**9
            continue
        assert (each.value is None) == (wanted is None)
        if each.package is not None:
            assert not brute.harms(brute.worth[each.package])
            assert wanted - each.value <= Fraction(each.gap) + widest / 10**9


@pytest.mark.parametrize("way", [find_solutions, by_solver])
@pytest.mark.parametrize("reservations", [[None, None], [0, 0]])
def test_constraints_that_leave_no_package_are_refused(way: Any, reservations: Any) -> None:
    space = build_space(
        points={"x": ["0", "1"], "y": ["0", "1"]},
        parties=["a", "b"],
        values=[[[0, 1], [0, 1]], [[1, 0], [1, 0]]],
        exclusions=[(f"not {p}{q}", {0: [p], 1: [q]}) for p in (0, 1) for q in (0, 1)],
        reservations=reservations,
    )
    with pytest.raises(RequestError, match=r"not 00.*not 01.*not 10.*not 11"):
        way(space)


@pytest.mark.parametrize("way", [find_solutions, by_solver])
def test_no_agreement_between_two_scores_counts_as_it_is_stated(way: Any) -> None:
    # worth (3, 1) and (1, 2), no agreement (0, 2/3): gains (3, 1/3) and (1, 4/3)
    space = build_space(
        points={"x": ["0", "1"]},
        parties=["a", "b"],
        values=[[[3, 1]], [[1, 2]]],
        reservations=[0, "2/3"],
    )
    found = way(space)
    assert found.no_agreement == (0, Fraction(2, 3))
    assert [(each.name, each.package, each.value) for each in found] == [
        ("nash", (1,), Fraction(4, 3)),
        ("kalai-smorodinsky", (1,), Fraction(1, 3)),
        ("egalitarian", (1,), 1),
        ("leximin", (1,), 1),
        ("utilitarian", (0,), Fraction(10, 3)),
    ]


@pytest.mark.parametrize("way", [find_solutions, by_solver])
def test_a_reservation_that_no_package_reaches_leaves_no_solution(way: Any) -> None:
    space = build_space(
        points={"x": ["0", "1"]},
        parties=["a", "b"],
        values=[[[0, 1]], [[1, 0]]],
        reservations=[1, 1],
    )
    for each in way(space):
        assert (each.package, each.proven) == (None, True)


def test_an_unknown_solution_is_named() -> None:
    space = build_space(points={"x": ["0"]}, parties=["a"], values=[[[0]]])
    with pytest.raises(RequestError, match="'naash'"):
        find_solutions(space, ["naash"])


def test_a_reservation_of_huge_numbers_is_kept_to_the_last_unit() -> None:
    space = build_space(
        points={"x": ["0", "1"], "y": ["0", "1"]},
        parties=["a", "b"],
        values=[[[0, HUGE], [0, 1]], [[0, 0], [1, 0]]],
        reservations=[HUGE + 1, 0],
    )
    for way in (find_solutions, by_solver):
        assert way(space, ["utilitarian"])["utilitarian"].package == (1, 1)
