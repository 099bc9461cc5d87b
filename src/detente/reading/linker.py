"""Which source, cue and content belong together? Nearness within the paragraph.

Spans that only a few words divide are one. Every content takes the nearest cue that no nearer
content wants, then the source nearest to that cue; what goes on after an interruption joins the
content before it. A content without a cue is no attribution.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from detente.reading.attributions import Attribution, Span, Spans
from detente.reading.tags import Tagged

__all__ = ["link", "link_units"]

_STOPS = frozenset(".!?")
_SENTENCE, _SPAN = 60, 40
"""What the end of a sentence, and another span, between two spans count in characters."""

_MOST_BETWEEN = 2
_FEWEST_LETTERS = 2


def link(text: str, spans: Iterable[Tagged]) -> list[Attribution]:
    """Return the attributions of one paragraph.

    Examples
    --------
    >>> text = "“No,” he said. “Never.” Others said maybe."
    >>> spans = [Tagged("content", 0, 5), Tagged("source", 6, 8), Tagged("cue", 9, 13),
    ...          Tagged("continued", 15, 23), Tagged("source", 24, 30), Tagged("cue", 31, 35),
    ...          Tagged("content", 36, 41)]
    >>> [(each.source, each.content) for each in link(text, spans)]
    [(((6, 8),), ((0, 5), (15, 23))), (((24, 30),), ((36, 41),))]
    """
    found = joined(text, spans)
    contents = _contents(text, found)
    cues = [(each.start, each.end) for each in found if each.role == "cue"]
    sources = [(each.start, each.end) for each in found if each.role == "source"]
    with_cue = _nearest(text, contents, cues, found)
    anchors = [(cues[cue],) for cue in with_cue.values()]
    with_source = _nearest(text, anchors, sources, found)
    made = [
        Attribution(
            (sources[with_source[place]],) if place in with_source else (),
            (cues[cue],),
            contents[content],
        )
        for place, (content, cue) in enumerate(with_cue.items())
    ]
    return sorted(made, key=lambda each: each.start)


def joined(text: str, spans: Iterable[Tagged]) -> list[Tagged]:
    """Return spans in order, those of one role joined that a few words of a sentence divide.

    Examples
    --------
    >>> joined("the cap of troops", [Tagged("content", 0, 7), Tagged("content", 11, 17)])
    [Tagged(role='content', start=0, end=17)]
    """
    found: list[Tagged] = []
    for each in sorted(spans, key=lambda span: span.start):
        if found and (each.role, found[-1].role) in _ALIKE:
            between = text[found[-1].end : each.start]
            if len(between.split()) <= _MOST_BETWEEN and not _STOPS & set(between):
                found[-1] = replace(found[-1], end=each.end)
                continue
        found.append(each)
    return found


_ALIKE = frozenset(
    {(role, role) for role in ("source", "cue", "content", "continued")}
    | {("continued", "content")}
)


def _contents(text: str, found: Sequence[Tagged]) -> list[Spans]:
    contents: list[Spans] = []
    for each in found:
        span = (each.start, each.end)
        if sum(map(str.isalnum, text[each.start : each.end])) < _FEWEST_LETTERS:
            continue
        if each.role == "content" or (each.role == "continued" and not contents):
            contents.append((span,))
        elif each.role == "continued":
            contents[-1] = (*contents[-1], span)
    return contents


def _nearest(
    text: str, wanting: Sequence[Spans], offered: Sequence[Span], found: Sequence[Tagged]
) -> dict[int, int]:
    """Pair what lies nearest first, each once; what lies between counts as far."""
    pairs = sorted(
        (_distance(text, want, offer, found), one, other)
        for one, want in enumerate(wanting)
        for other, offer in enumerate(offered)
    )
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for _, one, other in pairs:
        if one not in chosen and other not in taken:
            chosen[one] = other
            taken.add(other)
    return dict(sorted(chosen.items()))


def _distance(text: str, one: Spans, other: Span, found: Sequence[Tagged]) -> int:
    ways = []
    for each in one:
        low, high = min(each[1], other[1]), max(each[0], other[0])
        between = text[low:high]
        ways.append(
            max(0, high - low)
            + _SENTENCE * sum(between.count(stop) for stop in _STOPS)
            + _SPAN * sum(1 for span in found if low <= span.start and span.end <= high)
        )
    return min(ways)


def link_units(text: str, units: Iterable[Sequence[Tagged]]) -> list[Attribution]:
    """Return the attributions of a text whose paragraphs are tagged.

    A content that goes on at the head of a paragraph joins the last one before, as a quotation
    over several paragraphs does.
    """
    found: list[Attribution] = []
    for tagged in units:
        ordered = sorted(tagged, key=lambda each: each.start)
        roles = [each.role for each in ordered]
        first = roles.index("continued") if "continued" in roles else None
        if found and first is not None and "content" not in roles[:first]:
            more, last = ordered.pop(first), found[-1]
            found[-1] = replace(last, content=(*last.content, (more.start, more.end)))
        found += link(text, ordered)
    return found
