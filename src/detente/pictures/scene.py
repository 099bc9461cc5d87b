"""What a picture of a frontier shows, before anything is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.errors import RequestError
from detente.pictures.sheet import clean, number, shorten

__all__ = ["LOOKS", "Look", "Mark", "Scale", "Scene", "Spot", "make_scene", "thin"]

MOST = 2_000
"""So many points are drawn at most, unless told otherwise."""
LARGEST = 1e100
"""Utilities past this size are not drawn."""

Kind = Literal["draft", "solution", "status quo", "package"]


@dataclass(frozen=True, slots=True)
class Look:
    """Shape, area in square points and colour of the marks of one kind."""

    shape: str
    area: float
    colour: str


LOOKS: dict[str, Look] = {
    "draft": Look("D", 50.0, "#d55e00"),
    "solution": Look("*", 150.0, "#e0a100"),
    "status quo": Look("s", 50.0, "#8a8a8a"),
    "package": Look("^", 62.0, "#b86fb0"),
}
"""How each kind of mark looks: shapes differ, so that colour is never needed."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A package to be marked beside the frontier.

    Parameters
    ----------
    label
        What is written beside it.
    utilities
        ``(parties,)``: what it is worth to each party.
    kind
        What it is; one of the keys of :data:`LOOKS`.
    """

    label: str
    utilities: tuple[float, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class Spot:
    """One place in the picture and all marks that fall on it.

    Parameters
    ----------
    label
        The labels of all its marks.
    utilities
        ``(parties,)``.
    kinds
        The kinds of its marks, each once.
    words
        Label and utilities in full, for those who point at it or cannot see it.
    """

    label: str
    utilities: tuple[float, ...]
    kinds: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The range of one party's utilities that is shown, ``low < high``."""

    low: float
    high: float

    def share(self, values: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """Return where values stand between low, 0, and high, 1."""
        return np.asarray((np.asarray(values) - self.low) / (self.high - self.low))

    @property
    def limits(self) -> tuple[float, float]:
        """The range with some room at both ends."""
        room = 0.06 * (self.high - self.low)
        return self.low - room, self.high + room

    def ticks(self, most: int) -> list[float]:
        """Return at most so many round numbers within the range."""
        from matplotlib.ticker import MaxNLocator

        low, high = self.limits
        found = MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
        return [float(tick) for tick in found if low <= tick <= high]


@dataclass(frozen=True, slots=True)
class Scene:
    """All that one picture shows.

    Parameters
    ----------
    parties
        Their names.
    points
        ``(points, parties)``: the frontier, by rising utility of the first party.
    drawn
        ``(drawn, parties)``: the points that are drawn, in the same order.
    spots
        The marks.
    reservations
        ``(parties,)``; None where none is stated.
    scales
        ``(parties,)``: what range is shown.
    title
        What stands above the picture.
    caption
        What stands below it.
    """

    parties: tuple[str, ...]
    points: NDArray[np.float64]
    drawn: NDArray[np.float64]
    spots: tuple[Spot, ...]
    reservations: tuple[float | None, ...]
    scales: tuple[Scale, ...]
    title: str | None
    caption: str

    @property
    def stated(self) -> bool:
        """Whether any party states a reservation."""
        return any(value is not None for value in self.reservations)

    @property
    def floors(self) -> NDArray[np.float64]:
        """``(parties,)``: the reservations, minus infinity where none is stated."""
        return _floors(self.reservations)

    @property
    def shown(self) -> tuple[float | None, ...]:
        """``(parties,)``: the reservations that lie within the picture."""
        return tuple(
            value if value is not None and scale.low <= value <= scale.high else None
            for value, scale in zip(self.reservations, self.scales, strict=True)
        )


def make_scene(
    parties: Sequence[str],
    utilities: NDArray[np.float64],
    *,
    marks: Sequence[Mark],
    reservations: Sequence[float | None],
    epsilon: Sequence[float] | None,
    title: str | None,
    most: int = MOST,
) -> Scene:
    """Return what a picture shows, checked, sorted and thinned.

    Raises
    ------
    RequestError
        If the numbers do not fit together or cannot be drawn.
    """
    names = tuple(clean(name) for name in parties)
    points = np.asarray(utilities, dtype=np.float64)
    if not names:
        raise RequestError("A picture of a frontier needs at least one party.")
    if points.size == 0:
        points = points.reshape(0, len(names))
    if points.ndim != 2 or points.shape[1] != len(names):
        raise RequestError(
            f"The utilities have the shape {points.shape}; "
            f"it should be (points, {len(names)}), one column for every party."
        )
    floors = tuple(reservations) or (None,) * len(names)
    _check_lengths(names, marks, floors, epsilon)
    stated = [value for value in floors if value is not None]
    for values in (points, *(mark.utilities for mark in marks), stated, epsilon or ()):
        if not np.all(np.abs(np.asarray(values, dtype=np.float64)) <= LARGEST):
            raise RequestError(
                f"Only numbers of a size up to {number(LARGEST)} can be drawn; "
                "found a larger one or one that is not a number."
            )
    points = points[np.lexsort(points.T[::-1])]
    drawn = thin(points, most)
    shown = np.vstack([points, *(np.asarray([mark.utilities]) for mark in marks)])
    scales = tuple(_scale(shown[:, party], value) for party, value in enumerate(floors))
    scene = Scene(
        names, points, drawn, _spots(names, marks, scales), floors, scales, title, caption=""
    )
    return Scene(
        names,
        points,
        drawn,
        scene.spots,
        floors,
        scales,
        None if title is None else clean(title),
        caption=_caption(scene, epsilon),
    )


def _check_lengths(
    names: tuple[str, ...],
    marks: Sequence[Mark],
    reservations: tuple[float | None, ...],
    epsilon: Sequence[float] | None,
) -> None:
    """Refuse what has not one number for every party."""
    found = [(f"The mark '{shorten(clean(m.label), 60)}'", len(m.utilities)) for m in marks]
    found.append(("The list of reservations", len(reservations)))
    found.append(("The list of epsilons", len(names) if epsilon is None else len(epsilon)))
    for what, length in found:
        if length != len(names):
            raise RequestError(f"{what} has {length} numbers; there are {len(names)} parties.")
    for mark in marks:
        if mark.kind not in LOOKS:
            known = ", ".join(LOOKS)
            raise RequestError(f"There is no kind of mark '{mark.kind}'; known are {known}.")


def thin(points: NDArray[np.float64], most: int = MOST) -> NDArray[np.float64]:
    """Return an even sample of too many points, every party's best and worst among them."""
    if len(points) <= most:
        return points
    ends = {int(place) for place in (*points.argmin(axis=0), *points.argmax(axis=0))}
    chosen = sorted(ends)[:most]
    others = np.setdiff1d(np.arange(len(points)), chosen)
    even = np.linspace(0, len(others) - 1, most - len(chosen)).round()
    places = np.sort(np.concatenate([chosen, others[even.astype(np.int64)]]))
    return np.asarray(points[places])


def _scale(values: NDArray[np.float64], reservation: float | None) -> Scale:
    """The range of values, with the reservation where it is not far away."""
    if values.size == 0:
        values = np.asarray([0.0 if reservation is None else reservation])
    low, high = float(values.min()), float(values.max())
    span = high - low
    if span <= 1e-12 * max(abs(low), abs(high)):
        span = 0.5 * abs(low) or 1.0
        if reservation is not None and 0.0 < abs(reservation - low) <= 4.0 * span:
            span = abs(reservation - low)
        low, high = low - span, high + span
    if reservation is not None and low - span <= reservation <= high + span:
        low, high = min(low, reservation), max(high, reservation)
    return Scale(low, high)


def _spots(
    names: tuple[str, ...], marks: Sequence[Mark], scales: tuple[Scale, ...]
) -> tuple[Spot, ...]:
    """Marks by place, in the order in which they are given."""
    places: dict[tuple[float, ...], list[Mark]] = {}
    for mark in marks:
        shares = (
            float(scale.share(value)) for value, scale in zip(mark.utilities, scales, strict=True)
        )
        places.setdefault(tuple(round(share, 9) for share in shares), []).append(mark)
    spots = []
    for found in places.values():
        labels = list(dict.fromkeys(clean(mark.label) for mark in found))
        worth = ", ".join(
            f"{name} {number(value, 6)}"
            for name, value in zip(names, found[0].utilities, strict=True)
        )
        spots.append(
            Spot(
                label=", ".join(shorten(label, 60) for label in labels),
                utilities=tuple(float(value) for value in found[0].utilities),
                kinds=tuple(dict.fromkeys(mark.kind for mark in found)),
                words=f"{', '.join(labels)}: {worth}",
            )
        )
    return tuple(spots)


def _floors(reservations: tuple[float | None, ...]) -> NDArray[np.float64]:
    return np.asarray([-np.inf if value is None else value for value in reservations])


def _caption(scene: Scene, epsilon: Sequence[float] | None) -> str:
    """What a reader has to know beyond what is drawn."""
    whole, parts = len(scene.points), []
    if not whole:
        parts.append("The frontier is empty: no package to draw.")
    if len(scene.drawn) < whole:
        parts.append(f"{len(scene.drawn):,} of {whole:,} points drawn.")
    if epsilon is not None and any(epsilon):
        losses = ", ".join(
            f"{number(value)} for {shorten(name, 40)}"
            for name, value in zip(scene.parties, epsilon, strict=True)
        )
        parts.append(
            "The frontier is certified to an epsilon, not exact: every possible package is "
            f"matched by one of its points but for at most {losses}."
        )
    if whole and scene.stated:
        count = int(np.all(scene.points >= scene.floors, axis=1).sum())
        if not count:
            parts.append("No point of the frontier reaches every stated reservation.")
        elif len(scene.parties) > 2 and count < whole:
            parts.append(f"{count:,} of {whole:,} points reach every stated reservation.")
    for name, value, shown in zip(scene.parties, scene.reservations, scene.shown, strict=True):
        if value is not None and shown is None:
            parts.append(f"The reservation of {shorten(name, 40)}, {number(value)}, lies outside.")
    return " ".join(parts)
