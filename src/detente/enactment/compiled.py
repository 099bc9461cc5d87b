"""The agreement in the form that is run: norms by number, moments as a graph, time in days.

Everything that refers to something else does so by its place in a tuple. The moments of all norms
stand in one tuple, :attr:`Agreement.moments`, every part before the moment made of it, so that one
pass in order meets no moment whose parts are not known. This is what a simulator needs: the time of
each moment follows from the times at which events happen and norms reach states,

====== ===========================================================================
EVENT  first time of the event ``ref`` happening
NORM   first time of the norm ``ref`` reaching a state of the set ``states``
DATE   the day ``ref``
ANY    the earliest of ``parts``
ALL    the latest of ``parts``
====== ===========================================================================

and then ``added`` is added once (:meth:`detente.enactment.dates.Calendar.add`). A moment that a
NORM leaf makes depend on a norm with a moment of its own may close a circle; nothing here forbids
it, and a norm on a circle stays dormant when the agreement is run.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import IntEnum

from detente.enactment.dates import Calendar, Period

__all__ = [
    "NEVER",
    "Agreement",
    "Effect",
    "EffectKind",
    "Guard",
    "Kind",
    "Moment",
    "MomentKind",
    "Norm",
    "State",
    "set_aside",
]

NEVER = -1
"""In place of a number: there is no such moment, event or actor."""


NOTHING = Period()
"""No time added."""


class State(IntEnum):
    """What a norm is; the numbers are stable and fit an int8."""

    DORMANT = 0
    IN_FORCE = 1
    FULFILLED = 2
    VIOLATED = 3
    CURED = 4
    SUSPENDED = 5
    WAIVED = 6
    LAPSED = 7
    VOID = 8

    @property
    def label(self) -> str:
        """The state as it is written and shown."""
        return self.name.lower().replace("_", "-")


class Kind(IntEnum):
    """What sort of norm it is."""

    DUTY = 0
    PROHIBITION = 1
    POWER = 2
    CAP = 3
    CONDITION = 4


class MomentKind(IntEnum):
    """What a moment counts from."""

    EVENT = 0
    NORM = 1
    DATE = 2
    ANY = 3
    ALL = 4


class EffectKind(IntEnum):
    """What is done to other norms."""

    STARTS = 0
    SUSPENDS = 1
    RESUMES = 2
    ENDS = 3
    VOIDS = 4


@dataclass(frozen=True, slots=True)
class Moment:
    """One node of the graph of moments; see the table in the module's head.

    Parameters
    ----------
    ref
        Event, norm or day (since 1970) by kind; NEVER for ANY and ALL.
    states
        For NORM: bit ``1 << state`` for every state that counts.
    parts
        For ANY and ALL: places of the parts, all before this one.
    """

    kind: MomentKind
    ref: int = NEVER
    states: int = 0
    parts: tuple[int, ...] = ()
    added: Period = NOTHING


@dataclass(frozen=True, slots=True)
class Guard:
    """One condition of ``in_force_when``: a norm in one of the states, or an event (not) seen."""

    norm: int = NEVER
    states: int = 0
    event: int = NEVER
    happened: bool = True


@dataclass(frozen=True, slots=True)
class Effect:
    """What one norm's breach or performance does to another."""

    kind: EffectKind
    norm: int


@dataclass(frozen=True, slots=True)
class Norm:
    """One norm; what is a moment is its place in :attr:`Agreement.moments`, or NEVER.

    At most one of the four ways in which time runs out is present: ``due`` with ``due_within``,
    ``every``, ``stages``, ``default``.

    Parameters
    ----------
    trigger
        When it comes into force; NEVER where only an effect ``STARTS`` of another norm does it.
    guards
        All must hold for it to be in force; it is suspended while one does not.
    requires
        Moments before which performance is not possible, by law or by its nature. The run notes a
        performance before one of them and counts it; a simulation waits, and a check of dates
        takes them as bounds.
    due, due_within
        Anchor of the deadline (its time *before* anything is added; NEVER: from coming into force)
        and the time added. ``due_within`` is None where there is no deadline.
    include_last
        Whether performance on the last day is still in time. If so, the deadline has passed when
        that day is over; if not, when it begins.
    every, until
        A recurring duty: the k-th performance is due ``every.times(k)`` after it came into force.
    stages, extendable
        Time of each stage, and whether it can be extended. A duty must be performed stage by stage;
        a condition passes through its stages by time alone and is fulfilled after the last.
    default, default_unless
        It is fulfilled by itself so long after coming into force, unless a ``decided`` entry on it
        comes before, or this event; it has lapsed then.
    ends
        When it lapses, if it is dormant, in force or suspended.
    clock_stops
        Whether a deadline is put off by the days of a suspension.
    cure_within
        Time after the breach in which late performance cures; None: any time.
    cure_ends_remedies
        Whether a cure ends the norms that the breach started.
    holders
        One entry for every reading of the agreement: places of the actors that can exercise a
        power; None where nobody is named and anyone can.
    remedy_only
        Whether it has no trigger because it stands among another norm's effects.
    possible_only
        Whether the draft leaves open if it takes this norm.
    limit
        The largest amount a cap allows, the amount owed by a duty; None without.
    compliance, delay_median, delay_spread
        What the case assumes for a simulation; None where nothing is stated.
    """

    id: str
    title: str
    kind: Kind
    debtors: tuple[int, ...] = ()
    creditors: tuple[int, ...] = ()
    trigger: int = NEVER
    guards: tuple[Guard, ...] = ()
    requires: tuple[int, ...] = ()
    due: int = NEVER
    due_within: Period | None = None
    include_last: bool = True
    every: Period | None = None
    until: int = NEVER
    stages: tuple[Period, ...] = ()
    extendable: tuple[bool, ...] = ()
    stage_ids: tuple[str, ...] = ()
    default: Period | None = None
    default_unless: int = NEVER
    ends: int = NEVER
    clock_stops: bool = True
    cure_within: Period | None = None
    cure_ends_remedies: bool = False
    on_breach: tuple[Effect, ...] = ()
    on_performance: tuple[Effect, ...] = ()
    holders: tuple[frozenset[int] | None, ...] = ()
    remedy_only: bool = False
    possible_only: bool = False
    limit: float | None = None
    best_efforts: bool = False
    compliance: float | None = None
    delay_median: float | None = None
    delay_spread: float | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Norms, moments and events of one draft, ready to be run.

    Parameters
    ----------
    draft
        Whose options chose the norms; None where the case has no draft.
    events
        Names of events; place 0 is ``signature`` and place 1 ``entry-into-force``.
    given
        Events that the case itself dates: (event, moment in minutes).
    readings
        Ids of the readings; the first is the one that counts unless another is asked for. One
        reading without a name where no power has several.
    moment_names, moment_of
        What each moment counts from, in words, and the norm for which it stands.
    """

    draft: str | None
    norms: tuple[Norm, ...]
    moments: tuple[Moment, ...]
    events: tuple[str, ...]
    actors: tuple[str, ...]
    readings: tuple[str, ...] = ("as-written",)
    given: tuple[tuple[int, int], ...] = ()
    calendar: Calendar = field(default_factory=Calendar)
    moment_names: tuple[str, ...] = ()
    moment_of: tuple[int, ...] = ()

    @property
    def norm_of(self) -> dict[str, int]:
        """Places of norms by id."""
        return {norm.id: place for place, norm in enumerate(self.norms)}

    @property
    def event_of(self) -> dict[str, int]:
        """Places of events by name."""
        return {name: place for place, name in enumerate(self.events)}


def set_aside(agreement: Agreement, places: Iterable[int]) -> Agreement:
    """Return the agreement in which some norms never come into force.

    What waits for one of them waits in vain.

    Examples
    --------
    >>> pay = Norm("pay", "Pay", Kind.DUTY, trigger=0)
    >>> aside = set_aside(Agreement(None, (pay,), (), ("signature", "entry-into-force"), ()), [0])
    >>> aside.norms[0].trigger == NEVER
    True
    """
    gone = frozenset(places)

    def kept(effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
        return tuple(each for each in effects if each.norm not in gone)

    norms = (
        replace(norm, trigger=NEVER, on_breach=(), on_performance=())
        if place in gone
        else replace(norm, on_breach=kept(norm.on_breach), on_performance=kept(norm.on_performance))
        for place, norm in enumerate(agreement.norms)
    )
    return replace(agreement, norms=tuple(norms))
