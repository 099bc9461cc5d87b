"""A run as plain-text double entry, in the format of beancount.

The format: dated lines that open accounts and record transactions; every transaction sums to zero
in each currency, an amount with ``@@`` counting as what it was exchanged for (Blais, Beancount
language syntax).
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator

from detente.money.result import Holding, MoneyRun, Posting

__all__ = ["as_beancount"]

_ROOTS = {"source": "Equity", "fund": "Assets", "escrow": "Assets", "party": "Assets"}
_OPENING = "Equity:Opening-Balances"


def as_beancount(run: MoneyRun) -> str:
    """Return a run in beancount's format: accounts, rates, transactions, balances asserted.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> from detente.money.run import run_money
    >>> run = run_money(load(example_folder("ukraine-2025")), draft="e3")
    >>> as_beancount(run).splitlines()[0]
    'option "title" "Money after a signature, under e3"'
    """
    names = _names(run)
    parts = [*_head(run, names), *_openings(run, names)]
    parts += [_transaction(run, posting, names) for posting in run.postings]
    day = run.last + datetime.timedelta(days=1) if run.last < datetime.date.max else run.last
    parts += [
        f"{day} balance {names[account.id]}  {_amount(account, run.balances[account.id])}"
        for account in run.accounts
    ]
    return "\n".join(parts) + "\n"


def _head(run: MoneyRun, names: dict[str, str]) -> Iterator[str]:
    start = run.books.start
    under = f", under {run.draft}" if run.draft else ""
    yield f'option "title" {_quoted(run.books.title + under)}'
    for currency in dict.fromkeys([run.books.currency, *_currencies(run)]):
        yield f'option "operating_currency" "{currency}"'
    yield f"{start} open {_OPENING}"
    for account in run.accounts:
        yield f"{start} open {names[account.id]} {account.currency}"
    yield ""


def _currencies(run: MoneyRun) -> list[str]:
    return [account.currency for account in run.accounts]


def _openings(run: MoneyRun, names: dict[str, str]) -> Iterator[str]:
    for account in run.accounts:
        if account.opening:
            yield f'{run.books.start} * "Opening balance of {account.id}"'
            yield f"  {names[account.id]}  {_amount(account, account.opening)}"
            yield f"  {_OPENING}  {_amount(account, -account.opening)}\n"


def _transaction(run: MoneyRun, posting: Posting, names: dict[str, str]) -> str:
    giver, taker = run.account_of[posting.giver], run.account_of[posting.taker]
    received = _amount(taker, posting.received)
    price = f" @@ {received}" if giver.currency != taker.currency else ""
    return (
        f"{posting.day} * {_quoted(posting.rule)} {_quoted(posting.why)}\n"
        f"  {names[giver.id]}  {_amount(giver, -posting.units)}{price}\n"
        f"  {names[taker.id]}  {received}\n"
    )


def _amount(account: Holding, units: int) -> str:
    return f"{account.text(units)} {account.currency}"


def _names(run: MoneyRun) -> dict[str, str]:
    """Names that beancount takes: a root, the owner, the account; no two the same."""
    found: dict[str, str] = {}
    taken = {_OPENING}
    for account in run.accounts:
        parts = (account.owner, account.id) if account.owner else (account.id,)
        name = ":".join([_ROOTS[account.kind], *map(_component, parts)])
        number, free = 2, name
        while free in taken:
            free, number = f"{name}-{number}", number + 1
        taken.add(free)
        found[account.id] = free
    return found


def _component(name: str) -> str:
    """A part of an account's name: it begins with a capital or digit; letters, digits, hyphens."""
    plain = unicodedata.normalize("NFKD", name)
    words = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")
    words = "-".join(word[:1].upper() + word[1:] for word in words.split("-"))
    return words or "Account-" + "-".join(f"{ord(char):X}" for char in name)


def _quoted(words: str) -> str:
    return '"' + " ".join(words.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'
