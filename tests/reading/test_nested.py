"""Speech within speech: who is told to say what, apart from who tells it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.case.examples import example_folder
from detente.case.load import load
from detente.reading.as_data import read_data
from detente.reading.attributions.nested import find_nested
from detente.reading.engines import Engine, open_engine
from detente.reading.read import read_document
from detente.reading.spans import Spans
from detente.reading.speakers.known import Known

HEARSAY = [
    ("Ana Belu said that the president of Oru had told her that he would never sign.",
     "the president of Oru", "he would never sign"),
    ("“Minister Tarn says the limit on guns is a trap,” the mediator said.",
     "Minister Tarn", "the limit on guns is a trap"),
    ("An official said that Lower Town had promised to pay for the dam.",
     "Lower Town", "to pay for the dam"),
    ("The envoy said that both governments had rejected the second draft.",
     "both governments", "the second draft"),
    ("The radio reported that Colonel Adan wanted to keep the bridge.",
     "Colonel Adan", "to keep the bridge"),
    ("According to two diplomats, the foreign minister believes that the talks will fail.",
     "the foreign minister", "the talks will fail"),
    ("“Our neighbours claim that the line runs along the ridge,” Prime Minister Sol Bren said.",
     "Our neighbours", "the line runs along the ridge"),
    ("The spokesman said the union had warned that its ports would close.",
     "the union", "its ports would close"),
    ("Kir told the paper that his commander had refused to leave the hill.",
     "his commander", "to leave the hill"),
    ("She said the council had announced that the vote would be held in May.",
     "the council", "the vote would be held in May"),
    ("“The king told me that he will sign on Friday,” the mediator said.",
     "The king", "he will sign on Friday"),
    ("A person familiar with the talks said the ministry opposed any change of the border.",
     "the ministry", "any change of the border"),
]  # fmt: skip

PLAIN = [
    "Ana Belu said that the dam would be ready in May.",
    "“We told them that we would not sign,” she said.",
    "The envoy said that it was hard to say what would come.",
    "“I think the line is wrong and I want it moved,” the mayor said.",
    "The minister rejected the second draft.",
    "The paper said that nobody wanted a war.",
]


@pytest.fixture(scope="module", params=["rules", "tagger"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return open_engine(request.param)[1]


def inner(text: str, engine: Engine) -> list[tuple[str, str]]:
    found = find_nested(text, engine.attributions(text), engine.attributions)
    return [
        (words(text, each.source), words(text, each.content)) for many in found for each in many
    ]


def words(text: str, spans: Spans) -> str:
    return " ".join(text[start:end] for start, end in spans).rstrip(",")


def test_hearsay_is_found(engine: Engine) -> None:
    for text, source, content in HEARSAY:
        assert (source, content) in inner(text, engine), text


def test_what_speakers_say_of_themselves_is_none(engine: Engine) -> None:
    assert [inner(text, engine) for text in PLAIN] == [[]] * len(PLAIN)


PARTS = ["she said that ", "“", "”", "Bel told us ", "no. ", "\n", "we wait, "]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(PARTS)))
def test_inner_parts_stand_within_the_outer_content(parts: list[str]) -> None:
    text = "".join(parts)
    read = open_engine("tagger")[1].attributions
    outer = read(text)
    for each, within in zip(outer, find_nested(text, outer, read), strict=True):
        for one in within:
            for start, end in (*one.source, *one.cue, *one.content):
                assert any(first <= start < end <= last for first, last in each.content)


def test_hearsay_tells_nothing_of_who_tells_it(tmp_path: Path, engine: Engine) -> None:
    path = tmp_path / "news.txt"
    path.write_text(f"Talks in Oru\n\n{HEARSAY[0][0]} Tarn said that he would sign it.\n")
    read = read_document(path, engine)
    told, plain = [each for each in read.said if each.attribution.source]
    assert told.stance.level is None
    assert [each.stance.level for each in told.nested] == [-3]
    assert plain.stance.level == 3
    data = read_data(read)["attributions"][-2]
    assert [(each["speaker"], each["stance"]) for each in data["nested"]] == [
        ("the president of Oru", -3)
    ]


def test_who_tells_what_their_own_actor_said_tells_no_hearsay(
    tmp_path: Path, engine: Engine
) -> None:
    path = tmp_path / "news.txt"
    path.write_text(
        "Talks on the assets\n\nDmitry Peskov said that Russia opposes the second draft.\n\n"
        "Dmitry Peskov said that Ukraine opposes the second draft.\n"
    )
    known = Known(load(example_folder("ukraine-2025")))
    own, others = read_document(path, engine, known).said
    assert (own.speaker.person, own.stance.level, own.nested) == ("peskov", -2, ())
    assert (others.speaker.person, others.stance.level) == ("peskov", None)
    assert [(each.speaker.actor, each.stance.level) for each in others.nested] == [("ukraine", -2)]
