"""Who can stop it: sets of voters whose refusal defeats a rule, whatever everybody else does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from math import comb, prod

from detente.consent.formula import (
    NEVER,
    AllOf,
    AtLeastOf,
    Formula,
    Voter,
    WeightedOf,
    fix,
    holds,
    voters_in,
)

__all__ = ["BlockingSets", "hold_outs", "minimal_blocking_sets"]

_CANDIDATES = 400
_TRIES = 40_000


@dataclass(frozen=True, slots=True)
class BlockingSets:
    """Minimal blocking sets of a rule, the likeliest first.

    Parameters
    ----------
    sets
        Each a tuple of voters; no part of a set blocks.
    complete
        Whether these are all.
    count
        How many there are; None where they were not counted.
    """

    sets: tuple[tuple[Voter, ...], ...]
    complete: bool
    count: int | None


def minimal_blocking_sets(
    formula: Formula, yes: Mapping[Voter, float], limit: int = 20
) -> BlockingSets:
    """Return the minimal sets of voters whose joint refusal defeats ``formula``.

    Ordered by the probability that all of a set refuse, taken as independent.

    Parameters
    ----------
    yes
        Probability of a yes by voter.
    limit
        How many to return.

    Examples
    --------
    >>> from detente.consent.formula import at_least
    >>> rule = at_least(2, [Voter("a"), Voter("b"), Voter("c")])
    >>> found = minimal_blocking_sets(rule, {Voter("a"): 0.1, Voter("b"): 0.2, Voter("c"): 0.9})
    >>> [[voter.actor for voter in each] for each in found.sets], found.count
    ([['a', 'b'], ['a', 'c'], ['b', 'c']], 3)
    """
    ordered = {voter: yes.get(voter, 1.0) for voter in voters_in(formula)}
    most = max(_CANDIDATES, 8 * limit)
    found, complete = _blocking(formula, ordered, most)
    simple = not isinstance(formula, Voter) and _distinct_voters(formula.parts)
    minimal = found if simple else {_reduced(formula, each) for each in found}
    ranked = sorted(
        minimal,
        key=lambda each: (-prod(1.0 - ordered[v] for v in sorted(each)), len(each), sorted(each)),
    )
    listed = tuple(tuple(sorted(each, key=lambda v: (ordered[v], v))) for each in ranked[:limit])
    if isinstance(formula, AtLeastOf) and simple:
        count: int | None = comb(len(formula.parts), len(formula.parts) - formula.count + 1)
    else:
        count = len(ranked) if complete else None
    return BlockingSets(listed, complete and len(listed) == len(ranked), count)


def _distinct_voters(parts: tuple[Formula, ...]) -> bool:
    actors = [part.actor for part in parts if isinstance(part, Voter)]
    return len(set(actors)) == len(parts)


def _reduced(formula: Formula, blocking: frozenset[Voter]) -> frozenset[Voter]:
    """Leave out, likely to agree or not, whoever is not needed to block."""
    kept = set(blocking)
    for voter in sorted(blocking):
        if fix(formula, dict.fromkeys(kept - {voter}, False)) == NEVER:
            kept.remove(voter)
    return frozenset(kept)


def _blocking(
    formula: Formula, yes: Mapping[Voter, float], most: int
) -> tuple[set[frozenset[Voter]], bool]:
    if isinstance(formula, Voter):
        return {frozenset([formula])}, True
    parts = [_blocking(part, yes, most) for part in formula.parts]
    complete = all(done for _, done in parts)
    if isinstance(formula, AllOf):
        return set().union(*(sets for sets, _ in parts)), complete
    if not parts:
        return {frozenset()}, True
    order = sorted(range(len(parts)), key=lambda place: min(map(_refusing(yes), parts[place][0])))
    found: set[frozenset[Voter]] = set()
    combinations_ = (
        combination
        for chosen in _enough(formula, order)
        for combination in product(*(parts[place][0] for place in chosen))
    )
    for tried, combination in enumerate(combinations_):
        if len(found) >= most or tried >= _TRIES:
            return found, False
        found.add(frozenset[Voter]().union(*combination))
    return found, complete


def _refusing(yes: Mapping[Voter, float]) -> Callable[[frozenset[Voter]], float]:
    return lambda voters: max((yes[voter] for voter in voters), default=1.0)


def _enough(formula: AtLeastOf | WeightedOf, order: list[int]) -> Iterable[tuple[int, ...]]:
    """Sets of parts whose failure defeats the count or the quota, minimal ones among them."""
    if isinstance(formula, AtLeastOf):
        yield from combinations(order, len(formula.parts) - formula.count + 1)
        return
    total = sum(formula.weights)
    heaviest = sorted(formula.weights, reverse=True)
    smallest = next(
        size for size in range(len(order) + 1) if total - sum(heaviest[:size]) < formula.quota
    )
    for size in range(smallest, len(order) + 1):
        for chosen in combinations(order, size):
            lost = [formula.weights[place] for place in chosen]
            if total - sum(lost) < formula.quota <= total - sum(lost) + min(lost):
                yield chosen


def hold_outs(formula: Formula, yes: Mapping[Voter, float]) -> tuple[Voter, ...]:
    """Return who blocks if everybody does what is likelier: a minimal blocking set of refusers.

    Empty where the rule is met. Where every single refusal blocks (unanimity), all who are likelier
    to refuse than not; the least likely to agree come first.

    Examples
    --------
    >>> from detente.consent.formula import all_of
    >>> rule = all_of([Voter("a"), Voter("b"), Voter("c")])
    >>> hold_outs(rule, {Voter("a"): 0.4, Voter("b"): 0.2, Voter("c"): 0.9})
    (Voter(actor='b', count=0), Voter(actor='a', count=0))
    """
    likely = {voter: yes.get(voter, 1.0) >= 0.5 for voter in voters_in(formula)}
    if holds(formula, likely):
        return ()
    refusers = sorted(
        (voter for voter, agrees in likely.items() if not agrees), key=lambda v: (yes[v], v)
    )
    alone = [voter for voter in refusers if fix(formula, {voter: False}) == NEVER]
    if alone:
        return tuple(alone)
    kept = list(refusers)
    for voter in reversed(refusers):
        rest = dict.fromkeys((each for each in kept if each != voter), False)
        if fix(formula, rest) == NEVER:
            kept.remove(voter)
    return tuple(kept)
