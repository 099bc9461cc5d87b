"""Which entries of the log count: what was known by a day, corrected, each once, in order."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import pairwise

from detente.case.case import Case
from detente.case.norms import Event
from detente.case.records import several
from detente.enactment.clock import Happening
from detente.enactment.compile import ENTRY_INTO_FORCE
from detente.enactment.compiled import Agreement, MomentKind
from detente.enactment.dates import NoSuchDayError, read_instant
from detente.errors import CaseError, Problem
from detente.text.nearest import suggest

__all__ = ["Known", "known_entries"]


@dataclass(frozen=True, slots=True)
class Known:
    """What had happened as far as was known, and what a reader of the log should be told."""

    happenings: tuple[Happening, ...]
    notes: tuple[str, ...]


def known_entries(case: Case, agreement: Agreement, known_on: datetime.date | None = None) -> Known:
    """Return the entries that count on what was known by a day.

    An entry that corrects another takes its place from the day on which it was reported, and not
    before. Two entries that say the same count once.

    Raises
    ------
    CaseError
        If a time is one that clocks in the agreement's zone skip.
    """
    known = [each for each in case.events if known_on is None or _reported(each) <= known_on]
    replaced = {each.corrects for each in known}
    counted = [each for each in known if each.id not in replaced and each.kind != "retracted"]
    notes = [problem.message for problem in case.lost]
    seen: dict[tuple[object, ...], str] = {}
    names = _Names.of(agreement)
    made = [_happening(case, names, entry, notes) for entry in counted]
    happenings: list[Happening] = []
    for each in sorted(filter(None, made), key=lambda happening: happening.id):
        same = (each.moment, each.kind, each.subject, each.actors, each.amount)
        if same in seen:
            notes.append(f"Entry '{each.id}' says the same as '{seen[same]}'; it counts once.")
            continue
        seen[same] = each.id
        happenings.append(each)
    moments = [each.moment for each in made if each is not None]
    late = sum(later < earlier for earlier, later in pairwise(moments))
    if late:
        notes.append(
            f"The log is not in order of time ({late} "
            f"{'entry stands' if late == 1 else 'entries stand'} after a later one); it was sorted."
        )
    notes += _before_start(agreement, happenings)
    return Known(tuple(happenings), tuple(notes))


def _reported(event: Event) -> datetime.date:
    return datetime.date.fromisoformat(event.reported or event.happened[:10])


@dataclass(frozen=True, slots=True)
class _Names:
    """Places by name, and the events to which some norm listens."""

    zone: str
    norms: dict[str, int]
    events: dict[str, int]
    actors: dict[str, int]
    heard: frozenset[str]

    @classmethod
    def of(cls, agreement: Agreement) -> _Names:
        heard = {0, 1}
        for moment in agreement.moments:
            if moment.kind is MomentKind.EVENT:
                heard.add(moment.ref)
        for norm in agreement.norms:
            heard |= {norm.default_unless, *(guard.event for guard in norm.guards)}
        return cls(
            agreement.calendar.zone,
            agreement.norm_of,
            agreement.event_of,
            {name: place for place, name in enumerate(agreement.actors)},
            frozenset(agreement.events[place] for place in heard if place >= 0),
        )


def _happening(case: Case, names: _Names, entry: Event, notes: list[str]) -> Happening | None:
    if entry.event is not None and entry.kind == "event":
        subject = names.events[entry.event]
        near = "" if entry.event in names.heard else suggest(entry.event, names.heard)
        if near.endswith("?"):
            words = f"No norm refers to the event '{entry.event}' of entry '{entry.id}'"
            notes.append(f"{words}{near}")
    elif entry.norm in names.norms:
        subject = names.norms[entry.norm or ""]
    else:
        notes.append(f"Entry '{entry.id}' is on '{entry.norm}', which this draft does not have.")
        return None
    try:
        moment = read_instant(entry.happened, names.zone)
    except NoSuchDayError as error:
        raise _no_such_time(case, entry, error) from None
    actors = frozenset(names.actors[name] for name in several(entry.actor))
    return Happening(moment, entry.kind, subject, entry.id, actors, entry.amount)


def _no_such_time(case: Case, event: Event, error: NoSuchDayError) -> CaseError:
    message = f"{str(error)[:1].upper()}{str(error)[1:]}; write a time that exists."
    for entry in case.entries:
        if entry.record is event:
            place = entry.document.place((*entry.way, "happened"))
            return CaseError([Problem(entry.document.file, *place, "no-such-day", message)])
    return CaseError([Problem(str(case.folder), 0, 0, "no-such-day", message)])


def _before_start(agreement: Agreement, happenings: list[Happening]) -> list[str]:
    """Entries on norms that lie before the agreement bound anybody."""
    start = min(
        [moment for event, moment in agreement.given if event == 1]
        + [
            each.moment
            for each in happenings
            if each.kind == "event" and agreement.events[each.subject] == ENTRY_INTO_FORCE
        ],
        default=None,
    )
    if start is None:
        return []
    return [
        f"Entry '{each.id}' happened before the agreement was in force."
        for each in happenings
        if each.kind != "event" and each.moment < start
    ]
