"""A run as plain data for JSON; every amount a decimal in a text."""

from __future__ import annotations

from typing import Any

from detente.money.parties import tell_parties
from detente.money.result import MoneyRun

__all__ = ["parties_data", "run_data"]

Data = dict[str, Any]


def run_data(run: MoneyRun, currency: str | None = None) -> Data:
    """Return accounts, parties and postings of a run, with what it rests on.

    Raises
    ------
    CaseError
        If a currency has no rate on a day that needs it.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> from detente.money.run import run_money
    >>> data = run_data(run_money(load(example_folder("ukraine-2025")), draft="e3"))
    >>> data["balanced"], data["accounts"]["frozen-eu"]["balance"], data["parties"]["ukraine"]
    (True, '210000000000.00', {'received': '105000000000.00', 'paid': '0.00'})
    """
    return {
        "books": run.books.id,
        "draft": run.draft,
        "on": run.last.isoformat(),
        "currency": currency or run.books.currency,
        "assumed": list(run.assumed),
        "logged": list(run.logged),
        "accounts": {
            account.id: {
                "balance": account.text(run.balances[account.id]),
                "opening": account.text(account.opening),
                "currency": account.currency,
                "kind": account.kind,
                "owner": account.owner,
            }
            for account in run.accounts
        },
        "parties": parties_data(run, currency),
        "balanced": run.balanced,
        "postings": _postings(run),
        "unpaid": [
            {
                "date": each.day.isoformat(),
                "rule": each.rule,
                "account": each.account,
                "amount": run.text(each.account, each.units),
                "currency": run.account_of[each.account].currency,
            }
            for each in run.unpaid
        ],
        "waiting": [{"rule": each.rule, "for": each.what} for each in run.waiting],
        "left_open": [{"item": each.item, "point": each.point} for each in run.left_open],
        "unstated": list(run.unstated),
    }


def parties_data(run: MoneyRun, currency: str | None = None) -> dict[str, dict[str, str]]:
    """Return what each party received and paid, by its id."""
    return {
        party.id: {"received": party.text(party.received), "paid": party.text(party.paid)}
        for party in tell_parties(run, currency)
    }


def _postings(run: MoneyRun) -> list[Data]:
    found = []
    for posting in run.postings:
        giver, taker = run.account_of[posting.giver], run.account_of[posting.taker]
        data = {
            "date": posting.day.isoformat(),
            "from": giver.id,
            "to": taker.id,
            "amount": giver.text(posting.units),
            "currency": giver.currency,
            "rule": posting.rule,
            "why": posting.why,
        }
        if giver.currency != taker.currency:
            data["received"] = taker.text(posting.received)
            data["received_currency"] = taker.currency
        found.append(data)
    return found
