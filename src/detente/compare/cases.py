"""Two case folders record by record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from detente.case.case import Case
from detente.case.positions import Positions
from detente.case.preferences import Preferences

__all__ = ["CaseChange", "compare_cases"]

_KINDS = (
    "actors",
    "people",
    "points",
    "drafts",
    "sources",
    "statements",
    "consent",
    "constraints",
    "preferences",
    "positions",
    "strategy",
    "books",
    "norms",
    "events",
)


@dataclass(frozen=True, slots=True)
class CaseChange:
    """One record that two cases do not share; ``keys`` names what differs where both have it.

    ``id`` is the actor where the record is what it prefers, the point where it is who stands where.
    """

    kind: str
    id: str
    change: Literal["added", "dropped", "changed"]
    keys: tuple[str, ...]


def compare_cases(before: Case, after: Case) -> tuple[CaseChange, ...]:
    """Return every record added, dropped or changed from one case to another.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> case = load(example_folder("ukraine-2025"))
    >>> compare_cases(case, replace(case, drafts=case.drafts[1:]))[0].change
    'dropped'
    """
    found = []
    about = _different(before.about, after.about)
    if about:
        found.append(CaseChange("case", after.name, "changed", about))
    for kind in _KINDS:
        old = {_name_of(record): record for record in getattr(before, kind)}
        new = {_name_of(record): record for record in getattr(after, kind)}
        for name in dict.fromkeys([*old, *new]):
            if name not in new:
                found.append(CaseChange(kind, name, "dropped", ()))
            elif name not in old:
                found.append(CaseChange(kind, name, "added", ()))
            elif old[name] != new[name]:
                keys = _different(old[name], new[name])
                found.append(CaseChange(kind, name, "changed", keys))
    if before.ratings != after.ratings:
        found.append(CaseChange("ratings", after.name, "changed", ()))
    return tuple(found)


def _name_of(record: Any) -> str:
    if isinstance(record, Positions):
        return record.point
    name: str = record.actor if isinstance(record, Preferences) else record.id
    return name


def _different(before: object, after: object) -> tuple[str, ...]:
    fields: dict[str, object] = getattr(type(before), "model_fields", {})
    return tuple(key for key in fields if getattr(before, key) != getattr(after, key))
