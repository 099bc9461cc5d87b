"""The deadlock core: demands that no package meets together, and what dropping would unlock it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ortools.sat.python import cp_model

from detente.amend.demands import Demand
from detente.amend.program import Program, Terms
from detente.assess.outlook import Outlook

__all__ = ["Deadlock", "find_deadlock"]

_CORES = 8
_UNLOCKS = 12


@dataclass(frozen=True, slots=True)
class Deadlock:
    """Why no package satisfies everybody needed.

    Parameters
    ----------
    cores
        Minimal sets of demands that cannot be met together: without any one of a set the rest can.
    unlocks
        The smallest sets of demands whose dropping makes a package possible.
    complete
        Whether all cores and all smallest unlocks are listed.
    proven
        Whether every set was proven minimal before the time ended.
    """

    cores: tuple[tuple[Demand, ...], ...]
    unlocks: tuple[tuple[Demand, ...], ...]
    complete: bool
    proven: bool


def find_deadlock(outlook: Outlook, terms: Terms, deadline: float) -> Deadlock:
    """Return the deadlock of a question that has no answer.

    Cores by deletion from the whole (Junker 2004 calls them conflicts), others by leaving out one
    demand of a known core after another (Reiter's hitting-set tree, 1987); unlocks by minimising
    the number of dropped demands.
    """
    search = _Search(outlook, terms, deadline)
    cores: list[tuple[Demand, ...]] = []
    unlocks: list[tuple[Demand, ...]] = []
    complete = proven = True
    try:
        unlocks, all_unlocks = search.unlocks()
        cores, all_cores = search.cores()
        complete = all_unlocks and all_cores
    except TimeoutError:
        complete = proven = False
    return Deadlock(tuple(cores), tuple(unlocks), complete, proven)


class _Search:
    """Questions about sets of demands, put to one program whose demands are soft."""

    def __init__(self, outlook: Outlook, terms: Terms, deadline: float) -> None:
        self.arguments = (outlook, terms, deadline)
        self.program = Program(*self.arguments, soft=True)
        self.all = tuple(self.program.demands)

    def unlocks(self) -> tuple[list[tuple[Demand, ...]], bool]:
        """Return the smallest sets of demands to drop, and whether these are all."""
        program = Program(*self.arguments, soft=True)
        dropped = _dropped(program)
        found: list[tuple[Demand, ...]] = []
        while len(found) < _UNLOCKS:
            answer = program.solve(dropped)
            demands = tuple(sorted(program.last_dropped))
            if answer is None or (found and len(demands) > len(found[0])):
                return found, True
            found.append(demands)
            program.model.add_bool_or([program.demands[demand] for demand in demands])
        return found, False

    def possible(self, demands: Collection[Demand]) -> bool:
        """Return whether some package meets these demands together, all others dropped."""
        self.program.insist(demands)
        return self.program.solve(_dropped(self.program), maximize=True) is not None

    def cores(self) -> tuple[list[tuple[Demand, ...]], bool]:
        """Return minimal sets of demands that cannot be met together, and whether these are all."""
        found: list[tuple[Demand, ...]] = []
        waiting: list[frozenset[Demand]] = [frozenset()]
        seen: set[frozenset[Demand]] = set()
        while waiting:
            without = waiting.pop(0)
            known = next((core for core in found if not without & set(core)), None)
            if known is None:
                rest = [demand for demand in self.all if demand not in without]
                if self.possible(rest):
                    continue
                if len(found) == _CORES:
                    return found, False
                known = self._minimal(rest)
                found.append(known)
            for demand in known:
                further = without | {demand}
                if further not in seen:
                    seen.add(further)
                    waiting.append(further)
        return found, True

    def _minimal(self, demands: list[Demand]) -> tuple[Demand, ...]:
        kept = list(demands)
        for demand in demands:
            rest = [each for each in kept if each != demand]
            if not self.possible(rest):
                kept = rest
        return tuple(sorted(kept))


def _dropped(program: Program) -> cp_model.LinearExpr:
    return cp_model.LinearExpr.sum([kept.negated() for kept in program.demands.values()])
