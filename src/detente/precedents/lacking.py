"""What comprehensive agreements also treat, and a draft does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.precedents.nearest import with_main_codes
from detente.precedents.pax import Agreements
from detente.precedents.shares import Share
from detente.precedents.vocabulary import Topic, topics

__all__ = ["Lacking", "find_lacking"]


@dataclass(frozen=True, slots=True)
class Lacking:
    """A topic that a draft lacks.

    Parameters
    ----------
    among
        How many comprehensive agreements treat it.
    """

    topic: Topic
    among: Share


def find_lacking(agreements: Agreements, asked: Sequence[Topic]) -> tuple[Lacking, ...]:
    """Return the main topics that a draft with these topics lacks, the most frequent first.

    A draft has a main topic also where it has a part of it, and where a topic of our own comes
    near it: such a topic is not told as lacking, though it need not be the same. Who signed
    (``ImUN``, ``ImOth``) is no topic of a draft. That others treat a topic does not say that a
    draft should.

    Examples
    --------
    >>> from detente.precedents.rows import agreements_of
    >>> rows = [{"stage": "SubComp", "pax/Ele": 1}, {"stage": "SubComp"}, {"pax/Wat": 1}]
    >>> lacking = find_lacking(agreements_of(rows), [topics()["pax/CeProv"]])
    >>> lacking[0].topic.name, lacking[0].among
    ('Elections', Share(count=1, base=2))
    """
    comprehensive = agreements.comprehensive()
    near = [topics()[name] for topic in asked for name in topic.nearest]
    covered = {topic.id for topic in with_main_codes([*asked, *near])}
    found = [
        Lacking(topic, Share(int(comprehensive.has(topic.id).sum()), len(comprehensive)))
        for topic in topics().values()
        if topic.part_of is None
        and topic.id in agreements.codes
        and topic.id not in covered
        and topic.id not in _SIGNATURES
    ]
    return tuple(sorted(found, key=lambda each: -each.among.count))


_SIGNATURES = frozenset(["pax/ImUN", "pax/ImOth"])
