"""Fewest changes and deadlocks under constraints, against every package that they allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agree.small import all_packages, draft, make_case, opinion, point, random_case, rating, rule
from agree.test_amendments_by_brute_force import Brute, Package, check_against_brute_force
from case.minimal import PACKAGES, write_case
from detente import load
from detente.amend.fewest import find_fewest_changes
from detente.assess.outlook import Outlook
from detente.case.case import Case
from detente.case.constraints import Constraint
from detente.case.records import About, Condition
from detente.errors import RequestError
from packages.test_of_case import allowed, random_constraint

KINDS = ("requires", "excludes", "at_most", "never")
LEVELS = (None, 0.3, 0.6)


class Allowed(Brute):
    """Every package that the constraints of a case allow, tried one by one."""

    def candidates(self) -> Iterator[tuple[int, Package]]:
        """Yield number of changes and package, for everything that may be proposed at all."""
        for count, package in super().candidates():
            if all(allowed(each, dict(package)) for each in self.outlook.case.constraints):
                yield count, package


def constrained(seed: int, kinds: Sequence[str]) -> tuple[Case, np.random.Generator]:
    """Return a random case with one constraint of each kind; they leave some change possible."""
    chance = np.random.default_rng([211, seed, *map(KINDS.index, kinds)])
    case = random_case(chance)
    quiet = {each.id: each.status_quo for each in case.points}
    everything = [package for package in all_packages(case) if package != quiet]
    while True:
        drawn = [random_constraint(case, f"c{k}", kind, chance) for k, kind in enumerate(kinds)]
        left = sum(all(allowed(each, package) for each in drawn) for package in everything)
        if 0 < left < len(everything):
            return replace(case, constraints=tuple(drawn)), chance


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(14))
def test_fewest_changes_under_a_constraint_are_those_of_brute_force(kind: str, seed: int) -> None:
    case, _ = constrained(seed, [kind])
    outlook = Outlook.of(case)
    for level in LEVELS:
        check_against_brute_force(Allowed(outlook, level))


@pytest.mark.parametrize("seed", range(12))
def test_several_constraints_with_fixed_points_and_a_limit_are_kept_together(seed: int) -> None:
    case, chance = constrained(seed, [*KINDS, "excludes"])
    names = [each.id for each in case.points]
    fixed = frozenset(str(each) for each in chance.permutation(names)[: len(names) // 3])
    outlook = Outlook.of(case)
    for level in (None, 0.4):
        check_against_brute_force(Allowed(outlook, level, fixed=fixed))
        check_against_brute_force(Allowed(outlook, level, most=int(chance.integers(1, 4))))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_constraint_changes_the_answer_somewhere(kind: str) -> None:
    told = 0
    for seed in range(14):
        case, _ = constrained(seed, [kind])
        for level in LEVELS:
            free, _ = Brute(Outlook.of(replace(case, constraints=())), level).fewest()
            bound, _ = Allowed(Outlook.of(case), level).fewest()
            told += free != bound
            if bound is not None:
                assert free is not None
                assert free <= bound
    assert told >= 3


# --- by hand --------------------------------------------------------------------------------------

WELCOME = (rating("a", "p", "new", 2.0, 0.1), rating("a", "q", "new", 1.0, 0.1))


def two_points(takes: dict[str, Any], **constraint: Any) -> Outlook:
    """Return a case whose only actor welcomes every change, with one constraint."""
    case = make_case(
        [point("p"), point("q", ("as-is", "new", "other"))],
        ["a"],
        consent=[rule("a-agrees", "a")],
        ratings=WELCOME,
        drafts=[draft("first", takes)],
    )
    kept = Constraint.model_validate({"id": "it", **constraint})
    return Outlook.of(replace(case, constraints=(kept,)))


@pytest.mark.parametrize(
    ("constraint", "packages"),
    [
        (
            {"requires": {"if": {"p": "new"}, "then": {"q": ("new", "other")}}},
            {("as-is", "as-is"), ("new", "new"), ("new", "other")},
        ),
        (
            {"excludes": {"p": "new", "q": "as-is"}},
            {("as-is", "as-is"), ("new", "new"), ("new", "other")},
        ),
        (
            {"at_most": 1, "of": ({"p": "new"}, {"q": "as-is"})},
            {("as-is", "as-is"), ("new", "new"), ("new", "other")},
        ),
        ({"never": {"q": "as-is"}}, {("new", "new"), ("new", "other")}),
    ],
    ids=KINDS,
)
def test_a_draft_that_a_constraint_rules_out_is_changed_though_all_accept_it(
    constraint: dict[str, Any], packages: set[tuple[str, str]]
) -> None:
    found = check_against_brute_force(
        Allowed(two_points({"p": "new", "q": "as-is"}, **constraint), None)
    )
    assert found.minimum == 1
    # the status quo is no agreement; 'other' is worth nothing but harms nobody
    assert {tuple(dict(each.package).values()) for each in found.packages} == packages - {
        ("as-is", "as-is")
    }


def test_a_point_left_open_is_settled_as_the_constraints_allow_and_is_no_change() -> None:
    outlook = two_points({"p": "new", "q": ["as-is", "new"]}, excludes={"p": "new", "q": "new"})
    found = check_against_brute_force(Allowed(outlook, None))
    assert found.minimum == 0
    assert [each.package for each in found.packages] == [(("p", "new"), ("q", "as-is"))]


def test_a_condition_that_no_package_may_meet_is_never_met() -> None:
    met = Condition(text="only then", options={"q": "new"}, otherwise=-3.0)
    case = make_case(
        [point("p"), point("q")],
        ["a"],
        consent=[rule("a-agrees", "a")],
        statements=[opinion("s", "a", About(point="p", option="new"), 3.0, condition=met)],
        ratings=[rating("a", "q", "new", 0.2, 0.1)],
        drafts=[draft("first", {"p": "new", "q": "as-is"})],
    )
    free = check_against_brute_force(Brute(Outlook.of(case), 0.6))
    assert [each.package for each in free.packages] == [(("p", "new"), ("q", "new"))]
    apart = Constraint.model_validate({"id": "apart", "excludes": {"p": "new", "q": "new"}})
    outlook = Outlook.of(replace(case, constraints=(apart,)))
    found = check_against_brute_force(Allowed(outlook, 0.6))
    assert all(dict(each.package)["p"] == "as-is" for each in found.packages)


def test_the_constraints_of_a_folder_are_kept(tmp_path: Path) -> None:
    case = load(write_case(tmp_path, **PACKAGES))
    for each in case.drafts:
        for level in LEVELS:
            outlook = Outlook.of(replace(case, drafts=(each,)))
            check_against_brute_force(Allowed(outlook, level))


def test_constraints_that_leave_no_package_are_named() -> None:
    outlook = two_points({"p": "new", "q": "as-is"}, at_most=0, of=({"p": ("as-is", "new")},))
    with pytest.raises(RequestError, match="No package is possible: the constraint 'it'"):
        find_fewest_changes(outlook, outlook.case.drafts[0])


def test_constraints_that_leave_only_the_status_quo_are_a_deadlock_that_nobody_can_unlock() -> None:
    outlook = two_points(
        {"p": "new", "q": "as-is"}, at_most=0, of=({"p": "new"}, {"q": ("new", "other")})
    )
    found = check_against_brute_force(Allowed(outlook, None))
    assert (found.minimum, found.proven) == (None, True)
    assert found.deadlock is not None
    assert found.deadlock.unlocks == ()
    assert found.deadlock.cores == ((),)
