"""The space of a case against what the case says, package by package."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agree.small import all_packages, make_case, opinion, point, random_case, rating, rule
from case.minimal import PACKAGES, write_case
from detente import load
from detente.assess.outlook import Outlook
from detente.case.case import Case
from detente.case.constraints import Constraint, choices
from detente.case.preferences import Preferences, Together, exact
from detente.case.records import About, Condition, RedLine
from detente.errors import RequestError
from detente.packages.frontier import find_frontier
from detente.packages.of_case import package_of, space_of_case
from detente.packages.space import Space

MILLION = 1_000_000


def takes_all(takes: Any, package: Mapping[str, str]) -> bool:
    """Return whether a package takes all that is written as options by point."""
    return all(package[choice.point] in choice.options for choice in choices(takes))


def allowed(constraint: Constraint, package: Mapping[str, str]) -> bool:
    """Return whether a package meets a constraint, read as it is written."""
    if constraint.requires is not None:
        applies = takes_all(constraint.requires.if_, package)
        return not applies or takes_all(constraint.requires.then, package)
    if constraint.excludes is not None:
        return not takes_all(constraint.excludes, package)
    if constraint.never is not None:
        return not any(package[c.point] in c.options for c in choices(constraint.never))
    assert constraint.of is not None
    return sum(takes_all(item, package) for item in constraint.of) <= (constraint.at_most or 0)


def stated_worth(own: Preferences, package: Mapping[str, str]) -> Fraction:
    """Return what an actor says a package is worth to it."""
    worth = exact(own.constant)
    worth += sum(exact(row.get(package[name], 0)) for name, row in own.values.items())
    return worth + sum(exact(each.value) for each in own.together if takes_all(each.takes, package))


def check_believed(outlook: Outlook, space: Space, actor: str, package: dict[str, str]) -> None:
    """Hold an actor's utility against its judge: each part is rounded to a millionth."""
    judge = outlook.acceptor(actor)
    features = outlook.compiled.features(outlook.compiled.package(package))[0]
    parts = [round(float(value) * MILLION) for value in judge.values[features > 0.0]]
    worth = worth_of(space, actor, package)
    assert worth == Fraction(sum(parts), MILLION)
    mean, _ = judge.utility(features[np.newaxis])
    assert float(worth) == pytest.approx(
        mean[0] + judge.reservation.value, abs=len(parts) / MILLION
    )


def worth_of(space: Space, actor: str, package: Mapping[str, str]) -> Fraction:
    return space.utility(space.score(space.package(package)))[space.parties.index(actor)]


def some_packages(case: Case, generator: np.random.Generator) -> Iterator[dict[str, str]]:
    packages = list(all_packages(case))
    for place in generator.permutation(len(packages))[:40]:
        yield packages[place]


@pytest.mark.parametrize("seed", range(20))
def test_believed_utilities_are_the_means_of_the_outlook(seed: int) -> None:
    generator = np.random.default_rng([201, seed])
    case = random_case(generator)
    outlook = Outlook.of(case)
    space = space_of_case(outlook)
    assert space.parties == (outlook.rules.principals or tuple(sorted(outlook.rules.scope)))
    for place, actor in enumerate(space.parties):
        stays = round(outlook.acceptor(actor).reservation.value * MILLION)
        assert space.reservations[place] == Fraction(stays, MILLION)
        for package in some_packages(case, generator):
            check_believed(outlook, space, actor, package)


def test_a_condition_adds_its_worth_where_it_is_met() -> None:
    met = Condition(text="only then", options={"q": ("new", "other")}, otherwise=-3.0)
    case = make_case(
        [point("p"), point("q", ("as-is", "new", "other"))],
        ["a"],
        statements=[opinion("s", "a", About(point="p", option="new"), 3.0, condition=met)],
        ratings=[rating("a", "q", "new", 1.0)],
        consent=[rule("a-agrees", "a")],
    )
    outlook = Outlook.of(case)
    space = space_of_case(outlook)
    assert len(space.terms) == 1
    for package in all_packages(case):
        check_believed(outlook, space, "a", package)
    added = [
        worth_of(space, "a", {"p": "new", "q": option})
        - worth_of(space, "a", {"p": "as-is", "q": option})
        for option in ("as-is", "new", "other")
    ]
    assert added[0] < added[1] == added[2]


def test_a_package_of_the_case_is_one_of_its_space() -> None:
    case = random_case(np.random.default_rng(5))
    outlook = Outlook.of(case)
    space = space_of_case(outlook)
    for package in all_packages(case):
        found = package_of(outlook, outlook.compiled.package(package))
        assert found == space.package(package)
        assert space.takes(found) == package


def test_preferences_are_taken_exactly_and_the_others_are_believed(tmp_path: Path) -> None:
    case = load(write_case(tmp_path, **PACKAGES))
    only_north = replace(case, preferences=case.preferences[:1])
    outlook = Outlook.of(only_north)
    space = space_of_case(outlook)
    north, south = space.parties.index("north"), space.parties.index("south")
    assert space.reservations[north] == Fraction(1, 5)
    assert space.reservations[south] is not None
    for package in all_packages(case):
        assert worth_of(space, "north", package) == stated_worth(case.preferences[0], package)
        check_believed(outlook, space, "south", package)
    # of a third for the shared toll, a quarter for four lanes, and a seventh less for both
    both = worth_of(space, "north", {"toll": "shared", "lanes": "four"})
    assert both == Fraction(1, 3) + Fraction(1, 4) - Fraction(1, 7)
    everyone = space_of_case(Outlook.of(case))
    assert everyone.reservations[south] is None
    for package in all_packages(case):
        assert worth_of(everyone, "south", package) == stated_worth(case.preferences[1], package)


def test_constraints_of_the_file_leave_what_they_say(tmp_path: Path) -> None:
    case = load(write_case(tmp_path, **PACKAGES))
    space = space_of_case(Outlook.of(case))
    left = [each for each in all_packages(case) if space.possible(space.package(each))]
    # four lanes need a toll, north-only is never taken; a shared toll is the one burden allowed
    assert left == [
        {"toll": "none", "lanes": "two"},
        {"toll": "shared", "lanes": "two"},
        {"toll": "shared", "lanes": "four"},
    ]


def random_constraint(case: Case, name: str, kind: str, chance: np.random.Generator) -> Constraint:
    """Return a constraint of one kind on points and options drawn."""

    def takes(most: int = 2) -> dict[str, Any]:
        drawn = chance.permutation(len(case.points))[: chance.integers(1, most + 1)]
        found: dict[str, Any] = {}
        for place in drawn:
            options = [option.id for option in case.points[place].options]
            count = int(chance.integers(1, len(options) + 1))
            some = tuple(str(each) for each in chance.permutation(options)[:count])
            found[case.points[place].id] = some[0] if count == 1 else some
        return found

    keys: dict[str, Any] = {"id": name}
    if kind == "requires":
        keys["requires"] = {"if": takes(), "then": takes()}
    elif kind == "at_most":
        keys["of"] = tuple(takes() for _ in range(int(chance.integers(1, 5))))
        keys["at_most"] = int(chance.integers(0, len(keys["of"])))
    else:
        keys[kind] = takes()
    return Constraint.model_validate(keys)


def random_points(chance: np.random.Generator) -> Case:
    """Return a case of which nothing is known but its points and who must agree."""
    case = random_case(chance)
    return make_case(case.points, case.actors, consent=case.consent)


@pytest.mark.parametrize("kind", ["requires", "excludes", "at_most", "never"])
def test_every_kind_of_constraint_rules_out_exactly_what_it_says(kind: str) -> None:
    told = 0
    for seed in range(25):
        chance = np.random.default_rng([202, seed])
        case = random_points(chance)
        constraint = random_constraint(case, "it", kind, chance)
        space = space_of_case(Outlook.of(replace(case, constraints=(constraint,))))
        verdicts = set()
        for package in all_packages(case):
            meets = allowed(constraint, package)
            assert space.possible(space.package(package)) == meets, (constraint, package)
            verdicts.add(meets)
        told += len(verdicts) == 2
    assert told >= 10


def test_several_constraints_hold_together_and_the_frontier_keeps_them() -> None:
    for seed in range(15):
        chance = np.random.default_rng([203, seed])
        case = random_points(chance)
        kinds = ("requires", "excludes", "at_most", "requires")
        constraints = tuple(
            random_constraint(case, f"c{place}", kind, chance) for place, kind in enumerate(kinds)
        )
        space = space_of_case(Outlook.of(replace(case, constraints=constraints)))
        left = {
            space.package(package)
            for package in all_packages(case)
            if all(allowed(each, package) for each in constraints)
        }
        if left:
            assert {p.package for p in find_frontier(space)} <= left
        else:
            with pytest.raises(RequestError, match="'c"):
                find_frontier(space)


def crosses(outlook: Outlook, actor: str, package: Mapping[str, str]) -> bool:
    """Return whether a package crosses what an actor likelier refuses at any price than not."""
    judge, compiled = outlook.acceptor(actor), outlook.compiled
    features = compiled.features(compiled.package(package))[0]
    for line in judge.red_lines:
        bare = judge.log_compliance[line.feature]
        met = [
            judge.log_compliance[feature]
            for interaction, feature in compiled.interaction_place.items()
            if interaction.option == line.feature and features[feature]
        ]
        if features[line.feature] and max([bare, *(bare + each for each in met)]) <= math.log(0.5):
            return True
    return False


def test_red_lines_likelier_meant_than_not_rule_out_what_crosses_them() -> None:
    told = 0
    for seed in range(40):
        case = random_case(np.random.default_rng([204, seed]))
        outlook = Outlook.of(case)
        space = space_of_case(outlook)
        for package in all_packages(case):
            crossed = any(crosses(outlook, actor, package) for actor in space.parties)
            assert space.possible(space.package(package)) == (not crossed), (seed, package)
            told += crossed
    assert told > 100


def test_an_actor_with_preferences_is_held_to_no_believed_red_line() -> None:
    line = RedLine(actor="a", point="p", options=("new",), probability=0.9, reason="assumed")
    case = make_case([point("p")], ["a"], red_lines=[line], consent=[rule("r", "a")])
    assert not space_of_case(Outlook.of(case)).possible((1,))
    asked = replace(case, preferences=(Preferences(actor="a"),))
    assert space_of_case(Outlook.of(asked)).possible((1,))


def test_a_requirement_on_the_point_that_it_asks_about_is_read_as_written() -> None:
    case = make_case([point("p", ("x", "y", "z"))], ["a"], consent=[rule("r", "a")])
    both = {"id": "it", "requires": {"if": {"p": ("x", "y")}, "then": {"p": ("y", "z")}}}
    space = space_of_case(Outlook.of(replace(case, constraints=(Constraint.model_validate(both),))))
    assert [space.possible((option,)) for option in range(3)] == [False, True, True]


def test_what_is_taken_together_may_be_named_twice() -> None:
    case = make_case([point("p"), point("q")], ["a"], consent=[rule("r", "a")])
    twice = Together(takes={"p": "new", "q": "new"}, value="1/7")
    own = Preferences(actor="a", together=(twice, twice))
    space = space_of_case(Outlook.of(replace(case, preferences=(own,))))
    assert worth_of(space, "a", {"p": "new", "q": "new"}) == Fraction(2, 7)


def test_an_actor_that_is_not_there_is_named_with_the_nearest() -> None:
    case = make_case([point("p")], ["north"], consent=[rule("r", "north")])
    with pytest.raises(RequestError, match=r"nroth.*north"):
        space_of_case(Outlook.of(case), ["nroth"])


def test_a_case_without_anybody_asks_who_judges() -> None:
    with pytest.raises(RequestError, match="name the actors"):
        space_of_case(Outlook.of(make_case([point("p")], [])))
