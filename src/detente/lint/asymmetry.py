"""Who bears duties, who holds powers, whose breach has a remedy, and who must act first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from statistics import median

from detente.case.records import several
from detente.enactment.compiled import Kind
from detente.lint.fields import has_remedy
from detente.lint.findings import Finding
from detente.lint.network import FAR, distances
from detente.lint.schedule import Schedule
from detente.lint.subject import Subject

__all__ = ["Share", "find_shares", "one_sided"]

_RATIO = 3
"""One side owes at least so many times what the other owes it."""

_LEAST = 3
"""And at least so many norms."""

_DAYS = 30
"""Medians of due days must lie at least so far apart, and by a factor of two."""

_ENTRY_INTO_FORCE = 1


@dataclass(frozen=True, slots=True)
class Share:
    """What an agreement means for one actor.

    Parameters
    ----------
    duties, limits
        Ids of duties, and of prohibitions and caps, that it owes, alone or with others.
    owed
        Ids of norms that are owed to it.
    powers
        Ids of powers that it holds, in some reading.
    remedied
        Those of its duties and limits of which a breach has consequences.
    protected
        Those of the norms owed to it of which a breach has consequences.
    median_due
        Median of the last days of its duties, in days from entry into force; None where none is
        known.
    """

    actor: str
    duties: tuple[str, ...]
    limits: tuple[str, ...]
    owed: tuple[str, ...]
    powers: tuple[str, ...]
    remedied: tuple[str, ...]
    protected: tuple[str, ...]
    median_due: float | None
    dated: int

    @property
    def borne(self) -> tuple[str, ...]:
        """All that it owes."""
        return self.duties + self.limits


def find_shares(subject: Subject, schedule: Schedule) -> tuple[Share, ...]:
    """Return what the agreement means for every actor that it names as party to a norm.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> from detente.lint.schedule import build_schedule
    >>> from detente.lint.subject import open_subject
    >>> subject = open_subject(load(example_folder("minsk-2015")))
    >>> for share in find_shares(subject, build_schedule(subject))[:2]:
    ...     print(share.actor, len(share.duties), len(share.owed), len(share.remedied))
    ukraine 11 1 0
    cadlr 7 4 0
    """
    start = schedule.event(_ENTRY_INTO_FORCE)
    last = distances(schedule.points, schedule.limits, start)
    remedied = {norm.id for place, norm in enumerate(subject.norms) if has_remedy(subject, place)}
    found = []
    for actor in subject.agreement.actors:
        duties, limits, owed, powers, days = [], [], [], [], []
        for place, norm in enumerate(subject.norms):
            kind = subject.agreement.norms[place].kind
            if actor in several(norm.debtor) and kind is Kind.DUTY:
                duties.append(norm.id)
                day = last[schedule.norm("performed", place)]
                days += [day] if day < FAR else []
            elif actor in several(norm.debtor) and kind in (Kind.PROHIBITION, Kind.CAP):
                limits.append(norm.id)
            if actor in several(norm.creditor) and kind not in (Kind.CONDITION, Kind.POWER):
                owed.append(norm.id)
            if actor in _holders(norm.holder, norm.readings):
                powers.append(norm.id)
        if not (duties or limits or owed or powers):
            continue
        found.append(
            Share(
                actor,
                tuple(duties),
                tuple(limits),
                tuple(owed),
                tuple(powers),
                tuple(name for name in (*duties, *limits) if name in remedied),
                tuple(name for name in owed if name in remedied),
                float(median(days)) if days else None,
                len(days),
            )
        )
    return tuple(found)


def _holders(holder: object, readings: tuple[object, ...]) -> set[str]:
    names = set(several(holder))  # type: ignore[arg-type]
    for reading in readings:
        names.update(several(reading.holder))  # type: ignore[attr-defined]
    return names


def one_sided(subject: Subject, schedule: Schedule) -> Iterator[Finding]:
    """Yield where of two actors one owes, is bound or must act much more than the other."""
    shares = find_shares(subject, schedule)
    for one, other in combinations(shares, 2):
        yield from _pair(subject, one, other)
    powers = [share for share in shares if share.powers]
    if len(powers) == 1 and len(powers[0].powers) > 1:
        bound = [share for share in shares if share.borne and share is not powers[0]]
        if bound:
            message = f"All {len(powers[0].powers)} powers are held by {powers[0].actor}."
            yield _finding(subject, message, powers[0].powers)


def _pair(subject: Subject, one: Share, other: Share) -> Iterator[Finding]:
    to_other = tuple(name for name in one.borne if name in other.owed)
    to_one = tuple(name for name in other.borne if name in one.owed)
    to_other, to_one = (
        tuple(name for name in to_other if name not in to_one),
        tuple(name for name in to_one if name not in to_other),
    )
    for more, less, a, b in ((to_other, to_one, one, other), (to_one, to_other, other, one)):
        if len(more) >= _LEAST and len(more) >= _RATIO * len(less):
            message = (
                f"{a.actor} owes {b.actor} {len(more)} norms, {b.actor} owes {a.actor} {len(less)}."
            )
            yield _finding(subject, message, more + less)
    if not (to_other or to_one):
        return
    for a, b in ((one, other), (other, one)):
        bound = len(a.remedied) * 2 >= len(a.borne) > 0
        if bound and len(b.borne) > 1 and not b.remedied:
            message = (
                f"A breach by {a.actor} has consequences in {len(a.remedied)} of {len(a.borne)} "
                f"norms, a breach by {b.actor} in none of {len(b.borne)}."
            )
            yield _finding(subject, message, a.remedied + b.borne)
        if a.median_due is None or b.median_due is None or min(a.dated, b.dated) < 2:
            continue
        if b.median_due - a.median_due >= _DAYS and b.median_due >= 2 * a.median_due:
            message = (
                f"{a.actor} must act first: half of its dated duties are due by day "
                f"{a.median_due:g} from entry into force, of {b.actor} by day {b.median_due:g}."
            )
            yield _finding(subject, message, a.duties + b.duties)


def _finding(subject: Subject, message: str, names: tuple[str, ...]) -> Finding:
    place = subject.agreement.norm_of
    return subject.finding("one-sided", message, *sorted(place[name] for name in set(names)))
