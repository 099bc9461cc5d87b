"""Contents and the quotations they stand in: a quotation belongs as a whole to who said it."""

from __future__ import annotations

import bisect
from collections.abc import Iterator

from detente.reading.attributions.attribution import Attribution
from detente.reading.spans import Span

__all__ = ["Quoted", "meet"]

_FEWEST = 3
_LONGEST_FRAME = 25


def meet(one: Span, other: Span) -> bool:
    """Return whether two spans have a character in common.

    Examples
    --------
    >>> meet((0, 3), (2, 5)), meet((0, 3), (3, 5))
    (True, False)
    """
    return one[0] < other[1] and other[0] < one[1]


class Quoted:
    """The paragraphs and quotations of a text, each in order, none of a kind overlapping.

    Examples
    --------
    >>> text = "“We wait,” she said. “We go on.”"
    >>> quoted = Quoted(text, [(0, 32)], [(0, 10), (21, 32)])
    >>> said = Attribution(((11, 14),), ((15, 19),), ((1, 8),))
    >>> [each.content for each in quoted.completed([said])]
    [((0, 10), (21, 32))]
    """

    def __init__(self, text: str, units: list[Span], quotations: list[Span]) -> None:
        self.text = text
        self.units = units
        self.quotations = quotations
        self._starts = [start for start, _ in quotations]
        self._unit_starts = [start for start, _ in units]

    def unit(self, place: int) -> Span:
        """Return the paragraph that holds a place."""
        return self.units[max(0, bisect.bisect_right(self._unit_starts, place) - 1)]

    def first_after(self, place: int) -> Span | None:
        """Return the first quotation that begins at a place or later."""
        found = bisect.bisect_left(self._starts, place)
        return self.quotations[found] if found < len(self.quotations) else None

    def completed(self, taken: list[Attribution]) -> Iterator[Attribution]:
        """Yield contents filled up to whole quotations; the rest goes to who spoke before."""
        used: set[Span] = set()
        done = []
        for each in taken:
            content = tuple(self._filled(span, each, used) for span in each.content)
            done.append(Attribution(each.source, each.cue, content))
        done.sort(key=lambda each: each.start)
        for quotation in self.quotations:
            if quotation in used or len(self.text[slice(*quotation)].split()) < _FEWEST:
                continue
            if any(meet(quotation, span) for each in done for span in each.content):
                continue
            self._give(quotation, done)
        yield from done

    def _filled(self, span: Span, each: Attribution, used: set[Span]) -> Span:
        """A content that begins or ends in a quotation has all of it, up to source and cue."""
        start, end = span
        for quotation in self.meeting(span):
            covered = min(end, quotation[1]) - max(start, quotation[0])
            if covered * 2 >= quotation[1] - quotation[0] or start != quotation[1] - 1:
                blocked = any(meet(quotation, part) for part in (*each.source, *each.cue))
                if not blocked:
                    used.add(quotation)
                    start, end = min(start, quotation[0]), max(end, quotation[1])
        return start, end

    def _give(self, quotation: Span, done: list[Attribution]) -> None:
        """Let a quotation go on with what was said before it, in this paragraph or the last one."""
        unit = self.unit(quotation[0])
        alone = not self.text[unit[0] : quotation[0]].strip()
        first = unit[0]
        if alone:
            place = self.units.index(unit)
            first = self.units[max(0, place - 1)][0]
        before = [
            place for place, each in enumerate(done)
            if first <= max(each.start, each.content[-1][1] - 1) < quotation[0]
            and self._quoted(each)
        ]  # fmt: skip
        if before and (
            self._sentence_like(quotation) or self._goes_on(quotation, done[before[-1]])
        ):
            last = done[before[-1]]
            done[before[-1]] = Attribution(last.source, last.cue, (*last.content, quotation))

    def _goes_on(self, quotation: Span, last: Attribution) -> bool:
        """Whether it ends a sentence that source and cue interrupt: *“We,” he said, “go on.”*"""
        end = last.content[-1][1]
        between = self.text[end : quotation[0]]
        return (
            end < quotation[0]
            and len(between.split()) <= _LONGEST_FRAME
            and between.rstrip().endswith(",")
            and self.text[end - 2 : end - 1] == ","
        )

    def _sentence_like(self, quotation: Span) -> bool:
        """Whether it is a sentence of its own and no words in passing."""
        start, end = quotation
        inside = self.text[start + 1 : end]
        lead = self.text[max(0, start - 2) : start].strip()
        ends = inside.rstrip('”"’')[-1:] in (".", "!", "?", "…")
        return inside[:1].isupper() and ends and (not lead or lead[-1] in '.!?:”"')

    def _quoted(self, each: Attribution) -> bool:
        return any(
            self.text[start] in '“"‘' or self.text[end - 1] in '”"’' for start, end in each.content
        )

    def meeting(self, span: Span) -> list[Span]:
        """Return the quotations that have a character in common with a span."""
        place = max(0, bisect.bisect_right(self._starts, span[0]) - 1)
        found = []
        while place < len(self.quotations) and self.quotations[place][0] < span[1]:
            if meet(self.quotations[place], span):
                found.append(self.quotations[place])
            place += 1
        return found
