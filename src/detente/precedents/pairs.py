"""Which topics stand in one agreement more often than chance would have it, and which hardly do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from detente.precedents.pax import Agreements
from detente.precedents.shares import Share
from detente.precedents.vocabulary import Topic

__all__ = ["Pair", "Verdict", "find_pairs"]

Verdict = Literal["usual", "rare", "as by chance", "too few to say"]

_LEAST_EXPECTED = 5.0
"""With fewer agreements expected by chance than this, no pair is called rare."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two topics, and how often they stand in one agreement.

    Parameters
    ----------
    first, second
        How many agreements treat each.
    """

    topics: tuple[Topic, Topic]
    together: Share
    first: int
    second: int

    @property
    def expected(self) -> float:
        """The share that independence would give: the product of both shares."""
        base = self.together.base
        return self.first * self.second / base**2 if base else 0.0

    @property
    def ratio(self) -> float | None:
        """The share together over the expected one; None where that is 0."""
        share = self.together.share
        return share / self.expected if share is not None and self.expected else None

    @property
    def verdict(self) -> Verdict:
        """In a word: whether the interval of the share together leaves out the expected one."""
        if self.together.low > self.expected:
            return "usual"
        if self.expected * self.together.base < _LEAST_EXPECTED:
            return "too few to say"
        return "rare" if self.together.high < self.expected else "as by chance"


def find_pairs(agreements: Agreements, asked: Sequence[Topic]) -> tuple[Pair, ...]:
    """Return all pairs of topics, those most above chance first.

    Left out are pairs of a main code and its own part, which stand together by how they are coded,
    and topics that the file does not code. Of k topics there are k (k - 1) / 2 pairs: some leave
    the interval by luck alone, about one in forty on either side.

    Examples
    --------
    >>> from detente.precedents.rows import agreements_of
    >>> from detente.precedents.vocabulary import topics
    >>> rows = [{"pax/Ele": 1, "pax/Wat": 1}] * 20 + [{}] * 60
    >>> (pair,) = find_pairs(agreements_of(rows), [topics()["pax/Ele"], topics()["pax/Wat"]])
    >>> pair.together, pair.expected, pair.ratio, pair.verdict
    (Share(count=20, base=80), 0.0625, 4.0, 'usual')
    """
    coded = [topic for topic in asked if topic.id in agreements.codes]
    if not coded:
        return ()
    has = np.column_stack([agreements.has(topic.id) for topic in coded]).astype(np.int64)
    together = has.T @ has
    found = [
        Pair(
            (coded[a], coded[b]),
            Share(int(together[a, b]), len(agreements)),
            int(together[a, a]),
            int(together[b, b]),
        )
        for a, b in combinations(range(len(coded)), 2)
        if coded[a].part_of != coded[b].id and coded[b].part_of != coded[a].id
    ]
    return tuple(sorted(found, key=lambda pair: -1.0 if pair.ratio is None else -pair.ratio))
