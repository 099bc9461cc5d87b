"""A case as one object says what the functions say that it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

import detente as dt
from case.minimal import PACKAGES, write_case
from detente.amend.chance import find_best_chance
from detente.amend.fewest import find_fewest_changes
from detente.assess.outlook import Outlook
from detente.assess.verdict import assess_draft
from detente.case.load import load as load_case
from detente.errors import CaseError, RequestError
from detente.formats.read import read_scenario
from detente.notebook import OpenCase
from detente.packages.frontier import Frontier, find_frontier
from detente.packages.improve import improve
from detente.packages.of_case import space_of_case
from detente.packages.of_scenario import space_of_scenario
from detente.packages.solutions import SOLUTIONS, Solutions, find_solutions
from formats.folders import GENIUS, GENIUSWEB, NEGMAS, NEGOLOG, write_folder

FOLDERS = {"Genius": GENIUS, "GeniusWeb": GENIUSWEB, "NegoLog": NEGOLOG, "NegMAS": NEGMAS}
OPEN = (
    PACKAGES["drafts"]
    + """\
- id: third
  date: 2025-06-20
  takes:
    toll: {open: [none, shared]}
    lanes: two
"""
)


@pytest.fixture(params=[None, "ferry-ends"])
def scenario(request: pytest.FixtureRequest) -> str | None:
    """Name what happens without a deal."""
    found: str | None = request.param
    return found


@pytest.fixture(params=["believed", "stated"])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> OpenCase:
    """Open the minimal case with a second point, with and without preferences."""
    files = dict(PACKAGES, drafts=OPEN)
    if request.param == "believed":
        del files["preferences"]
    return dt.load(write_case(tmp_path, **files))


@pytest.fixture
def outlook(case: OpenCase, scenario: str | None) -> Outlook:
    """Return the same case, opened by the functions."""
    assert case.folder is not None
    return Outlook.of(load_case(case.folder), scenario)


def told(found: Any) -> Any:
    """What was found, but for the time that it took."""
    return replace(found, seconds=0.0)


def test_a_case_that_is_opened_is_the_case_that_is_loaded(case: OpenCase) -> None:
    assert case.folder is not None
    plain = load_case(case.folder)
    assert isinstance(case, OpenCase)
    for each in fields(plain):
        assert getattr(case, each.name) == getattr(plain, each.name)


def test_a_folder_that_is_no_case_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError):
        dt.load(tmp_path)


# --- methods --------------------------------------------------------------------------------------


def test_the_outlook_is_that_of_the_scenario(
    case: OpenCase, outlook: Outlook, scenario: str | None
) -> None:
    found = case.outlook(scenario)
    assert (found.scenario, found.settings) == (outlook.scenario, outlook.settings)
    assert found.scenario.id == (scenario or "ferry-stays")
    assert found.case is case


def test_drafts_are_assessed_as_by_the_function(
    case: OpenCase, outlook: Outlook, scenario: str | None
) -> None:
    for each in case.drafts:
        expected = assess_draft(outlook, outlook.case.draft(each.id))
        assert case.assess(each.id, scenario=scenario) == expected


@pytest.mark.parametrize("level", [None, 0.4])
def test_amendments_are_those_of_the_function(
    case: OpenCase, outlook: Outlook, scenario: str | None, level: float | None
) -> None:
    for each in case.drafts:
        expected = find_fewest_changes(outlook, outlook.case.draft(each.id), at_least=level)
        assert case.amend(each.id, scenario=scenario, at_least=level) == expected


def test_the_best_chance_is_that_of_the_function(
    case: OpenCase, outlook: Outlook, scenario: str | None
) -> None:
    expected = find_best_chance(outlook, samples=300)
    assert told(case.best_chance(scenario=scenario, samples=300)) == told(expected)


@pytest.mark.parametrize("parties", [(), ("south",), ("south", "north")])
@pytest.mark.parametrize("above", [False, True])
def test_the_frontier_is_that_of_the_function(
    case: OpenCase, outlook: Outlook, scenario: str | None, parties: tuple[str, ...], above: bool
) -> None:
    found = case.frontier(parties, scenario=scenario, above_reservation=above)
    space = space_of_case(outlook, list(parties) or None)
    expected = find_frontier(space, above_reservation=above)
    assert found.space.parties == (parties or ("north", "south"))
    assert told(replace(found, named={})) == told(expected)


def test_a_frontier_is_certified_as_by_the_function(case: OpenCase, outlook: Outlook) -> None:
    found = case.frontier(scenario=outlook.scenario.id, most=2, seconds=5.0)
    expected = find_frontier(space_of_case(outlook), most=2, seconds=5.0)
    assert told(replace(found, named={})) == told(expected)


def test_the_frontier_knows_the_settled_drafts_and_the_status_quo_where_possible(
    case: OpenCase,
) -> None:
    found = case.frontier()
    assert {name: found.space.takes(package) for name, package in found.named.items()} == {
        "first": {"toll": "shared", "lanes": "four"},
        "second": {"toll": "north-only", "lanes": "four"},
        "status quo": {"toll": "none", "lanes": "two"},
    }


@pytest.mark.parametrize("parties", [(), ("south",), ("south", "north")])
@pytest.mark.parametrize("names", [SOLUTIONS, ("utilitarian",)])
def test_solutions_are_those_of_the_function(
    case: OpenCase,
    outlook: Outlook,
    scenario: str | None,
    parties: tuple[str, ...],
    names: tuple[str, ...],
) -> None:
    found = case.solve(parties, scenario=scenario, solutions=names)
    expected = find_solutions(space_of_case(outlook, list(parties) or None), names)
    assert told(found) == told(expected)
    assert tuple(each.name for each in found) == names


@pytest.mark.parametrize("parties", [(), ("south",), ("south", "north")])
def test_improvements_are_those_of_the_function(
    case: OpenCase, outlook: Outlook, scenario: str | None, parties: tuple[str, ...]
) -> None:
    space = space_of_case(outlook, list(parties) or None)
    takes = {"toll": "shared", "lanes": "four"}
    expected = told(improve(space, space.package(takes)))
    assert told(case.improve("first", parties, scenario=scenario)) == expected
    assert told(case.improve(takes, parties, scenario=scenario)) == expected


@pytest.mark.parametrize(
    ("package", "words"),
    [
        ("frist", "draft 'frist' whose every point is settled; did you mean 'first'"),
        ("third", "draft 'third' whose every point is settled"),
        ("second", "ruled out by 'not-both', 'not-kept'"),
        ({"toll": "shared"}, "says nothing on 'lanes'"),
        ({"toll": "shared", "lanes": "six"}, "'lanes' has no option 'six'"),
        ({"toll": "shared", "lanes": "two", "rails": "one"}, "no point 'rails'"),
    ],
)
def test_what_is_no_package_is_refused(
    case: OpenCase, package: str | dict[str, str], words: str
) -> None:
    with pytest.raises(RequestError, match=words):
        case.improve(package)


def test_unknown_names_are_refused_with_the_right_ones(case: OpenCase) -> None:
    with pytest.raises(RequestError, match="'nort'; did you mean 'north'"):
        case.frontier(["nort"])
    with pytest.raises(RequestError, match="'nort'; did you mean 'north'"):
        case.solve(["nort"])
    with pytest.raises(RequestError, match="'ferry-end'; did you mean 'ferry-ends'"):
        case.frontier(scenario="ferry-end")
    with pytest.raises(RequestError, match="'frist'; did you mean 'first'"):
        case.assess("frist")
    with pytest.raises(RequestError, match="'frist'; did you mean 'first'"):
        case.amend("frist")


# --- tables and pictures --------------------------------------------------------------------------


def check_table(found: Frontier) -> None:
    """Hold a table against the points of its frontier."""
    table = found.table()
    parties, points = found.space.parties, found.space.points
    assert table.columns.tolist() == [*parties, *points]
    assert len(table) == len(found)
    for row, each in zip(table.to_dict("records"), found, strict=True):
        told = [row[party] for party in parties]
        assert told == pytest.approx([float(value) for value in each.utilities], abs=1e-12)
        assert {point: row[point] for point in points} == found.space.takes(each.package)


def check_solutions_table(found: Solutions) -> None:
    """Hold a table against its solutions; what a solution lacks is missing."""
    table = found.table()
    parties = found.space.parties
    assert table.columns.tolist() == ["solution", "value", "proven", "gap", *parties]
    for row, each in zip(table.to_dict("records"), found, strict=True):
        assert (row["solution"], row["proven"], row["gap"]) == (each.name, each.proven, each.gap)
        if each.value is None:
            assert row["value"] != row["value"] or row["value"] is None
        else:
            assert row["value"] == float(each.value)
        if each.utilities is not None:
            assert [row[party] for party in parties] == [float(value) for value in each.utilities]


def words_of(figure: Figure) -> str:
    return " ".join(each.get_text() for each in figure.findobj(Text))


def test_the_table_of_a_frontier_has_a_row_for_each_point(case: OpenCase) -> None:
    for parties in ((), ("south",), ("south", "north")):
        check_table(case.frontier(parties))


def test_the_table_of_an_empty_frontier_has_columns_and_no_row(tmp_path: Path) -> None:
    stated = PACKAGES["preferences"].replace("reservation: 0.2", "reservation: 99")
    case = dt.load(write_case(tmp_path, **dict(PACKAGES, preferences=stated)))
    found = case.frontier(above_reservation=True)
    assert len(found) == 0
    check_table(found)
    assert isinstance(found.plot(), Figure)


def test_the_table_of_solutions_has_a_row_for_each(case: OpenCase) -> None:
    check_solutions_table(case.solve())
    check_solutions_table(case.solve(["south"], solutions=["nash", "utilitarian"]))


@pytest.mark.parametrize("parties", [("north",), (), ("south", "north")])
def test_a_plot_is_a_figure_that_names_the_parties(
    case: OpenCase, parties: tuple[str, ...]
) -> None:
    found = case.frontier(parties)
    for figure in (found.plot(), found.plot(case.solve(parties), names={"north": "Northtown"})):
        assert isinstance(figure, Figure)
        assert figure.axes
    assert "Northtown" in words_of(figure)


def test_the_flagship_is_opened_by_name() -> None:
    case = dt.load(dt.example_folder("ukraine-2025"))
    found = case.frontier(["ukraine", "russia"])
    assert found.exact
    check_table(found)
    figure = found.plot(case.solve(["ukraine", "russia"]))
    assert isinstance(figure, Figure)


# --- scenarios ------------------------------------------------------------------------------------


@pytest.fixture(params=FOLDERS)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Write a scenario of each format."""
    return write_folder(tmp_path / "ferry", FOLDERS[request.param])


def test_a_scenario_of_every_format_is_opened(folder: Path) -> None:
    found = dt.load_scenario(folder)
    read = read_scenario(folder)
    assert found.name == "ferry"
    assert found.space == space_of_scenario(read)
    assert (found.scale, found.notes) == (read.scale_note, read.notes)
    assert (found.outlook, found.named(), found.status_quo()) == (None, {}, None)
    frontier = find_frontier(found.space)
    check_table(frontier)
    assert isinstance(frontier.plot(names=found.names()), Figure)
    check_solutions_table(find_solutions(found.space))


def test_a_scenario_is_read_on_the_scale_asked_for(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, GENIUS)
    scales = {scale: dt.load_scenario(folder, scale=scale) for scale in ("format", "as-written")}
    assert scales["format"] == dt.load_scenario(str(folder))
    assert scales["format"].space != scales["as-written"].space
    assert scales["as-written"].space == space_of_scenario(read_scenario(folder, "as-written"))
    with pytest.raises(RequestError, match="no scale 'as-writen'; did you mean 'as-written'"):
        dt.load_scenario(folder, scale="as-writen")


def test_what_is_no_scenario_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError):
        dt.load_scenario(tmp_path)
    with pytest.raises(CaseError):
        dt.load_scenario(tmp_path / "missing")
