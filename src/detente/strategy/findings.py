"""All that is found out about one conflict: equilibria, the ways to them, and joint moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.case.load import load
from detente.errors import RequestError
from detente.strategy.coalitions import Jump, find_jumps
from detente.strategy.conflict import Conflict
from detente.strategy.gmcr import read_gmcr
from detente.strategy.of_case import conflict_of_case
from detente.strategy.paths import Paths, find_paths
from detente.strategy.stability import CONCEPTS, Stability, find_stability

__all__ = ["StrategyFindings", "find_strategy", "open_conflict"]

_FEW = 400
_MOST_STATES = 1 << 16


@dataclass(frozen=True, eq=False)
class StrategyFindings:
    """What the graph model says of one conflict.

    Parameters
    ----------
    stability
        Which states are stable for whom.
    settled
        States that are equilibria by some concept, by file order; those of most concepts first.
    paths, improvements
        Shortest ways from where the conflict stands by any moves, and by improvements alone; None
        where no status quo is stated, or there are too many states.
    jumps
        Joint improvements from one equilibrium to another; None where there are too many states.
    """

    stability: Stability
    settled: tuple[int, ...]
    paths: Paths | None
    improvements: Paths | None
    jumps: tuple[Jump, ...] | None

    @property
    def conflict(self) -> Conflict:
        """What was asked."""
        return self.stability.conflict

    def concepts_of(self, state: int) -> tuple[str, ...]:
        """Return by which concepts a state, by file order, is an equilibrium."""
        told = self.stability.stable_for(state)
        return tuple(concept for concept, for_whom in told.items() if all(for_whom))


def open_conflict(target: Path, model: str | None = None) -> Conflict:
    """Return the conflict of a case folder or of a GMCR+ file.

    Parameters
    ----------
    model
        Id of one of several conflicts of a case; the first if None.

    Raises
    ------
    CaseError
        If it cannot be read.
    RequestError
        If there is no such conflict.
    """
    if target.is_dir() or not target.suffix:
        return conflict_of_case(load(target), model)
    if model is not None:
        raise RequestError("This file is one conflict; there is none to choose by name.")
    return read_gmcr(target)


def find_strategy(
    conflict: Conflict,
    concepts: Iterable[str] = tuple(CONCEPTS),
    *,
    start: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> StrategyFindings:
    """Return equilibria, the ways to them from where the conflict stands, and joint moves.

    Parameters
    ----------
    concepts
        Ids of :data:`~detente.strategy.stability.CONCEPTS`.
    start
        By file order, in place of the status quo stated.
    progress
        Told the share that is still to be done, 1 to 0.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> found = find_strategy(open_conflict(example_folder("ukraine-2025")))
    >>> [move.maker for move in found.improvements.moves(found.settled[0])]
    ['e3', 'united-states']
    """
    stability = find_stability(conflict, concepts, progress)
    settled = _by_concepts(stability)
    origin = conflict.status_quo if start is None else start
    paths = improvements = None
    if origin is not None and len(conflict.states) <= _MOST_STATES:
        paths = find_paths(conflict, origin)
        improvements = find_paths(conflict, origin, improving=True)
    jumps = None
    if len(settled) <= _FEW and len(conflict.states) <= _MOST_STATES:
        jumps = find_jumps(conflict, settled, only_between=True)
    return StrategyFindings(stability, settled, paths, improvements, jumps)


def _by_concepts(stability: Stability) -> tuple[int, ...]:
    """Equilibria, those of most concepts first, then by number."""
    counts: NDArray[np.int64] = np.zeros(stability.conflict.size, dtype=np.int64)
    for concept in stability.stable:
        counts[stability.equilibria(concept)] += 1
    states = np.flatnonzero(counts)
    return tuple(states[np.argsort(-counts[states], kind="stable")].tolist())
