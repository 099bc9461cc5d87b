"""Which package is most likely to pass all consent rules, and how few changes reach a chance?

The chance of the whole is maximised as a *sample average* (Kleywegt, Shapiro and Homem-de-Mello
2002): of many drawn circumstances, in how many does the package pass? A draw holds one standard
normal number per shared factor and voter; an actor says yes where its own number lies below the
quantile of its acceptance, so that draws follow the same copula as
:func:`detente.consent.joint.chance_of`. The same draws judge all packages. What is best on the
draws that it was chosen by looks better than it is; so it is judged again on fresh draws, with
the standard error, and by the exact formula.

No package can pass more likely than the least likely of those it cannot do without accepts. That
gives a proven bound: the largest level at which a package satisfies all of those (see
:mod:`detente.amend.program`).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.amend.allowed import nearest_allowed
from detente.amend.ascent import Ascent
from detente.amend.program import Program, Terms
from detente.assess.outlook import Outlook
from detente.case.records import Draft
from detente.compiled.compiled import Packages
from detente.errors import RequestError

__all__ = [
    "BestChance",
    "ChangedForChance",
    "Estimate",
    "find_best_chance",
    "find_changes_for_chance",
]

Array = NDArray[np.float64]
Draws = NDArray[np.bool_]

SAMPLES = 2000
SEED = 20_251_120


@dataclass(frozen=True, slots=True)
class Estimate:
    """A chance estimated by draws.

    Parameters
    ----------
    in_sample
        Share of the draws by which the package was chosen.
    out_of_sample, standard_error
        Share of as many fresh draws, and its standard error.
    exact
        The chance by the exact formula, of which the draws are a check.
    """

    in_sample: float
    out_of_sample: float
    standard_error: float
    exact: float


@dataclass(frozen=True, slots=True)
class BestChance:
    """The package found most likely to pass.

    Parameters
    ----------
    scenario
        Id of what happens without a deal.
    package
        Point to option.
    estimate
        Its chance.
    bound
        No package's chance is larger; proven.
    samples, seed
        Draws by which it was chosen, and where they started.
    local
        Whether no change of one point is better on the draws.
    seconds
        What it took.
    """

    scenario: str
    package: tuple[tuple[str, str], ...]
    estimate: Estimate
    bound: float
    samples: int
    seed: int
    local: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class ChangedForChance:
    """The fewest changes found after which the whole passes with the chance wanted.

    Parameters
    ----------
    draft, scenario
        What was asked about.
    wanted
        The chance wanted.
    changes
        (point, instead) for every point changed; None where no package found reaches the chance.
    package
        Point to option of the package; of the likeliest one found where none reaches the chance.
    estimate
        Its chance.
    at_least
        No package with fewer changes reaches the chance; proven. None where that is proven of
        every package.
    samples, seed, seconds
        As for :class:`BestChance`.
    """

    draft: str
    scenario: str
    wanted: float
    changes: tuple[tuple[str, str], ...] | None
    package: tuple[tuple[str, str], ...]
    estimate: Estimate
    at_least: int | None
    samples: int
    seed: int
    seconds: float

    @property
    def proven(self) -> bool:
        """Whether no package with fewer changes reaches the chance."""
        return self.changes is not None and self.at_least == len(self.changes)


def find_best_chance(
    outlook: Outlook,
    *,
    samples: int = SAMPLES,
    seed: int = SEED,
    seconds: float = 4.0,
    progress: Callable[[str], None] = lambda _: None,
) -> BestChance:
    """Return the package most likely to pass all consent rules, as far as found, with a bound.

    The search climbs from every draft and from the package that is best for the least willing of
    those who cannot be done without.

    Parameters
    ----------
    samples
        Draws by which packages are compared.
    seconds
        Time for search and bound together.

    Raises
    ------
    RequestError
        If there are fewer than two samples.
    """
    if samples < 2:
        raise RequestError("A share of draws needs at least 2 samples.")
    start = time.monotonic()
    search = Ascent(outlook, samples, seed, start + 0.6 * seconds)
    progress("Bound")
    bound, level = _bound(outlook, start + 0.3 * seconds)
    progress("Search")
    begin = _starts(outlook) or [outlook.compiled.status_quo]
    begin = [_allowed(outlook, package, search.deadline) for package in begin]
    if level is not None:
        begin = [level, *begin]
    tops = []
    for package in begin:
        tops.append(search.climb(package))
        if time.monotonic() > search.deadline:
            break
    values = search.values(np.stack([package for package, _ in tops]))
    best = max(range(len(tops)), key=values.__getitem__)
    package, local = tops[best]
    return BestChance(
        scenario=outlook.scenario.id,
        package=tuple(outlook.compiled.takes(package).items()),
        estimate=_estimate(outlook, package, values[best][0], samples, seed),
        bound=bound,
        samples=samples,
        seed=seed,
        local=local,
        seconds=time.monotonic() - start,
    )


def _allowed(outlook: Outlook, package: Packages, deadline: float) -> Packages:
    """The package nearest to this one that is possible and changes something."""
    found = nearest_allowed(outlook, package, deadline)
    if found is None:
        raise RequestError("The constraints of the case leave the status quo only.")
    return found


def _starts(outlook: Outlook) -> list[Packages]:
    """One completion of every draft."""
    return [outlook.compiled.completions(draft)[0][0] for draft in outlook.case.drafts]


def _estimate(
    outlook: Outlook, package: Packages, share: float, samples: int, seed: int
) -> Estimate:
    fresh = Ascent(outlook, samples, seed + 1, 0.0).values(package[None, :])[0][0]
    return Estimate(
        in_sample=share,
        out_of_sample=fresh,
        standard_error=math.sqrt(fresh * (1.0 - fresh) / samples),
        exact=outlook.probability(package),
    )


def _bound(outlook: Outlook, deadline: float) -> tuple[float, Packages | None]:
    """No chance is larger than this; and a package best for the least willing of the indispensable.

    The largest level that all of them reach together, enclosed by halving.
    """
    anything = tuple(tuple(options) for options in outlook.compiled.options_of)
    low, high, best = 0.0, 1.0, None
    while high - low > 0.005 and time.monotonic() < deadline:
        level = 0.5 * (low + high)
        terms = Terms(anything, frozenset(), None, level, indispensable=True)
        program = Program(outlook, terms, deadline)
        try:
            found = program.solve(program.changes)
        except TimeoutError:
            break
        if found is None:
            high = level
        else:
            low, best = level, found.package
    return high, best


def find_changes_for_chance(
    outlook: Outlook,
    draft: Draft,
    wanted: float,
    *,
    samples: int = SAMPLES,
    seed: int = SEED,
    seconds: float = 4.5,
    progress: Callable[[str], None] = lambda _: None,
) -> ChangedForChance:
    """Return the fewest changes found to a draft after which the whole passes likely enough.

    The search changes the point that helps most, then the next, until enough draws pass, and takes
    back what is not needed. How few changes could at best do is proven apart.

    Parameters
    ----------
    wanted
        Chance of passing all consent rules, between 0 and 1.
    samples
        Draws by which packages are compared.
    seconds
        Time for search and proof together.

    Raises
    ------
    RequestError
        If the chance wanted is not between 0 and 1, or there are fewer than two samples.
    """
    if not 0.0 < wanted < 1.0:
        raise RequestError(f"The probability wanted is {wanted}; it must lie between 0 and 1.")
    if samples < 2:
        raise RequestError("A share of draws needs at least 2 samples.")
    start = time.monotonic()
    search = Ascent(outlook, samples, seed, start + 0.8 * seconds)
    choices = outlook.compiled.choices(draft)
    progress("Proof")
    least, close = _least_changes(outlook, choices, wanted, start + 0.4 * seconds)
    progress("Search")
    found: list[tuple[int, Packages]] = []
    begin = [] if close is None else [close]
    own = outlook.compiled.completions(draft)[0][0]
    for package in [*begin, _allowed(outlook, own, search.deadline)]:
        top = _forward(search, package, wanted)
        back = _back(search, top, choices, wanted)
        found.append((_changed(back, choices), back))
        if time.monotonic() > search.deadline:
            break
    shares = search.values(np.stack([package for _, package in found]))
    reached = [place for place, (_, package) in enumerate(found) if search.reaches(package, wanted)]
    best = (
        min(reached, key=lambda place: (found[place][0], -shares[place][0]))
        if reached
        else max(range(len(found)), key=lambda place: shares[place])
    )
    package = found[best][1]
    takes = outlook.compiled.takes(package)
    changes = tuple(
        (point, option)
        for (point, option), place, choice in zip(takes.items(), package, choices, strict=True)
        if int(place) not in choice
    )
    return ChangedForChance(
        draft=draft.id,
        scenario=outlook.scenario.id,
        wanted=wanted,
        changes=changes if reached else None,
        package=tuple(takes.items()),
        estimate=_estimate(outlook, package, shares[best][0], samples, seed),
        at_least=least,
        samples=samples,
        seed=seed,
        seconds=time.monotonic() - start,
    )


def _least_changes(
    outlook: Outlook, choices: tuple[tuple[int, ...], ...], wanted: float, deadline: float
) -> tuple[int | None, Packages | None]:
    """The fewest changes after which all indispensable voters are willing enough; None if never."""
    terms = Terms(choices, frozenset(), None, wanted, indispensable=True)
    program = Program(outlook, terms, deadline)
    try:
        found = program.solve(program.changes)
    except TimeoutError:
        return 0, None
    if found is None:
        return None, None
    return (found.objective if found.proven else 0), found.package


def _changed(package: Packages, choices: tuple[tuple[int, ...], ...]) -> int:
    return sum(int(place) not in choice for place, choice in zip(package, choices, strict=True))


def _forward(search: Ascent, package: Packages, wanted: float) -> Packages:
    """Change the point that helps most, then the next, until enough draws pass or none helps."""
    here = search.guesses(package[None, :])[0]
    while time.monotonic() < search.deadline:
        if search.reaches(package, wanted):
            return package
        others = search.neighbours(package)
        guesses = search.guesses(others)
        best = max(range(len(guesses)), key=guesses.__getitem__)
        if guesses[best] <= here:
            return search.climb(package)[0]
        package, here = others[best], guesses[best]
    return package


def _back(
    search: Ascent, package: Packages, choices: tuple[tuple[int, ...], ...], wanted: float
) -> Packages:
    """Take changes back, each time the one that costs least, while enough draws still pass."""
    while time.monotonic() < search.deadline:
        others = []
        for point, choice in enumerate(choices):
            if int(package[point]) not in choice:
                for option in choice:
                    other = package.copy()
                    other[point] = option
                    others.append(other)
        if not others:
            break
        values = search.values(np.stack(others))
        best = max(range(len(values)), key=values.__getitem__)
        if not search.reaches(others[best], wanted):
            break
        package = others[best]
    return package
