"""Which words, numbers and marks does a text consist of, and where?

One pass with one pattern, whose every repetition is of single characters or is bounded, so that no
text takes more than time in proportion to its length. What only looks like a quantity (telephone
numbers, times, codes, numbers of headings and articles) is marked as a name here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from detente.reading.lists import words_of

__all__ = ["AHEAD", "Sort", "Token", "Tokens", "tokens_of"]


class Sort(Enum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    ORDINAL = "ordinal"
    DAY = "day"
    CURRENCY = "currency"
    NAME = "name"
    MARK = "mark"
    BREAK = "break"
    END = "end"


class Token(NamedTuple):
    """A word, a number or a mark, with its place; a tuple, for a long text has a million."""

    text: str
    low: str
    start: int
    end: int
    sort: Sort


Tokens = Sequence[Token]
"""Tokens in order, and :data:`AHEAD` empty ones behind them, so that any may look around."""

AHEAD = 24
"""How far any rule looks ahead or back."""

_SCALES_AND_UNITS = "bn|mln|mn|m|k|tn|trn|km|ha|kg|mw|gw|mm|cm|percent|pct"
_CODES = "USD|EUR|GBP|CHF|RUB|UAH|JPY|CNY|PLN|NOK|SEK|DKK|CAD|AUD|TRY|INR|ILS"
_PATTERN = re.compile(
    rf"""
    (?P<name>
        https?://\S{{1,300}}
      | ^[ \t]{{0,8}}\(?\d{{1,3}}(?:\.\d{{1,3}}){{0,3}}[.)](?=\s)     # the number of a heading
      | \+\d[\d ()\-]{{6,20}}\d                                       # telephones
      | \(\d{{2,4}}\)\ ?\d{{3,4}}[-\ ]\d{{3,4}}\b
      | 0\d{{2,4}}\ \d{{3,4}}\ \d{{3,4}}\b
      | \d{{3}}[-\ ]\d{{3}}-\d{{4}}\b
      | \d{{3}}-0\d{{3}}\b
      | \d{{1,2}}:\d{{2}}(?::\d{{2}})?\b                              # times of day
      | (?!\d{{4}}-\d{{2}}-\d{{2}}\b)\d{{1,9}}(?:-\d{{1,9}}){{2,}}      # chains of numbers
      | \d{{1,9}}(?:\.\d{{1,9}}){{3,}}
      | (?!\d{{1,3}}(?:,\d{{3}})+(?![,\d]))\d{{1,9}}(?:,\d{{1,9}}){{3,}}
      | [A-Z]{{1,4}}(?:/[A-Z0-9.]{{1,12}}){{1,6}}\b                   # numbers of documents
      | (?!(?:to|mid|early|late|end|pre|post)-)(?!(?:{_CODES})\d)
        [A-Za-z]{{1,12}}-?\d{{1,6}}(?:[A-Za-z]{{0,3}}\b)              # aircraft, groups of states
    )
  | (?P<day>\d{{4}}-\d{{2}}-\d{{2}}\b|\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d{{2}})\b
      | \d{{1,2}}\.\d{{1,2}}\.\d{{4}}\b)
  | (?P<ordinal>\d{{1,6}}(?:st|nd|rd|th)\b)
  | (?P<other>\d{{1,6}}(?:/\d{{1,6}}|(?!(?i:{_SCALES_AND_UNITS})\b)[A-Za-z]{{1,6}})\b)
  | (?P<currency>(?:US|CA|AU|NZ|HK|C|A|S)?\$(?!\$)|[€£¥₴₽₪₺₹])
  | (?P<number>\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?
      | \d{{1,3}}(?:[\ \u00a0\u2009\u202f]\d{{3}})+(?![\d,.]\d|\d)
      | \d{{1,3}}(?:\.\d{{3}}){{2,12}}(?!\d)
      | \d+(?:[.,]\d+)?)
  | (?P<word>(?:{_CODES})(?=\d)|[^\W\d_]+(?:['’][^\W\d_]+)*)
  | (?P<break>\n(?:[ \t\r]*\n)+)
  | (?P<mark>["'“”‘’«»]+|(?P<same>[^\w\s])(?P=same)*)
    """,
    re.VERBOSE | re.MULTILINE,
)
_SORTS = {
    **{sort.value: sort for sort in Sort},
    "other": Sort.NAME,
}
_NUMBERED = words_of(
    """article articles section sections chapter chapters resolution resolutions paragraph
    paragraphs para paras point points clause clauses annex annexes appendix protocol phase
    phases stage stages step option options item items rule law decree directive no nos page
    pages version route highway channel flight room list"""
)
_LONGEST_NAME = 6
_JOINS = frozenset((",", "and", "or", "to", "-", "–", "(", ")"))


def tokens_of(text: str) -> Tokens:
    """Return the tokens of a text in order, with empty ones behind them.

    Examples
    --------
    >>> [(token.text, token.sort.value) for token in tokens_of("Article 5: €5m")[:5]]
    [('Article', 'word'), ('5', 'name'), (':', 'mark'), ('€', 'currency'), ('5', 'number')]
    """
    tokens = [
        Token(found := match.group(), found.lower(), match.start(), match.end(), _sort(match))
        for match in _PATTERN.finditer(text)
    ]
    tokens += [Token("", "", len(text), len(text), Sort.END)] * AHEAD
    _name_numbers(tokens)
    return tokens


def _sort(match: re.Match[str]) -> Sort:
    return _SORTS[match.lastgroup or "mark"]


def _name_numbers(tokens: list[Token]) -> None:
    """Make names of the numbers of articles, points and the like, also in lists."""
    index = 0
    while index < len(tokens) - AHEAD:
        begin = _after_heading(tokens, index)
        index = _name_list(tokens, begin) if begin else index + 1


def _after_heading(tokens: Tokens, index: int) -> int:
    """Where the number stands that a word such as Article announces; 0 if it announces none."""
    token = tokens[index]
    if token.low == "group" and token.text != "group" and tokens[index + 1].low == "of":
        return index + 2
    if token.sort is not Sort.WORD or token.low not in _NUMBERED:
        return 0
    dotted = tokens[index + 1].text == "." and token.low in ("no", "nos", "para", "paras")
    if token.low == "no" and not (dotted or token.text == "No"):
        return 0
    return index + 2 if dotted else index + 1


def _name_list(tokens: list[Token], index: int) -> int:
    """Rename numbers from a place on, and return the place after them."""
    while tokens[index].sort is Sort.NUMBER and _may_be_a_name(tokens[index].text):
        tokens[index] = tokens[index]._replace(sort=Sort.NAME)
        index += 1
        ahead = index
        while ahead < index + 2 and tokens[ahead].low in _JOINS:
            ahead += 1
        if tokens[ahead].sort is not Sort.NUMBER or tokens[ahead + 1].sort is Sort.WORD:
            break
        index = ahead
    return index


def _may_be_a_name(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and text.isdigit()
