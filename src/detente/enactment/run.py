"""What state is every norm in, and why: the norms run over what happened.

The run has a clock of its own. What is known to come, a deadline, the end of a stage, a date, waits
in a queue and happens when its time comes, whether or not anybody reports anything. Of what happens
at one moment the queue comes first, then the entries of the log in an order of their own, so that
the order in which a log was written changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from detente.enactment.clock import Happening, Step
from detente.enactment.compiled import NEVER, Agreement, EffectKind, Kind, Norm, State
from detente.enactment.dates import MINUTES
from detente.enactment.states import OPEN, States

__all__ = ["ORDER", "Happening", "Run", "Step", "run_agreement"]

ORDER: dict[str, int] = {
    kind: place
    for place, kind in enumerate(
        (
            "event",
            "extended",
            "suspended",
            "resumed",
            "decided",
            "measured",
            "performed",
            "cured",
            "waived",
            "breached",
        )
    )
}
"""In which order entries of one moment count."""

_OVER = (State.WAIVED, State.LAPSED, State.VOID)


class Run(States):
    """One agreement under one reading while it runs; :func:`run_agreement` is the way in."""

    def take(self, entry: Happening) -> None:
        """Let one entry of the log happen, after what the clock brings up to its moment."""
        self.until(entry.moment)
        self._entry = entry.id
        if entry.kind == "event":
            self._event(entry.subject)
        else:
            self._act(entry.subject, entry)
        self.until(entry.moment)
        self._entry = None

    # --- entries of the log ---

    def _act(self, norm: int, entry: Happening) -> None:
        match entry.kind:
            case "performed":
                self._performed(norm, entry)
            case "measured":
                self._measured(norm, entry)
            case "extended":
                self._extended(norm, entry)
            case "breached":
                self._breached(norm)
            case "cured":
                self._cured(norm)
            case "decided":
                self._decided(norm)
            case "suspended":
                self._suspended(norm)
            case "resumed":
                self._resumed(norm)
            case "waived":
                self._waived(norm)
            case _:
                raise ValueError(entry.kind)

    def _performed(self, norm: int, entry: Happening, rule: str = "performed") -> None:
        live, written = self.live[norm], self.agreement.norms[norm]
        waited = [self._words(at) for at in written.requires if self.fired[at] == NEVER]
        if waited and live.state in (State.IN_FORCE, State.VIOLATED):
            self._note(norm, f"performed although it needs {waited[0]} first")
        if live.state is State.DORMANT:
            if written.kind is not Kind.POWER:
                live.early = live.early or entry
            self._note(norm, "performed while it was not in force")
        elif live.state is State.VIOLATED:
            self._perform_late(norm)
        elif live.state not in OPEN:
            self._note(norm, f"performed when it was {live.state.label}")
        elif not self._may(written, entry.actors):
            self._note(norm, "without effect: the actor does not hold this power in this reading")
        elif written.kind is Kind.POWER and live.state is State.SUSPENDED:
            self._note(norm, "without effect: the power is suspended")
        elif written.every is not None:
            live.met = True
            self._note(norm, f"performance no. {live.count + 1} was made")
        elif written.stages and written.kind is Kind.DUTY:
            self._next_stage(norm, f"stage {written.stage_ids[live.count]} was performed")
        elif written.kind in (Kind.PROHIBITION, Kind.CAP):
            self._note(norm, "observed so far")
        else:
            self._fulfil(norm, "exercised" if written.kind is Kind.POWER else rule)

    def _may(self, norm: Norm, actors: frozenset[int]) -> bool:
        holders = norm.holders[self.reading] if norm.kind is Kind.POWER else None
        return holders is None or not actors or bool(actors & holders)

    def _perform_late(self, norm: int) -> None:
        live, written = self.live[norm], self.agreement.norms[norm]
        cure = written.cure_within
        if cure is not None and self.now >= self._add(norm, live.breached_at, cure, last=True):
            self._note(norm, "performed after the time for cure")
            return
        self._step(norm, State.CURED, "performed late; the breach stays on record")
        if written.cure_ends_remedies:
            for effect in written.on_breach:
                if effect.kind is EffectKind.STARTS:
                    self._end(effect.norm, f"{written.id} was cured", cause=norm)
                elif effect.kind is EffectKind.SUSPENDS:
                    self._resume(effect.norm, f"{written.id} was cured", cause=norm)
        self._effects(norm, written.on_performance, f"{written.id} was performed late")
        if written.every is not None or len(written.stages) > live.count + 1:
            live.met = False
            self._step(norm, State.IN_FORCE, "what comes next is due")
            if written.stages:
                self._next_stage(norm, f"stage {written.stage_ids[live.count]} was performed late")

    def _cured(self, norm: int) -> None:
        if self.live[norm].state is not State.VIOLATED:
            self._note(norm, f"nothing to cure: it was {self.live[norm].state.label}")
        else:
            self._perform_late(norm)
            if self.agreement.norms[norm].kind in (Kind.PROHIBITION, Kind.CAP):
                self._step(norm, State.IN_FORCE, "it binds as before")

    def _breached(self, norm: int) -> None:
        state = self.live[norm].state
        if state is State.IN_FORCE or state is State.CURED:
            self._violate(norm, "broken")
        elif state is State.VIOLATED:
            self.steps.append(Step(norm, state, self.now, "broken again", self._entry, breach=True))
        else:
            self._note(norm, f"no breach: it was {state.label}")

    def _measured(self, norm: int, entry: Happening) -> None:
        limit, live = self.agreement.norms[norm].limit, self.live[norm]
        if limit is None or entry.amount is None or self.agreement.norms[norm].kind is not Kind.CAP:
            self._note(norm, f"measured: {entry.amount:g}")
        elif entry.amount > limit and live.state is State.IN_FORCE:
            self._violate(norm, f"{entry.amount:g} is more than {limit:g}")
        elif entry.amount <= limit and live.state is State.VIOLATED:
            self._cured(norm)
        else:
            self._note(norm, f"measured: {entry.amount:g} against {limit:g}")

    def _decided(self, norm: int) -> None:
        written = self.agreement.norms[norm]
        if self.live[norm].state is State.IN_FORCE and written.default is not None:
            self._blocked(norm)
        elif self.live[norm].state is State.IN_FORCE and written.stages:
            self._lapse(norm, "it was settled")
        else:
            self._note(norm, f"decided when it was {self.live[norm].state.label}")

    def _extended(self, norm: int, entry: Happening) -> None:
        live, written = self.live[norm], self.agreement.norms[norm]
        if live.due == NEVER or live.state not in OPEN:
            self._note(norm, "nothing to extend")
        elif written.stages and not written.extendable[live.count]:
            self._note(norm, f"stage {written.stage_ids[live.count]} cannot be extended")
        else:
            live.stopped += int(entry.amount or 0) * MINUTES
            self._wait(norm)
            self._note(norm, f"extended by {entry.amount:g} days")

    def _suspended(self, norm: int) -> None:
        if self.live[norm].state is State.IN_FORCE:
            self._suspend(norm, "suspended")
        else:
            self._note(norm, f"not suspended: it was {self.live[norm].state.label}")

    def _resumed(self, norm: int) -> None:
        if self.live[norm].state is State.SUSPENDED:
            self._resume(norm, "resumed")
        else:
            self._note(norm, f"not resumed: it was {self.live[norm].state.label}")

    def _waived(self, norm: int) -> None:
        if self.live[norm].state in _OVER or self.live[norm].state is State.FULFILLED:
            self._note(norm, f"nothing to waive: it was {self.live[norm].state.label}")
        else:
            self.live[norm].due = NEVER
            self._step(norm, State.WAIVED, "waived")


def run_agreement(
    agreement: Agreement, entries: Iterable[Happening], until: int, *, reading: int = 0
) -> Run:
    """Return the agreement as it stands at a moment, with every step that led there.

    Parameters
    ----------
    entries
        What happened, in any order; what lies after ``until`` does not count.
    until
        The moment asked about, in minutes since 1970 on the agreement's clock; what happens in that
        minute has happened.
    reading
        Place of the reading among :attr:`Agreement.readings`.

    Raises
    ------
    NoSuchDayError
        If time that is added ends on a day that does not exist, and the norm does not say to which
        side to round.

    Examples
    --------
    >>> from detente.enactment.compiled import Kind, Moment, MomentKind, Norm
    >>> from detente.enactment.dates import Period
    >>> start = Moment(MomentKind.EVENT, 1)
    >>> pay = Norm("pay", "Pay", Kind.DUTY, trigger=0, due_within=Period(10))
    >>> agreement = Agreement(
    ...     None, (pay,), (start,), ("signature", "entry-into-force"), (),
    ...     moment_names=("entry-into-force",),
    ... )
    >>> began = Happening(0, "event", 1, "e1")
    >>> [run_agreement(agreement, [began], day * MINUTES).live[0].state.label for day in (10, 11)]
    ['in-force', 'violated']
    """
    run = Run(agreement, reading)
    for place in range(len(agreement.norms)):
        run._check_guards(place)  # noqa: SLF001 - the run is made here
    for entry in sorted(entries, key=_order):
        if entry.moment <= until:
            run.take(entry)
    run.until(until)
    return run


def _order(entry: Happening) -> tuple[int, int, int, str]:
    return entry.moment, ORDER[entry.kind], entry.subject, entry.id
