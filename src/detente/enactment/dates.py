"""Which day is it, some time after a day?

Days are whole numbers, counted from 1 January 1970, and times of day are minutes: a moment is
``day * 1440 + minute`` on the clock of the agreement's zone. Time is added once from its anchor,
never step by step: a month after 31 January, and another, is not two months after it.
"""

from __future__ import annotations

import datetime
from calendar import monthrange
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

__all__ = [
    "MINUTES",
    "Calendar",
    "NoSuchDayError",
    "Period",
    "add_months",
    "as_date",
    "as_day",
    "last_days",
    "read_instant",
]

MINUTES = 1440
"""Minutes of a day."""

_EPOCH = datetime.date(1970, 1, 1).toordinal()

Rounding = Literal["error", "down", "up"]


class NoSuchDayError(ValueError):
    """A day that does not exist, and nobody said to which side to round.

    ``norm`` is the place of the norm that asks for the day, -1 where none does.
    """

    def __init__(self, words: str, norm: int = -1) -> None:
        super().__init__(words)
        self.norm = norm


@dataclass(frozen=True, slots=True)
class Period:
    """Time that is added once to an anchor.

    Parameters
    ----------
    amount, months
        How many days, or how many months where ``months`` is true.
    business
        Whether only working days count.
    include_first
        Whether the anchor is itself the first day.
    round
        What to do where the day does not exist, as 31 January and a month.
    zone
        Where days are counted and the time of day is told; the agreement's zone if None.
    minute
        Minute of the day at which it ends; None where the whole day is meant.
    """

    amount: int = 0
    months: bool = False
    business: bool = False
    include_first: bool = False
    round: Rounding = "error"
    zone: str | None = None
    minute: int | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether it leaves every moment where it is."""
        return not self.amount and self.minute is None

    def times(self, number: int) -> Period:
        """Return the period a number of times over, still to be added at once."""
        return Period(
            self.amount * number, self.months, self.business, False, self.round, self.zone,
            self.minute,
        )  # fmt: skip


def as_day(date: datetime.date) -> int:
    """Return a date as a number of days since 1970.

    Examples
    --------
    >>> as_day(datetime.date(1970, 1, 2))
    1
    """
    return date.toordinal() - _EPOCH


def as_date(day: int) -> datetime.date:
    """Return the date of a number of days since 1970."""
    return datetime.date.fromordinal(day + _EPOCH)


def add_months(date: datetime.date, months: int, rounding: Rounding = "error") -> datetime.date:
    """Return the day some months later: the same number of the day, in another month.

    Parameters
    ----------
    rounding
        Where that day does not exist: ``down`` to the last of the month, ``up`` to the first of the
        next, or an error.

    Raises
    ------
    NoSuchDayError
        If the day does not exist and ``rounding`` is ``error``.

    Examples
    --------
    >>> add_months(datetime.date(2013, 1, 31), 1, "down"), add_months(datetime.date(2013, 1, 31), 2)
    (datetime.date(2013, 2, 28), datetime.date(2013, 3, 31))
    >>> add_months(datetime.date(2013, 1, 31), 1)
    Traceback (most recent call last):
    detente.enactment.dates.NoSuchDayError: 31 January 2013 and 1 month falls on 31 February 2013
    """
    place = date.year * 12 + date.month - 1 + months
    year, month = place // 12, place % 12 + 1
    last = monthrange(year, month)[1]
    if date.day <= last:
        return datetime.date(year, month, date.day)
    if rounding == "down":
        return datetime.date(year, month, last)
    if rounding == "up":
        return datetime.date(year + month // 12, month % 12 + 1, 1)
    name = datetime.date(year, month, 1).strftime("%B")
    raise NoSuchDayError(
        f"{date.day} {date.strftime('%B %Y')} and {months} month{'s' if months != 1 else ''} "
        f"falls on {date.day} {name} {year}"
    )


@dataclass(frozen=True, slots=True)
class Calendar:
    """The clock of an agreement: its zone and the days on which nobody works."""

    zone: str = "UTC"
    holidays: frozenset[int] = frozenset()

    def is_working(self, day: int) -> bool:
        """Whether a day is neither Saturday, Sunday nor a holiday."""
        return (day + 3) % 7 < 5 and day not in self.holidays

    def add(self, moment: int, period: Period) -> int:
        """Return the moment some time later; at its beginning where no time of day is given.

        Raises
        ------
        NoSuchDayError
            If the day does not exist and the period does not round.

        Examples
        --------
        Midnight in Greenwich after the thirtieth day is 20:00 of the day before in New York.

        >>> notice = as_day(datetime.date(2025, 8, 28)) * MINUTES
        >>> there = Calendar("America/New_York").add(notice, Period(30, zone="UTC", minute=1440))
        >>> as_date(there // MINUTES).isoformat(), there % MINUTES // 60
        ('2025-09-27', 20)
        """
        if period.is_nothing:
            return moment
        day = self._local_day(moment, period.zone)
        if period.months:
            day = as_day(add_months(as_date(day), period.amount, period.round))
        elif period.business:
            day = self._business(day, period.amount, first=period.include_first)
        else:
            day += period.amount - period.include_first
        if period.minute is None:
            return day * MINUTES
        return self._from(day * MINUTES + period.minute, period.zone)

    def last_day(self, moment: int, period: Period) -> int:
        """Return the last moment for what is due within a period: the end of its last day."""
        found = self.add(moment, period)
        return found if period.minute is not None else (found // MINUTES + 1) * MINUTES

    def _business(self, day: int, amount: int, *, first: bool) -> int:
        left = amount
        if first and self.is_working(day):
            left -= 1
        while left > 0:
            day += 1
            left -= self.is_working(day)
        while amount == 0 and not self.is_working(day):
            day += 1
        return day

    def _local_day(self, moment: int, zone: str | None) -> int:
        if zone is None or zone == self.zone or not moment % MINUTES:
            return moment // MINUTES
        return _convert(moment, self.zone, zone) // MINUTES

    def _from(self, moment: int, zone: str | None) -> int:
        return moment if zone is None or zone == self.zone else _convert(moment, zone, self.zone)


def _convert(moment: int, zone: str, other: str) -> int:
    day, minute = divmod(moment, MINUTES)
    there = datetime.datetime.combine(as_date(day), datetime.time(), ZoneInfo(zone))
    return _as_moment((there + datetime.timedelta(minutes=minute)).astimezone(ZoneInfo(other)))


def _as_moment(found: datetime.datetime) -> int:
    return as_day(found.date()) * MINUTES + found.hour * 60 + found.minute


def read_instant(text: str, zone: str) -> int:
    """Return a day, or a time, as a moment on the clock of ``zone``; a day at its beginning.

    Raises
    ------
    NoSuchDayError
        If clocks in that zone skip the time.

    Examples
    --------
    >>> kyiv = read_instant("2015-02-14T22:00Z", "Europe/Kyiv")
    >>> as_date(kyiv // MINUTES).isoformat(), kyiv % MINUTES
    ('2015-02-15', 0)
    >>> read_instant("2025-03-30T03:30", "Europe/Kyiv")
    Traceback (most recent call last):
    detente.enactment.dates.NoSuchDayError: clocks in Europe/Kyiv skip 2025-03-30T03:30
    """
    if "T" not in text:
        return as_day(datetime.date.fromisoformat(text)) * MINUTES
    found = datetime.datetime.fromisoformat(text)
    if found.tzinfo is not None:
        return _as_moment(found.astimezone(ZoneInfo(zone)))
    local = found.replace(tzinfo=ZoneInfo(zone))
    back = local.astimezone(datetime.UTC).astimezone(ZoneInfo(zone))
    if back.replace(tzinfo=None) != found:
        raise NoSuchDayError(f"clocks in {zone} skip {text}")
    return _as_moment(found)


def last_days(anchor: datetime.date, days: int) -> tuple[datetime.date, datetime.date]:
    """Return the two last days that ``within days`` may mean: first day counted, and not.

    Examples
    --------
    Withdrawal under the Minsk package, within 14 days of 15 February 2015, by one more way of
    counting from the day after:

    >>> [day.isoformat() for day in last_days(datetime.date(2015, 2, 15), 14)]
    ['2015-02-28', '2015-03-01']
    """
    return anchor + datetime.timedelta(days - 1), anchor + datetime.timedelta(days)
