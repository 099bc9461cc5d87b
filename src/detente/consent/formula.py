"""Rules as monotone formulas over voters, kept in a simplified form.

A voter is an actor, or the seats of a body of which a given number must agree. Formulas are made by
the functions :func:`all_of`, :func:`at_least` and :func:`weighted`, which flatten and simplify, so
that two rules that say the same become equal values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

__all__ = [
    "NEVER",
    "TRUE",
    "AllOf",
    "AtLeastOf",
    "Formula",
    "Voter",
    "WeightedOf",
    "all_of",
    "at_least",
    "fix",
    "holds",
    "voters_in",
    "weighted",
]


@dataclass(frozen=True, slots=True, order=True)
class Voter:
    """Somebody whose yes counts: an actor, or at least ``count`` of the seats of a body."""

    actor: str
    count: int = 0

    def __str__(self) -> str:
        return f"{self.count} seats of {self.actor}" if self.count else self.actor


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must hold; with no part it always holds."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class AtLeastOf:
    """At least ``count`` of the parts must hold, with 0 < count < number of parts."""

    count: int
    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class WeightedOf:
    """The weights of the parts that hold must reach the quota."""

    quota: int
    weights: tuple[int, ...]
    parts: tuple[Formula, ...]


Formula = Voter | AllOf | AtLeastOf | WeightedOf
"""A monotone rule over voters."""

TRUE = AllOf(())
NEVER = AtLeastOf(1, ())


def all_of(parts: Iterable[Formula]) -> Formula:
    """Return the formula that holds when every part does.

    Of several thresholds on the seats of one body only the highest remains: it implies the others.

    Examples
    --------
    >>> all_of([Voter("a"), all_of([Voter("b"), Voter("a")])])
    AllOf(parts=(Voter(actor='a', count=0), Voter(actor='b', count=0)))
    >>> all_of([Voter("chamber", 226), Voter("chamber", 300)])
    Voter(actor='chamber', count=300)
    """
    flat: dict[Formula, None] = {}
    for part in parts:
        if part == NEVER:
            return NEVER
        for each in part.parts if isinstance(part, AllOf) else (part,):
            flat.setdefault(each)
    highest: dict[str, int] = {}
    for each in flat:
        if isinstance(each, Voter):
            highest[each.actor] = max(highest.get(each.actor, 0), each.count)
    kept = tuple(
        each
        for each in flat
        if not isinstance(each, Voter) or not each.count or each.count == highest[each.actor]
    )
    return kept[0] if len(kept) == 1 else AllOf(kept)


def at_least(count: int, parts: Iterable[Formula]) -> Formula:
    """Return the formula that holds when at least ``count`` parts do.

    Examples
    --------
    >>> at_least(2, [Voter("a"), Voter("b")]) == all_of([Voter("a"), Voter("b")])
    True
    >>> at_least(1, [TRUE, Voter("b")]) == TRUE
    True
    """
    kept = []
    for part in parts:
        if part == TRUE:
            count -= 1
        elif part != NEVER:
            kept.append(part)
    if count <= 0:
        return TRUE
    if count > len(kept):
        return NEVER
    if count == len(kept):
        return all_of(kept)
    return AtLeastOf(count, tuple(kept))


def weighted(quota: int, weights: Iterable[int], parts: Iterable[Formula]) -> Formula:
    """Return the formula that holds when the weights of parts that hold reach the quota.

    Examples
    --------
    >>> weighted(12, [4, 4, 4, 2, 2, 1], [Voter(name) for name in "dfibnl"]).quota
    12
    >>> weighted(51, [49, 49, 2], [TRUE, Voter("b"), Voter("c")])
    AtLeastOf(count=1, parts=(Voter(actor='b', count=0), Voter(actor='c', count=0)))
    """
    kept = []
    for weight, part in zip(weights, parts, strict=True):
        if part == TRUE:
            quota -= weight
        elif part != NEVER and weight > 0:
            kept.append((weight, part))
    if quota <= 0:
        return TRUE
    total = sum(weight for weight, _ in kept)
    if total < quota:
        return NEVER
    if total - min(weight for weight, _ in kept) < quota:
        return all_of(part for _, part in kept)
    if min(weight for weight, _ in kept) >= quota:
        return at_least(1, [part for _, part in kept])
    return WeightedOf(quota, tuple(w for w, _ in kept), tuple(part for _, part in kept))


@lru_cache(maxsize=100_000)
def voters_in(formula: Formula) -> frozenset[Voter]:
    """Return every voter in a formula.

    Examples
    --------
    >>> sorted(voters_in(all_of([Voter("a"), at_least(1, [Voter("b"), Voter("c")])])))[0].actor
    'a'
    """
    if isinstance(formula, Voter):
        return frozenset([formula])
    return frozenset[Voter]().union(*(voters_in(part) for part in formula.parts))


def fix(formula: Formula, known: Mapping[Voter, bool]) -> Formula:
    """Return the formula once some voters are known to say yes or no.

    Examples
    --------
    >>> rule = at_least(2, [Voter("a"), Voter("b"), Voter("c")])
    >>> fix(rule, {Voter("a"): False}) == all_of([Voter("b"), Voter("c")])
    True
    """
    if isinstance(formula, Voter):
        if formula in known:
            return TRUE if known[formula] else NEVER
        return formula
    if not any(voter in known for voter in voters_in(formula)):
        return formula
    parts = [fix(part, known) for part in formula.parts]
    if isinstance(formula, AllOf):
        return all_of(parts)
    if isinstance(formula, AtLeastOf):
        return at_least(formula.count, parts)
    return weighted(formula.quota, formula.weights, parts)


def holds(formula: Formula, yes: Mapping[Voter, bool]) -> bool:
    """Return whether the formula holds when exactly these voters say yes.

    Examples
    --------
    >>> holds(at_least(1, [Voter("a"), Voter("b")]), {Voter("a"): False, Voter("b"): True})
    True
    """
    return fix(formula, {voter: yes.get(voter, False) for voter in voters_in(formula)}) == TRUE
