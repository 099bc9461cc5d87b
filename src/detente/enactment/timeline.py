"""How did the norms fare over time: every change in order, and the spells of each norm."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from detente.case.case import Case
from detente.enactment.compile import compile_agreement
from detente.enactment.compiled import NEVER, Agreement, State
from detente.enactment.dates import MINUTES, as_date
from detente.enactment.entries import known_entries
from detente.enactment.run import Run
from detente.enactment.status import run_readings

__all__ = ["Change", "Spell", "Timeline", "find_timeline"]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that came about: an event, or a norm that changed or was acted on."""

    day: datetime.date
    subject: str
    state: str
    rule: str
    entry: str | None
    cause: str | None


@dataclass(frozen=True, slots=True)
class Spell:
    """One norm in one state from a day up to another, which is no longer part of it."""

    norm: str
    state: str
    start: datetime.date
    end: datetime.date


@dataclass(frozen=True, slots=True)
class Timeline:
    """What happened to an agreement under one reading.

    Parameters
    ----------
    norms
        (id, title) of every norm that was ever more than dormant, in file order.
    marks
        (day, event) for every event of the log that names one.
    """

    draft: str | None
    reading: str
    norms: tuple[tuple[str, str], ...]
    changes: tuple[Change, ...]
    spells: tuple[Spell, ...]
    marks: tuple[tuple[datetime.date, str], ...]
    notes: tuple[str, ...]


def find_timeline(
    case: Case,
    on: datetime.date,
    *,
    draft: str | None = None,
    known_on: datetime.date | None = None,
    reading: str | None = None,
) -> Timeline:
    """Return every change up to the end of a day; see :func:`find_status` for the parameters.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> case = load(example_folder("dayton-1995"))
    >>> timeline = find_timeline(case, datetime.date(1996, 12, 31))
    >>> [(spell.state, spell.start.isoformat()) for spell in timeline.spells
    ...  if spell.norm == "elections"]
    [('in-force', '1995-12-14'), ('fulfilled', '1996-09-14')]
    """
    agreement = compile_agreement(case, draft)
    known = known_entries(case, agreement, known_on)
    run = run_readings(case, agreement, known, on, reading)[0]
    events = sorted(
        (as_date(each.moment // MINUTES), agreement.events[each.subject], each.id)
        for each in known.happenings
        if each.kind == "event" and as_date(each.moment // MINUTES) <= on
    )
    changes = [_change(agreement, run, place) for place in range(len(run.steps))]
    changes += [Change(day, name, "happened", "", entry, None) for day, name, entry in events]
    spells = _spells(agreement, run, on + datetime.timedelta(1))
    shown = {spell.norm for spell in spells}
    return Timeline(
        agreement.draft,
        agreement.readings[run.reading],
        tuple((norm.id, norm.title) for norm in agreement.norms if norm.id in shown),
        tuple(sorted(changes, key=lambda change: (change.day, change.state != "happened"))),
        spells,
        tuple((day, name) for day, name, _ in events),
        known.notes,
    )


def _change(agreement: Agreement, run: Run, place: int) -> Change:
    step = run.steps[place]
    return Change(
        as_date(step.moment // MINUTES),
        agreement.norms[step.norm].id,
        step.state.label,
        step.rule,
        step.entry,
        None if step.cause == NEVER else agreement.norms[step.cause].id,
    )


def _spells(agreement: Agreement, run: Run, end: datetime.date) -> tuple[Spell, ...]:
    found = []
    for place, norm in enumerate(agreement.norms):
        steps = [step for step in run.steps if step.norm == place]
        starts: list[tuple[State, int]] = []
        for step in steps:
            if step.state is not (starts[-1][0] if starts else State.DORMANT):
                starts.append((step.state, step.moment))
        for index, (state, moment) in enumerate(starts):
            first = as_date(moment // MINUTES)
            last = as_date(starts[index + 1][1] // MINUTES) if index + 1 < len(starts) else end
            if first < last:
                found.append(Spell(norm.id, state.label, first, last))
    return tuple(found)
