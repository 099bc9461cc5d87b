"""What holds of every verdict: names and orders mean nothing, and no change means nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from agree.small import draft, make_case, opinion, point, random_case, rating, rule
from detente.assess.outlook import Outlook
from detente.assess.verdict import DraftVerdict, assess_draft
from detente.case.case import Case
from detente.case.consent import ConsentRule
from detente.case.records import About, Actor, Draft, Point

Numbers = Mapping[str, float]


def numbers(verdict: DraftVerdict) -> dict[str, float]:
    """Return everything a verdict says in figures, by name."""
    found = {
        "whole": verdict.probability,
        "low": verdict.low,
        "high": verdict.high,
        "independent": verdict.independent,
    }
    for actor in verdict.actors:
        for key in ("probability", "gain", "compliance", "mean", "sd", "reservation"):
            found[f"{actor.actor} {key}"] = getattr(actor, key)
        for share in actor.points:
            found[f"{actor.actor} {share.point}"] = share.share
    for each in verdict.rules:
        found |= {f"{each.rule} needed": each.needed, f"{each.rule}": each.probability}
    return found


def same(left: Numbers, right: Numbers) -> None:
    assert left.keys() == right.keys()
    for key, value in left.items():
        assert right[key] == pytest.approx(value, abs=1e-7), key


def shuffled_points(case: Case, generator: np.random.Generator) -> tuple[Point, ...]:
    found = []
    for place in generator.permutation(len(case.points)):
        options = case.points[place].options
        mixed = tuple(options[each] for each in generator.permutation(len(options)))
        found.append(case.points[place].model_copy(update={"options": mixed}))
    return tuple(found)


@pytest.mark.parametrize("seed", range(30))
def test_the_order_of_points_options_actors_and_rules_changes_nothing(seed: int) -> None:
    generator = np.random.default_rng([101, seed])
    case = random_case(generator, drafts_open=0.06)
    verdict = assess_draft(Outlook.of(case), case.drafts[0])
    mixed = replace(
        case,
        points=shuffled_points(case, generator),
        actors=tuple(case.actors[each] for each in generator.permutation(len(case.actors))),
        consent=tuple(case.consent[each] for each in generator.permutation(len(case.consent))),
        statements=tuple(
            case.statements[each] for each in generator.permutation(len(case.statements))
        ),
    )
    if verdict.all_completions:
        same(numbers(verdict), numbers(assess_draft(Outlook.of(mixed), mixed.drafts[0])))
    else:
        assert verdict.completions == 24


@pytest.mark.parametrize("seed", range(20))
def test_a_draft_that_changes_nothing_is_worth_nothing_and_needs_nobody(seed: int) -> None:
    case = random_case(np.random.default_rng([102, seed]))
    for taken in ({each.id: each.status_quo for each in case.points}, None):
        takes = taken or {each.id: "absent" for each in case.points}
        quiet = draft("quiet", takes)
        outlook = Outlook.of(replace(case, drafts=(quiet,)))
        verdict = assess_draft(outlook, quiet)
        assert verdict.probability == pytest.approx(1.0)
        assert verdict.rules == ()
        for actor in verdict.actors:
            assert (actor.mean, actor.sd) == pytest.approx((0.0, 0.0), abs=1e-12)
            assert actor.points == ()
            assert actor.compliance == 1.0


@pytest.mark.parametrize("seed", range(20))
def test_the_weights_of_the_points_on_which_an_actor_is_asked_add_up_to_one(seed: int) -> None:
    case = random_case(np.random.default_rng([103, seed]))
    outlook = Outlook.of(case)
    first = outlook.compiled.first[:-1]
    for actor in outlook.rules.scope:
        weights, scope = outlook.acceptor(actor).weights[first], outlook.scope(actor)
        salience = outlook.belief(actor).salience
        assert (weights[~scope] == 0.0).all()
        if salience[scope].any():
            assert weights.sum() == pytest.approx(1.0)


def with_irrelevant_point(case: Case, status_quo: str) -> Case:
    """Return the case with a point more, of which only a newcomer is asked."""
    more = point("z", ("left", "right"), None, status_quo)
    drafts = tuple(Draft(id=each.id, takes={**each.takes, "z": "right"}) for each in case.drafts)
    named = tuple(each.id for each in case.points)
    consent = tuple(each if each.points != "all" else _about(each, named) for each in case.consent)
    return replace(
        case,
        points=(more, *case.points),
        drafts=drafts,
        actors=(*case.actors, Actor(id="newcomer", name="newcomer")),
        consent=(*consent, rule("about-z", "newcomer", ("z",))),
    )


def _about(each: ConsentRule, points: tuple[str, ...]) -> ConsentRule:
    return each.model_copy(update={"points": points})


@pytest.mark.parametrize("seed", range(20))
def test_a_point_outside_its_scope_changes_nothing_for_an_actor(seed: int) -> None:
    case = random_case(np.random.default_rng([104, seed]), drafts_open=0.0)
    case = replace(
        case, actors=tuple(each.model_copy(update={"inherits": None}) for each in case.actors)
    )
    larger = with_irrelevant_point(case, "left")
    before, after = Outlook.of(case), Outlook.of(larger)
    packages = [
        outlook.compiled.completions(outlook.case.drafts[0])[0] for outlook in (before, after)
    ]
    assert before.rules.scope
    for actor in before.rules.scope:
        old, new = before.acceptor(actor), after.acceptor(actor)
        features = before.compiled.features(packages[0]), after.compiled.features(packages[1])
        for left, right in zip(
            (*old.utility(features[0]), *old.factors(features[0])),
            (*new.utility(features[1]), *new.factors(features[1])),
            strict=True,
        ):
            assert right == pytest.approx(left, abs=1e-9)
        assert not after.scope(actor)[0]


def test_a_point_outside_its_scope_changes_nothing_for_a_member_of_a_group() -> None:
    members = [Actor(id="g", name="g"), Actor(id="m", name="m", inherits="g")]
    case = make_case(
        [point("p"), point("q")],
        members,
        statements=[
            opinion("g1", "g", About(point="p", option="new"), 2.0),
            opinion("g2", "g", About(point="p", option="new"), 2.0),
            opinion("m1", "m", About(point="q", option="new"), -1.0),
        ],
        consent=[rule("r", {"all": ("g", "m")})],
        drafts=[draft("d", {"p": "new", "q": "new"})],
    )
    larger = with_irrelevant_point(case, "left")
    before, after = (
        {each.actor: each for each in assess_draft(Outlook.of(given), given.drafts[0]).actors}
        for given in (case, larger)
    )
    for actor in ("g", "m"):
        assert after[actor].mean == pytest.approx(before[actor].mean, abs=1e-9), actor


@pytest.mark.parametrize("seed", range(20))
def test_every_figure_is_a_probability_and_no_factor_is_less_than_the_product(seed: int) -> None:
    case = random_case(np.random.default_rng([105, seed]), drafts_open=0.15)
    verdict = assess_draft(Outlook.of(case), case.drafts[0])
    assert 0.0 <= verdict.low <= verdict.probability <= verdict.high <= 1.0
    for actor in verdict.actors:
        assert 0.0 <= actor.low <= actor.probability + 1e-12
        assert actor.probability <= actor.high + 1e-12
        assert actor.probability <= min(actor.gain, actor.compliance) + 1e-12


def test_a_better_rating_makes_a_yes_likelier() -> None:
    chances = []
    for value in (-2.0, -1.0, 0.0, 1.0, 2.0):
        case = make_case(
            [point("p"), point("q")],
            ["a"],
            ratings=[rating("a", "p", "new", value, 0.5)],
            drafts=[draft("d", {"p": "new", "q": "as-is"})],
        )
        chances.append(assess_draft(Outlook.of(case), case.drafts[0]).probability)
    assert chances == sorted(chances)
    assert chances[-1] - chances[0] > 0.5
