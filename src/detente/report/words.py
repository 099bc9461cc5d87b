"""Figures and findings as short plain words."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["count", "listing", "percent", "signed", "small_share"]


def percent(value: float) -> str:
    r"""Return a probability with two digits at most; the percent sign never leaves its number.

    Examples
    --------
    >>> [percent(value).replace("\u00a0", " ") for value in (0.031, 0.0003, 0.5, 1.0)]
    ['3.1 %', '<0.1 %', '50 %', '100 %']
    """
    if 0.0 < value < 0.001:
        return "<0.1\u00a0%"
    if 0.999 < value < 1.0:
        return ">99.9\u00a0%"
    return f"{100.0 * value:.1f}\u00a0%" if 0.0 < value < 0.0995 else f"{100.0 * value:.0f}\u00a0%"


def small_share(part: int, whole: int) -> str:
    r"""Return a share of whole numbers that may be far below what a decimal shows.

    Examples
    --------
    >>> small_share(1, 2).replace("\u00a0", " "), small_share(3, 2**40)
    ('50 %', '1 in 10^11')
    """
    if part * 1000 >= whole or not part:
        return percent(part / whole)
    return f"1 in 10^{len(str(whole // part)) - 1}"


def count(number: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> count(1, "change"), count(3, "change")
    ('1 change', '3 changes')
    """
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def signed(value: float) -> str:
    """Return a value on -3..3 with its sign; a true minus sign.

    Examples
    --------
    >>> signed(-0.123), signed(0.0)
    ('−0.12', '0.00')
    """
    words = f"{value:+.2f}"
    return "0.00" if float(words) == 0.0 else words.replace("-", "−")


def listing(names: Iterable[str], most: int = 5, empty: str = "nobody") -> str:
    """Return names as one phrase, the rest counted.

    Examples
    --------
    >>> listing(["a", "b", "c"], most=2), listing(["a", "b"]), listing([])
    ('a, b and 1 more', 'a and b', 'nobody')
    """
    every = list(names)
    if not every:
        return empty
    if len(every) > most:
        return f"{', '.join(every[:most])} and {len(every) - most} more"
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} and {every[-1]}"
