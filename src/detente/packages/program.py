"""The exact program: packages, terms and constraints for a solver that counts in whole numbers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from detente.packages.space import Package, Space, Takes

__all__ = ["Answer", "Condition", "Program", "Rounded", "round_scores"]

Condition = cp_model.BoundedLinearExpression | bool
"""What a comparison of two expressions gives."""

DIGIT = 40
BITS = 44
"""Scores of more bits are rounded down before a solver sees them; what that may hide is told."""


@dataclass(frozen=True, slots=True)
class Rounded:
    """A space with scores small enough for a solver.

    Parameters
    ----------
    space
        The space with scores divided by ``step`` and rounded down.
    step
        ``(parties,)``: what one of its score units stands for; 1 where nothing was rounded.
    slack
        What rounding can hide, in its score units: a true score lies at most so much above.
    """

    space: Space
    step: tuple[int, ...]
    slack: int


def round_scores(space: Space, bits: int = BITS) -> Rounded:
    """Return the space with every party's scores rounded down to at most so many bits."""
    step = tuple(1 << max(0, each.bit_length() - bits) for each in space.largest)
    if max(step) == 1:
        return Rounded(space, step, 0)

    def down(row: Sequence[int]) -> tuple[int, ...]:
        return tuple(value // each for value, each in zip(row, step, strict=True))

    smaller = replace(
        space.rescored(down),
        unit=tuple(unit * each for unit, each in zip(space.unit, step, strict=True)),
    )
    return Rounded(smaller, step, len(space.points) + len(space.terms))


@dataclass(frozen=True, slots=True)
class Answer:
    """A package, its value, and a bound that no package's value exceeds."""

    package: Package
    value: int
    bound: int

    @property
    def proven(self) -> bool:
        """Whether no package is better."""
        return self.value >= self.bound


def _digit(value: int, place: int, *, last: bool) -> int:
    """One digit of a whole number, the least significant first; the last keeps what is left."""
    left = value >> (DIGIT * place)
    return left if last else left & ((1 << DIGIT) - 1)


class Program:
    """All packages of a space as a program.

    Parameters
    ----------
    space
        Its scores small enough for 64 bits; see :func:`round_scores`.
    """

    def __init__(self, space: Space) -> None:
        self.space = space
        self.model = cp_model.CpModel()
        self.chosen = [[self.model.new_bool_var("") for _ in options] for options in space.options]
        for row in self.chosen:
            self.model.add_exactly_one(row)
        self._held: dict[Takes, cp_model.IntVar] = {}
        terms = [self._together(term.when) for term in space.terms]
        for exclusion in space.exclusions:
            self.model.add_bool_or(self._missed(exclusion.when))
        for limit in space.limits:
            items = [self._together(takes) for takes in limit.of]
            self.model.add(cp_model.LinearExpr.sum(items) <= limit.most)
        self.variables = [*(v for row in self.chosen for v in row), *terms]
        self.rows = [space.row(party) for party in range(len(space.parties))]
        self.scores = [self.weighted(row) for row in self.rows]

    def weighted(self, row: Sequence[int]) -> cp_model.LinearExpr:
        """Return a weighted sum of all options, then all terms."""
        return cp_model.LinearExpr.weighted_sum(self.variables, row)

    def at_least(self, space: Space, party: int, floor: int) -> list[Condition]:
        """Return the condition that a party's score in ``space`` is no less than ``floor``.

        ``space`` has the same packages, perhaps other scores, of any size: they are written in
        digits of 40 bits, and what the lower digits have too much is carried to the next.
        """
        row = space.row(party)
        digits = max(-(-max(each.bit_length() for each in (*row, floor)) // DIGIT), 1)
        found: list[Condition] = []
        carried: cp_model.IntVar | int = 0
        for digit in range(digits):
            last = digit == digits - 1
            total = self.weighted([_digit(value, digit, last=last) for value in row]) + carried
            wanted = _digit(floor, digit, last=last)
            if last:
                found.append(total >= wanted)
            else:
                more = self.model.new_int_var(-2, len(row) + 2, "")
                found.append(total - (1 << DIGIT) * more >= wanted)
                carried = more
        return found

    def _together(self, takes: Takes) -> cp_model.IntVar:
        """A variable that is 1 exactly where a package takes all of it."""
        if takes not in self._held:
            held = self._held[takes] = self.model.new_bool_var("")
            for point, options in takes:
                literals = [self.chosen[point][option] for option in options]
                self.model.add_bool_or([*literals, held.negated()])
            self.model.add_bool_or([*self._missed(takes), held])
        return self._held[takes]

    def _missed(self, takes: Takes) -> list[cp_model.IntVar]:
        """Options of which a package takes one unless it takes all of ``takes``."""
        return [
            self.chosen[point][option]
            for point, options in takes
            for option in range(len(self.chosen[point]))
            if option not in options
        ]

    def copy_with(self, *conditions: Condition) -> cp_model.CpModel:
        """Return the model with conditions of one question only."""
        model = self.model.clone()
        for condition in conditions:
            model.add(condition)
        return model

    def solve(
        self,
        objective: cp_model.LinearExpr,
        *conditions: Condition,
        deadline: float,
        hint: Package | None = None,
        gap: float = 0.0,
    ) -> Answer | None:
        """Return the package of the largest objective; None if no package meets the conditions.

        Parameters
        ----------
        deadline
            Moment (``time.monotonic``) at which the best found so far is returned.
        hint
            A package to start from.
        gap
            Share of the objective within which the search may stop.

        Raises
        ------
        TimeoutError
            If time ends before a package is found or excluded.
        """
        left = deadline - time.monotonic()
        if left <= 0.0:
            raise TimeoutError
        model = self.copy_with(*conditions)
        model.maximize(objective)
        if hint is not None:
            for row, option in zip(self.chosen, hint, strict=True):
                for place, variable in enumerate(row):
                    model.add_hint(variable, place == option)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_time_in_seconds = left
        solver.parameters.linearization_level = 2
        solver.parameters.relative_gap_limit = gap
        status = solver.solve(model)
        if status == cp_model.INFEASIBLE:
            return None
        if status == cp_model.MODEL_INVALID:
            raise OverflowError("Scores are too large for the solver; round them first.")
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            raise TimeoutError
        package = tuple(
            next(place for place, variable in enumerate(row) if solver.boolean_value(variable))
            for row in self.chosen
        )
        value = solver.value(objective)
        closed = status == cp_model.OPTIMAL and not gap
        return Answer(package, value, value if closed else int(solver.best_objective_bound))
