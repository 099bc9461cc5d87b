"""Which topics and provisions there are, and which of one data set come near those of another.

``topics.csv`` lists the codes of PA-X under the names of its codebook (Bell, Badanjak and others
2020, *PA-X Codebook, Version 3*), and codes of our own for what agreements between states treat and
PA-X does not code. ``provisions.csv`` lists the provisions of the UCDP Peace Agreement Dataset.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Topic", "provisions", "topics"]


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that an agreement may treat.

    Parameters
    ----------
    id
        ``pax/`` with a column of PA-X, or ``own/`` with a name of our own.
    part_of
        The main code of which this one is a part; None of a main code.
    graded
        Whether PA-X tells levels 1 to 3; else it tells only that a topic is there.
    provisions
        Columns of the UCDP dataset that come nearest.
    nearest
        For a topic of our own: the codes of PA-X that come nearest, if any. They are not the same.
    words
        For a topic of our own: what is meant.
    """

    id: str
    name: str
    part_of: str | None = None
    graded: bool = False
    provisions: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    words: str = ""

    @property
    def own(self) -> bool:
        """Whether PA-X has no such code."""
        return self.id.startswith("own/")

    @property
    def code(self) -> str:
        """The id without its prefix; of a topic of PA-X, the column."""
        return self.id.partition("/")[2]


@cache
def topics() -> Mapping[str, Topic]:
    """Return all topics by id, main codes before their parts, ours at the end.

    Examples
    --------
    >>> topics()["pax/CeProv"].part_of, topics()["own/force-cap"].nearest
    ('pax/Ce', ('pax/SsrArm',))
    """
    return {
        row["id"]: Topic(
            row["id"],
            row["name"],
            row["part_of"] or None,
            row["graded"] == "yes",
            tuple(row["ucdp"].split()),
            tuple(row["nearest"].split()),
            row["words"],
        )
        for row in _rows("topics.csv")
    }


@cache
def provisions() -> Mapping[str, str]:
    """Return the names of the UCDP provisions by column.

    Examples
    --------
    >>> provisions()["pko"]
    'Peacekeeping operation'
    """
    return {row["id"]: row["name"] for row in _rows("provisions.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("detente.precedents") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
