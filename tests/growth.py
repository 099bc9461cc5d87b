"""How much longer one call takes than another: a ratio, so that no slow machine fails a test."""

from __future__ import annotations

import time
from collections.abc import Callable

__all__ = ["check_beside", "check_growth"]

NOISE = 0.2
"""Seconds of the processor that a busy machine may add to anything."""


def check_growth(call: Callable[[int], object], few: int, many: int) -> None:
    """Fail where the time of `call(size)` grows clearly faster than its size."""
    check_beside(lambda: call(many), lambda: call(few), 3 * many / few)


def check_beside(call: Callable[[], object], peer: Callable[[], object], times: float) -> None:
    """Fail where a call takes more than so many times the processor time of its peer."""
    allowed = times * _seconds(peer) + NOISE
    assert _seconds(call, allowed) <= allowed


def _seconds(call: Callable[[], object], enough: float = 0.0) -> float:
    """The least of three, as what else runs on the machine only adds; fewer if that will do."""
    least = float("inf")
    for _ in range(3):
        start = time.process_time()
        call()
        least = min(least, time.process_time() - start)
        if least <= enough:
            break
    return least
