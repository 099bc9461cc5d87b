"""Which packages are possible, as a person writes it: requirements, exclusions, limits, bars.

What a constraint speaks of is written as options by point. Several points must all hold; one of
several options of a point is enough. What is written as one option or as a list keeps its form;
properties give :class:`Choice` tuples, the one form that the rest of the program uses.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from detente.case.records import Identifier, Record, Sourced, Text, several

__all__ = ["Choice", "Constraint", "ConstraintKind", "Requirement", "Takes", "choices"]

ConstraintKind = Literal["requires", "excludes", "at_most", "never"]

_KINDS: tuple[ConstraintKind, ...] = ("requires", "excludes", "at_most", "never")


def _options_kind(value: Any) -> str:
    return "as several" if isinstance(value, tuple) else "as one"


Takes = Annotated[
    dict[
        Identifier,
        Annotated[
            Annotated[Identifier, Tag("as one")]
            | Annotated[tuple[Identifier, ...], Field(min_length=1), Tag("as several")],
            Discriminator(_options_kind),
        ],
    ],
    Field(min_length=1),
]
"""Options by point: a package takes all this if on every point it takes one of the options."""


class Choice(NamedTuple):
    """Options of one point, of which a package takes one if the choice holds."""

    point: str
    options: tuple[str, ...]


def choices(takes: Takes | None) -> tuple[Choice, ...]:
    """Return options by point in the one form of choices; all of them must hold.

    Examples
    --------
    >>> choices({"price": ["low", "mid"], "delivery": "fast"})
    (Choice(point='price', options=('low', 'mid')), Choice(point='delivery', options=('fast',)))
    >>> choices(None)
    ()
    """
    return tuple(Choice(point, tuple(several(each))) for point, each in (takes or {}).items())


class Requirement(Record):
    """Where all of ``if`` holds, all of ``then`` must hold."""

    model_config: ClassVar[ConfigDict] = ConfigDict(serialize_by_alias=True)

    if_: Takes = Field(alias="if")
    then: Takes


class Constraint(Sourced):
    """What no package may do: exactly one of 'requires', 'excludes', 'at_most', 'never'.

    Examples
    --------
    >>> ceasefire = Constraint.model_validate({
    ...     "id": "monitors-need-ceasefire",
    ...     "requires": {"if": {"monitors": "un"}, "then": {"ceasefire": ("full", "line")}},
    ... })
    >>> ceasefire.kind
    'requires'
    >>> ceasefire.consequences
    (Choice(point='ceasefire', options=('full', 'line')),)
    """

    id: Identifier
    requires: Requirement | None = None
    excludes: Takes | None = None
    at_most: Annotated[int, Field(ge=0)] | None = None
    of: Annotated[tuple[Takes, ...], Field(min_length=1)] | None = None
    never: Takes | None = None
    why: Text | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Constraint:
        stated = [kind for kind in _KINDS if getattr(self, kind) is not None]
        wrong = None
        if (self.at_most is None) != (self.of is None):
            missing = "of" if self.of is None else "at_most"
            wrong = f"'at_most' counts what stands in 'of'; the key '{missing}' is missing"
        elif len(stated) != 1:
            found = " and ".join(f"'{kind}'" for kind in stated) or "none of them"
            known = ", ".join(f"'{kind}'" for kind in _KINDS)
            wrong = f"a constraint is one of {known}; found {found}"
        if wrong:
            raise PydanticCustomError("constraint", "{wrong}", {"wrong": wrong})
        return self

    @property
    def kind(self) -> ConstraintKind:
        """Which of the four kinds of constraint this is."""
        return next(kind for kind in _KINDS if getattr(self, kind) is not None)

    @property
    def conditions(self) -> tuple[Choice, ...]:
        """Where all of this holds, a requirement applies; empty for the other kinds."""
        return choices(self.requires.if_ if self.requires else None)

    @property
    def consequences(self) -> tuple[Choice, ...]:
        """What must all hold where a requirement applies; empty for the other kinds."""
        return choices(self.requires.then if self.requires else None)

    @property
    def excluded(self) -> tuple[Choice, ...]:
        """What must not all hold together; empty unless the kind is ``excludes``."""
        return choices(self.excludes)

    @property
    def counted(self) -> tuple[tuple[Choice, ...], ...]:
        """The items of which at most ``at_most`` may hold; empty for the other kinds."""
        return tuple(choices(item) for item in self.of or ())

    @property
    def barred(self) -> tuple[Choice, ...]:
        """The options that no package takes; empty unless the kind is ``never``."""
        return choices(self.never)
