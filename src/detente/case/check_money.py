"""Do the books of a case speak of actors, accounts and rules that exist, and do shares add up?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from detente.case.amounts import amount_of, digits_of
from detente.case.case import Case, Entry
from detente.case.constraints import Takes
from detente.case.money import (
    Assumed,
    Books,
    Clawback,
    Match,
    MoneyRule,
    Occasion,
    Payment,
    Profit,
    Step,
    Waterfall,
)
from detente.case.norms import StateName
from detente.case.records import as_share, several
from detente.case.references import References
from detente.errors import Problem
from detente.text.nearest import suggest
from detente.text.yaml import Way

__all__ = ["MoneyChecker"]

_STATES = get_args(StateName)


class MoneyChecker(References):
    """One pass over all books, with the known names at hand.

    Whether there is money enough, and a rate on the day, is told when the books are run.
    """

    def run(self) -> list[Problem]:
        """Return all problems found."""
        for entry in self.case.entries:
            if isinstance(entry.record, Books):
                self.problems += _BooksChecker(self.case, entry, entry.record).run()
        return self.problems


class _BooksChecker(References):
    """One set of books."""

    def __init__(self, case: Case, entry: Entry, books: Books) -> None:
        super().__init__(case)
        self.entry, self.books = entry, books
        self.accounts = {account.id: account for account in books.accounts}
        self.rules: dict[str, MoneyRule | Step] = {}

    def run(self) -> list[Problem]:
        books = self.books
        self._sourced(self.entry, (), books)
        if books.until < books.start:
            message = "The books end before they start; change a day."
            self._books_fault(("until",), "money-day", message)
        self._accounts()
        for index, rate in enumerate(books.rates):
            self._sourced(self.entry, ("rates", index), rate)
            if rate.from_ == rate.to:
                message = f"A rate from {rate.to} to itself is always 1; remove it."
                self._books_fault(("rates", index), "money-currency", message)
        for index, assumed in enumerate(books.assume):
            self._sourced(self.entry, ("assume", index), assumed)
            self._trigger(("assume", index), assumed)
        self._rule_names()
        for index, rule in enumerate(books.rules):
            self._rule(("rules", index), rule)
        self._unstated()
        self._circles()
        return self.problems

    def _books_fault(self, way: Way, code: str, message: str) -> None:
        self._fault(self.entry, way, code, message)

    def _options(self, way: Way, takes: Takes | None) -> None:
        for point, options in (takes or {}).items():
            if self._name(self.entry, (*way, point), "point", point, key=True):
                for index, option in enumerate(several(options)):
                    step = (*way, point) if isinstance(options, str) else (*way, point, index)
                    self._option(self.entry, step, point, option)

    def _unstated(self) -> None:
        seen: set[str] = set()
        for index, each in enumerate(self.books.unstated):
            self._sourced(self.entry, ("unstated", index), each)
            self._options(("unstated", index, "when"), each.when)
            if each.id in seen:
                message = f"The flow '{each.id}' stands twice; rename one."
                self._books_fault(("unstated", index, "id"), "duplicate-id", message)
            seen.add(each.id)

    def _accounts(self) -> None:
        seen: set[str] = set()
        for index, account in enumerate(self.books.accounts):
            way: Way = ("accounts", index)
            self._sourced(self.entry, way, account)
            self._options((*way, "when"), account.when)
            if account.owner is not None:
                self._name(self.entry, (*way, "owner"), "actor", account.owner)
            if account.id in seen:
                message = f"The account '{account.id}' stands twice; rename one."
                self._books_fault((*way, "id"), "duplicate-id", message)
            seen.add(account.id)
            self._whole((*way, "opening"), account.opening, account.currency)

    def _rule_names(self) -> None:
        for way, name, rule in _named(self.books):
            if name in self.rules:
                self._books_fault(
                    way, "duplicate-id", f"The rule '{name}' stands twice; rename one."
                )
            self.rules.setdefault(name, rule)

    def _rule(self, way: Way, rule: MoneyRule) -> None:
        self._sourced(self.entry, way, rule)
        self._options((*way, "when"), rule.when)
        if rule.unless is not None:
            self._trigger((*way, "unless"), rule.unless)
        if not isinstance(rule, Match):
            self._days(way, rule)
        if not isinstance(rule, Clawback):
            self._payer(way, rule)
        match rule:
            case Payment():
                self._account((*way, "to"), rule.to, rule.from_)
                if rule.amount == "all":
                    self._bounded((*way, "amount"), rule.from_)
                else:
                    self._of_account((*way, "amount"), rule.amount, rule.currency, rule.from_)
            case Waterfall():
                self._bounded((*way, "from"), rule.from_)
                for index, step in enumerate(rule.steps):
                    self._step((*way, "steps", index), step, rule.from_)
                self._last(way, rule)
            case Profit():
                self._profit(way, rule)
            case Match():
                self._account((*way, "to"), rule.to, rule.from_)
                self._known_rules(way, rule.of)
                if (rule.share is None) == (rule.amount is None):
                    message = f"'{rule.id}' needs either 'share' or 'amount', and not both."
                    self._books_fault(way, "money-step", message)
                self._of_account((*way, "amount"), rule.amount, None, rule.from_)
                self._of_account((*way, "cap"), rule.cap, None, rule.from_)
            case Clawback():
                self._known_rules(way, rule.of)
                if rule.to is not None:
                    self._account((*way, "to"), rule.to)

    def _payer(self, way: Way, rule: Payment | Waterfall | Profit | Match) -> None:
        self._account((*way, "from"), rule.from_)
        account = self.accounts.get(rule.from_)
        hangs = not isinstance(rule, Match) and rule.on is not None
        if account is not None and account.kind == "escrow" and not hangs:
            message = (
                f"'{rule.id}' pays from the escrow '{account.id}' on no condition; give it 'on' "
                "with a norm or an event."
            )
            self._books_fault(way, "money-escrow", message)

    def _days(self, way: Way, rule: Payment | Waterfall | Profit | Clawback) -> None:
        stated = isinstance(rule, Profit) and bool(rule.amounts)
        given = (rule.date is not None) + (rule.on is not None)
        if given != (0 if stated else 1):
            need = "no day besides those of its amounts" if stated else "either 'date' or 'on'"
            self._books_fault(way, "money-day", f"'{rule.id}' needs {need}.")
        if rule.every is None and (rule.times is not None or rule.until is not None):
            message = f"'{rule.id}' says how long but not how often; add 'every'."
            self._books_fault(way, "money-day", message)
        days = [(("date",), rule.date)] if rule.date else []
        if isinstance(rule, Profit):
            days += [(("amounts", n, "date"), each.date) for n, each in enumerate(rule.amounts)]  # type: ignore[misc]
        for step, day in days:
            if not self.books.start <= day <= self.books.until:
                message = f"{day} lies outside the books, {self.books.start} to {self.books.until}."
                self._books_fault((*way, *step), "money-day", message)
        if rule.on is not None:
            self._trigger((*way, "on"), rule.on)

    def _trigger(self, way: Way, trigger: Occasion | Assumed) -> None:
        if (trigger.norm is None) == (trigger.event is None):
            self._books_fault(way, "money-trigger", "Name either a norm or an event, and not both.")
        elif (trigger.norm is None) != (trigger.state is None):
            message = "A norm needs the state it enters, such as 'fulfilled'; an event has none."
            self._books_fault(way, "money-trigger", message)
        elif trigger.norm is not None and self.case.norms:
            self._reached(way, trigger.norm, trigger.entered)

    def _reached(self, way: Way, norm: str, state: str) -> None:
        """Refuse norms and states that the case does not have; without norms any name will do."""
        if self._name(self.entry, (*way, "norm"), "norm", norm) and state not in _STATES:
            message = f"A norm has no state '{state}'{suggest(state, _STATES)}"
            self._books_fault((*way, "state"), "money-trigger", message)

    def _step(self, way: Way, step: Step, payer: str) -> None:
        self._options((*way, "when"), step.when)
        kinds = [key for key in ("fixed", "share") if getattr(step, key) is not None]
        kinds += ["residual"] if step.residual else []
        alone = not kinds and step.cap is not None
        wrong = len(kinds) > 1 or (step.cap is not None and kinds not in ([], ["share"]))
        if wrong or not (kinds or alone):
            message = (
                f"'{step.id}' needs one of 'fixed', 'share' and 'residual', or a 'cap', which may "
                "also bound a share."
            )
            self._books_fault(way, "money-step", message)
        if (step.to is None) == (step.split is None):
            message = f"'{step.id}' needs either 'to' or 'split', and not both."
            self._books_fault(way, "money-step", message)
        if step.to is not None:
            self._account((*way, "to"), step.to, payer)
        self._split(way, step.split, step.rest, payer)
        self._of_account((*way, "fixed"), step.fixed, step.currency, payer)
        self._of_account((*way, "cap"), step.cap, None, payer)

    def _last(self, way: Way, rule: Waterfall) -> None:
        for index, step in enumerate(rule.steps[:-1]):
            if step.residual and step.when is None:
                after = rule.steps[index + 1].id
                message = f"'{step.id}' takes all that is left, so '{after}' never gets anything."
                self._books_fault((*way, "steps", index), "money-step", message)

    def _profit(self, way: Way, rule: Profit) -> None:
        self._account((*way, "of"), rule.of)
        self._split(way, rule.split, rule.rest, rule.from_)
        if (rule.rate is None) == (not rule.amounts):
            message = f"'{rule.id}' needs either 'rate' or 'amounts', and not both."
            self._books_fault(way, "money-step", message)
        base, payer = self.accounts.get(rule.of), self.accounts.get(rule.from_)
        if base and payer and base.currency != payer.currency:
            message = (
                f"'{rule.of}' earns in {base.currency} but '{rule.from_}' pays in "
                f"{payer.currency}; let both have one currency."
            )
            self._books_fault((*way, "from"), "money-currency", message)
        for index, each in enumerate(rule.amounts):
            self._of_account((*way, "amounts", index, "amount"), each.amount, None, rule.from_)

    def _split(
        self, way: Way, split: Mapping[str, str | float] | None, rest: str | None, payer: str
    ) -> None:
        if rest is not None:
            self._account((*way, "rest"), rest, payer)
        if split is None:
            return
        for name in split:
            self._account((*way, "split", name), name, payer)
        total = sum(as_share(share) for share in split.values())
        if total > 1 or (total < 1 and rest is None):
            message = (
                f"The shares sum to {total}, not to 1; change one"
                f"{', or name with rest who gets what remains' if total < 1 else ''}."
            )
            self._books_fault((*way, "split"), "money-share", message)

    def _account(self, way: Way, name: str, payer: str | None = None) -> None:
        if name not in self.accounts:
            message = f"The books have no account '{name}'{suggest(name, self.accounts)}"
            self._books_fault(way, "money-account", message)
        elif name == payer:
            message = f"'{name}' would pay itself; name another account."
            self._books_fault(way, "money-account", message)

    def _bounded(self, way: Way, name: str) -> None:
        account = self.accounts.get(name)
        if account is not None and account.kind == "source":
            message = f"'{name}' is a source, of which nobody knows the whole; state an amount."
            self._books_fault(way, "money-step", message)

    def _of_account(
        self, way: Way, amount: float | str | None, currency: str | None, name: str
    ) -> None:
        account = self.accounts.get(name)
        if account is not None and amount is not None:
            self._whole(way, amount, currency or account.currency)

    def _whole(self, way: Way, amount: float | str, currency: str) -> None:
        digits = digits_of(currency, self.books.currencies)
        if (amount_of(amount) * 10**digits).denominator != 1:
            message = f"{amount} {currency} is finer than {currency} is paid, {digits} places."
            self._books_fault(way, "money-amount", message)

    def _known_rules(self, way: Way, names: str | tuple[str, ...]) -> None:
        for index, name in enumerate(several(names)):
            if name not in self.rules:
                step = (*way, "of") if isinstance(names, str) else (*way, "of", index)
                message = f"The books have no rule '{name}'{suggest(name, self.rules)}"
                self._books_fault(step, "money-rule", message)

    def _circles(self) -> None:
        """Refuse matches that lead back to themselves: each would pay without end."""
        matches = {rule.id: rule for rule in self.books.rules if isinstance(rule, Match)}
        for index, rule in enumerate(self.books.rules):
            if rule.id not in matches:
                continue
            ahead, seen = [rule.id], set[str]()
            while ahead:
                for name in several(matches[ahead.pop()].of):
                    if name == rule.id:
                        message = f"The match '{name}' sets itself off; let it follow another rule."
                        self._books_fault(("rules", index, "of"), "money-circle", message)
                        return
                    if name in matches and name not in seen:
                        seen.add(name)
                        ahead.append(name)


def _named(books: Books) -> Iterator[tuple[Way, str, MoneyRule | Step]]:
    for index, rule in enumerate(books.rules):
        yield ("rules", index, "id"), rule.id, rule
        if isinstance(rule, Waterfall):
            for place, step in enumerate(rule.steps):
                yield ("rules", index, "steps", place, "id"), step.id, step
