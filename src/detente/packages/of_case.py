"""The space of packages of a case: what is believed of each actor, or what it stated itself."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import numpy as np

from detente.assess.outlook import Outlook
from detente.case.constraints import Choice
from detente.case.preferences import Preferences, exact
from detente.compiled.compiled import Packages
from detente.errors import RequestError
from detente.packages.space import Package, Space, build_space
from detente.text.nearest import suggest

__all__ = ["Judgement", "constraints_of", "judgement_of", "package_of", "space_of_case"]

PARTS = 1_000_000
"""Believed utilities are estimates; they count in millionths of the scale -3..3."""

_EVEN = math.log(0.5)

When = dict[int, list[int]]


def space_of_case(outlook: Outlook, actors: Sequence[str] | None = None) -> Space:
    """Return the packages of a case, judged by the actors whose consent counts.

    An actor whose preferences are in the case is taken at its word. For others the mean of what is
    believed counts, salience times rating, and their mean no-deal value under the scenario is their
    reservation; a red line likelier meant than not rules out what crosses it.

    Parameters
    ----------
    actors
        Ids of those who judge; if None those whose yes every agreement needs, or where there are
        none, all that a consent rule names.

    Raises
    ------
    RequestError
        If an actor is unknown, or no rule names any.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> outlook = Outlook.of(load(example_folder("ukraine-2025")))
    >>> space = space_of_case(outlook, ["ukraine", "russia"])
    >>> len(space.points), space.parties
    (38, ('ukraine', 'russia'))
    """
    case = outlook.case
    if actors is None:
        actors = outlook.rules.principals or sorted(outlook.rules.scope)
    if not actors:
        raise RequestError("No consent rule names anybody; name the actors who judge.")
    for actor in actors:
        if actor not in case.actor_of:
            raise RequestError(f"Unknown actor '{actor}'{suggest(actor, case.actor_of)}")
    names = list(dict.fromkeys(actors))
    judged = [judgement_of(outlook, actor) for actor in names]
    terms: dict[tuple[tuple[int, tuple[int, ...]], ...], list[Fraction]] = {}
    for place, judgement in enumerate(judged):
        for when, value in judgement.terms:
            key = tuple(sorted((point, tuple(sorted(options))) for point, options in when.items()))
            terms.setdefault(key, [Fraction(0)] * len(names))[place] += value
    exclusions, limits = constraints_of(outlook)
    for actor in names:
        if actor not in case.preferences_of:
            exclusions += _red_lines(outlook, actor)
    return build_space(
        points={point.id: [option.id for option in point.options] for point in case.points},
        parties=names,
        values=[judgement.values for judgement in judged],
        terms=[(dict(key), row) for key, row in terms.items()],
        exclusions=exclusions,
        limits=limits,
        constants=[judgement.constant for judgement in judged],
        reservations=[judgement.reservation for judgement in judged],
    )


@dataclass(frozen=True, slots=True)
class Judgement:
    """What packages are worth to one actor, exactly.

    Parameters
    ----------
    values
        ``values[point][option]``.
    terms
        (options by point, what is added where all of it is taken).
    constant
        Added to every package.
    reservation
        What no agreement is worth; None where the actor states none.
    """

    values: list[list[Fraction]]
    terms: list[tuple[When, Fraction]]
    constant: Fraction
    reservation: Fraction | None


def judgement_of(outlook: Outlook, actor: str) -> Judgement:
    """Return what packages are worth to an actor: as stated, else the mean of what is believed."""
    compiled = outlook.compiled
    own = outlook.case.preferences_of.get(actor)
    if own is not None:
        return Judgement(
            values=_stated_values(outlook, own),
            terms=[(_when(outlook, each.choices), exact(each.value)) for each in own.together],
            constant=exact(own.constant),
            reservation=None if own.reservation is None else exact(own.reservation),
        )
    judge = outlook.acceptor(actor)
    terms = []
    for interaction, feature in compiled.interaction_place.items():
        value = _millionths(judge.values[feature])
        if value:
            needed = (frozenset([interaction.option]), *interaction.needs)
            terms.append((_met(outlook, needed), value))
    return Judgement(
        values=[
            [_millionths(judge.values[option]) for option in options]
            for options in compiled.options_of
        ],
        terms=terms,
        constant=Fraction(0),
        reservation=_millionths(judge.reservation.value),
    )


def package_of(outlook: Outlook, package: Packages) -> Package:
    """Return a package of the case ``(points,)`` as one of its space."""
    return tuple((np.asarray(package) - outlook.compiled.first[:-1]).tolist())


def _millionths(value: float) -> Fraction:
    return Fraction(round(float(value) * PARTS), PARTS)


def _stated_values(outlook: Outlook, own: Preferences) -> list[list[Fraction]]:
    """Values of every option; 0 where nothing is stated."""
    return [
        [exact(own.values.get(point.id, {}).get(option.id, 0)) for option in point.options]
        for point in outlook.case.points
    ]


def _met(outlook: Outlook, needs: Iterable[frozenset[int]]) -> When:
    """Options in the row of all options, each set of one point, as places within the points."""
    compiled = outlook.compiled
    found: When = {}
    for options in needs:
        point = int(compiled.point_of[next(iter(options))])
        start = int(compiled.first[point])
        found[point] = [option - start for option in options]
    return found


def _when(outlook: Outlook, choices: Iterable[Choice]) -> When:
    """Options by point, as places within the points."""
    compiled = outlook.compiled
    found: When = {}
    for point, options in choices:
        place = compiled.point_place[point]
        start = int(compiled.first[place])
        found[place] = [compiled.place[point, option] - start for option in options]
    return found


def _red_lines(outlook: Outlook, actor: str) -> list[tuple[str, When]]:
    """What an actor likelier refuses at any price than not, unless a condition is met."""
    compiled, judge = outlook.compiled, outlook.acceptor(actor)
    found = []
    for line in judge.red_lines:
        base = float(judge.log_compliance[line.feature])
        if base > _EVEN:
            continue
        softer = [
            interaction.needs
            for interaction, feature in compiled.interaction_place.items()
            if interaction.option == line.feature
            and base + float(judge.log_compliance[feature]) > _EVEN
        ]
        name = f"red line of {actor} on {compiled.options[line.feature][0]}"
        option = _met(outlook, [frozenset([line.feature])])
        for missed in product(*softer):  # for every condition, one part of it that is not met
            when = dict(option)
            for need in missed:
                for point, options in _met(outlook, [need]).items():
                    others = set(range(len(outlook.case.points[point].options))) - set(options)
                    when[point] = sorted(others & set(when.get(point, others)))
            if all(when.values()):
                found.append((name, when))
    return found


def constraints_of(
    outlook: Outlook,
) -> tuple[list[tuple[str, When]], list[tuple[str, int, list[When]]]]:
    """Return the constraints of a case: (name, never together), (name, most, of these).

    Options are places within their point. A requirement excludes what would break it.
    """
    exclusions: list[tuple[str, When]] = []
    limits: list[tuple[str, int, list[When]]] = []
    for each in outlook.case.constraints:
        if each.kind == "excludes":
            exclusions.append((each.id, _when(outlook, each.excluded)))
        elif each.kind == "never":
            exclusions += [(each.id, _when(outlook, [choice])) for choice in each.barred]
        elif each.kind == "at_most":
            items = [_when(outlook, item) for item in each.counted]
            limits.append((each.id, each.at_most or 0, items))
        else:
            condition = _when(outlook, each.conditions)
            for point, options in _when(outlook, each.consequences).items():
                size = len(outlook.case.points[point].options)
                other = set(range(size)).difference(options)
                if point in condition:
                    other &= set(condition[point])
                if other:
                    exclusions.append((each.id, {**condition, point: sorted(other)}))
    return exclusions, limits
