"""Automatic lists of Word files: forms of numbers, levels, restarts, styles, what is damaged."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.reading.plan_points import find_points
from detente.reading.readers.docx import read_docx
from growth import check_growth
from reading.files import docx_file

docx = pytest.importorskip("docx")

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LEGAL = ("%1.", "%1.%2.", "%1.%2.%3.")


def level(depth: int, pattern: str, form: str = "decimal", more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def levels(*patterns: str, form: str = "decimal") -> str:
    return "".join(level(depth, pattern, form) for depth, pattern in enumerate(patterns))


def pattern(number: int, inside: str) -> str:
    return f'<w:abstractNum {W} w:abstractNumId="{number}">{inside}</w:abstractNum>'


def named(number: int, of: int, overrides: str = "") -> str:
    return f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def starts(depth: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def placed(paragraph: Any, number: object, depth: object = 0) -> None:
    """Put a paragraph on a level of a list."""
    xml = f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(docx.oxml.parse_xml(xml))


def lists_of(document: Any, *definitions: str) -> None:
    """Leave a file no lists but these."""
    numbering = document.part.numbering_part.element
    for each in list(numbering):
        numbering.remove(each)
    for each in definitions:
        numbering.append(docx.oxml.parse_xml(each))


def shown(definitions: Sequence[str], places: Sequence[tuple[object, object]]) -> list[str]:
    """What is read of paragraphs *x* at places in lists, each a list and a level."""

    def change(document: Any) -> None:
        lists_of(document, *definitions)
        for number, depth in places:
            placed(document.add_paragraph("x"), number, depth)

    return read_docx(docx_file(change=change)).text.strip().split("\n\n")


def at(*depths: int) -> list[tuple[object, object]]:
    return [(1, depth) for depth in depths]


def test_a_plan_whose_points_are_an_automatic_list_has_their_numbers() -> None:
    def change(document: Any) -> None:
        for number in range(1, 29):
            document.add_paragraph(f"Matter {number} is settled.", style="List Number")
            if number == 9:
                document.add_paragraph("More of it.")
                document.add_paragraph("A bullet", style="List Bullet")

    text = read_docx(docx_file("The plan", change=change)).text
    assert "\n\n9. Matter 9 is settled.\n\nMore of it.\n\n- A bullet\n\n10. Matter 10 is" in text
    points = find_points(text)
    assert [(each.number, each.text) for each in points] == [
        (number, f"Matter {number} is settled.") for number in range(1, 29)
    ]
    assert all(text[slice(*each.span)] == each.text for each in points)


@pytest.mark.parametrize(
    ("form", "mark", "numbers"),
    [
        ("decimal", "%1.", "1. 2. 3."),
        ("decimal", "%1)", "1) 2) 3)"),
        ("decimal", "(%1)", "(1) (2) (3)"),
        ("decimal", "%1", "1. 2. 3."),
        ("decimal", "Article %1", "Article_1. Article_2. Article_3."),
        ("decimal", "Point %1:", "Point_1: Point_2: Point_3:"),
        ("lowerLetter", "(%1)", "(a) (b) (c)"),
        ("upperLetter", "%1.", "A. B. C."),
        ("lowerRoman", "%1.", "i. ii. iii."),
        ("upperRoman", "%1", "I. II. III."),
        ("decimalZero", "%1.", "01. 02. 03."),
        ("chicago", "%1.", "1. 2. 3."),
        ("bullet", "\uf0b7", "- - -"),
        ("bullet", " ", ""),
        ("none", "%1", ""),
        ("none", "Annex:", "Annex: Annex: Annex:"),
        ("decimal", "", ""),
    ],
)
def test_every_form_of_number_is_written(form: str, mark: str, numbers: str) -> None:
    found = shown([pattern(0, level(0, mark, form)), named(1, 0)], at(0, 0, 0))
    labels = [each.replace("_", " ") + " " for each in numbers.split()] or [""] * 3
    assert found == [f"{label}x" for label in labels]


def test_letters_after_z_are_doubled_and_what_has_no_letter_stays_in_digits() -> None:
    for form, start, label in [
        ("lowerLetter", 26, "z."), ("lowerLetter", 28, "bb."), ("upperLetter", 53, "AAA."),
        ("lowerLetter", 999_999_999, "999999999."), ("upperRoman", 3999, "MMMCMXCIX."),
        ("upperRoman", 4000, "4000."), ("lowerRoman", 0, "0."), ("lowerLetter", -1, "-1."),
    ]:  # fmt: skip
        found = shown([pattern(0, level(0, "%1.", form, start=start)), named(1, 0)], at(0))
        assert found == [f"{label} x"]


@settings(max_examples=30)
@given(st.lists(st.integers(0, 2), min_size=1, max_size=25))
def test_a_level_counts_on_until_one_above_it_counts(depths: list[int]) -> None:
    expected = []
    for place, depth in enumerate(depths):
        numbers = []
        for above in range(depth + 1):
            since = itertools.takewhile(lambda each, to=above: each >= to, depths[place::-1])
            numbers.append(max(1, list(since).count(above)))
        expected.append(".".join(map(str, numbers)) + ". x")
    assert shown([pattern(0, levels(*LEGAL)), named(1, 0)], at(*depths)) == expected


def test_lists_of_one_pattern_count_together_unless_one_starts_anew() -> None:
    definitions = [
        pattern(0, levels(*LEGAL)), pattern(1, levels("%1)")),
        named(1, 0), named(2, 0), named(3, 0, starts(0, 5)), named(4, 1),
    ]  # fmt: skip
    places = [(1, 0), (2, 0), (4, 0), (3, 0), (4, 0), (3, 0), (2, 1), (1, 0), (3, 0)]
    assert shown(definitions, places) == [
        "1. x", "2. x", "1) x", "5. x", "2) x", "6. x", "6.1. x", "7. x", "8. x",
    ]  # fmt: skip


def test_a_list_may_write_a_level_in_its_own_way_and_start_it_elsewhere() -> None:
    other = f'<w:lvlOverride w:ilvl="1">{level(1, "(%2)", "lowerLetter")}</w:lvlOverride>'
    definitions = [
        pattern(0, levels(*LEGAL)), named(1, 0, other), named(2, 0, starts(1, 7)),
    ]  # fmt: skip
    assert shown(definitions, at(0, 1, 1, 0, 1)) == [
        "1. x", "(a) x", "(b) x", "2. x", "(a) x",
    ]  # fmt: skip
    places = [(2, 0), (2, 1), (2, 1), (2, 0), (2, 1)]
    assert shown(definitions, places) == ["1. x", "1.7. x", "1.8. x", "2. x", "2.7. x"]


@pytest.mark.parametrize(
    ("restart", "numbers"),
    [
        ("", "1. 1. 2. 1. 1. 2. 1."),
        ('<w:lvlRestart w:val="0"/>', "1. 1. 2. 1. 3. 2. 4."),
        ('<w:lvlRestart w:val="1"/>', "1. 1. 2. 1. 3. 2. 1."),
        ('<w:lvlRestart w:val="2"/>', "1. 1. 2. 1. 1. 2. 1."),
    ],
)
def test_a_level_may_count_on_over_those_above_it(restart: str, numbers: str) -> None:
    own = level(0, "%1.") + level(1, "%2.") + level(2, "%3.", more=restart)
    found = shown([pattern(0, own), named(1, 0)], at(0, 2, 2, 1, 2, 0, 2))
    assert found == [f"{number} x" for number in numbers.split()]


def test_a_level_may_show_those_above_it_in_digits() -> None:
    own = level(0, "%1.", "upperRoman") + level(1, "%1.%2") + level(2, "%1.%3", more="<w:isLgl/>")
    found = shown([pattern(0, own), named(1, 0)], at(0, 0, 1, 2))
    assert found == ["I. x", "II. x", "II.1. x", "2.1. x"]


def numbered_style(document: Any, name: str, based_on: str | None, inside: str) -> None:
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    xml = (
        f'<w:style {W} w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr><w:numPr>{inside}</w:numPr></w:pPr></w:style>"
    )
    document.styles.element.append(docx.oxml.parse_xml(xml))


def test_a_paragraph_has_the_number_of_its_style_unless_it_says_otherwise() -> None:
    def change(document: Any) -> None:
        own = level(0, "%1.") + level(1, "%1.%2.", more='<w:pStyle w:val="Linked"/>')
        lists_of(document, pattern(0, own), named(1, 0))
        numbered_style(document, "Outer", None, '<w:numId w:val="1"/>')
        numbered_style(document, "Inner", "Outer", '<w:ilvl w:val="1"/>')
        numbered_style(document, "Linked", None, '<w:numId w:val="1"/>')
        numbered_style(document, "Heir", "Linked", "")
        numbered_style(document, "Plain", "Outer", '<w:numId w:val="0"/>')
        numbered_style(document, "Round", "Turn", "")
        numbered_style(document, "Turn", "Round", "")
        for style in ("Outer", "Inner", "Linked", "Heir", "Plain", "Outer", "Round"):
            document.add_paragraph(style).style = document.styles[style]
        placed(document.add_paragraph("off", style=document.styles["Outer"]), 0)
        placed(document.add_paragraph("deep", style=document.styles["Outer"]), 1, 1)

    assert read_docx(docx_file("none", change=change)).text.split("\n\n") == [
        "none", "1. Outer", "1.1. Inner", "1.2. Linked", "1.3. Heir", "Plain", "2. Outer", "Round",
        "off", "2.1. deep\n",
    ]  # fmt: skip


def test_a_list_may_be_defined_where_a_style_points() -> None:
    def change(document: Any) -> None:
        link = '<w:numStyleLink w:val="Legal"/>'
        lists_of(document, pattern(0, levels("(%1)")), pattern(1, link), named(1, 0), named(2, 1))
        numbered_style(document, "Legal", None, '<w:numId w:val="1"/>')
        for number in (2, 1):
            placed(document.add_paragraph("x"), number)

    assert read_docx(docx_file(change=change)).text == "(1) x\n\n(2) x\n"


def test_what_was_deleted_or_moved_away_is_not_counted() -> None:
    mark = '<w:rPr {}><w:{} w:id="1" w:author="A"/></w:rPr>'

    def change(document: Any) -> None:
        lists_of(document, pattern(0, levels("%1.")), named(1, 0))
        for words, kind in [("a", ""), ("b", "del"), ("c", ""), ("d", "moveFrom"), ("e", "ins")]:
            paragraph = document.add_paragraph(words)
            placed(paragraph, 1)
            if kind:
                paragraph._p.pPr.append(docx.oxml.parse_xml(mark.format(W, kind)))

    text = read_docx(docx_file(change=change)).text
    assert text == "1. a\n\n2. bc\n\n3. de\n"


def test_a_number_without_words_stands_alone_and_a_bullet_without_words_is_nothing() -> None:
    def change(document: Any) -> None:
        lists_of(
            document, pattern(0, levels("Article %1")), pattern(1, levels("-", form="bullet")),
            named(1, 0), named(2, 1),
        )  # fmt: skip
        for words in ("The cap is 600,000.", "Elections.", "No bases."):
            placed(document.add_paragraph(""), 1)
            placed(document.add_paragraph(" "), 2)
            document.add_paragraph(words)

    text = read_docx(docx_file(change=change)).text
    assert text.startswith("Article 1.\n\nThe cap is 600,000.\n\nArticle 2.\n\nElections.")
    assert [each.text for each in find_points(text)] == [
        "The cap is 600,000.", "Elections.", "No bases.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "definitions",
    [
        [],
        [named(1, 0)],
        [pattern(0, ""), named(1, 0)],
        [pattern(0, levels("%1.")), named(2, 0)],
        [pattern(0, '<w:lvl w:ilvl="x"/><w:lvl/>'), named(1, 0)],
        [pattern(0, '<w:lvl w:ilvl="0"/>'), named(1, 0)],
        [pattern(0, '<w:numStyleLink w:val="none"/>'), named(1, 0)],
        [f"<w:num {W}/>", f"<w:abstractNum {W}/>", f'<w:num {W} w:numId="1"/>'],
    ],
)
def test_a_list_that_is_not_defined_shows_no_number(definitions: list[str]) -> None:
    assert shown(definitions, at(0)) == ["x"]


def test_values_that_are_no_numbers_are_left_aside() -> None:
    own = (
        '<w:lvl w:ilvl="0"><w:start w:val="one"/><w:lvlRestart w:val=""/><w:isLgl w:val="0"/>'
        '<w:lvlText w:val="%1. %9%"/></w:lvl>'
    )
    wrong = '<w:lvlOverride><w:startOverride w:val="9"/></w:lvlOverride><w:lvlOverride/>'
    definitions = [pattern(0, own), named(1, 0, wrong)]
    assert shown(definitions, [(1, "x"), (1, "99"), (1, ""), ("x", 0), ("", 0)]) == [
        "0. % x", "x", "1. % x", "x", "x",
    ]  # fmt: skip


def test_a_long_pattern_does_not_blow_a_small_file_up() -> None:
    def read(size: int) -> None:
        definitions = [pattern(0, level(0, "%1" * size)), named(1, 0)]
        assert max(map(len, shown(definitions, at(*[0] * 300)))) < 1000

    check_growth(read, 20_000, 200_000)


def test_a_file_without_lists_and_styles_is_read(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        placed(document.paragraphs[0], 1)
        for name, each in list(document.part.rels.items()):
            if each.reltype.endswith(("/numbering", "/styles")):
                del document.part.rels[name]

    assert read_docx(docx_file("The plan", change=change)).text == "The plan\n"
