"""``detente stability`` as it is called, on cases and on files of GMCR+; what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from case.minimal import MINIMAL
from cli.calls import Detente, detente

__all__ = ["detente"]

CHICKEN: dict[str, Any] = {
    "program": "gmcr-py",
    "options": [
        {"name": "one swerves", "permittedDirection": "both"},
        {"name": "two swerves", "permittedDirection": "both"},
    ],
    "decisionMakers": [
        {"name": "one", "options": [0], "preferences": [], "preferenceRanking": [3, 4, 2, 1]},
        {"name": "two", "options": [1], "preferences": [], "preferenceRanking": [2, 4, 3, 1]},
    ],
    "infeasibles": [],
    "useManualPreferenceRanking": True,
}

STRATEGY = """\
- id: ferry
  title: Who runs the ferry
  status_quo: {service: none, toll: no}
  infeasible:
    - {service: none, toll: yes}
  decision_makers:
    - actor: north
      options:
        - {id: service, text: Service, alternatives: [none, summer, always]}
      priorities:
        - {wants: {not: {service: none}}, reason: people must cross}
        - {wants: {any: [{service: summer}, {toll: yes}]}, reason: money is short}
    - actor: south
      options:
        - {id: toll, text: Collect a toll}
      ranking:
        - {service: always, toll: no}
        - {service: summer}
        - {service: always}
        - {service: none}
"""


def write(folder: Path, conflict: object) -> Path:
    path = folder / "chicken.gmcr"
    path.write_text(json.dumps(conflict, indent=1), encoding="utf-8")
    return path


def case(folder: Path, strategy: str) -> Path:
    for name, text in {**MINIMAL, "strategy.yaml": strategy}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_file_gives_the_json_that_programs_read(tmp_path: Path, detente: Detente) -> None:
    data = detente("stability", write(tmp_path, CHICKEN), "--json").json
    assert data["states"] == 4
    assert data["options"] == ["one swerves", "two swerves"]
    assert data["decision_makers"] == ["one", "two"]
    assert data["equilibria"] == {
        "nash": ["YN", "NY"],
        "gmr": ["YN", "NY", "YY"],
        "smr": ["YN", "NY", "YY"],
        "seq": ["YN", "NY"],
        "sseq": ["YN", "NY"],
    }


def test_prioritised_statements(tmp_path: Path, detente: Detente) -> None:
    """Each wants the other to cooperate above all: the prisoner's dilemma."""
    makers = [
        {"name": "one", "options": [0], "preferences": [[[1, "Y"]], [[0, "N"]]]},
        {"name": "two", "options": [1], "preferences": [[[0, "Y"]], [[1, "N"]]]},
    ]
    path = write(
        tmp_path,
        {**CHICKEN, "decisionMakers": makers, "useManualPreferenceRanking": False},
    )
    data = detente("stability", path, "--json").json
    assert data["equilibria"]["nash"] == ["NN"]
    assert data["equilibria"]["seq"] == ["NN", "YY"]


def test_a_case_with_more_than_two_alternatives(tmp_path: Path, detente: Detente) -> None:
    """North serves in summer without a toll: by hand.

    States: service none (0), summer (1), always (2); toll N or Y; no toll without service.
    North: 1N, 1Y, 2Y meet both statements, 2N the first, 0N none. South: 2N > 1N = 1Y > 2Y > 0N.
    From 1N nobody gains; from 1Y nobody gains either (south is indifferent); from 2Y south prefers
    2N; from 2N north prefers 1N; from 0N north moves.
    """
    data = detente("stability", case(tmp_path, STRATEGY), "--json").json
    assert data["states"] == 5
    assert data["equilibria"]["nash"] == ["1N", "1Y"]
    assert data["status_quo"] == "0N"
    ways = data["paths"]["1N"]["improvements"]
    assert [(way["decision_maker"], way["to"]) for way in ways] == [("north", "1N")]


def test_words_for_people(tmp_path: Path, detente: Detente) -> None:
    told = detente("stability", case(tmp_path, STRATEGY))
    assert told.code == 0
    assert "5 states of 6 combinations can occur." in told.out
    assert "Nash (R) 2" in told.out
    explained = detente("stability", tmp_path, "--explain", "2N")
    assert "North" in explained.out
    assert "It could move to 1N: Service: summer." in explained.out


def test_the_flagship_settles_where_it_went(detente: Detente) -> None:
    data = detente("stability", "ukraine-2025", "--json").json
    assert data["equilibria"]["seq"] == ["11N0Y"]
    ways = data["paths"]["11N0Y"]["improvements"]
    assert [way["decision_maker"] for way in ways] == ["e3", "united-states"]


def test_other_questions(tmp_path: Path, detente: Detente) -> None:
    path = write(tmp_path, CHICKEN)
    changes = detente("stability", path, "--make-stable", "NN", "--concept", "nash", "--json").json
    assert [each["no_better"] for each in changes["changes"]] == [["YN"], ["NY"]]
    assert all(each["proven"] for each in changes["changes"])
    view = detente("stability", path, "--explain", "4", "--json").json
    assert view["state"] == "YY"
    assert view["equilibrium"] == ["gmr", "smr"]
    ahead = detente("stability", path, "--limited-move", 1, "--json").json["limited_move"]
    assert ahead == {"horizon": 1, "states": ["YN", "NY"]}
    start = detente("stability", path, "--from", "NN", "--coalitions", "--json").json
    assert start["status_quo"] == "NN"
    assert start["joint_improvements"] == []
    picture = tmp_path / "graph.svg"
    assert detente("stability", path, "--plot", picture).code == 0
    assert "YN: one swerves" in picture.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"infeasibles": [[[0, "Y"]], [[0, "N"]]]}, "Every state is infeasible"),
        ({"decisionMakers": [{**CHICKEN["decisionMakers"][0], "options": []}]}, "has no option"),
        (
            {"decisionMakers": [CHICKEN["decisionMakers"][0], {"name": "two", "options": [0]}]},
            "Option 0 ('one swerves') belongs to 'one' already",
        ),
        (
            {"decisionMakers": [CHICKEN["decisionMakers"][0]]},
            "The option 'two swerves' belongs to no decision maker.",
        ),
        ({"options": []}, "The conflict has no options."),
        ({"infeasibles": [[[7, "Y"]]]}, "7 is no option; they are numbered from 0 to 1."),
        ({"infeasibles": [[[0, "X"]]]}, "A condition is an option's number with Y or N."),
    ],
)
def test_bad_files(tmp_path: Path, detente: Detente, change: dict[str, Any], words: str) -> None:
    path = write(tmp_path, {**CHICKEN, **change})
    told = detente("stability", path)
    assert told.code == 2
    assert words in told.err
    assert all(line.startswith(f"{path}:") for line in told.err.splitlines())


@pytest.mark.parametrize(
    ("ranking", "words"),
    [
        ([3, 4, 2, 9], "There is no state 9; feasible states are numbered from 1 to 4."),
        ([3, 4, 2, 2], "State 2 is ranked twice; rank it once."),
        ([3, [4, 2]], "The ranking leaves out state 1; rank every feasible state."),
    ],
)
def test_bad_rankings(tmp_path: Path, detente: Detente, ranking: list[object], words: str) -> None:
    makers = [{**CHICKEN["decisionMakers"][0], "preferenceRanking": ranking}]
    path = write(tmp_path, {**CHICKEN, "decisionMakers": [*makers, CHICKEN["decisionMakers"][1]]})
    told = detente("stability", path)
    assert told.code == 2
    assert words in told.err


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("actor: south", "actor: suoth", "13:14", "did you mean 'south'?"),
        ("{id: toll, text", "{id: service, text", "15:16", "belongs to 'north' already"),
        (
            "none, toll: yes}\n",
            "none, tol: yes}\n",
            "5:23",
            "The conflict has no option 'tol'; did you mean",
        ),
        ("service: summer}, {toll", "service: sumer}, {toll", "12:36", "no alternative 'sumer'"),
        ("status_quo: {service: none, toll: no}", "status_quo: {toll: no}", "3:15", "says nothing"),
        ("{service: none, toll: no}", "{service: none, toll: yes}", "3:15", "rules out"),
        ("    - {service: none, toll: yes}", "    - {toll: [yes, no]}", "5:5", "is ruled out"),
        ("        - {service: none}\n", "", "17:9", "leaves out 1 of 5 states, such as 0N"),
    ],
)
def test_bad_cases(
    tmp_path: Path, detente: Detente, old: str, new: str, place: str, words: str
) -> None:
    assert old in STRATEGY
    told = detente("stability", case(tmp_path, STRATEGY.replace(old, new, 1)))
    assert told.code == 2
    assert any(
        line.startswith(f"{tmp_path / 'strategy.yaml'}:{place}: ") and words in line
        for line in told.err.splitlines()
    ), told.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--explain", "YX"), "option '2' takes one of N, Y."),
        (("--explain", "9"), "is no state"),
        (("--concept", "nsh"), "did you mean 'nash'?"),
        (("--model", "x"), "This file is one conflict"),
        (("--explain", "NN", "--make-stable", "NN"), "ask one at a time"),
    ],
)
def test_wrong_use(
    tmp_path: Path, detente: Detente, arguments: tuple[str, ...], words: str
) -> None:
    told = detente("stability", write(tmp_path, CHICKEN), *arguments)
    assert told.code == 2
    assert words in told.err
