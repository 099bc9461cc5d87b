"""Who pays what to whom under a draft, as a person writes it: accounts, rates and rules of payment.

The rules of a set of books stand in order of seniority: on one day the first is served first. Every
amount is exact. An item with ``when`` counts only where a draft takes those options.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, Tag
from pydantic_core import PydanticKnownError

from detente.case.amounts import Amount, AmountOrAll, CurrencyCode, Day, Price
from detente.case.constraints import Takes
from detente.case.records import Identifier, OneOrMore, Record, Share, Sourced, Text

__all__ = [
    "Account",
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
]


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
