"""Right and wrong use: help, exit codes, words on standard error, and plain output."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from case.minimal import write_case
from cli.calls import Detente
from detente import __version__
from detente.cli.main import COMMANDS

_WRONG_NAMES = {
    "a draft to assess": (("assess", "CASE", "--draft", "frist"), "draft 'frist'", "first"),
    "a draft to amend": (("amend", "CASE", "--draft", "secnd"), "draft 'secnd'", "second"),
    "a draft in the ledger": (("ledger", "CASE", "--draft", "secnd"), "draft 'secnd'", "second"),
    "a draft to compare": (("diff", "CASE", "first", "secnd"), "draft 'secnd'", "second"),
    "a scenario to assess in": (
        ("assess", "CASE", "--scenario", "fery-ends"),
        "scenario 'fery-ends'",
        "ferry-ends",
    ),
    "a scenario to amend in": (
        ("amend", "CASE", "--draft", "first", "--scenario", "fery-ends"),
        "scenario 'fery-ends'",
        "ferry-ends",
    ),
    "a scenario of the ledger": (
        ("ledger", "CASE", "--scenario", "fery-ends"),
        "scenario 'fery-ends'",
        "ferry-ends",
    ),
    "a scenario to compare in": (
        ("diff", "CASE", "first", "second", "--scenario", "fery-ends"),
        "scenario 'fery-ends'",
        "ferry-ends",
    ),
    "an actor to explain": (("explain", "CASE", "nort"), "actor 'nort'", "north"),
    "an actor of the ledger": (("ledger", "CASE", "--actor", "suoth"), "actor 'suoth'", "south"),
    "a point to explain": (("explain", "CASE", "north", "tol"), "point 'tol'", "toll"),
    "a point to be fixed": (
        ("amend", "CASE", "--draft", "first", "--fix", "tol"),
        "point 'tol'",
        "toll",
    ),
    "something to show": (("show", "CASE", "gazete"), "id 'gazete'", "gazette"),
    "a kind of file": (("schema", "pionts"), "kind of file 'pionts'", "points"),
}


@pytest.mark.parametrize(
    ("arguments", "wrong", "meant"), _WRONG_NAMES.values(), ids=_WRONG_NAMES.keys()
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_wrong_name_is_one_line_with_the_right_one(
    tmp_path: Path,
    detente: Detente,
    arguments: tuple[str, ...],
    wrong: str,
    meant: str,
    form: str,
) -> None:
    folder = write_case(tmp_path)
    words = [str(folder) if word == "CASE" else word for word in arguments]
    json_ = ["--json"] if form == "json" and arguments[0] != "schema" else []
    called = detente(*words, *json_)
    assert (called.code, called.out) == (2, "")
    (line,) = called.err.splitlines()
    assert wrong in line
    assert line.endswith(f"; did you mean '{meant}'?")


def test_an_unknown_command_is_told_with_the_right_one(detente: Detente) -> None:
    called = detente("asess")
    assert (called.code, called.out) == (2, "")
    assert called.err.splitlines()[-1] == (
        "Error: There is no command 'asess'; did you mean 'assess'?"
    )


@pytest.mark.parametrize("arguments", [("asess",), ("check", "--jsn"), ("check",), ("diff", "a")])
def test_any_wrong_use_is_one_line(detente: Detente, arguments: tuple[str, ...]) -> None:
    called = detente(*arguments)
    assert (called.code, called.out) == (2, "")
    assert len(called.err.splitlines()) == 1


@pytest.mark.parametrize("level", ["1.5", "1", "0", "-0.5", "nan"])
def test_a_probability_to_attain_lies_strictly_between_0_and_1(
    tmp_path: Path, detente: Detente, level: str
) -> None:
    folder = write_case(tmp_path)
    called = detente("amend", folder, "--draft", "first", f"--at-least={level}")
    assert (called.code, called.out) == (2, "")
    assert called.err == (
        f"The probability wanted is {float(level)}; it must lie between 0 and 1.\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("amend", "CASE"),
        ("amend", "CASE", "--draft", "first", "--max", "-1"),
        ("amend", "CASE", "--draft", "first", "--at-least", "half"),
        ("assess", "CASE", "--jsn"),
        ("diff", "CASE"),
        ("diff", "CASE", "first", "second", "third"),
        ("diff", "CASE", "nowhere"),
        ("diff", "CASE/points.yaml", "CASE/drafts.yaml"),
        ("check",),
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_code_2_and_a_sentence(
    tmp_path: Path, detente: Detente, arguments: tuple[str, ...]
) -> None:
    folder = write_case(tmp_path)
    called = detente(*[word.replace("CASE", str(folder)) for word in arguments])
    assert (called.code, called.out) == (2, "")
    assert called.err.splitlines()[-1].startswith("Error: ")


def test_drafts_of_two_cases_are_not_compared(tmp_path: Path, detente: Detente) -> None:
    files = [tmp_path / name / "drafts" / "a.yaml" for name in ("one", "two")]
    for file in files:
        write_case(file.parents[1], **{"drafts/a.yaml": "id: a\ntakes: {toll: none}\n"})
    called = detente("diff", *files)
    assert called.code == 2
    assert "The two drafts belong to different cases" in called.err


def test_a_case_without_drafts_cannot_be_assessed(tmp_path: Path, detente: Detente) -> None:
    called = detente("assess", write_case(tmp_path, drafts=None))
    assert (called.code, called.out) == (2, "")
    assert called.err == "The case has no drafts to assess; write one into drafts/.\n"


def test_a_body_of_more_seats_than_can_be_held_ends_without_a_traceback(
    tmp_path: Path, detente: Detente
) -> None:
    folder = write_case(
        tmp_path,
        actors="actors: [{id: north, name: N}, {id: south, name: S, seats: 1000000000000}]\n"
        "people: [{id: mayor, name: M, speaks_for: north}]\n",
        consent="id: a\ntitle: A\npoints: all\nlegal_source: A\n"
        "rule: {at_least: {of: {seats_of: south}, share: 1/2}}\n",
    )
    assert detente("assess", folder, "--json").code in (0, 2)


# --- help and plain output ------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_every_option_explained(detente: Detente, command: str) -> None:
    called = detente(command, "--help")
    assert (called.code, called.err) == (0, "")
    assert called.out.startswith(f"Usage: detente {command} ")
    options = re.findall(r"^  (?:-\w, )?--[\w-]+.*(?:\n {4,}.*)?", called.out, re.MULTILINE)
    assert options
    assert all(re.search(r"\s{2,}[A-Z]\w+ \w+", option) for option in options), options


def test_the_help_of_the_group_names_every_command(detente: Detente) -> None:
    called = detente("--help")
    assert called.code == 0
    listed = re.findall(r"^  ([\w-]+)  +[A-Z]", called.out, re.MULTILINE)
    assert listed == list(COMMANDS)
    assert detente("-h") == called


def test_the_version_is_told(detente: Detente) -> None:
    assert detente("--version").out.split()[-1] == __version__


@pytest.mark.parametrize("arguments", [["--help"], ["assess", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys\n"
        "from detente.cli.main import main\n"
        f"sys.argv = ['detente', *{arguments!r}]\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    code = end.code\n"
        "heavy = {'numpy', 'pydantic', 'ortools', 'rich', 'yaml', 'ruamel', 'jinja2'}\n"
        "print('LOADED', code, *sorted(heavy & sys.modules.keys()))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ended.stdout.splitlines()[-1] == "LOADED 0"


@pytest.mark.parametrize(
    "arguments",
    [
        ("assess", "CASE"),
        ("assess", "CASE", "--draft", "second"),
        ("amend", "CASE", "--draft", "second"),
        ("diff", "CASE", "first", "second"),
        ("explain", "CASE", "north"),
        ("ledger", "CASE"),
        ("show", "CASE"),
        ("check", "CASE"),
        ("nonsense",),
    ],
    ids=" ".join,
)
def test_piped_output_is_plain_text(
    tmp_path: Path, detente: Detente, arguments: tuple[str, ...]
) -> None:
    folder = write_case(tmp_path)
    called = detente(*[word.replace("CASE", str(folder)) for word in arguments])
    text = called.out + called.err
    assert text
    assert "\x1b" not in text
    assert "Traceback" not in text


def test_the_installed_command_is_plain_when_piped_even_where_colours_are_possible(
    tmp_path: Path,
) -> None:
    folder = write_case(tmp_path)
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE"):
        environment.pop(name, None)
    ended = subprocess.run(
        [sys.executable, "-m", "detente", "assess", str(folder)],
        capture_output=True,
        env=environment,
        check=True,
    )
    assert b"Everybody needed accepts" in ended.stdout
    assert b"\x1b" not in ended.stdout
    assert ended.stderr == b""


def test_a_reader_that_stops_early_is_no_fault(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "detente", "show", "ukraine-2025", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()
    assert errors == b""


def test_output_is_utf8_where_the_terminal_knows_ascii_only(tmp_path: Path) -> None:
    actors = "actors: [{id: north, name: Північ}, {id: south, name: Південь}]\n"
    people = "people: [{id: mayor, name: M, speaks_for: north}]\n"
    folder = write_case(tmp_path, actors=actors + people)
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"}
    ended = subprocess.run(
        [sys.executable, "-m", "detente", "show", str(folder), "north", "--json"],
        capture_output=True,
        env=environment,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert "Північ" in ended.stdout.decode()
