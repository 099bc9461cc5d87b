"""Is a text in English? By its most frequent small words, some of which no neighbour shares."""

from __future__ import annotations

import re

from detente.reading.lists import words_of

__all__ = ["is_english"]

_WORD = re.compile(r"[^\W\d_]+")
_SMALL = words_of(
    "the of and to in that is for on was with as it be by at from his has had he not are"
)
_OWN = words_of("the and that with from his are it this which their will shall have been")
_LEAST, _LEAST_OWN = 0.12, 0.05
_LOOKED_AT = 2_000
_FEWEST = 20


def is_english(text: str) -> bool:
    """Return whether a text is in English; one that is very short is taken to be.

    At least one word in eight of English prose is among twenty-four small ones, and one in twenty
    among those that its neighbours lack: Afrikaans, Danish and Dutch have *is*, *for* and *of* too.

    Examples
    --------
    >>> is_english("The envoy said that it was the last offer of the day, and he left for home.")
    True
    >>> is_english("Der Gesandte sagte, dies sei das letzte Angebot des Tages gewesen, und er fuhr "
    ...            "nach Hause, ohne noch einmal mit den Leuten zu sprechen, die gekommen waren.")
    False
    """
    words = []
    for found in _WORD.finditer(text):
        words.append(found.group().lower())
        if len(words) == _LOOKED_AT:
            break
    if len(words) < _FEWEST:
        return all(ord(letter) < 0x250 for word in words for letter in word)
    small = sum(word in _SMALL for word in words)
    own = sum(word in _OWN for word in words)
    return small >= _LEAST * len(words) and own >= _LEAST_OWN * len(words)
