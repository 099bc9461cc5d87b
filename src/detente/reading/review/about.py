"""Which draft or point of a case does a passage speak of? A guess for a person to check.

Words of the passage are compared with those of each point, of its options and of its wording in
drafts. A word that few points have counts for more (Spärck Jones 1972), one that is heard in any
talks, or that names an actor or a person of the case, for less. Numbers are compared by value and
unit. Nothing is guessed where too little is said, or where another point comes near.
"""

from __future__ import annotations

import datetime
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise

from detente.case.case import Case
from detente.case.records import Draft, Point, date_range
from detente.reading.lists import words_of
from detente.reading.places.find import find_places
from detente.reading.places.ordinary import ORDINARY, SMALL
from detente.reading.quantities.find import find_quantities
from detente.reading.stances.find import find_stance

__all__ = ["Subjects", "places_of", "stems"]

_WORD = re.compile(r"[^\W\d_]{3,}|\b[A-Z][A-Z\d]+\b")
_CAPITAL = re.compile(r"(?<=[\w,;:] )[A-Z][^\W\d_]{3,}")
_PLAN = re.compile(
    r"\b(?:plan|proposals?|draft|document|framework|package|deal|text|agreement|initiative)\b",
    re.IGNORECASE,
)

_COUNT = re.compile(r"\b(\d{1,3})[-‑ ]point\b|\b(\d{1,3}) points\b", re.IGNORECASE)

_IN_TITLE, _IN_TEXT, _MARKED_IN_TEXT = 1.0, 0.6, 0.9
"""What a word counts by where the point has it; capitals and large numbers mark it in a text."""

_PAIR, _IN_NAME, _ORDINARY = 0.6, 0.5, 0.3
"""What is left of that for two words in a row, words in a name, and ordinary words."""

_LEAST, _AHEAD = 0.7, 1.5
"""The score below which nothing is guessed, and how many times that of the second it must be."""

_LARGE = 1000
"""From here on a number tells without its unit."""


class Subjects:
    """The points and drafts of a case, ready to be looked up.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> subjects = Subjects(load(example_folder("ukraine-2025")))
    >>> subjects.find("elections should be held within 100 days", datetime.date(2025, 11, 21))
    {'draft': 'us-russia-28', 'point': 'elections'}
    >>> subjects.find("the plan is a good basis", datetime.date(2025, 11, 21))
    {'draft': 'us-russia-28'}
    >>> subjects.find("the weather is fine", datetime.date(2025, 11, 21))
    {}
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self._named_by = lru_cache(maxsize=1)(self._counted)  # one document has many passages
        self._terms = {point.id: _terms_of_point(point, case.drafts) for point in case.points}
        seen = Counter(term for known in self._terms.values() for term in known)
        count = len(self._terms)
        self._rarity = {
            term: math.log(1 + count / many) / math.log(1 + count) for term, many in seen.items()
        }
        self._names = frozenset(frozenset(stems(name)) for name in _names(case))

    def find(
        self, passage: str, day: datetime.date | None = None, document: str = ""
    ) -> dict[str, str]:
        """Return the keys of ``about`` for a passage: a draft, a point, or nothing.

        Parameters
        ----------
        day
            Of the document; the last draft up to then is meant. The last of all if None.
        document
            The whole text: where it, or the passage itself, names a draft by its number of points,
            that one is meant.
        """
        draft = self._counted(passage) or self._named_by(document) or self._draft(day)
        point = self._point(passage)
        found: dict[str, str] = {}
        if draft is not None and (_PLAN.search(passage) if point is None else point in draft.takes):
            found["draft"] = draft.id
        if point is not None:
            found["point"] = point
        return found

    def _counted(self, text: str) -> Draft | None:
        """The draft that a text names by its number of points, if it is only one."""
        counts = {found[1] or found[2] for found in _COUNT.finditer(text)}
        named = [
            draft for draft in self.case.drafts
            if counts & set(re.findall(r"\d+", f"{draft.id} {draft.title or ''}"))
        ]  # fmt: skip
        return named[0] if len(named) == 1 else None

    def _draft(self, day: datetime.date | None) -> Draft | None:
        known = [
            draft for draft in self.case.drafts
            if day is None or draft.date is None or date_range(draft.date)[0] <= day
        ]  # fmt: skip
        return known[-1] if known else None

    def _point(self, passage: str) -> str | None:
        """The point that is clearly meant, if need be without what is only a condition."""
        found = self._clear(passage)
        condition = None if found else find_stance(passage).condition
        if condition is None:
            return found
        return self._clear(f"{passage[: condition[0]]} {passage[condition[1] :]}")

    def _clear(self, passage: str) -> str | None:
        """The point with the best score, where that is enough and no other comes near."""
        scores = self._scores(frozenset(_terms(passage)))
        first, second = nlargest(2, [*scores.values(), 0.0, 0.0])
        if first < max(_LEAST, _AHEAD * second):
            return None
        return max(scores, key=scores.__getitem__)

    def _scores(self, terms: frozenset[str]) -> dict[str, float]:
        """How much of what a passage says each point says too."""
        named = frozenset[str]().union(*(name for name in self._names if name <= terms))
        weights = {
            term: self._rarity[term] * _share(term, named)
            for term in sorted(terms & self._rarity.keys())
        }
        return {
            point: sum(weight * known.get(term, 0.0) for term, weight in weights.items())
            for point, known in self._terms.items()
        }


def _share(term: str, named: frozenset[str]) -> float:
    """How much a term tells, apart from where it stands and how rare it is."""
    if term in _ORDINARY_STEMS:
        return _ORDINARY
    share = _PAIR if " " in term else 1.0
    return share * (_IN_NAME if named.issuperset(term.split()) else 1.0)


def places_of(case: Case) -> tuple[str, ...]:
    """Return the names of places that the points of a case have, each once.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> places_of(load(example_folder("ukraine-2025")))[-2:]
    ('Dnipro', 'Black Sea')
    """
    texts = [text for point in case.points for text in _texts_of(point, case.drafts)]
    found = find_places("\n\n".join(texts))
    return tuple(dict.fromkeys(each.proper_name for each in found))


def _names(case: Case) -> Iterator[str]:
    """Names of actors and people, also without what stands in brackets, and last names."""
    for actor in case.actors:
        yield from (actor.name, actor.name.partition(" (")[0], *actor.aliases)
        yield actor.id.replace("-", " ")
    for person in case.people:
        last = person.name.split()[-1]
        yield from (person.name, last if last[0].isupper() else person.name, *person.aliases)


def _terms_of_point(point: Point, drafts: Iterable[Draft]) -> dict[str, float]:
    """The terms of a point with what they count by where they stand, at most."""
    texts = _texts_of(point, drafts)[1:]
    found: dict[str, float] = {}
    for text in texts:
        found |= dict.fromkeys(_terms(text), _IN_TEXT)
    for text in texts:
        found |= dict.fromkeys(stems("\n".join(_CAPITAL.findall(text))), _MARKED_IN_TEXT)
        found |= dict.fromkeys(filter(str.isdecimal, _numbers(text)), _MARKED_IN_TEXT)
    for title in (point.title, point.id.replace("-", " ")):
        found |= dict.fromkeys(_terms(title), _IN_TITLE)
    return found


def _texts_of(point: Point, drafts: Iterable[Draft]) -> list[str]:
    """The title of a point, the texts of its options, its own, and its wording in drafts."""
    options = [option.text for option in point.options]
    return [point.title, *options, point.text or "",
            *(draft.text.get(point.id, "") for draft in drafts)]  # fmt: skip


def _terms(text: str) -> Iterator[str]:
    """Yield the stems of a text, its stems by twos in a row, and its numbers."""
    yield from stems(text)
    yield from (" ".join(pair) for pair in pairwise(stems(text)))
    yield from _numbers(text)


def _numbers(text: str) -> Iterator[str]:
    """Yield the large numbers of a text, and the small ones with their units."""
    for quantity in find_quantities(text):
        for value in (quantity.value, quantity.low, quantity.high):
            if isinstance(value, Decimal) and (value >= _LARGE or quantity.unit):
                yield f"{value:.0f}" if value >= _LARGE else f"{value:f}{quantity.unit}"


def stems(text: str) -> Iterator[str]:
    """Yield the stems of the words of a text that carry meaning.

    Examples
    --------
    >>> list(stems("The recognition of borders is recognised"))
    ['recogn', 'border', 'recogn']
    """
    for found in _WORD.finditer(text):
        word = found.group().lower()
        if word not in SMALL:
            yield _stem(word)


_ENDINGS = sorted(
    words_of(
        """
        able al ally an ans ate ated ates ating ation ational ations e ean eans ed es ia ial ian
        ians ication ications ied ies ify ified ifies ing ion ional ioned ions ise ised ises ising
        ision isions isation ition itions ities ity ization ize ized izes izing ly ment ments s
        ship ships y ying
        """
    ),
    key=lambda ending: (-len(ending), ending),
)
_SHORTEST = 4


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


_ORDINARY_STEMS = frozenset(_stem(word) for word in ORDINARY)
