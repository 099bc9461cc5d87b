"""The tagger that ships: known sentences, any text, and the marked texts of others."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import RequestError
from detente.reading.attributions.attribution import Attribution
from detente.reading.attributions.linker import link, link_units
from detente.reading.attributions.tagger import Tagger, best_tags
from detente.reading.attributions.tags import TAGS, Tagged
from detente.reading.engines import open_engine, shipped_folder
from detente.reading.training.brat import read_corpus
from detente.reading.training.score import score_pairs

Reads = Callable[[str], list[Attribution]]
SHARED = Path(__file__).parents[3] / "shared" / "data" / "attribution"


@pytest.fixture(scope="module")
def tagger() -> Reads:
    return Tagger(shipped_folder("tagger")).attributions


def test_plain_sentences(tagger: Reads) -> None:
    text = (
        "Talks opened on Tuesday. “We will not sign this draft,” Foreign Minister Ana Belu said. "
        "Two diplomats said the port was the hardest point."
    )
    found = [
        tuple(" ".join(text[a:b] for a, b in part) for part in (each.source, each.content))
        for each in tagger(text)
    ]
    assert ("Foreign Minister Ana Belu", "“We will not sign this draft,”") in found
    assert ("Two diplomats", "the port was the hardest point") in found
    assert len(found) == 2


@pytest.mark.parametrize(
    "text", ["", "\n\n", "—", "a" * 5000, "“" * 400, "\U0001f600 said \x00 no"]
)
def test_odd_texts_are_read(tagger: Reads, text: str) -> None:
    for each in tagger(text):
        for start, end in (*each.source, *each.cue, *each.content):
            assert 0 <= start < end <= len(text)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(st.floats(-5, 5), min_size=len(TAGS), max_size=len(TAGS)), min_size=1, max_size=4
    )
)
def test_best_tags_are_the_best_of_all_that_can_follow(rows: list[list[float]]) -> None:
    from itertools import product

    scores = np.array(rows)
    logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))

    def possible(tags: tuple[int, ...]) -> bool:
        before = (0, *tags)
        return all(
            now % 2 or now == 0 or last in (now, now - 1)
            for last, now in zip(before, tags, strict=False)
        )

    most = max(
        sum(logs[place, tag] for place, tag in enumerate(tags))
        for tags in product(range(len(TAGS)), repeat=min(len(rows), 3))
        if possible(tags)
    )
    found = best_tags(scores[:3])
    assert possible(tuple(found))
    assert sum(logs[place, tag] for place, tag in enumerate(found)) == pytest.approx(most)


@pytest.mark.parametrize("file", ["about.json", "tokenizer.json", "tagger.onnx"])
def test_a_damaged_tagger_is_refused_in_one_sentence(tmp_path: Path, file: str) -> None:
    for each in shipped_folder("tagger").iterdir():
        if each.is_file():
            (tmp_path / each.name).write_bytes(each.read_bytes())
    (tmp_path / file).write_bytes(b"{")
    with pytest.raises(RequestError, match="holds no tagger"):
        Tagger(tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the marked texts are not here")
@pytest.mark.parametrize(
    ("engine", "content", "source", "attribution"),
    [("tagger", 0.82, 0.74, 0.60), ("rules", 0.76, 0.72, 0.62)],
)
def test_on_texts_that_others_marked(
    engine: str, content: float, source: float, attribution: float
) -> None:
    """PolNeAR, part dev; floors somewhat under what was measured."""
    read = (
        Tagger(shipped_folder("tagger")).attributions
        if engine == "tagger"
        else open_engine("rules")[1].attributions
    )
    score = score_pairs(
        (each.text, each.attributions, read(each.text)) for each in read_corpus(SHARED / "dev")
    )
    assert score.parts["content"].f1 >= content
    assert score.parts["source"].f1 >= source
    assert score.parts["attribution"].f1 >= attribution


def tagged_words(text: str, roles: Mapping[str, str]) -> list[Tagged]:
    """Words of a text as spans, each of its role."""
    return [
        Tagged(roles[found.group()], *found.span())
        for found in re.finditer(r"\w+", text)
        if found.group() in roles
    ]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("She refused it, saying no.", ["She", "She"]),
        ("She refused it. Saying no.", ["She", ""]),
        ("Refused it, saying no, Bel.", ["", "Bel"]),
    ],
)
def test_a_cue_without_a_source_takes_the_one_before_it_in_its_sentence(
    text: str, sources: list[str]
) -> None:
    roles = {"She": "source", "Bel": "source", "refused": "cue", "Refused": "cue", "it": "content",
             "saying": "cue", "Saying": "cue", "no": "content"}  # fmt: skip
    found = link(text, tagged_words(text, roles))
    assert [" ".join(text[a:b] for a, b in each.source) for each in found] == sources


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("'No,' she told us, adding 'never'.", ["told", "adding"]),
        ("She told us angrily no.", ["told us angrily"]),
    ],
)
def test_cues_with_a_comma_between_them_are_two(text: str, cues: list[str]) -> None:
    roles = {"No": "content", "She": "source", "she": "source", "told": "cue", "adding": "cue",
             "angrily": "cue", "never": "content", "no": "content"}  # fmt: skip
    found = link(text, tagged_words(text, roles))
    assert [text[each.cue[0][0] : each.cue[0][1]] for each in found] == cues
    assert [text[slice(*each.source[0])].lower() for each in found] == ["she"] * len(cues)


@pytest.mark.parametrize(("confidence", "found"), [(0.9, 2), (0.4, 1)])
def test_a_content_alone_is_an_attribution_of_nobody_if_likely(
    confidence: float, found: int
) -> None:
    text = "She said no.\n\nNobody would sign."
    tagged = [
        [Tagged("source", 0, 3), Tagged("cue", 4, 8), Tagged("content", 9, 11)],
        [Tagged("content", 14, 31, confidence)],
    ]
    made = link_units(text, tagged, least=0.65)
    assert len(made) == found
    assert made[-1].source == (() if found > 1 else ((0, 3),))


@pytest.mark.parametrize(
    ("source", "cue", "content", "found"),
    [(0.9, 0.5, 0.6, 1), (0.9, 0.4, 0.6, 0), (None, 0.7, 0.8, 1), (None, 0.7, 0.7, 0)],
)
def test_an_attribution_is_taken_from_the_mean_confidence_of_its_parts_on(
    source: float | None, cue: float, content: float, found: int
) -> None:
    spans = [Tagged("cue", 4, 8, cue), Tagged("content", 9, 11, content)]
    if source is not None:
        spans.append(Tagged("source", 0, 3, source))
    assert len(link_units("She said no.", [spans], least=0.65)) == found
    assert len(link_units("She said no.", [spans])) == 1
