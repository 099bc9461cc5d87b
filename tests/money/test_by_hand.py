"""Books that can be followed with a pencil."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from detente.errors import RequestError
from detente.money.parties import tell_parties
from detente.money.result import MoneyRun
from money.books import books_case, run_rules


def inflow(amount: Any, date: str = "2026-02-01", **more: Any) -> dict[str, Any]:
    return {
        "id": "inflow", "from": "fares", "to": "till", "amount": amount, "date": date, **more
    }  # fmt: skip


def balances(run: MoneyRun) -> dict[str, str]:
    assert run.balanced
    return {name: run.text(name, units) for name, units in run.balances.items()}


def test_a_waterfall_serves_claims_in_order_of_seniority() -> None:
    """1,000 come in; 300 are fixed; a tenth of the pool is 100; up to 450; the rest is 150."""
    run = run_rules(
        inflow(1000),
        {
            "id": "fall", "kind": "waterfall", "from": "till", "date": "2026-02-01",
            "steps": [
                {"id": "debt", "to": "north", "fixed": 300},
                {"id": "tenth", "to": "south", "share": "10%"},
                {"id": "upkeep", "to": "held", "cap": 450},
                {"id": "rest", "to": "south", "residual": True},
            ],
        },
    )  # fmt: skip
    found = balances(run)
    assert found["north"] == "300.00"
    assert found["south"] == "250.00"
    assert found["held"] == "950.00"
    assert found["till"] == "0.00"
    assert found["fares"] == "-1000.00"


def test_a_cap_counts_over_all_days_and_a_share_of_what_is_left() -> None:
    """Each month 100: half of what is left after 20 goes north until 100 is reached."""
    run = run_rules(
        inflow(100, "2026-01-31", every="month", times=4),
        {
            "id": "fall", "kind": "waterfall", "from": "till", "date": "2026-01-31",
            "every": "month", "times": 4,
            "steps": [
                {"id": "upkeep", "to": "south", "fixed": 20},
                {"id": "half", "to": "north", "share": "1/2", "of": "left", "cap": 100},
                {"id": "rest", "to": "south", "residual": True},
            ],
        },
    )  # fmt: skip
    paid = [run.text("north", each.received) for each in run.postings if each.rule == "half"]
    assert paid == ["40.00", "40.00", "20.00"]
    assert balances(run)["south"] == "300.00"
    days = sorted({str(each.day) for each in run.postings})
    assert days == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]


def test_profit_at_a_rate_counts_days_and_is_shared() -> None:
    """73 days at 1,000 and 73 at 500, 10 % a year: 20 + 10; half north, the rest stays."""
    run = run_rules(
        inflow(1000, "2026-01-01"),
        {"id": "out", "from": "till", "to": "south", "amount": 500, "date": "2026-03-15"},
        {
            "id": "profit", "kind": "profit", "of": "till", "from": "fares", "rate": "10%",
            "date": "2026-05-27", "split": {"north": "1/2"}, "rest": "till",
        },
    )  # fmt: skip
    found = balances(run)
    assert found["north"] == "15.00"
    assert found["till"] == "515.00"


def test_stated_profits_are_shared_with_the_odd_cent_to_the_largest_remainder() -> None:
    run = run_rules(
        {
            "id": "profit", "kind": "profit", "of": "till", "from": "fares",
            "amounts": [{"date": "2026-02-01", "amount": "100.00"}],
            "split": {"south": "1/3", "north": "1/3", "till": "1/3"},
        },
    )  # fmt: skip
    found = balances(run)
    assert (found["north"], found["south"], found["till"]) == ("33.34", "33.33", "33.33")


def test_a_match_adds_its_share_up_to_its_cap() -> None:
    """South adds half of every fare, 25 at most in all."""
    run = run_rules(
        inflow(40, every="month", times=3),
        {
            "id": "adds", "kind": "match", "of": "inflow", "from": "fares", "to": "south",
            "share": "50%", "cap": 25,
        },
        {
            "id": "once", "kind": "match", "of": ["inflow"], "from": "fares", "to": "north",
            "amount": 7,
        },
    )  # fmt: skip
    assert balances(run)["south"] == "25.00"
    assert balances(run)["north"] == "7.00"


RATES = (
    {"from": "EUR", "to": "USD", "date": "2026-01-01", "rate": "1.10"},
    {"from": "EUR", "to": "USD", "date": "2026-03-01", "rate": "1.25"},
)


def test_the_last_rate_on_or_before_the_day_is_used() -> None:
    run = run_rules(
        inflow(1000, "2026-01-15"),
        {"id": "a", "from": "till", "to": "dollars", "amount": 100, "date": "2026-02-28"},
        {"id": "b", "from": "till", "to": "dollars", "amount": 100, "date": "2026-03-01"},
        {
            "id": "c", "from": "till", "to": "dollars", "amount": "10.01", "currency": "USD",
            "date": "2026-03-02",
        },
        rates=RATES,
    )  # fmt: skip
    assert balances(run)["dollars"] == "245.01"
    assert balances(run)["till"] == "791.99"  # 10.01 / 1.25 = 8.008
    parties = {party.id: party.text(party.received) for party in tell_parties(run)}
    assert parties["south"] == "208.01"  # 100 + 100 + 10.01 / 1.25
    dollars = {party.id: party.text(party.received) for party in tell_parties(run, "USD")}
    assert dollars["south"] == "245.01"


def test_currencies_without_cents_and_with_three_places() -> None:
    accounts = (
        {"id": "yen", "kind": "source", "currency": "JPY"},
        {"id": "dinar", "owner": "north", "currency": "KWD"},
        {"id": "gold", "owner": "south", "currency": "GOLD"},
    )
    rates = (
        {"from": "KWD", "to": "JPY", "date": "2026-01-01", "rate": 480},
        {"from": "JPY", "to": "GOLD", "date": "2026-01-01", "rate": "1/3"},
    )
    run = run_rules(
        {"id": "a", "from": "yen", "to": "dinar", "amount": 1000, "date": "2026-02-01"},
        {"id": "b", "from": "yen", "to": "gold", "amount": 100, "date": "2026-02-01"},
        accounts=accounts,
        rates=rates,
        currencies={"GOLD": 5},
        currency="JPY",
    )
    assert balances(run) == {"yen": "-1100", "dinar": "2.083", "gold": "33.33333"}


ESCROW = (
    {
        "id": "released", "from": "held", "to": "north", "amount": "all",
        "on": {"norm": "ceasefire", "state": "fulfilled", "days_after": 10},
    },
    {
        "id": "returned", "from": "held", "to": "south", "amount": "all",
        "on": {"norm": "ceasefire", "state": "violated"},
    },
)  # fmt: skip


@pytest.mark.parametrize(
    ("assume", "north", "south"),
    [
        ({}, "0.00", "0.00"),
        ({"ceasefire": "fulfilled@2026-05-01"}, "500.00", "0.00"),
        ({"ceasefire": "violated@2026-05-05"}, "0.00", "500.00"),
        ({"ceasefire": ("fulfilled@2026-05-01", "violated@2026-05-05")}, "0.00", "500.00"),
        ({"ceasefire": ("fulfilled@2026-05-01", "violated@2026-06-05")}, "500.00", "0.00"),
        ({"ceasefire": "fulfilled@2030-05-01"}, "0.00", "0.00"),
    ],
)
def test_escrow_is_released_or_returned_by_the_state_of_a_norm(
    assume: dict[str, Any], north: str, south: str
) -> None:
    run = run_rules(*ESCROW, assume=assume)
    assert (balances(run)["north"], balances(run)["south"]) == (north, south)
    assert len(run.waiting) == (2 if not assume else 2 - len({*_states(assume)}))


def _states(assume: dict[str, Any]) -> list[str]:
    texts = assume["ceasefire"]
    return [text.partition("@")[0] for text in ((texts,) if isinstance(texts, str) else texts)]


def test_what_is_paid_is_taken_back_as_far_as_it_is_still_held() -> None:
    """North got 100 and passed 70 on; on breach 30 come back and 70 stay unpaid."""
    run = run_rules(
        inflow(100),
        {"id": "grant", "from": "till", "to": "north", "amount": 100, "date": "2026-03-01"},
        {"id": "spent", "from": "north", "to": "south", "amount": 70, "date": "2026-04-01"},
        {
            "id": "back", "kind": "clawback", "of": "grant",
            "on": {"norm": "ceasefire", "state": "violated"},
        },
        assume={"ceasefire": "violated@2026-06-01"},
    )  # fmt: skip
    assert balances(run)["till"] == "30.00"
    (unpaid,) = run.unpaid
    assert (unpaid.account, unpaid.units) == ("north", 7000)


def test_a_clawback_again_takes_only_what_was_not_taken_before() -> None:
    run = run_rules(
        inflow(100),
        {"id": "grant", "from": "till", "to": "north", "amount": 100, "date": "2026-03-01"},
        {
            "id": "back", "kind": "clawback", "of": "grant", "share": "1/4", "to": "south",
            "date": "2026-04-01", "every": "month", "times": 3,
        },
    )  # fmt: skip
    assert balances(run)["south"] == "25.00"


def test_payments_stop_when_a_norm_is_violated() -> None:
    rule = inflow(10, "2026-01-01", every="month", unless={"norm": "peace", "state": "violated"})
    run = run_rules(rule, assume={"peace": "violated@2026-04-01"})
    assert balances(run)["till"] == "30.00"


def test_an_event_that_the_books_assume_can_be_moved() -> None:
    rule = {
        "id": "inflow", "from": "fares", "to": "till", "amount": 10, "on": {"event": "opening"}
    }  # fmt: skip
    assumed = ({"event": "opening", "date": "2026-03-01"},)
    run = run_rules_assumed(rule, assumed)
    assert str(run.postings[0].day) == "2026-03-01"
    run = run_rules_assumed(rule, assumed, {"opening": "occurred@2026-09-09"})
    assert str(run.postings[0].day) == "2026-09-09"


def run_rules_assumed(rule: dict[str, Any], assumed: Any, moved: Any = None) -> MoneyRun:
    from detente.money.run import run_money

    return run_money(books_case(rule, assume=assumed), assume=moved)


def test_another_draft_other_flows_and_open_points_are_named() -> None:
    rules = (
        inflow(100, when={"toll": ["shared", "north-only"]}),
        {
            "id": "half", "from": "till", "to": "south", "amount": 50, "date": "2026-03-01",
            "when": {"toll": "shared"},
        },
    )  # fmt: skip
    assert balances(run_rules(*rules, draft="first"))["south"] == "50.00"
    assert balances(run_rules(*rules, draft="second"))["south"] == "0.00"
    third = run_rules(*rules, draft="third")
    assert third.postings == ()
    assert {each.item for each in third.left_open} == {"inflow", "half"}
    assert {each.point for each in third.left_open} == {"toll"}


def test_books_are_run_up_to_a_day() -> None:
    run = run_rules(inflow(10, "2026-01-31", every="month"), on=datetime.date(2026, 3, 30))
    assert balances(run)["till"] == "20.00"


def test_leap_days_are_days() -> None:
    run = run_rules(inflow(1, "2024-02-29", every="year"), start="2024-01-01", until="2028-12-31")
    days = [str(each.day) for each in run.postings]
    assert days == ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]


def test_what_is_not_there_is_named_with_the_nearest() -> None:
    with pytest.raises(RequestError, match=r"no draft 'frist'; did you mean 'first'\?"):
        run_rules(inflow(1), draft="frist")
    with pytest.raises(RequestError, match="No rule of the books hangs on 'peace'"):
        run_rules(inflow(1), assume={"peace": "violated"})
