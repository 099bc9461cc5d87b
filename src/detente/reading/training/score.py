"""How good is a reader? Its attributions beside those that somebody marked.

Words of contents and of sources count once each. A predicted attribution is right if its content
and a marked one share at least half of their words (F1), and their sources a word, or both have
none; one to one, the best first. A second person who marks the same text reaches some 0.74.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.reading.attributions.attribution import WORD, Attribution
from detente.reading.spans import Span, Spans
from detente.reading.training.brat import Annotated

if TYPE_CHECKING:
    from detente.reading.attributions.tagger import Tagger

__all__ = ["Rates", "Score", "score_pairs", "score_tagger"]

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Rates:
    """Right ones, false ones, and those that were missed."""

    right: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 where nothing was found."""
        return self.right / max(1, self.right + self.false)

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / max(1, 2 * self.right + self.false + self.missed)

    def __add__(self, other: Rates) -> Rates:
        return Rates(self.right + other.right, self.false + other.false, self.missed + other.missed)


@dataclass(frozen=True, slots=True)
class Score:
    """Rates by what is counted: ``content``, ``source`` and ``attribution``."""

    parts: dict[str, Rates]


def score_pairs(
    pairs: Iterable[tuple[str, Sequence[Attribution], Sequence[Attribution]]],
) -> Score:
    """Return the score over texts, each with what was marked and what was found.

    Examples
    --------
    >>> text = "He said no deal was near."
    >>> marked = [Attribution(((0, 2),), ((3, 7),), ((8, 24),))]
    >>> found = [Attribution(((0, 2),), ((3, 7),), ((8, 15),))]
    >>> score = score_pairs([(text, marked, found)])
    >>> {name: round(each.f1, 2) for name, each in score.parts.items()}
    {'content': 0.67, 'source': 1.0, 'attribution': 1.0}
    """
    total = {name: Rates(0, 0, 0) for name in ("content", "source", "attribution")}
    for text, marked, found in pairs:
        words = [each.span() for each in WORD.finditer(text)]
        one = [(_in(words, each.source), _in(words, each.content)) for each in marked]
        other = [(_in(words, each.source), _in(words, each.content)) for each in found]
        for name, part in (("source", 0), ("content", 1)):
            total[name] += _rates(
                frozenset().union(*(each[part] for each in one)),
                frozenset().union(*(each[part] for each in other)),
            )
        right = _matched(one, other)
        total["attribution"] += Rates(right, len(other) - right, len(one) - right)
    return Score(total)


def score_tagger(tagger: Tagger, texts: Iterable[Annotated]) -> Score:
    """Return the score of a tagger on marked texts."""
    return score_pairs(
        (each.text, each.attributions, tagger.attributions(each.text)) for each in texts
    )


def _in(words: Sequence[Span], spans: Spans) -> frozenset[int]:
    return frozenset(
        place
        for place, (start, end) in enumerate(words)
        if any(first <= start and end <= last for first, last in spans)
    )


def _rates(marked: frozenset[int], found: frozenset[int]) -> Rates:
    return Rates(len(marked & found), len(found - marked), len(marked - found))


def _matched(
    one: Sequence[tuple[frozenset[int], frozenset[int]]],
    other: Sequence[tuple[frozenset[int], frozenset[int]]],
) -> int:
    pairs = []
    for first, (source, content) in enumerate(one):
        for second, (their_source, their_content) in enumerate(other):
            share = 2 * len(content & their_content) / max(1, len(content) + len(their_content))
            same = bool(source & their_source) or not (source or their_source)
            if share >= _HALF and same:
                pairs.append((share, first, second))
    taken: tuple[set[int], set[int]] = set(), set()
    for _, first, second in sorted(pairs, reverse=True):
        if first not in taken[0] and second not in taken[1]:
            taken[0].add(first)
            taken[1].add(second)
    return len(taken[0])
