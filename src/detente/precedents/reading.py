"""Tables as they were downloaded: an Excel workbook or comma-separated text, all cells as text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import RequestError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["need", "read_cells"]

_LARGEST = 200_000_000
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_INSTALL = "pip install 'detente[precedents]'"


def need() -> None:
    """Say what to install if Polars and fastexcel are not there.

    Raises
    ------
    RequestError
        If either cannot be imported.
    """
    try:
        import fastexcel  # noqa: F401
        import polars  # noqa: F401
    except ImportError as error:
        message = f"Precedents are read with Polars and fastexcel; '{error.name}' is not installed"
        raise RequestError(f"{message}. Install both with: {_INSTALL}") from None


def read_cells(path: Path, content: bytes, wanted: Sequence[str], right: str) -> pl.DataFrame:
    r"""Return the wanted columns of a table that are there, every cell as text without blanks.

    Parameters
    ----------
    content
        What is in the file.
    right
        Which file would be right, for messages.

    Raises
    ------
    RequestError
        If the file is empty or neither a workbook nor text with columns.

    Examples
    --------
    >>> read_cells(Path("a.csv"), b"id; what\n1; truce\n", ["what"], "a table").to_dicts()
    [{'what': 'truce'}]
    >>> read_cells(Path("a.csv"), b"", ["what"], "a table of agreements")
    Traceback (most recent call last):
    detente.errors.RequestError: a.csv: The file is empty; right is a table of agreements.
    """
    import polars as pl

    if not content.strip():
        raise RequestError(f"{path}: The file is empty; right is {right}.")
    if len(content) > _LARGEST:
        size = f"{len(content) // 1_000_000} MB"
        raise RequestError(f"{path}: The file has {size}; right is {right}, of a few MB.")
    if content.startswith(_WORKBOOKS):
        table = _workbook(path, content, set(wanted), right)
    else:
        table = _text(path, content, right)
    table = table.rename({name: name.strip() for name in table.columns})
    kept = [name for name in wanted if name in table.columns]
    if not kept or not table.height:
        found = "no rows" if kept else f"the columns {_named(table.columns)}"
        raise RequestError(f"{path}: Found {found}; right is {right}.")
    return table.select(pl.col(name).str.strip_chars().fill_null("") for name in kept)


def _workbook(path: Path, content: bytes, wanted: set[str], right: str) -> pl.DataFrame:
    """The first sheet; columns that are not wanted only where none is."""
    import fastexcel

    try:
        book = fastexcel.read_excel(content)
        table: pl.DataFrame = book.load_sheet(
            0, dtypes="string", use_columns=lambda column: column.name.strip() in wanted
        ).to_polars()
        if not table.width:
            table = book.load_sheet(0, dtypes="string", n_rows=1).to_polars()
    except fastexcel.FastExcelError as error:
        why = str(error).splitlines()[0]
        message = f"{path}: The file begins like a workbook and cannot be read as one ({why})"
        raise RequestError(f"{message}; right is {right}.") from None
    return table


def _text(path: Path, content: bytes, right: str) -> pl.DataFrame:
    """Comma, semicolon or tab between the columns, whichever is most frequent on the first line."""
    import polars as pl

    if content.lstrip()[:1] == b"<":
        raise RequestError(f"{path}: Found a web page or XML, not a table; right is {right}.")
    if b"\x00" in content:
        raise RequestError(f"{path}: Found neither a workbook nor text; right is {right}.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    head = text.lstrip().partition("\n")[0]
    separator = max(",;\t", key=head.count)
    try:
        return pl.read_csv(text.encode(), separator=separator, infer_schema=False)
    except pl.exceptions.PolarsError as error:
        why = str(error).splitlines()[0]
        message = f"{path}: The file cannot be read as a table with commas ({why})"
        raise RequestError(f"{message}; right is {right}.") from None


def _named(columns: Sequence[str]) -> str:
    shown = ", ".join(repr(name[:30]) for name in columns[:4])
    return shown + (f" and {len(columns) - 4} more" if len(columns) > 4 else "")
