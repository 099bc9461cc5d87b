"""What is a remedy, or a verifier, worth? The same runs with it and without it.

Both agreements are run on the same random numbers, so that chance that strikes both alike falls out
of the difference, and its standard error is that of paired differences. Without a remedy the odds
of keeping the norm fall by the factor that remedies are assumed to have, and nothing follows from
its breach; without a verifier only the odds fall. So the figure says what the stated factors do in
this agreement. It does not show that they are right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.enactment.compiled import Agreement, MomentKind, State
from detente.enactment.dates import MINUTES
from detente.simulate.behaviour import Behaviour, with_odds
from detente.simulate.plan import make_plan
from detente.simulate.simulate import Simulation, run_plan

__all__ = ["MOST_PAIRED", "Worth", "find_worth", "without_remedies"]

MOST_PAIRED = 20_000
"""Runs of a comparison, at most."""

_MOST_STEPPED = 400
_YEAR = 365.25 * MINUTES


@dataclass(frozen=True, slots=True)
class Worth:
    """What removing something does to the share of runs that stand, or are unbroken, at the end.

    Parameters
    ----------
    what
        ``remedy`` or ``verifier``.
    norm
        Whose; None for all at once.
    runs
        How many pairs were compared.
    standing, standing_error
        Share that stands with it minus share without it, and the standard error.
    unbroken, unbroken_error
        The same for the share without any breach.
    lasts, lasts_error
        Mean years for which it stands, within the years simulated, with it minus without it.
    """

    what: str
    norm: str | None
    runs: int
    standing: float
    standing_error: float
    unbroken: float
    unbroken_error: float
    lasts: float
    lasts_error: float


def without_remedies(agreement: Agreement, places: Iterable[int]) -> Agreement:
    """Return the agreement in which nothing follows from the breach of some norms."""
    gone = frozenset(places)
    norms = tuple(
        replace(norm, on_breach=()) if place in gone else norm
        for place, norm in enumerate(agreement.norms)
    )
    broken = 1 << State.VIOLATED
    moments = tuple(
        replace(moment, states=moment.states & ~broken)
        if moment.kind is MomentKind.NORM and moment.ref in gone
        else moment
        for moment in agreement.moments
    )
    return replace(agreement, norms=norms, moments=moments)


def find_worth(
    simulation: Simulation, *, progress: Callable[[float], None] = lambda _: None
) -> tuple[Worth, ...]:
    """Return what all remedies, all verifiers, and each of them are worth.

    The most valuable come first within each sort, all at once before each alone.
    """
    behaviours = simulation.behaviours
    asked: list[tuple[str, tuple[int, ...]]] = []
    for what in ("remedy", "verifier"):
        places = tuple(
            place
            for place, each in enumerate(behaviours)
            if (each.remedied if what == "remedy" else each.verified)
        )
        if places:
            asked += [(what, places), *((what, (place,)) for place in places if len(places) > 1)]
    if not asked:
        return ()
    stepped = simulation.stepped > simulation.runs // 20
    runs = min(simulation.runs, _MOST_STEPPED if stepped else MOST_PAIRED)
    found = []
    for count, (what, places) in enumerate(asked):
        found.append(_worth(simulation, what, places, runs))
        progress(1.0 - (count + 1) / len(asked))
    return tuple(sorted(found, key=lambda x: (x.what, x.norm is not None, -x.lasts)))


def _worth(simulation: Simulation, what: str, places: tuple[int, ...], runs: int) -> Worth:
    assumptions, plan = simulation.assumptions, simulation.plan
    remedy = what == "remedy"
    factor = assumptions.remedy_factor if remedy else assumptions.verifier_factor
    other = without_remedies(plan.agreement, places) if remedy else plan.agreement
    behaviours = tuple(
        _less(each, factor) if place in places else each
        for place, each in enumerate(simulation.behaviours)
    )
    changed = make_plan(other, plan.start, plan.until, reading=plan.reading)
    pairs = [
        run_plan(each, supposed, assumptions, runs, simulation.seed).outcomes
        for each, supposed in ((plan, simulation.behaviours), (changed, behaviours))
    ]
    standing, standing_error = _difference(*(each.fall > plan.until for each in pairs))
    unbroken, unbroken_error = _difference(*(each.first > plan.until for each in pairs))
    lasts, lasts_error = _difference(
        *((np.minimum(each.fall, plan.until) - plan.start) / _YEAR for each in pairs)
    )
    norm = plan.agreement.norms[places[0]].id if len(places) == 1 else None
    return Worth(
        what, norm, runs, standing, standing_error, unbroken, unbroken_error, lasts, lasts_error
    )  # fmt: skip


def _less(behaviour: Behaviour, factor: float) -> Behaviour:
    return replace(behaviour, probability=with_odds(behaviour.probability, 1.0 / factor))


def _difference(mine: NDArray[Any], other: NDArray[Any]) -> tuple[float, float]:
    """The mean of paired differences and its standard error; 0 where there is one pair only."""
    pairs = mine.astype(np.float64) - other
    error = float(pairs.std(ddof=1) / np.sqrt(pairs.size)) if pairs.size > 1 else 0.0
    return float(pairs.mean()), error
