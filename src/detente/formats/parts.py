"""What all formats share: the files of a scenario by their part, weights, and what to note."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Generic, Literal, TypeVar

from detente.errors import CaseError, Problem
from detente.formats.scenario import Issue, Profile
from detente.text.nearest import suggest

__all__ = [
    "LARGEST_ISSUE",
    "MOST_PROBLEMS",
    "TOLERATED",
    "Part",
    "Role",
    "add_issue",
    "check_issues",
    "check_weights",
    "collected",
    "domain_of",
    "no_value",
    "notes_on",
    "profiles_of",
    "read_profiles",
    "shown",
]

Role = Literal["domain", "profile"]

LARGEST_ISSUE = 100_000
"""The most values that an issue may have."""

TOLERATED = Fraction(5, 100)
"""How far the sum of weights may be from one."""
_ROUNDING = Fraction(1, 10**6)

_MOST_ISSUES = 2_000
_MOST_VALUES = 1_000_000
_SUGGESTED = 500

MOST_PROBLEMS = 20
"""After so many unknown names in one place the rest goes unsaid."""

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Part(Generic[C]):
    """One file of a scenario: what it holds, where it lies, and its content."""

    role: Role
    path: Path
    content: C


@contextmanager
def collected(problems: list[Problem]) -> Iterator[None]:
    """Go on after a fault, and remember it."""
    try:
        yield
    except CaseError as error:
        problems.extend(error.problems)


def domain_of(folder: Path, parts: Sequence[Part[C]]) -> Part[C]:
    """Return the one domain of the folder.

    Raises
    ------
    CaseError
        If there is none, or another.
    """
    found = [part for part in parts if part.role == "domain"]
    if not found:
        message = "The folder has profiles but no domain; add the file that lists the issues."
        raise CaseError([Problem(str(folder), 0, 0, "scenario-domain", message)])
    if len(found) > 1:
        names = " and ".join(f"'{part.path.name}'" for part in found[:2])
        message = f"The folder has two domains, {names}; keep one scenario in a folder."
        raise CaseError([Problem(str(found[1].path), 0, 0, "scenario-domain", message)])
    return found[0]


def profiles_of(folder: Path, parts: Sequence[Part[C]]) -> tuple[Part[C], ...]:
    """Return the profiles of the folder, of which there must be one, none of the same name.

    Raises
    ------
    CaseError
        If there is no profile, or two that differ in their file's ending only.
    """
    found = tuple(part for part in parts if part.role == "profile")
    if not found:
        message = "The folder has a domain but no profile; add one file for each party."
        raise CaseError([Problem(str(folder), 0, 0, "scenario-profile", message)])
    stems: set[str] = set()
    for part in found:
        if part.path.stem in stems:
            message = f"Two profiles are called '{part.path.stem}'; rename one of the files."
            raise CaseError([Problem(str(part.path), 0, 0, "scenario-profile", message)])
        stems.add(part.path.stem)
    return found


def check_issues(issues: Sequence[Issue], problem: Callable[[int, str, str], Problem]) -> None:
    """Check that names differ and nothing is empty; ``problem`` says where an issue stands.

    Raises
    ------
    CaseError
        With all faults found.
    """
    problems = []
    names: set[str] = set()
    for place, issue in enumerate(issues):
        if not issue.name:
            problems.append(problem(place, "scenario-issue", "This issue has no name; name it."))
        if issue.name in names:
            message = f"Two issues are called '{issue.name}'; rename one."
            problems.append(problem(place, "scenario-issue", message))
        names.add(issue.name)
        if not issue.values:
            message = f"The issue '{issue.name}' has no values; list at least one."
            problems.append(problem(place, "scenario-value", message))
        if len(issue.values) > LARGEST_ISSUE:
            message = f"The issue '{issue.name}' has more than {LARGEST_ISSUE:,} values."
            problems.append(problem(place, "scenario-value", message))
        seen: set[str] = set()
        for value in issue.values:
            if value in seen:
                message = f"The value '{value}' of the issue '{issue.name}' stands twice; keep one."
                problems.append(problem(place, "scenario-value", message))
            seen.add(value)
    if not issues:
        message = "The domain has no issues; list at least one."
        problems.append(problem(-1, "scenario-domain", message))
    if problems:
        raise CaseError(problems)


def add_issue(issues: list[Issue], issue: Issue, problem: Callable[[str, str], Problem]) -> None:
    """Append an issue to those of the domain, unless it grows beyond all bounds.

    Raises
    ------
    CaseError
        If there are more than 2,000 issues or a million values.
    """
    if len(issues) == _MOST_ISSUES:
        message = f"The domain has more than {_MOST_ISSUES:,} issues, which is surely a mistake."
        raise CaseError([problem("scenario-domain", message)])
    if sum(len(each.values) for each in issues) + len(issue.values) > _MOST_VALUES:
        message = f"The domain has more than {_MOST_VALUES:,} values, which is surely a mistake."
        raise CaseError([problem("scenario-domain", message)])
    issues.append(issue)


def no_value(issue: Issue, value: str) -> str:
    """Return the sentence that says that the issue has no such value."""
    near = suggest(value, issue.values) if len(issue.values) <= _SUGGESTED else "."
    return f"The issue '{issue.name}' has no value '{value}'{near}"


def check_weights(
    weights: Sequence[Fraction], scale: str, problem: Callable[[str, str], Problem]
) -> tuple[str, ...]:
    """Return a note if the weights do not sum to one.

    Raises
    ------
    CaseError
        If one is negative, or all are zero, or the sum is off by more than 0.05 on the scale of
        a format, all of which define weights that sum to one.
    """
    total = sum(weights, Fraction(0))
    if any(weight < 0 for weight in weights):
        raise CaseError([problem("scenario-weight", "A weight is negative; write at least 0.")])
    if total == 0:
        raise CaseError([problem("scenario-weight", "All weights are 0; weigh at least one.")])
    sentence = f"The weights of this profile sum to {shown(total)}; they should sum to 1."
    if abs(total - 1) > TOLERATED and scale == "format":
        raise CaseError([problem("scenario-weight", sentence)])
    return (sentence,) if abs(total - 1) > _ROUNDING else ()


def shown(number: Fraction) -> str:
    """Return a number in at most six significant digits, for a sentence."""
    return f"{float(number):.6g}"


def notes_on(profile: Profile) -> Iterator[str]:
    """Yield what is to be said of a profile in every format."""
    if profile.reservation is None:
        yield f"'{profile.name}' states no reservation value, which is not the same as zero."
    if profile.discount is not None and profile.discount != 1:
        factor = shown(profile.discount)
        yield f"'{profile.name}' has a discount factor of {factor}, which is not applied."


def read_profiles(
    parts: Sequence[Part[C]], read: Callable[[Part[C]], tuple[Profile, Sequence[str]]]
) -> tuple[tuple[Profile, ...], tuple[str, ...]]:
    """Return the profiles of several files, and what is to be noted about them.

    Parameters
    ----------
    read
        Reads one file; returns its profile and notes.

    Raises
    ------
    CaseError
        With every fault found in any of them.
    """
    profiles: list[Profile] = []
    notes: list[str] = []
    problems: list[Problem] = []
    for part in parts:
        with collected(problems):
            profile, found = read(part)
            profiles.append(profile)
            notes.extend((*found, *notes_on(profile)))
    if problems:
        raise CaseError(problems)
    return tuple(profiles), tuple(notes)
