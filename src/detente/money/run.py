"""Running books: day by day, rule by rule, checked after every posting."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NoReturn

from detente.case.amounts import amount_of, digits_of
from detente.case.case import Case
from detente.case.money import (
    Clawback,
    Match,
    MoneyRule,
    Payment,
    Profit,
    Step,
    Waterfall,
)
from detente.case.records import Share, as_share, several
from detente.errors import Problem
from detente.money.amounts import divide, rounded, units_of
from detente.money.of_case import Due, OpenBooks, open_books
from detente.money.rates import NoRateError
from detente.money.result import Holding, MoneyRun, Posting, Unpaid
from detente.text.yaml import Way

__all__ = ["run_books", "run_money"]

_YEAR = 365


@dataclass(frozen=True, slots=True)
class _Why:
    """Under which rule money moves, in which words and waterfall, and whether it goes back."""

    rule: str
    words: str
    group: str = ""
    back: bool = False


def run_money(
    case: Case,
    name: str | None = None,
    *,
    draft: str | None = None,
    on: datetime.date | None = None,
    assume: Mapping[str, str | Iterable[str]] | None = None,
) -> MoneyRun:
    """Run books of a case under a draft, the first of each if it is not named.

    Parameters
    ----------
    on
        The last day that is run; that of the books if None.
    assume
        What happens to norms and events: ``{"ceasefire": "fulfilled@2026-05-01"}``. It stands in
        place of what the log and the books say of that name; the log in place of the books.

    Raises
    ------
    RequestError
        If the case has no such books or draft, or no rule hangs on what is assumed.
    CaseError
        If an account would fall below zero, a waterfall pays more than it has, a currency has no
        rate on the day, or money runs in a circle on one day; with the place of the rule.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> run = run_money(load(example_folder("ukraine-2025")), draft="us-russia-28")
    >>> run.balanced, run.postings[1].rule, run.text("us-led-fund", run.postings[1].received)
    (True, 'us-led-rebuilding', '100000000000.00')
    """
    return run_books(open_books(case, name, draft=draft, assume=assume), on)


def run_books(books: OpenBooks, on: datetime.date | None = None) -> MoneyRun:
    """Run opened books up to a day; see :func:`run_money`."""
    end = datetime.date.fromisoformat(books.books.until)
    return _Run(books).through(end if on is None else min(on, end))


class _Run:
    """The state of a run: what every account holds, and what has been paid."""

    def __init__(self, books: OpenBooks) -> None:
        self.books = books
        self.accounts = {account.id: account for account in books.accounts}
        self.balances = {account.id: account.opening for account in books.accounts}
        self.paid: dict[str, int] = {}
        self.taken_back: dict[int, int] = {}
        self.postings: list[Posting] = []
        self.unpaid: list[Unpaid] = []
        self.held: dict[str, int] = {}
        self.clock = datetime.date.fromisoformat(books.books.start)
        self.today: dict[str, set[str]] = {}
        self.exchanged: dict[str, int] = {}
        self.way: Way = ()

    def through(self, last: datetime.date) -> MoneyRun:
        books = self.books
        for due in books.due:
            if due.day > last:
                break
            self._advance(due.day)
            self.way = due.way
            if not self._stopped(due.rule):
                self._follow(due)
            if isinstance(due.rule, Profit):
                self.held[due.rule.id] = 0
        assumed, logged = (
            tuple(
                f"{each.name} = {each.entered} on {each.date}"
                for each in happens
                if each.date <= last.isoformat()
            )
            for happens in (books.assumed, books.logged)
        )
        return MoneyRun(
            books.books, books.draft, last, books.accounts, books.rates, tuple(self.postings),
            dict(self.balances), assumed, logged, tuple(self.unpaid), books.waiting,
            books.left_open, books.unstated, books.place,
        )  # fmt: skip

    def _advance(self, day: datetime.date) -> None:
        """Let time pass: what profits are earned on grows by balance times days."""
        days = (day - self.clock).days
        if not days:
            return
        for due in self.books.books.rules:
            if isinstance(due, Profit) and due.of in self.balances:
                grown = max(0, self.balances[due.of]) * days
                self.held[due.id] = self.held.get(due.id, 0) + grown
        self.clock = day
        self.today = {}

    def _stopped(self, rule: MoneyRule) -> bool:
        day = self.books.day_of(rule.unless) if rule.unless else None
        return day is not None and day <= self.clock

    def _follow(self, due: Due) -> None:
        match due.rule:
            case Payment() as rule:
                self._payment(rule)
            case Waterfall() as rule:
                self._waterfall(rule)
            case Profit() as rule:
                self._profit(rule, due)
            case Clawback() as rule:
                self._clawback(rule)

    # --- the kinds of rules ---

    def _payment(self, rule: Payment) -> None:
        why = _Why(rule.id, rule.text or "payment")
        if rule.amount == "all":
            self._post(rule.from_, rule.to, self.balances[rule.from_], why)
            return
        units, received = self._price(rule.amount, rule.currency, rule.from_, rule.to)
        self._post(rule.from_, rule.to, units, why, received)

    def _waterfall(self, rule: Waterfall) -> None:
        pool = left = self.balances[rule.from_]
        for index, step in enumerate(rule.steps):
            if step.id not in self.books.steps:
                continue
            self.way = (*self.way[:2], "steps", index)
            received = None
            if step.fixed is not None:
                taker = step.to or rule.from_
                units, received = self._price(step.fixed, step.currency, rule.from_, taker)
            else:
                units = self._claim(step, pool if step.of == "pool" else left, left, rule.from_)
            if units > left:
                self._short(step, units, left, rule.from_)
            self._claimed(rule, step, units, received)
            left -= units

    def _claim(self, step: Step, base: int, left: int, giver: str) -> int:
        """What a claim comes to that is no fixed amount."""
        claim = left
        if step.share is not None:
            exact = base * as_share(step.share)
            claim = exact.numerator // exact.denominator
        if step.cap is not None:
            room = self._units(step.cap, giver) - self.paid.get(step.id, 0)
            return min(claim, max(0, room))
        return claim

    def _claimed(self, rule: Waterfall, step: Step, units: int, received: int | None) -> None:
        why = _Why(step.id, step.text or _claim_words(step), group=rule.id)
        if step.to is not None:
            self._post(rule.from_, step.to, units, why, received)
            return
        for taker, part in _divided(units, step.split or {}, step.rest).items():
            self._post(rule.from_, taker, part, why)

    def _profit(self, rule: Profit, due: Due) -> None:
        if rule.rate is None:
            amount = rule.amounts[int(due.way[-1])].amount
            units = self._units(amount, rule.from_)
            words = rule.text or "profit as stated"
        else:
            units = rounded(as_share(rule.rate) * self.held.get(rule.id, 0) / _YEAR)
            words = rule.text or f"profit at {rule.rate} a year"
        for taker, part in _divided(units, rule.split, rule.rest).items():
            self._post(rule.from_, taker, part, _Why(rule.id, words))

    def _clawback(self, rule: Clawback) -> None:
        wanted = set(several(rule.of))
        share = Fraction(1) if rule.share is None else as_share(rule.share)
        groups = {
            step.id: each.id
            for each in self.books.books.rules
            if isinstance(each, Waterfall)
            for step in each.steps
        }
        for place, posting in enumerate(tuple(self.postings)):
            if not wanted & {posting.rule, groups.get(posting.rule, "")}:
                continue
            exact = posting.received * share
            due = exact.numerator // exact.denominator - self.taken_back.get(place, 0)
            holder = self.accounts[posting.taker]
            has = due if holder.kind == "source" else min(due, self.balances[holder.id])
            if has < due:
                self.unpaid.append(Unpaid(self.clock, rule.id, holder.id, due - has))
            taker = rule.to or posting.giver
            if taker == holder.id:
                continue
            words = rule.text or f"takes back '{posting.rule}' of {posting.day}"
            self._post(holder.id, taker, has, _Why(rule.id, words, back=True))
            self.taken_back[place] = self.taken_back.get(place, 0) + has

    def _matched(self, posting: Posting, group: str) -> None:
        outer = self.way
        for rule, way in self.books.matches:
            if not {posting.rule, group} & set(several(rule.of)) or self._stopped(rule):
                continue
            self.way = way
            units = self._match_units(rule, posting)
            if rule.cap is not None:
                room = self._units(rule.cap, rule.from_) - self.paid.get(rule.id, 0)
                units = min(units, max(0, room))
            why = _Why(rule.id, rule.text or f"adds to '{posting.rule}'")
            self._post(rule.from_, rule.to, units, why)
        self.way = outer

    def _match_units(self, rule: Match, posting: Posting) -> int:
        if rule.amount is not None:
            return 0 if rule.id in self.paid else self._units(rule.amount, rule.from_)
        share = as_share(rule.share or 1)
        giver, payer = self.accounts[posting.giver], self.accounts[rule.from_]
        if payer.currency == self.accounts[posting.taker].currency:
            return rounded(share * posting.received)
        return self._converted(share * posting.units, giver, payer.currency, payer.digits)

    # --- amounts and postings ---

    def _units(self, amount: float | str, account: str) -> int:
        return units_of(amount_of(amount), self.accounts[account].digits)

    def _price(
        self, amount: float | str, currency: str | None, giver: str, taker: str
    ) -> tuple[int, int | None]:
        """Units that leave the giver, and those that arrive where the amount itself says them."""
        payer, payee = self.accounts[giver], self.accounts[taker]
        if currency is None or currency == payer.currency:
            return self._units(amount, giver), None
        digits = digits_of(currency, self.books.books.currencies)
        units = units_of(amount_of(amount), digits)
        stated = Holding("", "", "", None, currency, digits, 0)
        paid = self._converted(Fraction(units), stated, payer.currency, payer.digits)
        return paid, units if currency == payee.currency else None

    def _converted(self, units: Fraction, of: Holding, currency: str, digits: int) -> int:
        try:
            rate = self.books.rates.on(self.clock, of.currency, currency)
        except NoRateError as none:
            self._run_fault("money-rate", f"{none}; add one to 'rates'.")
        return rounded(units * rate * Fraction(10) ** (digits - of.digits))

    def _post(
        self, giver: str, taker: str, units: int, why: _Why, received: int | None = None
    ) -> None:
        if units <= 0:
            return
        payer, payee = self.accounts[giver], self.accounts[taker]
        if received is None:
            received = units
            if payer.currency != payee.currency:
                received = self._converted(Fraction(units), payer, payee.currency, payee.digits)
        if payer.kind != "source" and self.balances[giver] < units:
            below = payer.text(self.balances[giver] - units)
            message = (
                f"'{why.rule}' would leave the account '{giver}' at {below} {payer.currency} on "
                f"{self.clock}; only a source may fall below zero."
            )
            self._run_fault("money-below-zero", message)
        if not why.back:
            self._note_way(giver, taker)
        self.balances[giver] -= units
        self.balances[taker] += received
        self.paid[why.rule] = self.paid.get(why.rule, 0) + units
        if payer.currency != payee.currency:
            self.exchanged[payer.currency] = self.exchanged.get(payer.currency, 0) + units
            self.exchanged[payee.currency] = self.exchanged.get(payee.currency, 0) - received
        posting = Posting(self.clock, giver, taker, units, received, why.rule, why.words)
        self.postings.append(posting)
        self._check(posting)
        self._matched(posting, why.group)

    def _note_way(self, giver: str, taker: str) -> None:
        """Refuse money that comes back on the same day to where it began."""
        trails: list[tuple[str, ...]] = [(taker,)]
        seen = {taker}
        while trails:
            trail = trails.pop()
            if trail[-1] == giver:
                circle = " -> ".join((giver, *trail))
                message = (
                    f"Money runs in a circle on {self.clock}: {circle}; give the rules different "
                    "days, or pay the difference."
                )
                self._run_fault("money-circle", message)
            for after in sorted(self.today.get(trail[-1], set()) - seen):
                seen.add(after)
                trails.append((*trail, after))
        self.today.setdefault(giver, set()).add(taker)

    def _check(self, posting: Posting) -> None:
        """In every currency, what came in is what went out and what is held."""
        for currency in {self.accounts[each].currency for each in (posting.giver, posting.taker)}:
            held = sum(
                self.balances[account.id] - account.opening
                for account in self.books.accounts
                if account.currency == currency
            )
            if held + self.exchanged.get(currency, 0):
                raise ArithmeticError(
                    f"'{posting.rule}' does not balance on {posting.day}: '{posting.giver}' and "
                    f"'{posting.taker}' differ by {held} units of {currency}"
                )

    def _short(self, step: Step, units: int, left: int, giver: str) -> None:
        account = self.accounts[giver]
        message = (
            f"'{step.id}' pays {account.text(units)} {account.currency} on {self.clock}, but "
            f"'{giver}' has {account.text(left)} left after the claims before it."
        )
        self._run_fault("money-short", message)

    def _run_fault(self, code: str, message: str) -> NoReturn:
        problem = Problem(self.books.name, 0, 0, code, message)
        self.books.refuse(self.way, problem)


def _divided(units: int, split: Mapping[str, Share], rest: str | None) -> dict[str, int]:
    return divide(units, {name: as_share(share) for name, share in split.items()}, rest)


def _claim_words(step: Step) -> str:
    if step.fixed is not None:
        return "fixed claim"
    if step.share is not None:
        return f"{step.share} of the {step.of}"
    return "all that is left" if step.residual else "up to the cap"
