"""Reading a table of positions of whatever form from its file."""

from __future__ import annotations

import math
from pathlib import Path

from detente.errors import CaseError, Problem, RequestError
from detente.formats import actor_table, deu, ktab
from detente.formats.cells import read_cells
from detente.formats.files import File, read_text
from detente.formats.positions import PositionTable
from detente.text import xml

__all__ = ["read_positions"]


def read_positions(path: Path, scale: tuple[float, float] | None = None) -> PositionTable:
    r"""Return the issues of a table, its form recognised by what it holds.

    Known are the common table of actors (Actor, Capability, Position, Salience), the CSV and XML of
    KTAB, and the DEU data set.

    Parameters
    ----------
    path
        The file.
    scale
        The lowest and the highest answer to every question; as the form has it if None, see
        :mod:`detente.formats.actor_table`, :mod:`detente.formats.ktab`, :mod:`detente.formats.deu`.

    Raises
    ------
    CaseError
        With every fault found, each as ``file:line:column: sentence``.
    RequestError
        If the scale has no length.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as name:
    ...     path = Path(name, "toll.csv")
    ...     text = "Actor,Position,Salience,Capability\nnorth,2,0.5,1\nsouth,6,1,3\n"
    ...     _ = path.write_text(text)
    ...     table = read_positions(path)
    >>> table.issues[0].name, table.issues[0].salience, table.issues[0].scale
    ('toll', (50.0, 100.0), (2.0, 6.0))
    """
    if scale is not None and not (all(map(math.isfinite, scale)) and scale[0] < scale[1]):
        low, high = scale
        raise RequestError(f"A scale runs from a lower to a higher number; found {low:g} {high:g}.")
    file = str(path)
    text = read_text(File(path))
    if path.suffix.lower() == ".xml" or text.lstrip().startswith("<"):
        root = xml.parse(text, file)
        if not ktab.is_xml(root):
            message = f"'{root.tag}' is not read as a table of positions; a KTAB 'Scenario' is."
            raise CaseError([root.problem("table-kind", message)])
        return ktab.read_xml(root, scale)
    rows = read_cells(text, file)
    if not rows:
        message = (
            "The table is empty; write Actor, Capability, Position, Salience in its first line."
        )
        raise CaseError([Problem(file, 0, 0, "table-empty", message)])
    if deu.is_deu(rows[0]):
        return deu.read(rows, file, scale)
    if ktab.is_csv(rows):
        return ktab.read_csv(rows, file, scale)
    return actor_table.read(rows, file, scale)
