"""Several quotas over the same voters: together, one after another, and by listing all outcomes."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from detente.consent.exact import probability
from detente.consent.formula import Formula, Voter, all_of, at_least, holds, voters_in, weighted
from detente.consent.thresholds import quotas_of, solve_quotas


def random_rule(generator: np.random.Generator, voters: list[Voter]) -> Formula:
    """A rule of two to four quotas, tied by all, any or two of them."""
    parts: list[Formula] = []
    for _ in range(generator.integers(2, 5)):
        some = [voter for voter in voters if generator.random() < 0.8] or voters[:1]
        if generator.random() < 0.5:
            parts.append(at_least(int(generator.integers(1, len(some) + 1)), some))
        else:
            weights = generator.integers(0, 6, len(some)).tolist()
            parts.append(weighted(int(generator.integers(1, max(sum(weights), 2))), weights, some))
    return at_least(int(generator.integers(1, len(parts) + 1)), parts)


def by_listing(rule: Formula, chance: dict[Voter, float]) -> float:
    total = 0.0
    for outcome in itertools.product((False, True), repeat=len(chance)):
        yes = dict(zip(chance, outcome, strict=True))
        if holds(rule, yes):
            total += float(np.prod([p if yes[v] else 1.0 - p for v, p in chance.items()]))
    return total


@pytest.mark.parametrize("seed", range(60))
def test_quotas_solved_together_give_what_listing_gives(seed: int) -> None:
    generator = np.random.default_rng([71, seed])
    voters = [Voter(f"v{place}") for place in range(7)]
    rule = random_rule(generator, voters)
    chance = {voter: float(generator.random()) for voter in voters}
    quotas = quotas_of(rule)
    assert quotas is not None
    if voters_in(rule):
        arrays = {voter: np.array([p, 1.0 - p]) for voter, p in chance.items()}
        found = solve_quotas(rule, quotas, arrays)
        other = {voter: 1.0 - p for voter, p in chance.items()}
        expected = [by_listing(rule, chance), by_listing(rule, other)]
        assert found == pytest.approx(expected, abs=1e-12)


def test_a_union_of_27_with_population_and_a_clause_is_counted_exactly() -> None:
    generator = np.random.default_rng(2014)
    voters = [Voter(f"state{place:02}") for place in range(27)]
    weights = generator.integers(1, 40, 27).tolist()
    quota = -(-65 * sum(weights) // 100)
    both = all_of([at_least(15, voters), weighted(quota, weights, voters)])
    rule = at_least(1, [both, at_least(24, voters)])
    half = dict.fromkeys(voters, np.full(50, 0.5))
    found = probability(rule, half)[0] * 2**27
    counts = np.zeros((28, sum(weights) + 1), dtype=object)
    counts[0, 0] = 1
    for weight in weights:
        moved = np.zeros_like(counts)
        moved[1:, weight:] = counts[:-1, : counts.shape[1] - weight]
        counts = counts + moved
    exact = counts[15:, quota:].sum() + counts[24:, :quota].sum()
    assert found == pytest.approx(float(exact), rel=1e-12)


def test_quotas_too_large_together_and_seats_are_left_to_other_ways() -> None:
    voters = [Voter(f"v{place}") for place in range(30)]
    large = all_of([weighted(10_000, [700] * 30, voters), weighted(9_000, [650] * 30, voters)])
    assert quotas_of(large) is None
    assert quotas_of(all_of([Voter("house", 3), at_least(2, voters)])) is None
