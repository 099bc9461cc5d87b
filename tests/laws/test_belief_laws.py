"""What holds of every belief, whatever was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from agree.small import TODAY, days_before_today, make_case, opinion, point, random_case, rating
from detente.beliefs.belief import Belief, Beliefs
from detente.beliefs.explain import explain_actor
from detente.case.case import Case
from detente.case.records import About, Actor, Person, Settings, Statement
from detente.compiled.compiled import compile_case


def beliefs_of(case: Case) -> dict[str, Belief]:
    beliefs = Beliefs(compile_case(case))
    return {actor.id: beliefs.of(actor.id) for actor in case.actors}


def said(case: Case, statements: Sequence[Statement]) -> Case:
    return replace(case, statements=tuple(statements))


def simple(*statements: Statement, people: Sequence[Person] = (), half_life: float = 180.0) -> Case:
    return make_case(
        [point("p"), point("q")],
        ["a", "b"],
        people=people,
        statements=statements,
        settings=Settings(half_life_days=half_life),
    )


NEW = About(point="p", option="new")


@pytest.mark.parametrize("seed", range(25))
def test_the_order_of_statements_and_ratings_does_not_matter(seed: int) -> None:
    generator = np.random.default_rng([81, seed])
    case = random_case(generator)
    shuffled = [case.statements[each] for each in generator.permutation(len(case.statements))]
    ratings = case.ratings[0]
    mixed = [ratings.ratings[each] for each in generator.permutation(len(ratings.ratings))]
    other = replace(
        said(case, shuffled),
        ratings=(ratings.model_copy(update={"ratings": tuple(mixed)}),),
    )
    before, after = compile_case(case), compile_case(other)
    options = len(before.options)
    place = after.interaction_place
    order = [*range(options), *(place[each] for each in before.interactions)]
    for actor, belief in beliefs_of(case).items():
        again = beliefs_of(other)[actor]
        np.testing.assert_allclose(again.mean[order], belief.mean, atol=1e-9)
        covariance = again.covariance[np.ix_(order, order)]
        np.testing.assert_allclose(covariance, belief.covariance, atol=1e-9)
        np.testing.assert_allclose(again.salience, belief.salience, atol=1e-9)


@pytest.mark.parametrize("seed", range(25))
def test_what_is_observed_moves_the_inherited_mean_to_the_mean(seed: int) -> None:
    case = random_case(np.random.default_rng([82, seed]))
    beliefs = Beliefs(compile_case(case))
    for actor in case.actors:
        belief = beliefs.of(actor.id)
        start = beliefs.of(actor.inherits).mean if actor.inherits else np.zeros(len(belief.mean))
        moved = belief.contributions().sum(axis=1)
        np.testing.assert_allclose(start + moved, belief.mean, atol=1e-9)


@pytest.mark.parametrize("seed", range(25))
def test_nobody_is_less_sure_for_having_listened(seed: int) -> None:
    case = random_case(np.random.default_rng([83, seed]))
    beliefs = Beliefs(compile_case(case))
    options = len(beliefs.compiled.options)
    for actor in case.actors:
        belief = beliefs.of(actor.id)
        assert (belief.covariance.diagonal()[:options] <= beliefs.before(actor.id) + 1e-9).all()
        assert np.linalg.eigvalsh(belief.covariance).min() > -1e-8
        # what is left of the group is no more than was known of it
        if actor.inherits:
            known = beliefs.of(actor.inherits).covariance.diagonal()
            assert (belief.group_covariance.diagonal() <= known + 1e-9).all()


@pytest.mark.parametrize("seed", range(25))
def test_the_status_quo_is_worth_nothing_for_certain(seed: int) -> None:
    case = random_case(np.random.default_rng([84, seed]))
    for belief in beliefs_of(case).values():
        quiet = compile_case(case).status_quo
        assert (belief.mean[quiet] == 0.0).all()
        np.testing.assert_allclose(belief.covariance[quiet], 0.0, atol=1e-12)


@pytest.mark.parametrize("seed", range(15))
def test_an_observation_with_huge_noise_changes_nothing(seed: int) -> None:
    case = random_case(np.random.default_rng([85, seed]))
    options = {each.id: each.options for each in case.points}
    loud = next(o.id for o in options["p0"] if o.id != case.points[0].status_quo)
    ratings = case.ratings[0]
    noise = rating("a0", "p0", loud, 3.0, 1e6)
    louder = ratings.model_copy(update={"ratings": (*ratings.ratings, noise)})
    before, after = beliefs_of(case)["a0"], beliefs_of(replace(case, ratings=(louder,)))["a0"]
    np.testing.assert_allclose(after.mean, before.mean, atol=1e-6)
    np.testing.assert_allclose(after.covariance, before.covariance, atol=1e-6)
    assert len(after.observations) == len(before.observations) + 1


@pytest.mark.parametrize("half_life", [30.0, 180.0])
@pytest.mark.parametrize("halves", [1, 2, 3])
def test_the_weight_of_a_statement_halves_with_every_half_life(
    half_life: float, halves: int
) -> None:
    old = days_before_today(int(half_life) * halves)
    fresh = beliefs_of(simple(opinion("s", "a", NEW, 2.0), half_life=half_life))["a"]
    aged = beliefs_of(simple(opinion("s", "a", NEW, 2.0, date=old), half_life=half_life))["a"]
    weights = [each.observations[0].sd ** -2 for each in (fresh, aged)]
    assert weights[1] == pytest.approx(weights[0] / 2**halves)
    # precision of the belief is that of the prior and of the statement together
    precision = 1.0 / aged.covariance[1, 1]
    assert precision == pytest.approx(1.5**-2 + weights[1])


def test_a_doubted_statement_weighs_less() -> None:
    sure, unsure = (
        beliefs_of(simple(opinion("s", "a", NEW, 2.0, confidence=confidence)))["a"]
        for confidence in (1.0, 0.5)
    )
    assert unsure.observations[0].sd == pytest.approx(2.0 * sure.observations[0].sd)
    assert 0.0 < unsure.mean[1] < sure.mean[1]


def test_a_statement_after_the_day_of_the_case_does_not_count() -> None:
    later = "2026-01-15"
    assert later > TODAY
    known = beliefs_of(simple(opinion("s", "a", NEW, 2.0, date=later)))["a"]
    assert known.mean[1] == 0.0


# --- who speaks for whom ---

AIDE = Person(id="aide", name="Aide", speaks_for="a")
ENVOY = Person(id="envoy", name="Envoy", speaks_for=("a", "b"))
STRANGER = Person(id="stranger", name="Stranger", speaks_for="b")
NOBODY = Person(id="nobody", name="Nobody")


@pytest.mark.parametrize(
    ("speaker", "evidence", "heard"),
    [
        (None, None, True),
        (None, False, False),
        ("aide", None, True),
        ("aide", True, True),
        ("aide", False, False),
        ("envoy", None, True),
        ("stranger", None, False),
        ("stranger", True, True),
        ("stranger", False, False),
        ("nobody", None, False),
        ("nobody", True, True),
    ],
)
def test_a_speaker_who_does_not_speak_for_the_actor_is_heard_only_where_the_analyst_says_so(
    speaker: str | None, evidence: bool | None, heard: bool
) -> None:
    statement = opinion("s", "a", NEW, -2.0, speaker=speaker, evidence=evidence)
    case = simple(statement, people=[AIDE, ENVOY, STRANGER, NOBODY])
    belief = beliefs_of(case)["a"]
    assert belief.has_own_voice == heard
    assert (belief.mean[1] < 0.0) == heard
    assert (belief.salience[0] > belief.salience[1]) == heard
    assert not beliefs_of(case)["b"].has_own_voice


# --- inheritance ---


@pytest.mark.parametrize("seed", range(15))
def test_a_member_is_less_sure_than_its_group_until_it_speaks(seed: int) -> None:
    generator = np.random.default_rng([86, seed])
    names = ["as-is", "one", "two", "three"]
    case = make_case(
        [point("p", names, [0.0, 10.0, 20.0, 30.0])],
        [Actor(id="g", name="g"), Actor(id="m", name="m", inherits="g")],
        ratings=[
            rating("g", "p", name, float(generator.uniform(-3.0, 3.0)), 0.5) for name in names[1:3]
        ],
        settings=Settings(inheritance_sd=0.5),
    )
    known = beliefs_of(case)
    variance = known["m"].covariance.diagonal() - known["g"].covariance.diagonal()
    np.testing.assert_array_equal(known["m"].mean, known["g"].mean)
    assert (variance[1:] > 0.0).all()
    assert (variance <= 0.25 + 1e-12).all()


# --- explanations ---


@pytest.mark.parametrize("seed", range(15))
def test_an_explanation_adds_up_to_the_mean(seed: int) -> None:
    case = random_case(np.random.default_rng([87, seed]))
    beliefs = Beliefs(compile_case(case))
    for actor in case.actors:
        for each in explain_actor(beliefs, actor.id):
            moved = sum(push.effect for push in each.pushes)
            assert each.inherited + moved == pytest.approx(each.mean, abs=1e-9)
            assert each.sd <= each.prior_sd + 1e-9
