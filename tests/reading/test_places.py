"""Places in sentences with known answers, and what decides whether a name is one."""

from __future__ import annotations

import subprocess
import sys

import pytest

from detente.reading.places.find import find_places
from detente.reading.places.gazetteer import Kind, key_of, open_gazetteer
from detente.reading.places.words import NEVER, PEOPLE, WORDS
from reading.sentences import HELD_OUT, TUNING, place_sentences


@pytest.mark.parametrize(
    ("half", "precision", "recall"), [(TUNING, 0.98, 0.97), (HELD_OUT, 0.98, 0.94)]
)
def test_most_places_are_found_and_little_else(half: int, precision: float, recall: float) -> None:
    wanted = found = right = 0
    for sentence in place_sentences(half):
        places = sentence.found()
        wanted += len(sentence.wanted)
        found += len(places)
        right += sum(each in places for each in sentence.wanted)
    assert right >= precision * found
    assert right >= recall * wanted


def names(text: str, *known: str) -> list[str]:
    return [each.name for each in find_places(text, known)]


def test_a_place_has_the_name_that_the_gazetteer_has() -> None:
    kiev, usa = find_places("Kiev asked the U.S. for more.")
    assert (kiev.text, kiev.name, kiev.country) == ("Kiev", "Kyiv", "UA")
    assert (usa.text, usa.name, usa.kind) == ("U.S.", "United States", Kind.COUNTRY)


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("Moscow said no.", True),
        ("Ukraine rejects it.", True),
        ("Talks in Moscow went on.", False),
        ("A court in Kramatorsk said no.", False),
    ],
)
def test_a_seat_before_a_verb_of_saying_speaks(text: str, speaks: bool) -> None:
    (found,) = find_places(text)
    assert found.speaks is speaks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He came to see Franklin.", []),
        ("He lives in Franklin.", ["Franklin"]),
        ("He lives in Franklin. The fire reached Franklin.", ["Franklin", "Franklin"]),
        ("He met Ann Franklin. The fire reached Franklin.", []),
        ("the mayor of Franklin", ["Franklin"]),
        ("the memory of Franklin", []),
        ("They flew to Franklin", ["Franklin"]),
        ("They wrote to Franklin", []),
        ("Franklin airport", ["Franklin"]),
    ],
)
def test_a_name_of_people_needs_clear_evidence(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "text", ["us and them", "nice, reading, split", "kyiv", "IS took it", "IT"]
)
def test_small_letters_and_other_abbreviations_name_no_place(text: str) -> None:
    assert find_places(text) == ()


@pytest.mark.parametrize(
    "text", ["the White House", "the Duma said", "the Concord and the Alliance"]
)
def test_what_has_an_article_is_seldom_a_town(text: str) -> None:
    assert find_places(text) == ()


def test_of_places_of_one_name_the_capital_or_the_largest_is_taken_or_the_one_in_its_country() -> (
    None
):
    washington, donetsk, tripoli, _ = find_places("In Washington, in Donetsk; in Tripoli, Lebanon")
    assert (washington.kind, washington.country) == (Kind.CITY, "US")
    assert donetsk.country == "UA"
    assert tripoli.country == "LB"


def test_a_region_named_after_a_city_is_in_no_country() -> None:
    (found,) = find_places("They would leave Donetsk oblast.")
    assert (found.name, found.country, found.kind) == ("Donetsk oblast", None, Kind.REGION)


def test_a_river_is_known_by_its_name_alone_after_it_was_called_a_river() -> None:
    river, alone = find_places("The Sael river floods. Nobody crosses the Sael.")
    assert (river.name, river.kind) == ("Sael river", Kind.WATER)
    assert alone.text == "Sael"
    assert find_places("Nobody crosses the Sael.") == ()


def test_names_that_are_known_need_no_evidence_nor_the_gazetteer() -> None:
    assert names("Santos is worth it, and so is Upper Orlu.") == []
    assert names("Santos is worth it, and so is Upper Orlu.", "Santos", "Upper Orlu") == [
        "Santos", "Upper Orlu",
    ]  # fmt: skip
    assert names("Mr. Santos is worth it.", "Santos") == []
    assert names("santos", "Santos") == []


def test_every_word_of_the_lists_is_a_name_of_the_gazetteer_in_small_letters() -> None:
    known = open_gazetteer().names
    assert [word for word in sorted(WORDS | PEOPLE) if word not in known] == []
    assert not WORDS & PEOPLE
    assert all(word == key_of(word) for word in NEVER)


def test_the_gazetteer_is_read_once_and_is_small() -> None:
    assert open_gazetteer() is open_gazetteer()
    measured = """
import resource
from detente.reading.places.gazetteer import open_gazetteer
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
open_gazetteer()
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""
    done = subprocess.run([sys.executable, "-c", measured], capture_output=True, check=True)
    assert float(done.stdout) < 60


@pytest.mark.parametrize("text", ["GENEVA — They met.", "Nice – They met.", "No\n\nGeneva - Talks"])
def test_where_a_report_was_written_is_a_place(text: str) -> None:
    assert [each.name for each in find_places(text)] in (["Geneva"], ["Nice"])
