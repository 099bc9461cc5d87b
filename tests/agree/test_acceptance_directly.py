"""Verdicts against sums written out, and against simulation."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from agree.small import (
    all_packages,
    called_for,
    choices_of,
    draft,
    make_case,
    opinion,
    point,
    random_case,
    rating,
    rule,
    voices,
)
from detente.assess.outlook import Outlook
from detente.assess.sampling import sampled_acceptance
from detente.assess.verdict import assess_draft
from detente.beliefs.prior import prior_correlation
from detente.case.records import (
    About,
    Condition,
    NoDeal,
    Point,
    Rating,
    RedLine,
    Salience,
    Settings,
)

Package = Mapping[str, str]


def normal(value: float) -> float:
    return 0.5 * math.erfc(-value / math.sqrt(2.0))


def weight_of(outlook: Outlook, actor: str) -> dict[str, float]:
    """Return the share of every point in the actor's salience where it is asked."""
    case, belief = outlook.case, outlook.belief(actor)
    asked = set()
    for each in case.consent:
        if any(name == actor for name, _ in voices(case, each.rule)):
            for subject in case.points:
                for option in subject.options:
                    taken = {p.id: p.status_quo for p in case.points} | {subject.id: option.id}
                    if called_for(case, each, taken):
                        asked.add(subject.id)
    salience = {
        subject.id: float(belief.salience[place]) if subject.id in asked else 0.0
        for place, subject in enumerate(case.points)
    }
    total = sum(salience.values())
    return {name: value / total if total else 0.0 for name, value in salience.items()}


def conditions_met(outlook: Outlook, package: Package) -> list[tuple[str, int]]:
    """Return point and feature of every condition that a package meets."""
    compiled = outlook.compiled
    taken = {compiled.place[item] for item in package.items()}
    return [
        (compiled.options[each.option][0], feature)
        for each, feature in compiled.interaction_place.items()
        if each.option in taken and all(taken & needed for needed in each.needs)
    ]


def utility_by_hand(outlook: Outlook, actor: str, package: Package) -> tuple[float, float]:
    """Return mean and variance of the weighted mean of ratings."""
    belief, weight = outlook.belief(actor), weight_of(outlook, actor)
    used = [
        (weight[name], outlook.compiled.place[name, option]) for name, option in package.items()
    ]
    used += [(weight[name], feature) for name, feature in conditions_met(outlook, package)]
    mean = sum(share * float(belief.mean[place]) for share, place in used)
    variance = sum(
        left * right * float(belief.covariance[i, j]) for left, i in used for right, j in used
    )
    return mean, variance


def reservation_by_hand(outlook: Outlook, actor: str) -> tuple[float, float]:
    name: str | None = actor
    while name is not None:
        for each in outlook.case.ratings[0].no_deal:
            if each.actor == name:
                return each.value, each.sd
        name = outlook.case.actor_of[name].inherits
    return 0.0, outlook.settings.no_deal_sd


def refusal_by_hand(outlook: Outlook, actor: str, name: str, package: Package) -> float:
    """Return the chance that an actor refuses what a package takes on a point at any price."""
    case, belief = outlook.case, outlook.belief(actor)
    option = package[name]
    if option == case.point_of[name].status_quo:
        return 0.0
    place = outlook.compiled.place[name, option]
    used = [place]
    line: str | None = actor
    assumed = None
    while line is not None and assumed is None:
        for each in case.ratings[0].red_lines:
            if each.actor == line and each.point == name and option in each.options:
                assumed = each.probability
                break
        line = case.actor_of[line].inherits
    nearby = prior_correlation(outlook.compiled, outlook.settings)
    lineage = [belief, *(outlook.belief(each) for each in belief.lineage)]
    spoken = any(
        abs(float(each.row[other]) * nearby[other, place]) > 1e-9
        for known in lineage
        for each in known.observations
        if each.point is not None
        for other in range(len(nearby))
    )

    def inferred() -> float:
        mean = sum(float(belief.mean[each]) for each in used)
        variance = sum(float(belief.covariance[i, j]) for i in used for j in used)
        return outlook.settings.firmness * normal((-2.0 - mean) / math.sqrt(variance))

    if assumed is None and not spoken:
        return 0.0
    plain = assumed if assumed is not None else inferred()
    met = [feature for where, feature in conditions_met(outlook, package) if where == name]
    if not met or not belief.covariance[met[0], met[0]]:
        return plain
    used += met
    # a condition that is met can only make an option more bearable
    return min(plain, inferred())


def lone_conditions(outlook: Outlook, package: Package) -> bool:
    places = [name for name, _ in conditions_met(outlook, package)]
    return len(set(places)) == len(places)


@pytest.mark.parametrize("seed", range(24))
def test_acceptance_is_the_salience_weighted_mean_against_no_deal_times_red_lines(
    seed: int,
) -> None:
    case = random_case(np.random.default_rng([91, seed]))
    outlook = Outlook.of(case)
    asked = {name for each in case.consent for name, _ in voices(case, each.rule)}
    packages = list(all_packages(case))[:: max(1, len(list(all_packages(case))) // 12)]
    for actor in sorted(asked):
        value, sd = reservation_by_hand(outlook, actor)
        weight, lines = weight_of(outlook, actor), outlook.acceptor(actor)
        for package in packages:
            features = outlook.compiled.features(outlook.compiled.package(package))
            mean, variance = utility_by_hand(outlook, actor, package)
            gain, compliance = (float(each[0]) for each in lines.factors(features))
            wanted = normal((mean - value) / math.sqrt(variance + sd**2))
            assert gain == pytest.approx(wanted, abs=1e-9)
            if not lone_conditions(outlook, package):
                continue
            rest = math.prod(
                1.0 - refusal_by_hand(outlook, actor, name, package)
                for name in package
                if _in_scope(outlook, actor, name)
            )
            assert compliance == pytest.approx(rest, abs=1e-7)
            assert float(lines.probability(features)[0]) == pytest.approx(wanted * rest, abs=1e-7)
        # somebody to whom nothing matters on which it is asked weighs nothing
        silent = not outlook.belief(actor).salience[outlook.scope(actor)].any()
        assert sum(weight.values()) == pytest.approx(0.0 if silent else 1.0)


def _in_scope(outlook: Outlook, actor: str, name: str) -> bool:
    return bool(outlook.scope(actor)[outlook.compiled.point_place[name]])


# --- red lines and conditions ---


def two_lines(*options: str) -> Outlook:
    """Return a case in which an actor refuses two options, one of them but on two conditions."""
    conditions = [Condition(text=name, options={name: "new"}, otherwise=-3.0) for name in options]
    case = make_case(
        [point("cap"), point("loss"), point("first"), point("second")],
        ["a"],
        ratings=[rating("a", "loss", "new", -3.0, 0.2)],
        statements=[
            opinion(f"s{place}", "a", About(point="cap", option="new"), 3.0, condition=condition)
            for place, condition in enumerate(conditions)
        ],
    )
    return Outlook.of(case)


@pytest.mark.parametrize("options", [("first",), ("first", "second")])
def test_a_condition_that_is_met_never_outweighs_a_red_line_elsewhere(
    options: tuple[str, ...],
) -> None:
    outlook = two_lines(*options)
    compiled, judge = outlook.compiled, outlook.acceptor("a")
    loss = {"loss": "new"}
    whole = loss | {"cap": "new"} | dict.fromkeys(options, "new")
    compliance = [
        float(judge.factors(compiled.features(compiled.package(takes)))[1][0])
        for takes in (loss, whole)
    ]
    assert compliance[0] < 0.3
    assert compliance[1] <= compliance[0] + 1e-9


# --- simulation ---


@pytest.mark.parametrize("line", [None, 0.3, 0.8])
@pytest.mark.parametrize("seed", range(8))
def test_sampling_agrees_with_the_closed_form_where_red_lines_are_independent(
    seed: int, line: float | None
) -> None:
    generator = np.random.default_rng([92, seed])
    names = ["as-is", "one", "two"]
    points = [point("p", names, [0.0, 1.0, 2.0]), point("q", names), point("r")]
    ratings: list[Rating] = []
    for subject in points:
        for option in subject.options[1:]:
            ratings.append(
                rating("a", subject.id, option.id, float(generator.uniform(-0.5, 1.5)), 0.7)
            )
    lines = []
    if line is not None:
        lines.append(
            RedLine(actor="a", point="q", options=("one",), probability=line, reason="assumed")
        )
    case = make_case(
        points,
        ["a"],
        ratings=ratings,
        red_lines=lines,
        no_deal=[NoDeal(actor="a", value=0.2, sd=0.4, reason="assumed")],
        settings=Settings(firmness=0.0),
    )
    outlook = Outlook.of(case)
    judge = outlook.acceptor("a")
    package = outlook.compiled.package({"p": "two", "q": "one", "r": "new"})
    features = outlook.compiled.features(package)
    share, error = sampled_acceptance(
        judge, outlook.belief("a"), features, 0.0, generator, draws=60_000
    )
    assert error < 0.003
    assert float(judge.probability(features)[0]) == pytest.approx(share, abs=4.0 * error)


# --- drafts ---


@pytest.mark.parametrize("seed", range(24))
def test_a_draft_is_judged_by_the_average_over_everything_it_may_mean(seed: int) -> None:
    case = random_case(np.random.default_rng([93, seed]), drafts_open=0.12)
    choices = choices_of(case, case.drafts[0])
    meant = [dict(zip(choices, each, strict=True)) for each in itertools.product(*choices.values())]
    outlook = Outlook.of(case)
    verdict = assess_draft(outlook, case.drafts[0])
    if len(meant) > 16:
        assert not verdict.all_completions
        return
    assert verdict.all_completions
    assert verdict.completions == len(meant)
    chances = [outlook.probability(outlook.compiled.package(each)) for each in meant]
    assert verdict.probability == pytest.approx(np.mean(chances), abs=1e-9)
    assert verdict.low == pytest.approx(min(chances), abs=1e-9)
    assert verdict.high == pytest.approx(max(chances), abs=1e-9)
    for actor in verdict.actors:
        value, sd = reservation_by_hand(outlook, actor.actor)
        utilities = [utility_by_hand(outlook, actor.actor, each) for each in meant]
        means = [mean for mean, _ in utilities]
        spread = np.var(means) + np.mean([variance for _, variance in utilities])
        assert actor.mean == pytest.approx(np.mean(means), abs=1e-9)
        assert actor.sd == pytest.approx(math.sqrt(spread), abs=1e-7)
        gains = [normal((mean - value) / math.sqrt(var + sd**2)) for mean, var in utilities]
        assert actor.gain == pytest.approx(np.mean(gains), abs=1e-9)
        assert sum(share.share for share in actor.points) == pytest.approx(actor.mean, abs=1e-7)
    for each in verdict.rules:
        record = next(other for other in case.consent if other.id == each.rule)
        called = [called_for(case, record, package) for package in meant]
        assert each.needed == pytest.approx(np.mean(called))


@pytest.mark.parametrize("seed", range(12))
def test_unanimity_of_strangers_without_a_common_shock_is_a_product(seed: int) -> None:
    generator = np.random.default_rng([94, seed])
    names = ["a", "b", "c"]
    points = [point("p"), point("q", ("as-is", "one", "two"))]
    ratings = [rating(name, "p", "new", float(generator.normal(0.5, 1.0)), 0.8) for name in names]
    case = make_case(
        points,
        names,
        ratings=ratings,
        consent=[rule("all", {"all": tuple(names)}), rule("again", "a", ("p",))],
        drafts=[draft("d", {"p": "new", "q": "one"})],
        settings=Settings(common_shock=0.0),
    )
    outlook = Outlook.of(case)
    verdict = assess_draft(outlook, case.drafts[0])
    single = math.prod(actor.probability for actor in verdict.actors)
    assert len(verdict.actors) == 3
    assert verdict.probability == pytest.approx(single, abs=1e-9)
    assert verdict.independent == pytest.approx(single, abs=1e-9)


def test_salience_decides_what_a_point_weighs() -> None:
    points: list[Point] = [point("p"), point("q")]
    case = make_case(
        points,
        ["a"],
        ratings=[rating("a", "p", "new", 3.0, 0.01), rating("a", "q", "new", -3.0, 0.01)],
        salience=[
            Salience(actor="a", point="p", salience=75.0, reason="assumed"),
            Salience(actor="a", point="q", salience=25.0, reason="assumed"),
        ],
        drafts=[draft("d", {"p": "new", "q": "new"})],
    )
    verdict = assess_draft(Outlook.of(case), case.drafts[0]).actors[0]
    assert verdict.mean == pytest.approx(1.5, abs=1e-3)
    assert [(each.point, round(each.share, 2)) for each in verdict.points] == [
        ("p", 2.25),
        ("q", -0.75),
    ]


def test_no_deal_that_is_worth_more_makes_a_yes_less_likely() -> None:
    case = make_case(
        [point("p")],
        ["a"],
        ratings=[rating("a", "p", "new", 1.0, 0.5)],
        drafts=[draft("d", {"p": "new"})],
    )
    outlook = Outlook.of(case)
    chances = [
        assess_draft(replace(outlook, no_deal_shift=shift), case.drafts[0]).actors[0].probability
        for shift in (-1.0, -0.5, 0.0, 0.5, 1.0)
    ]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > chances[-1] + 0.3
