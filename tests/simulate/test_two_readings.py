"""Times solved for all runs at once are those of the step-by-step executor, run by run."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from detente.case.examples import example_folder, example_names
from detente.case.load import load
from detente.enactment.compiled import Agreement
from detente.simulate.draws import act_tables
from detente.simulate.of_case import Request, simulate_case
from detente.simulate.outcomes import (
    outcomes_of_lives,
    set_outcome,
    states_of_lives,
    states_of_run,
)
from detente.simulate.simulate import batches
from detente.simulate.solve import Solver
from detente.simulate.stepped import run_log
from simulate.agreements import START, agreements, both, differences

_RUNS = 12

_CHECKS = settings(
    deadline=None, suppress_health_check=list(HealthCheck), max_examples=60, derandomize=True
)


@_CHECKS
@given(agreements())
def test_solved_runs_are_stepped_runs(agreement: Agreement) -> None:
    assert differences(*both(agreement)) == []


@_CHECKS
@given(agreements(marks=False))
def test_without_suspensions_and_restarts_as_well(agreement: Agreement) -> None:
    assert differences(*both(agreement)) == []


@_CHECKS
@given(agreements(4, marks=False))
def test_outcomes_and_states_by_time_are_the_same(agreement: Agreement) -> None:
    plan, lives, stepped = both(agreement)
    solved = outcomes_of_lives(lives, plan.start, 60)
    again = outcomes_of_lives(lives, plan.start, 60)
    marks = np.linspace(START, plan.until, 7).astype(np.int32)
    states = np.zeros_like(states_of_lives(lives, marks))
    for place, run in enumerate(stepped):
        if not lives.unsolved[place]:
            set_outcome(again, place, run, start=plan.start, grace=60)
            states += states_of_run(run, marks)
    assert solved.first.tolist() == again.first.tolist()
    assert solved.fall.tolist() == again.fall.tolist()
    assert (states == states_of_lives(lives, marks)).all()


@pytest.mark.parametrize("name", sorted(example_names()))
def test_on_every_shipped_case(name: str) -> None:
    case = load(example_folder(name))
    if not case.norms:
        pytest.skip(f"{name} has no norms")
    found = simulate_case(case, Request(runs=_RUNS, worth=False)).simulation
    plan, behaviours = found.plan, found.behaviours
    acts = act_tables(plan.agreement, behaviours)
    numbers = next(batches(behaviours, 0.2, _RUNS, found.seed))
    lives = Solver(plan, acts).solve(numbers)
    stepped = [run_log(plan, acts, numbers[:, run])[0] for run in range(_RUNS)]
    assert differences(plan, lives, stepped) == []
    assert lives.unsolved.sum() < _RUNS
