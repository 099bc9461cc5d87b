"""``detente update``: read a document, review it, and see what it changes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.common import CASE, as_json, console, json_option, own_case, scenario, table
from detente.report.words import percent

if TYPE_CHECKING:
    from detente.assess.verdict import DraftVerdict
    from detente.case.case import Case

__all__ = ["command"]


@click.command()
@click.argument("case", type=CASE)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--engine", type=click.Choice(("tagger", "rules")),
    help="What finds who said what; if not given the tagger, yours or else the one that ships.",
)  # fmt: skip
@click.option("--accept-all", is_flag=True, help="Take in all that lack nothing, without asking.")
@scenario
@json_option
def command(
    case: str,
    file: Path,
    *,
    engine: str | None,
    accept_all: bool,
    scenario: str | None,
    json_: bool,
) -> None:
    """Read FILE for CASE, review what it says, and show what that changes.

    Shown are the chances that drafts pass, and that each side accepts, before and after. Without a
    terminal, or with --accept-all, nothing is asked: what lacks nothing is taken in.

    \b
    detente update my-case article.html
    detente update my-case article.txt --accept-all --json
    """
    from detente.cli.review import decide, taken_in
    from detente.reading.engines import open_engine
    from detente.reading.review.proposals import propose
    from detente.reading.review.review import Review

    given = own_case(case)
    read = propose(given, file, open_engine(engine)[1])  # type: ignore[arg-type]
    review = Review(given, read.id)
    before = review.case
    if accept_all or json_ or not sys.stdin.isatty():
        taken = taken_in(review)
    else:
        decide(review)
        taken = {each.item: each.kind for each in review.decided if each.item.startswith(read.id)}
    rows = _changes(before, review.case, scenario)
    late = _late(before, review.case)
    if json_:
        as_json({"document": read.document, "notes": list(read.notes), "taken_in": taken,
                 "open": len(review.open), "not_counted": late, "drafts": rows})  # fmt: skip
        return
    for note in read.notes:
        click.echo(note)
    _say(read.document, taken, len(review.open), rows)
    if late:
        day = review.case.as_of.isoformat()
        click.echo(
            f"Not counted, since statements count up to {day} ('as_of' in case.yaml): "
            f"{', '.join(late)}."
        )


def _late(before: Case, after: Case) -> list[str]:
    """Ids of new statements that are later than the day up to which statements count."""
    from detente.case.records import date_range

    known = {statement.id for statement in before.statements}
    return [
        statement.id
        for statement in after.statements
        if statement.id not in known and date_range(statement.date)[0] > after.as_of
    ]


def _changes(before: Case, after: Case, scenario: str | None) -> list[dict[str, Any]]:
    """Per draft, the chances before and after; actors whose acceptance moved, the most first."""
    from detente.assess.outlook import Outlook
    from detente.assess.verdict import assess_draft

    found = []
    outlooks = [Outlook.of(each, scenario) for each in (before, after)]
    for draft in before.drafts:
        old, new = (assess_draft(outlook, draft) for outlook in outlooks)
        found.append(
            {
                "draft": draft.id,
                "before": old.probability,
                "after": new.probability,
                "actors": _moved(old, new),
            }
        )
    return found


def _moved(old: DraftVerdict, new: DraftVerdict) -> list[dict[str, Any]]:
    known = {each.actor: each.probability for each in old.actors}
    rows = [
        {"actor": each.actor, "before": known[each.actor], "after": each.probability}
        for each in new.actors
        if each.actor in known and abs(each.probability - known[each.actor]) > 1e-9
    ]
    return sorted(rows, key=lambda row: -abs(row["after"] - row["before"]))


def _say(document: str, taken: dict[str, str], left: int, rows: list[dict[str, Any]]) -> None:
    out = console()
    out.print(f"{Path(document).name}: {len(taken)} taken in, {left} left open.", highlight=False)
    for item, words in taken.items():
        out.print(f"  {item}: {words}", highlight=False)
    grid = table("Draft", "Everybody needed accepts", "Acceptance that moved most")
    for row in rows:
        moved = "; ".join(
            f"{each['actor']} {percent(each['before'])} to {percent(each['after'])}"
            for each in row["actors"][:3]
        )
        chance = f"{percent(row['before'])} to {percent(row['after'])}"
        grid.add_row(row["draft"], chance, moved or "none")
    out.print(grid)
