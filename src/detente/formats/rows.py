"""From the cells of a table to an issue: what every table of positions must keep to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.errors import CaseError, Problem
from detente.formats.cells import Cell
from detente.formats.parts import collected
from detente.formats.positions import TableIssue

__all__ = ["HUNDRED", "MOST_ACTORS", "ActorRow", "IssueFacts", "Scale", "issue_of_rows"]

Scale = tuple[float, float]

HUNDRED: Scale = (0.0, 100.0)
"""The scale of programs that know no other."""

MOST_ACTORS = 1000


@dataclass(frozen=True, slots=True)
class ActorRow:
    """What a table says of one actor on one issue."""

    actor: Cell
    position: Cell
    salience: Cell
    capability: Cell
    sd: Cell | None = None


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """What a table says of the issue itself; ``outcome`` and the others as cells, or None."""

    name: str
    proposal: str = ""
    reference: Cell | None = None
    outcome: Cell | None = None
    proposed: Cell | None = None


def issue_of_rows(
    facts: IssueFacts,
    rows: Sequence[ActorRow],
    *,
    scale: Scale | None,
    unit: float = 1.0,
) -> TableIssue:
    """Return an issue from the rows about it, of which there is at least one.

    Parameters
    ----------
    scale
        The lowest and the highest answer; None where positions themselves say.
    unit
        What a salience of the table is multiplied with to be 0..100.

    Raises
    ------
    CaseError
        With every fault found.
    """
    problems: list[Problem] = []
    _check_actors(rows, problems)
    numbers = {
        "position": _numbers(rows, "position", problems),
        "salience": _numbers(rows, "salience", problems),
        "capability": _numbers(rows, "capability", problems),
    }
    sd = _numbers(rows, "sd", problems) if rows[0].sd is not None else None
    _check_weights(rows, numbers, unit, problems)
    stated = {}
    for name in ("reference", "outcome", "proposed"):
        cell: Cell | None = getattr(facts, name)
        if cell is not None and cell.text:
            with collected(problems):
                stated[name] = (cell, cell.number(f"the {name} of '{facts.name}'"))
    if not problems:
        found = _scale_of(facts.name, rows, numbers["position"], scale, problems)
        _check_places(facts.name, rows, numbers["position"], stated, (found, problems))
    if problems:
        raise CaseError(problems)
    return TableIssue(
        name=facts.name,
        actors=tuple(row.actor.text for row in rows),
        positions=numbers["position"],
        salience=tuple(unit * value for value in numbers["salience"]),
        capability=numbers["capability"],
        scale=found,
        proposal=facts.proposal,
        sd=sd,
        **{name: value for name, (_, value) in stated.items()},
    )


def _check_actors(rows: Sequence[ActorRow], problems: list[Problem]) -> None:
    first: dict[str, Cell] = {}
    if len(rows) > MOST_ACTORS:
        message = f"There are more than {MOST_ACTORS:,} actors, which is surely a mistake."
        problems.append(rows[MOST_ACTORS].actor.problem("table-actor", message))
    for row in rows:
        cell = row.actor
        if not cell.text:
            problems.append(cell.problem("table-actor", "This actor has no name; name it."))
        elif cell.text in first:
            line = first[cell.text].line
            message = f"The actor '{cell.text}' stands twice, first in line {line}; keep one."
            problems.append(cell.problem("table-actor", message))
        first.setdefault(cell.text, cell)


def _numbers(rows: Sequence[ActorRow], name: str, problems: list[Problem]) -> tuple[float, ...]:
    found = []
    for row in rows:
        cell: Cell = getattr(row, name)
        value = 0.0
        with collected(problems):
            value = cell.number(f"the {name} of '{row.actor.text}'")
        found.append(value)
    return tuple(found)


def _check_weights(
    rows: Sequence[ActorRow],
    numbers: dict[str, tuple[float, ...]],
    unit: float,
    problems: list[Problem],
) -> None:
    before = len(problems)
    for row, salience, capability in zip(
        rows, numbers["salience"], numbers["capability"], strict=True
    ):
        if not 0.0 <= salience * unit <= 100.0:
            message = (
                f"The salience of '{row.actor.text}' is {row.salience.text}; "
                "it must be from 0 to 100, or from 0 to 1 in the whole table."
            )
            problems.append(row.salience.problem("table-salience", message))
        if capability < 0.0:
            message = (
                f"The capability of '{row.actor.text}' is {row.capability.text}; "
                "it must be at least 0."
            )
            problems.append(row.capability.problem("table-capability", message))
        if row.sd is not None and row.sd.text.startswith("-"):
            message = f"The sd of '{row.actor.text}' is {row.sd.text}; it must be at least 0."
            problems.append(row.sd.problem("table-number", message))
    pairs = zip(numbers["salience"], numbers["capability"], strict=True)
    if len(problems) == before == 0 and not any(s * c > 0.0 for s, c in pairs):
        message = "Nobody has any weight: capability times salience is 0 for every actor."
        problems.append(rows[0].capability.problem("table-capability", message))


def _scale_of(
    name: str,
    rows: Sequence[ActorRow],
    positions: tuple[float, ...],
    scale: Scale | None,
    problems: list[Problem],
) -> Scale:
    if scale is not None:
        return scale
    found = min(positions), max(positions)
    if found[0] == found[1]:
        message = (
            f"All actors stand at {rows[0].position.text} on '{name}'; "
            "say on which scale with --scale LOW HIGH."
        )
        problems.append(rows[0].position.problem("table-scale", message))
    return found


def _check_places(
    name: str,
    rows: Sequence[ActorRow],
    positions: tuple[float, ...],
    stated: dict[str, tuple[Cell, float]],
    scale: tuple[Scale, list[Problem]],
) -> None:
    (low, high), problems = scale
    where = f"; the scale is {low:g} to {high:g}."
    for row, value in zip(rows, positions, strict=True):
        if not low <= value <= high:
            message = f"The position of '{row.actor.text}' is {row.position.text}{where}"
            problems.append(row.position.problem("table-position", message))
    for what, (cell, value) in stated.items():
        if not low <= value <= high:
            message = f"The {what} of '{name}' is {cell.text}{where}"
            problems.append(cell.problem("table-position", message))
