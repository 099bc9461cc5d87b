"""The sheet that pictures are drawn on: settings, colours, words and numbers."""

from __future__ import annotations

import math
import textwrap
import threading
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.errors import RequestError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

__all__ = [
    "BAND",
    "DPI",
    "FRONTIER",
    "INK",
    "LINE",
    "MARGIN",
    "SMALL",
    "SOFT",
    "TITLE",
    "axes_at",
    "clean",
    "measure",
    "number",
    "settings",
    "shorten",
    "start_sheet",
    "tick_words",
    "wrapped",
    "write",
]

INK = "#1c2024"
"""The colour of words and lines; the colour of the page's words where the picture is in a page."""
SOFT = 0.7
"""Opacity of words of less weight."""
FRONTIER = "#3a80c4"
BAND = "#009e73"
"""The colour of what all parties prefer to no agreement."""
TITLE, SMALL = 12.0, 8.5
"""Sizes of letters, in points."""
DPI = 100.0
"""Dots to the inch while a sheet is laid out."""
MARGIN = 0.15
"""Free space at the edges of a sheet, in inches."""
LETTER = 0.58
"""Width of a letter as a share of its height, somewhat more than most are."""
LINE = 1.35
"""Height of a line as a share of the height of its letters."""

_LOCK = threading.RLock()
_STEERING = frozenset(["LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"])
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@contextmanager
def settings() -> Iterator[None]:
    """Draw with the settings of this project, whatever the user's own are.

    Raises
    ------
    RequestError
        If matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
    except ImportError:
        raise RequestError("Pictures need matplotlib: pip install matplotlib.") from None
    with _LOCK, mpl.rc_context(), warnings.catch_warnings():
        # letters that the measuring font lacks are drawn by the reader's own font
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        warnings.filterwarnings("ignore", message="Matplotlib currently does not support")
        mpl.rcdefaults()
        mpl.rcParams.update(
            {
                "font.family": ["sans-serif"],
                "font.sans-serif": ["DejaVu Sans"],
                "font.size": SMALL,
                "text.parse_math": False,
                "text.color": INK,
                "axes.edgecolor": INK,
                "axes.labelcolor": INK,
                "axes.linewidth": 0.7,
                "axes.spines.top": False,
                "axes.spines.right": False,
                "axes.facecolor": "none",
                "xtick.color": INK,
                "ytick.color": INK,
                "xtick.major.width": 0.7,
                "ytick.major.width": 0.7,
                "figure.facecolor": "none",
                "figure.dpi": DPI,
                "svg.fonttype": "none",
                "svg.hashsalt": "detente",
                "pdf.fonttype": 42,
            }
        )
        yield


def start_sheet(
    width: float, body: float, *, title: str | None, caption: str
) -> tuple[Figure, float]:
    """Return a sheet with title and caption, and where its body ends at the bottom, in inches.

    Parameters
    ----------
    width, body
        Width of the sheet and height of what stands between title and caption, in inches.
    """
    from matplotlib.figure import Figure

    heading = wrapped(title or "", width - 2 * MARGIN, size=TITLE, lines=3)
    below = wrapped(caption, width - 2 * MARGIN, lines=12)
    top, bottom = MARGIN + _height(heading, TITLE), MARGIN + _height(below, SMALL)
    height = top + body + bottom
    figure = Figure(figsize=(width, height))
    if heading:
        write(figure, MARGIN, height - MARGIN, heading, size=TITLE, weight="bold")
    if below:
        write(figure, MARGIN, bottom, below, alpha=SOFT)
    return figure, bottom


def write(
    figure: Figure, left: float, top: float, words: str, *, size: float = SMALL, **look: object
) -> None:
    """Write words on a sheet, at inches from its lower left corner."""
    figure.text(
        left,
        top,
        words,
        **{"va": "top", "fontsize": size, "linespacing": LINE, "color": INK, **look},  # type: ignore[arg-type]
        transform=figure.dpi_scale_trans,
    )


def axes_at(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Return axes at a place of the sheet given in inches."""
    across, up = figure.get_size_inches()
    place = (left / across, bottom / up, width / across, height / up)
    return figure.add_axes(place, label=str(len(figure.axes)))


def measure(text: Text) -> NDArray[np.float64]:
    """Return left, bottom, right and top of words on a sheet, in points."""
    return np.asarray(text.get_window_extent().extents) * (72.0 / DPI)


def clean(words: str) -> str:
    r"""Return words on one line, nothing in them that a picture cannot hold.

    Examples
    --------
    >>> clean("Côte  d’Ivoire\n\x00")
    'Côte d’Ivoire \\u0000'
    """
    return "".join(
        char
        if char.isprintable() and unicodedata.bidirectional(char) not in _STEERING
        else f"\\u{ord(char):04x}"
        for char in " ".join(words.split())
    )


def shorten(words: str, most: int) -> str:
    """Return words cut to so many letters.

    Examples
    --------
    >>> shorten("the Republic of the North", 14)
    'the Republic …'
    """
    return words if len(words) <= most else f"{words[: most - 1]}…"


def wrapped(words: str, width: float, *, size: float = SMALL, lines: int = 2) -> str:
    """Return words broken into at most so many lines of a width in inches.

    Examples
    --------
    >>> wrapped("Federation of the Northern Provinces", 1.0).splitlines()
    ['Federation of', 'the Northern…']
    """
    letters = max(4, int(width * 72.0 / (size * LETTER)))
    broken = textwrap.wrap(words, letters)
    if len(broken) > lines:
        broken = [*broken[: lines - 1], shorten(broken[lines - 1] + "……", letters)]
        broken[-1] = broken[-1].rstrip("…") + "…"
    return "\n".join(broken)


def number(value: float, digits: int = 4) -> str:
    """Return a number for reading, with so many digits that count.

    Examples
    --------
    >>> number(-1234.5), number(0.25), number(2.5e9), number(0.0)
    ('−1,234', '0.25', '2.5×10⁹', '0')
    """
    if value == 0.0:
        return "0"
    power = math.floor(math.log10(abs(value)))
    if -4 <= power < 6:
        words = f"{value:,.{max(0, digits - 1 - power)}f}"
        words = words.rstrip("0").rstrip(".") if "." in words else words
    else:
        lead, _, tail = f"{value:.{digits - 1}e}".partition("e")
        lead = lead.rstrip("0").rstrip(".") if "." in lead else lead
        words = f"{lead}×10{str(int(tail)).translate(_RAISED)}"
    return words.replace("-", "−")


def tick_words(ticks: Sequence[float]) -> list[str]:
    """Return the numbers beside an axis, with as many digits as tell them apart.

    Examples
    --------
    >>> tick_words([-0.5, 0.0, 0.5]), tick_words([1000.0, 1000.25])
    (['−0.5', '0', '0.5'], ['1,000', '1,000.25'])
    """
    largest = max((abs(tick) for tick in ticks), default=0.0)
    step = min((abs(b - a) for a, b in pairwise(ticks)), default=largest)
    if not step:
        return [number(tick) for tick in ticks]
    digits = min(17, 3 + max(0, math.ceil(math.log10(largest / step))))
    return [number(0.0 if abs(tick) < step / 1e6 else tick, digits) for tick in ticks]


def _height(words: str, size: float) -> float:
    """Height of several lines and the space beside them, in inches."""
    return (len(words.splitlines()) * size * LINE + 6.0) / 72.0 if words else 0.0
