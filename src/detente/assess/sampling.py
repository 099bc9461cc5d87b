"""Acceptance by sampling the joint belief: what the product of two factors leaves out.

The closed form takes red lines as independent of the gain and of each other. Here ratings are drawn
together, a red line is crossed where a drawn rating is a refusal that is meant, and the same draw
decides the gain.
"""

from __future__ import annotations

import numpy as np

from detente.assess.acceptance import Acceptor
from detente.beliefs.belief import REFUSAL, Belief
from detente.compiled.compiled import Features

__all__ = ["sampled_acceptance"]


def sampled_acceptance(
    judge: Acceptor,
    belief: Belief,
    features: Features,
    firmness: float,
    generator: np.random.Generator,
    *,
    draws: int = 20_000,
) -> tuple[float, float]:
    """Return the share of draws in which one package is accepted, and its standard error.

    Parameters
    ----------
    features
        ``(1, features)``: of one package without conditions on the options it takes.
    firmness
        Share of refusals that are meant.
    """
    active = np.flatnonzero(features[0])
    covariance = belief.covariance[np.ix_(active, active)]
    root = np.linalg.cholesky(covariance + 1e-12 * np.eye(len(active)))
    ratings = belief.mean[active] + generator.standard_normal((draws, len(active))) @ root.T
    reservation = generator.normal(judge.reservation.value, judge.reservation.sd, draws)
    accepted = ratings @ judge.weights[active] >= reservation
    for line in judge.red_lines:
        if line.feature not in active:
            continue
        if line.origin == "assumed":
            crossed = generator.random(draws) < line.probability
        else:
            refused = ratings[:, np.flatnonzero(active == line.feature)[0]] <= REFUSAL
            crossed = refused & (generator.random(draws) < firmness)
        accepted &= ~crossed
    share = float(accepted.mean())
    return share, float(np.sqrt(share * (1.0 - share) / draws))
