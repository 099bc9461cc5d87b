"""``detente import``: a scenario of another program as a case folder."""

from __future__ import annotations

from pathlib import Path

import click

from detente.cli.common import as_json, json_option

__all__ = ["command"]


@click.command("import")
@click.argument("scenario", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="CASE",
    required=True,
    type=click.Path(path_type=Path),
    help="The new case folder.",
)
@click.option(
    "--scale",
    type=click.Choice(["format", "as-written"]),
    default="format",
    show_default=True,
    help="On the scale that the format defines, or the numbers of the files as they stand.",
)
@json_option
def command(scenario: Path, output: Path, scale: str, json_: bool) -> None:
    """Turn a negotiation scenario in DIR into a case folder, its numbers kept exactly.

    Read are folders of Genius XML (linear additive and hyper-rectangles), GeniusWeb JSON, NegoLog
    JSON and NegMAS YAML. Parties stand in the order of their file names. Preferences become
    preferences.yaml; every point gets a status quo 'no-agreement', which no package may take.

    \b
    detente import scenarios/grocery -o grocery
    detente frontier grocery
    """
    from detente.case.write import save
    from detente.errors import RequestError
    from detente.formats.as_case import case_of_scenario
    from detente.formats.read import read_scenario

    read = read_scenario(scenario, scale)
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise RequestError(f"'{output}' exists and is not empty; name a new folder.")
    save(case_of_scenario(read, output.resolve().name), output)
    if json_:
        as_json(
            {
                "case": str(output),
                "format": read.format,
                "scale": read.scale_note,
                "notes": list(read.notes),
                "points": len(read.issues),
                "parties": [profile.name for profile in read.profiles],
            }
        )
        return
    click.echo(f"{output}: a new case from {read.format}.\nScale: {read.scale_note}")
    for note in read.notes:
        click.echo(f"Note: {note}")
