"""Conflicts with published or independently computed answers."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from detente.strategy.coalitions import find_jumps
from detente.strategy.conflict import Conflict, Moves, Option, build_conflict
from detente.strategy.gmcr import read_gmcr
from detente.strategy.paths import find_paths
from detente.strategy.stability import CONCEPTS, find_stability

SHARED = Path(os.environ.get("DETENTE_SHARED", Path(__file__).parents[3] / "shared"))
GMCR = SHARED / "data" / "gmcr"
needs_shared = pytest.mark.skipif(
    not GMCR.is_dir(), reason=f"other people's conflicts are not in {GMCR}"
)
DIRECTIONS: dict[str, Moves] = {"both": "both", "fwd": "forward", "back": "backward"}


def two_by_two(first: list[int], second: list[int]) -> Conflict:
    return build_conflict(
        "two by two",
        [Option("a", "first cooperates"), Option("b", "second cooperates")],
        [("one", [0]), ("two", [1])],
        lambda conflict: conflict.every(),
        lambda _: np.array([first, second]),
    )


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # prisoner's dilemma: both defect, or both cooperate for those who look further
        ([2, 1, 4, 3], [2, 4, 1, 3], {"nash": [0], "gmr": [0, 3], "smr": [0, 3], "seq": [0, 3]}),
        # chicken: one of them swerves; both, for those who fear any answer
        ([1, 2, 4, 3], [1, 4, 2, 3], {"nash": [1, 2], "gmr": [1, 2, 3], "smr": [1, 2, 3]}),
    ],
)
def test_games_of_two(first: list[int], second: list[int], expected: dict[str, list[int]]) -> None:
    found = find_stability(two_by_two(first, second))
    assert {name: found.equilibria(name).tolist() for name in expected} == expected


@needs_shared
@pytest.mark.parametrize("name", ["Prisoners", "Elmira", "Garrison"])
def test_published_conflicts(name: str) -> None:
    data = json.loads((GMCR / "expected.json").read_text(encoding="utf-8"))[name]
    conflict = read_gmcr(GMCR / f"{name}.gmcr")
    assert [conflict.text(state) for state in conflict.states.tolist()] == data["states_yn"]
    found = find_stability(conflict)
    for concept, numbers in data["definition_level"].items():
        states = found.equilibria(concept.lower()).tolist()
        assert [conflict.number(state) for state in states] == numbers, concept


@needs_shared
def test_elmira_from_its_status_quo() -> None:
    """The one improvement from state 1 is the Local Government's; MoE and Uniroyal jump 5 to 8.

    Numbers of the literature, where the four states with abandonment are one.
    """
    data = json.loads((GMCR / "expected.json").read_text(encoding="utf-8"))["Elmira"]
    conflict = read_gmcr(GMCR / "Elmira.gmcr")
    number = {int(ours): theirs for ours, theirs in data["literature_state_map"].items()}
    start = int(conflict.states[0])
    paths = find_paths(conflict, start, improving=True)
    reached = [s for s in conflict.states.tolist() if (told := paths.moves(s)) and len(told) == 1]
    assert [number[conflict.number(state)] for state in reached] == [5]
    (move,) = paths.moves(reached[0]) or ()
    assert conflict.makers[conflict.maker(move.maker)].name == "Local Government"
    settled = find_stability(conflict).settled().tolist()
    jumps = {
        (number[conflict.number(jump.start)], number[conflict.number(jump.end)]): [
            conflict.makers[conflict.maker(each)].name for each in jump.coalition
        ]
        for jump in find_jumps(conflict, settled, only_between=True)
    }
    assert jumps[5, 8] == ["MoE", "Uniroyal"]


@needs_shared
def test_random_games() -> None:
    games = json.loads((GMCR / "random_games.json").read_text(encoding="utf-8"))["games"]
    assert len(games) == 30
    for game in games:
        conflict = build_conflict(
            str(game["id"]),
            [
                Option(str(place), str(place), moves=DIRECTIONS[way])
                for place, way in enumerate(game["direction"])
            ],
            [(str(place), options) for place, options in enumerate(game["dm_options"])],
            lambda _, game=game: np.array(game["feasible"]),  # type: ignore[misc]
            lambda _, game=game: np.array(game["payoff"]),  # type: ignore[misc]
        )
        found = find_stability(conflict)
        for concept in CONCEPTS:
            expected = {name.lower(): states for name, states in game["equilibria"].items()}
            assert found.equilibria(concept).tolist() == expected[concept], (game["id"], concept)
