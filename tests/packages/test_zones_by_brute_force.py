"""The search by solver against all packages, whether it ends or is ended."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.packages import frontier, zones
from detente.packages.frontier import find_frontier
from detente.packages.program import Answer, Program
from detente.packages.reduced import reduce_space
from detente.packages.space import build_space
from detente.packages.zones import search_frontier
from packages.brute import Brute
from packages.spaces import HUGE, Written, examples, large_space, written_spaces

LATE = 60.0


def wide_spaces(parties: int) -> st.SearchStrategy[Written]:
    return written_spaces(parties=(parties, parties), points=4, options=3, huge=False)


@contextmanager
def ended_after(questions: int) -> Iterator[None]:
    """Let time end once the solver was asked so many questions."""

    class Ending(Program):
        asked = 0

        def solve(self, *args: Any, **named: Any) -> Answer | None:
            if self.asked == questions:
                raise TimeoutError
            self.asked += 1
            return super().solve(*args, **named)

    with mock.patch.object(zones, "Program", Ending):
        yield


def matched(
    row: Sequence[Fraction | int],
    found: Sequence[Sequence[Fraction | int]],
    lost: Sequence[Fraction | int],
) -> bool:
    """Return whether something found is as good for everybody but for what may be lost."""
    return any(
        all(f >= value - less for f, value, less in zip(each, row, lost, strict=True))
        for each in found
    )


@pytest.mark.parametrize("parties", [1, 2, 3, 4])
def test_the_search_that_ends_finds_the_whole_frontier(parties: int) -> None:
    @examples(20)
    @given(wide_spaces(parties), st.booleans())
    def check(written: Written, above: bool) -> None:
        brute = Brute(written)
        if not brute.worth:
            return
        reduced = reduce_space(written.build())
        floors = tuple(reduced.space.floor(p) if above else None for p in range(parties))
        found = search_frontier(reduced.space, floors, deadline=time.monotonic() + LATE)
        assert found.lost == (0,) * parties
        rows = [brute.worth[reduced.whole(package)] for package in found.packages]
        assert sorted(rows, reverse=True) == brute.frontier(above_reservation=above)

    check()


@pytest.mark.parametrize("tied", [False, True])
@pytest.mark.parametrize(("parties", "seed"), [(1, 0), (2, 0), (2, 1), (3, 0), (3, 6), (4, 1)])
def test_the_search_that_is_ended_tells_what_it_may_have_missed(
    parties: int, seed: int, *, tied: bool
) -> None:
    written = large_space(seed, parties, 4, tied=tied)
    brute, space = Brute(written), written.build()
    reduced = reduce_space(space)
    scores = [space.score(package) for package in brute.worth]
    for questions in (1, 2, 3, 5, 8, 11, 20, 29, 38):
        with ended_after(questions):
            found = search_frontier(
                reduced.space, (None,) * parties, deadline=time.monotonic() + LATE
            )
        rows = [space.score(reduced.whole(package)) for package in found.packages]
        assert rows or any(found.lost)
        if rows:
            assert all(matched(score, rows, found.lost) for score in scores)


@pytest.mark.parametrize("stuck", [0, 1])
def test_one_end_that_finds_nothing_in_time_is_not_taken_for_settled(stuck: int) -> None:
    # of three packages the end that is not stuck finds those best for the other party first
    space = build_space(
        points={"x": ["0", "1", "2"]}, parties=["a", "b"], values=[[[0, 4, 9]], [[9, 4, 0]]]
    )

    class Stuck(zones._End):
        def step(self) -> None:
            if self.first == stuck or self.packages:
                self.open = False
            else:
                super().step()

    with mock.patch.object(zones, "_End", Stuck):
        found = search_frontier(space, (None, None), deadline=time.monotonic() + LATE)
    rows = [space.score(package) for package in found.packages]
    assert rows == [(0, 9) if stuck == 0 else (9, 0)]
    for option in range(3):
        assert matched(space.score((option,)), rows, found.lost)


@pytest.mark.parametrize("parties", [1, 2, 3])
def test_floors_that_nothing_reaches_leave_nothing_and_that_is_proven(parties: int) -> None:
    space = build_space(
        points={"x": ["0", "1"]}, parties=["a", "b", "c"][:parties], values=[[[0, 1]]] * parties
    )
    found = search_frontier(space, (2,) * parties, deadline=time.monotonic() + LATE)
    assert (found.packages, found.lost) == ((), (0,) * parties)


@examples(40)
@given(written_spaces(parties=(2, 4), points=4, options=3), st.booleans(), st.integers(1, 30))
def test_a_frontier_by_solver_is_exact_or_certified_whatever_the_size_of_numbers(
    written: Written, above: bool, questions: int
) -> None:
    brute = Brute(written)
    if not brute.worth:
        return
    with mock.patch.object(frontier, "make_plan", return_value=None), ended_after(questions):
        found = find_frontier(written.build(), above_reservation=above)
    rows = [point.utilities for point in found]
    assert found.method.startswith("exact solver")
    assert found.exact == (not any(found.lost))
    assert found.epsilon == max(found.lost)
    for point in found:
        assert brute.worth[point.package] == point.utilities
        assert not (above and brute.harms(point.utilities))
    if found.exact:
        assert rows == brute.frontier(above_reservation=above)
    elif rows:
        for row in brute.frontier(above_reservation=above):
            assert matched(row, rows, found.lost), (row, rows, found.lost)


def test_a_search_without_any_time_finds_nothing_and_says_so() -> None:
    space = build_space(points={"x": ["0", "1"]}, parties=["a", "b"], values=[[[0, 1]], [[1, 0]]])
    with mock.patch.object(frontier, "make_plan", return_value=None):
        found = find_frontier(space, seconds=0.0)
    assert (len(found), found.exact, found.lost) == (0, False, (1, 1))


@pytest.mark.parametrize("parties", [2, 3])
def test_scores_that_stay_large_when_options_are_barred_are_no_hindrance(parties: int) -> None:
    large = 2**43
    values = [[[0, large], [0, 1]], [[0, 0], [large - 1, 0]], [[0, 0], [1, 0]]][:parties]
    space = build_space(
        points={"x": ["barred", "open"], "y": ["0", "1"]},
        parties=["a", "b", "c"][:parties],
        values=values,
        exclusions=[("bar", {0: [0]})],
    )
    reduced = reduce_space(space)
    found = search_frontier(reduced.space, (None,) * parties, deadline=time.monotonic() + LATE)
    assert {reduced.whole(package) for package in found.packages} == {(1, 0), (1, 1)}


def test_numbers_that_a_solver_cannot_hold_are_rounded_and_the_loss_is_told() -> None:
    space = build_space(
        points={"x": ["0", "1", "2"]},
        parties=["a", "b"],
        values=[[[0, HUGE, HUGE + 1]], [[HUGE, 2, 1]]],
    )
    with mock.patch.object(frontier, "make_plan", return_value=None):
        found = find_frontier(space)
    assert not found.exact
    assert 0 < found.epsilon < HUGE * Fraction(1, 2**40)
    for package in [(0,), (1,), (2,)]:
        row = space.utility(space.score(package))
        assert matched(row, [point.utilities for point in found], found.lost)
