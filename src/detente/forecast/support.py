"""Who would stand behind one position against another: the votes of all actors on all pairs.

An actor k that is asked to choose between positions i and j votes for the nearer one with its
weight times the difference of distances, w_k (d_kj^r - d_ki^r), where d is a distance as a share
of the range and r the actor's risk exponent (Bueno de Mesquita 1994).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.forecast.issue import Array

__all__ = ["Sorted", "sort_actors", "votes"]


@dataclass(frozen=True, slots=True, eq=False)
class Sorted:
    """Actors of every draw in the order of their positions, and where they lie to one another.

    Parameters
    ----------
    order
        ``(draws, actors)``: place of the actor that comes first, second, and so on.
    positions
        ``(draws, actors)``, rising, as shares of the range from its lower end.
    distances
        ``(draws, actors, actors)``: distances, shares of the range.
    nearer
        ``(draws, actors, actors)``: of two actors, how many of all stand before the middle between
        them.
    """

    order: NDArray[np.int64]
    positions: Array
    distances: Array
    nearer: NDArray[np.int64]


def sort_actors(positions: Array) -> Sorted:
    """Return the actors of every draw in the order of their positions.

    Parameters
    ----------
    positions
        ``(draws, actors)``, as shares of the range.
    """
    draws, actors = positions.shape
    order = np.argsort(positions, axis=-1, kind="stable")
    own = np.take_along_axis(positions, order, axis=-1)
    lower, upper = np.triu_indices(actors, 1)
    middle = 0.5 * (own[:, lower] + own[:, upper])
    # one search for all draws: each draw has a stretch of the line to itself
    least, most = own[:, :1], own[:, -1:]
    stretch = 2.0 * np.arange(draws)[:, None]
    length = np.maximum(most - least, 1e-300)
    line = (own - least) / length + stretch
    wanted = (middle - least) / length + stretch
    nearer = np.searchsorted(line.ravel(), wanted.ravel()).reshape(draws, -1)
    nearer -= actors * np.arange(draws)[:, None]
    both = np.zeros((draws, actors, actors), dtype=np.int64)
    both[:, lower, upper] = both[:, upper, lower] = nearer
    distances = np.abs(own[:, :, None] - own[:, None, :])
    return Sorted(order, own, distances, both)


def votes(actors: Sorted, weights: Array, risk: Array | None = None) -> Array:
    """Return the votes for every position against every other, ``(draws, actors, actors)``.

    Entry i, j is the sum over k of max(0, w_k (d_kj^r - d_ki^r)). Because the actors are in order,
    those who vote for i are all on one side of the middle between i and j; so a cumulative sum over
    actors answers all pairs at once, in n^2 steps in place of n^3.

    Parameters
    ----------
    weights
        ``(draws, actors)``, in the order of ``actors``.
    risk
        ``(draws, actors)``: exponents, in the same order; 1 for all if None.

    Examples
    --------
    >>> three = sort_actors(np.array([[0.0, 0.25, 1.0]]))
    >>> votes(three, np.array([[1.0, 1.0, 2.0]]))[0].tolist()
    [[0.0, 0.25, 1.5], [0.75, 0.0, 1.5], [2.0, 1.5, 0.0]]
    """
    draws, count = actors.positions.shape
    loss = actors.distances if risk is None else actors.distances ** risk[:, :, None]
    sums = np.zeros((draws, count + 1, count))
    np.cumsum(weights[:, :, None] * loss, axis=1, out=sums[:, 1:])
    # what the actors before the middle between i and j lose by i
    start = (np.arange(draws) * (count + 1) * count)[:, None, None]
    lost = np.take(sums, start + actors.nearer * count + np.arange(count)[:, None])
    better = lost.swapaxes(1, 2) - lost
    total = sums[:, -1]
    rest = (total[:, None, :] - total[:, :, None]) - better
    first = np.triu(np.ones((count, count), dtype=bool), 1)
    found: Array = np.maximum(np.where(first, better, rest), 0.0)
    diagonal = np.arange(count)
    found[:, diagonal, diagonal] = 0.0
    return found
