"""Frontiers held small: what is merged is matched by what is kept, but for what is told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from detente.packages.frontier import Frontier, find_frontier
from packages.brute import Brute
from packages.spaces import large_space


def check_certified(found: Frontier, brute: Brute) -> None:
    """Hold the promise of a frontier against every package."""
    above = found.above_reservation
    rows = np.array([point.utilities for point in found], dtype=float)
    assert len(rows)
    wanted = [row for row in brute.worth.values() if not (above and brute.harms(row))]
    best_short = np.full(len(wanted), np.inf)
    lost = np.array(found.lost, dtype=float)
    for row in rows:
        short = (np.array(wanted, dtype=float) - lost - row).max(axis=1)
        best_short = np.minimum(best_short, short)
    assert (best_short <= 0.0).all(), found.method
    assert found.exact == (not any(found.lost))
    assert found.epsilon == max(found.lost)
    for point in found:
        assert brute.worth[point.package] == point.utilities
        assert not (above and brute.harms(point.utilities))
    if found.exact:
        assert [point.utilities for point in found] == brute.frontier(above_reservation=above)


@pytest.mark.parametrize("tied", [False, True])
@pytest.mark.parametrize("parties", [2, 3, 4])
@pytest.mark.parametrize("seed", range(3))
def test_what_is_merged_is_matched_but_for_what_is_told(
    seed: int, parties: int, *, tied: bool
) -> None:
    written = large_space(seed, parties, 6, tied=tied)
    brute, space = Brute(written), written.build()
    for most in (60, 200) if tied else (5, 20):
        found = find_frontier(space, most=most)
        assert "merged" in found.method or found.exact
        check_certified(found, brute)
    whole = find_frontier(space)
    assert whole.exact
    check_certified(whole, brute)


@pytest.mark.parametrize("parties", [2, 3, 4])
@pytest.mark.parametrize("seed", range(3))
def test_what_is_merged_above_reservation_is_matched_above_reservation(
    seed: int, parties: int
) -> None:
    written = large_space(seed, parties, 6, tied=False)
    brute, space = Brute(written), written.build()
    for most in (5, 20, 100_000):
        check_certified(find_frontier(space, most=most, above_reservation=True), brute)


def test_fewer_packages_kept_lose_more() -> None:
    space = large_space(0, 3, 6, tied=False).build()
    epsilons = [find_frontier(space, most=most).epsilon for most in (5, 50, 100_000)]
    assert epsilons[0] > epsilons[1] > epsilons[2] == 0


def test_parties_that_judge_alike_on_other_scales_are_told_their_own_loss() -> None:
    written = large_space(0, 2, 6, tied=False)
    third = tuple(tuple(1000 * value for value in point) for point in written.values[0])
    three = replace(
        written, parties=("a", "b", "c"), values=(*written.values, third), reservations=()
    )
    found = find_frontier(three.build(), most=5)
    check_certified(found, Brute(three))
    assert found.lost[2] == 1000 * found.lost[0] > 0


@pytest.mark.parametrize("most", [1, 5, 20])
def test_more_states_than_packages_may_be_kept_end_too(most: int) -> None:
    written = large_space(3, 3, 6, tied=True)
    check_certified(find_frontier(written.build(), most=most, seconds=5.0), Brute(written))
