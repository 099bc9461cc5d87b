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
from collections import Counter
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
_REACH = 6.0
_FINE = 0.9
_MOST_NODES = 200_000


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


def _passing(seats: int, count: int, given: Array) -> Array:
    """The tail at many nodes: read off a fine table, to seven digits, where they are very many."""
    if given.size < 1000:
        return binomial_tail(seats, count, given)
    chances, tails = _tail_table(seats, count)
    result: Array = np.interp(given, chances, tails, left=0.0, right=1.0)
    return result


@lru_cache(maxsize=64)
def _tail_table(seats: int, count: int) -> tuple[Array, Array]:
    reach = math.sqrt(37.0 / (2.0 * seats))
    quota = count / seats
    chances = np.linspace(max(quota - reach, 0.0), min(quota + reach, 1.0), 10_001)
    return chances, bdtrc(count - 1, seats, chances)


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
    formula: Formula,
    chances: Mapping[str, VoterChance],
    common_shock: float = 0.0,
    memory: dict[object, Array] | None = None,
) -> float:
    """Return the probability that ``formula`` holds.

    Parameters
    ----------
    chances
        By actor.
    common_shock
        rho, 0..1: correlation through a circumstance that all share; 0 for none.
    memory
        Where to keep what parts of the formula come to, for further formulas under the same
        chances; empty at first.

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
    around = _outer_steps(formula, chances, common_shock)
    known = {} if memory is None else memory
    outer_weight = _grid(around)[1]
    total = np.ones(len(outer_weight))
    for part, factors in _components(formula, chances):
        key = (part, around)
        if key not in known:
            known[key] = _given_outer(part, factors, chances, around, common_shock)
        total = total * known[key]
    return min(max(float(total @ outer_weight), 0.0), 1.0)


def _given_outer(
    part: Formula,
    factors: tuple[tuple[str, float], ...],
    chances: Mapping[str, VoterChance],
    around: tuple[float, ...],
    common_shock: float,
) -> Array:
    """The chance of one part given the common shock, ``(outer nodes,)``."""
    steps = tuple(step for _, step in factors)
    axes = {name: axis for axis, (name, _) in enumerate(factors)}
    inner_weight = _grid(steps)[1]
    shape = (len(_grid(around)[1]), len(inner_weight))
    flat = {}
    for voter in voters_in(part):
        chance = chances[voter.actor]
        axis = axes.get(chance.cluster or "")
        given = _given(chance, voter.count, around, steps, axis, common_shock)
        flat[voter] = np.broadcast_to(given, shape).ravel()
    result: Array = probability(part, flat).reshape(shape) @ inner_weight
    return result


def _step(shared: float) -> float:
    """The step of the trapezoidal rule over a factor that explains this share of a variance.

    A normal distribution function of slope a is integrated to about exp(-2 pi^2 / (h^2 (1 + a^2)));
    with h^2 (1 + a^2) = 0.81 that is 10^-10.
    """
    return min(_FINE * math.sqrt(1.0 - shared), 0.75)


def _body_step(chance: VoterChance, count: int) -> float:
    """The step over a body's factor: its quota makes a step as wide as its seats are few.

    Of n seats k agree when the k-th of n uniform numbers lies below their chance, so that the width
    is the sd of that order statistic, on the scale of quantiles and of the factor.
    """
    quota = min(max(count / chance.seats, 0.5 / chance.seats), 1.0 - 0.5 / chance.seats)
    spread = math.sqrt(quota * (1.0 - quota) / chance.seats)
    density = math.exp(-0.5 * float(ndtri(quota)) ** 2) / math.sqrt(2.0 * math.pi)
    width = spread / density * math.sqrt((1.0 - chance.shared) / chance.shared)
    return min(1.5 * width, _step(chance.shared))


def _outer_steps(
    formula: Formula, chances: Mapping[str, VoterChance], common_shock: float
) -> tuple[float, ...]:
    """The step over the common shock; fine where only it smooths the step that a body makes."""
    if not common_shock:
        return ()
    steps = [_step(common_shock)]
    for voter in voters_in(formula):
        chance = chances[voter.actor]
        if voter.count:
            shared = chance.shared if chance.cluster is not None else 0.0
            left = (1.0 - common_shock) * shared
            steps.append(_step(common_shock / (common_shock + left + 0.5 / chance.seats)))
            if left < 0.05:
                alone = VoterChance(0.5, None, common_shock, chance.seats)
                steps.append(_body_step(alone, voter.count))
    return (min(steps),)


@lru_cache(maxsize=64)
def _grid(steps: tuple[float, ...]) -> tuple[Array, Array]:
    """Nodes ``(nodes, factors)`` and weights ``(nodes,)`` over independent standard normals.

    A product of trapezoidal rules; past 200,000 nodes as many points spread evenly (a Kronecker
    sequence), whose error is about one in a thousand.
    """
    if not steps:
        return np.zeros((1, 0)), np.ones(1)
    counts = [2 * math.ceil(_REACH / step) + 1 for step in steps]
    if math.prod(counts) > _MOST_NODES:
        return _spread(len(steps))
    lines = [np.linspace(-_REACH, _REACH, count) for count in counts]
    masses = [np.exp(-0.5 * line**2) for line in lines]
    axes = np.meshgrid(*lines, indexing="ij")
    weights = np.meshgrid(*(mass / mass.sum() for mass in masses), indexing="ij")
    return (
        np.stack([axis.ravel() for axis in axes], axis=1),
        np.prod([weight.ravel() for weight in weights], axis=0),
    )


def _spread(factors: int) -> tuple[Array, Array]:
    golden = 2.0
    for _ in range(60):
        golden = (1.0 + golden) ** (1.0 / (factors + 1))
    paces = golden ** -np.arange(1.0, factors + 1.0)
    places = (0.5 + np.arange(1.0, _MOST_NODES // 4 + 1.0)[:, None] * paces) % 1.0
    nodes: Array = ndtri(np.clip(places, 1e-9, 1.0 - 1e-9))
    return nodes, np.full(len(nodes), 1.0 / len(nodes))


def _ties(part: Formula, chances: Mapping[str, VoterChance]) -> frozenset[str]:
    """What ties a part to others: its actors and the clusters they share a belief with."""
    actors = {voter.actor for voter in voters_in(part)}
    clusters = (chances[a].cluster for a in actors if chances[a].shared > 0.0)
    return frozenset(actors | {f"cluster {cluster}" for cluster in clusters if cluster is not None})


def _components(
    formula: Formula, chances: Mapping[str, VoterChance]
) -> Iterator[tuple[Formula, tuple[tuple[str, float], ...]]]:
    """Split a conjunction into parts that share neither a voter nor a cluster.

    Actors that stand alone are one part, since only the common shock ties them to others. With each
    part come the factors to integrate over, and the step for each: those of clusters with
    several voters in the part, or with seats. A lone actor's factor is as good as its own.
    """
    parts = formula.parts if isinstance(formula, AllOf) else (formula,)
    keys = [_ties(part, chances) for part in parts]
    seen = Counter(key for each in keys for key in each)
    alone: list[Formula] = []
    groups: list[tuple[set[str], list[Formula]]] = []
    for part, mine in zip(parts, keys, strict=True):
        lone = isinstance(part, Voter) and not part.count and all(seen[key] == 1 for key in mine)
        if lone:
            alone.append(part)
            continue
        joined, held = set(mine), [part]
        apart = []
        for known, others in groups:
            if known & joined:
                joined |= known
                held = others + held
            else:
                apart.append((known, others))
        groups = [*apart, (joined, held)]
    if alone:
        yield AllOf(tuple(alone)), ()
    for _, held in groups:
        joint = AllOf(tuple(held)) if len(held) > 1 else held[0]
        members: dict[str, list[Voter]] = {}
        for voter in sorted(voters_in(joint)):
            chance = chances[voter.actor]
            if chance.cluster is not None and chance.shared > 0.0:
                members.setdefault(chance.cluster, []).append(voter)
        factors = []
        for cluster, found in sorted(members.items()):
            if len(found) > 1 or found[0].count:
                steps = [
                    _body_step(chances[v.actor], v.count)
                    if v.count
                    else _step(chances[v.actor].shared)
                    for v in found
                ]
                factors.append((cluster, min(steps)))
        yield joint, tuple(factors)


@lru_cache(maxsize=512)
def _given(
    chance: VoterChance,
    count: int,
    around: tuple[float, ...],
    steps: tuple[float, ...],
    axis: int | None,
    common_shock: float,
) -> Array:
    """The voter's probability of a yes given the factors, ``(outer nodes, inner nodes)``.

    ``around`` and ``steps`` are the steps of the grids over the common shock and over the clusters,
    of which ``axis`` is the voter's.
    """
    if chance.probability <= _CERTAIN or chance.probability >= 1.0 - _CERTAIN:
        given = np.full((1, 1), float(round(chance.probability)))
    else:
        threshold = np.full((1, 1), ndtri(chance.probability))
        if common_shock:
            threshold = threshold - math.sqrt(common_shock) * _grid(around)[0][:, :1]
        shared = 0.0
        if axis is not None:
            shared = chance.shared
            factor = _grid(steps)[0][:, axis]
            threshold = threshold - math.sqrt((1.0 - common_shock) * shared) * factor[None, :]
        given = ndtr(threshold / math.sqrt((1.0 - common_shock) * (1.0 - shared)))
    return _passing(chance.seats, count, given) if count else given
