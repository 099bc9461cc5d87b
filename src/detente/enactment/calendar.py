"""What is due when, as a calendar that other programs open (iCalendar, RFC 5545)."""

from __future__ import annotations

import datetime
import hashlib

from icalendar import Calendar, Event

from detente.case.case import Case
from detente.enactment.status import NormStatus, Status

__all__ = ["calendar_of"]


def calendar_of(case: Case, status: Status) -> bytes:
    """Return days that matter as whole-day events: deadlines, ends of powers, entries of the log.

    The same status gives the same bytes.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> from detente.enactment.status import find_status
    >>> case = load(example_folder("minsk-2015"))
    >>> text = calendar_of(case, find_status(case, datetime.date(2015, 2, 20))).decode()
    >>> "SUMMARY:Due: Resolution" in text, "DTSTART;VALUE=DATE:20150314" in text
    (True, True)
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Detente//Enactment//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", case.about.title)
    stamp = datetime.datetime.combine(status.on, datetime.time(), datetime.UTC)
    for norm in status.first.norms:
        why = "\n".join(each.rule for each in norm.because)
        if norm.due is not None and norm.state in ("in-force", "dormant", "suspended"):
            word = "Happens unless decided otherwise" if _fires(case, norm) else "Due"
            _add(calendar, case, stamp, norm.due, f"{word}: {norm.title}", f"{norm.id}\n{why}")
        if norm.ends is not None and norm.ends >= status.on:
            _add(calendar, case, stamp, norm.ends, f"Ends: {norm.title}", f"{norm.id}\n{why}")
    for breach in status.first.breaches:
        title = status.first.norm(breach.norm).title
        _add(calendar, case, stamp, breach.day, f"Breach: {title}", f"{breach.norm}\n{breach.rule}")
    for entry in case.events:
        day = datetime.date.fromisoformat(entry.happened[:10])
        if day <= status.on and entry.event is not None:
            words = f"{entry.id}\n{entry.note or ''}".strip()
            _add(calendar, case, stamp, day, entry.event.replace("-", " "), words)
    return bytes(calendar.to_ical())


def _fires(case: Case, norm: NormStatus) -> bool:
    return any(each.id == norm.id and each.default is not None for each in case.norms)


def _add(
    calendar: Calendar,
    case: Case,
    stamp: datetime.datetime,
    day: datetime.date,
    summary: str,
    words: str,
) -> None:
    event = Event()
    digest = hashlib.sha256(f"{case.name}\n{day}\n{summary}\n{words}".encode()).hexdigest()
    event.add("uid", f"{digest[:32]}@detente")
    event.add("dtstamp", stamp)
    event.add("dtstart", day)
    event.add("dtend", day + datetime.timedelta(1))
    event.add("summary", summary)
    event.add("description", words)
    event.add("transp", "TRANSPARENT")
    calendar.add_component(event)
