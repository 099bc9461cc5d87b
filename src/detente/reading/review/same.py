"""Is a proposal a statement that the case has already, carried by another outlet?"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from detente.case.records import Statement, date_range
from detente.reading.review.about import stems
from detente.reading.review.proposals import Item

__all__ = ["may_be_same", "words_of_text"]

_ALIKE, _SHARED, _FEWEST = 0.6, 0.5, 2
"""Shares of words: of both together, and of the shorter one; and the fewest that are shared."""

_MOST_DAYS = 3

Who = tuple[str | None, Iterable[str]]


def may_be_same(
    item: Item, statement: Statement, who: Who, day: datetime.date | None, said: Iterable[str]
) -> bool:
    """Return whether a proposal may be a statement of the case.

    Those who speak and the days must not differ, nor may one be a yes and the other a no. Then the
    words decide: they are very like those of a proposal that the statement was made of, or the two
    are about the same and share words that carry meaning.

    Parameters
    ----------
    who
        The person and the actors of the proposal, as far as they are known.
    day
        Of its document.
    said
        Words of the proposals that the statement was made of or merged with.
    """
    if not (_one_speaker(statement, *who) and _near(statement, day) and _one_side(item, statement)):
        return False
    words = words_of_text(item.content)
    if any(_alike(words, words_of_text(each)) for each in said):
        return True
    known = who[0] is not None or any(who[1])
    about = {(each.draft, each.point) for each in statement.targets}
    if not known or day is None or (item.about.get("draft"), item.about.get("point")) not in about:
        return False
    mine, other = frozenset(stems(item.content)), frozenset(stems(statement.gist))
    shared = len(mine & other)
    return shared >= _FEWEST and shared >= _SHARED * min(len(mine), len(other))


def words_of_text(text: str) -> frozenset[str]:
    """Return the words of a text, without case and marks."""
    return frozenset(
        "".join(letter if letter.isalnum() else " " for letter in text.lower()).split()
    )


def _one_speaker(statement: Statement, person: str | None, actors: Iterable[str]) -> bool:
    if person is not None and statement.speakers:
        return person in statement.speakers
    mine = set(actors)
    return not mine or not statement.actors or bool(mine & set(statement.actors))


def _near(statement: Statement, day: datetime.date | None) -> bool:
    if day is None:
        return True
    first, last = date_range(statement.date)
    span = datetime.timedelta(days=_MOST_DAYS)
    return first - span <= day <= last + span


def _one_side(item: Item, statement: Statement) -> bool:
    return (item.stance or 0) * (statement.stance or 0) >= 0


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * max(len(one | other), 4)
