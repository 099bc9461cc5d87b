"""The joint Gaussian belief over an actor's ratings, and everything read off it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from detente.beliefs.observations import Observation, observations, spoken_points
from detente.beliefs.prior import prior_correlation
from detente.beliefs.salience import salience
from detente.case.case import by_id
from detente.case.records import NoDeal, Settings
from detente.compiled.compiled import CompiledCase

__all__ = ["Belief", "Beliefs", "RedLineBelief", "Reservation"]

REFUSAL = -2.0
"""A rating at or below which an option is refused at any price, if the word is meant."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RedLineBelief:
    """A feature that an actor may refuse at any price.

    ``origin`` says where the probability comes from: an analyst's assumption, or the actor's
    statements on the point.
    """

    feature: int
    probability: float
    origin: Literal["assumed", "inferred"]
    reason: str


@dataclass(frozen=True, slots=True)
class Reservation:
    """What no deal is worth to an actor in a scenario: normal, on -3..3, and whose assumption."""

    value: float
    sd: float
    reason: str


@dataclass(frozen=True)
class Belief:
    """What is believed of one actor.

    Parameters
    ----------
    actor
        Its id.
    mean, covariance
        ``(features,)`` and ``(features, features)``: ratings on -3..3; the status quo of every
        point is 0 for certain.
    shared_covariance, group_covariance
        ``(features, features)``: covariance of the actor's ratings with those of the group it
        inherits from, and of the group's, both given what the actor said; 0 without a group.
    observations
        What was observed of the actor itself, without what it inherits.
    gain
        ``(features, observations)``: how far one unit of surprise in each observation moves each
        rating (the Kalman gain).
    surprise
        ``(observations,)``: value observed less what was expected before.
    salience
        ``(points,)``, 0..100.
    spoken
        ``(options,) bool``: options on which the actor, or the group it inherits from, has spoken,
        and their neighbours on an ordered point.
    lineage
        Ids of the actors it inherits from, nearest first.
    """

    actor: str
    mean: Array
    covariance: Array
    shared_covariance: Array
    group_covariance: Array
    observations: tuple[Observation, ...]
    gain: Array
    surprise: Array
    salience: Array
    spoken: NDArray[np.bool_]
    lineage: tuple[str, ...]

    @property
    def has_own_voice(self) -> bool:
        """Whether anything was observed of the actor itself."""
        return bool(self.observations)

    def contributions(self) -> Array:
        """Return by how much each observation moved each rating, ``(features, observations)``.

        The columns and the inherited mean add up to the mean: Gaussian conditioning is linear.
        """
        return self.gain * self.surprise[None, :]


class Beliefs:
    """The beliefs about all actors of a case, each computed when first asked for.

    Parameters
    ----------
    compiled
        The case as arrays.
    settings
        The constants; the case's own where None.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> from detente.compiled.compiled import compile_case
    >>> beliefs = Beliefs(compile_case(load(example_folder("ukraine-2025"))))
    >>> place = beliefs.compiled.place["army-cap", "c600"]
    >>> bool(beliefs.of("ukraine").mean[place] < -1.0)
    True
    """

    def __init__(self, compiled: CompiledCase, settings: Settings | None = None) -> None:
        self.compiled = compiled
        self.settings = settings or compiled.case.about.settings
        self._actors = by_id(compiled.case.actors)
        self._known: dict[str, Belief] = {}
        self._prior = prior_correlation(compiled, self.settings)

    def of(self, actor: str) -> Belief:
        """Return the belief about an actor."""
        waiting = [actor]
        while waiting:
            name = waiting[-1]
            parent = self._actors[name].inherits
            if parent is not None and parent not in self._known:
                waiting.append(parent)
                continue
            if name not in self._known:
                known = None if parent is None else self._known[parent]
                self._known[name] = self._condition(name, known)
            waiting.pop()
        return self._known[actor]

    def before(self, actor: str) -> Array:
        """Return the variance of every option's rating before the actor spoke, ``(options,)``."""
        parent, prior = self._actors[actor].inherits, self._prior.diagonal()
        if parent is None:
            return prior * self.settings.prior_sd**2
        known = self.of(parent).covariance.diagonal()[: len(prior)]
        return known + prior * self.settings.inheritance_sd**2

    def _condition(self, actor: str, parent: Belief | None) -> Belief:
        compiled, settings = self.compiled, self.settings
        weights = self._salience(actor, parent)
        observed = tuple(observations(compiled, settings, actor, weights))
        size = compiled.feature_count
        rows = np.array([each.row for each in observed]).reshape(len(observed), size)
        spread = np.zeros((size, size))
        options = len(compiled.options)
        spread[:options, :options] = self._prior
        named = rows[:, options:].any(axis=0)
        if parent is not None:
            named |= parent.covariance.diagonal()[options:] > 0.0
        diagonal = np.arange(options, size)
        spread[diagonal, diagonal] = named
        if parent is None:
            mean = np.zeros(size)
            before = spread * settings.prior_sd**2
            shared = group = np.zeros_like(spread)
        else:
            mean = parent.mean
            shared = group = parent.covariance
            before = group + spread * settings.inheritance_sd**2
        mean, covariance, gain, surprise = condition(mean, before, observed, rows)
        if parent is not None and observed:
            # what the actor said tells of its group too, through what they share
            across = rows @ parent.covariance
            noise = np.diag([each.sd**2 for each in observed])
            total = rows @ before @ rows.T + noise
            shared = parent.covariance - gain @ across
            group = parent.covariance - across.T @ np.linalg.solve(total, across)
        pointed = np.array([each.point is not None for each in observed], dtype=bool)
        reached = np.abs(rows[pointed, :options]) @ np.abs(self._prior)
        spoken = (reached > 1e-9).any(axis=0)
        return Belief(
            actor=actor,
            mean=mean,
            covariance=covariance,
            shared_covariance=shared,
            group_covariance=group,
            observations=observed,
            gain=gain,
            surprise=surprise,
            salience=weights,
            spoken=spoken if parent is None else spoken | parent.spoken,
            lineage=() if parent is None else (parent.actor, *parent.lineage),
        )

    def _salience(self, actor: str, parent: Belief | None) -> Array:
        stated = {
            self.compiled.point_place[each.point]: each.salience
            for ratings in self.compiled.case.ratings
            for each in ratings.salience
            if each.actor == actor
        }
        return salience(
            spoken_points(self.compiled, actor),
            self.settings.pseudo_count,
            None if parent is None else parent.salience,
            stated,
        )

    def red_lines(self, actor: str) -> tuple[RedLineBelief, ...]:
        """Return what an actor may refuse at any price, by feature.

        Assumed by an analyst, else inferred on options that the actor speaks about:
        q = h * P(rating <= -2), with h the share of "never" that turns out to mean it. What the
        prior alone holds possible is no red line. Analysts' lines on the group are inherited.
        """
        belief = self.of(actor)
        assumed = self._assumed_red_lines((actor, *belief.lineage))
        compiled = self.compiled
        options = len(compiled.options)
        variance = belief.covariance.diagonal()[:options]
        changing = np.ones(options, dtype=bool)
        changing[compiled.status_quo] = False
        inferred = self._refusal(belief.mean[:options], variance)
        found = []
        for feature in np.flatnonzero(changing):
            if feature in assumed:
                probability, reason = assumed[int(feature)]
                found.append(RedLineBelief(int(feature), probability, "assumed", reason))
            elif belief.spoken[feature]:
                probability = float(inferred[feature])
                found.append(
                    RedLineBelief(int(feature), probability, "inferred", "what was said on it")
                )
        return tuple(found)

    def refusal_given_condition(self, actor: str) -> dict[int, float]:
        """Return, by interaction feature, the probability of refusal where its condition is met."""
        belief, result = self.of(actor), {}
        for interaction, feature in self.compiled.interaction_place.items():
            if belief.covariance[feature, feature] > 0.0:
                both = [interaction.option, feature]
                mean = belief.mean[both].sum(keepdims=True)
                variance = belief.covariance[np.ix_(both, both)].sum(keepdims=True).ravel()
                result[feature] = float(self._refusal(mean, variance)[0])
        return result

    def _refusal(self, mean: Array, variance: Array) -> Array:
        below: Array = ndtr((REFUSAL - mean) / np.sqrt(np.maximum(variance, 1e-12)))
        return self.settings.firmness * below

    def _assumed_red_lines(self, actors: Iterable[str]) -> dict[int, tuple[float, str]]:
        result: dict[int, tuple[float, str]] = {}
        for actor in actors:
            for ratings in self.compiled.case.ratings:
                for line in ratings.red_lines:
                    for option in line.options if line.actor == actor else ():
                        place = self.compiled.place[line.point, option]
                        reason = f"{ratings.author}: {line.reason}"
                        result.setdefault(place, (line.probability, reason))
        return result

    def reservation(self, actor: str, scenario: str) -> Reservation:
        """Return what no deal is worth to an actor in a scenario.

        The analyst's value for the actor, else for what it inherits from; where nobody has given
        one, 0 (the status quo goes on) with the sd of the settings.
        """
        for name in (actor, *self.of(actor).lineage):
            found: tuple[str, NoDeal] | None = None
            for ratings in self.compiled.case.ratings:
                for each in ratings.no_deal:
                    fits = each.actor == name and each.scenario in (None, scenario)
                    if fits and (found is None or each.scenario is not None):
                        found = (ratings.author, each)
            if found:
                author, each = found
                return Reservation(each.value, each.sd, f"{author}: {each.reason}")
        reason = "nobody has rated it: no deal is taken to leave things as they are"
        return Reservation(0.0, self.settings.no_deal_sd, reason)


def condition(
    mean: Array, covariance: Array, observed: Iterable[Observation], rows: Array
) -> tuple[Array, Array, Array, Array]:
    """Return posterior mean and covariance, the gain and the surprises.

    Gaussian conditioning through a Cholesky factor of the covariance of the observations
    (Rasmussen and Williams 2006, eqs. 2.23-2.24 and algorithm 2.1).

    Parameters
    ----------
    mean, covariance
        ``(features,)`` and ``(features, features)`` before.
    observed, rows
        The observations, and their coefficients ``(observations, features)``.

    Examples
    --------
    >>> one = Observation("statement", "s", "x", 0, np.array([1.0]), 2.0, 1.0)
    >>> mean, covariance, _, _ = condition(np.zeros(1), np.eye(1), [one], one.row[None, :])
    >>> mean.round(9).tolist(), covariance.round(9).tolist()
    ([1.0], [[0.5]])
    """
    observed = tuple(observed)
    if not observed:
        return mean, covariance, np.zeros((len(mean), 0)), np.zeros(0)
    noise = np.array([each.sd**2 for each in observed])
    surprise = np.array([each.value for each in observed]) - rows @ mean
    shared = rows @ covariance
    factor = np.linalg.cholesky(shared @ rows.T + np.diag(noise))
    whitened = np.linalg.solve(factor, shared)
    gain = np.linalg.solve(factor.T, whitened).T
    after = covariance - whitened.T @ whitened
    return mean + gain @ surprise, (after + after.T) / 2.0, gain, surprise
