"""How much money, which share, and which range between two numbers does a text name?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from detente.reading.lists import Phrase, words_of
from detente.reading.quantities.numbers import Number, read_number
from detente.reading.tokens import Sort, Tokens

__all__ = ["CODES", "Magnitude", "Share", "read_magnitude", "read_share"]

_SYMBOLS = {
    "$": "USD",
    "us$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₴": "UAH",
    "₽": "RUB",
    "₪": "ILS",
    "₺": "TRY",
    "₹": "INR",
    "c$": "CAD",
    "ca$": "CAD",
    "a$": "AUD",
    "au$": "AUD",
    "nz$": "NZD",
    "hk$": "HKD",
    "s$": "SGD",
}
CODES = words_of("USD EUR GBP CHF RUB UAH JPY CNY PLN NOK SEK DKK CAD AUD TRY INR ILS NZD HKD SGD")
"""Codes of currencies that are read, by ISO 4217."""

_NAMES = {
    **dict.fromkeys(("dollar", "dollars"), "USD"),
    **dict.fromkeys(("euro", "euros"), "EUR"),
    **dict.fromkeys(("pound", "pounds", "sterling"), "GBP"),
    **dict.fromkeys(("rouble", "roubles", "ruble", "rubles"), "RUB"),
    **dict.fromkeys(("hryvnia", "hryvnias", "hryvnya", "hryvnyas"), "UAH"),
    **dict.fromkeys(("yen",), "JPY"),
    **dict.fromkeys(("yuan", "renminbi"), "CNY"),
    **dict.fromkeys(("zloty", "zlotys"), "PLN"),
    **dict.fromkeys(("shekel", "shekels"), "ILS"),
    **dict.fromkeys(("rupee", "rupees"), "INR"),
}
_FULL_NAMES: dict[Phrase, str] = {
    **dict.fromkeys((("swiss", "francs"), ("swiss", "franc")), "CHF"),
    **dict.fromkeys((("us", "dollars"), ("american", "dollars")), "USD"),
    **dict.fromkeys((("canadian", "dollars"), ("canadian", "dollar")), "CAD"),
    ("australian", "dollars"): "AUD",
    ("hong", "kong", "dollars"): "HKD",
    ("singapore", "dollars"): "SGD",
    ("new", "zealand", "dollars"): "NZD",
    **dict.fromkeys((("norwegian", "kroner"), ("norwegian", "crowns")), "NOK"),
    **dict.fromkeys((("danish", "kroner"), ("danish", "crowns")), "DKK"),
    **dict.fromkeys((("swedish", "kronor"), ("swedish", "crowns")), "SEK"),
    ("pounds", "sterling"): "GBP",
    ("turkish", "lira"): "TRY",
    ("turkish", "liras"): "TRY",
    ("russian", "roubles"): "RUB",
    ("russian", "rubles"): "RUB",
    ("chinese", "yuan"): "CNY",
    ("japanese", "yen"): "JPY",
    ("polish", "zlotys"): "PLN",
    ("israeli", "shekels"): "ILS",
    ("indian", "rupees"): "INR",
    ("ukrainian", "hryvnias"): "UAH",
    ("ukrainian", "hryvnia"): "UAH",
}
_PERCENT = (
    (("percentage", "points"), "percentage points"),
    (("percentage", "point"), "percentage points"),
    (("per", "cent"), "%"),
    (("percent",), "%"),
    (("pct",), "%"),
    (("%",), "%"),
)
_CHANGES = words_of(
    """raise raised raises raising rise rises rose risen increase increases increased cut cuts
    cutting reduce reduces reduced reducing lower lowers lowered fall falls fell fallen drop
    drops dropped grow grows grew grown shrink shrinks shrank shrunk expand expands expanded
    widened change changes changed go goes went climb climbed jump jumped slashed brought"""
)
_DENOMINATORS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fifth": 5,
    "fifths": 5,
    "sixth": 6,
    "sixths": 6,
    "seventh": 7,
    "sevenths": 7,
    "eighth": 8,
    "eighths": 8,
    "ninth": 9,
    "ninths": 9,
    "tenth": 10,
    "tenths": 10,
}
_OF_WHAT = words_of("of the its their his her our your all")
_BEFORE_SHARES = words_of("by about almost nearly roughly approximately than least most")
_TIMES = ("hour", "century", "day", "year", "mile")
_DASHES = ("-", "–", "‑")
_UNSCALED = 1000  # only smaller numbers take the scale of the one after them


@dataclass(frozen=True, slots=True)
class Magnitude:
    """A number, or two that bound a range, with the currency or the per cent beside them.

    Parameters
    ----------
    end
        The index of the token after it.
    high
        The upper number of a range; None where there is one number.
    """

    low: Number
    end: int
    high: Number | None = None
    currency: str | None = None
    percent: str | None = None

    @property
    def bare(self) -> bool:
        """Whether nothing tells what the numbers measure."""
        return self.currency is None and self.percent is None


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a whole, such as two-thirds, and the index of the token after it."""

    value: Decimal
    end: int


def read_magnitude(tokens: Tokens, index: int) -> Magnitude | None:
    """Return the amount or the range that begins at a token, if one does.

    Examples
    --------
    >>> from detente.reading.tokens import tokens_of
    >>> found = read_magnitude(tokens_of("between $1.2 and $1.5 billion"), 0)
    >>> f"{found.low.value:.0f} {found.high.value:.0f} {found.currency}"
    '1200000000 1500000000 USD'
    """
    opening = tokens[index].low
    if opening in ("between", "from"):
        first = _side(tokens, index + 1)
        if first is None or tokens[first.end].low != ("and" if opening == "between" else "to"):
            return None
        if opening == "from" and _tells_of_change(tokens, index):
            return None
        return _joined(first, _side(tokens, first.end + 1))
    first = _side(tokens, index)
    if first is None:
        return None
    return _open_range(tokens, index, first) or first


def _open_range(tokens: Tokens, index: int, first: Magnitude) -> Magnitude | None:
    """Read 10-15, 10 to 15, or two or three."""
    link = tokens[first.end]
    alternative = link.low == "or" and first.bare and not first.low.grouped
    passage = link.low == "to" and tokens[index - 1].low != "from"
    dash = link.text in _DASHES
    if not (alternative or passage or dash):
        return None
    hyphened = dash and tokens[first.end + 1].low == "to"  # two- to three-year, 5-to-7-day
    at = first.end + 1 + hyphened
    second = _side(tokens, at + (hyphened and tokens[at].text == "-"))
    if dash and second and second.low.grouped and first.low.value * 1000 < second.low.value:
        scaled = replace(first.low, value=first.low.value * 1000)  # 10-15,000
        first = replace(first, low=scaled)
    return _joined(first, second)


def _tells_of_change(tokens: Tokens, index: int) -> bool:
    return any(token.low in _CHANGES for token in tokens[max(0, index - 6) : index])


def _joined(first: Magnitude, second: Magnitude | None) -> Magnitude | None:
    """Return the range between two amounts; None if it runs down or measures two things."""
    if second is None or (first.currency and second.currency not in (None, first.currency)):
        return None
    low = first.low
    if low.scale == 1 and second.low.scale > 1 and low.value < _UNSCALED:
        low = replace(low, value=low.value * second.low.scale)
    if low.value >= second.low.value:
        return None
    currency, percent = first.currency or second.currency, first.percent or second.percent
    return Magnitude(low, second.end, second.low, currency, percent)


def _side(tokens: Tokens, index: int) -> Magnitude | None:
    """Read one amount: a number with a currency or a per cent before or after it, or neither."""
    token = tokens[index]
    currency = _SYMBOLS.get(token.low) or (token.text if token.text in CODES else None)
    number = read_number(tokens, index + 1 if currency else index)
    if number is None:
        return None
    number = _repeated(tokens, number)
    if currency:
        return Magnitude(number, number.end, currency=currency)
    at = number.end + (tokens[number.end].text == "-" and _adjacent(tokens, number.end))
    for words, percent in _PERCENT:
        end = _past(tokens, at, words)
        if end:
            return Magnitude(number, end, percent=percent)
    named = _currency_after(tokens, at)
    if named:
        return Magnitude(number, named[1], currency=named[0])
    return Magnitude(number, number.end)


def _repeated(tokens: Tokens, number: Number) -> Number:
    """Return the number with its digits in brackets behind it, as in ninety (90) days."""
    again = read_number(tokens, number.end + 1) if tokens[number.end].text == "(" else None
    if again is None or again.value != number.value or tokens[again.end].text != ")":
        return number
    return replace(number, end=again.end + 1)


def _adjacent(tokens: Tokens, dash: int) -> bool:
    return tokens[dash - 1].end == tokens[dash].start and tokens[dash].end == tokens[dash + 1].start


def _past(tokens: Tokens, index: int, words: tuple[str, ...]) -> int:
    """Where the given words end, with or without hyphens between them; 0 if they are not there."""
    for place, word in enumerate(words):
        if place and tokens[index].text == "-":
            index += 1
        if tokens[index].low != word:
            return 0
        index += 1
    return index


def _currency_after(tokens: Tokens, index: int) -> tuple[str, int] | None:
    """Return the code of the currency named at a token, and the index after its name."""
    for length in (3, 2):
        words = tuple(token.low for token in tokens[index : index + length])
        if words in _FULL_NAMES:
            return _FULL_NAMES[words], index + length
    token = tokens[index]
    if token.sort is Sort.CURRENCY and tokens[index + 1].sort is not Sort.NUMBER:
        return _SYMBOLS[token.low], index + 1
    if token.text in CODES:
        return token.text, index + 1
    name = _NAMES.get(token.low)
    weight = name == "GBP" and tokens[index + 1].low == "of"
    return (name, index + 1) if name and not weight else None


def read_share(tokens: Tokens, index: int) -> Share | None:
    """Return the share that begins at a token, if one does: two-thirds, a quarter, one in five.

    Examples
    --------
    >>> from detente.reading.tokens import tokens_of
    >>> [read_share(tokens_of(text), 0) for text in ("half of it", "a third party")]
    [Share(value=Decimal('0.5'), end=1), None]
    """
    token = tokens[index]
    if token.sort not in (Sort.WORD, Sort.NUMBER):
        return None
    whole = tokens[index - 1].low in _BEFORE_SHARES
    if token.low == "half":
        ordinal = tokens[index - 1].low in ("first", "second", "last", "other", "one")
        meant = not ordinal and (whole or tokens[index + 1].low in _OF_WHAT)
        return Share(Decimal("0.5"), index + 1) if meant else None
    if token.low in ("a", "an"):
        denominator = _DENOMINATORS.get(tokens[index + 1].low)
        of_time = tokens[index + 3].low in ("a", "an") and tokens[index + 4].low in _TIMES
        meant = whole or (tokens[index + 2].low == "of" and not of_time)
        return Share(1 / Decimal(denominator), index + 2) if denominator and meant else None
    number = read_number(tokens, index)
    return _fraction(tokens, number) if number and number.scale == 1 else None


def _is_rate(number: Number, whole: Number) -> bool:
    """Whether two numbers with "in" between them are a share: one in five, 9 in 10."""
    words = not number.digits and not whole.digits
    return words or number.value == 1 or whole.value in (10, 100)


def _fraction(tokens: Tokens, number: Number) -> Share | None:
    """Read what makes a share of a number: thirds, in five, out of ten."""
    at = number.end + (tokens[number.end].text == "-")
    denominator = _DENOMINATORS.get(tokens[at].low)
    if denominator and number.value < denominator and not number.digits:
        return Share(number.value / denominator, at + 1)
    out_of = tokens[number.end].low == "out" and tokens[number.end + 1].low == "of"
    if not out_of and tokens[number.end].low != "in":
        return None
    whole = read_number(tokens, number.end + 1 + out_of)
    if (
        whole is None
        or not 0 < number.value < whole.value
        or (not out_of and not _is_rate(number, whole))
    ):
        return None
    return Share(number.value / whole.value, whole.end)
