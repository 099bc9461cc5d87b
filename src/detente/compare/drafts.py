"""Two drafts point by point, with what each change does to each actor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.assess.outlook import Outlook
from detente.case.case import ABSENT, UNKNOWN
from detente.case.records import Draft, OpenChoice

__all__ = ["DraftChange", "Effect", "compare_drafts", "taken_words"]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to an actor: difference of salience times rating, on -3..3."""

    actor: str
    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class DraftChange:
    """One point that two drafts treat differently.

    ``kind`` is ``added`` or ``dropped`` where only one of them treats it, ``learnt`` where it was
    unknown before, ``hidden`` where it is unknown after, ``affected`` where both take the same but
    a condition is now met or no longer, else ``changed``.
    """

    point: str
    kind: Literal["added", "dropped", "changed", "learnt", "hidden", "affected"]
    before: str
    after: str
    effects: tuple[Effect, ...]


def taken_words(draft: Draft, point: str) -> str:
    """Return what a draft takes on a point in one word or a few."""
    taken = draft.takes[point]
    return f"open: {' or '.join(taken.open)}" if isinstance(taken, OpenChoice) else taken


def compare_drafts(
    outlook: Outlook, before: Draft, after: Draft, actors: Sequence[str]
) -> tuple[DraftChange, ...]:
    """Return every point on which two drafts differ or count differently, in the case's order.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> outlook = Outlook.of(load(example_folder("ukraine-2025")))
    >>> drafts = [outlook.case.draft(name) for name in ("us-russia-28", "e3")]
    >>> changes = compare_drafts(outlook, *drafts, actors=["ukraine"])
    >>> next(change for change in changes if change.point == "army-cap").after
    'c800'
    """
    rows = _rows(outlook, before, after)
    found = []
    for place, point in enumerate(outlook.case.points):
        words = taken_words(before, point.id), taken_words(after, point.id)
        if words[0] == words[1] and not rows[place].any():
            continue
        effects = []
        for actor in actors:
            judge = outlook.acceptor(actor)
            variance = max(float(rows[place] @ judge.covariance @ rows[place]), 0.0)
            mean = float(rows[place] @ judge.values)
            effects.append(Effect(actor, mean, float(np.sqrt(variance))))
        found.append(DraftChange(point.id, _kind(*words), *words, tuple(effects)))
    return tuple(found)


def _rows(outlook: Outlook, before: Draft, after: Draft) -> NDArray[np.float64]:
    """Return what every point adds to the change of features, ``(points, features)``.

    A condition that hangs on several points is split evenly among them.
    """
    compiled = outlook.compiled
    means = [compiled.features(compiled.completions(d)[0]).mean(axis=0) for d in (before, after)]
    rows = np.zeros((len(outlook.case.points), compiled.feature_count))
    for sign, draft in ((-1.0, before), (1.0, after)):
        for place, choice in enumerate(compiled.choices(draft)):
            rows[place, list(choice)] += sign / len(choice)
    for interaction, feature in compiled.interaction_place.items():
        places = compiled.involved(interaction)
        rows[places, feature] = (means[1] - means[0])[feature] / len(places)
    return rows


def _kind(
    before: str, after: str
) -> Literal["added", "dropped", "changed", "learnt", "hidden", "affected"]:
    if before == after:
        return "affected"
    if before == ABSENT:
        return "added"
    if after == ABSENT:
        return "dropped"
    if before == UNKNOWN:
        return "learnt"
    return "hidden" if after == UNKNOWN else "changed"
