"""Where quotation marks stand, paragraph by paragraph, and how much of a speech is in them.

A quotation that is not closed at the end of its paragraph is taken to go on in the next one if that
begins with a quotation mark; an apostrophe is no quotation mark.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from detente.reading.spans import Span

__all__ = ["Quotations", "quotations_of"]

_MARK = re.compile(r"[“”\"]|''|(?<!\w)‘(?=[\w(\[])|(?<=[\w.,!?…])’(?!\w)")
_WORD = re.compile(r"\w+")
_MOSTLY = 0.8
_CLOSES = {"“": "”", '"': '"', "‘": "’", "''": "''"}


def quotations_of(text: str, unit: Span) -> Iterator[Span]:
    """Yield the quotations of a paragraph with their marks, the outer ones only.

    Examples
    --------
    >>> text = "“No,” he said, “it isn’t what we ‘want’.” So ended “the day"
    >>> [text[start:end] for start, end in quotations_of(text, (0, len(text)))]
    ['“No,”', '“it isn’t what we ‘want’.”', '“the day']
    """
    start, closing = -1, ""
    for mark in _MARK.finditer(text, *unit):
        if start < 0:
            if mark.group() in _CLOSES:
                start, closing = mark.start(), _CLOSES[mark.group()]
        elif mark.group() == closing or (closing == "”" and mark.group() == '"'):
            yield start, mark.end()
            start = -1
    if start >= 0:
        yield start, unit[1]


class Quotations:
    """The quotations of a text, to tell how much of a speech is in them.

    Examples
    --------
    >>> text = 'He said the cap was “a red line”. “We will not sign,” he said.'
    >>> kind_of = Quotations(text).kind_of
    >>> kind_of([(8, 33)]), kind_of([(34, 53)]), kind_of([(8, 15)])
    ('mixed', 'direct', 'indirect')
    >>> Quotations("''It's over,'' he said.").kind_of([(0, 14)])
    'direct'
    """

    def __init__(self, text: str) -> None:
        self._text = text
        lines = (found.span() for found in re.finditer(r"[^\n]+", text))
        self._spans = [span for line in lines for span in quotations_of(text, line)]
        self._starts = [start for start, _ in self._spans]

    def kind_of(self, content: Iterable[Span]) -> str:
        """Return ``direct``, ``mixed`` or ``indirect``.

        Direct if at least four words in five are in quotation marks, mixed if any is.
        """
        places = [
            found.start()
            for start, end in content
            for found in _WORD.finditer(self._text, start, end)
        ]
        inside = sum(map(self._has, places))
        if not inside:
            return "indirect"
        return "direct" if inside >= _MOSTLY * len(places) else "mixed"

    def _has(self, place: int) -> bool:
        before = bisect_right(self._starts, place)
        return before > 0 and place < self._spans[before - 1][1]
