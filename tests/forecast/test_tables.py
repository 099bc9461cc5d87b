"""Tables of positions: what is read from each form, and every refusal at its place."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import CaseError, Problem, RequestError
from detente.forecast.target import issues_to_score, load_table
from detente.formats.positions import PositionTable
from detente.formats.read_positions import read_positions
from forecast.shared import SHARED, needs_shared
from forecast.tables import ACTORS, DECISIONS, DEU, KTAB_CSV, KTAB_XML


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def _read(
    folder: Path, text: str, name: str = "toll.csv", scale: tuple[float, float] | None = None
) -> PositionTable:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_positions(path, scale)


def test_a_table_of_actors(folder: Path) -> None:
    table = _read(folder, ACTORS)
    (issue,) = table.issues
    assert (issue.name, issue.scale) == ("toll", (20.0, 90.0))
    assert issue.actors == ("north", "south", "coast, the")
    assert issue.positions == (20.0, 60.0, 90.0)
    assert issue.salience == (50.0, 100.0, 25.0)
    assert issue.capability == (1.0, 2.0, 1.0)
    assert table.notes == ()


@pytest.mark.parametrize(
    "header",
    ["SALIENCE,position,Actor,capability", " Salience , Position , Actor , Capability "],
)
def test_columns_may_stand_in_any_order_and_case(folder: Path, header: str) -> None:
    (issue,) = _read(folder, f"{header}\n50,20,north,1\n100,60,south,2\n").issues
    assert (issue.actors, issue.positions) == (("north", "south"), (20.0, 60.0))


def test_a_byte_order_mark_and_lines_of_windows_change_nothing(folder: Path) -> None:
    text = "\ufeff" + ACTORS.replace("\n", "\r\n")
    assert _read(folder, text) == _read(folder, ACTORS)


def test_salience_is_a_share_where_none_is_above_one(folder: Path) -> None:
    shares = ACTORS.replace(",50", ",0.5").replace(",100", ",1").replace(",25", ",0.25")
    table = _read(folder, shares)
    assert table.issues[0].salience == (50.0, 100.0, 25.0)
    assert "read as a share" in table.notes[0]


def test_a_column_that_is_not_known_is_named(folder: Path) -> None:
    text = ACTORS.replace("\n", ",x\n").replace("Salience,x", "Salience,Colour", 1)
    assert _read(folder, text).notes == ("Columns that are not used: 'Colour'.",)


def test_decisions_of_several_issues(folder: Path) -> None:
    table = _read(folder, DECISIONS)
    toll, lanes, quota = table.issues
    assert (toll.reference, toll.outcome, toll.proposal) == (0.0, 75.0, "bridge")
    assert (lanes.reference, lanes.proposal) == (None, "bridge")
    assert quota.scale == (10.0, 100.0)  # wide enough for the reference point
    assert [issue.outcome for issue in issues_to_score(table)] == [75.0, 40.0, 20.0]


def test_the_csv_of_ktab(folder: Path) -> None:
    table = _read(folder, KTAB_CSV)
    assert table.format == "KTAB CSV"
    assert [issue.name for issue in table.issues] == ["Toll", "Lanes"]
    assert table.issues[1].positions == (0.0, 100.0)
    assert table.issues[1].salience == (40.0, 60.0)
    assert table.issues[0].scale == (0.0, 100.0)


def test_the_xml_of_ktab_says_the_same(folder: Path) -> None:
    of_csv, of_xml = _read(folder, KTAB_CSV), _read(folder, KTAB_XML, "toll.xml")
    assert of_xml.issues == of_csv.issues
    assert of_xml.notes == ("'ModelParameters' belongs to KTAB's own model and is not used.",)


def test_the_deu_data_set(folder: Path) -> None:
    table = _read(folder, DEU, "deu.tsv")
    assert [issue.name for issue in table.issues] == ["p1i1", "p1i2", "p2i2"]
    first, second, third = table.issues
    assert first.actors == ("Commission", "Parliament", "Germany")
    assert first.capability == (29.0, 29.0, 29.0)
    assert (first.reference, first.outcome, first.proposed) == (0.0, 60.0, 100.0)
    assert second.reference is None
    assert third.outcome is None
    assert any("skipped: 1" in note for note in table.notes)
    assert any("fewer than 3 known actors: 1" in note for note in table.notes)
    assert any("no salience: 1" in note for note in table.notes)


def test_a_scale_that_is_given_holds_for_every_issue(folder: Path) -> None:
    assert {issue.scale for issue in _read(folder, DECISIONS, scale=(-50, 200)).issues} == {
        (-50, 200)
    }
    with pytest.raises(RequestError, match="from a lower to a higher number; found 5 5"):
        _read(folder, ACTORS, scale=(5, 5))


_SALIENCE = "it must be from 0 to 100, or from 0 to 1 in the whole table."
_REFUSED = {
    "an empty file": ("", "toll.csv", 0, 0, "The table is empty"),
    "names only": ("Actor,Capability,Position,Salience\n", "t.csv", 1, 1, "has no actors"),
    "a missing column": (
        ACTORS.replace("Salience", "Salence"),
        "t.csv",
        1,
        1,
        "The column 'Salience' is missing; is 'Salence' meant to be it?",
    ),
    "a column twice": (
        "Actor,Actor,Capability,Position,Salience\n",
        "t.csv",
        1,
        7,
        "The column 'Actor' stands twice; keep one.",
    ),
    "too few cells": (
        ACTORS.replace("north,1,20,50", "north,1,20"),
        "t.csv",
        2,
        1,
        "This line has 3 cells; the first line has 4.",
    ),
    "too many cells": (
        ACTORS.replace("north,1,20,50", "north,1,20,50,7"),
        "t.csv",
        2,
        1,
        "This line has 5 cells; the first line has 4.",
    ),
    "not a number": (
        ACTORS.replace("north,1,20", "north,1,far"),
        "t.csv",
        2,
        9,
        "'far' is not a finite number",
    ),
    "no number": (
        ACTORS.replace("north,1,20", "north,1,"),
        "t.csv",
        2,
        9,
        "The position of 'north' is missing; write a number.",
    ),
    "a salience above 100": (
        ACTORS.replace("20,50", "20,150"),
        "t.csv",
        2,
        12,
        f"The salience of 'north' is 150; {_SALIENCE}",
    ),
    "a negative salience": (
        ACTORS.replace("20,50", "20,-1"),
        "t.csv",
        2,
        12,
        f"The salience of 'north' is -1; {_SALIENCE}",
    ),
    "a negative capability": (
        ACTORS.replace("north,1,", "north,-1,"),
        "t.csv",
        2,
        7,
        "The capability of 'north' is -1; it must be at least 0.",
    ),
    "no weight at all": (
        "Actor,Capability,Position,Salience\na,0,1,50\nb,0,2,50\n",
        "t.csv",
        2,
        3,
        "Nobody has any weight",
    ),
    "an actor twice": (
        ACTORS.replace("south", "north"),
        "t.csv",
        3,
        1,
        "The actor 'north' stands twice, first in line 2; keep one.",
    ),
    "an actor without a name": (ACTORS.replace("south", ""), "t.csv", 3, 1, "has no name; name it"),
    "one place for all": (
        ACTORS.replace("60", "20").replace("90", "20"),
        "t.csv",
        2,
        9,
        "say on which scale with --scale LOW HIGH.",
    ),
    "an open quote": (
        ACTORS.replace('the",', "the,"),
        "t.csv",
        4,
        1,
        "are all quotes closed?",
    ),
    "two outcomes": (
        DECISIONS.replace("toll;bridge;south;100;50;3;;", "toll;bridge;south;100;50;3;;70"),
        "t.csv",
        3,
        29,
        "The outcome of 'toll' is 70 here and 75 in line 2; write one.",
    ),
    "fewer actors than KTAB says": (
        KTAB_CSV.replace("2, 2,", "3, 2,"),
        "t.csv",
        1,
        33,
        "The first line says 3 actors; there are 2.",
    ),
    "more dimensions than KTAB says": (
        KTAB_CSV.replace("2, 2,", "2, 1,"),
        "t.csv",
        1,
        36,
        "The first line says 1 dimension, which needs 5 columns; there are 7.",
    ),
    "saliences of KTAB beyond 100": (
        KTAB_CSV.replace("20, 50", "20, 70"),
        "t.csv",
        3,
        25,
        "The saliences of 'north' sum to 110 over 2 dimensions; at most 100 is possible.",
    ),
    "a position off the scale of KTAB": (
        KTAB_CSV.replace("100, 20", "100, 120"),
        "t.csv",
        3,
        21,
        "The position of 'north' is 120; the scale is 0 to 100.",
    ),
    "an empty position of KTAB": (
        KTAB_XML.replace("<dCoord>20</dCoord>", "<dCoord></dCoord>"),
        "t.xml",
        13,
        17,
        "The position of 'north' is missing; write a number.",
    ),
    "a position of KTAB too few": (
        KTAB_XML.replace("<dCoord>20</dCoord>", ""),
        "t.xml",
        10,
        5,
        "'north' has 1 position; there are 2 dimensions.",
    ),
    "an actor of KTAB without a name": (
        KTAB_XML.replace("<name>north</name>", ""),
        "t.xml",
        10,
        5,
        "An actor has one 'name'; here are 0.",
    ),
    "a scenario of KTAB without actors": (
        "<Scenario><Actors/></Scenario>",
        "t.xml",
        1,
        1,
        "The scenario has no dimensions",
    ),
    "another XML": ("<negotiation/>", "t.xml", 1, 1, "a KTAB 'Scenario' is"),
    "an entity": ("<!DOCTYPE a [<!ENTITY b 'c'>]><Scenario/>", "t.xml", 1, 13, "(DOCTYPE)"),
    "a DEU line cut off": (
        DEU.replace("\t0\t60", "\t0"),
        "t.tsv",
        3,
        1,
        "This line has 11 cells; the first line has 12.",
    ),
    "a DEU salience above 100": (
        DEU.replace("\t80\t40", "\t180\t40"),
        "t.tsv",
        3,
        19,
        "The salience of 'Commission' is 180",
    ),
    "a DEU outcome off the scale": (
        DEU.replace("\t0\t60", "\t0\t160"),
        "t.tsv",
        3,
        31,
        "The outcome of 'p1i1' is 160; the scale is 0 to 100.",
    ),
    "DEU without issues": (DEU.partition("\np1")[0], "t.tsv", 1, 1, "No issue has 3 actors"),
}


@pytest.mark.parametrize(
    ("text", "name", "line", "column", "words"), _REFUSED.values(), ids=_REFUSED.keys()
)
def test_a_table_that_cannot_be_meant_is_refused_at_its_place(
    folder: Path, text: str, name: str, line: int, column: int, words: str
) -> None:
    with pytest.raises(CaseError) as refused:
        _read(folder, text, name)
    (problem,) = refused.value.problems
    assert (problem.line, problem.column) == (line, column), str(problem)
    assert words in problem.message
    assert problem.message[-1] in ".?"


def test_all_faults_of_a_table_are_told_together(folder: Path) -> None:
    text = ACTORS.replace("20,50", "20,150").replace("south,2", "south,-2")
    with pytest.raises(CaseError) as refused:
        _read(folder, text)
    assert [problem.line for problem in refused.value.problems] == [2, 3]


def test_a_table_without_outcomes_cannot_be_scored(folder: Path) -> None:
    with pytest.raises(CaseError, match="The table has no outcomes"):
        issues_to_score(_read(folder, ACTORS))


def test_no_file_at_all(folder: Path) -> None:
    with pytest.raises(CaseError, match="The file cannot be read"):
        load_table(folder / "nothing.csv")


@given(text=st.text(alphabet='a1.-,;\t "\n\r<\x00é', max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for start in ("", "Actor,Capability,Position,Salience\n", "a,b,1,1\nActor,b,c,d,e\n"):
        with tempfile.TemporaryDirectory() as name:
            path = Path(name, "any.csv")
            path.write_text(start + text, encoding="utf-8", newline="")
            told: tuple[Problem, ...] = ()
            try:
                read_positions(path)
            except CaseError as error:
                told = error.problems
            assert all(problem.message[-1] in ".?" for problem in told)


@needs_shared
@pytest.mark.parametrize(
    ("name", "form", "issues", "actors"),
    [
        ("emission_standards_actors.csv", "table of actors", 1, 10),
        ("oil_sultan_actors.csv", "table of actors", 1, 17),
        ("ktab_SOE-Competitive.csv", "KTAB CSV", 1, 34),
        ("ktab_dummyData-a040.csv", "KTAB CSV", 1, 40),
        ("ktab_dummyData_3Dim.csv", "KTAB CSV", 3, 7),
        ("ktab_dummyData_3Dim.xml", "KTAB XML", 3, 7),
        ("deu3.csv", "DEU III", 362, 17),
    ],
)
def test_files_of_other_programs_are_read(name: str, form: str, issues: int, actors: int) -> None:
    table = read_positions(SHARED / name)
    assert (table.format, len(table.issues)) == (form, issues)
    assert len(table.issues[0].actors) == actors


@needs_shared
def test_csv_and_xml_of_ktab_hold_the_same() -> None:
    of_csv = read_positions(SHARED / "ktab_dummyData_3Dim.csv")
    of_xml = read_positions(SHARED / "ktab_dummyData_3Dim.xml")
    for a, b in zip(of_csv.issues, of_xml.issues, strict=True):
        assert (a.actors, a.positions, a.salience) == (b.actors, b.positions, b.salience)


@needs_shared
def test_an_example_of_ktab_lacks_a_position_and_that_is_told() -> None:
    with pytest.raises(CaseError) as refused:
        read_positions(SHARED / "ktab_smpExample.xml")
    (problem,) = refused.value.problems
    assert (problem.line, problem.column, problem.code) == (32, 9, "table-number")
    assert problem.message == "The position of 'Alice' is missing; write a number."
