"""How does a passage stand toward a plan, a draft or a point of one, and which words say so?

A table of phrases (:mod:`detente.reading.stances.words`), what negates them, hedges them and makes
them depend on something. No model and no training: the words that decided are always shown, and
where they contradict each other, ask, or tell what others may think, the answer is "not clear".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from detente.reading.lists import words_of
from detente.reading.spans import Span
from detente.reading.stances.conditions import conditions_of, find_condition
from detente.reading.stances.passage import Passage, passage_of
from detente.reading.stances.words import (
    ATTITUDES,
    CONTRASTS,
    EMBEDDING,
    NEGATORS,
    OTHERS,
    Attitude,
    pattern_of,
)
from detente.reading.tokens import Sort

__all__ = ["Stance", "find_stance"]

_PATTERNS = tuple((attitude, pattern_of(attitude.phrases)) for attitude in ATTITUDES)
_STRONGER = words_of(
    """strongly vehemently categorically firmly flatly absolutely totally completely fully
    wholeheartedly entirely utterly resolutely unanimously"""
)
_DEEPLY = words_of("deeply gravely extremely profoundly seriously very")
_BROADLY = pattern_of(
    """in principle | broadly | in general | generally | largely | most of | much of | overall
    | mostly | on balance | on the whole | all in all | by and large"""
)
_PARTLY = pattern_of(
    "cautiously | parts of | partly | part of it | some of | to some extent"
    " | much in it | many points/parts/provisions/elements"
)
_AS_IT_IS = pattern_of(
    """in its present/current form/shape | as it stands | as they stand | as written
    | current version/text/form | present version/form | in this form | as drafted"""
)
_NOT_YET = words_of("yet ready")  # with not: a no for now
_BEFORE_BACK = words_of("we i they to will would should fully not cannot")
_TELLS = words_of("say says said claim claimed promise promised mean means")
_TALK = words_of("meet talk continue resume hold keep disagree exchange speak convene")
_PERHAPS = words_of("might could may")
_READY = words_of("ready willing prepared able")
_DETERMINERS = words_of("a an any the this no clear first good another every")
_SAYS = pattern_of(
    "say/says/said | claim/claims/claimed | argue/argues/argued | according to | told"
)
_CLAUSE_ENDS = frozenset((",", ";", ":", ".", "!", "?", "—", "–", "(", ")"))
_CLAUSE_WORDS = CONTRASTS | words_of("and while because if unless")
_WINDOW = 9  # words before a phrase in which a negation is looked for
_NEXT_TO = 3  # characters
_AROUND = 200  # characters in which a hedge is looked for
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
    share
        How likely the network holds this level; None where the table of phrases tells it.
    """

    level: int | None
    conditional: bool = False
    condition: Span | None = None
    deciding: tuple[Span, ...] = ()
    share: float | None = None


@dataclass(frozen=True, slots=True)
class _Cue:
    """A phrase that tells an attitude, in its place."""

    level: int
    span: Span
    withholds: bool = False


def find_stance(words: str) -> Stance:
    """Return how a passage stands toward a plan, a draft or a point.

    The level is that of whoever the passage is about; who that is, and toward what, is for others
    to find.

    Examples
    --------
    >>> find_stance("We cannot accept it unless the prisoners are freed.")
    Stance(level=-2, conditional=True, condition=(20, 50), deciding=((3, 16),), share=None)
    >>> find_stance("A good basis for further work.").level
    1
    >>> find_stance("Who would accept it?")
    Stance(level=None, conditional=False, condition=None, deciding=((10, 16),), share=None)
    """
    passage = passage_of(words)
    found = _all_cues(passage)
    cues = _told(passage, found)
    spans = tuple(cue.span for cue in cues)
    condition = find_condition(passage, spans, negative=any(cue.level <= 0 for cue in cues))
    level = _combined(passage, cues)
    if condition and level is not None:
        level = max(-2, min(2, level))
    left = tuple(span for attitude, span in found if attitude.level)  # asks, or tells of others
    return Stance(level, condition is not None, condition, spans or left)


def _all_cues(passage: Passage) -> list[tuple[Attitude, Span]]:
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


def _is_meant(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a word is the verb that the table means, and not a noun or an adverb."""
    word, at = match.group().lower(), passage.places.get(match.start())
    if at is None:
        return False
    before = passage.tokens[at - 1].low
    if word == "sign":
        return before not in _DETERMINERS
    if word == "back":
        return before in _BEFORE_BACK
    if word == "object":
        return before not in _DETERMINERS
    after = passage.tokens[at + 1]
    if word in ("backed", "backs") and after.low in ("down", "away", "off", "out"):
        return False
    if word == "support" and passage.tokens[at - 1].sort is not Sort.WORD:
        return after.low != "for"
    if word.startswith("agree"):
        talk = after.low == "to" and passage.tokens[at + 2].low in _TALK
        told = before in ("was", "is") and passage.tokens[at - 2].low == "what"
        return after.low != "that" and not talk and not told
    return True


def _told(passage: Passage, found: list[tuple[Attitude, Span]]) -> tuple[_Cue, ...]:
    """Return what the phrases say where they stand, without those that tell nothing there."""
    cues: list[_Cue] = []
    silent = _silent_from(passage)
    supposed = conditions_of(passage) if found else ()
    begins = [start for start, _ in supposed]
    reaches = list(accumulate((end for _, end in supposed), max, initial=0))
    held = -1
    for attitude, span in found:
        sentence = passage.sentence_at(span[0])
        if sentence == held or span[0] >= silent[sentence]:
            continue
        if reaches[bisect_right(begins, span[0])] > span[0]:
            continue
        cue = _in_place(passage, attitude, span)
        if cue is None:
            continue
        if cues and cue.span[0] < cues[-1].span[1]:  # one "not" for both
            cue = replace(cue, span=span)
        cues.append(cue)
        if attitude.withholds:
            held = sentence
    return tuple(cues)


def _silent_from(passage: Passage) -> list[int]:
    """Return from where on each sentence asserts nothing: it asks, or tells of what others do."""
    found: list[int] = []
    for index, (start, end) in enumerate(passage.sentences):
        embedding = EMBEDDING.search(passage.text, start, end)
        others = _of_others(passage.text, start, end)
        found.append(min(start if passage.asks(index) else end, others))
        if embedding:
            found[-1] = min(found[-1], embedding.start())
    return found


def _of_others(text: str, start: int, end: int) -> int:
    """Where a sentence begins to report of others, or to let others say something; else its end."""
    says = _SAYS.search(text, start, end)
    if says is None:
        return end
    for match in OTHERS.finditer(text, start, end):
        if match.start() > says.start() or says.start() - match.end() <= _NEXT_TO:
            return match.start()
    return end


def _in_place(passage: Passage, attitude: Attitude, span: Span) -> _Cue | None:
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
    told = any(passage.tokens[at].low in _TELLS for at in clause if at > negators[-1])
    if level is None or told:
        return None
    if level < 0 and words & _NOT_YET:
        level = -1
    elif "never" in words and level < 0:
        level = -_MOST
    return _Cue(_softer(passage, level, span), place, attitude.withholds)


def _clause_before(passage: Passage, span: Span) -> list[int]:
    """Return the indices of the words before a phrase, from its clause, in order."""
    at = passage.places[span[0]]
    found: list[int] = []
    for index in range(at - 1, max(-1, at - 1 - _WINDOW), -1):
        token = passage.tokens[index]
        mark = token.text[:1] in _CLAUSE_ENDS or token.sort is Sort.BREAK
        if mark or (token.low in _CLAUSE_WORDS and token.low != "yet"):
            break
        found.append(index)
    return found[::-1]


def _negates(passage: Passage, at: int) -> bool:
    token, following = passage.tokens[at], passage.tokens[at + 1]
    if token.low == "not" and following.low in ("only", "just"):
        return False
    return token.low in NEGATORS or token.low.endswith(("n't", "n’t"))


def _hedged(passage: Passage, level: int | None, words: set[str], span: Span) -> int | None:
    """Return a level as the words around it strengthen or soften it."""
    if not level:
        return level
    if words & _STRONGER and abs(level) >= 2:
        level = _MOST if level > 0 else -_MOST
    elif words & _DEEPLY and level == -1:
        level = -2
    if level == _MOST and words & _READY:
        level = 2
    if level > 1 and words & _PERHAPS:
        level = 1
    return _softer(passage, level, span)


def _softer(passage: Passage, level: int, span: Span) -> int:
    """Return a level as its sentence softens it: in principle, in its present form."""
    start, end = passage.sentences[passage.sentence_at(span[0])]
    start, end = max(start, span[0] - _AROUND), min(end, span[1] + _AROUND)
    text = passage.text
    if abs(level) > 1 and _PARTLY.search(text, start, end):
        return 1 if level > 0 else -1
    if level == _MOST and _BROADLY.search(text, start, end):
        return 2
    if level == -_MOST and _AS_IT_IS.search(text, start, end):
        return -2
    return level


def _combined(passage: Passage, cues: tuple[_Cue, ...]) -> int | None:
    """Return the level of all that a passage says; None where it contradicts itself."""
    level: int | None = None
    for part in _parts(passage, cues):
        inner = _together(part)
        if inner is None:
            return None
        level = inner if level is None else _contrasted(level, inner)
    return level


def _parts(passage: Passage, cues: tuple[_Cue, ...]) -> Iterator[list[int]]:
    """Yield the levels between words such as but; what is only conceded (although) comes first."""
    conceded: list[list[int]] = []
    meant: list[list[int]] = [[]]
    place, conceding = 0, False
    for cue in cues:
        between = range(place, passage.places[cue.span[0]])
        place = between.stop
        words = {passage.tokens[index].low for index in between}
        if any(_concedes(passage, index) for index in between):
            conceded.append([])
            conceding = True
        elif conceding and words & _CLAUSE_ENDS:
            conceding = False
        elif words & CONTRASTS and not conceding:
            meant.append([])
        (conceded if conceding else meant)[-1].append(cue.level)
    yield from (part for part in (*conceded, *meant) if part)


def _concedes(passage: Passage, index: int) -> bool:
    """Whether a word concedes something: although, despite, or while at the head of a sentence."""
    token = passage.tokens[index]
    head = passage.tokens[index - 1].sort is not Sort.WORD
    return token.low in ("although", "though", "despite") or (token.text == "While" and head)


def _together(levels: list[int]) -> int | None:
    """Return the strongest of levels with one sign; None if there are both, and both are meant.

    A yes with a reservation is a smaller yes.
    """
    if min(levels) == -1 and max(levels) > 0:
        return max(1, max(levels) - 1)
    if min(levels) < 0 < max(levels):
        return None
    return max(levels, key=abs)


def _contrasted(before: int, after: int) -> int:
    """Return the level of one thing said, but then another."""
    if before * after >= 0:
        return max(before, after, key=abs)
    if after == -1:
        return max(1, before - 1)
    if abs(after) < abs(before):
        return before + (1 if after > 0 else -1)
    return min(after, 2)
