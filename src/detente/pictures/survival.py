"""A picture of shares of runs that last, over the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detente.pictures.sheet import INK, clean, settings

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

__all__ = ["Curve", "draw_curves"]

_COLOURS = ("#2a6fbb", "#c4622d", "#3f8f5b")


@dataclass(frozen=True, slots=True)
class Curve:
    """Shares over time, with the lower and upper end of their bands."""

    label: str
    share: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def draw_curves(
    years: NDArray[np.float64], curves: Sequence[Curve], *, title: str, note: str
) -> Figure:
    """Return a picture of shares over the years, each with its band.

    Examples
    --------
    >>> import numpy as np
    >>> from detente.pictures.files import svg_of
    >>> share = np.array([1.0, 0.8])
    >>> curve = Curve("stands", share, share - 0.1, share)
    >>> text = svg_of(draw_curves(np.array([0.0, 1.0]), [curve], title="A treaty", note="99 runs"))
    >>> "stands" in text, "currentColor" in text
    (True, True)
    """
    from matplotlib.figure import Figure

    with settings():
        figure = Figure(figsize=(8.0, 4.6), layout="constrained")
        figure.set_label(clean(title))
        axes = figure.add_subplot()
        for curve, colour in zip(curves, _COLOURS, strict=False):
            axes.fill_between(
                years, curve.low, curve.high, step="post", color=colour, alpha=0.25, linewidth=0
            )
            axes.step(years, curve.share, where="post", color=colour, label=clean(curve.label))
        axes.set_xlim(float(years[0]), float(years[-1]))
        axes.set_ylim(0.0, 1.02)
        axes.set_xlabel("Years after the start")
        axes.set_ylabel("Share of runs")
        axes.set_title(clean(title), loc="left", color=INK)
        axes.legend(loc="upper right", frameon=False)
        axes.annotate(
            clean(note), (0.0, -0.16), xycoords="axes fraction", fontsize=8, color=INK, va="top"
        )
    return figure
