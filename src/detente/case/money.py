"""Who pays what to whom under a draft, as a person writes it: accounts, rates and rules of payment.

The rules of a set of books stand in order of seniority: on one day the first is served first. Every
amount is exact. An item with ``when`` counts only where a draft takes those options.
"""

from __future__ import annotations

import datetime
import re
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
)
from pydantic_core import PydanticKnownError

from detente.case.constraints import Takes
from detente.case.preferences import exact
from detente.case.records import Identifier, OneOrMore, Record, Share, Sourced, Text

__all__ = [
    "Account",
    "Amount",
    "AmountOnDay",
    "Assumed",
    "Books",
    "Clawback",
    "Match",
    "MoneyRule",
    "Occasion",
    "Payment",
    "Profit",
    "Rate",
    "Step",
    "Unstated",
    "Waterfall",
    "amount_of",
    "currency_code",
    "digits_of",
]

_WORDS = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_AMOUNT = re.compile(
    r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?: (thousand|million|billion|trillion))?"
)
_MOST = 10**30
_ROUGH = 10**12  # floats beyond keep fewer than three places
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DIGITS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG"), 0),
    **dict.fromkeys(("RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


def amount_of(value: float | str) -> Fraction:
    """Return the amount that is written, exactly.

    Raises
    ------
    ValueError
        If it is no amount, is below zero, or is a number too large for its last places to be kept.

    Examples
    --------
    >>> amount_of("2.5 billion"), amount_of("1,000.05"), amount_of(0.1)
    (Fraction(2500000000, 1), Fraction(20001, 20), Fraction(1, 10))
    >>> amount_of(-5)
    Traceback (most recent call last):
    ValueError: the amount -5 is below zero; let the money run the other way
    """
    problem = f"'{value}' is not an amount; write 250, 1,000.50 or 100 billion"
    if isinstance(value, str):
        found = _AMOUNT.fullmatch(value.strip())
        if value.strip().startswith("-"):
            raise ValueError(f"the amount {value} is below zero; let the money run the other way")
        if not found or len(value) > 60:
            raise ValueError(problem)
        amount = Fraction(found[1].replace(",", "")) * _WORDS.get(found[2] or "", 1)
    else:
        if isinstance(value, float) and abs(value) >= _ROUGH:
            raise ValueError(f"a number as large as {value} is written in quotes, to stay exact")
        amount = exact(value)
    if amount < 0:
        raise ValueError(f"the amount {value} is below zero; let the money run the other way")
    if amount >= _MOST:
        raise ValueError("an amount of 30 digits or more is surely a mistake")
    return amount


def digits_of(currency: str, stated: dict[str, int]) -> int:
    """Return how many decimal places a currency has: as stated, else by ISO 4217, else 2.

    Examples
    --------
    >>> digits_of("EUR", {}), digits_of("JPY", {}), digits_of("GOLD", {"GOLD": 4})
    (2, 0, 4)
    """
    return stated.get(currency, _DIGITS.get(currency, 2))


def _amount(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise PydanticKnownError("float_type")
    amount_of(value)
    return value


def _amount_or_all(value: Any) -> Any:
    return value if value == "all" else _amount(value)


def _rate(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise PydanticKnownError("float_type")
    if exact(value) <= 0:
        raise ValueError(f"the rate {value} must be above 0")
    return value


def _day(value: str) -> str:
    problem = f"'{value}' is not a day that exists; write YYYY-MM-DD"
    if not _DAY.fullmatch(value):
        raise ValueError(problem)
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        raise ValueError(problem) from None
    return value


def currency_code(value: str) -> str:
    """Return a code of a currency as it is.

    Raises
    ------
    ValueError
        If it is none.
    """
    if not re.fullmatch(r"[A-Z][A-Z0-9]{2,11}", value):
        raise ValueError(f"'{value}' is not a currency; write capitals such as EUR or USD")
    return value


_EXACT = WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string"}]})

Amount = Annotated[int | float | str, BeforeValidator(_amount), _EXACT]
"""An amount of money, not below zero; :func:`amount_of` gives what it says."""

AmountOrAll = Annotated[int | float | str, BeforeValidator(_amount_or_all), _EXACT]
"""An amount of money, or ``all`` that there is."""

Price = Annotated[int | float | str, BeforeValidator(_rate), _EXACT]
"""An exact number above zero: units of one currency for one of another."""

Day = Annotated[str, AfterValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A whole date."""

CurrencyCode = Annotated[str, AfterValidator(currency_code)]
"""The code of a currency."""


class Reasoned(Sourced):
    """A record that may rest on an analyst's assumption instead of sources."""

    author: Text | None = None
    reason: Text | None = None


class Occasion(Record):
    """Something that happens and gives a day: a norm enters a state, or an event occurs."""

    norm: Identifier | None = None
    state: Identifier | None = None
    event: Identifier | None = None
    days_after: Annotated[int, Field(ge=0, le=36_500)] = 0

    @property
    def name(self) -> str:
        """The norm or event."""
        return self.norm or self.event or ""

    @property
    def entered(self) -> str:
        """The state that gives the day."""
        return self.state or "occurred"


class Assumed(Reasoned):
    """What is assumed to happen on a day unless a run is told otherwise."""

    norm: Identifier | None = None
    state: Identifier | None = None
    event: Identifier | None = None
    date: Day

    @property
    def name(self) -> str:
        """The norm or event."""
        return self.norm or self.event or ""

    @property
    def entered(self) -> str:
        """The state assumed."""
        return self.state or "occurred"


class Account(Reasoned):
    """Where money lies or comes from.

    A ``source`` has no bottom: its balance may fall below zero. An ``escrow`` pays only by rules
    that hang on a norm or an event.
    """

    id: Identifier
    name: Text | None = None
    kind: Literal["source", "fund", "escrow", "party"] = "party"
    owner: Identifier | None = None
    currency: CurrencyCode
    opening: Amount = 0
    when: Takes | None = None


class Rate(Reasoned):
    """What one unit of a currency is worth in another from a day on, until the next rate."""

    model_config: ClassVar[ConfigDict] = ConfigDict(serialize_by_alias=True)

    from_: CurrencyCode = Field(alias="from")
    to: CurrencyCode
    date: Day
    rate: Price


class MoneyItem(Reasoned):
    """What all rules share: a name, and under which drafts and until what they hold."""

    model_config: ClassVar[ConfigDict] = ConfigDict(serialize_by_alias=True)

    id: Identifier
    text: Text | None = None
    when: Takes | None = None
    unless: Occasion | None = None


class DatedRule(MoneyItem):
    """A rule with days of its own: a date or a trigger, once or again and again."""

    date: Day | None = None
    on: Occasion | None = None
    every: Literal["month", "quarter", "year"] | None = None
    times: Annotated[int, Field(ge=1, le=1200)] | None = None
    until: Day | None = None


_KINDS = ("payment", "waterfall", "profit", "match", "clawback")


def _payment_kind(value: Any) -> Any:
    """Whatever is no other kind is read as a payment; its fault names all kinds."""
    if value != "payment":
        expected = ", ".join(f"'{kind}'" for kind in _KINDS)
        raise PydanticKnownError("literal_error", {"expected": expected})
    return value


class Payment(DatedRule):
    """One account pays a fixed amount, or all it holds, to another."""

    kind: Annotated[Literal["payment"], BeforeValidator(_payment_kind)] = "payment"
    from_: Identifier = Field(alias="from")
    to: Identifier
    amount: AmountOrAll
    currency: CurrencyCode | None = None


class Step(Record):
    """One claim in a waterfall: exactly one of 'fixed', 'share', 'residual', or 'cap' alone."""

    id: Identifier
    text: Text | None = None
    when: Takes | None = None
    to: Identifier | None = None
    split: dict[Identifier, Share] | None = None
    rest: Identifier | None = None
    fixed: Amount | None = None
    share: Share | None = None
    of: Literal["pool", "left"] = "pool"
    cap: Amount | None = None
    residual: bool = False
    currency: CurrencyCode | None = None


class Waterfall(DatedRule):
    """What an account holds on a day is paid out to claims in order of seniority."""

    kind: Literal["waterfall"]
    from_: Identifier = Field(alias="from")
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


class AmountOnDay(Record):
    """A stated profit."""

    date: Day
    amount: Amount


class Profit(DatedRule):
    """What an account earns, at a rate a year or as stated, and how it is shared."""

    kind: Literal["profit"]
    of: Identifier
    from_: Identifier = Field(alias="from")
    rate: Share | None = None
    amounts: tuple[AmountOnDay, ...] = ()
    split: Annotated[dict[Identifier, Share], Field(min_length=1)]
    rest: Identifier | None = None


class Match(MoneyItem):
    """A co-contribution: when a rule pays, another account pays a share of it, or an amount."""

    kind: Literal["match"]
    of: OneOrMore
    from_: Identifier = Field(alias="from")
    to: Identifier
    share: Share | None = None
    amount: Amount | None = None
    cap: Amount | None = None


class Clawback(DatedRule):
    """What rules have paid is taken back, as far as the receivers still hold it."""

    kind: Literal["clawback"]
    of: OneOrMore
    to: Identifier | None = None
    share: Share | None = None


class Unstated(Sourced):
    """A flow that is spoken of without an amount; it is shown, and counts in no computation."""

    id: Identifier
    text: Text
    when: Takes | None = None


def _rule_kind(value: Any) -> str:
    kind = value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)
    return f"as {kind}" if kind in _KINDS else "as payment"


MoneyRule = Annotated[
    Annotated[Payment, Tag("as payment")]
    | Annotated[Waterfall, Tag("as waterfall")]
    | Annotated[Profit, Tag("as profit")]
    | Annotated[Match, Tag("as match")]
    | Annotated[Clawback, Tag("as clawback")],
    Discriminator(_rule_kind),
]
"""A rule of payment, by its ``kind``."""


class Books(Reasoned):
    """One set of books: its accounts, rates and rules, from a first day to a last.

    Examples
    --------
    >>> books = Books.model_validate({
    ...     "id": "toll", "title": "The toll", "currency": "EUR",
    ...     "start": "2026-01-01", "until": "2027-01-01",
    ...     "accounts": ({"id": "drivers", "kind": "source", "currency": "EUR"},
    ...                  {"id": "north", "owner": "north", "currency": "EUR"}),
    ...     "rules": ({"id": "fares", "from": "drivers", "to": "north", "amount": "2 million",
    ...                "date": "2026-06-30"},),
    ... })
    >>> books.rules[0].kind, books.accounts[0].kind
    ('payment', 'source')
    """

    id: Identifier
    title: Text
    text: Text | None = None
    currency: CurrencyCode
    currencies: dict[CurrencyCode, Annotated[int, Field(ge=0, le=8)]] = Field(default_factory=dict)
    start: Day
    until: Day
    accounts: Annotated[tuple[Account, ...], Field(min_length=1)]
    rates: tuple[Rate, ...] = ()
    assume: tuple[Assumed, ...] = ()
    rules: tuple[MoneyRule, ...] = ()
    unstated: tuple[Unstated, ...] = ()
