"""What a document says: attributions with speakers and stances, points, quantities, places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from detente.reading.attributions.attribution import Attribution
from detente.reading.attributions.nested import find_nested
from detente.reading.attributions.quotations import Quotations
from detente.reading.documents import Document, open_document
from detente.reading.engines import Engine
from detente.reading.languages import is_english
from detente.reading.places.find import Place, find_places
from detente.reading.plan_points import PlanPoint, find_points
from detente.reading.quantities.find import find_quantities
from detente.reading.quantities.quantity import Quantity
from detente.reading.spans import Span, Spans
from detente.reading.speakers.known import Known
from detente.reading.speakers.resolve import Speaker, resolve
from detente.reading.stances.find import Stance, find_stance
from detente.reading.stances.weighed import weighed_stance
from detente.reading.wrapped import unwrapped

__all__ = ["Read", "Said", "read_document"]


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution, with who is meant and how it stands toward what it speaks of.

    Parameters
    ----------
    kind
        ``direct``, ``indirect`` or ``mixed`` speech.
    stance
        Its places are offsets into ``passage``, whose words begin where the attribution does.
    passage
        From the first to the last character of the content, and of the cue where it decided.
    nested
        What others are told to say within the content.
    """

    attribution: Attribution
    kind: str
    speaker: Speaker
    stance: Stance
    passage: tuple[int, int]
    nested: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """A document as it was read; ``notes`` say what the reader should know."""

    document: Document
    said: tuple[Said, ...]
    points: tuple[PlanPoint, ...]
    quantities: tuple[Quantity, ...]
    places: tuple[Place, ...]
    notes: tuple[str, ...]


def read_document(
    path: Path, engine: Engine, known: Known | None = None, *, known_places: Iterable[str] = ()
) -> Read:
    """Return what a document says.

    Parameters
    ----------
    engine
        What reads, :func:`detente.reading.engines.open_engine`.
    known
        The people and actors of a case.
    known_places
        Names of places that a case speaks of.

    Raises
    ------
    RequestError
        If the file cannot be read; the message names it.
    """
    document = open_document(path)
    text = unwrapped(document.text)
    if not is_english(text):
        note = "The text is not English, so that nothing is read from it."
        return Read(document, (), (), (), (), (*document.notes, note))
    said = _all_said(text, engine, known)
    return Read(
        document, said, find_points(text), find_quantities(text, written=document.date),
        find_places(text, known_places), document.notes,
    )  # fmt: skip


def _all_said(text: str, engine: Engine, known: Known | None) -> tuple[Said, ...]:
    attributions = engine.attributions(text)
    nested = find_nested(text, attributions, engine.attributions)
    speakers = resolve(text, attributions, known, [each for within in nested for each in within])
    others = iter(speakers[len(attributions) :])
    told = [
        [(each, other) for each in within if not _is_own(speaker, other := next(others))]
        for within, speaker in zip(nested, speakers, strict=False)
    ]
    inner = [each for within in told for each in within]
    own = _without(text, [each for each, _ in inner])  # which tells nothing of those who tell it
    outer = list(zip(attributions, speakers, strict=False))
    stances = _stances(
        [(own, each) for each, _ in outer] + [(text, each) for each, _ in inner], engine
    )
    quotations = Quotations(text)
    said = [
        Said(each, quotations.kind_of(each.content), speaker, stance, passage)
        for (each, speaker), (passage, stance) in zip((*outer, *inner), stances, strict=True)
    ]
    rest = iter(said[len(outer) :])
    return tuple(
        replace(each, nested=tuple(next(rest) for _ in within))
        for each, within in zip(said, told, strict=False)
    )


def _is_own(speaker: Speaker, other: Speaker) -> bool:
    """Whether others are the actor for which a speaker speaks: that is no hearsay."""
    return other.actor is not None and other.person is None and other.actor == speaker.actor


def _without(text: str, nested: Sequence[Attribution]) -> str:
    letters = list(text)
    for each in nested:
        for start, end in (*each.cue, *each.content):
            letters[start:end] = " " * (end - start)
    return "".join(letters)


def _stances(told: Sequence[tuple[str, Attribution]], engine: Engine) -> list[tuple[Span, Stance]]:
    """How attributions stand, each with the passage in which the places of its stance lie."""
    found = [_by_words(text, each) for text, each in told]
    if engine.opinions is None:
        return found
    wide = [_around((*each.cue, *each.content)) for _, each in told]
    passages = [text[slice(*span)] for (text, _), span in zip(told, wide, strict=True)]
    opinions = engine.opinions(passages)
    for at, (_, stance) in enumerate(found):
        if (weighed := weighed_stance(passages[at], stance, opinions[at])) is not stance:
            span = found[at][0] if weighed.level is None else wide[at]
            found[at] = span, weighed
    return found


def _by_words(text: str, attribution: Attribution) -> tuple[Span, Stance]:
    """What is said decides; if it does not, the word for saying it may."""
    span = _around(attribution.content)
    stance = find_stance(text[slice(*span)])
    if stance.level is None:
        wide = _around((*attribution.cue, *attribution.content))
        wider = find_stance(text[slice(*wide)])
        if wider.level is not None:
            return wide, wider
    return span, stance


def _around(parts: Spans) -> Span:
    return min(each[0] for each in parts), max(each[1] for each in parts)
