"""The search for the package whose smallest gain is largest, by exact solver."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ortools.sat.python import cp_model

from detente.packages.program import BITS, Answer, Condition, Program
from detente.packages.space import Space

__all__ = ["Common", "MaxMin", "common_unit"]


class MaxMin:
    """The search for the package whose smallest gain is largest."""

    def __init__(
        self,
        program: Program,
        gains: list[cp_model.LinearExpr],
        conditions: Sequence[Condition],
        deadline: float,
    ) -> None:
        self.program, self.gains = program, gains
        for condition in conditions:
            program.model.add(condition)
        self.deadline = deadline
        self.widest = 1 << 55

    def least(self) -> Answer:
        """Return the package with the largest smallest gain."""
        level = self.program.model.new_int_var(-self.widest, self.widest, "")
        above = [gain >= level for gain in self.gains]
        answer = self.program.solve(1 * level, *above, deadline=self.deadline)
        if answer is None:
            raise TimeoutError
        return answer

    def efficient(self, first: Answer) -> Answer:
        """Return, among packages with that smallest gain, one with the largest sum."""
        kept = [gain >= first.value for gain in self.gains]
        total = cp_model.LinearExpr.sum(self.gains)
        return self._again(total, kept, first)

    def next_ones(self, first: Answer) -> Answer:
        """Return the package whose second smallest gain is largest, then the third, and so on.

        Its bound is above its value by what is left at the first level that is not proven.
        """
        model, best, left = self.program.model, first, first.bound - first.value
        for gain in self.gains:
            model.add(gain >= first.value)
        for rank in range(1, len(self.gains)):
            level = model.new_int_var(-self.widest, self.widest, "")
            reach = [model.new_bool_var("") for _ in self.gains]
            for gain, literal in zip(self.gains, reach, strict=True):
                model.add(gain >= level).only_enforce_if(literal)
            model.add(cp_model.LinearExpr.sum(reach) >= len(self.gains) - rank)
            answer = self._again(1 * level, [], best)
            if answer is best:
                left = left or max(high - low for low, high in self.program.space.bounds)
                break
            left = left or answer.bound - answer.value
            best = answer
            model.add(level >= answer.value)
        return Answer(best.package, first.value, first.value + left)

    def _again(
        self,
        objective: cp_model.LinearExpr,
        conditions: Sequence[Condition],
        known: Answer,
    ) -> Answer:
        try:
            answer = self.program.solve(
                objective, *conditions, deadline=self.deadline, hint=known.package
            )
        except TimeoutError:
            return known
        return answer or known


@dataclass(frozen=True, slots=True)
class Common:
    """A space with all parties' scores in one unit, rounded down where they would be too large."""

    space: Space
    unit: Fraction
    slack: int
    widest: Fraction


def common_unit(
    space: Space, weights: Sequence[Fraction], offsets: Sequence[Fraction] = ()
) -> Common:
    """Return the space with every party's utility times its weight, in one unit.

    ``offsets`` are numbers that must be whole in that unit too.
    """
    steps = [unit * weight for unit, weight in zip(space.unit, weights, strict=True)]
    used = [each for each in (*steps, *offsets) if each]
    below = math.lcm(*(each.denominator for each in used))
    exact = Fraction(math.gcd(*(int(each * below) for each in used)) or 1, below)
    size = max(largest * step for largest, step in zip(space.largest, steps, strict=True))
    size = max([size, *map(abs, offsets)])
    unit, slack = exact, 0
    if size / exact > 2**BITS:
        unit, slack = size / 2**BITS, len(space.points) + len(space.terms) + 1

    def scaled(row: Sequence[int]) -> tuple[int, ...]:
        return tuple(
            math.floor(value * step / unit) for value, step in zip(row, steps, strict=True)
        )

    widest = max((high - low) * step for (low, high), step in zip(space.bounds, steps, strict=True))
    return Common(space.rescored(scaled), unit, slack, widest)
