"""Bars over time, one row for each norm, with events as marks on the axis."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from detente.pictures.sheet import INK, MARGIN, axes_at, clean, settings, shorten, start_sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["STATE_LOOKS", "draw_timeline"]

STATE_LOOKS: dict[str, tuple[str, str]] = {
    "in-force": ("#56b4e9", ""),
    "fulfilled": ("#009e73", ""),
    "violated": ("#d55e00", "////"),
    "cured": ("#e69f00", ""),
    "suspended": ("#999999", "...."),
    "waived": ("#cccccc", ""),
    "lapsed": ("#cccccc", "\\\\"),
    "void": ("#cccccc", "xx"),
    "dormant": ("#eeeeee", ""),
}
"""Colour and hatching of each state: no state is told by colour alone."""

_MOST = 80
_WIDTH = 9.0
_NAMES = 3.0
_ROW = 0.24


def draw_timeline(
    title: str,
    rows: Sequence[tuple[str, Sequence[tuple[str, datetime.date, datetime.date]]]],
    marks: Sequence[tuple[datetime.date, str]] = (),
) -> Figure:
    """Return a picture of norms over time.

    Parameters
    ----------
    rows
        What each norm is called, and its spells: state, first day, and the day after the last.
    marks
        Days of events, with their names.

    Examples
    --------
    >>> from detente.pictures.files import svg_of
    >>> first, last = datetime.date(2025, 1, 1), datetime.date(2025, 3, 1)
    >>> figure = draw_timeline("A treaty", [("Pay", [("in-force", first, last)])])
    >>> "Pay: in-force, 2025-01-01 to 2025-03-01" in svg_of(figure)
    True
    """
    shown = list(rows)[:_MOST]
    left = len(rows) - len(shown)
    caption = f"{left} more norms are not drawn." if left else ""
    with settings():
        from matplotlib.patches import Patch

        dates: Any = import_module("matplotlib.dates")

        height = _ROW * (len(shown) + 1)
        figure, bottom = start_sheet(_WIDTH, height + 0.75, title=clean(title), caption=caption)
        axes = axes_at(figure, _NAMES, bottom + 0.65, _WIDTH - _NAMES - 2 * MARGIN, height)
        seen: dict[str, Patch] = {}
        for row, (name, spells) in enumerate(shown):
            for place, (state, start, end) in enumerate(spells):
                colour, hatch = STATE_LOOKS[state]
                begin, width = dates.date2num(start), dates.date2num(end) - dates.date2num(start)
                (bar,) = axes.barh(row, width, 0.7, begin, color=colour, hatch=hatch, linewidth=0.0)
                bar.set_gid(f"spell-{row}-{place}")
                bar.set_label(f"{clean(name)}: {state}, {start} to {end}")
                seen.setdefault(state, Patch(facecolor=colour, hatch=hatch, label=state))
        for place, (day, name) in enumerate(marks):
            (mark,) = axes.plot(
                [dates.date2num(day)], [len(shown)], marker="^", markersize=5, color=INK
            )
            axes.axvline(dates.date2num(day), color=INK, alpha=0.15, linewidth=0.7, zorder=0)
            mark.set_gid(f"event-{place}")
            mark.set_label(f"{day}: {clean(name)}")
        axes.set_yticks(
            range(len(shown) + 1), [*(shorten(clean(name), 38) for name, _ in shown), "events"]
        )
        locator = dates.AutoDateLocator()
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))
        axes.set_ylim(len(shown) + 0.6, -0.6)
        axes.tick_params(axis="y", length=0)
        if seen:
            handles = [seen[state] for state in STATE_LOOKS if state in seen]
            axes.legend(
                handles=handles, frameon=False, ncols=len(handles), loc="upper center",
                bbox_to_anchor=(0.4, -0.3 / height), borderaxespad=0.0,
            )  # fmt: skip
    figure.set_label(f"Timeline: {clean(title)}")
    return figure
