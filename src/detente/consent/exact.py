"""The exact probability that a formula over independent voters holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from detente.consent.formula import (
    NEVER,
    TRUE,
    AllOf,
    AtLeastOf,
    Formula,
    Voter,
    all_of,
    fix,
    voters_in,
)
from detente.consent.thresholds import quotas_of, solve_quotas

__all__ = ["probability"]

Array = NDArray[np.float64]

_FEW = 12
"""Up to so many voters fixing one after another is quick whatever the rule."""


def probability(formula: Formula, chance: Mapping[Voter, Array]) -> Array:
    """Return the probability that ``formula`` holds, the voters being independent of each other.

    Where the parts of a rule share no voter, dynamic programming over counts or weights; a voter
    shared by several parts is fixed to yes and to no in turn (Shannon expansion with memory, which
    is a binary decision diagram built on demand), or all quotas are followed together (see
    :mod:`~detente.consent.thresholds`). Thresholds on the seats of one body are levels of
    one variable. Exact; exponential only in the number of shared voters.

    Parameters
    ----------
    chance
        Probability of a yes by voter, ``(nodes,)`` each: many situations are computed at once. Of
        several thresholds on one body each carries its own probability.

    Examples
    --------
    >>> from detente.consent.formula import all_of, at_least
    >>> half = np.array([0.5])
    >>> a, b, c = (Voter(name) for name in "abc")
    >>> chance = dict.fromkeys((a, b, c), half)
    >>> probability(at_least(2, [a, b, c]), chance).tolist()
    [0.5]
    >>> shared = all_of([at_least(1, [a, b]), at_least(1, [a, c])])
    >>> probability(shared, chance).tolist()
    [0.625]
    """
    nodes = next(iter(chance.values())) if chance else np.ones(1)
    return _Expansion(chance, np.ones_like(nodes)).of(formula)


class _Expansion:
    """One computation, with the formulas already solved."""

    def __init__(self, chance: Mapping[Voter, Array], one: Array) -> None:
        self.chance = chance
        self.one = one
        self.known: dict[Formula, Array] = {TRUE: one, NEVER: np.zeros_like(one)}

    def of(self, formula: Formula) -> Array:
        if formula not in self.known:
            self.known[formula] = self._compute(formula)
        return self.known[formula]

    def _compute(self, formula: Formula) -> Array:
        if isinstance(formula, Voter):
            return self.chance[formula]
        if isinstance(formula, AllOf):
            sure = self._sure(formula)
            if sure:
                return self._given_sure(formula, sure)
        shared = self._most_shared(formula.parts)
        if shared is not None and len(voters_in(formula)) > _FEW:
            quotas = quotas_of(formula)
            if quotas is not None:
                return solve_quotas(formula, quotas, self.chance)
        if shared is not None:
            return self._expand(formula, shared)
        parts = [self.of(part) for part in formula.parts]
        if isinstance(formula, AllOf):
            result = self.one
            for part in parts:
                result = result * part
            return result
        if isinstance(formula, AtLeastOf):
            return self._counted(formula.count, [1] * len(parts), parts)
        return self._counted(formula.quota, list(formula.weights), parts)

    @staticmethod
    def _sure(formula: AllOf) -> tuple[Voter, ...]:
        """Voters that must say yes and of whose body no other part asks for more seats."""
        rest = [part for part in formula.parts if not isinstance(part, Voter)]
        asked: dict[str, int] = {}
        for voter in (voter for part in rest for voter in voters_in(part)):
            asked[voter.actor] = max(asked.get(voter.actor, 0), voter.count)
        alone = (part for part in formula.parts if isinstance(part, Voter))
        return tuple(v for v in alone if rest and asked.get(v.actor, 0) <= v.count)

    def _given_sure(self, formula: AllOf, sure: tuple[Voter, ...]) -> Array:
        """Take out all who must say yes at once; what they imply is known in the other parts."""
        enough = {voter.actor: voter.count for voter in sure}
        result = self.one
        for voter in sure:
            result = result * self.chance[voter]
        rest = [part for part in formula.parts if part not in sure]
        known = {
            voter: True
            for part in rest
            for voter in voters_in(part)
            if voter.count <= enough.get(voter.actor, -1)
        }
        return result * self.of(all_of(fix(part, known) for part in rest))

    @staticmethod
    def _most_shared(parts: tuple[Formula, ...]) -> str | None:
        """The actor that stands in most parts, those that stand alone as a part first."""
        seen = Counter(actor for part in parts for actor in {v.actor for v in voters_in(part)})
        alone = {part.actor for part in parts if isinstance(part, Voter)}
        shared = [actor for actor, count in seen.items() if count > 1]
        return max(shared, key=lambda actor: (actor in alone, seen[actor]), default=None)

    def _expand(self, formula: Formula, actor: str) -> Array:
        levels = sorted(
            (voter for voter in voters_in(formula) if voter.actor == actor),
            key=lambda voter: voter.count,
        )
        total = np.zeros_like(self.one)
        below = self.one
        for met in range(len(levels) + 1):
            reached = self.chance[levels[met]] if met < len(levels) else np.zeros_like(self.one)
            exactly = below - reached
            below = reached
            known = {voter: place < met for place, voter in enumerate(levels)}
            rest = fix(formula, known)
            if rest != NEVER:
                total = total + exactly * self.of(rest)
        return total

    def _counted(self, quota: int, weights: list[int], parts: list[Array]) -> Array:
        """Dynamic programming over the weight gathered so far, cut off at the quota."""
        gathered: dict[int, Array] = {0: self.one}
        for weight, part in zip(weights, parts, strict=True):
            after: dict[int, Array] = {}
            for sum_, chance in gathered.items():
                for reached, mass in (
                    (min(sum_ + weight, quota), chance * part),
                    (sum_, chance * (1.0 - part)),
                ):
                    after[reached] = after[reached] + mass if reached in after else mass
            gathered = after
        return gathered.get(quota, np.zeros_like(self.one))
