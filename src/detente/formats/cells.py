"""The cells of a table in a text file, each with its line and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from detente.errors import CaseError, Problem
from detente.text.decimals import parse_decimal
from detente.text.xml import Element

__all__ = ["Cell", "Rows", "cell_of", "read_cells"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a table, without space around it."""

    file: str
    text: str
    line: int
    column: int

    def problem(self, code: str, message: str) -> Problem:
        """Return a fault that stands where this cell starts."""
        return Problem(self.file, self.line, self.column, code, message)

    def number(self, what: str) -> float:
        """Return this cell as a number.

        Parameters
        ----------
        what
            What it is, for the message: ``the salience of 'north'``.

        Raises
        ------
        CaseError
            If the cell is empty or no finite decimal.
        """
        if not self.text:
            message = f"{what[:1].upper()}{what[1:]} is missing; write a number."
            raise CaseError([self.problem("table-number", message)])
        try:
            return float(parse_decimal(self.text))
        except ValueError as error:
            raise CaseError([self.problem("table-number", str(error))]) from None


Rows = tuple[tuple[Cell, ...], ...]


def cell_of(element: Element) -> Cell:
    """Return the text of an XML element as a cell."""
    return Cell(element.file, element.text, *element.place)


def read_cells(text: str, file: str) -> Rows:
    r"""Return the rows of a table that are not empty.

    Cells are divided by tabs where the first line has one, else by commas, else by semicolons; a
    cell with such a sign in it stands in double quotes.

    Raises
    ------
    CaseError
        If quotes do not fit together or a cell is beyond all bounds.

    Examples
    --------
    >>> [[(c.text, c.line, c.column) for c in row] for row in read_cells('a, "b,c",\n', "t.csv")]
    [[('a', 1, 1), ('b,c', 1, 4), ('', 1, 10)]]
    """
    lines = list(io.StringIO(text, newline=""))
    first = lines[0] if lines else ""
    divider = next((sign for sign in "\t," if sign in first), ";")
    reader = csv.reader(lines, delimiter=divider, skipinitialspace=True, strict=True)
    rows: list[tuple[Cell, ...]] = []
    before = 0
    while True:
        try:
            found = next(reader, None)
        except csv.Error as error:
            message = f"The table cannot be read ({error}); are all quotes closed?"
            raise CaseError([Problem(file, before + 1, 1, "table-cells", message)]) from None
        if found is None:
            return tuple(rows)
        places = _places("".join(lines[before : reader.line_num]), divider, before + 1)
        if any(text.strip() for text in found):
            cells = zip(found, places, strict=True)
            rows.append(tuple(Cell(file, text.strip(), *place) for text, place in cells))
        before = reader.line_num


def _places(raw: str, divider: str, line: int) -> Iterator[tuple[int, int]]:
    """Where each cell of a row starts, the row as it is written, quotes and all."""
    fresh, quoted, shut = True, False, False
    column, start = 0, (line, 1)
    for char in raw:
        column += 1
        if quoted:
            quoted = char != '"'
            shut = not quoted
            if char == "\n":
                line, column = line + 1, 0
            continue
        if fresh and char == " ":
            continue
        if char == divider:
            yield start
            start, fresh, shut = (line, column + 1), True, False
            continue
        if fresh:
            start = (line, column)
        quoted = char == '"' and (fresh or shut)
        fresh = shut = False
    yield start
