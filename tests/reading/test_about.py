"""Which point and draft of a case a sentence speaks of."""

from __future__ import annotations

import datetime
from collections import Counter
from functools import cache

import pytest

from detente.case.case import Case
from detente.case.examples import example_folder
from detente.case.load import load
from detente.case.records import Actor, CaseFile, Option, Person, Point
from detente.reading.review.about import Subjects
from reading.sentences import HELD_OUT, TUNING, SubjectSentence, subject_sentences

DAY = datetime.date(2025, 11, 21)


@cache
def subjects_of(name: str) -> Subjects:
    return Subjects(load(example_folder(name)))


@pytest.fixture(scope="module")
def subjects() -> Subjects:
    return subjects_of("ukraine-2025")


def figures(sentences: list[SubjectSentence]) -> Counter[str]:
    return Counter(
        each.judged(subjects_of(each.case).find(each.says).get("point")) for each in sentences
    )


@pytest.mark.parametrize(
    ("name", "half", "stated"),
    [
        ("about.yaml", TUNING, {"right": 43, "none": 6, "rightly none": 22}),
        ("about.yaml", HELD_OUT, {"right": 51, "none": 9, "rightly none": 20}),
        ("about_harder.yaml", None, {"right": 16, "none": 12, "rightly none": 14}),
    ],
)
def test_sentences_with_known_points(name: str, half: int | None, stated: dict[str, int]) -> None:
    assert figures(subject_sentences(half, name)) == stated


def test_statements_of_the_flagship(subjects: Subjects) -> None:
    sentences = [
        SubjectSentence("ukraine-2025", each.gist, tuple(about.point for about in each.targets))
        for each in subjects.case.statements
        if each.gist
    ]
    assert figures(sentences) == {"right": 18, "wrong": 5, "none": 56, "rightly none": 65}


@pytest.mark.parametrize(
    ("sentence", "point"),
    [
        ("Ukraine must hold elections within 100 days", "elections"),
        ("The size of Ukraine's armed forces cannot be capped", "army-cap"),
        ("The frozen Russian assets belong to Ukraine", "frozen-assets"),
        ("NATO membership is off the table", "nato-membership"),
        ("No foreign troops will be stationed in Ukraine", "nato-troops"),
        ("The Zaporizhzhia nuclear plant must be returned", "zaporizhzhia-plant"),
        ("There can be no amnesty for war crimes", "amnesty"),
        ("We need a full ceasefire now", "ceasefire"),
        ("Sanctions on Russia should be lifted", "sanctions-relief"),
        ("Free trade with the United States is welcome", "free-trade-us"),
        ("Russia returns to the G8", "g8-return"),
    ],
)
def test_points_in_plain_sentences(sentence: str, point: str, subjects: Subjects) -> None:
    assert subjects.find(sentence, DAY) == {"draft": "us-russia-28", "point": point}


@pytest.mark.parametrize("sentence", ["The plan must change", "The deal is unacceptable"])
def test_a_plan_as_a_whole(sentence: str, subjects: Subjects) -> None:
    assert subjects.find(sentence, DAY) == {"draft": "us-russia-28"}


@pytest.mark.parametrize(
    "sentence",
    ["The weather is fine", "Inflation rose in Germany", "The match ended in a draw", "", "…",
     "She met the president in Paris", "They talked about money for roads in Kenya"],
)  # fmt: skip
def test_nothing_is_guessed_for_what_is_unrelated(sentence: str, subjects: Subjects) -> None:
    assert subjects.find(sentence, DAY) == {}


@pytest.mark.parametrize(
    ("day", "draft"),
    [
        ("2025-11-19", None),
        ("2025-11-20", "us-russia-28"),
        ("2025-11-22", "us-russia-28"),
        ("2025-12-23", "geneva-19"),
        ("2025-12-24", "us-ukraine-20"),
        (None, "us-ukraine-20"),
    ],
)
def test_the_draft_is_the_last_one_up_to_the_day(
    day: str | None, draft: str | None, subjects: Subjects
) -> None:
    written = None if day is None else datetime.date.fromisoformat(day)
    assert subjects.find("The plan must change", written).get("draft") == draft
    found = subjects.find("We need a full ceasefire now", written)
    assert found == ({"draft": draft} if draft else {}) | {"point": "ceasefire"}


@pytest.mark.parametrize(
    ("passage", "document", "draft"),
    [
        ("The plan must change", "The 28-point plan", "us-russia-28"),
        ("The 20-point plan must change", "The 28-point plan", "us-ukraine-20"),
        ("The plan must change", "Of the 28 points few stand", "us-russia-28"),
        ("The plan must change", "From the 28-point plan to the 20-point one", "us-ukraine-20"),
        ("The plan must change", "A 7-point plan", "us-ukraine-20"),
        ("The 28-point plan must change", "", "us-russia-28"),
    ],
)
def test_a_number_of_points_names_a_draft(
    passage: str, document: str, draft: str, subjects: Subjects
) -> None:
    assert subjects.find(passage, None, document) == {"draft": draft}


def test_one_telling_word_of_a_title_is_enough_and_may_mislead(subjects: Subjects) -> None:
    found = subjects.find("They talked about money for schools in Kenya")
    assert found["point"] == "education-tolerance"


def case_of(
    *points: Point, actors: tuple[Actor, ...] = (), people: tuple[Person, ...] = ()
) -> Case:
    return Case(
        name="any", about=CaseFile(title="Any"), points=points, actors=actors, people=people
    )


def point(name: str, title: str, *options: str) -> Point:
    made = tuple(Option(id=f"option-{place}", text=text) for place, text in enumerate(options))
    return Point(id=name, title=title, status_quo="option-0", options=made)


BRIDGE = point("bridge", "Bridge over the Lenn", "No bridge", "A bridge of 12,500 tonnes")
TOLL = point("toll", "Toll", "No toll", "A toll of 40 percent on the road to Marn")
FERRY = point("ferry", "Ferry over the Lenn", "The ferry goes on", "It ends within 30 days")


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("The tolls are too high", "toll"),
        ("Nobody takes the road to Marn", "toll"),
        ("Forty percent is too much", "toll"),
        ("More than 12.5 thousand would be too heavy", "bridge"),
        ("It should be over in thirty days", "ferry"),
        ("It should be over in thirty weeks", None),
        ("The Lenn is high this year", None),
        ("A bridge and a ferry are both needed", None),
        ("We accept a bridge only if the ferry is sold", "bridge"),
    ],
)
def test_what_tells_a_point(sentence: str, wanted: str | None) -> None:
    assert Subjects(case_of(BRIDGE, TOLL, FERRY)).find(sentence).get("point") == wanted


def test_the_names_of_actors_and_people_say_who_and_not_what() -> None:
    union = point("union", "Entry into the Harbour Union", "No entry", "Entry proposed by Ana Belu")
    actor = Actor(id="union", name="Harbour Union", aliases=("Quayside",))
    person = Person(id="belu", name="Ana Belu")
    without = Subjects(case_of(union, TOLL))
    named = Subjects(case_of(union, TOLL, actors=(actor,), people=(person,)))
    assert without.find("Belu left early")["point"] == "union"
    assert named.find("Belu left early") == {}
    assert named.find("Entry into the Harbour Union is near")["point"] == "union"


def test_what_a_person_is_called_by_is_no_last_name() -> None:
    keeper = Person(id="keeper", name="A former keeper of the bridge")
    assert Subjects(case_of(BRIDGE, TOLL, people=(keeper,))).find("No bridge")["point"] == "bridge"


def test_a_case_without_points_has_no_subjects() -> None:
    assert Subjects(case_of()).find("The tolls are too high") == {}
