"""The points of a plan: what is numbered in a document, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from detente.reading.spans import Span

__all__ = ["PlanPoint", "find_points"]

_NAME = r"(?:point|article|item)[ \t\xa0]+"
_NUMBER = (
    r"^(?P<form>[ \t]*(?P<markdown>(?:\#{1,6}[ \t]+)?(?P<bold>\*{1,3}|_{1,3})?)"
    rf"(?P<name>{_NAME})?\(?)(?P<number>\d{{1,3}})"
)
_BOLD_ENDS = r"(?(bold)[*_]{0,3})"
_AT_HEAD = re.compile(
    rf"{_NUMBER}(?P<mark>[ \t]*[.):–—-]){_BOLD_ENDS}[ \t\xa0]+(?P<words>\S[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_NO_OTHER = rf"(?![^\w\n]*{_NAME}\d{{1,3}}[^\w\n]*$)"
_ABOVE = re.compile(
    rf"{_NUMBER}(?(name)|(?!))(?P<mark>(?:[ \t]*[.):–—-])?){_BOLD_ENDS}[ \t]*$"
    rf"(?=\s+{_NO_OTHER}(?:\(?\d{{1,3}}[.)][ \t\xa0]+)?(?P<words>\S[^\n]*)$)",
    re.IGNORECASE | re.MULTILINE,
)
"""A number at the head of its words, and one with a name that stands above them: of *Article 1*
these are the words of the next line that is not *Article 2*, without a number of their own."""

_FEWEST = 3
_LONGEST = 4_000  # characters
_BLANK_LINE = re.compile(r"\n\s*\n")
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class PlanPoint:
    """One numbered point of a document.

    Parameters
    ----------
    span
        Of its words, without the number.
    """

    number: int
    text: str
    span: Span


def find_points(text: str) -> tuple[PlanPoint, ...]:
    r"""Return the numbered points of the longest list of a text that counts up from 1.

    A number stands at the head of a line, plain or with the marks of Markdown, or alone above its
    words if it has a name, as *Article 1*; lists of these three kinds are counted apart. A point
    may have lines below it, with or without numbers of their own; these belong to its words only
    where they end with a colon. Fewer than three numbers in a row are no list.

    Examples
    --------
    >>> text = "The plan\n\n1. The cap is 600,000.\n2. Elections in 100 days.\n\n3. No bases."
    >>> [(point.number, point.text) for point in find_points(text)]
    [(1, 'The cap is 600,000.'), (2, 'Elections in 100 days.'), (3, 'No bases.')]
    >>> text = "Article 1\nThe cap is 600,000.\n\nArticle 2\nElections.\n\nArticle 3\nNo bases."
    >>> [(point.number, point.text) for point in find_points(text)]
    [(1, 'The cap is 600,000.'), (2, 'Elections.'), (3, 'No bases.')]
    """
    at_head = list(_AT_HEAD.finditer(text))
    named = [found for found in at_head if found["name"]]
    kinds = (
        [found for found in at_head if not found["markdown"]],
        [found for found in at_head if found["markdown"]],
        sorted([*named, *_ABOVE.finditer(text)], key=re.Match.start),
    )
    best = max(map(_longest, kinds), key=len)
    if len(best) < _FEWEST:
        return ()
    ends = [*(found.start() for found in best[1:]), None]
    return tuple(_point(text, found, end) for found, end in zip(best, ends, strict=True))


def _longest(numbers: Iterable[re.Match[str]]) -> Sequence[re.Match[str]]:
    """The longest list of numbers of one kind, and of lists of the same length the first."""
    best: list[re.Match[str]] = []
    runs: list[tuple[str, list[re.Match[str]]]] = []  # outer lists before those inside them
    for found in numbers:
        form = found["form"].lower() + found["mark"]
        at = _continued(runs, form, int(found["number"]))
        if at is not None:
            del runs[at + 1 :]
        elif int(found["number"]) == 1:
            runs = [*runs[1 - _DEEPEST :], (form, [])]
        else:
            continue
        run = runs[-1][1]
        run.append(found)
        if len(run) > len(best):
            best = run
    return best


def _point(text: str, found: re.Match[str], end: int | None) -> PlanPoint:
    """The point of a number; ``end`` is where the next number begins, None after the last."""
    words = found["words"].rstrip()
    if found["markdown"]:
        words = words.rstrip(" \t*_#") or words
    start = found.start("words")
    if words.endswith(":"):
        below = text[start : start + _LONGEST if end is None else min(end, start + _LONGEST)]
        words = (below if end is not None else _BLANK_LINE.split(below)[0]).rstrip()
    return PlanPoint(int(found["number"]), words, (start, start + len(words)))


def _continued(
    runs: Sequence[tuple[str, list[re.Match[str]]]], form: str, number: int
) -> int | None:
    """Which list a number goes on with: one of its own form, or else the innermost."""
    fits = [at for at, (_, run) in enumerate(runs) if int(run[-1]["number"]) + 1 == number]
    same = [at for at in fits if runs[at][0] == form]
    return max(same or fits, default=None)
