"""Words that bind nobody, and what is wrong with each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detente.lint.findings import Finding, Mark
from detente.lint.subject import Subject

__all__ = ["LOOSE", "Loose", "loose_words", "words_that_bind_nobody"]


@dataclass(frozen=True, slots=True)
class Loose:
    """A word or phrase and why nobody can be held to it."""

    phrase: str
    why: str


_FORESEES = "it foresees something and obliges nobody to do it"
_MEASURE = "it names a quality without a measure; say what is enough and who finds so"
_WHEN = "it is no day; say by when"
_TRIES = "trying is enough; say what must come out, or what must be done"
_WHO_SAYS = "whoever owes decides if and how; say what is owed, or who decides"
_LATER = "to agree later is not to agree; say what holds until then, and who decides if they fail"

LOOSE: tuple[Loose, ...] = (
    Loose("is expected", _FORESEES),
    Loose("are expected", _FORESEES),
    Loose("expected", _FORESEES),
    Loose("it is envisaged", _FORESEES),
    Loose("envisaged", _FORESEES),
    Loose("is foreseen", _FORESEES),
    Loose("is intended", _FORESEES),
    Loose("intend to", _FORESEES),
    Loose("intends to", _FORESEES),
    Loose("aims to", _FORESEES),
    Loose("aim to", _FORESEES),
    Loose("should", _FORESEES),
    Loose("reliable", _MEASURE),
    Loose("robust", _MEASURE),
    Loose("credible", _MEASURE),
    Loose("decisive", _MEASURE),
    Loose("significant", _MEASURE),
    Loose("substantial", _MEASURE),
    Loose("adequate", _MEASURE),
    Loose("sufficient", _MEASURE),
    Loose("reasonable", _MEASURE),
    Loose("meaningful", _MEASURE),
    Loose("effective", _MEASURE),
    Loose("as soon as possible", _WHEN),
    Loose("as soon as practicable", _WHEN),
    Loose("promptly", _WHEN),
    Loose("without delay", _WHEN),
    Loose("without undue delay", _WHEN),
    Loose("in due course", _WHEN),
    Loose("in due time", _WHEN),
    Loose("in a timely manner", _WHEN),
    Loose("within a reasonable time", _WHEN),
    Loose("gradually", _WHEN),
    Loose("best efforts", _TRIES),
    Loose("best endeavours", _TRIES),
    Loose("reasonable efforts", _TRIES),
    Loose("make every effort", _TRIES),
    Loose("use any influence", _TRIES),
    Loose("endeavour to", _TRIES),
    Loose("strive to", _TRIES),
    Loose("seek to", _TRIES),
    Loose("work towards", _TRIES),
    Loose("in good faith", _TRIES),
    Loose("in the spirit of", _TRIES),
    Loose("as appropriate", _WHO_SAYS),
    Loose("where appropriate", _WHO_SAYS),
    Loose("as necessary", _WHO_SAYS),
    Loose("where possible", _WHO_SAYS),
    Loose("if possible", _WHO_SAYS),
    Loose("as far as possible", _WHO_SAYS),
    Loose("to the extent possible", _WHO_SAYS),
    Loose("in principle", _WHO_SAYS),
    Loose("may consider", _WHO_SAYS),
    Loose("to be agreed", _LATER),
    Loose("to be determined", _LATER),
    Loose("to be negotiated", _LATER),
    Loose("will be discussed", _LATER),
)
"""All of them; a longer phrase is told in place of a shorter one inside it. Edit freely."""

_REASONS = {loose.phrase: loose for loose in LOOSE}
_PATTERN = re.compile(
    r"\b("
    + "|".join(
        r"\s+".join(map(re.escape, loose.phrase.split()))
        for loose in sorted(LOOSE, key=lambda loose: -len(loose.phrase))
    )
    + r")\b",
    re.IGNORECASE,
)


def loose_words(text: str) -> Iterator[tuple[int, Loose]]:
    """Yield where in a text each word that binds nobody begins, from 0, and what it is.

    Examples
    --------
    >>> [(at, loose.phrase) for at, loose in loose_words("Robust help, as  soon as possible")]
    [(0, 'robust'), (13, 'as soon as possible')]
    """
    for match in _PATTERN.finditer(text):
        yield match.start(), _REASONS[" ".join(match.group().lower().split())]


def words_that_bind_nobody(subject: Subject) -> Iterator[Finding]:
    """Yield every such word in the title, action and text of a norm, at its own place."""
    for place, norm in enumerate(subject.norms):
        for key in ("title", "action", "text"):
            told: dict[str, int] = {}
            for _, loose in loose_words(getattr(norm, key) or ""):
                number = told[loose.phrase] = told.get(loose.phrase, 0) + 1
                mark = _mark_of(subject, place, key, loose.phrase, number)
                message = f"'{loose.phrase}' in the {key} of '{norm.id}' binds nobody: {loose.why}."
                yield Finding("loose-word", message, *mark, (norm.id,))


def _mark_of(subject: Subject, place: int, key: str, phrase: str, number: int) -> Mark:
    """Where a phrase stands for the number-th time in a value; where that begins if not found."""
    entry = subject.entry(place)
    if entry is None:
        return subject.mark(place, key)
    file = entry.document.file
    line, column = entry.document.place((*entry.way, key))
    words = r"\s+".join(map(re.escape, phrase.split()))
    pattern = re.compile(rf"\b{words}\b", re.IGNORECASE)
    rest = subject.lines.get(file, ())[line - 1 :]
    text = "\n".join((rest[0][column - 1 :], *rest[1:])) if rest else ""
    starts = [match.start() for match in pattern.finditer(text)]
    if len(starts) < number:
        return (file, line, column)
    before = text[: starts[number - 1]]
    down = before.count("\n")
    return (file, line + down, len(before) - before.rfind("\n") if down else column + len(before))
