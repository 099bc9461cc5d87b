"""Many documents at once: which are taken, what stands in a line, and going on after a stop."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.calls import Detente, detente
from detente.errors import RequestError
from detente.reading import bulk
from detente.reading.bulk import find_documents, read_many, resume
from detente.reading.engines import Engine, open_engine
from reading.files import ARTICLE, docx_file, pdf_file

__all__ = ["detente"]

PLAN = (
    "The Lakeside plan\n\n4 March 2025\n\n"
    "1. The cap of the army of Norland is 600,000.\n"
    "2. Elections are held within 100 days.\n"
    "3. There are no bases in the valley.\n\n"
    "“We accept it if the cap is raised,” said Mara Quill, the envoy of Norland.\n"
    "According to a diplomat, it was the last offer of the month.\n"
)
ERROR = "is not in UTF-8: byte 0xff stands at place 4; save it as UTF-8."


@pytest.fixture(scope="module")
def rules() -> Engine:
    return open_engine("rules")[1]


@pytest.fixture
def one_engine(rules: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load the rules once for all tests of this process."""
    monkeypatch.setattr(bulk, "open_engine", lambda *_, **__: ("rules", rules))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five documents in folders, the fourth of which cannot be read, beside what is none."""
    top = tmp_path / "news"
    (top / "b").mkdir(parents=True)
    (top / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (top / "b" / "plan.TXT").write_text(PLAN.replace("\n", "\r\n"), encoding="utf-8", newline="")
    (top / "c.docx").write_bytes(docx_file(*PLAN.split("\n\n")))
    (top / "d.md").write_bytes(b"bad\xff")
    (top / "e.pdf").write_bytes(pdf_file([[line for line in PLAN.splitlines() if line][:5]]))
    (top / "picture.png").write_bytes(b"\x89PNG")
    (top / ".hidden.txt").write_text("hidden")
    (top / "~$c.docx").write_bytes(b"the name of who has it open")
    return top


def names(paths: list[Path], folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in paths]


# --- which documents ---


def test_a_folder_gives_its_documents_in_order(folder: Path) -> None:
    found = names(find_documents([folder]), folder)
    assert found == ["a.txt", "b/plan.TXT", "c.docx", "d.md", "e.pdf"]


def test_what_is_named_is_taken_once_whatever_its_name(folder: Path) -> None:
    named = [folder / "picture.png", folder / "c.docx", folder, folder / "a.txt"]
    found = names(find_documents(named), folder)
    assert found == ["picture.png", "c.docx", "a.txt", "b/plan.TXT", "d.md", "e.pdf"]


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match=r"none: there is no such file\.$"):
        find_documents([tmp_path / "none"])
    with pytest.raises(RequestError, match=r"holds no document \(\.docx, \.htm, .*\)\.$"):
        find_documents([tmp_path])


# --- going on ---

LINES = b'{"document": "a.txt", "title": "A"}\n{"document": "b.txt", "error": "is empty."}\n'


def documents(names: str) -> list[Path]:
    return [Path(f"{name}.txt") for name in names]


def test_whole_lines_are_kept(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    assert resume(output, documents("ab")) == (documents("ab"), False)
    output.write_bytes(LINES)
    assert resume(output, documents("acd")) == (documents("cd"), False)
    assert output.read_bytes() == LINES


@pytest.mark.parametrize("length", [1, 5, 14, 20, 34])
def test_a_line_cut_off_is_taken_back(tmp_path: Path, length: int) -> None:
    output = tmp_path / "out.jsonl"
    output.write_bytes(LINES + LINES[:length])
    assert resume(output, documents("a")) == ([], False)
    assert output.read_bytes() == LINES


@pytest.mark.parametrize("end", [b"", LINES[:20]], ids=["whole", "cut off"])
def test_the_error_of_what_is_read_again_is_taken_out(tmp_path: Path, end: bytes) -> None:
    output = tmp_path / "out.jsonl"
    first, second = LINES.splitlines(keepends=True)
    third = second.replace(b"b.txt", b"c.txt")
    output.write_bytes(third + first + second + end)
    assert resume(output, documents("abd")) == (documents("bd"), True)
    assert output.read_bytes() == third + first


def test_a_file_of_results_may_be_a_link(tmp_path: Path) -> None:
    output, link = tmp_path / "out.jsonl", tmp_path / "link.jsonl"
    output.write_bytes(LINES)
    link.symlink_to(output.name)
    assert resume(link, documents("ab")) == (documents("b"), True)
    assert link.is_symlink()
    assert output.read_bytes() == LINES.splitlines(keepends=True)[0]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"notes of mine", 1),
        (b"notes of mine\n", 1),
        (b"[1, 2]\n", 1),
        (b'"words"\n', 1),
        (b'{"documents": []}', 1),
        (LINES + b"\n", 3),
        (LINES + b"notes of mine", 3),
        (b"\x89PNG\xff", 1),
    ],
)
def test_a_file_of_something_else_is_refused_and_left_as_it_is(
    tmp_path: Path, content: bytes, line: int
) -> None:
    output = tmp_path / "out.jsonl"
    output.write_bytes(content)
    with pytest.raises(RequestError, match=rf"out\.jsonl:{line}: is no result of reading"):
        resume(output, documents("a"))
    assert output.read_bytes() == content


# --- reading ---


@pytest.mark.usefixtures("one_engine")
def test_two_processes_give_what_one_gives(folder: Path) -> None:
    paths = find_documents([folder])
    one = list(read_many(paths, "rules", 1))
    assert [each["document"] for each in one] == [str(path) for path in paths]
    assert list(read_many(paths, "rules", 2)) == one


@pytest.mark.usefixtures("one_engine")
def test_a_bad_document_has_an_error_and_the_rest_goes_on(folder: Path) -> None:
    found = list(read_many(find_documents([folder]), "rules", 1))
    assert found[3] == {
        "document": str(folder / "d.md"), "error": ERROR, "attributions": [], "quantities": [],
        "places": [], "points": [],
    }  # fmt: skip
    assert [each.get("error") for each in found] == [None, None, None, ERROR, None]
    assert all(each["attributions"] for each in found[:3])


@pytest.mark.usefixtures("one_engine")
def test_memory_does_not_grow_with_the_documents(tmp_path: Path) -> None:
    paths = []
    for at in range(300):
        path = tmp_path / f"{at:03}.txt"
        path.write_text(f"Norland said that it would sign. Norland has {at} men.\n" + "\n" * 9_000)
        paths.append(path)

    def used(found: Iterator[dict[str, Any]], number: int) -> int:
        for _ in range(number):
            assert len(next(found)["attributions"]) == 1
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        found = read_many(paths, "rules", 1)
        early = used(found, 60)
        assert used(found, 240) - early < 1_000_000  # the files hold 2.7 million bytes
    finally:
        tracemalloc.stop()


# --- a process that dies ---


def begins(name: str) -> None:
    """Nothing is opened here, so that a process is there at once."""


def dies_beginning(name: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def reads(path: Path) -> dict[str, Any]:
    """Reads nothing, and dies of some documents."""
    words = path.read_text()
    if words == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if words == "fault":
        os.abort()
    return {"document": str(path), "words": words, "process": os.getpid()}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, rules: Engine) -> None:
    monkeypatch.setattr(bulk, "open_engine", lambda *_, **__: ("rules", rules))
    monkeypatch.setattr(bulk, "_begin", begins)
    monkeypatch.setattr(bulk, "_read", reads)


def written(folder: Path, words: list[str]) -> list[Path]:
    paths = [folder / f"{number:02}.txt" for number in range(len(words))]
    for path, each in zip(paths, words, strict=True):
        path.write_text(each)
    return paths


DEATHS = {
    "first": ["kill", *("well",) * 9],
    "last": [*("well",) * 9, "kill"],
    "fault": [*("well",) * 3, "fault", *("well",) * 3],
    "two at once": ["well", "kill", "fault", "well"],
    "far apart": ["kill", *("well",) * 40, "kill", "well"],
    "all": ["kill", "kill", "kill"],
}


@pytest.mark.skipif(os.name != "posix", reason="signals are of POSIX")
@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("name", DEATHS)
def test_who_kills_its_process_has_an_error_and_the_rest_goes_on(name: str, tmp_path: Path) -> None:
    words = DEATHS[name]
    paths = written(tmp_path, words)
    found = list(read_many(paths, "rules", 2))
    assert [each["document"] for each in found] == [str(path) for path in paths]
    assert [each.get("words", "died") for each in found] == [
        each if each == "well" else "died" for each in words
    ]
    for each in found:
        if "words" not in each:
            assert each["error"].startswith("the process reading it died")
            assert each["attributions"] == each["places"] == each["points"] == []


@pytest.mark.skipif(os.name != "posix", reason="signals are of POSIX")
@pytest.mark.usefixtures("quick")
def test_no_document_is_blamed_where_processes_cannot_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_begin", dies_beginning)
    with pytest.raises(RequestError, match="die as they start"):
        list(read_many(written(tmp_path, ["well"] * 4), "rules", 2))


@pytest.mark.skipif(os.name != "posix", reason="signals are of POSIX")
@pytest.mark.usefixtures("quick")
def test_what_killed_its_process_is_read_again(tmp_path: Path, detente: Detente) -> None:
    (tmp_path / "news").mkdir()
    paths = written(tmp_path / "news", ["well", "kill", "well"])
    output = tmp_path / "out.jsonl"
    arguments = ("read", "--jsonl", tmp_path / "news", "-o", output)
    for jobs in (("--jobs", 2), ()):
        called = detente(*arguments, *jobs)
        assert (called.code, called.out) == (2, "")
        assert called.err.startswith(f"{paths[1]}: the process reading it died")
        assert called.err.count("\n") == 1
        assert len(output.read_bytes().splitlines()) == 3
    paths[1].write_text("better")
    cured = detente(*arguments)
    assert (cured.code, cured.err) == (0, "")
    lines = [json.loads(line) for line in output.read_bytes().splitlines()]
    assert [each["words"] for each in lines] == ["well", "well", "better"]


def test_processes_end_with_a_run_that_is_killed() -> None:
    program = (
        "import os\nfrom detente.reading import bulk\n"
        "if __name__ == '__main__':\n"
        "    pool = bulk._processes('rules', 1)\n"
        "    pool.submit(os.getpid).result()\n"
        "    print('there', flush=True)\n"
        "    pool.submit(os.read, 0, 1).result()\n"
    )
    command = (sys.executable, "-c", program)
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as running:
        assert running.stdout is not None
        assert running.stdout.readline().strip() == b"there"
        running.kill()
        running.communicate(timeout=60)  # the output ends when no process holds it any more


@pytest.mark.usefixtures("one_engine")
def test_what_does_not_fit_into_memory_has_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(bulk, "read_document", full)
    (found,) = read_many(written(tmp_path, ["well"]), "rules", 1)
    assert found["error"] == "is larger than the memory that is there."


# --- the command ---


def check_spans(part: dict[str, Any], text: str) -> None:
    assert " ".join(text[start:end] for start, end in part["spans"]) == part["text"] != ""


def check(line: dict[str, Any]) -> None:
    """Every key of the contract is there, and every place gives its words."""
    path = Path(line["document"])
    text = line["text"] if "text" in line else path.read_bytes().decode()
    for each in line["attributions"]:
        assert set(each) >= {
            "source", "cue", "content", "kind", "speaker", "actor", "stance", "condition",
        }  # fmt: skip
        assert each["kind"] in ("direct", "indirect", "mixed")
        assert each["stance"] is None or -3 <= each["stance"] <= 3
        check_spans(each["content"], text)
        for name in ("source", "cue"):
            if each[name] is not None:
                check_spans(each[name], text)
        if each["condition"] is not None:
            start, end = each["condition"]["span"]
            assert text[start:end] == each["condition"]["text"]
    for each in line["quantities"]:
        assert text[slice(*each["span"])] == each["text"]
        assert set(each) >= {
            "value",
            "unit",
            "kind",
            "low",
            "high",
            "qualifier",
            "anchor",
            "converts",
        }
    for each in line["places"]:
        assert text[slice(*each["span"])] == each["text"]
        assert set(each) == {"text", "span", "name", "country", "kind", "speaks"}
    for each in line["points"]:
        assert text[slice(*each["span"])] == each["text"]


@pytest.mark.usefixtures("one_engine")
def test_a_line_for_each_document_holds_what_it_says(folder: Path, detente: Detente) -> None:
    called = detente("read", "--jsonl", "--engine", "rules", "--jobs", 1, folder)
    assert called.code == 2
    assert called.err == f"{folder / 'd.md'}: {ERROR}\n"
    lines = [json.loads(line) for line in called.out.splitlines()]
    assert [Path(each["document"]).name for each in lines] == [
        "a.txt", "plan.TXT", "c.docx", "d.md", "e.pdf",
    ]  # fmt: skip
    for line in lines:
        if "error" not in line:
            check(line)
    assert ["text" in line for line in lines] == [False, True, True, False, True]
    plan = lines[1]
    assert plan["text"] == PLAN
    assert (plan["title"], plan["date"]) == ("The Lakeside plan", "2025-03-04")
    assert [each["number"] for each in plan["points"]] == [1, 2, 3]
    accepts, last = plan["attributions"]
    assert accepts["content"]["text"] == "“We accept it if the cap is raised,”"
    assert (accepts["kind"], accepts["speaker"]) == ("direct", "Mara Quill")
    assert accepts["stance"] > 0
    assert accepts["condition"]["text"].startswith("if the cap is raised")
    assert (last["cue"]["text"], last["unnamed"]) == ("According to", True)
    assert lines[4]["points"][2]["text"] == "There are no bases in the valley."


@pytest.mark.usefixtures("one_engine")
def test_what_nobody_says_has_no_source(tmp_path: Path, detente: Detente) -> None:
    path = tmp_path / "a.txt"
    path.write_text("It was reported that the cap would be raised.\n")
    called = detente("read", "--jsonl", "--engine", "rules", path)
    assert (called.code, called.err) == (0, "")
    (said,) = called.json["attributions"]
    assert (said["source"], said["speaker"], said["actor"]) == (None, None, None)
    assert said["cue"]["text"] == "reported"
    check(called.json)


@pytest.mark.usefixtures("one_engine")
def test_a_second_run_reads_what_is_left_and_what_failed(
    folder: Path, tmp_path: Path, detente: Detente
) -> None:
    output = tmp_path / "out.jsonl"
    arguments = ("read", "--jsonl", "--engine", "rules", "--jobs", 1, folder, "-o", output)
    called = detente(*arguments)
    assert (called.code, called.out) == (2, "")
    first = output.read_bytes().splitlines()
    assert len(first) == 5
    called = detente(*arguments)
    assert (called.code, called.err) == (2, f"{folder / 'd.md'}: {ERROR}\n")
    assert output.read_bytes().splitlines() == [*first[:3], first[4], first[3]]
    (folder / "d.md").write_text(ARTICLE, encoding="utf-8")
    (folder / "f.txt").write_text(ARTICLE, encoding="utf-8")
    assert detente(*arguments).code == 0
    second = output.read_bytes().splitlines()
    assert second[:4] == [*first[:3], first[4]]
    assert [json.loads(line)["document"] for line in second[4:]] == [
        str(folder / "d.md"), str(folder / "f.txt"),
    ]  # fmt: skip
    assert all("error" not in json.loads(line) for line in second)
    assert detente(*arguments).code == 0
    assert output.read_bytes().splitlines() == second


def test_results_are_not_written_over_something_else(folder: Path, detente: Detente) -> None:
    notes = folder.parent / "notes.jsonl"
    notes.write_text("notes of mine")
    called = detente("read", "--jsonl", "--engine", "rules", folder, "-o", notes)
    assert (called.code, called.out) == (2, "")
    assert called.err == f"{notes}:1: is no result of reading; name another file.\n"
    assert notes.read_text() == "notes of mine"


def test_wrong_use_is_said_in_one_sentence(folder: Path, detente: Detente) -> None:
    for arguments, words in (
        (("--jsonl", folder / "none.txt"), "there is no such file."),
        ((folder, "-o", folder / "out"), "--output goes with --jsonl"),
        (("--jsonl", folder, "-o", folder), "is a directory"),
    ):
        called = detente("read", "--engine", "rules", *arguments)
        assert (called.code, called.out) == (2, "")
        assert words in called.err
        assert called.err.count("\n") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are text")
@pytest.mark.usefixtures("one_engine")
def test_a_file_whose_name_is_no_text_is_read(tmp_path: Path, detente: Detente) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text(ARTICLE, encoding="utf-8")
    output = tmp_path / "out.jsonl"
    arguments = ("read", "--jsonl", "--engine", "rules", path, "-o", output)
    assert detente(*arguments).code == 0
    assert json.loads(output.read_bytes())["document"] == str(path)
    assert resume(output, [path]) == ([], False)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.usefixtures("one_engine")
def test_a_run_that_was_killed_ends_as_one_that_was_not(tmp_path: Path, detente: Detente) -> None:
    paths = [tmp_path / f"{name}.txt" for name in "abcd"]
    for path in paths:
        path.write_text(ARTICLE + PLAN, encoding="utf-8")
    whole, output = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    arguments = ("read", "--jsonl", "--engine", "rules", "--jobs", "1", *map(str, paths), "-o")
    assert detente(*arguments, whole).code == 0

    paths[2].unlink()
    os.mkfifo(paths[2])  # the run waits for its words, and here until it waits
    command = (sys.executable, "-c", "from detente.cli.main import main; main()", *arguments)
    with subprocess.Popen([*command, str(output)]) as running:

        def let_go() -> None:
            running.wait()
            os.close(os.open(paths[2], os.O_RDONLY | os.O_NONBLOCK))

        watching = threading.Thread(target=let_go)
        watching.start()
        writing = os.open(paths[2], os.O_WRONLY)
        running.kill()
        watching.join()
        os.close(writing)
    lines = whole.read_bytes().splitlines(keepends=True)
    assert output.read_bytes() == b"".join(lines[:2])

    output.write_bytes(b"".join(lines[:2])[:-100])  # the second line was not yet out
    paths[2].unlink()
    paths[2].write_text(ARTICLE + PLAN, encoding="utf-8")
    assert detente(*arguments, output).code == 0
    assert output.read_bytes() == whole.read_bytes()
