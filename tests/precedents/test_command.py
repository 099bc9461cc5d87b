"""``detente precedents`` as it is called: output, JSON, pictures, exit codes, refusals."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from case.minimal import write_case
from cli.calls import Detente, detente
from precedents.cases import case_folder
from precedents.tables import as_csv, as_workbook, made_up, ucdp_rows

__all__ = ["detente"]


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the user's cache out of the tests, and the user's tables."""
    folder = tmp_path / "user-cache"
    monkeypatch.setenv("DETENTE_CACHE", str(folder))
    monkeypatch.delenv("DETENTE_PAX", raising=False)
    monkeypatch.delenv("DETENTE_UCDP", raising=False)
    return folder


@pytest.fixture(name="case")
def made_up_case(tmp_path: Path) -> Path:
    return case_folder(tmp_path / "case")


@pytest.fixture(name="pax")
def pax_file(tmp_path: Path) -> Path:
    path = tmp_path / "pax.xlsx"
    path.write_bytes(as_workbook(made_up(120, 5)))
    return path


@pytest.fixture(name="ucdp")
def ucdp_file(tmp_path: Path) -> Path:
    path = tmp_path / "ucdp.csv"
    given = [{"cease": n % 2, "ended": int(n < 4), "duration": "1996-01-01"} for n in range(12)]
    rows = [row if row["ended"] == "1" else {**row, "duration": ""} for row in ucdp_rows(given)]
    path.write_text(as_csv([*rows, *ucdp_rows([{"pa_date": "2020-01-01"}])]), encoding="utf-8")
    return path


def test_everything_is_told(detente: Detente, case: Path, pax: Path, ucdp: Path) -> None:
    called = detente("precedents", case, "--pax", pax, "--ucdp", ucdp, "--draft", "first")
    assert called.code == 0, called.err
    for words in (
        "How often agreements treat it",
        "What PA-X does not code",
        "Nearest agreements by what they treat",
        "Comprehensive ones also treat",
        "How long they lasted",
        "Association, not effect",
        "all (base rate)",
        "are between states",
        "(thin)",
    ):
        assert words in called.out
    assert "The point 'typo' has the topic 'pax/Elle', which is not known; did you" in called.out
    assert "points.yaml:45:10: The point 'typo'" in called.out
    assert "Without a topic: untold." in called.out
    assert "\x1b[" not in called.out, "no colours in a pipe"


def test_json_keeps_its_contract(detente: Detente, case: Path, pax: Path, ucdp: Path) -> None:
    called = detente("precedents", case, "--pax", pax, "--ucdp", ucdp, "--draft", "first", "--json")
    told = called.json
    assert {file["data"] for file in told["files"]} == {"PA-X", "UCDP"}
    assert told["topics"] == ["pax/CeProv", "pax/StBor", "pax/Ele", "own/force-cap"]
    points = {point["point"]: point for point in told["points"]}
    assert list(points) == ["truce", "border", "vote", "river", "soldiers", "punishments"]
    truce = points["truce"]
    assert 0.0 <= truce["low"] <= truce["share"] <= truce["high"] <= 1.0
    assert truce["share"] == truce["count"] / truce["base"]
    assert truce["by"].keys() == {"stage", "region", "decade", "type"}
    for groups in truce["by"].values():
        assert sum(group["count"] for group in groups) == truce["count"]
    assert (points["soldiers"]["exact"], points["soldiers"]["share"]) == (False, None)
    assert [each["topic"] for each in points["soldiers"]["nearest"]] == ["pax/SsrArm"]
    assert points["punishments"]["nearest"] == []
    assert [each["point"] for each in told["unplaced"]] == ["typo", "untold"]
    assert len(told["pairs"]) == 3
    assert len(told["nearest"]) == 10
    assert {"topic", "count", "base", "low", "high"} <= told["lacking"][0].keys()
    (ceasefire, *_) = told["lasting"]["provisions"]
    assert ceasefire["ended"]["5"]["all"]["count"] == 4
    assert told["lasting"]["meaning"] == "association, not effect"


def test_points_named_get_every_breakdown_and_no_whole_text(
    detente: Detente, case: Path, pax: Path
) -> None:
    called = detente("precedents", case, "vote", "--pax", pax)
    assert called.code == 0
    for trait in ("stage", "region", "decade", "type"):
        assert f"By {trait}" in called.out
    assert "Nearest agreements" not in called.out
    told = detente("precedents", case, "vote", "river", "--pax", pax, "--json").json
    assert [point["point"] for point in told["points"]] == ["vote", "river"]
    assert (told["nearest"], told["lacking"], told["lasting"]) == (None, None, None)
    assert len(told["pairs"]) == 1


def test_a_case_without_topics_says_what_to_do(detente: Detente, tmp_path: Path, pax: Path) -> None:
    folder = write_case(tmp_path / "bare")
    called = detente("precedents", folder, "--pax", pax)
    assert called.code == 0
    assert "Without a topic: toll." in called.out
    assert "give points a 'topic'" in called.out
    assert "also treat" not in called.out, "what nothing is asked of lacks nothing"
    told = detente("precedents", folder, "--pax", pax, "--json").json
    assert (told["points"], told["nearest"], told["lacking"]) == ([], None, None)


def test_between_states_is_a_smaller_base_and_says_so(
    detente: Detente, case: Path, pax: Path
) -> None:
    everyone = detente("precedents", case, "--pax", pax, "--json").json
    called = detente("precedents", case, "--pax", pax, "--between-states")
    states = detente("precedents", case, "--pax", pax, "--between-states", "--json").json
    assert states["base"] == everyone["base_between_states"] < everyone["base"] == 120
    assert f"Only the {states['base']} agreements between states are counted" in called.out
    assert states["points"][0]["count"] == everyone["points"][0]["between_states"]["count"]


def test_only_ucdp(detente: Detente, case: Path, ucdp: Path) -> None:
    called = detente("precedents", case, "--ucdp", ucdp)
    assert called.code == 0
    assert "How long they lasted" in called.out
    assert "How often" not in called.out
    assert detente("precedents", case, "--ucdp", ucdp, "--json").json["points"] == []


def test_tables_may_be_named_by_the_environment(
    detente: Detente, case: Path, pax: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_PAX", str(pax))
    assert detente("precedents", case, "--json").json["base"] == 120


def test_the_second_run_reads_the_cache_and_tells_the_same(
    detente: Detente, case: Path, pax: Path, own_cache: Path
) -> None:
    first = detente("precedents", case, "--pax", pax, "--json").json
    second = detente("precedents", case, "--pax", pax, "--json").json
    assert [each["files"][0].pop("cached") for each in (first, second)] == [False, True]
    assert first == second
    assert len(list((own_cache / "precedents").iterdir())) == 1


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_a_picture(form: str, detente: Detente, case: Path, pax: Path, tmp_path: Path) -> None:
    path = tmp_path / f"shares.{form}"
    assert detente("precedents", case, "--pax", pax, "--plot", path).code == 0
    content = path.read_bytes()
    assert len(content) > 1000
    if form == "svg":
        assert b"Border delimitation: " in content


def test_the_vocabulary(detente: Detente) -> None:
    called = detente("precedents", "--topics")
    assert called.code == 0
    assert "own/force-cap" in called.out
    assert "Bell et al. 2020" in called.out
    told = detente("precedents", "--topics", "--json").json
    (cap,) = [topic for topic in told["topics"] if topic["topic"] == "own/force-cap"]
    assert cap["nearest"] == ["pax/SsrArm"]
    assert told["provisions"]["pko"] == "Peacekeeping operation"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["CASE"], "Give a table with --pax FILE"),
        ([], "Missing argument 'CASE'"),
        (["CASE", "--pax", "README"], "README: The file cannot be read"),
        (["CASE", "--pax", "PAX", "--draft", "frist"], "did you mean 'first'?"),
        (["CASE", "--pax", "PAX", "--draft", "second"], "'second' fills no point that has a topic"),
        (["CASE", "rivr", "--pax", "PAX"], "no point 'rivr'; did you mean 'river'?"),
        (["CASE", "--pax", "UCDP"], "right is the table of all PA-X agreements"),
        (["CASE", "--ucdp", "PAX"], "right is the UCDP Peace Agreement Dataset"),
        (["CASE", "--pax", "PAX", "--by", "moon"], "'moon' is not one of"),
        (["CASE", "soldiers", "--pax", "PAX", "--plot", "x.svg"], "There is nothing to draw"),
        (["CASE", "--pax", "PAX", "--plot", "x.doc"], "x.doc"),
    ],
)
def test_wrong_use_ends_with_2_and_one_line(
    arguments: list[str], words: str, detente: Detente, case: Path, pax: Path, ucdp: Path
) -> None:
    given = {"CASE": case, "PAX": pax, "UCDP": ucdp}
    called = detente("precedents", *(given.get(each, each) for each in arguments))
    assert called.code == 2, called.out
    assert words in called.err
    assert len(called.err.splitlines()) == 1
    assert called.out == ""


def test_names_from_a_file_cannot_steer_the_terminal(
    detente: Detente, case: Path, tmp_path: Path
) -> None:
    path = tmp_path / "pax.csv"
    rows = [{**row, "Agt": "Red \x1b[31m treaty\nin two lines"} for row in made_up(5, 1)]
    path.write_text(as_csv(rows), encoding="utf-8")
    called = detente("precedents", case, "--pax", path)
    assert called.code == 0
    assert "\x1b" not in called.out


def test_no_agreement_between_states(detente: Detente, case: Path, tmp_path: Path) -> None:
    path = tmp_path / "inside.csv"
    path.write_text(as_csv([{**row, "Agtp": "Intra"} for row in made_up(5, 1)]), encoding="utf-8")
    called = detente("precedents", case, "--pax", path, "--between-states")
    assert called.code == 2
    assert "No agreement is between states" in called.err


def test_without_polars_it_says_what_to_install(
    detente: Detente, case: Path, pax: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    called = detente("precedents", case, "--pax", pax)
    assert called.code == 2
    assert "pip install 'detente[precedents]'" in called.err
    assert detente("precedents", "--topics").code == 0, "the vocabulary needs no tables"
