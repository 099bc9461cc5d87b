"""Where everybody stands on a scale, and where bargaining may end: a picture of a forecast.

A row for every actor, from the lowest position to the highest, with a circle whose area is its
share of effective power; below, a row for every model, with the interval in which 80 % of outcomes
lie. The forecast and its interval run as a band through all rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detente.pictures.sheet import (
    BAND,
    FRONTIER,
    INK,
    MARGIN,
    SMALL,
    SOFT,
    axes_at,
    clean,
    number,
    settings,
    shorten,
    start_sheet,
    tick_words,
    write,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Aim", "Panel", "Stand", "draw_panels"]

WIDTH = 5.0
"""Width of the scale, in inches."""
NAMES = 1.95
"""Width of the names of rows, in inches."""
ROW = 0.23
GAP = 0.3
"""Heights of a row and of the space between actors and models, in inches."""
LARGEST = 0.115
"""Radius of the largest circle, in inches."""
MOST = 40
"""Of more actors the weightiest are drawn."""
CAPTION = (
    "Circles: positions, their area by capability times salience. Diamonds: models, with the range "
    "of 80 % of outcomes, which comes from errors on decisions of the European Union. Band: the "
    "same for the compromise mean."
)


@dataclass(frozen=True, slots=True)
class Stand:
    """An actor: its name, where it stands, and its share of all effective power, 0..1."""

    name: str
    place: float
    share: float


@dataclass(frozen=True, slots=True)
class Aim:
    """A model: its name, its forecast, its interval, and whether it is the one that leads."""

    name: str
    place: float
    interval: tuple[float, float]
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One question: its name and scale, who stands where, and what models say.

    ``reference`` is what holds without a decision, ``outcome`` what was decided; None where nobody
    knows.
    """

    name: str
    scale: tuple[float, float]
    stands: tuple[Stand, ...]
    aims: tuple[Aim, ...]
    reference: float | None = None
    outcome: float | None = None


def draw_panels(panels: Sequence[Panel], *, title: str | None = None) -> Figure:
    """Return a picture with a panel for every question, one below the other.

    Raises
    ------
    RequestError
        If matplotlib is not installed.

    Examples
    --------
    >>> from detente.pictures.files import svg_of
    >>> stands = (Stand("north", 20.0, 0.25), Stand("south", 60.0, 0.75))
    >>> aims = (Aim("compromise", 50.0, (12.4, 87.6), leads=True),)
    >>> "north: 20, 25 %" in svg_of(draw_panels([Panel("toll", (0, 100), stands, aims)]))
    True
    """
    kept = [_thinned(panel) for panel in panels]
    left_out = sum(len(old.stands) - len(new.stands) for old, new in zip(panels, kept, strict=True))
    caption = CAPTION + (f" Not drawn: {left_out} actors of least power." if left_out else "")
    heights = [_height(panel) for panel in kept]
    above = [_above(panel) for panel in kept]
    below = 0.5  # the numbers of the scale
    body = sum(heights) + sum(above) + below * len(kept)
    with settings():
        width = MARGIN + NAMES + WIDTH + 0.25 + MARGIN
        figure, bottom = start_sheet(width, body, title=title and clean(title), caption=caption)
        top = bottom + body
        for panel, height, heading in zip(kept, heights, above, strict=True):
            write(figure, MARGIN, top, shorten(clean(panel.name), 90), size=10.0, weight="bold")
            _panel(figure, panel, top - heading - height, height)
            top -= heading + height + below
        names = ", ".join(clean(panel.name) for panel in kept)
    figure.set_label(title or f"Positions and forecasts: {names}")
    return figure


def _thinned(panel: Panel) -> Panel:
    weighty = sorted(panel.stands, key=lambda stand: -stand.share)[:MOST]
    ordered = sorted(weighty, key=lambda stand: (stand.place, -stand.share, stand.name))
    return Panel(
        panel.name, panel.scale, tuple(ordered), panel.aims, panel.reference, panel.outcome
    )


def _height(panel: Panel) -> float:
    return ROW * (len(panel.stands) + len(panel.aims)) + GAP


def _above(panel: Panel) -> float:
    """Room for a panel's name and, below it, as many lines as the marks of its band may need."""
    known = (panel.outcome, panel.reference)
    return 0.36 + 0.14 * sum(value is not None for value in known)


def _panel(figure: Figure, panel: Panel, base: float, height: float) -> None:
    from matplotlib.ticker import MaxNLocator

    axes = axes_at(figure, MARGIN + NAMES, base, WIDTH, height)
    low, high = panel.scale
    axes.set_xlim(low, high)
    axes.set_ylim(0.0, height)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    values = MaxNLocator(6).tick_values(low, high)
    within = [value for value in values if low - 1e-9 <= value <= high + 1e-9]
    axes.set_xticks(within, tick_words(within), fontsize=SMALL)
    _band(axes, panel, height)
    rows = height - ROW * (np.arange(len(panel.stands)) + 0.5)
    largest = max((stand.share for stand in panel.stands), default=1.0) or 1.0
    for stand, row in zip(panel.stands, rows, strict=True):
        _row(axes, stand.name, float(row))
        radius = LARGEST * (stand.share / largest) ** 0.5
        drawn = axes.scatter(
            stand.place,
            float(row),
            s=max(2.0 * radius * 72.0, 2.5) ** 2,
            facecolors=FRONTIER,
            edgecolors="none",
            alpha=0.9,
            zorder=3.0,
            clip_on=False,
            label=f"{clean(stand.name)}: {number(stand.place)}, {100 * stand.share:.0f} %",
        )
        drawn.set_gid(f"stand-{axes.get_label()}-{len(axes.collections)}")
    for place, aim in enumerate(panel.aims):
        _aim(axes, aim, ROW * (len(panel.aims) - place - 0.5))


def _band(axes: Axes, panel: Panel, height: float) -> None:
    """The forecast that leads through all rows, and what is known besides, with their names."""
    marks: list[tuple[float, str]] = []
    lead = next((aim for aim in panel.aims if aim.leads), None)
    if lead is not None:
        axes.axvspan(*lead.interval, facecolor=BAND, alpha=0.13, linewidth=0.0, zorder=0.2)
        axes.axvline(lead.place, color=BAND, linewidth=1.4, zorder=1.0)
        marks.append((lead.place, f"forecast {number(lead.place)}"))
    if panel.outcome is not None:
        axes.axvline(panel.outcome, color=INK, linewidth=1.1, zorder=1.0)
        marks.append((panel.outcome, f"outcome {number(panel.outcome)}"))
    if panel.reference is not None:
        line = axes.axvline(panel.reference, color=INK, alpha=SOFT, linewidth=1.0, zorder=0.9)
        line.set_linestyle((0, (2, 2)))
        marks.append((panel.reference, "reference point"))
    low, high = panel.scale
    ends: list[float] = []  # where the words of every line above end, lowest line first
    for place, words in sorted(marks):
        half = 0.031 * len(words)
        centre = (place - low) / (high - low) * WIDTH
        centre = min(max(centre, half), WIDTH - half)
        line_above = next((n for n, end in enumerate(ends) if centre - half > end), len(ends))
        ends[line_above : line_above + 1] = [centre + half + 0.08]
        axes.annotate(
            words,
            (low + centre / WIDTH * (high - low), height),
            xytext=(0, 2.0 + 10.0 * line_above),
            textcoords="offset points",
            ha="center",
            va="bottom",
            color=INK,
            annotation_clip=False,
        )


def _row(axes: Axes, name: str, row: float, *, weight: str = "normal") -> None:
    """A row's name and the line it stands on."""
    axes.axhline(row, color=INK, alpha=0.13, linewidth=0.6, zorder=0.5)
    axes.annotate(
        shorten(clean(name), 30),
        (0.0, row),
        xycoords=axes.get_yaxis_transform(),
        xytext=(-12, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        color=INK,
        fontweight=weight,
        annotation_clip=False,
    )


def _aim(axes: Axes, aim: Aim, row: float) -> None:
    _row(axes, aim.name, row, weight="bold" if aim.leads else "normal")
    colour = BAND if aim.leads else INK
    strength = 0.9 if aim.leads else 0.5
    axes.plot(
        aim.interval,
        (row, row),
        color=colour,
        alpha=strength,
        linewidth=2.0 if aim.leads else 1.1,
        solid_capstyle="butt",
        zorder=2.0,
    )
    low, high = (number(each) for each in aim.interval)
    drawn = axes.scatter(
        aim.place,
        row,
        s=46.0 if aim.leads else 30.0,
        marker="D",
        facecolors=colour,
        edgecolors="none",
        zorder=3.0,
        clip_on=False,
        label=f"{clean(aim.name)}: {number(aim.place)}, 80 % from {low} to {high}",
    )
    drawn.set_gid(f"aim-{axes.get_label()}-{len(axes.collections)}")
