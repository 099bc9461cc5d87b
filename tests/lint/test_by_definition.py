"""Temporal networks against every assignment of days; circles and windows against slow ways."""

from __future__ import annotations

import datetime
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.enactment.dates import MINUTES, Calendar, NoSuchDayError, Period, as_day
from detente.lint.graph import shortest_circle, strong_parts
from detente.lint.network import FAR, Limit, distances, negative_circle
from detente.lint.schedule import span

POINTS, DAYS = 4, 5


@st.composite
def networks(draw: st.DrawFn) -> list[Limit]:
    """Limits on four points, all of which lie within five days of the first."""
    points = st.integers(0, POINTS - 1)
    some = st.builds(Limit, points, points, st.integers(-4, 4), st.integers(0, 9))
    box = [Limit(0, each, DAYS) for each in range(1, POINTS)]
    box += [Limit(each, 0, 0) for each in range(1, POINTS)]
    return draw(st.lists(some, max_size=7)) + box


def solutions(limits: list[Limit]) -> list[tuple[int, ...]]:
    """Every assignment of days that meets all limits, the first point on day 0."""
    found = []
    for rest in product(range(DAYS + 1), repeat=POINTS - 1):
        at = (0, *rest)
        if all(at[limit.target] - at[limit.source] <= limit.days for limit in limits):
            found.append(at)
    return found


@given(networks())
def test_a_network_is_contradictory_exactly_when_no_days_meet_it(limits: list[Limit]) -> None:
    assert bool(negative_circle(POINTS, limits)) == (not solutions(limits))


@given(networks())
def test_the_contradictory_set_is_a_circle_of_which_nothing_can_be_left_out(
    limits: list[Limit],
) -> None:
    circle = negative_circle(POINTS, limits)
    if not circle:
        return
    assert sum(limit.days for limit in circle) < 0
    for one, after in zip(circle, (*circle[1:], circle[0]), strict=True):
        assert one.target == after.source
    for place in range(len(circle)):
        assert not negative_circle(POINTS, circle[:place] + circle[place + 1 :])


@given(networks())
def test_windows_are_the_first_and_last_day_of_any_solution(limits: list[Limit]) -> None:
    found = solutions(limits)
    if not found:
        return
    last = distances(POINTS, limits, 0)
    first = distances(POINTS, limits, 0, back=True)
    for point in range(POINTS):
        days = [at[point] for at in found]
        assert (min(days), max(days)) == (-first[point], last[point])


def test_without_limit_a_point_is_far() -> None:
    assert distances(2, [], 0) == [0, FAR]


@given(st.dictionaries(st.integers(0, 6), st.lists(st.integers(0, 6), max_size=4)))
def test_parts_are_the_nodes_that_reach_one_another(edges: dict[int, list[int]]) -> None:
    reach = {node: set(edges[node]) & edges.keys() for node in edges}
    for _ in edges:
        reach = {n: r.union(*(reach[other] for other in r)) for n, r in reach.items()}
    slow = {
        frozenset(other for other in edges if other in reach[node] and node in reach[other])
        for node in edges
        if node in reach[node]
    }
    assert {frozenset(part) for part in strong_parts(edges)} == slow
    for part in slow:
        for node in part:
            circle = shortest_circle({n: [o for o in edges[n] if o in part] for n in part}, node)
            assert circle[0] == node
            assert set(circle) <= part


def test_a_long_chain_is_no_matter_of_recursion() -> None:
    edges = {node: [(node + 1) % 20_000] for node in range(20_000)}
    assert [len(part) for part in strong_parts(edges)] == [20_000]


@settings(max_examples=300)
@given(
    st.builds(
        Period,
        st.integers(0, 40),
        st.booleans(),
        round=st.sampled_from(["down", "up"]),
    ),
    st.booleans(),
    st.dates(datetime.date(2001, 1, 1), datetime.date(2095, 1, 1)),
)
def test_a_period_takes_no_fewer_and_no_more_days_than_its_span(
    period: Period, business: bool, start: datetime.date
) -> None:
    if business and not period.months:
        period = Period(period.amount, business=True)
    assert_in_span(period, start)


@pytest.mark.parametrize("day", range(1, 8))
@pytest.mark.parametrize("amount", range(12))
@pytest.mark.parametrize("first", [True, False])
def test_business_days_from_every_day_of_the_week(day: int, amount: int, first: bool) -> None:
    if amount or not first:
        assert_in_span(
            Period(amount, business=True, include_first=first), datetime.date(2025, 9, day)
        )


def assert_in_span(period: Period, start: datetime.date) -> None:
    least, most = span(period)
    try:
        end = Calendar().add(as_day(start) * MINUTES, period) // MINUTES
    except NoSuchDayError:
        return
    assert least <= end - as_day(start) <= most
