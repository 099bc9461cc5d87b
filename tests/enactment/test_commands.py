"""status, timeline and calendar as they are called; what programs may rely on."""

from __future__ import annotations

import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import vobject

from cli.calls import Detente, detente
from detente.case.examples import example_folder, example_names
from detente.notebook import load
from enactment.small import GOODS
from growth import check_growth

__all__ = ["detente"]

STATES = {
    "dormant", "in-force", "fulfilled", "violated", "cured", "suspended", "waived", "lapsed",
    "void",
}  # fmt: skip
HISTORY = ("minsk-2015", "jcpoa-2015", "dayton-1995")


def _check_reading(found: dict[str, Any]) -> None:
    ids = [norm["id"] for norm in found["norms"]]
    assert len(set(ids)) == len(ids)
    for norm in found["norms"]:
        assert norm["state"] in STATES
        assert norm["because"], norm["id"]
        assert all(each.keys() == {"rule", "day", "event", "norm"} for each in norm["because"])
        for key in ("since", "due", "ends"):
            assert norm[key] is None or datetime.date.fromisoformat(norm[key])
        assert (norm["since"] is None) is (norm["state"] == "dormant")
    for breach in found["breaches"]:
        assert breach["norm"] in ids
        assert (breach["cured"] is None) is (breach["late_days"] is None)
    dues = {norm["id"]: norm["due"] for norm in found["norms"]}
    assert [dues[each] for each in found["due_next"]] == sorted(
        dues[each] for each in found["due_next"]
    )
    assert set(found["overdue"]) <= {breach["norm"] for breach in found["breaches"]}


@pytest.mark.parametrize("case", [*HISTORY, "ukraine-2025"])
@pytest.mark.parametrize("on", ["1995-12-20", "2015-03-02", "2020-09-20", "2025-12-01"])
def test_status_as_programs_read_it(case: str, on: str, detente: Detente) -> None:
    data = detente("status", case, "--on", on, "--json").json
    assert data.keys() >= {"on", "norms", "breaches", "due_next", "overdue", "follows", "readings"}
    assert data["on"] == on
    assert next(iter(data["readings"].values()))["norms"] == data["norms"]
    for reading in data["readings"].values():
        _check_reading(reading)


def test_status_for_people(detente: Detente) -> None:
    told = detente("status", "minsk-2015", "--on", "2015-03-10")
    assert told.code == 0
    assert "On 2015-03-10" in told.out
    assert "Overdue: P02-start, P02 and P06." in told.out
    assert "Due next: 2015-03-14 Resolution of parliament" in told.out
    assert "nothing: the agreement names no remedy" in " ".join(told.out.split())
    assert (
        "Reading named-in-resolution" in detente("status", "jcpoa-2015", "--on", "2025-10-01").out
    )
    assert "starts arbitrator-appointed" in " ".join(
        detente("status", "dayton-1995", "--on", "1996-01-10").out.split()
    )


def test_status_today_without_a_day(detente: Detente) -> None:
    data = detente("status", "dayton-1995", "--json").json
    assert (
        abs(
            (
                datetime.date.fromisoformat(data["on"])
                - datetime.datetime.now(tz=datetime.UTC).date()
            ).days
        )
        <= 1
    )


@pytest.mark.parametrize("case", HISTORY)
def test_timeline(case: str, detente: Detente, tmp_path: Path) -> None:
    picture = tmp_path / "norms.svg"
    call = ("timeline", case, "--on", "2025-12-31", "--plot", picture)
    data = detente(*call, "--json").json
    days = [change["day"] for change in data["changes"]]
    assert days == sorted(days)
    assert {change["state"] for change in data["changes"]} <= STATES | {"happened"}
    by_norm: dict[str, list[dict[str, str]]] = {}
    for spell in data["spells"]:
        assert spell["start"] < spell["end"]
        by_norm.setdefault(spell["norm"], []).append(spell)
    for spells in by_norm.values():
        assert all(a["end"] <= b["start"] for a, b in pairwise(spells))
    drawn = picture.read_text(encoding="utf-8")
    for norm in by_norm:
        assert norm in drawn
    assert detente(*call).code == 0


def test_a_timeline_before_anything_is_not_drawn(detente: Detente, tmp_path: Path) -> None:
    told = detente("timeline", "minsk-2015", "--on", "2015-01-01", "--plot", tmp_path / "x.svg")
    assert told.code == 2
    assert "No norm was in force by that day" in told.err


def read_calendar(content: bytes) -> list[Any]:
    """Events of an iCalendar file as another library reads and validates them (RFC 5545)."""
    assert content.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    (calendar,) = vobject.readComponents(content.decode())
    assert calendar.validate(raiseException=True)
    events = list(calendar.vevent_list)
    assert all((each.dtend.value - each.dtstart.value).days == 1 for each in events)
    assert len({each.uid.value for each in events}) == len(events)
    return events


@pytest.mark.parametrize(
    ("case", "on"),
    [("minsk-2015", "2015-02-20"), ("jcpoa-2015", "2025-09-01"), ("dayton-1995", "1995-12-21"),
     ("ukraine-2025", "2026-03-01")],
)  # fmt: skip
def test_the_calendar_by_a_library_that_did_not_write_it(
    case: str, on: str, detente: Detente, tmp_path: Path
) -> None:
    path = tmp_path / "norms.ics"
    told = detente("calendar", case, "--on", on, "-o", path, "--json").json
    content = path.read_bytes()
    events = read_calendar(content)
    assert told == {"file": str(path), "events": len(events)}
    status = detente("status", case, "--on", on, "--json").json
    days = {event.dtstart.value.isoformat() for event in events}
    for norm in status["norms"]:
        if norm["due"] and norm["state"] == "in-force":
            assert norm["due"] in days, norm
    assert detente("calendar", case, "--on", on, "-o", path).code == 0
    assert path.read_bytes() == content


def test_the_calendar_is_not_half_written(detente: Detente, tmp_path: Path) -> None:
    told = detente("calendar", "minsk-2015", "-o", tmp_path / "no" / "x.ics")
    assert (told.code, told.out) == (2, "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--on", "2015-02-30"), "'2015-02-30' is not a day that exists; write YYYY-MM-DD."),
        (("--draft", "package-of-measure"), "did you mean 'package-of-measures'?"),
        (("--reading", "x"), "The agreement has no reading 'x'; known are 'as-written'."),
        (("--known-on", "soon"), "'soon' is not a day that exists"),
    ],
)
def test_wrong_use(detente: Detente, arguments: tuple[str, ...], words: str) -> None:
    told = detente("status", "minsk-2015", *arguments)
    assert (told.code, told.out) == (2, "")
    assert words in told.err


def test_a_case_without_norms(detente: Detente, tmp_path: Path) -> None:
    detente("new", tmp_path / "valley")
    told = detente("status", tmp_path / "valley")
    assert told.code == 2
    assert told.err == "The case has no norms; write them into norms.yaml.\n"


@pytest.mark.parametrize("case", HISTORY)
@pytest.mark.parametrize("command", [("check",), ("show",), ("assess",), ("ledger",)])
def test_other_commands_take_the_finished_cases(
    case: str, command: tuple[str, ...], detente: Detente
) -> None:
    assert case in example_names()
    assert detente(command[0], case, *command[1:], "--json").code == 0


def test_in_a_notebook() -> None:
    case = load(example_folder("minsk-2015"))
    status = case.status(datetime.date(2015, 3, 16))
    assert status.norm("P04-resolution").state == "violated"
    assert case.timeline(datetime.date(2015, 3, 20)).changes[-1].state == "cured"


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("debtor: south", "debtor: suoth", "3:11", "Unknown actor 'suoth'; did you mean 'south'?"),
        ("kind: power", "kind: powr", "18:9", "'powr' is not a possible 'kind'"),
        ("[oLpay]", "[oLpya]", "11:15", "Unknown norm 'oLpya'; did you mean 'oLpay'?"),
        ("norm: oPay, re", "norm: oPya, re", "20:19", "Unknown norm 'oPya'"),
        ("amount: 10,", "amount: -10,", "5:22", "'amount' is -10; it must be at least 0."),
        ("amount: 10,", "amount: 10, date: 2025-02-30,", "5:32", "'2025-02-30' is not a date"),
        ("amount: 10,", "amount: 10, zone: Mars/North,", "5:32", "is not a time zone"),
        ("amount: 10,", "amount: 10, at: 25:00,", "5:30", "is not a time of day"),
        ("amount: 10,", "amount: 1, unit: months, count: business,", "5:13", "business days are"),
        ("amount: 10,", "event: a, norm: oPay,", "5:13", "a moment counts from one thing"),
        ("trigger: {norm: oPay, reaches: violated}", "trigger: {}", "20:12", "needs one of"),
        ("holder: south", "when: {tol: none}", "19:10", "Unknown point 'tol'"),
        ("holder: south", "quantity: {limit: -1}", "19:21", "it must be at least 0"),
        ("kind: power\n  holder: south", "holder: south", "16:3", "only a power has a holder"),
        (
            "kind: power\n  holder: south",
            "kind: condition\n  stages: [{id: a, amount: 3}]\n  requires: [{event: b}]",
            "16:3",
            "passes its stages by time alone",
        ),
        ("amount: 7,", "amount: 7, round: near,", "10:32", "not a possible 'round'"),
    ],
)
def test_bad_norms(
    tmp_path: Path, detente: Detente, old: str, new: str, place: str, words: str
) -> None:
    from case.minimal import write_case

    assert old in GOODS
    folder = write_case(tmp_path, norms=GOODS.replace(old, new, 1))
    told = detente("status", folder)
    assert told.code == 2
    lines = [line for line in told.err.splitlines() if words.lower() in line.lower()]
    assert lines, told.err
    assert lines[0].split(".yaml:")[1].split(": ")[0] == place, told.err


def test_the_time_of_a_log_grows_with_its_entries_and_no_faster() -> None:
    """How long one takes is told by benchmarks/enactment.py."""
    from detente.enactment.run import run_agreement
    from enactment.large import large_agreement

    made = {entries: large_agreement(60, entries) for entries in (500, 4000)}
    check_growth(lambda entries: run_agreement(*made[entries]), *made)
