"""The command: its JSON, its picture, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from case.minimal import write_case
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


def test_every_reading_is_run_unless_one_is_asked_for(detente: Detente) -> None:
    options = ("--runs", 200, "--no-worth")
    every = detente("simulate", "jcpoa-2015", *options, "--json").json
    names = [each["reading"] for each in every["readings"]]
    assert names == ["present-participants", "named-in-resolution", "europeans-forfeited"]
    assert every["readings"][0]["survival"] == every["survival"]
    one = detente("simulate", "jcpoa-2015", *options, "--json", "--reading", names[2]).json
    assert one["readings"] == [every["readings"][2]]
    shown = detente("simulate", "jcpoa-2015", *options).out
    assert all(name in shown for name in names)


def test_where_nobody_holds_the_power_nothing_follows(tmp_path: Path, detente: Detente) -> None:
    """A power of which one reading says that nobody has it: only the other voids the payment."""
    norms = """
- id: pay
  title: Pay
  debtor: north
  deadline: {event: entry-into-force, amount: 30}
  on_breach: [call]
  compliance: {probability: 0, reason: test}
- id: call
  title: Call it off
  kind: power
  readings:
    - {id: south-may, text: The south may, holder: south}
    - {id: nobody-may, text: Nobody may, holder: []}
  on_performance: [{effect: ends, norms: [keep]}]
  compliance: {probability: 1, reason: test}
  delay: {median_days: 5, spread: 1, reason: test}
- id: keep
  title: Keep away
  kind: prohibition
  debtor: south
  compliance: {probability: 0, reason: test}
  delay: {median_days: 5, reason: test}
"""
    folder = write_case(tmp_path, norms=norms)
    data = detente("simulate", folder, "--runs", 50, "--years", 1, "--no-worth", "--json").json
    named = {each["reading"]: each["survival"][-1] for each in data["readings"]}
    assert set(named) == {"south-may", "nobody-may"}
    states = detente(
        "simulate", folder, "--runs", 50, "--years", 1, "--json", "--reading", "nobody-may"
    ).json["states"]
    assert "fulfilled" not in states[-1]["norms"]["call"]
    assert data["states"][-1]["norms"]["call"] == {"fulfilled": 1.0}


def test_a_norm_set_aside_never_comes_into_force(detente: Detente) -> None:
    options = ("--runs", 300, "--no-worth", "--json")
    whole = detente("simulate", "minsk-2015", *options).json
    first = next(iter(whole["first_breach"]))
    rest = detente("simulate", "minsk-2015", *options, "--without", first).json
    assert first not in rest["first_breach"]
    assert all(set(each["norms"][first]) == {"dormant"} for each in rest["states"])
    assert f"Set aside, so that they never come into force: {first}." in rest["assumptions"]


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
        (("--without", "measure"), "mean 'measures'"),
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
