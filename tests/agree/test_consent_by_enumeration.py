"""Rules over few voters against every outcome they can have."""

from __future__ import annotations

import itertools
import math
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction

import numpy as np
import pytest

from detente.consent.blocking import hold_outs, minimal_blocking_sets
from detente.consent.exact import probability
from detente.consent.formula import (
    NEVER,
    TRUE,
    Formula,
    Voter,
    all_of,
    at_least,
    fix,
    holds,
    voters_in,
    weighted,
)
from detente.consent.joint import VoterChance, binomial_tail, chance_of, marginal

Tree = tuple[object, ...]
"""``("yes", actor, count)``, ``("all", parts)``, ``("least", k, parts)`` or ``("sum", ...)``."""


def random_tree(
    generator: np.random.Generator, leaves: Sequence[tuple[str, int]], depth: int = 3
) -> Tree:
    """Return a random rule over these leaves, which may stand in it any number of times."""
    kind = str(generator.choice(["yes", "all", "least", "sum"])) if depth else "yes"
    if kind == "yes":
        return ("yes", *leaves[generator.integers(len(leaves))])
    count = int(generator.integers(1, 5))
    parts = tuple(random_tree(generator, leaves, depth - 1) for _ in range(count))
    if kind == "all":
        return ("all", parts)
    if kind == "least":
        return ("least", int(generator.integers(1, count + 1)), parts)
    weights = tuple(int(each) for each in generator.integers(0, 6, count))
    return ("sum", int(generator.integers(1, sum(weights) + 2)), weights, parts)


def as_formula(tree: Tree) -> Formula:
    match tree:
        case ("yes", str() as actor, int() as count):
            return Voter(actor, count)
        case ("all", tuple() as parts):
            return all_of(map(as_formula, parts))
        case ("least", int() as count, tuple() as parts):
            return at_least(count, map(as_formula, parts))
        case ("sum", int() as quota, tuple() as weights, tuple() as parts):
            return weighted(quota, weights, map(as_formula, parts))
    raise AssertionError(tree)


def is_met(tree: Tree, votes: Mapping[str, int]) -> bool:
    """Return whether a rule is met, given 0 or 1 for an actor and the yes votes of a body."""
    match tree:
        case ("yes", str() as actor, int() as count):
            return votes[actor] >= max(count, 1)
        case ("all", tuple() as parts):
            return all(is_met(part, votes) for part in parts)
        case ("least", int() as count, tuple() as parts):
            return sum(is_met(part, votes) for part in parts) >= count
        case ("sum", int() as quota, tuple() as weights, tuple() as parts):
            held = zip(weights, parts, strict=True)
            return sum(weight for weight, part in held if is_met(part, votes)) >= quota
    raise AssertionError(tree)


def binomial(seats: int, yes: int, p: float) -> float:
    return math.comb(seats, yes) * p**yes * (1.0 - p) ** (seats - yes)


def enumerated(tree: Tree, chance: Mapping[str, float], seats: Mapping[str, int]) -> float:
    """Return the probability of a rule as the sum over everything that may be voted."""
    total = 0.0
    names = sorted(chance)
    for votes in itertools.product(*(range(seats.get(name, 1) + 1) for name in names)):
        if is_met(tree, dict(zip(names, votes, strict=True))):
            total += math.prod(
                binomial(seats.get(name, 1), yes, chance[name])
                for name, yes in zip(names, votes, strict=True)
            )
    return total


def outcomes(voters: Sequence[Voter]) -> Iterator[dict[Voter, bool]]:
    for answers in itertools.product([False, True], repeat=len(voters)):
        yield dict(zip(voters, answers, strict=True))


# --- probability ---


@pytest.mark.parametrize("seed", range(150))
def test_probability_of_a_rule_is_the_sum_over_all_outcomes(seed: int) -> None:
    generator = np.random.default_rng([51, seed])
    names = "abcdef"[: int(generator.integers(2, 7))]
    tree = random_tree(generator, [(name, 0) for name in names])
    chances = generator.random((3, len(names)))
    given = {Voter(name): chances[:, place] for place, name in enumerate(names)}
    found = probability(as_formula(tree), given)
    for row, each in zip(chances, found, strict=True):
        wanted = enumerated(tree, dict(zip(names, row.tolist(), strict=True)), {})
        assert each == pytest.approx(wanted, abs=1e-12)


@pytest.mark.parametrize("seed", range(100))
def test_thresholds_on_the_seats_of_one_body_are_levels_of_one_count(seed: int) -> None:
    generator = np.random.default_rng([52, seed])
    seats = {"house": int(generator.integers(3, 9)), "senate": 4}
    leaves = [("a", 0), ("b", 0), ("senate", 2), ("senate", 3)]
    leaves += [("house", count) for count in range(1, seats["house"] + 1, 2)]
    tree = random_tree(generator, leaves)
    chance = {name: float(generator.random()) for name in ("a", "b", "house", "senate")}
    given = {
        Voter(name, count): np.array(
            [
                sum(
                    binomial(seats.get(name, 1), yes, chance[name])
                    for yes in range(max(count, 1), seats.get(name, 1) + 1)
                )
            ]
        )
        for name, count in leaves
    }
    wanted = enumerated(tree, chance, seats)
    assert probability(as_formula(tree), given)[0] == pytest.approx(wanted, abs=1e-12)
    whole = {name: VoterChance(each, seats=seats.get(name, 0)) for name, each in chance.items()}
    assert chance_of(as_formula(tree), whole) == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize("p", [0.0, 0.2, 0.5, 0.9, 1.0])
def test_one_actor_in_two_rules_is_one_event(p: float) -> None:
    a, b = Voter("a"), Voter("b")
    given = {a: np.array([p]), b: np.array([0.5])}
    assert probability(all_of([a, a]), given)[0] == p
    twice = all_of([at_least(1, [a, b]), weighted(2, [2, 1], [a, b])])
    assert probability(twice, given)[0] == pytest.approx(p, abs=1e-15)
    either = at_least(1, [all_of([a, b]), a])
    assert probability(either, given)[0] == pytest.approx(p, abs=1e-15)
    chances = {"a": VoterChance(p), "b": VoterChance(0.5)}
    assert chance_of(twice, chances, 0.3) == pytest.approx(p, abs=1e-9)


@pytest.mark.parametrize("seed", range(100))
def test_rules_once_votes_are_known_are_met_in_the_same_outcomes(seed: int) -> None:
    generator = np.random.default_rng([53, seed])
    names = "abcde"
    tree = random_tree(generator, [(name, 0) for name in names])
    formula = as_formula(tree)
    assert voters_in(formula) <= {Voter(name) for name in names}
    known = {Voter(name): bool(generator.integers(2)) for name in names[:2]}
    reduced = fix(formula, known)
    assert not voters_in(reduced) & set(known)
    for outcome in outcomes([Voter(name) for name in names]):
        answers = outcome | known
        met = is_met(tree, {voter.actor: int(yes) for voter, yes in answers.items()})
        assert holds(formula, answers) == met
        assert holds(reduced, answers) == met


def test_the_largest_and_the_least_rule_are_certain() -> None:
    assert probability(TRUE, {})[0] == 1.0
    assert probability(NEVER, {})[0] == 0.0
    assert chance_of(TRUE, {}, 0.3) == pytest.approx(1.0, abs=1e-12)
    assert chance_of(NEVER, {}, 0.3) == 0.0


# --- games with known answers ---


def winning(formula: Formula, voters: Sequence[Voter]) -> int:
    return sum(holds(formula, outcome) for outcome in outcomes(voters))


def test_the_security_council_has_848_winning_coalitions() -> None:
    voters = [Voter(f"m{place:02}") for place in range(15)]
    rule = all_of([*voters[:5], at_least(9, voters)])
    chance = probability(rule, dict.fromkeys(voters, np.array([0.5])))[0]
    assert chance * 2**15 == pytest.approx(sum(math.comb(10, k) for k in range(4, 11)), abs=1e-9)
    assert chance * 2**15 == pytest.approx(848, abs=1e-9)
    same = all_of([*voters[:5], at_least(4, voters[5:])])
    assert probability(same, dict.fromkeys(voters, np.array([0.5])))[0] == pytest.approx(chance)
    found = minimal_blocking_sets(same, dict.fromkeys(voters, 0.5), limit=1000)
    assert found.complete
    # a permanent member alone, or seven of the ten others
    assert sorted({len(each) for each in found.sets}) == [1, 7]
    assert len(found.sets) == found.count == 5 + math.comb(10, 7)


@pytest.mark.parametrize(
    ("quota", "weights", "count"),
    [
        (12, (4, 4, 4, 2, 2, 1), 14),  # Council of the European Economic Community, 1958
        (51, (49, 49, 2), 4),  # the least voter counts as much as the largest
        (3, (2, 1, 1), 3),
    ],
)
def test_weighted_games_have_their_known_number_of_winning_coalitions(
    quota: int, weights: tuple[int, ...], count: int
) -> None:
    voters = [Voter(f"m{place}") for place in range(len(weights))]
    rule = weighted(quota, weights, voters)
    chance = probability(rule, dict.fromkeys(voters, np.array([0.5])))[0]
    assert chance * 2 ** len(weights) == pytest.approx(count, abs=1e-12)
    assert winning(rule, voters) == count


def test_luxembourg_in_1958_never_made_a_difference() -> None:
    voters = [Voter(name) for name in ("de", "fr", "it", "be", "nl", "lu")]
    rule = weighted(12, [4, 4, 4, 2, 2, 1], voters)
    for outcome in outcomes(voters):
        assert holds(rule, outcome | {Voter("lu"): True}) == holds(
            rule, outcome | {Voter("lu"): False}
        )
    found = minimal_blocking_sets(rule, {}, limit=1000)
    assert all(Voter("lu") not in each for each in found.sets)


# --- who blocks ---


def blocking(tree: Tree, names: str) -> set[frozenset[Voter]]:
    """Return all minimal sets whose refusal defeats a rule even where all others agree."""
    found: list[frozenset[Voter]] = []
    for size in range(len(names) + 1):
        for chosen in itertools.combinations(names, size):
            each = frozenset(Voter(name) for name in chosen)
            if any(known <= each for known in found):
                continue
            if not is_met(tree, {name: int(name not in chosen) for name in names}):
                found.append(each)
    return set(found)


@pytest.mark.parametrize("seed", range(250))
def test_minimal_blocking_sets_are_those_of_brute_force(seed: int) -> None:
    generator = np.random.default_rng([54, seed])
    names = "abcdefg"[: int(generator.integers(2, 8))]
    tree = random_tree(generator, [(name, 0) for name in names])
    wanted = blocking(tree, names)
    yes = {Voter(name): float(generator.uniform(0.05, 0.95)) for name in names}
    found = minimal_blocking_sets(as_formula(tree), yes, limit=40)
    listed = [frozenset(each) for each in found.sets]
    assert len(set(listed)) == len(listed)
    assert set(listed) <= wanted
    if found.complete:
        assert set(listed) == wanted
    if found.count is not None:
        assert found.count == len(wanted)
    refusal = [math.prod(1.0 - yes[voter] for voter in each) for each in listed]
    assert refusal == sorted(refusal, reverse=True)
    for each in found.sets:
        assert [yes[voter] for voter in each] == sorted(yes[voter] for voter in each)


@pytest.mark.parametrize("seed", range(40))
def test_blocking_sets_of_many_parts_are_minimal_and_called_complete_only_when_they_are(
    seed: int,
) -> None:
    generator = np.random.default_rng([56, seed])
    names = "abcd"
    size = int(generator.integers(9, 14))
    parts: list[Tree] = []
    for _ in range(size):
        inside = [name for name in names if generator.random() < 0.4] or ["a"]
        parts.append(("least", 1, tuple(("yes", name, 0) for name in inside)))
    tree: Tree = ("least", int(generator.integers(2, size)), tuple(parts))
    yes = {Voter(name): float(generator.uniform(0.05, 0.95)) for name in names}
    found = minimal_blocking_sets(as_formula(tree), yes, limit=1000)
    listed = {frozenset(each) for each in found.sets}
    wanted = blocking(tree, names)
    assert listed <= wanted
    if found.complete:
        assert listed == wanted


@contextmanager
def no_longer_than(seconds: float) -> Iterator[None]:
    """Fail what takes longer than so many seconds."""

    def late(number: int, frame: object) -> None:
        raise AssertionError(f"not done after {seconds} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)


def test_blocking_sets_of_overlapping_parts_are_found_in_time() -> None:
    voters = [Voter(name) for name in "abcdefg"]
    pairs = [all_of(pair) for pair in itertools.combinations(voters, 2)]
    with no_longer_than(5.0):
        found = minimal_blocking_sets(at_least(14, pairs), dict.fromkeys(voters, 0.5), limit=100)
    # 21 pairs; without two voters 10 remain, without one 15
    assert {len(each) for each in found.sets} == {2}
    assert len(found.sets) == math.comb(7, 2) or not found.complete


def test_blocking_sets_of_a_low_quota_are_found_in_time() -> None:
    voters = [Voter(f"m{place:02}") for place in range(27)]
    low = weighted(2, [1] * 27, voters)
    with no_longer_than(5.0):
        found = minimal_blocking_sets(low, dict.fromkeys(voters, 0.5), limit=5)
    assert found.sets
    assert all(len(each) == 26 for each in found.sets)


def test_a_voter_named_twice_blocks_alone() -> None:
    a, b = Voter("a"), Voter("b")
    found = minimal_blocking_sets(at_least(2, [a, a, b]), {a: 0.5, b: 0.5})
    assert found.sets == ((a,),)
    assert found.count == 1


@pytest.mark.parametrize("seed", range(150))
def test_hold_outs_block_and_none_of_them_is_idle(seed: int) -> None:
    generator = np.random.default_rng([55, seed])
    names = "abcdefg"[: int(generator.integers(2, 8))]
    tree = random_tree(generator, [(name, 0) for name in names])
    yes = {Voter(name): float(generator.uniform(0.05, 0.95)) for name in names}
    found = hold_outs(as_formula(tree), yes)
    likely = {name: int(yes[Voter(name)] >= 0.5) for name in names}
    if is_met(tree, likely) or not voters_in(as_formula(tree)):
        assert found == ()
        return
    assert found
    assert all(yes[voter] < 0.5 for voter in found)
    assert [yes[voter] for voter in found] == sorted(yes[voter] for voter in found)

    def blocks(refusing: Sequence[Voter]) -> bool:
        return not is_met(tree, {name: int(Voter(name) not in refusing) for name in names})

    alone = all(blocks([voter]) for voter in found)
    minimal = not any(blocks([v for v in found if v != voter]) for voter in found)
    assert blocks(found)
    assert alone or minimal


# --- seats ---


@pytest.mark.parametrize(
    ("seats", "count"), [(1, 1), (3, 2), (27, 15), (100, 67), (435, 218), (450, 300), (450, 450)]
)
@pytest.mark.parametrize("p", [Fraction(1, 100), Fraction(1, 3), Fraction(1, 2), Fraction(9, 10)])
def test_binomial_tail_is_that_of_exact_fractions(seats: int, count: int, p: Fraction) -> None:
    exact = sum(
        math.comb(seats, yes) * p**yes * (1 - p) ** (seats - yes) for yes in range(count, seats + 1)
    )
    found = binomial_tail(seats, count, np.array([float(p)]))[0]
    assert found == pytest.approx(float(exact), rel=1e-9, abs=1e-14)


def test_binomial_tail_knows_certainty_and_never_falls_with_the_chance() -> None:
    grid = np.linspace(0.0, 1.0, 301)
    for seats, count in ((1, 1), (9, 5), (450, 226)):
        tail = binomial_tail(seats, count, grid)
        assert tail[0] == pytest.approx(0.0, abs=1e-9)
        assert tail[-1] == pytest.approx(1.0, abs=1e-9)
        assert (np.diff(tail) >= -1e-12).all()


def test_seats_without_anything_shared_are_binomial() -> None:
    for seats, count, p in ((9, 5, 0.4), (101, 51, 0.55), (450, 300, 0.68)):
        wanted = sum(binomial(seats, yes, p) for yes in range(count, seats + 1))
        found = marginal(Voter("house", count), {"house": VoterChance(p, seats=seats)})
        assert found == pytest.approx(wanted, abs=1e-9)
