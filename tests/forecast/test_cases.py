"""The forecast for a case: stated positions as they stand, others from beliefs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import detente
from case.minimal import MINIMAL, write_case
from detente.assess.outlook import Outlook
from detente.case.load import load
from detente.case.write import save
from detente.errors import RequestError
from detente.forecast.for_report import forecast_for_report
from detente.forecast.issue import Issue
from detente.forecast.of_case import CaseForecast, forecast_case, issue_of_point

POINTS = """\
- id: toll
  title: Toll in crowns
  status_quo: none
  ordered: true
  options:
    - {id: none, text: No toll, position: 0}
    - {id: shared, text: A small toll, position: 2}
    - {id: north-only, text: A large toll, position: 10}
- id: colour
  title: Colour
  status_quo: red
  options:
    - {id: red, text: Red}
    - {id: blue, text: Blue}
"""
FILES = {
    "points": POINTS,
    "drafts": MINIMAL["drafts.yaml"].replace("    toll:", "    colour: absent\n    toll:"),
}
STATED = """\
- point: toll
  positions:
    - {actor: north, position: north-only, salience: 90, capability: 2, reason: x, author: A}
    - {actor: south, position: 1.5, sd: 0.5, reason: x, author: A}
"""


def _outlook(folder: Path, **files: str) -> Outlook:
    return Outlook.of(load(write_case(folder, **(FILES | files))))


def _toll(outlook: Outlook) -> Issue:
    issue = issue_of_point(outlook, outlook.case.point_of["toll"])
    assert isinstance(issue, Issue)
    return issue


def test_stated_positions_are_taken_as_they_stand(tmp_path: Path) -> None:
    issue = _toll(_outlook(tmp_path, positions=STATED))
    assert issue.positions.tolist() == [10.0, 1.5]
    assert issue.capability.tolist() == [2.0, 1.0]
    assert issue.salience[0] == 90.0
    assert issue.sd is not None
    assert issue.sd.tolist() == [0.0, 0.5]
    assert (issue.scale, issue.reference) == ((0.0, 10.0), 0.0)
    assert issue.origins == (("stated", "stated", "stated"), ("stated", "derived", "assumed"))


def test_a_stated_scale_goes_before_that_of_the_options(tmp_path: Path) -> None:
    text = STATED.replace("- point: toll", "- point: toll\n  scale: [-10, 30]")
    assert _toll(_outlook(tmp_path, positions=text)).scale == (-10.0, 30.0)


def test_without_stated_positions_they_follow_from_beliefs(tmp_path: Path) -> None:
    outlook = _outlook(tmp_path)
    issue = _toll(outlook)
    assert issue.actors == ("north", "south")
    assert issue.sampled is not None
    assert issue.sampled.shape == (2000, 2)
    assert set(np.unique(issue.sampled)) <= {0.0, 2.0, 10.0}
    assert issue.capability.tolist() == [1.0, 1.0]
    assert issue.origins == (("derived", "derived", "assumed"),) * 2
    # the analyst rates the shared toll 1.5 for the south, and the other -1
    south = issue.sampled[:, 1]
    assert (south == 2.0).mean() > (south == 10.0).mean()


def test_a_draw_stands_where_its_best_option_does(tmp_path: Path) -> None:
    outlook = _outlook(tmp_path)
    belief = outlook.belief("south")
    rows = [outlook.compiled.place["toll", name] for name in ("none", "shared", "north-only")]
    drawn = np.random.default_rng(1).multivariate_normal(
        belief.mean[rows], belief.covariance[np.ix_(rows, rows)], 20_000, check_valid="ignore"
    )
    best = np.array([0.0, 2.0, 10.0])[drawn.argmax(axis=1)]
    issue = issue_of_point(outlook, outlook.case.point_of["toll"], draws=20_000)
    assert isinstance(issue, Issue)
    assert issue.sampled is not None
    for place in (0.0, 2.0, 10.0):
        assert (issue.sampled[:, 1] == place).mean() == pytest.approx(
            (best == place).mean(), abs=0.02
        )


def test_a_case_tells_what_it_assumes_and_who_is_silent(tmp_path: Path) -> None:
    found = forecast_case(_outlook(tmp_path), draws=100)
    (toll,) = found.points
    assert (toll.point.id, toll.stated, toll.silent) == ("toll", False, ())
    assert len(found.assumptions) == 3
    assert toll.forecast.models[0].spread is not None
    stated = forecast_case(_outlook(tmp_path / "s", positions=STATED), draws=100)
    assert stated.points[0].stated
    assert not any("drawn from beliefs" in each for each in stated.assumptions)


def test_points_without_a_scale_are_told(tmp_path: Path) -> None:
    outlook = _outlook(tmp_path)
    with pytest.raises(RequestError, match="'colour': its options have no positions on a scale"):
        forecast_case(outlook, ["colour"])
    with pytest.raises(RequestError, match="The case has no point 'tol'; did you mean 'toll'"):
        forecast_case(outlook, ["tol"])


def test_with_one_voice_there_is_no_bargaining(tmp_path: Path) -> None:
    outlook = _outlook(tmp_path, ratings="author: A\n")
    with pytest.raises(RequestError, match="fewer than 2 actors have spoken on it"):
        forecast_case(outlook)


def test_a_case_without_any_scale(tmp_path: Path) -> None:
    outlook = Outlook.of(load(write_case(tmp_path)))
    with pytest.raises(RequestError, match="no point is ordered"):
        forecast_case(outlook)


def test_the_same_seed_gives_the_same_forecast(tmp_path: Path) -> None:
    def asked(seed: int) -> CaseForecast:
        return forecast_case(_outlook(tmp_path), draws=50, seed=seed)

    first, again = (asked(1).points[0].forecast.models for _ in range(2))
    assert first == again
    assert first != asked(2).points[0].forecast.models


def test_a_case_in_a_notebook_answers_and_a_report_shows(tmp_path: Path) -> None:
    folder = write_case(tmp_path, **(FILES | {"positions": STATED}))
    case = detente.load(folder)
    found = case.forecast(["toll"], models=["compromise"], draws=50)
    assert found.points[0].forecast.models[0].id == "compromise"
    shown = forecast_for_report(case.outlook(), draws=50)
    assert shown is not None
    assert "Northtown" in shown.picture
    assert "Toll in crowns" in shown.picture
    assert forecast_for_report(Outlook.of(load(write_case(tmp_path / "none")))) is None


def test_positions_are_found_again_after_saving(tmp_path: Path) -> None:
    case = load(write_case(tmp_path / "a", **(FILES | {"positions": STATED})))
    save(case, tmp_path / "b")
    assert load(tmp_path / "b").positions_of["toll"] == case.positions_of["toll"]
