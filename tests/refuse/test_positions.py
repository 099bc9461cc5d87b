"""Stated positions that cannot be meant, or that name what the case does not have."""

from __future__ import annotations

from pathlib import Path

import pytest

from case.minimal import MINIMAL, write_case
from cli.calls import Detente
from refuse.faults import Fault, Refuses

_POINTS = """\
- id: toll
  title: Toll
  status_quo: none
  ordered: true
  options:
    - {id: none, text: No toll, position: 0}
    - {id: shared, text: A toll shared by halves, position: 2}
    - {id: north-only, text: A toll that Northtown keeps, position: 5}
    - {id: large, text: A large toll, position: 10}
- id: colour
  title: Colour
  status_quo: red
  options:
    - {id: red, text: Red}
    - {id: blue, text: Blue}
"""
_FILES = {
    "points": _POINTS,
    "drafts": MINIMAL["drafts.yaml"].replace("    toll:", "    colour: absent\n    toll:"),
}
_WHO = "actor: north, reason: x, author: A"

_REFUSED = {
    "an unknown point": (
        f"point: tol\n  positions: [{{{_WHO}, position: 1}}]",
        1,
        10,
        "Unknown point 'tol'; did you mean 'toll'?",
    ),
    "an unknown actor": (
        "point: toll\n  positions: [{actor: norht, reason: x, author: A, position: 1}]",
        2,
        23,
        "Unknown actor 'norht'; did you mean 'north'?",
    ),
    "an unknown option": (
        f"point: toll\n  positions: [{{position: shard, {_WHO}}}]",
        2,
        26,
        "Point 'toll' has no option 'shard'; did you mean 'shared'?",
    ),
    "an option without a position": (
        f"point: colour\n  scale: [0, 1]\n  positions: [{{position: blue, {_WHO}}}]",
        3,
        26,
        "Option 'blue' has no position on the scale; write a number.",
    ),
    "a position off the scale of the options": (
        f"point: toll\n  positions: [{{position: 11, {_WHO}}}]",
        2,
        26,
        "The position 11 of 'north' lies off the scale of 'toll', 0 to 10.",
    ),
    "a position off the stated scale": (
        f"point: toll\n  scale: [0, 5]\n  positions: [{{position: large, {_WHO}}}]",
        3,
        26,
        "The position 10 of 'north' lies off the scale of 'toll', 0 to 5.",
    ),
    "a point without a scale": (
        f"point: colour\n  positions: [{{position: 1, {_WHO}}}]",
        1,
        10,
        "Point 'colour' has no scale; order its options by positions, or write",
    ),
    "a scale the wrong way round": (
        f"point: toll\n  scale: [5, 0]\n  positions: [{{position: 1, {_WHO}}}]",
        2,
        10,
        "A scale runs from a lower to a higher number; found 5 and 0.",
    ),
    "a truth for a position": (
        f"point: toll\n  positions: [{{position: true, {_WHO}}}]",
        2,
        26,
        "'position' must be a number; found true.",
    ),
    "a salience above 100": (
        f"point: toll\n  positions: [{{salience: 101, position: 1, {_WHO}}}]",
        2,
        26,
        "'salience' is 101; it must be at most 100.",
    ),
    "a negative capability": (
        f"point: toll\n  positions: [{{capability: -1, position: 1, {_WHO}}}]",
        2,
        28,
        "'capability' is -1; it must be at least 0.",
    ),
    "no sd at all": (
        f"point: toll\n  positions: [{{sd: 0, position: 1, {_WHO}}}]",
        2,
        20,
        "'sd' is 0; it must be more than 0.",
    ),
    "nobody with any weight": (
        f"point: toll\n  positions: [{{salience: 0, position: 1, {_WHO}}}]",
        2,
        14,
        "Nobody has any weight: salience or capability is 0 for every actor.",
    ),
    "nobody at all": ("point: toll\n  positions: []", 2, 14, "'positions' is empty"),
    "no reason": (
        "point: toll\n  positions: [{actor: north, author: A, position: 1}]",
        2,
        15,
        "The key 'reason' is missing",
    ),
    "an unknown source": (
        f"point: toll\n  positions: [{{source: gazete, position: 1, {_WHO}}}]",
        2,
        24,
        "Unknown source 'gazete'; did you mean 'gazette'?",
    ),
    "an actor twice": (
        f"point: toll\n  positions:\n    - {{position: 1, {_WHO}}}\n    - {{position: 2, {_WHO}}}",
        4,
        28,
        "The position of 'north' on 'toll' stands twice; keep one.",
    ),
    "a point twice": (
        "\n- ".join(2 * [f"point: toll\n  positions: [{{position: 1, {_WHO}}}]"]),
        3,
        10,
        "The positions on 'toll' stand twice, first in ",
    ),
    "an unknown key": (
        f"point: toll\n  positions: [{{postion: 1, position: 1, {_WHO}}}]",
        2,
        16,
        "Unknown key 'postion'; did you mean 'position'?",
    ),
}


@pytest.mark.parametrize(
    ("keys", "line", "column", "words"), _REFUSED.values(), ids=_REFUSED.keys()
)
def test_positions_that_cannot_be_meant_are_refused(
    tmp_path: Path, refuses: Refuses, keys: str, line: int, column: int, words: str
) -> None:
    files = _FILES | {"positions": f"- {keys}\n"}
    refuses(write_case(tmp_path, **files), [Fault("positions.yaml", line, column, words)])


def test_check_counts_stated_positions(tmp_path: Path, detente: Detente) -> None:
    stated = f"point: toll\npositions: [{{position: shared, {_WHO}}}]\n"
    folder = write_case(tmp_path, **(_FILES | {"positions": stated}))
    assert detente("check", folder).out.endswith(", positions on 1 point.\n")
