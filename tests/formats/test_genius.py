"""Genius XML on its own scale and as written."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from detente.formats.read import is_scenario, read_scenario
from detente.formats.scenario import Issue, utility

from .folders import DOMAIN_XML, GENIUS, ISLAND_XML, OPERATOR_XML, RECTANGLES, write_folder


def test_issues_and_parties_are_those_of_the_files(tmp_path: Path) -> None:
    scenario = read_scenario(write_folder(tmp_path, GENIUS))
    assert scenario.format == "Genius XML"
    assert scenario.issues == (
        Issue("fare", ("cheap", "dear")),
        Issue("trips", ("2", "3", "4", "5", "6"), integer=True),
    )
    assert [profile.name for profile in scenario.profiles] == ["island", "operator"]


def test_evaluations_are_divided_by_the_largest_and_numbers_count_from_the_lower_bound(
    tmp_path: Path,
) -> None:
    island, operator = read_scenario(write_folder(tmp_path, GENIUS)).profiles
    assert island.utilities == (
        (Fraction("0.4"), Fraction("0.1")),
        (Fraction(0), Fraction("0.15"), Fraction("0.3"), Fraction("0.45"), Fraction("0.6")),
    )
    assert operator.utilities[1] == (
        Fraction("0.5"),
        Fraction("0.375"),
        Fraction("0.25"),
        Fraction("0.125"),
        Fraction(0),
    )
    assert utility(operator, (1, 0)) == 1


def test_as_written_multiplies_only_and_says_that_the_reservation_differs(tmp_path: Path) -> None:
    scenario = read_scenario(write_folder(tmp_path, GENIUS), "as-written")
    island = scenario.profiles[0]
    assert island.utilities == (
        (Fraction("1.6"), Fraction("0.4")),
        (Fraction("0.3"), Fraction("0.45"), Fraction("0.6"), Fraction("0.75"), Fraction("0.9")),
    )
    assert island.reservation == Fraction("0.25")
    assert "The reservation of 'island' was stated on Genius's own scale." in scenario.notes
    assert "not Genius's own scale" in scenario.scale_note


def test_a_discount_is_kept_and_told_and_a_missing_reservation_is_not_zero(tmp_path: Path) -> None:
    scenario = read_scenario(write_folder(tmp_path, GENIUS))
    island, operator = scenario.profiles
    assert (island.discount, operator.discount) == (Fraction("0.9"), None)
    assert (island.reservation, operator.reservation) == (Fraction("0.25"), None)
    assert scenario.notes == (
        "'island' has a discount factor of 0.9, which is not applied.",
        "'operator' states no reservation value, which is not the same as zero.",
    )


def test_rectangles_are_divided_by_the_stated_largest_utility(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, RECTANGLES)
    (profile,) = read_scenario(folder).profiles
    assert [rectangle.value for rectangle in profile.rectangles] == [Fraction(1, 4), Fraction(1, 2)]
    assert profile.rectangles[1].ranges == ((0, frozenset([9])), (1, frozenset(range(4))))
    assert utility(profile, (9, 3)) == Fraction(3, 4)
    assert profile.reservation == Fraction(1, 2)


def test_as_written_rectangles_take_the_reservation_with_them(tmp_path: Path) -> None:
    (profile,) = read_scenario(write_folder(tmp_path, RECTANGLES), "as-written").profiles
    assert utility(profile, (9, 3)) == 30
    assert profile.reservation == 20


def test_a_rectangle_without_ranges_always_holds(tmp_path: Path) -> None:
    text = RECTANGLES["fields.xml"].replace('<INCLUDES index="1" min="7" max="9"/>', "")
    (profile,) = read_scenario(write_folder(tmp_path, {**RECTANGLES, "fields.xml": text})).profiles
    assert utility(profile, (0, 0)) == Fraction(1, 4)


def test_what_is_no_scenario_file_is_skipped_and_told(tmp_path: Path) -> None:
    others = {"pareto.xml": "0.5, 1.0\n", "map.xml": "<svg/>", "read.me": "", ".hidden.xml": "<"}
    scenario = read_scenario(write_folder(tmp_path, {**GENIUS, **others}))
    told = "Not part of the scenario, and skipped: 'map.xml', 'pareto.xml', 'read.me'."
    assert scenario.notes[-1] == told


def test_a_link_that_leads_out_is_not_followed(tmp_path: Path) -> None:
    outside = write_folder(tmp_path / "outside", {"extra.xml": OPERATOR_XML})
    folder = write_folder(tmp_path / "inside", GENIUS)
    (folder / "extra.xml").symlink_to(outside / "extra.xml")
    scenario = read_scenario(folder)
    assert len(scenario.profiles) == 2
    assert "'extra.xml'" in scenario.notes[-1]


def test_objectives_may_nest_and_a_domain_may_be_bare(tmp_path: Path) -> None:
    start, end = DOMAIN_XML.index("<utility_space"), DOMAIN_XML.index("</negotiation")
    bare = DOMAIN_XML[start:end].replace("<issue ", '<objective index="9"><issue ', 1)
    bare = bare.replace("</issue>", "</issue></objective>", 1)
    nested = ISLAND_XML.replace('<weight index="1" value="0.4"/>\n', "")
    nested = nested.replace(
        '<issue index="1"', '<objective index="9"><weight index="1" value="0.4"/><issue index="1"'
    ).replace("</issue>", "</issue></objective>", 1)
    files = {"ferry.xml": bare, "island.xml": nested}
    plain = read_scenario(write_folder(tmp_path / "plain", GENIUS)).profiles[0]
    assert read_scenario(write_folder(tmp_path / "nested", files)).profiles == (plain,)


def test_an_integer_issue_may_list_its_evaluations_or_be_constant(tmp_path: Path) -> None:
    evaluator = '<evaluator ftype="linear" slope="0.25" offset="0"/>'
    items = "".join(f'<item value="{n}" evaluation="{n}"/>' for n in range(2, 7))
    listed = read_scenario(
        write_folder(
            tmp_path / "listed", {**GENIUS, "island.xml": ISLAND_XML.replace(evaluator, items)}
        )
    )
    assert listed.profiles[0].utilities[1][0] == Fraction("0.2")
    constant = '<evaluator ftype="constant" offset="0.5"/>'
    files = {**GENIUS, "island.xml": ISLAND_XML.replace(evaluator, constant)}
    same = read_scenario(write_folder(tmp_path / "constant", files)).profiles[0].utilities[1]
    assert same == (Fraction("0.3"),) * 5


def test_evaluations_of_numbers_stay_between_0_and_1_as_in_genius(tmp_path: Path) -> None:
    steep = ISLAND_XML.replace('slope="0.25"', 'slope="0.5"')
    scenario = read_scenario(write_folder(tmp_path, {**GENIUS, "island.xml": steep}))
    assert scenario.profiles[0].utilities[1][-2:] == (Fraction("0.6"), Fraction("0.6"))
    assert "'island': evaluations of 'trips' are kept between 0 and 1, as in Genius." in (
        scenario.notes
    )


def test_weights_a_little_off_are_told_and_left(tmp_path: Path) -> None:
    off = ISLAND_XML.replace('index="1" value="0.4"', 'index="1" value="0.42"')
    scenario = read_scenario(write_folder(tmp_path, {**GENIUS, "island.xml": off}))
    assert scenario.profiles[0].utilities[0][0] == Fraction("0.42")
    told = "'island': the weights of this profile sum to 1.02; they should sum to 1."
    assert told in scenario.notes


def test_weights_far_off_are_only_told_where_the_numbers_are_taken_as_written(
    tmp_path: Path,
) -> None:
    off = ISLAND_XML.replace('index="1" value="0.4"', 'index="1" value="4"')
    scenario = read_scenario(write_folder(tmp_path, {**GENIUS, "island.xml": off}), "as-written")
    assert "'island': the weights of this profile sum to 4.6; they should sum to 1." in (
        scenario.notes
    )


def test_an_issue_whose_evaluations_are_all_zero_adds_nothing(tmp_path: Path) -> None:
    idle = ISLAND_XML.replace('evaluation="4"', 'evaluation="0"')
    idle = idle.replace('evaluation="1"', 'evaluation="0"')
    scenario = read_scenario(write_folder(tmp_path, {**GENIUS, "island.xml": idle}))
    assert scenario.profiles[0].utilities[0] == (Fraction(0), Fraction(0))


def test_a_scenario_is_told_from_a_case_and_from_other_folders(tmp_path: Path) -> None:
    assert is_scenario(write_folder(tmp_path / "scenario", GENIUS))
    assert not is_scenario(write_folder(tmp_path / "case", {**GENIUS, "case.yaml": ""}))
    assert not is_scenario(write_folder(tmp_path / "other", {"a.xml": "<svg/>", "b.json": "{}"}))
