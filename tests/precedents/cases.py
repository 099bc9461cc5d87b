"""A made-up case whose points have topics of all kinds."""

from __future__ import annotations

from pathlib import Path

from case.minimal import write_case
from detente.case.case import Case
from detente.case.load import load

__all__ = ["case_folder", "read_case"]

_TOPICS = {
    "truce": "pax/CeProv",
    "border": "pax/StBor",
    "vote": "pax/Ele",
    "river": "pax/Wat",
    "soldiers": "own/force-cap",
    "punishments": "own/sanctions",
    "typo": "pax/Elle",
}


def _point(name: str, topic: str | None) -> str:
    told = f"  topic: {topic}\n" if topic else ""
    return (
        f"- id: {name}\n  title: The {name}\n{told}  status_quo: none\n"
        "  options:\n    - {id: none, text: Nothing}\n    - {id: some, text: Something}\n"
    )


def case_folder(folder: Path) -> Path:
    """Write a case of two drafts: one fills four points, one fills the untold one alone."""
    points = {**_TOPICS, "untold": None}
    first = dict.fromkeys(points, "absent")
    first |= {"truce": "some", "border": "{open: [none, some]}", "soldiers": "some"}
    first |= {"river": "unknown", "vote": "none"}
    second = dict.fromkeys(points, "absent") | {"untold": "some"}
    drafts = "".join(
        f"- id: {name}\n  takes:\n"
        + "".join(f"    {point}: {taken}\n" for point, taken in takes.items())
        for name, takes in (("first", first), ("second", second))
    )
    return write_case(
        folder,
        points="".join(_point(name, topic) for name, topic in points.items()),
        drafts=drafts,
        statements=None,
        ratings=None,
    )


def read_case(folder: Path) -> Case:
    return load(case_folder(folder))
