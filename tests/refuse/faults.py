"""How a table of bad input is written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from case.minimal import MINIMAL

__all__ = ["Fault", "Refuses", "edited"]


class Fault(NamedTuple):
    """A fault as it must be told: file inside the case, place, and words of the sentence.

    Line 0 stands for a fault without a place inside its file, and then no place may be told.
    """

    file: str
    line: int
    column: int
    words: str


Refuses = Callable[[Path, list[Fault]], None]


def edited(file: str, old: str, new: str, *more: tuple[str, str]) -> Mapping[str, str]:
    """Return one file of the minimal case with passages exchanged, each of which must be there."""
    text = MINIMAL[f"{file}.yaml"]
    for before, after in ((old, new), *more):
        assert before in text, f"{before!r} does not stand in {file}.yaml"
        text = text.replace(before, after, 1)
    return {file: text}
