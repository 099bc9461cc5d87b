"""The moments of an agreement as they come: a queue of what is known to happen.

What is known to come waits in a queue and happens when its time comes, whether or not anybody
reports it. A moment is *scheduled* when all that it counts from has come; it *fires* after the
time that is added.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from heapq import heappop, heappush

from detente.enactment.compiled import NEVER, Agreement, MomentKind, State
from detente.enactment.dates import MINUTES, NoSuchDayError, Period

__all__ = ["TIMER", "Clock", "Happening", "Live", "Step"]

_FIRE, TIMER = 0, 1


@dataclass(frozen=True, slots=True)
class Step:
    """One change: which norm came into which state, when, by which rule and which entry.

    ``cause`` is the norm whose breach or performance had the effect. A step that does not change
    the state tells of something that is on record all the same: late performance after the time for
    cure, an act by one who does not hold the power.
    """

    norm: int
    state: State
    moment: int
    rule: str
    entry: str | None = None
    cause: int = NEVER
    breach: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the log as the run takes it: by number, at a moment.

    Parameters
    ----------
    moment
        Minutes since 1970 on the agreement's clock.
    subject
        Place of the norm, or of the event where ``kind`` is ``event``.
    actors
        Who acted; empty where nobody is named.
    """

    moment: int
    kind: str
    subject: int
    id: str
    actors: frozenset[int] = frozenset()
    amount: float | None = None


@dataclass(slots=True)
class Live:
    """What changes about a norm in a run."""

    state: State = State.DORMANT
    start: int = NEVER
    base: int = NEVER
    due: int = NEVER
    stopped: int = 0
    suspended_at: int = NEVER
    triggered: bool = False
    early: Happening | None = None
    passed: bool = False
    count: int = 0
    met: bool = False
    held: State = State.IN_FORCE
    breached_at: int = NEVER
    by_condition: bool = False


class Clock(ABC):
    """The moments of an agreement under one reading, as they come.

    Parameters
    ----------
    reading
        Place of the reading.

    Attributes
    ----------
    steps
        Every change so far, in order.
    fired, scheduled
        By moment of the agreement: when it came, and when it will come as far as is known.
    """

    def __init__(self, agreement: Agreement, reading: int = 0) -> None:
        self.agreement = agreement
        self.reading = reading
        self.now = NEVER
        self.live = [Live() for _ in agreement.norms]
        self.steps: list[Step] = []
        self.fired: list[int] = [NEVER] * len(agreement.moments)
        self.scheduled: list[int] = [NEVER] * len(agreement.moments)
        self.seen: list[int] = [NEVER] * len(agreement.events)
        self.reached: list[dict[int, int]] = [{} for _ in agreement.norms]
        self._queue: list[tuple[int, int, int, int, int, str | None]] = []
        self._number = 0
        self._entry: str | None = None
        self._index()
        for place, moment in enumerate(agreement.moments):
            if moment.kind is MomentKind.DATE:
                self._schedule(place, moment.ref * MINUTES)
        for event, day in agreement.given:
            self._push(day, _FIRE, -1 - event, 0)
        for place, norm in enumerate(agreement.norms):
            if norm.guards:
                self._changed_guards.add(place)

    def _index(self) -> None:
        """Who listens to which event, norm and moment."""
        size = len(self.agreement.norms)
        self._of_event: list[list[int]] = [[] for _ in self.agreement.events]
        self._of_norm: list[list[int]] = [[] for _ in range(size)]
        self._above: list[list[int]] = [[] for _ in self.agreement.moments]
        self._uses: list[list[tuple[str, int]]] = [[] for _ in self.agreement.moments]
        self._guarded: list[list[int]] = [[] for _ in range(size)]
        self._guarded_by_event: list[list[int]] = [[] for _ in self.agreement.events]
        self._unless: dict[int, list[int]] = {}
        self._changed_guards: set[int] = set()
        for place, moment in enumerate(self.agreement.moments):
            if moment.kind is MomentKind.EVENT:
                self._of_event[moment.ref].append(place)
            elif moment.kind is MomentKind.NORM and moment.ref != NEVER:
                self._of_norm[moment.ref].append(place)
            for part in moment.parts:
                self._above[part].append(place)
        for place, norm in enumerate(self.agreement.norms):
            for use in ("trigger", "due", "until", "ends"):
                if (at := getattr(norm, use)) != NEVER:
                    self._uses[at].append((use, place))
            if norm.default_unless != NEVER:
                self._unless.setdefault(norm.default_unless, []).append(place)
            for guard in norm.guards:
                where = self._guarded if guard.norm != NEVER else self._guarded_by_event
                where[guard.norm if guard.norm != NEVER else guard.event].append(place)

    # --- the clock ---

    def until(self, moment: int) -> None:
        """Let everything happen that the clock brings up to and including a moment."""
        while self._queue and self._queue[0][0] <= moment:
            self.now, _, _, what, token, self._entry = heappop(self._queue)
            if what < 0:
                self._event(-1 - what)
            elif token < 0:
                self._fire(what)
            else:
                self._time_is_up(what, token)
            self._entry = None
        self.now = max(self.now, moment)

    def _push(self, moment: int, rank: int, what: int, token: int) -> None:
        self._number += 1
        heappush(self._queue, (moment, rank, self._number, what, token, self._entry))

    # --- moments ---

    def _schedule(self, place: int, anchor: int) -> None:
        if self.scheduled[place] != NEVER:
            return
        moment = self.agreement.moments[place]
        norm = self.agreement.moment_of[place] if self.agreement.moment_of else NEVER
        self.scheduled[place] = when = self._add(norm, anchor, moment.added)
        self._push(max(when, self.now), _FIRE, place, NEVER)

    def _add(self, norm: int, anchor: int, added: Period, *, last: bool = False) -> int:
        """The moment some time later; a fault names the norm that asks."""
        calendar = self.agreement.calendar
        try:
            return calendar.last_day(anchor, added) if last else calendar.add(anchor, added)
        except (NoSuchDayError, OverflowError, ValueError) as error:
            if isinstance(error, NoSuchDayError):
                raise NoSuchDayError(str(error), norm) from None
            raise NoSuchDayError("its time ends after the year 9999", norm) from None

    def _fire(self, place: int) -> None:
        if self.fired[place] != NEVER:
            return
        self.fired[place] = self.now
        for above in self._above[place]:
            moment = self.agreement.moments[above]
            if moment.kind is MomentKind.ANY or all(
                self.fired[part] != NEVER for part in moment.parts
            ):
                self._schedule(above, self.now)
        for use, norm in self._uses[place]:
            if use == "trigger":
                self.live[norm].triggered = True
                self._start(norm, self._words(place))
            elif use == "due":
                self._set_due(norm)
            elif use == "ends":
                self._end(norm, self._words(place))
            else:
                self._done_recurring(norm)

    def _words(self, place: int) -> str:
        return self.agreement.moment_names[place]

    def _event(self, event: int) -> None:
        if self.seen[event] == NEVER:
            self.seen[event] = self.now
            for place in self._of_event[event]:
                self._schedule(place, self.now)
        for norm in self._unless.get(event, ()):
            self._blocked(norm)
        for norm in self._guarded_by_event[event]:
            self._check_guards(norm)

    def _reach(self, norm: int, state: State) -> None:
        if state in self.reached[norm]:
            return
        self.reached[norm][state] = self.now
        for place in self._of_norm[norm]:
            if self.agreement.moments[place].states >> state & 1:
                self._schedule(place, self.now)

    # --- what States and Run make of it ---

    @abstractmethod
    def _time_is_up(self, norm: int, token: int) -> None: ...

    @abstractmethod
    def _start(self, norm: int, rule: str) -> None: ...

    @abstractmethod
    def _set_due(self, norm: int) -> None: ...

    @abstractmethod
    def _end(self, norm: int, rule: str) -> None: ...

    @abstractmethod
    def _done_recurring(self, norm: int) -> None: ...

    @abstractmethod
    def _blocked(self, norm: int) -> None: ...

    @abstractmethod
    def _check_guards(self, norm: int) -> None: ...

    @abstractmethod
    def _performed(self, norm: int, entry: Happening, rule: str = "performed") -> None: ...
