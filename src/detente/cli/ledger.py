"""``detente ledger``: who gains and who gives on which point?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from detente.cli.common import as_json, case_argument, console, json_option, scenario, table

if TYPE_CHECKING:
    from detente.case.case import Case

__all__ = ["command"]


@click.command()
@case_argument
@click.option("--draft", metavar="ID", help="One draft; all drafts one after another if not given.")
@click.option("--actor", "actors", metavar="ID", multiple=True, help="Whose side; may be repeated.")
@scenario
@json_option
def command(
    case: Case, draft: str | None, actors: tuple[str, ...], scenario: str | None, json_: bool
) -> None:
    """Show what each draft of CASE brings to each actor against the status quo, point by point.

    Salience times rating, on -3..3, with its sd. Asymmetry is an actor's net less the mean net of
    the others listed. Without --actor: those whom every agreement needs.
    """
    from detente.assess.outlook import Outlook
    from detente.ledger.ledger import draw_up
    from detente.report.as_data import accounts_data

    outlook = Outlook.of(case, scenario)
    chosen = [case.actor(name).id for name in actors] or list(outlook.rules.principals)
    drafts = [case.draft(draft)] if draft else list(case.drafts)
    books = {each.id: draw_up(outlook, each, chosen) for each in drafts}
    if json_:
        ledgers = [
            accounts_data(case, outlook.scenario.id, name, accounts)
            for name, accounts in books.items()
        ]
        as_json(ledgers[0] if draft else {"case": case.name, "ledgers": ledgers})
        return
    out = console()
    for each in drafts:
        accounts = books[each.id]
        grid = table("Point", *[case.actor_of[name].name for name in chosen], title=each.name)
        lines = [{line.point: line for line in account.lines} for account in accounts]
        for point in case.points:
            cells = [line.get(point.id) for line in lines]
            if any(cell is not None and abs(cell.mean) >= 0.005 for cell in cells):
                words = ["" if c is None else f"{c.mean:+.2f} ± {c.sd:.2f}" for c in cells]
                grid.add_row(point.id, *words)
        grid.add_section()
        grid.add_row("gains", *[f"{account.gains:+.2f}" for account in accounts])
        grid.add_row("gives", *[f"{account.gives:+.2f}" for account in accounts])
        grid.add_row("net", *[f"{a.net:+.2f} ± {a.net_sd:.2f}" for a in accounts])
        grid.add_row("asymmetry", *[f"{account.asymmetry:+.2f}" for account in accounts])
        out.print(grid)
