"""Which source, cue and content belong together? Nearness within the paragraph.

Spans that only a few words of one sentence divide are one. Every content takes the nearest cue that
no nearer content wants, then the source nearest to that cue that no nearer cue wants; a cue that is
left without takes the one before it in its sentence (*she refused, saying that*). A content that
goes on after an interruption, or has no cue of its own, joins what was said before it; without
anything to join it is an attribution of nobody. What is not likely enough as a whole is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from detente.reading.attributions.attribution import Attribution
from detente.reading.attributions.tags import Tagged
from detente.reading.spans import Span, Spans

__all__ = ["joined", "link", "link_units"]

_SENTENCE, _SPAN = 60, 40
"""What the end of a sentence, and another span, between two spans count in characters."""

_MOST_BETWEEN = 2
_FEWEST_LETTERS = 2
_UNNAMED = 0.5
"""What a source that is not there counts in the confidence of an attribution."""

_STOP = re.compile(r"[.!?]")
_SHORTENED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|St|Lt|Col|Capt|Prof|Jr|Sr|vs|No|[A-Z])$"
)
_NAME_AFTER = re.compile(r"\.\s+[\w’'-]+")
_QUOTES = "“\"‘'"


def link(text: str, spans: Iterable[Tagged], *, least: float = 0.0) -> list[Attribution]:
    """Return the attributions of one paragraph.

    Parameters
    ----------
    least
        The confidence from which on an attribution is taken: the mean over its parts.

    Examples
    --------
    >>> text = "“No,” he said. “Never.” Others said maybe."
    >>> spans = [Tagged("content", 0, 5), Tagged("source", 6, 8), Tagged("cue", 9, 13),
    ...          Tagged("continued", 15, 23), Tagged("source", 24, 30), Tagged("cue", 31, 35),
    ...          Tagged("content", 36, 41)]
    >>> [(each.source, each.content) for each in link(text, spans)]
    [(((6, 8),), ((0, 5), (15, 23))), (((24, 30),), ((36, 41),))]
    >>> text = "She refused the draft, saying it came late."
    >>> spans = [Tagged("source", 0, 3), Tagged("cue", 4, 11), Tagged("content", 12, 21),
    ...          Tagged("cue", 23, 29), Tagged("content", 30, 42)]
    >>> [each.source for each in link(text, spans)]
    [((0, 3),), ((0, 3),)]
    """
    found = joined(text, spans)
    contents = _contents(text, found)
    cues = [each for each in found if each.role == "cue"]
    sources = [each for each in found if each.role == "source"]
    with_cue = _nearest(text, [_spans(each) for each in contents], cues, found)
    anchors = [_spans([cues[cue]]) for cue in with_cue.values()]
    with_source = _nearest(text, anchors, sources, found)
    made = []
    for place, (content, cue) in enumerate(with_cue.items()):
        if place in with_source:
            source = [sources[with_source[place]]]
        else:
            source = _said_on(text, cues[cue], sources, found)
        if _confidence(source, [cues[cue]], contents[content]) >= least:
            made.append(Attribution(_spans(source), _spans([cues[cue]]), _spans(contents[content])))
    for place, each in enumerate(contents):
        if place not in with_cue and made:
            near = _nearest_of(text, made, _spans(each), found)
            more = tuple(sorted((*made[near].content, *_spans(each))))
            made[near] = replace(made[near], content=more)
    return sorted(made, key=lambda each: each.start)


def joined(text: str, spans: Iterable[Tagged]) -> list[Tagged]:
    """Return spans in order, those of one role joined that a few words of a sentence divide.

    A name that was cut after a shortened title, or an initial, is made whole.

    Examples
    --------
    >>> [(each.start, each.end) for each in
    ...  joined("the cap of Mr. Orr", [Tagged("content", 0, 7), Tagged("content", 11, 13)])]
    [(0, 18)]
    """
    found: list[Tagged] = []
    for each in sorted(spans, key=lambda span: span.start):
        if found and (each.role, found[-1].role) in _ALIKE:
            between = text[found[-1].end : each.start]
            near = len(between.split()) <= _MOST_BETWEEN
            two = each.role == "cue" and "," in between  # he *told* us, *adding*
            if near and not two and not _stops(text, found[-1].end, each.start):
                found[-1] = replace(found[-1], end=each.end)
                continue
        found.append(each)
    ends = [*(each.start for each in found[1:]), len(text)][: len(found)]
    return [_made_whole(text, each, end) for each, end in zip(found, ends, strict=True)]


_ALIKE = frozenset(
    {(role, role) for role in ("source", "cue", "content", "continued")}
    | {("continued", "content")}
)


def _stops(text: str, start: int, end: int) -> int:
    """How many sentences end between two places; a shortened word ends none."""
    return sum(
        1
        for found in _STOP.finditer(text, start, end)
        if found.group() != "."
        or not _SHORTENED.search(text[max(0, found.start() - 6) : found.start()])
    )


def _made_whole(text: str, each: Tagged, end: int) -> Tagged:
    if _SHORTENED.search(text[each.start : each.end]):
        name = _NAME_AFTER.match(text, each.end)
        if name and name.end() <= end:
            return replace(each, end=name.end())
    return each


def _spans(tagged: Iterable[Tagged]) -> Spans:
    return tuple((each.start, each.end) for each in tagged)


def _contents(text: str, found: Sequence[Tagged]) -> list[list[Tagged]]:
    contents: list[list[Tagged]] = []
    for each in found:
        if sum(map(str.isalnum, text[each.start : each.end])) < _FEWEST_LETTERS:
            continue
        if each.role == "content" or (each.role == "continued" and not contents):
            contents.append([each])
        elif each.role == "continued":
            contents[-1].append(each)
    return contents


def _nearest(
    text: str, wanting: Sequence[Spans], offered: Sequence[Tagged], found: Sequence[Tagged]
) -> dict[int, int]:
    """Pair what lies nearest first, each once; what lies between counts as far."""
    pairs = sorted(
        (_distance(text, want, (offer.start, offer.end), found), one, other)
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


def _confidence(source: Sequence[Tagged], *others: Sequence[Tagged]) -> float:
    """Of an attribution: the mean over its parts, each the mean over its spans."""
    named = [source, *others] if source else others
    means = [sum(each.confidence for each in part) / len(part) for part in named]
    if not source:
        means.append(_UNNAMED)
    return sum(means) / len(means)


def _said_on(
    text: str, cue: Tagged, sources: Sequence[Tagged], found: Sequence[Tagged]
) -> list[Tagged]:
    """Whoever stands nearest before a cue in its sentence, as of *he left, saying that*."""
    before = [
        each for each in sources if each.end <= cue.start and not _stops(text, each.end, cue.start)
    ]
    here = _spans([cue])
    return sorted(before, key=lambda each: _distance(text, here, (each.start, each.end), found))[:1]


def _nearest_of(
    text: str, made: Sequence[Attribution], content: Spans, found: Sequence[Tagged]
) -> int:
    """The attribution whose content is nearest; one before rather than one after."""

    def distance(place: int) -> int:
        theirs = made[place].content
        after = theirs[-1][1] > content[0][0]
        return min(_distance(text, theirs, span, found) for span in content) + after * _SPAN // 2

    return min(range(len(made)), key=distance)


def _distance(text: str, one: Spans, other: Span, found: Sequence[Tagged]) -> int:
    ways = []
    for each in one:
        low, high = min(each[1], other[1]), max(each[0], other[0])
        ways.append(
            max(0, high - low)
            + _SENTENCE * _stops(text, low, high)
            + _SPAN * sum(1 for span in found if low <= span.start and span.end <= high)
        )
    return min(ways)


def link_units(
    text: str, units: Iterable[Sequence[Tagged]], *, least: float = 0.0
) -> list[Attribution]:
    r"""Return the attributions of a text whose paragraphs are tagged.

    A content that goes on at the head of a paragraph joins the last one before, as a quotation
    over several paragraphs does; so does a quoted paragraph in which nobody is named.

    Parameters
    ----------
    least
        As of :func:`link`.

    Examples
    --------
    >>> text = "“We wait,” she said.\n\n“And we hope.”"
    >>> tagged = [[Tagged("content", 0, 10), Tagged("source", 11, 14), Tagged("cue", 15, 19)],
    ...           [Tagged("content", 22, 36)]]
    >>> [each.content for each in link_units(text, tagged)]
    [((0, 10), (22, 36))]
    """
    found: list[Attribution] = []
    for tagged in units:
        ordered = sorted(tagged, key=lambda each: each.start)
        roles = [each.role for each in ordered]
        first = roles.index("continued") if "continued" in roles else None
        if found and first is not None and "content" not in roles[:first]:
            found[-1] = _longer(found[-1], [ordered.pop(first)])
        made = link(text, ordered, least=least)
        if not made and ordered and "cue" not in roles:
            found[-1:] = _with_alone(text, found[-1:], ordered, least)
        found += made
    return found


def _with_alone(
    text: str, last: list[Attribution], ordered: Sequence[Tagged], least: float
) -> list[Attribution]:
    """The last attribution, and what a paragraph without a cue makes of it or beside it."""
    alone = [each for each in ordered if each.role in ("content", "continued")]
    if not alone:
        return last
    if last and _head(text, alone[0].start) in _QUOTES:
        return [_longer(last[0], alone)]
    source = [each for each in ordered if each.role == "source"][:1]
    if _confidence(source, alone) < least:
        return last
    return [*last, Attribution(_spans(source), (), _spans(alone))]


def _longer(attribution: Attribution, more: Iterable[Tagged]) -> Attribution:
    return replace(attribution, content=(*attribution.content, *_spans(more)))


def _head(text: str, place: int) -> str:
    """The first character of the paragraph of a place."""
    return text[text.rfind("\n", 0, place) + 1 :][:1] or " "
