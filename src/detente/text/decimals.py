"""Decimal numbers as they are written: read to the last digit, and written so that they read back.

A number of a file never passes through a binary float, where 0.1 is something else.
"""

from __future__ import annotations

import re
from fractions import Fraction

__all__ = ["DIGITS", "parse_decimal", "write_decimal"]

DIGITS = 40
"""The most digits that a number may have; more are surely a mistake."""

_EXPONENT = 100
_DECIMAL = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]([-+]?[0-9]{1,9}))?\Z")


def parse_decimal(text: str) -> Fraction:
    """Return the number that ``text`` writes, exactly.

    Raises
    ------
    ValueError
        If it is not a finite decimal, or is absurdly long; the message is one sentence.

    Examples
    --------
    >>> parse_decimal("0.1") * 3
    Fraction(3, 10)
    >>> parse_decimal("NaN")
    Traceback (most recent call last):
    ValueError: 'NaN' is not a finite number; write a decimal such as 0.25.
    """
    stripped = text.strip(" \t\r\n")
    found = _DECIMAL.match(stripped)
    if not found:
        shown = stripped if len(stripped) <= DIGITS else f"{stripped[:DIGITS]}…"
        message = f"'{shown}' is not a finite number; write a decimal such as 0.25."
        raise ValueError(message)
    if sum(char.isdigit() for char in stripped) > DIGITS:
        message = f"A number of more than {DIGITS} digits is surely a mistake."
        raise ValueError(message)
    if abs(int(found[1] or 0)) > _EXPONENT:
        message = f"An exponent beyond {_EXPONENT} is surely a mistake; found {stripped}."
        raise ValueError(message)
    return Fraction(stripped)


def write_decimal(number: Fraction) -> str | None:
    """Return ``number`` as a plain decimal; None if no decimal of 40 digits is exactly it.

    Examples
    --------
    >>> write_decimal(Fraction(3, 8)), write_decimal(Fraction(-20)), write_decimal(Fraction(1, 3))
    ('0.375', '-20', None)
    """
    places = 0
    while (10**places * number).denominator != 1:
        places += 1
        if places >= DIGITS:
            return None
    scaled = abs(10**places * number).numerator
    if scaled >= 10**DIGITS:
        return None
    digits = str(scaled).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    whole, rest = digits[: len(digits) - places], digits[len(digits) - places :]
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"
