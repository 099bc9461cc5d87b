"""How does a passage stand toward a plan, a draft or a point of one, and which words say so?

A table of phrases (:mod:`detente.reading.stance_words`), what negates them, hedges them and makes
them depend on something. No model and no training: the words that decided are always shown, and
where they contradict each other, ask, or tell what others may think, the answer is "not clear".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detente.reading.conditions import Span, find_condition
from detente.reading.lists import words_of
from detente.reading.stance_words import (
    ATTITUDES,
    CONTRASTS,
    EMBEDDING,
    NEGATORS,
    OTHERS,
    Attitude,
    pattern_of,
)
from detente.reading.tokens import Sort, Tokens, tokens_of

__all__ = ["Stance", "find_stance"]

_PATTERNS = tuple((attitude, pattern_of(attitude.phrases)) for attitude in ATTITUDES)
_STRONGER = words_of(
    """strongly vehemently categorically firmly flatly absolutely totally completely fully
    wholeheartedly entirely utterly resolutely unanimously"""
)
_DEEPLY = words_of("deeply gravely extremely profoundly seriously very")
_BROADLY = pattern_of(
    "in principle | broadly | in general | generally | largely | most of | much of | overall | mostly"
)
_PARTLY = pattern_of("cautiously | parts of | partly | part of it | some of | to some extent")
_AS_IT_IS = pattern_of(
    "in its present/current form/shape | as it stands | as they stand | as written | current version"
    " | present version | current form | present form | current text | in this form | as drafted"
)
_NOT_YET = words_of("yet ready")
_READY = words_of("ready willing prepared able")
_DETERMINERS = words_of("a an any the this no clear first good another every")
_SAYS = pattern_of("say/says/said | claim/claims/claimed | argue/argues/argued | according to | told")
_CLAUSE_ENDS = frozenset((",", ";", ":", ".", "!", "?", "—", "–", "(", ")"))
_WINDOW = 7  # words before a phrase in which a negation is looked for
_MOST = 3


@dataclass(frozen=True, slots=True)
class Stance:
    """How a passage stands toward what it speaks of.

    Parameters
    ----------
    level
        From -3 (rejects outright) to 3 (full support), 0 for neutral, procedural or waiting; None
        where it is not clear.
    conditional
        Whether it depends on something.
    condition
        Where the words of that begin and end.
    deciding
        Where the words that decided the level, or left it open, begin and end.
    """

    level: int | None
    conditional: bool = False
    condition: Span | None = None
    deciding: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cue:
    """A phrase that tells an attitude, in its place."""

    level: int | None
    span: Span
    withholds: bool = False


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage, its tokens, and which token begins where."""

    text: str
    tokens: Tokens
    places: dict[int, int]


def find_stance(words: str) -> Stance:
    """Return how a passage stands toward a plan, a draft or a point.

    The level is that of whoever the passage is about; who that is, and toward what, is for others
    to find.

    Examples
    --------
    >>> find_stance("We cannot accept it unless the prisoners are freed.")
    Stance(level=-2, conditional=True, condition=(20, 50), deciding=((3, 16),))
    >>> find_stance("A good basis for further work.").level, find_stance("Who would accept it?").level
    (1, None)
    """
    tokens = tokens_of(words)
    passage = _Passage(words, tokens, {token.start: at for at, token in enumerate(tokens)})
    cues = _told(passage, _all_cues(passage))
    spans = tuple(cue.span for cue in cues)
    condition = find_condition(words, tokens, spans, negative=any(_no(cue) for cue in cues))
    level = _combined(passage, cues)
    if condition and level is not None:
        level = max(-2, min(2, level))
    return Stance(level, condition is not None, condition, spans)


def _no(cue: _Cue) -> bool:
    return cue.level is not None and cue.level <= 0


def _all_cues(passage: _Passage) -> list[tuple[Attitude, Span]]:
    """Return the phrases of the table in a text, in order, the longer before the shorter in it."""
    found = [
        (attitude, match.span())
        for attitude, pattern in _PATTERNS
        for match in pattern.finditer(passage.text)
        if _is_meant(passage, match)
    ]
    found.sort(key=lambda each: (each[1][0], -each[1][1]))
    kept: list[tuple[Attitude, Span]] = []
    for attitude, span in found:
        if kept and span[0] < kept[-1][1][1]:
            if span[1] - span[0] > kept[-1][1][1] - kept[-1][1][0]:
                kept[-1] = (attitude, span)
            continue
        kept.append((attitude, span))
    return kept


def _is_meant(passage: _Passage, match: re.Match[str]) -> bool:
    """Whether a word is the verb that the table means, and not a noun or an adverb."""
    word, at = match.group().lower(), passage.places.get(match.start())
    if at is None:
        return False
    before = passage.tokens[at - 1].low
    if word == "sign":
        return before not in _DETERMINERS
    if word == "back":
        return before in ("we", "i", "they", "to", "will", "would", "fully", "not", "cannot", "should")
    if word == "object":
        return before not in _DETERMINERS
    return True


def _told(passage: _Passage, found: list[tuple[Attitude, Span]]) -> tuple[_Cue, ...]:
    """Return what the phrases say where they stand, without those that tell nothing there."""
    cues: list[_Cue] = []
    silent = list(_silent(passage))
    held_until = -1
    for attitude, span in found:
        if any(start <= span[0] < end for start, end in silent) or span[0] < held_until:
            continue
        cue = _in_place(passage, attitude, span)
        if cue is None:
            continue
        cues.append(cue)
        if attitude.withholds:
            held_until = _end_of_sentence(passage, span[1])
    return tuple(cues)


def _silent(passage: _Passage) -> Iterator[Span]:
    """Yield the parts that assert nothing: questions, and what others are said or hoped to do."""
    start = 0
    for token in (*passage.tokens, None):
        if token is None or token.text[:1] in (".", "!", "?") or token.sort is Sort.BREAK:
            end = token.end if token else len(passage.text)
            if token and token.text[:1] == "?":
                yield start, end
            for match in EMBEDDING.finditer(passage.text, start, end):
                yield match.start(), end
            yield from _of_others(passage.text, start, end)
            start = end


def _of_others(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield what a sentence reports of others, or lets others say."""
    says = _SAYS.search(text, start, end)
    if says is None:
        return
    for match in OTHERS.finditer(text, start, end):
        close = match.start() > says.start() or says.start() - match.end() <= 3
        if close:
            yield match.start(), end


def _end_of_sentence(passage: _Passage, start: int) -> int:
    found = re.compile(r"[.!?]").search(passage.text, start)
    return found.end() if found else len(passage.text)


def _in_place(passage: _Passage, attitude: Attitude, span: Span) -> _Cue | None:
    """Return what a phrase says with the words before it in its clause."""
    clause = _clause_before(passage, span)
    negators = [at for at in clause if _negates(passage, at)]
    words = {passage.tokens[at].low for at in clause}
    if not negators:
        level = _hedged(passage, attitude.level, words, span)
        return None if level is None else _Cue(level, span, attitude.withholds)
    place = (passage.tokens[negators[0]].start, span[1])
    if len(negators) % 2 == 0:
        return None if attitude.level is None else _Cue(attitude.level, place)
    level = attitude.negated
    if level is None:
        return None
    if level < 0 and words & _NOT_YET:
        level = -1
    elif "never" in words and level < 0:
        level = -_MOST
    return _Cue(_softer(passage, level, span), place, attitude.withholds)


def _clause_before(passage: _Passage, span: Span) -> list[int]:
    """Return the indices of the words before a phrase, from its clause, in order."""
    at = passage.places[span[0]]
    found: list[int] = []
    for index in range(at - 1, max(-1, at - 1 - _WINDOW), -1):
        token = passage.tokens[index]
        if token.text[:1] in _CLAUSE_ENDS or token.low in CONTRASTS or token.sort is Sort.BREAK:
            if token.low != "yet":
                break
        if token.low in ("and", "while", "because", "if", "unless"):
            break
        found.append(index)
    return found[::-1]


def _negates(passage: _Passage, at: int) -> bool:
    token, following = passage.tokens[at], passage.tokens[at + 1]
    if token.low == "not" and following.low in ("only", "just"):
        return False
    return token.low in NEGATORS or token.low.endswith(("n't", "n’t"))


def _hedged(passage: _Passage, level: int | None, words: set[str], span: Span) -> int | None:
    """Return a level as the words around it strengthen or soften it."""
    if not level:
        return level
    if words & _STRONGER and abs(level) >= 2:
        level = _MOST if level > 0 else -_MOST
    elif words & _DEEPLY and level == -1:
        level = -2
    if level == _MOST and words & _READY:
        level = 2
    return _softer(passage, level, span)


def _softer(passage: _Passage, level: int, span: Span) -> int:
    """Return a level as its sentence softens it: in principle, in its present form."""
    start = max(passage.text.rfind(mark, 0, span[0]) for mark in ".!?;") + 1
    end = _end_of_sentence(passage, span[1])
    if level > 1 and _PARTLY.search(passage.text, start, end):
        return 1
    if level > 2 and _BROADLY.search(passage.text, start, end):
        return 2
    if level < -2 and _AS_IT_IS.search(passage.text, start, end):
        return -2
    if level < -1 and _PARTLY.search(passage.text, start, end):
        return -1
    return level


def _combined(passage: _Passage, cues: tuple[_Cue, ...]) -> int | None:
    """Return the level of all that a passage says; None where it contradicts itself."""
    level: int | None = None
    begun = False
    for part in _parts(passage, cues):
        inner = _together(part)
        if inner is None:
            return None
        level = inner if not begun or level is None else _contrasted(level, inner)
        begun = True
    return level


def _parts(passage: _Passage, cues: tuple[_Cue, ...]) -> Iterator[list[int]]:
    """Yield the levels between words such as but; what stands after although comes first."""
    parts: list[list[int]] = [[]]
    last = 0
    for cue in cues:
        start = passage.places.get(last, 0)
        between = range(start, passage.places[_first(passage, cue)])
        words = {passage.tokens[index].low for index in between}
        if parts[-1] and words & CONTRASTS:
            parts.append([])
            if words & {"although", "though"}:
                parts[-2:] = [parts[-1], parts[-2]]
        parts[-1].append(cue.level or 0)
        last = _first(passage, cue)
    yield from (part for part in parts if part)


def _first(_passage: _Passage, cue: _Cue) -> int:
    return cue.span[0]


def _together(levels: list[int]) -> int | None:
    """Return the strongest of levels with one sign; None if there are both signs."""
    if min(levels) < 0 < max(levels):
        return None
    return max(levels, key=abs)


def _contrasted(before: int, after: int) -> int:
    """Return the level of one thing said, but then another."""
    if before * after >= 0:
        return max(before, after, key=abs)
    if abs(after) < abs(before):
        return before + (1 if after > 0 else -1)
    return min(after, 2)
