"""What parties receive and pay when norms are kept and broken by chance."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from detente.case.case import Case
from detente.enactment.dates import MINUTES, as_date
from detente.enactment.run import Run
from detente.errors import CaseError
from detente.money.of_case import hanging, open_books
from detente.money.parties import Party, tell_parties
from detente.money.run import run_books
from detente.simulate.draws import act_tables
from detente.simulate.simulate import Simulation, batches
from detente.simulate.stepped import run_log

__all__ = ["MOST_RUNS", "PartyMoney", "SimulatedMoney", "simulate_money"]

MOST_RUNS = 500
"""Books are run one by one, and more would take longer than they tell."""


@dataclass(frozen=True, slots=True)
class PartyMoney:
    """Means over runs, in whole currency; ``low`` and ``high`` hold four runs of five.

    ``error`` is one standard error of the mean net, by chance alone.
    """

    id: str
    received: float
    paid: float
    net: float
    error: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class SimulatedMoney:
    """Money by party over runs of one set of books.

    Parameters
    ----------
    runs
        How many runs are summed up.
    refused
        In how many more the books could not be run, as when money would run in a circle on a day.
    why
        What was wrong in the first of these.
    """

    books: str
    currency: str
    runs: int
    refused: int
    why: str
    parties: tuple[PartyMoney, ...]


def simulate_money(
    simulation: Simulation,
    case: Case,
    draft: str | None,
    *,
    progress: Callable[[float], None] = lambda _: None,
) -> SimulatedMoney | None:
    """Return what every party receives and pays by the first books; None if there are none.

    The first :data:`MOST_RUNS` runs, with the same random numbers, are stepped through by the
    executor, and the books follow what each norm reached. Events that no norm waits for come as
    the log and the books say. Each run is exact to the cent.

    Raises
    ------
    CaseError
        If the books cannot be run in any run, as :func:`detente.run_money` says.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> from detente.simulate.of_case import Request, simulate_case
    >>> case = load(example_folder("ukraine-2025"))
    >>> found = simulate_case(case, Request(draft="us-russia-28", runs=20, worth=False))
    >>> found.money.runs, round(found.money.parties[0].net / 1e9, 2), found.money.parties[0].error
    (20, -349.17, 0.0)
    """
    if not case.books:
        return None
    plan, behaviours = simulation.plan, simulation.behaviours
    acts = act_tables(plan.agreement, behaviours)
    numbers = next(
        batches(behaviours, simulation.assumptions.correlation, simulation.runs, simulation.seed)
    )
    runs = min(numbers.shape[1], MOST_RUNS)
    names = hanging(case.books[0])
    until = as_date(plan.until // MINUTES)
    told: dict[tuple[tuple[str, tuple[str, ...]], ...], tuple[Party, ...] | CaseError] = {}
    found: list[tuple[Party, ...]] = []
    refused: list[CaseError] = []
    for place in range(runs):
        run, _ = run_log(plan, acts, numbers[:, place])
        happens = _happens(simulation, run, names)
        key = tuple(happens.items())
        if key not in told:
            try:
                books = open_books(case, draft=draft, assume=happens)
                told[key] = tell_parties(run_books(books, until))
            except CaseError as error:
                told[key] = error
        parties = told[key]
        if isinstance(parties, CaseError):
            refused.append(parties)
        else:
            found.append(parties)
        progress(1.0 - (place + 1) / runs)
    if not found:
        raise refused[0]
    return SimulatedMoney(
        case.books[0].id,
        case.books[0].currency,
        len(found),
        len(refused),
        str(refused[0]) if refused else "",
        tuple(_sum_up(each) for each in zip(*found, strict=True)),
    )


def _happens(simulation: Simulation, run: Run, names: set[str]) -> Mapping[str, tuple[str, ...]]:
    """What the norms reached in a run, and which events come, of those that books hang on."""
    agreement = simulation.plan.agreement
    found: dict[str, tuple[str, ...]] = {}
    for event, moment in agreement.given:
        if agreement.events[event] in names:
            found[agreement.events[event]] = (f"occurred@{as_date(moment // MINUTES)}",)
    for name in sorted(names & agreement.norm_of.keys()):
        place = agreement.norm_of[name]
        found[name] = tuple(
            f"{step.state.label}@{as_date(step.moment // MINUTES)}"
            for step in run.steps
            if step.norm == place
        )
    return found


def _sum_up(party: tuple[Party, ...]) -> PartyMoney:
    scale = 10 ** party[0].digits
    nets = sorted(each.net / scale for each in party)
    tenth = len(nets) // 10
    error = statistics.stdev(nets) / len(nets) ** 0.5 if len(nets) > 1 else 0.0
    return PartyMoney(
        party[0].id,
        statistics.fmean(each.received / scale for each in party),
        statistics.fmean(each.paid / scale for each in party),
        statistics.fmean(nets),
        error,
        nets[tenth],
        nets[-1 - tenth],
    )
