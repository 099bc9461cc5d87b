"""A picture of shares with their intervals, one row to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.pictures.sheet import (
    INK,
    MARGIN,
    SOFT,
    axes_at,
    clean,
    settings,
    shorten,
    start_sheet,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Row", "draw_shares"]

_MOST = 60
_WIDTH = 7.6
_NAMES = 3.0
_COUNTS = 1.0
_COLOUR, _THIN = "#0072b2", "#d55e00"


@dataclass(frozen=True, slots=True)
class Row:
    """A share with its interval, from 0 to 1.

    Parameters
    ----------
    note
        What stands at the end of the row, such as the counts.
    thin
        Whether it rests on few cases; it is drawn hollow.
    """

    label: str
    share: float
    low: float
    high: float
    note: str = ""
    thin: bool = False


def draw_shares(title: str, rows: Sequence[Row], *, caption: str) -> Figure:
    """Return a picture of shares, the first row on top; of more than 60 the first are drawn.

    Examples
    --------
    >>> from detente.pictures.files import svg_of
    >>> row = Row("Ceasefire", 0.46, 0.44, 0.48, "855 of 1868")
    >>> text = svg_of(draw_shares("Precedents", [row], caption="Intervals of 95 %."))
    >>> "Ceasefire: 46 %, 44 to 48 %, 855 of 1868" in text, "currentColor" in text
    (True, True)
    """
    drawn = rows[:_MOST]
    left = len(rows) - len(drawn)
    words = f"{caption} {left} more are not drawn." if left else caption
    with settings():
        tall = 0.24 * max(1, len(drawn))
        figure, bottom = start_sheet(_WIDTH, tall + 0.6, title=clean(title), caption=words)
        across = _WIDTH - _NAMES - _COUNTS - 2 * MARGIN
        axes = axes_at(figure, _NAMES, bottom + 0.45, across, tall)
        axes.set_yticks(range(len(drawn)), [shorten(clean(row.label), 42) for row in drawn])
        for place, row in enumerate(drawn):
            colour = _THIN if row.thin else _COLOUR
            axes.plot([row.low, row.high], [place, place], color=colour, linewidth=2.0, alpha=0.5)
            fill = "none" if row.thin else colour
            axes.scatter(
                [row.share], [place], s=30, color=colour, facecolors=fill, zorder=3, clip_on=False
            )
            axes.annotate(
                clean(row.note), (1.02, place), xycoords=("axes fraction", "data"), va="center",
                color=INK, alpha=SOFT, annotation_clip=False,
            )  # fmt: skip
            spot = axes.scatter([row.share], [place], s=140, color=INK, alpha=0.0, zorder=4)
            spot.set_gid(f"share-{place}")
            spot.set_label(_told(row))
        axes.set_xlim(0.0, 1.0)
        axes.set_xticks([0.0, 0.25, 0.5, 0.75, 1.0], ["0", "25 %", "50 %", "75 %", "100 %"])
        axes.set_ylim(len(drawn) - 0.5, -0.5)
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
    figure.set_label(clean(title))
    return figure


def _told(row: Row) -> str:
    figures = f"{100 * row.share:.0f} %, {100 * row.low:.0f} to {100 * row.high:.0f} %"
    note = f", {clean(row.note)}" if row.note else ""
    return f"{clean(row.label)}: {figures}{note}"
