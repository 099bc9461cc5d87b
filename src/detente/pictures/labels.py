"""Where labels go so that they cover neither each other nor what they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Placed", "place_labels", "spread_apart"]

Array = NDArray[np.float64]

NEAR = 7.0
DISTANCES = (NEAR, 11.0, 17.0, 26.0, 38.0, 54.0, 75.0)
ANGLES = np.deg2rad([20.0, 160.0, -20.0, 200.0, 90.0, -90.0, 45.0, 135.0, -45.0, 225.0, 0.0, 180.0])
SWEEPS = 4


@dataclass(frozen=True, slots=True)
class Placed:
    """Where labels go.

    Parameters
    ----------
    centres
        ``(labels, 2)``: the middle of every label.
    crowded
        Whether labels still cover one another, a mark or the edge.
    """

    centres: Array
    crowded: bool


def place_labels(
    anchors: Array, sizes: Array, *, inside: Array, points: Array, boxes: Array
) -> Placed:
    """Return places for labels near what they name.

    Every label takes the best of some places around its anchor, then again with the others where
    they are, a few times over.

    Parameters
    ----------
    anchors, sizes
        ``(labels, 2)``: what is named, and width and height of each label, in points.
    inside
        ``(4,)``: left, bottom, right and top of the space there is.
    points
        ``(points, 2)``: what labels should not cover where they can help it.
    boxes
        ``(boxes, 4)``: what they must not cover.

    Examples
    --------
    >>> placed = place_labels(
    ...     np.array([[50.0, 50.0], [52.0, 50.0]]),
    ...     np.array([[30.0, 8.0], [30.0, 8.0]]),
    ...     inside=np.array([0.0, 0.0, 100.0, 100.0]),
    ...     points=np.zeros((0, 2)),
    ...     boxes=np.zeros((0, 4)),
    ... )
    >>> placed.crowded, bool(abs(placed.centres[0] - placed.centres[1]).max() >= 8.0)
    (False, True)
    """
    count = len(anchors)
    marks = np.hstack([anchors - 4.5, anchors + 4.5]).reshape(-1, 4)
    hard = np.vstack([marks, boxes.reshape(-1, 4)])
    chosen = np.full((count, 4), np.nan)
    worst = np.zeros(count)
    for _ in range(SWEEPS):
        for place in range(count):
            centres, far = _candidates(anchors[place], sizes[place])
            own = np.hstack([centres - sizes[place] / 2, centres + sizes[place] / 2])
            others = np.delete(chosen, place, axis=0)
            others = others[~np.isnan(others[:, 0])]
            covered = _overlap(own, np.vstack([hard, others])).sum(axis=1)
            covered += 4.0 * _outside(own, inside)
            cost = 10.0 * covered + 0.6 * _inside(own, points) + 0.03 * far
            cost += 2.0 * _crossing(anchors[place], centres, others) * (far > NEAR)
            best = int(np.argmin(cost + 1e-6 * np.arange(len(cost))))
            chosen[place], worst[place] = own[best], covered[best]
    middle = (chosen[:, :2] + chosen[:, 2:]) / 2
    return Placed(middle, bool(np.any(worst > 0.02)))


def spread_apart(wanted: Sequence[float], heights: Sequence[float], top: float) -> list[float]:
    """Return heights at which labels in a column do not touch, near those wanted.

    Examples
    --------
    >>> spread_apart([5.0, 5.0, 1.0], [2.0, 2.0, 2.0], 6.0)
    [3.0, 5.0, 1.0]
    """
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    found = list(wanted)
    edge = 0.0
    for place in order:
        found[place] = max(found[place], edge + heights[place] / 2)
        edge = found[place] + heights[place] / 2
    edge = max(top, sum(heights))
    for place in reversed(order):
        found[place] = min(found[place], edge - heights[place] / 2)
        edge = found[place] - heights[place] / 2
    return found


def _candidates(anchor: Array, size: Array) -> tuple[Array, Array]:
    """Middles of possible labels, ``(candidates, 2)``, and how far each is away."""
    far = np.repeat(DISTANCES, len(ANGLES))
    way = np.tile(np.column_stack([np.cos(ANGLES), np.sin(ANGLES)]), (len(DISTANCES), 1))
    pull = np.clip(way * 1.42, -1.0, 1.0)
    return anchor + pull * size / 2 + way * far[:, None], far


def _overlap(own: Array, others: Array) -> Array:
    """Share of each own box that each other covers, or of the other, ``(own, others)``."""
    low = np.maximum(own[:, None, :2], others[None, :, :2])
    high = np.minimum(own[:, None, 2:], others[None, :, 2:])
    common = np.prod(np.clip(high - low, 0.0, None), axis=2)
    area = np.prod(others[:, 2:] - others[:, :2], axis=1)
    mine = np.prod(own[:, 2:] - own[:, :2], axis=1)
    return np.asarray(common / np.minimum(area[None, :], mine[:, None]))


def _outside(own: Array, inside: Array) -> Array:
    """How much of the width and height of boxes is over the edge."""
    low = np.clip(inside[:2] - own[:, :2], 0.0, None)
    high = np.clip(own[:, 2:] - inside[2:], 0.0, None)
    return np.asarray(((low + high) / (own[:, 2:] - own[:, :2])).sum(axis=1))


def _inside(own: Array, points: Array) -> Array:
    """How many points are within each box, many counting little more than some."""
    if not len(points):
        return np.zeros(len(own))
    above = np.all(points[None] >= own[:, None, :2] - 1.0, axis=2)
    below = np.all(points[None] <= own[:, None, 2:] + 1.0, axis=2)
    return np.asarray(np.sqrt((above & below).sum(axis=1)))


def _crossing(anchor: Array, centres: Array, others: Array) -> Array:
    """How many other labels a line from the anchor to each label would cross."""
    if not len(others):
        return np.zeros(len(centres))
    shares = np.linspace(0.0, 1.0, 12)[None, :, None]
    line = anchor + shares * (centres[:, None] - anchor)
    above = np.all(line[:, :, None] >= others[None, None, :, :2], axis=3)
    below = np.all(line[:, :, None] <= others[None, None, :, 2:], axis=3)
    return np.asarray((above & below).any(axis=1).sum(axis=1), dtype=np.float64)
