"""``detente precedents``: what did earlier peace agreements say on these points?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.common import (
    CASE,
    as_json,
    console,
    json_option,
    list_option,
    load_case,
    plot_option,
    table,
)
from detente.report.words import count, listing, percent

if TYPE_CHECKING:
    from rich.table import Table

    from detente.case.case import Case
    from detente.precedents.find import Durations, Precedents
    from detente.precedents.frequency import Frequency
    from detente.precedents.pairs import Pair
    from detente.precedents.shares import Share

__all__ = ["command"]

_TRAITS = ("stage", "region", "decade", "type")
_THIN = "Thin: fewer than 30 agreements; such a share says little."


@click.command()
@click.argument("case", type=CASE, required=False)
@click.argument("points", metavar="[POINT]...", nargs=-1)
@click.option(
    "--pax", metavar="FILE", envvar="DETENTE_PAX", type=click.Path(path_type=Path),
    help="Table of PA-X with its codes, .xlsx or .csv; else the variable DETENTE_PAX.",
)  # fmt: skip
@click.option(
    "--ucdp", metavar="FILE", envvar="DETENTE_UCDP", type=click.Path(path_type=Path),
    help="UCDP Peace Agreement Dataset, .xlsx or .csv; else the variable DETENTE_UCDP.",
)  # fmt: skip
@click.option("--draft", metavar="ID", help="Whose topics are compared; else those of all points.")
@click.option("--between-states", is_flag=True, help="Of PA-X only agreements between states.")
@click.option(
    "--by", type=click.Choice(_TRAITS), multiple=True,
    help="Break shares down; repeat. Broken down in every way where points are named.",
)  # fmt: skip
@click.option("--topics", is_flag=True, help="Show the vocabulary of topics instead.")
@list_option("Rows of each list: pairs, nearest agreements, topics lacking.", default=10)
@plot_option("Draw the shares with their intervals: .svg, .png or .pdf.")
@json_option
def command(
    case: str | None, *, topics: bool, plot: Path | None, json_: bool, **given: Any
) -> None:
    """Say what earlier peace agreements said on the points of CASE, and how long they lasted.

    Reads tables that you downloaded: PA-X (peaceagreements.org: what agreements treat) and the UCDP
    Peace Agreement Dataset (ucdp.uu.se: whether and when they ended). Points are looked up by their
    'topic' in points.yaml. Shown are how often agreements treat each topic; which topics go
    together; the agreements nearest to a draft; what comprehensive agreements treat and the draft
    does not; and how many ended within 5 and 10 years. All of it is association, not effect.

    \b
    detente precedents ukraine-2025 --pax pax.xlsx --ucdp ucdp.xlsx --draft us-ukraine-20
    detente precedents ukraine-2025 elections --pax pax.xlsx --by stage
    detente precedents --topics
    """
    if topics:
        _vocabulary(json_=json_)
        return
    if case is None:
        raise click.UsageError("Missing argument 'CASE'.")
    if given["pax"] is None and given["ucdp"] is None:
        raise click.UsageError(
            "Give a table with --pax FILE (from peaceagreements.org) or --ucdp FILE (from "
            "ucdp.uu.se), or both."
        )
    read = load_case(case)
    found = _found(read, **given)
    if plot is not None:
        from detente.pictures.files import save_figure
        from detente.precedents.picture import draw_precedents

        save_figure(draw_precedents(found, read.about.title), plot)
    if json_:
        from detente.precedents.as_data import precedents_data

        as_json(precedents_data(found))
    else:
        traits = given["by"] or (_TRAITS if given["points"] else ())
        _say(read, found, traits, given["listed"])


def _found(case: Case, **given: Any) -> Precedents:
    from detente.precedents.find import Request, find_precedents
    from detente.precedents.pax import open_agreements
    from detente.precedents.ucdp import open_treaties

    request = Request(given["points"], given["draft"], given["between_states"], given["listed"])
    agreements = None if given["pax"] is None else open_agreements(given["pax"])
    treaties = None if given["ucdp"] is None else open_treaties(given["ucdp"])
    return find_precedents(case, agreements, treaties, request)


def _vocabulary(*, json_: bool) -> None:
    from detente.precedents.vocabulary import provisions, topics

    if json_:
        from detente.precedents.as_data import vocabulary_data

        as_json(vocabulary_data())
        return
    out = console()
    grid = table("Topic", "Name", "Levels", "Nearest in PA-X", "In UCDP", title="Topics")
    for topic in topics().values():
        name = f"  {topic.name}" if topic.part_of else topic.name
        words = f"{name}. {topic.words}" if topic.words else name
        graded = "" if topic.own else "1 to 3" if topic.graded else "there or not"
        near = ", ".join(each.removeprefix("pax/") for each in topic.nearest)
        grid.add_row(topic.id, words, graded, near, ", ".join(topic.provisions))
    out.print(grid)
    grid = table("Provision", "Name", title="Provisions of UCDP")
    for name, words in provisions().items():
        grid.add_row(name, words)
    out.print(grid)
    out.print("pax/...: codes of the PA-X codebook, version 3 (Bell et al. 2020); own/...: ours.")


def _say(case: Case, found: Precedents, traits: tuple[str, ...], listed: int) -> None:
    out = console()
    draft = found.request.draft
    out.print(f"{case.about.title}{f', draft {draft}' if draft else ''}", style="bold")
    for facts in found.files:
        out.print(f"{facts.data}: {facts.file}, {count(facts.rows, 'agreement')}.")
    for each in found.unplaced:
        if each.topic is not None:
            click.echo(each.message)
    if untold := [each.point for each in found.unplaced if each.topic is None]:
        out.print(f"Without a topic: {', '.join(untold)}.")
    if not found.topics:
        out.print("Nothing can be looked up: give points a 'topic' (detente precedents --topics).")
    if found.base:
        _say_base(found)
        _say_frequencies(found)
        _say_nearly(found)
        for trait in traits:
            _say_by(found, trait)
        _say_pairs(found, listed)
        _say_nearest(found)
        _say_lacking(found, listed)
    if found.lasting is not None:
        _say_lasting(found.lasting)
        if found.request.between_states:
            out.print("--between-states does not touch how long agreements of UCDP lasted.")


def _say_base(found: Precedents) -> None:
    out = console()
    if found.request.between_states:
        out.print(
            f"Only the {found.base} agreements between states are counted: a small base, of which "
            f"{found.base_comprehensive} are comprehensive."
        )
        return
    out.print(
        f"Only {found.base_between_states} of these {found.base:,} are between states; most are "
        "about conflicts inside a state. --between-states counts the former alone."
    )


def _show(grid: Table) -> None:
    console().print()
    console().print(grid)


def _share(share: Share | None) -> tuple[str, str, str]:
    """The counts, the share with a word on a thin base, and the interval."""
    if share is None or share.share is None:
        return "0 of 0", "none", ""
    thin = " (thin)" if share.thin else ""
    counts = f"{share.count:,} of {share.base:,}"
    return counts, f"{percent(share.share)}{thin}", f"{percent(share.low)} to {percent(share.high)}"


def _brief(share: Share) -> str:
    counts, part, _ = _share(share)
    return f"{counts}, {part}"


def _frequencies(found: Precedents) -> dict[str, tuple[Frequency, list[str]]]:
    """What is coded, the most frequent first, with the points that ask about it."""
    asked: dict[str, tuple[Frequency, list[str]]] = {}
    for each in found.points:
        if each.exact:
            kept = asked.setdefault(each.asked.topic.id, (each.frequencies[0], []))
            kept[1].append(each.asked.point)
    return dict(sorted(asked.items(), key=lambda item: -item[1][0].overall.count))


def _say_frequencies(found: Precedents) -> None:
    asked = _frequencies(found)
    if not asked:
        return
    grid = table(
        "Topic and points", "Treated in", "Share", "95 %", "Level 1, 2, 3", "Between states",
        title="How often agreements treat it",
    )  # fmt: skip
    thin = False
    for frequency, points in asked.values():
        levels = frequency.levels
        own = levels is not None and levels.graded == frequency.topic.id
        graded = "" if levels is None else ", ".join(map(str, levels.counts))
        graded += "" if own or levels is None else f" ({levels.graded.removeprefix('pax/')})"
        thin |= frequency.overall.thin or frequency.between_states.thin
        name = f"{frequency.topic.name} ({frequency.topic.code})"
        states = _brief(frequency.between_states)
        grid.add_row(_with_points(name, points), *_share(frequency.overall), graded, states)
    out = console()
    _show(grid)
    out.print(
        "Levels: in words only, in substance, in detail; of the main code in brackets where PA-X "
        "grades only that." + (f" {_THIN}" if thin else "")
    )


def _with_points(topic: str, points: list[str]) -> str:
    return "\n".join((topic, *(f"  {point}" for point in points)))


def _say_nearly(found: Precedents) -> None:
    own = [each for each in found.points if not each.exact]
    if not own:
        return
    grid = table(
        "Topic and points", "Code that comes nearest, not the same",
        title="What PA-X does not code",
    )  # fmt: skip
    asked: dict[str, list[str]] = {}
    for each in own:
        asked.setdefault(each.asked.topic.id, []).append(each.asked.point)
    for each in own:
        if points := asked.pop(each.asked.topic.id, None):
            near = [f"{f.topic.name} ({_brief(f.overall)})" for f in each.frequencies]
            grid.add_row(_with_points(each.asked.topic.id, points), "; ".join(near) or "none")
    _show(grid)
    console().print("No share is given for these; what comes nearest was coded for something else.")


def _say_by(found: Precedents, trait: str) -> None:
    from detente.precedents.pax import STAGES

    frequencies = [each for each, _ in _frequencies(found).values()]
    if not frequencies:
        return
    grid = table("Topic", trait.capitalize(), "Treated in", "Share", "95 %", title=f"By {trait}")
    place, thin = _TRAITS.index(trait), False
    for each in frequencies:
        name = each.topic.name
        for label, share in each.by[place].groups:
            grid.add_row(name, STAGES.get(label, label), *_share(share))
            thin |= share.thin
            name = ""
    _show(grid)
    if thin:
        console().print(_THIN)


def _say_pairs(found: Precedents, listed: int) -> None:
    usual = [pair for pair in found.pairs if pair.verdict == "usual"]
    rare = [pair for pair in found.pairs if pair.verdict == "rare"]
    few = sum(pair.verdict == "too few to say" for pair in found.pairs)
    if not found.pairs:
        return
    out = console()
    if usual:
        grid = table(
            "Pair", "Together in", "Share", "95 %", "By chance", "Ratio", title="Usual pairs"
        )
        for pair in usual[:listed]:
            grid.add_row(*_pair(pair))
        _show(grid)
    else:
        out.print()
    for pair in rare[::-1][:listed]:
        names, counts, _, interval, chance, ratio = _pair(pair)
        out.print(
            f"Rare: {names} stand together in {counts} ({interval}); by chance {chance}, "
            f"ratio {ratio}."
        )
    words = f"Pairs: {len(found.pairs)}; usual {len(usual)}, rare {len(rare)}"
    out.print(
        f"{words}: the interval leaves out the share that independence would give. Long agreements "
        "treat more of everything, so pairs tend to stand above chance; and on either side one in "
        f"forty does so by luck. Too few to say: {few}."
    )


def _pair(pair: Pair) -> tuple[str, str, str, str, str, str]:
    first, second = pair.topics
    counts, part, interval = _share(pair.together)
    ratio = "" if pair.ratio is None else f"{pair.ratio:.2f}"
    names = f"{first.name} with {second.name[:1].lower()}{second.name[1:]}"
    return names, counts, part, interval, percent(pair.expected), ratio


def _say_nearest(found: Precedents) -> None:
    from detente.precedents.pax import STAGES

    if not found.nearest:
        return
    grid = table(
        "Alike", "Agreement", "Stage", "Shared", "Only in the draft", "Only in the agreement",
        title="Nearest agreements by what they treat",
    )  # fmt: skip
    for near in found.nearest:
        shared, missing, further = (
            listing([topic.code for topic in those], most=6, empty="none")
            for those in (near.shared, near.draft_only, near.agreement_only)
        )
        name = f"{near.date or 'undated'}: {_plain(near.name)}"
        stage = STAGES.get(near.stage, near.stage)
        grid.add_row(f"{near.similarity:.2f}", name, stage, shared, missing, further)
    out = console()
    _show(grid)
    out.print("Alike: Jaccard index of main codes, each weighted by its rarity; 1 is the same.")


def _plain(name: str) -> str:
    """A name from a file on one line, nothing in it that steers a terminal."""
    return " ".join("".join(char if char.isprintable() else " " for char in name).split())


def _say_lacking(found: Precedents, listed: int) -> None:
    if found.lacking is None:
        return
    out, base = console(), found.base_comprehensive
    if not base:
        out.print("\nNo comprehensive agreement is among them; nothing is told as lacking.")
        return
    grid = table("Topic", "Treated in", "Share", "95 %", title="Comprehensive ones also treat")
    for each in found.lacking[:listed]:
        grid.add_row(f"{each.topic.name} ({each.topic.code})", *_share(each.among))
    _show(grid)
    left = max(0, len(found.lacking) - listed)
    words = f"{left} more with --list. " if left else ""
    out.print(f"{words}That others treat a topic does not say that a draft should.")
    if base < 30:
        out.print(f"Only {base} of them are comprehensive. {_THIN}")


def _say_lasting(found: Durations) -> None:
    out = console()
    grid = table("Agreements", "Ended in 5 years", "In 10 years", title="How long they lasted")
    for label, shares in found.rates:
        grid.add_row(label, *(_ended(share) for share in shares))
    _show(grid)
    if found.provisions:
        grid = table(
            "Provision", "Topics", "In 5 years: with", "without", "In 10: with", "without",
            title="Ended with a provision, and without",
        )  # fmt: skip
        five, ten = (_ended(share) for share in found.rates[0][1])
        grid.add_row("all (base rate)", "", five, "", ten, "")
        for each in found.provisions:
            cells = [_ended(s) for ended in each.ended for s in (ended.having, ended.lacking)]
            codes = ", ".join(topic.code for topic in each.topics)
            grid.add_row(each.name, codes, *cells)
        out.print(grid)
    late = count(found.undated, "agreement")
    out.print(
        f"Association, not effect. Of agreements signed early enough to be observed; {late} that "
        f"ended on no stated day count as not ended. {_THIN}"
    )


def _ended(share: Share) -> str:
    counts, part, interval = _share(share)
    return f"{part}: {counts}" + (f" ({interval})" if interval else "")
