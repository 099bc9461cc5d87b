"""``detente amend``: the fewest changes everybody needed could accept, or the deadlock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from detente.cli.common import (
    as_json,
    case_argument,
    console,
    json_option,
    list_option,
    scenario,
    seconds_option,
    table,
)
from detente.report.words import count, percent

if TYPE_CHECKING:
    from detente.amend.fewest import Amendments
    from detente.case.case import Case

__all__ = ["command"]


@click.command()
@case_argument
@click.option("--draft", metavar="ID", required=True, help="The draft to amend.")
@click.option(
    "--at-least",
    metavar="P",
    type=float,
    help="Probability of acceptance wanted of each voter needed; if not given, acceptance in the "
    "mean: no loss against no deal, and no red line crossed that is likelier meant than not.",
)
@click.option("--fix", "fixed", metavar="POINT", multiple=True, help="Leave this point as it is.")
@click.option("--max", "most", metavar="N", type=click.IntRange(0), help="Change at most N points.")
@list_option("List at most N packages.")
@seconds_option("Stop after S seconds and say what is not proven.")
@scenario
@json_option
def command(
    case: Case,
    draft: str,
    at_least: float | None,
    fixed: tuple[str, ...],
    most: int | None,
    listed: int,
    seconds: float,
    scenario: str | None,
    json_: bool,
) -> None:
    """Find the fewest changes to a draft of CASE after which everybody needed accepts.

    Proven by an exact solver. If no package satisfies everybody: the smallest sets of demands that
    cannot be met together, and the fewest demands whose dropping makes a package possible.

    \b
    detente amend ukraine-2025 --draft us-russia-28
    detente amend ukraine-2025 --draft e3 --at-least 0.6 --fix army-cap
    """
    from detente.amend.fewest import find_fewest_changes
    from detente.assess.outlook import Outlook
    from detente.report.as_data import amendments_data

    outlook = Outlook.of(case, scenario)
    found = find_fewest_changes(
        outlook,
        case.draft(draft),
        at_least=at_least,
        fixed=fixed,
        most=most,
        limit=listed,
        seconds=seconds,
    )
    if json_:
        as_json(amendments_data(found))
    else:
        _say(case, found, most)


def _say(case: Case, found: Amendments, most: int | None) -> None:
    out = console()
    level = "in the mean" if found.level is None else f"with probability {found.level:g} or more"
    if found.deadlock is not None:
        within = "" if most is None else f" within {count(most, 'change')}"
        out.print(f"No package satisfies everybody needed {level}{within}.", style="bold")
        out.print("Demands that cannot be met together (without any one of a set, the rest can):")
        for core in found.deadlock.cores:
            out.print("  - " + "; ".join(str(demand) for demand in core))
        out.print("Fewest demands whose dropping makes a package possible:")
        for unlock in found.deadlock.unlocks:
            out.print("  - " + "; ".join(str(demand) for demand in unlock))
        if not found.deadlock.complete:
            out.print("More sets exist than are listed.")
        if not found.deadlock.proven:
            out.print("Time ended before every set was proven minimal.")
        return
    if found.minimum is None:
        out.print("Time ended before a package was found or excluded; give more --seconds.")
        return
    proof = "proven" if found.proven else "not proven: time ended first"
    least = count(found.minimum, "change")
    out.print(
        f"{found.draft}: at least {least} so that everybody needed accepts {level} ({proof}).",
        style="bold",
    )
    many = "all there are" if found.complete else "more exist or may exist"
    number = count(found.found, "package", "packages")
    best = "" if found.found == len(found.packages) else f"; the best {len(found.packages)}"
    out.print(f"{number} found that attain it ({many}){best}, by the chance of the whole:\n")
    for place, package in enumerate(found.packages, start=1):
        lowest = sorted(package.actors, key=lambda item: item[1])[:3]
        words = ", ".join(
            f"{case.actor_of[name].name} {percent(chance)}" for name, chance in lowest
        )
        out.print(f"{place}. whole {percent(package.probability)}; least likely: {words}")
        grid = table("Point", "Draft", "Instead")
        for change in package.changes:
            grid.add_row(change.point, change.before, change.after)
        for change in package.settled[:8]:
            grid.add_row(change.point, change.before, f"{change.after} (settled)")
        if len(package.settled) > 8:
            grid.add_row("", "", f"and {len(package.settled) - 8} more settled")
        out.print(grid)
