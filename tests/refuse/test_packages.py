"""Constraints and preferences that cannot be meant, or that name what the case does not have."""

from __future__ import annotations

from pathlib import Path

import pytest

from case.minimal import PACKAGES, write_case
from cli.calls import Detente
from refuse.faults import Fault, Refuses

_KINDS = "'requires', 'excludes', 'at_most', 'never'"
_TOL = "Unknown point 'tol'; did you mean 'toll'?"
_SHARD = "Point 'toll' has no option 'shard'; did you mean 'shared'?"

_CONSTRAINTS = {
    "no kind": ("note: x", 1, 3, f"A constraint is one of {_KINDS}; found none of them."),
    "two kinds": (
        "excludes: {toll: none}\n  never: {lanes: two}",
        1,
        3,
        f"A constraint is one of {_KINDS}; found 'excludes' and 'never'.",
    ),
    "a limit on nothing": ("at_most: 1", 1, 3, "the key 'of' is missing."),
    "a count without a limit": ("of: [{toll: none}]", 1, 3, "the key 'at_most' is missing."),
    "a limit on an empty list": ("at_most: 1\n  of: []", 3, 7, "'of' is empty"),
    "a limit below zero": ("at_most: -1\n  of: [{toll: none}]", 2, 12, "it must be at least 0."),
    "a limit that is a truth": (
        "at_most: true\n  of: [{toll: none}]",
        2,
        12,
        "'at_most' must be a whole number; found true.",
    ),
    "nothing excluded": ("excludes: {}", 2, 13, "'excludes' is empty; it needs at least 1."),
    "a point without options": ("never: {toll: []}", 2, 17, "'toll' is empty"),
    "a number for an option": (
        "never: {toll: 5}",
        2,
        17,
        "'toll' must be a text; found the number 5; put it in quotes.",
    ),
    "a number among options": ("never: {toll: [none, 5]}", 2, 24, "found the number 5"),
    "a text for options": ("never: toll", 2, 10, "must be a mapping of keys to values"),
    "a requirement without a condition": (
        "requires: {then: {toll: none}}",
        2,
        13,
        "The key 'if' is missing from this record; add it.",
    ),
    "a requirement of nothing": ("requires: {if: {toll: none}, then: {}}", 2, 38, "is empty"),
    "an unknown point in a condition": (
        "requires: {if: {tol: none}, then: {lanes: two}}",
        2,
        19,
        _TOL,
    ),
    "an unknown option in a consequence": (
        "requires: {if: {lanes: two}, then: {toll: [none, shard]}}",
        2,
        52,
        _SHARD,
    ),
    "an unknown point in an exclusion": ("excludes: {lanes: two, tol: none}", 2, 26, _TOL),
    "an unknown option in an exclusion": ("excludes: {toll: shard, lanes: two}", 2, 20, _SHARD),
    "an unknown point in a limit": (
        "at_most: 1\n  of: [{toll: none}, {tol: none}]",
        3,
        23,
        _TOL,
    ),
    "an unknown option in a limit": (
        "at_most: 1\n  of:\n    - toll: none\n    - lanes: two\n      toll: [none, shard]",
        6,
        20,
        _SHARD,
    ),
    "an unknown point in a bar": ("never: {tol: none}", 2, 11, _TOL),
    "an unknown option in a bar": ("never: {toll: [shard]}", 2, 18, _SHARD),
    "a word of drafts": ("never: {toll: absent}", 2, 17, "Point 'toll' has no option 'absent'"),
    "an option of another point": (
        "never: {toll: four}",
        2,
        17,
        "Option 'four' belongs to point 'lanes', not to 'toll'",
    ),
    "an unknown source": (
        "never: {toll: none}\n  source: gazete",
        3,
        11,
        "Unknown source 'gazete'; did you mean 'gazette'?",
    ),
    "an unknown source of one reading": (
        "never: {toll: none}\n  readings: [{text: x, source: [gazette, gazete]}]",
        3,
        42,
        "Unknown source 'gazete'; did you mean 'gazette'?",
    ),
    "an unknown key": ("nevr: {toll: none}", 2, 3, "Unknown key 'nevr'; did you mean 'never'?"),
    "a bar of every option": (
        "never: {lanes: two, toll: [none, shared, north-only]}",
        2,
        23,
        "No option of point 'toll' is left; at least one must be possible.",
    ),
}


@pytest.mark.parametrize(
    ("keys", "line", "column", "words"), _CONSTRAINTS.values(), ids=_CONSTRAINTS.keys()
)
def test_a_constraint_that_cannot_be_meant_is_refused(
    tmp_path: Path, refuses: Refuses, keys: str, line: int, column: int, words: str
) -> None:
    files = PACKAGES | {"constraints": f"- id: a\n  {keys}\n"}
    refuses(write_case(tmp_path, **files), [Fault("constraints.yaml", line, column, words)])


def test_an_unknown_key_of_a_requirement_is_told_with_the_known_ones(
    tmp_path: Path, refuses: Refuses
) -> None:
    keys = "requires: {if: {toll: none}, then: {lanes: two}, if_: {toll: none}}"
    files = PACKAGES | {"constraints": f"- id: a\n  {keys}\n"}
    words = "Unknown key 'if_'; did you mean 'if'?"
    refuses(write_case(tmp_path, **files), [Fault("constraints.yaml", 2, 52, words)])


def test_bars_that_together_leave_nothing_are_told_at_the_last(
    tmp_path: Path, refuses: Refuses
) -> None:
    constraints = (
        "- {id: a, never: {toll: none}}\n"
        "- {id: b, never: {toll: [none, shared]}}\n"
        "- {id: c, never: {toll: north-only}}\n"
        "- {id: d, never: {toll: none}}\n"
    )
    folder = write_case(tmp_path, **(PACKAGES | {"constraints": constraints}))
    refuses(folder, [Fault("constraints.yaml", 3, 19, "No option of point 'toll' is left")])


def test_a_constraint_that_stands_twice_is_told(tmp_path: Path, refuses: Refuses) -> None:
    constraints = "- {id: a, never: {toll: none}}\n- {id: a, excludes: {lanes: two}}\n"
    folder = write_case(tmp_path, **(PACKAGES | {"constraints": constraints}))
    words = "The constraint 'a' is defined twice, first in "
    refuses(folder, [Fault("constraints.yaml", 2, 8, words)])


_NUMBER = "is not an exact number; write 2, 0.4 or 1/3."
_PREFERENCES = {
    "an unknown actor": ("actor: norht", 1, 10, "Unknown actor 'norht'; did you mean 'north'?"),
    "an unknown source": (
        "actor: north\n  source: gazete",
        2,
        11,
        "Unknown source 'gazete'; did you mean 'gazette'?",
    ),
    "an unknown point": ("actor: north\n  values: {tol: {none: 1}}", 2, 12, _TOL),
    "an unknown option": (
        "actor: north\n  values: {lanes: {two: 0, four: 1, fuor: 2}}",
        2,
        37,
        "Point 'lanes' has no option 'fuor'; did you mean 'four'?",
    ),
    "an option without a value": (
        "actor: north\n  values:\n    lanes: {two: 1, four: 2}\n    toll: {shared: 1}",
        4,
        5,
        "Point 'toll' has no value for 'none', 'north-only'; give one to every option.",
    ),
    "a point without any value": (
        "actor: north\n  values: {lanes: {}}",
        2,
        12,
        "Point 'lanes' has no value for 'two', 'four'; give one to every option.",
    ),
    "an unknown point taken together": (
        "actor: north\n  together: [{takes: {tol: none}, value: 1}]",
        2,
        23,
        _TOL,
    ),
    "an unknown option taken together": (
        "actor: north\n  together: [{takes: {toll: [shard]}, value: 1}]",
        2,
        30,
        _SHARD,
    ),
    "nothing taken together": ("actor: north\n  together: [{takes: {}, value: 1}]", 2, 22, "empty"),
    "together without a value": (
        "actor: north\n  together: [{takes: {toll: none}}]",
        2,
        14,
        "The key 'value' is missing",
    ),
    "a word for a number": ("actor: north\n  constant: half", 2, 13, f"'half' {_NUMBER}"),
    "a fraction over zero": ("actor: north\n  constant: 1/0", 2, 13, f"'1/0' {_NUMBER}"),
    "not a number": ("actor: north\n  reservation: .nan", 2, 16, f"'.nan' {_NUMBER}"),
    "a number without bound": ("actor: north\n  constant: .inf", 2, 13, f"'.inf' {_NUMBER}"),
    "a text with an exponent": ('actor: north\n  constant: "1e9"', 2, 13, f"'1e9' {_NUMBER}"),
    "a text with too many digits": (
        f'actor: north\n  constant: "0.{"1" * 200}"',
        2,
        13,
        "A number of more than 200 digits is surely a mistake.",
    ),
    "a list for a number": (
        "actor: north\n  constant: [1]",
        2,
        13,
        "'constant' must be a number; found a list.",
    ),
    "a truth for a number": (
        "actor: north\n  values: {lanes: {two: 0, four: true}}",
        2,
        34,
        "'four' must be a number; found true.",
    ),
    "a discount of nothing": (
        "actor: north\n  discount: 0",
        2,
        13,
        "The discount 0 must be more than 0 and at most 1.",
    ),
    "a discount above one": ("actor: north\n  discount: 11/10", 2, 13, "The discount 11/10 must"),
    "no actor": ("constant: 1", 1, 3, "The key 'actor' is missing"),
    "an unknown key": ("actor: north\n  valus: {}", 2, 3, "did you mean 'values'?"),
}


@pytest.mark.parametrize(
    ("keys", "line", "column", "words"), _PREFERENCES.values(), ids=_PREFERENCES.keys()
)
def test_preferences_that_cannot_be_meant_are_refused(
    tmp_path: Path, refuses: Refuses, keys: str, line: int, column: int, words: str
) -> None:
    files = PACKAGES | {"preferences": f"- {keys}\n"}
    refuses(write_case(tmp_path, **files), [Fault("preferences.yaml", line, column, words)])


def test_preferences_that_stand_twice_are_told_at_the_second_place(
    tmp_path: Path, refuses: Refuses
) -> None:
    files = {
        "preferences": None,
        "preferences/a.yaml": "actor: north\n",
        "preferences/b.yaml": "- actor: south\n- constant: 1\n  actor: north\n",
    }
    words = "The preferences of 'north' stand twice, first in "
    folder = write_case(tmp_path, **(PACKAGES | files))
    refuses(folder, [Fault("preferences/b.yaml", 3, 10, words)])


@pytest.mark.parametrize(
    ("bar", "left_out", "told"),
    [("toll: none", "none", False), ("toll: shared", "shared", True), ("lanes: two", "none", True)],
    ids=["a barred status quo", "another barred option", "a status quo barred elsewhere"],
)
def test_only_a_barred_status_quo_needs_no_value(
    tmp_path: Path, refuses: Refuses, detente: Detente, bar: str, left_out: str, *, told: bool
) -> None:
    values = {"none": 0, "shared": 1, "north-only": 2}
    named = ", ".join(f"{option}: {n}" for option, n in values.items() if option != left_out)
    files = {
        "constraints": f"- {{id: a, never: {{{bar}}}}}\n",
        "preferences": f"- actor: north\n  values: {{toll: {{{named}}}}}\n",
    }
    folder = write_case(tmp_path, **(PACKAGES | files))
    if told:
        words = f"Point 'toll' has no value for '{left_out}'; give one to every option."
        refuses(folder, [Fault("preferences.yaml", 2, 12, words)])
    else:
        assert detente("check", folder).code == 0


def test_check_counts_constraints_and_preferences_where_there_are_any(
    tmp_path: Path, detente: Detente
) -> None:
    both = detente("check", write_case(tmp_path / "both", **PACKAGES))
    assert both.out.endswith(", 1 consent rule, 4 constraints, preferences of 2 actors.\n")
    one = detente("check", write_case(tmp_path / "one", **(PACKAGES | {"preferences": None})))
    assert one.out.endswith(", 1 consent rule, 4 constraints.\n")
    none = detente("check", write_case(tmp_path / "none"))
    assert none.out.endswith(", 1 consent rule.\n")


@pytest.mark.parametrize("kind", ["constraints", "preferences"])
def test_a_file_of_either_kind_may_be_empty(tmp_path: Path, detente: Detente, kind: str) -> None:
    folder = write_case(tmp_path, **(PACKAGES | {kind: "# nothing yet\n"}))
    assert detente("check", folder).code == 0
