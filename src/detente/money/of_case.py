"""The books of a case under one draft: which accounts and rules count, and on which days."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NoReturn

from detente.case.amounts import amount_of, digits_of
from detente.case.case import Case, Entry
from detente.case.constraints import Takes, choices
from detente.case.money import (
    Assumed,
    Books,
    Match,
    MoneyRule,
    Occasion,
    Profit,
    Step,
    Waterfall,
)
from detente.case.preferences import exact
from detente.case.records import Draft, several
from detente.errors import CaseError, Problem, RequestError
from detente.money.amounts import units_of
from detente.money.days import days_from
from detente.money.from_log import logged_in
from detente.money.rates import Rates
from detente.money.result import Holding, LeftOpen, Waiting
from detente.text.nearest import suggest
from detente.text.yaml import Way

__all__ = ["Due", "OpenBooks", "assumption_of", "hanging", "open_books"]

_day = datetime.date.fromisoformat


@dataclass(frozen=True, slots=True)
class Due:
    """A rule on one of its days; ``way`` leads to it in the file."""

    day: datetime.date
    place: int
    rule: MoneyRule
    way: Way


@dataclass(frozen=True, slots=True)
class OpenBooks:
    """Books under one draft, ready to be run."""

    books: Books
    entry: Entry | None
    name: str
    draft: str | None
    accounts: tuple[Holding, ...]
    rates: Rates
    due: tuple[Due, ...]
    matches: tuple[tuple[Match, Way], ...]
    steps: frozenset[str]
    assumed: tuple[Assumed, ...]
    logged: tuple[Assumed, ...]
    waiting: tuple[Waiting, ...]
    left_open: tuple[LeftOpen, ...]
    unstated: tuple[str, ...]

    @property
    def place(self) -> tuple[str, int, int]:
        """File, line and column where the books begin."""
        if self.entry is None:
            return (self.name, 0, 0)
        return (self.entry.document.file, *self.entry.document.place(self.entry.way))

    def refuse(self, way: Way, problem: Problem) -> NoReturn:
        """Tell a fault at its place in the file; that of the case where there is none."""
        if self.entry is None:
            raise CaseError([problem])
        document = self.entry.document
        place = document.place((*self.entry.way, *way))
        raise CaseError([Problem(document.file, *place, problem.code, problem.message)])

    def day_of(self, trigger: Occasion) -> datetime.date | None:
        """The day a trigger gives, None if nothing says that what it names happens."""
        days = [
            _day(each.date)
            for each in (*self.assumed, *self.logged)
            if (each.name, each.entered) == (trigger.name, trigger.entered)
        ]
        if not days:
            return None
        room = (datetime.date.max - min(days)).days
        return min(days) + datetime.timedelta(days=min(trigger.days_after, room))


def assumption_of(name: str, text: str) -> tuple[str, datetime.date | None]:
    """Return the state and the day that an assumption about a norm or event names.

    Raises
    ------
    RequestError
        If it is not written as ``STATE`` or ``STATE@YYYY-MM-DD``.

    Examples
    --------
    >>> assumption_of("ceasefire", "fulfilled@2026-05-01")
    ('fulfilled', datetime.date(2026, 5, 1))
    >>> assumption_of("ceasefire", "fulfilled@May")
    Traceback (most recent call last):
    detente.errors.RequestError: 'ceasefire=fulfilled@May' has no day; write STATE@YYYY-MM-DD.
    """
    state, at, date = text.partition("@")
    if not state:
        raise RequestError(f"'{name}={text}' names no state; write {name}=fulfilled.")
    try:
        return state, _day(date) if at else None
    except ValueError:
        raise RequestError(f"'{name}={text}' has no day; write STATE@YYYY-MM-DD.") from None


def open_books(
    case: Case,
    name: str | None = None,
    *,
    draft: str | None = None,
    assume: Mapping[str, str | Iterable[str]] | None = None,
) -> OpenBooks:
    """Return books of a case under a draft, the first of each if it is not named.

    Parameters
    ----------
    assume
        Norms and events by name: ``STATE`` or ``STATE@DATE``, or several of them; without a date
        from the first day of the books. They stand in place of what the
        log and the books say of that name.

    Raises
    ------
    RequestError
        If the case has no such books or draft, or no rule hangs on what is assumed.
    CaseError
        If an account that a rule needs does not exist under the draft.
    """
    if not case.books:
        raise RequestError("The case has no books; write who pays what into money.yaml.")
    known = {each.id: each for each in case.books}
    if name is not None and name not in known:
        raise RequestError(f"The case has no books '{name}'{suggest(name, known)}")
    books = known[name] if name else case.books[0]
    chosen = case.draft(draft) if draft else (case.drafts[0] if case.drafts else None)
    entry = next((each for each in case.entries if each.record is books), None)
    opener = _Opener(case, books, chosen)
    told = assume or {}
    opener.logged = logged_in(case, opener.draft_id, hanging(books) - told.keys())
    known_already = {(each.name, each.entered) for each in opener.logged}
    opener.assumed = tuple(
        each for each in _assumed(books, told) if (each.name, each.entered) not in known_already
    )
    return opener.open(entry)


def _assumed(books: Books, assume: Mapping[str, str | Iterable[str]]) -> tuple[Assumed, ...]:
    norms = {trigger.name: trigger.norm is not None for trigger in _triggers(books)}
    found = [each for each in books.assume if each.name not in assume]
    for name, texts in assume.items():
        if name not in norms:
            raise RequestError(f"No rule of the books hangs on '{name}'{suggest(name, norms)}")
        for text in (texts,) if isinstance(texts, str) else texts:
            state, day = assumption_of(name, text)
            date = (day or _day(books.start)).isoformat()
            if norms[name]:
                found.append(Assumed(norm=name, state=state, date=date))
            else:
                found.append(Assumed(event=name, state=state, date=date))
    return tuple(found)


def hanging(books: Books) -> set[str]:
    """Return the norms and events that rules of the books hang on."""
    return {trigger.name for trigger in _triggers(books)}


def _triggers(books: Books) -> list[Occasion]:
    found = [rule.unless for rule in books.rules if rule.unless]
    found += [rule.on for rule in books.rules if not isinstance(rule, Match) and rule.on]
    return found


class _Opener:
    """What counts under one draft, and what hangs on points that it leaves open."""

    def __init__(self, case: Case, books: Books, draft: Draft | None) -> None:
        self.case, self.books, self.draft = case, books, draft
        self.draft_id = draft.id if draft else None
        self.assumed: tuple[Assumed, ...] = ()
        self.logged: tuple[Assumed, ...] = ()
        self.left_open: list[LeftOpen] = []
        self.waiting: list[Waiting] = []

    def open(self, entry: Entry | None) -> OpenBooks:
        books = self.books
        accounts = self._holdings()
        rules: list[tuple[Way, MoneyRule]] = [
            (("rules", index), rule)
            for index, rule in enumerate(books.rules)
            if self._counts(rule.id, rule.when)
        ]
        unstated = tuple(each.id for each in books.unstated if self._counts(each.id, each.when))
        steps = frozenset(
            step.id
            for _, rule in rules
            if isinstance(rule, Waterfall)
            for step in rule.steps
            if self._counts(step.id, step.when)
        )
        bare = OpenBooks(
            books, entry, self.case.name, self.draft_id, accounts, _rates(books), (), (), steps,
            self.assumed, self.logged, (), (), unstated,
        )  # fmt: skip
        self._exist(bare, rules)
        due = sorted(
            (each for way, rule in rules for each in self._due(bare, way, rule)),
            key=lambda each: (each.day, each.place),
        )
        matches = tuple((rule, way) for way, rule in rules if isinstance(rule, Match))
        return replace(
            bare,
            due=tuple(due),
            matches=matches,
            waiting=tuple(self.waiting),
            left_open=tuple(self.left_open),
        )

    def _holdings(self) -> tuple[Holding, ...]:
        found = []
        for account in self.books.accounts:
            if self._counts(account.id, account.when):
                digits = digits_of(account.currency, self.books.currencies)
                opening = units_of(amount_of(account.opening), digits)
                name = account.name or account.id
                found.append(
                    Holding(
                        account.id, name, account.kind, account.owner, account.currency, digits,
                        opening,
                    )
                )  # fmt: skip
        return tuple(found)

    def _counts(self, item: str, takes: Takes | None) -> bool:
        if takes is None:
            return True
        if self.draft is None:
            return False
        unsure: list[LeftOpen] = []
        for choice in choices(takes):
            possible = self.case.possible(self.draft, self.case.point_of[choice.point])
            met = sum(option in choice.options for option in possible)
            if not met:
                return False
            if met < len(possible):
                unsure.append(LeftOpen(item, choice.point))
        self.left_open += unsure
        return not unsure

    def _exist(self, bare: OpenBooks, rules: list[tuple[Way, MoneyRule]]) -> None:
        here = {account.id for account in bare.accounts}
        for way, rule in rules:
            for name in _accounts_of(rule, bare.steps):
                if name not in here:
                    message = (
                        f"'{rule.id}' needs the account '{name}', which does not count under the "
                        f"draft '{bare.draft}'; give both the same 'when'."
                    )
                    bare.refuse(way, Problem(bare.name, 0, 0, "money-account", message))

    def _due(self, bare: OpenBooks, way: Way, rule: MoneyRule) -> list[Due]:
        if isinstance(rule, Match):
            return []
        place = int(way[1])
        if isinstance(rule, Profit) and rule.amounts:
            return [
                Due(_day(each.date), place, rule, (*way, "amounts", n))
                for n, each in enumerate(rule.amounts)
            ]
        first = bare.day_of(rule.on) if rule.on else _day(rule.date or self.books.start)
        if first is None and rule.on is not None:
            self.waiting.append(Waiting(rule.id, f"{rule.on.name} = {rule.on.entered}"))
        if first is None:
            return []
        last = min(_day(rule.until or self.books.until), _day(self.books.until))
        first = max(first, _day(self.books.start))
        return [
            Due(day, place, rule, way) for day in days_from(first, last, rule.every, rule.times)
        ]


def _rates(books: Books) -> Rates:
    return Rates(
        (each.from_, each.to, _day(each.date), Fraction(exact(each.rate))) for each in books.rates
    )


def _accounts_of(rule: MoneyRule, steps: frozenset[str]) -> list[str]:
    """The accounts a rule needs, a step's where it counts; a clawback needs what it takes from."""
    parts: list[MoneyRule | Step] = [rule]
    if isinstance(rule, Waterfall):
        parts += [step for step in rule.steps if step.id in steps]
    found: list[str] = []
    for part in parts:
        for key in ("from_", "to", "rest"):
            found += several(getattr(part, key, None))
        found += getattr(part, "split", None) or ()
    return [*found, rule.of] if isinstance(rule, Profit) else found
