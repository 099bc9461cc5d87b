"""Time added to many moments at once, to the minute as the calendar adds it to one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detente.enactment.dates import MINUTES, Calendar, Period
from detente.simulate.draws import FAR, NONE, Times

__all__ = ["Adder"]


class Adder:
    """Adds periods to moments of a span of days.

    Parameters
    ----------
    calendar
        The clock of the agreement.
    last
        The last day asked about, since 1970; what lies later is as if it never came.

    Examples
    --------
    >>> from detente.enactment.dates import as_day
    >>> import datetime
    >>> day = as_day(datetime.date(2025, 1, 31))
    >>> adder = Adder(Calendar(), day + 1000)
    >>> found = adder.add(np.array([day * MINUTES, FAR]), Period(1, months=True, round="down"))
    >>> (found // MINUTES - day).tolist()[0], bool(found[1] == FAR)
    (28, True)
    """

    def __init__(self, calendar: Calendar, last: int) -> None:
        self.calendar = calendar
        self.last = last
        self._tables: dict[tuple[Period, bool], tuple[int, Times]] = {}

    def add(self, moments: Times, period: Period, *, last: bool = False) -> Times:
        """Return moments some time later; with ``last``, when the last day of it is over."""
        if period.is_nothing and not last:
            return moments
        if period.zone not in (None, self.calendar.zone):
            return self._one_by_one(moments, period, last)
        if period.months or period.business or period.minute is not None:
            return self._from_table(moments, period, last)
        days = period.amount - (period.include_first and period.amount > 0) + last
        return np.minimum(moments // MINUTES * MINUTES + days * MINUTES, NONE)

    def _exact(self, period: Period, last: bool) -> Callable[[int], int]:
        add = self.calendar.last_day if last else self.calendar.add
        return lambda moment: add(moment, period)

    def _from_table(self, moments: Times, period: Period, last: bool) -> Times:
        days = moments // MINUTES
        first = int(days.min())
        if first > self.last:
            return np.full_like(moments, FAR)
        known = self._tables.get((period, last))
        if known is None or known[0] > first:
            exact = self._exact(period, last)
            table = [exact(day * MINUTES) for day in range(first, self.last + 1)]
            known = first, np.array([*table, FAR], np.int32)
            self._tables[period, last] = known
        start, times = known
        found: Times = times[np.minimum(days, self.last + 1) - start]
        return found

    def _one_by_one(self, moments: Times, period: Period, last: bool) -> Times:
        exact = self._exact(period, last)
        values, where = np.unique(moments, return_inverse=True)
        times = [FAR if value >= FAR else exact(int(value)) for value in values]
        found: Times = np.array(times, np.int32)[where].reshape(np.shape(moments))
        return found
