"""How wide an honest interval is: how far each model was from decisions whose outcome is known.

The figures are quantiles of absolute errors on 351 issues of 137 proposals that the European Union
decided (data set DEU III, Thomson and others; see Thomson and others 2006 and 2012): every issue
with an outcome and at least three actors whose position and salience are known. Capability is the
number of votes in the Council under the Treaty of Nice, 29 for Commission and Parliament. No model
has parameters that were fitted to these outcomes. Peace talks are not legislation: what an interval
covers there nobody has measured.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from detente.forecast.issue import Array

__all__ = ["ERRORS", "ISSUES", "LEVELS", "SOURCE", "combined_interval", "half_width"]

LEVELS = (0.5, 0.8, 0.9)
"""Probabilities for which intervals are given."""

ISSUES = 351
"""Decisions that the errors were measured on; 252 of them have a reference point."""

SOURCE = "absolute errors on 351 issues decided in the European Union (DEU III, Thomson et al.)"

_SAMPLE = 20_000

# fmt: off
ERRORS: Mapping[str, tuple[float, ...]] = {
    "compromise": (
        0.2, 1.4, 2.6, 4.2, 5.9, 8.1, 9.6, 11.5, 13.9, 16.1, 18.6,
        21.1, 24.0, 27.5, 29.2, 33.9, 37.6, 45.3, 49.8, 60.2, 88.7,
    ),
    "mean": (
        0.3, 1.6, 2.9, 5.2, 6.2, 8.0, 9.3, 11.4, 13.8, 16.5, 18.6,
        20.4, 23.5, 28.5, 30.9, 34.3, 39.1, 45.2, 50.0, 60.7, 94.1,
    ),
    "salience-mean": (
        0.1, 2.3, 4.2, 6.1, 7.2, 8.6, 9.6, 11.9, 13.6, 16.0, 18.5,
        21.2, 23.3, 27.1, 31.2, 35.9, 39.5, 45.2, 50.6, 56.6, 93.2,
    ),
    "median": (
        0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 5.0, 10.0, 10.0, 17.2, 20.0,
        23.0, 30.0, 35.0, 43.0, 50.0, 50.0, 60.0, 70.0, 97.5, 100.0,
    ),
    "salience-median": (
        0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 10.0, 10.0, 20.0, 20.0,
        25.0, 30.0, 34.0, 40.0, 50.0, 50.0, 60.0, 70.0, 97.5, 100.0,
    ),
    "weighted-median": (
        0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 10.0, 10.0, 20.0, 20.0,
        25.0, 30.0, 35.0, 40.0, 50.0, 50.0, 60.0, 70.0, 100.0, 100.0,
    ),
    "nash": (
        0.0, 0.0, 0.0, 0.0, 3.0, 5.0, 8.0, 10.0, 14.0, 17.0, 20.0,
        21.0, 25.0, 30.0, 34.0, 38.5, 44.0, 49.5, 50.0, 65.5, 100.0,
    ),
    "nash-reference": (
        0.0, 0.0, 0.0, 3.7, 7.2, 10.0, 13.6, 19.0, 20.0, 25.0, 27.0,
        30.1, 34.6, 42.2, 48.0, 50.0, 55.0, 67.0, 94.5, 100.0, 100.0,
    ),
    "challenge": (
        0.0, 0.0, 0.0, 0.0, 0.0, 2.0, 8.0, 10.0, 17.0, 20.0, 23.7,
        25.9, 30.0, 37.8, 42.3, 50.0, 50.0, 60.0, 68.0, 80.0, 100.0,
    ),
    "condorcet": (
        0.0, 1.0, 2.3, 4.1, 6.4, 8.3, 9.8, 11.3, 13.0, 14.7, 17.3,
        19.8, 22.2, 26.6, 29.7, 33.0, 37.7, 44.0, 50.7, 60.8, 88.7,
    ),
    "exchange": (
        0.0, 1.4, 2.9, 4.6, 6.5, 9.3, 12.0, 13.3, 14.9, 17.3, 19.3,
        22.0, 26.4, 29.3, 31.7, 35.4, 39.3, 46.8, 51.2, 66.0, 97.4,
    ),
}
# fmt: on
"""By model: absolute errors in hundredths of the scale, at the quantiles 0, 5, 10, ..., 100 %."""


def half_width(model: str, level: float) -> float:
    """Return how far the outcome was from the forecast in a share of cases, as share of the scale.

    Parameters
    ----------
    model
        Its name, see :data:`detente.forecast.models.MODELS`.
    level
        The share, 0..1.

    Examples
    --------
    >>> half_width("compromise", 0.8) < half_width("median", 0.8)
    True
    """
    steps = np.linspace(0.0, 1.0, len(ERRORS[model]))
    return float(np.interp(level, steps, ERRORS[model])) / 100.0


def combined_interval(
    model: str, values: Array, scale: tuple[float, float], generator: np.random.Generator
) -> dict[float, tuple[float, float]]:
    """Return intervals that hold both the spread of a forecast and the error of its model.

    Every draw of the forecast gets an error from the distribution of absolute errors, up or down
    with equal probability; what leaves the scale stands at its end.

    Parameters
    ----------
    values
        ``(draws,)``: the forecast for every draw of uncertain inputs, on the scale.

    Examples
    --------
    >>> drawn = np.full(100, 50.0)
    >>> low, high = combined_interval("compromise", drawn, (0, 100), np.random.default_rng(1))[0.8]
    >>> abs(high - 50.0 - 100.0 * half_width("compromise", 0.8)) < 1.0
    True
    """
    low, high = scale
    size = max(_SAMPLE, len(values))
    drawn = np.resize(values, size)
    even = (generator.permutation(size) + 0.5) / size
    errors = np.interp(even, np.linspace(0.0, 1.0, len(ERRORS[model])), ERRORS[model]) / 100.0
    signs = np.where(generator.random(size) < 0.5, -1.0, 1.0)
    ends = np.clip(drawn + signs * errors * (high - low), low, high)
    found = {}
    for level in LEVELS:
        below, above = np.quantile(ends, [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
        found[level] = (float(below), float(above))
    return found
