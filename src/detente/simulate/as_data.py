"""Simulations as plain data for JSON."""

from __future__ import annotations

from typing import Any

import numpy as np

from detente.enactment.compiled import State
from detente.enactment.dates import MINUTES, as_date
from detente.simulate.of_case import CaseSimulation
from detente.simulate.simulate import Simulation
from detente.simulate.worth import Worth

__all__ = ["life_data", "simulation_data"]

Data = dict[str, Any]


def simulation_data(found: CaseSimulation, seconds: float) -> Data:
    """Return a simulation as data; shares are 0..1, ``survival`` begins with the start.

    ``survival`` is the share of runs in which no breach has stood for the days of grace without
    cure, at the start and at the end of each year; ``unbroken`` the share without any breach.

    Parameters
    ----------
    seconds
        How long it took.
    """
    runs, years = found.simulation.runs, found.simulation.years
    rate = runs * years / seconds if seconds > 0.0 else 0.0
    return life_data(found) | {"seconds": seconds, "agreement_years_per_second": rate}


def life_data(found: CaseSimulation) -> Data:
    """Return what :func:`simulation_data` does, without how long it took: the same every time."""
    simulation = found.simulation
    standing, runs = simulation.standing(), simulation.runs
    error = np.sqrt(standing * (1.0 - standing) / runs)
    return {
        "draft": found.draft,
        "reading": found.reading,
        "readings": [_reading(*each) for each in found.readings],
        "runs": runs,
        "years": simulation.years,
        "seed": simulation.seed,
        "start": as_date(simulation.plan.start // MINUTES).isoformat(),
        "survival": standing.tolist(),
        "survival_error": error.tolist(),
        "unbroken": simulation.unbroken().tolist(),
        "first_breach": simulation.first_breach,
        "states": _states(found),
        "worth": [_worth(each) for each in found.worth],
        "money": _money(found),
        "behaviour": _behaviours(found),
        "assumptions": list(found.notes),
        "stepped_runs": simulation.stepped,
    }


def _reading(name: str, simulation: Simulation) -> Data:
    """How long the agreement lasts if the powers are held by those whom a reading says."""
    return {
        "reading": name,
        "survival": simulation.standing().tolist(),
        "unbroken": simulation.unbroken().tolist(),
        "first_breach": simulation.first_breach,
        "stepped_runs": simulation.stepped,
    }


def _states(found: CaseSimulation) -> list[Data]:
    """By year, the expected share of each norm in each state that occurs."""
    simulation = found.simulation
    if simulation.states is None:
        return []
    shares = simulation.states / simulation.runs
    return [
        {
            "year": year,
            "norms": {
                norm.id: {
                    state.label: float(shares[year, place, state])
                    for state in State
                    if shares[year, place, state] > 0.0
                }
                for place, norm in enumerate(simulation.plan.agreement.norms)
            },
        }
        for year in range(len(shares))
    ]


def _worth(worth: Worth) -> Data:
    return {
        "what": worth.what,
        "norm": worth.norm,
        "runs": worth.runs,
        "standing": worth.standing,
        "standing_error": worth.standing_error,
        "unbroken": worth.unbroken,
        "unbroken_error": worth.unbroken_error,
        "years": worth.lasts,
        "years_error": worth.lasts_error,
    }


def _money(found: CaseSimulation) -> Data | None:
    """Means over runs, in the currency of the books."""
    if found.money is None:
        return None
    return {
        "books": found.money.books,
        "currency": found.money.currency,
        "runs": found.money.runs,
        "refused_runs": found.money.refused,
        "parties": {
            each.id: {
                "received": each.received,
                "paid": each.paid,
                "net": each.net,
                "net_error": each.error,
                "net_low": each.low,
                "net_high": each.high,
            }
            for each in found.money.parties
        },
    }


def _behaviours(found: CaseSimulation) -> Data:
    norms = found.simulation.plan.agreement.norms
    return {
        norm.id: {
            "probability": each.probability,
            "from": each.origin,
            "median_days": each.median_days,
            "spread": each.spread,
            "delay_from": each.delay_origin,
            "verifier": each.verified,
            "remedy": each.remedied,
        }
        for norm, each in zip(norms, found.simulation.behaviours, strict=True)
    }
