"""How many coalitions lose without a member: exact counts for any number of members.

Losing coalitions are counted by their sums on all lines, by dynamic programming over members. Those
*without* member i follow from those of all members by an alternating sum: a coalition with sums v
that leaves i out is one with sums v, less one that has i in it, which is one without i with sums
v - w_i, and so on. Summed over all losing v this needs only sums of counts along one line, so that
the counts of 190 members take little more than those of one (leaving one factor out of a generating
function: Bilbao and others 2000, TOP 8, section 3).

Counts are kept modulo as many primes below 2^31 as the size of the game needs and put together by
the Chinese remainder theorem. Nothing can overflow.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import prod

import numpy as np
from numpy.typing import NDArray

from detente.power.game import Reaches, SimpleGame

__all__ = ["Counts", "cells_of", "count_coalitions", "losing_bounds"]

Array = NDArray[np.int64]

_PRIME_BITS = 30
_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Counts:
    """Losing coalitions, counted exactly, by their number of votes.

    Parameters
    ----------
    losing
        ``(sizes,)``: losing coalitions of 0, 1, 2, ... votes; one figure for all sizes together
        where sizes were not asked for.
    without
        ``(members, sizes)``: those of them without one vote of the member.
    """

    losing: tuple[int, ...]
    without: tuple[tuple[int, ...], ...]


def cells_of(game: SimpleGame, *, by_size: bool) -> int:
    """Return how many sums have to be followed: what the counting costs.

    Examples
    --------
    >>> from detente.consent.formula import Voter, weighted
    >>> from detente.power.game import game_of
    >>> game = game_of(weighted(12, [4, 4, 4, 2, 2, 1], [Voter(name) for name in "dfibnl"]))
    >>> cells_of(game, by_size=False), cells_of(game, by_size=True)
    (12, 60)
    """
    return prod(_axes(game, by_size=by_size)[1])


def count_coalitions(game: SimpleGame, *, by_size: bool) -> Counts:
    """Return how many coalitions lose, and how many of them leave out each member.

    Cost: the product of the ranges of losing sums on all lines, times the votes; with sizes, times
    the votes again.

    Parameters
    ----------
    by_size
        Whether to tell coalitions of different numbers of votes apart.

    Examples
    --------
    >>> from detente.consent.formula import Voter, weighted
    >>> from detente.power.game import game_of
    >>> game = game_of(weighted(51, [49, 49, 2], [Voter(name) for name in "abc"]))
    >>> count_coalitions(game, by_size=True)
    Counts(losing=(1, 3, 0, 0), without=((1, 2, 0, 0), (1, 2, 0, 0), (1, 2, 0, 0)))
    """
    plan = _plan(game, by_size=by_size)
    primes = _primes(game.size // _PRIME_BITS + 1)
    sums = [_prefix_sums(plan, prime) for prime in primes]
    sizes = game.size + 1 if by_size else 1
    losing = _joined([_at_thresholds(plan, each, sizes) for each in sums], primes)
    without: dict[int, tuple[int, ...]] = {}
    for group in game.alike():
        if any(plan.steps[group[0]]):
            found = _left_out(plan, sums, group[0], sizes)
            counted = tuple(_joined(found, primes))
        else:  # without weight: half of all coalitions leave it out
            counted = (losing[0] // 2,)
        without.update(dict.fromkeys(group, counted))
    return Counts(tuple(losing), tuple(without[place] for place in range(len(game.members))))


@dataclass(frozen=True, slots=True)
class _Plan:
    """The axes along which sums are followed; the last one is summed along.

    ``steps`` has, for every member, by how much its vote moves along each axis; ``thresholds`` how
    many cells along the last axis lose, by place on the other axes; ``sizes`` how many votes a
    place on the other axes has, None where sizes are not told apart.
    """

    shape: tuple[int, ...]
    steps: tuple[tuple[int, ...], ...]
    copies: tuple[int, ...]
    thresholds: Array
    sizes: Array | None


def _axes(
    game: SimpleGame, *, by_size: bool
) -> tuple[list[tuple[int, ...]], list[int], list[int], list[int]]:
    """Steps and lengths of all axes, those that count votes, and the order to lay them out."""
    axes, lengths = [*game.lines], losing_bounds(game)
    counting: list[int] = []
    if by_size:
        counting = _headcount(game.lines)
        if not counting:
            axes.append((1,) * len(game.members))
            lengths.append(_most_losing(game) + 1)
            counting = [len(axes) - 1]
        elif len(counting) == len(axes):  # counts are summed along an axis that counts no votes
            axes.append((0,) * len(game.members))
            lengths.append(1)
    order = sorted(range(len(axes)), key=lambda axis: (axis not in counting, lengths[axis]))
    return axes, lengths, counting, order


def _most_losing(game: SimpleGame) -> int:
    """A bound on the votes of a losing coalition: exact for one weighted vote."""
    if not isinstance(game.rule, Reaches):
        return game.size
    line = game.lines[game.rule.line]
    votes = sorted(w for w, many in zip(line, game.copies, strict=True) for _ in range(many))
    return sum(1 for total in accumulate(votes) if total < game.rule.quota)


def _plan(game: SimpleGame, *, by_size: bool) -> _Plan:
    axes, lengths, counting, order = _axes(game, by_size=by_size)
    shape = tuple(lengths[axis] for axis in order)
    grids = np.ix_(*(np.arange(length) for length in shape))
    place = {axis: position for position, axis in enumerate(order)}
    lost = ~game.winning([grids[place[line]] for line in range(len(game.lines))])
    thresholds = np.broadcast_to(lost, shape).sum(axis=-1)
    sizes = None
    if by_size:
        total = sum(grids[place[axis]] for axis in counting)
        sizes = np.broadcast_to(total, (*shape[:-1], 1))[..., 0].ravel()
    steps = tuple(
        tuple(axes[axis][member] for axis in order) for member in range(len(game.members))
    )
    return _Plan(shape, steps, game.copies, thresholds.ravel(), sizes)


def losing_bounds(game: SimpleGame) -> list[int]:
    """Return how many sums can lose on each line, whatever the others: 0 up to one less.

    Examples
    --------
    >>> from detente.consent.formula import Voter, weighted
    >>> from detente.power.game import game_of
    >>> losing_bounds(game_of(weighted(51, [49, 49, 2], [Voter(name) for name in "abc"])))
    [51]
    """
    return [_first_winning(game, line, total) for line, total in enumerate(game.totals)]


def _first_winning(game: SimpleGame, line: int, total: int) -> int:
    """The least sum on a line that wins whatever the others are; one past all if none does."""

    def wins(sum_: int) -> bool:
        return game.reached([sum_ if each == line else 0 for each in range(len(game.lines))])

    return bisect_left(range(total + 1), 1, key=wins)


def _headcount(lines: Sequence[tuple[int, ...]]) -> list[int]:
    """Lines that together count every member once, if there are such among those of 0 and 1."""
    chosen: list[int] = []
    covered: set[int] = set()
    for place in sorted(range(len(lines)), key=lambda each: -sum(lines[each])):
        members = {member for member, weight in enumerate(lines[place]) if weight}
        if max(lines[place]) <= 1 and not members & covered:
            chosen.append(place)
            covered |= members
    return chosen if lines and len(covered) == len(lines[0]) else []


def _prefix_sums(plan: _Plan, prime: int) -> Array:
    """Numbers of coalitions modulo a prime, summed along the last axis: ``(cells, length + 1)``."""
    counts = np.zeros(plan.shape, dtype=np.uint32)
    counts[(0,) * len(plan.shape)] = 1
    spare = np.empty_like(counts)
    reached = [1] * len(plan.shape)
    limit = np.uint32(prime)
    pairs = zip(plan.steps, plan.copies, strict=True)
    for steps, copies in sorted(pairs, key=lambda pair: (-pair[1], pair[0])):  # light ones first,
        # and many at once, so that what is reached stays small for long
        if any(step >= length for step, length in zip(steps, plan.shape, strict=True)):
            continue  # nothing that loses has this vote
        for _ in range(copies):
            old = tuple(
                slice(0, min(far, length - step))
                for far, length, step in zip(reached, plan.shape, steps, strict=True)
            )
            reached = [
                min(far + step, length)
                for far, length, step in zip(reached, plan.shape, steps, strict=True)
            ]
            new = tuple(
                slice(step, min(part.stop + step, length))
                for part, step, length in zip(old, steps, plan.shape, strict=True)
            )
            moved, over = counts[new], spare[new]
            np.add(moved, counts[old], out=over)
            np.subtract(over, limit, out=moved)
            np.minimum(moved, over, out=moved)  # one of them wrapped round
    flat = counts.reshape(-1, plan.shape[-1])
    sums = np.zeros((len(flat), plan.shape[-1] + 1), dtype=np.int64)
    np.cumsum(flat, axis=1, dtype=np.int64, out=sums[:, 1:])
    sums %= prime
    return sums


def _at_thresholds(plan: _Plan, sums: Array, sizes: int) -> Array:
    """Losing coalitions by size, modulo the prime of ``sums``; not reduced."""
    found = sums[np.arange(len(sums)), plan.thresholds]
    return _by_size(found, plan.sizes, sizes)


def _by_size(found: Array, at: Array | None, sizes: int) -> Array:
    if at is None:
        return np.array([found.sum()], dtype=np.int64)
    return np.bincount(at, weights=found, minlength=sizes).astype(np.int64)


def _left_out(plan: _Plan, sums: Sequence[Array], member: int, sizes: int) -> list[Array]:
    """Losing coalitions without the member, by size, for every prime; not reduced."""
    totals = [np.zeros(sizes, dtype=np.int64) for _ in sums]
    along = plan.steps[member][-1]
    for cells, targets, turns in _turns(plan, member):
        reach = plan.thresholds[targets] - along * turns
        kept = np.flatnonzero(reach > 0)
        places = cells[kept] * (plan.shape[-1] + 1) + reach[kept]
        sign = 1 - 2 * (turns[kept] % 2)
        size = None if plan.sizes is None else plan.sizes[targets[kept]]
        for at, each in enumerate(sums):
            totals[at] += _by_size(each.ravel()[places] * sign, size, sizes)
    return totals


def _turns(plan: _Plan, member: int) -> Iterator[tuple[Array, Array, Array]]:
    """Cells, the cells that so many votes of a member lead to, and that number of votes.

    The sum over a chunk of them stays below 2^53.
    """
    *others, length = plan.shape
    *across, along = plan.steps[member]
    cells = np.arange(prod(others))
    most = min(
        -(-long // step)
        for long, step in zip((*others, length), (*across, along), strict=True)
        if step
    )
    stride = sum(step * prod(others[axis + 1 :]) for axis, step in enumerate(across))
    places = np.unravel_index(cells, others) if others else ()
    chunk = max(1, _AT_ONCE // len(cells))
    for first in range(0, most, chunk):
        turns = np.arange(first, min(most, first + chunk))[:, None]
        fits = np.ones((len(turns), len(cells)), dtype=bool)
        for place, long, step in zip(places, others, across, strict=True):
            if step:
                fits &= place + turns * step < long
        turn, cell = np.nonzero(fits)
        turn += first
        yield cell, cell + turn * stride, turn


def _joined(found: Sequence[Array], primes: Sequence[int]) -> list[int]:
    """Whole numbers from their remainders (Garner's form of the Chinese remainder theorem)."""
    residues = [each % prime for each, prime in zip(found, primes, strict=True)]
    inverses = [pow(prod(primes[:at]), -1, prime) for at, prime in enumerate(primes)]
    numbers = []
    for place in range(len(residues[0])):
        value, modulus = int(residues[0][place]), primes[0]
        for each, prime, inverse in zip(residues[1:], primes[1:], inverses[1:], strict=True):
            value += modulus * ((int(each[place]) - value) * inverse % prime)
            modulus *= prime
        numbers.append(value)
    return numbers


@lru_cache
def _primes(many: int) -> tuple[int, ...]:
    """The largest primes below 2^31."""
    sieve = np.ones(46_341, dtype=bool)
    sieve[:2] = False
    for each in range(2, 216):
        if sieve[each]:
            sieve[each * each :: each] = False
    small = np.flatnonzero(sieve)
    found: list[int] = []
    candidate = 2**31 - 1
    while len(found) < many:
        if (candidate % small).all():
            found.append(candidate)
        candidate -= 2
    return tuple(found)
