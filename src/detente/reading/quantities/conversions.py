"""Which quantities only restate the one before them in another currency or unit?

It is told by the place, in brackets right behind or after a word such as *or*, and by the kind: two
currencies, or two units of one dimension whose values agree. Currencies have no fixed ratio, and
none is assumed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from detente.reading.quantities.quantity import Kind, Quantity

__all__ = ["with_conversions"]

_DIMENSIONS = (
    {
        "millimetres": "0.001",
        "centimetres": "0.01",
        "inches": "0.0254",
        "feet": "0.3048",
        "yards": "0.9144",
        "metres": "1",
        "meters": "1",
        "kilometres": "1000",
        "miles": "1609.344",
    },
    {
        "square feet": "0.0929",
        "square metres": "1",
        "square meters": "1",
        "acres": "4046.86",
        "hectares": "10000",
        "square kilometres": "1000000",
        "square miles": "2589988",
    },
    {"kilograms": "1", "tons": "1000", "tonnes": "1000"},
    {"litres": "1", "liters": "1", "gallons": "3.785", "barrels": "158.99", "cubic metres": "1000"},
    {"megawatts": "1", "gigawatts": "1000"},
    {"hours": "1", "days": "24", "weeks": "168", "months": "730.5", "years": "8766"},
)
_SIZES = {
    unit: (dimension, Decimal(size))
    for dimension, sizes in enumerate(_DIMENSIONS)
    for unit, size in sizes.items()
}
_APART = Decimal("0.2")
"""By what share of the larger one two values may differ that were rounded."""

_NEARLY = (
    r"(?:(?:about|around|roughly|approximately|some|nearly|almost|close to|circa|just over"
    r"|just under|just|over|under|more than|less than|or|an estimated|estimated|worth)\s+)*"
)
_LED = re.compile(
    rf"""
    \s*(?:
        (?P<bracket>\(\s*(?:=|or\b|that\ is,?|i\.e\.,?|equivalent\ to|equal\ to)?)
      | [,–—-]*\s*(?:or|that\ is,?|i\.e\.,?|(?:which\ is\s+)?(?:equivalent|equal)\ to
          |(?:or\s+)?the\s+equivalent\s+of)\b
    )[,\s]*{_NEARLY}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_GOES_ON = re.compile(rf"\s*[,;/]\s*(?:(?:and|or)\s+)?{_NEARLY}", re.IGNORECASE)
_CLOSED = re.compile(
    r"(?:\s+(?:at|a|an|per|each|then|wide|long|deep|high|away|apart)\b[^()]{0,40})?\s*[),;/]"
)
_LIMITS = frozenset(
    ("at least", "at most", "up to", "no more than", "not more than", "no less than",
     "not less than", "only", "a maximum of", "a minimum of", "or more", "or less")
)  # fmt: skip
_LONGEST = 60  # characters between two quantities


def with_conversions(text: str, quantities: Iterable[Quantity]) -> tuple[Quantity, ...]:
    """Return quantities in order, those that restate another with its span.

    Examples
    --------
    >>> from detente.reading.quantities.find import find_quantities
    >>> for text in ("$100bn, or about 86 billion euros", "30 km (19 miles)", "30 km (50 miles)"):
    ...     print(find_quantities(text)[1].converts)
    (0, 6)
    (0, 5)
    None
    """
    found: list[Quantity] = []
    origin: Quantity | None = None
    for each in quantities:
        if origin is not None and _restates(text, origin, found[-1], each):
            found.append(replace(each, converts=origin.span))
        else:
            origin = each
            found.append(each)
    return tuple(found)


def _restates(text: str, origin: Quantity, last: Quantity, quantity: Quantity) -> bool:
    """Whether a quantity restates the last one, or like it the one that it restates itself."""
    gap = text[last.span[1] : quantity.span[0]]
    if len(gap) > _LONGEST or quantity.qualifier in _LIMITS or not _agree(origin, quantity):
        return False
    led = _LED.fullmatch(gap)
    if led is None:
        return last.converts is not None and _GOES_ON.fullmatch(gap) is not None
    return not led["bracket"] or _CLOSED.match(text, quantity.span[1]) is not None


def _agree(first: Quantity, second: Quantity) -> bool:
    """Whether two quantities are of different currencies, or of units in which they are equal."""
    if first.unit == second.unit:
        return False
    if first.kind is second.kind is Kind.MONEY:
        return True
    sizes = [_size(each) for each in (first, second)]
    if sizes[0] is None or sizes[1] is None or sizes[0][0] != sizes[1][0]:
        return False
    smaller, larger = sorted((sizes[0][1], sizes[1][1]))
    return larger - smaller <= _APART * larger


def _size(quantity: Quantity) -> tuple[int, Decimal] | None:
    """The dimension of a quantity, and how much it is in the same unit as others of it."""
    value = quantity.value if quantity.value is not None else quantity.low
    if value is None or isinstance(value, datetime.date) or quantity.unit not in _SIZES:
        return None
    dimension, size = _SIZES[quantity.unit]
    return dimension, value * size
