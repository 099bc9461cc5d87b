"""How many of what does a text count?"""

from __future__ import annotations

from dataclasses import dataclass

from detente.reading.lists import words_of
from detente.reading.quantities.amounts import Magnitude
from detente.reading.quantities.numbers import read_number
from detente.reading.tokens import Sort, Token, Tokens
from detente.reading.words import STOPS, is_plural, plural_of

__all__ = ["Count", "is_large", "read_count"]

_MEASURES = {
    **dict.fromkeys(("km", "kms", "kilometre", "kilometer"), "kilometres"),
    "kilometres": "kilometres",
    "kilometers": "kilometres",
    "ha": "hectares",
    "hectare": "hectares",
    "hectares": "hectares",
    "tonne": "tonnes",
    "tonnes": "tonnes",
    "mw": "megawatts",
    "megawatts": "megawatts",
    "gw": "gigawatts",
    "kg": "kilograms",
    "km²": "square kilometres",
    "mm": "millimetres",
    "cm": "centimetres",
}
_PLAIN_UNITS = words_of(
    """kilometres metres miles hectares acres tonnes tons megawatts gigawatts kilograms barrels
    litres"""
)
_NO_UNITS = words_of("way fold sided time off odd something star year day month week hour")
_ORDINALS = words_of("first second third fourth fifth sixth seventh eighth ninth")
_NO_NOUNS = words_of("times thirds quarters fifths tenths halves others ones")
_WHOSE = words_of("the its their our his her your these those all")
_COMPOUND = words_of("arms sales goods customs savings sports works news securities")
_MODIFIERS = 3  # words between a number and its noun
_YEARS = (1900, 2099)


@dataclass(frozen=True, slots=True)
class Count:
    """A counted noun in the plural, and the index of the token after it."""

    unit: str
    end: int


def read_count(tokens: Tokens, magnitude: Magnitude) -> Count | None:
    """Return what a number counts, if it counts anything.

    Examples
    --------
    >>> from detente.reading.quantities.amounts import read_magnitude
    >>> from detente.reading.tokens import tokens_of
    >>> for text in ("600,000-strong army", "28-point plan", "40 armoured vehicles", "ten said"):
    ...     tokens = tokens_of(text)
    ...     print(read_count(tokens, read_magnitude(tokens, 0)))
    Count(unit='army', end=4)
    Count(unit='points', end=3)
    Count(unit='vehicles', end=3)
    None
    """
    at = magnitude.end
    if not magnitude.bare or _is_year(tokens, magnitude):
        return None
    single = magnitude.high is None and magnitude.low.value == 1
    hyphen = tokens[at].text in ("-", "‑") and tokens[at].start == tokens[at - 1].end
    if hyphen and tokens[at + 1].start == tokens[at].end:
        return _hyphened(tokens, at + 1)
    found = _measure(tokens, at)
    if found or single:
        return found
    if tokens[at].low == "of":
        return _part(tokens, at)
    return _noun(tokens, at)


def is_large(magnitude: Magnitude) -> bool:
    """Whether a number says something without a noun: half a billion, or 600,000."""
    return any(
        number is not None and (number.grouped or number.scale >= 1000)
        for number in (magnitude.low, magnitude.high)
    )


def _is_year(tokens: Tokens, magnitude: Magnitude) -> bool:
    """Whether a bare number of four digits is rather a year."""
    number = magnitude.low
    plain = number.digits and not number.grouped and number.scale == 1
    in_range = _YEARS[0] <= number.value <= _YEARS[1]
    before = tokens[number.end - 2].low
    return plain and in_range and (number.value % 100 != 0 or before in ("in", "since", "until"))


def _measure(tokens: Tokens, at: int) -> Count | None:
    token = tokens[at]
    if token.low in ("square", "sq", "cubic"):
        inner = _measure(tokens, at + 1 + (tokens[at + 1].text == "."))
        word = "cubic" if token.low == "cubic" else "square"
        return Count(f"{word} {inner.unit}", inner.end) if inner else None
    if token.low in _MEASURES:
        return Count(_MEASURES[token.low], at + 1)
    return Count(token.low, at + 1) if token.low in _PLAIN_UNITS else None


def _hyphened(tokens: Tokens, at: int) -> Count | None:
    """Read what stands behind a hyphen: 28-point, 600,000-strong army."""
    token = tokens[at]
    if token.sort is not Sort.WORD or token.low in STOPS or token.low in _NO_UNITS:
        return None
    if token.low in _ORDINALS:
        return None
    if token.low == "strong":
        found = _noun(tokens, at + 1, singular=True)
        return found or Count("strong", at + 1)
    measure = _measure(tokens, at)
    return measure or Count(plural_of(_name(token)), at + 1)


def _part(tokens: Tokens, at: int) -> Count | None:
    """Read 22 of the 28 points, or twenty of its ships; only the number belongs to it."""
    if tokens[at + 1].low not in _WHOSE:
        return None
    number = read_number(tokens, at + 2)
    found = _noun(tokens, number.end if number else at + 2)
    return Count(found.unit, at) if found else None


def _noun(tokens: Tokens, at: int, *, singular: bool = False) -> Count | None:
    """Read the first noun in the plural after a few words that describe it."""
    for place in range(at, at + _MODIFIERS + 1):
        token = tokens[place]
        if token.sort is not Sort.WORD or token.low in STOPS or token.low in _NO_NOUNS:
            return None
        if singular and tokens[place + 1].sort is not Sort.WORD:
            return Count(_name(token), place + 1)
        if singular and tokens[place + 1].low in STOPS:
            return Count(_name(token), place + 1)
        if is_plural(token):
            compound = token.low in _COMPOUND and is_plural(tokens[place + 1])
            last = tokens[place + 1] if compound else token
            return Count(_name(last), place + 1 + compound)
    return None


def _name(token: Token) -> str:
    return token.text if token.text[1:2].isupper() else token.low
