"""The conflicts of a case, compiled: alternatives by place, conditions as patterns, ranks."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from detente.case import strategy as written
from detente.case.case import Case
from detente.case.records import several
from detente.case.strategy import StateCondition, Strategy
from detente.errors import CaseError, Problem, RequestError
from detente.strategy.conflict import (
    MOST_STATES,
    Conflict,
    DecisionMaker,
    Option,
    build_conflict,
)
from detente.strategy.preferences import (
    AllOf,
    AnyOf,
    Not,
    Pattern,
    Takes,
    holds,
    rank_by_priority,
)
from detente.text.nearest import suggest
from detente.text.yaml import Way

__all__ = ["conflict_of_case"]


def conflict_of_case(case: Case, name: str | None = None) -> Conflict:
    """Return a conflict of a case, the first one if ``name`` is None.

    Raises
    ------
    RequestError
        If the case has none, or none of that name, or it has too many combinations of options.
    CaseError
        If no state can occur, the status quo cannot, or a ranking leaves states out.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> conflict = conflict_of_case(load(example_folder("ukraine-2025")))
    >>> [maker.id for maker in conflict.makers]
    ['ukraine', 'united-states', 'russia', 'e3']
    """
    known = {each.id: each for each in case.strategy}
    if not known:
        raise RequestError("The case has no conflict; write one into strategy.yaml.")
    if name is not None and name not in known:
        raise RequestError(f"The case has no conflict '{name}'{suggest(name, known)}")
    return _Compiler(case, known[name] if name else case.strategy[0]).conflict()


class _Compiler:
    """One conflict, with its options by name."""

    def __init__(self, case: Case, strategy: Strategy) -> None:
        self.case = case
        self.strategy = strategy
        self.options: dict[str, tuple[int, Option]] = {}
        self.makers: list[DecisionMaker] = []
        for maker in strategy.decision_makers:
            first = len(self.options)
            for each in maker.options:
                option = Option(each.id, each.text, each.alternatives, each.moves)
                self.options[each.id] = (len(self.options), option)
            actor = case.actor_of[maker.actor].name
            places = tuple(range(first, len(self.options)))
            self.makers.append(DecisionMaker(maker.actor, actor, places))

    def conflict(self) -> Conflict:
        options = [option for _, option in self.options.values()]
        size = prod(len(option.alternatives) for option in options)
        if size > MOST_STATES:
            raise RequestError(
                f"Conflict '{self.strategy.id}' has {size:,} combinations of options; at most "
                f"{MOST_STATES:,} are analysed."
            )
        conflict = build_conflict(
            self.strategy.title,
            options,
            self.makers,
            self._feasible,
            self._ranks,
            status_quo=self._status_quo(options),
        )
        if conflict.status_quo is not None and conflict.status_quo not in conflict.states:
            self._refuse(("status_quo",), "The status quo is a state that the conflict rules out.")
        return conflict

    def _status_quo(self, options: list[Option]) -> int | None:
        taken = self.strategy.status_quo
        if taken is None:
            return None
        total, weight = 0, 1
        for option in options:
            total += weight * option.alternatives.index(taken[option.id])
            weight *= len(option.alternatives)
        return total

    def _feasible(self, bare: Conflict) -> NDArray[np.bool_]:
        ruled_out = AnyOf(tuple(self._pattern(each) for each in self.strategy.infeasible))
        kept = ~holds(bare, ruled_out)
        if not kept.any():
            message = "Every combination of options is ruled out; at least one state must be left."
            self._refuse(("infeasible",), message)
        return kept[bare.every()]

    def _ranks(self, conflict: Conflict) -> NDArray[np.int64]:
        return np.array(
            [
                self._by_ranking(conflict, place, maker.ranking)
                if maker.ranking
                else rank_by_priority(conflict, [self._pattern(p.wants) for p in maker.priorities])
                for place, maker in enumerate(self.strategy.decision_makers)
            ]
        )

    def _by_ranking(
        self, conflict: Conflict, place: int, groups: tuple[StateCondition, ...]
    ) -> NDArray[np.int64]:
        """States by the first group whose condition they meet, the best first."""
        ranks = np.full(conflict.size, -1, dtype=np.int64)
        for index, group in enumerate(groups):
            met = holds(conflict, self._pattern(group))
            if not met[conflict.states].any():
                way = ("decision_makers", place, "ranking", index)
                self._refuse(way, "No state that can occur is meant here; rank only such states.")
            ranks[met & (ranks < 0)] = len(groups) - index
        left = conflict.states[ranks[conflict.states] < 0]
        if len(left):
            message = (
                f"The ranking leaves out {len(left):,} of {len(conflict.states):,} states, such as "
                f"{conflict.text(int(left[0]))} ({conflict.words(int(left[0]))}); rank them all."
            )
            self._refuse(("decision_makers", place, "ranking"), message)
        return ranks

    def _pattern(self, condition: StateCondition) -> Pattern:
        match condition:
            case written.AllHold():
                return AllOf(tuple(self._pattern(each) for each in condition.all))
            case written.AnyHolds():
                return AnyOf(tuple(self._pattern(each) for each in condition.any))
            case written.NotSo():
                return Not(self._pattern(condition.not_))
            case written.IfThen():
                return AnyOf((Not(self._pattern(condition.if_)), self._pattern(condition.then)))
        return self._takes(condition)

    def _takes(self, takes: Mapping[str, str | tuple[str, ...]]) -> Pattern:
        parts: list[Pattern] = []
        for name, alternatives in takes.items():
            place, option = self.options[name]
            chosen = (option.alternatives.index(each) for each in several(alternatives))
            parts.append(Takes(place, frozenset(chosen)))
        return AllOf(tuple(parts))

    def _refuse(self, way: Way, message: str) -> NoReturn:
        for entry in self.case.entries:
            if entry.record is self.strategy:
                place = entry.document.place((*entry.way, *way))
                raise CaseError([Problem(entry.document.file, *place, "strategy-state", message)])
        raise CaseError([Problem(self.case.name, 0, 0, "strategy-state", message)])
