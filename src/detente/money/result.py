"""What came of a run: postings, balances, and what was not paid and why."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from detente.case.money import Books
from detente.money.amounts import written
from detente.money.rates import Rates

__all__ = ["Holding", "LeftOpen", "MoneyRun", "Posting", "Unpaid", "Waiting"]


@dataclass(frozen=True, slots=True)
class Holding:
    """An account as a run sees it; ``opening`` in units of the smallest coin."""

    id: str
    name: str
    kind: str
    owner: str | None
    currency: str
    digits: int
    opening: int

    def text(self, units: int) -> str:
        """Units of this account as a decimal."""
        return written(units, self.digits)


@dataclass(frozen=True, slots=True)
class Posting:
    """Money from one account to another on a day, under a rule.

    ``units`` leave the giver, ``received`` reach the taker, each in the smallest coin of the
    account's own currency; the two differ only where the currencies do.
    """

    day: datetime.date
    giver: str
    taker: str
    units: int
    received: int
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Unpaid:
    """What a rule should have paid and could not, in units of the account that should."""

    day: datetime.date
    rule: str
    account: str
    units: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A rule that pays nothing because nothing says that what it hangs on happens."""

    rule: str
    what: str


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """An item that counts or not by how a draft settles a point that it leaves open."""

    item: str
    point: str


@dataclass(frozen=True)
class MoneyRun:
    """Books run under one draft, from their first day to ``last``.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> from detente.money.run import run_money
    >>> run = run_money(load(example_folder("ukraine-2025")), draft="e3")
    >>> run.balanced, run.draft
    (True, 'e3')
    """

    books: Books
    draft: str | None
    last: datetime.date
    accounts: tuple[Holding, ...]
    rates: Rates
    postings: tuple[Posting, ...]
    balances: Mapping[str, int]
    assumed: tuple[str, ...]
    logged: tuple[str, ...]
    unpaid: tuple[Unpaid, ...]
    waiting: tuple[Waiting, ...]
    left_open: tuple[LeftOpen, ...]
    unstated: tuple[str, ...]
    place: tuple[str, int, int]

    @cached_property
    def account_of(self) -> Mapping[str, Holding]:
        """Accounts by id."""
        return {account.id: account for account in self.accounts}

    def balances_on(self, day: datetime.date) -> dict[str, int]:
        """Balances after all postings up to a day, added up afresh from the postings."""
        found = {account.id: account.opening for account in self.accounts}
        for posting in self.postings:
            if posting.day <= day:
                found[posting.giver] -= posting.units
                found[posting.taker] += posting.received
        return found

    @property
    def balanced(self) -> bool:
        """Whether postings alone lead from the opening balances to the last, none below zero."""
        sound = all(
            self.balances[account.id] >= 0 or account.kind == "source" for account in self.accounts
        )
        return sound and self.balances_on(self.last) == dict(self.balances)

    def text(self, account: str, units: int) -> str:
        """Units of an account as a decimal."""
        return self.account_of[account].text(units)
