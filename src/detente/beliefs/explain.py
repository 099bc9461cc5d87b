"""Which statements moved a belief, and by how much?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.beliefs.belief import Beliefs
from detente.beliefs.observations import Observation

__all__ = ["OptionBelief", "Push", "explain_actor"]


@dataclass(frozen=True, slots=True)
class Push:
    """By how much one statement or assumption moved the mean rating of an option."""

    observation: Observation
    effect: float


@dataclass(frozen=True, slots=True)
class OptionBelief:
    """The belief about one option, and what made it.

    ``inherited`` is the mean before the actor's own statements; it and all effects add up to
    ``mean``. ``prior_sd`` is the sd before them. ``red_line`` is the chance of refusal at any
    price, None where nothing tells of one.
    """

    point: str
    option: str
    mean: float
    sd: float
    inherited: float
    prior_sd: float
    salience: float
    red_line: float | None
    red_line_reason: str
    pushes: tuple[Push, ...]


def explain_actor(
    beliefs: Beliefs, actor: str, point: str | None = None
) -> tuple[OptionBelief, ...]:
    """Return what is believed of an actor on every option, and which statements made it so.

    Exact: Gaussian conditioning is linear, so the effects of all statements add up.

    Parameters
    ----------
    point
        Id of one point; all points if None.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> from detente.compiled.compiled import compile_case
    >>> beliefs = Beliefs(compile_case(load(example_folder("ukraine-2025"))))
    >>> cap = explain_actor(beliefs, "ukraine", "army-cap")[1]
    >>> total = cap.inherited + sum(push.effect for push in cap.pushes)
    >>> bool(abs(total - cap.mean) < 1e-9)
    True
    """
    compiled, belief = beliefs.compiled, beliefs.of(actor)
    effects = belief.contributions()
    start = beliefs.of(belief.lineage[0]) if belief.lineage else None
    lines = {line.feature: line for line in beliefs.red_lines(actor)}
    before = beliefs.before(actor)
    found = []
    for place, (point_id, option) in enumerate(compiled.options):
        if point not in (None, point_id) or place in compiled.status_quo:
            continue
        pushes = [
            Push(observation, float(effect))
            for observation, effect in zip(belief.observations, effects[place], strict=True)
            if abs(effect) > 1e-12
        ]
        line = lines.get(place)
        found.append(
            OptionBelief(
                point=point_id,
                option=option,
                mean=float(belief.mean[place]),
                sd=float(np.sqrt(max(belief.covariance[place, place], 0.0))),
                inherited=0.0 if start is None else float(start.mean[place]),
                prior_sd=float(np.sqrt(before[place])),
                salience=float(belief.salience[compiled.point_of[place]]),
                red_line=None if line is None else line.probability,
                red_line_reason="" if line is None else f"{line.origin}: {line.reason}",
                pushes=tuple(sorted(pushes, key=lambda push: -abs(push.effect))),
            )
        )
    return tuple(found)
