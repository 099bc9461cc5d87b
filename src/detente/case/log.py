"""The log of events as a file that only ever grows, and that survives being cut off.

An entry is added as one line, ``- {"id": ..., ...}``. A line that opens an entry and does not close
it was cut off while it was written: it is passed over and named, and every whole entry counts. A
fault anywhere else is a fault, as in every other file.
"""

from __future__ import annotations

import re
from pathlib import Path

from detente.errors import CaseError, Problem
from detente.text import yaml
from detente.text.files import read_text

__all__ = ["read_log", "whole_text"]

_OPENS = re.compile(r"- *\{")


def read_log(path: Path, file: str) -> tuple[yaml.Document, tuple[Problem, ...]]:
    """Return the log as a document, and a note for each entry that was cut off.

    Raises
    ------
    CaseError
        If the file cannot be opened, or has a fault that is not an entry cut off.
    """
    try:
        text = read_text(path, file)
    except CaseError:
        if not path.is_file():
            raise
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
        if "\ufffd" not in _last(text):
            raise
    try:
        return yaml.parse(text, file), ()
    except CaseError:
        whole, lost = whole_text(text, file)
        if not lost:
            raise
        return yaml.parse(whole, file), lost


def whole_text(text: str, file: str) -> tuple[str, tuple[Problem, ...]]:
    r"""Return the text with entries that were cut off turned into comments, and what was lost.

    Examples
    --------
    >>> cut = '- {"id": "e1", "kind": "event"}\n- {"id": "e2", "ki'
    >>> whole, lost = whole_text(cut, "events.yaml")
    >>> whole.splitlines()[0], str(lost[0])[:50]
    ('- {"id": "e1", "kind": "event"}', 'events.yaml:2:1: This entry was cut off while it w')
    """
    lines = text.splitlines(keepends=True)
    starts = [number for number, line in enumerate(lines) if line.startswith("-")]
    lost = []
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else len(lines)
        entry = "".join(lines[start:end])
        if _OPENS.match(entry) and _is_cut(entry):
            lost.append(_cut_off(file, start + 1, entry))
            lines[start:end] = ["#\n"] * (end - start)
    return "".join(lines), tuple(lost)


def _is_cut(entry: str) -> bool:
    bare = "\n".join(line.split(" #")[0].rstrip() for line in entry.splitlines()).rstrip()
    if bare.endswith("}"):
        return False
    try:
        yaml.parse(entry, "")
    except CaseError:
        return True
    return False


def _cut_off(file: str, line: int, entry: str) -> Problem:
    shown = entry.replace("\x00", "").replace("\ufffd", "").strip()[:60]
    message = (
        f"This entry was cut off while it was written and does not count: {shown}; add it again "
        "with 'detente event'."
    )
    return Problem(file, line, 1, "cut-off", message)


def _last(text: str) -> str:
    return text[text.rfind("\n", 0, len(text) - 1) + 1 :]
