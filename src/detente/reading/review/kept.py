"""A case and its log of decisions as they stand on the disk: both change together, or neither.

What a decision makes is written before the decision itself, each file in an order in which the case
is sound at every moment. A decision that was cut off in between is taken back when the case is
opened again; a taking back that was cut off is gone on with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from detente.case.case import Case
from detente.case.load import load, with_texts
from detente.case.write import changed_texts, write_texts
from detente.errors import DetenteError, RequestError
from detente.reading.review.decisions import (
    Decision,
    begin_decision,
    begun_decision,
    begun_path,
    end_decision,
    read_decisions,
    write_decision,
)
from detente.reading.review.made import taken_back
from detente.text.files import write_whole

__all__ = ["KeptCase"]

_PATIENCE = 20.0
"""Seconds to wait for another program."""

Stamp = tuple[int, int, int]
"""What differs once a file is written: its place on the disk, its time and its size."""


class KeptCase:
    """A case, the decisions on its proposals that stand, and the folder that holds both.

    Parameters
    ----------
    case
        With a folder.

    Raises
    ------
    RequestError
        If the case has no folder, or the log of decisions cannot be read.
    """

    def __init__(self, case: Case) -> None:
        if case.folder is None:
            raise RequestError("The case has no folder; save it before reading for it.")
        self.case = case
        self.folder = case.folder
        self.decided = read_decisions(self.folder)
        self._stamps: dict[Path, Stamp] = {}
        if begun_decision(self.folder) is not None:
            with self.alone():
                pass

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Decide while nobody else does, on the case as it stands on the disk by now.

        Raises
        ------
        RequestError
            If another program goes on deciding, or files cannot be read or written.
        """
        try:
            with FileLock(self.folder / ".proposals.lock", timeout=_PATIENCE):
                if self._stamps != (found := _stamps_of(self.folder)):
                    self.case, self._stamps = load(self.folder), found
                self.decided = read_decisions(self.folder)
                self._mend()
                yield
        except Timeout:
            raise RequestError("Another program is deciding on this case; try again.") from None
        except OSError as wrong:
            raise RequestError(f"The case cannot be written: {wrong.strerror}.") from None

    def write(self, decision: Decision) -> None:
        """Add a decision to the log that changes nothing in the case."""
        write_decision(self.folder, decision)
        self.decided = read_decisions(self.folder)

    def keep(self, case: Case, decision: Decision) -> None:
        """Write the files in which a case differs from what it was, and the decision.

        Raises
        ------
        RequestError
            If the case would not be sound, or cannot be written. It is as it was then.
        """
        undone = decision.kind == "undone"
        try:
            begin_decision(self.folder, decision)
            self._exchange(case, decision, backwards=undone)
        except DetenteError as wrong:
            done = "taken back" if undone else "taken in"
            end_decision(self.folder)
            raise RequestError(f"'{decision.item}' cannot be {done}: {_reason(wrong)}") from None
        end_decision(self.folder)

    def _mend(self) -> None:
        """Leave nothing behind of a decision that was cut off."""
        begun = begun_decision(self.folder)
        if begun is not None:
            undone = begun.kind == "undone"
            last = {each.item: each for each in self.decided}
            case = taken_back(self.case, last.get(begun.item, begun) if undone else begun)
            try:
                self._exchange(case, begun if undone else None, backwards=True)
            except DetenteError as wrong:
                raise RequestError(
                    f"The decision on '{begun.item}' was cut off; remove {begun_path(self.folder)} "
                    f"to leave what it made, since it cannot be taken back: {_reason(wrong)}"
                ) from None
        end_decision(self.folder)

    def _exchange(self, case: Case, decision: Decision | None, *, backwards: bool) -> None:
        """Write the files in which a case differs from what it was, then the decision."""
        texts = changed_texts(self.case, case)
        if backwards:
            texts = dict(reversed(texts.items()))
        found = with_texts(self.case, texts)
        before = _contents_of(self.folder, texts)
        try:
            write_texts(self.folder, texts)
            if decision is not None:
                self.write(decision)
        except DetenteError:
            _restore(self.folder, before)
            raise
        self.case = found
        written = {self.folder / path for path in texts}
        kept = {path: stamp for path, stamp in self._stamps.items() if path not in written}
        self._stamps = kept | {path: _stamp_of(path) for path in written if path.exists()}


def _reason(wrong: DetenteError) -> str:
    return str(wrong).splitlines()[0]


def _stamps_of(folder: Path) -> dict[Path, Stamp]:
    found = (path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml"))
    return {path: _stamp_of(path) for path in found}


def _stamp_of(path: Path) -> Stamp:
    stat = path.stat()
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def _contents_of(folder: Path, texts: Mapping[Path, object]) -> dict[Path, bytes | None]:
    return {
        path: (folder / path).read_bytes() if (folder / path).exists() else None for path in texts
    }


def _restore(folder: Path, before: Mapping[Path, bytes | None]) -> None:
    for path, content in reversed(list(before.items())):
        if content is None:
            (folder / path).unlink(missing_ok=True)
        elif not (folder / path).exists() or (folder / path).read_bytes() != content:
            write_whole(folder / path, content)
