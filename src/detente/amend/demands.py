"""What each voter demands of a package, and the exact check whether a package meets it.

Two targets. *In the mean*: the mean gain over no deal is not negative, and no red line is crossed
that is likelier meant than not. *With probability p*: the voter's acceptance is at least p. For the
seats of a body the mean is asked of the seat that makes the quota, and the probability of enough
seats together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from detente.assess.outlook import MAX_SHARED, Outlook
from detente.compiled.compiled import Features, Packages
from detente.consent.formula import Voter
from detente.consent.joint import marginal

__all__ = ["Demand", "VoterDemands"]

_SMALL_BODY = 50
_QUANTILE_SLACK = 0.02


@dataclass(frozen=True, slots=True, order=True)
class Demand:
    """Something a voter insists on: to gain over no deal, or a red line on one point."""

    voter: Voter
    point: str = ""

    def __str__(self) -> str:
        if self.point:
            return f"{self.voter}: red line on {self.point}"
        return f"{self.voter}: at least as good as no deal"


@dataclass(frozen=True)
class VoterDemands:
    """The demands of one voter under a target.

    Parameters
    ----------
    outlook
        The case under a scenario.
    voter
        Whose demands.
    level
        Probability wanted; None asks for acceptance in the mean.
    """

    outlook: Outlook
    voter: Voter
    level: float | None

    @cached_property
    def quantile(self) -> float:
        """How many of its own sds the mean gain must at least be: z in mean >= z * sd.

        For bodies with a wanted probability a lower bound: the large-body formula (Vasicek 1987)
        at the weakest sharing, less a slack; the exact check decides.
        """
        seats = self.outlook.case.actor_of[self.voter.actor].seats or 0
        if not self.voter.count:
            return 0.0 if self.level is None else float(ndtri(self.level))
        if self.level is None:
            return float(ndtri(min(max(self.voter.count / seats, 1e-6), 1.0 - 1e-6)))
        if seats < _SMALL_BODY:
            return -8.0
        share = min(max((self.voter.count - 1) / seats, 1e-6), 1.0 - 1e-6)
        within, across = ndtri(share), ndtri(self.level)
        shock = self.outlook.settings.common_shock
        shares = np.linspace(shock, shock + (1.0 - shock) * MAX_SHARED, 91)
        lowest = np.min(np.sqrt(1.0 - shares) * within + np.sqrt(shares) * across)
        return float(lowest) - _QUANTILE_SLACK

    @cached_property
    def wanted(self) -> float:
        """The acceptance that an actor, or a seat of a body, must at least have."""
        if self.level is None or not self.voter.count:
            return self.level or 0.5
        return float(ndtr(self.quantile))

    @cached_property
    def forbidden(self) -> dict[str, tuple[int, ...]]:
        """Options that one red line alone rules out, by point."""
        judge = self.outlook.acceptor(self.voter.actor)
        limit = 0.5 if self.level is None else 1.0 - self.wanted
        found: dict[str, list[int]] = {}
        for line in judge.red_lines:
            firm = line.probability >= limit if self.level is None else line.probability > limit
            if firm and not self._softened(line.feature, limit):
                point = self.outlook.compiled.options[line.feature][0]
                found.setdefault(point, []).append(line.feature)
        return {point: tuple(options) for point, options in found.items()}

    def _softened(self, option: int, limit: float) -> bool:
        """Whether a condition that can be met would make the option bearable."""
        judge = self.outlook.acceptor(self.voter.actor)
        base = judge.log_compliance[option]
        return any(
            np.exp(base + judge.log_compliance[feature]) >= 1.0 - limit
            for interaction, feature in self.outlook.compiled.interaction_place.items()
            if interaction.option == option and judge.log_compliance[feature] > 0.0
        )

    def all(self) -> Iterable[Demand]:
        """Yield every demand of the voter."""
        yield Demand(self.voter)
        for point in self.forbidden:
            yield Demand(self.voter, point)

    def met(
        self,
        package: Packages,
        dropped: frozenset[Demand] = frozenset(),
        features: Features | None = None,
    ) -> bool:
        """Return whether one package ``(points,)`` meets all demands that are not dropped.

        ``features`` are the package's, ``(1, features)``, where they are at hand.
        """
        outlook, voter = self.outlook, self.voter
        judge = outlook.acceptor(voter.actor)
        if features is None:
            features = outlook.compiled.features(package)
        lifted = {demand.point for demand in dropped if demand.voter == voter and demand.point}
        lines = self._lines(features[0], lifted)
        gain_dropped = Demand(voter) in dropped
        if self.level is None:
            mean, sd = judge.utility(features)
            gains = gain_dropped or mean[0] >= self.quantile * sd[0] - 1e-9
            return bool(gains and all(np.exp(each) > 0.5 for each in lines))
        gain = 1.0 if gain_dropped else float(judge.factors(features)[0][0])
        yes = gain * float(np.exp(min(sum(lines), 0.0)))
        if not voter.count:
            return yes >= self.level - 1e-12
        seat = replace(outlook.chances([voter.actor], package)[0][voter.actor], probability=yes)
        shock = outlook.settings.common_shock
        return marginal(voter, {voter.actor: seat}, shock) >= self.level - 1e-12

    def _lines(self, features: NDArray[np.float64], lifted: set[str]) -> list[float]:
        """Logarithm of the chance of compliance on every point that the package touches."""
        compiled, judge = self.outlook.compiled, self.outlook.acceptor(self.voter.actor)
        total: dict[int, float] = {}
        for feature in np.flatnonzero(features * judge.log_compliance):
            point = int(compiled.feature_point[feature])
            if self.outlook.case.points[point].id not in lifted:
                total[point] = total.get(point, 0.0) + float(judge.log_compliance[feature])
        return [min(value, 0.0) for value in total.values()]
