"""Attributions as a tag for every word, and back.

A word is the source, the cue or the content of an attribution, or none of them; the first word of a
span begins it. A content that goes on after an interruption (``“…,” he said. “…”``) has a tag of
its own, so that both parts come together again.

Source: Ramshaw and Marcus 1995, for tags that begin and go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from detente.reading.attributions.attribution import WORD, Attribution
from detente.reading.spans import Span

__all__ = ["OUTSIDE", "ROLES", "TAGS", "Tagged", "spans_of", "tags_of", "words_of"]

ROLES = ("source", "cue", "content", "continued")
OUTSIDE = 0
TAGS = ("outside", *(f"{place}-{role}" for role in ROLES for place in ("begin", "inside")))
"""Names of the tags by number."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """Words of one role that stand together.

    Parameters
    ----------
    role
        One of :data:`ROLES`.
    confidence
        Mean probability of its tags.
    """

    role: str
    start: int
    end: int
    confidence: float = 1.0


def words_of(text: str, unit: Span) -> list[Span]:
    """Return the words of a part of a text.

    Examples
    --------
    >>> words_of("He said: no", (3, 11))
    [(3, 7), (7, 8), (9, 11)]
    """
    return [found.span() for found in WORD.finditer(text, *unit)]


def tags_of(words: Sequence[Span], attributions: Iterable[Attribution]) -> list[int]:
    """Return the tag of each word; where attributions overlap, the first one counts.

    Examples
    --------
    >>> words = words_of("“No,” he said.", (0, 14))
    >>> tags = tags_of(words, [Attribution(((6, 8),), ((9, 13),), ((0, 5),))])
    >>> [TAGS[tag] for tag in tags[3:]]
    ['inside-content', 'begin-source', 'begin-cue', 'outside']
    """
    tags = [OUTSIDE] * len(words)
    for each in attributions:
        for number, span in enumerate(each.content):
            _put(tags, words, span, "continued" if number else "content")
        for span in each.cue:
            _put(tags, words, span, "cue")
        for span in each.source:
            _put(tags, words, span, "source")
    return tags


def _put(tags: list[int], words: Sequence[Span], span: Span, role: str) -> None:
    begin = 1 + 2 * ROLES.index(role)
    tag = begin
    for place, (start, end) in enumerate(words):
        if span[0] <= start and end <= span[1] and tags[place] == OUTSIDE:
            tags[place] = tag
            tag = begin + 1


def spans_of(
    words: Sequence[Span], tags: Sequence[int], sure: Sequence[float] | None = None
) -> Iterator[Tagged]:
    """Yield the spans that tags make; a word that goes on with nothing begins a span.

    Parameters
    ----------
    sure
        Probability of each tag; 1 if None.

    Examples
    --------
    >>> found = spans_of([(0, 2), (3, 7), (7, 8)], [1, 3, 0])
    >>> [(each.role, each.start, each.end) for each in found]
    [('source', 0, 2), ('cue', 3, 7)]
    """
    first = 0
    for place in range(1, len(words) + 1):
        role = _role(tags[first])
        if place < len(words) and _role(tags[place]) == role and tags[place] % 2 == 0:
            continue
        if role:
            mean = 1.0 if sure is None else sum(sure[first:place]) / (place - first)
            yield Tagged(role, words[first][0], words[place - 1][1], mean)
        first = place


def _role(tag: int) -> str:
    return ROLES[(tag - 1) // 2] if tag != OUTSIDE else ""
