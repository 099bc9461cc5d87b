"""The frontier of three and more parties: every package a line over one axis for each party."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.pictures.labels import spread_apart
from detente.pictures.marking import add_legend, draw_points, draw_spot, kind_handles, write_beside
from detente.pictures.scene import Scene, Spot
from detente.pictures.sheet import (
    BAND,
    DPI,
    FRONTIER,
    INK,
    LINE,
    SMALL,
    SOFT,
    axes_at,
    number,
    start_sheet,
    tick_words,
    wrapped,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["draw_several"]

Array = NDArray[np.float64]

PAIRED = 5
"""Up to so many parties every pair of them has a panel of its own."""
WIDTH = 8.6
LABELS = 2.2
"""Width of the labels at the right of the lines."""
LEFT = 0.85
"""Space at the left of the first axis."""
FOOT = 0.35
"""Space below the lines for numbers."""
SHORT = "#8c8c8c"
"""The colour of points that do not reach every reservation."""
COLOURS = ("#d55e00", "#009e73", "#b86fb0", "#c08a00", "#0b84a5", "#8a8a8a", "#a05a2c")
DASHES = ((), (5, 2), (1.2, 1.5), (7, 2, 1.5, 2), (3, 1.2), (9, 3), (2, 3))


def draw_several(scene: Scene) -> Figure:
    """Return the picture for three and more parties."""
    count = len(scene.parties)
    words = [
        wrapped(f"{place + 1}  {spot.label}" if len(scene.spots) > 1 else spot.label, LABELS - 0.4)
        for place, spot in enumerate(scene.spots)
    ]
    tall = [(word.count("\n") + 1) * SMALL * LINE / 72.0 + 0.03 for word in words]
    lines = max(3.2, sum(tall))
    right = LABELS if words else LEFT
    width = max(WIDTH, 0.8 * (count - 1) + right + LEFT)
    room = min((width - LEFT - right) / (count - 1), 2.0 * LEFT) - 0.12
    names = [wrapped(name, room, lines=3) for name in scene.parties]
    head = 0.3 + max(name.count("\n") + 1 for name in names) * SMALL * LINE / 72.0
    panel = _panel(scene, width)
    below = 0.0 if not panel else 0.25 + (count - 1) * (panel + 0.18) + 0.45
    legend = 0.45 if not panel else 0.0
    figure, bottom = start_sheet(
        width,
        head + lines + FOOT + legend + below,
        title=scene.title,
        caption=scene.caption,
    )
    base = bottom + below + legend + FOOT
    axes = axes_at(figure, LEFT, base, width - LEFT - right, lines)
    _draw_lines(axes, scene)
    _draw_axes(axes, scene, names)
    _draw_marked(axes, scene, words, [height / lines for height in tall])
    if panel:
        _draw_pairs(figure, scene, panel, bottom + below - 0.25)
        corner = (LEFT + panel + 0.6, bottom + below - 0.25)
    else:
        corner = (LEFT - 0.2, bottom + legend)
    _explain(figure, scene, corner, columns=1 if panel else 3)
    return figure


def _panel(scene: Scene, width: float) -> float:
    """Width and height of the panel of a pair, in inches; 0 where there are none."""
    count = len(scene.parties)
    return min(2.4, (width - LEFT - 0.2) / (count - 1) - 0.18) if count <= PAIRED else 0.0


def _draw_lines(axes: Axes, scene: Scene) -> None:
    """The points of the frontier as lines."""
    from matplotlib.collections import LineCollection

    count = len(scene.parties)
    axes.set_xlim(0.0, count - 1.0)
    axes.set_ylim(0.0, 1.0)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_axis_off()
    reached = np.all(scene.drawn >= scene.floors, axis=1)
    opacity = float(np.clip(70.0 / (len(scene.drawn) + 1.0), 0.08, 0.8))
    shares = _shares(scene, scene.drawn)
    for chosen, colour, strength in ((~reached, SHORT, 0.7), (reached, FRONTIER, 1.0)):
        lines = np.stack(
            [np.broadcast_to(np.arange(count), shares[chosen].shape), shares[chosen]], axis=2
        )
        if len(lines):
            axes.add_collection(
                LineCollection(
                    list(lines),
                    colors=colour,
                    alpha=opacity * strength,
                    linewidths=0.7 if len(scene.drawn) > 40 else 1.2,
                    zorder=1.0,
                    clip_on=False,
                ),
                autolim=False,
            )


def _draw_axes(axes: Axes, scene: Scene, names: list[str]) -> None:
    """The axes of the parties with their ranges and reservations."""
    for place, (name, scale) in enumerate(zip(names, scene.scales, strict=True)):
        axes.axvline(place, color=INK, linewidth=0.9, zorder=2.0, clip_on=False)
        for level, value, hold in ((0.0, scale.low, "top"), (1.0, scale.high, "bottom")):
            _beside(axes, (place, level), number(value, 3), hold, 4.0, opacity=SOFT)
        _beside(axes, (place, 1.0), name, "bottom", 17.0)
        reservation = scene.shown[place]
        if reservation is not None:
            label = f"above the reservation of {scene.parties[place]}, {number(reservation)}"
            _reserve(axes, place, float(scale.share(reservation)), label)


def _reserve(axes: Axes, place: int, share: float, label: str) -> None:
    """The reservation of a party on its axis, and what is above it."""
    (zone,) = axes.plot(
        [place, place],
        [share, 1.0],
        color=BAND,
        alpha=0.3,
        linewidth=7.0,
        solid_capstyle="butt",
        zorder=0.5,
        clip_on=False,
        label=label,
    )
    zone.set_gid(f"zone-{axes.get_label()}-{len(axes.lines)}")
    axes.plot(
        [place],
        [share],
        marker="_",
        markersize=13.0,
        markeredgewidth=2.2,
        color=INK,
        zorder=2.5,
        clip_on=False,
    )


def _beside(
    axes: Axes,
    place: tuple[float, float],
    words: str,
    hold: str,
    away: float,
    *,
    opacity: float = 1.0,
) -> None:
    """Words above or below a place."""
    axes.annotate(
        words,
        place,
        xytext=(0.0, away if hold == "bottom" else -away),
        textcoords="offset points",
        ha="center",
        va=hold,
        annotation_clip=False,
        alpha=opacity,
    )


def _draw_marked(axes: Axes, scene: Scene, words: list[str], tall: list[float]) -> None:
    """The marked packages as bold lines, named at the right."""
    if not scene.spots:
        return
    end = len(scene.parties) - 1
    shares = _shares(scene, np.asarray([spot.utilities for spot in scene.spots]))
    levels = spread_apart([float(row[-1]) for row in shares], tall, 1.0)
    gap = 0.3 * DPI / float(axes.get_window_extent().width) * end
    for place, (spot, row) in enumerate(zip(scene.spots, shares, strict=True)):
        colour, dashes = _line(place)
        axes.plot(
            np.arange(end + 1),
            row,
            color=colour,
            linewidth=2.0,
            linestyle=(0, dashes),
            zorder=3.0,
            clip_on=False,
        )
        for party, share in enumerate(row):
            draw_spot(axes, spot, np.asarray([party, share]), colour=colour, size=0.6)
        axes.plot(
            [end, end + gap * 0.85],
            [row[-1], levels[place]],
            color=colour,
            linewidth=0.9,
            zorder=2.8,
            clip_on=False,
        )
        axes.text(end + gap, levels[place], words[place], va="center", linespacing=LINE - 0.15)


def _line(place: int) -> tuple[str, tuple[float, ...]]:
    """Colour and dashes of a marked package."""
    turn = place // len(COLOURS)
    return COLOURS[place % len(COLOURS)], DASHES[(place + turn) % len(DASHES)]


def _draw_pairs(figure: Figure, scene: Scene, panel: float, top: float) -> None:
    """A panel for every pair of parties, a lower triangle."""
    count = len(scene.parties)
    for row in range(1, count):
        for column in range(row):
            left = LEFT + column * (panel + 0.18)
            bottom = top - row * (panel + 0.18) + 0.18
            axes = axes_at(figure, left, bottom, panel, panel)
            _draw_pair(axes, scene, (column, row))
            _name_sides(axes, scene, (column, row), panel)


def _draw_pair(axes: Axes, scene: Scene, pair: tuple[int, int]) -> None:
    """One panel: points, reservations and marks as two parties value them."""
    first, second = (scene.scales[party] for party in pair)
    axes.set_xlim(*first.limits)
    axes.set_ylim(*second.limits)
    floors = [scene.reservations[party] for party in pair]
    corner = np.maximum([first.limits[0], second.limits[0]], scene.floors[list(pair)])
    end = np.asarray([first.limits[1], second.limits[1]])
    if any(floor is not None for floor in floors) and np.all(corner < end):
        zone = axes.fill(
            [corner[0], end[0], end[0], corner[0]],
            [corner[1], corner[1], end[1], end[1]],
            facecolor=BAND,
            alpha=0.15,
            linewidth=0.0,
            zorder=0.5,
            label="above the reservations of both",
        )[0]
        zone.set_gid(f"zone-{axes.get_label()}")
    for party, line in zip(pair, (axes.axvline, axes.axhline), strict=True):
        value = scene.shown[party]
        if value is not None:
            line(value, color=INK, alpha=SOFT, linewidth=0.8, linestyle=(0, (5, 3)))
    columns = list(pair)
    many = len(scene.drawn)
    size = 4.0 if many <= 40 else 2.6 if many <= 400 else 1.6
    reached = np.all(scene.drawn >= scene.floors, axis=1)
    for chosen, colour in ((~reached, SHORT), (reached, FRONTIER)):
        draw_points(axes, scene.drawn[chosen][:, columns], size=size, colour=colour)
    places = np.asarray([[spot.utilities[party] for party in pair] for spot in scene.spots])
    for place, spot in enumerate(scene.spots):
        draw_spot(axes, spot, places[place], colour=_line(place)[0], size=0.55)
    if len(scene.spots) > 1:
        names = _numbers(scene.spots, places)
        chosen = list(names)
        write_beside(
            axes,
            places[chosen],
            list(names.values()),
            points=np.zeros((0, 2)),
            boxes=np.zeros((0, 4)),
            fontweight="bold",
        )


def _numbers(spots: tuple[Spot, ...], places: Array) -> dict[int, str]:
    """Numbers of marks by the first mark at each place of a panel."""
    found: dict[tuple[float, ...], list[int]] = {}
    for place, _ in enumerate(spots):
        found.setdefault(tuple(places[place]), []).append(place)
    return {group[0]: ", ".join(str(each + 1) for each in group) for group in found.values()}


def _name_sides(axes: Axes, scene: Scene, pair: tuple[int, int], panel: float) -> None:
    """Names and numbers at the outer panels only."""
    column, row = pair
    for party, axis, outer in (
        (column, axes.xaxis, row == len(scene.parties) - 1),
        (row, axes.yaxis, column == 0),
    ):
        ticks = scene.scales[party].ticks(4)
        axis.set_ticks(ticks, tick_words(ticks) if outer else [""] * len(ticks), fontsize=7.5)
        if outer:
            axis.set_label_text(wrapped(scene.parties[party], panel), fontsize=SMALL)


def _explain(figure: Figure, scene: Scene, corner: tuple[float, float], *, columns: int) -> None:
    """What shapes, lines and shades mean."""
    from matplotlib.lines import Line2D

    handles = kind_handles(scene, filled=False)
    lines = [("frontier, reaches every reservation", FRONTIER, 0.9, 1.4)]
    if scene.stated:
        lines.append(("frontier, does not", SHORT, 0.7, 1.4))
    else:
        lines = [("frontier", FRONTIER, 0.9, 1.4)]
    lines = lines if len(scene.drawn) else []
    if scene.stated:
        lines.append(("above the reservation", BAND, 0.3, 7.0))
    for label, colour, opacity, thick in lines:
        line = Line2D([], [], color=colour, alpha=opacity, linewidth=thick, label=label)
        line.set_solid_capstyle("butt")
        handles.append(line)
    add_legend(figure, handles, corner, columns=columns)


def _shares(scene: Scene, utilities: Array) -> Array:
    """Utilities as shares of each party's range, ``(packages, parties)``."""
    columns = [scale.share(utilities[:, party]) for party, scale in enumerate(scene.scales)]
    return np.column_stack(columns)
