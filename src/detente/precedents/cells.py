"""Text of cells as days and whole numbers, with the agreement named where a cell is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from detente.errors import RequestError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["days", "small_numbers"]


def days(cells: pl.DataFrame, column: str, named_by: str, path: Path) -> pl.Series:
    """Return a column as dates, written year first or as day/month/year; empty cells as None.

    Raises
    ------
    RequestError
        If a cell holds something else.

    Examples
    --------
    >>> import polars as pl
    >>> cells = pl.DataFrame({"id": ["1", "2"], "signed": ["1995-12-14", "14/12/1995"]})
    >>> [str(day) for day in days(cells, "signed", "id", Path("a.csv"))]
    ['1995-12-14', '1995-12-14']
    """
    import polars as pl

    text = cells[column]
    found = cells.select(
        pl.coalesce(
            pl.col(column).str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False),
            pl.col(column).str.slice(0, 10).str.to_date("%d/%m/%Y", strict=False),
        )
    ).to_series()
    wrong = (found.is_null() & (text != "")).arg_true()
    if len(wrong):
        row = int(wrong[0])
        raise RequestError(
            f"{path}: The agreement {cells[named_by][row]} has the date {text[row]!r} in "
            f"'{column}'; right would be 2015-02-12 or 12/02/2015."
        )
    return found


def small_numbers(
    cells: pl.DataFrame, columns: Sequence[str], most: int, named_by: str, path: Path
) -> pl.DataFrame:
    """Return columns as whole numbers from 0; an empty cell counts as 0.

    Raises
    ------
    RequestError
        If a cell is no whole number from 0 to ``most``.

    Examples
    --------
    >>> import polars as pl
    >>> small_numbers(pl.DataFrame({"id": ["7"], "Ce": ["4"]}), ["Ce"], 3, "id", Path("a.csv"))
    Traceback (most recent call last):
    detente.errors.RequestError: a.csv: The agreement 7 has '4' in 'Ce'; right would be a whole \
number from 0 to 3.
    """
    import polars as pl

    numbers = cells.select(
        pl.when(pl.col(name) == "")
        .then(0.0)
        .otherwise(pl.col(name).cast(pl.Float64, strict=False))
        .alias(name)
        for name in columns
    )
    values = numbers.to_numpy()
    fine = np.isin(values, np.arange(most + 1))  # what is no number is NaN, and in no range
    if not fine.all():
        row, place = (int(each) for each in np.argwhere(~fine)[0])
        name = columns[place]
        raise RequestError(
            f"{path}: The agreement {cells[named_by][row]} has {cells[name][row]!r} in "
            f"'{name}'; right would be a whole number from 0 to {most}."
        )
    return numbers.cast(pl.UInt8)
