"""States and moves: a picture of a graph in columns, from left to right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.pictures.sheet import (
    BAND,
    INK,
    MARGIN,
    SMALL,
    axes_at,
    clean,
    settings,
    shorten,
    start_sheet,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Arc", "Node", "draw_graph"]

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#b86fb0", "#7f6a00", "#56b4e9", "#8a8a8a", "#c03030")
DASHES = ((0, ()), (0, (6, 2)), (0, (2, 2)), (0, (7, 2, 1.5, 2)))
_ACROSS, _UP = 1.7, 0.62
_LEAST = 5.2


@dataclass(frozen=True, slots=True)
class Node:
    """A state: its label, its column from 0, how it is marked, and what it is in words.

    ``mark`` is ``start``, ``end`` or ``plain``.
    """

    label: str
    column: int
    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class Arc:
    """A move: from and to which node, by place, and whose it is, by place of its name."""

    start: int
    end: int
    owner: int


def draw_graph(
    nodes: Sequence[Node],
    arcs: Sequence[Arc],
    owners: Sequence[str],
    *,
    title: str | None = None,
    caption: str = "",
) -> Figure:
    """Return a picture of states and moves.

    Parameters
    ----------
    nodes
        In the order in which they stand within their columns.
    arcs
        Moves between them.
    owners
        Who moves; each has a colour and a dash of its own.

    Raises
    ------
    RequestError
        If matplotlib is not installed.

    Examples
    --------
    >>> from detente.pictures.files import svg_of
    >>> nodes = [Node("NN", 0, "start", "nothing is done"), Node("YN", 1, "end", "north moves")]
    >>> "YN: north moves" in svg_of(draw_graph(nodes, [Arc(0, 1, 0)], ["north"]))
    True
    """
    places = _places(nodes)
    columns = max(node.column for node in nodes) + 1
    tall = max(up for _, up in places) - min(up for _, up in places)
    width = max(_LEAST, columns * _ACROSS + 2 * MARGIN)
    height = (tall + 1.4) * _UP
    with settings():
        legend = 0.2 * len(owners) + 0.3
        figure, bottom = start_sheet(
            width, height + legend, title=clean(title or ""), caption=clean(caption)
        )
        axes = axes_at(figure, MARGIN, bottom + legend, width - 2 * MARGIN, height)
        axes.set_axis_off()
        axes.set_xlim(-0.5, columns - 0.5)
        low = min(up for _, up in places)
        axes.set_ylim(low - 0.7, low + tall + 0.7)
        for arc in arcs:
            _draw_arc(axes, places[arc.start], places[arc.end], arc.owner)
        for place, (node, (across, up)) in enumerate(zip(nodes, places, strict=True)):
            _draw_node(axes, node, across, up, place)
        _legend(figure, owners, bottom + legend - 0.1)
    figure.set_label(clean(title or "States and moves"))
    return figure


def _places(nodes: Sequence[Node]) -> list[tuple[float, float]]:
    """Where each node stands: its column, and evenly around the middle within it."""
    columns: dict[int, list[int]] = defaultdict(list)
    for place, node in enumerate(nodes):
        columns[node.column].append(place)
    found = [(0.0, 0.0)] * len(nodes)
    for column, members in columns.items():
        for row, place in enumerate(members):
            shift = 0.14 * ((row % 2) - 0.5) if len(members) > 2 else 0.0
            found[place] = (column + shift, (len(members) - 1) / 2.0 - row)
    return found


def _draw_arc(axes: Axes, start: tuple[float, float], end: tuple[float, float], owner: int) -> None:
    same = abs(start[0] - end[0]) < 0.5
    bend = 0.32 if same else 0.1 if start[0] < end[0] else -0.18
    axes.annotate(
        "",
        xy=end,
        xytext=start,
        arrowprops={
            "arrowstyle": "-|>,head_length=0.5,head_width=0.22",
            "color": COLOURS[owner % len(COLOURS)],
            "linestyle": DASHES[owner % len(DASHES)],
            "linewidth": 1.1,
            "alpha": 0.85,
            "shrinkA": 17,
            "shrinkB": 17,
            "connectionstyle": f"arc3,rad={bend}",
        },
        zorder=1,
    )


def _draw_node(axes: Axes, node: Node, across: float, up: float, place: int) -> None:
    looks = {
        "end": {"facecolor": BAND, "alpha": 0.28, "edgecolor": BAND, "linewidth": 1.6},
        "start": {"facecolor": "none", "edgecolor": INK, "linewidth": 1.8},
        "plain": {"facecolor": "none", "edgecolor": INK, "linewidth": 0.6, "alpha": 0.5},
    }
    text = axes.text(
        across,
        up,
        shorten(clean(node.label), 14),
        ha="center",
        va="center",
        zorder=3,
        fontsize=SMALL,
        family="sans-serif",
        color=INK,
        weight="bold" if node.mark != "plain" else "normal",
    )
    text.set_bbox({"boxstyle": "round,pad=0.35", **looks[node.mark]})
    spot = axes.scatter([across], [up], s=420, color=INK, alpha=0.0, zorder=4)
    spot.set_gid(f"state-{place}")
    spot.set_label(f"{clean(node.label)}: {clean(node.words)}")


def _legend(figure: Figure, owners: Sequence[str], top: float) -> None:
    from matplotlib.lines import Line2D

    handles = [
        Line2D(
            [],
            [],
            color=COLOURS[place % len(COLOURS)],
            linewidth=1.4,
            linestyle=DASHES[place % len(DASHES)],
            label=shorten(clean(owner), 50),
        )
        for place, owner in enumerate(owners)
    ]
    across, up = figure.get_size_inches()
    figure.legend(
        handles=handles,
        frameon=False,
        loc="upper left",
        fontsize=SMALL,
        handlelength=3.2,
        bbox_to_anchor=((MARGIN - 0.1) / across, top / up),
        borderpad=0.0,
    )
