"""What the parties could do instead, as a person writes it: decision makers, options, preferences.

What may be true of a state is written as options with their alternatives; several must all hold,
and one of several alternatives is enough. ``any``, ``all``, ``not`` and ``if`` with ``then`` join
such conditions.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from detente.case.records import Identifier, OneOrMore, Record, Sourced, Text

__all__ = [
    "PLAIN",
    "AllHold",
    "AnyHolds",
    "DecisionMaker",
    "IfThen",
    "NotSo",
    "Priority",
    "StateCondition",
    "Strategy",
    "StrategyOption",
    "Takes",
]

PLAIN = ("no", "yes")
"""The alternatives of an option that is taken or not."""


def _choice_kind(value: Any) -> str:
    return "as several" if isinstance(value, tuple) else "as one"


Takes = Annotated[
    dict[
        Identifier,
        Annotated[
            Annotated[Identifier, Tag("as one")]
            | Annotated[tuple[Identifier, ...], Field(min_length=1), Tag("as several")],
            Discriminator(_choice_kind),
        ],
    ],
    Field(min_length=1),
]
"""Alternatives by option; all of the options must take one of theirs."""


class AllHold(Record):
    """Every condition holds."""

    all: Annotated[tuple[StateCondition, ...], Field(min_length=1)]


class AnyHolds(Record):
    """At least one condition holds."""

    any: Annotated[tuple[StateCondition, ...], Field(min_length=1)]


class NotSo(Record):
    """The condition does not hold."""

    model_config: ClassVar[ConfigDict] = ConfigDict(serialize_by_alias=True)

    not_: StateCondition = Field(alias="not")


class IfThen(Record):
    """Where the first condition holds, the second does too."""

    model_config: ClassVar[ConfigDict] = ConfigDict(serialize_by_alias=True)

    if_: StateCondition = Field(alias="if")
    then: StateCondition


def _condition_kind(value: Any) -> str:
    keys = value if isinstance(value, dict) else ()
    if isinstance(value, Record):
        return {AllHold: "as all", AnyHolds: "as any", NotSo: "as not", IfThen: "as if"}[
            type(value)
        ]
    return next((f"as {key}" for key in ("all", "any", "not", "if") if key in keys), "as takes")


StateCondition = Annotated[
    Annotated[AllHold, Tag("as all")]
    | Annotated[AnyHolds, Tag("as any")]
    | Annotated[NotSo, Tag("as not")]
    | Annotated[IfThen, Tag("as if")]
    | Annotated[Takes, Tag("as takes")],
    Discriminator(_condition_kind),
]
"""What may be true of a state."""


class StrategyOption(Sourced):
    """A course of action that is one decision maker's to take."""

    id: Identifier
    text: Text
    alternatives: Annotated[tuple[Identifier, ...], Field(min_length=2, max_length=36)] = PLAIN
    moves: Literal["both", "forward", "backward", "fixed"] = "both"


class Priority(Record):
    """A statement about what is done, as it matters to a decision maker."""

    wants: StateCondition
    reason: Text
    source: OneOrMore | None = None


class DecisionMaker(Record):
    """One who acts: its options and which states it prefers."""

    actor: Identifier
    options: Annotated[tuple[StrategyOption, ...], Field(min_length=1)]
    priorities: tuple[Priority, ...] = ()
    ranking: tuple[StateCondition, ...] = ()


class Strategy(Sourced):
    """One conflict for the graph model: who can do what, what can occur, who prefers what."""

    id: Identifier
    title: Text
    text: Text | None = None
    author: Text | None = None
    decision_makers: Annotated[tuple[DecisionMaker, ...], Field(min_length=1)]
    infeasible: tuple[StateCondition, ...] = ()
    status_quo: dict[Identifier, Identifier] | None = None

    @model_validator(mode="after")
    def _preferences_of_all(self) -> Strategy:
        for maker in self.decision_makers:
            if bool(maker.priorities) == bool(maker.ranking):
                wrong = (
                    f"the preferences of '{maker.actor}' need either 'priorities' or 'ranking', "
                    "and not both"
                )
                raise PydanticCustomError("constraint", "{wrong}", {"wrong": wrong})
        return self


for _model in (AllHold, AnyHolds, NotSo, IfThen, Priority, DecisionMaker, Strategy):
    _model.model_rebuild()
