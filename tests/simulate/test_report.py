"""The simulation in a report is the one that the command runs."""

from __future__ import annotations

import json
from pathlib import Path

from cli.calls import Detente, detente
from detente.case.examples import example_folder
from detente.case.load import load
from detente.simulate.as_data import life_data
from detente.simulate.of_case import Request, simulate_case

__all__ = ["detente"]


def test_the_report_holds_what_the_command_says(tmp_path: Path, detente: Detente) -> None:
    told = detente("report", "minsk-2015", "--format", "json", "-o", tmp_path)
    assert told.code == 0
    (written,) = tmp_path.glob("*.json")
    (life,) = json.loads(written.read_text())["lives"]
    alone = json.loads(
        detente("simulate", "minsk-2015", "--runs", "2000", "--no-worth", "--json").out
    )
    assert alone.pop("seconds") > 0
    assert alone.pop("agreement_years_per_second") > 0
    assert life == alone
    assert life["money"] is None  # the case has no books


def test_a_case_without_norms_has_none(tmp_path: Path, detente: Detente) -> None:
    folder = tmp_path / "lenn"
    assert detente("new", folder).code == 0
    assert detente("report", folder, "--format", "json", "-o", tmp_path).code == 0
    (written,) = tmp_path.glob("*.json")
    assert json.loads(written.read_text())["lives"] == []


def test_data_of_a_life_is_the_same_every_time() -> None:
    case, request = load(example_folder("dayton-1995")), Request(runs=200, worth=False)
    first, again = (life_data(simulate_case(case, request)) for _ in range(2))
    assert first == again
