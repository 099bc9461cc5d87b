"""Quantities in sentences with known answers, and the cases that decide how one is read."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from detente.reading.quantities.find import find_quantities
from detente.reading.quantities.quantity import Kind
from reading.sentences import HELD_OUT, TUNING, QuantitySentence, quantity_sentences

FRIDAY = datetime.date(2025, 11, 21)


@pytest.mark.parametrize(
    ("name", "half", "floor"),
    [
        ("quantities.yaml", TUNING, 0.99),
        ("quantities.yaml", HELD_OUT, 0.98),
        ("quantities_harder.yaml", TUNING, 0.97),
        ("quantities_harder.yaml", HELD_OUT, 0.94),
    ],
)
def test_most_quantities_are_found_as_they_are_meant(name: str, half: int, floor: float) -> None:
    wanted = right = more = 0
    for sentence in quantity_sentences(half, name):
        found = sentence.found()
        wanted += len(sentence.wanted)
        right += sum(each in found for each in sentence.wanted)
        more += sum(each not in sentence.wanted for each in found)
    assert right >= floor * wanted
    assert more <= (1 - floor) * wanted


@pytest.mark.parametrize("sentence", quantity_sentences(TUNING), ids=lambda each: each.says[:40])
def test_every_sentence_of_the_half_that_was_tuned_on(sentence: QuantitySentence) -> None:
    assert sentence.found() == list(sentence.wanted)


def test_values_are_exact() -> None:
    (found,) = find_quantities("It is worth $130.75bn.")
    assert found.value == 130_750_000_000
    (share,) = find_quantities("two-thirds of the votes")
    assert share.value == Decimal(2) / 3


def test_two_amounts_side_by_side_are_two() -> None:
    euros, dollars = find_quantities("€100 billion ($115 billion)")
    assert (euros.unit, dollars.unit) == ("EUR", "USD")


def test_a_day_in_digits_with_two_readings_tells_both_and_chooses_neither() -> None:
    (found,) = find_quantities("dated 03/04/2025")
    assert found.value is None
    assert found.readings == (datetime.date(2025, 3, 4), datetime.date(2025, 4, 3))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He said so on Thursday.", datetime.date(2025, 11, 20)),
        ("They will meet on Thursday.", datetime.date(2025, 11, 27)),
        ("He said on Thursday that they will meet.", None),
        ("The reply is due by Thursday.", datetime.date(2025, 11, 27)),
        ("next Thursday", datetime.date(2025, 11, 27)),
        ("Thursday of next week", datetime.date(2025, 11, 27)),
        ("last Thursday", None),
        ("on 9 May", None),
        ("on 9 January", datetime.date(2026, 1, 9)),
    ],
)
def test_a_day_is_resolved_only_where_one_reading_is_left(
    text: str, value: datetime.date | None
) -> None:
    (found,) = find_quantities(text, written=FRIDAY)
    assert found.value == value
    (alone,) = find_quantities(text)
    assert alone.value is None


def test_numbers_in_a_list_share_the_unit_at_its_end() -> None:
    found = find_quantities("behind lines of 50, 70 and 140 km")
    assert [(each.text, each.value, each.unit) for each in found] == [
        ("50", 50, "kilometres"),
        ("70", 70, "kilometres"),
        ("140 km", 140, "kilometres"),
    ]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("some 10-15,000 soldiers", 10_000, 15_000),
        ("a two- to three-year term", 2, 3),
        ("a 5-to-7-day pause", 5, 7),
        ("20%-30% of it", 20, 30),
        ("€140 billion-€185 billion", 140 * 10**9, 185 * 10**9),
        ("three to four million people", 3 * 10**6, 4 * 10**6),
    ],
)
def test_ranges(text: str, low: int, high: int) -> None:
    found = next(each for each in find_quantities(text) if each.low is not None)
    assert (found.low, found.high, found.value) == (low, high, None)


def test_what_is_cut_or_raised_is_no_range() -> None:
    first, second = find_quantities("raised from 600,000 to 800,000")
    assert (first.value, second.value) == (600_000, 800_000)


def test_a_deadline_may_count_back() -> None:
    (found,) = find_quantities("at least 14 days before the vote")
    assert (found.kind, found.before, found.anchor) == (Kind.DEADLINE, True, "the vote")


def test_figures_in_words_and_digits_are_one() -> None:
    (found,) = find_quantities("within ninety (90) days of signing")
    assert (found.value, found.anchor) == (90, "signing")


def test_a_number_at_the_end_of_a_line_goes_with_the_noun_on_the_next() -> None:
    (found,) = find_quantities("at most 600,000\ntroops")
    assert (found.unit, found.qualifier) == ("troops", "at most")


def test_a_blank_line_parts_them() -> None:
    (found,) = find_quantities("at most 600,000\n\nTroops of others")
    assert (found.kind, found.unit) == (Kind.NUMBER, None)


def test_nothing_comes_of_nothing() -> None:
    assert find_quantities("") == ()
