"""What a quantity in a text is, whatever its kind."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

__all__ = ["Kind", "Quantity", "Value"]

Value = Decimal | datetime.date
"""A number, or a day."""


class Kind(StrEnum):
    """What a quantity measures."""

    MONEY = "money"
    PERCENTAGE = "percentage"
    RATIO = "ratio"
    COUNT = "count"
    NUMBER = "number"
    DURATION = "duration"
    DEADLINE = "deadline"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in a text, as written and as understood.

    Parameters
    ----------
    text
        The words, exactly as they stand.
    span
        Where they begin and end, so that ``text`` is a slice of what was read.
    value
        The number or the day; None for a range, and for what the text alone does not tell.
    unit
        The ISO 4217 code of a currency, ``%`` or ``percentage points``, the counted noun in the
        plural, or hours, days, working days, weeks, months or years; None for plain numbers,
        ratios and days.
    low, high
        The ends of a range, or the first and last day that a date may mean.
    qualifier
        What limits it, in small letters: "about", "at least", "up to", "within", "by".
    anchor
        What a deadline counts from, in the words of the text; None where it is a day, or unsaid.
    before
        Whether a deadline counts back from its anchor.
    readings
        The days that a date may mean, where there are several and nothing decides.
    converts
        The span of the quantity that it restates in another currency or unit; None if none.
    """

    text: str
    span: tuple[int, int]
    kind: Kind
    value: Value | None = None
    unit: str | None = None
    low: Value | None = None
    high: Value | None = None
    qualifier: str | None = None
    anchor: str | None = None
    before: bool = False
    readings: tuple[datetime.date, ...] = ()
    converts: tuple[int, int] | None = None
