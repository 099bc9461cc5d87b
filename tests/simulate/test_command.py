"""The command: its JSON, its picture, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.calls import Detente, detente
from enactment.small import GOODS, case_of

__all__ = ["detente"]


def test_json_holds_what_programs_rely_on(detente: Detente) -> None:
    called = detente("simulate", "minsk-2015", "--runs", 500, "--years", 3, "--seed", 4, "--json")
    assert called.code == 0
    data = called.json
    assert (data["runs"], data["years"], data["seed"]) == (500, 3, 4)
    assert len(data["survival"]) == len(data["unbroken"]) == 4
    assert data["survival"][0] == 1.0
    assert 0.0 < sum(data["first_breach"].values()) <= 1.0
    assert data["seconds"] > 0.0
    assert data["agreement_years_per_second"] == pytest.approx(1500 / data["seconds"])
    assert data["money"] is None
    assert [each["year"] for each in data["states"]] == [0, 1, 2, 3]
    for norm in data["states"][3]["norms"].values():
        assert sum(norm.values()) == pytest.approx(1.0)
    assert any("assumptions" in note for note in data["assumptions"])


def test_the_snap_back_is_run_by_reading(detente: Detente) -> None:
    options = ("--runs", 300, "--no-worth", "--json", "--reading")
    named, forfeited = (
        detente("simulate", "jcpoa-2015", *options, reading).json
        for reading in ("named-in-resolution", "europeans-forfeited")
    )
    assert (named["reading"], forfeited["reading"]) == (
        "named-in-resolution",
        "europeans-forfeited",
    )
    assert named["stepped_runs"] > 0


def test_what_is_taken_from_the_log_is_said(detente: Detente) -> None:
    called = detente("simulate", "jcpoa-2015", "--runs", 50, "--no-worth", "--json")
    notes = " ".join(called.json["assumptions"])
    assert "endorsement (2015-07-20)" in notes
    assert "never come: broader-conclusion" in notes


def test_usual_values_are_listed_and_stated_ones_are_not_usual(detente: Detente) -> None:
    asked = ("--compliance", "prohibition=0.5", "--compliance", "P01=0.9", "--delay", "P02=3")
    called = detente("simulate", "minsk-2015", "--runs", 50, "--no-worth", "--json", *asked)
    behaviour = called.json["behaviour"]
    assert (behaviour["P01"]["probability"], behaviour["P01"]["from"]) == (0.9, "asked")
    assert (behaviour["P02"]["median_days"], behaviour["P02"]["delay_from"]) == (3.0, "asked")
    assert behaviour["P06"]["from"] == "usual"
    assert not any("a prohibition is kept" in note for note in called.json["assumptions"])


def test_a_picture_is_drawn(detente: Detente, tmp_path: Path) -> None:
    path = tmp_path / "survival.svg"
    called = detente("simulate", "dayton-1995", "--runs", 200, "--no-worth", "--plot", path)
    assert called.code == 0
    assert "Years after the start" in path.read_text(encoding="utf-8")
    assert "Assumed:" in called.out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--compliance", "iran=2"), "from 0 to 1"),
        (("--compliance", "irna=0.5"), "mean 'iran'"),
        (("--event", "endorsement"), "NAME=DAY"),
        (("--event", "endorsment=2015-07-20"), "mean 'endorsement'"),
        (("--event", "endorsement=2015-02-30"), "not a day that exists"),
        (("--reading", "named"), "no reading 'named'"),
        (("--draft", "other"), "other"),
    ],
)
def test_what_cannot_be_run_is_refused_in_one_sentence(
    detente: Detente, options: tuple[str, ...], words: str
) -> None:
    called = detente("simulate", "jcpoa-2015", "--runs", 10, *options)
    assert called.code == 2
    assert words in called.err
    assert called.err.count("\n") == 1


def test_a_sale_of_goods_ends_in_each_way() -> None:
    from detente.simulate.of_case import Request, simulate_case

    found = simulate_case(case_of(GOODS), Request(runs=300, years=1))
    assert 0 < found.simulation.stepped < 300
    assert any("stepped through" in note for note in found.notes)
