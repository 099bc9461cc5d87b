"""NegMAS's own folders."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from detente.formats.read import read_scenario
from detente.formats.scenario import Issue, utility

from .folders import NEGMAS, SPACE_YAML, TABLE_YAML, write_folder


def one(folder: Path, profile: str) -> Fraction:
    """Return what the last package is worth."""
    scenario = read_scenario(write_folder(folder, {**NEGMAS, "island.yml": profile}))
    return utility(scenario.profiles[0], [len(each.values) - 1 for each in scenario.issues])


def test_tables_and_lines_are_weighed_and_added(tmp_path: Path) -> None:
    scenario = read_scenario(write_folder(tmp_path, NEGMAS))
    assert scenario.format == "NegMAS YAML"
    assert scenario.issues == (
        Issue("fare", ("cheap", "dear")),
        Issue("trips", ("2", "3", "4"), integer=True),
        Issue("seats", ("10", "20.5")),
    )
    (profile,) = scenario.profiles
    assert profile.utilities == (
        (Fraction(2), 2 * Fraction("0.1000000000000000000001")),
        (Fraction(0), Fraction("0.5"), Fraction(1)),
        (Fraction("0.1"), Fraction("0.205")),
    )
    assert profile.reservation is None


def test_a_bias_and_a_reservation_are_read(tmp_path: Path) -> None:
    text = TABLE_YAML.replace("-.inf", "0.3") + "bias: 0.05\n"
    (profile,) = read_scenario(write_folder(tmp_path, {**NEGMAS, "island.yml": text})).profiles
    assert (profile.constant, profile.reservation) == (Fraction("0.05"), Fraction("0.3"))


def test_a_reserved_outcome_is_a_package(tmp_path: Path) -> None:
    text = TABLE_YAML.replace("reserved_outcome: null", "reserved_outcome: [cheap, 4, 10]")
    (profile,) = read_scenario(write_folder(tmp_path, {**NEGMAS, "island.yml": text})).profiles
    assert (profile.reservation_package, profile.reservation) == ((0, 2, 0), Fraction("3.1"))


def test_of_a_discounted_function_the_inner_one_is_read(tmp_path: Path) -> None:
    inner = "".join(f"  {line}\n" for line in TABLE_YAML.splitlines())
    text = f"type: ExpDiscountedUFun\ndiscount: 0.9\nreserved_value: .nan\nufun:\n{inner}"
    scenario = read_scenario(write_folder(tmp_path, {**NEGMAS, "island.yml": text}))
    assert scenario.profiles[0].discount == Fraction("0.9")
    assert scenario.notes[-1] == "'island' has a discount factor of 0.9, which is not applied."


def test_constants_and_affine_functions_are_read(tmp_path: Path) -> None:
    assert one(tmp_path, "type: ConstUtilityFunction\nvalue: 3\n") == 3
    numbers = SPACE_YAML.replace("cheap", "1").replace("dear", "2")
    text = "type: AffineUtilityFunction\nweights: [10, 1, 2]\nbias: 0.5\n"
    scenario = read_scenario(write_folder(tmp_path, {"ferry.yml": numbers, "island.yml": text}))
    assert utility(scenario.profiles[0], (1, 2, 1)) == 20 + 4 + 41 + Fraction("0.5")


def test_rectangles_are_open_between_numbers_and_lists_are_any_of(tmp_path: Path) -> None:
    text = """type: HyperRectangleUtilityFunction
bias: 1.0
outcome_ranges:
- 1: [2.0, 4.0]
- {0: dear, trips: [2, 4, 4]}
- null
utilities: [1, 2, 0.5]
weights: [1, 3, 1]
"""
    scenario = read_scenario(write_folder(tmp_path, {**NEGMAS, "island.yml": text}))
    (profile,) = scenario.profiles
    assert [rectangle.ranges for rectangle in profile.rectangles] == [
        ((1, frozenset([1])),),
        ((0, frozenset([1])), (1, frozenset([0, 2]))),
        (),
    ]
    assert utility(profile, (1, 2, 0)) == 1 + 6 + Fraction("0.5")
    assert "'island': ranges of numbers are open, as in NegMAS: their two ends lie outside." in (
        scenario.notes
    )


def test_the_same_folder_may_be_json(tmp_path: Path) -> None:
    files = {
        "ferry.json": """{"issues": [{"name": "fare", "type": "CategoricalIssue",
            "values": ["cheap", true, 2.5]}], "type": "DiscreteCartesianOutcomeSpace"}""",
        "island.json": """{"type": "LinearAdditiveUtilityFunction", "reserved_value": null,
            "weights": [1.0], "values": [{"type": "TableFun",
            "mapping": {"cheap": 1, "true": 0.5, "2.50": 0.25}}]}""",
    }
    scenario = read_scenario(write_folder(tmp_path, files))
    assert scenario.issues[0].values == ("cheap", "true", "2.5")
    assert scenario.profiles[0].utilities == ((Fraction(1), Fraction(1, 2), Fraction(1, 4)),)
