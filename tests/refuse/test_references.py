"""Names that lead nowhere, names that stand twice, and chains that lead back to themselves."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from case.minimal import MINIMAL, write_case
from cli.calls import Detente
from refuse.faults import Fault, Refuses, edited

_LANES = """\
- id: lanes
  title: Lanes
  status_quo: two
  options:
    - {id: two, text: Two lanes}
    - {id: four, text: Four lanes}
"""

_UNKNOWN = {
    "a point in a statement": (
        edited("statements", "point: toll", "point: tol"),
        Fault("statements.yaml", 6, 18, "Unknown point 'tol'; did you mean 'toll'?"),
    ),
    "a point in a draft, at its key": (
        edited("drafts", "toll: shared", "toll: shared\n    tol: shared"),
        Fault("drafts.yaml", 5, 5, "Unknown point 'tol'; did you mean 'toll'?"),
    ),
    "a point in a draft's numbering": (
        edited("drafts", "toll: shared", "toll: shared\n  numbering: {tol: 3}"),
        Fault("drafts.yaml", 5, 15, "Unknown point 'tol'; did you mean 'toll'?"),
    ),
    "a point in a rule": (
        edited("consent", "points: all", "points: [tol]"),
        Fault("consent.yaml", 3, 12, "Unknown point 'tol'; did you mean 'toll'?"),
    ),
    "a point in a condition": (
        edited("statements", "stance: 1", "stance: 1\n  condition: {text: if, options: {tol: x}}"),
        Fault("statements.yaml", 8, 35, "Unknown point 'tol'; did you mean 'toll'?"),
    ),
    "a point in a rating": (
        edited("ratings", "point: toll", "point: tol"),
        Fault("ratings.yaml", 3, 27, "Unknown point 'tol'; did you mean 'toll'?"),
    ),
    "a point that would lift a bar": (
        edited(
            "consent",
            "    all: [north, south]",
            "    fact: {text: x, holds: true, lifted_by: [tol]}",
        ),
        Fault("consent.yaml", 5, 46, "Unknown point 'tol'; did you mean 'toll'?"),
    ),
    "an option in a statement": (
        edited("statements", "option: shared", "option: shard"),
        Fault("statements.yaml", 6, 32, "no option 'shard'; did you mean 'shared'?"),
    ),
    "an option in a draft": (
        edited("drafts", "toll: shared", "toll: shard"),
        Fault("drafts.yaml", 4, 11, "no option 'shard'; did you mean 'shared'?"),
    ),
    "an option in an open choice": (
        edited("drafts", "toll: shared", "toll: {open: [none, shard]}"),
        Fault("drafts.yaml", 4, 25, "no option 'shard'; did you mean 'shared'?"),
    ),
    "an option in a rule": (
        edited("consent", "points: all", "points: [{toll: [shard]}]"),
        Fault("consent.yaml", 3, 20, "no option 'shard'; did you mean 'shared'?"),
    ),
    "an option in a rating": (
        edited("ratings", "option: shared", "option: shard"),
        Fault("ratings.yaml", 3, 41, "no option 'shard'; did you mean 'shared'?"),
    ),
    "an option in a comparison": (
        edited("statements", "stance: 1", "preferred_to: {option: non}"),
        Fault("statements.yaml", 7, 26, "no option 'non'; did you mean 'none'?"),
    ),
    "the option that is the status quo": (
        edited("points", "status_quo: none", "status_quo: non"),
        Fault("points.yaml", 3, 15, "'non' is not an option of 'toll'; did you mean 'none'?"),
    ),
    "an actor in a statement": (
        edited("statements", "actor: north", "actor: norht"),
        Fault("statements.yaml", 2, 10, "Unknown actor 'norht'; did you mean 'north'?"),
    ),
    "an actor in a list of several": (
        edited("statements", "actor: north", "actor: [south, norht]"),
        Fault("statements.yaml", 2, 18, "Unknown actor 'norht'; did you mean 'north'?"),
    ),
    "an actor for whom somebody speaks": (
        edited("actors", "speaks_for: north", "speaks_for: norht"),
        Fault("actors.yaml", 10, 17, "Unknown actor 'norht'; did you mean 'north'?"),
    ),
    "an actor whose belief is inherited": (
        edited("actors", "name: Northtown", "name: Northtown\n    inherits: soth"),
        Fault("actors.yaml", 4, 15, "Unknown actor 'soth'; did you mean 'south'?"),
    ),
    "an actor who is a member": (
        edited("actors", "name: Northtown", "name: Northtown\n    members: [soth]"),
        Fault("actors.yaml", 4, 15, "Unknown actor 'soth'; did you mean 'south'?"),
    ),
    "an actor in a rule": (
        edited("consent", "[north, south]", "[north, soth]"),
        Fault("consent.yaml", 5, 18, "Unknown actor 'soth'; did you mean 'south'?"),
    ),
    "an actor with a weight, at its key": (
        edited(
            "consent", "    all: [north, south]", "    weighted: {weights: {norht: 2}, quota: 1}"
        ),
        Fault("consent.yaml", 5, 26, "Unknown actor 'norht'; did you mean 'north'?"),
    ),
    "an actor as the body of a rule": (
        edited("consent", "points: all", "points: all\n  body: norht"),
        Fault("consent.yaml", 4, 9, "Unknown actor 'norht'; did you mean 'north'?"),
    ),
    "an actor as the origin of a draft": (
        edited("drafts", "date: 2025-06-01", "date: 2025-06-01\n  origin: [norht]"),
        Fault("drafts.yaml", 3, 12, "Unknown actor 'norht'; did you mean 'north'?"),
    ),
    "a person": (
        edited("statements", "speaker: mayor", "speaker: major"),
        Fault("statements.yaml", 3, 12, "Unknown person 'major'; did you mean 'mayor'?"),
    ),
    "a draft that another is based on": (
        edited("drafts", "id: second", "id: second\n  based_on: firts"),
        Fault("drafts.yaml", 6, 13, "Unknown draft 'firts'; did you mean 'first'?"),
    ),
    "a draft in a statement": (
        edited("statements", "{point: toll, option: shared}", "{draft: secnd}"),
        Fault("statements.yaml", 6, 18, "Unknown draft 'secnd'; did you mean 'second'?"),
    ),
    "a source": (
        edited("statements", "source: gazette", "source: gazete"),
        Fault("statements.yaml", 5, 11, "Unknown source 'gazete'; did you mean 'gazette'?"),
    ),
    "a source of one reading": (
        edited(
            "statements", "stance: 1", "stance: 1\n  readings:\n    - {text: x, source: gazete}"
        ),
        Fault("statements.yaml", 9, 25, "Unknown source 'gazete'; did you mean 'gazette'?"),
    ),
    "a scenario": (
        edited("ratings", "scenario: ferry-ends", "scenario: fery-ends"),
        Fault("ratings.yaml", 8, 30, "Unknown scenario 'fery-ends'; did you mean 'ferry-ends'?"),
    ),
}


@pytest.mark.parametrize(("files", "fault"), _UNKNOWN.values(), ids=_UNKNOWN.keys())
def test_an_unknown_name_is_told_with_the_one_probably_meant(
    tmp_path: Path, refuses: Refuses, files: Mapping[str, str], fault: Fault
) -> None:
    refuses(write_case(tmp_path, **files), [fault])


def test_a_name_unlike_all_known_ones_is_told_with_those_known(
    tmp_path: Path, refuses: Refuses
) -> None:
    folder = write_case(tmp_path, **edited("statements", "actor: north", "actor: xyz"))
    words = "Unknown actor 'xyz'; known are 'north', 'south'."
    refuses(folder, [Fault("statements.yaml", 2, 10, words)])


def test_an_option_of_another_point_is_told_with_its_own_point(
    tmp_path: Path, refuses: Refuses
) -> None:
    drafts = "id: first\ntakes:\n  toll: four\n  lanes: four\n"
    folder = write_case(tmp_path, points=MINIMAL["points.yaml"] + _LANES, drafts=drafts)
    words = "Option 'four' belongs to point 'lanes', not to 'toll'"
    refuses(folder, [Fault("drafts.yaml", 3, 9, words)])


def test_a_draft_that_skips_a_point_is_told_which(tmp_path: Path, refuses: Refuses) -> None:
    drafts = "id: first\ntakes:\n  toll: shared\n"
    folder = write_case(tmp_path, points=MINIMAL["points.yaml"] + _LANES, drafts=drafts)
    words = "Draft 'first' says nothing on 'lanes'; write 'absent'"
    refuses(folder, [Fault("drafts.yaml", 3, 3, words)])


_TWICE = {
    "a draft in one file": (
        edited("drafts", "id: second", "id: first"),
        Fault("drafts.yaml", 5, 7, "The draft 'first' is defined twice, first in "),
    ),
    "an actor in one file": (
        edited("actors", "id: north\n", "id: north\n    name: A\n  - id: north\n"),
        Fault("actors.yaml", 4, 9, "The actor 'north' is defined twice, first in "),
    ),
    "an option of one point": (
        edited("points", "id: shared", "id: shared\n      text: A\n    - id: shared"),
        Fault("points.yaml", 9, 11, "The option 'shared' stands twice in point 'toll'"),
    ),
    "a scenario": (
        edited("case", "id: ferry-ends", "id: ferry-ends\n    title: A\n  - id: ferry-ends"),
        Fault("case.yaml", 8, 9, "The scenario 'ferry-ends' is defined twice"),
    ),
    "a draft in two files": (
        {"drafts": None, "drafts/a.yaml": "id: a\ntakes: {toll: none}\n"}
        | {"drafts/b.yaml": "# the other\nid: a\ntakes: {toll: none}\n"},
        Fault("drafts/b.yaml", 2, 5, "The draft 'a' is defined twice, first in "),
    ),
    "a statement in two files": (
        {"statements": None}
        | {f"statements/{name}.yaml": MINIMAL["statements.yaml"] for name in ("may", "june")},
        Fault("statements/may.yaml", 1, 7, "The statement 'mayor-june' is defined twice, first in"),
    ),
    "a draft in one line": pytest.param(
        {"drafts": "[{id: a, takes: {toll: none}}, {id: a, takes: {toll: shared}}]\n"},
        Fault("drafts.yaml", 1, 37, "The draft 'a' is defined twice"),
    ),
    "a member of a body": (
        edited("actors", "name: Northtown", "name: N\n    members: [south, south]"),
        Fault("actors.yaml", 4, 14, "A member of 'north' is listed twice."),
    ),
    "an assumption": (
        edited("ratings", "option: north-only", "option: shared"),
        Fault("ratings.yaml", 4, 5, "This assumption about 'south' stands twice; keep one."),
    ),
}


@pytest.mark.parametrize(("files", "fault"), _TWICE.values(), ids=_TWICE.keys())
def test_what_stands_twice_is_told_at_the_second_place(
    tmp_path: Path, refuses: Refuses, files: Mapping[str, str | None], fault: Fault
) -> None:
    refuses(write_case(tmp_path, **files), [fault])


_SHARED = {
    "that is the name of another actor": (
        edited("actors", "name: Northtown", "name: Northtown\n    aliases: [Hill, the southtown]"),
        [Fault("actors.yaml", 4, 21, "'the southtown' is an alias of 'north' and a name of")],
    ),
    "that two actors bear": (
        edited(
            "actors",
            "name: Northtown",
            "name: Northtown\n    aliases: [Hill]",
            ("name: Southtown", "name: Southtown\n    aliases: [The  hill]"),
        ),
        [
            Fault("actors.yaml", 4, 15, "'Hill' is an alias of 'north' and a name of 'south' too"),
            Fault("actors.yaml", 7, 15, "'The  hill' is an alias of 'south' and a name of 'north'"),
        ],
    ),
    "that two people bear": (
        edited(
            "actors",
            "people:",
            "people:\n  - {id: one, name: Ana, aliases: [Chair]}\n  - {id: two, name: chair}",
        ),
        [Fault("actors.yaml", 7, 36, "'Chair' is an alias of 'one' and a name of 'two' too")],
    ),
}


@pytest.mark.parametrize(("files", "faults"), _SHARED.values(), ids=_SHARED.keys())
def test_an_alias_is_of_one_alone(
    tmp_path: Path, refuses: Refuses, files: Mapping[str, str | None], faults: list[Fault]
) -> None:
    refuses(write_case(tmp_path, **files), faults)


def test_an_alias_may_repeat_the_name_of_its_own_actor(tmp_path: Path, detente: Detente) -> None:
    files = edited("actors", "name: Northtown", "name: Northtown\n    aliases: [northtown]")
    assert detente("check", write_case(tmp_path, **files)).code == 0


def test_a_record_repeated_by_an_alias_stands_twice(tmp_path: Path, detente: Detente) -> None:
    folder = write_case(tmp_path, drafts="- &a {id: a, takes: {toll: none}}\n- *a\n")
    told = detente("check", folder)
    assert told.code == 2
    assert "The draft 'a' is defined twice" in told.err


@pytest.mark.parametrize("key", ["members", "inherits"])
def test_a_circle_is_told_once_with_all_its_steps(
    tmp_path: Path, refuses: Refuses, key: str
) -> None:
    def leads_to(actor: str) -> str:
        return f"{key}: [{actor}]" if key == "members" else f"{key}: {actor}"

    files = edited(
        "actors",
        "name: Northtown",
        f"name: Northtown\n    {leads_to('south')}",
        ("name: Southtown", f"name: Southtown\n    {leads_to('north')}"),
    )
    words = f"The chain of '{key}' runs in a circle: north -> south -> north."
    column = 5 + len(key) + 2
    refuses(write_case(tmp_path, **files), [Fault("actors.yaml", 4, column, words)])


def test_an_actor_that_inherits_from_itself_is_a_circle(tmp_path: Path, refuses: Refuses) -> None:
    files = edited("actors", "name: Northtown", "name: Northtown\n    inherits: north")
    refuses(write_case(tmp_path, **files), [Fault("actors.yaml", 4, 15, "north -> north.")])
