"""Charts as SVG text: no script, styled by the page, a title on every mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from detente.report.words import percent, signed

__all__ = ["Bar", "RangeRow", "diverging_bars", "range_chart"]

_LABEL = 215
_WIDTH = 680
_ROW = 24


@dataclass(frozen=True, slots=True)
class RangeRow:
    """A probability with the range it may take; ``strong`` marks the row that matters most."""

    label: str
    value: float
    low: float
    high: float
    strong: bool = False


def range_chart(rows: Sequence[RangeRow], title: str) -> Markup:
    """Return probabilities 0..1 as dots with their ranges, one row each.

    Examples
    --------
    >>> chart = range_chart([RangeRow("Ukraine", 0.25, 0.2, 0.4)], "Acceptance")
    >>> "<svg" in chart and "Ukraine: 25" in chart
    True
    """
    height = _ROW * len(rows) + 28
    span = _WIDTH - _LABEL - 60
    parts = [_open(height, title)]
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = _LABEL + span * tick
        kind = "grid half" if tick == 0.5 else "grid"
        parts.append(
            Markup('<line class="{}" x1="{:.1f}" y1="4" x2="{:.1f}" y2="{}"/>').format(
                kind, x, x, height - 20
            )
        )
        parts.append(
            Markup('<text class="tick" x="{:.1f}" y="{}">{}</text>').format(
                x, height - 5, f"{tick:.0%}"
            )
        )
    for place, row in enumerate(rows):
        y = 16 + _ROW * place
        low, mid, high = (_LABEL + span * v for v in (row.low, row.value, row.high))
        words = f"{row.label}: {percent(row.value)}"
        if row.high > row.low:
            words += f", {percent(row.low)} to {percent(row.high)}"
        parts.append(
            Markup(
                '<g class="{}"><title>{}</title>'
                '<text class="label" x="{}" y="{}">{}</text>'
                '<rect class="reach" x="{:.1f}" y="{}" width="{:.1f}" height="8" rx="4"/>'
                '<circle class="dot" cx="{:.1f}" cy="{}" r="6"/>'
                '<text class="value" x="{:.1f}" y="{}">{}</text></g>'
            ).format(
                "strong" if row.strong else "plain",
                words,
                _LABEL - 12,
                y + 5,
                _short(row.label),
                low,
                y - 4,
                max(high - low, 0.0),
                mid,
                y,
                _LABEL + span + 12,
                y + 5,
                percent(row.value),
            )
        )
    parts.append(Markup("</svg>"))
    return Markup("").join(parts)


@dataclass(frozen=True, slots=True)
class Bar:
    """A signed value with its sd."""

    label: str
    value: float
    sd: float = 0.0


def diverging_bars(bars: Sequence[Bar], title: str) -> Markup:
    """Return signed values as bars to either side of zero, with whiskers of one sd.

    Examples
    --------
    >>> "army-cap: −0.25" in diverging_bars([Bar("army-cap", -0.25, 0.1)], "Ledger")
    True
    """
    height, width, label = _ROW * len(bars) + 12, 460, 190
    reach = max([abs(bar.value) + bar.sd for bar in bars], default=1.0) or 1.0
    half = (width - label - 60) / 2
    zero = label + half
    parts = [_open(height, title, width)]
    parts.append(
        Markup('<line class="grid half" x1="{:.1f}" y1="2" x2="{:.1f}" y2="{}"/>').format(
            zero, zero, height - 2
        )
    )
    for place, bar in enumerate(bars):
        y = 14 + _ROW * place
        end = zero + half * bar.value / reach
        low, high = (zero + half * (bar.value + s * bar.sd) / reach for s in (-1.0, 1.0))
        words = f"{bar.label}: {signed(bar.value)}"
        if bar.sd:
            words += f" ± {bar.sd:.2f}"
        parts.append(
            Markup(
                '<g><title>{}</title><text class="label" x="{}" y="{}">{}</text>'
                '<rect class="{}" x="{:.1f}" y="{}" width="{:.1f}" height="12" rx="2"/>'
                '<line class="whisker" x1="{:.1f}" y1="{}" x2="{:.1f}" y2="{}"/>'
                '<text class="value" x="{}" y="{}">{}</text></g>'
            ).format(
                words,
                label - 10,
                y + 5,
                _short(bar.label),
                "gain" if bar.value >= 0.0 else "give",
                min(zero, end),
                y - 6,
                abs(end - zero),
                low,
                y,
                high,
                y,
                width - 44,
                y + 5,
                signed(bar.value),
            )
        )
    parts.append(Markup("</svg>"))
    return Markup("").join(parts)


def _open(height: int, title: str, width: int = _WIDTH) -> Markup:
    return Markup(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}"><title>{}</title>'
    ).format(width, height, escape(title), escape(title))


def _short(label: str) -> str:
    return label if len(label) <= 25 else f"{label[:24]}…"
