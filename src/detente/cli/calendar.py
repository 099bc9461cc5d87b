"""``detente calendar``: what is due when, for a calendar program."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.common import as_json, case_argument, json_option
from detente.cli.status import day_options, today, warn_of_lost
from detente.report.words import count

if TYPE_CHECKING:
    from detente.case.case import Case

__all__ = ["command"]


@click.command()
@case_argument
@day_options
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write, such as agreement.ics.",
)
@json_option
def command(
    case: Case,
    draft: str | None,
    on: datetime.date | None,
    known_on: datetime.date | None,
    reading: str | None,
    output: Path,
    json_: bool,
) -> None:
    """Write deadlines, ends of powers, breaches and events of CASE as iCalendar.

    \b
    detente calendar dayton-1995 --on 1995-12-20 -o dayton.ics
    """
    from detente.enactment.calendar import calendar_of
    from detente.enactment.status import find_status
    from detente.text.files import write_whole

    warn_of_lost(case)
    status = find_status(case, on or today(), draft=draft, known_on=known_on, reading=reading)
    content = calendar_of(case, status)
    write_whole(output, content)
    number = content.count(b"BEGIN:VEVENT")
    if json_:
        as_json({"file": str(output), "events": number})
    else:
        click.echo(f"{output}: {count(number, 'day')} written.")
