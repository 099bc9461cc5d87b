"""``detente power`` as it is called: its JSON, its words, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.calls import Detente, detente

__all__ = ["detente"]

COUNCIL = "[12; 4, 4, 4, 2, 2, 1]"


def write(folder: Path, rule: object) -> Path:
    path = folder / "rule.json"
    path.write_text(json.dumps(rule), encoding="utf-8")
    return path


def test_a_line_gives_the_json_that_programs_read(detente: Detente) -> None:
    data = detente("power", COUNCIL, "--json").json
    assert data["members"] == ["1", "2", "3", "4", "5", "6"]
    assert data["winning"] == 14
    assert data["veto"] == []
    assert data["dummies"] == ["6"]
    assert data["indices"]["banzhaf"] == pytest.approx([10 / 42] * 3 + [6 / 42] * 2 + [0])
    assert data["minimal_winning"] == 4


def test_exact_gives_fractions_as_text(detente: Detente) -> None:
    data = detente("power", COUNCIL, "--json", "--exact").json
    assert data["indices"]["shapley_shubik"] == ["7/30", "7/30", "7/30", "3/20", "3/20", "0"]
    assert data["indices"]["johnston"] == ["1/4", "1/4", "1/4", "1/8", "1/8", "0"]
    assert data["indices"]["deegan_packel"] == ["5/24"] * 3 + ["3/16"] * 2 + ["0"]
    assert data["indices"]["holler"] == ["1/5"] * 5 + ["0"]


def test_several_weights_clause_and_chamber(tmp_path: Path, detente: Detente) -> None:
    """Four states, two of them large: two heads and 60 % of the people, or all but one."""
    rule = {
        "members": ["a", "b", "c", "d"],
        "rules": [{"count": 2}, {"quota": "60%", "weights": [50, 30, 10, 10]}],
        "combine": "and",
        "blocking_minority": 2,
    }
    data = detente("power", write(tmp_path, rule), "--json").json
    # ab, ac, ad and all threes: bcd has 50 % of the people, but only one head stands against it
    assert data["winning"] == 3 + 4 + 1
    chamber = {
        "members": ["p", "x", "y", "z"],
        "rules": [{"all": ["p"]}, {"members": ["x", "y", "z"], "count": 2}],
    }
    data = detente("power", write(tmp_path, chamber), "--json").json
    assert data["veto"] == ["p"]
    assert data["winning"] == 4


@pytest.mark.parametrize(
    ("rule", "winning"),
    [
        ({"quota": 0.5, "weights": [0.5, 0.3, 0.2]}, 5),
        ({"quota": "2/3", "weights": {"a": 1, "b": 1, "c": 1}}, 4),
        ({"quota": 0.62, "weights": [62, 30, 8]}, 4),
        ({"members": ["a", "b", "c"], "share": "55%"}, 4),
        ({"any": ["a", "b"]}, 3),
    ],
)
def test_quotas_are_exact(tmp_path: Path, detente: Detente, rule: object, winning: int) -> None:
    assert detente("power", write(tmp_path, rule), "--json").json["winning"] == winning


def test_chances_of_a_written_rule(tmp_path: Path, detente: Detente) -> None:
    rule = {"members": ["a", "b"], "count": 2, "yes": {"a": 0.5, "b": 0.5}}
    data = detente("power", write(tmp_path, rule), "--json").json["passage"]
    assert data["probability"] == pytest.approx(0.25)
    path = write(tmp_path, {**rule, "common_factor": 0.5})
    data = detente("power", path, "--json").json["passage"]
    assert data["probability"] == pytest.approx(1 / 3, abs=1e-6)
    assert data["independent"] == pytest.approx(0.25)
    data = detente("power", path, "--common-factor", "0", "--json").json["passage"]
    assert data["probability"] == pytest.approx(0.25)


def test_a_case_gives_every_rule_and_the_whole(detente: Detente) -> None:
    data = detente("power", "ukraine-2025", "--draft", "us-russia-28", "--json").json["rules"]
    assert data["nato"]["veto"] == data["nato"]["members"]
    assert len(data["nato"]["members"]) == 32
    assert data["whole"]["passage"]["probability"] < 0.05
    assert data["us-congress-reviews-relief"]["seats"] == {"us-senate": 100, "us-house": 435}
    seats = data["rada-consents-to-treaty"]
    assert seats["seats"] == {"verkhovna-rada": 450}


def test_words_for_people(detente: Detente) -> None:
    told = detente("power", COUNCIL)
    assert told.code == 0
    assert "Who never decides anything: 6" in told.out
    assert "Enough to stop (9 minimal coalitions in all)" in told.out


def test_a_picture(tmp_path: Path, detente: Detente) -> None:
    path = tmp_path / "power.svg"
    assert detente("power", COUNCIL, "--plot", path).code == 0
    assert "Shapley-Shubik 0.2333" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("[0; 1, 1]", "rule:1:2: The quota is 0; it must be above 0"),
        ("[3; 1, 1]", "rule:1:2: The quota is 3; it must be above 0 and at most the total, 2."),
        ("[1; 1, -1]", "rule:1:8: The weight of '2' is -1; it must be a number of at least 0."),
        ("[1; a]", "rule:1:5: The weight of '1' is a; it must be a number"),
        ("[1; 0, 0]", "All weights are 0"),
        ("[1 2 3]", "is no rule; write [quota; weight, weight, ...]"),
        ("none.yaml", "none.yaml: The file cannot be read"),
    ],
)
def test_bad_games(detente: Detente, target: str, words: str) -> None:
    told = detente("power", target)
    assert told.code == 2
    assert words in told.err
    assert len(told.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("rule", "place", "words"),
    [
        ("members: [a, b]\nweights: [1, 2, 3]\nquota: 2\n", "2:10", "3 weights for 2 members"),
        ("members: [a, a]\ncount: 1\n", "1:14", "'a' stands twice"),
        ("members: [a, b]\ncount: 3\n", "2:8", "from 1 to the number of members, 2"),
        ("members: [a, b]\ncount: 1\nquota: 1\n", "3:1", "A quota goes with 'weights'"),
        ("members: [a]\nrules: [{count: 1}]\ncombine: xor\n", "3:10", "must be 'and' or 'or'"),
        ("members: [a]\nweights: [1]\n", "1:1", "The weights have no quota"),
        ("members: [a]\ncuont: 1\n", "2:1", "Unknown key 'cuont'; did you mean 'count'?"),
        ("- a\n", "1:1", "A rule is a mapping"),
        ("members: [a, b]\ncount: 1\nyes: {a: 0.5}\n", "3:6", "No probability is given for 'b'"),
        ("members: [a]\ncount: 1\nyes: {a: .5}\ncommon_factor: 1\n", "4:16", "below 1"),
    ],
)
def test_bad_files(tmp_path: Path, detente: Detente, rule: str, place: str, words: str) -> None:
    path = tmp_path / "rule.yaml"
    path.write_text(rule, encoding="utf-8")
    told = detente("power", path)
    assert told.code == 2
    assert any(
        line.startswith(f"{path}:{place}: ") and words in line for line in told.err.splitlines()
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((COUNCIL, "--index", "banzaf"), "did you mean 'banzhaf'?"),
        ((COUNCIL, "--rule", "x"), "--rule is for a case"),
        (("ukraine-2025", "--rule", "natoo"), "did you mean 'nato'?"),
        (("ukraine-2025", "--plot", "x.svg"), "--plot draws one rule"),
    ],
)
def test_wrong_use(detente: Detente, arguments: tuple[str, ...], words: str) -> None:
    told = detente("power", *arguments)
    assert told.code == 2
    assert words in told.err
