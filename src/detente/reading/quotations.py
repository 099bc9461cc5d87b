"""Where quotation marks stand, paragraph by paragraph.

A quotation that is not closed at the end of its paragraph is taken to go on in the next one if that
begins with a quotation mark; an apostrophe is no quotation mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.reading.attributions import Span

__all__ = ["quotations_of"]

_MARK = re.compile(r"[“”\"]|''|(?<!\w)‘(?=\w)|(?<=[\w.,!?…])’(?!\w)")
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
