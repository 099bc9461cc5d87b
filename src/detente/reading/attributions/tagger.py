"""The token tagger: a small network that gives every word its part in an attribution.

It runs as ONNX with whole numbers of eight bits, needs neither a parse nor PyTorch, and knows
nothing of the case. Tags follow one another as tags can (Viterbi 1967); the linker pairs them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.errors import RequestError
from detente.reading.attributions.attribution import Attribution, units_of
from detente.reading.attributions.linker import link_units
from detente.reading.attributions.tags import TAGS, Tagged, spans_of, words_of
from detente.reading.network import Network, shares_of
from detente.reading.spans import Span

__all__ = ["Tagger", "best_tags"]

_IMPOSSIBLE = -1e9


class Tagger:
    """A tagger in a folder, as :func:`detente.reading.training.tagger.train` writes it.

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
        self._network = Network(folder / "tagger.onnx", threads=threads)
        self.about = self._network.about
        if tuple(self.about["tags"]) != TAGS:
            raise RequestError(f"The tagger in '{folder}' is of another version; train it anew.")

    def attributions(self, text: str) -> list[Attribution]:
        """Return the attributions of a text, in the order in which they begin."""
        units = list(units_of(text))
        words = [words_of(text, unit) for unit in units]
        tagged: list[list[Tagged]] = [[] for _ in units]
        for place, scores in self.scores(text, units, words):
            tags = best_tags(scores)
            sure = shares_of(scores)[range(len(tags)), tags]
            tagged[place] = list(spans_of(words[place], tags, sure.tolist()))
        return link_units(text, tagged, least=self.about.get("least_confidence", 0.0))

    def scores(
        self, text: str, units: Sequence[Span], words: Sequence[Sequence[Span]]
    ) -> Iterator[tuple[int, NDArray[np.float64]]]:
        """Yield each paragraph with words: its place, and the scores of all tags for every word.

        Parameters
        ----------
        units, words
            Paragraphs of the text, and the words of each.
        """
        found = self._network.scores(
            [text[slice(*unit)] for unit in units], window=self.about.get("window", 0)
        )
        for place, offsets, scores in found:
            if words[place]:
                first = _first_pieces(offsets, units[place][0], words[place])
                yield place, _of_words(scores, first)


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
    logs = np.log(np.maximum(shares_of(scores), 1e-30))
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
