"""``detente money``: who gets what, and when, under a draft?"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.common import (
    as_json,
    case_argument,
    console,
    json_option,
    list_option,
    plot_option,
    table,
)

if TYPE_CHECKING:
    from detente.case.case import Case
    from detente.money.result import MoneyRun

__all__ = ["command"]


def _assumptions(
    _ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not (name and equals and text):
            raise click.BadParameter(f"'{value}' is not NORM=STATE or NORM=STATE@DATE.")
        found[name] = (*found.get(name, ()), text)
    return found


def _currency(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    from detente.case.amounts import currency_code

    try:
        return value and currency_code(value)
    except ValueError as error:
        raise click.BadParameter(f"{error}.") from None


@click.command()
@case_argument
@click.option("--draft", metavar="ID", help="Under which draft; the first one if not given.")
@click.option("--books", metavar="ID", help="One of several sets of books; else the first.")
@click.option(
    "--on",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Up to which day; the last of the books if not given.",
)
@click.option(
    "--assume",
    metavar="NORM=STATE[@DATE]",
    multiple=True,
    callback=_assumptions,
    help="What happens to a norm, or EVENT=occurred@DATE; repeat.",
)
@click.option(
    "--currency",
    metavar="CODE",
    callback=_currency,
    help="In which currency sums of parties are told.",
)
@list_option("How many payments are shown.")
@plot_option("Draw where money comes from and goes (.svg, .png or .pdf).")
@click.option(
    "--beancount",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the books as plain-text double entry, in beancount's format.",
)
@json_option
def command(
    case: Case,
    draft: str | None,
    books: str | None,
    on: datetime.datetime | None,
    assume: dict[str, tuple[str, ...]],
    currency: str | None,
    listed: int,
    plot: Path | None,
    beancount: Path | None,
    json_: bool,
) -> None:
    """Run the books of CASE under a draft: who gets what, and when.

    Rules pay in order of seniority, to the cent, and after every payment the sums are checked. A
    rule that hangs on a norm or an event pays when the log, the books or --assume say that it
    happens.

    \b
    detente money ukraine-2025 --draft us-russia-28
    detente money ukraine-2025 --draft e3 --assume N19=fulfilled@2030-01-01
    detente money ukraine-2025 --plot flows.svg --beancount flows.beancount
    """
    from detente.money.parties import tell_parties
    from detente.money.run import run_money

    last = None if on is None else on.date()
    run = run_money(case, books, draft=draft, on=last, assume=assume)
    tell_parties(run, currency)  # a missing rate is told before anything is written
    others = {} if draft else _others(case, run, assume, last)
    if plot is not None:
        from detente.money.picture import draw_run
        from detente.pictures.files import save_figure

        save_figure(draw_run(run, case, currency), plot)
    if beancount is not None:
        from detente.money.beancount import as_beancount
        from detente.text.files import write_whole

        write_whole(beancount.resolve(), as_beancount(run).encode())
    if json_:
        _as_json(run, others, currency)
    else:
        _say(case, run, listed, currency)
        _say_others(case, run, others, currency)


def _others(
    case: Case,
    run: MoneyRun,
    assume: dict[str, tuple[str, ...]],
    last: datetime.date | None,
) -> dict[str, MoneyRun]:
    """The same books under every draft; nothing where there is only one."""
    from detente.money.run import run_money

    if len(case.drafts) < 2:
        return {}
    return {
        draft.id: run_money(case, run.books.id, draft=draft.id, on=last, assume=assume)
        for draft in case.drafts
    }


def _as_json(run: MoneyRun, others: dict[str, MoneyRun], currency: str | None) -> None:
    from detente.money.as_data import parties_data, run_data

    data = run_data(run, currency)
    if others:
        data["drafts"] = {
            draft: {
                "parties": parties_data(each, currency),
                "balanced": each.balanced,
                "left_open": _open_points(each),
            }
            for draft, each in others.items()
        }
    as_json(data)


def _say(case: Case, run: MoneyRun, listed: int, currency: str | None) -> None:
    out = console()
    name = f", {case.draft(run.draft).name} ({run.draft})" if run.draft else ""
    out.print(f"{run.books.title}{name}, up to {run.last}\n", style="bold")
    _say_parties(case, run, currency)
    grid = table("Account", "Kind", "At first", "At last", "")
    for account in run.accounts:
        first, last = _grouped(account.text(account.opening)), run.balances[account.id]
        grid.add_row(
            account.name, account.kind, first, _grouped(account.text(last)), account.currency
        )
    for column in grid.columns[2:4]:
        column.justify = "right"
    out.print(grid)
    _say_postings(run, listed)
    _say_rest(run)


def _say_parties(case: Case, run: MoneyRun, currency: str | None) -> None:
    from detente.money.parties import tell_parties

    parties = tell_parties(run, currency)
    told = currency or run.books.currency
    grid = table("Party", f"Received, {told}", f"Paid, {told}", f"Net, {told}")
    for party in parties:
        amounts = (party.received, party.paid, party.net)
        name = case.actor_of[party.id].name
        grid.add_row(name, *(_grouped(party.text(units)) for units in amounts))
    for column in grid.columns[1:]:
        column.justify = "right"
    console().print(grid)


def _say_postings(run: MoneyRun, listed: int) -> None:
    out = console()
    if not run.postings:
        out.print("No money moves.")
        return
    grid = table("Day", "From", "To", "Amount", "Why")
    grid.columns[3].justify = "right"
    for posting in run.postings[:listed]:
        giver, taker = run.account_of[posting.giver], run.account_of[posting.taker]
        amount = f"{_grouped(taker.text(posting.received))} {taker.currency}"
        grid.add_row(str(posting.day), giver.id, taker.id, amount, posting.why)
    out.print(grid)
    if len(run.postings) > listed:
        out.print(f"and {len(run.postings) - listed:,} more; --list N shows more, --json all.")


def _say_rest(run: MoneyRun) -> None:
    out = console()
    sound = "balance" if run.balanced else "DO NOT BALANCE"
    out.print(f"The books {sound}: what came in is what went out and what is held.")
    if run.logged:
        out.print(f"From the log: {'; '.join(run.logged)}.")
    if run.assumed:
        out.print(f"Assumed: {'; '.join(run.assumed)}.")
    for each in run.unpaid:
        amount = _grouped(run.text(each.account, each.units))
        unit = run.account_of[each.account].currency
        out.print(f"Unpaid on {each.day}: {amount} {unit} of '{each.account}' ({each.rule}).")
    by_event: dict[str, list[str]] = {}
    for waiting in run.waiting:
        by_event.setdefault(waiting.what, []).append(waiting.rule)
    for what, rules in by_event.items():
        out.print(f"Waits for {what}: {', '.join(rules)}.")
    by_point: dict[str, list[str]] = {}
    for item in run.left_open:
        by_point.setdefault(item.point, []).append(item.item)
    for point, items in by_point.items():
        out.print(f"Left out, since the draft leaves {point} open: {', '.join(items)}.")
    texts = {each.id: each.text for each in run.books.unstated}
    for name in run.unstated:
        out.print(f"Spoken of without an amount: {' '.join(texts[name].split())}.")


def _say_others(
    case: Case, run: MoneyRun, others: dict[str, MoneyRun], currency: str | None
) -> None:
    from detente.money.parties import tell_parties

    if not others:
        return
    out = console()
    told = currency or run.books.currency
    out.print(f"\nReceived less paid under every draft, {told}", style="bold")
    grid = table("Party", *others)
    nets = {
        draft: {party.id: party.text(party.net) for party in tell_parties(each, currency)}
        for draft, each in others.items()
    }
    for owner in dict.fromkeys(name for each in nets.values() for name in each):
        amounts = [_grouped(each.get(owner, "")) for each in nets.values()]
        grid.add_row(case.actor_of[owner].name, *amounts)
    for column in grid.columns[1:]:
        column.justify = "right"
    out.print(grid)
    for draft, each in others.items():
        if points := _open_points(each):
            out.print(
                f"{draft} leaves open, and what hangs on it is left out: {', '.join(points)}."
            )


def _open_points(run: MoneyRun) -> list[str]:
    return list(dict.fromkeys(item.point for item in run.left_open))


def _grouped(amount: str) -> str:
    """A decimal with commas between thousands."""
    whole, point, places = amount.partition(".")
    return f"{int(whole):,}{point}{places}" if whole.strip("-") not in ("", "0") else amount
