"""Points, marks and their labels on the axes of a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.pictures.labels import place_labels
from detente.pictures.scene import LOOKS, Scene, Spot
from detente.pictures.sheet import DPI, FRONTIER, INK, SMALL, measure

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "add_legend",
    "draw_points",
    "draw_spot",
    "in_points",
    "kind_handle",
    "kind_handles",
    "write_beside",
]

Array = NDArray[np.float64]

LEAD = 9.0
"""A label farther than this from what it names, in points, has a line to it."""


def draw_points(axes: Axes, places: Array, *, size: float, colour: str = FRONTIER) -> None:
    """Draw the points of a frontier as one path of dots, small in a page and quick to show."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    if not len(places):
        return
    low, high = axes.get_xlim()
    dot = np.asarray([(high - low) * 1e-4, 0.0])  # a line too short to be seen, with round ends
    vertices = np.stack([places, places + dot], axis=1).reshape(-1, 2)
    codes = np.tile([Path.MOVETO, Path.LINETO], len(places))
    axes.add_patch(
        PathPatch(
            Path(vertices, codes),
            facecolor="none",
            edgecolor=colour,
            linewidth=size,
            capstyle="round",
            alpha=0.9 if len(places) <= 400 else 0.65,
            zorder=2.0,
            label="frontier",
            clip_on=False,
            snap=False,
        )
    )


def draw_spot(
    axes: Axes, spot: Spot, place: Array, *, colour: str | None = None, size: float = 1.0
) -> None:
    """Draw the mark of one place; where marks of several kinds coincide, one around the other."""
    for depth, kind in enumerate(spot.kinds):
        look = LOOKS[kind]
        drawn = axes.scatter(
            float(place[0]),
            float(place[1]),
            s=size * look.area * (1.0 + 1.6 * depth),
            marker=look.shape,
            facecolors="none" if depth else colour or look.colour,
            edgecolors=INK,
            linewidths=0.8,
            zorder=4.0,
            clip_on=False,
            label=spot.words,
        )
        drawn.set_gid(f"mark-{axes.get_label()}-{len(axes.collections)}")


def kind_handles(scene: Scene, *, filled: bool = True) -> list[Artist]:
    """What the shapes mean, those that are in the picture."""
    used = {kind for spot in scene.spots for kind in spot.kinds}
    return [kind_handle(kind, kind, filled=filled) for kind in LOOKS if kind in used]


def kind_handle(kind: str, label: str, *, filled: bool = True) -> Artist:
    """The shape of a kind of mark as it stands in a list."""
    from matplotlib.lines import Line2D

    look = LOOKS[kind]
    return Line2D(
        [],
        [],
        linestyle="none",
        marker=look.shape,
        markersize=look.area**0.5,
        markerfacecolor=look.colour if filled else "none",
        markeredgecolor=INK,
        markeredgewidth=0.8,
        label=label,
    )


def add_legend(
    figure: Figure, handles: list[Artist], corner: tuple[float, float], *, columns: int = 1
) -> None:
    """Add a list of what is drawn, its upper left corner in inches."""
    figure.legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=corner,
        bbox_transform=figure.dpi_scale_trans,
        ncols=columns,
        borderaxespad=0.0,
        borderpad=0.0,
        columnspacing=1.2,
        labelspacing=0.4,
        handletextpad=0.5,
        frameon=False,
        fontsize=SMALL,
    )


def in_points(axes: Axes, places: Array) -> Array:
    """Return places as points of the sheet, ``(places, 2)``."""
    return np.asarray(axes.transData.transform(places)) * (72.0 / DPI)


def write_beside(
    axes: Axes, places: Array, words: list[str], *, points: Array, boxes: Array, **look: str
) -> bool:
    """Write words beside places, with a line where they are not near; return whether all fit.

    Parameters
    ----------
    places
        ``(words, 2)``: what is named.
    points
        ``(points, 2)``: what words should not cover where they can help it, in points of the sheet.
    boxes
        ``(boxes, 4)``: what they must not cover, in the same.
    """
    if not words:
        return True
    texts = [
        axes.annotate(
            word,
            _pair(place),
            xytext=(0, 0),
            textcoords="offset points",
            ha="center",
            va="center",
            color=INK,
            zorder=5.0,
            annotation_clip=False,
            fontweight=look.get("fontweight", "normal"),
        )
        for word, place in zip(words, places, strict=True)
    ]
    measured = np.vstack([measure(text) for text in texts])
    sizes = measured[:, 2:] - measured[:, :2] + 2.0
    anchors = in_points(axes, places)
    placed = place_labels(
        anchors,
        sizes,
        inside=np.asarray(axes.bbox.extents) * (72.0 / DPI) + np.asarray([1.0, 1.0, 4.0, 4.0]),
        points=points,
        boxes=boxes,
    )
    rows = zip(texts, placed.centres, places, anchors, sizes, strict=True)
    for text, centre, place, anchor, size in rows:
        text.set_position(_pair(centre - anchor))
        nearest = np.clip(anchor, centre - size / 2, centre + size / 2)
        if np.hypot(*(nearest - anchor)) > LEAD:
            _lead(axes, place, nearest - anchor)
    return not placed.crowded


def _lead(axes: Axes, place: Array, away: Array) -> None:
    """A line from a label to what it names."""
    axes.annotate(
        "",
        _pair(place),
        xytext=_pair(away),
        textcoords="offset points",
        arrowprops={
            "arrowstyle": "-",
            "color": INK,
            "alpha": 0.6,
            "linewidth": 0.6,
            "shrinkA": 0.0,
            "shrinkB": 2.0,
        },
        annotation_clip=False,
        zorder=4.5,
    )


def _pair(values: Array) -> tuple[float, float]:
    return float(values[0]), float(values[1])
