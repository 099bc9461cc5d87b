"""Draws of everything that decides who says yes, the same for all packages.

A draw holds one standard normal number for every shared factor and every actor. An actor says yes
where its own number lies below the quantile of its acceptance, so that draws follow the copula of
:mod:`detente.consent.joint`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from detente.assess.outlook import Outlook
from detente.compiled.compiled import Packages
from detente.consent.formula import AllOf, AtLeastOf, Formula, Voter
from detente.consent.joint import VoterChance, binomial_tail

__all__ = ["Circumstances", "Draws"]

Array = NDArray[np.float64]
Draws = NDArray[np.bool_]
"""In which draws something holds, ``(samples,)``."""


class Circumstances:
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
