"""Which day, month or year does a text name?

What the text alone does not tell (the year of "21 November", the week of "Thursday") is read from
the day of writing if that is given and leaves no doubt; otherwise it stays open.
"""

from __future__ import annotations

import datetime
from dataclasses import replace

from detente.reading.calendar_words import (
    MONTHS,
    WEEKDAYS,
    day_or_none,
    month_span,
    nearest,
    period_span,
    year_span,
)
from detente.reading.lists import words_of
from detente.reading.quantities.near_days import (
    NEAR_WORDS,
    When,
    read_feast,
    read_near,
    read_weekday,
)
from detente.reading.tokens import Sort, Token, Tokens
from detente.reading.words import is_plural

__all__ = ["DATE_WORDS", "read_date", "read_end_of"]

_BEFORE_YEARS = words_of(
    """in since by until till before after from during of for early late mid end through to
    throughout and between spring summer autumn winter"""
)
_BEFORE_NUMBERS = words_of("of for to and between")
_BEFORE_MONTHS = words_of("in since by until till before after during from last next this")
_PARTS = frozenset(("early", "late", "mid"))
DATE_WORDS = frozenset((*MONTHS, *WEEKDAYS, *NEAR_WORDS, *_PARTS, "from", "between"))
"""Words with which a date may begin."""

_FIRST_YEAR, _LAST_YEAR = 1900, 2099


def read_date(
    tokens: Tokens, index: int, *, written: datetime.date | None = None, due: bool = False
) -> When | None:
    """Return the date that begins at a token, if one does.

    Parameters
    ----------
    written
        The day on which the text was written.
    due
        Whether something is due by then, so that a weekday is the next one.

    Examples
    --------
    >>> from detente.reading.tokens import tokens_of
    >>> str(read_date(tokens_of("21 November 2025"), 0).day)
    '2025-11-21'
    """
    if tokens[index].low in ("from", "between"):
        return _range(tokens, index, written)
    return _one_date(tokens, index, written, due=due)


def _one_date(
    tokens: Tokens, index: int, written: datetime.date | None, *, due: bool = False
) -> When | None:
    token = tokens[index]
    if token.sort is Sort.DAY:
        return _in_digits(token.text, index)
    found = _day_first(tokens, index, written)
    if found or token.sort is not Sort.WORD:
        return found or _year(tokens, index)
    if token.low in WEEKDAYS:
        return _weekday(tokens, index, written, due=due)
    return (
        _month_first(tokens, index, written)
        or read_near(tokens, index, written)
        or read_feast(tokens, index, written, due=due)
        or _part_of_year(tokens, index)
    )


def read_end_of(tokens: Tokens, index: int, written: datetime.date | None) -> When | None:
    """Return the last day of a month, a year or this week where "the end of" begins at a token.

    Examples
    --------
    >>> from detente.reading.tokens import tokens_of
    >>> str(read_end_of(tokens_of("the end of 2015"), 0, None).day)
    '2015-12-31'
    """
    at = index + (tokens[index].low == "the")
    if tokens[at].low != "end" or tokens[at + 1].low not in ("of", "-"):
        return None
    at += 2
    if tokens[at].low in ("the", "this") and tokens[at + 1].low in ("week", "month", "year"):
        span = period_span(tokens[at + 1].low, 0, written) if written else None
        return When(at + 2, day=span[1] if span else None)
    found = _one_date(tokens, at, written) or _month_alone(tokens, at, written)
    if found is None or (found.day and not found.range):
        return None
    return When(found.end, day=found.last)


def _in_digits(text: str, index: int) -> When | None:
    if text.count("-") == 2:
        year, month, day = map(int, text.split("-"))
        found = day_or_none(year, month, day) if year else None
        return When(index + 1, day=found) if found else None
    parts = [int(part) for part in text.replace(".", "/").split("/")]
    year = parts[2] if len(text.replace(".", "/").rsplit("/", 1)[1]) > 2 else 2000 + parts[2]
    british, american = day_or_none(year, parts[1], parts[0]), day_or_none(year, parts[0], parts[1])
    if "." in text:
        american = None
    readings = tuple(sorted({each for each in (british, american) if each}))
    if not readings:
        return None
    return (
        When(index + 1, readings[0])
        if len(readings) == 1
        else When(index + 1, None, readings=readings)
    )


def _number(token: Token, low: int, high: int) -> int | None:
    """Return the whole number of a token if it lies between two."""
    digits = token.text[:-2] if token.sort is Sort.ORDINAL else token.text
    if token.sort not in (Sort.NUMBER, Sort.ORDINAL) or len(digits) > 4 or not digits.isdigit():
        return None
    return int(digits) if low <= int(digits) <= high else None


def _month(token: Token) -> int | None:
    return MONTHS.get(token.low) if token.text[:1].isupper() else None


def _past_dot(tokens: Tokens, index: int) -> int:
    """Where the text goes on after a short name of a month, which may have a full stop."""
    short = len(tokens[index].low) <= 4
    return index + 1 + (short and tokens[index + 1].text == ".")


def _year_after(tokens: Tokens, index: int) -> tuple[int | None, int]:
    """Return the year that follows, after a comma or not, and the index after it."""
    at = index + (tokens[index].text == ",")
    year = _number(tokens[at], _FIRST_YEAR, _LAST_YEAR)
    return (year, at + 1) if year and tokens[at].sort is Sort.NUMBER else (None, index)


def _dated(end: int, parts: tuple[int | None, int, int], written: datetime.date | None) -> When:
    year, month, day = parts
    if year:
        return When(end, day=day_or_none(year, month, day))
    return When(end, day=nearest(month, day, written) if written else None)


def _day_first(tokens: Tokens, index: int, written: datetime.date | None) -> When | None:
    """Read 21 November 2025, 21st of November, or 20-21 November."""
    day = _number(tokens[index], 1, 31)
    if day is None:
        return None
    at, last = index + 1, None
    if tokens[at].text in ("-", "–") or tokens[at].low in ("and", "to"):
        last = _number(tokens[at + 1], day + 1, 31)
        at += 2
        if last is None:
            return None
    at += tokens[at].low == "of"
    month = _month(tokens[at])
    if month is None:
        return None
    return _with_year(tokens, _past_dot(tokens, at), (month, day, last), written)


def _with_year(
    tokens: Tokens, at: int, parts: tuple[int, int, int | None], written: datetime.date | None
) -> When:
    month, day, last = parts
    year, end = _year_after(tokens, at)
    found = _dated(end, (year, month, day), written)
    if last is None:
        return found
    until = _dated(end, (year, month, last), written)
    return When(end, first=found.day, last=until.day, range=True)


def _month_first(tokens: Tokens, index: int, written: datetime.date | None) -> When | None:
    """Read November 21, 2025, Nov. 21st, November 2025, or a month alone."""
    month = _month(tokens[index])
    if month is None:
        return None
    at = _past_dot(tokens, index)
    day = _number(tokens[at], 1, 31)
    counted = tokens[at].sort is Sort.NUMBER and tokens[at + 1].sort is Sort.WORD
    if day and not (counted and tokens[at + 1].start == tokens[at].end):
        last = None
        if tokens[at + 1].text in ("-", "–"):
            last = _number(tokens[at + 2], day + 1, 31)
        return _with_year(tokens, at + (3 if last else 1), (month, day, last), written)
    year, end = _year_after(tokens, at)
    if year:
        first, final = month_span(year, month)
        return When(end, first=first, last=final, range=True)
    known = tokens[index - 1].low in _BEFORE_MONTHS or tokens[index - 1].low in _PARTS
    return _month_alone(tokens, index, written) if known else None


def _month_alone(tokens: Tokens, index: int, written: datetime.date | None) -> When | None:
    month = _month(tokens[index])
    if month is None:
        return None
    middle = nearest(month, 15, written) if written else None
    end = _past_dot(tokens, index) if tokens[index].low not in ("may", "march") else index + 1
    if middle is None:
        return When(end, range=True)
    first, last = month_span(middle.year, month)
    return When(end, first=first, last=last, range=True)


def _year(tokens: Tokens, index: int) -> When | None:
    """Read a year where a word before it says that it is one."""
    year = _number(tokens[index], _FIRST_YEAR, _LAST_YEAR)
    before, after = tokens[index - 1], tokens[index + 1]
    if year is None or tokens[index].sort is not Sort.NUMBER or len(tokens[index].text) != 4:
        return None
    part = before.text == "-" and tokens[index - 2].low in (*_PARTS, "end")
    if not part and (before.low not in _BEFORE_YEARS or after.text == "%"):
        return None
    if before.low in _BEFORE_NUMBERS and is_plural(after):
        return None
    return _years(tokens, index, year)


def _years(tokens: Tokens, index: int, year: int) -> When:
    """Read one year, or the years from one to another: 2006 to 2010, 2026-27."""
    last, link = None, tokens[index + 1]
    if link.low in ("to", "-", "–"):
        last = _number(tokens[index + 2], year + 1, _LAST_YEAR)
        short = _number(tokens[index + 2], year % 100 + 1, 99)
        if last is None and short and link.low != "to":
            last = year - year % 100 + short
    end = index + (3 if last else 1)
    return When(end, first=year_span(year)[0], last=year_span(last or year)[1], range=True)


def _part_of_year(tokens: Tokens, index: int) -> When | None:
    """Read mid-2026, or late 2024, or early November."""
    if tokens[index].low not in _PARTS:
        return None
    at = index + 1 + (tokens[index + 1].text == "-")
    found = _year(tokens, at) or _month_first(tokens, at, None)
    return replace(found, qualifier=tokens[index].low) if found and found.range else None


def _weekday(tokens: Tokens, index: int, written: datetime.date | None, *, due: bool) -> When:
    """Read a weekday: with its date, or alone as the one before or after the day of writing."""
    at = index + 1 + (tokens[index + 1].text == ",")
    if tokens[at].sort is not Sort.WORD or _month(tokens[at]):
        dated = _day_first(tokens, at, written) or _month_first(tokens, at, written)
        if dated and not dated.range:
            return dated
    return read_weekday(tokens, index, written, due=due)


def _range(tokens: Tokens, index: int, written: datetime.date | None) -> When | None:
    """Read from 1 March to 30 April 2026, or between two dates."""
    first = _one_date(tokens, index + 1, written)
    joint = "to" if tokens[index].low == "from" else "and"
    if first and joint == "to" and tokens[first.end - 2].low == "to":
        return first  # from 2014 to 2022
    if first is None or tokens[first.end].low not in (joint, "until"):
        return None
    last = _one_date(tokens, first.end + 1, written)
    if last is None:
        return None
    begin, end = first.day or first.first, last.day or last.last
    if first.day is None and last.day:
        begin = _in_year_of(tokens, index + 1, last.day)
    return When(last.end, first=begin, last=end, range=True)


def _in_year_of(tokens: Tokens, index: int, last: datetime.date) -> datetime.date | None:
    """Return the first day of a range of which only the last has its year."""
    found = _one_date(tokens, index, last)
    return found.day if found and found.day and found.day <= last else None
