"""Whole units of the smallest coin: how exact amounts become them, and how they are divided."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

__all__ = ["divide", "rounded", "units_of", "written"]


def units_of(amount: Fraction, digits: int) -> int:
    """Return an amount in units of the smallest coin.

    Raises
    ------
    ValueError
        If the amount is finer than that.

    Examples
    --------
    >>> units_of(Fraction("12.5"), 2)
    1250
    >>> units_of(Fraction("0.001"), 2)
    Traceback (most recent call last):
    ValueError: 1/1000 is finer than 2 places
    """
    units = amount * 10**digits
    if units.denominator != 1:
        raise ValueError(f"{amount} is finer than {digits} places")
    return int(units)


def written(units: int, digits: int) -> str:
    """Return units of the smallest coin as a decimal.

    Examples
    --------
    >>> written(-1250, 2), written(7, 0), written(5, 3)
    ('-12.50', '7', '0.005')
    """
    if not digits:
        return str(units)
    whole, places = divmod(abs(units), 10**digits)
    return f"{'-' if units < 0 else ''}{whole}.{places:0{digits}}"


def rounded(amount: Fraction) -> int:
    """Return the nearest whole number, the even one of two.

    Examples
    --------
    >>> rounded(Fraction(5, 2)), rounded(Fraction(7, 2)), rounded(Fraction(-1, 3))
    (2, 4, 0)
    """
    return round(amount)


def divide(units: int, shares: Mapping[str, Fraction], rest: str | None = None) -> dict[str, int]:
    """Return units divided by shares, none lost and none made.

    With ``rest`` every share is rounded down, and what remains goes there. Without it the shares
    sum to 1, and units that remain go one by one to the largest remainders; of two that are equal,
    to the name that comes first.

    Parameters
    ----------
    units
        What is divided, at least 0.

    Raises
    ------
    ValueError
        If the shares sum to more than 1, or to less without ``rest``.

    Examples
    --------
    >>> third = Fraction(1, 3)
    >>> divide(100, {"c": third, "b": third, "a": third})
    {'c': 33, 'b': 33, 'a': 34}
    >>> divide(101, {"a": Fraction(1, 2)}, "fund")
    {'a': 50, 'fund': 51}
    >>> divide(100, {"a": third})
    Traceback (most recent call last):
    ValueError: the shares sum to 1/3, not to 1
    """
    total = sum(shares.values(), Fraction(0))
    if total > 1 or (total < 1 and rest is None):
        raise ValueError(f"the shares sum to {total}, not to 1")
    exact = {name: units * share for name, share in shares.items()}
    found = {name: value.numerator // value.denominator for name, value in exact.items()}
    left = units - sum(found.values())
    if rest is not None:
        found[rest] = found.get(rest, 0) + left
        return found
    largest = sorted(found, key=lambda name: (found[name] - exact[name], name))
    for name in largest[:left]:
        found[name] += 1
    return found
