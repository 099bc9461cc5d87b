"""The example cases that come with the package."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from detente.errors import RequestError
from detente.text.nearest import suggest

__all__ = ["example_folder", "example_names"]


def _root() -> Path:
    return Path(str(files("detente"))) / "examples"


def example_names() -> tuple[str, ...]:
    """Return the names of the shipped examples.

    Examples
    --------
    >>> "ukraine-2025" in example_names()
    True
    """
    return tuple(sorted(path.parent.name for path in _root().glob("*/case.yaml")))


def example_folder(name: str) -> Path:
    """Return the folder of a shipped example.

    Raises
    ------
    RequestError
        If there is no such example.

    Examples
    --------
    >>> example_folder("ukrane-2025")
    Traceback (most recent call last):
    detente.errors.RequestError: There is no example 'ukrane-2025'; did you mean 'ukraine-2025'?
    """
    if name not in example_names():
        raise RequestError(f"There is no example '{name}'{suggest(name, example_names())}")
    return _root() / name
