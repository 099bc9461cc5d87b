"""The forecast for the ordered points of a case, from stated positions or from beliefs.

What is stated in ``positions.yaml`` is used as it stands. Elsewhere positions follow from what is
believed: an actor that has spoken on the point stands, in every draw from its belief, at the option
it rates best. That sees what an actor says it prefers, not what it would settle for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from detente.assess.outlook import Outlook
from detente.case.check_positions import scale_of_point
from detente.case.positions import Positions
from detente.case.records import Point
from detente.errors import RequestError
from detente.forecast.draws import DRAWS, SEED
from detente.forecast.forecast import IssueForecast, forecast_issues
from detente.forecast.issue import Array, Issue, Origin
from detente.forecast.models import Options
from detente.text.nearest import suggest

__all__ = ["CaseForecast", "PointForecast", "forecast_case", "issue_of_point", "nearest_option"]

LEAST_ACTORS = 2
"""With fewer actors there is nobody to bargain with."""


@dataclass(frozen=True, slots=True)
class PointForecast:
    """The forecasts for one point of a case.

    ``stated`` says whether positions are those of ``positions.yaml``; ``silent`` names those who
    have a say on the point and a voice of their own but are not at the table, having said nothing
    on it.
    """

    point: Point
    forecast: IssueForecast
    stated: bool
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseForecast:
    """The forecasts for a case.

    Parameters
    ----------
    points
        One for each point that could be answered, in file order.
    left_out
        Id of every other ordered point asked for, and why not.
    assumptions
        What is assumed beyond the case, in sentences.
    """

    points: tuple[PointForecast, ...]
    left_out: tuple[tuple[str, str], ...]
    assumptions: tuple[str, ...]


def nearest_option(point: Point, place: float) -> str | None:
    """Return the option whose position is nearest to a place; None if none has a position.

    Examples
    --------
    >>> from detente.case.records import Option
    >>> options = tuple(Option(id=f"c{n}", text=f"{n}", position=float(n)) for n in (6, 8))
    >>> nearest_option(Point(id="cap", title="Cap", status_quo="c8", options=options), 6.5)
    'c6'
    """
    placed = [(option.id, option.position) for option in point.options]
    far = [(abs(position - place), name) for name, position in placed if position is not None]
    return min(far)[1] if far else None


def forecast_case(
    outlook: Outlook,
    points: Sequence[str] = (),
    *,
    models: Sequence[str] = (),
    options: Options | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> CaseForecast:
    """Return where bargaining over the points of a case may end.

    Parameters
    ----------
    points
        Their ids; if empty, every ordered point and every point with stated positions.
    models, options, draws, seed
        See :func:`detente.forecast.forecast.forecast_issue`.

    Raises
    ------
    RequestError
        If a point is unknown or cannot be answered, or no point can.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> outlook = Outlook.of(load(example_folder("ukraine-2025")))
    >>> found = forecast_case(outlook, ["army-cap"], models=["compromise"], draws=500)
    >>> (cap,) = found.points
    >>> cap.stated, cap.forecast.draws, 600_000 < cap.forecast.models[0].forecast < 1_000_000
    (True, 500, True)
    """
    known = outlook.case.point_of
    for name in points:
        if name not in known:
            raise RequestError(f"The case has no point '{name}'{suggest(name, known)}")
    asked = [
        point
        for point in outlook.case.points
        if point.id in points
        or (not points and (point.ordered or point.id in outlook.case.positions_of))
    ]
    told: list[tuple[Point, Issue]] = []
    left_out: list[tuple[str, str]] = []
    for point in asked:
        issue = issue_of_point(outlook, point, draws=draws, seed=seed)
        if isinstance(issue, Issue):
            told.append((point, issue))
        else:
            left_out.append((point.id, issue))
    if points and left_out:
        name, why = left_out[0]
        raise RequestError(f"There is no forecast for the point '{name}': {why}.")
    if not told:
        why = left_out[0][1] if left_out else "no point is ordered and none has stated positions"
        raise RequestError(f"There is no forecast for this case: {why}.")
    found = forecast_issues(
        [issue for _, issue in told], models, options=options, draws=draws, seed=seed
    )
    stated = outlook.case.positions_of
    return CaseForecast(
        points=tuple(
            PointForecast(
                point, forecast, point.id in stated, _silent(outlook, point, forecast.issue.actors)
            )
            for (point, _), forecast in zip(told, found, strict=True)
        ),
        left_out=tuple(left_out),
        assumptions=_assumptions(issue for _, issue in told),
    )


def issue_of_point(
    outlook: Outlook, point: Point, *, draws: int = DRAWS, seed: int = SEED
) -> Issue | str:
    """Return a point as an issue; where that cannot be, why not.

    Parameters
    ----------
    draws, seed
        How many draws from each belief are made, and where they start.
    """
    own = outlook.case.positions_of.get(point.id)
    if own is not None:
        return _stated_issue(outlook, point, own)
    return _derived_issue(outlook, point, draws, seed)


def _stated_issue(outlook: Outlook, point: Point, own: Positions) -> Issue | str:
    scale = own.scale or scale_of_point(point)
    if scale is None:
        return "it has no scale"
    placed = {option.id: option.position for option in point.options}
    place_of_point = outlook.compiled.point_place[point.id]
    positions, salience, capability, sd = [], [], [], []
    origins: list[tuple[Origin, Origin, Origin]] = []
    for each in own.positions:
        place = placed[each.position] if isinstance(each.position, str) else each.position
        believed = outlook.belief(each.actor).salience[place_of_point]
        positions.append(0.0 if place is None else float(place))
        salience.append(believed if each.salience is None else each.salience)
        capability.append(1.0 if each.capability is None else each.capability)
        sd.append(each.sd or 0.0)
        origins.append(
            (
                "stated",
                "derived" if each.salience is None else "stated",
                "assumed" if each.capability is None else "stated",
            )
        )
    if not any(s * c > 0.0 for s, c in zip(salience, capability, strict=True)):
        return "nobody on it has any weight"
    return Issue(
        name=point.id,
        actors=tuple(each.actor for each in own.positions),
        positions=np.array(positions),
        salience=np.array(salience),
        capability=np.array(capability),
        scale=scale,
        reference=_status_quo(point, scale),
        proposal=outlook.case.name,
        sd=np.array(sd),
        origins=tuple(origins),
    )


def _derived_issue(outlook: Outlook, point: Point, draws: int, seed: int) -> Issue | str:
    scale = scale_of_point(point)
    if scale is None:
        return "its options have no positions on a scale"
    place = outlook.compiled.point_place[point.id]
    actors = [
        actor.id
        for actor in outlook.case.actors
        if any(each.point == place for each in outlook.belief(actor.id).observations)
    ]
    if len(actors) < LEAST_ACTORS:
        return f"fewer than {LEAST_ACTORS} actors have spoken on it"
    generator = np.random.default_rng([seed, place])
    sampled = np.stack(
        [_best_places(outlook, point, actor, draws, generator) for actor in actors], axis=1
    )
    salience = np.array([outlook.belief(actor).salience[place] for actor in actors])
    return Issue(
        name=point.id,
        actors=tuple(actors),
        positions=np.clip(sampled.mean(axis=0), *scale),
        salience=salience,
        capability=np.ones(len(actors)),
        scale=scale,
        reference=_status_quo(point, scale),
        proposal=outlook.case.name,
        sampled=sampled,
        origins=(("derived", "derived", "assumed"),) * len(actors),
    )


def _best_places(
    outlook: Outlook, point: Point, actor: str, draws: int, generator: np.random.Generator
) -> Array:
    """Where an actor stands in every draw from its belief, ``(draws,)``, on the scale."""
    belief, row = outlook.belief(actor), outlook.compiled.place
    placed = [(row[point.id, o.id], o.position) for o in point.options if o.position is not None]
    places = [place for place, _ in placed]
    covariance = belief.covariance[np.ix_(places, places)]
    values, vectors = np.linalg.eigh(covariance)  # the status quo is certain: no Cholesky factor
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    ratings = belief.mean[places] + generator.standard_normal((draws, len(places))) @ root.T
    found: Array = np.array([position for _, position in placed])[ratings.argmax(axis=1)]
    return found


def _silent(outlook: Outlook, point: Point, present: Sequence[str]) -> tuple[str, ...]:
    place = outlook.compiled.point_place[point.id]
    return tuple(
        actor
        for actor, asked in outlook.rules.scope.items()
        if asked[place] and actor not in present and outlook.belief(actor).has_own_voice
    )


def _status_quo(point: Point, scale: tuple[float, float]) -> float | None:
    position = next(o.position for o in point.options if o.id == point.status_quo)
    return position if position is not None and scale[0] <= position <= scale[1] else None


def _assumptions(issues: Iterable[Issue]) -> tuple[str, ...]:
    found = [origins for issue in issues for origins in issue.origins]
    told = []
    if any(origins[0] == "derived" for origins in found):
        told.append(
            "Positions that nobody stated are drawn from beliefs: in every draw an actor that has "
            "spoken on the point stands at the option it rates best; nobody else is at the table."
        )
    if any(origins[1] == "derived" for origins in found):
        told.append("Salience that nobody stated is what is believed of the actor.")
    if any(origins[2] == "assumed" for origins in found):
        told.append("Where no capability is stated, it is 1 for every actor: an assumption.")
    return tuple(told)
