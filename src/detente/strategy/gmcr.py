"""Conflicts in the JSON files of the program GMCR+.

Options belong to decision makers by place; infeasible states are patterns of options; preferences
are ordered statements, or a ranking of the feasible states by number, where state 1 is the feasible
one with the least binary code.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from detente.errors import CaseError, Problem
from detente.strategy.conflict import Conflict, DecisionMaker, Moves, Option, build_conflict
from detente.strategy.preferences import (
    AllOf,
    AnyOf,
    Pattern,
    Takes,
    holds,
    rank_by_order,
    rank_by_priority,
)
from detente.text import json
from detente.text.yaml import Document, Way

__all__ = ["read_gmcr"]

_DIRECTIONS: dict[str, Moves] = {
    "both": "both",
    "fwd": "forward",
    "back": "backward",
    "none": "fixed",
}
_RANKINGS = ("preferenceRanking", "preferenceVector")
_MANUAL = ("useManualPreferenceRanking", "useManualPreferenceVectors")


def read_gmcr(path: Path) -> Conflict:
    """Return the conflict in a file of GMCR+.

    Raises
    ------
    CaseError
        With every fault found, each with its place.
    RequestError
        If there are too many combinations of options.
    """
    return _Reader(json.read(path, str(path))).read(path.stem)


class _Reader:
    """One pass over the document, faults collected."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        data = document.data
        if not isinstance(data, dict) or "options" not in data or "decisionMakers" not in data:
            self._refuse((), "This is no file of GMCR+: it lacks 'options' or 'decisionMakers'.")
        self.data: dict[str, object] = data

    def read(self, name: str) -> Conflict:
        options = self._options()
        makers = self._makers(options)
        infeasible = self._patterns(("infeasibles",), self.data.get("infeasibles", ()), options)
        self._stop()
        conflict = build_conflict(
            name,
            options,
            makers,
            lambda bare: ~holds(bare, AnyOf(tuple(infeasible)))[bare.every()],
            lambda bare: np.zeros((len(makers), bare.size), dtype=np.int64),
        )
        if not conflict.feasible.any():
            self._refuse(("infeasibles",), "Every state is infeasible; one at least must be left.")
        ranks = np.array([self._ranks(conflict, place) for place in range(len(makers))])
        self._stop()
        return build_conflict(name, options, makers, lambda _: conflict.feasible, lambda _: ranks)

    def _list(self, way: Way, value: object) -> tuple[object, ...]:
        if isinstance(value, tuple):
            return value
        self._fault(way, "strategy-form", "A list is expected here.")
        return ()

    # --- options and decision makers ---

    def _options(self) -> list[Option]:
        found = []
        for place, each in enumerate(self._list(("options",), self.data["options"])):
            way: Way = ("options", place)
            if not isinstance(each, dict) or not isinstance(each.get("name"), str):
                self._fault(way, "strategy-form", "An option is a mapping with a 'name'.")
                continue
            direction = each.get("permittedDirection", "both")
            if direction not in _DIRECTIONS:
                message = f"The direction '{direction}' is none of both, fwd, back, none."
                self._fault((*way, "permittedDirection"), "strategy-form", message)
            moves = _DIRECTIONS.get(str(direction), "both")
            found.append(Option(str(place + 1), str(each["name"]), moves=moves))
        if not found:
            self._refuse(("options",), "The conflict has no options.")
        return found

    def _makers(self, options: Sequence[Option]) -> list[DecisionMaker]:
        found: list[DecisionMaker] = []
        owner: dict[int, str] = {}
        for place, each in enumerate(self._list(("decisionMakers",), self.data["decisionMakers"])):
            way: Way = ("decisionMakers", place)
            if not isinstance(each, dict) or not isinstance(each.get("name"), str):
                message = "A decision maker is a mapping with a 'name' and 'options'."
                self._fault(way, "strategy-form", message)
                continue
            name, mine = str(each["name"]), []
            listed = self._list((*way, "options"), each.get("options", ()))
            for step, value in enumerate(listed):
                option = self._option((*way, "options", step), value, options)
                if option is None:
                    continue
                if option in owner:
                    message = (
                        f"Option {option} ('{options[option].label}') belongs to "
                        f"'{owner[option]}' already; give it to one decision maker."
                    )
                    self._fault((*way, "options", step), "strategy-owner", message)
                    continue
                owner[option] = name
                mine.append(option)
            if not listed:
                message = f"The decision maker '{name}' has no option and so decides nothing."
                self._fault(way, "strategy-maker", message)
            found.append(DecisionMaker(f"{place + 1}", name, tuple(mine)))
        for place, each_option in enumerate(options):
            if place not in owner:
                message = f"The option '{each_option.label}' belongs to no decision maker."
                self._fault(("options", place), "strategy-owner", message)
        return found

    def _option(self, way: Way, value: object, options: Sequence[Option]) -> int | None:
        if isinstance(value, Fraction) and value.denominator == 1 and 0 <= value < len(options):
            return int(value)
        shown = f"{float(value):g}" if isinstance(value, Fraction) else value
        message = f"{shown} is no option; they are numbered from 0 to {len(options) - 1}."
        self._fault(way, "strategy-form", message)
        return None

    # --- patterns and preferences ---

    def _patterns(self, way: Way, value: object, options: Sequence[Option]) -> list[Pattern]:
        return [
            self._pattern((*way, place), each, options)
            for place, each in enumerate(self._list(way, value))
        ]

    def _pattern(self, way: Way, value: object, options: Sequence[Option]) -> Pattern:
        if isinstance(value, dict):
            parts = self._patterns((*way, "members"), value.get("members"), options)
            return AnyOf(tuple(parts))
        found: list[Pattern] = []
        for place, each in enumerate(self._list(way, value)):
            here = (*way, place)
            if not isinstance(each, tuple) or len(each) != 2 or each[1] not in ("Y", "N"):
                message = "A condition is an option's number with Y or N."
                self._fault(here, "strategy-form", message)
                continue
            option = self._option((*here, 0), each[0], options)
            if option is not None:
                found.append(Takes(option, frozenset([1 if each[1] == "Y" else 0])))
        return AllOf(tuple(found))

    def _ranks(self, conflict: Conflict, place: int) -> NDArray[np.int64]:
        way: Way = ("decisionMakers", place)
        maker = self.data["decisionMakers"][place]  # type: ignore[index]
        manual = any(self.data.get(key) is True for key in _MANUAL)
        stated = next((key for key in _RANKINGS if maker.get(key)), None)
        if stated is not None and (manual or not maker.get("preferences")):
            return self._ranking(conflict, (*way, stated), maker[stated])
        statements = self._patterns(
            (*way, "preferences"), maker.get("preferences", ()), conflict.options
        )
        return rank_by_priority(conflict, statements)

    def _ranking(self, conflict: Conflict, way: Way, value: object) -> NDArray[np.int64]:
        groups: list[list[int]] = []
        seen: set[int] = set()
        for place, each in enumerate(self._list(way, value)):
            items = enumerate(each) if isinstance(each, tuple) else [(None, each)]
            group = []
            for step, number in items:
                here = (*way, place) if step is None else (*way, place, step)
                if (
                    not isinstance(number, Fraction)
                    or number.denominator != 1
                    or not 1 <= number <= len(conflict.states)
                ):
                    shown = float(number) if isinstance(number, Fraction) else number
                    message = (
                        f"There is no state {shown:g}; feasible states are numbered from 1 to "
                        f"{len(conflict.states)}."
                        if isinstance(number, Fraction)
                        else f"'{shown}' is no number of a state."
                    )
                    self._fault(here, "strategy-ranking", message)
                elif int(number) in seen:
                    message = f"State {number} is ranked twice; rank it once."
                    self._fault(here, "strategy-ranking", message)
                else:
                    seen.add(int(number))
                    group.append(int(conflict.states[int(number) - 1]))
            groups.append(group)
        left = [number for number in range(1, len(conflict.states) + 1) if number not in seen]
        if left:
            shown_left = ", ".join(map(str, left[:5])) + (" and more" if len(left) > 5 else "")
            message = f"The ranking leaves out state {shown_left}; rank every feasible state."
            self._fault(way, "strategy-ranking", message)
        return rank_by_order(conflict, groups)

    # --- saying it ---

    def _fault(self, way: Way, code: str, message: str) -> None:
        self.problems.append(Problem(self.document.file, *self.document.place(way), code, message))

    def _refuse(self, way: Way, message: str) -> NoReturn:
        self._fault(way, "strategy-form", message)
        raise CaseError(self.problems)

    def _stop(self) -> None:
        if self.problems:
            raise CaseError(self.problems)
