"""Stances in sentences with known answers, and the words that turn one round."""

from __future__ import annotations

import pytest

from detente.reading.stances.find import find_stance
from detente.reading.stances.words import ATTITUDES, pattern_of
from reading.sentences import HELD_OUT, TUNING, stance_sentences

PLAIN, HARDER = "stance.yaml", "stance_harder.yaml"


@pytest.mark.parametrize(
    ("name", "half", "floor"),
    [
        (PLAIN, TUNING, 0.99),
        (PLAIN, HELD_OUT, 0.98),
        (HARDER, TUNING, 0.95),
        (HARDER, HELD_OUT, 0.18),
    ],
)
def test_clear_stances_are_read_as_they_are_meant(name: str, half: int, floor: float) -> None:
    clear = [each for each in stance_sentences(half, name) if each.level is not None]
    right = sum(each.found().level == each.level for each in clear)
    assert right >= floor * len(clear)


@pytest.mark.parametrize(
    ("name", "half", "floor"),
    [(PLAIN, TUNING, 0.9), (PLAIN, HELD_OUT, 0.95), (HARDER, TUNING, 0.9), (HARDER, HELD_OUT, 0.6)],
)
def test_what_is_not_clear_stays_open(name: str, half: int, floor: float) -> None:
    unclear = [each for each in stance_sentences(half, name) if each.level is None]
    assert sum(each.found().level is None for each in unclear) >= floor * len(unclear)


@pytest.mark.parametrize("half", [TUNING, HELD_OUT])
@pytest.mark.parametrize("name", [PLAIN, HARDER])
def test_conditions_are_found_with_their_words(name: str, half: int) -> None:
    sentences = stance_sentences(half, name)
    right = sum(each.words(each.found().condition) == each.condition for each in sentences)
    assert right >= 0.97 * len(sentences)


@pytest.mark.parametrize("half", [TUNING, HELD_OUT])
@pytest.mark.parametrize("name", [PLAIN, HARDER])
def test_a_yes_is_hardly_ever_read_as_a_no(name: str, half: int) -> None:
    turned = [
        each.says
        for each in stance_sentences(half, name)
        if (each.level or 0) * (each.found().level or 0) < 0
    ]
    assert len(turned) <= 1, turned


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("We accept it.", 3),
        ("We cannot accept it.", -3),
        ("We can't accept it.", -3),
        ("We can’t accept it.", -3),
        ("No country would accept such terms.", -3),
        ("There is nothing in it that we cannot accept.", 3),
        ("We never said that we would accept it.", None),
        ("We might accept it.", 1),
        ("We will not reject it.", 1),
        ("We refuse to accept it.", -3),
        ("It is unlikely that we will accept the draft.", -2),
        ("We accept nothing less than a full withdrawal.", -2),
        ("We did not sleep, and we accept it.", 3),
        ("Not only do we accept it.", 3),
    ],
)
def test_negation(text: str, level: int | None) -> None:
    assert find_stance(text).level == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("We welcome the effort, but the plan is unacceptable.", -3),
        ("We welcome the plan, but we have concerns.", 1),
        ("We welcome the plan. We have concerns.", 1),
        ("We have concerns, but we support it.", 2),
        ("We support it, although we have concerns.", 2),
        ("Although we have concerns, we support it.", 2),
        ("We reject the cap but are ready to talk.", -2),
        ("We reject the plan, although we welcome the effort.", -3),
        ("Although we welcome the effort, we reject the plan.", -3),
        ("While we welcome the effort, the plan is unacceptable.", -3),
        ("Despite our concerns, we will accept it.", 2),
        ("Some support it, some reject it.", None),
    ],
)
def test_two_things_said(text: str, level: int | None) -> None:
    assert find_stance(text).level == level


def test_the_words_that_decided_are_shown() -> None:
    text = "Thank you. We cannot, sad to say, say yes; we cannot accept a cap."
    stance = find_stance(text)
    assert [text[slice(*span)] for span in stance.deciding] == ["cannot accept"]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("We sign only if they sign.", "only if they sign"),
        ("If they sign, we sign.", "If they sign"),
        ("They asked if we accept it.", None),
        ("We accept it without reservation.", None),
        ("We cannot accept it without guarantees.", "without guarantees"),
        ("We wait while others accept it.", None),
        ("Would you accept it if we did?", None),
        ("We support it, but guarantees must come first.", "guarantees must come first"),
        ("The cap is unacceptable. The assets must be discussed.", None),
        ("We agree, and if the guarantees hold we can talk.", "if the guarantees hold"),
    ],
)
def test_conditions(text: str, condition: str | None) -> None:
    stance = find_stance(text)
    assert (text[slice(*stance.condition)] if stance.condition else None) == condition
    assert stance.conditional is (condition is not None)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("If the guarantees are ratified, everybody will be surprised.", None),
        ("We cannot give our land away. If the treaty is ratified, we can talk.", -2),
        ("They will leave unless we support them.", None),
        ("We reject it, even if they accept it.", -3),
        ("We will not withdraw our troops from the ridge.", -3),
        ("We will not pull a single gun out of the valley.", -3),
    ],
)
def test_what_is_only_supposed_is_no_stance(text: str, level: int | None) -> None:
    assert find_stance(text).level == level


@pytest.mark.parametrize("attitude", ATTITUDES, ids=lambda each: str(each.level))
def test_every_phrase_of_the_table_is_found(attitude: object) -> None:
    for phrase in attitude.phrases.split("|"):  # type: ignore[attr-defined]
        words = " ".join(word.split("/")[0].rstrip("~") for word in phrase.split() if word != "...")
        assert pattern_of(attitude.phrases).search(words), phrase  # type: ignore[attr-defined]
