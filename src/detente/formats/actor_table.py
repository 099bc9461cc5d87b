"""The common table of actors: Actor, Capability, Position, Salience, in any order.

Further columns may say of which issue a row is (``Issue``, ``Proposal``), what holds without a
decision and what was decided (``Reference``, ``Outcome``, ``Proposed``), and how uncertain a
position is (``SD``). Salience is 0..100, or 0..1 where no number of the table is above 1.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from detente.errors import CaseError, Problem
from detente.formats.cells import Cell, Rows
from detente.formats.parts import collected
from detente.formats.positions import PositionTable, TableIssue
from detente.formats.rows import ActorRow, IssueFacts, Scale, issue_of_rows
from detente.text.decimals import parse_decimal

__all__ = ["FORMAT", "read"]

FORMAT = "table of actors"

_NEEDED = ("actor", "capability", "position", "salience")
_OF_ISSUE = ("reference", "outcome", "proposed")
_KNOWN = (*_NEEDED, "sd", "issue", "proposal", *_OF_ISSUE)


def read(rows: Rows, file: str, scale: Scale | None) -> PositionTable:
    """Return the issues of a table of actors.

    Parameters
    ----------
    rows
        Its cells, the names of columns first.
    scale
        The lowest and the highest answer; the range of positions, reference and outcome of every
        issue if None.

    Raises
    ------
    CaseError
        With every fault found.
    """
    columns, unused = _columns(rows[0], file)
    problems: list[Problem] = []
    lines: list[dict[str, Cell]] = []
    for row in rows[1:]:
        with collected(problems):
            lines.append(_line(row, len(rows[0]), columns))
    if problems:
        raise CaseError(problems)
    if not lines:
        message = "The table has no actors; write one in each line below the first."
        raise CaseError([Problem(file, 1, 1, "table-empty", message)])
    unit, notes = _unit(lines), list(unused)
    if unit != 1.0:
        notes.append("No salience is above 1, so salience is read as a share of 1.")
    issues: list[TableIssue] = []
    for name, own in _by_issue(lines, file).items():
        with collected(problems):
            facts = _facts(name, own)
            members = [_actor_row(line) for line in own]
            wide = _widened(facts, members) if scale is None else scale
            issues.append(issue_of_rows(facts, members, scale=wide, unit=unit))
    if problems:
        raise CaseError(problems)
    return PositionTable(file, FORMAT, tuple(issues), tuple(notes))


def _columns(header: tuple[Cell, ...], file: str) -> tuple[dict[str, int], tuple[str, ...]]:
    """Place of every column by its name, and what is to be said of those not used."""
    found: dict[str, int] = {}
    unused, problems = [], []
    for place, cell in enumerate(header):
        name = cell.text.lower()
        if name in found:
            message = f"The column '{cell.text}' stands twice; keep one."
            problems.append(cell.problem("table-column", message))
        elif name in _KNOWN:
            found[name] = place
        elif name:
            unused.append(cell.text)
    for name in _NEEDED:
        if name not in found:
            near = difflib.get_close_matches(name.capitalize(), unused, n=1)
            hint = f"; is '{near[0]}' meant to be it?" if near else "."
            message = f"The column '{name.capitalize()}' is missing{hint}"
            problems.append(Problem(file, header[0].line, 1, "table-column", message))
    if problems:
        raise CaseError(problems)
    listed = ", ".join(f"'{name}'" for name in unused)
    return found, ((f"Columns that are not used: {listed}.",) if unused else ())


def _line(row: tuple[Cell, ...], width: int, columns: Mapping[str, int]) -> dict[str, Cell]:
    if len(row) < width or any(cell.text for cell in row[width:]):
        kept = len(row) if len(row) < width else max(k for k, c in enumerate(row) if c.text) + 1
        message = f"This line has {kept} cells; the first line has {width}."
        raise CaseError([row[0].problem("table-cells", message)])
    return {name: row[place] for name, place in columns.items()}


def _unit(lines: Sequence[Mapping[str, Cell]]) -> float:
    """100 where all saliences are at most 1; a cell that is no number is told later."""
    for line in lines:
        try:
            if parse_decimal(line["salience"].text) > 1:
                return 1.0
        except ValueError:
            continue
    return 100.0


def _by_issue(lines: Sequence[dict[str, Cell]], file: str) -> dict[str, list[dict[str, Cell]]]:
    found: dict[str, list[dict[str, Cell]]] = {}
    stem = file.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or file
    for line in lines:
        name = line["issue"].text if "issue" in line else ""
        found.setdefault(name or stem, []).append(line)
    return found


def _facts(name: str, lines: Sequence[Mapping[str, Cell]]) -> IssueFacts:
    """What is said of the issue: in any of its lines, and the same in all that say it."""
    found: dict[str, Cell] = {}
    problems = []
    for key in ("proposal", *_OF_ISSUE):
        for line in lines:
            cell = line.get(key)
            if cell is None or not cell.text:
                continue
            first = found.setdefault(key, cell)
            if cell.text != first.text:
                message = (
                    f"The {key} of '{name}' is {cell.text} here and {first.text} "
                    f"in line {first.line}; write one."
                )
                problems.append(cell.problem("table-issue", message))
    if problems:
        raise CaseError(problems)
    proposal = found.pop("proposal", None)
    return IssueFacts(name, proposal.text if proposal else "", **found)


def _actor_row(line: Mapping[str, Cell]) -> ActorRow:
    return ActorRow(
        line["actor"], line["position"], line["salience"], line["capability"], line.get("sd")
    )


def _widened(facts: IssueFacts, rows: Sequence[ActorRow]) -> Scale | None:
    """The range of positions with reference and outcome, where the table states one of these."""
    stated = [cell for cell in (facts.reference, facts.outcome, facts.proposed) if cell]
    if not stated:
        return None
    try:
        cells = [*stated, *(row.position for row in rows)]
        values = [float(parse_decimal(cell.text)) for cell in cells]
    except ValueError:
        return None  # told where the numbers are read
    return (min(values), max(values)) if min(values) < max(values) else None
