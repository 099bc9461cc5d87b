"""Days after days: months of unequal length, working days, zones, leap days."""

from __future__ import annotations

import datetime
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.enactment.dates import (
    MINUTES,
    Calendar,
    NoSuchDayError,
    Period,
    add_months,
    as_date,
    as_day,
    last_days,
    read_instant,
)

SHARED = Path(os.environ.get("DETENTE_SHARED", Path(__file__).parents[3] / "shared"))
ROWS = SHARED / "data" / "enactment" / "dates-calc"
needs_rows = pytest.mark.skipif(not ROWS.is_dir(), reason=f"date rows are not in {ROWS}")

date = datetime.date.fromisoformat


def added(start: str, period: Period, calendar: Calendar | None = None) -> str:
    moment = (calendar or Calendar()).add(as_day(date(start)) * MINUTES, period)
    return as_date(moment // MINUTES).isoformat()


def _rows(name: str) -> list[list[str]]:
    lines = (ROWS / name).read_text("utf-8").splitlines()[1:]
    return [[cell.strip() for cell in line.split(";")] for line in lines if line.strip()]


def _period(text: str, rounding: str) -> Period:
    years, months, days = map(int, re.findall(r"-?\d+", text))
    if years or months:
        assert not days
        return Period(years * 12 + months, months=True, round=rounding)  # type: ignore[arg-type]
    return Period(days)


@needs_rows
def test_exact_rows() -> None:
    rows = _rows("exact_computations.csv")
    assert len(rows) == 19
    for start, period, expected in rows:
        assert added(start, _period(period, "error")) == expected, (start, period)


@needs_rows
def test_ambiguous_rows_with_both_roundings() -> None:
    rows = _rows("ambiguous_computations.csv")
    assert len(rows) == 11
    for start, period, up, down in rows:
        assert added(start, _period(period, "up")) == up, (start, period)
        assert added(start, _period(period, "down")) == down, (start, period)
        with pytest.raises(NoSuchDayError):
            added(start, _period(period, "error"))


@pytest.mark.parametrize(
    ("start", "months", "down", "up"),
    [
        ("2025-01-31", 1, "2025-02-28", "2025-03-01"),
        ("2024-01-31", 1, "2024-02-29", "2024-03-01"),
        ("2025-08-31", 1, "2025-09-30", "2025-10-01"),
        ("2024-02-29", 12, "2025-02-28", "2025-03-01"),
        ("2024-02-29", 48, "2028-02-29", "2028-02-29"),
        ("2025-10-31", 2, "2025-12-31", "2025-12-31"),
    ],
)
def test_rounding(start: str, months: int, down: str, up: str) -> None:
    assert add_months(date(start), months, "down") == date(down)
    assert add_months(date(start), months, "up") == date(up)
    if down != up:
        with pytest.raises(NoSuchDayError, match="falls on"):
            add_months(date(start), months)


@given(st.dates(date("1900-01-01"), date("2200-12-31")), st.integers(0, 600))
def test_months_round_to_neighbours_and_never_past_a_month(
    start: datetime.date, months: int
) -> None:
    down, up = add_months(start, months, "down"), add_months(start, months, "up")
    assert (up - down).days in (0, 1)
    assert (down.year * 12 + down.month) - (start.year * 12 + start.month) == months
    assert down.day == start.day or up.day == 1


@given(
    st.dates(date("2000-01-01"), date("2050-12-31")),
    st.integers(1, 60),
    st.sets(st.dates(date("2000-01-01"), date("2051-12-31")), max_size=20),
)
def test_working_days_by_counting(
    start: datetime.date, amount: int, holidays: set[datetime.date]
) -> None:
    calendar = Calendar("UTC", frozenset(as_day(each) for each in holidays))
    left, here = amount, start
    while left:
        here += datetime.timedelta(1)
        left -= here.weekday() < 5 and here not in holidays
    assert added(start.isoformat(), Period(amount, business=True), calendar) == here.isoformat()


def test_first_day_counted_or_not() -> None:
    assert last_days(date("2015-02-15"), 14) == (date("2015-02-28"), date("2015-03-01"))
    assert added("2015-02-15", Period(14, include_first=True)) == "2015-02-28"
    assert added("2015-02-15", Period(14)) == "2015-03-01"
    # a Friday: that day and the Monday after it are two working days
    assert added("2025-08-29", Period(2, business=True, include_first=True)) == "2025-09-01"
    # time that begins on a day off begins with the next working day
    assert added("2025-08-30", Period(0, business=True, minute=0)) == "2025-09-01"


def test_midnight_in_another_zone() -> None:
    notice = as_day(date("2025-08-28")) * MINUTES
    period = Period(30, zone="UTC", minute=MINUTES)
    for zone, day, hour in [
        ("UTC", "2025-09-28", 0),
        ("America/New_York", "2025-09-27", 20),
        ("Asia/Tehran", "2025-09-28", 3),
    ]:
        there = Calendar(zone).add(notice, period)
        assert (as_date(there // MINUTES), there % MINUTES // 60) == (date(day), hour)


def test_a_time_is_read_on_the_agreements_clock() -> None:
    there = read_instant("2025-08-28T23:30-04:00", "UTC")
    assert as_date(there // MINUTES) == date("2025-08-29")
    # clocks go back: the hour occurs twice, the first is meant
    assert read_instant("2025-10-26T03:30", "Europe/Kyiv") % MINUTES == 210
    with pytest.raises(NoSuchDayError, match="skip"):
        read_instant("2025-03-09T02:30", "America/New_York")


def test_deadline_of_a_day_lasts_until_its_end() -> None:
    calendar = Calendar()
    start = as_day(date("2024-02-28")) * MINUTES + 600
    assert calendar.last_day(start, Period(1)) == as_day(date("2024-03-01")) * MINUTES
    assert calendar.last_day(start, Period(1, minute=720)) == (
        as_day(date("2024-02-29")) * MINUTES + 720
    )
