"""Names made of what people write: ids, and lines without what cannot be seen."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

__all__ = ["free_name", "line_of", "slug_of"]

_LONGEST = 60


def line_of(text: str) -> str:
    r"""Return the words on one line, without characters that cannot be seen.

    Examples
    --------
    >>> line_of("So,\n they\u200b said")
    'So, they said'
    """
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


def slug_of(words: str, otherwise: str = "unnamed") -> str:
    """Return an id made of words: plain letters, digits and hyphens, not very long.

    Parameters
    ----------
    otherwise
        The id where there are no plain letters or digits.

    Examples
    --------
    >>> slug_of("Žofie Novák, envoy"), slug_of("Київ", otherwise="document")
    ('zofie-novak-envoy', 'document')
    """
    plain = unicodedata.normalize("NFKD", words.lower())
    kept = "".join(
        letter if letter.isalnum() else "" if unicodedata.combining(letter) else " "
        for letter in plain
        if letter.isascii() or not letter.isalnum()
    )
    return "-".join(kept.split())[:_LONGEST].strip("-") or otherwise


def free_name(name: str, taken: Iterable[str]) -> str:
    """Return a name, numbered if it is taken.

    Examples
    --------
    >>> free_name("envoy", {"envoy", "envoy-2"})
    'envoy-3'
    """
    number, found = 2, name
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    return found
