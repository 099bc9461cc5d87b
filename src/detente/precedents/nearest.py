"""Which agreements are most like a draft, in what they treat."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.precedents.pax import Agreements
from detente.precedents.vocabulary import Topic, topics

__all__ = ["Near", "find_nearest", "with_main_codes"]


@dataclass(frozen=True, slots=True)
class Near:
    """An agreement beside a draft.

    Parameters
    ----------
    shared
        Topics of both.
    draft_only
        Topics of the draft that the agreement lacks.
    agreement_only
        Topics of the agreement that the draft lacks, the rarest first.
    """

    id: int
    name: str
    process: str
    date: datetime.date | None
    stage: str
    kind: str
    similarity: float
    shared: tuple[Topic, ...]
    draft_only: tuple[Topic, ...]
    agreement_only: tuple[Topic, ...]


def find_nearest(
    agreements: Agreements,
    asked: Sequence[Topic],
    most: int = 10,
    weighed_by: Agreements | None = None,
) -> tuple[Near, ...]:
    r"""Return the agreements most like a draft with these topics, the most similar first.

    Similarity is the Jaccard index (Jaccard 1912) with a weight on every topic. Compared are the
    main codes of PA-X and the finer codes that the draft names; a finer code brings its main code
    along. With :math:`D` the topics of the draft and :math:`A` those of an agreement,

    .. math:: s = \frac{\sum_{t \in D \cap A} w_t}{\sum_{t \in D \cup A} w_t},
              \qquad w_t = \ln \frac{N + 1}{n_t + 1},

    where :math:`n_t` of :math:`N` agreements treat :math:`t`: what is rare tells more (the inverse
    document frequency of Spärck Jones 1972). It lies between 0 and 1, and is 1 where both treat
    the same. Topics of our own are in no agreement's code and do not count.

    Parameters
    ----------
    most
        How many are told.
    weighed_by
        Among which agreements rarity is counted; ``agreements`` if None.

    References
    ----------
    Jaccard, P. 1912. The distribution of the flora in the alpine zone. *New Phytologist* 11.
    Spärck Jones, K. 1972. A statistical interpretation of term specificity and its application in
    retrieval. *Journal of Documentation* 28.

    Examples
    --------
    >>> from detente.precedents.rows import agreements_of
    >>> rows = [{"name": "River", "pax/Wat": 1}, {"name": "Vote", "pax/Ele": 2}, {"pax/Ele": 1}]
    >>> (first, *_) = find_nearest(agreements_of(rows), [topics()["pax/Wat"]])
    >>> first.name, first.similarity
    ('River', 1.0)
    """
    known = set(agreements.codes)
    draft = {each for each in with_main_codes(asked) if each.id in known}
    if not draft or not len(agreements):
        return ()
    compared = [
        topic
        for topic in topics().values()
        if topic.id in known and (topic.part_of is None or topic in draft)
    ]
    has = np.column_stack([agreements.has(topic.id) for topic in compared])
    wanted = np.array([topic in draft for topic in compared])
    everyone = agreements if weighed_by is None else weighed_by
    counts = np.array([everyone.has(topic.id).sum() for topic in compared])
    weights = np.log((len(everyone) + 1) / (counts + 1))
    similar = similarities(has, wanted, weights)
    days = [str(each or "") for each in agreements.dates]
    order = sorted(
        range(len(agreements)), key=lambda row: (-round(float(similar[row]), 9), days[row], row)
    )
    return tuple(
        _near(agreements, row, float(similar[row]), compared, (has[row], wanted, weights))
        for row in order[:most]
        if similar[row] > 0.0
    )


def similarities(
    has: NDArray[np.bool_], wanted: NDArray[np.bool_], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the weighted Jaccard index of every row with one set: ``(agreements,)`` from 0 to 1.

    Parameters
    ----------
    has
        ``(agreements, topics)`` bool.
    wanted
        ``(topics,)`` bool.
    weights
        ``(topics,)`` from 0.

    Examples
    --------
    >>> has = np.array([[True, True, False], [False, True, True]])
    >>> similarities(has, np.array([True, True, False]), np.array([1.0, 2.0, 3.0])).tolist()
    [1.0, 0.3333333333333333]
    """
    shared = (has & wanted) @ weights
    either = (has | wanted) @ weights
    return np.divide(shared, either, out=np.zeros_like(shared), where=either > 0.0)


def with_main_codes(asked: Sequence[Topic]) -> set[Topic]:
    """Return topics with the main codes of which they are parts.

    Examples
    --------
    >>> sorted(topic.code for topic in with_main_codes([topics()["pax/CeProv"]]))
    ['Ce', 'CeProv']
    """
    return {*asked, *(topics()[topic.part_of] for topic in asked if topic.part_of)}


def _near(
    agreements: Agreements,
    row: int,
    similarity: float,
    compared: Sequence[Topic],
    sets: tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.float64]],
) -> Near:
    has, wanted, weights = sets
    rarest = np.argsort(-weights, kind="stable")

    def those(which: NDArray[np.bool_]) -> tuple[Topic, ...]:
        return tuple(compared[place] for place in rarest if which[place])

    return Near(
        int(agreements.ids[row]),
        str(agreements.names[row]),
        str(agreements.processes[row]),
        agreements.dates[row],
        str(agreements.traits["stage"][row]),
        str(agreements.kinds[row]),
        similarity,
        those(has & wanted),
        those(wanted & ~has),
        those(has & ~wanted),
    )
