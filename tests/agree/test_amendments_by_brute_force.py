"""Fewest changes and deadlocks against every package and every set of demands."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from agree.small import (
    Voice,
    all_packages,
    called_for,
    choices_of,
    draft,
    holds_among,
    make_case,
    opinion,
    point,
    random_case,
    rating,
    rule,
    voices,
)
from detente.amend.deadlock import Deadlock
from detente.amend.demands import Demand, VoterDemands
from detente.amend.fewest import Amendments, find_fewest_changes
from detente.assess.outlook import Outlook
from detente.case.consent import AtLeast, ConsentRule, Count, SeatsOf
from detente.case.records import (
    About,
    Actor,
    Condition,
    NoDeal,
    RedLine,
    Settings,
)
from detente.consent.formula import Voter

LEVELS = (None, 0.3, 0.5, 0.7)
TELLING = (52, 293, 319, 355, 473, 569, 892, 1019, 1061, 1112, 2110, 2306, 2583, 2712, 3145)
"""Conditions that reach beyond a scope, bodies with red lines, two thresholds in one deadlock."""

Package = tuple[tuple[str, str], ...]


@dataclass
class Brute:
    """Every package of a case, tried one by one."""

    outlook: Outlook
    level: float | None
    fixed: frozenset[str] = frozenset()
    most: int | None = None
    demands: dict[Voice, VoterDemands] = field(init=False)
    known: dict[tuple[Voice, Package, frozenset[Demand]], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        case = self.outlook.case
        found = {voice for each in case.consent for voice in voices(case, each.rule)}
        self.demands = {
            voice: VoterDemands(self.outlook, Voter(*voice), self.level) for voice in sorted(found)
        }

    def candidates(self) -> Iterator[tuple[int, Package]]:
        """Yield number of changes and package, for everything that may be proposed at all."""
        case = self.outlook.case
        choices = choices_of(case, case.drafts[0])
        for package in all_packages(case):
            changed = {name for name, taken in package.items() if taken not in choices[name]}
            quiet = all(package[each.id] == each.status_quo for each in case.points)
            within = self.most is None or len(changed) <= self.most
            if not quiet and within and not changed & self.fixed:
                yield len(changed), tuple(package.items())

    def accepts(self, package: Package, dropped: frozenset[Demand] = frozenset()) -> bool:
        """Return whether every rule called for holds among those whose demands are met."""
        case = self.outlook.case
        called = [each for each in case.consent if called_for(case, each, dict(package))]
        return all(
            holds_among(
                case,
                each.rule,
                {voice: self.met(voice, package, dropped) for voice in voices(case, each.rule)},
            )
            for each in called
        )

    def met(self, voice: Voice, package: Package, dropped: frozenset[Demand]) -> bool:
        """Return whether a voice's demands that are not dropped are met."""
        mine = frozenset(demand for demand in dropped if demand.voter == Voter(*voice))
        key = (voice, package, mine)
        if key not in self.known:
            compiled = self.outlook.compiled
            self.known[key] = self.demands[voice].met(compiled.package(dict(package)), mine)
        return self.known[key]

    def fewest(self) -> tuple[int | None, set[Package]]:
        """Return the least number of changes, and every package that attains it."""
        good = [(count, package) for count, package in self.candidates() if self.accepts(package)]
        least = min((count for count, _ in good), default=None)
        return least, {package for count, package in good if count == least}

    def all_demands(self) -> list[Demand]:
        """Return every demand of everyone with a voice."""
        return sorted(demand for asks in self.demands.values() for demand in asks.all())

    def least_droppings(self) -> list[frozenset[Demand]]:
        """Return the minimal sets of demands without which some package is accepted."""
        found: list[frozenset[Demand]] = []
        kinds = list({self._kind(package): package for _, package in self.candidates()}.values())
        for dropped in _subsets(self.all_demands()):
            if any(known <= dropped for known in found):
                continue
            if any(self.accepts(package, dropped) for package in kinds):
                found.append(dropped)
        return found

    def _kind(self, package: Package) -> tuple[object, ...]:
        """What tells packages apart: rules called for, and who is content without which demands."""
        case = self.outlook.case
        called = tuple(called_for(case, each, dict(package)) for each in case.consent)
        content = tuple(
            self.met(voice, package, dropped)
            for voice, asks in self.demands.items()
            for dropped in _subsets(sorted(asks.all()))
        )
        return called, content


def _subsets(demands: Sequence[Demand]) -> Iterator[frozenset[Demand]]:
    for size in range(len(demands) + 1):
        for chosen in itertools.combinations(demands, size):
            yield frozenset(chosen)


def check_deadlock(brute: Brute, found: Deadlock) -> None:
    """Hold cores and unlocks against every set of demands."""
    everything = brute.all_demands()
    droppings = brute.least_droppings()
    cores: list[frozenset[Demand]] = []
    for kept in _subsets(everything):
        possible = any(not kept & dropped for dropped in droppings)
        if not possible and not any(core <= kept for core in cores):
            cores.append(kept)
    least = min((len(each) for each in droppings), default=None)
    assert found.proven
    assert found.cores
    assert len(set(found.cores)) == len(found.cores)
    assert len(set(found.unlocks)) == len(found.unlocks)
    listed_cores = {frozenset(each) for each in found.cores}
    listed_unlocks = {frozenset(each) for each in found.unlocks}
    smallest = {each for each in droppings if len(each) == least}
    assert listed_cores <= set(cores)
    assert listed_unlocks <= smallest
    assert found.complete == (len(cores) <= 8 and len(smallest) < 12)
    if found.complete:
        assert listed_cores == set(cores)
        assert listed_unlocks == smallest


def check_against_brute_force(brute: Brute, limit: int = 30) -> Amendments:
    case = brute.outlook.case
    found = find_fewest_changes(
        brute.outlook,
        case.drafts[0],
        at_least=brute.level,
        fixed=sorted(brute.fixed),
        most=brute.most,
        limit=limit,
    )
    least, packages = brute.fewest()
    assert found.proven
    assert found.minimum == least
    listed = [each.package for each in found.packages]
    assert len(set(listed)) == len(listed)
    assert set(listed) <= packages
    if least is None:
        assert found.deadlock is not None
        if len(brute.all_demands()) <= 9:
            check_deadlock(brute, found.deadlock)
    else:
        assert found.deadlock is None
        assert len(listed) == min(limit, len(packages))
        assert found.complete == (len(packages) <= max(3 * limit, 40))
        assert found.found == min(len(packages), max(3 * limit, 40))
    for each in found.packages:
        before = choices_of(case, case.drafts[0])
        changed = {name for name, taken in each.package if taken not in before[name]}
        assert {change.point for change in each.changes} == changed
        assert {made.point for made in each.settled} == {
            name for name, options in before.items() if len(options) > 1 and name not in changed
        }
    chances = [each.probability for each in found.packages]
    assert chances == sorted(chances, reverse=True)
    return found


@pytest.mark.parametrize("seed", [*range(48), *TELLING])
def test_fewest_changes_are_those_of_brute_force(seed: int) -> None:
    case = random_case(np.random.default_rng([41, seed]))
    outlook = Outlook.of(case)
    for level in LEVELS:
        check_against_brute_force(Brute(outlook, level))


@pytest.mark.parametrize("seed", range(16))
def test_fixed_points_and_a_limit_on_changes_are_kept_as_in_brute_force(seed: int) -> None:
    generator = np.random.default_rng([42, seed])
    case = random_case(generator)
    names = [each.id for each in case.points]
    fixed = frozenset(str(each) for each in generator.permutation(names)[: len(names) // 2])
    most = int(generator.integers(0, 3))
    outlook = Outlook.of(case)
    for level in (None, 0.5):
        check_against_brute_force(Brute(outlook, level, fixed=fixed))
        check_against_brute_force(Brute(outlook, level, most=most))


def one_point(*actors: Actor, consent: Sequence[ConsentRule], **records: object) -> Outlook:
    """Return the outlook of a case with one point, and a draft that settles it."""
    return Outlook.of(
        make_case(
            [point("p")],
            actors,
            consent=consent,
            drafts=[draft("first", {"p": "new"})],
            **records,  # type: ignore[arg-type]
        )
    )


def seats_of(name: str, share: str) -> AtLeast:
    return AtLeast(at_least=Count(of=SeatsOf(seats_of=name), share=share))


def house(seats: int, name: str = "house") -> Actor:
    return Actor(id=name, name=name, kind="body", seats=seats)


def test_a_condition_outside_the_scope_of_the_actor_can_still_be_met_by_a_change() -> None:
    met = Condition(text="only then", options={"q": "new"})
    case = make_case(
        [point("p"), point("q")],
        ["a"],
        consent=[rule("a-agrees", "a", ("p",))],
        ratings=[rating("a", "p", "new", 0.6, 2.0)],
        statements=[opinion("s", "a", About(point="p", option="new"), 3.0, condition=met)],
        no_deal=[NoDeal(actor="a", value=0.0, sd=0.1, reason="assumed")],
        drafts=[draft("first", {"p": "new", "q": "as-is"})],
    )
    outlook = Outlook.of(case)
    demands = VoterDemands(outlook, Voter("a"), 0.9)
    assert not demands.met(outlook.compiled.package({"p": "new"}))
    assert demands.met(outlook.compiled.package({"p": "new", "q": "new"}))
    found = check_against_brute_force(Brute(outlook, 0.9, fixed=frozenset(["p"])))
    assert [each.package for each in found.packages] == [(("p", "new"), ("q", "new"))]


def test_a_body_may_pass_what_every_seat_is_likelier_to_refuse_than_not() -> None:
    line = RedLine(actor="house", point="p", options=("new",), probability=0.6, reason="assumed")
    outlook = one_point(
        house(3),
        consent=[rule("vote", seats_of("house", "1/3"))],
        ratings=[rating("house", "p", "new", 3.0, 0.1)],
        red_lines=[line],
        settings=Settings(common_shock=0.0),
    )
    # one yes of three at 0.4 each: 1 - 0.6^3 = 0.784
    assert outlook.probability(outlook.compiled.package({"p": "new"})) == pytest.approx(0.784, 1e-6)
    assert check_against_brute_force(Brute(outlook, 0.7)).minimum == 0


def test_a_large_body_under_a_strong_common_shock_is_not_asked_for_more_than_it_takes() -> None:
    # seats that share nearly all: 2/3 of them agree together about as often as one of them does
    outlook = one_point(
        house(300),
        Actor(id="member", name="member", inherits="house"),
        Actor(id="other", name="other"),
        consent=[
            rule("vote", seats_of("house", "2/3")),
            rule("either", AtLeast(at_least=Count(of=("member", "other"), count=1))),
        ],
        ratings=[
            rating("house", "p", "new", -0.44, 0.001),
            rating("other", "p", "new", 3.0, 0.001),
        ],
        no_deal=[NoDeal(actor="house", value=0.0, sd=1.0, reason="assumed")],
        settings=Settings(common_shock=0.9, firmness=0.0),
    )
    package = outlook.compiled.package({"p": "new"})
    chance = outlook.chances(["house"], package)[0]["house"]
    assert chance.probability == pytest.approx(0.33, abs=0.005)
    # Vasicek's formula for many seats with correlation 0.9 + 0.1 * 0.9 = 0.99
    assert VoterDemands(outlook, Voter("house", 200), 0.3).met(package)
    assert check_against_brute_force(Brute(outlook, 0.3)).minimum == 0


def test_several_thresholds_on_one_body_are_demands_of_their_own() -> None:
    outlook = one_point(
        house(9),
        consent=[rule("half", seats_of("house", "1/2")), rule("most", seats_of("house", "2/3"))],
        ratings=[rating("house", "p", "new", -3.0, 0.1)],
        settings=Settings(firmness=0.0),
    )
    found = check_against_brute_force(Brute(outlook, 0.5))
    assert found.deadlock is not None
    assert [len(each) for each in found.deadlock.unlocks] == [2]
    assert [len(each) for each in found.deadlock.cores] == [1, 1]


@pytest.mark.parametrize("seed", range(48))
def test_dropping_a_demand_never_makes_a_voter_harder_to_please(seed: int) -> None:
    case = random_case(np.random.default_rng([43, seed]))
    outlook = Outlook.of(case)
    for level in (None, 0.3, 0.6):
        brute = Brute(outlook, level)
        for voice, asks in brute.demands.items():
            mine = sorted(asks.all())
            for _, package in itertools.islice(brute.candidates(), 20):
                for dropped in _subsets(mine):
                    if brute.met(voice, package, dropped):
                        for further in set(mine) - dropped:
                            assert brute.met(voice, package, dropped | {further})


def test_a_draft_of_which_nothing_is_known_needs_no_change() -> None:
    case = make_case(
        [point("p"), point("q", ("as-is", "one", "two"))],
        ["a"],
        ratings=[rating("a", "p", "new", 2.0, 0.1), rating("a", "q", "one", -3.0, 0.1)],
        consent=[rule("a-agrees", "a")],
        drafts=[draft("first", {"p": "unknown", "q": "unknown"})],
    )
    found = check_against_brute_force(Brute(Outlook.of(case), None))
    assert found.minimum == 0
    assert (("p", "new"), ("q", "as-is")) in [each.package for each in found.packages]


def test_no_package_at_all_is_a_deadlock_that_nobody_can_unlock() -> None:
    outlook = one_point(Actor(id="a", name="a"), consent=[rule("a-agrees", "a")])
    stays = draft("stays", {"p": "as-is"})
    found = find_fewest_changes(outlook, stays, most=0)
    assert found.minimum is None
    assert found.deadlock is not None
    assert found.deadlock.unlocks == ()
    assert found.deadlock.cores == ((),)
