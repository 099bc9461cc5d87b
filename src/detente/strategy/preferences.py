"""Who prefers which states: from ordered statements, or from a ranking.

Option prioritising (Peng, Hipel, Kilgour and Fang 1997): statements about what is done, the most
important first. A state that meets the first is better than every one that does not; among those
alike the second decides, and so on, as if statement k of n had the weight 2^(n - k). States that
meet the same statements are indifferent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.strategy.conflict import Conflict

__all__ = [
    "AllOf",
    "AnyOf",
    "Not",
    "Pattern",
    "Takes",
    "holds",
    "rank_by_order",
    "rank_by_priority",
]

Mask = NDArray[np.bool_]

_BITS = 30


@dataclass(frozen=True, slots=True)
class Takes:
    """An option, by place, takes one of these alternatives, by place."""

    option: int
    alternatives: frozenset[int]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds; without parts always."""

    parts: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some part holds; without parts never."""

    parts: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Pattern


Pattern = Takes | AllOf | AnyOf | Not
"""What may be true of a state."""


def holds(conflict: Conflict, pattern: Pattern) -> Mask:
    """Return in which states a pattern holds, ``(states,) bool``, by file order.

    Examples
    --------
    >>> from detente.strategy.conflict import Option, build_conflict
    >>> conflict = build_conflict(
    ...     "two", [Option("a", "a"), Option("b", "b")], [("one", [0]), ("two", [1])],
    ...     lambda c: c.every(), lambda c: np.zeros((2, 4), dtype=int),
    ... )
    >>> holds(conflict, Not(AllOf((Takes(0, frozenset([1])), Takes(1, frozenset([1])))))).tolist()
    [True, True, True, False]
    """
    match pattern:
        case Takes(option, alternatives):
            before = 1
            for each in conflict.options[:option]:
                before *= len(each.alternatives)
            own = len(conflict.options[option].alternatives)
            line = np.isin(np.arange(own), list(alternatives))
            rest = conflict.size // (before * own)
            return np.broadcast_to(line[None, :, None], (rest, own, before)).reshape(-1)
        case AllOf(parts):
            found = np.ones(conflict.size, dtype=bool)
            for part in parts:
                found &= holds(conflict, part)
            return found
        case AnyOf(parts):
            found = np.zeros(conflict.size, dtype=bool)
            for part in parts:
                found |= holds(conflict, part)
            return found
        case Not(part):
            return ~holds(conflict, part)


def rank_by_priority(conflict: Conflict, statements: Sequence[Pattern]) -> NDArray[np.int64]:
    """Return the rank of every state by statements, the most important first; higher is better.

    Examples
    --------
    >>> from detente.strategy.conflict import Option, build_conflict
    >>> conflict = build_conflict(
    ...     "two", [Option("a", "a"), Option("b", "b")], [("one", [0]), ("two", [1])],
    ...     lambda c: c.every(), lambda c: np.zeros((2, 4), dtype=int),
    ... )
    >>> other_yes, own_no = Takes(1, frozenset([1])), Takes(0, frozenset([0]))
    >>> rank_by_priority(conflict, [other_yes, own_no]).tolist()
    [1, 0, 3, 2]
    """
    ranks = np.zeros(conflict.size, dtype=np.int64)
    for first in range(0, len(statements), _BITS):
        for statement in statements[first : first + _BITS]:
            ranks = 2 * ranks + holds(conflict, statement)
        ranks = np.unique(ranks, return_inverse=True)[1].reshape(-1)
    return ranks


def rank_by_order(conflict: Conflict, groups: Iterable[Iterable[int]]) -> NDArray[np.int64]:
    """Return the rank of every state by groups of states, by file order, the best first.

    States of one group are indifferent; states in none get rank -1.

    Examples
    --------
    >>> from detente.strategy.conflict import Option, build_conflict
    >>> conflict = build_conflict(
    ...     "one", [Option("a", "a")], [("one", [0])], lambda c: c.every(),
    ...     lambda c: np.zeros((1, 2), dtype=int),
    ... )
    >>> rank_by_order(conflict, [[1], [0]]).tolist()
    [0, 1]
    """
    listed = [list(group) for group in groups]
    ranks = np.full(conflict.size, -1, dtype=np.int64)
    for place, group in enumerate(listed):
        ranks[group] = len(listed) - 1 - place
    return ranks
