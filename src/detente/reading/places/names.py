"""Is there a place at a word of a text, and which one?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from detente.reading.places.capitals import Word, begins_sentence, side_by_side
from detente.reading.places.evidence import (
    Evidence,
    around,
    has_article,
    is_part_of_more,
    is_part_of_name_before,
)
from detente.reading.places.gazetteer import ABBREVIATIONS, LONGEST, Entry, Kind, open_gazetteer
from detente.reading.places.ordinary import ORDINARY, SMALL
from detente.reading.places.words import (
    COMPASS,
    DAYS,
    LOOSE,
    NEVER,
    NOUNS,
    NOUNS_BEFORE,
    PEOPLE,
    PEOPLES,
    SAYING,
    TITLES,
    WORDS,
)
from detente.reading.words import STOPS

__all__ = ["Name", "Names", "is_listed"]

_LARGE = 100_000
"""People of a city from which on it is known without evidence."""

_MOST = 3
"""Words of a name that the gazetteer lacks."""

_INSIDE = frozenset((" ", "-", "‑", "\n", "'", "’", "\u00a0"))
_OF_PEOPLES = ("ian", "ean", "ish", "ese", "ch", "ic")
_NO_NOUNS = SMALL | STOPS | SAYING
_NO_NAMES = SMALL | STOPS | TITLES | DAYS | NEVER


class Name(NamedTuple):
    """A place as words of a text, from the first to before another.

    Parameters
    ----------
    name
        As the gazetteer has it; None where it is as it stands in the text.
    clear
        Whether what stands around it leaves no doubt.
    noun
        Whether its last word is a geographic noun.
    """

    first: int
    after: int
    kind: Kind
    name: str | None = None
    country: str | None = None
    evidence: Evidence = Evidence.CLEAR
    noun: bool = False
    speaks: bool = False


def is_listed(words: Sequence[Word], before: Name, first: int) -> bool:
    """Whether only a comma or an "and" stands between a place and a word."""
    if first == before.after:
        return words[first].gap in (", ", "-", "–", " – ")
    joined = words[first - 1].key in ("and", "or") and words[first].gap in (" ", "\n")
    return joined and first - 1 == before.after and words[first - 1].gap in (" ", ", ", "\n")


class Names:
    """The names of places in the words of one text.

    Parameters
    ----------
    known
        Names that need no evidence by their keys.
    named
        Keys of what the text clearly names as places somewhere.
    """

    def __init__(
        self,
        words: Sequence[Word],
        known: Mapping[str, str],
        named: frozenset[str] = frozenset(),
    ) -> None:
        self.words = words
        self.known = known
        self.named = named
        self.gazetteer = open_gazetteer()

    def read(self, first: int, before: Name | None) -> Name | None:
        """Return the place that begins at a capitalised word, if one does.

        Parameters
        ----------
        before
            The last place of the text before it.
        """
        after, entries = self._longest(first)
        return (
            self._before_noun(first, after, entries)
            or self._behind_noun(first)
            or (self._of_gazetteer(first, after, entries, before) if entries else None)
            or self._without_entry(first)
        )

    def _longest(self, first: int) -> tuple[int, tuple[Entry, ...]]:
        """The longest name of the gazetteer that begins at a word, and where it ends."""
        last = first
        while last - first < LONGEST - 1 and self._goes_on(last + 1):
            last += 1
        for end in range(last, first - 1, -1):
            entries = self._entries(first, end + 1) if self.words[end].capital else ()
            if entries:
                return end + 1, entries
        return first + 1, ()

    def _goes_on(self, at: int) -> bool:
        """Whether a word may belong to a name with the one before, as in St. Petersburg."""
        gap, before = self.words[at].gap, self.words[at - 1]
        short = before.text in ("St", "Ft", "Mt") and gap == ". "
        return gap in _INSIDE or short or (gap == "." and len(before.text) == 1)

    def _entries(self, first: int, after: int) -> tuple[Entry, ...]:
        words = self.words[first:after]
        if len(words) == 1 and words[0].text.isupper() and len(words[0].text) <= len("DPRK"):
            code = ABBREVIATIONS.get(words[0].text)
            if code or len(words[0].text) < len("Oman"):
                return self._countries.get(code or "", ())
        key = " ".join(word.key for word in words)
        if all(len(word.text) == 1 for word in words) and words[-1].gap != ".":
            return ()
        return self.gazetteer.names.get(key, ()) or self.gazetteer.other_names.get(key, ())

    @cached_property
    def _countries(self) -> dict[str, tuple[Entry, ...]]:
        names = self.gazetteer.names
        return {"US": names["united states"], "GB": names["united kingdom"],
                "AE": names["united arab emirates"], "KP": names["north korea"],
                "CD": names["democratic republic of the congo"]}  # fmt: skip

    def _before_noun(self, first: int, after: int, entries: tuple[Entry, ...]) -> Name | None:
        """Read the Lenn valley, Donetsk oblast, the Sael river: a name and a noun behind it."""
        noun = next((at for at in range(first + 1, first + _MOST + 1) if self._noun(at)), 0)
        if not noun or (entries and after > noun) or not self._chained(first, noun):
            return None
        kind = NOUNS[self._noun(noun)]
        known = entries if after == noun else ()
        if known:
            city = known[0].kind is Kind.CITY and kind in (Kind.REGION, Kind.WATER)
            river = known[0].kind is kind is Kind.WATER and self.words[noun].capital
            if not (city or river) or self.words[first].key in NEVER:
                return None
        elif entries or not self._may_have_noun(first, noun):
            return None
        if is_part_of_name_before(self.words, first) or is_part_of_more(self.words, noun + 1):
            return None
        return Name(first, noun + 1, kind, noun=True)

    def _noun(self, at: int) -> str:
        """The geographic noun at a word, in the singular; empty if there is none."""
        word = self.words[at]
        if word.gap not in (" ", "\n"):
            return ""
        single = word.key if word.key in NOUNS else word.key.removesuffix("s")
        return single if single in NOUNS else ""

    def _chained(self, first: int, after: int) -> bool:
        """Whether words are capitalised, stand side by side, and may be a name."""
        words = self.words[first:after]
        beside = all(side_by_side(self.words, at) for at in range(first + 1, after))
        return beside and all(word.capital and word.key not in _NO_NAMES for word in words)

    def _may_have_noun(self, first: int, noun: int) -> bool:
        """Whether a name that the gazetteer lacks makes a place with the noun behind it."""
        word, key = self.words[first], self._noun(noun)
        written = self.words[noun].capital
        if written:
            said = self.words[noun + 1].key in SAYING
            return not said and not (word.key in ORDINARY and begins_sentence(self.words, first))
        if begins_sentence(self.words, first) or key in LOOSE or word.key in COMPASS:
            return False
        return NOUNS[key] is Kind.WATER or not (
            word.key in PEOPLES or word.key.endswith(_OF_PEOPLES)
        )

    def _behind_noun(self, first: int) -> Name | None:
        """Read Lake Lenn, the Strait of Hormuz, the Sea of Azov."""
        noun = self.words[first].key
        kind = Kind.WATER if NOUNS.get(noun) is Kind.WATER else Kind.REGION
        if noun in NOUNS_BEFORE:
            after = self._end_of_name(first + 1)
            return Name(first, after, kind, noun=True) if after else None
        if noun not in NOUNS or self.words[first + 1].key != "of":
            return None
        the = self.words[first + 2].key == "the"
        after = self._end_of_name(first + 2 + the)
        single = NOUNS[noun] in (Kind.WATER, Kind.REGION)
        return Name(first, after, kind, noun=True) if after and single else None

    def _end_of_name(self, first: int) -> int:
        """Where a name ends that may be in no gazetteer; 0 if there is none."""
        after = first
        while after < first + _MOST and (after == first or side_by_side(self.words, after)):
            word = self.words[after]
            if not word.capital or not word.gap.isspace() or word.key in _NO_NAMES:
                break
            after += 1
        return after if after > first and not is_part_of_more(self.words, after) else 0

    def _of_gazetteer(
        self, first: int, after: int, entries: tuple[Entry, ...], before: Name | None
    ) -> Name | None:
        """Read a name that the gazetteer has, where enough speaks for it."""
        entry, evidence = self._located(entries, after)
        evidence = max(evidence, self._evidence(first, after, before))
        if not self._stands(first, after, entry, evidence, before):
            return None
        speaks = entry.seat and self._says(after)
        return Name(first, after, entry.kind, entry.name, entry.country, evidence, speaks=speaks)

    def _located(self, entries: tuple[Entry, ...], after: int) -> tuple[Entry, Evidence]:
        """The one of several places whose country stands behind it: Tripoli, Lebanon."""
        if self.words[after].gap == ", " and self.words[after].capital:
            _, behind = self._longest(after)
            if behind and behind[0].kind in (Kind.COUNTRY, Kind.REGION):
                for entry in entries:
                    if entry.country == behind[0].country and entry.kind is Kind.CITY:
                        return entry, Evidence.CLEAR
        return entries[0], Evidence.NONE

    def _evidence(self, first: int, after: int, before: Name | None) -> Evidence:
        key = " ".join(word.key for word in self.words[first:after])
        if key in self.known or key in self.named:
            return Evidence.CLEAR
        found = around(self.words, first, after)
        if before and is_listed(self.words, before, first) and not self._says(after):
            return max(found, before.evidence)
        return found

    def _says(self, after: int) -> bool:
        """Whether a verb of saying stands behind a name."""
        return self.words[after].gap == " " and self.words[after].key in SAYING

    def _stands(
        self, first: int, after: int, entry: Entry, evidence: Evidence, before: Name | None
    ) -> bool:
        """Whether a name of the gazetteer is a place here."""
        words, key = self.words, self.words[first].key
        hyphen = words[first].gap == "-" and before is not None and before.after == first
        if not hyphen and is_part_of_name_before(words, first):
            return False
        if is_part_of_more(words, after) and not self._hyphened(after):
            return False
        if after - first > 1:
            return entry.seat or entry.people >= _LARGE or not entry.people or evidence > 0
        if key in NEVER or (key in _NO_NAMES and words[first].text not in ABBREVIATIONS):
            return False
        if key not in PEOPLE and key not in WORDS and (entry.seat or entry.kind is not Kind.CITY):
            return True
        return self._single(first, after, entry, evidence)

    def _hyphened(self, after: int) -> bool:
        """Whether another place stands behind a hyphen: the Russia-Ukraine war."""
        return self.words[after].gap == "-" and bool(self._longest(after)[1])

    def _single(self, first: int, after: int, entry: Entry, evidence: Evidence) -> bool:
        """Whether a single word that may be something else is a place."""
        words, word = self.words, self.words[first]
        if has_article(words, first) and not self._describes(first, after, entry):
            return False
        if evidence is Evidence.CLEAR:
            return True
        if word.text.isupper() and len(word.text) > 1 and not entry.seat:
            return False
        said, begins = self._says(after), begins_sentence(words, first)
        if word.key in PEOPLE:
            country = entry.kind is Kind.COUNTRY
            large = country or (entry.people >= _LARGE and (said or not begins))
            return entry.seat and large and word.key not in self._people
        if word.key in WORDS or word.key not in self.gazetteer.names:
            return evidence > 0 and not said
        if word.key in self._people or said:
            return False
        return not begins or entry.people >= _LARGE

    def _describes(self, first: int, after: int, entry: Entry) -> bool:
        """Whether a place stands before a noun with an article: the Minsk agreements."""
        word, key = self.words[after], self.words[first].key
        if key in self.known or key in self.named or self._noun(after):
            return True
        noun = word.text.islower() and word.key not in _NO_NOUNS
        listed = word.gap == ", " or word.key in ("and", "or")
        beside = listed or (noun and word.gap in (" ", "-"))
        return beside and entry.people >= _LARGE and key not in WORDS

    @cached_property
    def _people(self) -> frozenset[str]:
        """Words that stand with others in the name of a person, or something else, somewhere."""
        words = self.words
        return frozenset(
            word.key for at, word in enumerate(words)
            if word.capital and is_part_of_name_before(words, at)
        )  # fmt: skip

    def _without_entry(self, first: int) -> Name | None:
        """Read what the gazetteer lacks: what is known, and the town of Lenn, the river Sael."""
        words = self.words
        if is_part_of_name_before(words, first):
            return None
        beside = self._named_by_noun(first)
        if beside:
            return beside
        for after in range(first + LONGEST, first, -1):
            key = " ".join(word.key for word in words[first:after])
            inside = all(self._goes_on(at) for at in range(first + 1, after))
            if inside and (key in self.known or key in self.named):
                if is_part_of_more(words, after) or key in self.gazetteer.names:
                    return None
                kind = NOUNS.get(words[after - 1].key, Kind.PLACE)
                return Name(first, after, kind, self.known.get(key))
        return None

    def _named_by_noun(self, first: int) -> Name | None:
        words, after = self.words, self._end_of_name(first)
        if not after or not words[first].gap.isspace():
            return None
        of = words[first - 1].key == "of" and words[first - 1].gap == " "
        noun = words[first - 2 if of else first - 1]
        kind = NOUNS.get(noun.text)
        if kind is None or (not of and noun.text not in ("river", "lake")):
            return None
        return Name(first, after, kind)
