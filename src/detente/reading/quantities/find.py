"""Which quantities does a text name, and where?"""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

from detente.reading.lists import phrases_of, words_of
from detente.reading.quantities.amounts import CODES, Magnitude, read_magnitude, read_share
from detente.reading.quantities.conversions import with_conversions
from detente.reading.quantities.counts import is_large, read_count
from detente.reading.quantities.dates import DATE_WORDS, read_date
from detente.reading.quantities.near_days import When
from detente.reading.quantities.numbers import NUMBER_WORDS, Number, read_number
from detente.reading.quantities.periods import (
    DEADLINE_WORDS,
    Due,
    Period,
    read_deadline,
    read_distance,
    read_period,
)
from detente.reading.quantities.quantity import Kind, Quantity, Value
from detente.reading.tokens import Sort, Tokens, tokens_of

__all__ = ["Kind", "Quantity", "find_quantities"]

_BEFORE = frozenset(
    phrases_of("""about|around|roughly|approximately|some|nearly|almost|close to|circa|an estimated
    |estimated|exactly|precisely|only|just|at least|at most|at the most|at the least|up to
    |no more than|not more than|more than|no less than|not less than|less than|no fewer than
    |not fewer than|fewer than|no longer than|not longer than|longer than|no larger than
    |larger than|greater than|not exceed|not exceeding|exceed|exceeds|exceeding|in excess of
    |a maximum of|maximum of|a minimum of|minimum of|over|above|under|below|well over|just over
    |just under|as many as|as much as|as few as|as little as|a total of""")
)
_BEHIND = frozenset(
    phrases_of("at most|at least|at the most|at the latest|or more|or less|or fewer")
)
_PLACES = phrases_of("under | below | above")
_MEASURED = words_of("to of is are at for in by from fell fallen dropped number numbers")
_BEGINNINGS = NUMBER_WORDS | DEADLINE_WORDS | DATE_WORDS
_BEHIND_NUMBERS = ("-", "–", "‑", "%")
_LONGEST_LIST = 6
_PLAIN = 4  # digits; a year, or a number with separators
_LONGEST = 3  # words of a qualifier
_Found = tuple[Quantity, int]


def find_quantities(text: str, *, written: datetime.date | None = None) -> tuple[Quantity, ...]:
    """Return the quantities that a text names, in order; no two overlap.

    Parameters
    ----------
    written
        The day on which the text was written. With it "Thursday" and "21 November" become days, but
        only where one reading is left.

    Notes
    -----
    English only; time is in proportion to the length of the text. A plain dollar is taken for
    that of the United States. Numbers of articles, years inside names and telephone numbers are no
    quantities; neither are words without a number, such as "dozens". What only restates the one
    before in another currency or unit, as in "30 km (19 miles)", says so.

    Examples
    --------
    >>> for found in find_quantities("up to 600,000 troops; a vote within 100 days of signing"):
    ...     print(found.kind.value, found.value, found.unit, found.qualifier, found.anchor)
    count 600000 troops up to None
    deadline 100 days within signing
    >>> find_quantities("Article 5 of Resolution 2202")
    ()
    """
    tokens = tokens_of(text)
    found: list[Quantity] = []
    index = free = 0
    while tokens[index].sort is not Sort.END:
        read = _read(text, tokens, index, written) if _may_begin(tokens, index) else None
        if read is None:
            index += 1
            continue
        quantity, end = read
        found.append(_qualified(quantity, tokens, (free, index), end))
        index = free = end
    return with_conversions(text, found)


def _may_begin(tokens: Tokens, index: int) -> bool:
    """Whether a quantity may begin at a token; it saves most of the time."""
    token, following = tokens[index], tokens[index + 1]
    if token.sort is Sort.WORD:
        return token.low in _BEGINNINGS or token.text in CODES
    if token.sort is Sort.NUMBER:
        listed = following.text == "," and tokens[index + 2].sort is Sort.NUMBER
        loose = not listed and following.sort is Sort.MARK and following.text not in _BEHIND_NUMBERS
        return not loose or len(token.text) >= _PLAIN
    if token.sort is Sort.CURRENCY:
        return following.sort is Sort.NUMBER or following.low in NUMBER_WORDS
    return token.sort in (Sort.ORDINAL, Sort.DAY)


def _read(text: str, tokens: Tokens, index: int, written: datetime.date | None) -> _Found | None:
    """Read the quantity that begins at a token; the kinds that take most come first."""
    due = read_deadline(tokens, index, written=written)
    if due:
        return _deadline(text, tokens, index, due)
    when = read_date(tokens, index, written=written)
    if when:
        return _date(text, tokens, index, when)
    share = read_share(tokens, index)
    if share:
        return _made(text, tokens, (index, share.end), Kind.RATIO, value=share.value)
    magnitude = read_magnitude(tokens, index)
    period = read_period(tokens, index, magnitude)
    if period:
        due = read_distance(tokens, index, period)
        if due:
            return _deadline(text, tokens, index, due)
        return _timed(text, tokens, index, period)
    return _measured(text, tokens, index, magnitude) if magnitude else None


def _made(
    text: str, tokens: Tokens, place: tuple[int, int], kind: Kind, *, value: Value | None = None
) -> _Found:
    start, end = tokens[place[0]].start, tokens[place[1] - 1].end
    return Quantity(text[start:end], (start, end), kind, value), place[1]


def _bounded(found: _Found, magnitude: Magnitude, unit: str | None, factor: int = 1) -> _Found:
    """Return the quantity with its number or the ends of its range, and its unit."""
    quantity, end = found
    low = _times(magnitude.low, factor)
    if magnitude.high is None:
        return replace(quantity, value=low, unit=unit), end
    return replace(quantity, low=low, high=_times(magnitude.high, factor), unit=unit), end


def _times(number: Number, factor: int) -> Decimal:
    return number.value * factor


def _measured(text: str, tokens: Tokens, index: int, magnitude: Magnitude) -> _Found | None:
    """Return money, a percentage, a count or a plain number."""
    place = (index, magnitude.end)
    if magnitude.currency:
        return _bounded(_made(text, tokens, place, Kind.MONEY), magnitude, magnitude.currency)
    if magnitude.percent:
        return _bounded(_made(text, tokens, place, Kind.PERCENTAGE), magnitude, magnitude.percent)
    count = read_count(tokens, magnitude)
    if count:
        made = _made(text, tokens, (index, count.end), Kind.COUNT)
        return _bounded(made, magnitude, count.unit)
    listed = _listed(text, tokens, index, magnitude)
    if listed or not is_large(magnitude):
        return listed
    return _bounded(_made(text, tokens, place, Kind.NUMBER), magnitude, None)


def _listed(text: str, tokens: Tokens, index: int, magnitude: Magnitude) -> _Found | None:
    """Return a number whose unit comes at the end of a list: 50, 70 and 140 km."""
    at, last = magnitude.end, None
    for _ in range(_LONGEST_LIST):
        joined = tokens[at].low in ("and", "or")
        number = read_number(tokens, at + 1) if joined or tokens[at].text == "," else None
        if number is None:
            return None
        at = number.end
        if joined:
            last = Magnitude(number, at)
            break
    if last is None or magnitude.high:
        return None
    made = _made(text, tokens, (index, magnitude.end), Kind.DURATION)
    period = read_period(tokens, at, last)
    if period:
        return _bounded(made, magnitude, period.unit, period.factor)
    count = read_count(tokens, last)
    if count is None:
        return None
    return _bounded(_made(text, tokens, (index, made[1]), Kind.COUNT), magnitude, count.unit)


def _timed(text: str, tokens: Tokens, index: int, period: Period) -> _Found:
    made = _made(text, tokens, (index, period.end), Kind.DURATION)
    return _bounded(made, period.magnitude, period.unit, period.factor)


def _date(text: str, tokens: Tokens, index: int, when: When) -> _Found:
    quantity, end = _made(text, tokens, (index, when.end), Kind.DATE, value=when.day)
    return _with_days(quantity, when), end


def _with_days(quantity: Quantity, when: When) -> Quantity:
    return replace(
        quantity,
        low=when.first,
        high=when.last,
        readings=when.readings,
        qualifier=when.qualifier or quantity.qualifier,
    )


def _deadline(text: str, tokens: Tokens, index: int, due: Due) -> _Found:
    made = _made(text, tokens, (index, due.end), Kind.DEADLINE)
    if due.period:
        made = _bounded(made, due.period.magnitude, due.period.unit, due.period.factor)
    quantity, end = made
    if due.when:
        quantity = replace(_with_days(quantity, due.when), value=due.when.day)
    if due.anchor:
        first, last = tokens[due.anchor[0]], tokens[due.anchor[1] - 1]
        quantity = replace(quantity, anchor=text[first.start : last.end], before=due.before)
    return replace(quantity, qualifier=due.qualifier or quantity.qualifier), end


def _qualified(quantity: Quantity, tokens: Tokens, before: tuple[int, int], end: int) -> Quantity:
    """Return the quantity with the words around it that limit it."""
    if quantity.qualifier or quantity.kind is Kind.DATE:
        return quantity
    free, index = before
    for length in range(_LONGEST, 0, -1):
        words = tuple(token.low for token in tokens[max(free, index - length) : index])
        if len(words) == length and words in _BEFORE:
            place = quantity.kind is Kind.COUNT and words in _PLACES
            if place and tokens[index - 2].low not in _MEASURED:
                return quantity
            return replace(quantity, qualifier=" ".join(words))
    for length in range(_LONGEST, 1, -1):
        words = tuple(token.low for token in tokens[end : end + length])
        if words in _BEHIND:
            return replace(quantity, qualifier=" ".join(words))
    return quantity
