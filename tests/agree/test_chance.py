"""The package most likely to pass, and the fewest changes to a chance, against all packages."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from agree.small import (
    all_packages,
    choices_of,
    draft,
    make_case,
    point,
    random_case,
    rating,
    rule,
)
from detente.amend.ascent import Ascent
from detente.amend.chance import (
    BestChance,
    ChangedForChance,
    find_best_chance,
    find_changes_for_chance,
)
from detente.assess.outlook import Outlook
from detente.case.case import Case
from detente.case.consent import (
    All,
    AnyOf,
    AtLeast,
    Count,
    Node,
    SeatsOf,
    Weighted,
    WeightedVote,
)
from detente.case.constraints import Constraint
from detente.case.examples import example_folder
from detente.case.load import load
from detente.case.records import Actor, NoDeal, RedLine, Settings
from detente.errors import RequestError
from packages.test_of_case import allowed, random_constraint

KINDS = ("requires", "excludes", "at_most", "never")
FEW, MANY = 400, 20_000
LONG = 60.0
"""Seconds that no search here needs: the clock decides nothing."""

ROUNDED = 1e-6

Package = dict[str, str]


def shares(outlook: Outlook, packages: Sequence[Package], samples: int, seed: int) -> list[float]:
    """Return the share of the draws that each package passes."""
    rows = np.stack([outlook.compiled.package(each) for each in packages])
    return [share for share, _ in Ascent(outlook, samples, seed, math.inf).values(rows)]


def check_share(share: float, exact: float, samples: int) -> None:
    """Hold a share of draws against the chance that they estimate: within 4 standard errors."""
    error = math.sqrt(exact * (1.0 - exact) / samples)
    assert abs(share - exact) <= 4.0 * error + 2.0 / samples


@dataclass(frozen=True)
class Brute:
    """Every package that may be proposed, with its exact chance."""

    outlook: Outlook

    @cached_property
    def chances(self) -> dict[tuple[tuple[str, str], ...], float]:
        """Chance by package: those that constraints allow and that change something."""
        case = self.outlook.case
        found = {}
        for package in all_packages(case):
            loud = any(package[each.id] != each.status_quo for each in case.points)
            if loud and all(allowed(each, package) for each in case.constraints):
                row = self.outlook.compiled.package(package)
                found[tuple(package.items())] = self.outlook.probability(row)
        return found

    def changed(self, package: Mapping[str, str]) -> set[str]:
        """Return the points on which a package is not what the first draft may mean."""
        choices = choices_of(self.outlook.case, self.outlook.case.drafts[0])
        return {name for name, taken in package.items() if taken not in choices[name]}

    def fewest(self, wanted: float) -> int | None:
        """Return the least number of changes after which the exact chance is the one wanted."""
        counts = (
            len(self.changed(dict(package)))
            for package, chance in self.chances.items()
            if chance >= wanted
        )
        return min(counts, default=None)

    def on_draws(self, samples: int, seed: int) -> dict[tuple[tuple[str, str], ...], float]:
        """Return the share of the draws that each package passes."""
        packages = [dict(each) for each in self.chances]
        found = shares(self.outlook, packages, samples, seed)
        return dict(zip(self.chances, found, strict=True))


def random_outlook(seed: int, *, constraints: int = 0) -> Outlook:
    """Return a random case; constraints drawn again until they rule out some, but not all."""
    chance = np.random.default_rng([231, seed])
    case = random_case(chance)
    everything = len(Brute(Outlook.of(case)).chances)
    while constraints:
        drawn = tuple(
            random_constraint(case, f"c{k}", str(chance.choice(KINDS)), chance)
            for k in range(constraints)
        )
        outlook = Outlook.of(replace(case, constraints=drawn))
        if 0 < len(Brute(outlook).chances) < everything:
            return outlook
    return Outlook.of(case)


def several_thresholds(outlook: Outlook) -> bool:
    """Return whether the rules ask one body for several numbers of seats."""
    voters = {voter for each in outlook.rules.rules for voter in each.voters}
    return len(voters) > len({voter.actor for voter in voters})


# --- draws ----------------------------------------------------------------------------------------


def seats(name: str, share: str) -> AtLeast:
    return AtLeast(at_least=Count(of=SeatsOf(seats_of=name), share=share))


def member(name: str) -> Actor:
    return Actor(id=name, name=name, inherits="house")


HOUSE = Actor(id="house", name="House", kind="body", seats=9)
LARGE = Actor(id="house", name="House", kind="body", seats=301)
PARTY = Actor(id="party", name="Party")
MEMBER = Actor(id="chamber", name="Chamber", kind="body", seats=25, inherits="party")
SENATE = Actor(id="senate", name="Senate", kind="body", seats=12, inherits="party")

TREES: dict[str, tuple[tuple[Actor | str, ...], Node]] = {
    "one actor": (("a",), "a"),
    "all of three": (("a", "b", "c"), All(all=("a", "b", "c"))),
    "any of three": (("a", "b", "c"), AnyOf(any=("a", "b", "c"))),
    "two of three": (("a", "b", "c"), AtLeast(at_least=Count(of=("a", "b", "c"), count=2))),
    "an actor in two parts": (
        ("a", "b", "c"),
        All(all=(AnyOf(any=("a", "b")), AnyOf(any=("a", "c")))),
    ),
    "weights": (
        ("a", "b", "c"),
        Weighted(weighted=WeightedVote(weights={"a": 3, "b": 2, "c": 1}, quota=4)),
    ),
    "seats of a small body": ((HOUSE, "a"), All(all=(seats("house", "1/2"), "a"))),
    "seats of a large body": ((LARGE, "a"), All(all=(seats("house", "2/3"), "a"))),
    "members that inherit": ((HOUSE, member("a"), member("b"), "c"), All(all=("a", "b", "c"))),
    "a body and a member of it": ((HOUSE, member("a")), All(all=(seats("house", "1/2"), "a"))),
    "two bodies of one party": (
        (PARTY, MEMBER, SENATE),
        All(all=(seats("chamber", "1/2"), seats("senate", "2/3"))),
    ),
    "a party and its bodies": (
        (PARTY, MEMBER, SENATE, "a"),
        AtLeast(
            at_least=Count(
                of=("party", seats("chamber", "1/2"), seats("senate", "1/2"), "a"), count=3
            )
        ),
    ),
}


def asked(actors: Sequence[Actor | str], tree: Node, shock: float, **records: Any) -> Outlook:
    """Return a case of one point with three options that please everybody more and less."""
    names = [each if isinstance(each, str) else each.id for each in actors]
    worth = {"one": 0.1, "two": 0.7, "three": 1.4}
    return Outlook.of(
        make_case(
            [point("p", ("as-is", *worth))],
            actors,
            consent=[rule("vote", tree)],
            ratings=[
                rating(name, "p", option, value - 0.2 * place, 0.8)
                for place, name in enumerate(names)
                for option, value in worth.items()
            ],
            settings=Settings(common_shock=shock),
            **records,
        )
    )


@pytest.mark.parametrize("shock", [0.0, 0.2, 0.7])
@pytest.mark.parametrize(("actors", "tree"), TREES.values(), ids=TREES.keys())
def test_draws_follow_the_copula(actors: tuple[Actor | str, ...], tree: Node, shock: float) -> None:
    outlook = asked(actors, tree, shock)
    brute = Brute(outlook)
    assert any(0.05 < chance < 0.95 for chance in brute.chances.values())
    for package, share in brute.on_draws(MANY, 7).items():
        check_share(share, brute.chances[package], MANY)


def test_a_share_is_told_apart_from_what_independent_actors_would_do() -> None:
    for _, (actors, tree) in zip(range(2), TREES.values(), strict=False):
        outlook = asked(actors, tree, 0.7)
        alone = Outlook.of(asked(actors, tree, 0.0).case)
        for package, share in Brute(outlook).on_draws(MANY, 7).items():
            apart = abs(share - alone.probability(alone.compiled.package(dict(package))))
            assert (apart > 0.01) == (len(actors) > 1)


@pytest.mark.parametrize("seed", range(40))
def test_draws_of_any_rules_follow_the_copula(seed: int) -> None:
    chance = np.random.default_rng([232, seed])
    outlook = Outlook.of(random_case(chance))
    while several_thresholds(outlook):
        outlook = Outlook.of(random_case(chance))
    chances = list(Brute(outlook).chances.items())
    chosen = [chances[place] for place in chance.permutation(len(chances))[:12]]
    found = shares(outlook, [dict(package) for package, _ in chosen], MANY, seed)
    for share, (_, exact) in zip(found, chosen, strict=True):
        check_share(share, exact, MANY)


def test_two_thresholds_on_one_body_are_levels_of_one_vote() -> None:
    either = All(
        all=(AnyOf(any=(seats("house", "1/2"), "a")), AnyOf(any=(seats("house", "2/3"), "b")))
    )
    outlook = asked((HOUSE, "a", "b"), either, 0.0)
    brute = Brute(outlook)
    for package, share in brute.on_draws(MANY, 7).items():
        check_share(share, brute.chances[package], MANY)


# --- the best -------------------------------------------------------------------------------------


def check_estimate(outlook: Outlook, found: BestChance | ChangedForChance) -> None:
    """Hold what is said of a package against the draws and the exact chance."""
    package = dict(found.package)
    row = outlook.compiled.package(package)
    told = found.estimate
    assert told.exact == outlook.probability(row)
    assert [told.in_sample] == shares(outlook, [package], found.samples, found.seed)
    error = math.sqrt(told.out_of_sample * (1.0 - told.out_of_sample) / found.samples)
    assert told.standard_error == pytest.approx(error, abs=1e-12)
    if not several_thresholds(outlook):
        check_share(told.out_of_sample, told.exact, found.samples)


@pytest.mark.parametrize("constraints", [0, 1, 2])
@pytest.mark.parametrize("seed", range(9))
def test_no_package_that_differs_in_one_point_is_better_and_none_exceeds_the_bound(
    seed: int, constraints: int
) -> None:
    outlook = random_outlook(seed, constraints=constraints)
    brute = Brute(outlook)
    found = find_best_chance(outlook, samples=FEW, seed=seed, seconds=LONG)
    assert found.local
    assert (found.samples, found.seed, found.scenario) == (FEW, seed, outlook.scenario.id)
    assert found.package in brute.chances
    check_estimate(outlook, found)
    here = dict(found.package)
    for package, share in brute.on_draws(FEW, seed).items():
        if sum(here[name] != taken for name, taken in package) == 1:
            assert share <= found.estimate.in_sample
    assert found.bound <= 1.0
    assert max(brute.chances.values()) <= found.bound + ROUNDED


def test_the_package_found_is_nearly_always_the_best_of_all() -> None:
    best = 0
    for seed in range(16):
        outlook = random_outlook(100 + seed)
        found = find_best_chance(outlook, samples=FEW, seed=seed, seconds=LONG)
        top = max(Brute(outlook).on_draws(FEW, seed).values())
        assert found.estimate.in_sample <= top
        best += found.estimate.in_sample == top
    assert best >= 12


def test_the_bound_is_close_where_one_actor_decides() -> None:
    outlook = asked(("a",), "a", 0.2)
    found = find_best_chance(outlook, samples=FEW, seconds=LONG)
    assert dict(found.package) == {"p": "three"}
    assert found.estimate.exact <= found.bound <= found.estimate.exact + 0.01


def test_the_status_quo_is_never_proposed_however_unlikely_all_else_is() -> None:
    case = make_case(
        [point("p"), point("q")],
        ["a"],
        consent=[rule("a-agrees", "a")],
        ratings=[rating("a", each, "new", -3.0, 0.1) for each in ("p", "q")],
        drafts=[draft("first", {"p": "new", "q": "new"})],
    )
    outlook = Outlook.of(case)
    best = find_best_chance(outlook, samples=FEW, seconds=LONG)
    assert "new" in dict(best.package).values()
    found = find_changes_for_chance(outlook, case.drafts[0], 0.9, samples=FEW, seconds=LONG)
    assert (found.changes, found.at_least, found.proven) == (None, None, False)
    assert "new" in dict(found.package).values()


# --- fewest changes to a chance -------------------------------------------------------------------


@pytest.mark.parametrize("constraints", [0, 1, 2])
@pytest.mark.parametrize("seed", range(9))
def test_fewest_changes_are_never_fewer_than_are_told_to_be_needed(
    seed: int, constraints: int
) -> None:
    check_changes(random_outlook(seed, constraints=constraints), seed)


@pytest.mark.parametrize(("seed", "constraints"), [(9, 1), (10, 2)])
def test_a_random_draft_whose_neighbours_are_all_ruled_out_is_led_back(
    seed: int, constraints: int
) -> None:
    check_changes(random_outlook(seed, constraints=constraints), seed)


def check_changes(outlook: Outlook, seed: int) -> None:
    """Hold the fewest changes to several chances against all packages."""
    brute = Brute(outlook)
    on_draws = brute.on_draws(FEW, seed)
    first = outlook.case.drafts[0]
    for wanted in (0.15, 0.4, 0.65):
        found = find_changes_for_chance(
            outlook, first, wanted, samples=FEW, seed=seed, seconds=LONG
        )
        assert found.package in brute.chances
        check_estimate(outlook, found)
        least = brute.fewest(wanted)
        assert found.at_least is not None or least is None
        if least is not None:
            assert found.at_least <= least
        if found.changes is None:
            assert not found.proven
        else:
            assert min(found.estimate.in_sample, found.estimate.exact) >= wanted
            assert found.at_least is not None
            assert found.at_least <= len(found.changes)
            changes = dict(found.changes)
            assert changes.keys() == brute.changed(dict(found.package))
            assert changes.items() <= dict(found.package).items()
            check_none_is_taken_back(brute, on_draws, found)


def check_none_is_taken_back(
    brute: Brute, on_draws: Mapping[tuple[tuple[str, str], ...], float], found: ChangedForChance
) -> None:
    """No single change can be taken back while the chance is still the one wanted."""
    here = dict(found.package)
    choices = choices_of(brute.outlook.case, brute.outlook.case.drafts[0])
    for name, _ in found.changes or ():
        for option in choices[name]:
            other = tuple((here | {name: option}).items())
            reached = min(on_draws.get(other, -1.0), brute.chances.get(other, -1.0))
            assert reached < found.wanted


def test_fewest_changes_are_nearly_always_those_of_brute_force_on_the_draws() -> None:
    best = asked_for = 0
    for seed in range(16):
        outlook = random_outlook(200 + seed)
        brute = Brute(outlook)
        on_draws = brute.on_draws(FEW, seed)
        for wanted in (0.2, 0.5):
            found = find_changes_for_chance(
                outlook, outlook.case.drafts[0], wanted, samples=FEW, seed=seed, seconds=LONG
            )
            least = min(
                (
                    len(brute.changed(dict(package)))
                    for package, share in on_draws.items()
                    if min(share, brute.chances[package]) >= wanted
                ),
                default=None,
            )
            asked_for += 1
            best += least == (None if found.changes is None else len(found.changes))
    assert best >= 0.8 * asked_for


def test_a_draft_that_is_likely_enough_needs_no_change() -> None:
    case = asked(("a", "b"), All(all=("a", "b")), 0.2, drafts=[draft("first", {"p": "three"})]).case
    outlook = Outlook.of(case)
    found = find_changes_for_chance(outlook, case.drafts[0], 0.3, samples=FEW, seconds=LONG)
    assert (found.changes, found.at_least, found.proven) == ((), 0, True)


def test_what_is_found_does_not_contradict_what_is_proven() -> None:
    case = make_case(
        [point("p"), point("q")],
        ["a"],
        consent=[rule("a-agrees", "a")],
        ratings=[rating("a", "p", "new", 0.0, 1.0), rating("a", "q", "new", 3.0, 1.0)],
        drafts=[draft("first", {"p": "new", "q": "as-is"})],
        no_deal=[NoDeal(actor="a", value=0.03, sd=0.1, reason="assumed")],
    )
    outlook = Outlook.of(case)
    for seed in range(20):
        found = find_changes_for_chance(
            outlook, case.drafts[0], 0.5, samples=100, seed=seed, seconds=LONG
        )
        assert found.at_least == 1
        assert found.changes is not None
        assert len(found.changes) >= found.at_least


# --- constraints ----------------------------------------------------------------------------------


def stuck(**constraint: Any) -> Case:
    """Return a case whose draft a constraint rules out, whatever one point is changed."""
    names = ("p", "q", "r")
    keys = constraint or {"at_most": 1, "of": tuple({name: "new"} for name in names)}
    case = make_case(
        [point(name) for name in names],
        ["a"],
        consent=[rule("a-agrees", "a")],
        ratings=[rating("a", name, "new", 1.0, 0.5) for name in names],
        drafts=[draft("first", dict.fromkeys(names, "new"))],
    )
    return replace(case, constraints=(Constraint.model_validate({"id": "it", **keys}),))


def test_a_draft_far_from_all_that_is_possible_is_led_back() -> None:
    outlook = Outlook.of(stuck())
    best = find_best_chance(outlook, samples=FEW, seconds=LONG)
    assert best.package in Brute(outlook).chances
    found = find_changes_for_chance(outlook, outlook.case.drafts[0], 0.3, samples=FEW, seconds=LONG)
    assert found.package in Brute(outlook).chances
    assert (len(found.changes or ()), found.at_least) == (2, 2)


def test_a_draft_far_from_all_that_is_possible_is_led_back_where_too_much_is_wanted() -> None:
    outlook = Outlook.of(stuck())
    found = find_changes_for_chance(
        outlook, outlook.case.drafts[0], 0.999, samples=FEW, seconds=LONG
    )
    assert found.changes is None
    assert found.package in Brute(outlook).chances


def test_a_draft_far_from_all_that_is_possible_is_led_back_where_little_can_be_had() -> None:
    case = stuck()
    lines = tuple(
        RedLine(actor="a", point=name, options=("new",), probability=0.999, reason="assumed")
        for name in ("p", "q", "r")
    )
    refused = case.ratings[0].model_copy(update={"red_lines": lines})
    outlook = Outlook.of(replace(case, ratings=(refused,)))
    assert max(Brute(outlook).chances.values()) < 0.005
    best = find_best_chance(outlook, samples=FEW, seconds=LONG)
    assert best.package in Brute(outlook).chances


@pytest.mark.parametrize("wanted", [None, 0.3])
def test_constraints_that_leave_no_package_are_named(wanted: float | None) -> None:
    outlook = Outlook.of(stuck(at_most=0, of=({"p": ("as-is", "new")},)))
    with pytest.raises(RequestError, match="'it'"):
        likeliest(outlook, wanted)


@pytest.mark.parametrize("wanted", [None, 0.3])
def test_constraints_that_leave_only_the_status_quo_are_refused(wanted: float | None) -> None:
    outlook = Outlook.of(stuck(never=dict.fromkeys(("p", "q", "r"), "new")))
    with pytest.raises(RequestError, match="status quo"):
        likeliest(outlook, wanted)


def likeliest(outlook: Outlook, wanted: float | None) -> BestChance | ChangedForChance:
    """Return the package most likely to pass, or the fewest changes to the chance wanted."""
    if wanted is None:
        return find_best_chance(outlook, samples=FEW, seconds=LONG)
    first = outlook.case.drafts[0]
    return find_changes_for_chance(outlook, first, wanted, samples=FEW, seconds=LONG)


# --- questions ------------------------------------------------------------------------------------


def without_time(found: BestChance | ChangedForChance) -> BestChance | ChangedForChance:
    return replace(found, seconds=0.0)


@pytest.mark.parametrize("seed", range(4))
def test_the_same_seed_gives_the_same_answer(seed: int) -> None:
    answers = []
    for _ in range(2):
        outlook = random_outlook(seed, constraints=1)
        first = outlook.case.drafts[0]
        answers.append(
            (
                without_time(find_best_chance(outlook, samples=FEW, seed=seed, seconds=LONG)),
                without_time(
                    find_changes_for_chance(
                        outlook, first, 0.4, samples=FEW, seed=seed, seconds=LONG
                    )
                ),
            )
        )
    assert answers[0] == answers[1]


def test_another_seed_draws_anew_and_fresh_draws_are_others_than_those_chosen_by() -> None:
    outlook = asked(("a", "b"), All(all=("a", "b")), 0.2)
    told = [find_best_chance(outlook, samples=FEW, seed=k, seconds=LONG) for k in (1, 2, 30)]
    assert len({each.package for each in told}) == 1
    assert len({each.estimate.in_sample for each in told}) > 1
    assert any(each.estimate.in_sample != each.estimate.out_of_sample for each in told)


@pytest.mark.parametrize("wanted", [0.0, 1.0, -0.1, 1.5, math.nan])
def test_a_chance_wanted_lies_strictly_between_0_and_1(wanted: float) -> None:
    outlook = Outlook.of(stuck())
    with pytest.raises(RequestError, match=f"wanted is {wanted}; it must lie between 0 and 1"):
        find_changes_for_chance(outlook, outlook.case.drafts[0], wanted)


def test_a_share_of_draws_needs_two_draws() -> None:
    outlook = Outlook.of(stuck())
    with pytest.raises(RequestError, match="at least 2 samples"):
        find_best_chance(outlook, samples=1)
    with pytest.raises(RequestError, match="at least 2 samples"):
        find_changes_for_chance(outlook, outlook.case.drafts[0], 0.3, samples=1)


def test_a_case_without_drafts_is_answered() -> None:
    outlook = asked(("a", "b"), All(all=("a", "b")), 0.2)
    assert not outlook.case.drafts
    assert find_best_chance(outlook, samples=FEW, seconds=LONG).package == (("p", "three"),)


def test_a_case_without_drafts_and_without_hope_is_answered() -> None:
    line = RedLine(
        actor="a", point="p", options=("one", "two", "three"), probability=0.999, reason="assumed"
    )
    outlook = asked(("a",), "a", 0.2, red_lines=[line])
    assert max(Brute(outlook).chances.values()) < 0.005
    found = find_best_chance(outlook, samples=FEW, seconds=LONG)
    assert found.package in Brute(outlook).chances


# --- the flagship ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def flagship() -> Outlook:
    """Return the shipped example."""
    return Outlook.of(load(example_folder("ukraine-2025")))


def test_the_flagship_is_answered_with_two_thousand_draws(flagship: Outlook) -> None:
    best = find_best_chance(flagship, samples=2000, seconds=3.0)
    assert best.samples == 2000
    check_flagship(flagship, best)
    assert best.estimate.exact <= best.bound + ROUNDED
    for each in flagship.case.drafts:
        for row in flagship.compiled.completions(each)[0][:2]:
            assert flagship.probability(row) <= best.bound + ROUNDED


def test_changes_to_a_draft_of_the_flagship_reach_the_chance_on_the_draws(
    flagship: Outlook,
) -> None:
    first = flagship.case.draft("us-ukraine-20")
    found = find_changes_for_chance(flagship, first, 0.05, samples=2000, seconds=3.0)
    check_flagship(flagship, found)
    if found.changes is not None:
        assert found.estimate.in_sample >= 0.05


def check_flagship(flagship: Outlook, found: BestChance | ChangedForChance) -> None:
    package: NDArray[np.int64] = flagship.compiled.package(dict(found.package))
    assert (package != flagship.compiled.status_quo).any()
    assert all(allowed(each, dict(found.package)) for each in flagship.case.constraints)
    assert [name for name, _ in found.package] == [each.id for each in flagship.case.points]
    assert found.estimate.exact == pytest.approx(flagship.probability(package), abs=1e-9)
