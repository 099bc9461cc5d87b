"""Forecasts and back-tests as plain data for JSON."""

from __future__ import annotations

from typing import Any

from detente.forecast.backtest import BackTest
from detente.forecast.calibration import SOURCE
from detente.forecast.forecast import IssueForecast, ModelForecast, Spread
from detente.forecast.of_case import CaseForecast, nearest_option

__all__ = ["back_test_data", "case_data", "issue_data", "table_data"]

Data = dict[str, Any]

LEVEL = 0.8


def issue_data(found: IssueForecast) -> Data:
    """Return the forecasts for an issue, with what every model was given.

    Numbers are on the issue's scale, salience is 0..100, shares are 0..1. ``interval`` holds 80 %.
    """
    issue = found.issue
    return {
        "id": issue.name,
        "scale": list(issue.scale),
        "reference": issue.reference,
        "outcome": issue.outcome,
        "start": {"median": found.start.median, "mean": found.start.mean},
        "models": {model.id: _model_data(model) for model in found.models},
        "inputs": [
            {
                "actor": actor,
                "position": float(issue.positions[place]),
                "salience": float(issue.salience[place]),
                "capability": float(issue.capability[place]),
                "origin": dict(
                    zip(("position", "salience", "capability"), issue.origins[place], strict=True)
                ),
            }
            for place, actor in enumerate(issue.actors)
        ],
        "levers": [
            {
                "actor": lever.actor,
                "share": lever.share,
                "per_salience": lever.per_salience,
                "without": lever.without,
            }
            for lever in found.levers
        ],
        "draws": found.draws,
        "seed": found.seed,
    }


def _model_data(model: ModelForecast) -> Data:
    return {
        "label": model.label,
        "source": model.source,
        "forecast": model.forecast,
        "interval": [model.interval.low, model.interval.high],
        "intervals": {f"{each.level:g}": [each.low, each.high] for each in model.intervals},
        "spread": _spread_data(model.spread),
        "rounds": [
            {"median": each.median, "mean": each.mean, "moved": each.moved} for each in model.rounds
        ],
    }


def _spread_data(spread: Spread | None) -> Data | None:
    if spread is None:
        return None
    return {"sd": spread.sd, "low": spread.low, "high": spread.high}


def table_data(target: str, found: tuple[IssueForecast, ...], notes: tuple[str, ...]) -> Data:
    """Return the forecasts for a table; those of a single issue stand at the top as well."""
    head: Data = {"target": target, "level": LEVEL, "calibration": SOURCE, "notes": list(notes)}
    issues = [issue_data(each) for each in found]
    return {**head, **_single(issues), "issues": issues}


def case_data(target: str, found: CaseForecast) -> Data:
    """Return the forecasts for a case; those of a single point stand at the top as well."""
    issues = []
    for each in found.points:
        data = issue_data(each.forecast)
        for model in data["models"].values():
            model["nearest"] = nearest_option(each.point, model["forecast"])
        issues.append(
            {**data, "title": each.point.title, "stated": each.stated, "silent": list(each.silent)}
        )
    return {
        "target": target,
        "level": LEVEL,
        "calibration": SOURCE,
        "assumptions": list(found.assumptions),
        **_single(issues),
        "issues": issues,
        "left_out": dict(found.left_out),
    }


def _single(issues: list[Data]) -> Data:
    return {"issue": issues[0]["id"], **issues[0]} if len(issues) == 1 else {}


def back_test_data(target: str, found: BackTest, notes: tuple[str, ...] = ()) -> Data:
    """Return how all models did; errors in hundredths of the scale, differences with 95 %."""
    return {
        "target": target,
        "issues": found.issues,
        "proposals": found.proposals,
        "left_out": found.left_out,
        "seed": found.seed,
        "verdict": found.verdict,
        "notes": list(notes),
        "models": {
            score.id: {
                "label": score.label,
                "source": score.source,
                "n": score.n,
                "MAE": score.mean_error,
                "RMSE": score.root_mean_square,
                "medAE": score.median_error,
                "CRPS": score.crps,
                "coverage": score.coverage,
                "difference": score.difference,
                "interval": None if score.low is None else [score.low, score.high],
            }
            for score in found.scores
        },
    }
