"""What holds of quantities and stances in any text whatever, and how long the worst may take."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.reading.lists import words_of
from detente.reading.places.find import find_places
from detente.reading.quantities.find import find_quantities
from detente.reading.stances.find import find_stance
from growth import check_growth

WORDS = sorted(
    words_of(
        """a an half one two twenty hundred thousand million billion dozen and or to from
        between of the in by before until within no not later than after following days
        day years months weeks troops point points strong army per cent percent % $ € £
        US$ EUR dollars euros Swiss francs - – , . ( ) at least up about third thirds
        two-thirds 5 28 600,000 1.5 1,5 2025 2026-02-30 03/04/2025 21st November Nov.
        May Thursday last next week Christmas end signing Article No 5m 90bn F-16 if
        must unless reject accept not cannot welcome but ? ; ! we will they said that
        red line plan"""
    )
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="0123456789,.-–$€% ()/:\n'\"mbk", max_size=120),
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
)
DAYS = st.one_of(st.none(), st.dates())


@given(TEXTS, DAYS)
def test_quantities_are_slices_in_order_that_do_not_overlap(
    text: str, written: datetime.date | None
) -> None:
    end = 0
    for found in find_quantities(text, written=written):
        assert text[slice(*found.span)] == found.text != ""
        assert found.span[0] >= end
        end = found.span[1]


@given(TEXTS, DAYS)
def test_a_range_runs_up_and_has_no_single_value(text: str, written: datetime.date | None) -> None:
    for found in find_quantities(text, written=written):
        assert found.value is None or (found.low is None and found.high is None)
        if found.low is not None and found.high is not None:
            assert found.low <= found.high  # type: ignore[operator]
        assert found.anchor is None or found.anchor in found.text


@given(TEXTS)
def test_what_is_restated_is_a_quantity_before_that_restates_none(text: str) -> None:
    own: set[tuple[int, int]] = set()
    for found in find_quantities(text):
        assert found.converts is None or found.converts in own
        if found.converts is None:
            own.add(found.span)


@given(TEXTS)
def test_what_stands_before_moves_the_places_only(text: str) -> None:
    moved = find_quantities("So.\n\n" + text)
    plain = find_quantities("\n\n" + text)
    assert [each.text for each in moved] == [each.text for each in plain]
    assert [each.span[0] - 3 for each in moved] == [each.span[0] for each in plain]


@given(TEXTS)
def test_a_stance_is_a_level_or_open_and_shows_its_words(text: str) -> None:
    stance = find_stance(text)
    assert stance.level is None or -3 <= stance.level <= 3
    assert stance.level is None or stance.deciding
    assert stance.conditional is (stance.condition is not None)
    end = 0
    for begin, after in stance.deciding:
        assert end <= begin < after <= len(text)
        end = after
    if stance.condition:
        begin, after = stance.condition
        assert text[begin:after].strip() == text[begin:after] != ""
        assert stance.level is None or abs(stance.level) < 3


PLACE_WORDS = sorted(
    words_of(
        """in at of to from the The In near Moscow Kyiv Nice Paris Hilton New York St Petersburg
        Lake River river valley oblast oblasts Strait U S US and said Lenn Mr Lower Town Can Port
        au Prince , . - – ’s \n ( “"""
    )
)
NEWS = st.one_of(TEXTS, st.lists(st.sampled_from(PLACE_WORDS), max_size=40).map(" ".join))


@given(NEWS, st.lists(st.sampled_from(PLACE_WORDS), max_size=3))
def test_places_are_slices_in_order_that_do_not_overlap(text: str, known: list[str]) -> None:
    end = 0
    for found in find_places(text, known):
        assert text[slice(*found.span)] == found.text != ""
        assert found.text[0].isupper()
        assert found.span[0] >= end
        end = found.span[1]


@given(NEWS)
def test_a_paragraph_before_moves_places_only(text: str) -> None:
    moved = find_places("So.\n\n" + text)
    plain = find_places("\n\n" + text)
    assert [each.text for each in moved] == [each.text for each in plain]
    assert [each.span[0] - 3 for each in moved] == [each.span[0] for each in plain]


SIZE = 1_000_000
HOSTILE: dict[str, str] = {
    "digits": "1" * SIZE,
    "commas": "," * SIZE,
    "quotation marks": '"' * SIZE,
    "digits and commas": "1," * (SIZE // 2),
    "thousands": "111," * (SIZE // 4),
    "spaced thousands": "111 " * (SIZE // 4),
    "hyphens": "1-" * (SIZE // 2),
    "letters": "a" * SIZE,
    "apostrophes": "a'" * (SIZE // 2),
    "brackets": "(" * SIZE,
    "lines": "\n" * SIZE,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_million_hostile_characters_take_time_by_their_number(name: str) -> None:
    check_growth(lambda size: find_quantities(HOSTILE[name][:size]), SIZE // 10, SIZE)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_million_hostile_characters_name_no_place_for_longer(name: str) -> None:
    find_places("")
    check_growth(lambda size: find_places(HOSTILE[name][:size]), SIZE // 10, SIZE)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    ["Kyiv ", "Kyiv, ", "Kyiv and ", "Kyiv-", "the Lenn ", "A", "A.", "U.S. ", "Lenn river ", "’s ",
     "in the northern ", "Strait of ", "Oblasts "],
)  # fmt: skip
def test_the_time_of_places_grows_no_faster_either(piece: str) -> None:
    find_places("")
    check_growth(lambda size: find_places(piece * (size // len(piece))), 10_000, 80_000)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "one hundred and ",
        "between ",
        "from 1 to ",
        "within 5 days of the ",
        "by the end of ",
        "$1-",
        "1.",
        "points 1, ",
        "said Thursday ",
        "\n 1. ",
        "+1 ",
        "€5m ($6m, £4m, ",
        "$6m, £4m, ",
    ],
)
def test_time_grows_with_length_and_no_faster(piece: str) -> None:
    check_growth(lambda size: find_quantities(piece * (size // len(piece))), 10_000, 80_000)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "1",
        ",",
        '"',
        "a",
        "if ",
        "must ",
        "but ",
        "not ",
        "n't ",
        "we reject ",
        "if reject ",
        "while reject ",
        "although we accept ",
        "who say others ",
        "if we must reject it, ",
        "needs a ",
        "is it? ",
    ],
)
def test_the_time_of_a_stance_grows_no_faster_either(piece: str) -> None:
    check_growth(lambda size: find_stance(piece * (size // len(piece))), 10_000, 80_000)
