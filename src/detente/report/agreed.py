"""The answer in five lines where something was agreed: how the agreement stands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from detente.report.words import count, listing

if TYPE_CHECKING:
    from detente.enactment.status import ReadingStatus
    from detente.report.findings import Findings

__all__ = ["agreed_answer"]


def agreed_answer(findings: Findings) -> tuple[str, ...]:
    """Return how it stands, what was broken, what follows, what is due, and on what that rests."""
    (shown,) = findings.norms
    first = shown.status.first
    return (
        _stands(findings, shown.name, first),
        _broken(findings, first),
        _follows(first),
        _due(first),
        _grounds(findings),
    )


def _stands(findings: Findings, name: str, first: ReadingStatus) -> str:
    states = Counter(norm.state for norm in first.norms)
    told = ", ".join(f"{many} {state}" for state, many in states.most_common())
    on = findings.case.as_of.isoformat()
    return f"{name} was agreed. On {on} of {count(len(first.norms), 'norm')}: {told}."


def _broken(findings: Findings, first: ReadingStatus) -> str:
    names = findings.case.actor_of
    by: dict[str, list[str]] = {}
    for breach in first.breaches:
        late = f" ({breach.late_days} days late)" if breach.cured else ""
        for debtor in breach.debtors or ("nobody named",):
            by.setdefault(debtor, []).append(f"{breach.norm}{late}")
    if not by:
        return "No breach is on record."
    each = (
        f"{names[actor].name if actor in names else actor}: {listing(norms, most=8)}"
        for actor, norms in by.items()
    )
    return f"Broken, by whoever owed it: {'; '.join(each)}."


def _follows(first: ReadingStatus) -> str:
    told = [
        f"{each.norm}: {listing([f'{norm} {state}' for norm, state in each.effects], most=4)}"
        for each in first.follows
        if each.happened and each.effects
    ]
    silent = sum(1 for each in first.follows if each.happened and not each.effects)
    if not told and not silent:
        return "Nothing follows from a breach yet."
    words = f"What follows: {'; '.join(told)}. " if told else ""
    without = (
        f"For {count(silent, 'breach', 'breaches')} the agreement names no remedy."
        if silent
        else ""
    )
    return (words + without).strip()


def _due(first: ReadingStatus) -> str:
    overdue = listing(first.overdue, most=8, empty="nothing")
    return f"Due next: {listing(first.due_next, most=5, empty='nothing')}. Overdue: {overdue}."


def _grounds(findings: Findings) -> str:
    case, status = findings.case, findings.norms[0].status
    readings = ""
    if len(status.readings) > 1:
        readings = f"; {len(status.readings)} readings of who holds a power, the first used here"
    return (
        f"It rests on {count(status.entries, 'entry', 'entries')} of the log and "
        f"{count(len(case.sources), 'source')}{readings}."
    )
