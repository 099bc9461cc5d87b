"""Attributions: who said what, by which words, with the characters on which each part stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detente.reading.spans import Span, Spans

__all__ = ["WORD", "Attribution", "units_of"]

WORD = re.compile(r"\w+|[^\w\s]")
"""A word, or one other visible character: what tags and scores count."""

_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution; each part has spans ``(start, end)`` in characters of the whole text.

    Parameters
    ----------
    source
        Who said it; empty where nobody is named.
    cue
        The words that say that it was said; empty for a quotation that stands alone.
    content
        What was said; several spans where it is interrupted.
    """

    source: Spans
    cue: Spans
    content: Spans

    @property
    def start(self) -> int:
        """Where the first of its parts begins."""
        return min(span[0] for span in (*self.source, *self.cue, *self.content))

    @property
    def end(self) -> int:
        """Where the last of its parts ends."""
        return max(span[1] for span in (*self.source, *self.cue, *self.content))

    def moved(self, by: int) -> Attribution:
        """Return it so many characters further on.

        Examples
        --------
        >>> Attribution(((0, 2),), (), ((8, 10),)).moved(5)
        Attribution(source=((5, 7),), cue=(), content=((13, 15),))
        """

        def moved(spans: Spans) -> Spans:
            return tuple((start + by, end + by) for start, end in spans)

        return Attribution(moved(self.source), moved(self.cue), moved(self.content))


def units_of(text: str) -> Iterator[Span]:
    r"""Yield the paragraphs of a text, those that are very long in pieces that end with a sentence.

    Examples
    --------
    >>> list(units_of("One.\n\n Two, three. "))
    [(0, 4), (7, 18)]
    """
    for line in re.finditer(r"\S[^\n]*", text):
        start, end = line.span()
        end -= len(line.group()) - len(line.group().rstrip())
        while end - start > _LONGEST:
            cut = _cut(text, start, start + _LONGEST)
            yield start, cut
            start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
        yield start, end


def _cut(text: str, start: int, last: int) -> int:
    """The end of the last sentence, else word, else character before a place."""
    piece = text[start:last]
    ends = [found.end() for found in re.finditer(r"[.!?][\"”’)]?(?=\s)", piece)]
    if ends and ends[-1] > _LONGEST // 3:
        return start + ends[-1]
    blank = max(piece.rfind(" "), piece.rfind("\t"))
    return start + blank if blank > 0 else last
