"""``detente demo``: the main job on the flagship case, in one command."""

from __future__ import annotations

import textwrap
import time
from pathlib import Path

import click

from detente.cli.common import as_json, json_option, load_case, scenario

__all__ = ["command"]

FLAGSHIP = "ukraine-2025"


@click.command()
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Folder for the report; the current one if not given.",
)
@scenario
@json_option
def command(output: Path, scenario: str | None, json_: bool) -> None:
    """Analyse the flagship case, print the verdict, write and name the report.

    The case comes with the package: public statements on the drafts for ending the war between
    Russia and Ukraine, November 2025 to March 2026. Nothing is fetched and nothing is sent.
    """
    from detente.cli.report import write_report

    start = time.perf_counter()
    case = load_case(FLAGSHIP)
    path, answer = write_report(case, output, "html", scenario)
    if json_:
        as_json({"case": case.name, "answer": list(answer), "file": str(path)})
        return
    click.echo(f"{case.about.title}\n")
    for number, line in enumerate(answer, start=1):
        words = textwrap.wrap(line, 92, break_on_hyphens=False)
        click.echo(f"{number}. " + "\n   ".join(words))
    click.echo(f"\nReport: {path.resolve()} ({time.perf_counter() - start:.1f} s)")
    click.echo("Open it in a browser. Next: detente assess ukraine-2025 --draft us-russia-28")
    click.echo("Your own case: detente new my-case")
