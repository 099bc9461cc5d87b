"""What each statement and each assumption tells about an actor's ratings.

Every observation is linear in the ratings with Gaussian noise. Its noise grows with the distance of
the speaker from power, with age, with an analyst's doubt, and where it hangs on a condition that is
only told in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.case.case import Case
from detente.case.records import About, Condition, Draft, Settings, Statement, date_range
from detente.compiled.compiled import CompiledCase, interaction_of

__all__ = ["AUTHORITY_SD", "Observation", "noise_sd", "observations", "spoken_points", "tells_of"]

AUTHORITY_SD: Mapping[str, float] = {
    "head": 0.5,
    "minister": 0.7,
    "negotiator": 0.7,
    "spokesperson": 0.7,
    "official": 1.0,
    "parliamentarian": 1.2,
    "anonymous": 1.5,
    "former": 1.8,
    "outside": 1.8,
}
"""Noise sd of a stance, on -3..3, by authority of the speaker; a case's settings may replace it."""

PREFERENCE_MARGIN = 1.0
"""By how much an option is rated above the one it is preferred to."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One linear observation of an actor's ratings.

    Parameters
    ----------
    kind
        ``statement`` or ``rating``.
    origin
        Id of the statement, or ``author: reason`` of the analyst's rating.
    target
        What it is about, in words.
    point
        Place of the point it is about; None for a whole draft.
    row
        ``(features,)``: coefficients of the ratings.
    value, sd
        The stance observed and the sd of its noise, on -3..3.
    """

    kind: Literal["statement", "rating"]
    origin: str
    target: str
    point: int | None
    row: NDArray[np.float64]
    value: float
    sd: float


def tells_of(case: Case, statement: Statement, actor: str) -> bool:
    """Return whether the statement is evidence of what ``actor`` wants.

    It is where it was made by the day that the case looks back from, names the actor, and somebody
    who speaks for the actor spoke, or the actor itself by a document. For anybody else it is only
    where the analyst says so (``evidence: true``).
    """
    if actor not in statement.actors or statement.evidence is False:
        return False
    if date_range(statement.date)[0] > case.as_of:
        return False
    if statement.evidence or not statement.speakers:
        return True
    return any(actor in case.person_of[name].represents for name in statement.speakers)


def noise_sd(case: Case, statement: Statement, settings: Settings) -> float:
    """Return the sd of the noise of a stance, on -3..3.

    The most authoritative speaker counts. The weight (1 / variance) halves with every half-life of
    age, so the sd grows by the square root of two.
    """
    table = dict(AUTHORITY_SD) | {str(key): sd for key, sd in settings.authority_sd.items()}
    speakers = [case.person_of[name].authority for name in statement.speakers]
    sd = min((table[each] for each in speakers), default=table["official"])
    age = max((case.as_of - date_range(statement.date)[0]).days, 0)
    sd *= 2.0 ** (age / settings.half_life_days / 2.0)
    if statement.condition is not None and not _has_options(statement):
        sd *= settings.condition_factor
    return float(sd / statement.confidence)


def spoken_points(compiled: CompiledCase, actor: str) -> NDArray[np.float64]:
    """Return how many statements of the actor are about each point, ``(points,)``."""
    counts = np.zeros(len(compiled.case.points))
    for statement in compiled.case.statements_of.get(actor, ()):
        if tells_of(compiled.case, statement, actor):
            for point in {about.point for about in statement.targets if about.point}:
                counts[compiled.point_place[point]] += 1.0
    return counts


def observations(
    compiled: CompiledCase, settings: Settings, actor: str, weights: NDArray[np.float64]
) -> Iterator[Observation]:
    """Yield everything that is observed of the actor's ratings.

    Parameters
    ----------
    weights
        ``(points,)``: the actor's salience, any scale; a stance on a whole draft is read as the
        weighted mean of the ratings of what the draft changes.
    """
    case = compiled.case
    for statement in case.statements_of.get(actor, ()):
        if tells_of(case, statement, actor):
            yield from _of_statement(compiled, settings, statement, weights)
    for ratings in case.ratings:
        for rating in ratings.ratings:
            if rating.actor == actor:
                row = np.zeros(compiled.feature_count)
                row[compiled.place[rating.point, rating.option]] = 1.0
                yield Observation(
                    kind="rating",
                    origin=f"{ratings.author}: {rating.reason}",
                    target=f"{rating.point} = {rating.option}",
                    point=compiled.point_place[rating.point],
                    row=row,
                    value=rating.rating,
                    sd=rating.sd,
                )


def _has_options(statement: Statement) -> bool:
    return isinstance(statement.condition, Condition) and bool(statement.condition.options)


def _of_statement(
    compiled: CompiledCase, settings: Settings, statement: Statement, weights: NDArray[np.float64]
) -> Iterator[Observation]:
    sd = noise_sd(compiled.case, statement, settings)
    for about in statement.targets:
        stance = statement.stance if about.stance is None else about.stance
        if about.point is not None:
            yield from _on_point(compiled, statement, about, stance, sd)
        elif stance is not None and about.draft is not None:
            draft = compiled.case.draft(about.draft)
            row = _draft_row(compiled, draft, weights)
            if row.any():
                target = f"draft {draft.id}"
                yield Observation("statement", statement.id, target, None, row, stance, sd)


def _on_point(
    compiled: CompiledCase, statement: Statement, about: About, stance: float | None, sd: float
) -> Iterator[Observation]:
    point = compiled.case.point_of[str(about.point)]
    if about.option is not None:
        options: tuple[str, ...] = (about.option,)
    elif about.draft is not None:
        options = compiled.case.possible(compiled.case.draft(about.draft), point)
    else:
        return
    place = compiled.point_place[point.id]
    row = np.zeros(compiled.feature_count)
    met = np.zeros(compiled.feature_count)
    for option in options:
        index = compiled.place[point.id, option]
        share = 1.0 / len(options)
        row[index] += share if option != point.status_quo else 0.0
        interaction = interaction_of(statement, index, compiled.place)
        if interaction is not None and interaction in compiled.interaction_place:
            met[compiled.interaction_place[interaction]] += share
    if not row.any():
        return
    target = f"{point.id} = {' or '.join(options)}"
    if statement.preferred_to is not None:
        other = compiled.place[point.id, statement.preferred_to.option]
        row[other] -= 1.0 if statement.preferred_to.option != point.status_quo else 0.0
        against = f"{target} over {statement.preferred_to.option}"
        yield Observation("statement", statement.id, against, place, row, PREFERENCE_MARGIN, sd)
        return
    if stance is None:
        return
    if not met.any():
        yield Observation("statement", statement.id, target, place, row, stance, sd)
        return
    condition = statement.condition
    words = f"{target}, if {statement.condition_text}"
    yield Observation("statement", statement.id, words, place, row + met, stance, sd)
    if isinstance(condition, Condition) and condition.otherwise is not None:
        words = f"{target}, unless {condition.text}"
        yield Observation("statement", statement.id, words, place, row, condition.otherwise, sd)


def _draft_row(
    compiled: CompiledCase, draft: Draft, weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    row = np.zeros(compiled.feature_count)
    total = 0.0
    for place, choice in enumerate(compiled.choices(draft)):
        changed = [option for option in choice if option != compiled.status_quo[place]]
        if changed:
            total += weights[place]
            row[changed] += weights[place] / len(choice)
    return row / total if total else row
