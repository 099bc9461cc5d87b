"""Why is a state stable or not: the improvements, and what would answer them, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.strategy.conflict import Conflict
from detente.strategy.moves import Mover, movers
from detente.strategy.paths import Move, reached_from
from detente.strategy.stability import CONCEPTS, find_stability

__all__ = ["Answer", "Improvement", "MakerView", "StateView", "explain_state"]

States = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Answer:
    """How the others can make an improvement not worth it.

    Parameters
    ----------
    concept
        Under which way of looking ahead.
    moves
        Their moves, none where the improvement is no gain after all.
    end
        Where they lead, by file order.
    escape
        The best move that is then left to the one who improved, by file order; ``end`` for staying.
    """

    concept: str
    moves: tuple[Move, ...]
    end: int
    escape: int


@dataclass(frozen=True, slots=True)
class Improvement:
    """A better state that a decision maker can move to, and the answers to it by concept.

    ``answers`` has None where the others have no answer of that kind.
    """

    end: int
    gain: int
    answers: dict[str, Answer | None]


@dataclass(frozen=True, slots=True)
class MakerView:
    """A state as one decision maker sees it: for which concepts it is stable, and why not."""

    maker: str
    stable: dict[str, bool]
    improvements: tuple[Improvement, ...]


@dataclass(frozen=True, slots=True)
class StateView:
    """A state, by file order, as every decision maker sees it."""

    state: int
    equilibrium: tuple[str, ...]
    makers: tuple[MakerView, ...]


def explain_state(conflict: Conflict, state: int) -> StateView:
    """Return why ``state``, by file order, is stable or not for every decision maker.

    Examples
    --------
    >>> from detente.strategy.conflict import Option, build_conflict
    >>> prisoners = build_conflict(
    ...     "prisoners", [Option("a", "first cooperates"), Option("b", "second cooperates")],
    ...     [("one", [0]), ("two", [1])], lambda c: c.every(),
    ...     lambda c: np.array([[2, 1, 4, 3], [2, 4, 1, 3]]),
    ... )
    >>> view = explain_state(prisoners, 3)
    >>> view.equilibrium
    ('gmr', 'smr', 'seq', 'sseq')
    >>> [move.maker for move in view.makers[0].improvements[0].answers["seq"].moves]
    ['two']
    """
    people = movers(conflict)
    at = int(conflict.to_inside(np.array([state]))[0])
    stable = find_stability(conflict).stable_for(state)
    views = []
    for mover in people:
        improvements = [
            _improvement(people, mover, at, int(end))
            for _, ends in reached_from(mover, np.array([at]), improving=True)
            for end in ends
        ]
        improvements.sort(key=lambda each: (-each.gain, each.end))
        views.append(
            MakerView(
                conflict.makers[mover.place].id,
                {name: told[mover.place] for name, told in stable.items()},
                tuple(improvements),
            )
        )
    everywhere = tuple(name for name, told in stable.items() if all(told))
    return StateView(state, everywhere, tuple(views))


def _improvement(people: tuple[Mover, ...], mover: Mover, at: int, end: int) -> Improvement:
    ranks, conflict = mover.ranks, mover.conflict
    escapes = mover.most_reachable(ranks)
    answers = {}
    for concept in CONCEPTS:
        if concept == "nash":
            continue
        worth = escapes if concept in ("smr", "sseq") else ranks
        answers[concept] = _answer(
            people,
            mover,
            end,
            concept,
            lambda place, worth=worth: bool(worth[place] <= ranks[at]),  # type: ignore[misc]
        )
    gain = int(ranks[end]) - int(ranks[at])
    return Improvement(int(conflict.to_file(np.array([end]))[0]), gain, answers)


def _answer(
    people: tuple[Mover, ...],
    mover: Mover,
    start: int,
    concept: str,
    enough: Callable[[int], bool],
) -> Answer | None:
    """A shortest answer of the others, breadth first."""
    conflict = mover.conflict
    improving = concept in ("seq", "sseq")
    before: dict[int, tuple[int, int]] = {start: (-1, -1)}
    frontier = [start]
    while frontier:
        reached = next((each for each in frontier if enough(each)), None)
        if reached is not None:
            return _told(conflict, mover, concept, before, reached)
        new: list[int] = []
        for each in people:
            if each.place == mover.place:
                continue
            for starts, ends in reached_from(each, np.array(frontier), improving=improving):
                for one, other in zip(starts.tolist(), ends.tolist(), strict=True):
                    if other not in before:
                        before[other] = (one, each.place)
                        new.append(other)
        frontier = new
    return None


def _told(
    conflict: Conflict,
    mover: Mover,
    concept: str,
    before: dict[int, tuple[int, int]],
    end: int,
) -> Answer:
    moves, at = [], end
    while before[at][0] >= 0:
        start, place = before[at]
        ends = conflict.to_file(np.array([start, at]))
        ranks = conflict.ranks[place]
        gain = int(ranks[at]) - int(ranks[start])
        moves.append(Move(conflict.makers[place].id, int(ends[0]), int(ends[1]), gain))
        at = start
    options: list[int] = [end]
    for _, ends in reached_from(mover, np.array([end]), improving=True):
        options.extend(ends.tolist())
    escape = max(options, key=lambda each: (int(mover.ranks[each]), -each))
    told = conflict.to_file(np.array([end, escape]))
    return Answer(concept, tuple(reversed(moves)), int(told[0]), int(told[1]))
