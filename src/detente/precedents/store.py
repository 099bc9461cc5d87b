"""A downloaded table as columns on disk: read and checked once, then opened at once.

What was read is kept as a Parquet file in the user's cache folder, named by the SHA-256 of the
file it was read from. A changed file is thus read anew, and a stale answer cannot come back.
"""

from __future__ import annotations

import hashlib
import io
import os
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import RequestError
from detente.precedents.reading import need, read_cells
from detente.text.files import write_whole

if TYPE_CHECKING:
    import polars as pl

__all__ = ["FileFacts", "Layout", "Stored", "cache_folder", "open_table"]

_FORMAT = 1
"""Raised when the same columns are kept in another way."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a data set looks like.

    Parameters
    ----------
    right
        Which file would be right, for messages.
    columns
        All columns that are kept where the file has them.
    needed
        Those without which the file is of no use.
    typed
        Checks the cells, given as text, and gives them their types; the path is for messages.
    """

    name: str
    right: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    typed: Callable[[pl.DataFrame, Path], pl.DataFrame]


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Which file was read, and how much of it."""

    data: str
    file: str
    sha256: str
    rows: int
    missing: tuple[str, ...]
    """Columns that this version of the data set lacks."""
    cached: bool
    """Whether the columns came from the cache."""


@dataclass(frozen=True, slots=True)
class Stored:
    """The columns of a file, with the facts of the file."""

    frame: pl.DataFrame
    facts: FileFacts


def cache_folder() -> Path:
    """Return where columns are kept: DETENTE_CACHE, else the cache folder that each system has."""
    import platformdirs

    if named := os.environ.get("DETENTE_CACHE"):
        return Path(named) / "precedents"
    return platformdirs.user_cache_path("detente", appauthor=False) / "precedents"


def open_table(path: Path, layout: Layout, cache: Path | None = None) -> Stored:
    """Return the columns of a file, from the cache where they are there.

    Parameters
    ----------
    cache
        Folder of the cache; that of the user if None. Where it cannot be written, nothing is kept.

    Raises
    ------
    RequestError
        If the file cannot be read, or is not what ``layout`` says; or Polars is not installed.
    """
    need()
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"{path}: The file cannot be read ({error.strerror}); right is {layout.right}."
        raise RequestError(message) from None
    digest = hashlib.sha256(content).hexdigest()
    kept = (cache or cache_folder()) / f"{_kind(layout)}-{digest}.parquet"
    frame = _from_cache(kept)
    cached = frame is not None
    if frame is None:
        frame = _from_file(path, content, layout)
        _keep(frame, kept)
    missing = tuple(name for name in layout.columns if name not in frame.columns)
    facts = FileFacts(layout.name, str(path), digest, frame.height, missing, cached)
    return Stored(frame, facts)


def _kind(layout: Layout) -> str:
    """A name that changes with what is kept of a file and with the Polars that wrote it."""
    import polars as pl

    told = f"{_FORMAT} {sys.byteorder} {pl.__version__} {' '.join(layout.columns)}"
    return f"{layout.name.lower()}-{zlib.crc32(told.encode()):08x}"


def _from_file(path: Path, content: bytes, layout: Layout) -> pl.DataFrame:
    cells = read_cells(path, content, layout.columns, layout.right)
    missing = [name for name in layout.needed if name not in cells.columns]
    if missing:
        names = ", ".join(f"'{name}'" for name in missing[:6])
        more = f" and {len(missing) - 6} more" if len(missing) > 6 else ""
        message = f"{path}: The columns {names}{more} are missing; right is {layout.right}."
        raise RequestError(message)
    return layout.typed(cells, path)


def _from_cache(kept: Path) -> pl.DataFrame | None:
    """The columns kept, or None where there are none that can be read."""
    import polars as pl

    if not kept.is_file():
        return None
    try:
        return pl.read_parquet(kept, memory_map=False)
    except (OSError, pl.exceptions.PolarsError):
        return None


def _keep(frame: pl.DataFrame, kept: Path) -> None:
    """Write the columns beside their place, then rename; a folder that is closed does no harm."""
    stream = io.BytesIO()
    frame.write_parquet(stream)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_whole(kept, stream.getvalue())
    except OSError:
        return
