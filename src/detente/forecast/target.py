"""Opening a table of positions as issues, for forecasts and for scoring."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from detente.errors import CaseError, Problem
from detente.forecast.issue import Issue, issue_of_table
from detente.formats.positions import PositionTable
from detente.formats.read_positions import read_positions

__all__ = ["issues_to_score", "load_table"]


def load_table(path: Path | str, scale: tuple[float, float] | None = None) -> tuple[Issue, ...]:
    """Return the issues of a table of positions.

    Parameters
    ----------
    path
        Its file, see :func:`detente.formats.read_positions.read_positions`.
    scale
        The lowest and the highest answer; as the table has it if None.

    Raises
    ------
    CaseError
        With every fault found, each as ``file:line:column: sentence``.
    """
    return tuple(issue_of_table(each) for each in read_positions(Path(path), scale).issues)


def issues_to_score(table: PositionTable) -> Sequence[Issue]:
    """Return the issues of a table that has outcomes.

    Raises
    ------
    CaseError
        If it has none.
    """
    if all(issue.outcome is None for issue in table.issues):
        message = "The table has no outcomes; a back-test needs them in a column 'Outcome'."
        raise CaseError([Problem(table.file, 0, 0, "table-outcome", message)])
    return [issue_of_table(issue) for issue in table.issues]
