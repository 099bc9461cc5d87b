"""What holds of every ledger and of every comparison of drafts."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from agree.small import draft, random_case
from detente.assess.outlook import Outlook
from detente.assess.verdict import assess_draft
from detente.case.case import Case
from detente.case.records import Draft
from detente.compare.cases import compare_cases
from detente.compare.drafts import DraftChange, compare_drafts
from detente.ledger.ledger import draw_up


def random_draft(case: Case, generator: np.random.Generator, name: str, *, open_: bool) -> Draft:
    """Return a draft; with points left open where asked for."""
    takes: dict[str, str | list[str]] = {}
    for each in case.points:
        options = [option.id for option in each.options]
        drawn = generator.random()
        if open_ and drawn < 0.15:
            takes[each.id] = "unknown"
        elif open_ and drawn < 0.3:
            takes[each.id] = options[-2:]
        elif drawn < 0.4:
            takes[each.id] = "absent"
        else:
            takes[each.id] = str(generator.choice(options))
    return draft(name, takes)


def actors_of(case: Case) -> list[str]:
    return [actor.id for actor in case.actors]


@pytest.mark.parametrize("seed", range(30))
def test_gains_and_gives_add_up_to_the_net(seed: int) -> None:
    generator = np.random.default_rng([111, seed])
    case = random_case(generator)
    outlook = Outlook.of(case)
    for open_ in (False, True):
        offered = random_draft(case, generator, "d", open_=open_)
        accounts = draw_up(outlook, offered, actors_of(case))
        assert [account.actor for account in accounts] == actors_of(case)
        for account in accounts:
            means = [line.mean for line in account.lines]
            assert account.gains == pytest.approx(sum(m for m in means if m > 0.0), abs=1e-9)
            assert account.gives == pytest.approx(sum(m for m in means if m < 0.0), abs=1e-9)
            assert account.gains >= 0.0 >= account.gives
            assert account.gains + account.gives == pytest.approx(account.net, abs=1e-9)
            assert all(line.sd > 0.0 for line in account.lines)
        if len(accounts) == 2:
            assert accounts[0].asymmetry == pytest.approx(-accounts[1].asymmetry, abs=1e-9)
        assert sum(account.asymmetry for account in accounts) == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("seed", range(30))
def test_the_net_has_the_sd_of_the_quadratic_form(seed: int) -> None:
    generator = np.random.default_rng([112, seed])
    case = random_case(generator)
    outlook = Outlook.of(case)
    offered = random_draft(case, generator, "d", open_=True)
    packages, everything = outlook.compiled.completions(offered)
    assert everything or len(packages) == 24
    for account in draw_up(outlook, offered, actors_of(case)):
        judge, belief = outlook.acceptor(account.actor), outlook.belief(account.actor)
        means, variances = [], []
        for features in outlook.compiled.features(packages):
            used = np.flatnonzero(features)
            means.append(sum(judge.weights[i] * belief.mean[i] for i in used))
            variances.append(
                sum(
                    judge.weights[i] * judge.weights[j] * belief.covariance[i, j]
                    for i in used
                    for j in used
                )
            )
        spread = math.fsum(variances) / len(variances) + np.var(means)
        assert account.net == pytest.approx(np.mean(means), abs=1e-9)
        assert account.net_sd == pytest.approx(math.sqrt(max(spread, 0.0)), abs=1e-7)


@pytest.mark.parametrize("seed", range(20))
def test_the_ledger_and_the_verdict_agree_on_mean_and_sd(seed: int) -> None:
    generator = np.random.default_rng([113, seed])
    case = random_case(generator)
    outlook = Outlook.of(case)
    offered = random_draft(case, generator, "d", open_=True)
    verdict = assess_draft(outlook, offered)
    accounts = {each.actor: each for each in draw_up(outlook, offered, actors_of(case))}
    for actor in verdict.actors:
        account = accounts[actor.actor]
        assert account.net == pytest.approx(actor.mean, abs=1e-9)
        assert account.net_sd == pytest.approx(actor.sd, abs=1e-7)


def effects_by_point(changes: tuple[DraftChange, ...]) -> dict[tuple[str, str], float]:
    return {
        (change.point, effect.actor): effect.mean for change in changes for effect in change.effects
    }


@pytest.mark.parametrize("seed", range(30))
def test_changes_from_a_to_b_and_from_b_to_c_make_those_from_a_to_c(seed: int) -> None:
    generator = np.random.default_rng([114, seed])
    case = random_case(generator)
    outlook, actors = Outlook.of(case), actors_of(case)
    drafts = [random_draft(case, generator, name, open_=True) for name in "abc"]
    steps = [
        effects_by_point(compare_drafts(outlook, before, after, actors))
        for before, after in itertools.combinations(drafts, 2)
    ]
    first, whole, second = steps
    for key in itertools.product([each.id for each in case.points], actors):
        together = first.get(key, 0.0) + second.get(key, 0.0)
        assert together == pytest.approx(whole.get(key, 0.0), abs=1e-9)


@pytest.mark.parametrize("seed", range(20))
def test_a_comparison_the_other_way_round_changes_only_signs(seed: int) -> None:
    generator = np.random.default_rng([115, seed])
    case = random_case(generator)
    outlook, actors = Outlook.of(case), actors_of(case)
    one, other = (random_draft(case, generator, name, open_=True) for name in "ab")
    there = compare_drafts(outlook, one, other, actors)
    back = compare_drafts(outlook, other, one, actors)
    assert [change.point for change in there] == [change.point for change in back]
    for left, right in zip(there, back, strict=True):
        assert (left.before, left.after) == (right.after, right.before)
        for here, away in zip(left.effects, right.effects, strict=True):
            assert here.mean == pytest.approx(-away.mean, abs=1e-12)
            assert here.sd == pytest.approx(away.sd, abs=1e-12)
    assert compare_drafts(outlook, one, one, actors) == ()


@pytest.mark.parametrize("seed", range(20))
def test_without_conditions_the_changes_make_the_difference_of_the_nets(seed: int) -> None:
    generator = np.random.default_rng([116, seed])
    case = replace(random_case(generator), statements=())
    outlook, actors = Outlook.of(case), actors_of(case)
    one, other = (random_draft(case, generator, name, open_=False) for name in "ab")
    accounts = [draw_up(outlook, each, actors) for each in (one, other)]
    changes = compare_drafts(outlook, one, other, actors)
    for before, after in zip(*accounts, strict=True):
        moved = sum(
            effect.mean
            for change in changes
            for effect in change.effects
            if effect.actor == before.actor
        )
        assert moved == pytest.approx(after.net - before.net, abs=1e-9)


@pytest.mark.parametrize("seed", range(10))
def test_comparing_cases_finds_what_was_changed_and_nothing_else(seed: int) -> None:
    generator = np.random.default_rng([117, seed])
    case = random_case(generator)
    assert compare_cases(case, case) == ()
    renamed = case.points[0].model_copy(update={"title": "Another title"})
    more = draft("second", {each.id: "absent" for each in case.points})
    other = replace(
        case,
        points=(renamed, *case.points[1:]),
        statements=case.statements[1:],
        drafts=(*case.drafts, more),
    )
    found = {(each.kind, each.id, each.change, each.keys) for each in compare_cases(case, other)}
    assert found == {
        ("points", renamed.id, "changed", ("title",)),
        ("statements", case.statements[0].id, "dropped", ()),
        ("drafts", "second", "added", ()),
    }
