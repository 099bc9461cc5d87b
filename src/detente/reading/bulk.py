"""Thousands of documents: one object for each, in several processes, gone on with after a stop.

A document that kills the process that reads it costs no other document its result. Which one it was
is not known while several are read side by side; so those in doubt are read again one at a time.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Any

from detente.errors import DetenteError, RequestError
from detente.reading.as_data import read_data
from detente.reading.engines import Engine, Name, open_engine
from detente.reading.read import read_document
from detente.text.files import write_whole

__all__ = ["SUFFIXES", "find_documents", "read_many", "resume"]

SUFFIXES = frozenset({".txt", ".md", ".text", ".html", ".htm", ".xhtml", ".pdf", ".docx"})
"""What is taken from a folder; a file that is named is read whatever its name is."""

_PASSING = (".", "~$")
"""How the names of files begin that programs keep beside a document."""

_AHEAD = 8
_BEGINS = b'{"document": '
_DIED = "the process reading it died: out of memory, killed, or a fault in a library."

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


def resume(output: Path, documents: Sequence[Path]) -> tuple[list[Path], bool]:
    """Return the documents left to read into a file of results, and whether some failed before.

    Left is what has no line yet, or one that says why it could not be read: that line is taken out
    of the file, and so is a line cut off at its end.

    Raises
    ------
    RequestError
        If the file holds something else.
    """
    if not output.exists():
        return list(documents), False
    asked = {str(path) for path in documents}
    read: set[str] = set()
    again = False
    whole = 0
    with output.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.endswith(b"\n") and line[: len(_BEGINS)] == _BEGINS[: len(line)]:
                break
            try:
                name, failed = _result(line)
            except (ValueError, KeyError, TypeError):
                raise RequestError(
                    f"{output}:{number}: is no result of reading; name another file."
                ) from None
            again = again or (failed and name in asked)
            if not failed:
                read.add(name)
            whole += len(line)
    if whole < output.stat().st_size:
        os.truncate(output, whole)
    if again:
        write_whole(output.resolve(), _lines_without_errors(output, asked))
    return [path for path in documents if str(path) not in read], again


def _result(line: bytes) -> tuple[str, bool]:
    """Which document a line is about, and whether it could not be read."""
    data = json.loads(line)
    return str(data["document"]), "error" in data


def _lines_without_errors(output: Path, documents: set[str]) -> Iterator[bytes]:
    with output.open("rb") as lines:
        for line in lines:
            name, failed = _result(line)
            if not (failed and name in documents):
                yield line


def read_many(paths: Sequence[Path], engine: Name | None, jobs: int) -> Iterator[Data]:
    """Yield what each document says, in order; what cannot be read has an ``error`` instead.

    Parameters
    ----------
    engine
        Which engine; the tagger if there is one, or else the rules, if None.
    jobs
        Processes that work side by side. With one, all is read in this process, and nothing is
        left to say so if a document kills it.
    """
    name, opened = open_engine(engine)  # what is missing is said before anything is begun
    if jobs <= 1:
        for path in paths:
            yield _one(path, opened)
        return
    place = 0
    while place < len(paths):
        try:
            for found in _side_by_side(paths[place:], name, jobs):
                place += 1
                yield found
        except BrokenProcessPool:
            for found in _one_by_one(paths[place : place + jobs * _AHEAD], name):
                place += 1
                yield found


def _side_by_side(paths: Sequence[Path], name: Name, jobs: int) -> Iterator[Data]:
    """What each document says, in order, read in several processes.

    Raises
    ------
    BrokenProcessPool
        If a process died. The culprit is one of the next ``jobs * _AHEAD`` documents.
    """
    with _processes(name, min(jobs, len(paths))) as pool:
        rest = iter(paths)
        waiting: list[Future[Data]] = [
            pool.submit(_read, path) for path in islice(rest, jobs * _AHEAD)
        ]
        while waiting:
            yield waiting.pop(0).result()
            waiting += [pool.submit(_read, path) for path in islice(rest, 1)]


def _one_by_one(paths: Sequence[Path], name: Name) -> Iterator[Data]:
    """What each document says, or that its process died; never two at a time."""
    place = 0
    while place < len(paths):
        with _processes(name, 1) as pool:
            _refuse_unstarted(pool)
            try:
                while place < len(paths):
                    found = pool.submit(_read, paths[place]).result()
                    place += 1
                    yield found
            except BrokenProcessPool:
                place += 1
                yield _failed(paths[place - 1], _DIED)


def _processes(name: Name, jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (name,))


def _refuse_unstarted(pool: ProcessPoolExecutor) -> None:
    """Refuse to blame a document where the process dies before it reads anything."""
    try:
        pool.submit(os.getpid).result()
    except BrokenProcessPool:
        raise RequestError(
            "The processes that read die as they start; give the machine more memory, or read "
            "with --jobs 1."
        ) from None


_ENGINE: list[Engine] = []


def _begin(name: Name) -> None:
    Thread(target=_end_with_parent, daemon=True).start()
    os.environ["OMP_NUM_THREADS"] = "1"
    _ENGINE.append(open_engine(name, threads=1)[1])


def _end_with_parent() -> None:
    """Wait until the run is gone, however it ended; else this process would wait for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read(path: Path) -> Data:
    return _one(path, _ENGINE[0])


def _one(path: Path, engine: Engine) -> Data:
    try:
        found = read_document(path, engine)
    except DetenteError as wrong:
        return _failed(path, str(wrong).removeprefix(f"{path}: "))
    except MemoryError:
        return _failed(path, "is larger than the memory that is there.")
    return read_data(found, with_text=not found.document.as_stored)


def _failed(path: Path, words: str) -> Data:
    return {
        "document": str(path), "error": words, "attributions": [], "quantities": [], "places": [],
        "points": [],
    }  # fmt: skip
