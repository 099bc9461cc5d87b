"""The token tagger: a small network that gives every word its part in an attribution.

It runs as ONNX with whole numbers of eight bits, needs neither a parse nor PyTorch, and knows
nothing of the case. Tags follow one another as tags can (Viterbi 1967); the linker pairs them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import RequestError
from detente.reading.attributions import Attribution, Span, units_of
from detente.reading.linker import link_units
from detente.reading.tags import TAGS, Tagged, plain_marks, spans_of, words_of

__all__ = ["Tagger", "best_tags"]

_BATCH = 2_048
_WIDEST = 320
_IMPOSSIBLE = -1e9


class Tagger:
    """A tagger in a folder, as :func:`detente.reading.train.train` writes it.

    Parameters
    ----------
    folder
        With ``tagger.onnx``, ``tokenizer.json`` and ``about.json``.
    threads
        How many it may use; as many as there are cores if None.

    Raises
    ------
    RequestError
        If the extra ``reading`` is not installed, or the folder holds no tagger.
    """

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as missing:
            raise RequestError(
                f"The tagger needs {missing.name}, which is not installed; "
                "install it with: pip install 'detente[reading]'"
            ) from None
        try:
            self.about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
            self._tokenizer: Any = Tokenizer.from_file(str(folder / "tokenizer.json"))
            options = onnxruntime.SessionOptions()
            options.log_severity_level = 3
            options.intra_op_num_threads = threads or 0
            self._session: Any = onnxruntime.InferenceSession(
                (folder / "tagger.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
            )
        except Exception as wrong:  # noqa: BLE001 - each library has errors of its own
            raise RequestError(
                f"'{folder}' holds no tagger that can be read ({wrong}); "
                "detente train-reader writes one."
            ) from None
        if tuple(self.about["tags"]) != TAGS:
            raise RequestError(f"The tagger in '{folder}' is of another version; train it anew.")
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_WIDEST)

    def attributions(self, text: str) -> list[Attribution]:
        """Return the attributions of a text, in the order in which they begin."""
        units = list(units_of(text))
        words = [words_of(text, unit) for unit in units]
        tagged: list[list[Tagged]] = [[] for _ in units]
        for place, scores in self.scores(text, units, words):
            tags = best_tags(scores)
            sure = _shares(scores)[range(len(tags)), tags]
            tagged[place] = list(spans_of(words[place], tags, sure.tolist()))
        return link_units(text, tagged)

    def scores(
        self, text: str, units: Sequence[Span], words: Sequence[Sequence[Span]]
    ) -> Iterator[tuple[int, NDArray[np.float64]]]:
        """Yield each paragraph with words: its place, and the scores of all tags for every word.

        Parameters
        ----------
        units, words
            Paragraphs of the text, and the words of each.
        """
        encoded = self._tokenizer.encode_batch([plain_marks(text[slice(*unit)]) for unit in units])
        order = sorted(range(len(units)), key=lambda place: len(encoded[place].ids))
        for batch in _batches(order, [len(each.ids) for each in encoded]):
            width = len(encoded[batch[-1]].ids)
            pieces = np.zeros((len(batch), width), np.int64)
            mask = np.zeros((len(batch), width), np.int64)
            for row, place in enumerate(batch):
                ids = encoded[place].ids
                pieces[row, : len(ids)] = ids
                mask[row, : len(ids)] = 1
            (scores,) = self._session.run(["scores"], {"pieces": pieces, "mask": mask})
            for row, place in enumerate(batch):
                if words[place]:
                    first = _first_pieces(encoded[place].offsets, units[place][0], words[place])
                    yield place, _of_words(scores[row], first)


def _first_pieces(offsets: Sequence[Span], start: int, words: Sequence[Span]) -> list[int]:
    """The first word piece of every word; -1 for a word that was cut off."""
    at = {
        start + begin: number
        for number, (begin, end) in reversed(list(enumerate(offsets)))
        if begin < end
    }
    return [at.get(begin, -1) for begin, _ in words]


def _of_words(scores: NDArray[np.float32], pieces: Sequence[int]) -> NDArray[np.float64]:
    known: NDArray[np.float64] = scores[pieces].astype(np.float64)
    known[np.array(pieces) < 0] = [0.0, *[_IMPOSSIBLE] * (len(TAGS) - 1)]
    return known


def _shares(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    found = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: NDArray[np.float64] = found / found.sum(axis=1, keepdims=True)
    return shares


def _batches(order: Sequence[int], sizes: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for place in order:
        if batch and (len(batch) + 1) * sizes[place] > _BATCH:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _transitions() -> NDArray[np.float64]:
    """0 where a tag can follow another: a span goes on only with what it began with."""
    found = np.zeros((len(TAGS), len(TAGS)))
    for tag in range(2, len(TAGS), 2):
        found[:, tag] = _IMPOSSIBLE
        found[[tag - 1, tag], tag] = 0.0
    return found


def best_tags(scores: NDArray[np.float64]) -> list[int]:
    """Return the tags of the highest sum of scores in which no span goes on without beginning.

    Parameters
    ----------
    scores
        ``(words, tags)``: logarithms of odds, up to a constant for each word.

    Examples
    --------
    >>> scores = np.zeros((3, len(TAGS)))
    >>> scores[0, 1], scores[1, 4], scores[2, 0] = 3.0, 2.0, 1.0
    >>> [TAGS[tag] for tag in best_tags(scores)]  # a cue cannot go on before it began
    ['begin-source', 'outside', 'outside']
    """
    logs = np.log(np.maximum(_shares(scores), 1e-30))
    allowed = _TRANSITIONS
    best = logs[0].copy()
    best[2::2] += _IMPOSSIBLE
    back = np.zeros(scores.shape, np.int64)
    for word in range(1, len(logs)):
        ways = best[:, None] + allowed
        back[word] = ways.argmax(axis=0)
        best = ways.max(axis=0) + logs[word]
    tags = [int(best.argmax())]
    for word in range(len(logs) - 1, 0, -1):
        tags.append(int(back[word, tags[-1]]))
    return tags[::-1]


_TRANSITIONS = _transitions()
