"""Where money comes from and where it goes: a Sankey diagram.

Accounts stand in columns, as bars whose height is what passes through them; bands between them are
as wide as what flows. Money runs from left to right; what runs back is hatched.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.pictures.sheet import (
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
    wrapped,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Flow", "Place", "draw_flows"]

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#b86fb0", "#8a7400", "#56b4e9", "#c03030", "#5b6ea8")
NOBODY = "#8a8f94"
"""The colour of accounts that nobody owns alone."""
WIDTH, TALLEST, LEAST_GAP = 8.6, 2.9, 0.34
"""Width of the sheet, height of the tallest column of bars, and space between bars, in inches."""
NAMES = 1.75
"""Width of the names at both sides, in inches."""
BAR = 0.13
THINNEST = 0.02
"""Width of a bar and height of the thinnest, in inches."""


@dataclass(frozen=True, slots=True)
class Place:
    """An account: its name, whose it is, and what it holds at first and at last.

    ``owner`` is None where nobody owns it alone; the sums are in the unit of the flows.
    """

    name: str
    owner: str | None
    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Flow:
    """What runs from one place to another, by their places in the list; and why."""

    giver: int
    taker: int
    amount: float
    words: str


@dataclass(slots=True)
class _Bar:
    """A bar on the sheet: left and lower edge and height, and how much of each side is used."""

    left: float
    low: float
    height: float
    given: float = 0.0
    taken: float = 0.0


def draw_flows(
    places: Sequence[Place],
    flows: Sequence[Flow],
    *,
    unit: str,
    title: str | None = None,
    caption: str = "",
) -> Figure:
    """Return a Sankey diagram of flows between places.

    Parameters
    ----------
    unit
        What amounts are counted in, such as ``billion USD``.

    Raises
    ------
    RequestError
        If matplotlib is not installed.

    Examples
    --------
    >>> from detente.pictures.files import svg_of
    >>> places = [Place("toll", None, 0.0, -3.0), Place("bridge", "north", 0.0, 3.0)]
    >>> drawn = draw_flows(places, [Flow(0, 1, 3.0, "every fare")], unit="million EUR")
    >>> "toll to bridge: 3 million EUR, every fare" in svg_of(drawn)
    True
    """
    kept = [flow for flow in flows if flow.amount > 0.0]
    columns = _columns(len(places), kept)
    used = sorted({each for flow in kept for each in (flow.giver, flow.taker)})
    owners = list(dict.fromkeys(each.owner for each in places if each.owner))
    with settings():
        bars, body = _bars(kept, columns, used)
        legend = 0.32 if len(owners) < 5 else 0.52
        figure, bottom = start_sheet(
            WIDTH, body + legend, title=clean(title or ""), caption=clean(caption)
        )
        axes = axes_at(figure, MARGIN, bottom + legend, WIDTH - 2 * MARGIN, body)
        axes.set_axis_off()
        axes.set_xlim(0.0, WIDTH - 2 * MARGIN)
        axes.set_ylim(0.0, body)
        scale = _scale(kept, columns, used)
        ordered = sorted(kept, key=lambda flow: (-bars[flow.giver].low, -bars[flow.taker].low))
        for place, flow in enumerate(ordered):
            _band(axes, places, bars, flow, (scale, place, owners, unit))
        last = max(columns.values(), default=0)
        for place in used:
            side = "left" if columns[place] == 0 else "right" if columns[place] == last else "over"
            _bar(
                axes, places[place], bars[place], (side, place, owners, unit, _through(kept, place))
            )
        if not kept:
            axes.text(0.0, body / 2, "No money moves.", va="center", color=INK)
        shown = [owner for owner in owners if any(places[each].owner == owner for each in used)]
        alone = all(places[each].owner for each in used)
        _legend(figure, [*shown, *([] if alone else [None])], owners, bottom + legend - 0.08)
    figure.set_label(clean(title or "Where money comes from and where it goes"))
    return figure


def _columns(count: int, flows: Sequence[Flow]) -> dict[int, int]:
    """The column of each place: one past the furthest that gives to it, by flows that run on.

    A flow that would close a circle, taken in order of size, runs back and counts for none.
    """
    ahead: dict[int, set[int]] = {place: set() for place in range(count)}
    for flow in sorted(flows, key=lambda each: -each.amount):
        if not _leads(ahead, flow.taker, flow.giver):
            ahead[flow.giver].add(flow.taker)
    columns = dict.fromkeys(range(count), 0)
    for _ in range(count):
        for giver, takers in ahead.items():
            for taker in takers:
                columns[taker] = max(columns[taker], columns[giver] + 1)
    for giver, takers in ahead.items():  # what only gives stands just before what it gives to
        if takers and not any(giver in each for each in ahead.values()):
            columns[giver] = min(columns[taker] for taker in takers) - 1
    return columns


def _leads(ahead: dict[int, set[int]], start: int, end: int) -> bool:
    seen, left = {start}, [start]
    while left:
        place = left.pop()
        if place == end:
            return True
        left += ahead[place] - seen
        seen |= ahead[place]
    return False


def _through(flows: Sequence[Flow], place: int) -> float:
    """What passes through a place: what comes to it or goes from it, whichever is more."""
    given = sum(flow.amount for flow in flows if flow.giver == place)
    taken = sum(flow.amount for flow in flows if flow.taker == place)
    return max(given, taken, 0.0)


def _scale(flows: Sequence[Flow], columns: dict[int, int], used: Sequence[int]) -> float:
    """Inches for one unit: the fullest column is as tall as may be."""
    sums = dict.fromkeys(columns.values(), 0.0)
    for place in used:
        sums[columns[place]] += _through(flows, place)
    fullest = max(sums.values(), default=0.0)
    tall = min(TALLEST, 0.45 * len(used))  # two bars do not fill a sheet
    scale = tall / fullest if fullest else 0.0
    return scale if math.isfinite(scale) else 0.0  # amounts too small to be divided by


def _bars(
    flows: Sequence[Flow], columns: dict[int, int], used: Sequence[int]
) -> tuple[dict[int, _Bar], float]:
    scale = _scale(flows, columns, used)
    members: dict[int, list[int]] = {}
    for place in used:
        members.setdefault(columns[place], []).append(place)
    heights = {place: max(THINNEST, _through(flows, place) * scale) for place in used}
    tall = {
        column: sum(heights[place] for place in inside) + LEAST_GAP * len(inside)
        for column, inside in members.items()
    }
    body = max(tall.values(), default=0.6) + 0.15
    last = max(columns.values(), default=0) or 1
    room = WIDTH - 2 * MARGIN - 2 * NAMES - BAR
    bars: dict[int, _Bar] = {}
    middles: dict[int, float] = {}
    for column in sorted(members):
        inside = sorted(members[column], key=lambda place: _wanted(flows, middles, place, -place))
        top = body - (body - tall[column]) / 2.0
        for place in inside:
            low = top - LEAST_GAP / 2.0 - heights[place]
            bars[place] = _Bar(NAMES + room * column / last, low, heights[place])
            middles[place] = low + heights[place] / 2.0
            top = low - LEAST_GAP / 2.0
    return bars, body


def _wanted(
    flows: Sequence[Flow], middles: dict[int, float], place: int, order: float
) -> tuple[float, float]:
    """Where a place wants to stand, upmost first: level with what gives to it."""
    giving = [flow for flow in flows if flow.taker == place and flow.giver in middles]
    total = sum(flow.amount for flow in giving)
    level = sum(flow.amount * middles[flow.giver] for flow in giving) / total if total else 1e9
    return (-level, -order)


def _band(
    axes: Axes,
    places: Sequence[Place],
    bars: dict[int, _Bar],
    flow: Flow,
    look: tuple[float, int, Sequence[str], str],
) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    scale, place, owners, unit = look
    giver, taker = bars[flow.giver], bars[flow.taker]
    thick = max(flow.amount * scale, 0.004)
    start, end = giver.left + BAR, taker.left
    top = giver.low + giver.height - giver.given
    goal = taker.low + taker.height - taker.taken
    giver.given += flow.amount * scale
    taker.taken += flow.amount * scale
    back = end <= start
    if back:
        start, end = giver.left, taker.left + BAR
    bend = (start + end) / 2.0
    corners = [
        (start, top), (bend, top), (bend, goal), (end, goal),
        (end, goal - thick), (bend, goal - thick), (bend, top - thick), (start, top - thick),
        (start, top),
    ]  # fmt: skip
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    patch = PathPatch(
        Path(corners, [int(code) for code in codes]),
        facecolor=_colour(places[flow.giver].owner, owners),
        edgecolor="none",
        alpha=0.42,
        hatch="////" if back else None,
        zorder=1.0,
    )
    patch.set_gid(f"flow-{place}")
    names = f"{clean(places[flow.giver].name)} to {clean(places[flow.taker].name)}"
    patch.set_label(f"{names}: {number(flow.amount)} {unit}, {clean(flow.words)}")
    axes.add_patch(patch)


def _bar(
    axes: Axes, place: Place, bar: _Bar, look: tuple[str, int, Sequence[str], str, float]
) -> None:
    from matplotlib.patches import Rectangle

    side, index, owners, unit, through = look
    drawn = Rectangle(
        (bar.left, bar.low),
        BAR,
        bar.height,
        facecolor=_colour(place.owner, owners),
        edgecolor="none",
        zorder=2.0,
    )
    drawn.set_gid(f"place-{index}")
    held = f"holds {number(place.first)} at first and {number(place.last)} at last, {unit}"
    owner = f" ({clean(place.owner)})" if place.owner else ""
    drawn.set_label(f"{clean(place.name)}{owner}: {held}")
    axes.add_patch(drawn)
    name = clean(place.name)
    if side == "over":
        words = f"{shorten(name, 30)}, {number(through)}"
        across, up, align = bar.left + BAR / 2.0, bar.low + bar.height + 0.03, "center"
    else:
        words = f"{wrapped(name, NAMES - 0.15)}\n{number(through)}"
        across = bar.left - 0.08 if side == "left" else bar.left + BAR + 0.08
        up, align = bar.low + bar.height / 2.0, "right" if side == "left" else "left"
    axes.text(
        across, up, words, ha=align, va="bottom" if side == "over" else "center",
        fontsize=SMALL, color=INK, zorder=3.0,
    )  # fmt: skip


def _colour(owner: str | None, owners: Sequence[str]) -> str:
    return NOBODY if owner is None else COLOURS[owners.index(owner) % len(COLOURS)]


def _legend(figure: Figure, shown: Sequence[str | None], owners: Sequence[str], top: float) -> None:
    from matplotlib.patches import Patch

    handles = [
        Patch(
            facecolor=_colour(owner, owners),
            label="nobody alone" if owner is None else shorten(clean(owner), 40),
        )
        for owner in shown
    ]
    if not handles:
        return
    across, up = figure.get_size_inches()
    drawn = figure.legend(
        handles=handles,
        frameon=False,
        loc="upper left",
        ncols=min(5, len(handles)),
        fontsize=SMALL,
        handlelength=1.2,
        handleheight=0.9,
        columnspacing=1.4,
        bbox_to_anchor=((MARGIN - 0.1) / across, top / up),
        borderpad=0.0,
    )
    for text in drawn.get_texts():
        text.set_alpha(SOFT)
