"""An agreement as norms, and the log of what happened, as a person writes them.

A moment is a day that becomes known: an event, a norm reaching a state, a date, or the earliest or
the latest of several, each with time added. Triggers, deadlines and ends are moments.
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from detente.case.records import (
    Day,
    Identifier,
    OneOrMore,
    Probability,
    Record,
    Text,
    Zone,
    several,
)

__all__ = [
    "Added",
    "Compliance",
    "Cure",
    "Deadline",
    "Default",
    "Delay",
    "Effect",
    "Event",
    "Moment",
    "Norm",
    "PowerReading",
    "Quantity",
    "Recurring",
    "Silence",
    "Stage",
    "StateOfNorm",
]

_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?\Z",
)
_TIME = re.compile(r"([01]\d|2[0-4]):[0-5]\d\Z")


def _instant(value: str) -> str:
    problem = (
        f"'{value}' is not a day or time that exists; write YYYY-MM-DD, or YYYY-MM-DDTHH:MM with "
        "Z or +HH:MM for another zone than the agreement's"
    )
    if not _MOMENT.match(value):
        raise ValueError(problem)
    try:
        datetime.datetime.fromisoformat(value)
    except ValueError:
        raise ValueError(problem) from None
    return value


def _clock(value: str) -> str:
    if not _TIME.match(value) or value > "24:00":
        raise ValueError(f"'{value}' is not a time of day; write HH:MM, in quotes")
    return value


Instant = Annotated[str, AfterValidator(_instant)]
Clock = Annotated[str, AfterValidator(_clock)]
Amount = Annotated[int, Field(ge=0, le=36_500)]

Reached = Literal[
    "in-force",
    "performed",
    "fulfilled",
    "violated",
    "cured",
    "suspended",
    "waived",
    "lapsed",
    "void",
]
"""What a norm may reach; ``performed`` is fulfilled or cured."""

StateName = Literal[
    "dormant",
    "in-force",
    "fulfilled",
    "violated",
    "cured",
    "suspended",
    "waived",
    "lapsed",
    "void",
]


class Added(Record):
    """Time added once to the day it counts from."""

    amount: Amount = 0
    unit: Literal["days", "weeks", "months", "years"] = "days"
    count: Literal["calendar", "business"] = "calendar"
    include_first: bool = False
    round: Literal["error", "down", "up"] = "error"
    zone: Zone | None = None
    at: Clock | None = None

    @model_validator(mode="after")
    def _countable(self) -> Added:
        wrong = None
        if self.count == "business" and self.unit != "days":
            wrong = f"business days are counted in days, not in {self.unit}"
        elif self.include_first and self.unit not in ("days", "weeks"):
            wrong = f"'include_first' counts days; it has no meaning for {self.unit}"
        elif self.include_first and not self.amount:
            wrong = "'include_first' needs an amount of at least 1"
        if wrong:
            raise PydanticCustomError("constraint", "{wrong}", {"wrong": wrong})
        return self


class Moment(Added):
    """A day that becomes known: what it counts from, and the time added."""

    event: Identifier | None = None
    norm: Identifier | None = None
    reaches: Reached = "performed"
    date: Day | None = None
    any: Annotated[tuple[Moment, ...], Field(min_length=1)] | None = None
    all: Annotated[tuple[Moment, ...], Field(min_length=1)] | None = None

    _FREE: ClassVar[bool] = False

    @property
    def anchors(self) -> tuple[str, ...]:
        """Which of the five it counts from."""
        names = ("event", "norm", "date", "any", "all")
        return tuple(name for name in names if getattr(self, name) is not None)

    @property
    def parts(self) -> tuple[Moment, ...]:
        """The moments of which it is the earliest or the latest."""
        return self.any or self.all or ()

    @model_validator(mode="after")
    def _one_anchor(self) -> Moment:
        found = self.anchors
        wrong = None
        if len(found) > 1:
            wrong = f"a moment counts from one thing; here stand '{found[0]}' and '{found[1]}'"
        elif not found and not self._FREE:
            wrong = "a moment needs one of 'event', 'norm', 'date', 'any' and 'all'"
        elif "reaches" in self.model_fields_set and self.norm is None:
            wrong = "'reaches' needs a 'norm'"
        if wrong:
            raise PydanticCustomError("constraint", "{wrong}", {"wrong": wrong})
        return self


class Deadline(Moment):
    """The last day for performance; from the norm's coming into force where nothing is named."""

    include_last: bool = True

    _FREE: ClassVar[bool] = True


class Recurring(Record):
    """Performance is due again and again, counted from the norm's coming into force."""

    every: Annotated[int, Field(ge=1, le=36_500)]
    unit: Literal["days", "weeks", "months", "years"]
    round: Literal["error", "down", "up"] = "error"
    until: Moment | None = None


class Stage(Added):
    """One step of a norm; it begins when the one before it ended."""

    id: Identifier
    title: Text | None = None
    extendable: bool = False


class StateOfNorm(Record):
    """What must be so for the norm to be in force; it is suspended while it is not."""

    model_config: ClassVar[ConfigDict] = ConfigDict(serialize_by_alias=True)

    norm: Identifier | None = None
    is_: StateName | tuple[StateName, ...] = Field(("in-force",), alias="is")
    event: Identifier | None = None
    happened: bool = True

    @property
    def states(self) -> tuple[str, ...]:
        """The states of which the norm must be in one."""
        return several(self.is_)

    @model_validator(mode="after")
    def _one_subject(self) -> StateOfNorm:
        if (self.norm is None) == (self.event is None):
            wrong = "a condition is about one 'norm' or one 'event'"
            raise PydanticCustomError("constraint", "{wrong}", {"wrong": wrong})
        return self


class Effect(Record):
    """What happens to other norms."""

    effect: Literal["starts", "suspends", "resumes", "ends", "voids"]
    norms: OneOrMore


class Cure(Added):
    """What a performance after the deadline is worth; the breach stays on record."""

    within: Literal["any-time", "window"] = "any-time"
    remedies: Literal["stay", "end"] = "stay"


class Default(Added):
    """What happens by itself after that time unless a body decides otherwise before."""

    unless: Identifier | None = None
    body: OneOrMore | None = None


class PowerReading(Record):
    """One reading of who holds a power."""

    id: Identifier
    text: Text
    holder: Identifier | tuple[Identifier, ...]
    source: OneOrMore | None = None


class Quantity(Record):
    """How much is owed, or allowed at most."""

    limit: Annotated[float, Field(ge=0)]
    unit: Text | None = None
    baseline: Text | None = None


class Compliance(Record):
    """How likely the norm is kept at all: an assumption."""

    probability: Probability
    reason: Text
    author: Text | None = None


class Delay(Record):
    """How long performance takes, where it comes: an assumption."""

    median_days: Annotated[float, Field(gt=0)]
    spread: Annotated[float, Field(ge=1)] = 2.0
    reason: Text
    author: Text | None = None


class Silence(Record):
    """A finding about this norm that is not to be told again."""

    code: Identifier
    reason: Text


class Norm(Record):
    """One norm of the agreement: who owes, may or must not do what, from when, until when."""

    id: Identifier
    title: Text
    kind: Literal["duty", "prohibition", "power", "cap", "condition"] = "duty"
    debtor: OneOrMore | None = None
    creditor: OneOrMore | None = None
    action: Text | None = None
    when: dict[Identifier, OneOrMore] = Field(default_factory=dict)
    trigger: Moment | None = None
    in_force_when: tuple[StateOfNorm, ...] = ()
    requires: tuple[Moment, ...] = ()
    deadline: Deadline | None = None
    recurring: Recurring | None = None
    stages: tuple[Stage, ...] = ()
    ends: Moment | None = None
    clock_on_suspension: Literal["stops", "runs"] = "stops"
    verifier: OneOrMore | None = None
    on_breach: tuple[Identifier | Effect, ...] = ()
    on_performance: tuple[Identifier | Effect, ...] = ()
    cure: Cure | None = None
    default: Default | None = None
    holder: OneOrMore | None = None
    readings: tuple[PowerReading, ...] = ()
    effort: Literal["result", "best-efforts"] = "result"
    quantity: Quantity | None = None
    compliance: Compliance | None = None
    delay: Delay | None = None
    text: Text | None = None
    silence: tuple[Silence, ...] = ()
    source: OneOrMore | None = None
    certainty: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Norm:
        wrong = None
        if (self.holder or self.readings) and self.kind != "power":
            wrong = f"only a power has a holder; '{self.id}' is a {self.kind}"
        elif self.kind == "cap" and self.quantity is None:
            wrong = f"the cap '{self.id}' needs a 'quantity' with its limit"
        elif sum(map(bool, (self.recurring, self.stages, self.deadline, self.default))) > 1:
            wrong = (
                f"'{self.id}' may have one of 'deadline', 'recurring', 'stages' and 'default', "
                "not several"
            )
        elif self.kind == "condition" and self.stages and self.requires:
            wrong = (
                f"the condition '{self.id}' passes its stages by time alone, so that 'requires' "
                "cannot hold it up; say it in 'trigger'"
            )
        if wrong:
            raise PydanticCustomError("constraint", "{wrong}", {"wrong": wrong})
        return self


class Event(Record):
    """One entry of the log: what happened, when, and when it was reported."""

    id: Identifier
    kind: Literal[
        "event",
        "performed",
        "breached",
        "measured",
        "decided",
        "extended",
        "suspended",
        "resumed",
        "waived",
        "cured",
        "retracted",
    ]
    happened: Instant
    reported: Day | None = None
    norm: Identifier | None = None
    event: Identifier | None = None
    actor: OneOrMore | None = None
    amount: float | None = None
    corrects: Identifier | None = None
    source: OneOrMore | None = None
    certainty: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _has_a_subject(self) -> Event:
        wrong = None
        if self.kind == "event" and self.event is None:
            wrong = f"entry '{self.id}' is an event; name it under 'event'"
        elif self.kind == "retracted" and self.corrects is None:
            wrong = f"entry '{self.id}' retracts another; name that under 'corrects'"
        elif self.kind not in ("event", "retracted") and self.norm is None:
            wrong = f"entry '{self.id}' says that something was {self.kind}; name the 'norm'"
        elif self.kind in ("measured", "extended") and self.amount is None:
            wrong = f"entry '{self.id}' needs an 'amount'"
        elif self.kind == "extended" and (self.amount or 0) < 0:
            wrong = f"entry '{self.id}' extends by {self.amount:g} days; it must be 0 or more"
        if wrong:
            raise PydanticCustomError("constraint", "{wrong}", {"wrong": wrong})
        return self


for _model in (Moment, Deadline, Recurring, Norm):
    _model.model_rebuild()
