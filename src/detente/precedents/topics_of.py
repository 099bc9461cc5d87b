"""Which topics a case asks about, and which of its points have none that is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.case.case import ABSENT, UNKNOWN, Case
from detente.case.records import Point
from detente.errors import RequestError
from detente.precedents.vocabulary import Topic, topics
from detente.text.nearest import suggest

__all__ = ["Asked", "Unplaced", "asked_points", "draft_topics"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A point with its topic."""

    point: str
    title: str
    topic: Topic


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A point whose topic is not in the vocabulary, or that has none; with its place."""

    point: str
    topic: str | None
    message: str


def asked_points(
    case: Case, names: Sequence[str] = ()
) -> tuple[tuple[Asked, ...], tuple[Unplaced, ...]]:
    """Return points with a known topic, and those without, in the order of the case.

    Parameters
    ----------
    names
        Ids of the points asked about; all if there are none.

    Raises
    ------
    RequestError
        If the case has no such point.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> asked, unplaced = asked_points(load(example_folder("ukraine-2025")), ["ceasefire"])
    >>> asked[0].topic.name, unplaced
    ('Ceasefire provisions', ())
    """
    for name in names:
        case.point(name)
    asked, unplaced = [], []
    for point in case.points:
        if names and point.id not in names:
            continue
        if point.topic in topics():
            asked.append(Asked(point.id, point.title, topics()[point.topic or ""]))
        else:
            unplaced.append(_unplaced(case, point))
    return tuple(asked), tuple(unplaced)


def draft_topics(case: Case, draft: str | None, asked: Sequence[Asked]) -> tuple[Topic, ...]:
    """Return the topics of the points that a draft fills, each once; of all points if None.

    A draft fills a point if it takes an option or leaves several open; not if it is silent on the
    point, or if nobody outside knows what it says.

    Raises
    ------
    RequestError
        If the case has no such draft, or it fills no point that has a topic.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> case = load(example_folder("ukraine-2025"))
    >>> asked, _ = asked_points(case)
    >>> [topic.code for topic in draft_topics(case, "us-russia-28", asked)[:3]]
    ['StGen', 'non-aggression', 'alliance-membership']
    """
    if draft is None:
        return tuple({each.topic.id: each.topic for each in asked}.values())
    takes = case.draft(draft).takes
    filled = [each for each in asked if takes[each.point] not in (ABSENT, UNKNOWN)]
    if not filled:
        raise RequestError(f"The draft '{draft}' fills no point that has a topic.")
    return tuple({each.topic.id: each.topic for each in filled}.values())


def _unplaced(case: Case, point: Point) -> Unplaced:
    where = _place(case, point)
    if point.topic is None:
        return Unplaced(point.id, None, f"{where}The point '{point.id}' has no topic.")
    message = f"{where}The point '{point.id}' has the topic '{point.topic}', which is not known"
    return Unplaced(point.id, point.topic, f"{message}{suggest(point.topic, topics())}")


def _place(case: Case, point: Point) -> str:
    for entry in case.entries:
        if entry.record is point:
            line, column = entry.document.place((*entry.way, "topic"))
            return f"{entry.document.file}:{line}:{column}: "
    return ""
