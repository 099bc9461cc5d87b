"""The agreements of the UCDP Peace Agreement Dataset, with when they were signed and ended."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.precedents.cells import days, small_numbers
from detente.precedents.store import FileFacts, Layout, open_table
from detente.precedents.vocabulary import provisions

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Treaties", "open_treaties"]

_RIGHT = "the UCDP Peace Agreement Dataset (xlsx or csv, with 'pa_date', 'ended' and 'duration')"
_NEEDED = ("paid", "pa_name", "pa_date", "ended", "duration")


@dataclass(frozen=True, slots=True)
class Treaties:
    """Agreements of UCDP.

    Parameters
    ----------
    signed, over
        Days as ``datetime64[D]``, one to an agreement; ``over`` is not-a-time where no day is
        stated.
    ended
        Whether an agreement is told to have ended: bool, one to an agreement.
    kinds
        1 full, 2 partial, 3 process agreement, 0 where it is not said: one to an agreement.
    columns
        Provisions that the file codes.
    holds
        Which agreement has which provision: ``(agreements, provisions)`` bool.
    until
        The last day that the data set looks at.
    """

    facts: FileFacts
    signed: NDArray[np.datetime64]
    over: NDArray[np.datetime64]
    ended: NDArray[np.bool_]
    kinds: NDArray[np.uint8]
    columns: tuple[str, ...]
    holds: NDArray[np.bool_]
    until: datetime.date

    def __len__(self) -> int:
        return len(self.ended)

    def has(self, provision: str) -> NDArray[np.bool_]:
        """Return which agreements have a provision: ``(agreements,)`` bool."""
        return self.holds[:, self.columns.index(provision)]


def open_treaties(path: Path, cache: Path | None = None) -> Treaties:
    """Return the agreements of a file of the UCDP Peace Agreement Dataset.

    The last day looked at is the column ``censor_point`` where a file has it, else the last day of
    the last year in which an agreement was signed.

    Parameters
    ----------
    cache
        Where columns are kept; in the user's cache folder if None.

    Raises
    ------
    RequestError
        If the file is not that data set, with what was found and what would be right.

    Examples
    --------
    >>> open_treaties(Path("none.xlsx"))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    detente.errors.RequestError: none.xlsx: The file cannot be read (...); right is the ...
    """
    stored = open_table(path, layout(), cache)
    frame = stored.frame
    columns = tuple(name for name in provisions() if name in frame.columns)
    signed = frame["pa_date"].to_numpy().astype("datetime64[D]")
    years = signed[~np.isnat(signed)].astype("datetime64[Y]").astype(int) + 1970
    last = datetime.date(int(years.max(initial=1970)), 12, 31)
    if "censor_point" in frame.columns:
        stated = frame["censor_point"].max()
        last = stated if isinstance(stated, datetime.date) else last
    ended = frame["ended"].to_numpy() == 1
    kinds = frame["pa_type"] if "pa_type" in frame.columns else frame["ended"] * 0
    return Treaties(
        facts=stored.facts,
        signed=signed,
        over=frame["duration"].to_numpy().astype("datetime64[D]"),
        ended=ended,
        kinds=kinds.to_numpy().astype(np.uint8),
        columns=columns,
        holds=frame.select(columns).to_numpy() > 0,
        until=last,
    )


def layout() -> Layout:
    """Return what a file of that data set looks like."""
    return Layout(
        name="UCDP",
        right=_RIGHT,
        columns=(*_NEEDED, "pa_type", "censor_point", *provisions()),
        needed=(*_NEEDED, "cease"),
        typed=_typed,
    )


def _typed(cells: pl.DataFrame, path: Path) -> pl.DataFrame:
    import polars as pl

    dated = [name for name in ("pa_date", "duration", "censor_point") if name in cells.columns]
    told = [name for name in provisions() if name in cells.columns]
    parts = [days(cells, name, "pa_name", path).to_frame() for name in dated]
    parts.append(small_numbers(cells, ["ended", *told], 1, "pa_name", path))
    if "pa_type" in cells.columns:
        parts.append(small_numbers(cells, ["pa_type"], 3, "pa_name", path))
    return pl.concat([cells.select("paid", "pa_name"), *parts], how="horizontal")
