"""The fewest changes to a draft after which everybody needed accepts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from detente.amend.allowed import nearest_allowed
from detente.amend.deadlock import Deadlock, find_deadlock
from detente.amend.program import Program, Terms, deadline_after
from detente.assess.outlook import Outlook
from detente.case.records import Draft
from detente.compare.drafts import taken_words
from detente.compiled.compiled import Packages
from detente.consent.joint import chance_of
from detente.errors import RequestError

__all__ = ["Amended", "Amendment", "Amendments", "find_fewest_changes"]


_LISTING_SECONDS = 10.0
"""Listing packages that attain a proven minimum ends after this time; the list then says so."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """One point changed: what the draft takes, and what it would take instead."""

    point: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Amended:
    """A package that everybody needed accepts after the fewest changes.

    ``settled`` names the options chosen where the draft leaves a point open or unknown; settling
    is not counted as a change. ``probability`` is the chance that the whole passes.
    """

    changes: tuple[Amendment, ...]
    settled: tuple[Amendment, ...]
    probability: float
    actors: tuple[tuple[str, float], ...]
    package: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Amendments:
    """The fewest changes to a draft, or why there are none.

    ``minimum`` is the least number of changed points, None in a deadlock; ``proven`` whether the
    solver proved it (or the deadlock). ``found`` counts the packages found that attain it, of which
    ``packages`` lists those with the best chance; ``complete`` says whether there are no others, so
    that the order is proven too.
    ``level`` is the acceptance wanted of everybody needed, None for acceptance in the mean.
    """

    draft: str
    scenario: str
    level: float | None
    minimum: int | None
    proven: bool
    complete: bool
    found: int
    packages: tuple[Amended, ...]
    deadlock: Deadlock | None


def find_fewest_changes(
    outlook: Outlook,
    draft: Draft,
    *,
    at_least: float | None = None,
    fixed: Collection[str] = (),
    most: int | None = None,
    limit: int = 20,
    seconds: float = 30.0,
) -> Amendments:
    """Return the packages closest to a draft that everybody needed accepts.

    Parameters
    ----------
    at_least
        Probability of acceptance wanted of everybody needed, between 0 and 1; None asks for
        acceptance in the mean (see :mod:`detente.amend.demands`).
    fixed
        Ids of points that must stay as the draft has them.
    most
        Largest number of points that may change.
    limit
        How many packages to list, the best of up to three times as many, and of at least 40.
    seconds
        When to stop; what is not proven by then is said.

    Raises
    ------
    RequestError
        If a fixed point is unknown, the probability is not between 0 and 1, or the constraints of
        the case leave no package.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> outlook = Outlook.of(load(example_folder("ukraine-2025")))
    >>> found = find_fewest_changes(outlook, outlook.case.draft("us-russia-28"), limit=1)
    >>> found.proven
    True
    """
    if at_least is not None and not 0.0 < at_least < 1.0:
        raise RequestError(f"The probability wanted is {at_least}; it must lie between 0 and 1.")
    for point in fixed:
        outlook.case.point(point)
    compiled = outlook.compiled
    terms = Terms(
        choices=compiled.choices(draft),
        fixed=frozenset(compiled.point_place[point] for point in fixed),
        most=most,
        level=at_least,
    )
    program = Program(outlook, terms, deadline_after(seconds))
    try:
        first = program.solve(program.changes)
        if first is None:
            nearest_allowed(outlook, compiled.completions(draft)[0][0], program.deadline)
            deadlock = find_deadlock(outlook, terms, program.deadline)
            return Amendments(
                draft=draft.id,
                scenario=outlook.scenario.id,
                level=at_least,
                minimum=None,
                proven=True,
                complete=deadlock.complete,
                found=0,
                packages=(),
                deadlock=deadlock,
            )
    except TimeoutError:
        return Amendments(draft.id, outlook.scenario.id, at_least, None, False, False, 0, (), None)
    packages, complete = _all_with(program, first.objective, max(3 * limit, 40))
    packages = packages or [first.package]
    amended = _amended(outlook, draft, terms, packages)
    amended.sort(key=lambda each: (-each.probability, each.package))
    return Amendments(
        draft=draft.id,
        scenario=outlook.scenario.id,
        level=at_least,
        minimum=first.objective,
        proven=first.proven,
        complete=complete,
        found=len(packages),
        packages=tuple(amended[:limit]),
        deadlock=None,
    )


def _all_with(program: Program, changes: int, limit: int) -> tuple[list[Packages], bool]:
    """Packages with so many changes, the most promising first, until there are no more."""
    program.hold_changes_at(changes)
    program.deadline = min(program.deadline, deadline_after(_LISTING_SECONDS))
    promise = program.promise()
    packages: list[Packages] = []
    try:
        while len(packages) < limit:
            found = program.solve(promise, maximize=True)
            if found is None:
                return packages, True
            packages.append(found.package)
            program.exclude(found.package)
        return packages, program.solve(promise, maximize=True) is None
    except TimeoutError:
        return packages, False


def _amended(
    outlook: Outlook, draft: Draft, terms: Terms, packages: list[Packages]
) -> list[Amended]:
    """Packages found, with the chance of each and of everybody needed for it."""
    applying = [outlook.rules.applying(package) for package in packages]
    needed = [{voter.actor for rule in rules for voter in rule.voters} for rules in applying]
    voters = [actor.id for actor in outlook.case.actors if any(actor.id in each for each in needed)]
    chances = outlook.chances(voters, np.stack(packages))
    found = []
    for package, asked, chance in zip(packages, needed, chances, strict=True):
        takes = outlook.compiled.takes(package)
        changes, settled = [], []
        for place, (point, after) in enumerate(takes.items()):
            amendment = Amendment(point, taken_words(draft, point), after)
            if int(package[place]) not in terms.choices[place]:
                changes.append(amendment)
            elif len(terms.choices[place]) > 1:
                settled.append(amendment)
        found.append(
            Amended(
                changes=tuple(changes),
                settled=tuple(settled),
                probability=chance_of(
                    outlook.formula(package), chance, outlook.settings.common_shock
                ),
                actors=tuple((name, chance[name].probability) for name in voters if name in asked),
                package=tuple(takes.items()),
            )
        )
    return found
