"""The people and actors of a case, by what they are called and by the offices they hold.

A name, an alias or a role is looked up; *French Foreign Minister*, *Iran’s president* and *the
government of Oru* speak for an actor, also where who holds the office is nobody of the case. What
is not certain is left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from detente.reading.lists import words_of
from detente.reading.speakers.demonyms import COUNTRIES
from detente.reading.speakers.names import (
    NAME,
    POSSESSIVE,
    TITLES,
    plain_name,
    plain_words,
    without_article,
)

if TYPE_CHECKING:
    from detente.case.case import Case

__all__ = ["Known"]

_SPEAKS = words_of(
    """
    ambassador cabinet chancellor delegation envoy government king leadership minister ministry
    negotiator premier president presidency queen secretary secretary-general spokesman
    spokesperson spokeswoman
    """
)
"""Words for offices that speak for an actor."""

_BESIDE = words_of(
    """
    acting affairs chief deputy defence defense economy external federal finance first for foreign
    in interior its justice lead leading nuclear of peace permanent presidential prime s
    security special state supreme the top trade vice
    """
)
"""Words that may stand beside such a word."""

_SPOKESMEN = words_of("spokesman spokesperson spokeswoman")


class Known:
    """The people and actors of a case by what they are called.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> known = Known(load(example_folder("ukraine-2025")))
    >>> known.find("President Volodymyr Zelensky"), known.find("the Kremlin")
    (('zelensky', 'ukraine'), (None, 'russia'))
    >>> known.find("the Kremlin envoy"), known.by_office("the Kremlin envoy")
    ((None, None), 'russia')
    """

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def _people(self) -> dict[str, str]:
        """Names and aliases of people, and last names that only one of them has.

        Whom reports do not name is nobody that another report could mean.
        """
        found: dict[str, set[str]] = {}
        for person in self.case.people:
            if person.authority == "anonymous":
                continue
            for name in (person.name, *person.aliases):
                words = _spelt(plain_name(name))
                found.setdefault(words, set()).add(person.id)
                if len(words.split()) > 1 and name[:1].isupper() and NAME.fullmatch(name):
                    found.setdefault(words.split()[-1], set()).add(person.id)
        return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}

    @cached_property
    def _described(self) -> dict[str, str]:
        """People by their whole name or role, word for word: *mayor of Upper Town*."""
        found: dict[str, set[str]] = {}
        for person in self.case.people:
            if person.authority != "anonymous":
                for name in {person.name, *person.aliases, person.role or ""} - {""}:
                    found.setdefault(without_article(name), set()).add(person.id)
        return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}

    @cached_property
    def _actors(self) -> dict[str, str]:
        """Names of actors, also without what stands in brackets, aliases, and ids as words."""
        found: dict[str, set[str]] = {}
        for actor in self.case.actors:
            short, words = actor.name.partition(" (")[0], actor.id.replace("-", " ")
            for name in (actor.name, short, words, *actor.aliases):
                found.setdefault(plain_name(name), set()).add(actor.id)
        return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}

    @cached_property
    def _speaks_for(self) -> dict[str, str | None]:
        def only(ids: object) -> str | None:
            return ids if isinstance(ids, str) else None

        return {person.id: only(person.speaks_for) for person in self.case.people}

    def described(self, words: str) -> tuple[str, str, str | None] | None:
        """Return the name, id and actor of whom words are the whole name or role in the case."""
        person = self._described.get(without_article(words))
        if person is None:
            return None
        return self.case.person_of[person].name, person, self._speaks_for[person]

    def find(self, name: str) -> tuple[str | None, str | None]:
        """Return the ids of the person and the actor that a name stands for; None if uncertain."""
        if (actor := self._actor(plain_name(name))) is not None:
            return None, actor
        name = POSSESSIVE.sub("", name)  # an aide of hers is not herself
        words = plain_name(name).split()
        for size in range(len(words), 0, -1):
            for start in range(len(words) - size + 1):
                part = _spelt(" ".join(words[start : start + size]))
                person = self._people.get(part)
                if person and (size > 1 or self._last_name(name, words, start, person)):
                    return person, self._speaks_for.get(person)
        return None, None

    def _actor(self, plain: str) -> str | None:
        """The actor that a plain name, or the word for what belongs to a country, stands for."""
        names = (plain, *COUNTRIES.get(plain, ()))
        return next((self._actors[name] for name in names if name in self._actors), None)

    def by_office(self, words: str) -> str | None:
        """Return the actor for which an office speaks; None if it is none, or not certain.

        No *mayor of Kyiv* speaks for Ukraine, and no *Iranian diplomat* for Iran.

        Parameters
        ----------
        words
            Those of a source, without the name of who holds the office.
        """
        for clause in re.split(r"[,;()]|\bwh(?:o|ich)\b", words)[:2]:
            parts = plain_words(re.sub(r"\bto\b.*", "", clause))
            for start, end in _stretches(len(parts)):
                rest = {*parts[:start], *parts[end:]}
                if rest & _SPOKESMEN:
                    rest -= {"a", "an"}
                if rest & _SPEAKS and rest <= _SPEAKS | _BESIDE:
                    actor = self._actor(" ".join(parts[start:end]))
                    if actor is not None:
                        return actor
        return None

    def _last_name(self, name: str, words: list[str], place: int, person: str) -> bool:
        """Whether a single word stands last, as the name of a person.

        It is none where it is a title that stands alone, or where another first name is before it.
        """
        last = words[place]
        titled = last in TITLES and not re.search(
            rf"\b(?!the\b)\w+\W+{last}\W*$", name, re.IGNORECASE
        )
        if place != len(words) - 1 or titled:
            return False
        first = re.search(rf"\b([A-ZÀ-Þ][\w.-]*)\s+{last}\W*$", name, re.IGNORECASE)
        before = plain_words(first.group(1)) if first and first.group(1)[0].isupper() else []
        if not before or before[0] in TITLES or before[0] in COUNTRIES:
            return True
        given = plain_words(self.case.person_of[person].name)
        return any(each[: len(before[0][:2])] == before[0][:2] for each in given)


def _spelt(words: str) -> str:
    """A plain name as if there were one way to write it: *Zelenskyy* and *Zelenskiy* are one."""
    return re.sub(r"(\w)\1+", r"\1", re.sub(r"[ijy]+", "y", words))


def _stretches(size: int) -> Iterator[tuple[int, int]]:
    """Yield the places of words that stand together, the longest first."""
    for length in range(min(size - 1, 6), 0, -1):
        for start in range(size - length + 1):
            yield start, start + length
