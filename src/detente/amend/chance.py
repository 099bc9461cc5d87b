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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from detente.amend.allowed import nearest_allowed
from detente.amend.program import Program, Terms
from detente.assess.outlook import Outlook
from detente.case.records import Draft
from detente.compiled.compiled import Packages
from detente.consent.formula import AllOf, AtLeastOf, Formula, Voter
from detente.consent.joint import VoterChance, binomial_tail
from detente.errors import RequestError
from detente.packages.of_case import constraints_of

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


class _Circumstances:
    """Draws of everything that decides who says yes, the same for all packages.

    Parameters
    ----------
    samples, seed
        How many draws, and where they start.
    """

    def __init__(self, outlook: Outlook, samples: int, seed: int) -> None:
        self.outlook = outlook
        self.samples = samples
        self._generator = np.random.default_rng(seed)
        self._shock = self._generator.standard_normal(samples)
        self._clusters: dict[str, Array] = {}
        self._own: dict[str, Array] = {}
        for rule in outlook.rules.rules:
            for voter in sorted(rule.voters):
                if voter.actor not in self._own:
                    self._own[voter.actor] = self._generator.standard_normal(samples)
        for actor in sorted(outlook.rules.scope):
            group = outlook.case.actor_of[actor].inherits
            for cluster in (actor, group):
                if cluster is not None and cluster not in self._clusters:
                    self._clusters[cluster] = self._generator.standard_normal(samples)

    def says_yes(self, voter: Voter, chance: VoterChance) -> Draws:
        """In which draws a voter says yes, ``(samples,)``."""
        shock = self.outlook.settings.common_shock
        shared = chance.shared if chance.cluster is not None else 0.0
        level = ndtri(np.clip(chance.probability, 1e-12, 1.0 - 1e-12))
        left = level - math.sqrt(shock) * self._shock
        if chance.cluster is not None and shared:
            left = left - math.sqrt((1.0 - shock) * shared) * self._clusters[chance.cluster]
        left = left / math.sqrt((1.0 - shock) * (1.0 - shared))
        if not voter.count:
            return np.asarray(self._own[voter.actor] <= left)
        tail = binomial_tail(chance.seats, voter.count, ndtr(left))
        return np.asarray(ndtr(self._own[voter.actor]) <= tail)

    def passes(self, package: Packages, chances: Mapping[str, VoterChance]) -> Draws:
        """In which draws a package passes every rule it calls for, ``(samples,)``."""
        known: dict[Voter, Draws] = {}

        def held(formula: Formula) -> Draws:
            if isinstance(formula, Voter):
                if formula not in known:
                    known[formula] = self.says_yes(formula, chances[formula.actor])
                return known[formula]
            parts = [held(part) for part in formula.parts]
            if isinstance(formula, AllOf):
                return np.logical_and.reduce(parts) if parts else np.ones(self.samples, dtype=bool)
            if isinstance(formula, AtLeastOf):
                if not parts:
                    return np.zeros(self.samples, dtype=bool)
                return np.asarray(np.sum(parts, axis=0) >= formula.count)
            weights = np.array(formula.weights)[:, None]
            return np.asarray((weights * np.array(parts)).sum(axis=0) >= formula.quota)

        return held(self.outlook.formula(package))


class _Constraints:
    """The constraints of a case, asked of one package at a time."""

    def __init__(self, outlook: Outlook) -> None:
        first = outlook.compiled.first
        exclusions, limits = constraints_of(outlook)

        def parts(when: Mapping[int, list[int]]) -> list[NDArray[np.int64]]:
            return [np.array(options) + first[point] for point, options in when.items()]

        self.exclusions = [parts(when) for _, when in exclusions]
        self.limits = [(most, [parts(item) for item in items]) for _, most, items in limits]

    def allow(self, package: Packages) -> bool:
        """Whether a package meets all of them."""

        def holds(parts: list[NDArray[np.int64]]) -> bool:
            return all(np.isin(part, package).any() for part in parts)

        if any(holds(parts) for parts in self.exclusions):
            return False
        return all(sum(map(holds, items)) <= most for most, items in self.limits)


class _Search:
    """Packages by their share of draws passed, each judged once."""

    def __init__(self, outlook: Outlook, samples: int, seed: int, deadline: float) -> None:
        self.outlook = outlook
        self.draws = _Circumstances(outlook, samples, seed)
        self.deadline = deadline
        self._known: dict[bytes, tuple[float, float]] = {}

    @cached_property
    def options(self) -> list[list[int]]:
        """For every point, the options that constraints do not bar outright."""
        first = self.outlook.compiled.first
        return [list(range(start, end)) for start, end in pairwise(first.tolist())]

    def values(self, packages: Packages) -> list[tuple[float, float]]:
        """Return for each package its share of draws passed, and a smooth guess to break ties."""
        rows = [row for row in packages if row.tobytes() not in self._known]
        if rows:
            fresh = np.stack(rows)
            needed = np.any(self._needed(self.outlook.compiled.features(fresh)), axis=0)
            asked = [self.actors[place] for place in np.flatnonzero(needed)]
            chances = self.outlook.chances(asked, fresh)
            for row, guess, chance in zip(rows, self.guesses(fresh), chances, strict=True):
                possible = math.isfinite(guess)
                share = float(self.draws.passes(row, chance).mean()) if possible else -1.0
                self._known[row.tobytes()] = (share, guess)
        return [self._known[row.tobytes()] for row in packages]

    def guesses(self, packages: Packages) -> list[float]:
        """Return for each package the logarithm of the product of all acceptances it needs.

        Minus infinity where constraints forbid the package.
        """
        features = self.outlook.compiled.features(packages)
        yes = [self.outlook.acceptor(actor).probability(features) for actor in self.actors]
        logs = np.log(np.clip(np.stack(yes, axis=1), 1e-9, 1.0))
        total = (logs * self._needed(features)).sum(axis=1)
        return [
            float(guess) if self.allowed(package) else -math.inf
            for guess, package in zip(total, packages, strict=True)
        ]

    @cached_property
    def actors(self) -> list[str]:
        """Everybody whom a rule names."""
        return sorted(self.outlook.rules.scope)

    @cached_property
    def _rules(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which options call for each rule, and whom it names."""
        rules = self.outlook.rules.rules
        named = [{voter.actor for voter in rule.voters} for rule in rules]
        options = len(self.outlook.compiled.options)
        return (
            np.stack([rule.triggers[:options] for rule in rules]),
            np.array([[actor in names for actor in self.actors] for names in named]),
        )

    def _needed(self, features: Array) -> NDArray[np.bool_]:
        """Who is asked about each package, ``(packages, actors)``."""
        triggers, named = self._rules
        calls = features[:, : triggers.shape[1]] @ triggers.T > 0.0
        return np.asarray(calls.astype(float) @ named > 0.0)

    def reaches(self, package: Packages, wanted: float) -> bool:
        """Whether enough draws pass, and not by luck: the exact chance is large enough too."""
        if self.values(package[None, :])[0][0] < wanted:
            return False
        return self.outlook.probability(package) >= wanted

    def allowed(self, package: Packages) -> bool:
        """Whether the case's constraints allow a package that changes something."""
        if (package == self.outlook.compiled.status_quo).all():
            return False
        return self._constraints.allow(package)

    @cached_property
    def _constraints(self) -> _Constraints:
        return _Constraints(self.outlook)

    def neighbours(self, package: Packages) -> Packages:
        """Return all packages that differ in one point, ``(packages, points)``."""
        found = []
        for point, options in enumerate(self.options):
            for option in options:
                if option != package[point]:
                    other = package.copy()
                    other[point] = option
                    found.append(other)
        return np.stack(found)

    def climb(self, package: Packages) -> tuple[Packages, bool]:
        """Change one point at a time while that is better; whether the top was reached.

        First by the smooth guess, which costs little, then by draws.
        """
        package, _ = self._ascend(package, self.guesses)
        return self._ascend(package, self.values)

    def _ascend(
        self, package: Packages, judge: Callable[[Packages], Sequence[Any]]
    ) -> tuple[Packages, bool]:
        here = judge(package[None, :])[0]
        while time.monotonic() < self.deadline:
            others = self.neighbours(package)
            values = judge(others)
            order = sorted(range(len(values)), key=values.__getitem__, reverse=True)
            if values[order[0]] <= here:
                return package, True
            better = [place for place in order if values[place] > here]
            bundles = self._bundles(package, others[better])
            worth = judge(bundles)
            best = max(range(len(worth)), key=worth.__getitem__)
            package, here = bundles[best], worth[best]
        return package, False

    def _bundles(self, package: Packages, better: Packages) -> Packages:
        """The best change alone, and the best changes of several points at once."""
        changes: dict[int, int] = {}
        for other in better:
            point = int(np.flatnonzero(other != package)[0])
            changes.setdefault(point, int(other[point]))
        points = list(changes)
        sizes = sorted({1, 2, 4, 8, 16, len(points)})
        found = []
        for size in (each for each in sizes if each <= len(points)):
            bundle = package.copy()
            bundle[points[:size]] = [changes[point] for point in points[:size]]
            found.append(bundle)
        return np.stack(found)


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
    search = _Search(outlook, samples, seed, start + 0.6 * seconds)
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
    fresh = _Search(outlook, samples, seed + 1, 0.0).values(package[None, :])[0][0]
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
    first = outlook.compiled.first
    anything = tuple(tuple(range(start, end)) for start, end in pairwise(first.tolist()))
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
    search = _Search(outlook, samples, seed, start + 0.8 * seconds)
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


def _forward(search: _Search, package: Packages, wanted: float) -> Packages:
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
    search: _Search, package: Packages, choices: tuple[tuple[int, ...], ...], wanted: float
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
