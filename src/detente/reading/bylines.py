"""Who wrote a text, and for which agency? Its first lines tell, where the file does not."""

from __future__ import annotations

import re

from detente.reading.calendar_words import MONTHS, WEEKDAYS

__all__ = ["agency_of", "author_of"]

_LINES = 12
"""How many lines with words are looked at, the title among them."""

_NAME = (
    r"[^\W\d_][\w.'’-]*"
    r"(?: (?:(?:al|bin|da|de|del|den|der|di|el|ibn|la|le|van|von) )*[^\W\d_a-z][\w.'’-]*){1,3}"
)
_BYLINE = re.compile(
    rf"(?:By|BY) ((?:{_NAME}(?:, {_NAME})*,? (?:and|AND) )?{_NAME})"
    r"(?:, [^.]{3,60}| in [^.]{3,30})?"
)
_DATELINE = re.compile(
    r"[A-Z][A-Z .'’/-]+(?:, [^()\n]{2,30})? \(([A-Z][\w .&'’-]{1,30})\) ?[-–—] ?\S"
)


def author_of(text: str) -> str | None:
    r"""Return whom a line such as *By Mara Quill* names, below the title.

    Examples
    --------
    >>> author_of("Talks resume\n\nBy Mara Quill and Jon van Orr, Staff Writers\n\nHe said no.")
    'Mara Quill and Jon van Orr'
    >>> author_of("By Mara Quill\n\nHe said no.\n\nBy Friday Evening\n") is None
    True
    """
    for line in _head(text)[1:]:
        found = _BYLINE.fullmatch(line)
        if found and not _DAYS & set(found[1].lower().split()):
            return found[1]
    return None


_DAYS = frozenset({*MONTHS, *WEEKDAYS}) - {"may"}


def agency_of(text: str) -> str | None:
    r"""Return the agency that a text begins with, behind the place.

    Examples
    --------
    >>> agency_of("Talks resume\n\nPORT LENN, Aug. 24 (North Wire) — He said no.")
    'North Wire'
    """
    for line in _head(text):
        found = _DATELINE.match(line)
        if found:
            return found[1]
    return None


def _head(text: str) -> list[str]:
    lines = (line.strip() for line in text[:4000].split("\n"))
    return [line for line in lines if line][:_LINES]
