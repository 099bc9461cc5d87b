"""``detente money`` as it is called: JSON, words, the picture, and plain text that balances."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

import detente as dt
from cli.calls import Detente, detente
from detente.case.examples import example_folder
from detente.case.load import load
from detente.errors import CaseError
from detente.money.beancount import as_beancount
from detente.money.for_report import money_for_report
from detente.money.picture import draw_run
from detente.money.run import run_money
from detente.pictures.files import svg_of
from money.books import folder_with, run_rules
from money.plain_text import balances_in
from money.random_books import falls

__all__ = ["detente"]

FLAGSHIP = example_folder("ukraine-2025")
RULES = """\
  rates:
    - {from: EUR, to: USD, date: 2026-01-01, rate: "1.2"}
  rules:
    - {id: inflow, from: fares, to: till, amount: 1 thousand, date: 2026-02-01}
    - id: fall
      kind: waterfall
      from: till
      date: 2026-03-01
      when: {toll: shared}
      steps:
        - {id: upkeep, to: north, fixed: 300, text: upkeep of the bridge}
        - {id: abroad, to: dollars, share: 1/2}
    - {id: freed, from: held, to: south, amount: all, on: {norm: peace, state: fulfilled}}
  unstated:
    - {id: paint, text: Paint is promised without an amount, when: {toll: shared}}
"""


def test_json_for_programs(tmp_path: Path, detente: Detente) -> None:
    folder = folder_with(tmp_path, RULES)
    data = detente("money", folder, "--draft", "first", "--json").json
    assert data["balanced"] is True
    assert {name: each["balance"] for name, each in data["accounts"].items()} == {
        "fares": "-1000.00", "till": "200.00", "held": "500.00", "north": "300.00",
        "south": "0.00", "dollars": "600.00",
    }  # fmt: skip
    assert data["parties"] == {
        "north": {"received": "300.00", "paid": "0.00"},
        "south": {"received": "500.00", "paid": "0.00"},
    }
    assert data["postings"][2] == {
        "date": "2026-03-01", "from": "till", "to": "dollars", "amount": "500.00",
        "currency": "EUR", "rule": "abroad", "why": "1/2 of the pool",
        "received": "600.00", "received_currency": "USD",
    }  # fmt: skip
    assert data["waiting"] == [{"rule": "freed", "for": "peace = fulfilled"}]
    assert data["unstated"] == ["paint"]
    assert "drafts" not in data


def test_without_a_draft_the_first_is_run_and_all_are_compared(
    tmp_path: Path, detente: Detente
) -> None:
    data = detente("money", folder_with(tmp_path, RULES), "--json").json
    assert data["draft"] == "first"
    assert {draft: each["balanced"] for draft, each in data["drafts"].items()} == {
        "first": True,
        "second": True,
    }
    assert data["drafts"]["second"]["parties"]["north"]["received"] == "0.00"


def test_assumptions_and_days(tmp_path: Path, detente: Detente) -> None:
    folder = folder_with(tmp_path, RULES)
    data = detente(
        "money", folder, "--assume", "peace=fulfilled@2026-05-01", "--currency", "USD", "--json"
    ).json
    assert data["accounts"]["south"]["balance"] == "500.00"
    assert data["parties"]["south"]["received"] == "1200.00"
    early = detente("money", folder, "--on", "2026-02-28", "--json").json
    assert len(early["postings"]) == 1
    assert early["on"] == "2026-02-28"


def test_words_for_people(tmp_path: Path, detente: Detente) -> None:
    told = detente("money", folder_with(tmp_path, RULES), "--list", "1")
    assert told.code == 0
    assert "The toll, first (first), up to 2027-12-31" in told.out
    assert "and 2 more; --list N shows more" in told.out
    assert "The books balance" in told.out
    assert "Waits for peace = fulfilled: freed." in told.out
    assert "Spoken of without an amount: Paint is promised without an amount." in told.out
    assert re.search(r"Southtown +500.00 +0.00", told.out.replace(",", ""))


def test_files_are_written_and_the_text_balances(tmp_path: Path, detente: Detente) -> None:
    folder = folder_with(tmp_path, RULES)
    picture, plain = tmp_path / "flows.svg", tmp_path / "flows.beancount"
    assert detente("money", folder, "--plot", picture, "--beancount", plain).code == 0
    assert "till to Northtown" not in picture.read_text(encoding="utf-8")
    assert "till to north: 300 EUR, upkeep of the bridge" in picture.read_text(encoding="utf-8")
    balances = balances_in(plain.read_text(encoding="utf-8"))
    assert balances["Assets:South:Dollars"] == {"USD": Decimal("600.00")}
    assert balances["Equity:Fares"] == {"EUR": Decimal("-1000.00")}


@settings(max_examples=60, deadline=None)
@given(falls())
def test_plain_text_of_any_books_balances(rules: list[dict[str, object]]) -> None:
    try:
        run = run_rules(*rules)
    except CaseError:
        return
    balances = balances_in(as_beancount(run))
    for account in run.accounts:
        name = next((each for each in balances if each.endswith(f":{account.id.title()}")), None)
        held = balances[name].get("EUR", Decimal(0)) if name else Decimal(0)
        assert held == Decimal(account.text(run.balances[account.id])), account.id


def test_names_that_plain_text_cannot_hold_are_written_so_that_it_can() -> None:
    accounts = (
        {"id": "каса", "kind": "source", "currency": "EUR"},
        {"id": "a.b", "currency": "EUR"},
        {"id": "a-b", "currency": "EUR", "name": 'the "till"'},
    )
    rule = {
        "id": "x", "from": "каса", "to": "a.b", "amount": 1, "date": "2026-02-01",
        "text": 'a "quoted"\nreason \\',
    }  # fmt: skip
    names = balances_in(as_beancount(run_rules(rule, accounts=accounts)))
    assert len(names) == 3


@pytest.mark.parametrize("draft", ["us-russia-28", "e3", "geneva-19", "us-ukraine-20"])
def test_the_flagship_balances_under_every_draft(draft: str) -> None:
    case = load(FLAGSHIP)
    run = run_money(case, draft=draft)
    assert run.balanced
    balances_in(as_beancount(run))
    text = svg_of(draw_run(run, case))
    assert text == svg_of(draw_run(run, case))
    assert "EU borrowing to Budget of Ukraine: 105 billion USD" in text


def test_the_flagship_says_what_the_first_draft_says() -> None:
    """100 billion to rebuild, as much from Europe, half of the profit, the rest to a vehicle."""
    run = dt.load(FLAGSHIP).money("us-russia-28")
    assert run.text("european-fund", run.postings[2].received) == "100000000000.00"
    profit = [each for each in run.postings if each.rule == "profit"]
    american = sum(each.received for each in profit if each.taker == "us-treasury")
    kept = sum(each.received for each in profit if each.taker == "us-led-fund")
    assert 0 <= kept - american <= len(profit)
    out = sum(
        each.received for each in run.postings if each.taker in ("us-led-fund", "joint-vehicle")
    )
    assert out - kept == round((210 + 85) * 10**11 * 7 / 6) + 5 * 10**11
    frozen = [name for name in run.balances if name.startswith("frozen")]
    assert not any(run.balances[name] for name in frozen)
    stays = dt.load(FLAGSHIP).money("e3")
    assert stays.text("frozen-eu", stays.balances["frozen-eu"]) == "210000000000.00"


def test_the_flagship_frees_the_assets_once_ukraine_is_compensated() -> None:
    run = dt.load(FLAGSHIP).money("e3", assume={"N19": "fulfilled@2030-01-01"})
    assert run.balances["frozen-eu"] == 0
    assert run.balances["ukraine-budget"] == 0  # the loan is repaid then
    assert run.balanced


def test_a_report_gets_every_draft() -> None:
    shown = money_for_report(load(FLAGSHIP))
    assert [each.draft.id for each in shown] == [
        "us-russia-28", "e3", "geneva-19", "us-ukraine-20",
    ]  # fmt: skip
    assert all(each.picture.startswith("<svg ") for each in shown)
    assert {party.id for party in shown[0].parties} == {
        "russia", "united-states", "european-union", "ukraine",
    }  # fmt: skip
