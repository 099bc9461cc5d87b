"""Numbered points: their forms, lists after lists and inside lists, and what is no point."""

from __future__ import annotations

import time

import pytest

from detente.reading.plan_points import find_points

WORDS = ("The cap is 600,000.", "Elections in 100 days.", "No bases.")


def points(text: str) -> list[tuple[int, str]]:
    found = find_points(text)
    for each in found:
        assert text[slice(*each.span)] == each.text
    return [(each.number, each.text) for each in found]


@pytest.mark.parametrize(
    "form",
    [
        "{}. ", "{}) ", "({}) ", "{}: ", "{} - ", "{} – ", "{} — ", "  {}. ", "\t{}) ",
        "Point {}: ", "Article {} - ", "Article {}. ", "ARTICLE {} — ", "Item {}) ",
    ],
)  # fmt: skip
@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\n\n \n", "\nwhich is agreed\n\n"])
def test_every_form_of_number_counts(form: str, between: str) -> None:
    lines = [form.format(number) + words for number, words in enumerate(WORDS, 1)]
    text = f"The plan of 2025\n\n{between.join(lines)}\n\nThus it ends."
    assert points(text) == list(enumerate(WORDS, 1))


def test_what_stands_after_a_point_is_no_part_of_it() -> None:
    text = "1. One  \nmore of it\n2. Two\n\n   – a dash\n3. Three \t"
    assert points(text) == [(1, "One"), (2, "Two"), (3, "Three")]


def test_of_two_lists_the_longer_counts_and_of_equal_ones_the_first() -> None:
    first, second = "1. a\n2. b\n3. c\n", "1. x\n2. y\n3. z\n"
    assert points(f"{first}\nThen:\n\n{second}") == [(1, "a"), (2, "b"), (3, "c")]
    longer = f"{second}4. more\n"
    assert points(f"{first}\nThen:\n\n{longer}")[-1] == (4, "more")
    assert points(f"{longer}\nThen:\n\n{first}")[0] == (1, "x")


def test_a_list_that_begins_again_is_another_list() -> None:
    assert points("1. a\n2. b\n1. a\n2. b\n3. c") == [(1, "a"), (2, "b"), (3, "c")]
    assert points("1. a\n2. b\n1. a\n2. b\n") == []


@pytest.mark.parametrize(("indent", "mark"), [("  ", "."), ("", ")"), ("    ", ")"), ("", ".")])
def test_a_list_inside_a_point_does_not_end_the_outer_list(indent: str, mark: str) -> None:
    inner = "".join(f"{indent}{number}{mark} part {number}\n" for number in (1, 2))
    text = f"1. a\n{inner}2. b\n3. c\n{inner}4. d\n"
    assert points(text) == [(1, "a"), (2, "b"), (3, "c"), (4, "d")]


def test_the_longer_inner_list_of_another_form_leaves_the_outer_one_whole() -> None:
    inner = "".join(f"  {number}) part\n" for number in (1, 2, 3))
    text = f"1. a\n{inner}2. b\n3. c\n4. d\n5. e\n"
    assert [number for number, _ in points(text)] == [1, 2, 3, 4, 5]
    assert points(text)[1] == (2, "b")


def test_a_number_twice_or_left_out_is_no_new_point() -> None:
    assert points("1. a\n2. b\n3. c\n3. d\n4. e") == [(1, "a"), (2, "b"), (3, "c"), (4, "e")]
    assert points("1. a\n2. b\n3. c\n5. e") == [(1, "a"), (2, "b"), (3, "c")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No numbers at all.",
        "1. a\n2. b\n",
        "2. a\n3. b\n4. c",
        "1.5 million\n2.5 million\n3.5 million",
        "1,000 men\n2,000 men\n3,000 men",
        "2023. A year\n2024. A year\n2025. A year",
        "2025: talks\n2026: elections",
        "1\n2\n3\n",
        "1.\n2.\n3.\n",
        "1.a\n2.b\n3.c",
        "1 man\n2 men\n3 men",
        "On page 1. a\nOn page 2. b\nOn page 3. c",
        "i. a\nii. b\niii. c",
    ],
)
def test_years_decimals_and_counts_are_no_points(text: str) -> None:
    assert points(text) == []


def test_a_year_at_the_start_of_a_line_does_not_end_a_list() -> None:
    text = "1. a\n2025. was a year\n2. b\n1.5 million came\n3. c"
    assert points(text) == [(1, "a"), (2, "b"), (3, "c")]


def test_the_number_stands_on_the_line_of_its_words() -> None:
    assert points("1. a\n2.\n\nb\n2. b\n3. c") == [(1, "a"), (2, "b"), (3, "c")]


@pytest.mark.parametrize(
    "line", ["1. a\n", "2) b\n", "\n", "1 \n", "point \n", " ", "1. a\n9. b\n"]
)
def test_long_texts_take_time_by_their_length(line: str) -> None:
    start = time.process_time()
    find_points("1. a\n" + line * (400_000 // len(line)))
    assert time.process_time() - start < 4
