"""Who holds how much: a picture of power indices side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.pictures.sheet import (
    INK,
    MARGIN,
    axes_at,
    clean,
    number,
    settings,
    shorten,
    start_sheet,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["draw_power"]

_MOST = 40
_WIDTH = 6.6
_NAMES = 2.0
_LOOKS = (("o", "#0072b2"), ("D", "#d55e00"))


def draw_power(
    title: str, members: Sequence[str], indices: Sequence[tuple[str, Sequence[float]]]
) -> Figure:
    """Return a picture of one or two indices, a row for every member, the strongest on top.

    Parameters
    ----------
    members
        Their names; of more than 40 the strongest are drawn.
    indices
        What each is called, and its values, one for each member.

    Examples
    --------
    >>> from detente.pictures.files import svg_of
    >>> figure = draw_power("A council", ["north", "south"], [("Banzhaf", [0.75, 0.25])])
    >>> "north: Banzhaf 0.75" in svg_of(figure)
    True
    """
    first = indices[0][1]
    order = sorted(range(len(members)), key=lambda place: -first[place])[:_MOST]
    left = len(members) - len(order)
    caption = f"{left} weaker members are not drawn." if left else ""
    with settings():
        rows = 0.24 * len(order)
        figure, bottom = start_sheet(_WIDTH, rows + 0.55, title=clean(title), caption=caption)
        axes = axes_at(figure, _NAMES, bottom + 0.4, _WIDTH - _NAMES - 2 * MARGIN, rows)
        axes.set_yticks(range(len(order)), [shorten(clean(members[p]), 28) for p in order])
        far = [max(values[p] for _, values in indices) for p in order]
        axes.hlines(range(len(order)), 0.0, far, color=INK, alpha=0.25, linewidth=1.0)
        for (label, values), (shape, colour) in zip(indices, _LOOKS, strict=False):
            spots = [values[p] for p in order]
            axes.scatter(
                spots, range(len(order)), marker=shape, s=32, color=colour, label=label, zorder=3
            )
        axes.legend(frameon=False, loc="lower right")
        for row, place in enumerate(order):
            words = "; ".join(f"{label} {number(values[place])}" for label, values in indices)
            spot = axes.scatter([far[row]], [row], s=140, color=INK, alpha=0.0, zorder=4)
            spot.set_gid(f"member-{row}")
            spot.set_label(f"{clean(members[place])}: {words}")
        axes.set_xlim(left=0.0)
        axes.set_ylim(len(order) - 0.5, -0.5)
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
    figure.set_label(f"Power: {clean(title)}")
    return figure
