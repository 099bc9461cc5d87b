"""What a reader of one kind of file finds in it, and how much it may find."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

__all__ = ["LARGEST", "Extract"]

LARGEST = 20_000_000
"""Bytes of a file, and characters of its text, that are still read."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader of one kind of file finds.

    Parameters
    ----------
    date
        The day on which it says that it was published.
    made
        The day on which the file was made, which counts where the text states none.
    notes
        What the reader of the text should know, as tracked changes that were taken as accepted.
    """

    text: str
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    date: datetime.date | None = None
    made: datetime.date | None = None
    notes: tuple[str, ...] = ()
