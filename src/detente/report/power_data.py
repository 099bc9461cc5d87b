"""Findings on power as plain data for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.power.coalitions import Listing
    from detente.power.passage import Passage
    from detente.power.target import PowerFindings

__all__ = ["passage_data", "power_data"]

Data = dict[str, Any]


def power_data(found: PowerFindings, *, exact: bool = False) -> Data:
    """Return all findings on one rule; indices as numbers, or as exact fractions in texts."""
    game, power = found.asked.game, found.power
    seats = {name: many for name, many in zip(game.members, game.copies, strict=True) if many > 1}

    def shown(value: Fraction) -> float | str:
        return str(value) if exact else float(value)

    return {
        "id": found.asked.id,
        "title": found.asked.title,
        "members": list(game.members),
        "seats": seats,
        "votes": game.size,
        "indices": {key: [shown(v) for v in values] for key, values in power.indices.items()},
        "omitted": dict(power.omitted),
        "swings": list(power.swings),
        "veto": list(power.veto),
        "dummies": list(power.dummies),
        "dictator": power.dictator,
        "winning": power.winning,
        "minimal_winning": power.minimal,
        "minimal_blocking": power.minimal_blocking,
        "smallest_winning": _listing(found.smallest_winning),
        "smallest_blocking": _listing(found.smallest_blocking),
        "likeliest_blocking": [[str(v) for v in each] for each in found.likeliest_blocking],
        "passage": None if found.passage is None else passage_data(found.passage),
        "notes": [*found.asked.notes, *([found.passage_note] if found.passage_note else [])],
    }


def _listing(listing: Listing) -> Data:
    return {
        "coalitions": [_coalition(dict(each)) for each in listing.coalitions],
        "complete": listing.complete,
    }


def _coalition(votes: Mapping[str, int]) -> list[str] | dict[str, int]:
    """Names; with the numbers of votes where a body gives several."""
    return list(votes) if all(many == 1 for many in votes.values()) else dict(votes)


def passage_data(passage: Passage) -> Data:
    """Return how likely a rule is met and on whom it hangs; probabilities 0..1."""
    return {
        "probability": round(passage.probability, 9),
        "independent": round(passage.independent, 9),
        "common_factor": passage.common_factor,
        "pivotal": None if passage.pivotal is None else str(passage.pivotal),
        "hold_outs": [str(voter) for voter in passage.hold_outs],
        "members": [
            {
                "member": str(each.voter),
                "yes": round(each.yes, 9),
                "decisive": round(each.decisive, 9),
                "refused": round(each.refused, 9),
            }
            for each in passage.members
        ],
    }
