"""What matters of a run: which norm broke first and when, and when the agreement fell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.enactment.compiled import State
from detente.enactment.dates import MINUTES
from detente.enactment.run import Run
from detente.simulate.draws import FAR, NONE, Times
from detente.simulate.lives import Lives, earliest

__all__ = ["Outcomes", "outcomes_of_lives", "set_outcome", "states_of_lives", "states_of_run"]

_PLACES = 2048
"""More than the most norms: a time and a place make one number."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Per run, what matters.

    Parameters
    ----------
    first
        ``(runs,) int32``: when any norm was first broken; FAR if none was.
    norm
        ``(runs,) int16``: place of the norm that was; the first in the file where two were at once.
    fall
        ``(runs,) int32``: when a breach had stood for the days of grace without cure.
    """

    first: Times
    norm: NDArray[np.int16]
    fall: Times


def outcomes_of_lives(lives: Lives, start: int, grace: int) -> Outcomes:
    """Return the outcomes of solved runs; a breach up to the start is none of the agreement's."""
    runs = lives.unsolved.shape
    key = np.full(runs, FAR * _PLACES, np.int64)
    fall = np.full(runs, FAR, np.int32)
    for place, life in enumerate(lives.norms):
        if life.broken is NONE:
            continue
        broken = life.broken
        if broken.min() <= start:
            broken = np.maximum(broken, (broken <= start) * NONE)
        key = np.minimum(key, broken * np.int64(_PLACES) + place)
        stands = np.minimum(broken + np.int32(grace * MINUTES), NONE)
        if life.cured is not NONE:
            stands = np.maximum(stands, (life.cured <= stands) * NONE)
        fall = np.minimum(fall, stands)
    first = (key // _PLACES).astype(np.int32)
    return Outcomes(first, (key % _PLACES).astype(np.int16), fall)


def set_outcome(outcomes: Outcomes, place: int, run: Run, *, start: int, grace: int) -> None:
    """Put the outcome of a stepped run in its place among solved ones."""
    first, norm, fall = FAR, 0, FAR
    for index, step in enumerate(run.steps):
        if not step.breach or step.moment <= start:
            continue
        if step.moment < first:
            first, norm = step.moment, step.norm
        cured = next(
            (
                each.moment
                for each in run.steps[index + 1 :]
                if each.norm == step.norm and each.state is State.CURED
            ),
            FAR,
        )
        stands = step.moment + grace * MINUTES
        if cured > stands:
            fall = min(fall, stands)
    outcomes.first[place], outcomes.norm[place], outcomes.fall[place] = first, norm, fall


def states_of_lives(lives: Lives, moments: Times) -> NDArray[np.int64]:
    """Return how many solved runs have each norm in each state, ``(moments, norms, states)``."""
    solved = ~lives.unsolved
    every, total = bool(solved.all()), int(solved.sum())
    found = np.zeros((len(moments), len(lives.norms), len(State)), np.int64)
    for place, life in enumerate(lives.norms):
        # a later state overrules those before: what is in it, or past it, only grows with time
        past, before = NONE, np.zeros(len(moments), np.int64)
        for state, times in reversed(life.changes):
            if times is NONE:
                continue
            past = earliest((past, times))
            held = past if every or not past.ndim else past[solved]
            reached = np.array([_count(held <= moment, total) for moment in moments])
            found[:, place, state] = reached - before
            before = reached
        found[:, place, State.DORMANT] = total - before
    return found


def _count(true: NDArray[np.bool_], total: int) -> int:
    """In how many of the runs something is so, that may be one for all."""
    return int(np.count_nonzero(true)) if true.ndim else total * bool(true)


def states_of_run(run: Run, moments: Times) -> NDArray[np.int64]:
    """Return the same for one stepped run."""
    found = np.zeros((len(moments), len(run.live), len(State)), np.int64)
    states = np.zeros(len(run.live), np.int64)
    steps = iter(run.steps)
    step = next(steps, None)
    for row, moment in enumerate(moments):
        while step is not None and step.moment <= moment:
            states[step.norm] = step.state
            step = next(steps, None)
        found[row, np.arange(len(states)), states] = 1
    return found
