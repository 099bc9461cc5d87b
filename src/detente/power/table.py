"""Every coalition looked at: for rules whose sums are too many to follow, of up to 27 members.

Coalitions are numbers; bit k says whether vote k is in it. Whether each wins stands in one table of
2^n bytes, filled piece by piece.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.power.counting import Counts
from detente.power.game import SimpleGame

__all__ = [
    "MOST_VOTES",
    "Critical",
    "count_by_table",
    "count_minimal_by_table",
    "critical_by_table",
    "winning_table",
]

MOST_VOTES = 27

_PIECE = 20
_ROWS = 512


def _columns(game: SimpleGame) -> list[list[int]]:
    """The weights of every single vote, copies one by one, by line."""
    return [
        [weight for weight, many in zip(line, game.copies, strict=True) for _ in range(many)]
        for line in game.lines
    ]


def _owners(game: SimpleGame) -> list[int]:
    """The first vote of each member."""
    first, owners = 0, []
    for many in game.copies:
        owners.append(first)
        first += many
    return owners


def winning_table(game: SimpleGame) -> NDArray[np.bool_]:
    """Return whether each coalition wins, ``(2 ** votes,) bool``.

    Examples
    --------
    >>> from detente.consent.formula import Voter, weighted
    >>> from detente.power.game import game_of
    >>> game = game_of(weighted(3, [2, 1, 1], [Voter(name) for name in "abc"]))
    >>> winning_table(game).astype(int).tolist()
    [0, 0, 0, 1, 0, 1, 0, 1]
    """
    columns = _columns(game)
    low = min(game.size, _PIECE)
    inner = [_sums(column[:low]) for column in columns]
    outer = [_sums(column[low:]) for column in columns]
    table = np.empty(2**game.size, dtype=np.bool_)
    for piece in range(2 ** (game.size - low)):
        sums = [fine + coarse[piece] for fine, coarse in zip(inner, outer, strict=True)]
        table[piece << low : (piece + 1) << low] = game.winning(sums)
    return table


def _sums(weights: list[int]) -> NDArray[np.int64]:
    sums = np.zeros(1, dtype=np.int64)
    for weight in weights:
        sums = np.concatenate([sums, sums + weight])
    return sums


def count_by_table(game: SimpleGame) -> Counts:
    """Return what :func:`~detente.power.counting.count_coalitions` does, from the table.

    Examples
    --------
    >>> from detente.consent.formula import Voter, weighted
    >>> from detente.power.game import game_of
    >>> count_by_table(game_of(weighted(51, [49, 49, 2], [Voter(name) for name in "abc"])))
    Counts(losing=(1, 3, 0, 0), without=((1, 2, 0, 0), (1, 2, 0, 0), (1, 2, 0, 0)))
    """
    losing, having = members_by_size(~winning_table(game), game.size)
    found = [having[owner] for owner in _owners(game)]
    without = tuple(
        tuple(each - own for each, own in zip(losing, held, strict=True)) for held in found
    )
    return Counts(tuple(losing), without)


def members_by_size(table: NDArray[np.bool_], votes: int) -> tuple[list[int], list[list[int]]]:
    """Return how many coalitions of a table there are by size, and of these with each vote."""
    low = votes // 2
    rows = table.reshape(2 ** (votes - low), 2**low)
    fine, coarse = _bits(low), _bits(votes - low)
    fine_sizes, coarse_sizes = _one_hot(fine), _one_hot(coarse)
    across = np.zeros((len(rows), low + 1))
    down = np.zeros((votes - low + 1, 2**low))
    for first in range(0, len(rows), _ROWS):
        part = rows[first : first + _ROWS].astype(np.float32)
        across[first : first + _ROWS] = part @ fine_sizes
        down += coarse_sizes[first : first + _ROWS].T @ part
    sizes = _diagonals(coarse_sizes.T @ across)
    of_low = [_diagonals(down[:, bit] @ fine_sizes[bit]) for bit in fine.T]
    of_high = [_diagonals(coarse_sizes[bit].T @ across[bit]) for bit in coarse.T]
    return sizes, [*of_low, *of_high]


def _bits(votes: int) -> NDArray[np.bool_]:
    """Which votes are in each coalition, ``(2 ** votes, votes) bool``."""
    return np.asarray((np.arange(2**votes)[:, None] >> np.arange(votes)) % 2 == 1)


def _one_hot(bits: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Which size each coalition has, ``(coalitions, sizes)``."""
    sizes = bits.sum(axis=1)
    return np.asarray(sizes[:, None] == np.arange(bits.shape[1] + 1), dtype=np.float32)


def _diagonals(grid: NDArray[np.float64]) -> list[int]:
    """Sums over places of equal row and column number together."""
    total = [0] * (sum(grid.shape) - 1)
    for row, line in enumerate(grid):
        for column, value in enumerate(line):
            total[row + column] += round(float(value))
    return total


@dataclass(frozen=True, slots=True)
class Critical:
    """Coalitions by who is critical in them.

    Parameters
    ----------
    shared
        ``(members, votes)``: coalitions in which one vote of the member is one of 1, 2, 3, ...
        critical votes.
    minimal
        ``(sizes,)``: minimal winning coalitions of 0, 1, 2, ... votes.
    minimal_with
        ``(members, sizes)``: those of them with one vote of the member.
    """

    shared: tuple[tuple[int, ...], ...]
    minimal: tuple[int, ...]
    minimal_with: tuple[tuple[int, ...], ...]


def critical_by_table(game: SimpleGame) -> Critical:
    """Return who is critical in how many coalitions, and the minimal winning ones.

    Examples
    --------
    >>> from detente.consent.formula import Voter, weighted
    >>> from detente.power.game import game_of
    >>> found = critical_by_table(game_of(weighted(3, [2, 1, 1], [Voter(name) for name in "abc"])))
    >>> found.shared, found.minimal
    (((1, 2, 0), (0, 1, 0), (0, 1, 0)), (0, 0, 2, 0))
    """
    table = winning_table(game)
    many = np.zeros(len(table), dtype=np.int8)
    for vote, critical, place in _critical(table, game.size):
        del vote
        many.reshape(place)[:, 1] += critical
    size = np.zeros(1, dtype=np.int8)
    for _ in range(game.size):
        size = np.concatenate([size, size + np.int8(1)])
    minimal, minimal_with = members_by_size(table & (many == size) & (size > 0), game.size)
    owners = _owners(game)
    shared = {}
    for vote, critical, place in _critical(table, game.size):
        if vote in owners:
            found = np.bincount(many.reshape(place)[:, 1][critical], minlength=game.size + 1)
            shared[vote] = tuple(int(each) for each in found[1:])
    return Critical(
        tuple(shared[owner] for owner in owners),
        tuple(minimal),
        tuple(tuple(minimal_with[owner]) for owner in owners),
    )


def count_minimal_by_table(game: SimpleGame) -> int:
    """Return the number of minimal winning coalitions.

    Examples
    --------
    >>> from detente.consent.formula import Voter, weighted
    >>> from detente.power.game import game_of
    >>> count_minimal_by_table(game_of(weighted(3, [2, 1, 1], [Voter(name) for name in "abc"])))
    2
    """
    table = winning_table(game)
    minimal = table.copy()
    for vote in range(game.size):
        shape = (2 ** (game.size - vote - 1), 2, 2**vote)
        minimal.reshape(shape)[:, 1] &= ~table.reshape(shape)[:, 0]
    return int(np.count_nonzero(minimal))


def _critical(
    table: NDArray[np.bool_], votes: int
) -> Iterator[tuple[int, NDArray[np.bool_], tuple[int, int, int]]]:
    """Each vote, where it is critical among coalitions that have it, and the table's shape so."""
    for vote in range(votes):
        shape = (2 ** (votes - vote - 1), 2, 2**vote)
        pairs = table.reshape(shape)
        yield vote, pairs[:, 1] & ~pairs[:, 0], shape
