"""Is a text in English? Short texts in several languages, terse English, what cannot be told."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from detente.reading.languages import is_english

TEXTS = {
    language: tuple(texts)
    for language, texts in yaml.safe_load(
        Path(__file__).with_name("languages.yaml").read_text(encoding="utf-8")
    ).items()
}
OTHERS = sorted(set(TEXTS) - {"English"})
PROSE = "The envoy of Norland said that her country would sign if the cap was raised. "


@pytest.mark.parametrize("text", TEXTS["English"])
def test_terse_english_is_english(text: str) -> None:
    assert is_english(text)


@pytest.mark.parametrize("text", [text for language in OTHERS for text in TEXTS[language]])
def test_a_short_text_in_another_language_is_not(text: str) -> None:
    assert not is_english(text)


@given(st.lists(st.sampled_from(TEXTS["English"]), min_size=3, unique=True).map(" ".join))
def test_terse_english_of_any_length_is_english(text: str) -> None:
    assert is_english(text)


@given(
    st.sampled_from(OTHERS).flatmap(
        lambda language: st.lists(st.sampled_from(TEXTS[language]), min_size=3).map(" ".join)
    )
)
def test_a_longer_text_in_another_language_is_not_either(text: str) -> None:
    assert not is_english(text)


@given(st.text(max_size=60))
def test_a_few_foreign_words_leave_prose_english(text: str) -> None:
    assert is_english(PROSE * 20 + text)


@pytest.mark.parametrize(
    "text",
    [
        "", "600,000 – 2025", "Status quo", "El Niño", "Königsberg", "Neue Gespräche in Genf",
        "Vogliamo garanzie.", "Handel, Häfen, Grenzen: alles offen.",
    ],
)  # fmt: skip
def test_what_cannot_be_told_counts_as_english(text: str) -> None:
    assert is_english(text)


def test_a_long_text_without_small_words_of_english_is_in_a_language_that_is_not_known() -> None:
    albanian = "Ushtria largohet nga lugina brenda tridhjetë ditësh. "
    assert not is_english(albanian * 9)
    assert not is_english("talo kissa koira vene meri " * 12)
    assert is_english("talo kissa koira vene meri " * 4)
