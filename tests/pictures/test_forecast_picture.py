"""The picture of a forecast: everything named is in it, and it can be drawn of anything."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import RequestError
from detente.forecast.forecast import forecast_issue, forecast_issues
from detente.forecast.issue import Issue
from detente.forecast.picture import draw_forecasts
from detente.pictures.files import svg_of
from detente.pictures.forecast import MOST, Aim, Panel, Stand, draw_panels
from forecast.issues import any_issue


def _issue(count: int = 3) -> Issue:
    return Issue(
        "toll",
        tuple(f"town {number}" for number in range(count)),
        np.linspace(10, 90, count),
        np.full(count, 50.0),
        np.arange(1.0, count + 1),
        (0, 100),
        reference=20.0,
        outcome=70.0,
    )


def test_actors_models_and_marks_are_named() -> None:
    text = svg_of(draw_forecasts([forecast_issue(_issue())], title="A toll"))
    for words in ("town 0", "town 2", "compromise", "condorcet", "reference point", "A toll"):
        assert words in text
    assert "outcome 70" in text
    assert "<title>town 2: 90, 50 %</title>" in text
    assert "currentColor" in text
    assert "#1c2024" not in text


def test_the_same_forecast_is_the_same_picture() -> None:
    first, again = (svg_of(draw_forecasts([forecast_issue(_issue())])) for _ in range(2))
    assert first == again


def test_a_panel_for_every_issue_and_no_more_than_are_legible() -> None:
    issues = [replace(_issue(), name=f"toll {number}") for number in range(3)]
    text = svg_of(draw_forecasts(forecast_issues(issues, ["compromise"]), ["a", "b", "c"]))
    assert "Positions and forecasts: a, b, c" in text
    with pytest.raises(RequestError, match="A picture holds 1 to 12 issues; here are 13"):
        draw_forecasts(forecast_issues(issues[:1] * 13, ["compromise"]))


def test_actors_of_least_power_are_left_out_of_a_crowd_and_that_is_said() -> None:
    text = svg_of(draw_forecasts([forecast_issue(_issue(MOST + 5), ["compromise"])]))
    assert "Not drawn: 5 actors of least power." in text
    assert ">town 4<" not in text
    assert ">town 5<" in text


def test_actors_may_be_called_otherwise() -> None:
    text = svg_of(draw_forecasts([forecast_issue(_issue())], names={"town 1": "Lenn & Sons"}))
    assert "Lenn &amp; Sons" in text


def test_names_that_a_picture_cannot_hold() -> None:
    stands = (Stand("\u202e$x$\n" + 80 * "long ", 5.0, 1.0),)
    text = svg_of(draw_panels([Panel("$toll$", (0, 10), stands, (Aim("mean", 5.0, (1, 9)),))]))
    assert "$toll$" in text
    assert "\u202e" not in text


@given(issue=any_issue(), size=st.sampled_from([1e-6, 1.0, 1e9]))
@settings(max_examples=10, deadline=None)
def test_any_forecast_can_be_drawn(issue: Issue, size: float) -> None:
    scaled = Issue(
        issue.name,
        issue.actors,
        issue.positions * size,
        issue.salience,
        issue.capability,
        (0.0, 100.0 * size),
        reference=None if issue.reference is None else issue.reference * size,
    )
    assert svg_of(draw_forecasts([forecast_issue(scaled)])).startswith("<svg ")
