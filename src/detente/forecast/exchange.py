"""Position exchange: two actors trade support on questions that matter differently to them.

After Stokman and Van Oosten 1994. The expected outcome of a question is the mean of the positions
for which actors are ready to vote, weighted by capability times salience. Two actors on opposite
sides of the outcome on two questions can trade: on each, the one to whom it matters relatively less
moves toward the other. The rate makes the gain of both equal, as large as the positions allow. The
trade of the largest gain is struck first; what has been traded is bound; then the next, until
nobody gains.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from detente.forecast.issue import Array, Issue

__all__ = ["Trade", "exchange", "trades_of"]

_LEAST_GAIN = 1e-9


@dataclass(frozen=True, slots=True)
class Trade:
    """One exchange: ``first`` moves on ``issue_first``, ``second`` on ``issue_second``.

    ``gain`` is what each of the two gains: salience 0..1 times the shift of the outcomes as shares
    of their scales.
    """

    first: str
    issue_first: str
    second: str
    issue_second: str
    gain: float


def exchange(issues: Sequence[Issue]) -> list[float]:
    """Return the outcome of every issue after all exchanges.

    Without a second issue, or where no two actors gain, that is the compromise mean. Actors are the
    same where their names are; on an issue they are not part of they have no weight.

    Parameters
    ----------
    issues
        What is bargained over at the same time.

    Examples
    --------
    >>> one = Issue("a", ("x", "y"), [0, 100], [90, 10], [1, 1], (0, 100))
    >>> two = Issue("b", ("x", "y"), [0, 100], [10, 90], [1, 1], (0, 100))
    >>> [round(outcome, 6) for outcome in exchange([one, two])]
    [0.0, 100.0]
    """
    return _struck(issues)[0]


def trades_of(issues: Sequence[Issue]) -> tuple[Trade, ...]:
    """Return the exchanges in the order in which they are struck."""
    return _struck(issues)[1]


def _struck(issues: Sequence[Issue]) -> tuple[list[float], tuple[Trade, ...]]:
    names, votes, salience, weights = _tables(issues)
    power = weights / weights.sum(axis=0)
    free = weights > 0.0
    trades = []
    best = {pair: _best_trade(votes, salience, power, free, pair) for pair in _pairs(len(issues))}
    while best:
        gain, i, j, p, q, on_p, on_q = max(best.values(), key=lambda trade: trade[0])
        if gain <= _LEAST_GAIN:
            break
        votes[i, p] += on_p
        votes[j, q] += on_q
        free[i, p] = free[j, q] = False
        trades.append(Trade(names[i], issues[p].name, names[j], issues[q].name, gain))
        for pair in best:
            if p in pair or q in pair:  # nothing has changed for the others
                best[pair] = _best_trade(votes, salience, power, free, pair)
    outcome = np.clip((power * votes).sum(axis=0), 0.0, 1.0)
    found = [
        float(issue.scale[0] + issue.width * share)
        for issue, share in zip(issues, outcome, strict=True)
    ]
    return found, tuple(trades)


def _tables(issues: Sequence[Issue]) -> tuple[list[str], Array, Array, Array]:
    """Names, and ``(actors, issues)`` votes, salience and weights; places as shares of scales.

    Actors are in an order that follows from their numbers alone, so that of trades of equal gain
    the same one is struck first whatever the actors are called.
    """
    names = list(dict.fromkeys(actor for issue in issues for actor in issue.actors))
    place = {name: number for number, name in enumerate(names)}
    votes, salience, weights = (np.zeros((len(names), len(issues))) for _ in range(3))
    for column, issue in enumerate(issues):
        rows = [place[actor] for actor in issue.actors]
        votes[rows, column] = (issue.positions - issue.scale[0]) / issue.width
        salience[rows, column] = issue.salience / 100.0
        weights[rows, column] = issue.weights
    order = np.lexsort([*votes.T, *salience.T, *weights.T])
    return [names[row] for row in order], votes[order], salience[order], weights[order]


def _pairs(count: int) -> list[tuple[int, int]]:
    return [pair for a, b in combinations(range(count), 2) for pair in ((a, b), (b, a))]


def _best_trade(
    votes: Array, salience: Array, power: Array, free: NDArray[np.bool_], pair: tuple[int, int]
) -> tuple[float, int, int, int, int, float, float]:
    """The trade of largest gain in which i moves on p and j on q, and both moves.

    With a and b the shifts of the outcomes of p and q: i gains s_iq b - s_ip a, j gains
    s_jp a - s_jq b. They are equal for a (s_ip + s_jp) = b (s_iq + s_jq).
    """
    p, q = pair
    outcome = (power * votes).sum(axis=0)
    side = np.sign(votes - outcome) * (power > 0.0)
    opposed = (side[:, None, p] * side[None, :, p] < 0.0) & (
        side[:, None, q] * side[None, :, q] < 0.0
    )
    allowed = opposed & free[:, None, p] & free[None, :, q]
    most_a = power[:, None, p] * np.abs(votes[None, :, p] - votes[:, None, p])
    most_b = power[None, :, q] * np.abs(votes[None, :, q] - votes[:, None, q])
    both_p = salience[:, None, p] + salience[None, :, p]
    both_q = salience[:, None, q] + salience[None, :, q]
    usable = allowed & (both_p > 0.0) & (both_q > 0.0)
    rate = np.divide(both_p, both_q, out=np.ones_like(both_p), where=usable)  # b for one a
    a = np.minimum(most_a, most_b / np.where(rate > 0.0, rate, 1.0))
    b = a * rate
    gain = np.where(usable, salience[:, None, q] * b - salience[:, None, p] * a, -np.inf)
    i, j = np.unravel_index(int(np.argmax(gain)), gain.shape)
    on_p = a[i, j] / power[i, p] * np.sign(votes[j, p] - votes[i, p]) if power[i, p] else 0.0
    on_q = b[i, j] / power[j, q] * np.sign(votes[i, q] - votes[j, q]) if power[j, q] else 0.0
    return float(gain[i, j]), int(i), int(j), p, q, float(on_p), float(on_q)
