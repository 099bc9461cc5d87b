"""NegMAS's own folders, YAML or JSON: an outcome space, and one utility function per party.

Read as NegMAS evaluates them: weights need not sum to one, and a range of numbers in a rectangle
is open, so that its two ends lie outside. A reservation of minus infinity is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from detente.errors import CaseError, Problem
from detente.formats.node import Node, label
from detente.formats.parts import (
    LARGEST_ISSUE,
    MOST_PROBLEMS,
    Part,
    Role,
    add_issue,
    check_issues,
    collected,
    domain_of,
    no_value,
    profiles_of,
    read_profiles,
)
from detente.formats.scenario import Issue, Profile, Rectangle, Scenario, utility
from detente.text.decimals import parse_decimal
from detente.text.nearest import suggest

__all__ = ["FORMAT", "read", "recognise", "refuse_mappings"]

FORMAT = "NegMAS YAML"

_SCALE_NOTE = "Utilities are as NegMAS computes them from the numbers written, the only scale."
_OPEN = "'{}': ranges of numbers are open, as in NegMAS: their two ends lie outside."
_LISTED = ("CategoricalIssue", "DiscreteCardinalIssue", "DiscreteOrdinalIssue", "SingletonIssue")
_ADDITIVE = ("LinearAdditiveUtilityFunction", "LinearUtilityAggregationFunction")
_AFFINE = ("AffineUtilityFunction", "LinearUtilityFunction")
_CONSTANT = "ConstUtilityFunction"
_RECTANGLES = "HyperRectangleUtilityFunction"
_DISCOUNTED = ("ExpDiscountedUFun", "LinDiscountedUFun")
_ENDINGS = ("UtilityFunction", "UFun", "UtilityAggregationFunction")
_MAPPING = re.compile(r"^type: \"?(\w*MappingUtilityFunction)\b", re.MULTILINE)
_ZERO = Fraction(0)


def recognise(top: Node) -> Role | None:
    """Return which part of a scenario the document is; None if it is something else.

    Examples
    --------
    >>> from detente.formats.node import yaml_node
    >>> recognise(yaml_node("type: DiscreteCartesianOutcomeSpace", "a.yml"))
    'domain'
    """
    kind = _kind(top)
    if kind.endswith(("OutcomeSpace", "OS")):
        return "domain"
    return "profile" if kind.endswith(_ENDINGS) else None


def refuse_mappings(text: str, file: str) -> None:
    """Refuse a function that lists whole packages, before its keys puzzle the reader of YAML.

    Raises
    ------
    CaseError
        If the text is such a function.
    """
    found = _MAPPING.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        message = f"Utility functions of the type '{found[1]}' are not read."
        raise CaseError([Problem(file, line, 1, "scenario-kind", message)])


def _kind(node: Node) -> str:
    """The last word of a type, which older files write with its module."""
    found = node.find("type") or node.find("__python_class__")
    return found.data.rpartition(".")[2] if found and isinstance(found.data, str) else ""


def read(folder: Path, parts: Sequence[Part[Node]], scale: str) -> Scenario:
    """Return the scenario in these files; both scales are the same here.

    Raises
    ------
    CaseError
        With every fault found.
    """
    issues = _read_domain(domain_of(folder, parts).content)

    def read_one(part: Part[Node]) -> tuple[Profile, Sequence[str]]:
        reader = _ProfileReader(part.path.stem, issues)
        return reader.profile(part.content), reader.notes

    profiles, notes = read_profiles(profiles_of(folder, parts), read_one)
    name = folder.resolve().name
    return Scenario(name, FORMAT, scale, _SCALE_NOTE, issues, profiles, notes)


def _read_domain(top: Node) -> tuple[Issue, ...]:
    nodes = top.child("issues").items()
    problems: list[Problem] = []
    issues: list[Issue] = []
    for node in nodes:
        with collected(problems):
            add_issue(issues, _read_issue(node), node.problem)
    if problems:
        raise CaseError(problems)
    holders = [*nodes, top]
    check_issues(issues, lambda place, *words: holders[place].problem(*words))
    return tuple(issues)


def _read_issue(node: Node) -> Issue:
    name, kind = node.child("name").label(), _kind(node)
    values = node.child("values")
    if kind in _LISTED:
        return Issue(name, tuple(item.label() for item in values.items()))
    if kind != "ContiguousIssue":
        message = f"Issues of the type '{kind}' are not read; categorical and contiguous ones are."
        raise CaseError([node.problem("scenario-kind", message)])
    limits = [item.number() for item in values.items()]
    if len(limits) != 2 or any(limit.denominator != 1 for limit in limits):
        message = "The values of a contiguous issue are its lowest and highest whole number."
        raise CaseError([values.problem("scenario-value", message)])
    lowest, highest = (int(limit) for limit in limits)
    if lowest > highest or highest - lowest >= LARGEST_ISSUE:
        message = f"The issue '{name}' needs 1 to {LARGEST_ISSUE:,} values, the lowest first."
        raise CaseError([values.problem("scenario-value", message)])
    return Issue(name, tuple(str(number) for number in range(lowest, highest + 1)), integer=True)


@dataclass(frozen=True, slots=True)
class _Stated:
    """What a file says of no agreement."""

    value: Fraction | None
    package: tuple[int, ...] | None


class _ProfileReader:
    """Reads one utility function against the domain."""

    def __init__(self, name: str, issues: Sequence[Issue]) -> None:
        self.name = name
        self.issues = issues
        self.notes: list[str] = []

    def profile(self, top: Node) -> Profile:
        """Return the profile; of a discounted one what is discounted."""
        kind = _kind(top)
        if kind in _DISCOUNTED:
            inner = self.profile(top.child("ufun"))
            return self._with_reservation(self._discounted(kind, top, inner), top)
        if kind in _ADDITIVE:
            profile = self._additive(top)
        elif kind in _AFFINE:
            profile = self._affine(top)
        elif kind == _RECTANGLES:
            profile = self._rectangles(top)
        elif kind == _CONSTANT:
            profile = Profile(self.name, self._zeros(), constant=top.child("value").number())
        else:
            message = f"Utility functions of the type '{kind}' are not read."
            raise CaseError([top.problem("scenario-kind", message)])
        return self._with_reservation(profile, top)

    def _zeros(self) -> tuple[tuple[Fraction, ...], ...]:
        return tuple((_ZERO,) * len(issue.values) for issue in self.issues)

    def _discounted(self, kind: str, top: Node, inner: Profile) -> Profile:
        if kind == "ExpDiscountedUFun":
            return replace(inner, discount=top.child("discount").number())
        self.notes.append(f"'{self.name}' has a linear discount, which is not applied.")
        return inner

    def _with_reservation(self, profile: Profile, top: Node) -> Profile:
        stated = _stated(top, self.issues)
        if stated.value is not None:
            if stated.package is not None:
                self.notes.append(f"'{self.name}' states a reservation twice; the number is used.")
            return replace(profile, reservation=stated.value, reservation_package=None)
        if stated.package is not None:
            worth = utility(profile, stated.package)
            return replace(profile, reservation=worth, reservation_package=stated.package)
        return profile

    def _weights(self, top: Node, count: int) -> list[Fraction]:
        """The weights of the file, one by default; a mapping gives them by issue."""
        found = top.find("weights")
        if found is None or found.data is None:
            return [Fraction(1)] * count
        if isinstance(found.data, dict):
            nodes = [found.child(issue.name) for issue in self.issues]
        else:
            nodes = list(found.items())
        if len(nodes) != count:
            message = f"There are {len(nodes)} weights; {count} are expected."
            raise CaseError([found.problem("scenario-weight", message)])
        return [node.number() for node in nodes]

    # --- sums over issues ---

    def _additive(self, top: Node) -> Profile:
        weights = self._weights(top, len(self.issues))
        values = top.child("values")
        if isinstance(values.data, dict):
            nodes: tuple[Node, ...] = tuple(values.child(issue.name) for issue in self.issues)
        else:
            nodes = values.items()
        if len(nodes) != len(self.issues):
            message = f"There are values for {len(nodes)} issues; {len(self.issues)} are expected."
            raise CaseError([values.problem("scenario-issue", message)])
        problems: list[Problem] = []
        rows: list[tuple[Fraction, ...]] = []
        for issue, weight, node in zip(self.issues, weights, nodes, strict=True):
            with collected(problems):
                rows.append(tuple(weight * value for value in _values(issue, node)))
        if problems:
            raise CaseError(problems)
        return Profile(self.name, tuple(rows), constant=_optional(top, "bias", _ZERO))

    def _affine(self, top: Node) -> Profile:
        weights = self._weights(top, len(self.issues))
        rows = tuple(
            tuple(weight * number for number in _numbers(issue, top))
            for issue, weight in zip(self.issues, weights, strict=True)
        )
        return Profile(self.name, rows, constant=_optional(top, "bias", _ZERO))

    # --- rectangles ---

    def _rectangles(self, top: Node) -> Profile:
        nodes = top.child("outcome_ranges").items()
        utilities = top.child("utilities").items()
        weights = self._weights(top, len(nodes))
        if len(utilities) != len(nodes):
            message = f"There are {len(utilities)} utilities for {len(nodes)} ranges."
            raise CaseError([top.child("utilities").problem("scenario-value", message)])
        problems: list[Problem] = []
        rectangles: list[Rectangle] = []
        for node, worth, weight in zip(nodes, utilities, weights, strict=True):
            with collected(problems):
                ranges = () if node.data is None else self._ranges(node)
                rectangles.append(Rectangle(worth.number() * weight, ranges))
        if problems:
            raise CaseError(problems)
        constant = _optional(top, "bias", _ZERO)
        return Profile(self.name, self._zeros(), tuple(rectangles), constant)

    def _ranges(self, node: Node) -> tuple[tuple[int, frozenset[int]], ...]:
        ranges: dict[int, frozenset[int]] = {}
        for key, found in node.mapping().items():
            place = self._place(node, key)
            if place in ranges:
                message = "The rectangle has two ranges of one issue; keep one."
                raise CaseError([node.key_problem(key, "scenario-issue", message)])
            if found.data is not None:
                ranges[place] = self._inside(self.issues[place], found)
        return tuple(sorted(ranges.items()))

    def _place(self, node: Node, key: str) -> int:
        """Where an issue stands that a range names by its place, as NegMAS does, or its name."""
        names = [issue.name for issue in self.issues]
        if key.isascii() and key.isdigit() and len(key) < 9 and int(key) < len(names):
            return int(key)
        if key in names:
            return names.index(key)
        message = f"The domain has no issue '{key}'{suggest(key, names)}"
        raise CaseError([node.key_problem(key, "scenario-issue", message)])

    def _inside(self, issue: Issue, node: Node) -> frozenset[int]:
        """The places of the values that a condition allows: one, a range, or any of a list."""
        if not isinstance(node.data, tuple):
            return frozenset([_place_of_value(issue, node)])
        items = node.items()
        if len(items) == 2 and all(isinstance(item.data, Fraction) for item in items):
            return self._between(issue, node)
        return frozenset(place for item in items for place in self._inside(issue, item))

    def _between(self, issue: Issue, node: Node) -> frozenset[int]:
        first, last = (item.number() for item in node.items())
        if first > last:
            message = f"The range starts at {first} and ends at {last}; swap them."
            raise CaseError([node.problem("scenario-value", message)])
        note = _OPEN.format(self.name)
        if note not in self.notes:
            self.notes.append(note)
        numbers = enumerate(_numbers(issue, node))
        return frozenset(place for place, number in numbers if first < number < last)


def _place_of_value(issue: Issue, node: Node) -> int:
    shown = node.label()
    if shown not in issue.values:
        raise CaseError([node.problem("scenario-value", no_value(issue, shown))])
    return issue.values.index(shown)


def _optional(node: Node, key: str, otherwise: Fraction) -> Fraction:
    found = node.find(key)
    return otherwise if found is None or found.data is None else found.number()


def _stated(top: Node, issues: Sequence[Issue]) -> _Stated:
    value = top.find("reserved_value")
    number = None
    if value is not None and value.data is not None and not _endless(value.data):
        number = value.number()
    package = top.find("reserved_outcome")
    if package is None or package.data is None:
        return _Stated(number, None)
    items = package.items()
    if len(items) != len(issues):
        message = f"The reserved outcome has {len(items)} values; {len(issues)} are expected."
        raise CaseError([package.problem("scenario-issue", message)])
    pairs = zip(issues, items, strict=True)
    return _Stated(number, tuple(_place_of_value(issue, item) for issue, item in pairs))


def _endless(data: object) -> bool:
    """Whether a reservation is minus infinity or no number, which NegMAS writes for none."""
    return isinstance(data, str) and data.lower() in (".nan", "nan", "-.inf", "-inf", "-infinity")


# --- the function of one issue --------------------------------------------------------------------


def _values(issue: Issue, node: Node) -> tuple[Fraction, ...]:
    kind = _kind(node)
    if kind == "TableFun":
        return _table(issue, node.child("mapping"))
    if kind == "ConstFun":
        return (node.child("bias").number(),) * len(issue.values)
    if kind not in ("IdentityFun", "LinearFun", "AffineFun"):
        message = f"Functions of the type '{kind}' are not read; tables and straight lines are."
        raise CaseError([node.problem("scenario-kind", message)])
    slope = Fraction(1) if kind == "IdentityFun" else node.child("slope").number()
    bias = _optional(node, "bias", _ZERO)
    return tuple(bias + slope * number for number in _numbers(issue, node))


def _table(issue: Issue, node: Node) -> tuple[Fraction, ...]:
    known = frozenset(issue.values)
    found: dict[str, Node] = {}
    problems: list[Problem] = []
    for key, value in node.mapping().items():
        name = key if key in known else _as_number(key)
        if name not in known and len(problems) < MOST_PROBLEMS:
            problems.append(node.key_problem(key, "scenario-value", no_value(issue, key)))
        found[name] = value
    row = []
    unknown = bool(problems)
    for name in issue.values:
        if name not in found:
            if not unknown and len(problems) < MOST_PROBLEMS:
                message = f"The value '{name}' of '{issue.name}' has no utility; add it."
                problems.append(node.problem("scenario-value", message))
            continue
        with collected(problems):
            row.append(found[name].number())
    if problems:
        raise CaseError(problems)
    return tuple(row)


def _as_number(key: str) -> str:
    """A key that is a number as values are called: ``2.50`` is ``2.5``."""
    try:
        return label(parse_decimal(key)) or key
    except ValueError:
        return key


def _numbers(issue: Issue, node: Node) -> list[Fraction]:
    try:
        return [parse_decimal(value) for value in issue.values]
    except ValueError:
        message = f"The values of '{issue.name}' are no numbers, which this needs."
        raise CaseError([node.problem("scenario-kind", message)]) from None
