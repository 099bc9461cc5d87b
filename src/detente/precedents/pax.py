"""The agreements of PA-X with what each of them treats, as arrays."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from detente.errors import RequestError
from detente.precedents.cells import days, small_numbers
from detente.precedents.store import FileFacts, Layout, open_table
from detente.precedents.vocabulary import topics

if TYPE_CHECKING:
    import polars as pl

__all__ = ["BETWEEN_STATES", "COMPREHENSIVE", "STAGES", "TRAITS", "Agreements", "open_agreements"]

STAGES: Mapping[str, str] = {
    "Pre": "pre-negotiation",
    "Cea": "ceasefire",
    "SubPar": "framework, partial",
    "SubComp": "framework, comprehensive",
    "Imp": "implementation",
    "Ren": "renewal",
    "Oth": "other",
}
"""The stages of PA-X in the order of a process."""

COMPREHENSIVE = "SubComp"
BETWEEN_STATES = "Inter"

TRAITS: Mapping[str, str] = {
    "stage": "Stage",
    "region": "Reg",
    "decade": "Dat",
    "type": "Contp",
}
"""By what shares are broken down, and from which column of PA-X."""

_TEXTS = ("Agt", "Stage", "Agtp", "Reg", "Contp")
_RIGHT = "the table of all PA-X agreements with their codes (xlsx or csv, 'AgtId' to 'ImE')"


@dataclass(frozen=True, slots=True)
class Agreements:
    """Agreements with their traits and topics.

    Parameters
    ----------
    ids, names, processes, dates, kinds
        Arrays of one entry to an agreement; ``kinds`` holds PA-X's ``Agtp``.
    traits
        A label of every agreement, by a key of :data:`TRAITS`: array of text, one to an agreement.
    codes
        Ids of the topics that the file codes.
    levels
        How concretely an agreement treats a topic: ``(agreements, topics)`` uint8 from 0, which is
        not at all, to 3; 1 for all that is not graded.
    """

    facts: FileFacts
    ids: NDArray[np.int64]
    names: NDArray[np.object_]
    processes: NDArray[np.object_]
    dates: NDArray[np.object_]
    kinds: NDArray[np.object_]
    traits: Mapping[str, NDArray[np.object_]]
    codes: tuple[str, ...]
    levels: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.ids)

    def has(self, topic: str) -> NDArray[np.bool_]:
        """Return which agreements treat a topic: ``(agreements,)`` bool."""
        return self.level(topic) > 0

    def level(self, topic: str) -> NDArray[np.uint8]:
        """Return how concretely agreements treat a topic: ``(agreements,)`` from 0 to 3."""
        return self.levels[:, self.codes.index(topic)]

    def chosen(self, which: NDArray[np.bool_]) -> Agreements:
        """Return only some of the agreements; ``which`` is ``(agreements,)`` bool."""
        return replace(
            self,
            ids=self.ids[which],
            names=self.names[which],
            processes=self.processes[which],
            dates=self.dates[which],
            kinds=self.kinds[which],
            traits={name: labels[which] for name, labels in self.traits.items()},
            levels=self.levels[which],
        )

    def between_states(self) -> Agreements:
        """Return those between states alone."""
        return self.chosen(self.kinds == BETWEEN_STATES)

    def comprehensive(self) -> Agreements:
        """Return those that PA-X calls comprehensive."""
        return self.chosen(self.traits["stage"] == COMPREHENSIVE)


def open_agreements(path: Path, cache: Path | None = None) -> Agreements:
    """Return the agreements of a PA-X file.

    Parameters
    ----------
    cache
        Where columns are kept; in the user's cache folder if None.

    Raises
    ------
    RequestError
        If the file is not PA-X with its codes, with what was found and what would be right.

    Examples
    --------
    >>> open_agreements(Path("none.xlsx"))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    detente.errors.RequestError: none.xlsx: The file cannot be read (...); right is the ...
    """
    stored = open_table(path, layout(), cache)
    frame = stored.frame
    codes = tuple(topic for topic in _columns() if _columns()[topic] in frame.columns)
    dates = _array(frame, "Dat")
    traits = {name: _array(frame, column) for name, column in TRAITS.items() if column != "Dat"}
    decades = [_decade(date) for date in dates]
    traits["decade"] = np.array(decades, dtype=object)
    return Agreements(
        facts=stored.facts,
        ids=frame["AgtId"].to_numpy().astype(np.int64),
        names=_array(frame, "Agt"),
        processes=_array(frame, "PPName" if "PPName" in frame.columns else "Agt"),
        dates=dates,
        kinds=_array(frame, "Agtp"),
        traits={name: traits[name] for name in TRAITS},
        codes=codes,
        levels=frame.select(_columns()[topic] for topic in codes).to_numpy().astype(np.uint8),
    )


def layout() -> Layout:
    """Return what a PA-X file looks like."""
    needed = ("AgtId", "Dat", *_TEXTS)
    return Layout(
        name="PA-X",
        right=_RIGHT,
        columns=(*needed, "PPName", *_columns().values()),
        needed=needed,
        typed=_typed,
    )


def _columns() -> dict[str, str]:
    """The columns of PA-X by topic."""
    return {topic.id: topic.code for topic in topics().values() if not topic.own}


def _typed(cells: pl.DataFrame, path: Path) -> pl.DataFrame:
    import polars as pl

    known = _columns().values()
    codes = [name for name in known if name in cells.columns]
    if 2 * len(codes) < len(known):
        message = f"{path}: Found {len(codes)} of {len(known)} columns of topics"
        raise RequestError(f"{message}; right is {_RIGHT}.")
    ids = cells["AgtId"].cast(pl.Float64, strict=False)
    fine = ids.is_finite().fill_null(value=False)
    if not fine.all():
        wrong = cells["AgtId"][int((~fine).arg_true()[0])]
        raise RequestError(f"{path}: 'AgtId' holds {wrong!r}; right would be a number for each.")
    if ids.is_duplicated().any():
        twice = int(ids.filter(ids.is_duplicated())[0])
        raise RequestError(f"{path}: The agreement {twice} stands twice; right would be once each.")
    texts = [name for name in (*_TEXTS, "PPName") if name in cells.columns]
    return pl.concat(
        [
            ids.cast(pl.Int64).to_frame(),
            days(cells, "Dat", "AgtId", path).to_frame(),
            cells.select(texts),
            small_numbers(cells, codes, 3, "AgtId", path),
        ],
        how="horizontal",
    )


def _array(frame: pl.DataFrame, column: str) -> NDArray[np.object_]:
    values: list[Any] = frame[column].to_list()
    return np.array(values, dtype=object)


def _decade(date: datetime.date | None) -> str:
    return "undated" if date is None else f"{date.year // 10 * 10}s"
