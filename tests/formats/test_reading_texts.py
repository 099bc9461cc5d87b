"""JSON, XML and decimals with their places."""

from __future__ import annotations

import json as library
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import CaseError
from detente.text import json, xml
from detente.text.decimals import parse_decimal, write_decimal

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


def tupled(data: object) -> object:
    """Return data as the reader gives it."""
    if isinstance(data, list):
        return tuple(tupled(item) for item in data)
    if isinstance(data, dict):
        return {key: tupled(item) for key, item in data.items()}
    return data


@given(PLAIN, st.sampled_from([None, 0, 3]))
def test_json_reads_as_the_library_does(data: object, indent: int | None) -> None:
    assert json.parse(library.dumps(data, indent=indent), "a.json").data == tupled(data)


@given(PLAIN)
def test_json_written_reads_back(data: object) -> None:
    assert json.parse(json.dump(data), "a.json").data == tupled(data)


@given(st.text(alphabet='{}[]",:0123456789.eE+-truefalsn\\ \n', max_size=30))
def test_json_accepts_what_the_library_accepts_and_nothing_else(text: str) -> None:
    try:
        library.loads(text, object_pairs_hook=_no_repeats, parse_constant=_refuse)
    except ValueError:
        with pytest.raises(CaseError):
            json.parse(text, "a.json")
    else:
        assert code_of(text) in (None, "scenario-number")


def code_of(text: str) -> str | None:
    """Return the code of the fault in a text; None if there is none."""
    try:
        json.parse(text, "a.json")
    except CaseError as error:
        return error.problems[0].code
    return None


def _no_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError
    return dict(pairs)


def _refuse(word: str) -> None:
    raise ValueError(word)


def test_json_places_are_lines_and_columns() -> None:
    document = json.parse('{\n "a": [1,\n  {"b": 2}]}', "a.json")
    assert document.place(("a", 0)) == (2, 8)
    assert document.key_place(("a", 1, "b")) == (3, 4)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "a.json:1:1: The file ends too early; is it cut off?"),
        ('{"a" 1}', "a.json:1:6: A colon is expected after the key 'a'."),
        ("{a: 1}", "a.json:1:2: A key in double quotes is expected here."),
        ("[1 2]", "a.json:1:4: A comma or ']' is expected here."),
        ("[1,]", "a.json:1:4: A value is expected here."),
        ('"\\ud800"', "a.json:1:1: This text holds half a character; write it whole."),
        ('"open', "a.json:1:1: This text in quotes does not end or holds what JSON forbids."),
        ("1e101", "a.json:1:1: An exponent beyond 100 is surely a mistake; found 1e101."),
    ],
)
def test_bad_json_is_told_in_a_sentence(text: str, words: str) -> None:
    with pytest.raises(CaseError) as caught:
        json.parse(text, "a.json")
    assert str(caught.value) == words


def test_xml_keeps_the_places_of_elements_after_wide_characters() -> None:
    root = xml.parse('<a name="é">\n  <b/>€<c/></a>', "a.xml")
    assert [child.place for child in root.children] == [(2, 3), (2, 8)]


@pytest.mark.parametrize(
    "text", ["", "<a>", "<a></b>", "<a b='1' b='2'/>", "<a/><b/>", "&x;", "<a>&x;</a>"]
)
def test_bad_xml_is_refused(text: str) -> None:
    with pytest.raises(CaseError, match="This is not XML"):
        xml.parse(text, "a.xml")


@given(st.integers(-(10**20), 10**20), st.integers(0, 18))
def test_decimals_written_read_back(number: int, places: int) -> None:
    exact = Fraction(number, 10**places)
    written = write_decimal(exact)
    assert written is not None
    assert parse_decimal(written) == exact


@pytest.mark.parametrize(
    "text", ["", "inf", "nan", "1/3", "0x10", "1_000", "١", "--1", "1e", "1e1e1", "."]
)
def test_what_is_no_decimal_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a finite number"):
        parse_decimal(text)
