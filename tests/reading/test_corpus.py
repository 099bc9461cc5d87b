"""The corpus in the repository is well formed, and says what its README says."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from detente.errors import DetenteError
from detente.reading.attributions.attribution import units_of
from detente.reading.attributions.linker import link_units
from detente.reading.attributions.quotations import Quotations
from detente.reading.attributions.tags import spans_of, tags_of, words_of
from detente.reading.training.brat import Annotated, read_corpus, write_marks
from detente.reading.training.score import score_pairs

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def corpus() -> list[Annotated]:
    return list(read_corpus(CORPUS))


def test_it_holds_what_its_readme_says(corpus: list[Annotated]) -> None:
    told = (CORPUS / "README.md").read_text(encoding="utf-8")
    texts, words = re.search(r"([\d,]+) news-like texts[^,]*, ([\d,]+) words", told).groups()
    assert int(texts) == len(corpus)
    count = sum(len(each.text.split()) for each in corpus)
    assert abs(count - int(words.replace(",", ""))) < 1000
    assert sum(len(each.attributions) for each in corpus) > 7000


def test_parts_do_not_overlap_and_have_no_blanks_at_their_ends(corpus: list[Annotated]) -> None:
    for each in corpus:
        for attribution in each.attributions:
            spans = sorted((*attribution.source, *attribution.cue, *attribution.content))
            assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans)), each.name
            for start, end in spans:
                assert each.text[start:end].strip() == each.text[start:end] != "", each.name
        seen = sorted(span for each in each.attributions
                      for span in (*each.source, *each.cue, *each.content))  # fmt: skip
        assert all(one[1] <= two[0] for one, two in itertools.pairwise(seen))


def test_every_kind_of_speech_is_there(corpus: list[Annotated]) -> None:
    kinds = [
        Quotations(each.text).kind_of(one.content) for each in corpus for one in each.attributions
    ]
    for kind in ("direct", "mixed", "indirect"):
        assert kinds.count(kind) > 0.05 * len(kinds)


def test_tags_and_linker_give_most_of_it_back(corpus: list[Annotated]) -> None:
    """From right tags the linker finds the attributions; what it loses bounds every tagger."""
    pairs = []
    for each in corpus[::6]:
        tagged = []
        for unit in units_of(each.text):
            words = words_of(each.text, unit)
            tagged.append(list(spans_of(words, tags_of(words, each.attributions))))
        pairs.append((each.text, each.attributions, link_units(each.text, tagged)))
    score = score_pairs(pairs)
    assert score.parts["attribution"].f1 > 0.93
    assert score.parts["content"].f1 > 0.98


def test_marks_are_written_as_they_are_read(corpus: list[Annotated], tmp_path: Path) -> None:
    each = corpus[0]
    (tmp_path / f"{each.name}.txt").write_text(each.text, encoding="utf-8")
    (tmp_path / f"{each.name}.ann").write_text(write_marks(each), encoding="utf-8")
    assert list(read_corpus(tmp_path)) == [each]


@pytest.mark.parametrize(
    ("marks", "words"),
    [(None, "holds no texts with marks"), ("T1\tCue 0 900\tsaid\n", "outside")],
)
def test_what_is_no_corpus_is_refused(tmp_path: Path, marks: str | None, words: str) -> None:
    if marks is not None:
        (tmp_path / "a.txt").write_text("He said no.\n", encoding="utf-8")
        (tmp_path / "a.ann").write_text(marks, encoding="utf-8")
    with pytest.raises(DetenteError, match=words):
        list(read_corpus(tmp_path))
