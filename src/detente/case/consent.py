"""Consent rules as a person writes them: whose yes is needed, for which points, by which rule.

A rule is a tree. Its leaves are actors, its nodes say how many of those below must agree; a leaf
may also be a fact, which no will decides.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from detente.case.records import Identifier, OneOrMore, Record, Share, Text, several

__all__ = [
    "All",
    "AnyOf",
    "AtLeast",
    "Bar",
    "ConsentRule",
    "Count",
    "Fact",
    "MembersOf",
    "Node",
    "RuleReading",
    "SeatsOf",
    "Weighted",
    "WeightedVote",
]


class MembersOf(Record):
    """All members of an actor, each with a voice of its own."""

    members_of: Identifier


class SeatsOf(Record):
    """The seats of a body whose holders are not named one by one."""

    seats_of: Identifier


class All(Record):
    """Everyone below must say yes."""

    all: Voters


class AnyOf(Record):
    """One yes below is enough."""

    any: Voters


class Count(Record):
    """Of whom at least so many, or which share, must say yes."""

    of: CountedVoters
    count: Annotated[int, Field(ge=1)] | None = None
    share: Share | None = None


class AtLeast(Record):
    """At least a count or share of those below must say yes."""

    at_least: Count


class WeightedVote(Record):
    """Votes with weights that must reach a quota together."""

    weights: Annotated[dict[Identifier, Annotated[int, Field(ge=0)]], Field(min_length=1)]
    quota: Annotated[int, Field(ge=1)]


class Weighted(Record):
    """Weighted votes below must reach the quota."""

    weighted: WeightedVote


class Bar(Record):
    """A state of law or of the world: it holds or not, whatever anybody wants."""

    text: Text
    holds: bool
    lifted_by: tuple[Identifier, ...] = ()
    source: OneOrMore | None = None


class Fact(Record):
    """A condition of law that is a fact, not a will; it must hold but nobody votes on it."""

    fact: Bar


def _node_kind(value: Any) -> str:
    if isinstance(value, str):
        return "as actor"
    keys = value if isinstance(value, dict) else getattr(type(value), "model_fields", {})
    known = ("all", "any", "at_least", "weighted", "fact")
    return next((f"as {kind}" for kind in known if kind in keys), "none")


Node = Annotated[
    Annotated[Identifier, Tag("as actor")]
    | Annotated[All, Tag("as all")]
    | Annotated[AnyOf, Tag("as any")]
    | Annotated[AtLeast, Tag("as at_least")]
    | Annotated[Weighted, Tag("as weighted")]
    | Annotated[Fact, Tag("as fact")],
    Discriminator(
        _node_kind,
        custom_error_type="node",
        custom_error_message=(
            "a rule is an actor's id or one of 'all', 'any', 'at_least', 'weighted', 'fact'"
        ),
    ),
]
"""A rule tree; a leaf is an actor's acceptance of the points that its rules are about."""


def _voters_kind(value: Any) -> str:
    if isinstance(value, dict | Record):
        keys = value.keys() if isinstance(value, dict) else type(value).model_fields.keys()
        return "as seats_of" if "seats_of" in keys else "as members_of"
    return "as list"


Voters = Annotated[
    Annotated[tuple[Node, ...], Tag("as list")] | Annotated[MembersOf, Tag("as members_of")],
    Discriminator(_voters_kind),
]
CountedVoters = Annotated[
    Annotated[tuple[Node, ...], Tag("as list")]
    | Annotated[MembersOf, Tag("as members_of")]
    | Annotated[SeatsOf, Tag("as seats_of")],
    Discriminator(_voters_kind),
]


class RuleReading(Record):
    """One reading of a rule where sources or lawyers differ; the first written is used."""

    id: Identifier
    text: Text
    rule: Node
    source: OneOrMore | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources of this reading."""
        return several(self.source)


def _points_kind(value: Any) -> str:
    return "as all" if isinstance(value, str) else "as list"


def _subject_kind(value: Any) -> str:
    return "as options" if isinstance(value, dict) else "as point"


Subject = Annotated[
    Annotated[Identifier, Tag("as point")]
    | Annotated[
        dict[Identifier, Annotated[tuple[Identifier, ...], Field(min_length=1)]], Tag("as options")
    ],
    Discriminator(_subject_kind),
]


class ConsentRule(Record):
    """Whose yes is needed, for which points or options, by which rule."""

    id: Identifier
    title: Text
    body: Identifier | None = None
    points: Annotated[
        Annotated[Literal["all"], Tag("as all")]
        | Annotated[tuple[Subject, ...], Field(min_length=1), Tag("as list")],
        Discriminator(_points_kind),
    ]
    rule: Node | None = None
    readings: tuple[RuleReading, ...] = ()
    legal_source: Text
    source: OneOrMore | None = None
    certainty: Text | None = None
    note: Text | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources of this rule."""
        return several(self.source)

    @property
    def trees(self) -> tuple[Node, ...]:
        """The rule under every reading, the one used first."""
        first = (self.rule,) if self.rule is not None else ()
        return first + tuple(reading.rule for reading in self.readings)


for _model in (All, AnyOf, Count, AtLeast, Weighted, Fact, RuleReading, ConsentRule):
    _model.model_rebuild()
