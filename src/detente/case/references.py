"""The names of a case, and faults told at the place where a name leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable

from detente.case.case import ABSENT, UNKNOWN, Case, Entry
from detente.case.consent import RuleReading
from detente.case.records import Record
from detente.errors import Problem
from detente.text.nearest import suggest
from detente.text.yaml import Way

__all__ = ["References"]


class References:
    """The known names of a case at hand, and the problems found so far."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.points = case.point_of
        self.options = {
            point.id: {option.id: option for option in point.options} for point in case.points
        }
        self.drafts = {draft.id for draft in case.drafts}
        self.known: dict[str, Iterable[str]] = {
            "actor": case.actor_of.keys(),
            "person": case.person_of.keys(),
            "point": case.point_of.keys(),
            "draft": self.drafts,
            "source": case.source_of.keys(),
            "scenario": {scenario.id for scenario in case.scenarios},
            "norm": {norm.id for norm in case.norms},
            "entry": {event.id for event in case.events},
        }
        self.problems: list[Problem] = []

    # --- saying it ---

    def _case_fault(self, code: str, message: str) -> None:
        self.problems.append(Problem(str(self.case.folder), 0, 0, code, message))

    def _fault(self, entry: Entry, way: Way, code: str, message: str, *, key: bool = False) -> None:
        full = (*entry.way, *way)
        place = entry.document.key_place(full) if key else entry.document.place(full)
        self.problems.append(Problem(entry.document.file, *place, code, message))

    def _name(self, entry: Entry, way: Way, kind: str, name: str, *, key: bool = False) -> bool:
        if name in self.known[kind]:
            return True
        message = f"Unknown {kind} '{name}'{suggest(name, self.known[kind])}"
        self._fault(entry, way, f"unknown-{kind}", message, key=key)
        return False

    def _names(self, entry: Entry, way: Way, kind: str, value: str | Iterable[str] | None) -> None:
        if isinstance(value, str):
            self._name(entry, way, kind, value)
        else:
            for index, name in enumerate(value or ()):
                self._name(entry, (*way, index), kind, name)

    def _option(
        self, entry: Entry, way: Way, point: str, option: str, *, key: bool = False
    ) -> None:
        known = self.options.get(point)
        if known is None or option in known:
            return
        owners = [each for each, options in self.options.items() if option in options]
        if owners and option not in (ABSENT, UNKNOWN):
            message = f"Option '{option}' belongs to point '{owners[0]}', not to '{point}'"
            message += suggest(option, known) if suggest(option, known) != "." else "."
        else:
            message = f"Point '{point}' has no option '{option}'{suggest(option, known)}"
        self._fault(entry, way, "unknown-option", message, key=key)

    def _sourced(self, entry: Entry, way: Way, record: Record) -> None:
        self._names(entry, (*way, "source"), "source", getattr(record, "source", None))
        for index, reading in enumerate(getattr(record, "readings", ())):
            if not isinstance(reading, RuleReading):
                self._names(entry, (*way, "readings", index, "source"), "source", reading.source)
