"""The points of a plan: numbered lines of a document, in their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.reading.attributions import Span

__all__ = ["PlanPoint", "find_points"]

_NUMBERED = re.compile(
    r"^(?P<form>[ \t]*(?:(?:point|article|item)[ \t]+)?\(?)(?P<number>\d{1,3})"
    r"(?P<mark>[ \t]*[.):–—-])[ \t]+(?P<words>\S[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_FEWEST = 3
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

    A point may have lines below it, with or without numbers of their own; these do not belong to
    its words. Fewer than three numbers in a row are no list.

    Examples
    --------
    >>> text = "The plan\n\n1. The cap is 600,000.\n2. Elections in 100 days.\n\n3. No bases."
    >>> [(point.number, point.text) for point in find_points(text)]
    [(1, 'The cap is 600,000.'), (2, 'Elections in 100 days.'), (3, 'No bases.')]
    """
    best: list[PlanPoint] = []
    runs: list[tuple[str, list[PlanPoint]]] = []  # outer lists before those inside them
    for found in _NUMBERED.finditer(text):
        words = found["words"].rstrip()
        start = found.start("words")
        point = PlanPoint(int(found["number"]), words, (start, start + len(words)))
        form = found["form"].lower() + found["mark"]
        at = _continued(runs, form, point.number)
        if at is not None:
            del runs[at + 1 :]
        elif point.number == 1:
            runs = [*runs[1 - _DEEPEST :], (form, [])]
        else:
            continue
        run = runs[-1][1]
        run.append(point)
        if len(run) > len(best):
            best = run
    return tuple(best) if len(best) >= _FEWEST else ()


def _continued(runs: Sequence[tuple[str, list[PlanPoint]]], form: str, number: int) -> int | None:
    """Which list a number goes on with: one of its own form, or else the innermost."""
    fits = [at for at, (_, run) in enumerate(runs) if run[-1].number + 1 == number]
    same = [at for at in fits if runs[at][0] == form]
    return max(same or fits, default=None)
