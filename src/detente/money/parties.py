"""What every party received and paid, in one currency."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from detente.case.amounts import digits_of
from detente.errors import CaseError, Problem
from detente.money.amounts import rounded, written
from detente.money.rates import NoRateError
from detente.money.result import MoneyRun, Posting

__all__ = ["Party", "tell_parties", "value_of"]


@dataclass(frozen=True, slots=True)
class Party:
    """An owner of accounts: what came to it from others, and what went from it to them.

    In units of the smallest coin of ``currency``.
    """

    id: str
    received: int
    paid: int
    currency: str
    digits: int

    @property
    def net(self) -> int:
        """Received less paid."""
        return self.received - self.paid

    def text(self, units: int) -> str:
        """Units as a decimal."""
        return written(units, self.digits)


def tell_parties(run: MoneyRun, currency: str | None = None) -> tuple[Party, ...]:
    """Return what each owner of accounts received and paid, converted at the rate of each day.

    Money between two accounts of one owner is neither. Sums are exact and rounded at the end.

    Parameters
    ----------
    currency
        In which currency; that of the books if None.

    Raises
    ------
    CaseError
        If a currency has no rate on a day that needs it.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> from detente.money.run import run_money
    >>> run = run_money(load(example_folder("ukraine-2025")), draft="us-russia-28")
    >>> {party.id: party.text(party.paid) for party in tell_parties(run)}["united-states"]
    '0.00'
    """
    told = currency or run.books.currency
    digits = digits_of(told, run.books.currencies)
    received: dict[str, Fraction] = {}
    paid: dict[str, Fraction] = {}
    for posting in run.postings:
        giver, taker = run.account_of[posting.giver], run.account_of[posting.taker]
        if giver.owner == taker.owner:
            continue
        if taker.owner:
            value = value_of(run, posting, told, taken=True)
            received[taker.owner] = received.get(taker.owner, Fraction(0)) + value
        if giver.owner:
            value = value_of(run, posting, told, taken=False)
            paid[giver.owner] = paid.get(giver.owner, Fraction(0)) + value
    owners = dict.fromkeys(account.owner for account in run.accounts if account.owner)
    scale = 10**digits
    return tuple(
        Party(
            owner,
            rounded(received.get(owner, Fraction(0)) * scale),
            rounded(paid.get(owner, Fraction(0)) * scale),
            told,
            digits,
        )
        for owner in owners
    )


def value_of(run: MoneyRun, posting: Posting, currency: str, *, taken: bool) -> Fraction:
    """Return what a posting is worth in a currency, at the rate of its day.

    Raises
    ------
    CaseError
        If that currency has no rate on the day.
    """
    account = run.account_of[posting.taker if taken else posting.giver]
    units = posting.received if taken else posting.units
    try:
        rate = run.rates.on(posting.day, account.currency, currency)
    except NoRateError as none:
        message = f"{none}, for '{posting.rule}'; add one to 'rates' or choose another currency."
        raise CaseError([Problem(*run.place, "money-rate", message)]) from None
    return Fraction(units, 10**account.digits) * rate
