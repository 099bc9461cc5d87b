"""A picture of forecasts: from findings to what is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from detente.errors import RequestError
from detente.forecast.forecast import IssueForecast
from detente.forecast.models import DEFAULT
from detente.pictures.forecast import Aim, Panel, Stand, draw_panels

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["MOST_PANELS", "draw_forecasts"]

MOST_PANELS = 12
"""More issues than these are not legible in one picture."""


def draw_forecasts(
    found: Sequence[IssueForecast],
    titles: Sequence[str] = (),
    *,
    names: Mapping[str, str] = MappingProxyType({}),
    title: str | None = None,
) -> Figure:
    """Return a picture of where everybody stands and where bargaining may end.

    Parameters
    ----------
    found
        The forecasts, one for each panel.
    titles
        What each panel is called; the names of the issues if empty.
    names
        What actors are called, by the name they have in the issue; that name where it is not here.
    title
        What stands above the picture.

    Raises
    ------
    RequestError
        If there are more than twelve, or matplotlib is not installed.

    Examples
    --------
    >>> from detente.forecast.forecast import forecast_issue
    >>> from detente.forecast.issue import Issue
    >>> from detente.pictures.files import svg_of
    >>> issue = Issue("tax", ("a", "b"), [20, 60], [50, 100], [1, 3], (0, 100))
    >>> text = svg_of(draw_forecasts([forecast_issue(issue)]))
    >>> "compromise" in text, "currentColor" in text
    (True, True)
    """
    if not found or len(found) > MOST_PANELS:
        raise RequestError(
            f"A picture holds 1 to {MOST_PANELS} issues; here are {len(found)}. Choose some."
        )
    headings = titles or [each.issue.name for each in found]
    panels = [_panel(each, name, names) for each, name in zip(found, headings, strict=True)]
    return draw_panels(panels, title=title)


def _panel(found: IssueForecast, name: str, names: Mapping[str, str]) -> Panel:
    issue = found.issue
    total = float(issue.weights.sum())
    stands = tuple(
        Stand(names.get(actor, actor), float(position), float(weight) / total)
        for actor, position, weight in zip(
            issue.actors, issue.positions, issue.weights, strict=True
        )
    )
    aims = tuple(
        Aim(
            model.id,
            model.forecast,
            (model.interval.low, model.interval.high),
            model.id == DEFAULT,
        )
        for model in found.models
    )
    return Panel(name, issue.scale, stands, aims, issue.reference, issue.outcome)
