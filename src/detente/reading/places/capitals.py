"""Which words does a text consist of, which have a capital, and which stand side by side?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from detente.reading.places.gazetteer import key_of

__all__ = ["AROUND", "Word", "begins_sentence", "is_titled", "side_by_side", "words_with_gaps"]


class Word(NamedTuple):
    """Letters in a row, with what stands between the word before and them."""

    text: str
    key: str
    start: int
    end: int
    gap: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[:1].isupper()


AROUND = 8
"""Empty words before and behind those of a text, so that any rule may look around."""

_LETTERS = re.compile(r"[^\W\d_]+")
_ENDS = re.compile(r"[.!?:;\n“\"•*#\d]")
_BESIDE = frozenset((" ", "-", "‑", "\u00a0"))
_ABBREVIATED = frozenset(
    ("Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Sen", "Rep", "Gov", "Lt", "Col", "Capt", "Maj")
)


def words_with_gaps(text: str) -> Sequence[Word]:
    """Return the words of a text in order, with empty ones around them.

    Examples
    --------
    >>> [(word.text, word.gap) for word in words_with_gaps("In Port-Lenn, 3 said")[AROUND:-AROUND]]
    [('In', ''), ('Port', ' '), ('Lenn', '-'), ('said', ', 3 ')]
    """
    words = [Word("", "", 0, 0, "\n")] * AROUND
    end = 0
    for found in _LETTERS.finditer(text):
        letters = found.group()
        words.append(Word(letters, key_of(letters), found.start(), found.end(),
                          text[end : found.start()]))  # fmt: skip
        end = found.end()
    return [*words, *[Word("", "", len(text), len(text), "\n")] * AROUND]


def side_by_side(words: Sequence[Word], index: int) -> bool:
    """Whether only a space or a hyphen stands between a word and the one before."""
    return words[index].gap in _BESIDE


def begins_sentence(words: Sequence[Word], index: int) -> bool:
    """Whether a word has its capital perhaps only since a sentence begins with it."""
    return not words[index - 1].text or (
        _ENDS.search(words[index].gap) is not None and not is_titled(words, index)
    )


def is_titled(words: Sequence[Word], index: int) -> bool:
    """Whether a short title or an initial stands before a word, as in Mr. London, or J. London."""
    before = words[index - 1]
    initial = len(before.text) == 1 and before.capital and words[index - 1].gap[-1:] != "."
    return words[index].gap == ". " and (before.text in _ABBREVIATED or initial)
