"""A whole case: all its records in file order, and where each of them was written."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from detente.case.consent import ConsentRule
from detente.case.constraints import Constraint
from detente.case.money import Books
from detente.case.norms import Event, Norm
from detente.case.positions import Positions
from detente.case.preferences import Preferences
from detente.case.records import (
    Actor,
    CaseFile,
    Draft,
    OpenChoice,
    Option,
    Person,
    Point,
    Ratings,
    Record,
    Scenario,
    Source,
    Statement,
    date_range,
)
from detente.case.strategy import Strategy
from detente.errors import Problem, RequestError
from detente.text.nearest import suggest
from detente.text.yaml import Document, Way

__all__ = ["ABSENT", "UNKNOWN", "Case", "Entry", "by_id"]


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_R = TypeVar("_R", bound=_Identified)

ABSENT = "absent"
UNKNOWN = "unknown"

_NO_DEAL = Scenario(id="no-deal", title="No deal")


@dataclass(frozen=True, slots=True)
class Entry:
    """A record and the place where it was written."""

    record: Record
    document: Document
    way: Way

    @property
    def line(self) -> int:
        """Line where the record begins, counted from 1."""
        return self.document.place(self.way)[0]


@dataclass(frozen=True)
class Case:
    """A case folder as read: immutable, complete, cross-checked.

    Two cases are equal when all their records are, wherever they were read from. ``lost`` names the
    entries of the log that were cut off while they were written; the whole ones are all there.
    """

    name: str = field(compare=False)
    about: CaseFile
    actors: tuple[Actor, ...] = ()
    people: tuple[Person, ...] = ()
    points: tuple[Point, ...] = ()
    drafts: tuple[Draft, ...] = ()
    sources: tuple[Source, ...] = ()
    statements: tuple[Statement, ...] = ()
    ratings: tuple[Ratings, ...] = ()
    consent: tuple[ConsentRule, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    preferences: tuple[Preferences, ...] = ()
    positions: tuple[Positions, ...] = ()
    strategy: tuple[Strategy, ...] = ()
    books: tuple[Books, ...] = ()
    norms: tuple[Norm, ...] = ()
    events: tuple[Event, ...] = ()
    folder: Path | None = field(default=None, compare=False, repr=False)
    entries: tuple[Entry, ...] = field(default=(), compare=False, repr=False)
    lost: tuple[Problem, ...] = field(default=(), compare=False, repr=False)

    @cached_property
    def actor_of(self) -> Mapping[str, Actor]:
        """Actors by id."""
        return by_id(self.actors)

    @cached_property
    def person_of(self) -> Mapping[str, Person]:
        """People by id."""
        return by_id(self.people)

    @cached_property
    def point_of(self) -> Mapping[str, Point]:
        """Points by id."""
        return by_id(self.points)

    @cached_property
    def statements_of(self) -> Mapping[str, tuple[Statement, ...]]:
        """Statements by the actor whose stance they are, whoever spoke."""
        found: dict[str, list[Statement]] = {}
        for statement in self.statements:
            for actor in statement.actors:
                found.setdefault(actor, []).append(statement)
        return {actor: tuple(statements) for actor, statements in found.items()}

    @cached_property
    def source_of(self) -> Mapping[str, Source]:
        """Sources by id."""
        return by_id(self.sources)

    @cached_property
    def preferences_of(self) -> Mapping[str, Preferences]:
        """Preferences by the actor whose they are."""
        return {preferences.actor: preferences for preferences in self.preferences}

    @cached_property
    def positions_of(self) -> Mapping[str, Positions]:
        """Stated positions by the point they are about."""
        return {positions.point: positions for positions in self.positions}

    @cached_property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios of no deal; one without a name where the case states none."""
        return self.about.scenarios or (_NO_DEAL,)

    @cached_property
    def as_of(self) -> datetime.date:
        """The day up to which statements count: stated, or else the latest day in the case."""
        if self.about.as_of:
            return date_range(self.about.as_of)[1]
        dates = [statement.date for statement in self.statements]
        dates += [draft.date for draft in self.drafts if draft.date]
        return max((date_range(date)[0] for date in dates), default=datetime.date(1970, 1, 1))

    def option(self, point: str, option: str) -> Option:
        """Return an option of a point by their ids."""
        return next(each for each in self.point_of[point].options if each.id == option)

    def draft(self, name: str) -> Draft:
        """Return a draft by id.

        Raises
        ------
        RequestError
            If the case has no such draft; the message names the nearest.
        """
        return _named(self.drafts, name, "draft")

    def scenario(self, name: str | None) -> Scenario:
        """Return a scenario by id, the first one if ``name`` is None.

        Raises
        ------
        RequestError
            If the case has no such scenario.
        """
        return self.scenarios[0] if name is None else _named(self.scenarios, name, "scenario")

    def actor(self, name: str) -> Actor:
        """Return an actor by id.

        Raises
        ------
        RequestError
            If the case has no such actor.
        """
        return _named(self.actors, name, "actor")

    def point(self, name: str) -> Point:
        """Return a point by id.

        Raises
        ------
        RequestError
            If the case has no such point.
        """
        return _named(self.points, name, "point")

    def possible(self, draft: Draft, point: Point) -> tuple[str, ...]:
        """Return the options that ``draft`` may mean on ``point``: one where it is definite.

        A point the draft leaves out stays at the status quo; one that it leaves open may become
        any option named; one that nobody outside knows may be any option of the point.
        """
        taken = draft.takes[point.id]
        if isinstance(taken, OpenChoice):
            return taken.open
        if taken == ABSENT:
            return (point.status_quo,)
        if taken == UNKNOWN:
            return tuple(option.id for option in point.options)
        return (taken,)


def by_id(records: Iterable[_R]) -> dict[str, _R]:
    """Return records by their id."""
    return {record.id: record for record in records}


def _named(records: Iterable[_R], name: str, what: str) -> _R:
    known = by_id(records)
    if name not in known:
        raise RequestError(f"The case has no {what} '{name}'{suggest(name, known)}")
    return known[name]
