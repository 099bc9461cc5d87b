"""Packages of exactly the same worth, and constraints that cannot be met together."""

from __future__ import annotations

import math
import time
from dataclasses import replace

from ortools.sat.python import cp_model

from detente.packages.program import Program
from detente.packages.space import Package, Space

__all__ = ["find_conflict", "find_ties"]


def find_ties(
    space: Space, package: Package, most: int, *, deadline: float = math.inf
) -> tuple[tuple[Package, ...], bool]:
    """Return other packages with the same scores, at most ``most``, and whether these are all.

    Points are settled one after another; a branch ends where the scores can no longer be met, and
    the search at the deadline (``time.monotonic``).

    Examples
    --------
    >>> from detente.packages.space import build_space
    >>> space = build_space(
    ...     points={"a": ["x", "y"], "b": ["x", "y"]}, parties=["p"], values=[[[0, 1], [0, 1]]]
    ... )
    >>> find_ties(space, (0, 1), 5)
    (((1, 0),), True)
    """
    wanted = space.score(package)
    parties = range(len(space.parties))
    terms = [
        [sum(pick(term.scores[party], 0) for term in space.terms) for party in parties]
        for pick in (min, max)
    ]
    low, high = [terms[0]], [terms[1]]
    for point in reversed(space.scores):
        low.append([low[-1][p] + min(option[p] for option in point) for p in parties])
        high.append([high[-1][p] + max(option[p] for option in point) for p in parties])
    low.reverse()
    high.reverse()
    found: list[Package] = []

    def settle(taken: Package, so_far: tuple[int, ...]) -> bool:
        """Extend a partial package in every way; whether the search may go on."""
        at = len(taken)
        if time.monotonic() > deadline:
            return False
        if at == len(space.points):
            if taken != package and space.score(taken) == wanted and space.possible(taken):
                if len(found) == most:
                    return False
                found.append(taken)
            return True
        for option, worth in enumerate(space.scores[at]):
            total = tuple(map(sum, zip(so_far, worth, strict=True)))
            if all(
                total[p] + low[at + 1][p] <= wanted[p] <= total[p] + high[at + 1][p]
                for p in parties
            ) and not settle((*taken, option), total):
                return False
        return True

    complete = settle((), (0,) * len(space.parties))
    return tuple(found), complete


def find_conflict(space: Space, *, deadline: float) -> tuple[str, ...] | None:
    """Return names of constraints that leave no package, none of them dispensable.

    None where a package is possible, or where time ends before that is known.
    """
    of_all = [each.name for each in space.exclusions] + [each.name for each in space.limits]
    names = list(dict.fromkeys(of_all))
    if _feasible(space, set(names), deadline) is not False:
        return None
    needed = set(names)
    for name in names:
        if _feasible(space, needed - {name}, deadline) is False:
            needed.discard(name)
    return tuple(name for name in names if name in needed)


def _feasible(space: Space, names: set[str], deadline: float) -> bool | None:
    """Whether some package meets the constraints named; None where time ended."""
    bare = replace(
        space,
        scores=tuple(tuple((0,) for _ in point) for point in space.scores),
        parties=space.parties[:1],
        terms=(),
        exclusions=tuple(each for each in space.exclusions if each.name in names),
        limits=tuple(each for each in space.limits if each.name in names),
    )
    try:
        return Program(bare).solve(cp_model.LinearExpr.sum([]), deadline=deadline) is not None
    except TimeoutError:
        return None
