"""Answers that are known beforehand, worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from detente.packages.frontier import find_frontier
from detente.packages.improve import improve
from detente.packages.solutions import Solutions, find_solutions
from detente.packages.space import Space, build_space
from packages.test_solutions_by_brute_force import by_solver

WAYS = [find_solutions, by_solver]


def chosen(found: Solutions) -> dict[str, tuple[Any, ...]]:
    return {each.name: each.utilities or () for each in found}


def list_of(*rows: tuple[int, int], reservations: tuple[int, int] | None = None) -> Space:
    """Return a space of one point whose options are worth so much to two parties."""
    return build_space(
        points={"deal": [str(row) for row in rows]},
        parties=["a", "b"],
        values=[[[row[party] for row in rows]] for party in (0, 1)],
        reservations=reservations,
    )


@pytest.mark.parametrize("way", WAYS)
def test_a_dollar_is_divided_by_halves(way: Any) -> None:
    # Divide the dollar: 100 cents, nothing without agreement. Every split is efficient, and every
    # symmetric solution gives fifty each (Nash 1950, axiom of symmetry). All sums are 100.
    space = list_of(*((cents, 100 - cents) for cents in range(101)), reservations=(0, 0))
    assert len(find_frontier(space)) == 101
    found = way(space)
    for name in ("nash", "kalai-smorodinsky", "egalitarian", "leximin"):
        assert chosen(found)[name] == (50, 50)
    assert found["nash"].value == 2500
    assert found["utilitarian"].value == 100


@pytest.mark.parametrize("way", WAYS)
def test_a_stated_reservation_moves_the_division_by_half_of_it(way: Any) -> None:
    # With 20 cents elsewhere, the first shares the surplus of 80: 20 + 40 and 40 (split the
    # difference).
    space = list_of(*((cents, 100 - cents) for cents in range(101)), reservations=(20, 0))
    found = chosen(way(space))
    assert {found[name] for name in ("nash", "kalai-smorodinsky", "egalitarian", "leximin")} == {
        (60, 40)
    }


@pytest.mark.parametrize("way", WAYS)
def test_solutions_differ_on_a_finite_set(way: Any) -> None:
    # From (0, 0), by hand:
    #            product   shares of (12, 10)   smallest   sum
    # (12, 1)       12      1      0.1              1       13
    # (9, 4)        36      0.75   0.4              4       13
    # (7, 5)        35      0.583  0.5              5       12
    # (5, 6)        30      0.417  0.6              5       11
    # (1, 10)       10      0.083  1                1       11
    # (4, 4)     worse than (9, 4) for the first and no better for the second
    # Nash takes 36; Kalai-Smorodinsky the largest smallest share, 0.5 at (7, 5); the egalitarian
    # takes of (7, 5) and (5, 6), both with 5, the larger sum; leximin the larger second gain.
    space = list_of((12, 1), (9, 4), (7, 5), (5, 6), (1, 10), (4, 4), reservations=(0, 0))
    assert [point.utilities for point in find_frontier(space)] == [
        (12, 1),
        (9, 4),
        (7, 5),
        (5, 6),
        (1, 10),
    ]
    found = way(space)
    assert chosen(found) == {
        "nash": (9, 4),
        "kalai-smorodinsky": (7, 5),
        "egalitarian": (7, 5),
        "leximin": (7, 5),
        "utilitarian": chosen(found)["utilitarian"],
    }
    assert [each.value for each in found] == [36, Fraction(1, 2), 5, 5, 13]


def test_kalai_and_smorodinsky_share_evenly_where_nash_multiplies() -> None:
    # Of (10, 0), (8, 8), (0, 10) both take (8, 8): product 64, smallest share 8/10. With (10, 7)
    # and (7, 10) in place of the ends the products are 70, 64, 70, but the smallest shares are
    # still largest in the middle: 7/10, 8/10, 7/10.
    left = find_solutions(list_of((10, 0), (8, 8), (0, 10), reservations=(0, 0)))
    assert chosen(left)["nash"] == chosen(left)["kalai-smorodinsky"] == (8, 8)
    assert left["kalai-smorodinsky"].value == Fraction(4, 5)
    right = find_solutions(list_of((10, 7), (8, 8), (7, 10), reservations=(0, 0)))
    assert right["nash"].value == 70
    assert chosen(right)["kalai-smorodinsky"] == (8, 8)


@pytest.mark.parametrize("way", WAYS)
def test_nash_is_deaf_to_scale_and_the_others_that_compare_are_not(way: Any) -> None:
    # (2, 6), (4, 4): products 12 < 16, smallest gains 2 < 4, sums 8 = 8. With b in tens, (2, 60),
    # (4, 40): products 120 < 160 as before, sums 62 > 44. With a in quarters,
    # (8, 6), (16, 4): products 48 < 64 as before, smallest gains 6 > 4.
    tens = chosen(way(list_of((2, 60), (4, 40), reservations=(0, 0))))
    assert (tens["nash"], tens["utilitarian"]) == ((4, 40), (2, 60))
    quarters = chosen(way(list_of((8, 6), (16, 4), reservations=(0, 0))))
    assert (quarters["nash"], quarters["egalitarian"]) == ((16, 4), (8, 6))


@pytest.mark.parametrize("way", WAYS)
def test_leximin_looks_past_the_party_that_gains_least(way: Any) -> None:
    # Three parties, gains (1, 9, 2), (1, 4, 5), (1, 3, 3): all have 1 as the smallest. The second
    # smallest are 2, 4 and 3, so leximin takes (1, 4, 5); the egalitarian takes the sum 12.
    rows = [(1, 9, 2), (1, 4, 5), (1, 3, 3)]
    space = build_space(
        points={"deal": ["x", "y", "z"]},
        parties=["a", "b", "c"],
        values=[[[row[party] for row in rows]] for party in range(3)],
        reservations=[0, 0, 0],
    )
    found = chosen(way(space))
    assert (found["leximin"], found["egalitarian"]) == ((1, 4, 5), (1, 9, 2))


def test_trading_points_of_unequal_weight_leaves_half_of_the_packages() -> None:
    # Two points, each won by one side. a cares 3 to 1 for the first, b 1 to 3. Where each wins what
    # it cares for less, both have 1, which (3, 3) dominates; (4, 0) and (0, 4) stay.
    space = build_space(
        points={"north": ["a", "b"], "south": ["a", "b"]},
        parties=["a", "b"],
        values=[[[3, 0], [1, 0]], [[0, 1], [0, 3]]],
    )
    assert [point.utilities for point in find_frontier(space)] == [(4, 0), (3, 3), (0, 4)]
    found = improve(space, (1, 0))
    assert (found.efficient, found.better, found.most_even) == (False, (0, 1), (0, 1))
    assert improve(space, (0, 1)).efficient


def test_what_is_worth_more_together_counts_together() -> None:
    # Alone both parts cost a 2 and give b 1; together they give each 3 more: -4 + 3 and 2 + 3.
    # (0, 0) and (-1, 5) are efficient, (-2, 1) is not. Barred together, (-2, 1) is efficient again.
    parts: dict[str, Any] = {
        "points": {"road": ["no", "yes"], "bridge": ["no", "yes"]},
        "parties": ["a", "b"],
        "values": [[[0, -2], [0, -2]], [[0, 1], [0, 1]]],
        "terms": [({0: [1], 1: [1]}, [3, 3])],
    }
    assert [p.utilities for p in find_frontier(build_space(**parts))] == [(0, 0), (-1, 5)]
    barred = build_space(**parts, limits=[("one", 1, [{0: [1]}, {1: [1]}])])
    assert [p.utilities for p in find_frontier(barred)] == [(0, 0), (-2, 1)]
