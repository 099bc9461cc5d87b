"""Which draft or point of a case does a passage speak of? A guess for a person to check.

Words of the passage are compared with those of each point, of its options and its drafts; a word
that few points have counts for more (Spärck Jones 1972). Below a bound nothing is guessed.
"""

from __future__ import annotations

import datetime
import math
import re
from collections import Counter
from collections.abc import Iterable

from detente.case.case import Case
from detente.case.records import Draft, Point, date_range
from detente.reading.lists import words_of

__all__ = ["Subjects", "stems"]

_WORD = re.compile(r"[^\W\d_]{3,}|\d[\d,.]*\d|\d")
_SMALL = words_of(
    """
    about after all also and any are because been before being between both but can could does
    each for from had has have her him his how into its may more most must not nor now off one only
    other our out over own said say says shall she should some such than that the their them then
    there these they this those through too under until very was were what when where which while
    who whom why will with without would yes you your
    """
)
_PLAN = re.compile(
    r"\b(?:plan|proposals?|draft|document|framework|package|deal|text|agreement|initiative)\b",
    re.IGNORECASE,
)
_LEAST = 0.34
_FEWEST = 2


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
        self._words = {point.id: _words_of_point(point) for point in case.points}
        seen = Counter(word for words in self._words.values() for word in words)
        count = max(1, len(self._words))
        self._weight = {word: math.log(1 + count / many) for word, many in seen.items()}

    def find(self, passage: str, day: datetime.date | None = None) -> dict[str, str]:
        """Return the keys of ``about`` for a passage: a draft, a point, or nothing.

        Parameters
        ----------
        day
            Of the document; the last draft up to then is meant. The last of all if None.
        """
        draft = self._draft(day)
        point = self._point(passage)
        found: dict[str, str] = {}
        if draft is not None and (_PLAN.search(passage) if point is None else point in draft.takes):
            found["draft"] = draft.id
        if point is not None:
            found["point"] = point
        return found

    def _draft(self, day: datetime.date | None) -> Draft | None:
        known = [
            draft for draft in self.case.drafts
            if day is None or draft.date is None or date_range(draft.date)[0] <= day
        ]  # fmt: skip
        return known[-1] if known else None

    def _point(self, passage: str) -> str | None:
        words = frozenset(stems(passage))
        best, most = None, 0.0
        for point, known in self._words.items():
            common = words & known.keys()
            if len(common) < _FEWEST:
                continue
            score = sum(self._weight[word] * known[word] for word in common)
            whole = sum(self._weight[word] * known[word] for word in known if known[word] > 1)
            share = score / max(whole, 1e-9)
            if share >= _LEAST and score > most:
                best, most = point, score
        return best


def _words_of_point(point: Point) -> dict[str, int]:
    """Words of a point with their weights: those of the title count three times."""
    found = dict.fromkeys(stems(" ".join(option.text for option in point.options)), 1)
    found.update(dict.fromkeys(stems(point.text or ""), 1))
    found.update(dict.fromkeys(stems(f"{point.title} {point.id.replace('-', ' ')}"), 3))
    return found


def stems(text: str) -> Iterable[str]:
    """Yield the stems of the words of a text that carry meaning."""
    for found in _WORD.finditer(text.lower()):
        word = found.group()
        if word not in _SMALL:
            yield _stem(word)


def _stem(word: str) -> str:
    for ending in (
        "ations",
        "ation",
        "ments",
        "ment",
        "ities",
        "ity",
        "ing",
        "ies",
        "es",
        "ed",
        "s",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
