"""What moves the compromise mean, and by how much: exact, actor by actor.

With w = c s and mu = sum w x / sum w, moving actor i by d moves the mean by d w_i / sum w; its
salience changes it at the rate c_i (x_i - mu) / sum w; without the actor the mean lies
w_i (mu - x_i) / (sum w - w_i) further.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.forecast.issue import Issue

__all__ = ["Lever", "find_levers"]


@dataclass(frozen=True, slots=True)
class Lever:
    """What one actor does to the compromise mean.

    Parameters
    ----------
    actor
        Its name.
    position, salience, capability
        What the model is given: on the scale; 0..100; any unit.
    share
        Its share of all effective power, 0..1: by so much the mean moves if the actor moves by 1.
    per_salience
        By how much the mean moves for one point more of its salience (of 100), on the scale.
    without
        By how much the mean moves where the actor leaves, on the scale; None if nobody were left.
    """

    actor: str
    position: float
    salience: float
    capability: float
    share: float
    per_salience: float
    without: float | None


def find_levers(issue: Issue) -> tuple[Lever, ...]:
    """Return what every actor does to the compromise mean, the weightiest first.

    Examples
    --------
    >>> issue = Issue("tax", ("a", "b"), [20, 60], [50, 100], [1, 1.5], (0, 100))
    >>> first, second = find_levers(issue)
    >>> first.actor, first.share, first.without, second.without, second.per_salience
    ('b', 0.75, -30.0, 10.0, -0.15)
    """
    weights = issue.weights
    total = float(weights.sum())
    middle = float((weights * issue.positions).sum() / total)
    found = []
    for place, actor in enumerate(issue.actors):
        weight = float(weights[place])
        pull = float(issue.positions[place]) - middle
        found.append(
            Lever(
                actor=actor,
                position=float(issue.positions[place]),
                salience=float(issue.salience[place]),
                capability=float(issue.capability[place]),
                share=weight / total,
                per_salience=float(issue.capability[place]) * pull / (100.0 * total),
                without=None if total - weight <= 0.0 else -weight * pull / (total - weight),
            )
        )
    return tuple(sorted(found, key=lambda lever: (-lever.share, lever.actor)))
