"""What holds for every model, and each beside a slow, obvious computation of the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import RequestError
from detente.forecast.challenge import OFFERS, play
from detente.forecast.condorcet import condorcet
from detente.forecast.exchange import exchange, trades_of
from detente.forecast.issue import Inputs, Issue, inputs_of
from detente.forecast.median import weighted_median
from detente.forecast.models import MODELS, Model, Options
from detente.forecast.nash import GRID, LEAST_GAIN, nash, nash_reference
from detente.forecast.support import sort_actors, votes
from forecast.issues import any_inputs, any_issue
from forecast.slow import SlowChallenge, slow_election, slow_votes

ALONE = [model for model in MODELS if model.answer is not None]
MEANS = [m for m in ALONE if m.id in ("compromise", "mean", "salience-mean", "condorcet")]
OPTIONS = Options(rounds=3)

every_model = pytest.mark.parametrize("model", ALONE, ids=lambda model: model.id)


def _values(model: Model, inputs: Inputs, options: Options = OPTIONS) -> np.ndarray:
    assert model.answer is not None
    return model.answer(inputs, options).values


@every_model
@given(inputs=any_inputs())
@settings(max_examples=25, deadline=None)
def test_names_and_order_of_actors_change_nothing(model: Model, inputs: Inputs) -> None:
    order = np.random.default_rng(1).permutation(len(inputs.salience))
    other = replace(
        inputs,
        positions=inputs.positions[:, order],
        salience=inputs.salience[order],
        capability=inputs.capability[order],
    )
    assert _values(model, other) == pytest.approx(_values(model, inputs), abs=1e-9)


@every_model
@given(inputs=any_inputs(), factor=st.sampled_from([0.5, 4.0, 1024.0]))
@settings(max_examples=25, deadline=None)
def test_the_unit_of_capability_changes_nothing(
    model: Model, inputs: Inputs, factor: float
) -> None:
    other = replace(inputs, capability=factor * inputs.capability)
    assert _values(model, other) == pytest.approx(_values(model, inputs), abs=1e-9)


@every_model
@given(inputs=any_inputs(), shift=st.sampled_from([-1000.0, 64.0]), unit=st.sampled_from([0.25, 8]))
@settings(max_examples=25, deadline=None)
def test_the_scale_may_be_moved_and_measured_otherwise(
    model: Model, inputs: Inputs, shift: float, unit: float
) -> None:
    def moved(values: np.ndarray | float) -> np.ndarray:
        return np.asarray(values) * unit + shift

    other = replace(
        inputs,
        positions=moved(inputs.positions),
        low=float(moved(inputs.low)),
        high=float(moved(inputs.high)),
        reference=float(moved(inputs.reference or 0.0)),
    )
    assert _values(model, other) == pytest.approx(moved(_values(model, inputs)), abs=1e-6)


@every_model
@given(inputs=any_inputs())
@settings(max_examples=25, deadline=None)
def test_the_scale_may_be_read_from_the_other_end(model: Model, inputs: Inputs) -> None:
    other = replace(
        inputs,
        positions=100.0 - inputs.positions,
        reference=100.0 - (inputs.reference or 0.0),
    )
    options = replace(OPTIONS, offers="least-move")  # the published rule prefers low positions
    assert _values(model, other, options) == pytest.approx(
        100.0 - _values(model, inputs, options), abs=1e-6
    )


@pytest.mark.parametrize("model", MEANS, ids=lambda model: model.id)
@given(issue=any_issue())
@settings(max_examples=40, deadline=None)
def test_a_mean_lies_among_the_positions(model: Model, issue: Issue) -> None:
    (value,) = _values(model, inputs_of(issue))
    assert issue.positions.min() - 1e-9 <= value <= issue.positions.max() + 1e-9


@every_model
@given(inputs=any_inputs(draws=4))
@settings(max_examples=25, deadline=None)
def test_many_draws_are_each_answered_as_if_alone(model: Model, inputs: Inputs) -> None:
    alone = [
        _values(model, replace(inputs, positions=inputs.positions[place : place + 1]))[0]
        for place in range(4)
    ]
    assert _values(model, inputs) == pytest.approx(alone, abs=1e-9)


@given(issue=any_issue())
@settings(max_examples=100, deadline=None)
def test_on_either_side_of_the_median_lies_at_most_half(issue: Issue) -> None:
    (middle,) = weighted_median(issue.positions[None], issue.weights)
    half = issue.weights.sum() / 2 + 1e-9
    assert middle in issue.positions
    assert issue.weights[issue.positions < middle].sum() <= half
    assert issue.weights[issue.positions > middle].sum() <= half


@given(issue=any_issue(most=5))
@settings(max_examples=50, deadline=None)
def test_nash_is_the_best_place_of_all(issue: Issue) -> None:
    def product_at(place: float, reference: float | None) -> float:
        found = 0.0
        for x, s in zip(issue.positions, issue.salience / 100, strict=True):
            gain = 1 - s * abs(place - x) / 100
            if reference is not None:
                gain -= 1 - s * abs(reference - x) / 100
            found += np.log(max(gain, LEAST_GAIN))
        return found

    places = np.linspace(0, 100, GRID)
    for reference, function in ((None, nash), (issue.reference, nash_reference)):
        if function is nash_reference and reference is None:
            continue
        logs = np.array([product_at(place, reference) for place in places])
        best = places[logs >= logs.max() - 1e-9].mean()
        assert function(inputs_of(issue))[0] == pytest.approx(best, abs=1e-6)


def test_nash_without_a_reference_point_is_not_asked() -> None:
    issue = Issue("toll", ("a",), [1], [1], [1], (0, 100))
    with pytest.raises(ValueError, match="no reference point"):
        nash_reference(inputs_of(issue))


@given(issue=any_issue(least=2), seed=st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_votes_are_those_counted_one_by_one(issue: Issue, seed: int) -> None:
    shares = issue.positions / 100.0
    risk = np.random.default_rng(seed).uniform(0.5, 2.0, len(shares))
    actors = sort_actors(shares[None])
    order = actors.order[0]
    found = votes(actors, issue.weights[None, order], risk[None, order])[0]
    for i, j in product(range(len(shares)), repeat=2):
        counted = slow_votes(shares[order], issue.weights[order], risk[order], i, j)
        assert found[i, j] == pytest.approx(counted, abs=1e-9)


@pytest.mark.parametrize("offers", OFFERS)
@given(issue=any_issue(least=2), q=st.sampled_from([1.0, 0.5]))
@settings(max_examples=60, deadline=None)
def test_a_round_of_challenges_is_that_played_one_actor_after_another(
    offers: str, issue: Issue, q: float
) -> None:
    slow = SlowChallenge(
        issue.positions, issue.salience / 100, issue.capability, q=q, offers=offers
    )
    slow.play()
    fast = play(inputs_of(issue), rounds=1, q=q, offers=offers)
    assert fast.positions[0] == pytest.approx(slow.positions, abs=1e-7)


@given(issue=any_issue(most=5))
@settings(max_examples=40, deadline=None)
def test_the_election_ends_where_its_steps_lead(issue: Issue) -> None:
    assert condorcet(inputs_of(issue))[0] == pytest.approx(
        slow_election(list(issue.positions), list(issue.weights)), abs=1e-5
    )


def test_where_all_agree_every_model_says_so() -> None:
    issue = Issue("toll", ("a", "b"), [40, 40], [50, 20], [1, 2], (0, 100), reference=0.0)
    for model in ALONE:
        assert _values(model, inputs_of(issue))[0] == pytest.approx(40, abs=1e-9), model.id


def test_progress_of_rounds_ends_with_nothing_left() -> None:
    told: list[float] = []
    inputs = Inputs(np.random.default_rng(1).uniform(0, 1, (3000, 9)), *np.ones((2, 9)), 0.0, 1.0)
    play(inputs, rounds=1, progress=told.append)
    assert len(told) > 1
    assert told == sorted(told, reverse=True)
    assert told[-1] == 0.0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"q": 1.5}, "Q is a probability from 0 to 1; found 1.5."),
        ({"rounds": -1}, "The number of rounds must be at least 0; found -1."),
        ({"offers": "least"}, "There is no rule of offers 'least'"),
    ],
)
def test_settings_of_the_challenge_model_that_cannot_be_meant(
    options: dict[str, float], words: str
) -> None:
    inputs = Inputs(np.array([[0.0, 1.0]]), np.ones(2), np.ones(2), 0.0, 1.0)
    with pytest.raises(RequestError, match=words):
        play(inputs, **options)  # type: ignore[arg-type]


def _pair(positions: list[float], saliences: list[list[float]]) -> list[Issue]:
    return [
        Issue(name, ("x", "y", "z"), positions, salience, [1, 1, 1], (0, 100))
        for name, salience in zip("pq", saliences, strict=True)
    ]


def test_an_exchange_gives_both_the_same_gain_at_the_best_rate() -> None:
    issues = _pair([0, 100, 50], [[90, 10, 50], [20, 80, 50]])
    (trade, *_) = trades_of(issues)
    assert {trade.first, trade.second} == {"x", "y"}
    start = [float(i.weights @ i.positions / i.weights.sum()) for i in issues]
    after = exchange(issues)
    shift = [(b - a) / 100 for a, b in zip(start, after, strict=True)]
    gains = {
        "x": -(0.9 * shift[0] + 0.2 * shift[1]),
        "y": 0.1 * shift[0] + 0.8 * shift[1],
    }
    assert gains["x"] == pytest.approx(gains["y"])
    assert gains["x"] == pytest.approx(trade.gain)


@given(issue=any_issue(least=3, most=6), seed=st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_names_and_order_of_actors_change_no_exchange(issue: Issue, seed: int) -> None:
    generator = np.random.default_rng(seed)
    count = len(issue.actors)
    other = replace(
        issue,
        name="lanes",
        positions=generator.uniform(0, 100, count),
        salience=generator.uniform(1, 100, count),
    )
    order = generator.permutation(count)
    again = [
        replace(
            each,
            actors=tuple(f"b{place}" for place in order),
            positions=each.positions[order],
            salience=each.salience[order],
            capability=each.capability[order],
        )
        for each in (issue, other)
    ]
    assert exchange(again) == pytest.approx(exchange([issue, other]), abs=1e-9)


def test_nobody_exchanges_where_all_matters_alike() -> None:
    issues = _pair([0, 100, 50], [[50, 50, 50], [50, 50, 50]])
    assert trades_of(issues) == ()
    assert exchange(issues) == pytest.approx([50, 50])


@given(first=any_issue(least=3, most=6), data=st.data())
@settings(max_examples=40, deadline=None)
def test_every_trade_gains_and_outcomes_stay_on_the_scale(
    first: Issue, data: st.DataObject
) -> None:
    second = replace(
        data.draw(any_issue(least=len(first.actors), most=len(first.actors))), name="lanes"
    )
    for trade in trades_of([first, second]):
        assert trade.gain > 0
    assert all(0 <= outcome <= 100 for outcome in exchange([first, second]))
