"""The name that was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

__all__ = ["suggest"]


def suggest(found: str, known: Iterable[str]) -> str:
    """Return the words that follow a fault about an unknown name.

    The nearest known name if one is near (similarity of at least 0.6 after Ratcliff and Obershelp,
    as in :mod:`difflib`), else all of them if they are few, else nothing.

    Examples
    --------
    >>> suggest("ukrane", ["ukraine", "russia"])
    "; did you mean 'ukraine'?"
    >>> suggest("xyz", ["yes", "no"])
    "; known are 'no', 'yes'."
    >>> suggest("xyz", [])
    '; none is defined.'
    """
    names = sorted(set(known))
    if not names:
        return "; none is defined."
    near = difflib.get_close_matches(found, names, n=1, cutoff=0.6)
    if near:
        return f"; did you mean '{near[0]}'?"
    if len(names) <= 8:
        return "; known are " + ", ".join(f"'{name}'" for name in names) + "."
    return "."
