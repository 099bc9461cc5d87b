"""GeniusWeb JSON: a domain file, and one linear additive utility space per party.

The utilities of values lie under ``discreteutils`` or ``DiscreteValueSetUtilities``, those of a
range of numbers under ``numberutils`` or ``NumberValueSetUtilities``, as the libraries that write
them differ. A reservation is stated as a package that is as good as no agreement.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from detente.errors import CaseError, Problem, RequestError
from detente.formats.node import Node
from detente.formats.parts import (
    LARGEST_ISSUE,
    MOST_PROBLEMS,
    Part,
    Role,
    add_issue,
    check_issues,
    check_weights,
    collected,
    domain_of,
    no_value,
    profiles_of,
    read_profiles,
)
from detente.formats.plain import check_plain, file_stems, line_through, plain_rows
from detente.formats.scenario import Issue, Profile, Scenario, utility
from detente.text.decimals import write_decimal
from detente.text.json import dump
from detente.text.nearest import suggest

__all__ = ["FORMAT", "by_name", "read", "recognise", "texts", "values_of"]

FORMAT = "GeniusWeb JSON"
_SCALE_NOTE = "Utilities are weights times utilities of values as written, the only scale there is."

_LINEAR = "LinearAdditiveUtilitySpace"
_DISCRETE = ("discreteutils", "DiscreteValueSetUtilities")
_NUMBERS = ("numberutils", "NumberValueSetUtilities")


def recognise(top: Node) -> Role | None:
    """Return which part of a scenario the document is; None if it is something else.

    Examples
    --------
    >>> from detente.formats.node import json_node
    >>> recognise(json_node('{"issuesValues": {}}', "a.json"))
    'domain'
    """
    if top.find("issuesValues"):
        return "domain"
    if not isinstance(top.data, dict):
        return None
    spaces = ("UtilitySpace", "Profile", "Ordering")
    return "profile" if any(key.endswith(spaces) for key in top.data) else None


def read(folder: Path, parts: Sequence[Part[Node]], scale: str) -> Scenario:
    """Return the scenario in these files; both scales are the same here.

    Raises
    ------
    CaseError
        With every fault found.
    """
    issues = _read_domain(domain_of(folder, parts).content)
    profiles, notes = read_profiles(
        profiles_of(folder, parts), lambda part: _read_profile(part, issues, scale)
    )
    name = folder.resolve().name
    return Scenario(name, FORMAT, scale, _SCALE_NOTE, issues, profiles, notes)


def _read_domain(top: Node) -> tuple[Issue, ...]:
    nodes = top.child("issuesValues").mapping()
    issues: list[Issue] = []
    problems: list[Problem] = []
    for name, node in nodes.items():
        with collected(problems):
            add_issue(issues, _read_issue(name, node), node.problem)
    if problems:
        raise CaseError(problems)
    holders = [*nodes.values(), top]
    check_issues(issues, lambda place, *words: holders[place].problem(*words))
    return tuple(issues)


def _read_issue(name: str, node: Node) -> Issue:
    if node.find("values"):
        return Issue(name, tuple(item.label() for item in node.child("values").items()))
    if node.find("range") is None:
        message = f"The issue '{name}' has neither 'values' nor a 'range'; add one."
        raise CaseError([node.problem("scenario-issue", message)])
    limits = node.child("range").items()
    numbers = [limit.number() for limit in limits]
    if len(numbers) != 3 or numbers[0] > numbers[1] or numbers[2] <= 0:
        message = "A range is a list of its lowest and highest number and its step, above 0."
        raise CaseError([node.child("range").problem("scenario-value", message)])
    lowest, highest, step = numbers
    if (highest - lowest) / step >= LARGEST_ISSUE:
        message = f"The issue '{name}' has more than {LARGEST_ISSUE:,} values; widen its step."
        raise CaseError([node.child("range").problem("scenario-value", message)])
    count = int((highest - lowest) / step) + 1
    values = tuple(write_decimal(lowest + step * place) or "" for place in range(count))
    return Issue(name, values, integer=step == 1 and lowest.denominator == 1)


def _read_profile(
    part: Part[Node], issues: tuple[Issue, ...], scale: str
) -> tuple[Profile, tuple[str, ...]]:
    space = _space(part.content)
    problems: list[Problem] = []
    if space.find("domain"):
        with collected(problems):
            if _read_domain(space.child("domain")) != issues:
                message = "The profile is about another domain than the folder's; keep one."
                raise CaseError([space.child("domain").problem("scenario-domain", message)])
    if problems:
        raise CaseError(problems)
    notes: tuple[str, ...] = ()
    weights: tuple[Fraction, ...] = ()
    with collected(problems):
        holder = space.child("issueWeights")
        weights = tuple(node.number() for node in by_name(holder, issues, "scenario-weight"))
        notes = check_weights(weights, scale, holder.problem)
    rows: list[tuple[Fraction, ...]] = []
    with collected(problems):
        for issue, node in zip(
            issues, by_name(space.child("issueUtilities"), issues, "scenario-issue"), strict=True
        ):
            with collected(problems):
                rows.append(_read_utilities(issue, node))
    package: tuple[int, ...] | None = None
    with collected(problems):
        package = _reservation_package(space, issues)
    if problems:
        raise CaseError(problems)
    utilities = tuple(
        tuple(weight * value for value in row) for weight, row in zip(weights, rows, strict=True)
    )
    profile = Profile(part.path.stem, utilities)
    if package is not None:
        worth = utility(profile, package)
        profile = Profile(profile.name, utilities, reservation=worth, reservation_package=package)
    return profile, tuple(f"'{profile.name}': {note[:1].lower()}{note[1:]}" for note in notes)


def _space(top: Node) -> Node:
    found = top.find(_LINEAR)
    if found is None:
        kind = next(iter(top.mapping()))
        message = f"Profiles of the kind '{kind}' are not read; '{_LINEAR}' is."
        raise CaseError([top.key_problem(kind, "scenario-kind", message)])
    return found


def by_name(holder: Node, issues: Sequence[Issue], code: str) -> list[Node]:
    """Return what a mapping holds for each issue, in the order of the issues.

    Raises
    ------
    CaseError
        If an issue is missing there, or one is not of the domain.
    """
    found = holder.mapping()
    names = [issue.name for issue in issues]
    problems = []
    for name in sorted(found.keys() - set(names))[:MOST_PROBLEMS]:
        message = f"The domain has no issue '{name}'{suggest(name, names)}"
        problems.append(holder.key_problem(name, code, message))
    for name in names:
        if name not in found:
            problems.append(holder.problem(code, f"The issue '{name}' is missing here; add it."))
    if problems:
        raise CaseError(problems)
    return [found[name] for name in names]


def _read_utilities(issue: Issue, node: Node) -> tuple[Fraction, ...]:
    for key in _DISCRETE:
        if node.find(key):
            return values_of(issue, node.child(key).child("valueUtilities"))
    for key in _NUMBERS:
        if node.find(key):
            return _line(issue, node.child(key))
    message = f"The utilities of '{issue.name}' are of no known kind; 'discreteutils' is one."
    raise CaseError([node.problem("scenario-kind", message)])


def values_of(issue: Issue, holder: Node) -> tuple[Fraction, ...]:
    """Return the number that a mapping holds for each value of an issue.

    Raises
    ------
    CaseError
        If a value is missing there, or one is not of the issue, or is no number.
    """
    found = holder.mapping()
    problems: list[Problem] = []
    for value in sorted(found.keys() - set(issue.values))[:MOST_PROBLEMS]:
        problems.append(holder.key_problem(value, "scenario-value", no_value(issue, value)))
    row = []
    unknown = bool(problems)
    for value in issue.values:
        if value not in found:
            if not unknown and len(problems) < MOST_PROBLEMS:
                message = f"The value '{value}' of '{issue.name}' has no utility; add it."
                problems.append(holder.problem("scenario-value", message))
            continue
        with collected(problems):
            row.append(found[value].number())
    if problems:
        raise CaseError(problems)
    return tuple(row)


def _line(issue: Issue, node: Node) -> tuple[Fraction, ...]:
    """The utilities of a range of numbers, on the line between those of its two ends."""
    keys = ("lowValue", "highValue", "lowUtility", "highUtility")
    low, high, low_utility, high_utility = (node.child(key).number() for key in keys)
    try:
        numbers = [Fraction(value) for value in issue.values]
    except ValueError:
        message = f"The values of '{issue.name}' are no numbers; give each its utility."
        raise CaseError([node.problem("scenario-kind", message)]) from None
    if low >= high:
        if len(numbers) == 1:
            return (low_utility,)
        message = "'lowValue' must be less than 'highValue'."
        raise CaseError([node.problem("scenario-value", message)])
    slope = (high_utility - low_utility) / (high - low)
    return tuple(low_utility + slope * (number - low) for number in numbers)


def _reservation_package(space: Node, issues: Sequence[Issue]) -> tuple[int, ...] | None:
    bid = space.find("reservationBid")
    if bid is None or bid.data is None:
        return None
    values = by_name(bid.child("issuevalues"), issues, "scenario-issue")
    places = []
    for issue, node in zip(issues, values, strict=True):
        shown = node.label()
        if shown not in issue.values:
            raise CaseError([node.problem("scenario-value", no_value(issue, shown))])
        places.append(issue.values.index(shown))
    return tuple(places)


# --- writing --------------------------------------------------------------------------------------


def texts(scenario: Scenario) -> dict[str, str]:
    """Return the files that hold the scenario, by name.

    Raises
    ------
    RequestError
        If the format cannot hold it.
    """
    domain = {
        "name": scenario.name,
        "issuesValues": {issue.name: _domain_values(issue) for issue in scenario.issues},
    }
    files = {"domain.json": dump(domain)}
    stems = file_stems(scenario, ".json", "domain")
    for stem, profile in zip(stems, scenario.profiles, strict=True):
        files[f"{stem}.json"] = dump({_LINEAR: _space_data(scenario, profile, domain)})
    return files


def _domain_values(issue: Issue) -> object:
    if issue.integer:
        return {"range": [issue.values[0], issue.values[-1], "1"]}
    return {"values": list(issue.values)}


def _space_data(scenario: Scenario, profile: Profile, domain: object) -> dict[str, object]:
    check_plain(FORMAT, profile)
    if profile.reservation is not None and profile.reservation_package is None:
        message = (
            f"{FORMAT} states a reservation as a package, and '{profile.name}' has only a number."
        )
        raise RequestError(message)
    weights, rows = plain_rows(FORMAT, scenario, profile)
    names = [issue.name for issue in scenario.issues]
    utilities = [
        _utilities_data(profile, issue, row)
        for issue, row in zip(scenario.issues, rows, strict=True)
    ]
    space: dict[str, object] = {
        "name": profile.name,
        "domain": domain,
        "issueWeights": dict(zip(names, weights, strict=True)),
        "issueUtilities": dict(zip(names, utilities, strict=True)),
    }
    if profile.reservation_package is not None:
        pairs = zip(scenario.issues, profile.reservation_package, strict=True)
        values = {issue.name: issue.values[place] for issue, place in pairs}
        space["reservationBid"] = {"issuevalues": values}
    return space


def _utilities_data(
    profile: Profile, issue: Issue, row: Sequence[Fraction]
) -> dict[str, dict[str, object]]:
    if not issue.integer:
        return {_DISCRETE[0]: {"valueUtilities": dict(zip(issue.values, row, strict=True))}}
    line_through(FORMAT, profile, issue, row)
    ends = {
        "lowValue": Fraction(issue.values[0]),
        "highValue": Fraction(issue.values[-1]),
        "lowUtility": row[0],
        "highUtility": row[-1],
    }
    return {_NUMBERS[0]: dict(ends)}
