"""GeniusWeb and NegoLog."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

from detente.formats.read import read_scenario
from detente.formats.scenario import Issue

from .folders import DOMAIN_WEB, GENIUSWEB, NEGOLOG, PROFILE_LOG, PROFILE_WEB, write_folder


def test_geniusweb_numbers_lie_on_the_line_between_the_ends(tmp_path: Path) -> None:
    scenario = read_scenario(write_folder(tmp_path, GENIUSWEB))
    assert scenario.format == "GeniusWeb JSON"
    assert scenario.issues[1] == Issue("trips", ("2", "3", "4"), integer=True)
    assert scenario.profiles[0].name == "island"
    assert scenario.profiles[0].utilities == (
        (Fraction("0.4"), Fraction("0.1")),
        (Fraction(0), Fraction("0.3"), Fraction("0.6")),
    )


def test_geniusweb_reservation_is_the_utility_of_its_package(tmp_path: Path) -> None:
    (profile,) = read_scenario(write_folder(tmp_path, GENIUSWEB)).profiles
    assert profile.reservation_package == (1, 1)
    assert profile.reservation == Fraction("0.4")


def test_both_spellings_of_geniusweb_read_the_same(tmp_path: Path) -> None:
    spelled = PROFILE_WEB.replace("discreteutils", "DiscreteValueSetUtilities")
    spelled = spelled.replace("numberutils", "NumberValueSetUtilities")
    one = read_scenario(write_folder(tmp_path / "ferry", GENIUSWEB))
    other = read_scenario(write_folder(tmp_path / "ferry", {"island.json": spelled}))
    assert one == other


def test_a_geniusweb_profile_without_reservation_states_none(tmp_path: Path) -> None:
    data = json.loads(PROFILE_WEB)
    del data["LinearAdditiveUtilitySpace"]["reservationBid"]
    files = {**GENIUSWEB, "island.json": json.dumps(data)}
    scenario = read_scenario(write_folder(tmp_path, files))
    assert scenario.profiles[0].reservation is None
    assert scenario.notes[0].startswith("'island' states no reservation value")


def test_a_geniusweb_range_may_have_a_broken_step(tmp_path: Path) -> None:
    def halved(text: str) -> str:
        return text.replace('"range": ["2", "4", "1"]', '"range": [2, 4, 0.5]')

    files = {"ferry.json": halved(DOMAIN_WEB), "island.json": halved(PROFILE_WEB)}
    scenario = read_scenario(write_folder(tmp_path, files))
    assert scenario.issues[1] == Issue("trips", ("2", "2.5", "3", "3.5", "4"))
    assert scenario.profiles[0].utilities[1][1] == Fraction("0.15")


def test_negolog_takes_its_domain_from_the_first_profile(tmp_path: Path) -> None:
    scenario = read_scenario(write_folder(tmp_path, NEGOLOG))
    assert scenario.format == "NegoLog JSON"
    assert scenario.issues == (Issue("fare", ("cheap", "dear")), Issue("pier", ("old", "new")))
    first, second = scenario.profiles
    assert (
        first.utilities
        == second.utilities
        == ((Fraction("0.4"), Fraction("0.1")), (Fraction("0.06"), Fraction("0.6")))
    )
    assert (first.reservation, second.reservation) == (Fraction("0.3"), None)


def test_both_scales_of_json_are_one(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, NEGOLOG)
    one, other = read_scenario(folder), read_scenario(folder, "as-written")
    assert one.profiles == other.profiles
    assert "the only scale" in one.scale_note


def test_numbers_are_read_to_the_last_digit(tmp_path: Path) -> None:
    fine = PROFILE_LOG.replace("0.25", "0.2500000000000000000000000001")
    (profile,) = read_scenario(write_folder(tmp_path, {"profileA.json": fine})).profiles
    assert profile.utilities[0][1] == Fraction("0.4") * Fraction("0.2500000000000000000000000001")
