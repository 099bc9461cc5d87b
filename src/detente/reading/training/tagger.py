"""A tagger of one's own, from a corpus that somebody marked: what ``detente train-reader`` does.

A small pretrained encoder gets one layer more, that gives every word a tag, and both are fitted to
the corpus (:mod:`detente.reading.training.fitting`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from detente.errors import RequestError
from detente.reading.attributions.attribution import units_of
from detente.reading.attributions.tags import OUTSIDE, TAGS, tags_of, words_of
from detente.reading.network import joined_pieces, plain_marks, windows_of
from detente.reading.training.brat import Annotated
from detente.reading.training.fitting import Example, Recipe, export, fit, open_base

__all__ = ["Recipe", "prepare", "train"]

_IGNORED = -100
_LONGEST = 256


def prepare(texts: Iterable[Annotated], tokenizer: Any, window: int) -> list[Example]:
    """Return the texts of a corpus as word pieces with tags, a window of paragraphs at a time."""
    found = []
    for each in texts:
        pieces: list[list[int]] = []
        tags: list[list[int]] = []
        for unit in units_of(each.text):
            words = words_of(each.text, unit)
            here = [
                mine
                for mine in each.attributions
                if any(
                    start < unit[1] and unit[0] < end
                    for start, end in (*mine.source, *mine.cue, *mine.content)
                )
            ]
            tag_at = dict(zip((start for start, _ in words), tags_of(words, here), strict=True))
            encoded = tokenizer.encode(plain_marks(each.text[slice(*unit)]))
            pieces.append(encoded.ids)
            tags.append(
                [
                    _IGNORED if start == end else tag_at.get(unit[0] + start, _IGNORED)
                    for start, end in encoded.offsets
                ]
            )
        for places in windows_of(list(map(len, pieces)), window):
            together = slice(places.start, places.stop)
            found.append(
                Example(
                    tuple(joined_pieces(pieces[together])), tuple(joined_pieces(tags[together]))
                )
            )
    return found


def train(
    texts: Sequence[Annotated],
    folder: Path,
    recipe: Recipe,
    *,
    window: int,
    least_confidence: float,
    progress: Callable[[float], None] = lambda _: None,
) -> Path:
    """Return the folder of a tagger that was fitted to a corpus.

    Parameters
    ----------
    folder
        Where the tagger is written; what is half done is kept there, and gone on with.
    window
        Word pieces of the paragraphs that are read together; 0 for each alone.
    least_confidence
        From which mean confidence of its parts on the tagger will take an attribution.

    Raises
    ------
    RequestError
        If the extra ``train`` is not installed, or the corpus is empty.
    """
    torch, encoder, tokenizer = open_base(_LONGEST)
    examples = prepare(texts, tokenizer, window)
    if not any(tag > OUTSIDE for example in examples for tag in example.target):
        raise RequestError("The corpus has no attributions to learn from.")

    def loss_of(scores: Any, mask: Any, batch: Sequence[Example]) -> Any:
        tags = torch.full(mask.shape, _IGNORED)
        for row, example in enumerate(batch):
            tags[row, : len(example.target)] = torch.tensor(example.target)
        return torch.nn.functional.cross_entropy(
            scores.flatten(0, 1), tags.flatten(), ignore_index=_IGNORED
        )

    model = fit(torch, encoder, len(TAGS), examples, loss_of, recipe, folder, progress)
    about = {
        "tags": TAGS,
        "texts": len(texts),
        "window": window,
        "least_confidence": least_confidence,
        "recipe": asdict(recipe),
    }
    export(torch, model, tokenizer, folder / "tagger.onnx", about)
    return folder
