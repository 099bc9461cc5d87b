"""How much does each point matter to an actor?

The analyst's word where it is given; else from speech: actors stress what matters to them (saliency
theory, Budge and Farlie 1983). Silence is weak evidence that a point matters little, so every point
is credited with a small count.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

__all__ = ["salience"]


def salience(
    counts: NDArray[np.float64],
    pseudo_count: float,
    base: NDArray[np.float64] | None = None,
    stated: Mapping[int, float] | None = None,
) -> NDArray[np.float64]:
    """Return an actor's salience of every point, ``(points,)``, 0..100.

    Parameters
    ----------
    counts
        ``(points,)``: statements of the actor that are about each point.
    pseudo_count
        Statements credited to every point; to a member of a group, to the point that matters most
        to the group, and to the others in proportion.
    base
        ``(points,)``, any positive scale: salience of the group that the actor belongs to; None
        without a group.
    stated
        Analysts' salience, 0..100, by place of the point; it replaces what speech tells.

    Examples
    --------
    >>> salience(np.array([3.0, 0.0, 1.0]), 0.5).round(1).tolist()
    [100.0, 14.3, 42.9]
    >>> salience(np.array([3.0, 0.0, 1.0]), 0.5, stated={1: 80.0}).round(1).tolist()
    [100.0, 80.0, 42.9]
    """
    share = np.ones(len(counts)) if base is None else base / base.max()
    spoken = counts + pseudo_count * share
    result: NDArray[np.float64] = 100.0 * spoken / spoken.max()
    for place, value in (stated or {}).items():
        result[place] = value
    return result
