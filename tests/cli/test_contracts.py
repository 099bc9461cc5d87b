"""What programs may rely on: the keys of the JSON output, and the laws its numbers obey."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from case.minimal import write_case
from cli.calls import Detente
from detente.case.examples import example_folder
from detente.case.load import load

_EXAMPLE = "ukraine-2025"
_EXAMPLE_DRAFTS = ("us-russia-28", "e3", "geneva-19", "us-ukraine-20")
_ROUNDED = 1e-5
"""Numbers are rounded to six digits, and sums add up what rounding took."""


@pytest.fixture(params=["minimal", _EXAMPLE])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Name a case as the command line takes it."""
    return str(write_case(tmp_path)) if request.param == "minimal" else _EXAMPLE


@pytest.fixture(params=["minimal", *_EXAMPLE_DRAFTS])
def draft(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """Name a case and one of its drafts."""
    if request.param == "minimal":
        return str(write_case(tmp_path)), "second"
    return _EXAMPLE, request.param


def _folder(case: str) -> Path:
    return example_folder(case) if case == _EXAMPLE else Path(case)


def _numbers(data: Any) -> Iterator[float]:
    if isinstance(data, dict | list):
        for each in data.values() if isinstance(data, dict) else data:
            yield from _numbers(each)
    elif isinstance(data, float):
        yield data


def _values_of(data: Any, key: str) -> Iterator[Any]:
    if isinstance(data, dict):
        if key in data:
            yield data[key]
        for each in data.values():
            yield from _values_of(each, key)
    elif isinstance(data, list):
        for each in data:
            yield from _values_of(each, key)


# --- check ----------------------------------------------------------------------------------------


def test_check_says_that_all_is_well(case: str, detente: Detente) -> None:
    called = detente("check", case, "--json")
    assert (called.code, called.err) == (0, "")
    assert called.json == {"ok": True, "problems": []}


def test_check_counts_what_it_read(detente: Detente) -> None:
    called = detente("check", _EXAMPLE)
    read = load(example_folder(_EXAMPLE))
    assert called.out == (
        f"{_EXAMPLE}: fine. {len(read.points)} points, {len(read.drafts)} drafts, "
        f"{len(read.actors)} actors, {len(read.statements)} statements from "
        f"{len(read.sources)} sources, {len(read.consent)} consent rules, positions on 1 point, "
        f"{len(read.norms)} norms, {len(read.events)} entries.\n"
    )


# --- assess ---------------------------------------------------------------------------------------


def test_assess_has_the_keys_agreed(case: str, detente: Detente) -> None:
    called = detente("assess", case, "--json")
    assert (called.code, called.err) == (0, "")
    read = load(_folder(case))
    assert called.json.keys() == {"case", "scenario", "drafts"}
    assert called.json["case"] == _folder(case).name
    assert called.json["scenario"] == read.scenarios[0].id
    assert [draft["id"] for draft in called.json["drafts"]] == [draft.id for draft in read.drafts]
    for draft in called.json["drafts"]:
        assert draft.keys() >= {"id", "probability", "actors", "consent"}
        assert draft["actors"].keys() <= read.actor_of.keys()
        assert draft["consent"].keys() <= {rule.id for rule in read.consent}
        assert draft["actors"]
        for actor in draft["actors"].values():
            assert actor.keys() >= {"probability", "factors", "mean", "sd", "reservation"}
            assert actor.keys() >= {"red_lines", "points"}
            assert actor["factors"].keys() == {"utility", "red_lines"}
            for line in actor["red_lines"]:
                assert line.keys() >= {"point", "option", "probability"}
                assert line["option"] in {o.id for o in read.point_of[line["point"]].options}
            for share in actor["points"]:
                assert share.keys() == {"point", "share"}
                assert share["point"] in read.point_of
        for rule in draft["consent"].values():
            assert rule.keys() >= {"probability", "blocked_by"}
            assert set(rule["blocked_by"]) <= read.actor_of.keys()


def test_every_number_is_finite_and_every_probability_lies_between_0_and_1(
    case: str, detente: Detente
) -> None:
    data = detente("assess", case, "--json").json
    assert all(math.isfinite(number) for number in _numbers(data))
    for key in ("probability", "low", "high", "independent", "utility", "needed"):
        found = list(_values_of(data, key))
        assert found, key
        assert all(0.0 <= value <= 1.0 for value in found), key
    factors = list(_values_of(data, "factors"))
    assert all(0.0 <= factor["red_lines"] <= 1.0 for factor in factors)
    assert all(sd >= 0.0 for sd in _values_of(data, "sd"))


def test_acceptance_is_the_product_of_its_factors_where_nothing_is_open(
    case: str, detente: Detente
) -> None:
    drafts = detente("assess", case, "--json").json["drafts"]
    definite = [draft for draft in drafts if not draft["open"] and not draft["unknown"]]
    assert definite
    for draft in definite:
        assert draft["low"] == draft["probability"] == draft["high"]
        for actor in draft["actors"].values():
            product = actor["factors"]["utility"] * actor["factors"]["red_lines"]
            assert actor["probability"] == pytest.approx(product, abs=_ROUNDED)


def test_the_shares_of_all_points_add_up_to_the_mean(case: str, detente: Detente) -> None:
    for draft in detente("assess", case, "--json").json["drafts"]:
        for actor in draft["actors"].values():
            total = sum(point["share"] for point in actor["points"])
            assert total == pytest.approx(actor["mean"], abs=10 * _ROUNDED)


def test_the_points_are_ordered_by_the_size_of_their_share(case: str, detente: Detente) -> None:
    for draft in detente("assess", case, "--json").json["drafts"]:
        for actor in draft["actors"].values():
            sizes = [abs(point["share"]) for point in actor["points"]]
            assert sizes == sorted(sizes, reverse=True)


def test_the_whole_is_no_likelier_than_the_likeliest_of_its_completions(
    case: str, detente: Detente
) -> None:
    for draft in detente("assess", case, "--json").json["drafts"]:
        assert draft["low"] <= draft["probability"] <= draft["high"]
        assert (draft["completions"] > 1) == bool(draft["open"] or draft["unknown"])


def test_a_definite_draft_is_no_likelier_than_any_rule_it_calls_for(
    case: str, detente: Detente
) -> None:
    for draft in detente("assess", case, "--json").json["drafts"]:
        if draft["completions"] == 1:
            for rule in draft["consent"].values():
                assert draft["probability"] <= rule["probability"] + 5e-3


def test_one_draft_is_assessed_as_it_is_beside_the_others(case: str, detente: Detente) -> None:
    together = detente("assess", case, "--json").json["drafts"]
    name = together[-1]["id"]
    alone = detente("assess", case, "--draft", name, "--json").json
    assert alone["drafts"] == together[-1:]
    assert {"case", "scenario", "drafts", "sensitivity"} == alone.keys()
    assert alone["sensitivity"]


def test_a_scenario_changes_what_no_deal_is_worth(case: str, detente: Detente) -> None:
    other = load(_folder(case)).scenarios[1].id
    before = detente("assess", case, "--json").json
    after = detente("assess", case, "--scenario", other, "--json").json
    assert after["scenario"] == other
    reservations = [
        {name: actor["reservation"] for name, actor in data["drafts"][0]["actors"].items()}
        for data in (before, after)
    ]
    assert reservations[0] != reservations[1]


# --- amend ----------------------------------------------------------------------------------------


def test_amend_has_the_keys_agreed(draft: tuple[str, str], detente: Detente) -> None:
    case, name = draft
    called = detente("amend", case, "--draft", name, "--list", 3, "--json")
    assert (called.code, called.err) == (0, "")
    data = called.json
    assert data.keys() >= {"draft", "minimum_changes", "proven", "packages", "deadlock"}
    assert data["draft"] == name
    assert data["proven"] is True
    assert data["deadlock"] is None
    assert 1 <= len(data["packages"]) <= 3
    for package in data["packages"]:
        assert package.keys() >= {"changes", "probability", "actors"}
        assert 0.0 <= package["probability"] <= 1.0
        assert all(0.0 <= chance <= 1.0 for chance in package["actors"].values())


def test_every_package_differs_from_the_draft_where_it_says_and_nowhere_else(
    draft: tuple[str, str], detente: Detente
) -> None:
    case, name = draft
    read = load(_folder(case))
    taken = read.draft(name)
    data = detente("amend", case, "--draft", name, "--list", 3, "--json").json
    for package in data["packages"]:
        assert len(package["changes"]) == data["minimum_changes"]
        assert not package["changes"].keys() & package["settled"].keys()
        for point, change in package["changes"].items():
            possible = read.possible(taken, read.point_of[point])
            assert change.keys() == {"from", "to"}
            assert change["to"] not in possible
            assert change["to"] in {option.id for option in read.point_of[point].options}
        for point, settled in package["settled"].items():
            possible = read.possible(taken, read.point_of[point])
            assert len(possible) > 1
            assert settled["to"] in possible


def test_packages_are_all_different(draft: tuple[str, str], detente: Detente) -> None:
    case, name = draft
    packages = detente("amend", case, "--draft", name, "--list", 3, "--json").json["packages"]
    texts = {repr((package["changes"], package["settled"])) for package in packages}
    assert len(texts) == len(packages)


def _amended(folder: Path, package: dict[str, Any]) -> str:
    """The text of a draft that takes what a package of the minimal case takes."""
    (change,) = package["changes"].values()
    return f"id: amended\ntakes: {{toll: {change['to']}}}\n"


def test_a_package_written_as_a_draft_is_as_likely_as_was_said(
    tmp_path: Path, detente: Detente
) -> None:
    folder = write_case(tmp_path)
    (package,) = detente("amend", folder, "--draft", "second", "--json").json["packages"]
    write_case(tmp_path, **{"drafts/amended.yaml": _amended(folder, package)})
    (verdict,) = detente("assess", folder, "--draft", "amended", "--json").json["drafts"]
    assert verdict["probability"] == pytest.approx(package["probability"], abs=_ROUNDED)
    accepted = {name: actor["probability"] for name, actor in verdict["actors"].items()}
    assert accepted == pytest.approx(package["actors"], abs=_ROUNDED)


def test_a_draft_that_everybody_accepts_needs_no_change(tmp_path: Path, detente: Detente) -> None:
    data = detente("amend", write_case(tmp_path), "--draft", "first", "--json").json
    assert data["minimum_changes"] == 0
    assert [package["changes"] for package in data["packages"]] == [{}]


def test_a_deadlock_names_demands_that_exclude_each_other(tmp_path: Path, detente: Detente) -> None:
    folder = write_case(tmp_path)
    called = detente("amend", folder, "--draft", "second", "--at-least", 0.99, "--json")
    data = called.json
    assert called.code == 0
    assert (data["minimum_changes"], data["packages"], data["proven"]) == (None, [], True)
    assert data["deadlock"].keys() >= {"cores", "unlocks"}
    cores = [{demand["text"] for demand in core} for core in data["deadlock"]["cores"]]
    unlocks = [{demand["text"] for demand in unlock} for unlock in data["deadlock"]["unlocks"]]
    assert cores
    assert unlocks
    assert all(core & unlock for core in cores for unlock in unlocks)
    assert {demand["actor"] for core in data["deadlock"]["cores"] for demand in core} <= {
        "north",
        "south",
    }


def test_a_fixed_point_stays_and_a_bound_on_changes_holds(tmp_path: Path, detente: Detente) -> None:
    folder = write_case(tmp_path)
    for bound in (("--fix", "toll"), ("--max", 0)):
        data = detente("amend", folder, "--draft", "second", *bound, "--json").json
        assert data["packages"] == []
        assert data["deadlock"] is not None


def test_fixing_what_would_change_costs_at_least_as_many_changes(detente: Detente) -> None:
    free = detente("amend", _EXAMPLE, "--draft", "e3", "--list", 1, "--json").json
    point = next(iter(free["packages"][0]["changes"]))
    bound = detente("amend", _EXAMPLE, "--draft", "e3", "--fix", point, "--list", 1, "--json").json
    assert all(point not in package["changes"] for package in bound["packages"])
    assert bound["minimum_changes"] is None or bound["minimum_changes"] >= free["minimum_changes"]


# --- every command --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        lambda case, drafts: ("check", case),
        lambda case, drafts: ("show", case),
        lambda case, drafts: ("assess", case, "--draft", drafts[0]),
        lambda case, drafts: ("ledger", case),
        lambda case, drafts: ("diff", case, *drafts[:2]),
        lambda case, drafts: ("amend", case, "--draft", drafts[-1], "--list", 1),
    ],
    ids=["check", "show", "assess", "ledger", "diff", "amend"],
)
def test_the_same_question_has_the_same_answer(
    case: str, detente: Detente, arguments: Callable[[str, list[str]], tuple[object, ...]]
) -> None:
    words = arguments(case, [draft.id for draft in load(_folder(case)).drafts])
    first = detente(*words, "--json")
    assert first.code == 0
    assert first.json
    assert detente(*words, "--json") == first
