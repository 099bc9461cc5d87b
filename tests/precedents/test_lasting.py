"""Who could be observed for so many years, and who ended within them."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.precedents.lasting import Lasting, base_rates, find_lasting, undated_ends
from detente.precedents.vocabulary import topics
from precedents.tables import read_ucdp, ucdp_rows

CEASEFIRE = topics()["pax/CeProv"]
UNTIL = {"pa_date": "2020-06-01"}  # the last one signed: all are watched until the end of 2020


def lasting(agreements: list[dict[str, object]], folder: Path) -> Lasting:
    treaties = read_ucdp(ucdp_rows([*agreements, UNTIL]), folder)
    (found,) = find_lasting(treaties, [CEASEFIRE])
    return found


def test_by_hand(tmp_path: Path) -> None:
    found = lasting(
        [
            {"cease": 1, "pa_date": "1995-01-01", "ended": 1, "duration": "1995-03-01"},
            {"cease": 1, "pa_date": "1995-01-01", "ended": 1, "duration": "2002-01-01"},
            {"cease": 1, "pa_date": "2012-01-01"},
            {"cease": 0, "pa_date": "1995-01-01"},
            {"cease": 0, "pa_date": "1995-01-01", "ended": 1, "duration": "2019-01-01"},
            {"cease": 1, "pa_date": "2018-01-01", "ended": 1, "duration": "2018-02-01"},
        ],
        tmp_path,
    )
    five, ten = found.ended
    assert (found.contained.count, found.contained.base) == (4, 7)
    assert (five.having.count, five.having.base) == (1, 3)
    assert (five.lacking.count, five.lacking.base) == (0, 2)
    assert (five.everyone.count, five.everyone.base) == (1, 5)
    assert (ten.having.count, ten.having.base) == (2, 2)
    assert (ten.lacking.count, ten.lacking.base) == (0, 2)


@pytest.mark.parametrize(("signed", "seen"), [("2015-12-31", 1), ("2016-01-01", 0)])
def test_five_years_must_have_passed_before_the_last_day(
    signed: str, seen: int, tmp_path: Path
) -> None:
    assert lasting([{"cease": 1, "pa_date": signed}], tmp_path).ended[0].having.base == seen


@pytest.mark.parametrize(("over", "counted"), [("2000-01-01", 1), ("2000-01-03", 0)])
def test_five_years_are_five_times_365_and_a_quarter_days(
    over: str, counted: int, tmp_path: Path
) -> None:
    ended = {"cease": 1, "pa_date": "1995-01-01", "ended": 1, "duration": over}
    assert lasting([ended], tmp_path).ended[0].having.count == counted


def test_an_end_without_a_day_counts_as_none_and_is_told(tmp_path: Path) -> None:
    treaties = read_ucdp(ucdp_rows([{"cease": 1, "ended": 1}, UNTIL]), tmp_path)
    assert undated_ends(treaties) == 1
    assert find_lasting(treaties, [CEASEFIRE])[0].ended[0].having.count == 0


def test_a_stated_last_day_counts(tmp_path: Path) -> None:
    row = {"cease": 1, "pa_date": "2000-02-29", "censor_point": "2004-02-29"}
    treaties = read_ucdp([{**ucdp_rows([row])[0]}], tmp_path)
    assert str(treaties.until) == "2004-02-29"
    assert find_lasting(treaties, [CEASEFIRE])[0].ended[0].having.base == 0


def test_kinds_add_up_to_all(tmp_path: Path) -> None:
    rows = ucdp_rows([{"pa_type": kind} for kind in (1, 2, 2, 3)] + [UNTIL])
    (_, everyone), *kinds = base_rates(read_ucdp(rows, tmp_path))
    assert everyone[0].base == 4
    assert [(label, shares[0].base) for label, shares in kinds] == [
        ("full", 1),
        ("partial", 2),
        ("process", 1),
    ]


def test_a_topic_without_a_provision_says_nothing(tmp_path: Path) -> None:
    treaties = read_ucdp(ucdp_rows([UNTIL]), tmp_path)
    assert find_lasting(treaties, [topics()["own/sanctions"], topics()["pax/Med"]]) == ()
