"""A case made ready for questions: arrays, beliefs, rules and one judge per actor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from detente.assess.acceptance import Acceptor, acceptor, stated_acceptor
from detente.beliefs.belief import Belief, Beliefs
from detente.case.case import Case
from detente.case.records import Scenario, Settings
from detente.compiled.compiled import CompiledCase, Packages, compile_case
from detente.consent.formula import Formula, all_of, voters_in
from detente.consent.joint import VoterChance, chance_of
from detente.consent.rules import RuleSet, read_rules

__all__ = ["MAX_SHARED", "Outlook"]

MAX_SHARED = 0.9
"""No two bodies that share one belief are taken to judge exactly alike."""


@dataclass(frozen=True)
class Outlook:
    """A case under one scenario, with everything computed once that several answers need.

    Parameters
    ----------
    compiled
        The case as arrays.
    scenario
        What happens without a deal.
    settings
        The constants; the case's own unless replaced for a what-if.
    no_deal_shift
        Added to every no-deal value, on -3..3; 0 but for a what-if.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> outlook = Outlook.of(load(example_folder("ukraine-2025")))
    >>> outlook.scenario.id
    'aid-continues'
    """

    compiled: CompiledCase
    scenario: Scenario
    settings: Settings
    no_deal_shift: float = 0.0

    @classmethod
    def of(cls, case: Case, scenario: str | None = None) -> Outlook:
        """Return the outlook of a case under a scenario, the first one if None."""
        return cls(compile_case(case), case.scenario(scenario), case.about.settings)

    @property
    def case(self) -> Case:
        """The case as written."""
        return self.compiled.case

    @cached_property
    def beliefs(self) -> Beliefs:
        """What is believed of every actor."""
        return Beliefs(self.compiled, self.settings)

    @cached_property
    def rules(self) -> RuleSet:
        """Whose yes is needed."""
        return read_rules(self.compiled)

    @cached_property
    def _acceptors(self) -> dict[str, Acceptor]:
        return {}

    def belief(self, actor: str) -> Belief:
        """Return what is believed of an actor."""
        return self.beliefs.of(actor)

    def scope(self, actor: str) -> NDArray[np.bool_]:
        """Return the points on which an actor is asked, ``(points,)``; all if no rule names it."""
        everything = np.ones(len(self.case.points), dtype=bool)
        return self.rules.scope.get(actor, everything)

    def acceptor(self, actor: str) -> Acceptor:
        """Return how an actor judges packages."""
        if actor not in self._acceptors and actor in self.case.preferences_of:
            own = self.case.preferences_of[actor]
            self._acceptors[actor] = stated_acceptor(self.compiled, own, self.no_deal_shift)
        if actor not in self._acceptors:
            reservation = self.beliefs.reservation(actor, self.scenario.id)
            shifted = replace(reservation, value=reservation.value + self.no_deal_shift)
            self._acceptors[actor] = acceptor(
                self.compiled,
                self.belief(actor),
                self.scope(actor),
                self.beliefs.red_lines(actor),
                self.beliefs.refusal_given_condition(actor),
                shifted,
            )
        return self._acceptors[actor]

    def chances(self, actors: Iterable[str], packages: Packages) -> list[dict[str, VoterChance]]:
        """Return the chance of a yes of several actors, for each of ``(packages, points)``."""
        features = self.compiled.features(packages)
        found: list[dict[str, VoterChance]] = [{} for _ in features]
        for actor in actors:
            judge = self.acceptor(actor)
            seats = self.case.actor_of[actor].seats or 0
            cluster = self._cluster(actor)
            if cluster is None:
                shared = np.zeros(len(features))
            elif cluster == actor:
                shared = np.full(len(features), MAX_SHARED)
            else:
                shared = np.minimum(judge.shared_variance(features), MAX_SHARED)
            yes = judge.probability(features)
            for place, chances in enumerate(found):
                chances[actor] = VoterChance(
                    float(yes[place]), cluster, float(shared[place]), seats
                )
        return found

    def _cluster(self, actor: str) -> str | None:
        """The group whose belief the actor shares; itself where others share its own."""
        if actor in self._cluster_roots:
            return actor
        return self.case.actor_of[actor].inherits

    @cached_property
    def _cluster_roots(self) -> frozenset[str]:
        voters = set(self.rules.scope)
        return frozenset(voters & {self.case.actor_of[actor].inherits for actor in voters})

    def formula(self, package: Packages) -> Formula:
        """Return everything that must be agreed for one package ``(points,)``."""
        return all_of(rule.formula for rule in self.rules.applying(package))

    def probability(self, package: Packages) -> float:
        """Return the chance that everybody needed accepts one package ``(points,)``."""
        formula = self.formula(package)
        actors = sorted({voter.actor for voter in voters_in(formula)})
        return chance_of(formula, self.chances(actors, package)[0], self.settings.common_shock)
