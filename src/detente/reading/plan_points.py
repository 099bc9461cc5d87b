"""The points of a plan: numbered lines of a document, in their order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.reading.attributions import Span

__all__ = ["PlanPoint", "find_points"]

_NUMBERED = re.compile(
    r"^[ \t]*(?:(?:point|article|item)\s+)?(?P<number>\d{1,3})\s*[.):–—-]\s+(?P<words>\S[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_FEWEST = 3


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

    A point may have lines below it that bear no number; these do not belong to its words. Fewer
    than three numbers in a row are no list.

    Examples
    --------
    >>> text = "The plan\n\n1. The cap is 600,000.\n2. Elections in 100 days.\n\n3. No bases."
    >>> [(point.number, point.text) for point in find_points(text)]
    [(1, 'The cap is 600,000.'), (2, 'Elections in 100 days.'), (3, 'No bases.')]
    """
    best: list[PlanPoint] = []
    run: list[PlanPoint] = []
    for found in _NUMBERED.finditer(text):
        number = int(found["number"])
        point = PlanPoint(number, found["words"].rstrip(), found.span("words"))
        if run and number == run[-1].number + 1:
            run.append(point)
        elif number == 1:
            run = [point]
        else:
            continue
        if len(run) > len(best):
            best = run
    return tuple(best) if len(best) >= _FEWEST else ()
