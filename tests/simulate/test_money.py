"""Money by party: the books of each run follow what norms reached in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from case.minimal import write_case
from cli.calls import Detente, detente
from detente.case.case import Case
from detente.case.load import load
from detente.enactment.compiled import State
from detente.simulate.behaviour import Assumptions
from detente.simulate.money import MOST_RUNS
from detente.simulate.of_case import CaseSimulation, Request, simulate_case
from money.books import HEAD

__all__ = ["detente"]

NORMS = """\
- id: bridge
  title: Open the bridge
  debtor: north
  creditor: south
  deadline: {amount: 120}
  delay: {median_days: 20, spread: 1.2, reason: Long before the deadline}
"""
RULES = """\
  rules:
    - {id: released, from: held, to: north, amount: all, on: {norm: bridge, state: fulfilled}}
    - {id: back, from: held, to: south, amount: all, on: {norm: bridge, state: violated}}
"""
CIRCLE = """\
    - {id: there, from: fares, to: till, amount: 9, on: {norm: bridge, state: violated}}
    - {id: ahead, from: till, to: north, amount: 5, on: {norm: bridge, state: violated}}
    - {id: home, from: north, to: till, amount: 5, on: {norm: bridge, state: violated}}
"""


def _case(folder: Path, rules: str = RULES, log: str | None = None) -> Case:
    return load(write_case(folder, money=HEAD + rules, norms=NORMS, events=log))


def _simulated(case: Case, kept: float, runs: int = 300) -> CaseSimulation:
    assumptions = Assumptions(compliance=(("bridge", kept),))
    return simulate_case(case, Request(runs=runs, worth=False, assumptions=assumptions))


@pytest.mark.parametrize(("kept", "north", "south"), [(1.0, 500, 0), (0.0, 0, 500)])
def test_what_is_certain_has_no_error(kept: float, north: int, south: int, tmp_path: Path) -> None:
    money = _simulated(_case(tmp_path), kept).money
    assert money is not None
    net = {each.id: (each.net, each.error, each.low, each.high) for each in money.parties}
    assert net == {"north": (north, 0, north, north), "south": (south, 0, south, south)}


def test_who_is_paid_is_who_kept_the_norm(tmp_path: Path) -> None:
    """The solver counts states, the executor leads the books: both give the same sum."""
    found = _simulated(_case(tmp_path), 0.6)
    states, money = found.simulation.states, found.money
    assert states is not None
    assert money is not None
    kept = states[-1, 0, State.FULFILLED] / 300
    assert 0.4 < kept < 0.8
    north, south = money.parties
    assert north.received == pytest.approx(500 * kept)
    assert south.received == pytest.approx(500 * (1 - kept))
    assert north.error == pytest.approx(500 * (kept * (1 - kept) / 299) ** 0.5)
    assert (north.low, north.high) == (0, 500)


def test_what_the_log_says_of_a_norm_does_not_count(tmp_path: Path) -> None:
    """A simulation says what could be said on the day of signature."""
    log = "- {id: e1, kind: performed, norm: bridge, happened: 2026-04-02}\n"
    money = _simulated(_case(tmp_path, log=log), 0.0).money
    assert money is not None
    assert money.parties[0].received == 0


def test_many_runs_have_as_many_books_as_are_worth_it(tmp_path: Path) -> None:
    money = _simulated(_case(tmp_path), 0.5, runs=MOST_RUNS + 100).money
    assert money is not None
    assert (money.runs, money.refused) == (MOST_RUNS, 0)


def test_runs_whose_books_fail_are_counted(tmp_path: Path) -> None:
    money = _simulated(_case(tmp_path, RULES + CIRCLE), 0.5).money
    assert money is not None
    assert money.runs + money.refused == 300
    assert 100 < money.refused < 200
    assert "Money runs in a circle on 2026-" in money.why
    assert money.parties[1].received == 0  # only broken runs pay south, and none of them counts


def test_books_that_never_run_are_refused_at_their_place(tmp_path: Path, detente: Detente) -> None:
    folder = _case(tmp_path, RULES + CIRCLE).folder
    told = detente("simulate", folder, "--runs", "20", "--compliance", "bridge=0")
    assert told.code == 2
    assert told.out == ""
    (sentence,) = told.err.splitlines()
    line = (HEAD + RULES + CIRCLE).count("\n")
    assert sentence.startswith(f"{folder / 'money.yaml'}:{line}:7: Money runs in a circle on")


def test_output_names_books_and_runs(tmp_path: Path, detente: Detente) -> None:
    told = detente("simulate", _case(tmp_path).folder, "--runs", "50", "--no-worth")
    assert told.code == 0
    assert "Means over 50 runs of 'toll'; ± is one standard error." in told.out
