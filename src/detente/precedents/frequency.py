"""How often agreements treat a topic, among which, and how concretely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.precedents.pax import STAGES, TRAITS, Agreements
from detente.precedents.shares import Share
from detente.precedents.vocabulary import Topic, topics

__all__ = ["Breakdown", "Frequency", "Levels", "find_frequency"]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Shares by one trait of agreements, such as their stage."""

    trait: str
    groups: tuple[tuple[str, Share], ...]


@dataclass(frozen=True, slots=True)
class Levels:
    """How concretely a topic is treated where it is.

    Parameters
    ----------
    graded
        The topic that PA-X grades: the one asked about, or the main code that it is a part of.
    counts
        How many agreements treat the topic and are graded 1 (in words only), 2 (in substance) and
        3 (in detail).
    """

    graded: str
    counts: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often a topic of PA-X is there: coded above 0."""

    topic: Topic
    overall: Share
    between_states: Share
    by: tuple[Breakdown, ...]
    levels: Levels | None


def find_frequency(agreements: Agreements, topic: Topic) -> Frequency:
    """Return how often agreements treat a topic that the file codes.

    Levels are those of the topic, or of the main code where PA-X does not grade the topic itself.

    Examples
    --------
    >>> from detente.precedents.rows import agreements_of
    >>> truces = [{"pax/Ce": 2, "pax/CeProv": 1, "stage": "Cea"}, {"pax/Ce": 1}, {"stage": "Cea"}]
    >>> found = find_frequency(agreements_of(truces), topics()["pax/CeProv"])
    >>> found.overall, found.levels
    (Share(count=1, base=3), Levels(graded='pax/Ce', counts=(0, 1, 0)))
    >>> dict(found.by[0].groups)["Cea"]
    Share(count=1, base=2)
    """
    has = agreements.has(topic.id)
    states = agreements.between_states()
    return Frequency(
        topic,
        Share(int(has.sum()), len(agreements)),
        Share(int(states.has(topic.id).sum()), len(states)),
        tuple(_breakdown(agreements, topic, trait) for trait in TRAITS),
        _levels(agreements, topic),
    )


def _breakdown(agreements: Agreements, topic: Topic, trait: str) -> Breakdown:
    has, labels = agreements.has(topic.id), agreements.traits[trait]
    groups = []
    for label in _ordered(trait, sorted({str(each) for each in labels})):
        inside = labels == label
        groups.append((label, Share(int((has & inside).sum()), int(inside.sum()))))
    return Breakdown(trait, tuple(groups))


def _ordered(trait: str, labels: Sequence[str]) -> list[str]:
    if trait != "stage":
        return list(labels)
    known = [label for label in STAGES if label in labels]
    return known + [label for label in labels if label not in STAGES]


def _levels(agreements: Agreements, topic: Topic) -> Levels | None:
    main = topics()[topic.part_of] if topic.part_of else topic
    graded = topic if topic.graded else main
    if not graded.graded or graded.id not in agreements.codes:
        return None
    levels = agreements.level(graded.id)[agreements.has(topic.id)]
    one, two, three = (int((levels == level).sum()) for level in (1, 2, 3))
    return Levels(graded.id, (one, two, three))
