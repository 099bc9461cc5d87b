"""The forecast for an issue: every model beside the compromise mean, with honest intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from detente.forecast.calibration import LEVELS, combined_interval, half_width
from detente.forecast.draws import DRAWS, SEED, draw_positions
from detente.forecast.exchange import exchange
from detente.forecast.issue import Array, Issue, inputs_of
from detente.forecast.levers import Lever, find_levers
from detente.forecast.models import (
    DEFAULT,
    Answer,
    Model,
    Options,
    choose_models,
    part_of,
)

__all__ = [
    "Interval",
    "IssueForecast",
    "ModelForecast",
    "Round",
    "Spread",
    "forecast_issue",
    "forecast_issues",
]


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the outcome lies with a probability: ``low`` and ``high`` on the scale."""

    level: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Spread:
    """How a forecast spreads because positions are uncertain: sd, 10th and 90th percentile."""

    sd: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Round:
    """Median and mean of positions after a round, on the scale, and the share of actors moved."""

    median: float
    mean: float
    moved: float


@dataclass(frozen=True, slots=True)
class ModelForecast:
    """What one model says.

    Parameters
    ----------
    id, label, source
        See :class:`detente.forecast.models.Model`.
    forecast
        On the scale; the mean over draws where positions are uncertain.
    intervals
        One for each of 50, 80 and 90 %.
    spread
        How it spreads over draws; None where nothing is uncertain.
    rounds
        What happens in the rounds of the challenge model, in the mean over draws; none for others.
    """

    id: str
    label: str
    source: str
    forecast: float
    intervals: tuple[Interval, ...]
    spread: Spread | None = None
    rounds: tuple[Round, ...] = ()

    @property
    def interval(self) -> Interval:
        """The interval of 80 %."""
        return next(each for each in self.intervals if each.level == 0.8)


@dataclass(frozen=True, slots=True)
class IssueForecast:
    """The forecasts for an issue.

    Parameters
    ----------
    issue
        What every model was given, with the origin of every number.
    models
        The compromise mean first, unless it was not asked for.
    levers
        What every actor does to the compromise mean.
    start
        Median and mean before the first round, both weighted by capability times salience.
    draws, seed
        How many draws of uncertain positions were made, 0 if none, and where they started.
    """

    issue: Issue
    models: tuple[ModelForecast, ...]
    levers: tuple[Lever, ...]
    start: Round
    draws: int
    seed: int

    def model(self, name: str) -> ModelForecast:
        """Return the forecast of one model by name."""
        return next(model for model in self.models if model.id == name)


def forecast_issue(
    issue: Issue,
    models: Sequence[str] = (),
    *,
    options: Options | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> IssueForecast:
    """Return where bargaining over one issue may end, by every model.

    Parameters
    ----------
    issue
        The question, and who stands where.
    models
        Their names, see :data:`detente.forecast.models.MODELS`; all that can answer if empty.
    options
        Settings of the challenge model.
    draws, seed
        How often uncertain positions are drawn, and where the draws start.

    Raises
    ------
    RequestError
        If a model is unknown or cannot answer.

    Examples
    --------
    >>> issue = Issue("tax", ("a", "b"), [20, 60], [50, 100], [1, 1.5], (0, 100))
    >>> found = forecast_issue(issue, ["compromise"])
    >>> found.models[0].forecast
    50.0
    >>> found.models[0].interval.low < 15 < 85 < found.models[0].interval.high
    True
    """
    return forecast_issues([issue], models, options=options, draws=draws, seed=seed)[0]


def forecast_issues(
    issues: Sequence[Issue],
    models: Sequence[str] = (),
    *,
    options: Options | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> tuple[IssueForecast, ...]:
    """Return where bargaining over several issues may end; only exchange takes them together.

    Raises
    ------
    RequestError
        If a model is unknown or cannot answer.
    """
    options = options or Options()
    traded = _traded(issues) if not models or "exchange" in models else {}
    found = []
    for place, issue in enumerate(issues):
        generator = np.random.default_rng([seed, place])
        drawn = draw_positions(issue, draws, generator)
        own = replace(options, progress=part_of(options.progress, place, len(issues)))
        told = []
        for model in choose_models(models, issue, traded=place in traded):
            if model.answer is None:
                answer = Answer(np.array([traded[place]]))
            else:
                answer = model.answer(inputs_of(issue, drawn), own)
            told.append(_told(model, issue, answer, generator))
        start = _start(issue)
        count = 0 if drawn is None else len(drawn)
        found.append(IssueForecast(issue, tuple(told), find_levers(issue), start, count, seed))
    options.progress(0.0)
    return tuple(found)


def _traded(issues: Sequence[Issue]) -> dict[int, float]:
    """The outcome of exchange by the place of an issue, where two of a proposal share actors."""
    groups: dict[str, list[int]] = {}
    for place, issue in enumerate(issues):
        groups.setdefault(issue.proposal, []).append(place)
    found: dict[int, float] = {}
    for places in groups.values():
        actors = [set(issues[place].actors) for place in places]
        if any(len(a & b) > 1 for n, a in enumerate(actors) for b in actors[:n]):
            found.update(zip(places, exchange([issues[p] for p in places]), strict=True))
    return found


def _told(
    model: Model, issue: Issue, answer: Answer, generator: np.random.Generator
) -> ModelForecast:
    values, (low, high) = answer.values, issue.scale
    forecast = float(values.mean())
    if len(values) > 1:
        bounds = combined_interval(model.id, values, issue.scale, generator)
        intervals = tuple(Interval(level, *bounds[level]) for level in LEVELS)
        tenth, ninetieth = (float(each) for each in np.quantile(values, [0.1, 0.9]))
        spread = Spread(float(values.std()), tenth, ninetieth)
    else:
        reach = [(level, half_width(model.id, level) * issue.width) for level in LEVELS]
        intervals = tuple(
            Interval(level, max(low, forecast - half), min(high, forecast + half))
            for level, half in reach
        )
        spread = None
    return ModelForecast(
        model.id, model.label, model.source, forecast, intervals, spread, _rounds(answer)
    )


def _rounds(answer: Answer) -> tuple[Round, ...]:
    if answer.rounds is None:
        return ()
    medians, means = answer.rounds.medians.mean(axis=1), answer.rounds.means.mean(axis=1)
    rows = zip(medians[1:], means[1:], answer.rounds.moved, strict=True)
    return tuple(Round(float(median), float(mean), float(moved)) for median, mean, moved in rows)


def _start(issue: Issue) -> Round:
    chosen = {model.id: model for model in choose_models((DEFAULT, "weighted-median"), issue)}
    values: dict[str, Array] = {
        name: model.answer(inputs_of(issue), Options()).values
        for name, model in chosen.items()
        if model.answer is not None
    }
    return Round(float(values["weighted-median"][0]), float(values[DEFAULT][0]), 0.0)
