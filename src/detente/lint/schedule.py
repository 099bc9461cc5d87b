"""The time limits of an agreement, each with the clause that says so.

Points are the origin of the calendar, events, and for every norm its start, performance, breach and
deadline; moments that count from them are points too. Every limit is the widest that the text
allows: a month is 28 to 31 days, of several ways to begin none is taken for granted. So a
contradiction found is one under every reading of the calendar; that none is found proves nothing
about choices between alternatives. Norms that a draft leaves open are left out.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Literal

from detente.enactment.compiled import NEVER, Kind, MomentKind, State
from detente.enactment.dates import Period, as_date
from detente.lint.network import Limit, negative_circle
from detente.lint.subject import Clause, Subject, time_words
from detente.lint.waits import Node, find_waits, guard_words

__all__ = ["ORIGIN", "Schedule", "build_schedule", "span"]

ORIGIN = 0
"""Place of the origin of the calendar, day 0 of 1970."""

_YEARS = range(2023, 2027)
"""Four years, one of them with a leap day: every length that some months can have."""

_CYCLE, _CYCLE_DAYS = 4800, 146_097
"""Months and days after which the calendar repeats itself."""

_TERMS = (("deadline",), ("ends",), ("stages",), ("default",))

Use = Literal["starts", "performed", "broken", "due"]
_USES: tuple[Use, ...] = ("starts", "performed", "broken", "due")


def span(period: Period, holidays: int = 0) -> tuple[int, int]:
    """Return the least and the most days that a period may take.

    Parameters
    ----------
    holidays
        How many days on which nobody works may lie in it, for business days.

    Examples
    --------
    >>> span(Period(14)), span(Period(6, months=True)), span(Period(5, business=True))
    ((14, 14), (178, 185), (5, 9))
    """
    hour, first = int(bool(period.minute)), int(period.include_first)
    if period.months:
        lengths = [_length(year, month, period.amount) for year in _YEARS for month in range(1, 13)]
        # a last day that does not exist may cut the time short, or lengthen it by a day
        short = 0 if period.round == "up" or not period.amount else 3 if period.amount % 12 else 1
        return min(lengths) - short, max(lengths) + int(period.round != "down") + hour
    if period.business:
        least, most = period.amount - first, period.amount
        # five working days from a Sunday are five days, from a Friday seven
        short = 0 if least % 5 else 2 * bool(least)
        return (
            7 * (least // 5) + least % 5 - short,
            7 * (most // 5) + most % 5 + 2 + 3 * holidays + hour,
        )
    return period.amount - first, period.amount - first + hour


def _length(year: int, month: int, months: int) -> int:
    cycles, months = divmod(months, _CYCLE)
    place = year * 12 + month - 1 + months
    end = datetime.date(place // 12, place % 12 + 1, 1)
    return (end - datetime.date(year, month, 1)).days + cycles * _CYCLE_DAYS


@dataclass(frozen=True)
class Schedule:
    """Limits in time, and the clauses that they come from.

    Parameters
    ----------
    points
        How many points there are; :data:`ORIGIN` is the first.
    clauses
        By number of the clause.
    contradictions
        Sets of limits that cannot be met together; ``limits`` are what is left without one limit of
        each, so that windows can be told.
    """

    points: int
    limits: tuple[Limit, ...]
    clauses: tuple[Clause, ...]
    contradictions: tuple[tuple[Limit, ...], ...]
    events: int
    norms: int

    def event(self, place: int) -> int:
        """Return the point of an event."""
        return 1 + place

    def norm(self, use: Use, place: int) -> int:
        """Return the point at which a norm starts, is performed, broken or due."""
        return 1 + self.events + _USES.index(use) * self.norms + place

    def moment(self, place: int) -> int:
        """Return the point of a moment."""
        return 1 + self.events + len(_USES) * self.norms + place


def build_schedule(subject: Subject) -> Schedule:
    """Return the limits in time of an agreement, and those that cannot be met together.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> from detente.lint.subject import open_subject
    >>> subject = open_subject(load(example_folder("ukraine-2025")), "us-russia-28")
    >>> schedule = build_schedule(subject)
    >>> (limits,) = schedule.contradictions
    >>> clauses = [schedule.clauses[limit.clause] for limit in limits if limit.clause >= 0]
    >>> sorted({subject.norms[clause.norm].id for clause in clauses})
    ['N02', 'N34', 'martial-law-ends']
    """
    return _Builder(subject).schedule()


class _Builder:
    def __init__(self, subject: Subject) -> None:
        agreement = subject.agreement
        self.subject = subject
        self.come = find_waits(subject).can_come()
        self.frame = Schedule(
            1 + len(agreement.events) + len(_USES) * len(agreement.norms) + len(agreement.moments),
            (),
            (),
            (),
            len(agreement.events),
            len(agreement.norms),
        )
        self.clauses: list[Clause] = []
        self.lower: list[Limit] = []
        self.upper: list[Limit] = []
        self.sure = [not norm.possible_only for norm in agreement.norms]

    def schedule(self) -> Schedule:
        self._events()
        for place, norm in enumerate(self.subject.agreement.norms):
            if not self.sure[place]:
                continue
            self._start(place)
            self._end(place)
            self._due(place)
            starts, done = self.frame.norm("starts", place), self.frame.norm("performed", place)
            self._after(done, starts, 0)
            if norm.requires:
                self._requires(place)
        self._settle()
        return self._solved()

    def _solved(self) -> Schedule:
        points, lower = self.frame.points, list(self.lower)
        while circle := negative_circle(points, lower):
            # norms that wait for one another are no matter of time
            lower.remove(next((limit for limit in circle if limit.clause >= 0), circle[0]))
        limits, found = lower + self.upper, []
        while circle := negative_circle(points, limits):
            found.append(circle)
            limits.remove(min(circle, key=self._firmness))
        return replace(
            self.frame,
            limits=tuple(limits),
            clauses=tuple(self.clauses),
            contradictions=tuple(found),
        )

    def _firmness(self, limit: Limit) -> int:
        """A deadline is given up first, what holds of itself last."""
        if limit.clause < 0:
            return 2
        return int(self.clauses[limit.clause].way[:1] not in _TERMS)

    # --- limits ---

    def _clause(self, norm: int, way: tuple[str | int, ...], words: str) -> int:
        self.clauses.append(Clause(norm, way, words))
        return len(self.clauses) - 1

    def _after(self, later: int, earlier: int, days: int, clause: int = NEVER) -> None:
        self.lower.append(Limit(later, earlier, -days, clause))

    def _within(self, later: int, earlier: int, days: int, clause: int = NEVER) -> None:
        self.upper.append(Limit(earlier, later, days, clause))

    def _span(self, period: Period) -> tuple[int, int]:
        return span(period, len(self.subject.agreement.calendar.holidays))

    def _events(self) -> None:
        for event, day in self.subject.given.items():
            name = self.subject.agreement.events[event]
            words = f"{name} is on {as_date(day).isoformat()}"
            clause = self._clause(NEVER, ("agreement",), words)
            self._after(self.frame.event(event), ORIGIN, day, clause)
            self._within(self.frame.event(event), ORIGIN, day, clause)
        self._after(self.frame.event(1), self.frame.event(0), 0)

    def _start(self, place: int) -> None:
        norm, subject = self.subject.agreement.norms[place], self.subject
        starts, starters = self.frame.norm("starts", place), subject.starters[place]
        if norm.trigger != NEVER and not starters:
            words = f"'{norm.id}' comes into force: {self._name(norm.trigger)}"
            clause = self._clause(place, subject.anchors[place]["trigger"][1], words)
            self._after(starts, self._moment(norm.trigger), 0, clause)
            if not norm.guards:
                self._within(starts, self._moment(norm.trigger), 0, clause)
        elif norm.trigger == NEVER and len(starters) == 1:
            other, broken, way = starters[0]
            act = "breach" if broken else "performance"
            words = f"'{norm.id}' is started by the {act} of '{subject.norms[other].id}'"
            clause = self._clause(other, way, words)
            point = self.frame.norm("broken" if broken else "performed", other)
            self._after(starts, point, 0, clause)
        for number, guard in enumerate(norm.guards):
            self._guard(place, number, guard.norm, guard.states)

    def _guard(self, place: int, number: int, other: int, states: int) -> None:
        guard = self.subject.agreement.norms[place].guards[number]
        starts = self.frame.norm("starts", place)
        if other == NEVER:
            points = [self.frame.event(guard.event)] if guard.happened else []
        else:
            points = self._reached(other, states)
        if len(points) != 1:
            return
        told, way = guard_words(self.subject, place, number)
        words = f"'{self.subject.norms[place].id}' is in force only while {told}"
        self._after(starts, points[0], 0, self._clause(place, way, words))

    def _reached(self, norm: int, states: int) -> list[int]:
        """The points of which the first must have come for a norm to be in one of the states.

        Empty where nothing can be said.
        """
        if states & (1 << State.DORMANT | 1 << State.WAIVED | 1 << State.VOID):
            return []
        found = []
        if states & (1 << State.IN_FORCE | 1 << State.SUSPENDED):
            return [self.frame.norm("starts", norm)]
        if states & (1 << State.FULFILLED | 1 << State.CURED):
            found.append(self.frame.norm("performed", norm))
        if states & 1 << State.VIOLATED:
            found.append(self.frame.norm("broken", norm))
        if states & 1 << State.LAPSED:
            ends = self.subject.agreement.norms[norm].ends
            if ends == NEVER or self.subject.enders[norm]:
                return []
            found.append(self._moment(ends))
        return found

    def _end(self, place: int) -> None:
        norm = self.subject.agreement.norms[place]
        if norm.ends == NEVER or norm.kind is Kind.POWER:
            return
        words = f"'{norm.id}' ends: {self._name(norm.ends)}"
        clause = self._clause(place, ("ends",), words)
        use: Use = "performed" if norm.kind is Kind.DUTY else "starts"
        self._within(self.frame.norm(use, place), self._moment(norm.ends), 0, clause)

    def _due(self, place: int) -> None:
        norm = self.subject.agreement.norms[place]
        starts, done = self.frame.norm("starts", place), self.frame.norm("performed", place)
        broken, due = self.frame.norm("broken", place), self.frame.norm("due", place)
        if norm.due_within is not None:
            anchor = starts if norm.due == NEVER else self._moment(norm.due)
            least, most = self._span(norm.due_within)
            early = 0 if norm.include_last else 1
            clause = self._clause(place, ("deadline",), self._due_words(place))
            self._after(due, anchor, least - early, clause)
            self._within(due, anchor, most - early, clause)
            if norm.kind is Kind.DUTY:
                self._after(broken, due, 1)
            else:
                self._after(broken, starts, 0)
            told = self.subject.norms[place]
            stated = "clock_on_suspension" in told.model_fields_set and norm.clock_stops
            if not (norm.guards and stated):
                self._within(done, due, 0, clause)
            return
        self._after(broken, starts, 0)
        periods = norm.stages or ((norm.default,) if norm.default is not None else ())
        if periods:
            spans = [self._span(period) for period in periods]
            key = "stages" if norm.stages else "default"
            words = f"'{norm.id}' takes {' and '.join(time_words(each) for each in periods)}"
            clause = self._clause(place, (key,), words)
            if norm.kind is Kind.CONDITION:
                self._after(done, starts, sum(least for least, _ in spans), clause)
            if not any(norm.extendable) and not norm.guards:
                self._within(done, starts, sum(most for _, most in spans), clause)

    def _due_words(self, place: int) -> str:
        norm = self.subject.agreement.norms[place]
        name = f"'{norm.id}'" if norm.kind is Kind.DUTY else f"'{norm.id}' (a {norm.kind.name})"
        since = "its start" if norm.due == NEVER else self._name(norm.due)
        if norm.due_within is None or not norm.due_within.amount:
            return f"{name} is due by {since}"
        return f"{name} is due within {time_words(norm.due_within)} of {since}"

    def _requires(self, place: int) -> None:
        norm = self.subject.agreement.norms[place]
        for index, moment in enumerate(norm.requires):
            words = f"'{norm.id}' needs first: {self._name(moment)}"
            clause = self._clause(place, ("requires", index), words)
            done = self.frame.norm("performed", place)
            self._after(done, self._moment(moment), 0, clause)

    def _name(self, moment: int) -> str:
        return self.subject.agreement.moment_names[moment]

    # --- moments ---

    def _moment(self, place: int) -> int:
        return self.frame.moment(place)

    def _settle(self) -> None:
        """Bind every moment to what it counts from; its clause is that of the norm that uses it."""
        for place, moment in enumerate(self.subject.agreement.moments):
            point = self._moment(place)
            least, most = self._span(moment.added)
            if moment.kind is MomentKind.ALL:
                for part in moment.parts:
                    self._after(point, self._moment(part), least)
                anchors = [self._moment(part) for part in moment.parts]
                if len(anchors) == 1:
                    self._within(point, anchors[0], most)
                continue
            if moment.kind is MomentKind.ANY:
                # what can never come is no way out
                parts = [part for part in moment.parts if self._can_come(("moment", part))]
                anchors = [self._moment(part) for part in parts]
            elif moment.kind is MomentKind.EVENT:
                anchors = [self.frame.event(moment.ref)]
            elif moment.kind is MomentKind.DATE:
                anchors, least, most = [ORIGIN], least + moment.ref, most + moment.ref
            else:
                anchors = [] if moment.ref == NEVER else self._reached(moment.ref, moment.states)
            if len(anchors) == 1:
                self._after(point, anchors[0], least)
            later = moment.kind is not MomentKind.NORM or len(anchors) == 1
            for anchor in anchors if later else ():
                self._within(point, anchor, most)

    def _can_come(self, node: Node) -> bool:
        return node in self.come
