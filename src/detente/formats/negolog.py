"""NegoLog JSON: one file per party with weights, utilities of values, and a reservation value.

There is no domain file: the first profile says what the issues are, and the others must agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from detente.errors import CaseError, Problem, RequestError
from detente.formats.geniusweb import by_name, values_of
from detente.formats.node import Node
from detente.formats.parts import (
    Part,
    Role,
    add_issue,
    check_issues,
    check_weights,
    collected,
    profiles_of,
    read_profiles,
)
from detente.formats.plain import check_plain, decimal, plain_rows
from detente.formats.scenario import Issue, Profile, Scenario
from detente.text.json import dump

__all__ = ["FORMAT", "read", "recognise", "texts"]

FORMAT = "NegoLog JSON"

_SCALE_NOTE = "Utilities are weights times utilities of values as written, the only scale there is."
_FILES = ("profileA.json", "profileB.json")


def recognise(top: Node) -> Role | None:
    """Return ``profile`` if the document is one; None if it is something else.

    Examples
    --------
    >>> from detente.formats.node import json_node
    >>> recognise(json_node('{"issueWeights": {}, "issues": {}}', "a.json"))
    'profile'
    """
    return "profile" if top.find("issueWeights") and top.find("issues") else None


def read(folder: Path, parts: Sequence[Part[Node]], scale: str) -> Scenario:
    """Return the scenario in these files; both scales are the same here.

    Raises
    ------
    CaseError
        With every fault found.
    """
    files = profiles_of(folder, parts)
    issues = _read_issues(files[0].content)
    profiles, notes = read_profiles(files, lambda part: _read_profile(part, issues, scale))
    name = folder.resolve().name
    return Scenario(name, FORMAT, scale, _SCALE_NOTE, issues, profiles, notes)


def _read_issues(top: Node) -> tuple[Issue, ...]:
    nodes = top.child("issues").mapping()
    issues: list[Issue] = []
    for name, node in nodes.items():
        add_issue(issues, Issue(name, tuple(node.mapping())), node.problem)
    holders = [*nodes.values(), top]
    check_issues(issues, lambda place, *words: holders[place].problem(*words))
    return tuple(issues)


def _read_profile(
    part: Part[Node], issues: tuple[Issue, ...], scale: str
) -> tuple[Profile, tuple[str, ...]]:
    top = part.content
    problems: list[Problem] = []
    notes: tuple[str, ...] = ()
    weights: tuple[Fraction, ...] = ()
    with collected(problems):
        holder = top.child("issueWeights")
        weights = tuple(node.number() for node in by_name(holder, issues, "scenario-weight"))
        notes = check_weights(weights, scale, holder.problem)
    rows: list[tuple[Fraction, ...]] = []
    with collected(problems):
        nodes = by_name(top.child("issues"), issues, "scenario-issue")
        for issue, node in zip(issues, nodes, strict=True):
            with collected(problems):
                rows.append(values_of(issue, node))
    stated = top.find("reservationValue")
    reservation: Fraction | None = None
    with collected(problems):
        reservation = stated.number() if stated and stated.data is not None else None
    if problems:
        raise CaseError(problems)
    utilities = tuple(
        tuple(weight * value for value in row) for weight, row in zip(weights, rows, strict=True)
    )
    name = part.path.stem
    profile = Profile(name, utilities, reservation=reservation)
    return profile, tuple(f"'{name}': {note[:1].lower()}{note[1:]}" for note in notes)


def texts(scenario: Scenario) -> dict[str, str]:
    """Return the files that hold the scenario, by name; NegoLog names the parties A and B.

    Raises
    ------
    RequestError
        If the format cannot hold it.
    """
    if len(scenario.profiles) != len(_FILES):
        message = f"{FORMAT} holds two parties; the scenario has {len(scenario.profiles)}."
        raise RequestError(message)
    for issue in scenario.issues:
        if issue.integer:
            message = f"{FORMAT} has no integer issues, and '{issue.name}' is one."
            raise RequestError(message)
    pairs = zip(_FILES, scenario.profiles, strict=True)
    return {name: dump(_data(scenario, profile)) for name, profile in pairs}


def _data(scenario: Scenario, profile: Profile) -> dict[str, object]:
    check_plain(FORMAT, profile)
    weights, rows = plain_rows(FORMAT, scenario, profile)
    data: dict[str, object] = {}
    if profile.reservation is not None:
        decimal(FORMAT, profile.reservation, f"the reservation of '{profile.name}'")
        data["reservationValue"] = profile.reservation
    names = [issue.name for issue in scenario.issues]
    data["issueWeights"] = dict(zip(names, weights, strict=True))
    data["issues"] = {
        issue.name: dict(zip(issue.values, row, strict=True))
        for issue, row in zip(scenario.issues, rows, strict=True)
    }
    return data
