"""The Nash bargaining solution on a scale, with utilities that fall in a straight line.

Each actor loses its salience s times the distance d from its position as a share of the scale:
u = 1 - s d. The answer maximises the product of gains over the utility of disagreement (Nash
1950), which is 0, below anything on the scale, or what the reference point gives. On spatial issues
see Schneider, Finke and Bailer 2010.
"""

from __future__ import annotations

import numpy as np

from detente.forecast.issue import Array, Inputs

__all__ = ["GRID", "LEAST_GAIN", "nash", "nash_reference"]

GRID = 101
"""At so many even places of the scale the answer is looked for: every hundredth of it."""

LEAST_GAIN = 1e-12
"""What a loss, or no gain, counts as: an answer bad for as few as possible comes first."""

_CHUNK = 2_000_000
_TIED = 1e-9


def nash(inputs: Inputs) -> Array:
    """Return the Nash bargaining solution with disagreement worth 0 to all, ``(draws,)``."""
    return _best(inputs, None)


def nash_reference(inputs: Inputs) -> Array:
    """Return the Nash bargaining solution with the reference point as disagreement, ``(draws,)``.

    Where some gain and others lose from any change, no answer is good for all; then the one that is
    bad for the fewest is chosen, and of those the one of the largest product for the rest.

    Raises
    ------
    ValueError
        If the issue has no reference point.
    """
    if inputs.reference is None:
        raise ValueError("this issue has no reference point")
    return _best(inputs, inputs.reference)


def _best(inputs: Inputs, reference: float | None) -> Array:
    """Places of the grid with the largest product; the middle of those that tie."""
    grid = np.linspace(inputs.low, inputs.high, GRID)
    width = inputs.high - inputs.low
    draws, actors = inputs.positions.shape
    step = max(1, _CHUNK // (GRID * actors))
    found = np.empty(draws)
    for start in range(0, draws, step):
        own = inputs.positions[start : start + step, None, :]
        gain = 1.0 - inputs.salience * (np.abs(grid[None, :, None] - own) / width)
        if reference is not None:
            gain -= 1.0 - inputs.salience * (np.abs(reference - own) / width)
        product = np.log(np.maximum(gain, LEAST_GAIN)).sum(axis=-1)
        tied = product >= product.max(axis=-1, keepdims=True) - _TIED
        found[start : start + step] = (tied * grid).sum(axis=-1) / tied.sum(axis=-1)
    return found
