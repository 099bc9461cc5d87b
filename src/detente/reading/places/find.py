"""Which places does a text name, and where?

A capitalised name is looked up in a gazetteer, the longest first. Precision comes before recall: a
name that is also a word or a name of people needs evidence beside it, such as *in* or *the city
of*, or elsewhere in the text; one beside another capitalised word is rather part of its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from detente.reading.places.capitals import AROUND, Word, words_with_gaps
from detente.reading.places.evidence import Evidence
from detente.reading.places.gazetteer import Kind, key_of
from detente.reading.places.names import Name, Names, is_listed
from detente.reading.places.words import NOUNS

__all__ = ["Kind", "Place", "find_places"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a text.

    Parameters
    ----------
    text
        The words, exactly as they stand.
    span
        Where they begin and end, so that ``text`` is a slice of what was read.
    name
        As the gazetteer has it; as it stands in the text where the gazetteer lacks it.
    country
        The ISO 3166 code of two letters; None for what the gazetteer lacks, and for what lies in
        several countries or may be disputed, such as regions and waters.
    kind
        What it is.
    speaks
        Whether it stands for its government: *Moscow said*.
    """

    text: str
    span: tuple[int, int]
    name: str
    country: str | None
    kind: Kind
    speaks: bool = False

    @property
    def proper_name(self) -> str:
        """Its words without a noun such as river in small letters behind them.

        Examples
        --------
        >>> [each.proper_name for each in find_places("the Lenn valley and the Black Sea")]
        ['Lenn', 'Black Sea']
        """
        name, _, noun = self.text.rpartition(" ")
        return name if name and noun.islower() else self.text


def find_places(text: str, known_names: Iterable[str] = ()) -> tuple[Place, ...]:
    """Return the places that a text names, in order; no two overlap.

    Parameters
    ----------
    known_names
        Names of places that the reader knows to be meant, such as those in the points of a case.
        They need no evidence, nor need the gazetteer have them.

    Raises
    ------
    RequestError
        If the package with the gazetteer is not installed.

    Notes
    -----
    English only, with capitals as usual; time is in proportion to the length of the text. Of
    several places of one name a capital or the largest is taken, unless the country stands behind.

    Examples
    --------
    >>> text = "Moscow said troops would leave Kherson region and the port of Nice, not Mr. London."
    >>> for found in find_places(text):
    ...     print(found.name, found.country, found.kind.value, found.speaks)
    Moscow RU city True
    Kherson region None region False
    Nice FR city False
    >>> [found.name for found in find_places("They met by the Sael.", known_names=["Sael"])]
    ['Sael']
    """
    words = words_with_gaps(text)
    known = {key: name for name in known_names if (key := key_of(name))}
    named = {
        key for each in _read(words, Names(words, known)) if each.evidence is Evidence.CLEAR
        for key in _keys(words, each)
    }  # fmt: skip
    found = _read(words, Names(words, known, frozenset(named)))
    return tuple(_place(text, words, each) for each in _with_lists(words, found))


def _read(words: Sequence[Word], names: Names) -> list[Name]:
    found: list[Name] = []
    index = AROUND
    while index < len(words) - AROUND:
        name = names.read(index, found[-1] if found else None) if words[index].capital else None
        if name is None:
            index += 1
        else:
            found.append(name)
            index = name.after
    return found


def _keys(words: Sequence[Word], name: Name) -> Iterator[str]:
    """What a place is called elsewhere in the text: also without a noun such as river."""
    keys = [word.key for word in words[name.first : name.after]]
    yield " ".join(keys)
    if name.noun and keys[-1] in NOUNS:
        yield " ".join(keys[:-1])


def _with_lists(words: Sequence[Word], found: list[Name]) -> list[Name]:
    """Return the places, with cities as regions in Donetsk and Luhansk oblasts."""
    mended = list(found)
    for at in range(len(found) - 1, 0, -1):
        name, before = mended[at], mended[at - 1]
        last = words[name.after - 1].key
        several = name.kind is Kind.REGION and (name.name is not None or last.endswith("s"))
        own = name.noun or name.name is None
        if several and own and before.kind is Kind.CITY and is_listed(words, before, name.first):
            mended[at - 1] = before._replace(kind=Kind.REGION, name=None, country=None)
    return mended


def _place(text: str, words: Sequence[Word], name: Name) -> Place:
    start, end = words[name.first].start, words[name.after - 1].end
    if words[name.after - 1].gap == "." and text[end : end + 1] == ".":
        end += 1  # the U.S.
    part = text[start:end]
    return Place(part, (start, end), name.name or part, name.country, name.kind, name.speaks)
