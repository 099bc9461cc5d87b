"""Many runs of one agreement, and what they add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.enactment.compiled import Agreement, State
from detente.enactment.dates import MINUTES
from detente.simulate.behaviour import Assumptions, Behaviour, suppose
from detente.simulate.draws import FAR, SEED, Numbers, Times, act_tables, draw
from detente.simulate.outcomes import (
    Outcomes,
    outcomes_of_lives,
    set_outcome,
    states_of_lives,
    states_of_run,
)
from detente.simulate.plan import Plan, make_plan
from detente.simulate.solve import Solver
from detente.simulate.stepped import run_log

__all__ = ["BATCH", "RUNS", "Batch", "Simulation", "batches", "run_plan", "simulate"]

RUNS = 10_000
BATCH = 16_384
"""Runs solved at once. Part of what a seed means: another size, other numbers."""

_DAYS_OF_YEAR = 365.25

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some runs: what mattered, how many stood in which state, how many were stepped through."""

    outcomes: Outcomes
    states: NDArray[np.int64] | None
    stepped: int


@dataclass(frozen=True, slots=True)
class Simulation:
    """What many runs of an agreement add up to.

    Parameters
    ----------
    outcomes
        What mattered, by run.
    states
        ``(years + 1, norms, states) int64``: runs with the norm in the state at the end of each
        year, the first being the start; None if not asked for.
    stepped
        How many runs were stepped through by the executor.
    """

    plan: Plan
    behaviours: tuple[Behaviour, ...]
    assumptions: Assumptions
    runs: int
    years: int
    seed: int
    outcomes: Outcomes
    states: NDArray[np.int64] | None
    stepped: int

    def marks(self, per_year: int = 1) -> Times:
        """Return the moments that end the years, or parts of years, from the start on."""
        return _marks(self.plan.start, self.years, per_year)

    def standing(self, per_year: int = 1) -> NDArray[np.float64]:
        """Return the share of runs in which no breach has stood for the grace, over time."""
        return _share_after(self.outcomes.fall, self.marks(per_year))

    def unbroken(self, per_year: int = 1) -> NDArray[np.float64]:
        """Return the share of runs without any breach, over time."""
        return _share_after(self.outcomes.first, self.marks(per_year))

    @property
    def first_breach(self) -> dict[str, float]:
        """By norm, the share of runs in which it was the first to be broken; highest first."""
        broken = self.outcomes.first <= self.plan.until
        norms = self.plan.agreement.norms
        counts = np.bincount(self.outcomes.norm[broken], minlength=len(norms))
        order = np.argsort(-counts, kind="stable")
        return {norms[each].id: float(counts[each] / self.runs) for each in order if counts[each]}


def _marks(start: int, years: int, per_year: int) -> Times:
    days = np.arange(years * per_year + 1) * (_DAYS_OF_YEAR / per_year)
    found: Times = (start + np.floor(days).astype(np.int64) * MINUTES).astype(np.int32)
    return found


def _share_after(times: Times, marks: Times) -> NDArray[np.float64]:
    found: NDArray[np.float64] = 1.0 - np.searchsorted(np.sort(times), marks, "right") / times.size
    return found


def simulate(
    agreement: Agreement,
    start: int,
    *,
    years: int = 10,
    runs: int = RUNS,
    seed: int = SEED,
    assumptions: Assumptions | None = None,
    verified: Iterable[str] = (),
    reading: int = 0,
    progress: Progress = lambda _: None,
) -> Simulation:
    """Return what becomes of an agreement in many runs.

    Parameters
    ----------
    start
        Moment of the start, in minutes since 1970; nobody acts before the day after.
    verified
        Ids of norms with a verifier.
    reading
        Place of the reading that says who holds which power.
    progress
        Told what share is still to do.

    Examples
    --------
    >>> from detente.enactment.compiled import Kind, Moment, MomentKind, Norm
    >>> from detente.enactment.dates import Period
    >>> pay = Norm("pay", "Pay", Kind.DUTY, trigger=0, due_within=Period(30), compliance=0.5,
    ...            delay_median=10.0, delay_spread=1.0)
    >>> agreement = Agreement(
    ...     None, (pay,), (Moment(MomentKind.EVENT, 1),), ("signature", "entry-into-force"), (),
    ...     given=((1, 0),), moment_names=("entry-into-force",),
    ... )
    >>> found = simulate(agreement, 0, years=2, runs=4000)
    >>> found.unbroken().round(1).tolist(), found.first_breach.keys()
    ([1.0, 0.5, 0.5], dict_keys(['pay']))
    """
    assumptions = assumptions or Assumptions()
    until = int(_marks(start, years, 1)[-1])
    plan = make_plan(agreement, start, until, reading=reading)
    behaviours = suppose(plan.agreement, assumptions, verified=verified, reading=reading)
    found = run_plan(
        plan, behaviours, assumptions, runs, seed, marks=_marks(start, years, 1), progress=progress
    )
    return Simulation(
        plan, behaviours, assumptions, runs, years, seed, found.outcomes, found.states,
        found.stepped,
    )  # fmt: skip


def run_plan(
    plan: Plan,
    behaviours: Sequence[Behaviour],
    assumptions: Assumptions,
    runs: int,
    seed: int,
    *,
    marks: Times | None = None,
    progress: Progress = lambda _: None,
) -> Batch:
    """Return all runs of a plan; with ``marks``, the states of norms at these moments as well."""
    solver = Solver(plan, act_tables(plan.agreement, behaviours))
    done, parts = 0, []
    for numbers in batches(behaviours, assumptions.correlation, runs, seed):
        before = done / runs
        share = numbers.shape[1] / runs

        def tell(left: float, before: float = before, share: float = share) -> None:
            progress(1.0 - before - share * (1.0 - left))

        parts.append(_run_batch(solver, numbers, assumptions.grace, marks, tell))
        done += numbers.shape[1]
        progress(1.0 - done / runs)
    outcomes = Outcomes(
        np.concatenate([part.outcomes.first for part in parts]),
        np.concatenate([part.outcomes.norm for part in parts]),
        np.concatenate([part.outcomes.fall for part in parts]),
    )
    counted = [part.states for part in parts if part.states is not None]
    states = np.sum(counted, axis=0) if counted else None
    return Batch(outcomes, states, sum(part.stepped for part in parts))


def batches(
    behaviours: Sequence[Behaviour], correlation: float, runs: int, seed: int
) -> Iterator[Numbers]:
    """Yield the random numbers of all runs, each batch from a generator of its own."""
    for number, first in enumerate(range(0, runs, BATCH)):
        generator = np.random.default_rng([seed, number])
        yield draw(behaviours, correlation, min(BATCH, runs - first), generator)


def _run_batch(
    solver: Solver, numbers: Numbers, grace: int, marks: Times | None, progress: Progress
) -> Batch:
    plan, acts = solver.plan, solver.acts
    size = numbers.shape[1]
    if plan.stepped is not None:
        unsolved = np.arange(size)
        empty = np.full(size, FAR, np.int32)
        outcomes = Outcomes(empty, np.zeros(size, np.int16), empty.copy())
        states = None if marks is None else np.zeros((len(marks), len(acts), len(State)), np.int64)
    else:
        lives = solver.solve(numbers)
        unsolved = np.flatnonzero(lives.unsolved)
        outcomes = outcomes_of_lives(lives, plan.start, grace)
        states = None if marks is None else states_of_lives(lives, marks)
    for count, place in enumerate(unsolved):
        run, _ = run_log(plan, acts, numbers[:, place])
        set_outcome(outcomes, int(place), run, start=plan.start, grace=grace)
        if states is not None and marks is not None:
            states += states_of_run(run, marks)
        if count % 50 == 0:
            progress(1.0 - count / len(unsolved))
    return Batch(outcomes, states, len(unsolved))
