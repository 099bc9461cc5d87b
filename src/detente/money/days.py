"""The days on which a rule pays: once, or every month, quarter or year from a first day."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator

__all__ = ["days_from", "later"]

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def later(day: datetime.date, months: int) -> datetime.date:
    """Return the same day so many months later, or the last of that month if it has no such day.

    Examples
    --------
    >>> later(datetime.date(2026, 1, 31), 1), later(datetime.date(2024, 2, 29), 12)
    (datetime.date(2026, 2, 28), datetime.date(2025, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def days_from(
    first: datetime.date, last: datetime.date, every: str | None, times: int | None
) -> Iterator[datetime.date]:
    """Yield the days of a rule up to ``last``.

    Examples
    --------
    >>> day = datetime.date
    >>> [str(each) for each in days_from(day(2026, 1, 31), day(2026, 12, 1), "quarter", 3)]
    ['2026-01-31', '2026-04-30', '2026-07-31']
    >>> list(days_from(day(2026, 1, 1), day(2025, 1, 1), None, None))
    []
    """
    place = 0
    day = first
    while day <= last and (times is None or place < times):
        yield day
        if every is None:
            return
        place += 1
        if (first.year + (first.month + _MONTHS[every] * place) // 12) >= datetime.MAXYEAR:
            return
        day = later(first, _MONTHS[every] * place)
