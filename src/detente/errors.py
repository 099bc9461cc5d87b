"""What went wrong, and where: the root of every error that Détente raises on purpose.

::

    DetenteError
    ├── CaseError      a case folder that cannot be read: carries every problem found
    └── RequestError   a request that the case cannot answer, such as an unknown draft
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["CaseError", "DetenteError", "Problem", "RequestError"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in one place of one file.

    Parameters
    ----------
    file
        Path of the file as the user would type it; a folder where no file can be named.
    line, column
        Place of the fault, counted from 1; 0 where the fault has no place inside the file.
    code
        Stable name of the kind of fault, such as ``unknown-point``.
    message
        One sentence: what was found and what would be right.

    Examples
    --------
    >>> str(Problem("points.yaml", 3, 5, "unknown-key", "Unknown key 'titel'."))
    "points.yaml:3:5: Unknown key 'titel'."
    """

    file: str
    line: int
    column: int
    code: str
    message: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", _shown(self.message))

    def __str__(self) -> str:
        if not self.line:
            return f"{self.file}: {self.message}"
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


def _shown(message: str) -> str:
    """The message on one line of bearable length, nothing in it that steers a terminal."""
    parts = (
        char
        if char.isprintable() and unicodedata.bidirectional(char) not in _STEERING
        else f"\\u{ord(char):04x}"
        for char in message[: 2 * _LONGEST]
    )
    line = "".join(parts)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST // 2]} … {line[-_LONGEST // 2 :]}"


_LONGEST = 300
_STEERING = frozenset(["LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"])


class DetenteError(Exception):
    """The root of all errors that a user can cause and can mend."""


class CaseError(DetenteError):
    """A case that cannot be used as it stands.

    Parameters
    ----------
    problems
        All faults found, not only the first.

    Examples
    --------
    >>> faults = [Problem("b.yaml", 2, 1, "x", "Second."), Problem("a.yaml", 1, 1, "x", "First.")]
    >>> print(CaseError(faults))
    a.yaml:1:1: First.
    b.yaml:2:1: Second.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class RequestError(DetenteError):
    """A request that names something the case does not have, or that makes no sense for it."""
