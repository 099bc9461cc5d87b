"""Spans of a text: where something begins and ends, in characters."""

from __future__ import annotations

__all__ = ["Span", "Spans", "words_in"]

Span = tuple[int, int]
Spans = tuple[Span, ...]


def words_in(text: str, spans: Spans) -> str:
    """Return what stands in some spans of a text, with a blank between them.

    Examples
    --------
    >>> words_in("We wait, he said, and hope.", ((0, 7), (18, 26)))
    'We wait and hope'
    """
    return " ".join(text[start:end] for start, end in spans)
