"""Reading a scenario of whatever format from its folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from detente.errors import CaseError, Problem, RequestError
from detente.formats import genius, geniusweb, negmas, negolog
from detente.formats.files import File, case_file, read_text, scenario_files
from detente.formats.node import json_node, yaml_node
from detente.formats.parts import Part, Role, collected
from detente.formats.scenario import Scenario
from detente.text import xml
from detente.text.nearest import suggest

__all__ = ["FORMATS", "SCALES", "Format", "is_scenario", "read_scenario"]

SCALES = ("format", "as-written")
"""On the scale that the format defines, or the numbers multiplied and added as they stand."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name, the syntax of its files, and the functions that know it."""

    name: str
    kinds: tuple[str, ...]
    words: tuple[str, ...]
    recognise: Callable[[Any], Role | None]
    read: Callable[[Path, Sequence[Part[Any]], str], Scenario]


FORMATS: tuple[Format, ...] = (
    Format(
        genius.FORMAT,
        ("xml",),
        ("<negotiation_template", "<utility_space"),
        genius.recognise,
        genius.read,
    ),
    Format(
        geniusweb.FORMAT,
        ("json",),
        ('"issuesValues"', '"issueUtilities"'),
        geniusweb.recognise,
        geniusweb.read,
    ),
    Format(
        negolog.FORMAT,
        ("json",),
        ('"issueWeights"',),
        negolog.recognise,
        negolog.read,
    ),
    Format(
        negmas.FORMAT,
        ("yaml", "json"),
        ("OutcomeSpace", "UtilityFunction", "DiscountedUFun"),
        negmas.recognise,
        negmas.read,
    ),
)
"""Every format that can be read, and words that its files hold near their start."""


def is_scenario(folder: Path) -> bool:
    """Return whether a folder looks like a scenario; a quick look, which reads no file whole.

    Examples
    --------
    >>> is_scenario(Path("no/such/folder"))
    False
    """
    if not folder.is_dir() or case_file(folder):
        return False
    try:
        files, _ = scenario_files(folder)
    except CaseError:
        return False
    return any(_looks_right(file) for file in files)


def _looks_right(file: File) -> bool:
    words = [word for form in FORMATS if file.kind in form.kinds for word in form.words]
    head = file.head()
    return any(word in head for word in words)


def read_scenario(folder: Path, scale: str = "format") -> Scenario:
    """Return the scenario in ``folder``, its format recognised by what the files hold.

    Parameters
    ----------
    folder
        Folder with the files of one scenario, and of no other.
    scale
        ``format`` for utilities as the format defines them; ``as-written`` for the numbers
        multiplied and added as they stand, which differs for Genius XML only.

    Raises
    ------
    CaseError
        With every fault found, each as ``file:line:column: sentence``.
    RequestError
        If there is no such scale.

    Examples
    --------
    >>> import tempfile
    >>> party = '{"issueWeights": {"price": 1}, "issues": {"price": {"low": 0.3, "high": 1}}}'
    >>> with tempfile.TemporaryDirectory() as name:
    ...     _ = Path(name, "profileA.json").write_text(party)
    ...     scenario = read_scenario(Path(name))
    >>> scenario.format, scenario.profiles[0].utilities
    ('NegoLog JSON', ((Fraction(3, 10), Fraction(1, 1)),))
    """
    if scale not in SCALES:
        message = f"There is no scale '{scale}'{suggest(scale, SCALES)}"
        raise RequestError(message)
    case = case_file(folder)
    if case:
        message = "This is a case, not a scenario of another program; open it as a case."
        raise CaseError([Problem(str(case), 0, 0, "scenario-kind", message)])
    files, others = scenario_files(folder)
    parts: dict[str, list[Part[Any]]] = {}
    skipped: list[str] = list(others)
    problems: list[Problem] = []
    for file in files:
        with collected(problems):
            found = _recognised(file)
            if found:
                form, part = found
                parts.setdefault(form.name, []).append(part)
            else:
                skipped.append(file.path.name)
    if problems:
        raise CaseError(problems)
    form = _only_format(folder, parts, skipped)
    scenario = form.read(folder, parts[form.name], scale)
    return replace(scenario, notes=(*scenario.notes, *_skipped_note(skipped)))


def _recognised(file: File) -> tuple[Format, Part[Any]] | None:
    """The format of a file and its part in a scenario; None if it has none."""
    text = read_text(file)
    content: Any
    if file.kind == "xml":
        if not text.lstrip().startswith("<"):
            return None
        content = xml.parse(text, file.name)
    elif file.kind == "json":
        content = json_node(text, file.name)
    else:
        negmas.refuse_mappings(text, file.name)
        content = yaml_node(text, file.name)
    for form in FORMATS:
        role = form.recognise(content) if file.kind in form.kinds else None
        if role:
            return form, Part(role, file.path, content)
    return None


def _only_format(folder: Path, parts: dict[str, list[Part[Any]]], skipped: Sequence[str]) -> Format:
    if not parts:
        message = "The folder has no file of a scenario that can be read"
        message += f"; skipped: {_listed(skipped)}." if skipped else "; it is empty."
        raise CaseError([Problem(str(folder), 0, 0, "scenario-kind", message)])
    if len(parts) > 1:
        named = (f"{name} ('{found[0].path.name}')" for name, found in parts.items())
        message = f"The folder mixes formats: {' and '.join(named)}; keep one of them."
        raise CaseError([Problem(str(folder), 0, 0, "scenario-kind", message)])
    return next(form for form in FORMATS if form.name in parts)


def _skipped_note(skipped: Sequence[str]) -> tuple[str, ...]:
    return (f"Not part of the scenario, and skipped: {_listed(skipped)}.",) if skipped else ()


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in sorted(names)[:8])
    return f"{shown} and {len(names) - 8} more" if len(names) > 8 else shown
