"""A picture of norms over time: from a timeline to what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.enactment.timeline import Timeline
from detente.errors import RequestError
from detente.pictures.timeline import draw_timeline

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["draw_norms"]


def draw_norms(timeline: Timeline, *, title: str) -> Figure:
    """Return a picture of every norm that was ever in force, a bar for each of its states.

    Raises
    ------
    RequestError
        If no norm was ever more than dormant, or matplotlib is not installed.
    """
    if not timeline.norms:
        raise RequestError("No norm was in force by that day; there is nothing to draw.")
    rows = [
        (
            f"{name}  {words}",
            [(each.state, each.start, each.end) for each in timeline.spells if each.norm == name],
        )
        for name, words in timeline.norms
    ]
    return draw_timeline(title, rows, timeline.marks)
