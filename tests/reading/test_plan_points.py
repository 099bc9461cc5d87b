"""Numbered points: their forms, lists after lists and inside lists, and what is no point."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.reading.plan_points import find_points
from detente.reading.wrapped import unwrapped
from growth import check_growth

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
        "**{}.** ", "__{})__ ", "*{}.* ", "***{}:*** ", "### {}. ", "# ({}) ", "  ## **{}.** ",
        "**Point {}:** ", "### Article {}. ", "{}.\u00a0", "Article\u00a0{}: ",
        "Article {}\n", "Article {}.\n", "ARTICLE {} \n\n", "Point {}:\n   ", "  item {} -\n",
        "**Article {}**\n", "## Point {}\n\n", "__Article {}.__ \n \n", "Article\u00a0{}\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\n\n \n", "\nwhich is agreed\n\n"])
def test_every_form_of_number_counts(form: str, between: str) -> None:
    lines = [form.format(number) + words for number, words in enumerate(WORDS, 1)]
    text = f"The plan of 2025\n\n{between.join(lines)}\n\nThus it ends."
    assert points(text) == list(enumerate(WORDS, 1))


def test_marks_of_markdown_around_the_words_are_left_out() -> None:
    assert points("**1. One**\n**2. Two** more\n**3. _Three_**") == [
        (1, "One"), (2, "Two** more"), (3, "_Three"),
    ]  # fmt: skip
    assert points("**1.** One\n### 2. Two ###\n__3.__ Three")[1] == (2, "Two")
    assert points("# 1. One #\n# 2. *Two* x\n# 3. #") == [(1, "One"), (2, "*Two* x"), (3, "#")]
    assert points("1. *One*\n2. C#\n3. Three_")[:2] == [(1, "*One*"), (2, "C#")]


def test_lines_below_a_colon_belong_to_the_words_before_it() -> None:
    text = (
        "1. Land:\n   a. The ridge is Upper.\n\n   b. The dam is Lower.\n2. Water is shared\n"
        "by weeks.\n3. Others:\n- None.\n\nSigned in May."
    )
    assert points(text) == [
        (1, "Land:\n   a. The ridge is Upper.\n\n   b. The dam is Lower."),
        (2, "Water is shared"),
        (3, "Others:\n- None."),
    ]


def test_of_an_article_the_first_line_below_is_its_words() -> None:
    text = (
        "Article 1\nPurpose\nThe parties end the war.\n\nArticle 2.\n\n1. The cap is 600,000.\n"
        "2. It is counted each year.\n\nArticle 3: No bases.\n\nArticle 4\n2027 is election year."
    )
    assert points(text) == [
        (1, "Purpose"), (2, "The cap is 600,000."), (3, "No bases."), (4, "2027 is election year."),
    ]  # fmt: skip


def test_articles_without_words_as_in_a_table_of_contents_are_no_points() -> None:
    names = [f"Article {number}" for number in range(1, 6)]
    assert points("\n".join(names)) == []
    assert points("\n\n**".join(names)) == []
    text = "\n".join([*names, "The text", *(f"{name}\nwords" for name in names)])
    assert points(text) == [(number, "words") for number in range(1, 6)]


NUMBERED = st.builds(
    "{}{}{} {}".format,
    st.sampled_from(["", "  ", "(", "**", "### ", "Article ", "**Point "]),
    st.integers(0, 6),
    st.sampled_from([".", ")", ":", ".**", ":**", "\n", ".\n"]),
    st.sampled_from(["a", "b c", "", "2. x", "Article 2"]),
)


@given(st.lists(NUMBERED, max_size=25).map("\n".join))
def test_points_are_in_order_from_one_and_slices_of_the_text(text: str) -> None:
    found = points(text)
    assert [number for number, _ in found] == list(range(1, len(found) + 1))
    assert len(found) != 1
    assert len(found) != 2
    for _, words in found:
        assert words.strip() == words != ""
        assert "\n" not in words


@given(
    st.lists(
        st.sampled_from(
            ["### 1. x", "### 2. x", "**3.** x", "Article 1\nx", "**Article 2**\nx", "Point 3.\nx",
             "In 2024 it was so.", "12", "4 March 2025", "prose"]
        ).map("\n{}\n".format),
        min_size=5, max_size=5,
    )
)  # fmt: skip
def test_no_heading_between_them_takes_plain_points_away(between: list[str]) -> None:
    plain = [f"{number}. point" for number in range(1, 6)]
    text = "".join(each for pair in zip(plain, between, strict=True) for each in pair)
    assert points(text) == [(number, "point") for number in range(1, 6)]


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
        "In 2024 talks failed.\nIn 2025 they went on.\nIn 2026 they ended.",
        "1 January 2025\na\n2 January 2025\nb\n3 January 2025\nc",
        "Page 1\na\nPage 2\nb\nPage 3\nc",
        "1\na\n2\nb\n3\nc",
        "Article 1 of the treaty\na\nArticle 2 of the treaty\nb\nArticle 3 of the treaty\nc",
        "Article 1 a\nArticle 2 b\nArticle 3 c",
        "under Article 1\na\nunder Article 2\nb\nunder Article 3\nc",
        "Article 1\nArticle 2\nArticle 3",
        "Points 1\na\nPoints 2\nb\nPoints 3\nc",
        "* 1. a\n* 2. b\n* 3. c",
        "1.** a\n2.** b\n3.** c",
        "#1. a\n#2. b\n#3. c",
        "**1** a\n**2** b\n**3** c",
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
    "form",
    ["{}. ", "({}) ", "**{}.** ", "### {}) ", "Article {}: ", "Point {} - ", "**Item {}.** "],
)
def test_points_of_a_text_with_cut_lines_stay_on_their_own(form: str) -> None:
    line = "the commission of both of the parties that counts every one of the"
    text = "\n".join(f"{form.format(number)}{line}\n{line}" for number in range(1, 5))
    assert points(unwrapped(text)) == [(number, f"{line} {line}") for number in range(1, 5)]


@pytest.mark.parametrize(
    "line", ["1. a\n", "2) b\n", "\n", "1 \n", "point \n", " ", "1. a\n9. b\n", "Article 1\n", "# "]
)
def test_long_texts_take_time_by_their_length(line: str) -> None:
    check_growth(lambda size: find_points("1. a\n" + line * (size // len(line))), 40_000, 400_000)


@pytest.mark.parametrize("start", ["Article 1", "Article 1.", "**Point 1", "### 1.", "1.", "#"])
@pytest.mark.parametrize("piece", [" ", "\n", " \n", "*", "\u00a0"])
def test_what_goes_on_for_long_after_a_number_takes_time_by_its_length(
    start: str, piece: str
) -> None:
    check_growth(
        lambda size: find_points(start + piece * size + "\u00a7\n" + start), 10_000, 100_000
    )
