"""Quantities that restate another, and those that only stand near one."""

from __future__ import annotations

import pytest

from detente.reading.quantities.find import find_quantities
from reading.sentences import ConversionSentence, conversion_sentences


@pytest.mark.parametrize("sentence", conversion_sentences(), ids=lambda each: each.says[:40])
def test_what_restates_what(sentence: ConversionSentence) -> None:
    assert sentence.found() == sentence.wanted


@pytest.mark.parametrize(
    ("text", "restated"),
    [
        ("30 km (19 miles)", True),
        ("30 km (23 miles)", True),
        ("30 km (30 miles)", False),
        ("30 km (19 acres)", False),
        ("30 km, 19 miles", False),
        ("30 km (from 19 miles)", False),
        ("30 km (19 miles", False),
    ],
)
def test_units_are_of_one_dimension_and_nearly_equal(text: str, restated: bool) -> None:
    _, second = find_quantities(text)
    assert second.converts == ((0, 5) if restated else None)


def test_several_in_one_bracket_restate_the_first() -> None:
    euros, dollars, pounds = find_quantities("€10 million ($12 million, £9 million)")
    assert euros.converts is None
    assert dollars.converts == pounds.converts == euros.span


def test_two_sums_in_one_currency_are_two() -> None:
    assert [each.converts for each in find_quantities("€5m (€6m)")] == [None, None]
