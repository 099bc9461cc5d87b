"""Writing a scenario as a folder in one of the formats."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from detente.errors import RequestError
from detente.formats import genius_write, geniusweb, negmas_write, negolog
from detente.formats.genius import FORMAT as GENIUS
from detente.formats.negmas import FORMAT as NEGMAS
from detente.formats.scenario import Scenario
from detente.text.files import new_folder
from detente.text.nearest import suggest

__all__ = ["WRITERS", "write_scenario"]

WRITERS: dict[str, Callable[[Scenario], dict[str, str]]] = {
    GENIUS: genius_write.texts,
    geniusweb.FORMAT: geniusweb.texts,
    negolog.FORMAT: negolog.texts,
    NEGMAS: negmas_write.texts,
}
"""For each format, the function that gives the text of every file."""


def write_scenario(scenario: Scenario, folder: Path, form: str) -> None:
    """Write the scenario as a new folder; reading it back gives the same numbers.

    Names of parties become names of files, numbered where sorting them would change the order of
    the parties; NegoLog calls the two ``profileA`` and ``profileB``. A discount factor of 1 and
    the package behind a reservation are written where the format has a place for them.

    Parameters
    ----------
    scenario
        What is written.
    folder
        Where to; made if it is missing, and empty if it is there.
    form
        Name of the format, such as ``Genius XML``.

    Raises
    ------
    RequestError
        If there is no such format, it cannot hold the scenario exactly, or the folder is not
        empty or cannot be written. Nothing is left behind then.

    Examples
    --------
    >>> import tempfile
    >>> from fractions import Fraction
    >>> from detente.formats.read import read_scenario
    >>> from detente.formats.scenario import Issue, Profile
    >>> price = Issue("price", ("low", "high"))
    >>> buyer = Profile("buyer", ((Fraction(1), Fraction(1, 3)),))
    >>> scenario = Scenario("sale", "", "", "", (price,), (buyer,))
    >>> with tempfile.TemporaryDirectory() as home:
    ...     write_scenario(scenario, Path(home, "sale"), "Genius XML")
    ...     read_scenario(Path(home, "sale")).profiles[0].utilities
    ((Fraction(1, 1), Fraction(1, 3)),)
    """
    if form not in WRITERS:
        message = f"There is no format '{form}'{suggest(form, WRITERS)}"
        raise RequestError(message)
    try:
        _write(WRITERS[form](scenario), folder)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "a name cannot be written as UTF-8"
        message = f"The folder '{folder}' cannot be written ({reason}); choose another."
        raise RequestError(message) from None


def _write(texts: dict[str, str], folder: Path) -> None:
    """Write the files beside the folder's place, then move them there all at once."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"'{folder}' is there already and not empty; choose another folder."
        raise RequestError(message)
    with new_folder(folder) as aside:
        for name, text in texts.items():
            (aside / name).write_bytes(text.encode())
