"""How is a list of words or phrases written down, so that anybody can read and change it?"""

from __future__ import annotations

__all__ = ["Phrase", "phrases_of", "words_of"]

Phrase = tuple[str, ...]
"""Words in a row, in small letters."""


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text.

    Examples
    --------
    >>> sorted(words_of("so  and so"))
    ['and', 'so']
    """
    return frozenset(text.split())


def phrases_of(text: str) -> tuple[Phrase, ...]:
    """Return the phrases of a text that stand between upright strokes, in order.

    Examples
    --------
    >>> phrases_of("at least | up  to")
    (('at', 'least'), ('up', 'to'))
    """
    return tuple(tuple(phrase.split()) for phrase in text.split("|"))
