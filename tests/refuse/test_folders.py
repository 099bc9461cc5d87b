"""Folders and files that are not what they should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from case.minimal import write_case
from cli.calls import Detente
from refuse.faults import Fault, Refuses

_LINK = "This link leads out of the case folder; copy the file into the case."


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path, refuses: Refuses) -> None:
    refuses(tmp_path / "nowhere", [Fault("", 0, 0, "There is no such folder; name a case folder.")])


def test_a_file_instead_of_a_folder_is_refused(tmp_path: Path, refuses: Refuses) -> None:
    file = write_case(tmp_path) / "case.yaml"
    refuses(file, [Fault("", 0, 0, "This is a file; a case is a folder with a case.yaml.")])


def test_a_folder_without_a_case_file_is_refused(tmp_path: Path, refuses: Refuses) -> None:
    folder = write_case(tmp_path, case=None)
    refuses(folder, [Fault("", 0, 0, "This is not a case: it has no case.yaml")])


@pytest.mark.parametrize("kind", ["points", "actors"])
def test_a_case_without_points_or_without_actors_is_refused(
    tmp_path: Path, detente: Detente, kind: str
) -> None:
    told = detente("check", write_case(tmp_path, **{kind: None}))
    assert told.code == 2
    assert told.err.startswith(f"{tmp_path}: The case has no {kind}; write {kind}.yaml.\n")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("statment.yaml", "A case has no file 'statment.yaml'; did you mean 'statements'?"),
        ("todo.yml", "A case has no file 'todo.yml'; known are 'actors', 'case', 'consent'"),
    ],
)
def test_a_file_that_no_case_has_is_told(
    tmp_path: Path, refuses: Refuses, name: str, words: str
) -> None:
    refuses(write_case(tmp_path, **{name: "[]\n"}), [Fault(name, 0, 0, words)])


def test_a_folder_that_no_case_has_is_told(tmp_path: Path, detente: Detente) -> None:
    folder = write_case(tmp_path, **{"draft/third.yaml": "id: third\ntakes: {toll: none}\n"})
    told = detente("check", folder)
    assert told.code == 2
    assert "did you mean 'drafts'?" in told.err


def test_a_second_case_file_is_told(tmp_path: Path, detente: Detente) -> None:
    told = detente("check", write_case(tmp_path, **{"case.yml": "title: Another\n"}))
    assert told.code == 2
    assert "case.yml" in told.err


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, refuses: Refuses) -> None:
    folder = write_case(tmp_path / "case", statements=None)
    (tmp_path / "outside.yaml").write_text("[]\n", encoding="utf-8")
    (folder / "statements.yaml").symlink_to(tmp_path / "outside.yaml")
    refuses(folder, [Fault("statements.yaml", 0, 0, _LINK)])


def test_a_linked_folder_out_of_the_folder_is_refused(tmp_path: Path, refuses: Refuses) -> None:
    folder = write_case(tmp_path / "case")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "third.yaml").write_text("id: third\ntakes: {toll: none}\n", "utf-8")
    (folder / "drafts").symlink_to(tmp_path / "outside")
    refuses(folder, [Fault("drafts/third.yaml", 0, 0, _LINK)])


def test_a_link_inside_the_folder_is_followed(tmp_path: Path, detente: Detente) -> None:
    folder = write_case(tmp_path, drafts=None, **{"texts/a.txt": "id: a\ntakes: {toll: none}\n"})
    (folder / "drafts").mkdir()
    (folder / "drafts" / "a.yaml").symlink_to(folder / "texts" / "a.txt")
    assert detente("show", folder, "--json").json["drafts"] == ["a"]


def test_a_link_that_leads_nowhere_is_refused(tmp_path: Path, refuses: Refuses) -> None:
    folder = write_case(tmp_path, statements=None)
    (folder / "statements.yaml").symlink_to(folder / "nowhere")
    refuses(folder, [Fault("statements.yaml", 0, 0, "The file cannot be read (No such file")])


def test_a_link_to_itself_is_refused(tmp_path: Path, refuses: Refuses) -> None:
    folder = write_case(tmp_path, statements=None)
    (folder / "statements.yaml").symlink_to(folder / "statements.yaml")
    refuses(folder, [Fault("statements.yaml", 0, 0, "")])


def test_a_folder_where_a_draft_should_be_is_refused(tmp_path: Path, refuses: Refuses) -> None:
    folder = write_case(tmp_path)
    (folder / "drafts" / "third.yaml").mkdir(parents=True)
    refuses(folder, [Fault("drafts/third.yaml", 0, 0, "The file cannot be read (Is a directory)")])


def test_a_folder_where_the_case_file_should_be_is_refused(
    tmp_path: Path, detente: Detente
) -> None:
    folder = write_case(tmp_path, case=None)
    (folder / "case.yaml").mkdir()
    assert detente("check", folder).code == 2


def test_files_of_other_kinds_and_hidden_files_are_left_alone(
    tmp_path: Path, detente: Detente
) -> None:
    others = {"notes.txt": "a: [", "README.md": "a: [", ".hidden.yaml": "a: ["}
    told = detente("check", write_case(tmp_path, **others))
    assert (told.code, told.err) == (0, "")


@pytest.mark.parametrize("command", ["assess", "show", "ledger"])
def test_every_command_tells_the_faults_of_its_case(
    tmp_path: Path, detente: Detente, command: str
) -> None:
    folder = write_case(tmp_path, sources="- id: gazette\n  outlet: 5\n")
    told = detente(command, folder, "--json")
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith(f"{folder / 'sources.yaml'}:2:11: 'outlet' must be a text; found")
    assert len(told.err.splitlines()) == 1
