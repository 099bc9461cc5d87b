"""What a person decided about proposals: a log that only grows.

``proposals/decisions.jsonl`` keeps every decision with what was proposed and what was made of it,
as labels for whoever trains a reader later. An undo is an entry of its own. A line that was cut off
while it was written stays and is marked when the next one is added.

A decision that also changes the case stands in ``proposals/decisions.begun`` while that is written,
so that it is known of one that was cut off what it was going to make.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from detente.errors import RequestError
from detente.reading.review.proposals import FOLDER
from detente.text.files import append_whole, write_whole

__all__ = [
    "Decision", "begin_decision", "begun_decision", "begun_path", "end_decision",
    "read_decisions", "write_decision",
]  # fmt: skip

KINDS = ("accepted", "merged", "rejected", "undone")

_CUT = b" (cut off)"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.

    Parameters
    ----------
    kind
        ``accepted``, ``merged`` (with a statement of the case), ``rejected`` or ``undone``.
    item
        Id of the proposal.
    statement
        Id of the statement that was made or got a source; None for the other kinds.
    made
        Ids of records that were made for it, by kind: statement, source, person.
    source
        Id of the source that was given to the statement.
    before
        Of a merge, the sources of the statement as they were written before.
    label
        What was proposed and what was made of it.
    """

    kind: str
    item: str
    statement: str | None = None
    made: Mapping[str, str] = field(default_factory=dict)
    source: str | None = None
    before: str | Sequence[str] | None = None
    label: Mapping[str, Any] = field(default_factory=dict)


def read_decisions(folder: Path) -> list[Decision]:
    """Return the decisions of a case that stand: what was undone is left out.

    A line that was cut off is passed over.

    Raises
    ------
    RequestError
        If the log cannot be read, or holds something else.
    """
    path = folder / FOLDER / "decisions.jsonl"
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    except OSError as wrong:
        raise RequestError(f"{path}: cannot be read: {wrong.strerror}.") from None
    found: list[Decision] = []
    for number, line in enumerate(lines, 1):
        entry = _read(line)
        if entry is None:
            if number == len(lines) or line.endswith(_CUT):
                continue
            raise RequestError(f"{path}:{number}: is no decision; mend or remove the line.")
        if entry.kind == "undone":
            _take_back(found, entry.item)
        else:
            found.append(entry)
    return found


def _take_back(found: list[Decision], item: str) -> None:
    for place in reversed(range(len(found))):
        if found[place].item == item:
            del found[place]
            return


def _read(line: bytes) -> Decision | None:
    try:
        found = Decision(**json.loads(line))
    except (ValueError, TypeError):
        return None
    sound = (
        found.kind in KINDS
        and isinstance(found.item, str)
        and isinstance(found.made, dict)
        and isinstance(found.label, dict)
    )
    return found if sound else None


def write_decision(folder: Path, decision: Decision) -> None:
    """Add a decision to the log of a case; it is on the disk when this returns.

    Raises
    ------
    RequestError
        If it cannot be written.
    """
    path = folder / FOLDER / "decisions.jsonl"
    with _said(path):
        append_whole(path, _end_of_line(path) + _line(decision))


def begun_path(folder: Path) -> Path:
    """Return where a decision stands while the case is changed for it."""
    return folder / FOLDER / "decisions.begun"


def begin_decision(folder: Path, decision: Decision) -> None:
    """Note a decision before the case is changed for it.

    Raises
    ------
    RequestError
        If that cannot be written.
    """
    path = begun_path(folder)
    with _said(path):
        write_whole(path, _line(decision))


def begun_decision(folder: Path) -> Decision | None:
    """Return the decision that was begun and cut off before it stood in the log, if there is one.

    Raises
    ------
    RequestError
        If what was noted is no decision.
    """
    path = begun_path(folder)
    try:
        line = path.read_bytes().rstrip()
    except FileNotFoundError:
        return None
    log = folder / FOLDER / "decisions.jsonl"
    if log.exists() and log.read_bytes().rstrip().endswith(line):
        return None
    if (found := _read(line)) is None:
        raise RequestError(f"{path}: is no decision; remove the file.")
    return found


def end_decision(folder: Path) -> None:
    """Forget what was noted of a decision: it is made, or was taken back."""
    begun_path(folder).unlink(missing_ok=True)


def _line(decision: Decision) -> bytes:
    line = json.dumps(asdict(decision), ensure_ascii=False, default=str) + "\n"
    return line.encode("utf-8", "surrogatepass")


@contextmanager
def _said(path: Path) -> Iterator[None]:
    """Make the folder of a file that is going to be written, and say in one sentence what fails."""
    try:
        path.parent.mkdir(exist_ok=True)
        yield
    except OSError as wrong:
        raise RequestError(f"{path}: cannot be written: {wrong.strerror}.") from None


def _end_of_line(path: Path) -> bytes:
    """What ends the last line of the log, if it was not ended."""
    try:
        last = path.read_bytes().rpartition(b"\n")[2]
    except FileNotFoundError:
        return b""
    if not last:
        return b""
    return b"\n" if _read(last) else _CUT + b"\n"
