"""A small network that reads how a passage stands, also where it says so in words of its own.

It gives every word scores for the seven levels and for *not clear*; their mean is the passage's.
So a level is the sum of what the words bring to it, and those that bring the most decided it (as
the class activation maps of Zhou et al. 2016).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.errors import RequestError
from detente.reading.network import Network, shares_of
from detente.reading.spans import Span

__all__ = ["LEVELS", "Opinion", "StanceNetwork"]

LEVELS: tuple[int | None, ...] = (-3, -2, -1, 0, 1, 2, 3, None)
"""What the outputs of the network stand for; None where a passage takes no stance."""

_LIKELY = 0.5
"""A level and its neighbours have this share of all, at least; so has *not clear*, to count."""

_OTHER_SIDE = 0.1
"""The levels of the other sign have this share of all, at most."""

_SURE = 0.8
_HALF = 0.5
_MOST_WORDS = 5
_JOINS = re.compile(r"[\s'’-]+")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the network makes of a passage.

    Parameters
    ----------
    shares
        How likely it holds each of :data:`LEVELS`.
    level
        The likeliest level; None where that is not clear.
    deciding
        The words that bring the most to the likeliest level.
    """

    shares: tuple[float, ...]
    level: int | None
    deciding: Span

    @property
    def share(self) -> float:
        """How likely it holds its level, to two digits."""
        return round(self.shares[LEVELS.index(self.level)], 2)

    @property
    def surely_none(self) -> bool:
        """Whether the passage hardly takes any stance."""
        return self.shares[-1] > _SURE

    def contradicts(self, level: int) -> bool:
        """Return whether the sign of a level is not the one that is likelier by far."""
        negative, positive = sum(self.shares[:3]), sum(self.shares[4:7])
        against, for_it = (negative, positive) if level > 0 else (positive, negative)
        return level != 0 and against > _HALF and for_it < _OTHER_SIDE


class StanceNetwork:
    """A network for stances in a folder, as ``detente train-stances`` writes it.

    Parameters
    ----------
    folder
        With ``stances.onnx``, ``tokenizer.json`` and ``about.json``.
    threads
        How many it may use; as many as there are cores if None.

    Raises
    ------
    RequestError
        If the extra ``reading`` is not installed, or the folder holds no such network.
    """

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        self._network = Network(folder / "stances.onnx", threads=threads)
        self.about = self._network.about
        if tuple(self.about["levels"]) != LEVELS:
            raise RequestError(
                f"The network for stances in '{folder}' is of another version; train it anew."
            )

    def opinions(self, passages: Sequence[str]) -> list[Opinion]:
        """Return what it makes of passages, in their order."""
        found: dict[int, Opinion] = {}
        for place, offsets, scores in self._network.scores(passages):
            found[place] = _opinion(passages[place], offsets, scores.astype(np.float64))
        return [found[place] for place in range(len(passages))]


def _opinion(passage: str, offsets: Sequence[Span], scores: NDArray[np.float64]) -> Opinion:
    shares = shares_of(scores.mean(axis=0, keepdims=True))[0]
    best = int(shares[:-1].argmax())
    around = shares[max(0, best - 1) : min(best + 2, 7)].sum()
    other = {-1: shares[4:7].sum(), 1: shares[:3].sum()}.get(int(np.sign(best - 3)), 0.0)
    clear = shares[-1] < _LIKELY <= around and other <= _OTHER_SIDE
    brought = scores[:, best] - scores.mean(axis=1)
    return Opinion(
        tuple(shares.tolist()),
        LEVELS[best] if clear else None,
        _deciding(passage, offsets, brought),
    )


def _deciding(passage: str, offsets: Sequence[Span], brought: NDArray[np.float64]) -> Span:
    """The word that brings the most, with those beside it that bring at least half as much."""
    words: list[tuple[Span, float]] = []
    for (start, end), much in zip(offsets, brought, strict=True):
        if start == end or not passage[start:end].isalnum():
            continue
        if words and words[-1][0][1] == start:
            (first, _), before = words[-1]
            words[-1] = ((first, end), max(before, float(much)))
        else:
            words.append(((start, end), float(much)))
    if not words:
        return 0, len(passage)
    first = last = max(range(len(words)), key=lambda at: words[at][1])
    enough = words[first][1] * _HALF
    while last - first + 1 < _MOST_WORDS:
        sides = [
            at for at, left in ((first - 1, first - 1), (last + 1, last))
            if 0 <= at < len(words) and words[at][1] >= enough
            and _JOINS.fullmatch(passage, words[left][0][1], words[left + 1][0][0])
        ]  # fmt: skip
        if not sides:
            break
        side = max(sides, key=lambda at: words[at][1])
        first, last = min(first, side), max(last, side)
    return words[first][0][0], words[last][0][1]
