"""On what does a passage make its yes or no depend?"""

from __future__ import annotations

import re
from bisect import bisect_left

from detente.reading.lists import words_of
from detente.reading.spans import Span
from detente.reading.stances.passage import Passage
from detente.reading.stances.words import CONDITIONS, CONTRASTS, pattern_of
from detente.reading.tokens import Sort, Tokens

__all__ = ["conditions_of", "find_condition"]

_BEGINS = pattern_of(CONDITIONS)
_NO_IF = words_of("as what even asked ask asks wonder wonders know knows see question")
_NO_WITHOUT = pattern_of(
    "without reservation/reservations/doubt/delay/exception/hesitation/comment/question/ifs"
)
_MUST = re.compile(r"\b(?:must|ha(?:s|ve)\s{1,3}to)\b", re.IGNORECASE)
_LOOSE = ("if", "once", "subject to")  # say nothing of a stance where nothing else does
_NEGATIVE = ("without", "until", "while")
_LEADS_IN = ("and", "but", "so", "that")  # words before a condition that comes first
_LONGEST = 40  # words of a condition


def find_condition(passage: Passage, cues: tuple[Span, ...], *, negative: bool) -> Span | None:
    """Return where the condition in a passage begins and ends, if there is one.

    Parameters
    ----------
    cues
        Where the words are that tell how the passage stands, in order.
    negative
        Whether any of them says no or waits: only then do without, until and while tell one.

    Examples
    --------
    >>> from detente.reading.stances.passage import passage_of
    >>> text = "We sign if they sign."
    >>> start, end = find_condition(passage_of(text), ((3, 7),), negative=False)
    >>> text[start:end]
    'if they sign'
    """
    starts = [cue[0] for cue in cues]
    for match in _BEGINS.finditer(passage.text):
        at, word = passage.places.get(match.start()), match.group().lower()
        if at is None or not _opens(passage, at, word, negative=negative):
            continue
        span = (match.start(), _end(passage.tokens, at))
        inside = _count_inside(starts, span)
        if not cues and word in _LOOSE:
            continue
        if (word == "while" and inside) or (cues and inside == len(cues)):
            continue
        if not passage.asks(passage.sentence_at(span[0])):
            return span
    return _demand(passage, starts, negative=negative)


def conditions_of(passage: Passage) -> tuple[Span, ...]:
    """Return where a passage only supposes something: what it says there it does not assert.

    Examples
    --------
    >>> from detente.reading.stances.passage import passage_of
    >>> text = "If it is ratified, we can talk."
    >>> [text[start:end] for start, end in conditions_of(passage_of(text))]
    ['If it is ratified']
    """
    return tuple(
        (match.start(), _end(passage.tokens, at))
        for match in _BEGINS.finditer(passage.text)
        if match.group().lower() not in (*_NEGATIVE, "once")
        and (at := passage.places.get(match.start())) is not None
    )


def _count_inside(starts: list[int], span: Span) -> int:
    return bisect_left(starts, span[1]) - bisect_left(starts, span[0])


def _opens(passage: Passage, at: int, word: str, *, negative: bool) -> bool:
    """Whether a word such as if begins a condition where it stands."""
    before, after = passage.tokens[at - 1].low, passage.tokens[at + 1]
    if word in _NEGATIVE and not negative:
        return False
    if word == "without":
        return not _NO_WITHOUT.match(passage.text, passage.tokens[at].start)
    if word == "if":
        return before not in _NO_IF
    if word == "once":
        return before not in ("at", "than", "only") and after.sort is Sort.WORD
    return True


def _end(tokens: Tokens, at: int) -> int:
    """Where a condition ends: with its clause, or where the main clause begins without a comma."""
    before = tokens[at - 1]
    opening = before.sort is not Sort.WORD or before.low in _LEADS_IN
    last = at
    for index in range(at + 1, min(at + _LONGEST, len(tokens))):
        token = tokens[index]
        if token.sort in (Sort.BREAK, Sort.END) or token.low in CONTRASTS:
            break
        if token.sort is Sort.MARK and token.text[0] in ',;:.!?—–()"”':
            break
        if opening and index > at + 2 and token.low in ("we", "i"):
            break
        last = index
    return tokens[last].end


def _demand(passage: Passage, starts: list[int], *, negative: bool) -> Span | None:
    """Return a clause that says what must be, and nothing of how the passage stands."""
    tokens = passage.tokens
    for match in _MUST.finditer(passage.text):
        at = first = passage.places[match.start()]
        least = max(0, at - _LONGEST)
        while first > least and tokens[first - 1].sort not in (Sort.MARK, Sort.BREAK):
            if tokens[first - 1].low in CONTRASTS:
                break
            first -= 1
        span = (tokens[first].start, _end(tokens, at))
        sentence = passage.sentence_at(span[0])
        if negative and not any(passage.sentence_at(start) == sentence for start in starts):
            continue  # what must be is here no way out of a no
        if not _count_inside(starts, span) and not passage.asks(sentence):
            return span
    return None
