"""Attributions by rules: sentences with known parts, and what holds for any text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.reading.attributions.attribution import Attribution
from detente.reading.engines import open_engine

Reads = Callable[[str], list[Attribution]]

SENTENCES = [
    ("The envoy said the cap was too low.", "The envoy", "said", "the cap was too low"),
    ("The envoy said that the cap was too low.", "The envoy", "said", "the cap was too low"),
    ("“We will not sign,” she said.", "she", "said", "“We will not sign,”"),
    ("\"We will not sign,\" said Ana Belu, the minister.", "Ana Belu, the minister", "said",
     "\"We will not sign,\""),
    ("Talks have failed, according to two diplomats.", "two diplomats", "according to",
     "Talks have failed"),
    ("According to the ministry, talks have failed.", "the ministry", "According to",
     "talks have failed"),
    ("Oru wants to keep the port.", "Oru", "wants", "to keep the port"),
    ("The council urged both sides to withdraw.", "The council", "urged",
     "both sides to withdraw"),
    ("Kira Obol called for an early vote.", "Kira Obol", "called for", "an early vote"),
    ("Critics rejected the draft.", "Critics", "rejected", "the draft"),
    ("Her claim that the line had moved was doubted.", "Her", "claim",
     "the line had moved"),
    ("Ministers are confident that the truce will hold.", "Ministers", "are confident",
     "the truce will hold"),
    ("He did not say the deal was dead.", "He", "not say", "the deal was dead"),
    ("They ruled out a new force.", "They", "ruled out", "a new force"),
]  # fmt: skip


@pytest.fixture(scope="module")
def rules() -> Reads:
    return open_engine("rules")[1].attributions


def parts_of(text: str, each: Attribution) -> tuple[str, str, str]:
    source, cue, content = (
        " ".join(text[start:end] for start, end in spans)
        for spans in (each.source, each.cue, each.content)
    )
    return source, cue, content


@pytest.mark.parametrize(("text", "source", "cue", "content"), SENTENCES)
def test_plain_sentences(rules: Reads, text: str, source: str, cue: str, content: str) -> None:
    assert (source, cue, content) in [parts_of(text, each) for each in rules(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Talks opened on Tuesday.",
        "The army shelled the port for two hours.",
        "The law states are bound by was signed in May.",
        "Snow fell on the pass, and the road was closed.",
    ],
)
def test_facts_are_no_attributions(rules: Reads, text: str) -> None:
    assert rules(text) == []


def test_an_interrupted_quotation_is_one_attribution(rules: Reads) -> None:
    text = "“We read every point,” the envoy said. “Then we read them again.”"
    (found,) = rules(text)
    assert [text[start:end] for start, end in found.content] == [
        "“We read every point,”", "“Then we read them again.”"
    ]  # fmt: skip


def test_a_quotation_over_paragraphs_goes_on(rules: Reads) -> None:
    text = "“We read every point of it,” the envoy said.\n\n“Then we read all of it again.”\n"
    (found,) = rules(text)
    assert len(found.content) == 2


def test_of_nested_speech_the_outer_one_counts(rules: Reads) -> None:
    text = "“He told me that he believes the plan is dead,” Ana Belu said."
    (found,) = rules(text)
    assert parts_of(text, found)[0] == "Ana Belu"


def test_a_line_break_ends_a_sentence(rules: Reads) -> None:
    text = "Leaders weigh the plan\n\nAna Belu said that the port will stay open.\n"
    found = [parts_of(text, each) for each in rules(text)]
    assert ("Ana Belu", "said", "the port will stay open") in found
    assert not any("Leaders" in content for _, _, content in found)


def test_long_texts_are_read_in_pieces(rules: Reads, monkeypatch: pytest.MonkeyPatch) -> None:
    from detente.reading import engines

    line = "Ana Belu said that the port will stay open.\n\n"
    text = line * 12
    whole = rules(text)
    monkeypatch.setattr(engines, "_PIECE", 100)
    assert rules(text) == whole
    assert len(whole) == 12


MARKS = ("“", "”", '"', "''", "’", ":", ",", ".", "(", ")", "—", "\n", "\n\n")
PIECES = (*MARKS, "Ana", "Belu", "said", "told", "the plan", "that", "he", "she", "wants",
          "rejected", "draft", "according", "to", "is", "not", "“No,” she", "100 %")  # fmt: skip
WORDS = st.lists(st.sampled_from(PIECES), max_size=60)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(WORDS)
def test_parts_lie_in_the_text_and_apart(rules: Reads, words: list[str]) -> None:
    text = " ".join(words)
    for each in rules(text):
        assert each.content
        for start, end in (*each.source, *each.cue, *each.content):
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip()
        for start, end in each.content:
            assert not any(start < last and first < end for first, last in each.cue)
