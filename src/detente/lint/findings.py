"""One finding, with its place and the norms that it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Finding", "Mark", "Silenced", "the_norms"]

Mark = tuple[str, int, int]
"""File, line and column, counted from 1."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the norms that a reader should look at before signing.

    Parameters
    ----------
    code
        A key of :data:`detente.lint.codes.CODES`.
    norms
        Ids of all norms concerned, the one at whose place it stands first.
    clauses
        For what follows from several clauses together: each of them in words, with its place.
    """

    code: str
    message: str
    file: str
    line: int
    column: int
    norms: tuple[str, ...]
    clauses: tuple[tuple[Mark, str], ...] = ()

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """By place, then by code."""
        return (self.file, self.line, self.column, self.code, self.message)


@dataclass(frozen=True, slots=True)
class Silenced:
    """A finding that a norm asks not to be told again, and why."""

    finding: Finding
    norm: str
    reason: str


def the_norms(names: Iterable[str]) -> str:
    """Return ids in quotes as one phrase.

    Examples
    --------
    >>> the_norms(["a"]), the_norms(["a", "b", "c"])
    ("'a'", "'a', 'b' and 'c'")
    """
    every = [f"'{name}'" for name in names]
    return every[0] if len(every) == 1 else f"{', '.join(every[:-1])} and {every[-1]}"
