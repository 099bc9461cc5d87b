"""Intervals, levers, draws and back-tests, and the same held against decisions that were taken."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import RequestError
from detente.forecast.backtest import back_test
from detente.forecast.calibration import ERRORS, ISSUES, LEVELS, combined_interval, half_width
from detente.forecast.forecast import forecast_issue, forecast_issues
from detente.forecast.issue import Issue
from detente.forecast.levers import find_levers
from detente.forecast.models import MODELS
from detente.forecast.target import load_table
from forecast.issues import any_issue
from forecast.shared import SHARED, expected, needs_shared


def _mean(issue: Issue) -> float:
    return forecast_issue(issue, ["compromise"]).models[0].forecast


def _issue(**changes: object) -> Issue:
    issue = Issue("toll", ("a", "b", "c"), [0, 50, 100], [80, 40, 100], [1, 2, 0.5], (0, 100))
    return replace(issue, **changes)  # type: ignore[arg-type]


def test_every_model_that_can_answer_does_the_mean_first() -> None:
    found = forecast_issue(_issue())
    names = [model.id for model in found.models]
    assert names == [m.id for m in MODELS if m.id not in ("nash-reference", "exchange")]
    with_reference = forecast_issue(_issue(reference=20.0))
    assert "nash-reference" in [model.id for model in with_reference.models]
    assert len(found.model("challenge").rounds) == 10
    assert found.model("mean").rounds == ()


def test_exchange_is_asked_where_two_issues_share_actors() -> None:
    first, other = _issue(), _issue(name="lanes", salience=[10, 90, 20])
    for found in forecast_issues([first, other]):
        assert found.models[-1].id == "exchange"
    apart = replace(other, proposal="another")
    assert [m.id for m in forecast_issues([first, apart])[0].models][-1] == "condorcet"
    with pytest.raises(RequestError, match="'exchange' needs a second issue"):
        forecast_issue(first, ["exchange"])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("medain", "There is no model 'medain'; did you mean 'median'?"),
        ("nash-reference", "'nash-reference' needs a reference point; 'toll' has none."),
    ],
)
def test_models_that_cannot_answer(name: str, words: str) -> None:
    with pytest.raises(RequestError, match=words):
        forecast_issue(_issue(), [name])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"positions": [0, 50]}, "needs a position, a salience and a capability for each actor"),
        ({"actors": ("a", "a", "b")}, "An actor stands twice"),
        ({"scale": (5, 5)}, "has no length"),
        ({"positions": [0, 50, np.nan]}, "The position of 'c' on 'toll' is nan, outside"),
        ({"salience": [0, 50, 101]}, "it must be from 0 to 100"),
        ({"capability": [1, 1, -1]}, "The capability of 'c' is -1"),
        ({"capability": [0, 0, 0]}, "Nobody has any weight"),
    ],
)
def test_issues_that_cannot_be_meant(changes: dict[str, object], words: str) -> None:
    with pytest.raises(RequestError, match=words):
        _issue(**changes)


def test_intervals_grow_with_their_level_and_stay_on_the_scale() -> None:
    for model in forecast_issue(_issue()).models:
        half, most, nearly = model.intervals
        assert (half.level, most.level, nearly.level) == LEVELS
        assert 0 <= nearly.low <= most.low <= half.low <= model.forecast
        assert model.forecast <= half.high <= most.high <= nearly.high <= 100
        assert model.interval is most
        assert model.spread is None


def test_an_interval_is_the_forecast_with_the_error_measured() -> None:
    (model,) = forecast_issue(_issue(positions=[40, 50, 60]), ["compromise"]).models
    assert model.interval.high - model.forecast == pytest.approx(
        100 * half_width("compromise", 0.8)
    )


def test_what_is_uncertain_widens_the_interval_and_is_told_apart() -> None:
    sure = forecast_issue(_issue(), ["compromise"])
    unsure = forecast_issue(_issue(sd=[20, 20, 20]), ["compromise"], draws=4000)
    assert (sure.draws, unsure.draws) == (0, 4000)
    spread = unsure.models[0].spread
    assert spread is not None
    assert spread.low < unsure.models[0].forecast < spread.high
    lengths = [
        found.models[0].intervals[0].high - found.models[0].intervals[0].low
        for found in (sure, unsure)
    ]
    assert lengths[1] > lengths[0]


def test_the_same_seed_gives_the_same_figures() -> None:
    issue = _issue(sd=[20, 20, 20])
    first, again, other = (forecast_issue(issue, draws=200, seed=seed) for seed in (1, 1, 2))
    assert first.models == again.models
    assert first.models != other.models


def test_combining_without_spread_gives_the_measured_error() -> None:
    found = combined_interval("mean", np.array([50.0]), (0, 100), np.random.default_rng(1))
    for level in LEVELS:
        low, high = found[level]
        assert high - 50 == pytest.approx(100 * half_width("mean", level), abs=1)
        assert 50 - low == pytest.approx(100 * half_width("mean", level), abs=1)


@given(issue=any_issue(least=2), step=st.sampled_from([-1.0, 0.5]), data=st.data())
@settings(max_examples=60, deadline=None)
def test_levers_say_what_happens(issue: Issue, step: float, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(issue.actors) - 1))
    lever = next(each for each in find_levers(issue) if each.actor == issue.actors[place])
    before = _mean(issue)
    moved = issue.positions.copy()
    moved[place] += step
    if 0 <= moved[place] <= 100:
        assert _mean(replace(issue, positions=moved)) - before == pytest.approx(
            lever.share * step, abs=1e-9
        )
    step = 1e-4
    less, least = issue.salience.copy(), issue.salience.copy()
    less[place] -= step
    least[place] -= 2 * step
    slope = 3 * before - 4 * _mean(replace(issue, salience=less))
    slope = (slope + _mean(replace(issue, salience=least))) / (2 * step)
    assert slope == pytest.approx(lever.per_salience, abs=1e-5, rel=1e-5)
    rest = [n for n in range(len(issue.actors)) if n != place]
    without = Issue(
        "toll",
        tuple(issue.actors[n] for n in rest),
        issue.positions[rest],
        issue.salience[rest],
        issue.capability[rest],
        issue.scale,
    )
    assert _mean(without) - before == pytest.approx(lever.without, abs=1e-9)


def test_who_is_alone_cannot_leave() -> None:
    (lever,) = find_levers(Issue("toll", ("a",), [5], [5], [5], (0, 10)))
    assert (lever.share, lever.without) == (1.0, None)


def _decided(outcome: float | None, proposal: str, name: str) -> Issue:
    return _issue(outcome=outcome, proposal=proposal, name=name)


def test_a_back_test_by_hand() -> None:
    issues = [_decided(40.0, "p", "one"), _decided(60.0, "q", "two"), _decided(None, "q", "three")]
    found = back_test(issues, models=["mean", "median"])
    assert (found.issues, found.proposals, found.left_out) == (2, 2, 1)
    score = found.score("mean")
    assert (score.n, score.mean_error, score.root_mean_square, score.median_error) == (
        2,
        10,
        10,
        10,
    )
    # the other decision's error is 10: the sample is 40 and 60, and the outcome one of them
    assert score.crps == pytest.approx(10 - 5)
    assert score.coverage == 1.0
    mean = _mean(issues[0])
    assert found.score("compromise").mean_error == pytest.approx(
        (abs(mean - 40) + abs(mean - 60)) / 2
    )
    assert found.score("compromise").difference is None
    assert "No model is known to beat the compromise mean" in found.verdict


def test_a_model_that_is_always_right_is_said_to_be_better() -> None:
    issues = [_decided(50.0, f"p{n}", f"i{n}") for n in range(8)]
    found = back_test(issues)
    assert found.score("median").better
    assert "lies below 0 for" in found.verdict
    assert {"midpoint"} <= {score.id for score in found.scores}
    assert not {"reference", "proposal"} & {score.id for score in found.scores}


def test_one_proposal_says_nothing_of_coverage() -> None:
    found = back_test([_decided(50.0, "p", "one"), _decided(20.0, "p", "two")])
    assert found.score("mean").crps is None
    assert found.score("mean").coverage is None


def test_nothing_can_be_scored_without_outcomes() -> None:
    with pytest.raises(RequestError, match="without outcomes nothing can be scored"):
        back_test([_issue()])


_TOLD = {
    "unweighted mean": "mean",
    "salience-weighted mean": "salience-mean",
    "Nice-votes x salience mean (COM, EP = 29)": "compromise",
    "median (unweighted)": "median",
    "salience-weighted median": "salience-median",
    "cap x sal weighted median": "weighted-median",
    "Nash bargaining, disagreement = worst": "nash",
    "constant 50": "midpoint",
    "Commission position": "proposal",
    "reference point": "reference",
    "Nash bargaining, disagreement = rp": "nash-reference",
}


@needs_shared
def test_errors_on_decisions_of_the_european_union() -> None:
    issues = load_table(SHARED / "deu3.csv")
    found = back_test(issues)
    told = expected("expected_deu_baselines.json")
    assert told.keys() == _TOLD.keys()
    for words, name in _TOLD.items():
        score = found.score(name)
        assert score.n == told[words]["n"], name
        assert round(score.mean_error, 2) == told[words]["MAE"], name
        assert round(score.root_mean_square, 2) == told[words]["RMSE"], name
        assert round(score.median_error, 2) == told[words]["medAE"], name
    assert (found.issues, found.proposals) == (ISSUES, 137)
    assert 0.76 < (found.score("compromise").coverage or 0) < 0.84
    assert (found.score("challenge").low or 0) > 0
    assert "No model is known to beat the compromise mean" in found.verdict


@needs_shared
def test_the_errors_that_intervals_come_from_are_those_measured() -> None:
    issues = [each for each in load_table(SHARED / "deu3.csv") if each.outcome is not None]
    for model in MODELS:
        if model.answer is None:
            continue  # scored together, by proposal, in the test above
        able = [i for i in issues if not model.needs_reference or i.reference is not None]
        errors = [
            abs(forecast_issue(issue, [model.id]).models[0].forecast - (issue.outcome or 0.0))
            for issue in able
        ]
        quantiles = np.quantile(errors, np.linspace(0, 1, 21))
        assert quantiles == pytest.approx(ERRORS[model.id], abs=0.0501), model.id
