"""Consent rules that cannot be meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from case.minimal import write_case
from refuse.faults import Fault, Refuses, edited

_EITHER = "Give either a count or a share of those who must agree."
_CRASH = "a rule that is neither a text nor a mapping ends in a traceback"

_RULES = {
    "nobody under all": ("all: []", 10, "Nobody is named here; name at least one."),
    "nobody under any": ("any: []", 10, "Nobody is named here; name at least one."),
    "nobody to be counted": (
        "at_least: {of: [], count: 1}",
        20,
        "Nobody is named here; name at least one.",
    ),
    "members of an actor that has none": (
        "all: {members_of: north}",
        23,
        "'north' has no members; give them in the actors file.",
    ),
    "seats of an actor that has none": (
        "at_least: {of: {seats_of: north}, count: 3}",
        31,
        "'north' has no seats; give them in the actors file.",
    ),
    "a count larger than the body": (
        "at_least: {of: [north, south], count: 3}",
        43,
        "The quota 3 is larger than the body of 2.",
    ),
    "a count of zero": ("at_least: {of: [north, south], count: 0}", 43, "must be at least 1"),
    "a quota larger than all weights": (
        "weighted: {weights: {north: 2, south: 3}, quota: 6}",
        54,
        "The quota 6 is larger than all weights, 5.",
    ),
    "a quota of zero": ("weighted: {weights: {north: 2}, quota: 0}", 44, "must be at least 1"),
    "a negative weight": (
        "weighted: {weights: {north: -2, south: 3}, quota: 1}",
        33,
        "'north' is -2; it must be at least 0",
    ),
    "no weights at all": ("weighted: {weights: {}, quota: 1}", 25, "'weights' is empty"),
    "both a count and a share": (
        "at_least: {of: [north, south], count: 1, share: 1/2}",
        15,
        _EITHER,
    ),
    "neither a count nor a share": ("at_least: {of: [north, south]}", 15, _EITHER),
    "a share above one": (
        "at_least: {of: [north, south], share: 3/2}",
        43,
        "The share 3/2 lies outside 0..1.",
    ),
    "a share above all": (
        "at_least: {of: [north, south], share: 101%}",
        43,
        "The share 101% lies outside 0..1.",
    ),
    "a share of nothing": (
        "at_least: {of: [north, south], share: 0}",
        43,
        "lies outside 0..1.",
    ),
    "a share below zero": (
        "at_least: {of: [north, south], share: -1/2}",
        43,
        "The share -1/2 lies outside 0..1.",
    ),
    "a share over zero": (
        "at_least: {of: [north, south], share: 1/0}",
        43,
        "'1/0' is not a share; write 2/3, 0.65 or 65%.",
    ),
    "a share in words": (
        "at_least: {of: [north, south], share: half}",
        43,
        "'half' is not a share; write 2/3, 0.65 or 65%.",
    ),
    "two kinds of rule in one": pytest.param(
        "{all: [north], any: [south]}", 20, "Unknown key 'any'"
    ),
    "a number among actors": pytest.param("all: [north, 5]", 18, "found the number 5."),
    "a number among those counted": pytest.param(
        "at_least: {of: [north, 5], count: 1}", 28, "found the number 5."
    ),
    "a list among actors": pytest.param("all: [north, [south]]", 18, "found a list."),
    "the same voice counted twice": pytest.param(
        "at_least: {of: [north, north], count: 2}", 28, "'north'"
    ),
}


@pytest.mark.parametrize(("rule", "column", "words"), _RULES.values(), ids=_RULES.keys())
def test_a_rule_that_cannot_be_meant_is_refused(
    tmp_path: Path, refuses: Refuses, rule: str, column: int, words: str
) -> None:
    folder = write_case(tmp_path, **edited("consent", "all: [north, south]", rule))
    refuses(folder, [Fault("consent.yaml", 5, column, words)])


def test_a_fault_deep_inside_a_rule_is_told_where_it_stands(
    tmp_path: Path, refuses: Refuses
) -> None:
    rule = "any:\n      - north\n      - all:\n          - at_least: {of: [south], count: 2}"
    folder = write_case(tmp_path, **edited("consent", "all: [north, south]", rule))
    refuses(folder, [Fault("consent.yaml", 8, 44, "The quota 2 is larger than the body of 1.")])


@pytest.mark.parametrize(
    "rule",
    ["", "  rule: north\n  readings:\n    - {id: a, text: b, rule: south}\n"],
    ids=["neither a rule nor readings", "both a rule and readings"],
)
def test_a_rule_has_one_wording_or_several_readings(
    tmp_path: Path, refuses: Refuses, rule: str
) -> None:
    folder = write_case(tmp_path, **edited("consent", "  rule:\n    all: [north, south]\n", rule))
    words = "Rule 'both-sign' needs either 'rule' or 'readings', and not both."
    refuses(folder, [Fault("consent.yaml", 1, 3, words)])


def test_a_body_with_an_empty_list_of_members_is_refused(tmp_path: Path, refuses: Refuses) -> None:
    files = edited("actors", "name: Northtown", "name: Northtown\n    members: []")
    words = "'north' has an empty list of members; name them or drop the key."
    refuses(write_case(tmp_path, **files), [Fault("actors.yaml", 4, 14, words)])


@pytest.mark.parametrize(
    ("points", "words"),
    [("[]", "'points' is empty"), ("toll", "'toll' is not a possible 'points'")],
    ids=["no points", "a word"],
)
def test_the_points_of_a_rule_are_all_or_a_list(
    tmp_path: Path, refuses: Refuses, points: str, words: str
) -> None:
    folder = write_case(tmp_path, **edited("consent", "points: all", f"points: {points}"))
    refuses(folder, [Fault("consent.yaml", 3, 11, words)])


def test_the_status_quo_cannot_be_a_red_line(tmp_path: Path, refuses: Refuses) -> None:
    files = edited("ratings", "options: [north-only]", "options: [none]")
    words = "'none' is the status quo; it cannot be a red line."
    refuses(write_case(tmp_path, **files), [Fault("ratings.yaml", 6, 42, words)])
