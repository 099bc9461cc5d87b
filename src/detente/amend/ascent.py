"""The search for packages that pass in many draws: one or several points changed at a time."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.amend.allowed import allowed_space
from detente.amend.draws import Circumstances
from detente.assess.outlook import Outlook
from detente.compiled.compiled import Packages
from detente.packages.of_case import package_of
from detente.packages.space import Space

__all__ = ["Ascent"]

Array = NDArray[np.float64]


class Ascent:
    """Packages by their share of draws passed, each judged once."""

    def __init__(self, outlook: Outlook, samples: int, seed: int, deadline: float) -> None:
        self.outlook = outlook
        self.draws = Circumstances(outlook, samples, seed)
        self.deadline = deadline
        self._known: dict[bytes, tuple[float, float]] = {}

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
        return self._space.possible(package_of(self.outlook, package))

    @cached_property
    def _space(self) -> Space:
        return allowed_space(self.outlook, self.outlook.compiled.status_quo)

    def neighbours(self, package: Packages) -> Packages:
        """Return all packages that differ in one point, ``(packages, points)``."""
        found = []
        for point, options in enumerate(self.outlook.compiled.options_of):
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
