"""Where actors stand on a question with a scale, as an analyst states it for the forecast."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticKnownError

from detente.case.records import Identifier, Positive, Record, Sourced, Text

__all__ = ["Place", "Positions", "StatedPosition"]


def _place(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise PydanticKnownError("float_type")
    return value


def _scale(value: tuple[float, float]) -> tuple[float, float]:
    if not value[0] < value[1]:
        raise ValueError(
            f"a scale runs from a lower to a higher number; found {value[0]:g} and {value[1]:g}"
        )
    return value


Place = Annotated[
    int | float | str,
    BeforeValidator(_place),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string"}]}),
]
"""A place on the scale of a point: a number, or the id of an option that has a position."""

Scale = Annotated[tuple[float, float], AfterValidator(_scale)]


class StatedPosition(Sourced):
    """Where an actor stands, how much it matters to it, and what it can bring to bear."""

    actor: Identifier
    position: Place
    salience: Annotated[float, Field(ge=0, le=100)] | None = None
    capability: Annotated[float, Field(ge=0)] | None = None
    sd: Positive | None = None
    reason: Text
    author: Text


class Positions(Record):
    """Who is at the table on a point, and where each stands; nobody else is.

    Examples
    --------
    >>> positions = Positions(
    ...     point="army-cap",
    ...     positions=(
    ...         StatedPosition(actor="ukraine", position="c800", reason="said so", author="A"),
    ...     ),
    ... )
    >>> positions.positions[0].position
    'c800'
    """

    point: Identifier
    scale: Scale | None = None
    positions: Annotated[tuple[StatedPosition, ...], Field(min_length=1)]
    note: Text | None = None
