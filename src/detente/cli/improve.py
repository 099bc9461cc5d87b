"""``detente improve``: could the same package be better for somebody and worse for nobody?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from detente.cli.common import as_json, console, json_option, seconds_option, table
from detente.cli.packages import read_package, say_target, target_options

if TYPE_CHECKING:
    from detente.packages.improve import Improvement
    from detente.packages.target import Target

__all__ = ["command"]


@click.command()
@target_options
@click.option("--draft", metavar="ID", help="The draft of a case that is asked about.")
@click.option(
    "--take",
    "takes",
    metavar="POINT=OPTION",
    multiple=True,
    help="An option of the package asked about, or in place of the draft's; repeat.",
)
@seconds_option("Stop after S seconds and say what is proven.")
@json_option
def command(
    target: Target, draft: str | None, takes: tuple[str, ...], seconds: float, json_: bool
) -> None:
    """Say whether a package of TARGET is efficient; if not, what harms nobody and gains most.

    The check after a text is agreed and before it is signed (post-settlement). Gains are added up
    as shares of each party's own range. Exit code 1 where the package can be improved.

    \b
    detente improve ukraine-2025 --draft us-ukraine-20 --party ukraine --party russia
    detente improve scenarios/grocery --take bread=rye --take fruit=pears
    """
    from detente.packages.improve import improve
    from detente.report.packages_data import improvement_data

    found = improve(target.space, read_package(target, draft, takes), seconds=seconds)
    if json_:
        as_json(improvement_data(target, found))
    else:
        say_target(target)
        _say(found)
    if not found.efficient:
        raise click.exceptions.Exit(1)


def _say(found: Improvement) -> None:
    out, space = console(), found.space
    if found.better is None:
        proof = "proven" if found.proven else "as far as time allowed"
        out.print(f"The package is efficient: nobody can gain without loss to another ({proof}).")
        return
    proof = "proven" if found.proven else "more may be possible: time ended first"
    out.print(f"The package can be improved without harm to anybody ({proof}).", style="bold")
    grid = table("Party", "Now", "Better", "Most even")
    even = found.most_even
    even_utilities = space.utility(space.score(even)) if even is not None else ()
    for place, party in enumerate(space.parties):
        grid.add_row(
            party,
            f"{float(found.utilities[place]):.4g}",
            f"{float((found.better_utilities or ())[place]):.4g}",
            f"{float(even_utilities[place]):.4g}" if even_utilities else "-",
        )
    out.print(grid)
    now, better = space.takes(found.package), space.takes(found.better)
    changes = table("Point", "Now", "Better")
    for point, option in now.items():
        if better[point] != option:
            changes.add_row(point, option, better[point])
    out.print(changes)
