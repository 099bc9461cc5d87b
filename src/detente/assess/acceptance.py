"""An actor's acceptance of packages: gain over no deal, and red lines that no gain outweighs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from detente.beliefs.belief import Belief, RedLineBelief, Reservation
from detente.case.preferences import Preferences, exact
from detente.compiled.compiled import CompiledCase, Features, together_of

__all__ = ["Acceptor", "acceptor", "stated_acceptor"]

Array = NDArray[np.float64]

_CERTAIN = 1e-9
"""The sd of a reservation that is stated: equal to it counts as enough, less does not."""


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
    shared_covariance, group_covariance
        Covariance with the group's weighted ratings, and of those themselves; 0 without a group.
    log_compliance
        ``(features,)``: logarithm of the chance that no red line forbids the feature. They add up,
        but conditions that are met can at most make good the red lines of their own point.
    feature_point
        ``(features,) int``: the point of every feature.
    red_lines
        Where those chances come from, in scope.
    reservation
        What no deal is worth to it.
    """

    actor: str
    weights: Array
    values: Array
    covariance: Array
    shared_covariance: Array
    group_covariance: Array
    log_compliance: Array
    feature_point: NDArray[np.int64]
    red_lines: tuple[RedLineBelief, ...]
    reservation: Reservation

    def utility(self, features: Features) -> tuple[Array, Array]:
        """Return mean and sd of the gain over no deal, ``(packages,)`` each, on -3..3."""
        mean = features @ self.values - self.reservation.value
        return mean, np.sqrt(_quadratic(self.covariance, features) + self.reservation.sd**2)

    def factors(self, features: Features) -> tuple[Array, Array]:
        """Return the chance of a gain, and of crossing no red line, ``(packages,)`` each."""
        mean, sd = self.utility(features)
        return ndtr(mean / sd), np.exp(self.log_compliance_of(features))

    def log_compliance_of(self, features: Features) -> Array:
        """Return the logarithm of the chance that no red line is crossed, ``(packages,)``."""
        touched = np.flatnonzero(self.log_compliance)
        by_point = np.zeros((len(features), int(self.feature_point.max()) + 1))
        for feature in touched:
            by_point[:, self.feature_point[feature]] += (
                features[:, feature] * self.log_compliance[feature]
            )
        result: Array = np.minimum(by_point, 0.0).sum(axis=1)
        return result

    def probability(self, features: Features) -> Array:
        """Return the probability of acceptance, ``(packages,)``: the product of the two factors.

        Red lines are taken as independent of each other and of the gain;
        :func:`~detente.assess.sampling.sampled_acceptance` does without that.
        """
        gain, compliance = self.factors(features)
        return gain * compliance

    def shared_variance(self, features: Features) -> Array:
        """Return the share of the gain's variance that the group's gain explains, ``(packages,)``.

        The squared correlation of the two, the no-deal value counting as shared.
        """
        no_deal = self.reservation.sd**2
        together = _quadratic(self.shared_covariance, features) + no_deal
        group = _quadratic(self.group_covariance, features) + no_deal
        mine = _quadratic(self.covariance, features) + no_deal
        result: Array = np.clip(together**2 / (group * mine), 0.0, 1.0)
        return result


def _quadratic(matrix: Array, features: Features) -> Array:
    result: Array = np.maximum(((features @ matrix) * features).sum(axis=1), 0.0)
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
        shared_covariance=outer * belief.shared_covariance,
        group_covariance=outer * belief.group_covariance,
        log_compliance=compliance,
        feature_point=compiled.feature_point,
        red_lines=in_scope,
        reservation=reservation,
    )


def stated_acceptor(compiled: CompiledCase, own: Preferences, no_deal_shift: float) -> Acceptor:
    """Return how an actor judges packages by its own stated preferences: nothing is in doubt.

    It accepts what is worth at least its reservation; everything where it states none.
    """
    values = np.zeros(compiled.feature_count)
    for point, options in own.values.items():
        for option, value in options.items():
            values[compiled.place[point, option]] += float(exact(value))
    for each in own.together:
        for interaction in together_of(each, compiled.place):
            if interaction.needs:
                values[compiled.interaction_place[interaction]] += float(exact(each.value))
            else:
                values[interaction.option] += float(exact(each.value))
    if own.reservation is None:
        count, reason = len(compiled.options), "no reservation stated: any package will do"
        floor = float(np.minimum.reduceat(values[:count], compiled.first[:-1]).sum())
        floor += float(np.minimum(values[count:], 0.0).sum())
    else:
        floor, reason = float(exact(own.reservation) - exact(own.constant)), "as stated"
    none = np.zeros((compiled.feature_count, compiled.feature_count))
    return Acceptor(
        actor=own.actor,
        weights=np.ones(compiled.feature_count),
        values=values,
        covariance=none,
        shared_covariance=none,
        group_covariance=none,
        log_compliance=np.zeros(compiled.feature_count),
        feature_point=compiled.feature_point,
        red_lines=(),
        reservation=Reservation(floor + no_deal_shift - 10.0 * _CERTAIN, _CERTAIN, reason),
    )


def _log_chance(refusal: float) -> float:
    return float(np.log1p(-min(refusal, 1.0 - 1e-9)))
