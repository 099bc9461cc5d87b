"""Uncertain positions, drawn: what every model is then asked for every draw."""

from __future__ import annotations

import numpy as np

from detente.forecast.issue import Array, Issue

__all__ = ["DRAWS", "SEED", "draw_positions"]

DRAWS = 2000
SEED = 20_251_120
"""Where the draws start unless another seed is given."""


def draw_positions(issue: Issue, draws: int, generator: np.random.Generator) -> Array | None:
    """Return drawn positions ``(draws, actors)``; None where nothing is uncertain.

    Positions with a standard deviation are drawn from a normal distribution; what falls beyond an
    end of the scale stands at the end. Positions already drawn, from beliefs, are returned as they
    are.

    Examples
    --------
    >>> issue = Issue("tax", ("a", "b"), [20, 60], [50, 100], [1, 3], (0, 100), sd=[0, 5])
    >>> drawn = draw_positions(issue, 1000, np.random.default_rng(1))
    >>> drawn.mean(axis=0).round().tolist(), drawn.std(axis=0).round().tolist()
    ([20.0, 60.0], [0.0, 5.0])
    """
    if issue.sampled is not None:
        return issue.sampled
    if issue.sd is None or not np.any(np.asarray(issue.sd) > 0.0):
        return None
    noise = generator.standard_normal((draws, len(issue.actors)))
    found: Array = np.clip(issue.positions + noise * np.asarray(issue.sd), *issue.scale)
    return found
