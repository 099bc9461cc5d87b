"""Amounts, rates, days and currencies as a person writes them: exact, and nothing below zero."""

from __future__ import annotations

import datetime
import re
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic_core import PydanticKnownError

from detente.case.preferences import exact

__all__ = [
    "Amount",
    "AmountOrAll",
    "CurrencyCode",
    "Day",
    "Price",
    "amount_of",
    "currency_code",
    "digits_of",
]

_WORDS = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_AMOUNT = re.compile(
    r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?: (thousand|million|billion|trillion))?"
)
_MOST = 10**30
_ROUGH = 10**12  # floats beyond keep fewer than three places
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DIGITS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG"), 0),
    **dict.fromkeys(("RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


def amount_of(value: float | str) -> Fraction:
    """Return the amount that is written, exactly.

    Raises
    ------
    ValueError
        If it is no amount, is below zero, or is a number too large for its last places to be kept.

    Examples
    --------
    >>> amount_of("2.5 billion"), amount_of("1,000.05"), amount_of(0.1)
    (Fraction(2500000000, 1), Fraction(20001, 20), Fraction(1, 10))
    >>> amount_of(-5)
    Traceback (most recent call last):
    ValueError: the amount -5 is below zero; let the money run the other way
    """
    problem = f"'{value}' is not an amount; write 250, 1,000.50 or 100 billion"
    if isinstance(value, str):
        found = _AMOUNT.fullmatch(value.strip())
        if value.strip().startswith("-"):
            raise ValueError(f"the amount {value} is below zero; let the money run the other way")
        if not found or len(value) > 60:
            raise ValueError(problem)
        amount = Fraction(found[1].replace(",", "")) * _WORDS.get(found[2] or "", 1)
    else:
        if isinstance(value, float) and abs(value) >= _ROUGH:
            raise ValueError(f"a number as large as {value} is written in quotes, to stay exact")
        amount = exact(value)
    if amount < 0:
        raise ValueError(f"the amount {value} is below zero; let the money run the other way")
    if amount >= _MOST:
        raise ValueError("an amount of 30 digits or more is surely a mistake")
    return amount


def digits_of(currency: str, stated: dict[str, int]) -> int:
    """Return how many decimal places a currency has: as stated, else by ISO 4217, else 2.

    Examples
    --------
    >>> digits_of("EUR", {}), digits_of("JPY", {}), digits_of("GOLD", {"GOLD": 4})
    (2, 0, 4)
    """
    return stated.get(currency, _DIGITS.get(currency, 2))


def _amount(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise PydanticKnownError("float_type")
    amount_of(value)
    return value


def _amount_or_all(value: Any) -> Any:
    return value if value == "all" else _amount(value)


def _rate(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise PydanticKnownError("float_type")
    if exact(value) <= 0:
        raise ValueError(f"the rate {value} must be above 0")
    return value


def _day(value: str) -> str:
    problem = f"'{value}' is not a day that exists; write YYYY-MM-DD"
    if not _DAY.fullmatch(value):
        raise ValueError(problem)
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        raise ValueError(problem) from None
    return value


def currency_code(value: str) -> str:
    """Return a code of a currency as it is.

    Raises
    ------
    ValueError
        If it is none.
    """
    if not re.fullmatch(r"[A-Z][A-Z0-9]{2,11}", value):
        raise ValueError(f"'{value}' is not a currency; write capitals such as EUR or USD")
    return value


_EXACT = WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string"}]})

Amount = Annotated[int | float | str, BeforeValidator(_amount), _EXACT]
"""An amount of money, not below zero; :func:`amount_of` gives what it says."""

AmountOrAll = Annotated[int | float | str, BeforeValidator(_amount_or_all), _EXACT]
"""An amount of money, or ``all`` that there is."""

Price = Annotated[int | float | str, BeforeValidator(_rate), _EXACT]
"""An exact number above zero: units of one currency for one of another."""

Day = Annotated[str, AfterValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A whole date."""

CurrencyCode = Annotated[str, AfterValidator(currency_code)]
"""The code of a currency."""
