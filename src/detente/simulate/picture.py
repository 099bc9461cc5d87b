"""A picture of how long an agreement lasts: from a simulation to what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detente.pictures.survival import Curve, draw_curves
from detente.simulate.of_case import CaseSimulation

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

__all__ = ["draw_survival"]

_PER_YEAR = 12
_SIGMAS = 1.959963984540054


def draw_survival(found: CaseSimulation, title: str = "") -> Figure:
    """Return the shares of runs that stand, and that are unbroken, month by month.

    Bands hold 95 % of what other random numbers would give (Wilson 1927). They do not say how sure
    the assumptions are.

    Parameters
    ----------
    title
        What stands above the picture.
    """
    simulation = found.simulation
    grace = simulation.assumptions.grace
    standing = _curve(
        f"stands: no breach left {grace} days without cure",
        simulation.standing(_PER_YEAR),
        simulation.runs,
    )
    unbroken = _curve("unbroken: no breach at all", simulation.unbroken(_PER_YEAR), simulation.runs)
    years = np.arange(simulation.years * _PER_YEAR + 1) / _PER_YEAR
    note = (
        f"{simulation.runs:,} runs under stated assumptions; bands hold 95 % of what other random "
        "numbers would give."
    )
    return draw_curves(years, [standing, unbroken], title=title or "Survival", note=note)


def _curve(label: str, share: NDArray[np.float64], runs: int) -> Curve:
    """A curve with Wilson's interval."""
    square = _SIGMAS**2
    middle = (share + square / (2 * runs)) / (1 + square / runs)
    half = np.sqrt(share * (1 - share) / runs + square / (4 * runs**2)) * _SIGMAS
    half /= 1 + square / runs
    return Curve(label, share, middle - half, middle + half)
