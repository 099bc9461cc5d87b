"""Do constraints and preferences speak of what the case has, and leave something possible?"""

from __future__ import annotations

from detente.case.case import Entry
from detente.case.constraints import Constraint, Takes
from detente.case.preferences import Preferences
from detente.case.references import References
from detente.errors import Problem
from detente.text.yaml import Way

__all__ = ["PackageChecker"]


class PackageChecker(References):
    """One pass over the constraints and one over the preferences, with the known names at hand.

    Whether constraints contradict each other is not searched for, except that bars together must
    leave one option of every point.
    """

    def run(self) -> list[Problem]:
        """Return all problems found."""
        for entry in self.case.entries:
            if isinstance(entry.record, Constraint):
                self._constraint(entry, entry.record)
        self._bars()
        first: dict[str, str] = {}
        for entry in self.case.entries:
            if isinstance(entry.record, Preferences):
                self._preferences(entry, entry.record)
                self._twice(entry, entry.record.actor, first)
        return self.problems

    def _takes(self, entry: Entry, way: Way, takes: Takes | None) -> None:
        for point, options in (takes or {}).items():
            if not self._name(entry, (*way, point), "point", point, key=True):
                continue
            if isinstance(options, str):
                self._option(entry, (*way, point), point, options)
            else:
                for index, option in enumerate(options):
                    self._option(entry, (*way, point, index), point, option)

    def _constraint(self, entry: Entry, constraint: Constraint) -> None:
        self._sourced(entry, (), constraint)
        if constraint.requires is not None:
            self._takes(entry, ("requires", "if"), constraint.requires.if_)
            self._takes(entry, ("requires", "then"), constraint.requires.then)
        self._takes(entry, ("excludes",), constraint.excludes)
        self._takes(entry, ("never",), constraint.never)
        for index, item in enumerate(constraint.of or ()):
            self._takes(entry, ("of", index), item)

    def _bars(self) -> None:
        """Tell the bar that takes the last option of a point."""
        left = {point: set(options) for point, options in self.options.items()}
        for entry in self.case.entries:
            if not isinstance(entry.record, Constraint):
                continue
            for point, options in entry.record.barred:
                if not left.get(point):
                    continue
                left[point] -= set(options)
                if not left[point]:
                    message = (
                        f"No option of point '{point}' is left; at least one must be possible."
                    )
                    self._fault(entry, ("never", point), "constraint", message, key=True)

    def _preferences(self, entry: Entry, preferences: Preferences) -> None:
        self._sourced(entry, (), preferences)
        self._name(entry, ("actor",), "actor", preferences.actor)
        for point, values in preferences.values.items():
            way: Way = ("values", point)
            if not self._name(entry, way, "point", point, key=True):
                continue
            for option in values:
                self._option(entry, (*way, option), point, option, key=True)
            missing = [each for each in self._to_value(point) if each not in values]
            if missing:
                names = ", ".join(f"'{option}'" for option in missing[:3])
                more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
                message = (
                    f"Point '{point}' has no value for {names}{more}; give one to every option."
                )
                self._fault(entry, way, "missing-option", message, key=True)
        for index, bonus in enumerate(preferences.together):
            self._takes(entry, ("together", index, "takes"), bonus.takes)

    def _to_value(self, point: str) -> list[str]:
        """The options of a point that need a value: all but a status quo that is barred."""
        status_quo = self.points[point].status_quo
        barred = any(
            each.point == point and status_quo in each.options
            for constraint in self.case.constraints
            for each in constraint.barred
        )
        return [each for each in self.options[point] if not (barred and each == status_quo)]

    def _twice(self, entry: Entry, actor: str, first: dict[str, str]) -> None:
        if actor in first:
            message = (
                f"The preferences of '{actor}' stand twice, first in {first[actor]}; keep one."
            )
            self._fault(entry, ("actor",), "duplicate-assumption", message)
        first.setdefault(actor, f"{entry.document.file}:{entry.line}")
