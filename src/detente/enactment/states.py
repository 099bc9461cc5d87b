"""How norms change state: when they start, run out of time, are broken, and what follows."""

from __future__ import annotations

from collections.abc import Iterable

from detente.enactment.clock import TIMER, Clock, Step
from detente.enactment.compiled import NEVER, Effect, EffectKind, Kind, Norm, State
from detente.enactment.dates import MINUTES

__all__ = ["OPEN", "States"]

OPEN = (State.IN_FORCE, State.SUSPENDED)
"""States in which a norm still binds."""


class States(Clock):
    """The norms of an agreement under one reading, as time and one another change them."""

    # --- changes of state ---

    def _step(
        self, norm: int, state: State, rule: str, *, cause: int = NEVER, breach: bool = False
    ) -> None:
        live = self.live[norm]
        changed = live.state is not state
        live.state = state
        self.steps.append(Step(norm, state, self.now, rule, self._entry, cause, breach))
        if changed or breach:
            self._reach(norm, state)
            for other in self._guarded[norm]:
                self._check_guards(other)

    def _note(self, norm: int, rule: str) -> None:
        self.steps.append(Step(norm, self.live[norm].state, self.now, rule, self._entry))

    def _guards_hold(self, norm: int) -> bool:
        return all(
            bool(guard.states >> self.live[guard.norm].state & 1)
            if guard.norm != NEVER
            else (self.seen[guard.event] != NEVER) is guard.happened
            for guard in self.agreement.norms[norm].guards
        )

    def _check_guards(self, norm: int) -> None:
        live, holds = self.live[norm], self._guards_hold(norm)
        if live.state is State.DORMANT and live.triggered and holds:
            self._start(norm, "its conditions hold")
        elif live.state is State.IN_FORCE and not holds:
            self._suspend(norm, "its conditions no longer hold")
            live.by_condition = True
        elif live.state is State.SUSPENDED and live.by_condition and holds:
            self._resume(norm, "its conditions hold again")

    def _start(self, norm: int, rule: str, *, cause: int = NEVER, again: bool = False) -> None:
        live, written = self.live[norm], self.agreement.norms[norm]
        if live.state is not State.DORMANT and not (again and live.state is not State.IN_FORCE):
            return
        if not self._guards_hold(norm):
            live.triggered = True
            return
        live.start, live.stopped, live.suspended_at = self.now, 0, NEVER
        live.count, live.passed, live.met = 0, False, False
        self._step(norm, State.IN_FORCE, rule, cause=cause)
        if written.ends != NEVER and self.fired[written.ends] != NEVER and not again:
            self._end(norm, self._words(written.ends))
            return
        if live.early is not None:
            early, live.early = live.early, None
            self._performed(norm, early, rule=f"performed before, by entry {early.id}")
            if self.live[norm].state is State.FULFILLED:
                return
        self._set_clock(norm)

    def _set_clock(self, norm: int) -> None:
        live, written = self.live[norm], self.agreement.norms[norm]
        if written.due_within is not None:
            self._set_due(norm)
        elif written.every is not None or written.stages or written.default is not None:
            live.base = self._next_time(norm, live.start)
            self._wait(norm)

    def _set_due(self, norm: int) -> None:
        """Set the deadline once both its anchor and the norm's start are known."""
        live, written = self.live[norm], self.agreement.norms[norm]
        if live.start == NEVER or written.due_within is None or live.state not in OPEN:
            return
        anchor = live.start if written.due == NEVER else self.fired[written.due]
        if anchor != NEVER:
            live.base = self.deadline(norm, anchor)
            self._wait(norm)

    def deadline(self, norm: int, anchor: int) -> int:
        """Return when a deadline that counts from a moment has passed; NEVER without one."""
        written = self.agreement.norms[norm]
        if written.due_within is None:
            return NEVER
        if written.include_last:
            return self._add(norm, anchor, written.due_within, last=True)
        return self._add(norm, anchor // MINUTES * MINUTES, written.due_within)

    def _next_time(self, norm: int, anchor: int) -> int:
        live, written = self.live[norm], self.agreement.norms[norm]
        if written.every is not None:
            period = written.every.times(live.count + 1)
            return self._add(norm, live.start, period, last=True)
        if written.default is not None:
            return self._add(norm, anchor, written.default)
        return self._add(norm, anchor, written.stages[live.count], last=True)

    def _wait(self, norm: int) -> None:
        live = self.live[norm]
        live.due = live.base + live.stopped
        self._push(max(live.due, self.now), TIMER, norm, live.due)

    # --- time runs out ---

    def _time_is_up(self, norm: int, token: int) -> None:
        live, written = self.live[norm], self.agreement.norms[norm]
        if token != live.due or live.due == NEVER:
            return
        if live.state is State.SUSPENDED:
            if not written.clock_stops:
                live.passed = True
            return
        if written.every is not None:
            self._round_is_over(norm)
        elif live.state is not State.IN_FORCE:
            return
        elif written.default is not None:
            self._fulfil(norm, "nothing was decided against it in time")
        elif written.stages and written.kind in (Kind.CONDITION, Kind.POWER):
            self._next_stage(norm, f"stage {written.stage_ids[live.count]} ended")
        elif written.kind is Kind.DUTY and written.best_efforts:
            self._lapse(norm, "its time ran out; only efforts were owed")
        elif written.kind is Kind.DUTY:
            self._violate(norm, "its deadline passed without performance")
        elif written.kind is Kind.CONDITION or written.kind is Kind.POWER:
            self._lapse(norm, "its time ran out")
        else:
            self._lapse(norm, "its term is over")

    def _round_is_over(self, norm: int) -> None:
        live = self.live[norm]
        if not live.met and live.state in (State.IN_FORCE, State.VIOLATED):
            self._violate(norm, f"performance no. {live.count + 1} did not come in time")
        live.count, live.met = live.count + 1, False
        if live.state in (State.IN_FORCE, State.VIOLATED):
            live.base = self._next_time(norm, live.start)
            self._wait(norm)

    def _next_stage(self, norm: int, rule: str) -> None:
        live, written = self.live[norm], self.agreement.norms[norm]
        live.count += 1
        live.stopped = 0
        if live.count == len(written.stages):
            self._fulfil(norm, rule)
        else:
            self._note(norm, rule)
            live.base = self._next_time(norm, self.now)
            self._wait(norm)

    def _done_recurring(self, norm: int) -> None:
        if self.live[norm].state is State.IN_FORCE:
            self._fulfil(norm, "the last performance was made")
        elif self.live[norm].state in OPEN:
            self._lapse(norm, "no more performance is due")
        self.live[norm].due = NEVER

    # --- results ---

    def _violate(self, norm: int, rule: str) -> None:
        live, written = self.live[norm], self.agreement.norms[norm]
        live.breached_at = self.now
        self._step(norm, State.VIOLATED, rule, breach=True)
        self._effects(norm, written.on_breach, f"{written.id} was broken")

    def _fulfil(self, norm: int, rule: str) -> None:
        written = self.agreement.norms[norm]
        self.live[norm].due = NEVER
        self._step(norm, State.FULFILLED, rule)
        self._effects(norm, written.on_performance, f"{written.id} was {_done(written)}")

    def _lapse(self, norm: int, rule: str, *, cause: int = NEVER) -> None:
        self.live[norm].due = NEVER
        self._step(norm, State.LAPSED, rule, cause=cause)

    def _end(self, norm: int, rule: str, *, cause: int = NEVER) -> None:
        state = self.live[norm].state
        standing = self.agreement.norms[norm].kind in (Kind.PROHIBITION, Kind.CAP)
        if state in OPEN or state is State.DORMANT or (standing and state is State.VIOLATED):
            self._lapse(norm, f"it ends: {rule}", cause=cause)

    def _effects(self, norm: int, effects: Iterable[Effect], rule: str) -> None:
        for effect in effects:
            if effect.kind is EffectKind.STARTS:
                self._start(effect.norm, rule, cause=norm, again=True)
            elif effect.kind is EffectKind.SUSPENDS:
                self._suspend(effect.norm, rule, cause=norm)
            elif effect.kind is EffectKind.RESUMES:
                self._resume(effect.norm, rule, cause=norm)
            elif effect.kind is EffectKind.ENDS:
                self._end(effect.norm, rule, cause=norm)
            elif self.live[effect.norm].state is not State.VOID:
                self.live[effect.norm].due = NEVER
                self._step(effect.norm, State.VOID, rule, cause=norm)

    def _suspend(self, norm: int, rule: str, *, cause: int = NEVER) -> None:
        live = self.live[norm]
        if live.state not in (State.IN_FORCE, State.VIOLATED):
            return
        live.held, live.suspended_at, live.by_condition = live.state, self.now, False
        self._step(norm, State.SUSPENDED, rule, cause=cause)

    def _resume(self, norm: int, rule: str, *, cause: int = NEVER) -> None:
        live, written = self.live[norm], self.agreement.norms[norm]
        if live.state is not State.SUSPENDED:
            return
        if written.clock_stops and live.due != NEVER:
            live.stopped += self.now - live.suspended_at
        self._step(norm, live.held, rule, cause=cause)
        if live.due != NEVER and (written.clock_stops or live.passed):
            live.passed = False
            self._wait(norm)

    def _blocked(self, norm: int) -> None:
        if self.live[norm].state is State.IN_FORCE:
            self._lapse(norm, "it was decided otherwise in time")


def _done(norm: Norm) -> str:
    return "exercised" if norm.kind is Kind.POWER else "fulfilled"
