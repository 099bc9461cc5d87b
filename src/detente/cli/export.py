"""``detente export``: a case as a scenario for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.common import as_json, case_argument, json_option, scenario

if TYPE_CHECKING:
    from detente.case.case import Case

__all__ = ["command"]

_FORMATS = {
    "genius": "Genius XML",
    "geniusweb": "GeniusWeb JSON",
    "negolog": "NegoLog JSON",
    "negmas": "NegMAS YAML",
}


@click.command()
@case_argument
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="The new folder.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_FORMATS)),
    default="genius",
    show_default=True,
    help="Format of the scenario.",
)
@click.option(
    "--party",
    "parties",
    metavar="ID",
    multiple=True,
    help="Whose preferences; repeat. If not given, those whose yes every agreement needs.",
)
@scenario
@json_option
def command(
    case: Case,
    output: Path,
    form: str,
    parties: tuple[str, ...],
    scenario: str | None,
    json_: bool,
) -> None:
    """Write what the packages of CASE are worth to whom as a scenario for other programs.

    Stated preferences are written exactly; for other actors the mean of what is believed. Sources,
    uncertainty, red lines and consent rules have no place in these formats. What a format cannot
    hold exactly is refused, by name.

    \b
    detente export grocery -o scenario --format negmas
    """
    from detente.assess.outlook import Outlook
    from detente.formats.write import write_scenario
    from detente.packages.as_scenario import scenario_of_case

    written = scenario_of_case(Outlook.of(case, scenario), list(parties) or None)
    write_scenario(written, output, _FORMATS[form])
    if json_:
        names = [profile.name for profile in written.profiles]
        as_json({"folder": str(output), "format": _FORMATS[form], "parties": names})
    else:
        click.echo(f"{output}: {_FORMATS[form]}, {len(written.profiles)} parties.")
