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

_BEGUN = re.compile(r"^-[ \x00]*(?=\n-|\Z)", re.MULTILINE)
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
        whole, lost = whole_text(text, file)
        if "\ufffd" in whole or not lost:  # not a letter that was cut in two
            raise
        return yaml.parse(whole, file), lost
    whole, lost = text, ()
    try:
        document = yaml.parse(text, file)
    except CaseError:
        whole, lost = whole_text(text, file)
        if not lost:
            raise
        document = yaml.parse(whole, file)
    if _BEGUN.search(whole):
        whole, begun = _without_begun(whole, file)
        return yaml.parse(whole, file), (*lost, *begun)
    return document, lost


def _without_begun(text: str, file: str) -> tuple[str, tuple[Problem, ...]]:
    """The text without entries of which only the dash was written."""
    lost = tuple(
        _cut_off(file, text.count("\n", 0, found.start()) + 1, "-")
        for found in _BEGUN.finditer(text)
    )
    return _BEGUN.sub("#", text), lost


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
    """Whether braces or quotes of an entry stay open; a quote opens only where a value begins."""
    depth, quote, before, skip = 0, "", "", False
    for place, char in enumerate(entry):
        if skip:
            skip = False
        elif quote:
            skip = char == "\\" and quote == '"'
            quote = "" if char == quote else quote
        elif char in "\"'" and before in "{[,:":
            quote = char
        elif char == "#" and entry[place - 1].isspace():
            skip_line = entry.find("\n", place)
            return _is_cut(entry[:place] + entry[skip_line:]) if skip_line > 0 else depth > 0
        else:
            depth += (char in "{[") - (char in "}]")
        before = before if char.isspace() else char
    return depth > 0 or bool(quote)


def _cut_off(file: str, line: int, entry: str) -> Problem:
    shown = entry.replace("\x00", "").replace("\ufffd", "").strip()[:60]
    message = (
        f"This entry was cut off while it was written and does not count: {shown}; add it again "
        "with 'detente event'."
    )
    return Problem(file, line, 1, "cut-off", message)
