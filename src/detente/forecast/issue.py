"""One question on a scale: who stands where, how much it matters to them, and their weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.errors import RequestError
from detente.formats.positions import TableIssue

__all__ = ["Array", "Inputs", "Issue", "Origin", "inputs_of", "issue_of_table"]

Array = NDArray[np.float64]

Origin = Literal["stated", "derived", "assumed"]
"""Whether a number was written down, follows from statements, or is a plain assumption."""


@dataclass(frozen=True, slots=True, eq=False)
class Issue:
    """One question whose answers lie on a scale, and the actors that bargain over it.

    Parameters
    ----------
    name
        What the question is called.
    actors
        Their names, each once.
    positions
        ``(actors,)``, on the scale: where each actor wants to end.
    salience
        ``(actors,)``, 0..100: how much the question matters to each.
    capability
        ``(actors,)``, at least 0, in any unit: what each can bring to bear.
    scale
        The lowest and the highest answer possible.
    reference
        What holds without a decision, on the scale; None where there is no such thing.
    outcome
        What was decided, on the scale; None where nothing is known of it.
    proposed
        What was proposed at first, on the scale; None where nothing is known of it.
    proposal
        The negotiation that the question belongs to; questions of one are not independent.
    sd
        ``(actors,)``, in units of the scale: how uncertain each position is; None where none is.
    sampled
        ``(draws, actors)``: positions already drawn, in place of ``sd``; None where they are not.
    origins
        For every actor, where position, salience and capability come from.

    Raises
    ------
    RequestError
        If the numbers do not fit together, leave the scale, or give nobody any weight.

    Examples
    --------
    >>> issue = Issue("tax", ("a", "b"), [20, 60], [50, 100], [1, 3], (0, 100))
    >>> issue.weights.tolist(), issue.width
    ([0.5, 3.0], 100.0)
    >>> Issue("tax", ("a", "b"), [20, 160], [50, 100], [1, 3], (0, 100))
    Traceback (most recent call last):
    detente.errors.RequestError: The position of 'b' on 'tax' is 160, outside its scale 0..100.
    """

    name: str
    actors: tuple[str, ...]
    positions: Array
    salience: Array
    capability: Array
    scale: tuple[float, float]
    reference: float | None = None
    outcome: float | None = None
    proposed: float | None = None
    proposal: str = ""
    sd: Array | None = None
    sampled: Array | None = None
    origins: tuple[tuple[Origin, Origin, Origin], ...] = ()

    def __post_init__(self) -> None:
        for name in ("positions", "salience", "capability"):
            values = np.array(getattr(self, name), dtype=np.float64)
            values.setflags(write=False)
            object.__setattr__(self, name, values)
        low, high = (float(each) for each in self.scale)
        object.__setattr__(self, "scale", (low, high))
        _check(self)
        if not self.origins:
            stated: tuple[Origin, Origin, Origin] = ("stated", "stated", "stated")
            object.__setattr__(self, "origins", (stated,) * len(self.actors))

    @property
    def width(self) -> float:
        """Length of the scale."""
        return self.scale[1] - self.scale[0]

    @property
    def weights(self) -> Array:
        """Effective power ``(actors,)``: capability times salience as a share of 100."""
        found: Array = self.capability * (self.salience / 100.0)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """What every model is given: the same question, drawn once or many times.

    Parameters
    ----------
    positions
        ``(draws, actors)``, on the scale.
    salience
        ``(actors,)``, 0..1.
    capability
        ``(actors,)``, at least 0.
    low, high
        The ends of the scale.
    reference
        What holds without a decision; None where there is no such thing.
    """

    positions: Array
    salience: Array
    capability: Array
    low: float
    high: float
    reference: float | None = None

    @property
    def weights(self) -> Array:
        """Effective power ``(actors,)``: capability times salience."""
        found: Array = self.capability * self.salience
        return found


def inputs_of(issue: Issue, positions: Array | None = None) -> Inputs:
    """Return what models are given of an issue.

    Parameters
    ----------
    positions
        ``(draws, actors)`` in place of the issue's own; its own, once, if None.

    Examples
    --------
    >>> inputs_of(Issue("tax", ("a", "b"), [20, 60], [50, 100], [1, 3], (0, 100))).positions
    array([[20., 60.]])
    """
    own = issue.positions[None, :] if positions is None else positions
    return Inputs(own, issue.salience / 100.0, issue.capability, *issue.scale, issue.reference)


def issue_of_table(table: TableIssue) -> Issue:
    """Return an issue as a table of another program has it."""
    return Issue(
        name=table.name,
        actors=table.actors,
        positions=np.array(table.positions),
        salience=np.array(table.salience),
        capability=np.array(table.capability),
        scale=table.scale,
        reference=table.reference,
        outcome=table.outcome,
        proposed=table.proposed,
        proposal=table.proposal,
        sd=None if table.sd is None else np.array(table.sd),
    )


def _check(issue: Issue) -> None:
    count, (low, high) = len(issue.actors), issue.scale
    arrays = (issue.positions, issue.salience, issue.capability)
    if not count or any(each.shape != (count,) for each in arrays):
        message = (
            f"The issue '{issue.name}' needs a position, a salience and a capability for each actor"
        )
        raise RequestError(f"{message}; it has {count} actors.")
    if len(set(issue.actors)) < count:
        raise RequestError(f"An actor stands twice on '{issue.name}'; keep one.")
    if not (np.isfinite(low) and np.isfinite(high) and low < high):
        raise RequestError(f"The scale {low:g}..{high:g} of '{issue.name}' has no length.")
    for actor, position, salience, capability in zip(issue.actors, *arrays, strict=True):
        if not low <= position <= high:
            outside = f"{position:g}, outside its scale {low:g}..{high:g}."
            raise RequestError(f"The position of '{actor}' on '{issue.name}' is {outside}")
        if not 0.0 <= salience <= 100.0:
            found = f"{salience:g}; it must be from 0 to 100."
            raise RequestError(f"The salience of '{issue.name}' to '{actor}' is {found}")
        if not 0.0 <= capability < np.inf:
            raise RequestError(f"The capability of '{actor}' is {capability:g}; it must not be.")
    if not issue.weights.any():
        raise RequestError(f"Nobody has any weight on '{issue.name}': capability x salience is 0.")
