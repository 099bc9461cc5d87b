"""Do stated positions speak of actors and points of the case, and lie on their scale?"""

from __future__ import annotations

from detente.case.case import Entry
from detente.case.positions import Positions, StatedPosition
from detente.case.records import Point
from detente.case.references import References
from detente.errors import Problem
from detente.text.yaml import Way

__all__ = ["PositionChecker", "scale_of_point"]


def scale_of_point(point: Point) -> tuple[float, float] | None:
    """Return the lowest and highest position of a point's options.

    None where the point is not ordered, or fewer than two of its options have different positions.

    Examples
    --------
    >>> from detente.case.records import Option
    >>> options = [Option(id=f"c{n}", text=f"{n}", position=float(n)) for n in (800, 600)]
    >>> point = dict(id="cap", title="Cap", status_quo="c800", options=tuple(options))
    >>> scale_of_point(Point(**point, ordered=True)), scale_of_point(Point(**point))
    ((600.0, 800.0), None)
    """
    places = [option.position for option in point.options if option.position is not None]
    if not point.ordered or not places or min(places) == max(places):
        return None
    return min(places), max(places)


class PositionChecker(References):
    """One pass over the stated positions, with the known names at hand."""

    def run(self) -> list[Problem]:
        """Return all problems found."""
        first: dict[str, str] = {}
        for entry in self.case.entries:
            if isinstance(entry.record, Positions):
                self._positions(entry, entry.record, first)
        return self.problems

    def _positions(self, entry: Entry, record: Positions, first: dict[str, str]) -> None:
        if not self._name(entry, ("point",), "point", record.point):
            return
        if record.point in first:
            message = (
                f"The positions on '{record.point}' stand twice, first in {first[record.point]}; "
                "keep one list."
            )
            self._fault(entry, ("point",), "duplicate-assumption", message)
        first.setdefault(record.point, f"{entry.document.file}:{entry.line}")
        point = self.points[record.point]
        scale = record.scale or scale_of_point(point)
        if scale is None:
            message = (
                f"Point '{point.id}' has no scale; order its options by positions, or write "
                "'scale: [LOW, HIGH]'."
            )
            self._fault(entry, ("point",), "position", message)
        seen: set[str] = set()
        for index, stated in enumerate(record.positions):
            way: Way = ("positions", index)
            self._name(entry, (*way, "actor"), "actor", stated.actor)
            self._sourced(entry, way, stated)
            if stated.actor in seen:
                message = (
                    f"The position of '{stated.actor}' on '{point.id}' stands twice; keep one."
                )
                self._fault(entry, (*way, "actor"), "duplicate-assumption", message)
            seen.add(stated.actor)
            self._place(entry, (*way, "position"), point, stated, scale)
        if all(0.0 in (stated.salience, stated.capability) for stated in record.positions):
            message = "Nobody has any weight: salience or capability is 0 for every actor."
            self._fault(entry, ("positions",), "position", message)

    def _place(
        self,
        entry: Entry,
        way: Way,
        point: Point,
        stated: StatedPosition,
        scale: tuple[float, float] | None,
    ) -> None:
        place: float | None
        if isinstance(stated.position, str):
            self._option(entry, way, point.id, stated.position)
            option = self.options[point.id].get(stated.position)
            if option is None:
                return
            place = option.position
            if place is None:
                message = f"Option '{option.id}' has no position on the scale; write a number."
                self._fault(entry, way, "position", message)
                return
        else:
            place = float(stated.position)
        if scale is not None and not scale[0] <= place <= scale[1]:
            message = (
                f"The position {place:g} of '{stated.actor}' lies off the scale of '{point.id}', "
                f"{scale[0]:g} to {scale[1]:g}."
            )
            self._fault(entry, way, "position", message)
