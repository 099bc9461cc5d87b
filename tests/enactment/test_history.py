"""Dates that follow from the texts of finished agreements, and how the shipped ones stand."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from detente.case.case import Case
from detente.case.examples import example_folder
from detente.case.load import load
from detente.case.write import save
from detente.compare.cases import compare_cases
from detente.enactment.dates import add_months, last_days
from detente.enactment.status import find_status

date = datetime.date.fromisoformat


def _days(start: str, days: int) -> str:
    return (date(start) + datetime.timedelta(days)).isoformat()


@pytest.fixture(scope="module")
def minsk() -> Case:
    return load(example_folder("minsk-2015"))


@pytest.fixture(scope="module")
def plan() -> Case:
    return load(example_folder("jcpoa-2015"))


@pytest.fixture(scope="module")
def dayton() -> Case:
    return load(example_folder("dayton-1995"))


def test_minsk(minsk: Case) -> None:
    status = find_status(minsk, date("2015-12-31"))
    dues = {norm.id: str(norm.due) for norm in status.first.norms if norm.due}
    assert dues == {
        "P02-start": "2015-02-17",
        "P02": "2015-03-01",
        "P04-resolution": "2015-03-14",
        "P06": "2015-03-06",
        "P09": "2015-12-31",
        "P11": "2015-12-31",
    }
    late = {each.norm: each.late_days for each in status.first.breaches if each.cured}
    assert late == {"P04-resolution": 3}
    after = find_status(minsk, date("2016-01-01"))
    assert after.norm("P11").state == "violated"
    assert after.norm("P09").state == "dormant"
    assert all(not each.effects for each in after.first.follows), "no norm has a remedy"
    assert last_days(date("2015-02-17"), 15)[1] >= date("2015-03-03") > date(dues["P02"])


def test_the_steps_of_the_plan(plan: Case) -> None:
    early = find_status(plan, date("2015-07-20"))
    assert str(early.norm("adoption").due) == "2015-10-18"
    then = find_status(plan, date("2023-10-18"))
    assert (str(then.norm("adoption").since), str(then.norm("transition").since)) == (
        "2015-10-18",
        "2023-10-18",
    )
    assert str(then.norm("notice").ends) == "2025-10-18"
    assert str(find_status(plan, date("2020-01-14")).norm("dispute").due) == "2020-01-29"


def test_the_snap_back_by_three_readings(plan: Case) -> None:
    status = find_status(plan, date("2025-10-20"))
    back = {each.reading: each.norm("measures") for each in status.readings}
    assert [(name, norm.state, str(norm.since)) for name, norm in back.items()] == [
        ("present-participants", "in-force", "2025-09-27"),
        ("named-in-resolution", "in-force", "2020-09-19"),
        ("europeans-forfeited", "lapsed", "2016-01-16"),
    ]
    ended = {each.reading: each.norm("termination").state for each in status.readings}
    assert ended == {
        "present-participants": "void",
        "named-in-resolution": "void",
        "europeans-forfeited": "in-force",
    }
    before = find_status(plan, date("2025-09-26"))
    assert (before.norm("return").state, str(before.norm("return").due)) == (
        "in-force",
        "2025-09-27",
    )


def test_what_was_known_of_the_plan(plan: Case) -> None:
    day, known = date("2019-12-31"), date("2019-06-30")
    assert find_status(plan, day).norm("cap-stock").state == "violated"
    assert find_status(plan, day, known_on=known).norm("cap-stock").state == "in-force"


def test_dayton(dayton: Case) -> None:
    start = find_status(dayton, date("1995-12-20"))
    dues = {norm.id: str(norm.due or norm.ends) for norm in start.first.norms}
    assert (
        dues
        | {
            "foreign-forces": "1996-01-13",
            "phase-1": "1996-01-19",
            "phase-2": "1996-02-03",
            "no-entry": "1996-03-20",
            "phase-3": "1996-04-18",
            "arms-limits": "1996-06-11",
            "elections": "1996-09-14",
            "arbitrator-agreed": "1996-01-13",
            "award": "1996-12-14",
            "force": "1996-12-20",
        }
        == dues
    )
    end = find_status(dayton, date("1999-03-05"))
    late = {each.norm: each.late_days for each in end.first.breaches if each.cured}
    assert late == {"arms-limits": 3, "award": 811}
    assert end.norm("elections").state == "fulfilled"
    assert end.norm("un-sanctions").state == "lapsed"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (_days("2015-02-12", 30), "2015-03-14"),
        (_days("2015-07-20", 90), "2015-10-18"),
        (_days("2020-01-14", 65), "2020-03-19"),
        (_days("2025-08-28", 30), "2025-09-27"),
        (_days("1995-12-14", 180), "1996-06-11"),
        (str(add_months(date("1995-12-14"), 6)), "1996-06-14"),
        (str(add_months(date("1995-12-14"), 9)), "1996-09-14"),
        (str(add_months(date("2015-10-18"), 96)), "2023-10-18"),
        (str(add_months(date("1998-07-28"), 24)), "2000-07-28"),
        (str(add_months(date("1998-05-22"), 24)), "2000-05-22"),
        (str((date("2005-09-26") - date("2000-05-22")).days), "1953"),
        (str((date("1998-07-28") - date("1998-06-30")).days), "28"),
        (str(add_months(date("1978-09-17"), 3)), "1978-12-17"),
        (str((date("1979-03-26") - date("1978-12-17")).days), "99"),
        (str(add_months(date("1979-04-25"), 9)), "1980-01-25"),
        (str(add_months(date("1979-04-25"), 36)), "1982-04-25"),
        (str(add_months(date("1979-04-25"), 1)), "1979-05-25"),
        (str((date("1997-02-14") - date("1996-12-14")).days), "62"),
    ],
)
def test_dates_of_finished_agreements(found: str, expected: str) -> None:
    assert found == expected


def test_the_flagships_norms_follow_the_draft() -> None:
    case = load(example_folder("ukraine-2025"))
    known = {norm.id for norm in case.norms}
    assert {f"N{number:02}" for number in range(1, 41)} <= known
    on = date("2026-03-19")
    of = {
        draft.id: {norm.id for norm in find_status(case, on, draft=draft.id).first.norms}
        for draft in case.drafts
    }
    assert {"N02", "N04", "N06", "N12", "N18", "N24", "N34"} <= of["us-russia-28"]
    assert {"N03", "N05", "N14", "N15", "N27", "N35", "N36"} <= of["us-ukraine-20"]
    assert not of["us-ukraine-20"] & {"N02", "N04", "N12", "N24", "N34"}
    status = find_status(case, on)
    assert status.norm("N01").state == "waived"
    assert status.norm("N20").state == "in-force"
    assert next(norm for norm in status.first.norms if norm.id == "N28").possible


def test_elections_in_a_hundred_days_wait_for_the_end_of_martial_law() -> None:
    case = load(example_folder("ukraine-2025"))
    (elections,) = [norm for norm in case.norms if norm.id == "N02"]
    assert [moment.norm for moment in elections.requires] == ["martial-law-ends"] * 2


@pytest.mark.parametrize("name", ["minsk-2015", "jcpoa-2015", "dayton-1995", "ukraine-2025"])
def test_norms_and_log_are_saved_as_they_were_read(name: str, tmp_path: Path) -> None:
    case = load(example_folder(name))
    save(case, tmp_path / "copy")
    assert load(tmp_path / "copy") == case
    assert compare_cases(case, load(tmp_path / "copy")) == ()
    bare = replace(case, entries=(), folder=None)
    save(bare, tmp_path / "fresh")
    fresh = load(tmp_path / "fresh")
    assert (fresh.norms, fresh.events) == (case.norms, case.events)
    fewer = replace(case, norms=case.norms[1:], events=case.events[:-1])
    changes = {(each.kind, each.id, each.change) for each in compare_cases(case, fewer)}
    assert changes == {
        ("norms", case.norms[0].id, "dropped"),
        ("events", case.events[-1].id, "dropped"),
    }
