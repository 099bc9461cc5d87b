"""Escrow released, or given back, by what the log says; faults in what rules hang on."""

from __future__ import annotations

from pathlib import Path

import pytest

import detente as dt
from case.minimal import write_case
from cli.calls import Detente, detente
from money.books import HEAD

__all__ = ["detente"]

NORMS = """\
- id: bridge
  title: Open the bridge
  debtor: north
  creditor: south
  trigger: {date: 2026-01-01}
  deadline: {date: 2026-05-01}
"""
RULES = """\
  rules:
    - {id: released, from: held, to: north, amount: all, on: {norm: bridge, state: fulfilled}}
    - {id: back, from: held, to: south, amount: all, on: {norm: bridge, state: violated}}
    - {id: tolls, from: fares, to: till, amount: 7, on: {event: first-toll, days_after: 3}}
"""
ASSUMED = "  assume: [{norm: bridge, state: fulfilled, date: 2026-01-05, author: A, reason: B}]\n"
DONE = "- {id: e1, kind: performed, norm: bridge, happened: 2026-04-02}\n"
LATE = "- {id: e1, kind: event, event: first-toll, happened: 2026-06-01}\n"


def _case(folder: Path, log: str | None, more: str = "", **assume: str) -> tuple[str, str, str]:
    files = {"money": HEAD + more + RULES, "norms": NORMS, "events": log}
    run = dt.load(write_case(folder, **files)).money(assume=assume)
    assert run.balanced
    north, south, till = (run.text(name, run.balances[name]) for name in ("north", "south", "till"))
    return north, south, till


def test_escrow_waits_for_the_log(tmp_path: Path) -> None:
    assert _case(tmp_path, None) == ("0.00", "0.00", "0.00")


def test_a_logged_performance_releases_it(tmp_path: Path) -> None:
    assert _case(tmp_path, DONE) == ("500.00", "0.00", "0.00")


def test_a_deadline_that_passed_before_the_last_entry_gives_it_back(tmp_path: Path) -> None:
    assert _case(tmp_path, LATE) == ("0.00", "500.00", "7.00")


def test_what_nobody_logged_yet_is_no_breach(tmp_path: Path) -> None:
    early = LATE.replace("06-01", "04-01")
    assert _case(tmp_path, early) == ("0.00", "0.00", "7.00")


def test_the_log_stands_in_place_of_the_books(tmp_path: Path) -> None:
    folder = write_case(tmp_path, money=HEAD + ASSUMED + RULES, norms=NORMS, events=DONE)
    run = dt.load(folder).money()
    assert [str(each.day) for each in run.postings] == ["2026-04-02"]
    assert run.assumed == ()
    assert "bridge = fulfilled on 2026-04-02" in run.logged


def test_a_question_stands_in_place_of_the_log(tmp_path: Path) -> None:
    assert _case(tmp_path, DONE, bridge="violated@2026-03-01") == ("0.00", "500.00", "0.00")


def test_output_tells_log_from_assumption(tmp_path: Path, detente: Detente) -> None:
    folder = write_case(tmp_path, money=HEAD + RULES, norms=NORMS, events=DONE)
    told = detente("money", folder)
    assert told.code == 0
    assert "From the log: " in told.out
    assert "bridge = fulfilled on 2026-04-02" in told.out
    assert "Assumed: " not in told.out


@pytest.mark.parametrize(
    ("wrong", "right", "sentence"),
    [
        ("norm: bridg,", "norm: bridge,", "Unknown norm 'bridg'; did you mean 'bridge'?"),
        (
            "state: fulfiled}", "state: fulfilled}",
            "A norm has no state 'fulfiled'; did you mean 'fulfilled'?",
        ),
    ],
)  # fmt: skip
def test_a_rule_on_a_norm_that_is_not_there(
    wrong: str, right: str, sentence: str, tmp_path: Path, detente: Detente
) -> None:
    books = HEAD + RULES.replace(right, wrong, 1)
    folder = write_case(tmp_path, money=books, norms=NORMS)
    told = detente("check", folder)
    line = HEAD.count("\n") + 2
    column = books.splitlines()[line - 1].index(wrong) + wrong.index(" ") + 2
    assert told.code == 2
    assert told.err.splitlines()[0] == f"{folder / 'money.yaml'}:{line}:{column}: {sentence}"
