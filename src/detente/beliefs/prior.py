"""What is believed before anybody has spoken."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.case.records import Point, Settings
from detente.compiled.compiled import CompiledCase

__all__ = ["prior_correlation"]


def prior_correlation(compiled: CompiledCase, settings: Settings) -> NDArray[np.float64]:
    """Return the prior covariance of all ratings in units of the prior variance.

    ``(options, options)``; points are independent, and the status quo is pinned at 0. On an ordered
    point neighbouring options are correlated: squared-exponential kernel over the positions, as
    shares of their range, conditioned on 0 at the status quo where that has a position
    (Rasmussen and Williams 2006, eq. 2.31 and section 2.2).

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> from detente.compiled.compiled import compile_case
    >>> compiled = compile_case(load(example_folder("ukraine-2025")))
    >>> prior = prior_correlation(compiled, Settings())
    >>> near, far = compiled.place["army-cap", "c800"], compiled.place["army-cap", "c600"]
    >>> bool(0.0 < prior[near, far] < prior[far, far])
    True
    """
    size = len(compiled.options)
    result = np.zeros((size, size))
    for place, point in enumerate(compiled.case.points):
        rows = slice(compiled.first[place], compiled.first[place + 1])
        result[rows, rows] = _of_point(point, settings.length_scale)
    return result


def _of_point(point: Point, length_scale: float) -> NDArray[np.float64]:
    count = len(point.options)
    pinned = [option.id for option in point.options].index(point.status_quo)
    kernel = np.eye(count)
    if point.ordered:
        positions = np.array(
            [np.nan if option.position is None else option.position for option in point.options]
        )
        known = ~np.isnan(positions)
        span = np.ptp(positions[known]) if known.any() else 0.0
        scaled = np.where(known, positions, 0.0) / (span * length_scale if span else 1.0)
        distance = scaled[:, None] - scaled[None, :]
        both = known[:, None] & known[None, :]
        kernel = np.where(both, np.exp(-0.5 * distance**2), np.eye(count))
        if known[pinned]:
            kernel = kernel - np.outer(kernel[:, pinned], kernel[pinned, :])
    kernel[pinned, :] = 0.0
    kernel[:, pinned] = 0.0
    return kernel
