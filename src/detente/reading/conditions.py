"""On what does a passage make its yes or no depend?"""

from __future__ import annotations

import re

from detente.reading.lists import words_of
from detente.reading.stance_words import CONDITIONS, CONTRASTS, pattern_of
from detente.reading.tokens import Sort, Tokens

__all__ = ["Span", "find_condition"]

Span = tuple[int, int]
"""Where words begin and end in a text."""

_BEGINS = pattern_of(CONDITIONS)
_NO_IF = words_of("as what even asked ask asks wonder wonders know knows see question")
_NO_WITHOUT = pattern_of(
    "without reservation/reservations/doubt/delay/exception/hesitation/comment/question/ifs"
)
_MUST = re.compile(r"\b(?:must|ha(?:s|ve)\s{1,3}to)\b", re.IGNORECASE)
_NEGATIVE = ("without", "until", "while")


def find_condition(
    text: str, tokens: Tokens, cues: tuple[Span, ...], *, negative: bool
) -> Span | None:
    """Return where the condition in a passage begins and ends, if there is one.

    Parameters
    ----------
    cues
        Where the words are that tell how the passage stands.
    negative
        Whether any of them says no or waits: only then do without, until and while tell a condition.

    Examples
    --------
    >>> from detente.reading.tokens import tokens_of
    >>> text = "We sign if they sign."
    >>> start, end = find_condition(text, tokens_of(text), ((3, 7),), negative=False)
    >>> text[start:end]
    'if they sign'
    """
    places = {token.start: at for at, token in enumerate(tokens)}
    for match in _BEGINS.finditer(text):
        at = places.get(match.start())
        if at is None or not _opens(text, tokens, at, match.group().lower(), negative=negative):
            continue
        span = (match.start(), _end(tokens, at))
        inside = any(span[0] <= cue[0] < span[1] for cue in cues)
        others = any(not span[0] <= cue[0] < span[1] for cue in cues)
        if (match.group().lower() == "while" and inside) or not (others or not cues):
            continue
        if not _asks(text, span[1]):
            return span
    return _demand(text, tokens, cues)


def _opens(text: str, tokens: Tokens, at: int, word: str, *, negative: bool) -> bool:
    before = tokens[at - 1].low
    if word in _NEGATIVE and not negative:
        return False
    if word == "without":
        return not _NO_WITHOUT.match(text, tokens[at].start)
    if word == "if":
        return before not in _NO_IF
    if word == "once":
        return before not in ("at", "than", "only") and tokens[at + 1].sort is Sort.WORD
    return True


def _end(tokens: Tokens, at: int) -> int:
    """Where a condition ends: with its clause, or where the main clause begins without a comma."""
    opening = tokens[at - 1].sort is not Sort.WORD
    last = at
    for index in range(at + 1, len(tokens)):
        token = tokens[index]
        if token.sort in (Sort.BREAK, Sort.END) or token.low in CONTRASTS:
            break
        if token.sort is Sort.MARK and token.text[0] in ',;:.!?—–()"”':
            break
        if opening and index > at + 2 and token.low in ("we", "i"):
            break
        last = index
    return tokens[last].end


def _asks(text: str, start: int) -> bool:
    found = re.compile(r"[.!?]").search(text, start)
    return bool(found) and text[found.start()] == "?"


def _demand(text: str, tokens: Tokens, cues: tuple[Span, ...]) -> Span | None:
    """Return a clause that says what must be, and nothing of how the passage stands."""
    for match in _MUST.finditer(text):
        starts = [token.start for token in tokens if token.start <= match.start()]
        at = first = len(starts) - 1
        while first > 0 and tokens[first - 1].sort not in (Sort.MARK, Sort.BREAK):
            if tokens[first - 1].low in CONTRASTS:
                break
            first -= 1
        span = (tokens[first].start, _end(tokens, at))
        if not any(span[0] <= cue[0] < span[1] for cue in cues) and not _asks(text, span[1]):
            return span
    return None
