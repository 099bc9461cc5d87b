"""Which day do Thursday, last week or Christmas mean, seen from the day of writing?"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from detente.reading.calendar_words import (
    FEASTS,
    WEEKDAYS,
    day_or_none,
    nearest,
    period_span,
)
from detente.reading.lists import words_of
from detente.reading.tokens import AHEAD, Sort, Token, Tokens

__all__ = ["NEAR_WORDS", "When", "read_feast", "read_near", "read_weekday"]

_FUTURE = words_of(
    """will shall expected planned scheduled due intends intend plans hopes hope wants want"""
)
_PAST = words_of(
    """said told met was were had held began came went left took gave saw spoke broke fell flew made
    sent wrote"""
)
_OFFSETS = {"last": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}
_NEAR = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
NEAR_WORDS = frozenset((*_OFFSETS, *_NEAR, *(words[0] for words in FEASTS)))
"""Words with which such a day may begin, beside those of the week."""


@dataclass(frozen=True, slots=True)
class When:
    """A day in a text, or the days between which it lies, and the index of the token after it.

    Parameters
    ----------
    day
        The day, if it is known.
    first, last
        The first and the last day that it may be, if they are known.
    readings
        The days it may mean, where there are several.
    range
        Whether first and last are the ends of a time that the text names.
    """

    end: int
    day: datetime.date | None = None
    first: datetime.date | None = None
    last: datetime.date | None = None
    qualifier: str | None = None
    readings: tuple[datetime.date, ...] = ()
    range: bool = False


def read_near(tokens: Tokens, index: int, written: datetime.date | None) -> When | None:
    """Return what yesterday, last week, next Thursday and the like mean.

    Examples
    --------
    >>> from detente.reading.tokens import tokens_of
    >>> friday = datetime.date(2025, 11, 21)
    >>> [str(day) for day in read_near(tokens_of("last Thursday"), 0, friday).readings]
    ['2025-11-13', '2025-11-20']
    """
    token, following = tokens[index], tokens[index + 1]
    if token.low in _NEAR:
        if token.text[0].isupper() and tokens[index - 1].text[:1].isupper():
            return None  # the name of a newspaper
        return When(index + 1, day=_days_after(written, _NEAR[token.low]))
    offset = _OFFSETS.get(token.low)
    if offset is None:
        return None
    if following.low in ("week", "month", "year"):
        span = period_span(following.low, offset, written) if written else None
        first, last = span or (None, None)
        return When(index + 2, first=first, last=last, range=True)
    if following.low not in WEEKDAYS:
        return None
    wanted = WEEKDAYS[following.low]
    if written is None:
        return When(index + 2)
    ahead = (wanted - written.weekday()) % 7
    in_week = _days_after(written, wanted - written.weekday() + 7 * offset)
    closest = _days_after(written, ahead - 7 if offset < 0 else ahead or 7 * (offset > 0))
    readings = tuple(sorted({each for each in (in_week, closest) if each}))
    return _settled(index + 2, readings)


def _settled(end: int, readings: tuple[datetime.date, ...]) -> When:
    return When(end, day=readings[0]) if len(readings) == 1 else When(end, readings=readings)


def _days_after(day: datetime.date | None, days: int) -> datetime.date | None:
    try:
        return day + datetime.timedelta(days=days) if day else None
    except OverflowError:
        return None


def read_weekday(tokens: Tokens, index: int, written: datetime.date | None, *, due: bool) -> When:
    """Return the day that a weekday without a date means, if the words around it tell.

    Parameters
    ----------
    due
        Whether something is due by then, so that it is the next one.

    Examples
    --------
    >>> from detente.reading.tokens import tokens_of
    >>> friday = datetime.date(2025, 11, 21)
    >>> str(read_weekday(tokens_of("They will meet on Monday"), 4, friday, due=False).day)
    '2025-11-24'
    """
    offset = _OFFSETS.get(tokens[index + 2].low) if tokens[index + 1].low == "of" else None
    if offset is not None and tokens[index + 3].low == "week":
        week = period_span("week", offset, written) if written else None
        day = _days_after(week[0], WEEKDAYS[tokens[index].low]) if week else None
        return When(index + 4, day=day)
    if written is None:
        return When(index + 1)
    ahead = (WEEKDAYS[tokens[index].low] - written.weekday()) % 7
    future, past = (True, False) if due else _tense(tokens, index)
    if future == past:
        return When(index + 1)
    days = (ahead,) if ahead and future else (ahead - 7,) if ahead else (0, 7 if future else -7)
    readings = tuple(sorted(each for far in days if (each := _days_after(written, far))))
    return _settled(index + 1, readings)


def _tense(tokens: Tokens, index: int) -> tuple[bool, bool]:
    """Whether words around a place, in its sentence, tell of the future, and of the past."""
    around = (
        *_sentence(tokens, range(index - 1, max(-1, index - AHEAD), -1)),
        *_sentence(tokens, range(index + 1, min(len(tokens), index + AHEAD))),
    )
    future = any(token.low in _FUTURE for token in around)
    past = any(
        token.low in _PAST or (token.low.endswith("ed") and token.low not in _FUTURE)
        for token in around
    )
    return future, past


def _sentence(tokens: Tokens, places: range) -> list[Token]:
    found = []
    for place in places:
        token = tokens[place]
        if token.sort in (Sort.BREAK, Sort.END) or token.text in (".", ";", "!", "?"):
            break
        found.append(token)
    return found


def read_feast(
    tokens: Tokens, index: int, written: datetime.date | None, *, due: bool
) -> When | None:
    """Return the day that the name of a feast at a token means.

    Examples
    --------
    >>> from detente.reading.tokens import tokens_of
    >>> str(read_feast(tokens_of("Christmas"), 0, datetime.date(2025, 12, 27), due=True).day)
    '2026-12-25'
    """
    if tokens[index].low not in ("christmas", "new"):
        return None
    for words, (month, day) in FEASTS.items():
        if tuple(token.low for token in tokens[index : index + len(words)]) == words:
            end = index + len(words)
            if written is None:
                return When(end)
            if due:
                year = written.year + ((month, day) < (written.month, written.day))
                return When(end, day=day_or_none(year, month, day))
            return When(end, day=nearest(month, day, written))
    return None
