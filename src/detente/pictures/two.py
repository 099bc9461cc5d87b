"""The frontier of one or two parties: every package a point in the plane."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.pictures.marking import (
    add_legend,
    draw_points,
    draw_spot,
    in_points,
    kind_handle,
    kind_handles,
    write_beside,
)
from detente.pictures.scene import Scene, thin
from detente.pictures.sheet import (
    BAND,
    DPI,
    FRONTIER,
    INK,
    MARGIN,
    SMALL,
    SOFT,
    axes_at,
    measure,
    number,
    shorten,
    start_sheet,
    tick_words,
    wrapped,
)

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_two"]

Array = NDArray[np.float64]

PLANE = (5.7, 4.4)
STRIP = (5.7, 1.1)
SIDE = 2.8
"""Width of the list beside a plot whose marks are numbered."""
NUMBERED = 14
"""More marks than this are numbered even where their labels would have room."""
ROW = 0.19
"""Height of a line of a list, in inches."""
NAME = 9.5
"""Size of the letters that name an axis, in points."""
COLUMNS = 4
LINES = 30
"""Points along a line that labels should rather not cross."""
ZONE = "zone of possible agreement"


def draw_two(scene: Scene) -> Figure:
    """Return the picture for one or two parties; marks are numbered where labels have no room."""
    if len(scene.spots) <= NUMBERED:
        figure, axes, boxes = _plot(scene, listed=False)
        words = [wrapped(spot.label, 2.1, lines=3) for spot in scene.spots]
        if _label(axes, scene, words, boxes):
            return figure
    figure, axes, boxes = _plot(scene, listed=True)
    _label(axes, scene, [str(place + 1) for place in range(len(scene.spots))], boxes)
    return figure


def _plot(scene: Scene, *, listed: bool) -> tuple[Figure, Axes, Array]:
    """The picture without labels, and the boxes that labels must not cover."""
    flat = len(scene.parties) == 1
    width, height = STRIP if flat else PLANE
    names = [f"{place + 1}  {spot.label}" for place, spot in enumerate(scene.spots)]
    names = [wrapped(name, SIDE - 0.6).replace("\n", "\n    ") for name in names]
    if listed:
        height = max(height, sum(name.count("\n") + 1.25 for name in names) * 0.165)
    up = [] if flat else tick_words(scene.scales[1].ticks(6))
    left = MARGIN + (0.1 if flat else 0.45 + 0.075 * max(map(len, up), default=0))
    under = 0.42 + 0.16 * len(_name(scene, 0, width).splitlines())
    kinds = {kind for spot in scene.spots for kind in spot.kinds}
    rows = -(-(len(kinds) + (1 if flat else 3)) // COLUMNS)
    above = 0.1 if scene.shown[0] is None else 0.32
    figure, bottom = start_sheet(
        left + width + 0.3 + MARGIN + (SIDE if listed else 0.0),
        under + rows * ROW + height + above,
        title=scene.title,
        caption=scene.caption,
    )
    base = bottom + under + rows * ROW
    axes = axes_at(figure, left, base, width, height)
    _frame(axes, scene, width, height)
    handles = [*_frontier(axes, scene), *kind_handles(scene)]
    for spot in scene.spots:
        place = _plane(scene, np.asarray([spot.utilities]))[0]
        draw_spot(axes, spot, place, size=0.5 if listed else 1.0)
    boxes = _zone_words(axes, scene)
    if len(boxes):
        handles = [handle for handle in handles if handle.get_label() != ZONE]
    add_legend(figure, handles, (left, base - under + 0.02), columns=COLUMNS)
    if listed:
        found = zip(scene.spots, names, strict=True)
        listing = [kind_handle(spot.kinds[0], name) for spot, name in found]
        add_legend(figure, listing, (left + width + 0.4, base + height))
    return figure, axes, boxes


def _frame(axes: Axes, scene: Scene, width: float, height: float) -> None:
    """Axes with their names, numbers and reservations."""
    across = scene.scales[0]
    axes.set_xlim(*across.limits)
    axes.set_xticks(across.ticks(7), tick_words(across.ticks(7)), fontsize=SMALL)
    axes.set_xlabel(_name(scene, 0, width), fontsize=NAME)
    first = scene.shown[0]
    if first is not None:
        axes.axvline(first, color=INK, alpha=SOFT, linewidth=0.9, linestyle=(0, (5, 3)))
        _reserve(axes, first, 1.0, upright=True)
    if len(scene.parties) == 1:
        axes.set_ylim(-1.0, 1.0)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        return
    up = scene.scales[1]
    axes.set_ylim(*up.limits)
    axes.set_yticks(up.ticks(6), tick_words(up.ticks(6)), fontsize=SMALL)
    axes.set_ylabel(_name(scene, 1, height), fontsize=NAME)
    second = scene.shown[1]
    if second is not None:
        axes.axhline(second, color=INK, alpha=SOFT, linewidth=0.9, linestyle=(0, (5, 3)))
        _reserve(axes, 1.0, second, upright=False)


def _name(scene: Scene, party: int, room: float) -> str:
    """What an axis is, on one line or two."""
    return wrapped(f"utility for {shorten(scene.parties[party], 90)}", room, size=NAME)


def _reserve(axes: Axes, across: float, up: float, *, upright: bool) -> None:
    """The name and number of a reservation, at the end of its line."""
    value = across if upright else up
    low, high = axes.get_xlim() if upright else axes.get_ylim()
    near = (value - low) / (high - low)
    hold = "left" if near < 0.15 else "right" if near > 0.85 else "center"
    level = {"left": "bottom", "right": "top", "center": "center"}[hold]
    axes.annotate(
        f"reservation {number(value)}",
        (across, up),
        xycoords=axes.get_xaxis_transform() if upright else axes.get_yaxis_transform(),
        xytext=(0, 4) if upright else (5, 0),
        textcoords="offset points",
        ha=hold if upright else "left",
        va="bottom" if upright else level,
        rotation=0 if upright else 270,
        color=INK,
        alpha=SOFT,
        annotation_clip=False,
    )


def _frontier(axes: Axes, scene: Scene) -> list[Artist]:
    """The points, what they dominate as a faint staircase, and the zone of possible agreement."""
    from matplotlib.lines import Line2D

    if not len(scene.drawn):
        return []
    many = len(scene.drawn)
    size = 5.0 if many <= 60 else 3.4 if many <= 400 else 2.2
    draw_points(axes, _plane(scene, scene.drawn), size=size)
    dot = Line2D([], [], linestyle="none", marker="o", color=FRONTIER, markeredgewidth=0.0)
    dot.set(markersize=5.0, label="frontier")
    handles: list[Artist] = [dot]
    if len(scene.parties) == 1:
        return handles
    corner = np.asarray([axes.get_xlim()[0], axes.get_ylim()[0]])
    stairs = _stairs(scene.drawn, corner)
    handles.append(_shade(axes, stairs, INK, 0.06, "dominated"))
    axes.plot(stairs[:-2, 0], stairs[:-2, 1], color=INK, alpha=0.25, linewidth=0.6, zorder=0.7)
    reached = _reached(scene)
    if len(reached):
        stairs = _stairs(reached, np.maximum(corner, scene.floors))
        handles.append(_shade(axes, stairs, BAND, 0.2, ZONE))
        handles[-1].set_gid("zone")
    return handles


def _shade(axes: Axes, outline: Array, colour: str, opacity: float, label: str) -> Artist:
    """An area of the plane."""
    (area,) = axes.fill(
        outline[:, 0],
        outline[:, 1],
        facecolor=colour,
        alpha=opacity,
        linewidth=0.0,
        zorder=0.5,
        label=label,
    )
    return area


def _reached(scene: Scene) -> Array:
    """Points of the frontier that reach every stated reservation, none where none is stated."""
    reached = np.all(scene.points >= scene.floors, axis=1)
    return thin(scene.points[reached & scene.stated])


def _stairs(points: Array, corner: Array) -> Array:
    """Outline of all that lies above a corner and below a point, ``(vertices, 2)``."""
    best = np.maximum.accumulate(points[::-1, 1])[::-1]
    across = np.repeat(np.concatenate([corner[:1], points[:, 0]]), 2)[1:]
    up = np.concatenate([np.repeat(best, 2), corner[1:]])
    return np.vstack([np.column_stack([across, up]), corner])


def _zone_words(axes: Axes, scene: Scene) -> Array:
    """The name of the zone inside it where it has room: its box, or none."""
    reached = _reached(scene)
    if len(scene.parties) == 1 or not len(reached):
        return np.zeros((0, 4))
    corner = np.maximum([axes.get_xlim()[0], axes.get_ylim()[0]], scene.floors)
    words = axes.annotate(
        ZONE,
        (float(corner[0]), float(corner[1])),
        xytext=(5, 5),
        textcoords="offset points",
        color=INK,
        alpha=SOFT,
        style="italic",
    )
    box = measure(words)
    end = axes.transData.inverted().transform(box[2:] * (DPI / 72.0))
    spots = [spot.utilities for spot in scene.spots]
    places = in_points(axes, np.asarray(spots).reshape(-1, 2))
    covers = np.all((places > box[:2] - 6.0) & (places < box[2:] + 6.0), axis=1).any()
    if covers or not np.any(np.all(reached >= end, axis=1)):
        words.remove()
        return np.zeros((0, 4))
    return box[None]


def _label(axes: Axes, scene: Scene, words: list[str], boxes: Array) -> bool:
    """Write a label beside every mark; return whether all have room."""
    spots = np.asarray([spot.utilities for spot in scene.spots])
    points = [in_points(axes, _plane(scene, scene.drawn))]
    left, bottom, right, top = np.asarray(axes.bbox.extents) * (72.0 / DPI)
    for party, reservation in enumerate(scene.shown):  # words should not stand on the lines
        if reservation is not None:
            own = in_points(axes, np.full((LINES, 2), reservation))
            own[:, 1 - party] = np.linspace(
                *((bottom, top) if party == 0 else (left, right)), LINES
            )
            points.append(own)
    return write_beside(
        axes,
        _plane(scene, spots) if words else spots,
        words,
        points=np.vstack(points),
        boxes=boxes,
    )


def _plane(scene: Scene, utilities: Array) -> Array:
    """Utilities as places in the plane; those of one party on a line."""
    if len(scene.parties) == 1:
        return np.column_stack([utilities[:, 0], np.zeros(len(utilities))])
    return utilities
