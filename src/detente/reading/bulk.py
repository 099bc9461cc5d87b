"""Thousands of documents: one object for each, in several processes, gone on with after a stop."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from detente.errors import DetenteError, RequestError
from detente.reading.as_data import read_data
from detente.reading.engines import Engine, Name, open_engine
from detente.reading.read import read_document

__all__ = ["SUFFIXES", "find_documents", "read_many", "resume"]

SUFFIXES = frozenset({".txt", ".md", ".text", ".html", ".htm", ".xhtml", ".pdf", ".docx"})
"""What is taken from a folder; a file that is named is read whatever its name is."""

_PASSING = (".", "~$")
"""How the names of files begin that programs keep beside a document."""

_AHEAD = 8
_BEGINS = b'{"document": '

Data = dict[str, Any]


def find_documents(paths: Iterable[Path]) -> list[Path]:
    """Return the files named, and those below folders that are named, in order.

    Raises
    ------
    RequestError
        If a path is not there, or a folder holds no document.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            below = sorted(
                each for each in path.rglob("*")
                if each.suffix.lower() in SUFFIXES
                and each.is_file()
                and not each.name.startswith(_PASSING)
            )  # fmt: skip
            if not below:
                kinds = ", ".join(sorted(SUFFIXES))
                raise RequestError(f"{path}: holds no document ({kinds}).")
            found += below
        elif path.exists():
            found.append(path)
        else:
            raise RequestError(f"{path}: there is no such file.")
    return list(dict.fromkeys(found))


def resume(output: Path) -> set[str]:
    """Return the documents that stand in a file of results; a line cut off is taken back.

    Raises
    ------
    RequestError
        If the file holds something else.
    """
    if not output.exists():
        return set()
    done: set[str] = set()
    whole = 0
    with output.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.endswith(b"\n") and line[: len(_BEGINS)] == _BEGINS[: len(line)]:
                break
            try:
                done.add(str(json.loads(line)["document"]))
            except (ValueError, KeyError, TypeError):
                raise RequestError(
                    f"{output}:{number}: is no result of reading; name another file."
                ) from None
            whole += len(line)
    if whole < output.stat().st_size:
        os.truncate(output, whole)
    return done


def read_many(paths: Sequence[Path], engine: Name | None, jobs: int) -> Iterator[Data]:
    """Yield what each document says, in order; what cannot be read has an ``error`` instead.

    Parameters
    ----------
    engine
        Which engine; the tagger if there is one, or else the rules, if None.
    jobs
        Processes that work side by side.
    """
    name, opened = open_engine(engine)  # what is missing is said before anything is begun
    if jobs <= 1 or len(paths) <= 1:
        for path in paths:
            yield _one(path, opened)
        return
    context = get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _begin, (name,)) as pool:
        rest = iter(paths)
        waiting: list[Future[Data]] = [
            pool.submit(_read, path) for path in islice(rest, jobs * _AHEAD)
        ]
        while waiting:
            yield waiting.pop(0).result()
            waiting += [pool.submit(_read, path) for path in islice(rest, 1)]


_ENGINE: list[Engine] = []


def _begin(name: Name) -> None:
    os.environ["OMP_NUM_THREADS"] = "1"
    _ENGINE.append(open_engine(name, threads=1)[1])


def _read(path: Path) -> Data:
    return _one(path, _ENGINE[0])


def _one(path: Path, engine: Engine) -> Data:
    try:
        found = read_document(path, engine)
    except DetenteError as wrong:
        words = str(wrong).removeprefix(f"{path}: ")
        return {"document": str(path), "error": words, "attributions": [], "quantities": [],
                "points": []}  # fmt: skip
    return read_data(found, with_text=not found.document.as_stored)
