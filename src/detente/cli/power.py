"""``detente power``: who holds how much of a decision, and who can stop it?"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.common import (
    CASE,
    as_json,
    console,
    find_case,
    json_option,
    list_option,
    plot_option,
    scenario,
    table,
)
from detente.report.words import count, listing, percent, small_share

if TYPE_CHECKING:
    from detente.power.coalitions import Listing
    from detente.power.target import PowerFindings, RuleAsked

__all__ = ["command"]


@click.command()
@click.argument("target", metavar="RULE|CASE", type=CASE)
@click.option(
    "--rule", metavar="ID", help="One rule of a case in detail; 'whole' for all together."
)
@click.option(
    "--draft", metavar="ID", help="Whose chances are told, of a case; its last draft if not given."
)
@click.option(
    "--index",
    "indices",
    metavar="ID",
    multiple=True,
    help="Only this index, however long it takes; repeat, or 'all'.",
)
@click.option("--exact", is_flag=True, help="Indices as exact fractions.")
@click.option(
    "--common-factor",
    metavar="R",
    type=click.FloatRange(0.0, 1.0, max_open=True),
    help="Correlation of all answers, 0 to 1; else as the rule or case states it.",
)
@list_option("How many coalitions are listed.", default=5, most=1000)
@plot_option("Draw the indices: .svg, .png or .pdf.")
@scenario
@json_option
def command(
    target: str,
    rule: str | None,
    draft: str | None,
    indices: tuple[str, ...],
    exact: bool,
    common_factor: float | None,
    listed: int,
    plot: Path | None,
    scenario: str | None,
    json_: bool,
) -> None:
    """Say who holds how much of a decision: power indices, vetoes, coalitions, chances.

    The target is a weighted game such as '[51; 49, 49, 2]', a file with a rule (YAML or JSON:
    weights with quotas, counts, chambers, clauses), or a CASE with its consent rules. All indices
    are exact. Where probabilities of a yes are known, also how likely the rule is met, who would
    probably hold out, and whose vote decides.

    \b
    detente power '[12; 4, 4, 4, 2, 2, 1]' --exact
    detente power ukraine-2025
    detente power ukraine-2025 --rule whole --draft us-russia-28
    """
    from detente.report.power_data import power_data

    chosen = _indices(indices)
    asked, name = _open(target, rule, draft, scenario, common_factor)
    if len(asked) > 1 and rule is None:
        if plot is not None:
            raise click.UsageError("--plot draws one rule; name it with --rule.")
        _whole_case(asked, name, chosen, exact=exact, listed=listed, json_=json_)
        return
    from detente.power.target import find_findings

    found = find_findings(asked[0], chosen, limit=listed)
    if plot is not None:
        from detente.pictures.files import save_figure
        from detente.pictures.power import draw_power

        save_figure(draw_power(found.asked.title, found.asked.game.members, _drawn(found)), plot)
    if json_:
        as_json(power_data(found, exact=exact))
    else:
        _in_detail(found, exact=exact)


def _indices(names: tuple[str, ...]) -> tuple[str, ...] | None:
    from detente.power.indices import INDICES

    return tuple(INDICES) if "all" in names else tuple(names) or None


def _open(
    target: str,
    rule: str | None,
    draft: str | None,
    scenario: str | None,
    common_factor: float | None,
) -> tuple[tuple[RuleAsked, ...], str]:
    from detente.power.target import asked_of_case, asked_of_rule, choose
    from detente.power.written import parse_rule, read_rule

    path = find_case(target)
    is_file = path.is_file() or (not path.exists() and path.suffix in (".yaml", ".yml", ".json"))
    if target.lstrip().startswith("[") or is_file:
        for name, value in (("rule", rule), ("draft", draft), ("scenario", scenario)):
            if value is not None:
                raise click.UsageError(f"--{name} is for a case; this is one rule.")
        written = read_rule(path) if is_file else parse_rule(target)
        return (asked_of_rule(written, common_factor),), written.title
    from detente.assess.outlook import Outlook
    from detente.case.load import load
    from detente.errors import RequestError

    case = load(path)
    if not case.drafts:
        raise RequestError("The case has no drafts, so that no rule is called for; write one.")
    wanted = case.draft(draft) if draft else case.drafts[-1]
    asked = asked_of_case(Outlook.of(case, scenario), wanted, common_factor=common_factor)
    if not asked:
        raise RequestError("No rule of this case is decided by anybody's vote.")
    return ((choose(asked, rule),) if rule else asked), f"{case.about.title}\nDraft: {wanted.name}"


def _drawn(found: PowerFindings) -> list[tuple[str, list[float]]]:
    from detente.power.indices import INDICES

    shown = [key for key in ("banzhaf", "shapley_shubik") if key in found.power.indices]
    keys = shown or list(found.power.indices)[:2]
    return [(INDICES[key].label, [float(v) for v in found.power.indices[key]]) for key in keys]


def _whole_case(
    asked: tuple[RuleAsked, ...],
    name: str,
    indices: tuple[str, ...] | None,
    *,
    exact: bool,
    listed: int,
    json_: bool,
) -> None:
    from detente.power.target import find_findings
    from detente.report.power_data import power_data

    limit = listed if json_ else 0
    found = [find_findings(each, indices or ("banzhaf",), limit=limit) for each in asked]
    if json_:
        as_json({"rules": {each.asked.id: power_data(each, exact=exact) for each in found}})
        return
    out = console()
    out.print(f"{name}\n", style="bold")
    grid = table("Rule", "Votes", "Equal odds", "Vetoes", "Chance", "Alone", "Likeliest to refuse")
    for each in found:
        votes = each.asked.game.size
        chance, passage = "not called for", each.passage
        alone = refusing = ""
        if passage is not None:
            chance, alone = percent(passage.probability), percent(passage.independent)
            first = passage.members[0]
            refusing = f"{first.voter} ({percent(1.0 - first.yes)})"
        elif each.passage_note:
            chance = "not computed"
        grid.add_row(
            each.asked.id,
            str(votes),
            small_share(each.power.winning, 2**votes),
            str(len(each.power.veto)) if len(each.power.veto) < votes else "all",
            chance,
            alone,
            refusing,
        )
    out.print(grid)
    out.print(
        "Equal odds: the share of all coalitions that win (Coleman's power to act). Chance: with "
        "what members share;\nAlone: as if they answered independently. --rule ID shows one rule "
        "in detail, 'whole' all together."
    )


def _in_detail(found: PowerFindings, *, exact: bool) -> None:
    from detente.power.indices import INDICES

    out, game, power = console(), found.asked.game, found.power
    out.print(f"{found.asked.title}\n", style="bold")
    for note in found.asked.notes:
        out.print(f"Note: {note}")
    share = small_share(power.winning, 2**game.size)
    figure = f"{power.winning:,}" if game.size <= 60 else f"about {_power_of_ten(power.winning)}"
    votes = count(game.size, "vote")
    out.print(f"{votes}; {figure} coalitions win, {share} (Coleman's power to act).")
    if power.dictator:
        out.print(f"Decides alone: {power.dictator}")
    out.print(f"Without whom nothing passes: {listing(power.veto, most=12)}")
    out.print(f"Who never decides anything: {listing(power.dummies, most=12)}")
    shown = [key for key in power.indices if key != "coleman_act" or len(power.indices) == 1]
    grid = table("Member", *(INDICES[key].label for key in shown))
    for column in grid.columns[1:]:
        column.justify = "right"
        column.overflow = "fold"
    for place, name in enumerate(game.members):
        many = game.copies[place]
        label = f"{name} (each of {many} seats)" if many > 1 else name
        values = (power.indices[key][place] for key in shown)
        grid.add_row(label, *(_figure(value, exact=exact) for value in values))
    if shown:
        out.print(grid)
    for key, reason in power.omitted.items():
        out.print(f"{INDICES[key].label}: {reason}")
    _say_coalitions("Enough to pass", power.minimal, found.smallest_winning)
    _say_coalitions("Enough to stop", power.minimal_blocking, found.smallest_blocking)
    _say_passage(found)


def _power_of_ten(number: int) -> str:
    digits = str(number)
    return f"{digits[0]}.{digits[1]} x 10^{len(digits) - 1}"


def _figure(value: Fraction, *, exact: bool) -> str:
    if exact:
        return str(value)
    return f"{float(value):.2e}" if 0 < value < Fraction(1, 10_000) else f"{float(value):.6f}"


def _say_coalitions(what: str, many: int | None, listing_: Listing) -> None:
    out = console()
    total = (
        " (not counted; --index all does)"
        if many is None
        else f" ({many:,} minimal coalitions in all)"
    )
    out.print(f"{what}{total}, the smallest:", style="bold")
    for each in listing_.coalitions:
        names = [name if votes == 1 else f"{votes} of {name}" for name, votes in each]
        out.print(f"  {listing(names, most=16)}")
    if not listing_.complete:
        out.print("  The search for these ended before it was complete.")


def _say_passage(found: PowerFindings) -> None:
    out, passage = console(), found.passage
    if found.passage_note:
        out.print(f"Chances: {found.passage_note}")
    if passage is None:
        return
    factor = f", {passage.common_factor:g} in common" if passage.common_factor else ""
    out.print(
        f"Chance that the rule is met: {percent(passage.probability)}{factor}; "
        f"{percent(passage.independent)} if all answer independently.",
        style="bold",
    )
    pivotal = "nobody" if passage.pivotal is None else str(passage.pivotal)
    out.print(f"If the likeliest join first, the yes that is enough is that of {pivotal}.")
    grid = table("Member", "Says yes", "Its vote decides", "Refused, if it fails")
    for member in passage.members[:12]:
        grid.add_row(
            str(member.voter), *map(percent, (member.yes, member.decisive, member.refused))
        )
    out.print(grid)
    if len(passage.members) > 12:
        out.print(f"and {len(passage.members) - 12} more, less likely to be those who refused.")
    if found.likeliest_blocking:
        out.print("Likeliest to stop it together:", style="bold")
        for each in found.likeliest_blocking:
            out.print(f"  {listing(map(str, each), most=16)}")
