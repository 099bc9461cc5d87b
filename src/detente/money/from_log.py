"""What the log says of the norms and events that books hang on."""

from __future__ import annotations

from collections.abc import Collection

from detente.case.case import Case
from detente.case.money import Assumed
from detente.enactment.compile import compile_agreement
from detente.enactment.dates import MINUTES, as_date
from detente.enactment.entries import known_entries
from detente.enactment.timeline import find_timeline

__all__ = ["logged_in"]


def logged_in(case: Case, draft: str | None, names: Collection[str]) -> tuple[Assumed, ...]:
    """Return when norms entered states and events occurred, as far as the log goes.

    The norms are run up to the day of the last entry, under the first reading of powers: later,
    what nobody has logged would look like a breach.

    Parameters
    ----------
    names
        Norms and events that matter.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> found = logged_in(load(example_folder("dayton-1995")), None, {"elections"})
    >>> [(each.norm, each.state, each.date) for each in found]
    [('elections', 'in-force', '1995-12-14'), ('elections', 'fulfilled', '1996-09-14')]
    """
    heard = {norm.id for norm in case.norms} | {each.event for each in case.events}
    if not case.norms or not case.events or heard.isdisjoint(names):
        return ()
    known = known_entries(case, compile_agreement(case, draft)).happenings
    if not known:
        return ()
    last = as_date(max(each.moment for each in known) // MINUTES)
    timeline = find_timeline(case, last, draft=draft)
    norms = [
        Assumed(norm=spell.norm, state=spell.state, date=spell.start.isoformat())
        for spell in timeline.spells
        if spell.norm in names
    ]
    events = [
        Assumed(event=event, date=day.isoformat())
        for day, event in timeline.marks
        if event in names
    ]
    return (*norms, *events)
