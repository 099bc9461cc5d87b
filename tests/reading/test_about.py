"""Which point and draft of the flagship case a sentence speaks of."""

from __future__ import annotations

import datetime

import pytest

from detente.case.examples import example_folder
from detente.case.load import load
from detente.reading.about import Subjects

DAY = datetime.date(2025, 11, 21)


@pytest.fixture(scope="module")
def subjects() -> Subjects:
    return Subjects(load(example_folder("ukraine-2025")))


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
     "She met the president in Paris", "They talked about money for schools in Kenya"],
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
