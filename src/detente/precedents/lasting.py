"""How long agreements with and without a provision lasted: an association, not an effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.precedents.shares import Share
from detente.precedents.ucdp import Treaties
from detente.precedents.vocabulary import Topic, provisions

__all__ = ["HORIZONS", "Ended", "Lasting", "find_lasting"]

HORIZONS = (5, 10)
"""Within so many years agreements are asked to have ended."""

KINDS = {1: "full", 2: "partial", 3: "process"}


@dataclass(frozen=True, slots=True)
class Ended:
    """Shares that ended within some years, of agreements signed early enough to be observed.

    Parameters
    ----------
    everyone
        All that could be observed: the base rate.
    """

    years: int
    having: Share
    lacking: Share
    everyone: Share


@dataclass(frozen=True, slots=True)
class Lasting:
    """How agreements with a provision ended, beside those without it.

    Parameters
    ----------
    provision
        A column of the UCDP dataset.
    topics
        Topics asked about that come near it.
    contained
        How many of all agreements have it.
    """

    provision: str
    name: str
    topics: tuple[Topic, ...]
    contained: Share
    ended: tuple[Ended, ...]


def find_lasting(treaties: Treaties, asked: Sequence[Topic]) -> tuple[Lasting, ...]:
    """Return for every provision that comes near a topic how long agreements lasted.

    Agreements of one process are not independent, and provisions are not given to agreements by
    lot: ceasefires and peacekeepers stand where peace is hardest. No figure here says what a
    provision does.

    Examples
    --------
    >>> import datetime
    >>> from detente.precedents.rows import treaties_of
    >>> from detente.precedents.vocabulary import topics
    >>> day, later = datetime.date(1995, 1, 1), datetime.date(1997, 1, 1)
    >>> rows = [{"signed": day, "over": later, "pko": True}, {"signed": day}, {"signed": day}]
    >>> treaties = treaties_of(rows, datetime.date(2020, 12, 31))
    >>> (found,) = find_lasting(treaties, [topics()["pax/ImPK"]])
    >>> found.ended[0].having, found.ended[0].lacking, found.ended[0].everyone
    (Share(count=1, base=1), Share(count=0, base=2), Share(count=1, base=3))
    """
    wanted: dict[str, list[Topic]] = {}
    for topic in asked:
        for name in topic.provisions:
            wanted.setdefault(name, []).append(topic)
    return tuple(
        Lasting(
            name,
            provisions()[name],
            tuple(wanted[name]),
            Share(int(treaties.has(name).sum()), len(treaties)),
            tuple(_ended(treaties, treaties.has(name), years) for years in HORIZONS),
        )
        for name in provisions()
        if name in wanted and name in treaties.columns
    )


def base_rates(treaties: Treaties) -> tuple[tuple[str, tuple[Share, ...]], ...]:
    """Return how many ended within each of :data:`HORIZONS`: of all, then of each kind.

    Examples
    --------
    >>> import datetime
    >>> from detente.precedents.rows import treaties_of
    >>> rows = [{"signed": datetime.date(1995, 1, 1), "kind": 1}]
    >>> base_rates(treaties_of(rows, datetime.date(2003, 12, 31)))[1]
    ('full', (Share(count=0, base=1), Share(count=0, base=0)))
    """
    groups = [("all", np.ones(len(treaties), dtype=bool))]
    groups += [(label, treaties.kinds == kind) for kind, label in KINDS.items()]
    return tuple(
        (label, tuple(_ended(treaties, which, years).having for years in HORIZONS))
        for label, which in groups
    )


def undated_ends(treaties: Treaties) -> int:
    """Return how many ended on no stated day; they count as not ended within any years.

    Examples
    --------
    >>> import datetime
    >>> from detente.precedents.rows import treaties_of
    >>> day = datetime.date(1995, 1, 1)
    >>> undated_ends(treaties_of([{"signed": day, "over": None}, {"signed": day}], day))
    1
    """
    return int((treaties.ended & np.isnat(treaties.over)).sum())


def _ended(treaties: Treaties, having: NDArray[np.bool_], years: int) -> Ended:
    seen = _observed(treaties, years)
    over = _over_within(treaties, years)
    having_share, lacking_share = (
        Share(int((over & seen & which).sum()), int((seen & which).sum()))
        for which in (having, ~having)
    )
    return Ended(
        years, having_share, lacking_share, Share(int((over & seen).sum()), int(seen.sum()))
    )


def _observed(treaties: Treaties, years: int) -> NDArray[np.bool_]:
    """Whether the data set looks at an agreement for so many years after it was signed."""
    last = treaties.until
    day = 28 if (last.month, last.day) == (2, 29) else last.day
    latest = np.datetime64(last.replace(year=last.year - years, day=day))
    return np.asarray(treaties.signed <= latest)


def _over_within(treaties: Treaties, years: int) -> NDArray[np.bool_]:
    """Whether an agreement ended within so many years of 365.25 days."""
    lasted = (treaties.over - treaties.signed) / np.timedelta64(1, "D")
    return np.asarray(treaties.ended & (lasted <= 365.25 * years))
