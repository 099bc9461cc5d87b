"""What a report shows of the forecast: findings for every point, and one picture."""

from __future__ import annotations

from dataclasses import dataclass

from detente.assess.outlook import Outlook
from detente.errors import RequestError
from detente.forecast.draws import DRAWS, SEED
from detente.forecast.of_case import CaseForecast, forecast_case
from detente.forecast.picture import MOST_PANELS, draw_forecasts
from detente.pictures.files import svg_of

__all__ = ["ReportForecast", "forecast_for_report"]


@dataclass(frozen=True, slots=True)
class ReportForecast:
    """The forecasts for a case, and a picture of the first twelve as SVG for a page."""

    found: CaseForecast
    picture: str


def forecast_for_report(
    outlook: Outlook, *, draws: int = DRAWS, seed: int = SEED
) -> ReportForecast | None:
    """Return what a report shows of the forecast; None where no point has one.

    Parameters
    ----------
    draws, seed
        How often positions are drawn from beliefs, and where the draws start.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> shown = forecast_for_report(Outlook.of(load(example_folder("ukraine-2025"))), draws=100)
    >>> [each.point.id for each in shown.found.points], shown.picture.startswith("<svg ")
    (['army-cap', 'elections'], True)
    """
    try:
        found = forecast_case(outlook, draws=draws, seed=seed)
    except RequestError:
        return None
    drawn = found.points[:MOST_PANELS]
    actors = outlook.case.actor_of
    figure = draw_forecasts(
        [each.forecast for each in drawn],
        [each.point.title for each in drawn],
        names={name: actors[name].name for name in actors},
    )
    return ReportForecast(found, svg_of(figure))
