"""``detente forecast``: its contract with programs, what it says, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cli.calls import Detente
from detente.forecast.calibration import ERRORS
from detente.forecast.models import MODELS
from forecast.shared import SHARED, expected, needs_shared
from forecast.tables import ACTORS, DECISIONS, KTAB_CSV

_ALONE = [m.id for m in MODELS if m.id not in ("nash-reference", "exchange")]


@pytest.fixture
def actors(tmp_path: Path) -> Path:
    path = tmp_path / "toll.csv"
    path.write_text(ACTORS, encoding="utf-8")
    return path


@pytest.fixture
def decisions(tmp_path: Path) -> Path:
    path = tmp_path / "decisions.csv"
    path.write_text(DECISIONS, encoding="utf-8")
    return path


def test_one_issue_as_json(detente: Detente, actors: Path) -> None:
    data = detente("forecast", actors, "--json").json
    assert list(data["models"]) == _ALONE
    for name, model in data["models"].items():
        low, high = model["interval"]
        assert 20 <= low <= model["forecast"] <= high <= 90
        assert model["intervals"].keys() == {"0.5", "0.8", "0.9"}
        assert (model["rounds"] == []) == (name != "challenge")
    assert data["models"]["challenge"]["rounds"][0].keys() == {"median", "mean", "moved"}
    mean = data["models"]["compromise"]
    assert mean["forecast"] == pytest.approx((0.5 * 20 + 2 * 60 + 0.25 * 90) / 2.75)
    assert data["scale"] == [20, 90]
    assert data["level"] == 0.8
    assert [each["actor"] for each in data["inputs"]] == ["north", "south", "coast, the"]
    assert data["inputs"][0]["origin"]["position"] == "stated"
    assert data["levers"][0]["actor"] == "south"
    assert data["issues"][0]["models"] == data["models"]


def test_several_dimensions_as_json(detente: Detente, tmp_path: Path) -> None:
    path = tmp_path / "bridge.csv"
    path.write_text(KTAB_CSV, encoding="utf-8")
    data = detente("forecast", path, "--json").json
    assert "models" not in data
    assert [each["id"] for each in data["issues"]] == ["Toll", "Lanes"]
    assert list(data["issues"][0]["models"]) == [*_ALONE, "exchange"]


def test_models_and_settings_are_chosen(detente: Detente, actors: Path) -> None:
    data = detente(
        *("forecast", actors, "--model", "challenge", "--rounds", 3, "--q", 0.5),
        *("--scale", 0, 100, "--json"),
    ).json
    assert list(data["models"]) == ["challenge"]
    assert len(data["models"]["challenge"]["rounds"]) == 3
    assert data["scale"] == [0, 100]


def test_words_for_people(detente: Detente, actors: Path) -> None:
    said = detente("forecast", actors).out
    assert "toll: 3 actors on a scale from 20 to 90" in said
    assert "Forecast: 55.45 (mean weighted by capability x salience)." in said
    assert "What moves the" in said
    assert "at first, then" in said


def test_a_case_as_json_and_in_words(detente: Detente) -> None:
    data = detente("forecast", "ukraine-2025", "--draws", 200, "--json").json
    assert [each["id"] for each in data["issues"]] == ["army-cap", "elections"]
    cap = data["issues"][0]
    assert cap["draws"] == 200
    assert cap["models"]["compromise"]["spread"]["sd"] > 0
    assert cap["models"]["compromise"]["nearest"] == "c800"
    assert {each["origin"]["position"] for each in cap["inputs"]} == {"stated"}
    polls = data["issues"][1]
    assert {each["origin"]["position"] for each in polls["inputs"]} == {"derived"}
    assert any("capability" in each for each in data["assumptions"])
    one = detente("forecast", "ukraine-2025", "--point", "army-cap", "--draws", 200, "--json").json
    assert one["models"] == {k: v for k, v in cap["models"].items() if k != "exchange"}
    said = detente("forecast", "ukraine-2025", "--point", "army-cap", "--draws", 200).out
    assert "nearest to 'c800'" in said
    said = detente("forecast", "ukraine-2025", "--point", "elections", "--draws", 200).out
    assert "Assumed: " in said
    assert "Not at the table on elections, having said nothing on it: russia" in said


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
def test_a_picture_is_drawn(detente: Detente, actors: Path, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"toll.{suffix}"
    assert detente("forecast", actors, "--plot", file).code == 0
    start = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF"}[suffix]
    assert file.read_bytes().startswith(start)


def test_a_back_test_as_json_and_in_words(detente: Detente, decisions: Path) -> None:
    data = detente("forecast", decisions, "--backtest", "--json").json
    assert (data["issues"], data["proposals"]) == (3, 2)
    keys = {"label", "source", "n", "MAE", "RMSE", "medAE", "CRPS", "coverage"}
    for model in data["models"].values():
        assert model.keys() == {*keys, "difference", "interval"}
    assert {"midpoint", "reference"} <= data["models"].keys()
    assert data["models"]["compromise"]["interval"] is None
    assert "compromise mean" in data["verdict"]
    said = " ".join(detente("forecast", decisions, "--backtest").out.split())
    assert "3 issues of 2 proposals with outcomes" in said
    assert "Errors in hundredths of the scale" in said
    assert "compromise mean here" in said or "lies below 0 for" in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ukraine-2025", "--backtest"], "--backtest needs a table with outcomes, not a case."),
        (["toll.csv", "--point", "toll"], "--point names a point of a case; a table has none."),
        (["ukraine-2025", "--scale", "0", "1"], "--scale is for tables"),
        (["toll.csv", "--backtest"], "toll.csv: The table has no outcomes"),
        (["toll.csv", "--backtest", "--plot", "a.svg"], "--plot draws forecasts"),
        (["toll.csv", "--model", "medain"], "There is no model 'medain'; did you mean 'median'?"),
        (["toll.csv", "--q", "2"], "2.0 is not in the range 0.0<=x<=1.0."),
        (["toll.csv", "--scale", "0", "80"], "toll.csv:4:16: The position of 'coast, the' is 90"),
        (["toll.csv", "--scale", "5", "5"], "A scale runs from a lower to a higher number"),
        (["toll.csv", "--plot", "a.gif"], "Pictures are written as .svg, .png or .pdf"),
        (["no.csv"], "no.csv: The file cannot be read"),
        (["no-such"], "no-such: There is no such folder"),
        (["ukraine-2025", "--point", "nato-membership"], "have no positions on a scale"),
    ],
)
def test_what_cannot_be_meant_ends_with_one_sentence(
    detente: Detente,
    actors: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(actors.parent)
    called = detente("forecast", *arguments)
    assert called.code == 2
    assert words in called.err
    assert len(called.err.splitlines()) == 1


@needs_shared
def test_published_rounds_and_errors_by_command(detente: Detente) -> None:
    told = expected("expected_emission.json")["jmckib_code_rerun_here"]
    path = SHARED / "emission_standards_actors.csv"
    data = detente("forecast", path, "--rounds", 8, "--json").json
    rounds = data["models"]["challenge"]["rounds"]
    assert [each["median"] for each in rounds] == pytest.approx(told["median"], abs=1.1e-3)
    assert [each["mean"] for each in rounds] == pytest.approx(told["mean"], abs=1.1e-3)
    assert data["start"]["median"] == told["initial_median"]
    scored = detente("forecast", SHARED / "deu3.csv", "--backtest", "--json").json
    assert round(scored["models"]["compromise"]["MAE"], 2) == 23.06
    assert scored["models"]["exchange"]["MAE"] == pytest.approx(
        np.trapezoid(ERRORS["exchange"], dx=0.05), abs=1.0
    )
