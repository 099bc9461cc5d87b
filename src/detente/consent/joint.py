"""The chance that rules pass when acceptances hang together.

Dependence is a Gaussian copula that keeps every voter's own probability (one-factor model, Vasicek
1987, within clusters). Voter v says yes when

    sqrt(rho) Z + sqrt(1 - rho) (sqrt(kappa_v) C_v + sqrt(1 - kappa_v) E_v)  <=  quantile(p_v)

with Z a circumstance that all share (the common shock), C_v what is shared by those who inherit the
belief of one group, and E_v the voter's own. Given Z and the C of all clusters the voters are
independent, and the formula's probability is exact; the factors are integrated out by the
trapezoidal rule, which for such smooth integrands converges faster than any power of its step
(Trefethen and Weideman 2014).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtrc, ndtr, ndtri

from detente.consent.exact import probability
from detente.consent.formula import NEVER, AllOf, Formula, Voter, voters_in

__all__ = ["VoterChance", "binomial_tail", "chance_of", "marginal"]

Array = NDArray[np.float64]

_CERTAIN = 1e-12
_OUTER_NODES = 21
_OUTER_NODES_STEEP = 129
_INNER_NODES = {1: 41, 2: 33, 3: 17, 4: 11}
_INNER_NODES_STEEP = {1: 401, 2: 65, 3: 21, 4: 11}
_REACH = 6.0


@dataclass(frozen=True, slots=True)
class VoterChance:
    """How likely an actor, or one seat of a body, is to say yes, and what it shares with others.

    Parameters
    ----------
    probability
        Of the actor, or of one seat.
    cluster
        Id of the group whose belief is shared; None for an actor with a voice of its own.
    shared
        kappa, 0..1: share of its variance that is the group's.
    seats
        Number of seats of a body; 0 for a single actor.
    """

    probability: float
    cluster: str | None = None
    shared: float = 0.0
    seats: int = 0


def binomial_tail(seats: int, count: int, chance: Array) -> Array:
    """Return the probability of at least ``count`` yes among ``seats`` independent seats.

    Examples
    --------
    >>> binomial_tail(3, 2, np.array([0.5])).round(12).tolist()
    [0.5]
    """
    # beyond this distance from the quota the tail is 0 or 1 to 16 digits (Hoeffding 1963)
    decided = np.abs(chance - count / seats) > math.sqrt(37.0 / (2.0 * seats))
    tail: Array = np.where(chance > count / seats, 1.0, 0.0)
    tail[~decided] = bdtrc(count - 1, seats, chance[~decided])
    return tail


def marginal(voter: Voter, chances: Mapping[str, VoterChance], common_shock: float = 0.0) -> float:
    """Return the probability that one voter says yes, whatever the others do.

    For an actor its own probability; for the seats of a body the probability that enough of them
    agree, what they share integrated out.

    Examples
    --------
    >>> marginal(Voter("a"), {"a": VoterChance(0.3)})
    0.3
    >>> seats = {"house": VoterChance(0.6, "party", 0.5, 101)}
    >>> round(marginal(Voter("house", 51), seats), 3)
    0.639
    """
    chance = chances[voter.actor]
    if not voter.count:
        return chance.probability
    return chance_of(voter, chances, common_shock)


def chance_of(
    formula: Formula, chances: Mapping[str, VoterChance], common_shock: float = 0.0
) -> float:
    """Return the probability that ``formula`` holds.

    Parameters
    ----------
    chances
        By actor.
    common_shock
        rho, 0..1: correlation through a circumstance that all share; 0 for none.

    Examples
    --------
    >>> from detente.consent.formula import all_of
    >>> two = {"a": VoterChance(0.5), "b": VoterChance(0.5)}
    >>> both = all_of([Voter("a"), Voter("b")])
    >>> round(chance_of(both, two), 9), round(chance_of(both, two, 0.5), 6)
    (0.25, 0.333333)
    """
    if formula == NEVER:
        return 0.0
    outer_weight = _outer(common_shock)[1]
    total = np.ones(len(outer_weight))
    for part, clusters in _components(formula, chances):
        steep = any(voter.count for voter in voters_in(part))
        inner_weight = _inner(len(clusters), steep)[1]
        shape = (len(outer_weight), len(inner_weight))
        flat = {}
        for voter in voters_in(part):
            chance = chances[voter.actor]
            axis = 0 if chance.cluster is None else clusters.index(chance.cluster)
            given = _given(chance, voter.count, axis, (len(clusters), steep), common_shock)
            flat[voter] = np.broadcast_to(given, shape).ravel()
        total = total * (probability(part, flat).reshape(shape) @ inner_weight)
    return min(max(float(total @ outer_weight), 0.0), 1.0)


def _outer(common_shock: float) -> tuple[Array, Array]:
    if not common_shock:
        return _grid(0, 1)
    return _grid(1, _OUTER_NODES if common_shock <= 0.5 else _OUTER_NODES_STEEP)


def _inner(clusters: int, steep: bool) -> tuple[Array, Array]:
    """Nodes over the factors of clusters; many where a body's quota makes a steep step."""
    return _grid(clusters, (_INNER_NODES_STEEP if steep else _INNER_NODES).get(clusters, 7))


@lru_cache(maxsize=32)
def _grid(dimensions: int, count: int) -> tuple[Array, Array]:
    """Nodes ``(nodes, dimensions)`` and weights ``(nodes,)`` over independent standard normals."""
    if dimensions == 0:
        return np.zeros((1, 0)), np.ones(1)
    nodes = np.linspace(-_REACH, _REACH, count)
    weights = np.exp(-0.5 * nodes**2)
    weights /= weights.sum()
    axes = np.meshgrid(*[nodes] * dimensions, indexing="ij")
    product = np.meshgrid(*[weights] * dimensions, indexing="ij")
    return (
        np.stack([axis.ravel() for axis in axes], axis=1),
        np.prod([axis.ravel() for axis in product], axis=0),
    )


def _components(
    formula: Formula, chances: Mapping[str, VoterChance]
) -> Iterator[tuple[Formula, tuple[str, ...]]]:
    """Split a conjunction into parts that share neither a voter nor a cluster.

    Voters with a voice of their own that stand alone need no splitting, since only the common shock
    ties them; they form one part.
    """
    parts = formula.parts if isinstance(formula, AllOf) else (formula,)
    groups: list[tuple[set[str], list[Formula]]] = []
    for part in parts:
        keys = {voter.actor for voter in voters_in(part)}
        keys |= {f"cluster {c}" for c in (chances[a].cluster for a in keys) if c is not None}
        merged = [part]
        apart = []
        for known, held in groups:
            if known & keys:
                keys |= known
                merged = held + merged
            else:
                apart.append((known, held))
        groups = [*apart, (keys, merged)]
    for _, held in groups:
        joined = AllOf(tuple(held)) if len(held) > 1 else held[0]
        actors = {voter.actor for voter in voters_in(joined)}
        clusters = {c for c in (chances[a].cluster for a in actors) if c is not None}
        yield joined, tuple(sorted(clusters))


@lru_cache(maxsize=512)
def _given(
    chance: VoterChance, count: int, axis: int, inner: tuple[int, bool], common_shock: float
) -> Array:
    """The voter's probability of a yes given the factors, ``(outer nodes, inner nodes)``."""
    if chance.probability <= _CERTAIN or chance.probability >= 1.0 - _CERTAIN:
        given = np.full((1, 1), float(round(chance.probability)))
    else:
        threshold = np.full((1, 1), ndtri(chance.probability))
        if common_shock:
            outer = _outer(common_shock)[0]
            threshold = threshold - math.sqrt(common_shock) * outer[:, :1]
        shared = chance.shared if chance.cluster is not None else 0.0
        if shared:
            factor = _inner(*inner)[0][:, axis]
            threshold = threshold - math.sqrt((1.0 - common_shock) * shared) * factor[None, :]
        given = ndtr(threshold / math.sqrt((1.0 - common_shock) * (1.0 - shared)))
    return binomial_tail(chance.seats, count, given) if count else given
