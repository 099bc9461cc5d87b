"""What is written reads back the same; what a format cannot hold is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import RequestError
from detente.formats.genius import FORMAT as GENIUS
from detente.formats.geniusweb import FORMAT as WEB
from detente.formats.negmas import FORMAT as NEGMAS
from detente.formats.negolog import FORMAT as LOG
from detente.formats.read import read_scenario
from detente.formats.scenario import Issue, Profile, Rectangle, Scenario, utility
from detente.formats.write import WRITERS, write_scenario

NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=8)
PARTIES = ("buyer", "seller", "state")


def decimals(lowest: int, highest: int) -> st.SearchStrategy[Fraction]:
    return st.integers(lowest, highest).map(lambda number: Fraction(number, 100))


@st.composite
def issue_lists(draw: st.DrawFn, integers: bool) -> tuple[Issue, ...]:
    names = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    issues = []
    for name in names:
        if integers and draw(st.booleans()):
            lowest = draw(st.integers(-3, 3))
            values = [str(lowest + step) for step in range(draw(st.integers(1, 5)))]
            issues.append(Issue(name, tuple(values), integer=True))
        else:
            values = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
            issues.append(Issue(name, tuple(values)))
    return tuple(issues)


@st.composite
def unit_rows(draw: st.DrawFn, issues: tuple[Issue, ...]) -> tuple[tuple[Fraction, ...], ...]:
    """Utilities of weights that sum to one, every issue's best value worth its whole weight."""
    parts = [draw(st.integers(1, 9)) for _ in issues]
    weights = [Fraction(part, 100) for part in parts[1:]]
    weights.insert(0, 1 - sum(weights, Fraction(0)))
    rows = []
    for issue, weight in zip(issues, weights, strict=True):
        count = len(issue.values)
        if issue.integer:
            step = draw(st.sampled_from([Fraction(0), Fraction(1, 5), Fraction(1, 4)]))
            shares = [1 - step * place for place in range(count)]
        else:
            shares = [Fraction(draw(st.integers(0, 8)), 8) for _ in range(count - 1)]
            shares.insert(draw(st.integers(0, count - 1)), Fraction(1))
        rows.append(tuple(weight * share for share in shares))
    return tuple(rows)


@st.composite
def weighed(
    draw: st.DrawFn, parties: tuple[str, ...], *, integers: bool, numbers: bool, packages: bool
) -> Scenario:
    """Scenarios of weights and values, with reservations as numbers or as packages."""
    issues = draw(issue_lists(integers))
    profiles = []
    for name in parties:
        profile = Profile(name, draw(unit_rows(issues)))
        if numbers and draw(st.booleans()):
            profile = replace(profile, reservation=draw(decimals(-50, 100)))
        elif packages and draw(st.booleans()):
            package = tuple(draw(st.integers(0, len(each.values) - 1)) for each in issues)
            worth = utility(profile, package)
            profile = replace(profile, reservation=worth, reservation_package=package)
        profiles.append(profile)
    return Scenario("any", "", "", "", issues, tuple(profiles))


@st.composite
def rectangular(draw: st.DrawFn, *, whole: bool) -> Scenario:
    """Scenarios of rectangles; of whole ranges of integer issues where asked for."""
    issues = draw(issue_lists(integers=True))
    if whole:
        issues = tuple(each for each in issues if each.integer) or (Issue("n", ("0",), True),)
    zeros = tuple((Fraction(0),) * len(issue.values) for issue in issues)
    profiles = []
    for name in PARTIES:
        rectangles = [
            Rectangle(
                Fraction(
                    draw(st.integers(-20, 40)),
                    draw(st.sampled_from([1, 8] if not whole else [1, 7])),
                ),
                draw(ranges(issues, whole=whole)),
            )
            for _ in range(draw(st.integers(1, 3)))
        ]
        stated = draw(st.none() | decimals(-50, 300))
        profiles.append(Profile(name, zeros, tuple(rectangles), reservation=stated))
    return Scenario("any", "", "", "", issues, tuple(profiles))


@st.composite
def ranges(
    draw: st.DrawFn, issues: tuple[Issue, ...], *, whole: bool
) -> tuple[tuple[int, frozenset[int]], ...]:
    found = []
    for place, issue in enumerate(issues):
        if draw(st.booleans()):
            places = st.sets(st.integers(0, len(issue.values) - 1), min_size=1)
            inside = draw(places)
            if whole:
                inside = set(range(min(inside), max(inside) + 1))
            found.append((place, frozenset(inside)))
    return tuple(found)


def round_trip(folder: Path, scenario: Scenario, form: str) -> Scenario:
    write_scenario(scenario, folder, form)
    return read_scenario(folder)


Fresh = Callable[[], Path]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    return lambda: tmp_path_factory.mktemp("any") / "scenario"


few = settings(max_examples=60, deadline=None)


@few
@given(weighed(PARTIES, integers=True, numbers=True, packages=False))
def test_genius_gives_back_weights_and_values(fresh: Fresh, scenario: Scenario) -> None:
    found = round_trip(fresh(), scenario, GENIUS)
    assert (found.issues, found.profiles) == (scenario.issues, scenario.profiles)


@few
@given(rectangular(whole=True))
def test_genius_gives_back_rectangles(fresh: Fresh, scenario: Scenario) -> None:
    found = round_trip(fresh(), scenario, GENIUS)
    assert (found.issues, found.profiles) == (scenario.issues, scenario.profiles)


@few
@given(weighed(PARTIES, integers=True, numbers=False, packages=True))
def test_geniusweb_gives_back_weights_and_values(fresh: Fresh, scenario: Scenario) -> None:
    found = round_trip(fresh(), scenario, WEB)
    assert (found.issues, found.profiles) == (scenario.issues, scenario.profiles)


@few
@given(weighed(("profileA", "profileB"), integers=False, numbers=True, packages=False))
def test_negolog_gives_back_weights_and_values(fresh: Fresh, scenario: Scenario) -> None:
    found = round_trip(fresh(), scenario, LOG)
    assert (found.issues, found.profiles) == (scenario.issues, scenario.profiles)


@few
@given(weighed(PARTIES, integers=True, numbers=True, packages=True), decimals(-500, 500))
def test_negmas_gives_back_weights_and_values(
    fresh: Fresh, scenario: Scenario, constant: Fraction
) -> None:
    first = replace(scenario.profiles[0], discount=Fraction(9, 10))
    second = replace(scenario.profiles[1], constant=constant, reservation_package=None)
    scenario = replace(scenario, profiles=(first, second, scenario.profiles[2]))
    found = round_trip(fresh(), scenario, NEGMAS)
    assert (found.issues, found.profiles) == (scenario.issues, scenario.profiles)


@few
@given(rectangular(whole=False))
def test_negmas_gives_back_rectangles(fresh: Fresh, scenario: Scenario) -> None:
    found = round_trip(fresh(), scenario, NEGMAS)
    assert (found.issues, found.profiles) == (scenario.issues, scenario.profiles)


def test_issues_that_are_named_like_numbers_keep_their_rectangles(fresh: Fresh) -> None:
    issues = (Issue("00", ("0",), integer=True), Issue("0", (":",)))
    zeros = ((Fraction(0),), (Fraction(0),))
    inside = Rectangle(Fraction(3), ((0, frozenset({0})),))
    profiles = tuple(Profile(name, zeros, (inside,)) for name in ("buyer", "seller"))
    scenario = Scenario("any", "", "", "", issues, profiles)
    assert round_trip(fresh(), scenario, NEGMAS).profiles == profiles


# --- what a format cannot hold --------------------------------------------------------------------

FARE = Issue("fare", ("cheap", "dear"))
TRIPS = Issue("trips", ("0", "1", "2"), integer=True)
LIKES = (Fraction("0.4"), Fraction("0.1"))
PLAIN = Profile("island", (LIKES, (Fraction("0.6"), Fraction("0.3"), Fraction(0))))
CORNER = Rectangle(Fraction(1), ((1, frozenset([0, 2])),))
ZEROS = ((Fraction(0),) * 2, (Fraction(0),) * 3)


def scenario_of(*profiles: Profile) -> Scenario:
    return Scenario("ferry", "", "", "", (FARE, TRIPS), profiles)


REFUSED = {
    "rectangles": (WEB, Profile("a", ZEROS, (CORNER,)), "has no rectangles"),
    "a hole": (GENIUS, Profile("a", ZEROS, (CORNER,)), "whole ranges of integer issues only"),
    "both": (NEGMAS, Profile("a", PLAIN.utilities, (CORNER,)), "'a' has both"),
    "a constant": (GENIUS, replace(PLAIN, constant=Fraction(1)), "has no constant part"),
    "discount": (WEB, replace(PLAIN, discount=Fraction("0.9")), "has no discount factor"),
    "reservation": (
        WEB,
        replace(PLAIN, reservation=Fraction("0.9")),
        "states a reservation as a package",
    ),
    "negative": (
        GENIUS,
        replace(
            PLAIN, utilities=((Fraction(-1), Fraction(-2)), (Fraction(1), Fraction(0), Fraction(0)))
        ),
        "no value of 'fare' a positive utility",
    ),
    "too much": (
        GENIUS,
        replace(PLAIN, utilities=(LIKES, (Fraction(6), Fraction(3), Fraction(0)))),
        "best values of 'island' sum to 6.4",
    ),
    "too little": (
        GENIUS,
        replace(PLAIN, utilities=(LIKES, (Fraction("0.2"), Fraction("0.1"), Fraction(0)))),
        "best values of 'island' sum to 0.6",
    ),
    "bent": (
        WEB,
        replace(PLAIN, utilities=(LIKES, (Fraction("0.6"), Fraction(0), Fraction("0.3")))),
        "only straight lines for integer issues",
    ),
    "endless weight": (
        GENIUS,
        replace(
            PLAIN,
            utilities=(
                (Fraction(1, 3), Fraction(0)),
                (Fraction(2, 3), Fraction(1, 3), Fraction(0)),
            ),
        ),
        "the weight of 'fare' for 'island' is 1/3",
    ),
    "endless value": (
        NEGMAS,
        replace(
            PLAIN,
            utilities=(
                (Fraction(1, 3), Fraction(0)),
                (Fraction(2, 3), Fraction(1, 3), Fraction(0)),
            ),
        ),
        "writes finite decimals",
    ),
    "one party": (LOG, PLAIN, "holds two parties; the scenario has 1."),
    "a path": (GENIUS, replace(PLAIN, name="../up"), "cannot be that of a file"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_a_format_cannot_hold_is_refused(tmp_path: Path, name: str) -> None:
    form, profile, words = REFUSED[name]
    with pytest.raises(RequestError, match=words) as caught:
        write_scenario(scenario_of(profile), tmp_path / "new", form)
    assert str(caught.value).endswith(".")
    assert not list(tmp_path.iterdir())


def test_negolog_has_no_integer_issues(tmp_path: Path) -> None:
    both = scenario_of(PLAIN, replace(PLAIN, name="operator"))
    with pytest.raises(RequestError, match="has no integer issues, and 'trips' is one"):
        write_scenario(both, tmp_path / "new", LOG)


def test_what_lacks_to_one_goes_to_an_issue_that_adds_nothing(tmp_path: Path) -> None:
    idle = replace(PLAIN, utilities=(LIKES, (Fraction(0), Fraction(0), Fraction(0))))
    found = round_trip(tmp_path / "new", scenario_of(idle), GENIUS)
    assert found.profiles == (idle,)


def test_a_geniusweb_issue_may_be_worth_less_than_its_weight(tmp_path: Path) -> None:
    modest = replace(PLAIN, utilities=(LIKES, (Fraction("0.2"), Fraction("0.1"), Fraction(0))))
    found = round_trip(tmp_path / "new", scenario_of(modest), WEB)
    assert found.profiles == (modest,)


def test_evaluations_of_thirds_become_whole_numbers(tmp_path: Path) -> None:
    thirds = replace(
        PLAIN,
        utilities=(
            (Fraction("0.4"), Fraction("0.4") / 3),
            (Fraction("0.6"), Fraction("0.3"), Fraction(0)),
        ),
    )
    assert round_trip(tmp_path / "new", scenario_of(thirds), GENIUS).profiles == (thirds,)
    assert 'evaluation="3"' in (tmp_path / "new" / "island.xml").read_text()


def test_parties_keep_their_order_by_numbers(tmp_path: Path) -> None:
    parties = (replace(PLAIN, name="seller"), replace(PLAIN, name="Buyer"))
    found = round_trip(tmp_path / "new", scenario_of(*parties), GENIUS)
    assert [profile.name for profile in found.profiles] == ["1-seller", "2-Buyer"]


@pytest.mark.parametrize("form", [GENIUS, NEGMAS])
def test_a_party_may_be_called_as_the_domain_or_a_case(tmp_path: Path, form: str) -> None:
    parties = (replace(PLAIN, name="case"), replace(PLAIN, name="domain"))
    assert len(round_trip(tmp_path / "new", scenario_of(*parties), form).profiles) == 2


def test_a_folder_that_is_not_empty_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(RequestError, match="is there already and not empty"):
        write_scenario(scenario_of(PLAIN), tmp_path, GENIUS)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert round_trip(tmp_path / "new", scenario_of(PLAIN), GENIUS).profiles == (PLAIN,)
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="There is no format 'Genius'; did you mean"):
        write_scenario(scenario_of(PLAIN), tmp_path / "new", "Genius")


@pytest.mark.parametrize("form", WRITERS)
def test_half_a_character_is_refused(tmp_path: Path, form: str) -> None:
    broken = Issue("fa\ud800re", ("cheap", "dear"))
    rows = ((Fraction(1), Fraction("0.5")),)
    parties = (Profile("profileA", rows), Profile("profileB", rows))
    with pytest.raises(RequestError):
        write_scenario(Scenario("any", "", "", "", (broken,), parties), tmp_path / "new", form)
    assert not list(tmp_path.iterdir())
