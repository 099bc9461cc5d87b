"""``detente status``: how does the agreement stand, and why?"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from detente.cli.common import as_json, case_argument, console, json_option, table
from detente.report.words import count, listing

if TYPE_CHECKING:
    from rich.console import Console

    from detente.case.case import Case
    from detente.enactment.status import ReadingStatus, Status

__all__ = ["command", "day_options", "warn_of_lost"]

_MOST = 40
"""As many breaches are shown, the latest."""

F = TypeVar("F", bound=Callable[..., Any])


class _Day(click.ParamType[datetime.date]):
    """A day, as YYYY-MM-DD."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.date:
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is not a day that exists; write YYYY-MM-DD.", param, ctx)


def day_options(function: F) -> F:
    """Give a command the draft, the days and the reading that it is asked about."""
    for option in (
        click.option("--reading", metavar="ID", help="Only this reading of who holds powers."),
        click.option(
            "--known-on", metavar="DATE", type=_Day(), help="Only entries reported by this day."
        ),
        click.option("--on", metavar="DATE", type=_Day(), help="The day asked about; else today."),
        click.option(
            "--draft", metavar="ID", help="Whose norms; else the draft agreed, or the last."
        ),
    ):
        function = option(function)
    return function


def today() -> datetime.date:
    """Return the day on the clock of this machine."""
    return datetime.datetime.now().astimezone().date()


def warn_of_lost(case: Case) -> None:
    """Say which entries of the log were cut off."""
    for problem in case.lost:
        click.echo(f"{problem}", err=True)


@click.command()
@case_argument
@day_options
@json_option
def command(
    case: Case,
    draft: str | None,
    on: datetime.date | None,
    known_on: datetime.date | None,
    reading: str | None,
    json_: bool,
) -> None:
    """Say how the agreement of CASE stands: what is in force, due, overdue, broken, and why.

    Its norms (norms.yaml) are run over its log (events.yaml). Deadlines pass by themselves. With
    --known-on only what had been reported by that day counts. Where readings differ on who holds a
    power, every reading is told.

    \b
    detente status minsk-2015 --on 2015-03-20
    detente status jcpoa-2015 --on 2025-10-20
    detente status jcpoa-2015 --on 2020-09-20 --reading participant-for-the-resolution
    """
    from detente.enactment.as_data import status_data
    from detente.enactment.status import find_status

    warn_of_lost(case)
    status = find_status(case, on or today(), draft=draft, known_on=known_on, reading=reading)
    if json_:
        as_json(status_data(status))
    else:
        _say(case, status)


def _say(case: Case, status: Status) -> None:
    out, first = console(), status.first
    known = f", as known on {status.known_on}" if status.known_on else ""
    of = f"; norms of draft '{status.draft}'" if status.draft else ""
    out.print(f"{case.about.title}\n", style="bold")
    out.print(f"On {status.on}{known}: {count(status.entries, 'entry', 'entries')}{of}.")
    if len(status.readings) > 1:
        out.print(f"Reading: {first.reading}")
    _say_norms(out, first)
    _say_breaches(out, first)
    _say_due(out, first)
    for other in status.readings[1:]:
        _say_differences(out, first, other)
    for note in status.notes:
        out.print(f"Note: {note}")


def _say_norms(out: Console, found: ReadingStatus) -> None:
    from detente.enactment.as_data import because_words

    grid = table("Norm", "What", "State", "Since", "Due", "Because")
    for norm in found.norms:
        grid.add_row(
            norm.id,
            norm.title + (" (if the draft is read so)" if norm.possible else ""),
            norm.state,
            str(norm.since or ""),
            str(norm.due or (f"ends {norm.ends}" if norm.ends else "")),
            because_words(norm.because),
        )
    out.print(grid)


def _say_breaches(out: Console, found: ReadingStatus) -> None:
    from detente.enactment.as_data import consequence_words

    if not found.breaches:
        out.print("Nothing is broken.")
        return
    grid = table("Breach of", "By", "On", "Cured", "Late", "What follows")
    follows = {each.norm: consequence_words(each) for each in found.follows if each.happened}
    left = len(found.breaches) - _MOST
    for breach in found.breaches[-_MOST:]:
        late = count(breach.late_days, "day") if breach.late_days is not None else ""
        by = listing(breach.debtors, empty="not named")
        told = follows.get(breach.norm, "")
        grid.add_row(breach.norm, by, str(breach.day), str(breach.cured or ""), late, told)
    out.print(grid)
    if left > 0:
        out.print(f"and {count(left, 'breach', 'breaches')} before these; --json gives all.")


def _say_due(out: Console, found: ReadingStatus) -> None:
    from detente.enactment.as_data import consequence_words

    if found.overdue:
        out.print(f"Overdue: {listing(found.overdue, most=12)}.")
    if not found.due_next:
        out.print("No deadline is running.")
        return
    follows = {each.norm: consequence_words(each) for each in found.follows if not each.happened}
    for name in found.due_next[:5]:
        norm = found.norm(name)
        told = f"; if it is missed: {follows[name]}" if name in follows else ""
        out.print(f"Due next: {norm.due} {norm.title} ({name}){told}")


def _say_differences(out: Console, first: ReadingStatus, other: ReadingStatus) -> None:
    here = {norm.id: norm for norm in first.norms}
    differ = [
        norm
        for norm in other.norms
        if (norm.state, norm.since) != (here[norm.id].state, here[norm.id].since)
    ]
    out.print(f"Reading {other.reading}: {'otherwise the same' if differ else 'the same'}.")
    for norm in differ:
        since = f" since {norm.since}" if norm.since else ""
        differs = norm.state != here[norm.id].state
        told = f"not {here[norm.id].state}" if differs else f"not {here[norm.id].since}"
        out.print(f"  {norm.id} {norm.title}: {norm.state}{since}, {told}")
