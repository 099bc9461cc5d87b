"""The space of packages of a negotiation scenario."""

from __future__ import annotations

from fractions import Fraction

from detente.formats.scenario import Scenario
from detente.packages.space import Space, build_space

__all__ = ["space_of_scenario"]


def space_of_scenario(scenario: Scenario) -> Space:
    """Return the packages of a scenario, judged by all its parties.

    Examples
    --------
    >>> from detente.formats.scenario import Issue, Profile, Scenario
    >>> half = Fraction(1, 2)
    >>> space = space_of_scenario(
    ...     Scenario(
    ...         name="tea",
    ...         format="none",
    ...         scale="format",
    ...         scale_note="",
    ...         issues=(Issue("cup", ("small", "large")),),
    ...         profiles=(Profile("guest", ((half, Fraction(1)),), reservation=half),),
    ...     )
    ... )
    >>> space.utility(space.score((0,))), space.reservations
    ((Fraction(1, 2),), (Fraction(1, 2),))
    """
    rectangles = [
        (party, rectangle)
        for party, profile in enumerate(scenario.profiles)
        for rectangle in profile.rectangles
    ]
    count = len(scenario.profiles)
    terms = []
    for party, rectangle in rectangles:
        row = [Fraction(0)] * count
        row[party] = rectangle.value
        terms.append((dict(rectangle.ranges), row))
    return build_space(
        points={issue.name: issue.values for issue in scenario.issues},
        parties=[profile.name for profile in scenario.profiles],
        values=[profile.utilities for profile in scenario.profiles],
        terms=terms,
        constants=[profile.constant for profile in scenario.profiles],
        reservations=[profile.reservation for profile in scenario.profiles],
    )
