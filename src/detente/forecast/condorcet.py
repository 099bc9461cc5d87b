"""A probabilistic Condorcet election among the positions held.

Every two positions stand against each other; i prevails over j with probability
P_ij = v_ij / (v_ij + v_ji), where v_ij are the votes for i: capability times salience times how
much nearer i is. The election is a Markov chain, as in the collective decision models of KTAB
(Wise, Lester and Efird 2015): in every step one of the other positions, each as likely, challenges
the one that stands and replaces it with the probability above. The stationary distribution says how
likely each position is to stand in the end; the forecast is its mean.
"""

from __future__ import annotations

import numpy as np

from detente.forecast.issue import Array, Inputs
from detente.forecast.support import sort_actors, votes

__all__ = ["condorcet", "election"]

_CHUNK = 1_000_000


def election(positions: Array, weights: Array) -> tuple[Array, Array]:
    """Return positions in rising order and how likely each is to stand in the end.

    Parameters
    ----------
    positions
        ``(draws, actors)``, in any unit.
    weights
        ``(actors,)``: capability times salience.

    Returns
    -------
    tuple
        ``(draws, actors)`` twice. A position that several hold is one alternative; its probability
        is divided evenly among them.

    Examples
    --------
    >>> where, chance = election(np.array([[0.0, 50.0, 100.0]]), np.array([1.0, 1.0, 1.0]))
    >>> where.tolist(), chance.round(3).tolist()
    ([[0.0, 50.0, 100.0]], [[0.25, 0.5, 0.25]])
    """
    draws, count = positions.shape
    least = positions.min(axis=1, keepdims=True)
    span = positions.max(axis=1, keepdims=True) - least
    actors = sort_actors((positions - least) / np.where(span > 0.0, span, 1.0))
    support = votes(actors, weights[actors.order])
    both = support + support.swapaxes(1, 2)
    wins = np.where(both > 0.0, support / np.where(both > 0.0, both, 1.0), 0.5)
    same = (actors.distances == 0.0).sum(axis=2)
    share = 1.0 / same  # each alternative challenges once, however many hold it
    step = wins.swapaxes(1, 2) * share[:, None, :] / share.sum(axis=1)[:, None, None]
    diagonal = np.arange(count)
    step[:, diagonal, diagonal] = 0.0
    step[:, diagonal, diagonal] = 1.0 - step.sum(axis=2)
    balance = np.eye(count) - step.swapaxes(1, 2)
    balance[:, -1, :] = 1.0
    right = np.zeros((draws, count, 1))
    right[:, -1] = 1.0
    chance: Array = np.linalg.solve(balance, right)[:, :, 0]
    return np.take_along_axis(positions, actors.order, axis=1), chance


def condorcet(inputs: Inputs) -> Array:
    """Return the mean of where the election ends, ``(draws,)``."""
    draws, actors = inputs.positions.shape
    step = max(1, _CHUNK // (actors * actors))
    found = np.empty(draws)
    for start in range(0, draws, step):
        where, chance = election(inputs.positions[start : start + step], inputs.weights)
        found[start : start + step] = (where * chance).sum(axis=1)
    return found
