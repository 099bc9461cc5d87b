"""``detente chance``: which package is most likely to pass, and how few changes reach a chance?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from detente.cli.common import (
    as_json,
    case_argument,
    console,
    json_option,
    scenario,
    seconds_option,
    table,
)
from detente.report.words import count, percent

if TYPE_CHECKING:
    from detente.amend.chance import BestChance, ChangedForChance, Estimate
    from detente.case.case import Case

__all__ = ["command"]


@click.command()
@case_argument
@click.option(
    "--draft", metavar="ID", help="The draft whose fewest changes are asked for; needs --at-least."
)
@click.option(
    "--at-least",
    "wanted",
    metavar="P",
    type=float,
    help="Chance wanted that the whole passes; needs --draft.",
)
@click.option(
    "--samples",
    metavar="N",
    type=click.IntRange(100),
    default=2000,
    show_default=True,
    help="Draws by which packages are compared, and as many fresh ones to check.",
)
@click.option(
    "--seed", metavar="N", type=click.IntRange(0), default=20_251_120, help="Where the draws start."
)
@seconds_option("Time for search and proof together.", default=4.0, least=0.5)
@scenario
@json_option
def command(
    case: Case,
    draft: str | None,
    wanted: float | None,
    samples: int,
    seed: int,
    seconds: float,
    scenario: str | None,
    json_: bool,
) -> None:
    """Find the package of CASE most likely to pass all consent rules.

    With --draft and --at-least: the fewest changes to that draft after which the whole passes with
    the chance wanted. Packages are compared on the same draws of who says yes; the chance is told
    again on fresh draws, with its standard error. A proven bound says how much better any package
    could be.

    \b
    detente chance ukraine-2025
    detente chance ukraine-2025 --draft us-ukraine-20 --at-least 0.3
    """
    from detente.amend.chance import find_best_chance, find_changes_for_chance
    from detente.assess.outlook import Outlook
    from detente.report.packages_data import best_chance_data, changed_data

    if (draft is None) != (wanted is None):
        raise click.UsageError("--draft and --at-least go together.")
    outlook = Outlook.of(case, scenario)
    if draft is None or wanted is None:
        best = find_best_chance(outlook, samples=samples, seed=seed, seconds=seconds)
        if json_:
            as_json(best_chance_data(best))
        else:
            _say_best(best)
        return
    found = find_changes_for_chance(
        outlook, case.draft(draft), wanted, samples=samples, seed=seed, seconds=seconds
    )
    if json_:
        as_json(changed_data(found))
    else:
        _say_changes(found)


def _say_best(best: BestChance) -> None:
    out = console()
    out.print(f"Most likely to pass, as far as found: {percent(best.estimate.exact)}", style="bold")
    _say_estimate(best.estimate, best.samples)
    out.print(f"No package passes with more than {percent(best.bound)} (proven).")
    if best.local:
        out.print("No change of a single point is better on these draws.")
    else:
        out.print("Time ended before every change of a single point was tried.")
    grid = table("Point", "Option")
    for point, option in best.package:
        grid.add_row(point, option)
    out.print(grid)


def _say_estimate(estimate: Estimate, samples: int) -> None:
    error = f"{100 * estimate.standard_error:.1f}"
    console().print(
        f"{percent(estimate.in_sample)} of the {samples:,} draws it was chosen by; "
        f"{percent(estimate.out_of_sample)} ± {error} of as many fresh ones; "
        f"{percent(estimate.exact)} by the exact formula."
    )


def _say_changes(found: ChangedForChance) -> None:
    out = console()
    wanted = percent(found.wanted)
    if found.at_least is None:
        out.print(f"No package passes with {wanted} or more (proven).", style="bold")
    elif found.changes is None:
        out.print(f"No package found passes with {wanted} or more.", style="bold")
    else:
        proof = "proven to be the fewest"
        if not found.proven:
            proof = f"at least {found.at_least} are needed, proven"
        changes = count(len(found.changes), "change")
        out.print(f"{found.draft}: {changes} reach {wanted} ({proof}).", style="bold")
    if found.changes is None:
        out.print("The likeliest found:")
    _say_estimate(found.estimate, found.samples)
    grid = table("Point", "Instead" if found.changes else "Option")
    for point, option in found.package if found.changes is None else found.changes:
        grid.add_row(point, option)
    if found.changes != ():
        out.print(grid)
