"""Lines that were cut to a width, as mail programs do: where is a paragraph one paragraph?"""

from __future__ import annotations

import itertools
import re

__all__ = ["unwrapped"]

_ITEM = re.compile(
    r"\s*(?:[#*_]{1,6}[ \t]?)?"
    r"(?:\d{1,3}[.)]|[•–—*-]\s|\([a-z0-9]{1,3}\)|Article\b|(?:Point|Item)\s\d)"
)
_ENDS = tuple(".!?:;”\"’'")
_NARROW, _WIDE = 45, 110
_FEWEST = 3
_MOSTLY = 0.6


def unwrapped(text: str) -> str:
    r"""Return a text of the same length in which wrapped lines of a paragraph are joined.

    Blocks between blank lines are joined if most of their lines, but the last of each, are of the
    width of a page and end within a sentence; a line that begins an item of a list stays one. A
    text with a paragraph on each line stays as it is.

    Examples
    --------
    >>> line = "The envoy said that the talks would go on for as long as both of the sides"
    >>> unwrapped(f"{line}\n{line}\n{line}\n{line} wished.\n\nNext.").count("\n")
    2
    >>> unwrapped("Short.\nLines.\n")
    'Short.\nLines.\n'
    """
    lines = text.split("\n")
    pairs = [
        (before, line) for before, line in itertools.pairwise(lines)
        if before.strip() and line.strip()
    ]  # fmt: skip
    cut = sum(_inside(before) for before, _ in pairs)
    if cut < _FEWEST or cut < _MOSTLY * len(pairs):
        return text
    found = [lines[0]]
    for before, line in itertools.pairwise(lines):
        goes_on = before.strip() and line.strip() and not _ITEM.match(line)
        found.append(" " if goes_on and len(before) >= _NARROW else "\n")
        found.append(line)
    return "".join(found)


def _inside(line: str) -> bool:
    """Whether a line has the width of a page and ends within a sentence."""
    return _NARROW <= len(line) <= _WIDE and not line.rstrip().endswith(_ENDS)
