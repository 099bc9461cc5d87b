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
    made = [_happening(case, agreement, entry, notes) for entry in counted]
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


def _happening(
    case: Case, agreement: Agreement, entry: Event, notes: list[str]
) -> Happening | None:
    if entry.kind == "event":
        subject = agreement.event_of[entry.event or ""]
        if not _is_heard(agreement, subject):
            known = {agreement.events[each] for each in range(len(agreement.events))
                     if _is_heard(agreement, each)}  # fmt: skip
            near = suggest(entry.event or "", known)
            if near.endswith("?"):
                words = f"No norm refers to the event '{entry.event}' of entry '{entry.id}'"
                notes.append(f"{words}{near}")
    elif entry.norm in agreement.norm_of:
        subject = agreement.norm_of[entry.norm or ""]
    else:
        notes.append(f"Entry '{entry.id}' is on '{entry.norm}', which this draft does not have.")
        return None
    try:
        moment = read_instant(entry.happened, agreement.calendar.zone)
    except NoSuchDayError as error:
        raise _no_such_time(case, entry, error) from None
    places = {name: place for place, name in enumerate(agreement.actors)}
    actors = frozenset(places[name] for name in several(entry.actor))
    return Happening(moment, entry.kind, subject, entry.id, actors, entry.amount)


def _no_such_time(case: Case, event: Event, error: NoSuchDayError) -> CaseError:
    message = f"{str(error)[:1].upper()}{str(error)[1:]}; write a time that exists."
    for entry in case.entries:
        if entry.record is event:
            place = entry.document.place((*entry.way, "happened"))
            return CaseError([Problem(entry.document.file, *place, "no-such-day", message)])
    return CaseError([Problem(str(case.folder), 0, 0, "no-such-day", message)])


def _is_heard(agreement: Agreement, event: int) -> bool:
    if event < 2:
        return True
    return any(
        moment.kind is MomentKind.EVENT and moment.ref == event for moment in agreement.moments
    ) or any(
        norm.default_unless == event or any(guard.event == event for guard in norm.guards)
        for norm in agreement.norms
    )


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
