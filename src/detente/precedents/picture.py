"""Shares of agreements that treat each topic of a case, drawn with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.errors import RequestError
from detente.pictures.shares import Row, draw_shares
from detente.precedents.find import Precedents
from detente.precedents.frequency import Frequency

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["draw_precedents"]


def draw_precedents(found: Precedents, title: str) -> Figure:
    """Return a picture of how often agreements treat each topic, the most frequent on top.

    Topics of our own are left out, since no agreement is coded for them.

    Raises
    ------
    RequestError
        If no topic is coded.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> from detente.pictures.files import svg_of
    >>> from detente.precedents.find import Request, find_precedents
    >>> from detente.precedents.rows import agreements_of
    >>> case = load(example_folder("ukraine-2025"))
    >>> found = find_precedents(case, agreements_of([{"pax/Ele": 2}, {}]), None, Request())
    >>> "Elections: 50 %, 9 to 91 %, 1 of 2" in svg_of(draw_precedents(found, case.about.title))
    True
    """
    asked: dict[str, Frequency] = {
        each.asked.topic.id: each.frequencies[0] for each in found.points if each.exact
    }
    if not asked:
        raise RequestError("There is nothing to draw: no point has a topic that PA-X codes.")
    ordered = sorted(asked.values(), key=lambda each: -each.overall.count)
    whose = "agreements between states" if found.request.between_states else "agreements"
    caption = (
        f"Share of {found.base} {whose} of PA-X coded above 0, with intervals of 95 % (Wilson). "
        "Association in what was coded, not advice."
    )
    if found.base and ordered[0].overall.thin:
        caption += " Hollow: a thin base."
    return draw_shares(f"Precedents: {title}", [_row(each) for each in ordered], caption=caption)


def _row(found: Frequency) -> Row:
    share = found.overall
    return Row(
        found.topic.name,
        share.share or 0.0,
        share.low,
        share.high,
        f"{share.count} of {share.base}",
        share.thin,
    )
