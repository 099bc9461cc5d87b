"""What reading proposes stands beside the case, whole, and changes nothing in it."""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from detente.case.load import load
from detente.errors import RequestError
from detente.reading.engines import Engine, open_engine
from detente.reading.review.proposals import load_proposals, proposals_data, propose
from reading.articles import ARTICLE, case_files, copied, engine, read, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path)


def test_reading_for_the_shipped_example_changes_nothing_in_it(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    before = case_files(folder)
    found = read(folder)
    assert case_files(folder) == before
    assert list(load_proposals(load(folder))) == [found]
    assert found.items[0].about["point"] == "army-cap"


def test_what_is_read_is_kept_and_the_case_stays(folder: Path) -> None:
    before = case_files(folder)
    found = read(folder)
    assert case_files(folder) == before
    assert list(load_proposals(load(folder))) == [found]
    assert found.id == f"article-{hashlib.sha256(ARTICLE.encode()).hexdigest()[:8]}"
    assert [path.name for path in (folder / "proposals").iterdir()] == [f"{found.id}.json"]
    assert (found.date, found.title) == (datetime.date(2025, 11, 21), "Kyiv answers the draft")
    assert found.text == ARTICLE


def test_an_item_names_who_what_and_how(folder: Path) -> None:
    first, *_, unnamed, stranger, _ = read(folder).items
    assert (first.person, first.actor, first.stance) == ("zelensky", "ukraine", -3)
    assert first.about == {"draft": "us-russia-28", "point": "army-cap"}
    assert [ARTICLE[slice(*span)] for span in first.decided_by] == ["reject"]
    assert [ARTICLE[slice(*span)] for span in first.spans] == ["Zelensky", "said", first.content]
    assert ARTICLE[slice(*first.passage)] == first.content
    assert unnamed.unnamed
    assert (stranger.speaker, stranger.person, stranger.actor) == ("Ana Belu", None, None)
    assert stranger.condition == "if Oruvia signs"
    assert stranger.concerns_case


def test_a_condition_holds_no_word_for_saying_it(folder: Path) -> None:
    text = "Lavrov said that a ceasefire must come first.\n"
    (item,) = read(folder, text).items
    assert (item.stance, item.condition) == (None, "a ceasefire must come first")


def test_the_same_text_under_another_name_is_noted(folder: Path) -> None:
    first = read(folder)
    again = read(folder)
    assert again == first
    other = read(folder, name="copy.txt")
    assert other.same_as == (first.id,)
    assert proposals_data(other)["same_as"] == [first.id]
    assert read(folder, ARTICLE + "\nMore.\n", "longer.txt").same_as == ()


def test_two_documents_of_one_name_are_two(folder: Path) -> None:
    assert read(folder).id != read(folder, ARTICLE + "\nMore.\n").id
    assert len(list(load_proposals(load(folder)))) == 2


@pytest.mark.parametrize("name", ["Ünï (1).txt", "-.txt", "x" * 200 + ".txt"])
def test_any_name_of_a_document_will_do(name: str, folder: Path) -> None:
    found = read(folder, name=name)
    assert list(load_proposals(load(folder))) == [found]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '{"items": 3}', '{"date": "soon"}', "\ud800"]
)
def test_a_damaged_file_is_named_in_one_sentence(content: str, folder: Path) -> None:
    found = read(folder)
    path = folder / "proposals" / f"{found.id}.json"
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(RequestError, match="no file of proposals; read the document again") as told:
        list(load_proposals(load(folder)))
    assert str(told.value).startswith(str(path))
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("key", "value"),
    [("spans", [[1]]), ("passage", None), ("about", 3), ("stance", "no"), ("content", None)],
)
def test_a_damaged_item_is_refused_as_well(key: str, value: object, folder: Path) -> None:
    path = folder / "proposals" / f"{read(folder).id}.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["items"][0][key] = value
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(RequestError, match="no file of proposals"):
        list(load_proposals(load(folder)))


def test_a_case_without_a_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    with pytest.raises(RequestError, match="no folder"):
        propose(replace(load(folder), folder=None), path, engine)


def test_another_language_is_noted_and_nothing_is_read(folder: Path) -> None:
    text = "Der Minister sagte, dass der Plan nicht gut ist und dass wir ihn nicht annehmen.\n" * 5
    found = read(folder, text)
    assert found.items == ()
    assert "not English" in found.notes[0]


def test_the_rules_read_an_article(tmp_path: Path) -> None:
    pytest.importorskip("spacy")
    path = tmp_path / "article.txt"
    path.write_text(
        "Kyiv answers\n\n21 November 2025\n\nPresident Volodymyr Zelensky said on Friday that "
        "Ukraine would reject the cap on the size of its armed forces. He added that Ukraine "
        "welcomes the plan. “We will not accept elections within 100 days,” Zelensky said.\n",
        encoding="utf-8",
    )
    found = propose(load(copied(tmp_path)), path, open_engine("rules")[1])
    assert [(each.person, each.stance, each.about.get("point")) for each in found.items] == [
        ("zelensky", -3, "army-cap"),
        ("zelensky", 2, None),
        ("zelensky", -3, "elections"),
    ]


def test_points_and_quantities_are_laid_beside_those_of_the_case(tmp_path: Path) -> None:
    from detente.case.starter import make_case

    make_case(tmp_path / "valley")
    path = tmp_path / "plan.txt"
    path.write_text(
        "A plan for the river\n\n1. Upper Town may take 30 percent of the flow of water.\n"
        "2. Lower Town pays a third of the upkeep of the dam.\n"
        "3. A joint team measures the flow every month.\n",
        encoding="utf-8",
    )
    found = propose(load(tmp_path / "valley"), path, Engine(lambda _: []))
    assert [each["about"].get("point") for each in found.points] == [
        "share", "payment", "inspection"
    ]  # fmt: skip
    share = next(each for each in found.quantities if each["unit"] == "%")
    assert share["about"]["point"] == "share"
    lower = next(each for each in found.places if each["name"] == "Lower Town")
    assert (lower["kind"], lower["about"]["point"]) == ("city", "payment")
    assert list(proposals_data(found)["places"]) == list(found.places)


def test_a_place_that_a_point_names_needs_no_evidence_in_the_article(folder: Path) -> None:
    text = "Zelensky said that we discussed Orlu.\n"
    assert read(folder, text).places == ()
    points = folder / "points.yaml"
    changed = points.read_text(encoding="utf-8").replace("title: ", "title: The Orlu valley, ", 1)
    points.write_text(changed, encoding="utf-8")
    (found,) = read(folder, text).places
    assert (found["text"], found["country"]) == ("Orlu", None)
    assert found["about"]["point"] == "army-cap"


def test_proposals_that_were_read_before_places_were_have_none(folder: Path) -> None:
    path = folder / "proposals" / f"{read(folder).id}.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    del data["places"]
    path.write_text(json.dumps(data), encoding="utf-8")
    (found,) = load_proposals(load(folder))
    assert found.places == ()
