"""``detente explain``: which statements moved a belief, and by how much?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from detente.cli.common import as_json, case_argument, console, json_option, table
from detente.report.words import percent

if TYPE_CHECKING:
    from detente.beliefs.explain import OptionBelief
    from detente.case.case import Case

__all__ = ["command"]


@click.command()
@case_argument
@click.argument("actor")
@click.argument("point", required=False)
@json_option
def command(case: Case, actor: str, point: str | None, json_: bool) -> None:
    """Show what is believed of ACTOR, on every point or on one POINT, and what made it so.

    Ratings run from -3 (rejects outright) to +3 (full support) against the status quo; the effects
    of all statements add up to the mean.

    \b
    detente explain ukraine-2025 ukraine army-cap
    """
    from detente.beliefs.belief import Beliefs
    from detente.beliefs.explain import explain_actor
    from detente.compiled.compiled import compile_case

    case.actor(actor)
    if point is not None:
        case.point(point)
    beliefs = Beliefs(compile_case(case))
    found = explain_actor(beliefs, actor, point)
    if json_:
        as_json({"actor": actor, "options": [_data(each) for each in found]})
        return
    out = console()
    name = case.actor_of[actor].name
    lineage = beliefs.of(actor).lineage
    out.print(name, style="bold")
    if lineage:
        out.print(f"starts from the belief about {case.actor_of[lineage[0]].name}, with wider sd")
    if point is None:
        _all_points(case, found)
    else:
        _one_point(case, found)


def _all_points(case: Case, found: tuple[OptionBelief, ...]) -> None:
    grid = table("Point", "Salience", "Option", "Mean ± sd", "Red line", "Moved most by")
    last = ""
    for each in found:
        if each.sd > 0.99 * each.prior_sd and each.red_line is None:
            continue
        moved = [f"{push.observation.origin} {push.effect:+.2f}" for push in each.pushes[:2]]
        first = each.point != last
        grid.add_row(
            each.point if first else "",
            f"{each.salience:.0f}" if first else "",
            each.option,
            f"{each.mean:+.2f} ± {each.sd:.2f}",
            "-" if each.red_line is None else percent(each.red_line),
            ", ".join(moved) or "inherited",
        )
        last = each.point
    out = console()
    out.print(grid)
    told = {e.point for e in found if e.sd <= 0.99 * e.prior_sd}
    silent = {each.point for each in found} - told
    out.print(f"{len(silent)} of {len(case.points)} points: nothing said that tells of them.")


def _one_point(case: Case, found: tuple[OptionBelief, ...]) -> None:
    out = console()
    said = {statement.id: statement for statement in case.statements}
    for each in found:
        line = "" if each.red_line is None else f", red line {percent(each.red_line)}"
        out.print(
            f"\n{each.point} = {each.option}: {each.mean:+.2f} ± {each.sd:.2f} "
            f"(before: {each.inherited:+.2f} ± {each.prior_sd:.2f}){line}",
            style="bold",
        )
        shown = [push for push in each.pushes if abs(push.effect) >= 0.005]
        if not shown:
            out.print("  nothing observed; the belief is the one before anybody spoke")
            continue
        grid = table("Effect", "Stance", "sd", "Date", "Statement or assumption", "About")
        for push in shown:
            statement = said.get(push.observation.origin)
            words = push.observation.origin if statement is None else statement.gist
            grid.add_row(
                f"{push.effect:+.2f}",
                f"{push.observation.value:+g}",
                f"{push.observation.sd:.2f}",
                "" if statement is None else statement.date,
                words if statement is None else f"{words} [{statement.id}]",
                push.observation.target,
            )
        out.print(grid)


def _data(each: OptionBelief) -> dict[str, object]:
    return {
        "point": each.point,
        "option": each.option,
        "mean": round(each.mean, 6),
        "sd": round(each.sd, 6),
        "inherited": round(each.inherited, 6),
        "prior_sd": round(each.prior_sd, 6),
        "salience": round(each.salience, 3),
        "red_line": None if each.red_line is None else round(each.red_line, 6),
        "moved_by": [
            {
                "kind": push.observation.kind,
                "id": push.observation.origin,
                "about": push.observation.target,
                "stance": push.observation.value,
                "noise_sd": round(push.observation.sd, 6),
                "effect": round(push.effect, 6),
            }
            for push in each.pushes
        ],
    }
