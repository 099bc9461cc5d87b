"""What a person decided about proposals: a log that only grows.

``proposals/decisions.jsonl`` keeps every decision with what was proposed and what was made of it,
as labels for whoever trains a reader later. An undo is an entry of its own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from detente.errors import RequestError
from detente.reading.proposals import FOLDER

__all__ = ["Decision", "read_decisions", "write_decision"]

KINDS = ("accepted", "merged", "rejected", "undone")


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
    label
        What was proposed and what was made of it.
    """

    kind: str
    item: str
    statement: str | None = None
    made: Mapping[str, str] = field(default_factory=dict)
    label: Mapping[str, Any] = field(default_factory=dict)


def read_decisions(folder: Path) -> list[Decision]:
    """Return the decisions of a case that stand: what was undone is left out.

    A last line that was cut off is passed over.

    Raises
    ------
    RequestError
        If the log holds something else.
    """
    path = folder / FOLDER / "decisions.jsonl"
    if not path.exists():
        return []
    found: list[Decision] = []
    for number, line in enumerate(path.read_bytes().split(b"\n")[:-1], 1):
        entry = _read(line)
        if entry is None or entry.kind not in KINDS:
            raise RequestError(f"{path}:{number}: is no decision; mend or remove the line.")
        if entry.kind == "undone":
            found = [each for each in found if each.item != entry.item]
        else:
            found.append(entry)
    return found


def _read(line: bytes) -> Decision | None:
    try:
        return Decision(**json.loads(line))
    except (ValueError, TypeError):
        return None


def write_decision(folder: Path, decision: Decision) -> None:
    """Add a decision to the log of a case; it is on the disk when this returns."""
    line = json.dumps(asdict(decision), ensure_ascii=False, default=str) + "\n"
    path = folder / FOLDER / "decisions.jsonl"
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(handle, line.encode())
        os.fsync(handle)
    finally:
        os.close(handle)
