"""The times of everything that happens, solved for in the order of triggers, all runs at once.

Every norm's life follows from the times at which it is triggered, ended and voided, and from its
act. Norms are taken causes first; where they hang on one another in a circle, they are solved again
and again until nothing changes. Since every act comes at least a day after what allows it, each
pass settles at least the next thing that happens, and the passes end.

A run in which a norm is suspended or comes into force again, or in which two things that exclude
each other fall on one minute, is marked and left to the executor.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.enactment.compiled import NEVER, EffectKind, Guard, Kind, MomentKind, Norm
from detente.enactment.dates import MINUTES, Period
from detente.simulate.added import Adder
from detente.simulate.draws import FAR, NONE, Numbers, Times, is_hazard
from detente.simulate.lives import Life, Lives, earliest
from detente.simulate.plan import Cause, Plan

__all__ = ["Solver"]

Mask = NDArray[np.bool_]


class Solver:
    """Solves the runs of one agreement.

    Parameters
    ----------
    plan
        The agreement made ready.
    acts
        Times of acts by norm and number, :func:`detente.simulate.draws.act_tables`.

    Examples
    --------
    >>> from detente.enactment.compiled import Agreement, Kind, Moment, MomentKind, Norm
    >>> from detente.enactment.dates import Period
    >>> from detente.simulate.behaviour import Assumptions, suppose
    >>> from detente.simulate.draws import act_tables
    >>> from detente.simulate.plan import make_plan
    >>> pay = Norm("pay", "Pay", Kind.DUTY, trigger=0, due_within=Period(30), compliance=0.5)
    >>> start = Moment(MomentKind.EVENT, 1)
    >>> agreement = Agreement(
    ...     None, (pay,), (start,), ("signature", "entry-into-force"), (), given=((1, 0),)
    ... )
    >>> plan = make_plan(agreement, 0, 365 * MINUTES)
    >>> acts = act_tables(plan.agreement, suppose(agreement, Assumptions()))
    >>> numbers = np.array([[1000, 60_000]], np.uint16)
    >>> life = Solver(plan, acts).solve(numbers).norms[0]
    >>> (life.done // MINUTES).tolist()[0], (life.broken // MINUTES).tolist()[1]
    (5, 31)
    """

    def __init__(self, plan: Plan, acts: Times) -> None:
        self.plan = plan
        self.acts = acts
        self._agreement = plan.agreement
        self._norms = plan.agreement.norms
        self._adder = Adder(plan.agreement.calendar, plan.until // MINUTES + 1)
        self._beyond = np.array(plan.until + 1, np.int32)
        self._first_day = np.array(plan.start // MINUTES * MINUTES, np.int32)
        self._events: list[Times] = [NONE] * len(plan.agreement.events)
        for event, moment in plan.agreement.given:
            known = int(self._events[event])
            self._events[event] = np.array(min(known, moment), np.int32)
        self._lives: list[Life] = []
        self._numbers: Numbers = np.zeros((0, 0), np.uint16)
        self._marked: Mask = np.zeros(0, np.bool_)
        self._delays: dict[int, Times] = {}
        self._aims: dict[int, tuple[Times, Times, Times]] = {}

    def solve(self, numbers: Numbers) -> Lives:
        """Return the lives of all norms under random numbers ``(norms, runs) uint16``."""
        self._numbers = numbers
        self._delays = {}
        self._lives = [Life()] * len(self._norms)
        self._marked = np.zeros(numbers.shape[1], np.bool_)
        for group in self.plan.groups:
            if group.circular:
                self._settle(group.norms)
            else:
                for place in group.norms:
                    self._lives[place] = self._life(place)
                    self._mark(place)
        return Lives(tuple(self._lives), self._marked)

    def _settle(self, places: tuple[int, ...]) -> None:
        """Solve norms on a circle until no life changes; what does not settle is marked."""
        for _ in range(2 * len(places) + 2):
            changed = np.zeros(self._marked.shape, np.bool_)
            for place in places:
                before, self._lives[place] = self._lives[place], self._life(place)
                changed |= ~self._lives[place].same_as(before)
            if not changed.any():
                break
        else:
            self._marked |= changed
        for place in places:
            self._mark(place)

    # --- when ---

    def _moment(self, place: int) -> Times:
        """When a moment of the agreement comes."""
        if place == NEVER:
            return NONE
        moment = self._agreement.moments[place]
        if moment.kind is MomentKind.EVENT:
            anchor = self._events[moment.ref]
        elif moment.kind is MomentKind.DATE:
            return self._adder.add(np.array(moment.ref * MINUTES, np.int32), moment.added)
        elif moment.kind is MomentKind.NORM:
            anchor = NONE if moment.ref == NEVER else self._lives[moment.ref].reached(moment.states)
        elif moment.kind is MomentKind.ANY:
            anchor = earliest([self._moment(part) for part in moment.parts])
        else:
            anchor = self._moment(moment.parts[0])
            for part in moment.parts[1:]:
                anchor = np.maximum(anchor, self._moment(part))
        if anchor is NONE or moment.added.is_nothing:
            return anchor
        return np.maximum(self._adder.add(anchor, moment.added), anchor)

    def _effects(self, place: int, kind: EffectKind) -> list[Times]:
        """When other norms have an effect of a kind on this one."""
        found = []
        for source in self.plan.sources[place].get(kind, ()):
            life = self._lives[source.norm]
            if source.cause is Cause.BREACH:
                found.append(life.broken)
            else:
                found.append(life.cured if source.cause is Cause.CURE else life.performed)
        return found

    def _trigger(self, place: int) -> Times:
        moment = self._moment(self._norms[place].trigger)
        return earliest([moment, *self._effects(place, EffectKind.STARTS)])

    def _end(self, place: int) -> Times:
        moment = self._moment(self._norms[place].ends)
        return earliest([moment, *self._effects(place, EffectKind.ENDS)])

    def _due(self, norm: Norm, begin: Times) -> Times:
        """When time runs out: the deadline, the last stage, or the default."""
        if norm.due_within is not None:
            anchor = begin if norm.due == NEVER else self._moment(norm.due)
            if norm.include_last:
                due = self._adder.add(anchor, norm.due_within, last=True)
            else:
                due = self._adder.add(anchor // MINUTES * MINUTES, norm.due_within)
            due = np.maximum(due, begin)
            return due if norm.due == NEVER else np.maximum(due, anchor)
        if norm.default is not None:
            return np.maximum(self._adder.add(begin, norm.default), begin)
        due = NONE
        for stage in norm.stages:
            due = begin if due is NONE else due
            due = np.maximum(self._adder.add(due, stage, last=True), due)
        return due

    def _act(self, place: int, begin: Times) -> Times:
        """When the norm is performed, or broken, or decided on, if nothing comes before."""
        if place not in self._delays:
            self._delays[place] = self.acts[place].take(self._numbers[place].astype(np.intp))
        day = np.maximum(begin // MINUTES * MINUTES, self._first_day)
        times: Times = np.minimum(self._delays[place] + day, NONE)
        norm = self._norms[place]
        if norm.requires and not is_hazard(norm) and norm.default is None:
            for required in norm.requires:
                after = self._moment(required)
                next_day = (after // MINUTES + 1) * MINUTES + 1 + place
                times = np.minimum(np.maximum(times, next_day), NONE)
        return times

    # --- lives ---

    def _life(self, place: int) -> Life:
        norm = self._norms[place]
        end, void = self._end(place), earliest(self._effects(place, EffectKind.VOIDS))
        limit = earliest([end, void, self._beyond])
        begin = trigger = self._trigger(place)
        if norm.guards:
            begin = self._guarded(norm, begin)
        begin = _before(begin, limit)
        due, act = self._due(norm, begin), self._act(place, begin)
        self._aims[place] = trigger, due, act
        done = broken = cured = NONE
        over = due  # when its time runs out without effect
        if norm.every is not None:
            broken = _before(self._missed(norm.every, place, begin, act), limit)
            done = self._moment(norm.until)
            if done is not NONE:
                done = _when((done >= begin) & (done < broken) & (done < limit), done)
                broken = _when(broken < done, broken)
        elif norm.kind in (Kind.PROHIBITION, Kind.CAP):
            broken = _before(act, earliest([due, limit]))
        elif norm.default is not None:
            over = self._decided(norm, begin, act)
            done = _when((due < limit) & (due < over), due)
        elif norm.stages:
            done, over = _before(np.minimum(act, due), limit), NONE
        else:
            done = _before(act, earliest([due, limit]))
            if norm.kind is Kind.DUTY and not norm.best_efforts and due is not NONE:
                broken = _when((due < limit) & (act >= due), due)
                cured = self._cured(norm, broken, act, void)
                over = NONE
        void = _before(void, self._beyond)
        lapsed = self._lapsed(norm, end, void, over, done, broken)
        return Life(begin, done, broken, cured, lapsed, void)

    def _missed(self, every: Period, place: int, begin: Times, failing: Times) -> Times:
        """When the first round is over whose performance would come after the day of failing."""
        found, number = NONE, 0
        while True:
            number += 1
            due = self._adder.add(begin, every.times(number), last=True)
            if not (due < self._beyond).any():
                return np.broadcast_to(found, failing.shape)
            missed = _when(failing <= due - MINUTES + 1 + place, due)
            found = np.minimum(found, missed)

    def _decided(self, norm: Norm, begin: Times, act: Times) -> Times:
        """When it is decided, or the event comes, that keeps the default from happening."""
        if norm.default_unless == NEVER:
            return act
        event = self._events[norm.default_unless]
        return np.minimum(act, _when(event >= begin, event))

    def _cured(self, norm: Norm, broken: Times, act: Times, void: Times) -> Times:
        limit = earliest([void, self._beyond])
        if norm.cure_within is not None:
            limit = np.minimum(limit, self._adder.add(broken, norm.cure_within, last=True))
        return _when((broken < FAR) & (act < limit), act)

    def _lapsed(
        self, norm: Norm, end: Times, void: Times, over: Times, done: Times, broken: Times
    ) -> Times:
        if end is NONE and over is NONE:
            return NONE
        standing = norm.kind in (Kind.PROHIBITION, Kind.CAP)
        before = earliest([done, void, self._beyond])
        ended = _before(end, before if standing else earliest([before, broken]))
        if norm.every is not None:
            return ended
        ran_out = _before(over, earliest([before, broken, end]))
        return earliest([ended, ran_out]) if over is not NONE else ended

    # --- conditions over states ---

    def _guarded(self, norm: Norm, trigger: Times) -> Times:
        """When all conditions first hold, from the trigger on."""
        found = NONE
        for change in (trigger, *self._changes(norm)):
            at = _when(change >= trigger, change)
            found = np.minimum(found, _when(self._hold(norm, at), at))
        return found

    def _changes(self, norm: Norm) -> list[Times]:
        """When a condition of a norm may change."""
        found = []
        for guard in norm.guards:
            if guard.norm == NEVER:
                found.append(self._events[guard.event])
            else:
                found += [times for _, times in self._lives[guard.norm].changes]
        return [each for each in found if each is not NONE]

    def _hold(self, norm: Norm, at: Times) -> Mask:
        holds: Mask = np.array(True)
        for guard in norm.guards:
            holds = holds & self._holds(guard, at)
        return holds

    def _holds(self, guard: Guard, at: Times) -> Mask:
        if guard.norm == NEVER:
            seen: Mask = (self._events[guard.event] <= at) == guard.happened
            return seen
        state = self._lives[guard.norm].state_at(at)
        found: Mask = (np.int32(guard.states) >> state.astype(np.int32) & 1).astype(np.bool_)
        return found

    # --- what lives do not tell ---

    def _mark(self, place: int) -> None:
        """Mark the runs in which this norm is suspended, starts again, or meets a tie."""
        norm, life, sources = self._norms[place], self._lives[place], self.plan.sources[place]
        leave = earliest([life.leave, self._beyond])
        starts = self._effects(place, EffectKind.STARTS)
        for again in starts:
            self._marked |= (again < self._beyond) & (again >= leave)
        for stopped in self._effects(place, EffectKind.SUSPENDS):
            until = earliest([life.done, life.lapsed, life.void, self._beyond])
            self._marked |= (stopped >= life.begin) & (stopped <= until) & (stopped < self._beyond)
        if norm.guards:
            trigger = self._aims[place][0]
            for change in self._changes(norm):
                inside = (change > life.begin) & (change <= leave) | (change == trigger)
                self._marked |= inside & (change < self._beyond) & ~self._hold(norm, change)
        if norm.ends != NEVER or sources.keys() & {EffectKind.ENDS, EffectKind.VOIDS}:
            self._mark_ties(place)
        again_kinds = (EffectKind.STARTS, EffectKind.SUSPENDS)
        if norm.every is not None and any(each.kind in again_kinds for each in norm.on_breach):
            self._marked |= life.broken < self._beyond  # each missed round has the effect again
        if norm.every is not None and norm.until != NEVER:
            last = self._moment(norm.until)
            self._marked |= (last < self._beyond) & ((last <= life.begin) | (last == life.broken))
        if norm.default_unless != NEVER:
            event = self._events[norm.default_unless]
            due = self._due(norm, life.begin)
            self._marked |= (event < self._beyond) & ((event == life.begin) | (event == due))

    def _mark_ties(self, place: int) -> None:
        trigger, due, act = self._aims[place]
        voids = earliest(self._effects(place, EffectKind.VOIDS))
        for stop in (self._end(place), voids):
            if stop is not NONE:
                tied = (stop == trigger) | (stop == due) | (stop == act)
                self._marked |= tied & (stop < self._beyond)
        if voids is not NONE:
            self._marked |= (voids == self._end(place)) & (voids < self._beyond)


def _before(times: Times, limit: Times) -> Times:
    return times if times is NONE else _when(times < limit, times)


def _when(true: Mask, times: Times) -> Times:
    """Times where something is so, FAR elsewhere; one for all runs where it is so in all."""
    found: Times = np.maximum(times, ~true * NONE)  # many times faster than np.where
    return found
