"""Which of many score vectors no other is at least as good as, decided on whole numbers.

Scores too large for 63 bits stand in several columns, the most significant first; they are
replaced by their ranks before they are compared, so that order and ties stay exact.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detente.packages.space import Package, Space

__all__ = ["Columns", "Scores", "clearly_dominated", "nondominated"]

Scores = NDArray[np.int64]
"""Scores in columns, ``(packages, columns)``; see :class:`Columns`."""

LIMB = 60
EXACT_IN_FLOAT = 2**53


class Columns:
    """How the scores of several parties stand in columns of 64 bits.

    Parameters
    ----------
    largest
        ``(parties,)``: what no score, and no part of its sum, exceeds in size.
    """

    def __init__(self, largest: Sequence[int]) -> None:
        self._largest = tuple(largest)
        self.widths = tuple(
            1 if each < 2**62 else -(-(each.bit_length() + 1) // LIMB) for each in largest
        )
        self.starts = tuple(int(start) for start in np.cumsum((0, *self.widths)))
        self.narrow = all(width == 1 for width in self.widths)

    def write(self, rows: Sequence[Sequence[int]]) -> Scores:
        """Return whole numbers ``(packages, parties)`` in columns."""
        if self.narrow:
            return np.array(rows, dtype=np.int64).reshape(len(rows), len(self.widths))
        found = np.empty((len(rows), self.starts[-1]), dtype=np.int64)
        for place, row in enumerate(rows):
            for value, width, start in zip(row, self.widths, self.starts, strict=False):
                found[place, start] = value >> (LIMB * (width - 1))
                for limb in range(1, width):
                    below = value >> (LIMB * (width - 1 - limb))
                    found[place, start + limb] = below & ((1 << LIMB) - 1)
        return found

    def read(self, scores: Scores) -> list[tuple[int, ...]]:
        """Return scores in columns as whole numbers, a row for each package."""
        if self.narrow:
            return list(map(tuple, scores.tolist()))
        found = []
        for width, start in zip(self.widths, self.starts, strict=False):
            column = scores[:, start].tolist()
            for limb in range(1, width):
                lower = scores[:, start + limb].tolist()
                column = [(a << LIMB) + b for a, b in zip(column, lower, strict=True)]
            found.append(column)
        return list(zip(*found, strict=True))

    def values(self, space: Space, packages: Sequence[Package]) -> list[tuple[int, ...]]:
        """Return the score of every package for every party, as ``space.score`` gives it."""
        if not packages or not space.additive:
            return [space.score(package) for package in packages]
        chosen = np.array(packages)
        total = np.zeros((len(packages), self.starts[-1]), dtype=np.int64)
        for point, rows in enumerate(space.scores):
            total += self.write(rows)[chosen[:, point]]
            self.carry(total)
        return self.read(total)

    def carry(self, scores: Scores) -> Scores:
        """Bring columns back into range after an addition, in place."""
        for width, start in zip(self.widths, self.starts, strict=False):
            for limb in range(width - 1, 0, -1):
                column = scores[:, start + limb]
                scores[:, start + limb - 1] += column >> LIMB
                column &= (1 << LIMB) - 1
        return scores

    def tops(self, scores: Scores) -> NDArray[np.int64]:
        """Return the most significant bits of the scores, ``(packages, parties)``.

        A score whose top is larger is larger; equal tops tell nothing.
        """
        found = np.empty((len(scores), len(self.widths)), dtype=np.int64)
        for party, (width, start) in enumerate(zip(self.widths, self.starts, strict=False)):
            top = scores[:, start]
            if width > 1:
                shift = 62 - (self._largest[party].bit_length() - LIMB * (width - 1) + 1)
                top = (top << shift) | (scores[:, start + 1] >> (LIMB - shift))
            found[:, party] = top
        return found

    def ranks(self, scores: Scores) -> NDArray[np.int64]:
        """Return numbers in the same order as the scores, ``(packages, parties)``."""
        if self.narrow:
            return scores
        found = np.empty((len(scores), len(self.widths)), dtype=np.int64)
        for party, (width, start) in enumerate(zip(self.widths, self.starts, strict=False)):
            if width == 1:
                found[:, party] = scores[:, start]
                continue
            limbs = [scores[:, start + limb] for limb in range(width - 1, -1, -1)]
            order = np.lexsort(limbs)
            sorted_rows = scores[order, start : start + width]
            fresh = (sorted_rows[1:] != sorted_rows[:-1]).any(axis=1)
            found[order, party] = np.concatenate([[0], np.cumsum(fresh)])
        return found


def clearly_dominated(tops: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which rows another exceeds in both of two columns, ``(rows,) bool``.

    Examples
    --------
    >>> clearly_dominated(np.array([[1, 3], [2, 4], [2, 2]])).tolist()
    [True, False, False]
    """
    order = np.argsort(-tops[:, 0], kind="stable")
    first, second = tops[order, 0], tops[order, 1]
    best = np.maximum.accumulate(second)
    ahead = np.searchsorted(-first, -first, side="left")
    found = np.zeros(len(tops), dtype=bool)
    found[order] = (ahead > 0) & (second < best[ahead - 1])
    return found


def told_by_tops(tops: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """Return the places of nondominated rows, None where equal tops leave any in doubt.

    Examples
    --------
    >>> told_by_tops(np.array([[1, 3], [2, 2], [0, 2]])).tolist()
    [0, 1]
    >>> told_by_tops(np.array([[1, 3], [1, 2]])) is None
    True
    >>> told_by_tops(np.empty((0, 2), np.int64)).tolist()
    []
    """
    order = np.argsort(-tops[:, 0])
    first, second = tops[order, 0], tops[order, 1]
    best = np.maximum.accumulate(second)[:-1]
    ahead = second[1:] > best
    if ((first[1:] == first[:-1]) | (second[1:] == best)).any():
        return None
    keep = np.concatenate([[True], ahead])[: len(tops)]
    return np.sort(order[keep])


def nondominated(ranks: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the places of rows that no other row is at least as large as in every column.

    Of equal rows one stays. Two columns by sorting (Kung, Luccio and Preparata 1975), more by the
    compiled routine of ``moocore``.

    Parameters
    ----------
    ranks
        ``(rows, parties)`` whole numbers; more is better.

    Examples
    --------
    >>> nondominated(np.array([[1, 3], [2, 2], [1, 2], [2, 2]])).tolist()
    [0, 1]
    """
    parties = ranks.shape[1]
    if parties == 1:
        return np.array([int(ranks[:, 0].argmax())])
    if parties == 2:
        order = np.lexsort((-ranks[:, 1], -ranks[:, 0]))
        second = ranks[order, 1]
        best = np.maximum.accumulate(second)
        keep = np.ones(len(order), dtype=bool)
        keep[1:] = second[1:] > best[:-1]
        return np.sort(order[keep])
    if len(ranks) == 1:
        return np.zeros(1, dtype=np.int64)
    import moocore

    if np.abs(ranks).max() >= EXACT_IN_FLOAT:
        ranks = np.stack([np.unique(c, return_inverse=True)[1] for c in ranks.T], axis=1)
    kept = moocore.is_nondominated(ranks.astype(np.float64), maximise=True, keep_weakly=False)
    return np.flatnonzero(kept)
