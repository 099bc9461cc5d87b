"""An actor's acceptance of packages: gain over no deal, and red lines that no gain outweighs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.beliefs.belief import Belief, RedLineBelief, Reservation
from detente.beliefs.normal import normal_cdf
from detente.compiled.compiled import CompiledCase, Features

__all__ = ["Acceptor", "acceptor"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Acceptor:
    """How one actor judges any package; linear in the package's features.

    Parameters
    ----------
    actor
        Its id.
    weights
        ``(features,)``: share of each feature's point in the actor's salience over the points on
        which it is asked; 0 elsewhere.
    values
        ``(features,)``: weight times mean rating; they add up to the mean utility, on -3..3.
    covariance
        ``(features, features)``: covariance of weight times rating.
    own_covariance
        The part of it in which the actor may differ from the group it inherits from.
    log_compliance
        ``(features,)``: logarithm of the chance that no red line forbids the feature; they add up.
    red_lines
        Where those chances come from, in scope.
    reservation
        What no deal is worth to it.
    """

    actor: str
    weights: Array
    values: Array
    covariance: Array
    own_covariance: Array
    log_compliance: Array
    red_lines: tuple[RedLineBelief, ...]
    reservation: Reservation

    def utility(self, features: Features) -> tuple[Array, Array]:
        """Return mean and sd of the gain over no deal, ``(packages,)`` each, on -3..3."""
        mean = features @ self.values - self.reservation.value
        variance = ((features @ self.covariance) * features).sum(axis=1)
        return mean, np.sqrt(np.maximum(variance, 0.0) + self.reservation.sd**2)

    def factors(self, features: Features) -> tuple[Array, Array]:
        """Return the chance of a gain, and of crossing no red line, ``(packages,)`` each."""
        mean, sd = self.utility(features)
        compliance = np.exp(np.minimum(features @ self.log_compliance, 0.0))
        return normal_cdf(mean / sd), compliance

    def probability(self, features: Features) -> Array:
        """Return the probability of acceptance, ``(packages,)``: the product of the two factors.

        Red lines are taken as independent of each other and of the gain;
        :func:`~detente.assess.sampling.sampled_acceptance` does without that.
        """
        gain, compliance = self.factors(features)
        return gain * compliance

    def shared_variance(self, features: Features) -> Array:
        """Return the share of the gain's variance that is the group's, ``(packages,)``, 0..1."""
        own = ((features @ self.own_covariance) * features).sum(axis=1)
        result: Array = np.clip(1.0 - own / self.utility(features)[1] ** 2, 0.0, 1.0)
        return result


def acceptor(
    compiled: CompiledCase,
    belief: Belief,
    scope: NDArray[np.bool_],
    red_lines: tuple[RedLineBelief, ...],
    conditional_refusal: dict[int, float],
    reservation: Reservation,
) -> Acceptor:
    """Return how an actor judges packages on the points in ``scope``, ``(points,) bool``.

    Parameters
    ----------
    conditional_refusal
        By interaction feature: the probability of refusal where the condition is met.
    """
    salience = np.where(scope, belief.salience, 0.0)
    share = salience / salience.sum() if salience.any() else salience
    weights = share[compiled.feature_point]
    compliance = np.zeros(compiled.feature_count)
    in_scope = tuple(line for line in red_lines if scope[compiled.feature_point[line.feature]])
    for line in in_scope:
        compliance[line.feature] = _log_chance(line.probability)
    for interaction, feature in compiled.interaction_place.items():
        if feature in conditional_refusal and compliance[interaction.option] < 0.0:
            met = _log_chance(conditional_refusal[feature])
            compliance[feature] = max(met - compliance[interaction.option], 0.0)
    outer = np.outer(weights, weights)
    return Acceptor(
        actor=belief.actor,
        weights=weights,
        values=weights * belief.mean,
        covariance=outer * belief.covariance,
        own_covariance=outer * belief.own_variance,
        log_compliance=compliance,
        red_lines=in_scope,
        reservation=reservation,
    )


def _log_chance(refusal: float) -> float:
    return float(np.log1p(-min(refusal, 1.0 - 1e-9)))
