"""NegMAS's own YAML, written: tables for every issue, and rectangles as open ranges."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from detente.errors import RequestError
from detente.formats.negmas import FORMAT
from detente.formats.plain import decimal, file_stems
from detente.formats.scenario import Issue, Profile, Rectangle, Scenario

__all__ = ["texts"]


def texts(scenario: Scenario) -> dict[str, str]:
    """Return the files that hold the scenario, by name.

    Raises
    ------
    RequestError
        If the format cannot hold it.
    """
    files = {"domain.yml": _text(_domain(scenario))}
    stems = file_stems(scenario, ".yml", "domain", "case")
    for stem, profile in zip(stems, scenario.profiles, strict=True):
        files[f"{stem}.yml"] = _text(_profile(scenario, profile))
    return files


def _text(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _domain(scenario: Scenario) -> Iterator[str]:
    yield f"name: {_quoted(scenario.name)}"
    yield "type: DiscreteCartesianOutcomeSpace"
    yield "issues:"
    for issue in scenario.issues:
        yield f"- name: {_quoted(issue.name)}"
        if issue.integer:
            yield "  type: ContiguousIssue"
            yield f"  values: [{issue.values[0]}, {issue.values[-1]}]"
        else:
            yield "  type: CategoricalIssue"
            yield "  values:"
            yield from (f"  - {_quoted(value)}" for value in issue.values)


def _profile(scenario: Scenario, profile: Profile) -> Iterator[str]:
    discount = profile.discount
    if discount is None or discount == 1:
        yield from _function(scenario, profile)
        return
    yield f"name: {_quoted(profile.name)}"
    yield "type: ExpDiscountedUFun"
    yield f"discount: {decimal(FORMAT, discount, 'a discount factor')}"
    yield "factor: step"
    yield "dynamic_reservation: true"
    yield from _reservation(scenario, profile)
    yield "ufun:"
    yield from (f"  {line}" for line in _function(scenario, profile))


def _function(scenario: Scenario, profile: Profile) -> Iterator[str]:
    yield f"name: {_quoted(profile.name)}"
    yield from _reservation(scenario, profile)
    if profile.constant:
        yield f"bias: {decimal(FORMAT, profile.constant, 'a constant')}"
    yield from (_rectangular if profile.rectangles else _additive)(scenario, profile)


def _reservation(scenario: Scenario, profile: Profile) -> Iterator[str]:
    package = profile.reservation_package
    if package is not None:
        pairs = zip(scenario.issues, package, strict=True)
        values = (_written(issue)(issue.values[place]) for issue, place in pairs)
        yield f"reserved_outcome: [{', '.join(values)}]"
    if package is not None or profile.reservation is None:
        yield "reserved_value: -.inf"
    else:
        yield f"reserved_value: {decimal(FORMAT, profile.reservation, 'a reservation')}"


def _additive(scenario: Scenario, profile: Profile) -> Iterator[str]:
    yield "type: LinearAdditiveUtilityFunction"
    yield f"weights: [{', '.join('1' for _ in scenario.issues)}]"
    yield "values:"
    for issue, row in zip(scenario.issues, profile.utilities, strict=True):
        yield "- type: TableFun"
        yield "  mapping:"
        for value, worth in zip(issue.values, row, strict=True):
            what = f"the utility of '{value}' of '{issue.name}' for '{profile.name}'"
            yield f"    ? {_written(issue)(value)}"
            yield f"    : {decimal(FORMAT, worth, what)}"


def _rectangular(scenario: Scenario, profile: Profile) -> Iterator[str]:
    if any(any(row) for row in profile.utilities):
        message = f"{FORMAT} has rectangles or weights, and '{profile.name}' has both."
        raise RequestError(message)
    yield "type: HyperRectangleUtilityFunction"
    yield "utilities:"
    for rectangle in profile.rectangles:
        yield f"- {decimal(FORMAT, rectangle.value, 'the utility of a rectangle')}"
    yield "outcome_ranges:"
    for rectangle in profile.rectangles:
        yield from _ranges(scenario.issues, rectangle)


def _ranges(issues: Sequence[Issue], rectangle: Rectangle) -> Iterator[str]:
    if not rectangle.ranges:
        yield "- {}"
    for number, (place, inside) in enumerate(rectangle.ranges):
        yield f"{' ' if number else '-'} {place}: {_condition(issues[place], inside)}"


def _condition(issue: Issue, inside: frozenset[int]) -> str:
    """Any of the values, one by one; of an integer issue the open range around them."""
    if not inside:
        message = f"{FORMAT} cannot hold a rectangle without any value of '{issue.name}'."
        raise RequestError(message)
    places = sorted(inside)
    first, last = places[0], places[-1]
    if issue.integer and last - first + 1 == len(places):
        return f"[{int(issue.values[first]) - 1}, {int(issue.values[last]) + 1}]"
    values = [_written(issue)(issue.values[place]) for place in places]
    if len(values) == 2:
        values.append(values[-1])  # two numbers alone would be the ends of a range
    return f"[{', '.join(values)}]"


def _written(issue: Issue) -> Callable[[str], str]:
    """How a value of the issue is written: a number as it is, a text in quotes."""
    return str if issue.integer else _quoted


def _quoted(text: str) -> str:
    """A text in double quotes, all that a reader could take for a line break escaped."""
    text.encode()  # half a character has no escape that reads back
    plain = (
        char if char.isprintable() and char not in _ESCAPED else f"\\U{ord(char):08x}"
        for char in text
    )
    return f'"{"".join(plain)}"'


_ESCAPED = '"\\'
