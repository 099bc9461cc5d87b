"""What each package is worth to whom, where it was asked and not inferred.

Beliefs are inferred from statements; preferences are stated, by the actor or in a scenario. The
worth of a package is the constant, plus the value of the option taken on every point named, plus
the values of what is taken together. Numbers are exact: :func:`exact` reads them as fractions.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticKnownError

from detente.case.constraints import Choice, Takes, choices
from detente.case.records import Identifier, Record, Sourced, Text

__all__ = ["Discount", "Exact", "Preferences", "Together", "exact"]

_TEXT = r"[-+]?([0-9]+(/[0-9]+|\.[0-9]+)?|\.[0-9]+)"
_NUMBER = re.compile(_TEXT)
_MOST_DIGITS = 200
_WHOLE = 10**39  # a longer number written without quotes would not be read back


def exact(value: float | str) -> Fraction:
    """Return the number that is written, exactly: a decimal is what its digits say.

    Raises
    ------
    ValueError
        If the value is not a finite number, or its text is not a fraction ``a/b`` or a decimal of
        at most 200 digits.

    Examples
    --------
    >>> exact("1/3"), exact(0.1), exact("-2.50"), exact(33)
    (Fraction(1, 3), Fraction(1, 10), Fraction(-5, 2), Fraction(33, 1))
    >>> exact("a third")
    Traceback (most recent call last):
    ValueError: 'a third' is not an exact number; write 2, 0.4 or 1/3
    """
    problem = f"'{value}' is not an exact number; write 2, 0.4 or 1/3"
    if isinstance(value, str):
        if sum(char.isdigit() for char in value) > _MOST_DIGITS:
            raise ValueError(f"a number of more than {_MOST_DIGITS} digits is surely a mistake")
        if not _NUMBER.fullmatch(value):
            raise ValueError(problem)
    elif isinstance(value, float):
        value = float.__repr__(value)
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError):
        raise ValueError(problem) from None


def _exact_number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise PydanticKnownError("float_type")
    if isinstance(value, int) and abs(value) >= _WHOLE:
        raise ValueError("a whole number of more than 39 digits is written as a text, in quotes")
    exact(value)
    return value


def _discount(value: Any) -> Any:
    if not 0 < exact(_exact_number(value)) <= 1:
        raise ValueError(f"the discount {value} must be more than 0 and at most 1")
    return value


_SCHEMA = WithJsonSchema(
    {"anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^{_TEXT}$"}]}
)

Exact = Annotated[int | float | str, BeforeValidator(_exact_number), _SCHEMA]
"""A number, or a text with a fraction or a decimal; :func:`exact` gives what it says."""

Discount = Annotated[int | float | str, BeforeValidator(_discount), _SCHEMA]
"""An exact number above 0 and at most 1."""


class Together(Record):
    """What is added to the worth of a package that takes all this together."""

    takes: Takes
    value: Exact

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What must all hold for the value to be added."""
        return choices(self.takes)


class Preferences(Sourced):
    """What packages are worth to an actor, as asked of it or given by a scenario.

    A point that is not named adds nothing for this actor.

    Examples
    --------
    >>> buyer = Preferences(
    ...     actor="buyer",
    ...     values={"price": {"low": "2/3", "high": 0}, "delivery": {"fast": 0.1, "slow": 0}},
    ...     together=(Together(takes={"price": "low", "delivery": "fast"}, value="-1/3"),),
    ... )
    >>> exact(buyer.values["price"]["low"]), buyer.together[0].choices[0].options
    (Fraction(2, 3), ('low',))
    """

    actor: Identifier
    author: Text | None = None
    scale: Text | None = None
    constant: Exact = 0
    values: dict[Identifier, dict[Identifier, Exact]] = Field(default_factory=dict)
    together: tuple[Together, ...] = ()
    reservation: Exact | None = None
    discount: Discount | None = None
