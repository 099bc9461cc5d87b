"""What is made ready once for all runs: in which order norms are solved, and who acts on whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from detente.enactment.compiled import NEVER, Agreement, EffectKind, Kind, Moment, MomentKind, Norm
from detente.enactment.dates import MINUTES, Period
from detente.errors import RequestError

__all__ = ["Cause", "Group", "Plan", "Source", "make_plan", "rounded"]

_MOST_NORMS = MINUTES - 2


class Cause(Enum):
    """What about a norm has an effect on another."""

    BREACH = "breach"
    PERFORMANCE = "performance"
    CURE = "cure"


@dataclass(frozen=True, slots=True)
class Source:
    """One effect on a norm: of which norm, and of what about it."""

    norm: int
    cause: Cause


@dataclass(frozen=True, slots=True)
class Group:
    """Norms that hang on one another, and have to be solved together until nothing changes."""

    norms: tuple[int, ...]
    circular: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """An agreement ready to be run many times.

    Parameters
    ----------
    agreement
        The agreement; days that do not exist are rounded down.
    start, until
        First moment and last moment of the runs. Nobody acts before the day after the start.
    groups
        All norms in the order in which their times are known.
    sources
        By norm and kind of effect, what has it.
    stepped
        Why every run has to be stepped through; None if times can be solved for.
    """

    agreement: Agreement
    start: int
    until: int
    reading: int
    groups: tuple[Group, ...]
    sources: tuple[dict[EffectKind, tuple[Source, ...]], ...]
    stepped: str | None


def rounded(agreement: Agreement) -> Agreement:
    """Return the agreement with days that do not exist rounded down to the last of their month.

    A case may leave open what a month after 31 January is; in a simulation that day comes up by
    chance, and would stop it.
    """

    def down(period: Period | None) -> Period | None:
        return None if period is None else replace(period, round="down")

    def norm_down(norm: Norm) -> Norm:
        return replace(
            norm,
            due_within=down(norm.due_within),
            every=down(norm.every),
            stages=tuple(replace(stage, round="down") for stage in norm.stages),
            default=down(norm.default),
            cure_within=down(norm.cure_within),
        )

    moments = tuple(
        replace(moment, added=replace(moment.added, round="down"))
        if moment.added.months and moment.added.round == "error"
        else moment
        for moment in agreement.moments
    )
    norms = tuple(norm_down(norm) if _may_miss(norm) else norm for norm in agreement.norms)
    return replace(agreement, norms=norms, moments=moments)


def _may_miss(norm: Norm) -> bool:
    periods = (norm.due_within, norm.every, *norm.stages, norm.default, norm.cure_within)
    return any(period is not None and period.months and period.round == "error"
               for period in periods)  # fmt: skip


def make_plan(agreement: Agreement, start: int, until: int, *, reading: int = 0) -> Plan:
    """Return the agreement made ready to be run from one moment to another.

    Raises
    ------
    RequestError
        If the time is empty, or there are more norms than minutes of a day.
    """
    if until <= start:
        raise RequestError("A simulation needs time to run in; give at least one year.")
    if len(agreement.norms) > _MOST_NORMS:
        raise RequestError(f"A simulation holds at most {_MOST_NORMS} norms.")
    ready = rounded(agreement)
    sources = _sources(ready)
    groups = tuple(_groups(_causes(ready, sources)))
    return Plan(ready, start, until, reading, groups, sources, _why_stepped(ready))


def _why_stepped(agreement: Agreement) -> str | None:
    for norm in agreement.norms:
        if norm.stages and norm.kind is Kind.DUTY:
            return f"'{norm.id}' is performed stage by stage"
        if norm.default is not None and norm.kind in (Kind.PROHIBITION, Kind.CAP):
            return f"'{norm.id}' forbids something and takes effect by default as well"
    return None


def _sources(agreement: Agreement) -> tuple[dict[EffectKind, tuple[Source, ...]], ...]:
    found: list[dict[EffectKind, tuple[Source, ...]]] = [{} for _ in agreement.norms]

    def add(kind: EffectKind, norm: int, source: Source) -> None:
        found[norm][kind] = (*found[norm].get(kind, ()), source)

    for place, norm in enumerate(agreement.norms):
        for effect in norm.on_breach:
            add(effect.kind, effect.norm, Source(place, Cause.BREACH))
            if norm.cure_ends_remedies and effect.kind is EffectKind.STARTS:
                add(EffectKind.ENDS, effect.norm, Source(place, Cause.CURE))
        for effect in norm.on_performance:
            add(effect.kind, effect.norm, Source(place, Cause.PERFORMANCE))
    return tuple(found)


def _causes(
    agreement: Agreement, sources: tuple[dict[EffectKind, tuple[Source, ...]], ...]
) -> list[set[int]]:
    """By norm, the norms on whose times its own depend."""
    found = []
    for norm, effects in zip(agreement.norms, sources, strict=True):
        mine = {source.norm for each in effects.values() for source in each}
        mine |= {guard.norm for guard in norm.guards if guard.norm != NEVER}
        for moment in (norm.trigger, norm.due, norm.until, norm.ends, *norm.requires):
            if moment != NEVER:
                mine |= set(_norms_below(agreement.moments, moment))
        found.append(mine)
    return found


def _norms_below(moments: tuple[Moment, ...], place: int) -> Iterable[int]:
    moment = moments[place]
    if moment.kind is MomentKind.NORM and moment.ref != NEVER:
        yield moment.ref
    for part in moment.parts:
        yield from _norms_below(moments, part)


def _groups(causes: list[set[int]]) -> list[Group]:
    """Strongly connected parts, causes first (Tarjan 1972)."""
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    path: list[int] = []
    found: list[Group] = []

    def visit(place: int) -> None:
        order[place] = low[place] = len(order)
        path.append(place)
        for cause in sorted(causes[place]):
            if cause not in order:
                visit(cause)
                low[place] = min(low[place], low[cause])
            elif cause in path:
                low[place] = min(low[place], order[cause])
        if low[place] == order[place]:
            part = path[path.index(place) :]
            del path[len(path) - len(part) :]
            circular = len(part) > 1 or place in causes[place]
            found.append(Group(tuple(sorted(part)), circular))

    for place in range(len(causes)):
        if place not in order:
            visit(place)
    return found
