"""The domain of Genius XML: its issues, and how elements and attributes are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from detente.errors import CaseError, Problem
from detente.formats.parts import LARGEST_ISSUE, add_issue, check_issues, collected
from detente.formats.scenario import Issue
from detente.text.decimals import parse_decimal
from detente.text.xml import Element

__all__ = [
    "Domain",
    "attribute",
    "bounds",
    "issues_in",
    "number_in",
    "read_domain",
    "whole_in",
    "within",
]


@dataclass(frozen=True, slots=True)
class Domain:
    """The issues, and the place of each by the index that the files give it."""

    issues: tuple[Issue, ...]
    places: dict[int, int]

    def lower(self, place: int) -> int:
        """Return the lowest number of an integer issue."""
        return int(self.issues[place].values[0])


def read_domain(root: Element) -> Domain:
    """Return the issues of a domain file.

    Raises
    ------
    CaseError
        With every fault found.
    """
    issues: list[Issue] = []
    elements: list[Element] = []
    places: dict[int, int] = {}
    problems: list[Problem] = []
    for element, _ in issues_in(root):
        with collected(problems):
            index = whole_in(element, "index", "scenario-issue")
            if index in places:
                message = f"Two issues have the index {index}; number them apart."
                raise CaseError([element.problem("scenario-issue", message)])
            places[index] = len(issues)
            add_issue(issues, _read_issue(element), element.problem)
            elements.append(element)
    if problems:
        raise CaseError(problems)
    check_issues(issues, lambda place, *words: [*elements, root][place].problem(*words))
    return Domain(tuple(issues), places)


def _read_issue(element: Element) -> Issue:
    name = attribute(element, "name", "scenario-issue")
    if _is_integer(element):
        lower, upper = bounds(element)
        return Issue(name, tuple(str(number) for number in range(lower, upper + 1)), integer=True)
    values = (attribute(item, "value", "scenario-value") for item in element.all("item"))
    return Issue(name, tuple(values))


def _is_integer(element: Element) -> bool:
    stated = (element.attributes.get(key) for key in ("vtype", "type", "etype"))
    kind = next((kind for kind in stated if kind), "discrete")
    if kind not in ("discrete", "integer"):
        message = f"Issues of the type '{kind}' are not read; discrete and integer ones are."
        raise CaseError([element.problem("scenario-kind", message)])
    return kind == "integer"


def bounds(element: Element) -> tuple[int, int]:
    """Return the lowest and the highest number of an integer issue.

    Raises
    ------
    CaseError
        If they are missing, no whole numbers, the wrong way round, or too far apart.
    """
    holder = next(iter(element.all("range")), element)
    lower = whole_in(holder, "lowerbound", "scenario-value")
    upper = whole_in(holder, "upperbound", "scenario-value")
    if lower > upper:
        message = f"The lower bound {lower} is above the upper bound {upper}; swap them."
        raise CaseError([holder.problem("scenario-value", message)])
    if upper - lower >= LARGEST_ISSUE:
        message = f"The issue has more than {LARGEST_ISSUE:,} values; narrow its bounds."
        raise CaseError([holder.problem("scenario-value", message)])
    return lower, upper


def within(element: Element) -> Iterator[Element]:
    """Yield every element inside, in order."""
    for child in element.children:
        yield child
        yield from within(child)


def issues_in(element: Element) -> Iterator[tuple[Element, Element]]:
    """Yield every issue, however deep its objective lies, with that objective."""
    for child in element.children:
        if child.tag == "issue":
            yield child, element
        elif child.tag in ("objective", "utility_space"):
            yield from issues_in(child)


def attribute(element: Element, name: str, code: str) -> str:
    """Return an attribute, which must be there.

    Raises
    ------
    CaseError
        If it is not; with this code.
    """
    if name not in element.attributes:
        message = f"'{element.tag}' has no attribute '{name}'; add it."
        raise CaseError([element.problem(code, message)])
    return element.attributes[name]


def number_in(element: Element, name: str) -> Fraction:
    """Return an attribute that is a number.

    Raises
    ------
    CaseError
        If it is missing or no finite decimal.
    """
    code = "scenario-value" if name == "evaluation" else "scenario-number"
    text = attribute(element, name, code)
    try:
        return parse_decimal(text)
    except ValueError as error:
        raise CaseError([element.problem("scenario-number", str(error))]) from None


def whole_in(element: Element, name: str, code: str) -> int:
    """Return an attribute that is a whole number.

    Raises
    ------
    CaseError
        If it is missing or none; with this code.
    """
    attribute(element, name, code)
    number = number_in(element, name)
    if number.denominator != 1:
        message = f"'{name}' is {element.attributes[name]}; a whole number is expected."
        raise CaseError([element.problem(code, message)])
    return int(number)
