"""Which number do digits, or words such as "one hundred and fifty thousand", say?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from detente.reading.tokens import Sort, Tokens

__all__ = ["NUMBER_WORDS", "SCALES", "Number", "read_number"]

_UNITS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
SCALES = {
    "hundred": Decimal(100),
    "dozen": Decimal(12),
    "thousand": Decimal(10**3),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
    "mn": Decimal(10**6),
    "mln": Decimal(10**6),
    "bn": Decimal(10**9),
    "tn": Decimal(10**12),
    "trn": Decimal(10**12),
}
"""Words that multiply."""

NUMBER_WORDS = frozenset((*_UNITS, *_TENS, "a", "an", "half"))
"""Words with which a number may begin."""

_LETTERS = {"k": Decimal(10**3), "m": Decimal(10**6), "b": Decimal(10**9)}
_SMALL = frozenset(("hundred", "dozen"))
_LONGEST = 26  # characters; what is longer is no quantity, and could not be kept exactly
_DECIMALS = 2  # digits after a comma that is no separator of thousands
_GROUPED = 5  # characters of the shortest number with such a separator
_TEN = 10
_WORDS = 16  # words of the longest number


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    Parameters
    ----------
    end
        The index of the token after it.
    scale
        What the last word of it multiplies by: 1000000 in "5 million"; else 1.
    digits
        Whether it is written in digits.
    grouped
        Whether its digits are grouped by thousands.
    """

    value: Decimal
    end: int
    scale: Decimal = Decimal(1)
    digits: bool = False
    grouped: bool = False


def read_number(tokens: Tokens, index: int) -> Number | None:
    """Return the number that begins at a token, if one does.

    Examples
    --------
    >>> from detente.reading.tokens import tokens_of
    >>> for text in ("1,250.5", "twenty-eight", "half a billion", "2 and a half million", "so"):
    ...     number = read_number(tokens_of(text), 0)
    ...     print(number and number.value.normalize())
    1250.5
    28
    5E+8
    2.5E+6
    None
    """
    token = tokens[index]
    if token.sort is Sort.NUMBER:
        value = _digits(token.text)
        if value is None:
            return None
        grouped = len(token.text) >= _GROUPED and not token.text.split(".")[0][-4:-3].isdigit()
        begun = Number(value, index + 1, digits=True, grouped=grouped)
        return _scaled(tokens, _with_half(tokens, begun))
    if token.sort is not Sort.WORD:
        return None
    return _part_of_a_scale(tokens, index) or _in_words(tokens, index)


def _digits(text: str) -> Decimal | None:
    if len(text) > _LONGEST:
        return None
    bare = "".join(text.split())
    head, comma, tail = bare.partition(",")
    if comma and len(tail) <= _DECIMALS and tail.isdigit():
        return Decimal(f"{head}.{tail}")  # a decimal comma
    if bare.count(".") > 1:
        bare = bare.replace(".", "")
    return Decimal(bare.replace(",", ""))


def _with_half(tokens: Tokens, number: Number) -> Number:
    following = tuple(token.low for token in tokens[number.end : number.end + 3])
    if following != ("and", "a", "half"):
        return number
    return Number(number.value + Decimal("0.5"), number.end + 3, digits=number.digits)


def _scaled(tokens: Tokens, number: Number) -> Number:
    """Return the number multiplied by the words after it, as in 100 billion or 5m."""
    at = number.end + (tokens[number.end].text == "-")
    word = tokens[at]
    adjacent = word.start == tokens[at - 1].end
    scale = SCALES.get(word.low) or (_LETTERS.get(word.low) if adjacent else None)
    if scale is None or word.sort is not Sort.WORD or (at > number.end and not adjacent):
        return number
    return Number(number.value * scale, at + 1, scale, number.digits)


def _part_of_a_scale(tokens: Tokens, index: int) -> Number | None:
    """Read half a billion, or a quarter of a million."""
    if tokens[index].low not in ("half", "a"):
        return None
    words = [token.low for token in tokens[index : index + 5]]
    for opening, share in ((["half", "a"], "0.5"), (["a", "quarter", "of", "a"], "0.25")):
        at = index + len(opening)
        scale = SCALES.get(tokens[at].low)
        if words[: len(opening)] == opening and scale:
            return Number(Decimal(share) * scale, at + 1, scale)
    return None


def _in_words(tokens: Tokens, index: int) -> Number | None:
    article = tokens[index].low in ("a", "an") and tokens[index + 1].low in SCALES
    if not article and tokens[index].low not in _UNITS and tokens[index].low not in _TENS:
        return None
    total, current, scale, at = Decimal(0), Decimal(article), Decimal(1), index + article
    ceiling = Decimal("Infinity")
    last = "scale" if not article else "unit"
    while at < index + _WORDS:
        word = tokens[at].low
        if word in _TENS and last == "scale":
            current, last = current + _TENS[word], "tens"
        elif word in _UNITS and (last == "scale" or (last == "tens" and _UNITS[word] < _TEN)):
            current, last = current + _UNITS[word], "unit"
        elif word in _SMALL and current:
            current, last, scale = current * SCALES[word], "scale", SCALES[word]
        elif word in SCALES and current and SCALES[word] < ceiling:
            total, current, last = total + current * SCALES[word], Decimal(0), "scale"
            scale = ceiling = SCALES[word]
        elif not _joins(tokens, at, last, started=bool(current or total)):
            break
        at += 1
    if tokens[at - 1].low in ("and", "-"):
        at -= 1
    read = Number(total + current, at, scale)
    halved = _with_half(tokens, read)
    return _scaled(tokens, halved) if halved.end > read.end else read


def _joins(tokens: Tokens, at: int, last: str, *, started: bool) -> bool:
    """Whether a hyphen or an "and" stands inside a number, as in one hundred and fifty."""
    word, following = tokens[at].low, tokens[at + 1].low
    if word == "and":
        return started and last == "scale" and (following in _UNITS or following in _TENS)
    if word != "-" or tokens[at + 1].start != tokens[at].end:
        return False
    return (last == "tens" and following in _UNITS) or (started and following in SCALES)
