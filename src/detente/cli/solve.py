"""``detente solve``: which package the theory of bargaining chooses."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import click

from detente.cli.common import as_json, console, json_option, seconds_option, table
from detente.cli.packages import package_words, say_target, target_options

if TYPE_CHECKING:
    from detente.packages.solutions import Solution, Solutions
    from detente.packages.target import Target

__all__ = ["command"]

_NAMES = ("nash", "kalai-smorodinsky", "egalitarian", "leximin", "utilitarian")
_MEASURES = {
    "nash": "product of gains",
    "kalai-smorodinsky": "smallest share of the best gain",
    "egalitarian": "smallest gain",
    "leximin": "smallest gain",
    "utilitarian": "sum of gains",
}


@click.command()
@target_options
@click.option(
    "--solution",
    "names",
    type=click.Choice([*_NAMES, "all"]),
    multiple=True,
    default=["all"],
    show_default=True,
    help="Which solution; repeat for several.",
)
@seconds_option("Stop after S seconds and say how much better another package could be.")
@json_option
def command(target: Target, names: tuple[str, ...], seconds: float, json_: bool) -> None:
    """Find the packages that bargaining solutions choose in TARGET, each with its proof.

    Gains are measured from the stated reservations, or from a party's worst package where none is
    stated; packages that give somebody less than a stated reservation do not count. Nash: largest
    product of gains. Kalai-Smorodinsky: largest smallest share of the best gain. Egalitarian:
    largest smallest gain; leximin: then the next smallest, and so on. Utilitarian: largest sum.

    \b
    detente solve ukraine-2025 --party ukraine --party russia
    detente solve scenarios/grocery --solution nash --json
    """
    from detente.packages.solutions import find_solutions
    from detente.report.packages_data import solutions_data

    chosen = _NAMES if "all" in names else tuple(dict.fromkeys(names))
    found = find_solutions(target.space, chosen, seconds=seconds)
    if json_:
        as_json(solutions_data(target, found))
        return
    say_target(target)
    _say(found)


def _say(found: Solutions) -> None:
    out, space = console(), found.space
    parties = space.parties[:8]
    grid = table("", "Measure", "Value", "Proof", *parties)
    points = zip(found.no_agreement, found.stated, strict=True)
    cells = [f"{float(value):.4g}{'' if stated else ' (worst)'}" for value, stated in points]
    grid.add_row("no agreement", "", "", "", *cells[: len(parties)])
    for solution in found:
        value = "none" if solution.value is None else f"{float(solution.value):.6g}"
        row = [f"{float(u):.4g}" for u in solution.utilities or ()]
        grid.add_row(
            solution.name, _MEASURES[solution.name], value, _proof(solution), *row[: len(parties)]
        )
    out.print(grid)
    for solution in found:
        if solution.reason:
            out.print(f"{solution.name}: {solution.reason}")
        elif solution.package is not None:
            words = package_words(space, solution.package, most=60)
            out.print(f"{solution.name}: {words or 'the package is in --json'}")
    out.print(f"Found by: {found.found[0].method}")


def _proof(solution: Solution) -> str:
    if solution.proven:
        return "proven"
    return "time ended" if math.isinf(solution.gap) else f"gap {solution.gap:.3g}"
