"""Genius XML, written: whole-numbered evaluations and decimal weights, on Genius's own scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm

from detente.errors import RequestError
from detente.formats.genius import FORMAT
from detente.formats.plain import check_constant, decimal, file_stems, line_through, weighings
from detente.formats.scenario import Issue, Profile, Rectangle, Scenario
from detente.text.decimals import write_decimal

__all__ = ["texts"]


def texts(scenario: Scenario) -> dict[str, str]:
    """Return the files that hold the scenario, by name.

    Raises
    ------
    RequestError
        If the format cannot hold it.
    """
    files = {"domain.xml": _lines(_domain(scenario))}
    stems = file_stems(scenario, ".xml", "domain")
    for stem, profile in zip(stems, scenario.profiles, strict=True):
        check_constant(FORMAT, profile)
        body = _rectangular(scenario, profile) if profile.rectangles else _linear(scenario, profile)
        files[f"{stem}.xml"] = _lines((*body, *_stated(profile), "</utility_space>"))
    return files


def _lines(lines: Iterator[str] | Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _domain(scenario: Scenario) -> Iterator[str]:
    yield "<negotiation_template>"
    yield f'<utility_space number_of_issues="{len(scenario.issues)}">'
    yield _objective(scenario)
    for place, issue in enumerate(scenario.issues):
        yield from _issue(place, issue, ())
    yield "</objective>"
    yield "</utility_space>"
    yield "</negotiation_template>"


def _objective(scenario: Scenario) -> str:
    name = _quoted(scenario.name)
    return f'<objective index="0" name={name} description="" type="objective" etype="objective">'


def _issue(place: int, issue: Issue, inside: Sequence[str]) -> Iterator[str]:
    """An issue, with one line for each value; its own names of the values if there are none."""
    kind = "integer" if issue.integer else "discrete"
    head = f'<issue index="{place + 1}" name={_quoted(issue.name)} vtype="{kind}" type="{kind}"'
    head += f' etype="{kind}"'
    if issue.integer:
        head += f' lowerbound="{issue.values[0]}" upperbound="{issue.values[-1]}"'
    elif not inside:
        inside = [
            f'  <item index="{number}" value={_quoted(value)}/>'
            for number, value in enumerate(issue.values, 1)
        ]
    if not inside:
        yield f"{head}/>"
        return
    yield f"{head}>"
    yield from inside
    yield "</issue>"


def _linear(scenario: Scenario, profile: Profile) -> Iterator[str]:
    yield f'<utility_space number_of_issues="{len(scenario.issues)}">'
    yield _objective(scenario)
    weights = _weights(scenario, profile)
    rows = zip(scenario.issues, weights, profile.utilities, strict=True)
    for place, (issue, weight, row) in enumerate(rows):
        inside = _line(profile, issue, weight, row) if issue.integer else _items(issue, row)
        yield from _issue(place, issue, inside)
    for place, (issue, weight) in enumerate(zip(scenario.issues, weights, strict=True)):
        what = f"the weight of '{issue.name}' for '{profile.name}'"
        yield f'<weight index="{place + 1}" value="{decimal(FORMAT, weight, what)}"/>'
    yield "</objective>"


def _weights(scenario: Scenario, profile: Profile) -> tuple[Fraction, ...]:
    """The first weights that are finite decimals; the most natural if none are."""
    found = tuple(weighings(FORMAT, scenario, profile, spread=False))
    finite = (
        weights for weights in found if all(write_decimal(weight) is not None for weight in weights)
    )
    return next(finite, found[0])


def _items(issue: Issue, row: Sequence[Fraction]) -> list[str]:
    largest = max(row) or Fraction(1)
    whole = lcm(*((worth / largest).denominator for worth in row))
    evaluations = (decimal(FORMAT, worth / largest * whole, "an evaluation") for worth in row)
    pairs = zip(issue.values, evaluations, strict=True)
    return [
        f'  <item index="{number}" value={_quoted(value)} evaluation="{evaluation}"/>'
        for number, (value, evaluation) in enumerate(pairs, 1)
    ]


def _line(profile: Profile, issue: Issue, weight: Fraction, row: Sequence[Fraction]) -> list[str]:
    step = line_through(FORMAT, profile, issue, row)
    if min(row) < 0:
        message = f"{FORMAT} holds integer issues from 0, and '{issue.name}' has less."
        raise RequestError(message)
    share = 1 / weight if weight else Fraction(0)
    slope = decimal(FORMAT, step * share, f"the slope of '{issue.name}' for '{profile.name}'")
    offset = decimal(FORMAT, row[0] * share, f"the offset of '{issue.name}' for '{profile.name}'")
    return [f'  <evaluator ftype="linear" slope="{slope}" offset="{offset}"/>']


def _rectangular(scenario: Scenario, profile: Profile) -> Iterator[str]:
    if any(any(row) for row in profile.utilities):
        message = f"{FORMAT} has rectangles or weights, and '{profile.name}' has both."
        raise RequestError(message)
    yield '<utility_space type="nonlinear">'
    yield _objective(scenario)
    for place, issue in enumerate(scenario.issues):
        yield from _issue(place, issue, ())
    largest = lcm(*(rectangle.value.denominator for rectangle in profile.rectangles))
    written = decimal(FORMAT, Fraction(largest), f"the largest utility of '{profile.name}'")
    yield f'<utility maxutility="{written}">'
    yield '<ufun type="PlainUfun" weight="1" aggregation="sum">'
    for rectangle in profile.rectangles:
        yield from _rectangle(scenario, rectangle, largest)
    yield "</ufun>"
    yield "</utility>"
    yield "</objective>"


def _rectangle(scenario: Scenario, rectangle: Rectangle, largest: int) -> Iterator[str]:
    value = decimal(FORMAT, rectangle.value * largest, "the utility of a rectangle")
    yield f'  <hyperRectangle utility="{value}">'
    for place, inside in rectangle.ranges:
        issue = scenario.issues[place]
        first, last = min(inside, default=0), max(inside, default=-1)
        if not issue.integer or last - first + 1 != len(inside) or not inside:
            message = (
                f"{FORMAT} has rectangles of whole ranges of integer issues only, and "
                f"'{issue.name}' has another one."
            )
            raise RequestError(message)
        low, high = issue.values[first], issue.values[last]
        yield f'    <INCLUDES index="{place + 1}" min="{low}" max="{high}"/>'
    yield "  </hyperRectangle>"


def _stated(profile: Profile) -> Iterator[str]:
    stated = (("discount_factor", profile.discount), ("reservation", profile.reservation))
    for tag, number in stated:
        if number is not None:
            what = f"the {tag.replace('_', ' ')} of '{profile.name}'"
            yield f'<{tag} value="{decimal(FORMAT, number, what)}"/>'


def _quoted(text: str) -> str:
    """A text as an attribute, which may not hold most control characters."""
    if any((char < " " and char not in "\t\n\r") or char in "\ufffe\uffff" for char in text):
        message = f"{FORMAT} cannot hold the control character in the name {text!r}."
        raise RequestError(message)
    return f'"{text.translate(_ESCAPES)}"'


_ESCAPES = {ord(char): f"&#{ord(char)};" for char in '&<>"\t\n\r'}
