"""``detente assess``: will it be accepted, by whom not, because of which points?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from detente.cli.common import (
    as_json,
    case_argument,
    console,
    json_option,
    scenario,
    table,
)
from detente.report.words import count, percent

if TYPE_CHECKING:
    from detente.assess.outlook import Outlook
    from detente.assess.verdict import ActorVerdict, DraftVerdict
    from detente.case.case import Case

__all__ = ["command"]


@click.command()
@case_argument
@click.option("--draft", metavar="ID", help="One draft in detail; all drafts side by side if not.")
@scenario
@json_option
def command(case: Case, draft: str | None, scenario: str | None, json_: bool) -> None:
    """Say how likely each draft of CASE is to be accepted, by whom not, and why.

    Acceptance is the product of two factors, always shown apart: the chance that an actor gains
    over no deal, and the chance that no red line is crossed. The chance of the whole is computed
    jointly over all consent rules.

    \b
    detente assess ukraine-2025
    detente assess ukraine-2025 --draft us-russia-28 --scenario aid-ends
    """
    from detente.assess.outlook import Outlook
    from detente.assess.verdict import assess_draft
    from detente.errors import RequestError
    from detente.report.as_data import assessment_data, shift_data

    if not case.drafts:
        raise RequestError("The case has no drafts to assess; write one into drafts/.")
    outlook = Outlook.of(case, scenario)
    drafts = [case.draft(draft)] if draft else list(case.drafts)
    verdicts = [assess_draft(outlook, each) for each in drafts]
    if json_:
        data = assessment_data(case, outlook.scenario.id, verdicts)
        if draft:
            from detente.assess.sensitivity import shifts

            data["sensitivity"] = [shift_data(each) for each in shifts(outlook, drafts)]
        as_json(data)
    elif draft:
        _in_detail(outlook, verdicts[0])
    else:
        _side_by_side(outlook, verdicts)


def _side_by_side(outlook: Outlook, verdicts: list[DraftVerdict]) -> None:
    out, case = console(), outlook.case
    out.print(f"{case.about.title}\nScenario: {outlook.scenario.title}\n", style="bold")
    grid = table("", *[verdict.draft for verdict in verdicts])
    grid.add_row("Everybody needed accepts", *[percent(v.probability) for v in verdicts])
    grid.add_row("  range over what is open", *[_range(v) for v in verdicts])
    grid.add_row("  no dependence between actors", *[percent(v.independent) for v in verdicts])
    for principal in outlook.rules.principals:
        found = [_of(verdict, principal) for verdict in verdicts]
        name = case.actor_of[principal].name
        grid.add_row(f"{name} accepts", *[percent(a.probability) for a in found])
        grid.add_row("  gains over no deal", *[percent(a.gain) for a in found])
        grid.add_row("  no red line crossed", *[percent(a.compliance) for a in found])
    rules = dict.fromkeys(rule.rule for verdict in verdicts for rule in verdict.rules)
    grid.add_row("")
    for rule in rules:
        cells = []
        for verdict in verdicts:
            met = next((each for each in verdict.rules if each.rule == rule), None)
            cells.append("not needed" if met is None else percent(met.probability))
        grid.add_row(rule, *cells)
    out.print(grid)
    for verdict in verdicts:
        names = [str(voter) for voter in verdict.blockers]
        more = f" and {len(names) - 5} more" if len(names) > 5 else ""
        words = f"likelier to refuse than not: {', '.join(names[:5])}{more}" if names else "nobody"
        out.print(f"{verdict.draft}: {words}")
        _say_unknown(out.print, verdict)


def _range(verdict: DraftVerdict) -> str:
    if verdict.completions == 1:
        return "-"
    return f"{percent(verdict.low)} to {percent(verdict.high)}"


def _of(verdict: DraftVerdict, actor: str) -> ActorVerdict:
    return next(each for each in verdict.actors if each.actor == actor)


def _say_unknown(say: Callable[[str], None], verdict: DraftVerdict) -> None:
    parts = []
    if verdict.unknown:
        parts.append(f"{count(len(verdict.unknown), 'point is', 'points are')} not known")
    if verdict.open:
        parts.append(
            f"{count(len(verdict.open), 'is', 'are')} left open ({', '.join(verdict.open)})"
        )
    if parts:
        drawn = f"{verdict.completions} evenly drawn, standard error {_points(verdict)}"
        how = "all" if verdict.all_completions else drawn
        say(f"  {'; '.join(parts)}: averaged over {how}")


def _points(verdict: DraftVerdict) -> str:
    """The sampling error of the whole and of the principals, in percentage points."""
    worst = max(actor.standard_error for actor in verdict.actors)
    return f"{100 * verdict.standard_error:.1f} points, of an actor at most {100 * worst:.1f}"


def _in_detail(outlook: Outlook, verdict: DraftVerdict) -> None:
    from detente.assess.sensitivity import shifts

    out, case = console(), outlook.case
    draft = case.draft(verdict.draft)
    out.print(f"{draft.name} ({draft.date or 'undated'}), {outlook.scenario.title}", style="bold")
    out.print(f"Everybody needed accepts: {percent(verdict.probability)}", style="bold")
    out.print(f"  without any dependence between actors: {percent(verdict.independent)}")
    if verdict.completions > 1:
        out.print(f"  over what is open or unknown: {_range(verdict)}")
    _say_unknown(out.print, verdict)

    grid = table("Actor", "Accepts", "Gains", "No red line", "Mean ± sd", "No deal", "Rests on")
    for actor in verdict.actors:
        if actor.inherits and actor.actor not in outlook.rules.principals:
            continue
        grid.add_row(
            case.actor_of[actor.actor].name,
            percent(actor.probability),
            percent(actor.gain),
            percent(actor.compliance),
            f"{actor.mean:+.2f} ± {actor.sd:.2f}",
            f"{actor.reservation:+.2f} ± {actor.reservation_sd:.2f}",
            count(actor.statements, "statement"),
        )
    out.print(grid)
    heirs = [actor for actor in verdict.actors if actor.inherits]
    if heirs:
        groups = sorted({str(actor.inherits) for actor in heirs})
        out.print(f"{len(heirs)} more speak through a group's belief: {', '.join(groups)}")

    for principal in outlook.rules.principals:
        actor = _of(verdict, principal)
        best = [f"{p.point} {p.share:+.2f}" for p in actor.points if p.share > 0][:4]
        worst = [f"{p.point} {p.share:+.2f}" for p in actor.points if p.share < 0][:4]
        lines = [f"{r.point} {percent(r.probability)}" for r in actor.red_lines][:4]
        out.print(f"\n{case.actor_of[principal].name}", style="bold")
        out.print(f"  makes it:   {', '.join(best) or 'nothing'}")
        out.print(f"  breaks it:  {', '.join(worst) or 'nothing'}")
        out.print(f"  red lines:  {', '.join(lines) or 'none touched'}")

    rules = table("Consent rule", "Chance", "Apart", "Blocked by")
    for rule in verdict.rules:
        names = [str(voter) for voter in rule.blocked_by]
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        needed = "" if rule.needed == 1.0 else f" (needed in {percent(rule.needed)})"
        rules.add_row(
            rule.title + needed,
            percent(rule.probability),
            percent(rule.independent),
            ", ".join(names[:3]) + more or "-",
        )
    out.print(rules)
    for rule_id, reading, chance in verdict.other_readings:
        out.print(f"Read otherwise ({rule_id} as {reading}): {percent(chance)} for the whole")
    if verdict.facts:
        out.print(
            "\nConditions of law that nobody votes on (not in the probabilities):", style="bold"
        )
        for fact in verdict.facts:
            out.print(f"  {fact.words}")
    out.print("\nHow the answer moves, one assumption at a time:", style="bold")
    moved = table("Assumption", "Moved to", "Whole", *outlook.rules.principals)
    for shift in shifts(outlook, [draft]):
        cells = [percent(chance) for _, chance in shift.actors]
        moved.add_row(shift.assumption, shift.step, percent(shift.probability), *cells)
    out.print(moved)
