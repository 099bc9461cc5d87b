"""What a document says: attributions with speakers and stances, points and quantities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from detente.reading.attributions import Attribution, Span, Spans, kind_of
from detente.reading.documents import Document, open_document
from detente.reading.engines import Engine
from detente.reading.languages import is_english
from detente.reading.nested import find_nested
from detente.reading.plan_points import PlanPoint, find_points
from detente.reading.quantities import find_quantities
from detente.reading.quantity import Quantity
from detente.reading.speakers import Known, Speaker, resolve
from detente.reading.stance import Stance, find_stance
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
    notes: tuple[str, ...]


def read_document(path: Path, engine: Engine, known: Known | None = None) -> Read:
    """Return what a document says.

    Parameters
    ----------
    engine
        What finds attributions, :func:`detente.reading.engines.open_engine`.
    known
        The people and actors of a case.

    Raises
    ------
    RequestError
        If the file cannot be read; the message names it.
    """
    document = open_document(path)
    text = unwrapped(document.text)
    if not is_english(text):
        note = "The text is not English, so that nothing is read from it."
        return Read(document, (), (), (), (*document.notes, note))
    said = _all_said(text, engine, known)
    return Read(
        document, said, find_points(text), find_quantities(text, written=document.date),
        document.notes,
    )  # fmt: skip


def _all_said(text: str, engine: Engine, known: Known | None) -> tuple[Said, ...]:
    attributions = engine(text)
    nested = find_nested(text, attributions, engine)
    inner = [each for within in nested for each in within]
    speakers = iter(resolve(text, attributions, known, inner))
    own = _without(text, inner)
    outer = [_said(own, each, next(speakers)) for each in attributions]
    return tuple(
        replace(each, nested=tuple(_said(text, one, next(speakers)) for one in within))
        for each, within in zip(outer, nested, strict=True)
    )


def _without(text: str, nested: Sequence[Attribution]) -> str:
    """A text without what is told of others, which says nothing of how those who tell it stand."""
    letters = list(text)
    for each in nested:
        for start, end in (*each.cue, *each.content):
            letters[start:end] = " " * (end - start)
    return "".join(letters)


def _said(text: str, attribution: Attribution, speaker: Speaker) -> Said:
    passage, stance = _stance(text, attribution.content)
    if stance.level is None:  # what is said decides; if it does not, the word for saying it may
        wider = _stance(text, (*attribution.cue, *attribution.content))
        if wider[1].level is not None:
            passage, stance = wider
    kind = kind_of(text, attribution.content)
    return Said(attribution, kind, speaker, stance, passage)


def _stance(text: str, parts: Spans) -> tuple[Span, Stance]:
    passage = min(each[0] for each in parts), max(each[1] for each in parts)
    return passage, find_stance(text[slice(*passage)])
