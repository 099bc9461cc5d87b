"""Constraints and preferences as the rest of the program sees them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from case.minimal import PACKAGES, write_case
from detente import load
from detente.case.case import Case
from detente.case.constraints import Choice, Constraint
from detente.case.load import FILES
from detente.case.preferences import Preferences, exact
from detente.case.records import CaseFile
from detente.case.schema import file_schema
from detente.compare.cases import CaseChange, compare_cases
from detente.text import yaml


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Return the minimal case with constraints of all kinds and preferences."""
    return load(write_case(tmp_path, **PACKAGES))


def test_a_case_without_the_files_has_neither() -> None:
    case = Case(name="bare", about=CaseFile(title="Bare"))
    assert (case.constraints, case.preferences, dict(case.preferences_of)) == ((), (), {})


def test_every_kind_of_constraint_is_read_in_one_form(case: Case) -> None:
    requires, excludes, at_most, never = case.constraints
    assert [each.kind for each in case.constraints] == ["requires", "excludes", "at_most", "never"]
    assert requires.conditions == (Choice("lanes", ("four",)),)
    assert requires.consequences == (Choice("toll", ("shared", "north-only")),)
    assert requires.sources == ("gazette",)
    assert excludes.excluded == (Choice("toll", ("north-only",)), Choice("lanes", ("four",)))
    assert at_most.at_most == 1
    assert at_most.counted == (
        (Choice("toll", ("shared", "north-only")),),
        (Choice("lanes", ("four",)), Choice("toll", ("none",))),
    )
    assert never.barred == (Choice("toll", ("north-only",)),)


def test_what_a_constraint_is_not_about_is_empty(case: Case) -> None:
    parts = ("conditions", "consequences", "excluded", "counted", "barred")
    filled = [{part for part in parts if getattr(each, part)} for each in case.constraints]
    assert filled == [{"conditions", "consequences"}, {"excluded"}, {"counted"}, {"barred"}]


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"excludes": {"a": "b"}, "never": {"a": "b"}},
        {"at_most": 1},
        {"of": ({"a": "b"},)},
        {"never": {"a": "b"}, "of": ({"a": "b"},)},
    ],
)
def test_a_constraint_of_no_kind_or_of_two_cannot_be_made(keys: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Constraint.model_validate({"id": "x", **keys})


def test_preferences_are_found_by_actor_and_keep_their_form(case: Case) -> None:
    north = case.preferences_of["north"]
    assert north.values["toll"] == {"none": 0, "shared": "1/3", "north-only": 1.0}
    assert north.together[0].choices == (
        Choice("toll", ("none", "shared")),
        Choice("lanes", ("four",)),
    )
    assert exact(north.together[0].value) == Fraction(-1, 7)
    south = case.preferences_of["south"]
    assert (south.constant, south.reservation, south.discount) == (10, None, None)


# --- exact numbers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (0.1, Fraction(1, 10)),
        (1e-7, Fraction(1, 10**7)),
        (1e22, Fraction(10**22)),
        (-0.0, Fraction(0)),
        (7, Fraction(7)),
        ("1/3", Fraction(1, 3)),
        ("-6/4", Fraction(-3, 2)),
        ("+.25", Fraction(1, 4)),
        ("0.1000000000000000055511151231257827", Fraction("0.1000000000000000055511151231257827")),
        ("9" * 200, Fraction(10**200 - 1)),
        (np.float64(0.1), Fraction(1, 10)),
    ],
)
def test_a_number_is_what_its_digits_say(written: float | str, meant: Fraction) -> None:
    assert exact(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            " ",
            "a",
            "1/0",
            "1/-2",
            "1 / 2",
            " 1",
            "1\n",
            "1e3",
            "0x1",
            "1_000",
            "5.",
            ".",
            "1.5/2",
        ),
        *("nan", "inf", "٣", "9" * 201, "1/" + "9" * 200),
        *(float("nan"), float("inf"), float("-inf")),
    ],
)
def test_what_is_not_an_exact_number_is_refused(written: float | str) -> None:
    with pytest.raises(ValueError, match="number"):
        exact(written)
    with pytest.raises(ValidationError):
        Preferences(actor="a", constant=written)


@pytest.mark.parametrize("value", [True, None, [1], {}, 10**39, -(10**39), Fraction(1, 2)])
def test_what_would_not_be_read_back_is_no_number(value: Any) -> None:
    with pytest.raises(ValidationError):
        Preferences(actor="a", constant=value)


@given(st.fractions())
def test_every_short_fraction_is_read_back(value: Fraction) -> None:
    text = str(value)
    if sum(char.isdigit() for char in text) <= 200:
        assert exact(text) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_decimal_is_nearest_to_its_float(value: float) -> None:
    assert float(exact(value)) == value


@pytest.mark.parametrize(
    ("discount", "good"), [(1, True), ("1/100", True), (0, False), (1.01, False)]
)
def test_a_discount_lies_above_zero_and_at_most_at_one(
    discount: float | str, *, good: bool
) -> None:
    if good:
        assert Preferences(actor="a", discount=discount).discount == discount
    else:
        with pytest.raises(ValidationError, match="more than 0 and at most 1"):
            Preferences(actor="a", discount=discount)


# --- the schema for editors -----------------------------------------------------------------------


def _plain(data: object) -> Any:
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    return [_plain(item) for item in data] if isinstance(data, tuple) else data


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("constraints", "if: {lanes: four}", "fi: {lanes: four}"),
        ("constraints", "at_most: 1", "at_most: -1"),
        ("constraints", "toll: [north-only]", "toll: []"),
        ("constraints", "{toll: north-only, lanes: four}", "{}"),
        ("preferences", "none: 0,", "none: [0],"),
        ("preferences", '"1/3"', '"a third"'),
        ("preferences", "discount: 0.9", "discount: true"),
        ("preferences", "actor: north", "agent: north"),
    ],
)
def test_the_schema_takes_what_is_read_and_refuses_what_is_not(
    kind: str, old: str, new: str
) -> None:
    schema = file_schema(next(each for each in FILES if each.stem == kind))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    text = PACKAGES[kind]
    assert text.count(old) == 1
    assert validator.is_valid(_plain(yaml.parse(text, "x").data))
    assert not validator.is_valid(_plain(yaml.parse(text.replace(old, new), "x").data))


# --- a comparison of two cases --------------------------------------------------------------------


def test_changes_of_both_kinds_are_seen(case: Case, tmp_path: Path) -> None:
    constraints = PACKAGES["constraints"].replace("at_most: 1", "at_most: 2")
    preferences = PACKAGES["preferences"].replace("constant: 10", "constant: 11")
    changed = {
        "constraints": constraints.replace("id: not-kept", "id: not-north"),
        "preferences": preferences.replace("discount: 0.9", "discount: 1"),
    }
    after = load(write_case(tmp_path / "after", **(PACKAGES | changed)))
    assert compare_cases(case, after) == (
        CaseChange("constraints", "one-burden", "changed", ("at_most",)),
        CaseChange("constraints", "not-kept", "dropped", ()),
        CaseChange("constraints", "not-north", "added", ()),
        CaseChange("preferences", "north", "changed", ("discount",)),
        CaseChange("preferences", "south", "changed", ("constant",)),
    )
