"""Can a set of time limits be met together, and if not, which of them clash?

A simple temporal network: points in time, and limits ``x[target] - x[source] <= days``. All limits
can be met exactly if the graph with one edge for each has no circle of negative length; the clauses
on such a circle cannot be met together. Shortest ways give the widest windows
that the limits leave.

Source: Dechter, Meiri and Pearl 1991, Temporal constraint networks, section 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["FAR", "Limit", "distances", "negative_circle"]

FAR = 1 << 40
"""No limit: longer than any time that can be written."""


@dataclass(frozen=True, slots=True)
class Limit:
    """``target`` is at most ``days`` after ``source``; negative days: at least so long before.

    Parameters
    ----------
    clause
        Number of the clause that says so; -1 for what holds of itself.
    """

    source: int
    target: int
    days: int
    clause: int = -1


def negative_circle(points: int, limits: Sequence[Limit]) -> tuple[Limit, ...]:
    """Return limits that cannot be met together, in the order of the circle; empty if all can.

    No limit of the set can be left out: without one of them the others can be met. Cost: a few
    passes over the limits as a rule, at most one for each point (Bellman-Ford).

    Examples
    --------
    The second step comes at least 60 days after the first, and both within 50 days of the start.

    >>> limits = [Limit(0, 2, 50), Limit(2, 1, -60), Limit(1, 0, 0)]
    >>> [limit.days for limit in negative_circle(3, limits)]
    [50, -60, 0]
    >>> negative_circle(3, [Limit(0, 2, 70), *limits[1:]])
    ()
    """
    flat = [(limit.source, limit.target, limit.days) for limit in limits]
    at = [0] * points
    by = [-1] * points
    last = -1
    for number in range(points + 1):
        changed = False
        for place, (source, target, days) in enumerate(flat):
            reached = at[source] + days
            if reached < at[target]:
                at[target] = reached
                by[target] = place
                changed = True
        if not changed:
            return ()
        # a circle shows among the last improvements long before the passes are over
        if number & (number + 1) == 0 or number == points:
            last = _on_circle(flat, by)
            if last >= 0:
                break
    circle: list[Limit] = []
    node = last
    while not circle or node != last:
        limit = limits[by[node]]
        circle.append(limit)
        node = limit.source
    return tuple(reversed(circle))


def _on_circle(flat: Sequence[tuple[int, int, int]], by: Sequence[int]) -> int:
    """Return a point on a circle of last improvements, -1 if there is none."""
    seen = [-1] * len(by)
    for start in range(len(by)):
        node = start
        while seen[node] < 0:
            seen[node] = start
            if by[node] < 0:
                break
            node = flat[by[node]][0]
        else:
            if seen[node] == start:
                return node
    return -1


def distances(points: int, limits: Iterable[Limit], start: int, *, back: bool = False) -> list[int]:
    """Return the most days that each point can lie after ``start``; :data:`FAR` without limit.

    Parameters
    ----------
    limits
        Limits that can be met together.
    back
        Instead the most days that each point can lie *before* ``start``.

    Examples
    --------
    >>> limits = [Limit(0, 1, 30), Limit(1, 0, -10)]
    >>> distances(2, limits, 0), distances(2, limits, 0, back=True)
    ([0, 30], [0, -10])
    """
    flat = [
        (limit.target, limit.source, limit.days)
        if back
        else (limit.source, limit.target, limit.days)
        for limit in limits
    ]
    at = [FAR] * points
    at[start] = 0
    changed = True
    while changed:
        changed = False
        for source, target, days in flat:
            if at[source] < FAR and at[source] + days < at[target]:
                at[target] = at[source] + days
                changed = True
    return at
