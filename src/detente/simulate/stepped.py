"""The same random numbers as entries of a log, run by the step-by-step executor.

What somebody does hangs on when a norm came into force, and that on what others did. So the log is
written again after each run until it does not change: every pass settles at least the next entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.enactment.compiled import NEVER, Kind, State
from detente.enactment.dates import MINUTES
from detente.enactment.run import Happening, Run, run_agreement
from detente.errors import RequestError
from detente.simulate.draws import FAR, Numbers, Times
from detente.simulate.plan import Plan

__all__ = ["run_log", "starts_of", "write_log"]

_MOST_PASSES = 1000


def run_log(plan: Plan, acts: Times, numbers: Numbers) -> tuple[Run, tuple[Happening, ...]]:
    """Return one run by the executor, and the log that the random numbers make.

    Parameters
    ----------
    acts
        Times of acts by norm and number.
    numbers
        The random numbers of this run, ``(norms,) uint16``.

    Examples
    --------
    >>> import numpy as np
    >>> from detente.enactment.compiled import Agreement, Moment, MomentKind, Norm
    >>> from detente.simulate.behaviour import Assumptions, suppose
    >>> from detente.simulate.draws import act_tables
    >>> from detente.simulate.plan import make_plan
    >>> pay = Norm("pay", "Pay", Kind.DUTY, trigger=0, compliance=0.5, delay_median=30.0)
    >>> agreement = Agreement(
    ...     None, (pay,), (Moment(MomentKind.EVENT, 1),), ("signature", "entry-into-force"), (),
    ...     given=((1, 0),), moment_names=("entry-into-force",),
    ... )
    >>> plan = make_plan(agreement, 0, 365 * MINUTES)
    >>> acts = act_tables(plan.agreement, suppose(agreement, Assumptions()))
    >>> run, log = run_log(plan, acts, np.array([1000], np.uint16))
    >>> run.live[0].state.label, [(each.kind, each.moment // MINUTES) for each in log]
    ('fulfilled', [('performed', 9)])
    """
    mine = [int(acts[place, number]) for place, number in enumerate(numbers)]
    log: tuple[Happening, ...] = ()
    for _ in range(_MOST_PASSES):
        run = run_agreement(plan.agreement, log, plan.until, reading=plan.reading)
        again = write_log(plan, mine, run)
        if again == log:
            return run, log
        log = again
    raise RequestError(
        f"Norms come into force again and again, more than {_MOST_PASSES:,} times in one run; a "
        "simulation stops there."
    )


def write_log(plan: Plan, acts: Sequence[int], run: Run) -> tuple[Happening, ...]:
    """Return what happens if norms come into force as they did in a run."""
    found = []
    for place, begin in starts_of(run):
        norm = plan.agreement.norms[place]
        base = max(begin // MINUTES * MINUTES, plan.start // MINUTES * MINUTES)
        for kind, moment in _acts(plan, place, begin, base + acts[place], run):
            if moment <= plan.until:
                found.append(Happening(moment, kind, place, f"{norm.id}-{moment}"))
    return tuple(sorted(set(found), key=lambda each: (each.moment, each.subject)))


def starts_of(run: Run) -> Iterator[tuple[int, int]]:
    """Yield every norm that came into force, again where it did so again, and when."""
    states = [State.DORMANT] * len(run.live)
    for step in run.steps:
        before, states[step.norm] = states[step.norm], step.state
        if step.state is State.IN_FORCE and before not in (
            State.IN_FORCE,
            State.SUSPENDED,
            State.CURED,
        ):
            yield step.norm, step.moment


def _acts(plan: Plan, place: int, begin: int, moment: int, run: Run) -> Iterator[tuple[str, int]]:
    norm = plan.agreement.norms[place]
    if norm.every is not None:
        number = 0
        while True:
            number += 1
            due = plan.agreement.calendar.last_day(begin, norm.every.times(number))
            performed = due - MINUTES + 1 + place
            if performed >= moment or performed > plan.until:
                return
            yield "performed", performed
    elif norm.kind in (Kind.PROHIBITION, Kind.CAP):
        yield "breached", moment
    elif norm.default is not None:
        yield "decided", moment
    elif moment < FAR:
        for required in norm.requires:
            fired = run.fired[required]
            if fired == NEVER:
                return
            moment = max(moment, (fired // MINUTES + 1) * MINUTES + 1 + place)
        count = len(norm.stages) if norm.kind is Kind.DUTY else 1
        days = (moment - begin) // MINUTES * MINUTES
        for stage in range(max(count, 1)):
            yield "performed", moment + stage * days
