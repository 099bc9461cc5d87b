"""What a currency is worth in another on a day: the last rate on or before it."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable
from fractions import Fraction

__all__ = ["NoRateError", "Rates"]


class NoRateError(LookupError):
    """No rate is known on a day."""


class Rates:
    """Dated rates between pairs of currencies, each read in both directions.

    Parameters
    ----------
    dated
        From currency, to currency, day, and what one unit of the first is worth in the second.
        Of two rates of one pair and day the later one counts.

    Examples
    --------
    >>> day = datetime.date
    >>> rates = Rates([("EUR", "USD", day(2025, 11, 21), Fraction("1.16"))])
    >>> rates.on(day(2026, 1, 1), "USD", "EUR")
    Fraction(25, 29)
    >>> rates.on(day(2025, 1, 1), "USD", "EUR")
    Traceback (most recent call last):
    detente.money.rates.NoRateError: No rate from USD to EUR is known on or before 2025-01-01
    """

    def __init__(self, dated: Iterable[tuple[str, str, datetime.date, Fraction]]) -> None:
        found: dict[tuple[str, str], dict[datetime.date, Fraction]] = {}
        for before, after, day, rate in dated:
            found.setdefault((before, after), {})[day] = rate
            found.setdefault((after, before), {})[day] = 1 / rate
        self._dated = {pair: sorted(rates.items()) for pair, rates in found.items()}

    def on(self, day: datetime.date, before: str, after: str) -> Fraction:
        """Return what one unit of ``before`` is worth in ``after`` on a day.

        Raises
        ------
        NoRateError
            If no rate of the pair stands on or before the day.
        """
        if before == after:
            return Fraction(1)
        rates = self._dated.get((before, after), [])
        place = bisect_right(rates, day, key=lambda dated: dated[0])
        if not place:
            raise NoRateError(f"No rate from {before} to {after} is known on or before {day}")
        return rates[place - 1][1]
