"""Tables of actors with position, salience and capability, as other programs write them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PositionTable", "TableIssue"]


@dataclass(frozen=True, slots=True)
class TableIssue:
    """One question of a table.

    Parameters
    ----------
    name
        What the question is called.
    actors
        Their names, in file order.
    positions, salience, capability
        One for each actor: on the scale; 0..100; at least 0.
    scale
        The lowest and the highest answer.
    reference, outcome, proposed
        What holds without a decision, what was decided, and what was proposed at first; None where
        the table does not say.
    proposal
        The negotiation that the question belongs to.
    sd
        How uncertain each position is, on the scale; None where the table does not say.
    """

    name: str
    actors: tuple[str, ...]
    positions: tuple[float, ...]
    salience: tuple[float, ...]
    capability: tuple[float, ...]
    scale: tuple[float, float]
    reference: float | None = None
    outcome: float | None = None
    proposed: float | None = None
    proposal: str = ""
    sd: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class PositionTable:
    """A table as read.

    Parameters
    ----------
    file
        Its name as the user would type it.
    format
        Which form it has.
    issues
        Its questions, at least one.
    notes
        What a reader of the figures should know.
    """

    file: str
    format: str
    issues: tuple[TableIssue, ...]
    notes: tuple[str, ...] = ()
