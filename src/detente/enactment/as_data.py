"""How an agreement stands, as plain data and as words."""

from __future__ import annotations

import datetime
from typing import Any

from detente.enactment.status import Because, Consequence, ReadingStatus, Status
from detente.enactment.timeline import Timeline

__all__ = ["because_words", "consequence_words", "status_data", "timeline_data"]


def status_data(status: Status) -> dict[str, Any]:
    """Return a status as JSON has it: the first reading, then each by its id."""
    return {
        "on": status.on.isoformat(),
        "known_on": _iso(status.known_on),
        "draft": status.draft,
        "reading": status.first.reading,
        "entries": status.entries,
        **_reading(status.first),
        "readings": {each.reading: _reading(each) for each in status.readings},
        "notes": list(status.notes),
    }


def _reading(found: ReadingStatus) -> dict[str, Any]:
    return {
        "norms": [
            {
                "id": norm.id,
                "title": norm.title,
                "kind": norm.kind,
                "state": norm.state,
                "since": _iso(norm.since),
                "due": _iso(norm.due),
                "ends": _iso(norm.ends),
                "debtor": list(norm.debtors),
                "possible_only": norm.possible,
                "because": [
                    {
                        "rule": each.rule,
                        "day": each.day.isoformat(),
                        "event": each.entry,
                        "norm": each.cause,
                    }
                    for each in norm.because
                ],
            }
            for norm in found.norms
        ],
        "breaches": [
            {
                "norm": breach.norm,
                "day": breach.day.isoformat(),
                "debtor": list(breach.debtors),
                "rule": breach.rule,
                "event": breach.entry,
                "cured": _iso(breach.cured),
                "late_days": breach.late_days,
            }
            for breach in found.breaches
        ],
        "due_next": list(found.due_next),
        "overdue": list(found.overdue),
        "follows": [
            {
                "norm": each.norm,
                "happened": each.happened,
                "effects": [{"effect": effect, "norm": norm} for effect, norm in each.effects],
            }
            for each in found.follows
        ],
    }


def timeline_data(timeline: Timeline) -> dict[str, Any]:
    """Return a timeline as JSON has it."""
    return {
        "draft": timeline.draft,
        "reading": timeline.reading,
        "changes": [
            {
                "day": each.day.isoformat(),
                "subject": each.subject,
                "state": each.state,
                "rule": each.rule,
                "event": each.entry,
                "norm": each.cause,
            }
            for each in timeline.changes
        ],
        "spells": [
            {
                "norm": each.norm,
                "state": each.state,
                "start": each.start.isoformat(),
                "end": each.end.isoformat(),
            }
            for each in timeline.spells
        ],
        "notes": list(timeline.notes),
    }


def because_words(because: tuple[Because, ...], *, most: int = 2) -> str:
    """Return why a norm is as it is, in a few words."""
    told = [
        f"{each.rule} (entry {each.entry})" if each.entry else each.rule for each in because[-most:]
    ]
    return "; ".join(told)


def consequence_words(consequence: Consequence) -> str:
    """Return what follows from a breach, in words."""
    if not consequence.effects:
        return "nothing: the agreement names no remedy"
    groups: dict[str, list[str]] = {}
    for effect, norm in consequence.effects:
        groups.setdefault(effect, []).append(norm)
    return "; ".join(f"{effect} {', '.join(norms)}" for effect, norms in groups.items())


def _iso(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()
