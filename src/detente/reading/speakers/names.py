"""Which words of a source are a name, and which tell an office, a group or somebody not named?"""

from __future__ import annotations

import re
import unicodedata

from detente.reading.lists import words_of
from detente.reading.speakers.demonyms import COUNTRIES

__all__ = [
    "NAME", "POSSESSIVE", "TITLES", "begins_with_unnamed", "is_group", "main_name", "name_at",
    "plain_name", "plain_words", "without_article",
]  # fmt: skip

_CAPITAL = (
    r"(?:[A-Z]\.(?:[A-Z]\.)*|(?:Dr|Mr|Mrs|Ms|Gen|Gov|Sen|Rep|Lt|Col|Capt|Prof|St)\."
    r"|[A-ZÀ-ÖØ-Þ\u0100-\u017f][\w’'-]*(?:\.\w[\w’'-]*)*)"
)
_SMALL = (
    "de|da|del|della|der|den|von|van|zu|ter|ten|bin|bint|ibn|ben|al|el|la|le|di|du|dos|y|e|af|av"
)
NAME = re.compile(rf"\b{_CAPITAL}(?:[^\S\n]+(?:(?:{_SMALL})[^\S\n]+)*{_CAPITAL})*")
"""Words with a capital that stand together."""

POSSESSIVE = re.compile(r"^.*['’]s?\s+(?=\w)", re.DOTALL)
"""Whose somebody is: *Oru’s* before *envoy*."""

_OPENING = words_of(
    """
    a after all also although and another as at before both but by earlier even for from however
    if in later meanwhile monday tuesday wednesday thursday friday saturday sunday now on only since
    so still some many most several no one two three four five six seven eight nine ten then
    there this though today to tomorrow tonight under when where while with yesterday
    """
)
_LEADING = words_of(
    """
    admiral ambassador archbishop attorney-general baroness bishop brigadier chairman chairwoman
    chancellor colonel commander commissioner congressman congresswoman director-general envoy
    general governor leader minister negotiator president premier professor secretary
    secretary-general sen senator sergeant spokesman spokesperson spokeswoman vice-president
    """
)
"""Titles with which a name begins anew: *French Foreign Minister Ana Belu* is *Ana Belu*."""

TITLES = _LEADING | words_of(
    """
    acting attorney ayatollah captain chief correspondent councillor deputy director dr first
    foreign former gov interior justice king lady lieutenant lord major mayor miss monsieur mr mrs
    ms mx officer pope presidential prime prince princess prof queen rep representative reverend sir
    sheikh speaker special supreme the vice
    """
)
"""Words before a name that are none of it."""

_OFFICES = words_of(
    """
    affairs agriculture commerce defence defense economy education energy finance health homeland
    interior justice labor labour relations security state trade transport transportation treasury
    war
    """
)
_OFFICE_OF = re.compile(r"(?:secretary|minister)\s+(?:of|for)\s+(?:the\s+)?$", re.IGNORECASE)
_BY_ANOTHER = re.compile(
    r"\w\s+(?:about|against|around|at|by|for|from|in|near|of|on|to|under|with)\s+(?:the\s+)?$"
)
_NO_FUNCTION = (
    r"(?!(?:and|or|of|in|at|from|for|to|with|by|on|who|whose|which|that|after|about|as|is|was|has|his"
    r"|its|this|always|perhaps)\b)"
)
_HEAD_AFTER = re.compile(
    rf"\s+{_NO_FUNCTION}(?!(?:alone|again|also|here|(?:him|her|it|them)sel\w+|later|now|there|too)\b)"
    r"(?P<head>[a-z][\w-]*)"
)
_JOINS_ANOTHER = re.compile(r"\s+(?:and|or)\s+[A-Z][\w-]*(?:an|ch|ese|i|ish)\s")
_PARTICIPLE = re.compile(r"\w{3,}(?:ed|ing)")
_GOES_ON = re.compile(r"['’]?\s+\w")
_BEFORE = 40  # characters
_INITIALS = re.compile(r"(?:\b[A-Z]\.)+$")
_UNNAMED = re.compile(
    r"\b(?:a|an|one|another|two|three|several|some|many|senior|other|the)?\s*"
    r"(?:[\w.'’-]+\s+){0,4}?(?:officials?|persons?|people|sources?|diplomats?|aides?|insiders?|"
    r"envoys?|negotiators?|advis[eo]rs?|lawmakers?|analysts?|observers?|mediators?)\b",
    re.IGNORECASE,
)


def main_name(words: str) -> str | None:
    """Return the name in a source, without titles; None if nobody is named.

    Who is only told by another has no name: *an aide of Ana Belu*, *analysts in Oru*.

    Examples
    --------
    >>> main_name("Foreign Minister Ana Belu of Oru"), main_name("Oru spokesman Tom Orr")
    ('Ana Belu', 'Tom Orr')
    >>> main_name("her Orunian counterpart, Tom Orr"), main_name("an adviser to Ana Belu")
    ('Tom Orr', None)
    """
    best: str | None = None
    for found in NAME.finditer(words):
        if not _belongs(words, found):
            name = name_at(words, found)
            if name and (best is None or (" " not in best and " " in name)):
                best = name
    return best


def name_at(text: str, found: re.Match[str]) -> str | None:
    """Return the name among words with a capital, without titles; None if there is none.

    Parameters
    ----------
    found
        Of :data:`NAME` in the text.

    Examples
    --------
    >>> text = "Secretary of State Ana Belu"
    >>> [name_at(text, found) for found in NAME.finditer(text)]
    [None, 'Ana Belu']
    """
    before = text[max(0, found.start() - _BEFORE) : found.start()]
    drop = TITLES | _OPENING | (_OFFICES if _OFFICE_OF.search(before) else frozenset())
    name = re.sub(r"['’]s\b", "", POSSESSIVE.sub("", found.group())).strip()
    parts = (name if _INITIALS.search(name) else name.rstrip(".")).split()
    return " ".join(_without_titles(parts, drop)) or None


def _belongs(words: str, found: re.Match[str]) -> bool:
    """Whether a name tells what or whose something is: an aide of *Oru’s*, *Orunian* leaders."""
    before = words[max(0, found.start() - _BEFORE) : found.start()]
    if _BY_ANOTHER.search(before) and not _OFFICE_OF.search(before):
        return True
    if _GOES_ON.match(words, found.end()) and re.search(r"s?['’]s?$", found.group()):
        return True
    adjective = plain_name(found.group()) in COUNTRIES
    if adjective and _JOINS_ANOTHER.match(words, found.end()):
        return True
    head = _HEAD_AFTER.match(words, found.end())
    return head is not None and (adjective or _PARTICIPLE.fullmatch(head["head"]) is None)


def _without_titles(parts: list[str], drop: frozenset[str]) -> list[str]:
    """The name alone; empty where it is only an office, as *French President*."""
    low = [part.lower().strip(".,") for part in parts]
    first = max((at + 1 for at, word in enumerate(low) if at and word in _LEADING), default=0)
    while first < len(low) and low[first] in drop:
        first += 1
    return parts[first:]


def begins_with_unnamed(words: str, name: str | None) -> bool:
    """Return whether a source begins with somebody who is not named, and no name is given after.

    Examples
    --------
    >>> begins_with_unnamed("A senior U.S. official", "U.S.")
    True
    >>> begins_with_unnamed("the envoy Ana Belu, who left", "Ana Belu")
    False
    """
    found = _UNNAMED.match(words)
    if found is None:
        return False
    if name is None or " " not in name:
        return True
    place = words.find(name, found.end())
    between = words[found.end() : max(place, 0)].rpartition(",")[2].lower()
    return place < 0 or not TITLES.issuperset(re.findall(r"[\w-]+", between))


def is_group(words: str) -> bool:
    """Return whether a source is more than one."""
    lower = words.lower()
    return bool(re.search(r"\b(?:and|two|three|four|several|some|many|most|both)\b", lower)) or (
        lower.split()[-1].endswith("s") and not NAME.fullmatch(words)
    )


def plain_words(words: str) -> list[str]:
    """Return words without marks, accents and capitals, the *s* of a possessive apart.

    Examples
    --------
    >>> plain_words("Péter’s U.S. envoy")
    ['peter', 's', 'u', 's', 'envoy']
    """
    bare = unicodedata.normalize("NFKD", words)
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return re.findall(r"[\w-]+", letters.lower())


def plain_name(name: str) -> str:
    """Return a name without titles before it, marks, accents and capitals.

    Examples
    --------
    >>> plain_name("President Péter Szijjártó’s"), plain_name("the U.S.")
    ('peter szijjarto', 'u s')
    """
    words = plain_words(re.sub(r"['’]s\b", "", name))
    while len(words) > 1 and words[0] in TITLES:
        words.pop(0)
    return " ".join(words)


def without_article(words: str) -> str:
    """Return words in small letters, without an article before them and marks between.

    Examples
    --------
    >>> without_article("The mayor of Upper Town")
    'mayor of upper town'
    """
    parts = re.findall(r"\w+", words.lower())
    return " ".join(parts[1:] if parts[:1] in (["a"], ["an"], ["the"]) else parts)
