"""The tables of KTAB's spatial model: CSV with two lines of names, and XML.

Both state one or more dimensions, every actor with a position and a salience on each. Positions and
saliences are 0..100, and the saliences of an actor sum to at most 100. What else the XML holds
(parameters of KTAB's own model, adjusted ideals) is not read, and that is noted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.errors import CaseError, Problem
from detente.formats.cells import Cell, Rows, cell_of
from detente.formats.parts import collected
from detente.formats.positions import PositionTable, TableIssue
from detente.formats.rows import HUNDRED, ActorRow, IssueFacts, Scale, issue_of_rows
from detente.text.xml import Element

__all__ = ["CSV", "XML", "is_csv", "is_xml", "read_csv", "read_xml"]

CSV = "KTAB CSV"
XML = "KTAB XML"

_WHOLE = re.compile(r"\d{1,4}\Z")
_BEFORE = 3
"""Columns before those of the first dimension: actor, description, influence."""


def is_csv(rows: Rows) -> bool:
    """Return whether the first two lines are those of KTAB."""
    if len(rows) < 2 or len(rows[0]) < 4:
        return False
    counts = rows[0][2:4]
    return rows[1][0].text.lower() == "actor" and all(_WHOLE.match(cell.text) for cell in counts)


def is_xml(root: Element) -> bool:
    """Return whether an XML document is a scenario of KTAB."""
    return root.tag == "Scenario" and bool(root.all("Actors"))


def read_csv(rows: Rows, file: str, scale: Scale | None) -> PositionTable:
    """Return the dimensions of a KTAB table.

    Parameters
    ----------
    scale
        The lowest and the highest answer; 0 to 100 if None.

    Raises
    ------
    CaseError
        With every fault found; also where the numbers of actors and dimensions in the first line
        are not those of the table.
    """
    head, names = rows[0], _full(rows[1])
    actors, dimensions = int(head[2].text), int(head[3].text)
    problems: list[Problem] = []
    if len(names) != _BEFORE + 2 * dimensions:
        message = (
            f"The first line says {_count(dimensions, 'dimension')}, which needs "
            f"{_BEFORE + 2 * dimensions} columns; there are {len(names)}."
        )
        problems.append(head[3].problem("table-count", message))
    if len(rows) - 2 != actors:
        message = f"The first line says {_count(actors, 'actor')}; there are {len(rows) - 2}."
        problems.append(head[2].problem("table-count", message))
    for row in rows[2:]:
        if len(row) < len(names) or any(cell.text for cell in row[len(names) :]):
            message = f"This line has {len(_full(row))} cells; {len(names)} have a name."
            problems.append(row[0].problem("table-cells", message))
    if not rows[2:]:
        message = "The table has no actors; write one in each line below the first two."
        problems.append(Problem(file, 2, 1, "table-empty", message))
    if problems:
        raise CaseError(problems)
    issues = []
    for place in range(_BEFORE, len(names), 2):
        own = [ActorRow(row[0], row[place], row[place + 1], row[2]) for row in rows[2:]]
        issues.append((names[place].text or f"dimension {(place - 1) // 2}", own))
    return PositionTable(file, CSV, _issues(issues, head[0].text, scale))


def read_xml(root: Element, scale: Scale | None) -> PositionTable:
    """Return the dimensions of a KTAB scenario.

    Raises
    ------
    CaseError
        With every fault found; also where an actor has more or fewer positions or saliences than
        there are dimensions, or one is empty.
    """
    names = [cell_of(each) for inner in root.all("Dimensions") for each in inner.all("dName")]
    actors = [actor for inner in root.all("Actors") for actor in inner.all("Actor")]
    if not names or not actors:
        what = "actors; write one 'Actor' for each" if names else "dimensions; write one 'dName'"
        raise CaseError([root.problem("table-empty", f"The scenario has no {what}.")])
    problems: list[Problem] = []
    found: list[list[ActorRow]] = [[] for _ in names]
    for actor in actors:
        with collected(problems):
            for place, row in enumerate(_actor(actor, len(names))):
                found[place].append(row)
    if problems:
        raise CaseError(problems)
    title = next((each.text for each in root.all("name")), "")
    pairs = [
        (name.text or f"dimension {n}", own)
        for n, (name, own) in enumerate(zip(names, found, strict=True), 1)
    ]
    other = [tag for tag in ("ModelParameters", "IdealAdjustment") if root.all(tag)]
    notes = tuple(f"'{tag}' belongs to KTAB's own model and is not used." for tag in other)
    return PositionTable(root.file, XML, _issues(pairs, title, scale), notes)


def _actor(actor: Element, dimensions: int) -> list[ActorRow]:
    """The rows of one actor, one for each dimension."""
    name = _only(actor, "name")
    capability = _only(actor, "capability")
    positions = [cell_of(c) for each in actor.all("Position") for c in each.all("dCoord")]
    saliences = [cell_of(c) for each in actor.all("Salience") for c in each.all("dSal")]
    problems = []
    for what, cells in (("position", positions), ("salience", saliences)):
        if len(cells) != dimensions:
            message = (
                f"'{name.text}' has {_count(len(cells), what)}; there are "
                f"{_count(dimensions, 'dimension')}."
            )
            problems.append(actor.problem("table-count", message))
    if problems:
        raise CaseError(problems)
    return [
        ActorRow(name, position, salience, capability)
        for position, salience in zip(positions, saliences, strict=True)
    ]


def _only(actor: Element, tag: str) -> Cell:
    found = actor.all(tag)
    if len(found) != 1:
        message = f"An actor has one '{tag}'; here are {len(found)}."
        raise CaseError([actor.problem("table-count", message)])
    return cell_of(found[0])


def _issues(
    named: Sequence[tuple[str, Sequence[ActorRow]]], title: str, scale: Scale | None
) -> tuple[TableIssue, ...]:
    problems: list[Problem] = []
    found = []
    for name, rows in named:
        with collected(problems):
            facts = IssueFacts(name, title)
            found.append(issue_of_rows(facts, rows, scale=scale or HUNDRED))
    problems = list(dict.fromkeys(problems))  # a fault of an actor is one, on however many
    if not problems:
        sums = [sum(issue.salience[place] for issue in found) for place in range(len(named[0][1]))]
        for row, total in zip(named[0][1], sums, strict=True):
            if total > 100.0 + 1e-9:
                message = (
                    f"The saliences of '{row.actor.text}' sum to {total:g} over "
                    f"{_count(len(found), 'dimension')}; at most 100 is possible."
                )
                problems.append(row.salience.problem("table-salience", message))
    if problems:
        raise CaseError(problems)
    return tuple(found)


def _full(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A row without the empty cells at its end."""
    kept = len(row)
    while kept and not row[kept - 1].text:
        kept -= 1
    return row[:kept]


def _count(number: int, word: str) -> str:
    plural = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{number} {word if number == 1 else plural}"
