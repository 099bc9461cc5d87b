"""The package of the largest product of gains, by outer approximation.

The sum of the logarithms of the gains is concave, so each logarithm lies below its tangents. The
solver maximises with tangents in place of logarithms; its answer is valued exactly, new tangents
are laid there, and the answer itself is cut off, until what is left cannot be better (Duran and
Grossmann 1986). Tangents are first gathered without asking for whole options, which costs little.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from detente.packages.space import Package, Space, Takes

__all__ = ["NashAnswer", "search_nash"]

CLOSE = 1e-6
"""Difference of logarithms that the solver cannot be trusted to tell apart."""
FIRST_TANGENTS = (0.25, 0.5, 0.75, 1.0)
MOST_ROUNDS = 60
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class NashAnswer:
    """The best package found, and a bound on the logarithm of any package's product of gains.

    Both logarithms are of gains divided by ``spans``.
    """

    package: Package
    value: float
    bound: float


def search_nash(
    space: Space,
    zero: Sequence[float],
    spans: Sequence[float],
    *,
    deadline: float,
    progress: Callable[[float], None] = lambda _: None,
) -> NashAnswer | None:
    """Return the package with the largest product of gains ``(score - zero) / span``.

    Parameters
    ----------
    space
        The packages.
    zero, spans
        ``(parties,)``: score of no agreement, and the largest gain that any package can give.

    Returns
    -------
    NashAnswer or None
        None if no package gives everybody a gain.

    Raises
    ------
    TimeoutError
        If time ends before a package is found.
    """
    program = _Program(space, zero, spans)
    program.gather_tangents(deadline)
    best: NashAnswer | None = None
    for _ in range(MOST_ROUNDS):
        outcome = program.solve(deadline)
        if outcome is None:
            return best and NashAnswer(best.package, best.value, best.value)
        package, bound = outcome
        value = -math.inf
        if package is not None:
            gains = program.gains(package)
            value = float(np.log(gains).sum()) if (gains > 0.0).all() else -math.inf
            if best is None or value > best.value:
                best = NashAnswer(package, value, bound)
            program.learn(package, gains)
        if best is None:
            raise TimeoutError
        best = NashAnswer(best.package, best.value, max(best.value, bound))
        progress(min(best.bound - best.value, 1.0))
        if bound < best.value - CLOSE:
            return NashAnswer(best.package, best.value, best.value)
        if package is None or time.monotonic() > deadline:
            break
    return best


class _Program:
    """Options taken, terms held, gains and tangents of their logarithms, for HiGHS."""

    def __init__(self, space: Space, zero: Sequence[float], spans: Sequence[float]) -> None:
        self.space = space
        self.zero, self.spans = np.array(zero), np.array(spans)
        self.parties = len(space.parties)
        sizes = [len(options) for options in space.options]
        self.first = np.concatenate([[0], np.cumsum(sizes)]).astype(int)
        self.options = int(self.first[-1])
        terms = len(space.terms)
        items = sum(len(limit.of) for limit in space.limits)
        self.gain = self.options + terms + items
        self.logarithm = self.gain + self.parties
        self.highs = highspy.Highs()
        self.highs.silent()
        if space.additive:  # nothing to simplify, and hard cases take a fifth longer
            self.highs.setOptionValue("presolve", "off")
        self.highs.setOptionValue("mip_rel_gap", 0.0)
        self.highs.setOptionValue("mip_abs_gap", CLOSE / 10)
        self._columns(terms + items)
        self._packages()
        self._gains()
        for party in range(self.parties):
            for at in FIRST_TANGENTS:
                self._tangent(party, at)

    def _columns(self, extra: int) -> None:
        smallest = self._smallest_gains()
        for _ in range(self.options + extra):
            self.highs.addCol(0.0, 0.0, 1.0, 0, [], [])
        for party in range(self.parties):
            self.highs.addCol(0.0, smallest[party], 1.0, 0, [], [])
        for party in range(self.parties):
            self.highs.addCol(-1.0, math.log(smallest[party]) - 1.0, 0.0, 0, [], [])

    def _smallest_gains(self) -> list[float]:
        """The least positive gain that a whole score can give, for each party."""
        found = []
        for zero, span in zip(self.zero, self.spans, strict=True):
            least = (math.floor(zero) + 1 - zero) / span
            found.append(min(max(least, 1e-9), 1.0))
        return found

    def _row(self, low: float, high: float, entries: dict[int, float]) -> None:
        self.highs.addRow(low, high, len(entries), list(entries), list(entries.values()))

    def _packages(self) -> None:
        infinity = highspy.kHighsInf
        for start, end in zip(self.first[:-1], self.first[1:], strict=True):
            self._row(1.0, 1.0, dict.fromkeys(range(start, end), 1.0))
        held = self.options
        for term in self.space.terms:
            self._together(held, term.when, lift=min(term.scores) < 0, drop=max(term.scores) > 0)
            held += 1
        for exclusion in self.space.exclusions:
            self._row(-infinity, len(exclusion.when) - 1.0, self._taken(exclusion.when))
        for limit in self.space.limits:
            for place, takes in enumerate(limit.of):
                self._together(held + place, takes, lift=True, drop=False)
            self._row(-infinity, limit.most, dict.fromkeys(range(held, held + len(limit.of)), 1.0))
            held += len(limit.of)

    def _taken(self, takes: Takes) -> dict[int, float]:
        return {
            int(self.first[point]) + option: 1.0 for point, options in takes for option in options
        }

    def _together(self, held: int, takes: Takes, *, lift: bool, drop: bool) -> None:
        """``held`` is 1 only where all is taken (``drop``), and always where it is (``lift``)."""
        infinity = highspy.kHighsInf
        if drop:
            for part in takes:
                self._row(-infinity, 0.0, {held: 1.0, **_negated(self._taken((part,)))})
        if lift:
            self._row(1.0 - len(takes), infinity, {held: 1.0, **_negated(self._taken(takes))})

    def _gains(self) -> None:
        for party, (zero, span) in enumerate(zip(self.zero, self.spans, strict=True)):
            entries: dict[int, float] = {}
            place = 0
            for point in self.space.scores:
                for option in point:
                    if option[party]:
                        entries[place] = option[party] / span
                    place += 1
            for term in self.space.terms:
                if term.scores[party]:
                    entries[place] = term.scores[party] / span
                place += 1
            entries[self.gain + party] = -1.0
            self._row(zero / span, zero / span, entries)

    def _tangent(self, party: int, at: float) -> None:
        entries = {self.logarithm + party: 1.0, self.gain + party: -1.0 / at}
        self._row(-highspy.kHighsInf, math.log(at) - 1.0, entries)

    def gains(self, package: Package) -> Array:
        """Return the gains of a package, ``(parties,)``, from its exact scores."""
        found: Array = (np.array(self.space.score(package), dtype=float) - self.zero) / self.spans
        return found

    def gather_tangents(self, deadline: float) -> None:
        """Lay tangents at the best mixtures of options, as long as they still tell something."""
        for _ in range(12):
            self._limit(deadline)
            self.highs.run()
            if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                break
            values = np.array(self.highs.getSolution().col_value)
            gains = np.maximum(values[self.gain : self.logarithm], 1e-6)
            told = float(values[self.logarithm :].sum())
            if told - float(np.log(gains).sum()) < 1e-4:
                break
            for party, gain in enumerate(gains):
                self._tangent(party, float(gain))
        kinds = [highspy.HighsVarType.kInteger] * self.options
        self.highs.changeColsIntegrality(self.options, list(range(self.options)), kinds)

    def _limit(self, deadline: float) -> None:
        left = max(deadline - time.monotonic(), 0.01)
        self.highs.setOptionValue("time_limit", self.highs.getRunTime() + left)

    def solve(self, deadline: float) -> tuple[Package | None, float] | None:
        """Return the best package by tangents and a bound on all not cut off; None if none."""
        self._limit(deadline)
        self.highs.run()
        status = self.highs.getModelStatus()
        if status in (
            highspy.HighsModelStatus.kInfeasible,
            highspy.HighsModelStatus.kUnboundedOrInfeasible,
        ):
            return None
        info = self.highs.getInfo()
        bound = -float(info.mip_dual_bound)
        values = np.array(self.highs.getSolution().col_value)
        if len(values) < self.options or not self.highs.getSolution().value_valid:
            return None, bound
        package = tuple(
            int(values[start:end].argmax())
            for start, end in zip(self.first[:-1], self.first[1:], strict=True)
        )
        return package, bound

    def learn(self, package: Package, gains: Array) -> None:
        """Lay tangents at a package's gains, and cut the package off."""
        for party, gain in enumerate(gains):
            if gain > 1e-9:
                self._tangent(party, float(gain))
        entries = {int(self.first[p]) + option: 1.0 for p, option in enumerate(package)}
        self._row(-highspy.kHighsInf, len(package) - 1.0, entries)


def _negated(entries: dict[int, float]) -> dict[int, float]:
    return {place: -value for place, value in entries.items()}
