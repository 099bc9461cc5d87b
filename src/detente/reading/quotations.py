"""Where quotation marks stand, paragraph by paragraph, and how much of a speech is in them.

A quotation that is not closed at the end of its paragraph is taken to go on in the next one if that
begins with a quotation mark; an apostrophe is no quotation mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from detente.reading.attributions import Span

__all__ = ["kind_of", "quotations_of"]

_MARK = re.compile(r"[“”\"]|''|(?<!\w)‘(?=[\w(\[])|(?<=[\w.,!?…])’(?!\w)")
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


def kind_of(text: str, content: Iterable[Span]) -> str:
    """Return ``direct``, ``mixed`` or ``indirect``: how much of a content is in quotation marks.

    Direct if at least four words in five are, mixed if any is.

    Examples
    --------
    >>> text = 'He said the cap was “a red line”. “We will not sign,” he said.'
    >>> kind_of(text, [(8, 33)]), kind_of(text, [(34, 53)]), kind_of(text, [(8, 15)])
    ('mixed', 'direct', 'indirect')
    >>> kind_of("''It's over,'' he said.", [(0, 14)])
    'direct'
    """
    words = inside = 0
    for start, end in content:
        line = text.rfind("\n", 0, start) + 1
        stop = text.find("\n", end)
        quoted = list(quotations_of(text, (line, len(text) if stop < 0 else stop)))
        for word in re.finditer(r"\w+", text[start:end]):
            words += 1
            place = start + word.start()
            inside += any(first <= place < last for first, last in quoted)
    if not inside:
        return "indirect"
    return "direct" if inside >= _MOSTLY * words else "mixed"
