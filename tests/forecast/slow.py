"""The challenge model and the election as their authors describe them: one actor after another.

Slow and obvious; the oracle for what :mod:`detente.forecast` computes for all actors at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

__all__ = ["SlowChallenge", "slow_election", "slow_votes"]

_TIE = 1e-9


def slow_votes(
    positions: Sequence[float], weights: Sequence[float], risk: Sequence[float], i: int, j: int
) -> float:
    """Votes for the position of i against that of j."""
    found = 0.0
    for k, weight in enumerate(weights):
        own = abs(positions[k] - positions[i]) ** risk[k]
        other = abs(positions[k] - positions[j]) ** risk[k]
        found += max(0.0, weight * (other - own))
    return found


class SlowChallenge:
    """Positions in the model, moved round by round."""

    def __init__(
        self,
        positions: Sequence[float],
        salience: Sequence[float],
        capability: Sequence[float],
        *,
        q: float = 1.0,
        offers: str = "lowest",
    ) -> None:
        self.least = min(positions)
        self.span = (max(positions) - self.least) or 1e-300
        self.at = [(x - self.least) / self.span for x in positions]
        self.salience, self.q, self.offers = list(salience), q, offers
        self.weights = [c * s for c, s in zip(capability, salience, strict=True)]
        self.actors = range(len(self.at))

    @property
    def positions(self) -> list[float]:
        return [self.least + self.span * x for x in self.at]

    def play(self) -> None:
        """One round."""
        everyone = [1.0] * len(self.at)
        self.table = self._table(everyone)
        threats = [
            sum(self._expects(j, i, 1.0) for j in self.actors if j != i) for i in self.actors
        ]
        risk = []
        for threat in threats:
            spread = max(threats) - min(threats)
            taken = 0.0
            if spread > 1e-12:
                taken = (2 * threat - max(threats) - min(threats)) / spread
            risk.append((1 - taken / 3) / (1 + taken / 3))
        self.table = self._table(risk)
        self.at = [self._next(i, risk[i]) for i in self.actors]

    def _table(self, risk: list[float]) -> np.ndarray:
        votes = np.array(
            [
                [slow_votes(self.at, self.weights, risk, i, j) for j in self.actors]
                for i in self.actors
            ]
        )
        return votes / (2 * votes.sum() or 1.0)

    def _expects(self, i: int, j: int, risk: float) -> float:
        """What i may expect of challenging j, in the eyes of somebody with this exponent."""
        far = abs(self.at[i] - self.at[j])
        success = 2 - 4 * (0.5 - 0.5 * far) ** risk
        failure = 2 - 4 * (0.5 + 0.5 * far) ** risk
        nothing = 2 - 4 * 0.5**risk
        chance = self.table[i, j]
        resisted = chance * success + (1 - chance) * failure
        s = self.salience[j]
        return s * resisted + (1 - s) * success - self.q * nothing

    def _next(self, i: int, risk: float) -> float:
        fights, bargains = [], []
        for j in self.actors:
            if self.at[j] == self.at[i]:
                continue
            own, other = self._expects(i, j, risk), self._expects(j, i, risk)
            if other > 1e-12 and own > 1e-12 and other - own > 1e-12:
                fights.append((abs(self.at[j] - self.at[i]), other, self.at[j], self.at[j]))
            elif other > 1e-12 and own < -1e-12 and other + own > 1e-12:
                share = abs(own / other)
                cost = abs(own) * self.at[i] + abs(other) * self.at[j]
                cost /= abs(own) + abs(other)
                if self.offers == "least-move":
                    cost = share * abs(self.at[j] - self.at[i])
                moved = self.at[i] + share * (self.at[j] - self.at[i])
                bargains.append((cost, other, self.at[j], moved))
        for offers in (fights, bargains):
            if offers:
                least = min(cost for cost, *_ in offers)
                near = [offer for offer in offers if offer[0] <= least + _TIE]
                strongest = max(strength for _, strength, *_ in near)
                near = [offer for offer in near if offer[1] >= strongest - _TIE]
                return min(near, key=lambda offer: offer[2])[3]
        return self.at[i]


def slow_election(positions: Sequence[float], weights: Sequence[float]) -> float:
    """Mean of where the election ends, by following its steps until nothing changes."""
    held = sorted(set(positions))
    far = (max(held) - min(held)) or 1.0

    def votes(a: float, b: float) -> float:
        return sum(
            w * max(0.0, abs(x - b) - abs(x - a)) / far
            for x, w in zip(positions, weights, strict=True)
        )

    chance = np.full(len(held), 1.0 / len(held))
    step = np.zeros((len(held), len(held)))
    for i, a in enumerate(held):
        for j, b in enumerate(held):
            if i != j:
                both = votes(a, b) + votes(b, a)
                step[i, j] = (votes(b, a) / both if both else 0.5) / len(held)
        step[i, i] = 1.0 - step[i].sum()
    for _ in range(200_000):
        after = chance @ step
        if np.abs(after - chance).max() < 1e-15:
            break
        chance = after
    return float(chance @ held)
