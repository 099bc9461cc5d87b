"""Which day can a month and a number, a weekday or a feast mean, seen from the day of writing?"""

from __future__ import annotations

import calendar
import datetime

__all__ = [
    "FEASTS",
    "MONTHS",
    "WEEKDAYS",
    "day_or_none",
    "month_span",
    "nearest",
    "period_span",
    "year_span",
]

Days = tuple[datetime.date, datetime.date]

MONTHS = {
    **{name.lower(): number for number, name in enumerate(calendar.month_name) if name},
    **{name.lower(): number for number, name in enumerate(calendar.month_abbr) if name},
    "sept": 9,
}
"""Names and short names of months, in small letters."""

WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
"""Names of the days of the week, Monday as 0."""

FEASTS = {
    ("christmas", "eve"): (12, 24),
    ("christmas", "day"): (12, 25),
    ("christmas",): (12, 25),
    ("new", "year's", "eve"): (12, 31),
    ("new", "year’s", "eve"): (12, 31),
    ("new", "year's", "day"): (1, 1),
    ("new", "year’s", "day"): (1, 1),
}
"""Days with a name, by the western calendar: month and day."""

_HALF_YEAR = 150  # days; what is further off in either direction may be of another year


def day_or_none(year: int, month: int, day: int) -> datetime.date | None:
    """Return a day, or None where there is no such day.

    Examples
    --------
    >>> day_or_none(2025, 2, 29)
    """
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def year_span(year: int) -> Days:
    """Return the first and the last day of a year."""
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def month_span(year: int, month: int) -> Days:
    """Return the first and the last day of a month.

    Examples
    --------
    >>> str(month_span(2024, 2)[1])
    '2024-02-29'
    """
    last = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, 1), datetime.date(year, month, last)


def nearest(month: int, day: int, written: datetime.date) -> datetime.date | None:
    """Return the day of that date which is nearest; None where the year is in doubt.

    Examples
    --------
    >>> str(nearest(11, 21, datetime.date(2026, 1, 10)))
    '2025-11-21'
    >>> nearest(6, 21, datetime.date(2025, 12, 10))
    """
    years = range(max(1, written.year - 1), min(9999, written.year + 1) + 1)
    days = [found for year in years if (found := day_or_none(year, month, day))]
    close = [each for each in days if abs((each - written).days) <= _HALF_YEAR]
    return close[0] if len(close) == 1 else None


def period_span(name: str, offset: int, written: datetime.date) -> Days | None:
    """Return the first and last day of the week, month or year so many before or after a day.

    Examples
    --------
    >>> [str(day) for day in period_span("month", 1, datetime.date(2025, 12, 31))]
    ['2026-01-01', '2026-01-31']
    """
    try:
        if name == "week":
            monday = written + datetime.timedelta(days=7 * offset - written.weekday())
            return monday, monday + datetime.timedelta(days=6)
        if name == "month":
            year, month = divmod(written.year * 12 + written.month - 1 + offset, 12)
            return month_span(year, month + 1)
        return year_span(written.year + offset)
    except (ValueError, OverflowError):
        return None
