"""Saving keeps what a person wrote, and never leaves half a file."""

from __future__ import annotations

import difflib
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from case.minimal import MINIMAL, PACKAGES, write_case
from detente import CaseError, load, save
from detente.case.case import Case
from detente.case.constraints import Requirement
from detente.case.examples import example_folder
from detente.case.load import with_texts
from detente.case.preferences import Preferences
from detente.case.records import About, Actor, Draft, Person, Ratings, Statement
from detente.case.write import changed_texts, write_texts

_COMMENTED = {
    "statements": """\
# Who said what; paraphrased.

# --- spring ---
- id: mayor-june   # the first word on it
  actor: north
  speaker: mayor
  date: 2025-06-10
  source: gazette
  about: {point: toll, option: shared}
  stance: 1        # cautious
  gist: Could live with a shared toll

# --- summer ---
- id: mayor-july
  actor: "north"
  date: '2025-07-01'
  about:
    point: toll    # at large
  stance: -0.50
  gist: >-
    Wants to see the accounts of the ferry
    before anything is said of a toll

# --- autumn ---
- id: south-september
  actor: south
  date: 2025-09-01
  about: {draft: second}
  stance: -2
  gist: Will not have it
# the end
""",
    "case": """\
# About the bridge.
title: A bridge between two towns   # the working title
as_of: 2025-12-31
scenarios:
  # what is more likely
  - id: ferry-stays
    title: The ferry goes on
  - id: ferry-ends
    title: The ferry is given up
""",
    "actors": """\
# The towns.
actors:
  - id: north     # the larger one
    name: Northtown
  # across the river
  - id: south
    name: Southtown
people:
  - id: mayor
    name: The mayor
    authority: head   # by charter
    speaks_for: north
""",
    "ratings": MINIMAL["ratings.yaml"]
    .replace("no_deal:", "# what no agreement is worth\nno_deal:  # on -3..3")
    .replace("reason: cut off in winter}", "reason: cut off in winter}  # as in 2012"),
}


def _bytes(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def _comments(folder: Path) -> list[str]:
    lines = (
        line for path in sorted(folder.rglob("*.yaml")) for line in path.read_text().splitlines()
    )
    return sorted(line.partition("#")[2] for line in lines if "#" in line)


def _changed(old: str, new: str) -> tuple[list[str], list[str]]:
    """Return the lines that are gone and the lines that are new."""
    lines = list(difflib.ndiff(old.splitlines(), new.splitlines()))
    gone = [line[2:] for line in lines if line.startswith("- ")]
    return gone, [line[2:] for line in lines if line.startswith("+ ")]


def _with_statement(case: Case, place: int, **update: object) -> Case:
    statements = list(case.statements)
    statements[place] = statements[place].model_copy(update=update)
    return replace(case, statements=tuple(statements))


@pytest.fixture(params=["minimal", "commented", "packages", "example"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a case folder that may be written to."""
    target = tmp_path / "case"
    if request.param == "example":
        shutil.copytree(example_folder("ukraine-2025"), target)
        return target
    files = {"commented": _COMMENTED, "packages": PACKAGES}
    return write_case(target, **files.get(request.param, {}))


@pytest.fixture
def commented(tmp_path: Path) -> Path:
    """Return the minimal case with comments."""
    return write_case(tmp_path / "case", **_COMMENTED)


# --- nothing changed ------------------------------------------------------------------------------


def test_an_unchanged_case_keeps_every_byte_of_its_folder(folder: Path) -> None:
    before = _bytes(folder)
    save(load(folder), folder)
    assert _bytes(folder) == before


def test_an_unchanged_case_is_not_even_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("nothing was to be written")

    case = load(folder)
    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    save(case, folder)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.rstrip("\n").encode(),
        lambda text: b"---\n" + text.encode() + b"...\n",
        lambda text: text.replace("\n", "\n\n").encode(),
    ],
    ids=["CRLF", "byte order mark", "no last line end", "marks of the document", "blank lines"],
)
def test_an_unchanged_case_keeps_every_byte_of_an_unusual_frame(
    tmp_path: Path, change: Callable[[str], bytes]
) -> None:
    folder = write_case(tmp_path, **{name[:-5]: change(text) for name, text in MINIMAL.items()})
    before = _bytes(folder)
    save(load(folder), folder)
    assert _bytes(folder) == before


def test_a_case_saved_elsewhere_is_the_same_case_with_its_comments(
    folder: Path, tmp_path: Path
) -> None:
    case = load(folder)
    save(case, tmp_path / "new" / "place")
    assert load(tmp_path / "new" / "place") == case
    assert _bytes(tmp_path / "new" / "place") == _bytes(folder)


# --- something changed ----------------------------------------------------------------------------


@pytest.mark.parametrize("stance", [2.0, 2, -0.25, 0.0])
def test_a_changed_case_is_read_back_as_it_was_saved(folder: Path, stance: float) -> None:
    case = _with_statement(load(folder), 0, stance=stance)
    save(case, folder)
    assert load(folder) == case
    assert load(folder).statements[0].stance == stance


def test_a_changed_value_changes_only_its_line_in_a_mapping(commented: Path) -> None:
    old = (commented / "case.yaml").read_text(encoding="utf-8")
    case = load(commented)
    about = case.about.model_copy(update={"title": "A tunnel"})
    save(replace(case, about=about), commented)
    new = (commented / "case.yaml").read_text(encoding="utf-8")
    gone, come = _changed(old, new)
    assert gone == ["title: A bridge between two towns   # the working title"]
    assert [line.split() for line in come] == [
        ["title:", "A", "tunnel", "#", "the", "working", "title"]
    ]


def test_a_changed_actor_changes_only_its_line(commented: Path) -> None:
    old = (commented / "actors.yaml").read_text(encoding="utf-8")
    case = load(commented)
    renamed = case.actors[1].model_copy(update={"name": "Sud"})
    save(replace(case, actors=(case.actors[0], renamed)), commented)
    new = (commented / "actors.yaml").read_text(encoding="utf-8")
    assert _changed(old, new) == (["    name: Southtown"], ["    name: Sud"])


def test_a_changed_value_changes_only_its_line_in_a_list(commented: Path) -> None:
    old = (commented / "statements.yaml").read_text(encoding="utf-8")
    save(_with_statement(load(commented), 2, stance=-1.0), commented)
    new = (commented / "statements.yaml").read_text(encoding="utf-8")
    assert _changed(old, new) == (["  stance: -2"], ["  stance: -1.0"])


def test_a_changed_value_changes_only_its_line_in_the_example(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(example_folder("ukraine-2025"), folder)
    old = (folder / "actors.yaml").read_text(encoding="utf-8")
    case = load(folder)
    renamed = case.actors[0].model_copy(update={"name": "Here"})
    save(replace(case, actors=(renamed, *case.actors[1:])), folder)
    new = (folder / "actors.yaml").read_text(encoding="utf-8")
    assert _changed(old, new) == (["    name: Ukraine"], ["    name: Here"])


def test_other_files_keep_every_byte_when_one_record_changes(folder: Path) -> None:
    before = _bytes(folder)
    save(_with_statement(load(folder), 0, stance=-1.5), folder)
    after = _bytes(folder)
    assert {name for name in before if before[name] != after[name]} == {"statements.yaml"}
    assert before.keys() == after.keys()


def test_all_comments_stay_when_one_value_changes(folder: Path) -> None:
    before = _comments(folder)
    save(_with_statement(load(folder), 0, stance=-1.5), folder)
    assert _comments(folder) == before


def test_all_comments_stay_when_a_record_is_added(folder: Path) -> None:
    before = _comments(folder)
    case = load(folder)
    actor = Actor(id="harbour", name="Harbour: the board")
    save(replace(case, actors=(*case.actors, actor)), folder)
    assert _comments(folder) == before
    assert load(folder).actors[-1] == actor


def test_all_comments_stay_when_an_assumption_changes(commented: Path) -> None:
    before = _comments(commented)
    case = load(commented)
    (ratings,) = case.ratings
    worth = ratings.no_deal[0].model_copy(update={"value": -2.0})
    save(replace(case, ratings=(ratings.model_copy(update={"no_deal": (worth,)}),)), commented)
    assert load(commented).ratings[0].no_deal == (worth,)
    assert _comments(commented) == before


def test_a_changed_number_changes_only_its_line_in_preferences(tmp_path: Path) -> None:
    folder = write_case(tmp_path, **PACKAGES)
    case = load(folder)
    values = {**case.preferences[0].values, "toll": {"none": 0, "shared": "2/3", "north-only": 1.0}}
    changed = case.preferences[0].model_copy(update={"values": values})
    case = replace(case, preferences=(changed, case.preferences[1]))
    save(case, folder)
    assert load(folder) == case
    new = (folder / "preferences.yaml").read_text(encoding="utf-8")
    old = '    toll: {none: 0, shared: "1/3", north-only: 1.0}   # in thirds'
    gone, come = _changed(PACKAGES["preferences"], new)
    assert gone == [old]
    assert come == [old.replace('"1/3"', "2/3")]


def test_a_changed_requirement_keeps_its_keys(tmp_path: Path) -> None:
    folder = write_case(tmp_path, **PACKAGES)
    case = load(folder)
    requires = Requirement.model_validate({"if": {"lanes": "four"}, "then": {"toll": "shared"}})
    first = case.constraints[0].model_copy(update={"requires": requires})
    case = replace(case, constraints=(first, *case.constraints[1:]))
    save(case, folder)
    assert load(folder) == case
    new = (folder / "constraints.yaml").read_text(encoding="utf-8")
    assert _changed(PACKAGES["constraints"], new) == (
        ["  requires: {if: {lanes: four}, then: {toll: [shared, north-only]}}"],
        ["  requires: {if: {lanes: four}, then: {toll: shared}}"],
    )


def test_a_changed_file_keeps_its_line_ends(tmp_path: Path) -> None:
    crlf = {name[:-5]: text.replace("\n", "\r\n") for name, text in MINIMAL.items()}
    folder = write_case(tmp_path, **crlf)
    case = load(folder)
    save(replace(case, about=case.about.model_copy(update={"title": "A tunnel"})), folder)
    lines = (folder / "case.yaml").read_bytes().splitlines(keepends=True)
    assert lines[0] == b"title: A tunnel\r\n"
    assert all(line.endswith(b"\r\n") for line in lines)


def test_a_changed_file_keeps_its_rights(tmp_path: Path) -> None:
    folder = write_case(tmp_path)
    (folder / "statements.yaml").chmod(0o640)
    save(_with_statement(load(folder), 0, stance=-1.5), folder)
    assert (folder / "statements.yaml").stat().st_mode & 0o777 == 0o640


# --- records come and go --------------------------------------------------------------------------

_NEW = Statement(
    id="new", actor="north", date="2025-12-01", about=About(point="toll"), stance=-1.0, gist="No: #"
)


def test_a_new_statement_goes_to_the_end_of_its_file(commented: Path) -> None:
    case = load(commented)
    save(replace(case, statements=(*case.statements, _NEW)), commented)
    again = load(commented)
    assert again.statements == (*case.statements, _NEW)
    assert {entry.document.file for entry in again.entries if entry.record in again.statements} == {
        str(commented / "statements.yaml")
    }


def test_a_new_statement_keeps_its_place(commented: Path) -> None:
    case = load(commented)
    changed = replace(case, statements=(_NEW, *case.statements))
    save(changed, commented)
    assert load(commented) == changed


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_removed_statement_is_gone_and_the_others_stay(commented: Path, place: int) -> None:
    case = load(commented)
    rest = case.statements[:place] + case.statements[place + 1 :]
    save(replace(case, statements=rest), commented)
    assert load(commented).statements == rest


@pytest.mark.parametrize("place", [0, 1])
def test_the_heading_of_the_next_record_stays_when_one_is_removed(
    commented: Path, place: int
) -> None:
    case = load(commented)
    save(
        replace(case, statements=case.statements[:place] + case.statements[place + 1 :]), commented
    )
    text = (commented / "statements.yaml").read_text(encoding="utf-8")
    assert ["# --- summer ---", "# --- autumn ---"][place] in text


def test_preferences_of_another_actor_go_to_the_end_of_their_file(tmp_path: Path) -> None:
    folder = write_case(tmp_path, **PACKAGES)
    case = load(folder)
    added = Preferences(actor="south", values={"lanes": {"two": 0, "four": "5/7"}})
    save(replace(case, preferences=(case.preferences[0],)), folder)
    case = load(folder)
    changed = replace(case, preferences=(*case.preferences, added))
    save(changed, folder)
    assert load(folder) == changed
    assert "# Asked in both councils." in (folder / "preferences.yaml").read_text(encoding="utf-8")


def test_preferences_in_files_of_their_own_stay_there(tmp_path: Path) -> None:
    north, south = PACKAGES["preferences"].split("- actor: south")
    files = {"preferences/a.yaml": north, "preferences/b.yaml": "- actor: south" + south}
    folder = write_case(tmp_path, **(PACKAGES | {"preferences": None} | files))
    case = load(folder)
    before = _bytes(folder)
    save(case, folder)
    assert _bytes(folder) == before
    richer = case.preferences[1].model_copy(update={"constant": 11})
    save(replace(case, preferences=(case.preferences[0], richer)), folder)
    after = _bytes(folder)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {str(Path("preferences") / "b.yaml")}


def test_new_preferences_beside_single_records_have_a_file_of_their_own(tmp_path: Path) -> None:
    alone = {"preferences/north.yaml": "actor: north\nvalues: {lanes: {two: 0, four: 1}}\n"}
    folder = write_case(tmp_path, **(PACKAGES | {"preferences": None} | alone))
    case = load(folder)
    added = Preferences(actor="south", reservation="1/2")
    save(replace(case, preferences=(*case.preferences, added)), folder)
    assert load(folder).preferences == (*case.preferences, added)
    assert (folder / "preferences" / "south.yaml").exists()


def test_a_file_whose_every_record_is_gone_is_removed(tmp_path: Path) -> None:
    folder = write_case(tmp_path)
    case = replace(load(folder), statements=())
    save(case, folder)
    assert not (folder / "statements.yaml").exists()
    assert load(folder) == case


def test_a_file_is_removed_however_the_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_case(tmp_path / "case")
    monkeypatch.chdir(tmp_path)
    case = replace(load("case"), statements=())
    save(case, tmp_path / "case")
    assert load("case") == case


def _split(folder: Path, **files: str | None) -> Path:
    first = "# kept\nid: first\ntakes: {toll: shared}\n"
    return write_case(folder, drafts=None, **({"drafts/third.yaml": first} | files))


def test_a_new_draft_has_a_file_of_its_own(tmp_path: Path) -> None:
    folder = _split(tmp_path)
    case = load(folder)
    changed = replace(case, drafts=(*case.drafts, Draft(id="new", takes={"toll": "none"})))
    before = _bytes(folder)
    save(changed, folder)
    assert load(folder).drafts == (changed.drafts[1], changed.drafts[0])  # in the order of files
    assert {name: text for name, text in _bytes(folder).items() if name in before} == before


def test_a_new_draft_does_not_take_the_file_of_another(tmp_path: Path) -> None:
    folder = _split(tmp_path)
    case = load(folder)
    changed = replace(case, drafts=(*case.drafts, Draft(id="third", takes={"toll": "none"})))
    save(changed, folder)
    assert {draft.id for draft in load(folder).drafts} == {"first", "third"}


def test_new_ratings_do_not_take_the_file_of_others(tmp_path: Path) -> None:
    folder = write_case(tmp_path, ratings=None, **{"ratings/1.yaml": MINIMAL["ratings.yaml"]})
    case = load(folder)
    changed = replace(case, ratings=(*case.ratings, Ratings(author="Somebody else")))
    save(changed, folder)
    assert {ratings.author for ratings in load(folder).ratings} == {"The analyst", "Somebody else"}


def test_saving_the_case_as_it_was_takes_a_change_back(tmp_path: Path) -> None:
    folder = write_case(tmp_path)
    case = load(folder)
    save(_with_statement(case, 0, stance=-1.5), folder)
    save(case, folder)
    assert load(folder) == case


# --- faults on the way ----------------------------------------------------------------------------


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("place", [(os, "fsync"), (Path, "replace")], ids=["sync", "rename"])
def test_a_write_that_is_cut_short_leaves_the_old_file_and_nothing_else(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: BaseException,
    place: tuple[object, str],
) -> None:
    def fail(*_arguments: object) -> None:
        raise fault

    before = _bytes(folder)
    changed = _with_statement(load(folder), 0, stance=-1.5)
    with monkeypatch.context() as patch:
        patch.setattr(*place, fail)
        with pytest.raises(CaseError if isinstance(fault, OSError) else KeyboardInterrupt):
            save(changed, folder)
    assert _bytes(folder) == before


def test_a_folder_that_cannot_be_written_is_a_problem_with_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    before = _bytes(folder)
    changed = _with_statement(load(folder), 0, stance=-1.5)
    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    with pytest.raises(CaseError) as raised:
        save(changed, folder)
    (problem,) = raised.value.problems
    assert problem.file == str(folder)
    assert problem.message == (
        "The case cannot be written (Permission denied); choose another folder."
    )
    assert _bytes(folder) == before


@pytest.mark.parametrize("inside", ["", "deeper/still"], ids=["itself", "below it"])
def test_a_file_is_no_place_for_a_case(tmp_path: Path, inside: str) -> None:
    case = load(write_case(tmp_path / "case"))
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(CaseError, match="The case cannot be written"):
        save(case, file / inside)
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_pattern_that_has_gone_is_a_problem_with_a_sentence(tmp_path: Path) -> None:
    case = load(write_case(tmp_path / "case"))
    shutil.rmtree(tmp_path / "case")
    with pytest.raises(CaseError):
        save(case, tmp_path / "new")


def test_a_file_in_another_encoding_at_the_place_is_written_over(tmp_path: Path) -> None:
    case = load(write_case(tmp_path / "case"))
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "case.yaml").write_bytes(b"\xe9")
    save(case, tmp_path / "new")
    assert load(tmp_path / "new") == case


# --- only what changed ---


def _without_sources(case: Case) -> Case:
    statement = case.statements[0].model_copy(update={"source": None})
    return replace(case, statements=(statement, *case.statements[1:]), sources=())


CHANGES: dict[str, tuple[Callable[[Case], Case], list[str]]] = {
    "nothing": (lambda case: case, []),
    "a title": (
        lambda case: replace(case, about=case.about.model_copy(update={"title": "A bridge"})),
        ["case.yaml"],
    ),
    "a statement": (lambda case: _with_statement(case, 0, stance=2), ["statements.yaml"]),
    "no statements": (lambda case: replace(case, statements=()), ["statements.yaml"]),
    "sources": (_without_sources, ["sources.yaml", "statements.yaml"]),
    "a person": (
        lambda case: replace(case, people=(*case.people, Person(id="guest", name="A guest"))),
        ["actors.yaml"],
    ),
    "ratings": (
        lambda case: replace(case, ratings=(*case.ratings, Ratings(author="A reader"))),
        ["ratings/2.yaml"],
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_changed_is_what_saving_writes(name: str, tmp_path: Path) -> None:
    change, files = CHANGES[name]
    write_case(tmp_path / "one")
    write_case(tmp_path / "other")
    case = load(tmp_path / "one")
    after = change(case)
    texts = changed_texts(case, after)
    assert [path.as_posix() for path in texts] == files
    foreseen = with_texts(case, texts)
    assert load(tmp_path / "one") == case  # nothing was written so far
    write_texts(tmp_path / "one", texts)
    save(change(load(tmp_path / "other")), tmp_path / "other")
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "other")
    read = load(tmp_path / "one")
    assert foreseen == read
    assert foreseen.entries == read.entries


def test_texts_that_make_no_sound_case_are_refused_with_their_place(commented: Path) -> None:
    case = load(commented)
    text = (commented / "statements.yaml").read_text().replace("actor: south", "actor: sout")
    for wrong, words in (
        (text, r"statements\.yaml:26:10: .*'sout'; did you mean 'south'"),
        ("- id: 3\n  who: me\n", r"statements\.yaml:1"),
        ("- [", r"statements\.yaml:2:1: This is not YAML"),
    ):
        with pytest.raises(CaseError, match=words):
            with_texts(case, {Path("statements.yaml"): wrong})
    assert load(commented) == case
