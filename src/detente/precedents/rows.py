"""Agreements given row by row rather than in a file: to try things out, or from another table."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from detente.precedents.pax import TRAITS, Agreements
from detente.precedents.store import FileFacts
from detente.precedents.ucdp import Treaties
from detente.precedents.vocabulary import provisions, topics

__all__ = ["agreements_of", "treaties_of"]

Row = Mapping[str, object]


def agreements_of(rows: Sequence[Row]) -> Agreements:
    """Return agreements with the topics named in each row.

    Parameters
    ----------
    rows
        Levels from 0 to 3 by topic, and ``name``, ``date``, ``kind``, ``stage``, ``region`` and
        ``type`` where they matter; what is not named is not treated.

    Examples
    --------
    >>> found = agreements_of([{"name": "Truce", "stage": "Cea", "pax/Ce": 3}, {"pax/Ele": 1}])
    >>> len(found), found.has("pax/Ce").tolist(), found.chosen(found.has("pax/Ele")).names.tolist()
    (2, [True, False], ['Agreement 2'])
    """
    codes = tuple(topic.id for topic in topics().values() if not topic.own)
    levels = [[int(str(row.get(code, 0))) for code in codes] for row in rows]
    traits = {name: _texts(rows, name) for name in TRAITS}
    return Agreements(
        facts=_facts("PA-X", len(rows)),
        ids=np.arange(1, len(rows) + 1),
        names=np.array(
            [row.get("name", f"Agreement {n}") for n, row in enumerate(rows, 1)], dtype=object
        ),
        processes=_texts(rows, "process"),
        dates=np.array([row.get("date") for row in rows], dtype=object),
        kinds=_texts(rows, "kind"),
        traits=traits,
        codes=codes,
        levels=np.array(levels, dtype=np.uint8).reshape(len(rows), len(codes)),
    )


def treaties_of(rows: Sequence[Row], until: datetime.date) -> Treaties:
    """Return agreements of which it is known when they were signed and ended.

    Parameters
    ----------
    rows
        ``signed``, and ``over`` for one that ended, as days; ``kind`` (1 full, 2 partial, 3
        process); and every provision that it has, as True.
    until
        The last day looked at.

    Examples
    --------
    >>> day = datetime.date(1995, 1, 1)
    >>> found = treaties_of([{"signed": day, "cease": True}], datetime.date(2020, 12, 31))
    >>> found.has("cease").tolist(), found.ended.tolist()
    ([True], [False])
    """
    columns = tuple(provisions())
    holds = [[bool(row.get(name)) for name in columns] for row in rows]
    return Treaties(
        facts=_facts("UCDP", len(rows)),
        signed=np.array([row["signed"] for row in rows], dtype="datetime64[D]"),
        over=np.array([row.get("over") for row in rows], dtype="datetime64[D]"),
        ended=np.array(["over" in row for row in rows], dtype=bool),
        kinds=np.array([int(str(row.get("kind", 0))) for row in rows], dtype=np.uint8),
        columns=columns,
        holds=np.array(holds, dtype=bool).reshape(len(rows), len(columns)),
        until=until,
    )


def _texts(rows: Sequence[Row], key: str) -> NDArray[np.object_]:
    return np.array([str(row.get(key, "")) for row in rows], dtype=object)


def _facts(data: str, count: int) -> FileFacts:
    return FileFacts(data, "rows in memory", "", count, (), cached=False)
