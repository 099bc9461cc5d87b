"""What speaks for a name being that of a place, and what against it?"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from detente.reading.places.capitals import Word, begins_sentence, is_titled, side_by_side
from detente.reading.places.ordinary import ORDINARY, SMALL
from detente.reading.places.words import (
    BETWEEN,
    COMPASS,
    DAYS,
    IN,
    MOTION,
    NOUNS,
    OF,
    OPENING,
    PLACES_OF,
    TITLES,
    TO,
)
from detente.reading.words import STOPS

__all__ = ["Evidence", "around", "has_article", "is_part_of_more", "is_part_of_name_before"]


class Evidence(IntEnum):
    """How much speaks for a place."""

    NONE = 0
    SOME = 1
    CLEAR = 2


_ARTICLES = frozenset(("the", "a", "an", "this", "that", "his", "her", "its", "their", "our", "my"))
_FAR = 3  # words between one of motion and its preposition


def around(words: Sequence[Word], first: int, after: int) -> Evidence:
    """Return what the words before a name and the noun behind it tell.

    Examples
    --------
    >>> from detente.reading.places.capitals import AROUND, words_with_gaps
    >>> for text in ("in Nice", "of Nice", "the mayor of Nice", "Nice airport", "a Nice"):
    ...     words = words_with_gaps(text)
    ...     at = next(at for at, word in enumerate(words) if word.text == "Nice")
    ...     print(around(words, at, at + 1).name)
    CLEAR
    SOME
    CLEAR
    CLEAR
    NONE
    """
    if words[after].key in NOUNS and words[after].gap in (" ", "\n"):
        return Evidence.CLEAR
    if _heads_report(words, first, after):
        return Evidence.CLEAR
    at = first
    while words[at].gap.isspace() and words[at - 1].key in BETWEEN and first - at < _FAR:
        at -= 1
    if not words[at].gap.isspace() and words[at].gap:
        return Evidence.NONE
    return _of_preposition(words, at - 1)


def _heads_report(words: Sequence[Word], first: int, after: int) -> bool:
    """Whether a name stands where a report says that it was written: *Nice — They met.*"""
    head = not words[first].gap or words[first].gap.endswith("\n")
    return head and words[after].gap.startswith((" — ", " – ", " - ", " -- "))


def _of_preposition(words: Sequence[Word], at: int) -> Evidence:
    word, before = words[at].key, words[at - 1].key
    if word in IN or (word == "of" and (before in PLACES_OF or before in NOUNS)):
        return Evidence.CLEAR
    if word in TO:
        moving = any(each.key in MOTION for each in words[at - _FAR : at])
        return Evidence.CLEAR if moving else Evidence(before != "according")
    return Evidence.SOME if word in OF else Evidence.NONE


def has_article(words: Sequence[Word], first: int) -> bool:
    """Whether an article or a possessive stands directly before a word."""
    return words[first].gap.isspace() and words[first - 1].key in _ARTICLES


def is_part_of_name_before(words: Sequence[Word], first: int) -> bool:
    """Whether a word belongs to a capitalised one before it, as in Mr. London, or Jack London."""
    before = words[first - 1]
    if is_titled(words, first):
        return True
    if not side_by_side(words, first) or not before.capital:
        return False
    if before.key in DAYS or before.key in COMPASS or before.key in NOUNS:
        return False
    return not (begins_sentence(words, first - 1) and _is_ordinary(before.key))


def _is_ordinary(key: str) -> bool:
    """Whether a word has its capital only since a sentence begins with it."""
    if key in TITLES:
        return False
    common = key in SMALL or key in STOPS or key in ORDINARY or key in OPENING
    return common or key in IN or key in OF or key.endswith(("ing", "ed", "ly"))


def is_part_of_more(words: Sequence[Word], after: int) -> bool:
    """Whether a capitalised word that goes with a name stands behind it: Paris Hilton."""
    behind = words[after]
    if not side_by_side(words, after) or not behind.capital:
        return False
    return not (behind.key in DAYS or behind.key in TITLES or behind.key in NOUNS)
