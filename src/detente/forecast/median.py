"""The median position: plain, weighted by salience, and by capability times salience.

The median voter's position beats every other by majority where preferences are single-peaked
(Black 1948). Weighted, it is the position at which the weight on either side is at most half.
"""

from __future__ import annotations

import numpy as np

from detente.forecast.issue import Array, Inputs

__all__ = ["median", "power_median", "salience_median", "weighted_median"]


def weighted_median(positions: Array, weights: Array) -> Array:
    """Return the weighted median of every draw, ``(draws,)``, always a position that is held.

    The lowest position at which the weight up to it reaches half of the whole. Weights are added up
    from the lowest position, heavier actors first; so the names and order of actors change nothing.
    Where the weights on both sides are equal to the last digit, the lower position is the median,
    as far as the rounding of sums lets that be seen.

    Parameters
    ----------
    positions
        ``(draws, actors)``.
    weights
        ``(actors,)`` or ``(draws, actors)``, at least 0.

    Examples
    --------
    >>> weighted_median(np.array([[30.0, 0.0, 90.0]]), np.array([1.0, 1.0, 3.0])).tolist()
    [90.0]
    """
    weights = np.broadcast_to(weights, positions.shape)
    order = np.lexsort((-weights, positions), axis=-1)
    reached = np.cumsum(np.take_along_axis(weights, order, axis=-1), axis=-1)
    first = np.argmax(reached >= reached[:, -1:] / 2.0, axis=-1)
    chosen = np.take_along_axis(order, first[:, None], axis=-1)
    found: Array = np.take_along_axis(positions, chosen, axis=-1)[:, 0]
    return found


def median(inputs: Inputs) -> Array:
    """Return the median of the positions, ``(draws,)``; halfway between two middle ones."""
    found: Array = np.median(inputs.positions, axis=-1)
    return found


def salience_median(inputs: Inputs) -> Array:
    """Return the median of the positions weighted by salience, ``(draws,)``."""
    return weighted_median(inputs.positions, inputs.salience)


def power_median(inputs: Inputs) -> Array:
    """Return the median of the positions weighted by capability times salience, ``(draws,)``."""
    return weighted_median(inputs.positions, inputs.weights)
