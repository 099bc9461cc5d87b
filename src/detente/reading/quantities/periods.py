"""How long does something last, and how long after what is it due?"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from detente.reading.lists import Phrase, phrases_of, words_of
from detente.reading.quantities.amounts import Magnitude, read_magnitude
from detente.reading.quantities.dates import read_date, read_end_of
from detente.reading.quantities.near_days import When
from detente.reading.quantities.numbers import Number
from detente.reading.tokens import Sort, Tokens

__all__ = ["DEADLINE_WORDS", "Due", "Period", "read_deadline", "read_distance", "read_period"]

_UNITS = {
    **dict.fromkeys(("minute", "minutes"), ("minutes", 1)),
    **dict.fromkeys(("hour", "hours"), ("hours", 1)),
    **dict.fromkeys(("day", "days"), ("days", 1)),
    **dict.fromkeys(("week", "weeks"), ("weeks", 1)),
    **dict.fromkeys(("fortnight", "fortnights"), ("weeks", 2)),
    **dict.fromkeys(("month", "months"), ("months", 1)),
    **dict.fromkeys(("year", "years"), ("years", 1)),
    **dict.fromkeys(("decade", "decades"), ("years", 10)),
    **dict.fromkeys(("century", "centuries"), ("years", 100)),
}
_KINDS_OF_DAYS = {"working": "working days", "business": "working days", "calendar": "days"}
_BEFORE_ONE = words_of("for within in after every than least to lasts lasted another about")
_WITHIN = phrases_of("by no later than | no later than | not later than | within")
_BY = phrases_of(
    "by no later than | no later than | not later than | on or before | prior to | by | before"
    " | until | till"
)
DEADLINE_WORDS = frozenset(phrase[0] for phrase in _WITHIN + _BY)
"""Words with which a deadline may begin that does not begin with its length."""

_OPENINGS = phrases_of(
    "a period of | the period of | a maximum of | at most | the next | the first | the following"
    " | the coming | the ensuing | the"
)
_AFTER = phrases_of("as of | as from | after | following | from | since")
_BACK = phrases_of("prior to | before")
_OF = phrases_of("of")
_ENDS_ANCHOR = words_of(
    """shall will must may might can could would should is are was were has have had do does did
    and or but unless if when where which that who whose while though although because then than
    to in at on as with without under until within for"""
)
_LONGEST_ANCHOR = 9  # words


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time, and the index of the token after it."""

    magnitude: Magnitude
    unit: str
    end: int
    factor: int = 1


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: a length of time from an event, or a day; and the index of the token after it.

    Parameters
    ----------
    anchor
        The indices of the first token of the event and of the token after it.
    """

    end: int
    qualifier: str | None = None
    period: Period | None = None
    when: When | None = None
    anchor: tuple[int, int] | None = None
    before: bool = False


def read_period(tokens: Tokens, index: int, magnitude: Magnitude | None = None) -> Period | None:
    """Return the length of time that begins at a token, if one does.

    Parameters
    ----------
    magnitude
        The number or range that begins there, if it has been read before.

    Examples
    --------
    >>> from detente.reading.tokens import tokens_of
    >>> found = read_period(tokens_of("fifteen years"), 0)
    >>> found.magnitude.low.value, found.unit
    (Decimal('15'), 'years')
    """
    magnitude = magnitude or read_magnitude(tokens, index)
    if magnitude is None:
        return _one_period(tokens, index)
    if not magnitude.bare:
        return None
    at = magnitude.end
    hyphen = tokens[at].text == "-" and tokens[at].start == tokens[at - 1].end
    at += hyphen
    kind = _KINDS_OF_DAYS.get(tokens[at].low) if tokens[at + 1].low in ("day", "days") else None
    at += kind is not None
    found = _UNITS.get(tokens[at].low)
    if found is None or (tokens[at + 1].text == "-" and tokens[at + 2].low == "old"):
        return None
    return Period(magnitude, kind or found[0], at + 1, found[1])


def _one_period(tokens: Tokens, index: int) -> Period | None:
    """Read a year, a month and so on after words such as for."""
    found = _UNITS.get(tokens[index + 1].low)
    if tokens[index].low not in ("a", "an") or found is None:
        return None
    if tokens[index - 1].low not in _BEFORE_ONE or tokens[index + 2].text == "-":
        return None
    one = Magnitude(Number(Decimal(1), index + 1), index + 1)
    return Period(one, found[0], index + 2, found[1])


def read_deadline(
    tokens: Tokens, index: int, *, written: datetime.date | None = None
) -> Due | None:
    """Return the deadline that begins with words such as within or by at a token, if one does.

    Examples
    --------
    >>> from detente.reading.tokens import tokens_of
    >>> words = tokens_of("within 100 days of signing")
    >>> found = read_deadline(words, 0)
    >>> found.qualifier, found.period.unit, [word.text for word in words[slice(*found.anchor)]]
    ('within', 'days', ['signing'])
    """
    if tokens[index].low not in DEADLINE_WORDS:
        return None
    for phrase in _WITHIN:
        if _stands(tokens, index, phrase):
            found = _within(tokens, index, phrase)
            if found:
                return found
    for phrase in _BY:
        if _stands(tokens, index, phrase):
            at = index + len(phrase)
            when = read_end_of(tokens, at, written) or _end_hyphen(tokens, at)
            when = when or read_date(tokens, at, written=written, due=True)
            if when and tokens[at].low not in ("from", "between"):
                return Due(when.end, " ".join(phrase), when=when)
    return None


def read_distance(tokens: Tokens, index: int, period: Period) -> Due | None:
    """Return the deadline that a length of time is part of: 30 days after the ceasefire.

    Examples
    --------
    >>> from detente.reading.tokens import tokens_of
    >>> words = tokens_of("14 days before the vote")
    >>> read_distance(words, 0, read_period(words, 0)).before
    True
    """
    if tokens[index - 1].low == "for" or _stands(tokens, index - 2, ("period", "of")):
        return None
    return _from_anchor(tokens, period)


def _stands(tokens: Tokens, index: int, phrase: Phrase) -> bool:
    return index >= 0 and all(
        tokens[index + place].low == word for place, word in enumerate(phrase)
    )


def _end_hyphen(tokens: Tokens, index: int) -> When | None:
    """Read end-2026."""
    if tokens[index].low != "end" or tokens[index + 1].text != "-":
        return None
    found = read_date(tokens, index + 2)
    return When(found.end, day=found.last) if found and found.range else None


def _within(tokens: Tokens, index: int, phrase: Phrase) -> Due | None:
    at = index + len(phrase)
    at += next((len(words) for words in _OPENINGS if _stands(tokens, at, words)), 0)
    period = read_period(tokens, at)
    if period is None:
        return None
    found = _from_anchor(tokens, period, of=True) or Due(period.end, period=period)
    return Due(found.end, " ".join(phrase), period, None, found.anchor, found.before)


def _from_anchor(tokens: Tokens, period: Period, *, of: bool = False) -> Due | None:
    """Read what a length of time counts from: of signing, after the ceasefire, before the vote."""
    for phrase in _AFTER + _BACK + (_OF if of else ()):
        if _stands(tokens, period.end, phrase):
            begin = period.end + len(phrase)
            end = _end_of_anchor(tokens, begin)
            if end > begin:
                back = phrase in _BACK
                return Due(end, period=period, anchor=(begin, end), before=back)
    return None


def _end_of_anchor(tokens: Tokens, begin: int) -> int:
    """Where an event ends: at a mark, a verb that opens a clause, or the last of so many words."""
    at = begin
    while at < begin + _LONGEST_ANCHOR:
        token = tokens[at]
        force = token.low == "into" or (token.low == "in" and tokens[at - 1].low == "entry")
        if token.text == "-" and at > begin:
            at += 1
            continue
        if token.sort in (Sort.MARK, Sort.BREAK, Sort.END, Sort.CURRENCY):
            break
        if token.low in _ENDS_ANCHOR and not force:
            break
        at += 1
    while at > begin and tokens[at - 1].low in ("the", "of", "a", "by", "its", "their", "-"):
        at -= 1
    return at
