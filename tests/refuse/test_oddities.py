"""Unusual input that is right nevertheless."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from case.minimal import MINIMAL, write_case
from cli.calls import Detente
from detente.case.load import load
from growth import check_beside
from refuse.faults import edited


@pytest.mark.parametrize(
    "name",
    ["Північне місто", "المدينة الشمالية", "העיר הצפונית", "उत्तरी नगर", "北の町", "Łódź–Øst"],
    ids=["Cyrillic", "Arabic", "Hebrew", "Devanagari", "Japanese", "Latin with marks"],
)
def test_names_in_any_script_are_kept_and_shown(
    tmp_path: Path, detente: Detente, name: str
) -> None:
    folder = write_case(tmp_path, **edited("actors", "Northtown", name))
    assert load(folder).actor("north").name == name
    assert detente("check", folder).code == 0
    shown = detente("show", folder, "north", "--json")
    assert shown.json[0]["name"] == name
    assert name in detente("assess", folder, "--draft", "first").out


@pytest.mark.parametrize("name", ["плата", "אגרה", "رسوم"])
def test_ids_in_other_scripts_are_ids(tmp_path: Path, name: str) -> None:
    files = {file[:-5]: text.replace("toll", name) for file, text in MINIMAL.items()}
    case = load(write_case(tmp_path, **files))
    assert case.point(name).id == name
    assert case.statements[0].targets[0].point == name


@pytest.mark.parametrize("word", ["NO", "no", "yes", "on", "off", "y"])
def test_short_words_stay_ids(tmp_path: Path, word: str) -> None:
    files = {
        **edited("points", "status_quo: none", f"status_quo: {word}", ("id: none", f"id: {word}")),
        **edited("drafts", "toll: shared", f"toll: {word}"),
    }
    case = load(write_case(tmp_path, **files))
    assert case.points[0].status_quo == word
    assert case.points[0].options[0].id == word
    assert case.draft("first").takes == {"toll": word}


@pytest.mark.parametrize(
    "text", ["12:30", "1_000", "0x1F", "on", "Yes", "2025-06-10", "=", "1:2:3", ".inf", "0o17x"]
)
def test_what_only_looks_like_a_number_or_a_truth_stays_text(tmp_path: Path, text: str) -> None:
    case = load(write_case(tmp_path, **edited("points", "title: Toll", f"title: {text}")))
    assert case.points[0].title == text


def test_a_case_needs_one_point_two_actors_and_drafts_only(
    tmp_path: Path, detente: Detente
) -> None:
    files = dict.fromkeys(("statements", "sources", "ratings", "consent"))
    folder = write_case(tmp_path, case="title: A bridge\n", **files)
    told = detente("check", folder)
    assert (told.code, told.err) == (0, "")
    assert ": fine. 1 point, 2 drafts, 2 actors, 0 statements from 0 sources" in told.out
    assessed = detente("assess", folder, "--json").json
    assert assessed["scenario"] == "no-deal"
    assert list(assessed["drafts"][0]["actors"]) == ["north", "south"]


@pytest.mark.parametrize("kind", ["drafts", "sources", "statements", "consent"])
def test_a_list_may_be_empty(tmp_path: Path, detente: Detente, kind: str) -> None:
    emptied = {"statements": None} if kind == "sources" else {}
    folder = write_case(tmp_path, **(emptied | {kind: "# nothing yet\n"}))
    assert detente("check", folder).code == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.rstrip("\n").encode(),
        lambda text: b"---\n" + text.encode() + b"...\n",
    ],
    ids=["CRLF line ends", "a byte order mark", "no last line end", "marks of the document"],
)
def test_the_frame_of_a_file_does_not_matter(tmp_path: Path, change: object) -> None:
    assert callable(change)
    plain = load(write_case(tmp_path / "plain"))
    changed = {file[:-5]: change(text) for file, text in MINIMAL.items()}
    assert load(write_case(tmp_path / "changed", **changed)) == plain


def test_places_are_the_same_with_crlf_and_a_byte_order_mark(
    tmp_path: Path, detente: Detente
) -> None:
    text = edited("statements", "stance: 1", "stance: 9")["statements"]
    data = text.replace("\n", "\r\n").encode("utf-8-sig")
    told = detente("check", write_case(tmp_path, statements=data))
    assert told.err.startswith(f"{tmp_path / 'statements.yaml'}:7:11: 'stance' is 9;")


def test_statements_may_be_split_over_files_and_over_single_records(tmp_path: Path) -> None:
    text = MINIMAL["statements.yaml"]
    files = {
        "statements": None,
        "statements/a.yaml": text,
        "statements/b.yml": text.replace("mayor-june", "b").replace("- ", "  ", 1),
        "statements/c.yaml": text.replace("mayor-june", "c") + text.replace("mayor-june", "d"),
    }
    case = load(write_case(tmp_path, **files))
    assert [statement.id for statement in case.statements] == ["mayor-june", "b", "c", "d"]


def test_json_is_yaml_too(tmp_path: Path) -> None:
    sources = '[{"id": "gazette", "outlet": "The Gazette", "date": "2025-06"}]'
    case = load(write_case(tmp_path / "json", sources=sources))
    assert case == load(write_case(tmp_path / "plain"))


@pytest.mark.slow
def test_ten_thousand_statements_take_little_longer_than_their_yaml(tmp_path: Path) -> None:
    statement = MINIMAL["statements.yaml"]
    statements = "".join(statement.replace("mayor-june", f"s{n}") for n in range(10_000))
    folder = write_case(tmp_path, statements=statements)
    check_beside(lambda: load(folder), lambda: yaml.load(statements, yaml.CSafeLoader), 3)
    case = load(folder)
    assert len(case.statements) == 10_000
    assert case.statements[-1].id == "s9999"
