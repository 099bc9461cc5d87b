"""Dependence between voters against fine integration and against simulation."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from detente.consent.formula import Formula, Voter, all_of, at_least, holds, voters_in, weighted
from detente.consent.joint import VoterChance, chance_of, marginal

Array = NDArray[np.float64]


def cdf(values: Array) -> Array:
    """Return the normal distribution function."""
    return 0.5 * (1.0 + np.vectorize(math.erf, otypes=[float])(values / math.sqrt(2.0)))


def quantile(p: float) -> float:
    """Return the normal quantile by bisection."""
    low, high = -12.0, 12.0
    for _ in range(200):
        middle = (low + high) / 2.0
        if 0.5 * math.erfc(-middle / math.sqrt(2.0)) < p:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0


def normal_nodes(count: int) -> tuple[Array, Array]:
    """Return midpoints of many narrow intervals and the probability of each."""
    edges = np.linspace(-8.5, 8.5, count + 1)
    return (edges[1:] + edges[:-1]) / 2.0, np.diff(cdf(edges))


def tail(seats: int, count: int, chance: Array) -> Array:
    """Return the chance of enough yes among independent seats, by adding up."""
    total = np.zeros_like(chance)
    safe = np.clip(chance, 1e-300, 1.0 - 1e-16)
    for yes in range(count, seats + 1):
        ways = math.lgamma(seats + 1) - math.lgamma(yes + 1) - math.lgamma(seats - yes + 1)
        total += np.exp(ways + yes * np.log(safe) + (seats - yes) * np.log1p(-safe))
    return total


def given_factors(chance: VoterChance, shock: float, common: Array, group: Array) -> Array:
    """Return an actor's chance of a yes given the shock and what its cluster shares."""
    if chance.probability in (0.0, 1.0):
        return np.full(np.broadcast(common, group).shape, chance.probability)
    kappa = chance.shared if chance.cluster is not None else 0.0
    shared = math.sqrt(shock) * common + math.sqrt((1.0 - shock) * kappa) * group
    return cdf((quantile(chance.probability) - shared) / math.sqrt((1.0 - shock) * (1.0 - kappa)))


def outcome_sum(formula: Formula, given: Mapping[Voter, Array]) -> Array:
    """Return the chance of a formula of independent voters by adding up all outcomes."""
    voters = sorted(given)
    total = np.zeros_like(next(iter(given.values())))
    for answers in itertools.product([True, False], repeat=len(voters)):
        if holds(formula, dict(zip(voters, answers, strict=True))):
            mass = np.ones_like(total)
            for voter, yes in zip(voters, answers, strict=True):
                mass = mass * (given[voter] if yes else 1.0 - given[voter])
            total += mass
    return total


def integrated(
    formula: Formula, chances: Mapping[str, VoterChance], shock: float, nodes: int
) -> float:
    """Return the chance of a formula; no actor with two thresholds and at most two clusters."""
    clusters = sorted({c.cluster for c in chances.values() if c.cluster is not None})
    points, weights = normal_nodes(nodes)
    axes = len(clusters) + 1
    shapes = [tuple(nodes if axis == own else 1 for axis in range(axes)) for own in range(axes)]
    common = points.reshape(shapes[0])
    factor = {name: points.reshape(shapes[place + 1]) for place, name in enumerate(clusters)}
    full = (nodes,) * axes
    given = {}
    for voter in voters_in(formula):
        chance = chances[voter.actor]
        group = factor[chance.cluster] if chance.cluster is not None else np.zeros((1,) * axes)
        yes = given_factors(chance, shock, common, group)
        given[voter] = np.broadcast_to(
            tail(chance.seats, voter.count, yes) if voter.count else yes, full
        )
    total = outcome_sum(formula, given)
    for _ in range(axes):
        total = total @ weights
    return float(total)


def simulated(
    formula: Formula, chances: Mapping[str, VoterChance], shock: float, seed: int, draws: int
) -> tuple[float, float]:
    """Return the share of simulated votes in which a formula holds, and its standard error."""
    generator = np.random.default_rng(seed)
    common = generator.standard_normal(draws)
    clusters = sorted({c.cluster for c in chances.values() if c.cluster is not None})
    factor = {name: generator.standard_normal(draws) for name in clusters}
    yes: dict[Voter, NDArray[np.bool_]] = {}
    for actor, chance in sorted(chances.items()):
        group = factor[chance.cluster] if chance.cluster is not None else np.zeros(draws)
        mine = [voter for voter in voters_in(formula) if voter.actor == actor]
        if chance.seats:
            agreed = generator.binomial(chance.seats, given_factors(chance, shock, common, group))
            yes |= {voter: agreed >= voter.count for voter in mine}
        else:
            kappa = chance.shared if chance.cluster is not None else 0.0
            own = generator.standard_normal(draws)
            inner = math.sqrt(kappa) * group + math.sqrt(1.0 - kappa) * own
            latent = math.sqrt(shock) * common + math.sqrt(1.0 - shock) * inner
            yes |= {voter: latent <= quantile(chance.probability) for voter in mine}
    voters = sorted(yes)
    codes = sum(yes[voter].astype(np.int64) << place for place, voter in enumerate(voters))
    counts = np.bincount(np.asarray(codes), minlength=2 ** len(voters))
    share = 0.0
    for code, count in enumerate(counts.tolist()):
        answers = {voter: bool(code >> place & 1) for place, voter in enumerate(voters)}
        share += count / draws if holds(formula, answers) else 0.0
    return share, math.sqrt(max(share * (1.0 - share), 1.0 / draws) / draws)


A, B, C, D, E = (Voter(name) for name in "abcde")
HOUSE = Voter("house", 5)
RULES: dict[str, Formula] = {
    "all": all_of([A, B, C, D]),
    "two of four": at_least(2, [A, B, C, D]),
    "weighted": weighted(6, [4, 3, 2, 1], [A, B, C, D]),
    "nested": at_least(1, [all_of([A, B]), at_least(2, [B, C, D])]),
    "with a body": all_of([A, at_least(1, [B, HOUSE]), at_least(2, [C, D, HOUSE])]),
}
CHANCES: dict[str, dict[str, VoterChance]] = {
    "own voices": {
        name: VoterChance(p, seats=9 if name == "house" else 0)
        for name, p in {"a": 0.8, "b": 0.3, "c": 0.55, "d": 0.97, "house": 0.45}.items()
    },
    "one cluster": {
        "a": VoterChance(0.7, "g", 0.5),
        "b": VoterChance(0.4, "g", 0.8),
        "c": VoterChance(0.6),
        "d": VoterChance(0.9, "g", 0.2),
        "house": VoterChance(0.55, "g", 0.6, 9),
    },
    "two clusters": {
        "a": VoterChance(0.7, "g", 0.5),
        "b": VoterChance(0.4, "h", 0.8),
        "c": VoterChance(0.6, "g", 0.9),
        "d": VoterChance(0.35, "h", 0.4),
        "house": VoterChance(0.5, "h", 0.3, 9),
    },
}


@pytest.mark.parametrize("shock", [0.0, 0.2, 0.7, 0.95])
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("voices", CHANCES)
def test_the_chance_of_a_rule_is_that_of_a_fine_integral(
    voices: str, rule: str, shock: float
) -> None:
    formula, chances = RULES[rule], CHANCES[voices]
    nodes = {"own voices": 4001, "one cluster": 301, "two clusters": 71}[voices]
    wanted = integrated(formula, chances, shock, nodes)
    assert chance_of(formula, chances, shock) == pytest.approx(wanted, abs=2e-3)


@pytest.mark.parametrize("shock", [0.0, 0.2])
@pytest.mark.parametrize("clusters", [1, 2, 3, 4, 5])
def test_the_chance_of_a_rule_is_that_of_simulation(clusters: int, shock: float) -> None:
    generator = np.random.default_rng([61, clusters])
    names = [f"m{place}" for place in range(7)]
    chances = {
        name: VoterChance(
            float(generator.uniform(0.2, 0.9)),
            f"g{place % clusters}",
            float(generator.uniform(0.2, 0.9)),
        )
        for place, name in enumerate(names)
    }
    formula = at_least(4, [Voter(name) for name in names])
    share, error = simulated(formula, chances, shock, 62 + clusters, 400_000)
    assert chance_of(formula, chances, shock) == pytest.approx(share, abs=4.0 * error)


@pytest.mark.parametrize("shock", [0.0, 0.3])
@pytest.mark.parametrize("clusters", [2, 3, 4, 5])
def test_each_voter_keeps_its_own_chance_however_much_is_shared(
    clusters: int, shock: float
) -> None:
    names = [f"m{place}" for place in range(clusters)]
    chances = {
        name: VoterChance(0.15 + 0.1 * place, f"g{place}", 0.8) for place, name in enumerate(names)
    }
    # whoever agrees, m0 decides: the rule is m0's yes, but all stand in it
    others = [Voter(name) for name in names[1:]]
    deciding = weighted(clusters, [clusters, *[1] * len(others)], [Voter("m0"), *others])
    assert chance_of(deciding, chances, shock) == pytest.approx(0.15, abs=2e-3)


@pytest.mark.parametrize("shock", [0.0, 0.2, 0.5])
@pytest.mark.parametrize("kappa", [0.0, 0.3, 0.9])
@pytest.mark.parametrize(("seats", "count"), [(3, 2), (27, 15), (101, 51), (450, 226), (450, 300)])
def test_the_chance_of_enough_seats_is_a_binomial_mixture(
    seats: int, count: int, kappa: float, shock: float
) -> None:
    # the shock and what the seats share act together as one factor
    together = shock + (1.0 - shock) * kappa
    points, weights = normal_nodes(4_001)
    for p in (0.4, 0.6, 0.7):
        inside = (quantile(p) - math.sqrt(together) * points) / math.sqrt(1.0 - together)
        wanted = float(tail(seats, count, cdf(inside)) @ weights)
        chances = {"house": VoterChance(p, "party", kappa, seats)}
        found = marginal(Voter("house", count), chances, shock)
        assert found == pytest.approx(wanted, abs=2e-3)


def test_chances_move_the_right_way_with_the_common_shock() -> None:
    chances = {name: VoterChance(0.5) for name in "abc"}
    rule = all_of([A, B, C])
    together = [chance_of(rule, chances, shock) for shock in (0.0, 0.2, 0.5, 0.8, 0.95)]
    assert together == sorted(together)
    assert together[0] == pytest.approx(0.125, abs=1e-9)
    # orthant probability of three equally correlated normal variables (Sheppard 1899)
    for shock, found in zip((0.2, 0.5, 0.8, 0.95), together[1:], strict=True):
        wanted = 0.125 + 3.0 * math.asin(shock) / (4.0 * math.pi)
        assert found == pytest.approx(wanted, abs=1e-6)


def test_certain_voters_stay_certain_under_any_shock() -> None:
    chances = {"a": VoterChance(1.0), "b": VoterChance(0.3), "c": VoterChance(0.0)}
    assert chance_of(all_of([A, B]), chances, 0.5) == pytest.approx(0.3, abs=1e-9)
    assert chance_of(all_of([A, B, C]), chances, 0.5) == 0.0
