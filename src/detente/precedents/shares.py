"""A share of a counted whole, with its interval; and what is said of a thin base."""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["THIN", "Share"]

THIN = 30
"""Of fewer agreements than this, a share is told as resting on a thin base."""

_Z = 1.959963984540054
"""The 97.5th percentile of the normal distribution: 95 % between it and its negative."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with an interval of 95 % by the score method (Wilson 1927).

    The interval treats agreements as independent draws. Agreements of one peace process are not,
    so it is too narrow where a process has many.

    Examples
    --------
    >>> share = Share(15, 150)
    >>> share.share, round(share.low, 3), round(share.high, 3), share.thin
    (0.1, 0.062, 0.158, False)
    >>> Share(0, 0).share is None, Share(0, 0).low, Share(0, 0).high
    (True, 0.0, 1.0)
    """

    count: int
    base: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.base:
            raise ValueError(f"{self.count} of {self.base} is no share")

    @property
    def share(self) -> float | None:
        """The share itself; None of an empty base."""
        return self.count / self.base if self.base else None

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        return self._end(-1.0) if self.count else 0.0

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        return self._end(1.0) if self.count < self.base else 1.0

    @property
    def thin(self) -> bool:
        """Whether the base is smaller than :data:`THIN`."""
        return self.base < THIN

    def _end(self, sign: float) -> float:
        part, n = self.count / self.base, float(self.base)
        spread = _Z * math.sqrt(part * (1.0 - part) / n + _Z**2 / (4.0 * n**2))
        return (part + _Z**2 / (2.0 * n) + sign * spread) / (1.0 + _Z**2 / n)
