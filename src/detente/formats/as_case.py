"""A scenario of another program as a case folder, and a case as such a scenario.

A scenario knows no state of today. In the case every point gets a status quo *no agreement*, which
no package may take, so that only what the scenario offers can be agreed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from fractions import Fraction

from detente.case.case import Case
from detente.case.consent import ConsentRule
from detente.case.constraints import Constraint
from detente.case.preferences import Preferences
from detente.case.records import Actor, CaseFile, Option, Point
from detente.case.records import Scenario as NoDeal
from detente.formats.scenario import Issue, Profile, Scenario

__all__ = ["NO_AGREEMENT", "case_of_scenario"]

NO_AGREEMENT = "no-agreement"
_RESERVED = (NO_AGREEMENT, "absent", "unknown")


def case_of_scenario(scenario: Scenario, name: str) -> Case:
    """Return the scenario as a case called ``name``; its numbers are kept exactly.

    Examples
    --------
    >>> cup = Issue("tea cup", ("small", "large"))
    >>> guest = Profile("guest", ((Fraction(1, 3), Fraction(1)),), reservation=Fraction(1, 2))
    >>> case = case_of_scenario(Scenario("tea", "none", "format", "", (cup,), (guest,)), "tea")
    >>> case.points[0].id, dict(case.preferences[0].values["tea-cup"])
    ('tea-cup', {'small': '1/3', 'large': 1})
    """
    points = dict(zip(_identifiers(i.name for i in scenario.issues), scenario.issues, strict=True))
    options = {point: _identifiers(issue.values) for point, issue in points.items()}
    actors = _identifiers(profile.name for profile in scenario.profiles)
    return Case(
        name=name,
        about=CaseFile(
            title=scenario.name,
            summary=" ".join((f"Imported from {scenario.format}.", scenario.scale_note)),
            scenarios=(NoDeal(id=NO_AGREEMENT, title="No agreement"),),
            note=" ".join(scenario.notes) or None,
        ),
        actors=tuple(
            Actor(id=actor, name=profile.name, kind="group")
            for actor, profile in zip(actors, scenario.profiles, strict=True)
        ),
        points=tuple(_point(point, issue, options[point]) for point, issue in points.items()),
        consent=(
            ConsentRule.model_validate(
                {
                    "id": "all-parties",
                    "title": "Every party must agree",
                    "points": "all",
                    "rule": {"all": actors},
                    "legal_source": "A scenario is settled only by all its parties.",
                }
            ),
        ),
        constraints=(
            Constraint(
                id="something-is-agreed",
                never=dict.fromkeys(points, NO_AGREEMENT),
                why="The scenario is about packages; without one, every reservation holds.",
            ),
        ),
        preferences=tuple(
            _preferences(scenario, profile, actor, options)
            for profile, actor in zip(scenario.profiles, actors, strict=True)
        ),
    )


def _point(point: str, issue: Issue, options: tuple[str, ...]) -> Point:
    positions = [float(value) for value in issue.values] if issue.integer else []
    before = positions[0] - 1.0 if positions else None
    pairs = zip(options, issue.values, strict=True)
    offered = [
        Option(id=option, text=value, position=positions[place] if positions else None)
        for place, (option, value) in enumerate(pairs)
    ]
    return Point(
        id=point,
        title=issue.name,
        status_quo=NO_AGREEMENT,
        ordered=issue.integer,
        options=(*offered, Option(id=NO_AGREEMENT, text="No agreement", position=before)),
    )


def _preferences(
    scenario: Scenario, profile: Profile, actor: str, options: dict[str, tuple[str, ...]]
) -> Preferences:
    points = tuple(options)
    values = {
        point: {option: _written(value) for option, value in zip(options[point], row, strict=True)}
        for point, row in zip(points, profile.utilities, strict=True)
        if any(row)
    }
    together = tuple(
        {
            "takes": {
                points[issue]: tuple(options[points[issue]][place] for place in sorted(places))
                for issue, places in rectangle.ranges
            },
            "value": _written(rectangle.value),
        }
        for rectangle in profile.rectangles
        if rectangle.ranges
    )
    everywhere = sum((r.value for r in profile.rectangles if not r.ranges), profile.constant)
    discount = profile.discount
    return Preferences.model_validate(
        {
            "actor": actor,
            "author": f"imported from {scenario.format}",
            "scale": scenario.scale_note,
            "constant": _written(everywhere),
            "values": values,
            "together": together,
            "reservation": None if profile.reservation is None else _written(profile.reservation),
            "discount": _written(discount) if discount is not None and 0 < discount <= 1 else None,
        }
    )


def _written(value: Fraction) -> int | float | str:
    """The number as a person would write it, and exactly."""
    if value.denominator == 1 and abs(value.numerator) < 10**15:
        return value.numerator
    near = float(value)
    if abs(near) < 10**15 and Fraction(repr(near)) == value and "e" not in repr(near):
        return near
    return str(value)


def _identifiers(names: Iterable[str]) -> tuple[str, ...]:
    """An id for every name, each once."""
    found: dict[str, None] = {}
    for name in names:
        base = _identifier(name)
        number, wanted = 1, base
        while wanted in found or wanted in _RESERVED:
            number += 1
            wanted = f"{base}-{number}"
        found[wanted] = None
    return tuple(found)


def _identifier(name: str) -> str:
    kept = "".join(
        char if unicodedata.category(char)[0] in "LMN" or char in "-_." else "-" for char in name
    )
    return re.sub(r"-{2,}", "-", kept).strip("-_.").lower() or "item"
