"""The mean of positions: plain, weighted by salience, and by capability times salience.

The last is the compromise model (Van den Bos 1991; Stokman and Van den Bos 1992; Achen 2006 shows
it as a first approximation of the Nash bargaining solution): mu = sum w x / sum w with w = c s.
"""

from __future__ import annotations

import numpy as np

from detente.forecast.issue import Array, Inputs

__all__ = ["compromise", "mean", "salience_mean", "weighted_mean"]


def weighted_mean(positions: Array, weights: Array) -> Array:
    """Return the weighted mean of every draw, ``(draws,)``.

    Parameters
    ----------
    positions
        ``(draws, actors)``.
    weights
        ``(actors,)``, at least 0; equal weights are taken where all are 0.

    Examples
    --------
    >>> weighted_mean(np.array([[0.0, 100.0]]), np.array([1.0, 3.0])).tolist()
    [75.0]
    """
    total = weights.sum()
    share = weights / total if total > 0.0 else np.full(len(weights), 1.0 / len(weights))
    found: Array = positions @ share
    return found


def mean(inputs: Inputs) -> Array:
    """Return the mean of the positions, ``(draws,)``."""
    return weighted_mean(inputs.positions, np.ones(len(inputs.salience)))


def salience_mean(inputs: Inputs) -> Array:
    """Return the mean of the positions weighted by salience, ``(draws,)``."""
    return weighted_mean(inputs.positions, inputs.salience)


def compromise(inputs: Inputs) -> Array:
    """Return the mean of the positions weighted by capability times salience, ``(draws,)``."""
    return weighted_mean(inputs.positions, inputs.weights)
