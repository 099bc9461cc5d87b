"""``detente timeline``: what happened to the norms, in order?"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.common import as_json, case_argument, console, json_option, plot_option, table
from detente.cli.status import day_options, today, warn_of_lost

if TYPE_CHECKING:
    from detente.case.case import Case
    from detente.enactment.timeline import Timeline

__all__ = ["command"]


@click.command()
@case_argument
@day_options
@plot_option("Draw norms as bars and events as marks: .svg, .png or .pdf.")
@json_option
def command(
    case: Case,
    draft: str | None,
    on: datetime.date | None,
    known_on: datetime.date | None,
    reading: str | None,
    plot: Path | None,
    json_: bool,
) -> None:
    """Show what happened to the norms of CASE in order of time, and which rule or entry did it.

    \b
    detente timeline dayton-1995 --on 1996-12-31 --plot dayton.svg
    """
    from detente.enactment.as_data import timeline_data
    from detente.enactment.timeline import find_timeline

    warn_of_lost(case)
    found = find_timeline(case, on or today(), draft=draft, known_on=known_on, reading=reading)
    if plot is not None:
        from detente.enactment.picture import draw_norms
        from detente.pictures.files import save_figure

        save_figure(draw_norms(found, title=case.about.title), plot)
    if json_:
        as_json(timeline_data(found))
    else:
        _say(case, found)


def _say(case: Case, found: Timeline) -> None:
    out = console()
    out.print(f"{case.about.title}\n", style="bold")
    grid = table("Day", "What", "State", "By")
    for change in found.changes:
        by = "; ".join(
            word for word in (change.rule, f"entry {change.entry}" if change.entry else "") if word
        )
        grid.add_row(str(change.day), change.subject, change.state, by)
    out.print(grid)
    for note in found.notes:
        out.print(f"Note: {note}")
