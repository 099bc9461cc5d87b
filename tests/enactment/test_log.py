"""The log survives: cut off, killed while writing, two writers at once."""

from __future__ import annotations

import datetime
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from case.minimal import MINIMAL
from cli.calls import Detente, detente
from detente.case.append import append_entry
from detente.case.load import load, parse_folder
from detente.case.write import save
from detente.enactment.status import find_status
from detente.errors import CaseError, RequestError

__all__ = ["detente"]

NORMS = "- {id: pay, title: Pay, debtor: north, deadline: {amount: 10}}\n"
ENTRY = {"kind": "performed", "norm": "pay", "happened": "2025-01-05"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {**MINIMAL, "norms.yaml": NORMS}
    files["case.yaml"] += "agreement: {in_force: 2025-01-01}\n"
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def log(folder: Path) -> Path:
    return folder / "events.yaml"


def test_entries_are_added_and_nothing_else_is_touched(folder: Path) -> None:
    log(folder).write_text("# by hand\n- id: e4   # the bell\n  kind: event\n  event: bell\n"
                           "  happened: 2025-01-02", encoding="utf-8")  # fmt: skip
    before = log(folder).read_bytes()
    entry = append_entry(load(folder), {**ENTRY, "note": 'Київ, "так"\nі ще'})
    assert entry.id == "e5"
    after = log(folder).read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == before.count(b"\n") + 2
    assert [each.id for each in load(folder).events] == ["e4", "e5"]
    assert load(folder).events[1].note == 'Київ, "так"\nі ще'


def test_a_correction_needs_an_entry_to_correct(folder: Path) -> None:
    case = load(folder)
    with pytest.raises(RequestError, match="no entry 'e1'"):
        append_entry(case, {**ENTRY, "corrects": "e1"})
    append_entry(case, ENTRY)
    append_entry(case, {**ENTRY, "happened": "2025-01-20", "corrects": "e1"})
    assert find_status(load(folder), datetime.date(2025, 2, 1)).norm("pay").state == "cured"
    append_entry(case, {"kind": "retracted", "corrects": "e2", "happened": "2025-01-21"})
    assert find_status(load(folder), datetime.date(2025, 2, 1)).norm("pay").state == "violated"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"norm": "pya"}, "no norm 'pya'; did you mean 'pay'"),
        ({"actor": "nort"}, "no actor 'nort'; did you mean 'north'"),
        ({"source": "gazete"}, "did you mean 'gazette'"),
        ({"happened": "2025-02-30"}, "not a day or time that exists"),
        ({"happened": "yesterday"}, "not a day or time that exists"),
        ({"kind": "event"}, "name it under 'event'"),
        ({"kind": "extended"}, "needs an 'amount'"),
        ({"kind": "extended", "amount": -3.0}, "it must be 0 or more"),
        ({"reported": "2025-13-01"}, "not a date that exists"),
    ],
)
def test_what_is_no_entry_is_not_written(
    folder: Path, change: dict[str, object], words: str
) -> None:
    with pytest.raises(RequestError, match=words):
        append_entry(load(folder), {**ENTRY, **change})
    assert not log(folder).exists()


def test_a_log_in_another_form_is_left_alone(folder: Path) -> None:
    log(folder).write_text("[]\n", encoding="utf-8")
    with pytest.raises(RequestError, match="no line can be added"):
        append_entry(load(folder), ENTRY)
    assert log(folder).read_text(encoding="utf-8") == "[]\n"


def test_cut_off_at_every_byte(folder: Path) -> None:
    """Whatever is lost of the last entry, the ones before it are read, and the loss is told."""
    case = load(folder)
    for number in (2, 3):
        append_entry(case, {**ENTRY, "happened": f"2025-01-0{number}", "note": "Київ: } {"})
    whole = log(folder).read_bytes()
    start = whole.rindex(b"- {")
    for end in range(start, len(whole)):
        log(folder).write_bytes(whole[:end])
        read, problems = parse_folder(folder)
        assert read is not None
        assert problems == ()
        kept = ["e1", "e2"] if end >= len(whole) - 1 else ["e1"]
        assert [each.id for each in read.events] == kept, whole[start:end]
        assert bool(read.lost) is (start < end < len(whole) - 1), whole[start:end]


def test_writing_goes_on_after_a_cut(folder: Path, detente: Detente) -> None:
    append_entry(load(folder), ENTRY)
    with log(folder).open("ab") as file:
        file.write(b'- {"id": "e2", "kind": "perf')  # and there the power went
    append_entry(load(folder), {**ENTRY, "happened": "2025-01-06"})
    case = load(folder)
    assert [each.id for each in case.events] == ["e1", "e2"]
    assert str(case.lost[0]).startswith(f"{log(folder)}:2:1: This entry was cut off")
    told = detente("status", folder, "--on", "2025-02-01", "--json")
    assert told.code == 0
    assert "events.yaml:2:1: This entry was cut off" in told.err
    assert any("cut off" in note for note in told.json["notes"])
    checked = detente("check", folder)
    assert checked.code == 0
    assert "cut off" in checked.err
    save(case, folder.parent / "copy")
    assert load(folder.parent / "copy") == case


@pytest.mark.parametrize("left", ["-", "- ", "- {", '- {"id": "e2", "note": "К'.encode()[:-1]])
def test_writing_goes_on_after_any_cut(folder: Path, left: str | bytes) -> None:
    append_entry(load(folder), ENTRY)
    with log(folder).open("ab") as file:
        file.write(left if isinstance(left, bytes) else left.encode())
    append_entry(load(folder), {**ENTRY, "happened": "2025-01-06"})
    case = load(folder)
    assert [each.id for each in case.events] == ["e1", "e2"]
    assert [problem.line for problem in case.lost] == [2]


def test_a_fault_that_is_no_cut_is_a_fault(folder: Path) -> None:
    log(folder).write_text("- {id: e1, kind: event, event: x, happened: 2025-01-01}\n- id: [\n")
    with pytest.raises(CaseError):
        load(folder)
    log(folder).write_text("- {id: e1, kind: evnt, event: x, happened: 2025-01-01}\n")
    with pytest.raises(CaseError, match="'evnt' is not a possible 'kind'; did you mean 'event'"):
        load(folder)


_WRITER = """\
import sys
from detente.case.append import append_entry
from detente.case.load import load
case = load(sys.argv[1])
number = 0
while number < int(sys.argv[2]):
    append_entry(case, {"kind": "measured", "norm": "pay", "happened": "2025-01-05",
                        "amount": float(number), "note": sys.argv[3] * 40})
    number += 1
    if number == 1:
        print("begun", flush=True)
"""


def _writer(folder: Path, number: int, name: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _WRITER, str(folder), str(number), name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_two_writers_lose_nothing(folder: Path) -> None:
    writers = [_writer(folder, 40, name) for name in ("a", "b", "c")]
    for writer in writers:
        writer.communicate(timeout=120)
        assert writer.returncode == 0
    case = load(folder)
    assert case.lost == ()
    assert sorted(each.id for each in case.events) == sorted(f"e{n}" for n in range(1, 121))
    for name in ("a", "b", "c"):
        mine = [each.amount for each in case.events if each.note == name * 40]
        assert mine == [float(number) for number in range(40)]


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
@pytest.mark.parametrize("wait", [0.0, 0.01, 0.03, 0.07])
def test_a_writer_that_is_killed_leaves_a_readable_log(folder: Path, wait: float) -> None:
    writer = _writer(folder, 100_000, "k")
    assert writer.stdout is not None
    assert writer.stdout.readline() == "begun\n"
    time.sleep(wait)
    writer.send_signal(signal.SIGKILL)
    writer.communicate(timeout=60)
    case = load(folder)
    assert [each.amount for each in case.events] == [float(n) for n in range(len(case.events))]
    append_entry(case, ENTRY)
    assert load(folder).events[-1].kind == "performed"


def test_the_command(folder: Path, detente: Detente) -> None:
    told = detente(
        "event", folder, "--kind", "performed", "--norm", "pay", "--happened", "2025-01-05",
        "--reported", "2025-01-09", "--actor", "north", "--note", "in coins", "--json",
    )  # fmt: skip
    assert told.code == 0
    assert told.json == {
        "id": "e1",
        "kind": "performed",
        "happened": "2025-01-05",
        "reported": "2025-01-09",
        "norm": "pay",
        "actor": "north",
        "note": "in coins",
    }
    assert json.loads(log(folder).read_text(encoding="utf-8").removeprefix("- ")) == told.json
    said = detente(
        "event", folder, "--kind", "event", "--event", "bell", "--happened", "2025-01-06"
    )
    assert said.out == "Added 'e2': event bell, 2025-01-06.\n"
    refused = detente("event", folder, "--kind", "performed", "--norm", "x", "--happened", "2025")
    assert (refused.code, refused.out) == (2, "")
    shipped = detente(
        "event", "minsk-2015", "--kind", "performed", "--norm", "P02", "--happened", "2015-03-02"
    )
    assert shipped.code == 2
    assert "is a shipped example" in shipped.err
