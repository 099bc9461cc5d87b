"""Do the conflicts of a case speak of actors, options and alternatives that exist?"""

from __future__ import annotations

from detente.case.case import Entry
from detente.case.records import several
from detente.case.references import References
from detente.case.strategy import (
    AllHold,
    AnyHolds,
    DecisionMaker,
    IfThen,
    NotSo,
    StateCondition,
    Strategy,
    StrategyOption,
)
from detente.errors import Problem
from detente.text.nearest import suggest
from detente.text.yaml import Way

__all__ = ["StrategyChecker"]

_RESERVED = ("all", "any", "not", "if", "then")


class StrategyChecker(References):
    """One pass over the conflicts, with the known names at hand.

    Whether some state is left, and whether a ranking covers all of them, is told when the conflict
    is analysed.
    """

    def run(self) -> list[Problem]:
        """Return all problems found."""
        for entry in self.case.entries:
            if isinstance(entry.record, Strategy):
                self._strategy(entry, entry.record)
        return self.problems

    def _strategy(self, entry: Entry, strategy: Strategy) -> None:
        self._sourced(entry, (), strategy)
        options = self._options(entry, strategy)
        for index, maker in enumerate(strategy.decision_makers):
            way: Way = ("decision_makers", index)
            self._name(entry, (*way, "actor"), "actor", maker.actor)
            for place, priority in enumerate(maker.priorities):
                here: Way = (*way, "priorities", place)
                self._names(entry, (*here, "source"), "source", priority.source)
                self._condition(entry, (*here, "wants"), priority.wants, options)
            for place, group in enumerate(maker.ranking):
                self._condition(entry, (*way, "ranking", place), group, options)
        for index, condition in enumerate(strategy.infeasible):
            self._condition(entry, ("infeasible", index), condition, options)
        if strategy.status_quo is not None:
            self._status_quo(entry, strategy.status_quo, options)

    def _options(self, entry: Entry, strategy: Strategy) -> dict[str, StrategyOption]:
        owners: dict[str, DecisionMaker] = {}
        actors: list[str] = []
        found: dict[str, StrategyOption] = {}
        for index, maker in enumerate(strategy.decision_makers):
            way: Way = ("decision_makers", index)
            if maker.actor in actors:
                message = f"The decision maker '{maker.actor}' stands twice; join its options."
                self._fault(entry, (*way, "actor"), "strategy-maker", message)
            actors.append(maker.actor)
            for place, option in enumerate(maker.options):
                here = (*way, "options", place)
                self._sourced(entry, here, option)
                if option.id in owners:
                    message = (
                        f"The option '{option.id}' belongs to '{owners[option.id].actor}' already; "
                        "give it to one decision maker."
                    )
                    self._fault(entry, (*here, "id"), "strategy-owner", message)
                if option.id in _RESERVED:
                    message = f"'{option.id}' joins conditions; name the option otherwise."
                    self._fault(entry, (*here, "id"), "reserved-id", message)
                if len(set(option.alternatives)) < len(option.alternatives):
                    message = f"An alternative of '{option.id}' stands twice; rename one."
                    self._fault(entry, (*here, "alternatives"), "duplicate-id", message)
                owners.setdefault(option.id, maker)
                found.setdefault(option.id, option)
        return found

    def _status_quo(
        self, entry: Entry, taken: dict[str, str], options: dict[str, StrategyOption]
    ) -> None:
        self._takes(entry, ("status_quo",), taken, options)
        missing = [option for option in options if option not in taken]
        if missing:
            message = f"The status quo says nothing on '{missing[0]}'; name every option."
            self._fault(entry, ("status_quo",), "strategy-state", message)

    def _condition(
        self,
        entry: Entry,
        way: Way,
        condition: StateCondition,
        options: dict[str, StrategyOption],
    ) -> None:
        match condition:
            case AllHold() | AnyHolds():
                key = "all" if isinstance(condition, AllHold) else "any"
                for index, part in enumerate(getattr(condition, key)):
                    self._condition(entry, (*way, key, index), part, options)
            case NotSo():
                self._condition(entry, (*way, "not"), condition.not_, options)
            case IfThen():
                self._condition(entry, (*way, "if"), condition.if_, options)
                self._condition(entry, (*way, "then"), condition.then, options)
            case _:
                self._takes(entry, way, condition, options)

    def _takes(
        self,
        entry: Entry,
        way: Way,
        takes: dict[str, str] | dict[str, str | tuple[str, ...]],
        options: dict[str, StrategyOption],
    ) -> None:
        for name, alternatives in takes.items():
            option = options.get(name)
            if option is None:
                message = f"The conflict has no option '{name}'{suggest(name, options)}"
                self._fault(entry, (*way, name), "strategy-state", message, key=True)
                continue
            for index, each in enumerate(several(alternatives)):
                if each not in option.alternatives:
                    step = (*way, name) if isinstance(alternatives, str) else (*way, name, index)
                    message = (
                        f"Option '{name}' has no alternative '{each}'"
                        f"{suggest(each, option.alternatives)}"
                    )
                    self._fault(entry, step, "strategy-state", message)
