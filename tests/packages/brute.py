"""Everything the room computes, from the list of all packages and the definitions."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property

from packages.spaces import Row, Written, taken

__all__ = ["Brute", "dominates"]

Package = tuple[int, ...]


def dominates(first: Row, second: Row) -> bool:
    """Return whether the first is as good for everybody and better for somebody."""
    return first != second and all(a >= b for a, b in zip(first, second, strict=True))


class Brute:
    """Every package of a space as written, valued one by one."""

    def __init__(self, written: Written) -> None:
        self.written = written
        self.parties = range(len(written.parties))
        self.reservations = written.reservations or (None,) * len(written.parties)
        everything = itertools.product(*(range(len(each)) for each in written.options))
        names = {name for name, *_ in (*written.exclusions, *written.limits)}
        self.worth: dict[Package, Row] = {
            package: written.worth(package) for package in everything if self.meets(package, names)
        }

    def meets(self, package: Package, names: Iterable[str]) -> bool:
        """Return whether a package meets the constraints of these names."""
        barred = any(
            name in names and taken(when, package) for name, when in self.written.exclusions
        )
        return not barred and all(
            sum(taken(when, package) for when in of) <= most
            for name, most, of in self.written.limits
            if name in names
        )

    def leave_some(self, names: Iterable[str]) -> bool:
        """Return whether some package meets the constraints of these names."""
        everything = itertools.product(*(range(len(each)) for each in self.written.options))
        return any(self.meets(package, set(names)) for package in everything)

    def harms(self, worth: Row) -> bool:
        """Return whether somebody gets less than its stated reservation."""
        return any(
            stated is not None and value < stated
            for value, stated in zip(worth, self.reservations, strict=True)
        )

    def frontier(self, *, above_reservation: bool = False) -> list[Row]:
        """Return the utilities that none dominates, by falling utility of the first party."""
        kept: list[Row] = []
        rows = {row for row in self.worth.values() if not (above_reservation and self.harms(row))}
        for row in sorted(rows, reverse=True):  # what dominates a row stands before it
            if not any(dominates(better, row) for better in kept):
                kept.append(row)
        return kept

    # --- solutions ---

    @cached_property
    def no_agreement(self) -> Row:
        """Return the stated reservations; the worst package where none is stated."""
        return tuple(
            min(row[party] for row in self.worth.values()) if stated is None else stated
            for party, stated in enumerate(self.reservations)
        )

    @cached_property
    def counted(self) -> dict[Package, Row]:
        """Return the packages that give nobody less than its stated reservation."""
        return {package: row for package, row in self.worth.items() if not self.harms(row)}

    def gains(self, worth: Row) -> Row:
        """Return what everybody gains over no agreement."""
        return tuple(u - d for u, d in zip(worth, self.no_agreement, strict=True))

    def solutions(self) -> dict[str, Fraction | Row | None]:
        """Return the largest value of every solution, for leximin the sorted gains."""
        gains = [self.gains(row) for row in self.counted.values()]
        ideal = [max((row[party] for row in gains), default=0) for party in self.parties]
        shares = [
            min(gain / best for gain, best in zip(row, ideal, strict=True))
            for row in gains
            if min(ideal) > 0
        ]
        return {
            "nash": max((math.prod(row) for row in gains if min(row) > 0), default=None),
            "kalai-smorodinsky": max(shares, default=None),
            "egalitarian": max((min(row) for row in gains), default=None),
            "leximin": max((tuple(sorted(row)) for row in gains), default=None),
            "utilitarian": max((sum(row) for row in gains), default=None),
        }
