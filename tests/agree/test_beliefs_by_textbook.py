"""Beliefs against the textbook formulas, with explicit inverses and plain loops."""

from __future__ import annotations

import datetime

import numpy as np
import pytest
from numpy.typing import NDArray

from agree.small import draft, make_case, opinion, point, rating
from detente.beliefs.belief import Belief, Beliefs, condition
from detente.beliefs.observations import Observation
from detente.beliefs.prior import prior_correlation
from detente.case.case import Case
from detente.case.records import About, Actor, Condition, Person, Point, Salience, Settings
from detente.compiled.compiled import compile_case

Array = NDArray[np.float64]
Cell = tuple[str, str]


def textbook(
    mean: Array, covariance: Array, rows: Array, values: Array, noise: Array
) -> list[Array]:
    """Return posterior mean and covariance by the normal equations (Rasmussen and Williams 2.9)."""
    inverse = np.linalg.inv(rows @ covariance @ rows.T + np.diag(noise))
    gain = covariance @ rows.T @ inverse
    return [mean + gain @ (values - rows @ mean), covariance - gain @ rows @ covariance]


def by_precision(
    mean: Array, covariance: Array, rows: Array, values: Array, noise: Array
) -> list[Array]:
    """Return the same by adding precisions."""
    weight = np.diag(1.0 / noise)
    after = np.linalg.inv(np.linalg.inv(covariance) + rows.T @ weight @ rows)
    return [after @ (np.linalg.inv(covariance) @ mean + rows.T @ weight @ values), after]


def observed(rows: Array, values: Array, noise: Array) -> list[Observation]:
    return [
        Observation("statement", f"s{place}", "x", 0, row, float(value), float(np.sqrt(variance)))
        for place, (row, value, variance) in enumerate(zip(rows, values, noise, strict=True))
    ]


def random_question(generator: np.random.Generator) -> tuple[Array, Array, Array, Array, Array]:
    size, count = int(generator.integers(1, 9)), int(generator.integers(1, 7))
    root = generator.normal(size=(size, size))
    return (
        generator.normal(size=size),
        root @ root.T + 0.1 * np.eye(size),
        generator.normal(size=(count, size)),
        generator.normal(size=count),
        generator.uniform(0.05, 2.0, count),
    )


# --- conditioning ---


@pytest.mark.parametrize("seed", range(60))
def test_conditioning_is_that_of_the_textbook(seed: int) -> None:
    mean, covariance, rows, values, noise = random_question(np.random.default_rng([71, seed]))
    after = condition(mean, covariance, observed(rows, values, noise), rows)
    for oracle in (textbook, by_precision):
        wanted_mean, wanted_covariance = oracle(mean, covariance, rows, values, noise)
        np.testing.assert_allclose(after[0], wanted_mean, atol=1e-8)
        np.testing.assert_allclose(after[1], wanted_covariance, atol=1e-8)
    np.testing.assert_allclose(mean + after[2] @ after[3], after[0], atol=1e-9)
    np.testing.assert_allclose(after[3], values - rows @ mean, atol=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_conditioning_all_at_once_is_conditioning_one_after_another(seed: int) -> None:
    generator = np.random.default_rng([72, seed])
    mean, covariance, rows, values, noise = random_question(generator)
    every = observed(rows, values, noise)
    whole = condition(mean, covariance, every, rows)
    step = (mean, covariance)
    for place in generator.permutation(len(every)):
        step = condition(*step, [every[place]], rows[[place]])[:2]
    np.testing.assert_allclose(step[0], whole[0], atol=1e-9)
    np.testing.assert_allclose(step[1], whole[1], atol=1e-9)


# --- the prior on an ordered point ---


def kernel(left: float, right: float, span: float, length: float) -> float:
    return float(np.exp(-0.5 * ((left - right) / (span * length)) ** 2))


@pytest.mark.parametrize("seed", range(20))
def test_the_prior_on_an_ordered_point_is_conditioned_on_nothing_at_the_status_quo(
    seed: int,
) -> None:
    generator = np.random.default_rng([73, seed])
    count = int(generator.integers(2, 7))
    positions = [float(each) for each in generator.permutation(np.arange(100.0))[:count]]
    names = [f"o{place}" for place in range(count)]
    pinned = int(generator.integers(count))
    length = float(generator.uniform(0.1, 1.0))
    case = make_case([point("p", names, positions, names[pinned])], ["a"])
    found = prior_correlation(compile_case(case), Settings(length_scale=length))
    span = max(positions) - min(positions)
    full = np.array(
        [[kernel(left, right, span, length) for right in positions] for left in positions]
    )
    # a pseudo-observation of 0 at the status quo with next to no noise
    row = np.eye(count)[[pinned]]
    _, wanted = textbook(np.zeros(count), full, row, np.zeros(1), np.array([1e-12]))
    np.testing.assert_allclose(found, wanted, atol=1e-9)
    assert (found[pinned] == 0.0).all()


def test_a_status_quo_off_the_scale_tells_nothing_of_the_options_on_it() -> None:
    places = [None, 0.0, 50.0, 100.0]
    case = make_case([point("p", ["none", "low", "mid", "high"], places)], ["a"])
    found = prior_correlation(compile_case(case), Settings(length_scale=0.5))
    wanted = np.zeros((4, 4))
    for i, left in enumerate((0.0, 50.0, 100.0), start=1):
        for j, right in enumerate((0.0, 50.0, 100.0), start=1):
            wanted[i, j] = kernel(left, right, 100.0, 0.5)
    np.testing.assert_allclose(found, wanted, atol=1e-12)


# --- whole cases, read by hand ---

AUTHORITY = {"head": 0.5, "minister": 0.7, "official": 1.0, "anonymous": 1.5}


def everything_about(
    case: Case, actor: str
) -> tuple[list[Cell], list[Array], list[float], list[float]]:
    """Return cells, rows, values and noise variances; no conditions, salience all equal."""
    cells = [(p.id, o.id) for p in case.points for o in p.options]
    quiet = {(p.id, p.status_quo) for p in case.points}
    rows, values, noise = [], [], []

    def row(weights: dict[Cell, float]) -> Array:
        return np.array([0.0 if each in quiet else weights.get(each, 0.0) for each in cells])

    today = datetime.date.fromisoformat(str(case.about.as_of))
    for said in case.statements:
        if actor not in said.actors:
            continue
        assert isinstance(said.about, About)
        if said.about.option is not None:
            weights = {(str(said.about.point), said.about.option): 1.0}
            value = said.stance
            if said.preferred_to is not None:
                weights[str(said.about.point), said.preferred_to.option] = -1.0
                value = 1.0
        else:
            takes = case.draft(str(said.about.draft)).takes
            changed = [
                (p.id, str(takes[p.id]))
                for p in case.points
                if takes[p.id] not in ("absent", p.status_quo)
            ]
            if said.about.point is not None:
                changed = [each for each in changed if each[0] == said.about.point]
            weights = {each: 1.0 / len(changed) for each in changed}
            value = said.stance
        authority = [p.authority for p in case.people if p.id in said.speakers]
        sd = min((AUTHORITY[each] for each in authority), default=1.0) / said.confidence
        age = (today - datetime.date.fromisoformat(said.date)).days
        rows.append(row(weights))
        values.append(float(value or 0.0))
        noise.append(sd**2 * 2.0 ** (age / case.about.settings.half_life_days))
    for each in case.ratings[0].ratings:
        if each.actor == actor:
            rows.append(row({(each.point, each.option): 1.0}))
            values.append(each.rating)
            noise.append(each.sd**2)
    return cells, rows, values, noise


def talkative_case(generator: np.random.Generator, actors: list[Actor]) -> Case:
    """Return a case in which every actor says something of every kind."""
    points = [
        point("scale", ["low", "mid", "high"], [0.0, 30.0, 100.0]),
        point("plain", ["as-is", "new", "newer"]),
        point("far", ["out", "x", "y"], [None, 1.0, 4.0]),
    ]
    people = [
        Person(id=f"{a.id}-{rank}", name=rank, authority=rank, speaks_for=a.id)  # type: ignore[arg-type]
        for a in actors
        for rank in AUTHORITY
    ]
    statements = []
    for actor in actors:
        for place in range(6):
            subject = points[generator.integers(3)]
            options = [option.id for option in subject.options[1:]]
            preferred = None
            about = About(point=subject.id, option=options[0])
            drawn = generator.random()
            if drawn < 0.25:
                about = About(draft="d")
            elif drawn < 0.4:
                about = About(point="plain", draft="d")
            elif drawn < 0.6:
                preferred = str(
                    generator.choice([o.id for o in subject.options if o.id != options[0]])
                )
            elif drawn < 0.8:
                about = About(point=subject.id, option=options[1])
            statements.append(
                opinion(
                    f"{actor.id}-{place}",
                    actor.id,
                    about,
                    float(generator.integers(-3, 4)),
                    date=f"2025-{generator.integers(1, 12):02}-{generator.integers(1, 29):02}",
                    speaker=f"{actor.id}-{generator.choice(list(AUTHORITY))}",
                    preferred_to=preferred,
                    confidence=float(generator.choice([0.5, 1.0])),
                )
            )
    # the same salience everywhere, so that a stance on a draft is a plain mean
    salience = [
        Salience(actor=a.id, point=p.id, salience=50.0, reason="even")
        for a in actors
        for p in points
    ]
    return make_case(
        points,
        actors,
        people=people,
        drafts=[draft("d", {"scale": "mid", "plain": "new", "far": "absent"})],
        statements=statements,
        ratings=[rating(a.id, "far", "y", float(generator.normal()), 0.8) for a in actors],
        salience=salience,
        settings=Settings(half_life_days=100.0, prior_sd=1.3, inheritance_sd=0.6, length_scale=0.4),
    )


def prior_by_hand(case: Case) -> Array:
    """Return the prior in units of its variance, point by point."""
    sizes = [len(each.options) for each in case.points]
    result = np.zeros((sum(sizes), sum(sizes)))
    start = 0
    for each in case.points:
        result[start : start + len(each.options), start : start + len(each.options)] = _block(
            each, case.about.settings.length_scale
        )
        start += len(each.options)
    return result


def _block(each: Point, length: float) -> Array:
    count = len(each.options)
    places = [option.position for option in each.options]
    known = [place for place in places if place is not None]
    span = max(known) - min(known) if known else 1.0
    full = np.eye(count)
    for i, left in enumerate(places):
        for j, right in enumerate(places):
            if left is not None and right is not None:
                full[i, j] = kernel(left, right, span, length)
    pinned = [option.id for option in each.options].index(each.status_quo)
    row = np.eye(count)[[pinned]]
    return textbook(np.zeros(count), full, row, np.zeros(1), np.array([1e-13]))[1]


@pytest.mark.parametrize("seed", range(30))
def test_a_belief_is_the_prior_conditioned_on_everything_said(seed: int) -> None:
    case = talkative_case(np.random.default_rng([74, seed]), [Actor(id="a", name="a")])
    belief = Beliefs(compile_case(case)).of("a")
    cells, rows, values, noise = everything_about(case, "a")
    wanted = textbook(
        np.zeros(len(cells)),
        1.3**2 * prior_by_hand(case),
        np.array(rows),
        np.array(values),
        np.array(noise),
    )
    np.testing.assert_allclose(belief.mean, wanted[0], atol=1e-7)
    np.testing.assert_allclose(belief.covariance, wanted[1], atol=1e-7)


@pytest.mark.parametrize("seed", range(30))
def test_a_member_and_its_group_are_one_large_gaussian(seed: int) -> None:
    group, member = Actor(id="group", name="g"), Actor(id="member", name="m", inherits="group")
    case = talkative_case(np.random.default_rng([75, seed]), [group, member])
    beliefs = Beliefs(compile_case(case))
    prior = prior_by_hand(case)
    size = len(prior)
    of_group, apart = 1.3**2 * prior, 0.6**2 * prior
    mean = np.zeros(2 * size)
    joint = np.block([[of_group, of_group], [of_group, of_group + apart]])
    empty = np.zeros(size)
    _, rows, values, noise = everything_about(case, "group")
    told = np.array([np.concatenate([row, empty]) for row in rows])
    mean, joint = textbook(mean, joint, told, np.array(values), np.array(noise))
    found_group = beliefs.of("group")
    np.testing.assert_allclose(found_group.mean, mean[:size], atol=1e-7)
    np.testing.assert_allclose(found_group.covariance, joint[:size, :size], atol=1e-7)

    np.testing.assert_allclose(beliefs.before("member"), joint.diagonal()[size:], atol=1e-7)
    _, rows, values, noise = everything_about(case, "member")
    told = np.array([np.concatenate([empty, row]) for row in rows])
    mean, joint = textbook(mean, joint, told, np.array(values), np.array(noise))
    found = beliefs.of("member")
    np.testing.assert_allclose(found.mean, mean[size:], atol=1e-7)
    np.testing.assert_allclose(found.covariance, joint[size:, size:], atol=1e-7)
    np.testing.assert_allclose(found.shared_covariance, joint[size:, :size], atol=1e-7)
    np.testing.assert_allclose(found.group_covariance, joint[:size, :size], atol=1e-7)


def test_a_silent_member_has_the_mean_of_its_group_and_more_variance() -> None:
    group, member = Actor(id="group", name="g"), Actor(id="member", name="m", inherits="group")
    talk = talkative_case(np.random.default_rng(76), [group])
    case = make_case(
        talk.points,
        [group, member],
        people=talk.people,
        drafts=talk.drafts,
        statements=talk.statements,
        settings=talk.about.settings,
    )
    beliefs = Beliefs(compile_case(case))
    known, silent = beliefs.of("group"), beliefs.of("member")
    np.testing.assert_array_equal(silent.mean, known.mean)
    np.testing.assert_allclose(
        silent.covariance - known.covariance, 0.6**2 * prior_by_hand(case), atol=1e-9
    )
    assert silent.lineage == ("group",)
    assert not silent.has_own_voice


# --- conditions ---


def conditional(otherwise: float | None) -> Belief:
    case = make_case(
        [point("cap"), point("guarantee")],
        ["a"],
        statements=[
            opinion(
                "s",
                "a",
                About(point="cap", option="new"),
                2.0,
                condition=Condition(
                    text="with a guarantee", options={"guarantee": "new"}, otherwise=otherwise
                ),
            )
        ],
    )
    return Beliefs(compile_case(case)).of("a")


@pytest.mark.parametrize("otherwise", [None, -3.0])
def test_a_condition_is_a_feature_of_its_own(otherwise: float | None) -> None:
    belief = conditional(otherwise)
    rows, values = [[1.0, 1.0]], [2.0]
    if otherwise is not None:
        rows.append([1.0, 0.0])
        values.append(otherwise)
    wanted = textbook(
        np.zeros(2), 1.5**2 * np.eye(2), np.array(rows), np.array(values), np.ones(len(rows))
    )
    both = [1, 4]
    np.testing.assert_allclose(belief.mean[both], wanted[0], atol=1e-12)
    np.testing.assert_allclose(belief.covariance[np.ix_(both, both)], wanted[1], atol=1e-12)


def test_the_gain_says_how_far_one_unit_of_surprise_moves_the_mean() -> None:
    case = talkative_case(np.random.default_rng(77), [Actor(id="a", name="a")])
    before = Beliefs(compile_case(case)).of("a")
    louder = [
        each.model_copy(update={"rating": each.rating + 1.0}) for each in case.ratings[0].ratings
    ]
    moved = make_case(
        case.points,
        case.actors,
        people=case.people,
        drafts=case.drafts,
        statements=case.statements,
        ratings=louder,
        salience=case.ratings[0].salience,
        settings=case.about.settings,
    )
    after = Beliefs(compile_case(moved)).of("a")
    np.testing.assert_allclose(after.mean - before.mean, before.gain[:, -1], atol=1e-9)
