"""Adding an entry to the log of a case: whole or not at all, and never an edit.

One line is written with one call at the end of the file, under a lock that every writer takes, and
is on the disk before the lock is given back. A writer that is killed leaves at worst a last line
without its end, which :mod:`detente.case.log` passes over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from pydantic import ValidationError

from detente.case.case import Case
from detente.case.log import read_log, whole_text
from detente.case.norms import Event
from detente.case.records import several
from detente.errors import CaseError, RequestError
from detente.text import yaml
from detente.text.files import append_whole
from detente.text.nearest import suggest

__all__ = ["append_entry"]

_NUMBERED = re.compile(r"e(\d{1,9})\Z")
_PATIENCE = 20.0
"""Seconds to wait for another writer."""


def append_entry(case: Case, values: Mapping[str, object]) -> Event:
    """Add one entry to the log of a case, and return it with the id it was given.

    Parameters
    ----------
    values
        The keys of the entry; without an ``id`` it gets the next number, as ``e7``.

    Raises
    ------
    RequestError
        If the entry is not one, or names a norm, actor, source or entry that the case does not
        have, or the log is not a list of entries that begin with ``- ``. Nothing is written then.
    CaseError
        If the log cannot be read or written.
    """
    if case.folder is None:
        raise RequestError("The case has no folder; save it before adding to its log.")
    path = next(
        (each for name in ("events.yml",) if (each := case.folder / name).is_file()),
        case.folder / "events.yaml",
    )
    _refer(case, values)
    try:
        with FileLock(case.folder / ".events.lock", timeout=_PATIENCE):
            return _append(case, path, dict(values))
    except Timeout:
        raise RequestError("Another program is writing to the log; try again.") from None


def _append(case: Case, path: Path, values: dict[str, object]) -> Event:
    text, names = "", {event.id for event in case.events}
    if path.exists():
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
        data = read_log(path, str(path))[0].data
        if data is not None and not isinstance(data, tuple):
            raise RequestError(f"{path} is not a list of entries; begin each with '- '.")
        names |= {str(each.get("id")) for each in data or () if isinstance(each, dict)}
    values.setdefault("id", _next(names))
    if values["id"] in names:
        raise RequestError(f"The log has an entry '{values['id']}' already; leave the id out.")
    corrects = values.get("corrects")
    if corrects is not None and corrects not in names:
        raise RequestError(f"The log has no entry '{corrects}'{suggest(str(corrects), names)}")
    event = _entry(values)
    line = f"- {json.dumps(event.model_dump(exclude_unset=True), ensure_ascii=False)}\n"
    start = "" if not text or text.endswith("\n") else "\n"
    _still_a_list(path, text + start + line)
    append_whole(path, (start + line).encode())
    return event


def _entry(values: dict[str, object]) -> Event:
    order = [key for key in Event.model_fields if key in values]
    try:
        return Event.model_validate({key: values[key] for key in order})
    except ValidationError as error:
        details = error.errors()[0]
        reason = str(details.get("ctx", {}).get("error", details["msg"]))
        raise RequestError(f"{reason[:1].upper()}{reason[1:]}.") from None


def _refer(case: Case, values: Mapping[str, Any]) -> None:
    """Refuse an entry that names what the case does not have."""
    known: dict[str, list[str]] = {
        "norm": [norm.id for norm in case.norms],
        "actor": [actor.id for actor in case.actors],
        "source": [source.id for source in case.sources],
    }
    for key, names in known.items():
        for name in several(values.get(key)):
            if name not in names:
                raise RequestError(f"The case has no {key} '{name}'{suggest(name, names)}")


def _next(names: set[str]) -> str:
    numbers = [int(found[1]) for name in names if (found := _NUMBERED.match(name))]
    return f"e{max(numbers, default=0) + 1}"


def _still_a_list(path: Path, text: str) -> None:
    try:
        yaml.parse(whole_text(text, str(path))[0], str(path))
    except CaseError:
        raise RequestError(
            f"{path} is written so that no line can be added; begin each entry with '- ' at the "
            "start of a line."
        ) from None
