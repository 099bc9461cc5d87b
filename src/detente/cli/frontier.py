"""``detente frontier``: packages that cannot be better for one without loss to another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.common import (
    as_json,
    console,
    json_option,
    list_option,
    plot_option,
    seconds_option,
    table,
)
from detente.cli.packages import open_bar, package_words, say_target, target_options
from detente.report.words import count

if TYPE_CHECKING:
    from detente.packages.frontier import Frontier
    from detente.packages.target import Target

__all__ = ["command"]


@click.command()
@target_options
@click.option(
    "--above-reservation",
    is_flag=True,
    help="Only packages that give nobody less than no agreement.",
)
@click.option(
    "--all-packages",
    metavar="N",
    type=click.IntRange(0),
    default=0,
    help="List up to N packages more that attain each point.",
)
@click.option(
    "--most",
    metavar="N",
    type=click.IntRange(2),
    default=100_000,
    show_default=True,
    help="Size past which the frontier is certified to within an epsilon instead of exact.",
)
@seconds_option("Stop a search by solver after S seconds and say what is proven.")
@list_option("Show at most N points, evenly chosen; --json gives all.")
@plot_option("Draw the frontier into FILE (.svg, .png or .pdf).")
@json_option
def command(
    target: Target,
    above_reservation: bool,
    all_packages: int,
    most: int,
    seconds: float,
    listed: int,
    plot: Path | None,
    json_: bool,
) -> None:
    """Find the Pareto frontier of TARGET: exact, over more packages than could be listed.

    TARGET is a case, or a negotiation scenario of another program: a folder of Genius XML,
    GeniusWeb JSON, NegoLog JSON or NegMAS YAML. Past --most points, or where time ends, the answer
    is certified to within an epsilon, which is told.

    \b
    detente frontier ukraine-2025 --party ukraine --party russia --plot frontier.svg
    detente frontier scenarios/grocery --json
    """
    from detente.packages.frontier import find_frontier
    from detente.report.packages_data import frontier_data

    with open_bar("Frontier") as progress:
        found = find_frontier(
            target.space,
            above_reservation=above_reservation,
            most=most,
            seconds=seconds,
            all_packages=all_packages,
            progress=progress,
        )
    found = replace(found, named=target.named())
    if plot is not None:
        from detente.packages.solutions import find_solutions
        from detente.pictures.frontier import save_figure

        solutions = find_solutions(target.space, frontier=found, seconds=seconds)
        save_figure(found.plot(solutions, names=target.names()), plot)
    if json_:
        as_json(frontier_data(target, found))
        return
    say_target(target)
    _say(found, listed)
    if plot is not None:
        click.echo(f"Picture: {plot}")


def _say(found: Frontier, listed: int) -> None:
    out, space = console(), found.space
    if not len(found):
        out.print("No package gives every party at least its reservation.")
        return
    points = count(len(found), "point")
    if found.exact:
        out.print(f"{points} on the frontier: all there are (exact; {found.method})", style="bold")
    else:
        out.print(
            f"{points}; every package is matched by one of them but for at most "
            f"{float(found.epsilon):.4g} of each utility (certified; {found.method})",
            style="bold",
        )
    step = max(len(found) / listed, 1.0)
    shown = [found.points[int(place * step)] for place in range(min(listed, len(found)))]
    words = bool(package_words(space, shown[0].package))
    grid = table(
        *space.parties[:12], *(["Package"] if words else []), *(["Ties"] if shown[0].ties else [])
    )
    for point in shown:
        cells = [f"{float(value):.4g}" for value in point.utilities[:12]]
        if words:
            cells.append(package_words(space, point.package))
        if shown[0].ties:
            cells.append(f"{len(point.ties)}{'' if point.all_ties else ' or more'}")
        grid.add_row(*cells)
    out.print(grid)
    if len(shown) < len(found):
        out.print(f"{len(shown)} of {len(found)} shown; --json gives all, with a package for each.")
    elif not words:
        out.print("--json gives the package of each point.")
