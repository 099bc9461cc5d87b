"""What programs and people may rely on in the commands that ask about packages."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from case.minimal import PACKAGES, write_case
from cli.calls import Called, Detente
from detente.assess.outlook import Outlook
from detente.case.examples import example_folder
from detente.case.load import load
from detente.formats.read import read_scenario
from detente.formats.scenario import Profile, Scenario, utility
from formats.folders import (
    DOMAIN_XML,
    GENIUS,
    GENIUSWEB,
    ISLAND_XML,
    NEGMAS,
    NEGOLOG,
    OPERATOR_XML,
    RECTANGLES,
    write_folder,
)
from packages.test_of_case import allowed, stated_worth

_EXAMPLE = "ukraine-2025"
_NAMES = ("nash", "kalai-smorodinsky", "egalitarian", "leximin", "utilitarian")
_FORMATS: dict[str, dict[str, str]] = {
    "Genius": GENIUS,
    "rectangles": RECTANGLES,
    "GeniusWeb": GENIUSWEB,
    "NegoLog": NEGOLOG,
    "NegMAS": NEGMAS,
}
_BELIEVED: dict[str, str | None] = {**PACKAGES, "preferences": None}
_NEAR = 1e-9

Row = tuple[float, ...]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Write the minimal case with constraints of all kinds and preferences."""
    return write_case(tmp_path / "bridge", **PACKAGES)


@pytest.fixture
def grocery(tmp_path: Path) -> Path:
    """Write a small scenario of Genius."""
    return write_folder(tmp_path / "ferry", GENIUS)


@pytest.fixture(params=["stated", "believed", *_FORMATS])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Write a case, or a scenario of each format."""
    if request.param == "stated":
        return write_case(tmp_path / "bridge", **PACKAGES)
    if request.param == "believed":
        return write_case(tmp_path / "bridge", **_BELIEVED)
    return write_folder(tmp_path / "ferry", _FORMATS[request.param])


def refused(called: Called, *words: str) -> None:
    """Hold a call against: exit code 2, nothing printed, one line that contains the words."""
    assert (called.code, called.out) == (2, "")
    (line,) = called.err.splitlines()
    for each in words:
        assert each in line


def unwrapped(text: str) -> str:
    return " ".join(text.split())


def everything(target: Path) -> Iterator[tuple[dict[str, str], dict[str, Fraction]]]:
    """Yield every possible package and its worth to everybody, from the files and by hand."""
    if not (target / "case.yaml").exists():
        yield from _all_of_scenario(read_scenario(target))
        return
    case = load(target)
    outlook = Outlook.of(case)
    names = [each.id for each in case.points]
    for taken in itertools.product(*([o.id for o in each.options] for each in case.points)):
        package = dict(zip(names, taken, strict=True))
        if all(allowed(each, package) for each in case.constraints):
            if case.preferences:
                own = case.preferences_of
                worth = {name: stated_worth(own[name], package) for name in ("north", "south")}
            else:
                worth = _believed(outlook, package)
            yield package, worth


def _believed(outlook: Outlook, package: Mapping[str, str]) -> dict[str, Fraction]:
    features = outlook.compiled.features(outlook.compiled.package(package))[0]
    found = {}
    for name in ("north", "south"):
        parts = outlook.acceptor(name).values[features > 0.0]
        found[name] = Fraction(sum(round(float(value) * 10**6) for value in parts), 10**6)
    return found


def _all_of_scenario(
    scenario: Scenario,
) -> Iterator[tuple[dict[str, str], dict[str, Fraction]]]:
    for places in itertools.product(*(range(len(each.values)) for each in scenario.issues)):
        package = {
            issue.name: issue.values[place]
            for issue, place in zip(scenario.issues, places, strict=True)
        }
        yield package, {each.name: utility(each, places) for each in scenario.profiles}


def dominates(first: Sequence[float], second: Sequence[float]) -> bool:
    return tuple(first) != tuple(second) and all(a >= b for a, b in zip(first, second, strict=True))


def worths(target: Path, parties: Sequence[str]) -> dict[tuple[str, ...], tuple[Fraction, ...]]:
    """Return the worth of every possible package to the parties, by the options it takes."""
    return {
        tuple(package.values()): tuple(worth[party] for party in parties)
        for package, worth in everything(target)
    }


def in_floats(worth: Sequence[Fraction]) -> Row:
    return tuple(map(float, worth))


# --- frontier -------------------------------------------------------------------------------------


def test_the_frontier_has_the_keys_agreed(target: Path, detente: Detente) -> None:
    called = detente("frontier", target, "--json")
    assert (called.code, called.err) == (0, "")
    data = called.json
    assert data.keys() >= {
        *("target", "packages", "parties", "reservations", "scale", "notes", "exact"),
        *("epsilon", "epsilons", "method", "above_reservation", "count", "seconds", "frontier"),
    }
    assert data["target"] == target.name
    assert isinstance(data["packages"], int)
    assert len(data["parties"]) == len(data["reservations"]) == len(data["epsilons"])
    assert (data["exact"], data["epsilon"], data["above_reservation"]) == (True, 0.0, False)
    assert data["count"] == len(data["frontier"])
    assert isinstance(data["method"], str)
    assert data["scale"].endswith(".")
    for each in data["frontier"]:
        assert each.keys() == {"utilities", "package", "acceptable"}


def test_the_frontier_is_what_nobody_dominates_and_is_worth_what_it_says(
    target: Path, detente: Detente
) -> None:
    data = detente("frontier", target, "--json").json
    worth = worths(target, data["parties"])
    best = {
        row for row in worth.values() if not any(dominates(other, row) for other in worth.values())
    }
    for each in data["frontier"]:
        exactly = worth[tuple(each["package"].values())]
        assert each["utilities"] == list(in_floats(exactly))
        assert exactly in best
    told = [tuple(each["utilities"]) for each in data["frontier"]]
    assert told == sorted(map(in_floats, best), reverse=True)
    assert all(
        each["acceptable"]
        == all(
            r is None or u >= r
            for u, r in zip(each["utilities"], data["reservations"], strict=True)
        )
        for each in data["frontier"]
    )


def test_above_reservation_only_what_harms_nobody_is_left(target: Path, detente: Detente) -> None:
    whole = detente("frontier", target, "--json").json
    above = detente("frontier", target, "--above-reservation", "--json").json
    assert above["above_reservation"] is True
    assert above["frontier"] == [each for each in whole["frontier"] if each["acceptable"]]


def test_a_frontier_that_is_empty_is_told(tmp_path: Path, detente: Detente) -> None:
    stated = PACKAGES["preferences"].replace("reservation: 0.2", "reservation: 99")
    folder = write_case(tmp_path, **dict(PACKAGES, preferences=stated))
    data = detente("frontier", folder, "--above-reservation", "--json").json
    assert (data["count"], data["frontier"]) == (0, [])
    called = detente("frontier", folder, "--above-reservation")
    assert called.code == 0
    assert "No package gives every party at least its reservation." in called.out


def test_all_packages_lists_the_others_of_the_same_worth(tmp_path: Path, detente: Detente) -> None:
    even = OPERATOR_XML.replace('evaluation="0"', 'evaluation="10"')
    files = {"ferry.xml": DOMAIN_XML, "operator.xml": even}
    folder = write_folder(tmp_path, files)
    for most, listed in ((1, 1), (5, 1), (0, None)):
        data = detente("frontier", folder, "--all-packages", most, "--json").json
        (only,) = data["frontier"]
        if listed is None:
            assert not only.keys() & {"ties", "all_ties"}
            continue
        assert only["all_ties"] is True
        assert len(only["ties"]) == listed
        packages = [only["package"], *only["ties"]]
        assert {tuple(each.items()) for each in packages} == {
            (("fare", fare), ("trips", "2")) for fare in ("cheap", "dear")
        }


def test_ties_beyond_those_asked_for_are_said_to_be_left(tmp_path: Path, detente: Detente) -> None:
    stated = "- {actor: south, constant: 3}\n"
    folder = write_case(tmp_path, **dict(PACKAGES, preferences=stated, constraints=None))
    data = detente("frontier", folder, "--party", "south", "--all-packages", 2, "--json").json
    (only,) = data["frontier"]
    assert (only["utilities"], only["all_ties"], len(only["ties"])) == ([3.0], False, 2)
    called = detente("frontier", folder, "--party", "south", "--all-packages", 2)
    assert "2 or more" in called.out


def negolog(seed: int) -> dict[str, str]:
    """Return a scenario of two parties, six issues and four values, none worth the same."""
    chance = random.Random(seed)

    def profile() -> str:
        worth = {
            f"i{k}": {f"v{v}": chance.randrange(1, 999) / 1000 for v in range(4)} for k in range(6)
        }
        return json.dumps(
            {"issueWeights": dict.fromkeys(worth, 0.125) | {"i0": 0.375}, "issues": worth}
        )

    return {"profileA.json": profile(), "profileB.json": profile()}


def check_certified(certified: Called, whole: Called) -> None:
    """Hold points that stand for all against all."""
    data = certified.json
    assert data["exact"] is False
    assert data["epsilon"] == max(data["epsilons"]) > 0.0
    assert data["count"] == len(data["frontier"]) < whole.json["count"]
    for each in whole.json["frontier"]:
        short = [
            max(
                u - loss - v
                for u, v, loss in zip(
                    each["utilities"], told["utilities"], data["epsilons"], strict=True
                )
            )
            for told in data["frontier"]
        ]
        assert min(short) <= _NEAR


def test_past_the_size_allowed_a_frontier_is_certified(tmp_path: Path, detente: Detente) -> None:
    folder = write_folder(tmp_path, negolog(1))
    certified = detente("frontier", folder, "--most", 5, "--json")
    check_certified(certified, detente("frontier", folder, "--json"))
    words = unwrapped(detente("frontier", folder, "--most", 5).out)
    data = certified.json
    assert (
        f"{data['count']} points; every package is matched by one of them but for at most "
        f"{data['epsilon']:.4g} of each utility (certified; {data['method']})"
    ) in words


def test_past_the_size_allowed_the_frontier_of_the_example_is_certified(detente: Detente) -> None:
    asked = ("frontier", _EXAMPLE, "--party", "ukraine", "--party", "russia", "--json")
    check_certified(detente(*asked, "--most", 20), detente(*asked))


# --- parties and scales ---------------------------------------------------------------------------


def test_parties_stand_in_the_order_asked_for_and_each_once(case: Path, detente: Detente) -> None:
    asked = ("--party", "south", "--party", "north", "--party", "south")
    for command, key in (("frontier", "frontier"), ("solve", "solutions")):
        data = detente(command, case, *asked, "--json").json
        straight = detente(command, case, "--json").json
        assert data["parties"] == straight["parties"][::-1] == ["south", "north"]
        assert data["reservations"] == straight["reservations"][::-1]
        assert data[key]
    found = detente("frontier", case, *asked, "--json").json["frontier"]
    worth = worths(case, ("south", "north"))
    for each in found:
        assert tuple(each["utilities"]) == in_floats(worth[tuple(each["package"].values())])


def test_parties_of_a_scenario_stand_in_the_order_asked_for(
    grocery: Path, detente: Detente
) -> None:
    data = detente("frontier", grocery, "--party", "operator", "--party", "island", "--json").json
    assert data["parties"] == ["operator", "island"]
    (alone,) = detente("frontier", grocery, "--party", "operator", "--json").json["frontier"]
    assert alone["utilities"] == [1.0]


@pytest.mark.parametrize("command", ["frontier", "solve", "improve"])
def test_a_party_that_is_not_there_is_told_with_those_that_are(
    case: Path, grocery: Path, detente: Detente, command: str
) -> None:
    refused(detente(command, case, "--party", "nort"), "'nort'; did you mean 'north'?")
    refused(detente(command, grocery, "--party", "islnd"), "'islnd'", "island")


def test_a_party_of_a_scenario_that_is_not_there_is_told_with_the_nearest(
    grocery: Path, detente: Detente
) -> None:
    refused(detente("frontier", grocery, "--party", "islnd"), "did you mean 'island'?")


def test_the_scale_of_a_scenario_is_the_one_asked_for(grocery: Path, detente: Detente) -> None:
    scales = {}
    for scale in ("format", "as-written"):
        data = detente("frontier", grocery, "--scale", scale, "--json").json
        read = read_scenario(grocery, scale)
        assert data["scale"] == read.scale_note
        worth = {
            tuple(package.values()): tuple(each.values())
            for package, each in _all_of_scenario(read)
        }
        for each in data["frontier"]:
            assert tuple(each["utilities"]) == in_floats(worth[tuple(each["package"].values())])
        scales[scale] = data
    assert scales["format"]["scale"] != scales["as-written"]["scale"]
    assert scales["format"]["frontier"] != scales["as-written"]["frontier"]
    assert detente("frontier", grocery, "--json").json["frontier"] == scales["format"]["frontier"]
    refused(detente("frontier", grocery, "--scale", "own"), "'--scale'")


def test_a_scenario_of_no_deal_moves_reservations_only(tmp_path: Path, detente: Detente) -> None:
    folder = write_case(tmp_path, **_BELIEVED)
    stays = detente("frontier", folder, "--json").json
    ends = detente("frontier", folder, "--scenario", "ferry-ends", "--json").json
    assert "'ferry-stays'" in stays["scale"]
    assert "'ferry-ends'" in ends["scale"]
    assert stays["reservations"] != ends["reservations"]
    refused(detente("frontier", folder, "--scenario", "fery-ends"), "did you mean 'ferry-ends'?")


def test_a_scenario_of_another_program_has_no_scenarios_of_no_deal(
    grocery: Path, detente: Detente
) -> None:
    for command in ("frontier", "solve", "improve"):
        refused(detente(command, grocery, "--scenario", "any"), "no scenarios of no deal")


# --- what people read -----------------------------------------------------------------------------


def test_people_are_told_size_proof_scale_and_notes(target: Path, detente: Detente) -> None:
    data = detente("frontier", target, "--json").json
    called = detente("frontier", target)
    assert (called.code, called.err) == (0, "")
    words = unwrapped(called.out)
    size, parties = data["packages"], len(data["parties"])
    assert words.startswith(f"{target.name}: {size} packages, {parties} parties Scale: ")
    assert data["scale"] in words
    for note in data["notes"]:
        assert f"Note: {note}" in words
    points = "1 point" if data["count"] == 1 else f"{data['count']} points"
    assert f"{points} on the frontier: all there are (exact; {data['method']})" in words
    for party in data["parties"]:
        assert party in words


def test_a_scenario_says_what_a_reader_should_know(grocery: Path, detente: Detente) -> None:
    notes = detente("solve", grocery, "--json").json["notes"]
    assert any("discount factor" in note for note in notes)
    assert any("'operator' states no reservation value" in note for note in notes)


def test_no_more_points_are_shown_than_asked_for(grocery: Path, detente: Detente) -> None:
    called = detente("frontier", grocery, "--list", 2)
    count = detente("frontier", grocery, "--json").json["count"]
    assert count > 2
    assert f"2 of {count} shown; --json gives all" in called.out
    assert called.out.count("fare=") == 2


def test_large_numbers_of_packages_are_bearable_words(detente: Detente) -> None:
    called = detente("frontier", _EXAMPLE, "--party", "ukraine", "--party", "russia", "--list", 3)
    asked = ("--party", "ukraine", "--party", "russia", "--json")
    size = detente("solve", _EXAMPLE, *asked).json["packages"]
    assert called.out.startswith(f"{_EXAMPLE}: {size:.1e} packages, 2 parties\n")


def test_numbers_of_packages_beyond_floats_are_bearable_words(
    tmp_path: Path, detente: Detente
) -> None:
    points = "".join(
        f"- {{id: p{k}, title: P{k}, status_quo: a, options: [{{id: a, text: A}}, "
        "{id: b, text: B}]}\n"
        for k in range(1030)
    )
    drafts = "- id: first\n  takes: {" + ", ".join(f"p{k}: b" for k in range(1030)) + "}\n"
    stated = "- {actor: north, values: {p0: {a: 0, b: 1}}}\n- {actor: south, constant: 1}\n"
    folder = write_case(
        tmp_path,
        points=points,
        drafts=drafts,
        preferences=stated,
        statements=None,
        ratings=None,
    )
    called = detente("frontier", folder, "--party", "north")
    assert called.code == 0
    assert " packages, 1 part" in called.out


# --- solve ----------------------------------------------------------------------------------------


def test_solutions_have_the_keys_agreed(target: Path, detente: Detente) -> None:
    called = detente("solve", target, "--json")
    assert (called.code, called.err) == (0, "")
    data = called.json
    assert data.keys() >= {
        *("target", "packages", "parties", "reservations", "scale", "notes"),
        *("no_agreement", "no_agreement_stated", "seconds", "solutions"),
    }
    assert tuple(data["solutions"]) == _NAMES
    stated = [each is not None for each in data["reservations"]]
    assert data["no_agreement_stated"] == stated
    for each in data["solutions"].values():
        assert each.keys() >= {"utilities", "package", "proven", "gap", "value", "method"}
        assert each["proven"] is True
        assert each["gap"] == 0.0
        assert (each["package"] is None) == (each["utilities"] is None) == bool(each["reason"])


def test_solutions_are_worth_what_they_say_and_lie_on_the_frontier(
    target: Path, detente: Detente
) -> None:
    data = detente("solve", target, "--json").json
    frontier = detente("frontier", target, "--above-reservation", "--json").json
    on_it = [tuple(each["utilities"]) for each in frontier["frontier"]]
    worth = worths(target, data["parties"])
    gains = {name: Fraction(0) for name in _NAMES}
    for name, each in data["solutions"].items():
        if each["package"] is None:
            continue
        exactly = in_floats(worth[tuple(each["package"].values())])
        assert tuple(each["utilities"]) == exactly
        assert exactly in on_it
        gain = [u - d for u, d in zip(exactly, data["no_agreement"], strict=True)]
        gains[name] = min(gain)
        if name == "utilitarian":
            assert each["value"] == pytest.approx(sum(gain), abs=_NEAR)
            best = max(sum(row) - sum(data["no_agreement"]) for row in on_it)
            assert each["value"] == pytest.approx(best, abs=_NEAR)
        elif name in ("egalitarian", "leximin"):
            assert each["value"] == pytest.approx(min(gain), abs=_NEAR)
    assert gains["egalitarian"] == pytest.approx(gains["leximin"], abs=_NEAR)
    assert all(gains["leximin"] >= gain - _NEAR for gain in gains.values())


def test_only_the_solutions_asked_for_are_found_in_that_order(
    grocery: Path, detente: Detente
) -> None:
    asked = ("--solution", "utilitarian", "--solution", "nash", "--solution", "utilitarian")
    data = detente("solve", grocery, *asked, "--json").json
    assert list(data["solutions"]) == ["utilitarian", "nash"]
    every = detente("solve", grocery, "--json").json["solutions"]
    assert data["solutions"]["nash"]["value"] == every["nash"]["value"]
    refused(detente("solve", grocery, "--solution", "nsh"), "'nsh'", "'nash'")


def test_people_are_told_measures_proof_and_packages(target: Path, detente: Detente) -> None:
    data = detente("solve", target, "--json").json
    called = detente("solve", target)
    assert (called.code, called.err) == (0, "")
    words = unwrapped(called.out)
    assert data["scale"] in words
    assert words.count(" proven") == len(_NAMES)
    assert "Found by: " in words
    for name, each in data["solutions"].items():
        told = each["reason"] or ", ".join(f"{k}={v}" for k, v in each["package"].items())
        assert f"{name}: {told}" in words
    missing = data["no_agreement_stated"].count(False)
    assert words.count("(worst)") == missing


# --- pictures -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "start"), [("x.svg", b"<svg "), ("x.png", b"\x89PNG"), ("x.PDF", b"%PDF")]
)
def test_a_picture_is_written_in_the_form_of_its_name(
    case: Path, tmp_path: Path, detente: Detente, name: str, start: bytes
) -> None:
    path = tmp_path / name
    called = detente("frontier", case, "--plot", path)
    assert (called.code, called.err) == (0, "")
    assert called.out.endswith(f"Picture: {path}\n")
    assert path.read_bytes().startswith(start)
    assert {each.name for each in tmp_path.iterdir()} == {name, "bridge"}


def test_a_picture_beside_json_leaves_json_alone(
    case: Path, tmp_path: Path, detente: Detente
) -> None:
    called = detente("frontier", case, "--plot", tmp_path / "x.svg", "--json")
    assert called.json["count"] == 2
    text = (tmp_path / "x.svg").read_text()
    for mark in ("first", "status quo", "egalitarian", "Northtown", "Southtown"):
        assert mark in text


@pytest.mark.parametrize("name", ["x.bmp", "x", ".svg", "x.svg.exe"])
def test_a_picture_of_another_form_is_refused_and_nothing_is_written(
    case: Path, tmp_path: Path, detente: Detente, name: str
) -> None:
    called = detente("frontier", case, "--plot", tmp_path / name)
    refused(called, "Pictures are written as .svg, .png or .pdf", f"'{name}'")
    assert [each.name for each in tmp_path.iterdir()] == ["bridge"]


def test_a_picture_that_cannot_be_written_is_refused(
    case: Path, tmp_path: Path, detente: Detente
) -> None:
    called = detente("frontier", case, "--plot", tmp_path / "missing" / "x.svg")
    refused(called, "No such file or directory")
    assert [each.name for each in tmp_path.iterdir()] == ["bridge"]


def test_a_picture_that_cannot_be_written_is_told_by_its_name(
    case: Path, tmp_path: Path, detente: Detente
) -> None:
    path = tmp_path / "missing" / "x.svg"
    refused(detente("frontier", case, "--plot", path), f"{path}: ")


# --- what is opened -------------------------------------------------------------------------------


def test_an_example_is_opened_by_name(detente: Detente) -> None:
    asked = ("--party", "ukraine", "--party", "russia", "--json")
    by_name = detente("frontier", _EXAMPLE, *asked).json
    by_path = detente("frontier", example_folder(_EXAMPLE), *asked).json
    assert by_name["target"] == _EXAMPLE
    assert by_name["frontier"] == by_path["frontier"]
    assert (by_name["exact"], by_name["parties"]) == (True, ["ukraine", "russia"])
    space = Outlook.of(load(example_folder(_EXAMPLE)))
    assert set(by_name["frontier"][0]["package"]) == {each.id for each in space.case.points}
    rows = [tuple(each["utilities"]) for each in by_name["frontier"]]
    # of two parties, by falling utility of one, the other's rises
    assert [row[0] for row in rows] == sorted({row[0] for row in rows}, reverse=True)
    assert [row[1] for row in rows] == sorted({row[1] for row in rows})


@pytest.mark.parametrize("command", ["frontier", "solve", "improve"])
def test_what_is_neither_a_case_nor_a_scenario_is_refused(
    tmp_path: Path, detente: Detente, command: str
) -> None:
    refused(detente(command, tmp_path / "missing"), "missing: There is no such folder")
    empty = write_folder(tmp_path / "empty", {})
    refused(detente(command, empty), f"{empty}: This is not a case: it has no case.yaml")
    other = write_folder(tmp_path / "other", {"a.txt": "hello", "b.xml": "<a/>", "c.json": "{}"})
    refused(detente(command, other), f"{other}: This is not a case: it has no case.yaml")
    refused(detente(command, other / "b.xml"), "This is a file")


_BOMB = (
    '<?xml version="1.0"?>\n'
    '<!DOCTYPE lolz [<!ENTITY a "aaaaaaaa">\n<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'
    "<utility_space>&b;</utility_space>\n"
)


@pytest.mark.parametrize(
    ("name", "content", "place", "words"),
    [
        ("island.xml", _BOMB, "2:16", "DOCTYPE"),
        (
            "island.xml",
            '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>\n<utility_space>&b;</utility_space>',
            "1:13",
            "DOCTYPE",
        ),
        ("island.xml", ISLAND_XML[:200], "5:1", "This is not XML"),
        ("island.xml", ISLAND_XML.replace('"4"', '"NaN"'), "6:1", "not a finite number"),
    ],
    ids=["entities", "outside", "cut off", "no number"],
)
@pytest.mark.parametrize("command", ["frontier", "solve", "improve", "import"])
def test_hostile_xml_is_refused_with_its_place(
    tmp_path: Path,
    detente: Detente,
    command: str,
    name: str,
    content: str,
    place: str,
    words: str,
) -> None:
    folder = write_folder(tmp_path / "ferry", {**GENIUS, name: content})
    output = ("-o", tmp_path / "new") if command == "import" else ()
    refused(detente(command, folder, *output), f"{folder / name}:{place}: ", words)
    assert [each.name for each in tmp_path.iterdir()] == ["ferry"]


_CONTRADICTION = """\
- id: needs
  requires: {if: {lanes: [two, four]}, then: {toll: shared}}
- id: harmless
  excludes: {toll: north-only, lanes: four}
- id: bars
  excludes: {toll: shared, lanes: [two, four]}
"""


@pytest.mark.parametrize("command", ["frontier", "solve"])
def test_constraints_that_contradict_each_other_are_named(
    tmp_path: Path, detente: Detente, command: str
) -> None:
    folder = write_case(tmp_path, **dict(PACKAGES, constraints=_CONTRADICTION))
    called = detente(command, folder)
    refused(called, "No package is possible", "'needs', 'bars'", "cannot be met together")
    assert "harmless" not in called.err


@pytest.mark.parametrize(
    "asked", [("chance",), ("chance", "--at-least", "0.3"), ("amend",)], ids=" ".join
)
def test_constraints_that_contradict_each_other_are_named_where_consent_is_asked_about(
    tmp_path: Path, detente: Detente, asked: tuple[str, ...]
) -> None:
    folder = write_case(tmp_path, **dict(PACKAGES, constraints=_CONTRADICTION))
    draft = () if asked == ("chance",) else ("--draft", "first")
    called = detente(asked[0], folder, *draft, *asked[1:])
    assert "'needs', 'bars'" in unwrapped(called.out + called.err)


# --- improve --------------------------------------------------------------------------------------

_IMPROVE = {"target", "package", "utilities", "efficient", "proven", "better", "better_utilities"}


def test_every_package_is_efficient_or_can_be_improved(target: Path, detente: Detente) -> None:
    parties = detente("solve", target, "--json").json["parties"]
    worth = worths(target, parties)
    names = list(next(everything(target))[0])
    for taken, mine in list(worth.items())[::7]:
        takes = [f"--take={point}={option}" for point, option in zip(names, taken, strict=True)]
        called = detente("improve", target, *takes, "--json")
        data = called.json
        assert data.keys() >= _IMPROVE | {"most_even"}
        assert data["package"] == dict(zip(names, taken, strict=True))
        assert data["utilities"] == list(in_floats(mine))
        efficient = not any(dominates(other, mine) for other in worth.values())
        assert (data["efficient"], data["proven"], called.code) == (efficient, True, not efficient)
        if efficient:
            assert (data["better"], data["better_utilities"], data["most_even"]) == (None,) * 3
            continue
        better = worth[tuple(data["better"].values())]
        assert data["better_utilities"] == list(in_floats(better))
        assert dominates(better, mine)
        assert not any(dominates(other, better) for other in worth.values())


def test_an_efficient_package_ends_with_0_and_another_with_1(case: Path, detente: Detente) -> None:
    called = detente("improve", case, "--draft", "first")
    assert (called.code, called.err) == (0, "")
    assert "The package is efficient" in called.out
    assert "(proven)" in called.out
    called = detente("improve", case, "--draft", "first", "--take", "lanes=two")
    assert (called.code, called.err) == (1, "")
    assert "can be improved without harm to anybody (proven)" in unwrapped(called.out)
    assert called.out.rstrip().splitlines()[-1].split() == ["lanes", "two", "four"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("--draft", "frist"), "did you mean 'first'?"),
        (("--draft", "second"), "ruled out by 'not-both', 'not-kept'"),
        ((), "says nothing on 'toll'"),
        (("--take", "toll=none"), "says nothing on 'lanes'"),
        (("--draft", "first", "--take", "toll"), "'toll' is not of the form POINT=OPTION"),
        (("--draft", "first", "--take", "tol=none"), "no point 'tol'"),
        (("--draft", "first", "--take", "toll=nothing"), "has no option 'nothing'"),
    ],
)
def test_what_is_no_package_ends_with_2(
    case: Path, detente: Detente, asked: tuple[str, ...], words: str
) -> None:
    refused(detente("improve", case, *asked), words)
    refused(detente("improve", case, *asked, "--json"), words)


def test_a_scenario_has_no_drafts(grocery: Path, detente: Detente) -> None:
    refused(detente("improve", grocery, "--draft", "first"), "no draft 'first'")


# --- import and export ----------------------------------------------------------------------------


def exact_profile(each: Profile) -> Profile:
    """What a profile says, however it is split between values and a constant."""
    return replace(each, reservation_package=None)


@pytest.mark.parametrize(
    ("files", "form"),
    [
        (GENIUS, "genius"),
        (RECTANGLES, "genius"),
        (NEGOLOG, "negolog"),
        (NEGMAS, "negmas"),
        (GENIUS, "negmas"),
    ],
    ids=["Genius", "rectangles", "NegoLog", "NegMAS", "Genius as NegMAS"],
)
def test_what_is_imported_and_exported_is_worth_the_same(
    tmp_path: Path, detente: Detente, files: dict[str, str], form: str
) -> None:
    folder = write_folder(tmp_path / "ferry", files)
    called = detente("import", folder, "-o", tmp_path / "case")
    assert (called.code, called.err) == (0, "")
    assert detente("check", tmp_path / "case").code == 0
    called = detente("export", tmp_path / "case", "-o", tmp_path / "again", "--format", form)
    assert (called.code, called.err) == (0, "")
    before, after = read_scenario(folder), read_scenario(tmp_path / "again")
    assert [each.name for each in after.issues] == [each.name for each in before.issues]
    assert [each.values for each in after.issues] == [each.values for each in before.issues]
    assert [each.name for each in after.profiles] == [each.name for each in before.profiles]
    assert list(_all_of_scenario(after)) == list(_all_of_scenario(before))
    for old, new in zip(before.profiles, after.profiles, strict=True):
        assert (new.reservation, new.discount) == (old.reservation, old.discount)
    if form == "genius":
        assert after.profiles == tuple(map(exact_profile, before.profiles))
        assert after.issues == before.issues
    left = {each.name for each in tmp_path.iterdir()}
    assert left == {"ferry", "case", "again"}


def test_an_imported_case_has_the_frontier_and_solutions_of_its_scenario(
    tmp_path: Path, detente: Detente
) -> None:
    for name, files in _FORMATS.items():
        folder = write_folder(tmp_path / name / "ferry", files)
        assert detente("import", folder, "-o", tmp_path / name / "case").code == 0
        for command, key in (("frontier", "frontier"), ("solve", "solutions")):
            before = detente(command, folder, "--json").json
            after = detente(command, tmp_path / name / "case", "--json").json
            assert [each.lower() for each in before["parties"]] == after["parties"]
            assert before["reservations"] == after["reservations"]
            if command == "frontier":
                assert [each["utilities"] for each in before[key]] == [
                    each["utilities"] for each in after[key]
                ]
            else:
                assert {n: each["value"] for n, each in before[key].items()} == {
                    n: each["value"] for n, each in after[key].items()
                }


def test_import_says_what_it_read(grocery: Path, tmp_path: Path, detente: Detente) -> None:
    read = read_scenario(grocery)
    called = detente("import", grocery, "-o", tmp_path / "one")
    assert called.out.splitlines() == [
        f"{tmp_path / 'one'}: a new case from Genius XML.",
        f"Scale: {read.scale_note}",
        *(f"Note: {note}" for note in read.notes),
    ]
    data = detente("import", grocery, "-o", tmp_path / "two", "--json").json
    assert data == {
        "case": str(tmp_path / "two"),
        "format": "Genius XML",
        "scale": read.scale_note,
        "notes": list(read.notes),
        "points": 2,
        "parties": ["island", "operator"],
    }
    as_written = detente("import", grocery, "-o", tmp_path / "three", "--scale", "as-written")
    assert read_scenario(grocery, "as-written").scale_note in as_written.out


def test_export_says_what_it_wrote(tmp_path: Path, detente: Detente) -> None:
    stated = (
        PACKAGES["preferences"]
        .replace(
            """  together:
    - takes: {toll: [none, shared], lanes: four}
      value: -1/7
""",
            "",
        )
        .replace('"1/3"', "0.3")
    )
    free = write_case(tmp_path / "free", **{**PACKAGES, "constraints": None, "preferences": stated})
    asked = ("--format", "negmas", "--party", "south", "--party", "north")
    data = detente("export", free, "-o", tmp_path / "one", *asked, "--json").json
    assert data == {
        "folder": str(tmp_path / "one"),
        "format": "NegMAS YAML",
        "parties": ["Southtown", "Northtown"],
    }
    called = detente("export", free, "-o", tmp_path / "two", *asked)
    assert called.out.startswith(f"{tmp_path / 'two'}: NegMAS YAML, 2 parties.\n")
    read = read_scenario(tmp_path / "two")
    assert [each.name.partition("-")[2] for each in read.profiles] == ["Southtown", "Northtown"]
    asked_ids = [
        dict(zip(("toll", "lanes"), each, strict=True)) for each in worths(free, ("north",))
    ]
    case = load(free)
    for takes, (_, worth) in zip(asked_ids, _all_of_scenario(read), strict=True):
        for name, value in zip(("south", "north"), worth.values(), strict=True):
            assert value == stated_worth(case.preferences_of[name], takes)


def test_import_into_what_is_not_empty_is_refused(
    grocery: Path, tmp_path: Path, detente: Detente
) -> None:
    full = write_folder(tmp_path / "full", {"note.txt": "mine"})
    refused(detente("import", grocery, "-o", full), "exists and is not empty")
    refused(detente("import", grocery, "-o", full / "note.txt"), "exists and is not empty")
    assert [each.name for each in full.iterdir()] == ["note.txt"]
    assert (full / "note.txt").read_text() == "mine"
    empty = write_folder(tmp_path / "empty", {})
    assert detente("import", grocery, "-o", empty).code == 0


def test_what_is_no_scenario_is_not_imported(case: Path, tmp_path: Path, detente: Detente) -> None:
    new = tmp_path / "new"
    refused(detente("import", case, "-o", new), "case.yaml: This is a case, not a scenario")
    refused(detente("import", tmp_path / "missing", "-o", new), "There is no such folder")
    refused(detente("import", write_folder(tmp_path / "e", {}), "-o", new), "it is empty")
    mixed = write_folder(tmp_path / "mixed", {**GENIUS, **NEGOLOG})
    refused(detente("import", mixed, "-o", new), "The folder mixes formats")
    refused(detente("import", mixed), "'-o'")
    assert not new.exists()


def test_every_fault_of_a_scenario_is_told_at_once(tmp_path: Path, detente: Detente) -> None:
    files = {**GENIUS, "island.xml": _BOMB, "operator.xml": OPERATOR_XML[:120]}
    folder = write_folder(tmp_path / "ferry", files)
    called = detente("frontier", folder)
    assert (called.code, called.out) == (2, "")
    assert [line.split(":")[0].rsplit("/")[-1] for line in called.err.splitlines()] == [
        "island.xml",
        "operator.xml",
    ]


@pytest.mark.parametrize(
    ("files", "form", "words"),
    [
        (GENIUS, "negolog", "NegoLog JSON has no integer issues, and 'trips' is one"),
        (GENIUS, "geniusweb", "GeniusWeb JSON has no discount factor, and 'island' states one"),
        (RECTANGLES, "negolog", "NegoLog JSON holds two parties; the scenario has 1"),
        (RECTANGLES, "geniusweb", "GeniusWeb JSON has no rectangles, and 'fields' is made of them"),
        (NEGMAS, "genius", "Genius XML has weights that sum to 1"),
    ],
)
def test_what_a_format_cannot_hold_is_refused_by_name_and_nothing_is_written(
    tmp_path: Path, detente: Detente, files: dict[str, str], form: str, words: str
) -> None:
    folder = write_folder(tmp_path / "ferry", files)
    assert detente("import", folder, "-o", tmp_path / "case").code == 0
    called = detente("export", tmp_path / "case", "-o", tmp_path / "new", "--format", form)
    refused(called, words)
    assert {each.name for each in tmp_path.iterdir()} == {"ferry", "case"}


def test_a_case_with_constraints_is_not_exported(
    case: Path, tmp_path: Path, detente: Detente
) -> None:
    for form in ("genius", "geniusweb", "negolog", "negmas"):
        called = detente("export", case, "-o", tmp_path / "new", "--format", form)
        refused(called, "A scenario has no place for the constraint 'lanes-cost'")
    assert [each.name for each in tmp_path.iterdir()] == ["bridge"]


def test_export_into_what_is_not_empty_is_refused(
    grocery: Path, tmp_path: Path, detente: Detente
) -> None:
    assert detente("import", grocery, "-o", tmp_path / "case").code == 0
    full = write_folder(tmp_path / "full", {"note.txt": "mine"})
    refused(detente("export", tmp_path / "case", "-o", full), "not empty")
    refused(detente("export", tmp_path / "case", "-o", full / "note.txt"), "not empty")
    assert [each.name for each in full.iterdir()] == ["note.txt"]
    refused(detente("export", tmp_path / "case", "-o", full, "--format", "xml"), "'xml'")
    refused(
        detente("export", tmp_path / "case", "-o", tmp_path / "n", "--party", "islnd"), "'islan"
    )
    assert detente("export", tmp_path / "case", "-o", tmp_path / "deep" / "new").code == 0
    empty = write_folder(tmp_path / "empty", {})
    assert detente("export", tmp_path / "case", "-o", empty).code == 0
    assert {each.name for each in tmp_path.iterdir()} == {"ferry", "case", "full", "deep", "empty"}


def test_export_goes_into_the_folder_one_stands_in(
    grocery: Path, tmp_path: Path, detente: Detente, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert detente("import", grocery, "-o", tmp_path / "case").code == 0
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert detente("export", tmp_path / "case", "-o", ".").code == 0


# --- chance ---------------------------------------------------------------------------------------


@pytest.fixture
def believed(tmp_path: Path) -> Path:
    """Write the minimal case with constraints; nobody states what it prefers."""
    return write_case(tmp_path / "bridge", **_BELIEVED)


_ESTIMATE = {"in_sample", "out_of_sample", "standard_error", "exact"}


def test_the_best_chance_has_the_keys_agreed(believed: Path, detente: Detente) -> None:
    called = detente("chance", believed, "--samples", 500, "--json")
    assert (called.code, called.err) == (0, "")
    data = called.json
    assert data.keys() == _ESTIMATE | {
        *("scenario", "bound", "local_optimum", "samples", "seed", "seconds", "package")
    }
    assert (data["scenario"], data["samples"], data["local_optimum"]) == ("ferry-stays", 500, True)
    case = load(believed)
    assert data["package"].keys() == case.point_of.keys()
    assert all(allowed(each, data["package"]) for each in case.constraints)
    outlook = Outlook.of(case)
    exact = outlook.probability(outlook.compiled.package(data["package"]))
    assert data["exact"] == pytest.approx(exact, abs=_NEAR)
    assert data["exact"] <= data["bound"] + _NEAR <= 1.0 + _NEAR
    again = detente("chance", believed, "--samples", 500, "--json").json
    other = detente("chance", believed, "--samples", 500, "--seed", 1, "--json").json
    assert {**again, "seconds": 0} == {**data, "seconds": 0}
    assert (other["seed"], other["exact"]) == (1, data["exact"])
    assert other["in_sample"] != data["in_sample"]


def test_whoever_states_what_it_prefers_is_taken_at_its_word(case: Path, detente: Detente) -> None:
    data = detente("chance", case, "--samples", 500, "--json").json
    assert data["package"]["toll"] == "shared"
    assert (data["in_sample"], data["out_of_sample"], data["standard_error"]) == (1.0, 1.0, 0.0)
    assert (data["exact"], data["bound"]) == (pytest.approx(1.0), pytest.approx(1.0))


def test_people_are_told_chance_bound_and_package(believed: Path, detente: Detente) -> None:
    data = detente("chance", believed, "--json").json
    called = detente("chance", believed)
    words = unwrapped(called.out)
    assert (called.code, called.err) == (0, "")
    assert words.startswith("Most likely to pass, as far as found: ")
    assert "of the 2,000 draws it was chosen by" in words
    assert "No package passes with more than " in words
    assert "(proven)" in words
    assert "No change of a single point is better on these draws." in words
    for point, option in data["package"].items():
        assert f"{point} {option}" in words


def test_the_fewest_changes_have_the_keys_agreed(believed: Path, detente: Detente) -> None:
    asked = ("chance", believed, "--draft", "first", "--at-least", "0.3", "--samples", 500)
    called = detente(*asked, "--json")
    assert (called.code, called.err) == (0, "")
    data = called.json
    assert data.keys() == _ESTIMATE | {
        *("draft", "scenario", "wanted", "changes", "count", "at_least", "proven"),
        *("samples", "seed", "seconds", "package"),
    }
    assert (data["draft"], data["wanted"]) == ("first", 0.3)
    assert (data["changes"], data["count"], data["at_least"], data["proven"]) == ({}, 0, 0, True)
    assert data["in_sample"] >= 0.3
    words = unwrapped(detente(*asked).out)
    assert words.startswith("first: 0 changes reach 30 % (proven to be the fewest).")


def test_a_draft_that_constraints_rule_out_is_changed(believed: Path, detente: Detente) -> None:
    asked = ("chance", believed, "--draft", "second", "--at-least", "0.3", "--samples", 500)
    data = detente(*asked, "--json").json
    assert (data["changes"], data["count"], data["proven"]) == ({"toll": "shared"}, 1, True)
    assert data["package"] == {"toll": "shared", "lanes": "four"}
    words = unwrapped(detente(*asked).out)
    assert words.startswith("second: 1 change reach")
    assert words.endswith("toll shared")


def test_a_chance_that_nothing_reaches_is_told(believed: Path, detente: Detente) -> None:
    asked = ("chance", believed, "--draft", "first", "--at-least", "0.99", "--samples", 500)
    data = detente(*asked, "--json").json
    nothing = (data["changes"], data["count"], data["at_least"], data["proven"])
    assert nothing == (None, None, None, False)
    called = detente(*asked)
    assert called.code == 0
    assert unwrapped(called.out).startswith("No package passes with 99 % or more (proven).")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("--draft", "first"), "--draft and --at-least go together"),
        (("--at-least", "0.3"), "--draft and --at-least go together"),
        (("--draft", "frist", "--at-least", "0.3"), "did you mean 'first'?"),
        (("--draft", "first", "--at-least", "1.5"), "wanted is 1.5; it must lie between 0 and 1"),
        (("--draft", "first", "--at-least", "nan"), "wanted is nan; it must lie between 0 and 1"),
        (("--draft", "first", "--at-least", "half"), "'half' is not a valid float"),
        (("--samples", "10"), "'--samples'"),
        (("--samples", "many"), "'--samples'"),
        (("--seconds", "0"), "'--seconds'"),
        (("--scenario", "fery-ends"), "did you mean 'ferry-ends'?"),
    ],
)
def test_wrong_use_of_chance_is_one_line(
    believed: Path, detente: Detente, asked: tuple[str, ...], words: str
) -> None:
    refused(detente("chance", believed, *asked), words)


def test_a_negative_seed_is_refused(believed: Path, detente: Detente) -> None:
    refused(detente("chance", believed, "--seed", "-1"), "'--seed'")


def test_chance_asks_about_cases_only(grocery: Path, detente: Detente) -> None:
    refused(detente("chance", grocery), "This is not a case")


# --- options that mean nothing --------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        ("frontier", "--most", "1"),
        ("frontier", "--most", "few"),
        ("frontier", "--seconds", "0"),
        ("frontier", "--list", "0"),
        ("frontier", "--all-packages", "-1"),
        ("solve", "--seconds", "-1"),
        ("improve", "--seconds", "0"),
    ],
    ids=" ".join,
)
def test_numbers_out_of_range_are_refused(
    case: Path, detente: Detente, asked: tuple[str, ...]
) -> None:
    refused(detente(asked[0], case, *asked[1:]), f"'{asked[1]}'")
