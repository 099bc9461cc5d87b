"""Genius XML: a domain file, and one utility space per party.

Genius divides every evaluation of a discrete issue by the largest of its issue before it weighs
it, and counts the numbers of an integer issue from its lower bound, kept between 0 and 1
(``EvaluatorDiscrete`` and ``EvaluatorInteger`` of Genius). Reservation values and discount factors
are on that scale. A program that multiplies weights with the evaluations as they stand gets other
preferences; its numbers are what the scale ``as-written`` gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from detente.errors import CaseError, Problem
from detente.formats.genius_domain import (
    Domain,
    attribute,
    bounds,
    issues_in,
    number_in,
    read_domain,
    whole_in,
    within,
)
from detente.formats.parts import (
    MOST_PROBLEMS,
    Part,
    Role,
    check_weights,
    collected,
    domain_of,
    no_value,
    profiles_of,
    read_profiles,
)
from detente.formats.scenario import Issue, Profile, Rectangle, Scenario
from detente.text.nearest import suggest
from detente.text.xml import Element

__all__ = ["FORMAT", "read", "recognise"]

FORMAT = "Genius XML"

_NOTES = {
    "format": (
        "Utilities are on Genius's own scale: each evaluation divided by the largest of its issue, "
        "times the weight; rectangles divided by the stated largest utility."
    ),
    "as-written": (
        "Utilities are weights times evaluations, and sums of rectangles, as written; this is not "
        "Genius's own scale, and the preferences between issues may differ from it."
    ),
}


def recognise(root: Element) -> Role | None:
    """Return which part of a scenario the document is; None if it is something else.

    Examples
    --------
    >>> from detente.text.xml import parse
    >>> recognise(parse("<negotiation_template/>", "a.xml")), recognise(parse("<svg/>", "b.xml"))
    ('domain', None)
    """
    if root.tag == "negotiation_template":
        return "domain"
    if root.tag != "utility_space":
        return None
    valued = any(
        element.tag in ("weight", "utility", "evaluator") or "evaluation" in element.attributes
        for element in within(root)
    )
    return "profile" if valued else "domain"


def read(folder: Path, parts: Sequence[Part[Element]], scale: str) -> Scenario:
    """Return the scenario in these files.

    Raises
    ------
    CaseError
        With every fault found.
    """
    domain = read_domain(domain_of(folder, parts).content)

    def read_one(part: Part[Element]) -> tuple[Profile, Sequence[str]]:
        reader = _ProfileReader(part.path.stem, part.content, domain, scale)
        return reader.profile(), reader.notes

    profiles, notes = read_profiles(profiles_of(folder, parts), read_one)
    return Scenario(
        folder.resolve().name,
        FORMAT,
        scale,
        _NOTES[scale],
        domain.issues,
        profiles,
        notes,
    )


# --- a profile ------------------------------------------------------------------------------------


class _ProfileReader:
    """Reads one utility space against the domain."""

    def __init__(self, name: str, root: Element, domain: Domain, scale: str) -> None:
        self.name = name
        self.root = root
        self.domain = domain
        self.scale = scale
        self.notes: list[str] = []

    def profile(self) -> Profile:
        """Return the profile, linear or of rectangles."""
        problems: list[Problem] = []
        reservation, discount = None, None
        with collected(problems):
            reservation = self._stated("reservation")
        with collected(problems):
            discount = self._stated("discount_factor")
        with collected(problems):
            matched = self._match_issues()
            kind = self.root.attributes.get("type", "linear")
            if any(element.tag == "utility" for element in within(self.root)):
                profile = self._rectangular(reservation, discount)
            elif kind in ("linear", "additive", "", "nonlinear", "any"):
                profile = self._linear(matched, reservation, discount)
            else:
                message = f"Utility spaces of the type '{kind}' are not read."
                raise CaseError([self.root.problem("scenario-kind", message)])
        if problems:
            raise CaseError(problems)
        return profile

    def _stated(self, tag: str) -> Fraction | None:
        found = next((element for element in within(self.root) if element.tag == tag), None)
        return None if found is None else number_in(found, "value")

    def _match_issues(self) -> list[tuple[Element, Element]]:
        """Return each issue of the domain as this file writes it, with the objective around it."""
        found: dict[int, tuple[Element, Element]] = {}
        problems: list[Problem] = []
        for element, objective in issues_in(self.root):
            with collected(problems):
                place = self._place(element)
                if place in found:
                    message = f"The issue '{self.domain.issues[place].name}' stands twice."
                    raise CaseError([element.problem("scenario-issue", message)])
                found[place] = element, objective
        for place, issue in enumerate(self.domain.issues):
            if place not in found and not problems:
                message = f"The issue '{issue.name}' of the domain is missing here; add it."
                problems.append(self.root.problem("scenario-issue", message))
        if problems:
            raise CaseError(problems)
        return [found[place] for place in range(len(self.domain.issues))]

    def _place(self, element: Element) -> int:
        index = whole_in(element, "index", "scenario-issue")
        name = attribute(element, "name", "scenario-issue")
        names = [issue.name for issue in self.domain.issues]
        if name not in names:
            message = f"The domain has no issue '{name}'{suggest(name, names)}"
            raise CaseError([element.problem("scenario-issue", message)])
        place = names.index(name)
        if self.domain.places.get(index) != place:
            message = f"The issue '{name}' has the index {index} here but not in the domain."
            raise CaseError([element.problem("scenario-issue", message)])
        integer = self.domain.issues[place].integer
        if integer and "lowerbound" in element.attributes:
            lower, upper = bounds(element)
            values = self.domain.issues[place].values
            if (str(lower), str(upper)) != (values[0], values[-1]):
                message = f"The bounds of '{name}' differ from {values[0]} to {values[-1]}."
                raise CaseError([element.problem("scenario-value", message)])
        return place

    def _linear(
        self,
        matched: Sequence[tuple[Element, Element]],
        reservation: Fraction | None,
        discount: Fraction | None,
    ) -> Profile:
        problems: list[Problem] = []
        weights: list[Fraction] = []
        evaluations: list[tuple[Fraction, ...]] = []
        for place, (element, objective) in enumerate(matched):
            with collected(problems):
                weights.append(_weight(element, objective))
            with collected(problems):
                evaluations.append(self._evaluations(place, element))
        if problems:
            raise CaseError(problems)
        self.notes.extend(
            f"'{self.name}': {note[:1].lower()}{note[1:]}"
            for note in check_weights(weights, self.scale, self._weight_problem)
        )
        if self.scale == "as-written" and reservation:
            self.notes.append(f"The reservation of '{self.name}' was stated on Genius's own scale.")
        utilities = (
            tuple(weight * evaluation for evaluation in row)
            for weight, row in zip(weights, evaluations, strict=True)
        )
        return Profile(self.name, tuple(utilities), reservation=reservation, discount=discount)

    def _weight_problem(self, code: str, message: str) -> Problem:
        found = next(element for element in within(self.root) if element.tag == "weight")
        return found.problem(code, message)

    def _evaluations(self, place: int, element: Element) -> tuple[Fraction, ...]:
        issue = self.domain.issues[place]
        if issue.integer and not element.all("item"):
            return self._integer_evaluations(place, element)
        row = _listed_evaluations(issue, element)
        largest = max(row)
        if self.scale == "as-written" or not any(row):
            return row
        if largest <= 0:
            message = (
                f"No evaluation of the issue '{issue.name}' is positive, so that Genius's "
                "division by the largest has no meaning."
            )
            raise CaseError([element.problem("scenario-value", message)])
        return tuple(evaluation / largest for evaluation in row)

    def _integer_evaluations(self, place: int, element: Element) -> tuple[Fraction, ...]:
        slope, offset = _line(element)
        values = [int(value) for value in self.domain.issues[place].values]
        if self.scale == "as-written":
            return tuple(offset + slope * value for value in values)
        row = [offset + slope * (value - values[0]) for value in values]
        kept = tuple(min(max(evaluation, _NOTHING), _ALL) for evaluation in row)
        if kept != tuple(row):
            name = self.domain.issues[place].name
            self.notes.append(
                f"'{self.name}': evaluations of '{name}' are kept between 0 and 1, as in Genius."
            )
        return kept

    # --- rectangles ---

    def _rectangular(self, reservation: Fraction | None, discount: Fraction | None) -> Profile:
        utility = next(element for element in within(self.root) if element.tag == "utility")
        largest = number_in(utility, "maxutility")
        if largest <= 0:
            message = "The largest utility ('maxutility') must be more than 0."
            raise CaseError([utility.problem("scenario-number", message)])
        if self.scale == "format":
            self.notes.append(f"'{self.name}': sums of rectangles above 1 stay; Genius stops at 1.")
        else:
            reservation = None if reservation is None else reservation * largest
            largest = _ALL
        functions = utility.all("ufun")
        problems: list[Problem] = []
        rectangles: list[Rectangle] = []
        for function in functions:
            weight = _function_weight(function) / largest
            for element in function.all("hyperRectangle"):
                with collected(problems):
                    rectangles.append(self._rectangle(element, weight))
        if not functions:
            message = "This utility has no function ('ufun') of rectangles; add one."
            problems.append(utility.problem("scenario-kind", message))
        if problems:
            raise CaseError(problems)
        zeros = tuple((_NOTHING,) * len(issue.values) for issue in self.domain.issues)
        return Profile(
            self.name, zeros, tuple(rectangles), reservation=reservation, discount=discount
        )

    def _rectangle(self, element: Element, weight: Fraction) -> Rectangle:
        if element.all("EXCLUDES"):
            message = "Rectangles that exclude packages are not read; write what they include."
            raise CaseError([element.problem("scenario-kind", message)])
        value = number_in(element, "utility") * weight
        if "weight" in element.attributes:
            value *= number_in(element, "weight")
        ranges: dict[int, frozenset[int]] = {}
        for included in element.all("INCLUDES"):
            place, inside = self._range(included)
            if place in ranges:
                message = "The rectangle has two ranges of one issue; keep one."
                raise CaseError([included.problem("scenario-issue", message)])
            ranges[place] = inside
        return Rectangle(value, tuple(sorted(ranges.items())))

    def _range(self, element: Element) -> tuple[int, frozenset[int]]:
        index = whole_in(element, "index", "scenario-issue")
        place = self.domain.places.get(index)
        if place is None or not self.domain.issues[place].integer:
            what = "no issue" if place is None else "no integer issue"
            message = f"The domain has {what} with the index {index}; a range needs one."
            raise CaseError([element.problem("scenario-issue", message)])
        first = whole_in(element, "min", "scenario-value")
        last = whole_in(element, "max", "scenario-value")
        values, lower = self.domain.issues[place].values, self.domain.lower(place)
        if first > last:
            message = f"The range starts at {first} and ends at {last}; swap them."
            raise CaseError([element.problem("scenario-value", message)])
        inside = range(max(first - lower, 0), min(last - lower + 1, len(values)))
        if not inside:
            message = f"The range {first} to {last} lies outside {values[0]} to {values[-1]}."
            raise CaseError([element.problem("scenario-value", message)])
        return place, frozenset(inside)


_NOTHING = Fraction(0)
_ALL = Fraction(1)


# --- weights and evaluations ----------------------------------------------------------------------


def _weight(element: Element, objective: Element) -> Fraction:
    """What Genius weighs an issue with: its own weight, whatever that of the objective."""
    index = element.attributes["index"]
    found = [each for each in objective.all("weight") if each.attributes.get("index") == index]
    name = element.attributes["name"]
    if len(found) != 1:
        what = "no weight" if not found else "two weights"
        message = f"The issue '{name}' has {what}; give it one."
        raise CaseError([element.problem("scenario-weight", message)])
    weight = number_in(found[0], "value")
    if weight < 0:
        message = f"The weight of '{name}' is negative; write at least 0."
        raise CaseError([found[0].problem("scenario-weight", message)])
    return weight


def _listed_evaluations(issue: Issue, element: Element) -> tuple[Fraction, ...]:
    found: dict[str, Fraction] = {}
    known = frozenset(issue.values)
    problems: list[Problem] = []
    for item in element.all("item"):
        with collected(problems):
            value = attribute(item, "value", "scenario-value")
            if value not in known:
                raise CaseError([item.problem("scenario-value", no_value(issue, value))])
            if value in found:
                message = f"The value '{value}' of '{issue.name}' stands twice; keep one."
                raise CaseError([item.problem("scenario-value", message)])
            found[value] = _NOTHING  # not missing, should its evaluation be at fault
            found[value] = number_in(item, "evaluation")
        if len(problems) >= MOST_PROBLEMS:
            break
    unknown = bool(problems)
    for value in issue.values:
        if value not in found and not unknown and len(problems) < MOST_PROBLEMS:
            message = f"The value '{value}' of '{issue.name}' has no evaluation; add it."
            problems.append(element.problem("scenario-value", message))
    if problems:
        raise CaseError(problems)
    return tuple(found[value] for value in issue.values)


def _line(element: Element) -> tuple[Fraction, Fraction]:
    """Slope and offset of an integer issue's evaluation."""
    evaluator = next(iter(element.all("evaluator")), None)
    if evaluator is None:
        message = f"The issue '{element.attributes['name']}' has no evaluator; add one."
        raise CaseError([element.problem("scenario-value", message)])
    kind = evaluator.attributes.get("ftype", "linear")
    if kind not in ("linear", "constant"):
        message = f"Evaluators of the type '{kind}' are not read; linear and constant ones are."
        raise CaseError([evaluator.problem("scenario-kind", message)])
    offset = number_in(evaluator, "offset0" if "offset0" in evaluator.attributes else "offset")
    if kind == "constant":
        return _NOTHING, offset
    return number_in(evaluator, "slope0" if "slope0" in evaluator.attributes else "slope"), offset


def _function_weight(element: Element) -> Fraction:
    aggregation = element.attributes.get("aggregation", "sum")
    if aggregation != "sum":
        message = f"The aggregation '{aggregation}' is not read; 'sum' is."
        raise CaseError([element.problem("scenario-kind", message)])
    if element.all("ufun"):
        message = "Functions inside a function are not read; write their rectangles into one."
        raise CaseError([element.problem("scenario-kind", message)])
    return number_in(element, "weight") if "weight" in element.attributes else _ALL
