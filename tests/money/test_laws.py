"""What holds of all books: they balance to the cent, and names and units change nothing."""

from __future__ import annotations

import datetime
import json
from fractions import Fraction
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from detente.errors import CaseError
from detente.money.amounts import divide, units_of, written
from detente.money.days import days_from, later
from detente.money.parties import tell_parties
from detente.money.rates import Rates
from detente.money.result import MoneyRun
from money.books import ACCOUNTS, run_rules
from money.random_books import falls


def run_or_none(rules: list[dict[str, Any]], **keys: Any) -> MoneyRun | None:
    try:
        return run_rules(*rules, **keys)
    except CaseError as error:
        if {problem.code for problem in error.problems} <= {"money-short", "money-circle"}:
            return None
        raise


@settings(max_examples=150, deadline=None)
@given(falls())
def test_every_waterfall_balances_to_the_cent(rules: list[dict[str, Any]]) -> None:
    run = run_or_none(rules)
    assume(run is not None)
    assert run is not None
    assert run.balanced
    assert sum(run.balances.values()) == sum(account.opening for account in run.accounts)
    for day in {posting.day for posting in run.postings}:
        balances = run.balances_on(day)
        assert sum(balances.values()) == 50_000
        assert all(units >= 0 for name, units in balances.items() if name != "fares")
    assert all(posting.units > 0 for posting in run.postings)


@settings(max_examples=80, deadline=None)
@given(falls(), st.permutations(range(len(ACCOUNTS))))
def test_the_order_of_accounts_changes_nothing(rules: list[dict[str, Any]], order: Any) -> None:
    first = run_or_none(rules)
    second = run_or_none(rules, accounts=tuple(ACCOUNTS[place] for place in order))
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert first.postings == second.postings
        assert dict(first.balances) == dict(second.balances)


@settings(max_examples=80, deadline=None)
@given(falls(), st.integers(2, 1000))
def test_scaling_all_amounts_of_whole_shares_scales_all_balances(
    rules: list[dict[str, Any]], factor: int
) -> None:
    """Where no posting is rounded: a currency of five places gives the same."""
    whole = _times(_without_rates(rules), 21_000_000)
    first, second = run_or_none(whole), run_or_none(_times(whole, factor), accounts=_free(factor))
    assert (first is None) == (second is None)
    fine = run_or_none(whole, currencies={"EUR": 5})
    if first is None or second is None or fine is None:
        return
    if [each.units for each in fine.postings] == [each.units * 1000 for each in first.postings]:
        for name, units in first.balances.items():
            assert second.balances[name] == units * factor


def _free(factor: int) -> tuple[dict[str, Any], ...]:
    return tuple(
        {**account, "opening": account["opening"] * factor} if "opening" in account else account
        for account in ACCOUNTS
    )


def _without_rates(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [rule for rule in rules if rule["id"] not in ("profit", "back")]


def _times(rules: list[dict[str, Any]], factor: int) -> list[dict[str, Any]]:
    copied: list[dict[str, Any]] = json.loads(json.dumps(rules))
    for rule in copied:
        for part in [rule, *rule.get("steps", ())]:
            for key in ("amount", "fixed", "cap"):
                if key in part:
                    part[key] = str(written(units_of(Fraction(part[key]), 2) * factor, 2))
    return copied


@settings(max_examples=60, deadline=None)
@given(falls())
def test_what_parties_net_is_what_their_accounts_gain(rules: list[dict[str, Any]]) -> None:
    run = run_or_none(rules)
    if run is None:
        return
    for party in tell_parties(run):
        mine = [each for each in run.accounts if each.owner == party.id and each.currency == "EUR"]
        assert party.net == sum(run.balances[each.id] - each.opening for each in mine)


@given(
    st.integers(0, 10**12),
    st.lists(st.integers(1, 50), min_size=1, max_size=6),
    st.booleans(),
)
def test_shares_sum_to_what_is_divided(units: int, weights: list[int], named: bool) -> None:
    total = sum(weights) + (3 if named else 0)
    shares = {f"p{place}": Fraction(weight, total) for place, weight in enumerate(weights)}
    found = divide(units, shares, "rest" if named else None)
    assert sum(found.values()) == units
    for name, share in shares.items():
        assert abs(found[name] - units * share) < 1
        if named:
            assert found[name] <= units * share
    turned = divide(units, dict(reversed(shares.items())), "rest" if named else None)
    assert turned == found


@given(st.integers(-(10**30), 10**30), st.integers(0, 8))
def test_units_are_written_so_that_they_read_back(units: int, digits: int) -> None:
    assert units_of(Fraction(written(units, digits)), digits) == units


@given(st.lists(st.tuples(st.dates(), st.integers(1, 10**6)), min_size=1, max_size=8), st.dates())
def test_the_rate_is_the_last_on_or_before_the_day(
    dated: list[tuple[datetime.date, int]], day: datetime.date
) -> None:
    rates = Rates(("A", "B", each, Fraction(rate, 1000)) for each, rate in dated)
    known = [(each, place) for place, (each, _) in enumerate(dated) if each <= day]
    if known:
        expected = Fraction(dated[max(known)[1]][1], 1000)
        assert rates.on(day, "A", "B") == expected
        assert rates.on(day, "B", "A") * expected == 1


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2200, 1, 1)), st.integers(0, 600))
def test_months_later_is_the_same_day_or_the_last_of_the_month(
    day: datetime.date, months: int
) -> None:
    found = later(day, months)
    assert (found.year - day.year) * 12 + found.month - day.month == months
    tomorrow = found + datetime.timedelta(days=1)
    assert found.day == day.day or (found.day < day.day and tomorrow.day == 1)


def test_days_end_with_the_calendar() -> None:
    first = datetime.date(9998, 12, 31)
    assert next(days_from(first, datetime.date.max, "year", None)) == first
