"""What one decision maker can reach from every state at once, and what it would want to.

Arrays have one value for each state, in inside order. A decision maker's moves run along one axis;
nothing of the size states x states is ever made. In option form a decision maker's own moves are
transitive, so that "nobody moves twice running" rules out nothing that one longer move does not do.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from detente.strategy.conflict import Conflict

__all__ = ["LARGE", "Mover", "movers"]

LARGE = np.int32(2**31 - 1)
"""Above every rank."""

Ranks = NDArray[np.int32]

_PAIRS = 16


def movers(conflict: Conflict) -> tuple[Mover, ...]:
    """Return every decision maker as one who moves."""
    return tuple(Mover(conflict, place) for place in range(len(conflict.makers)))


@dataclass(frozen=True, eq=False)
class Mover:
    """The moves of one decision maker.

    Parameters
    ----------
    conflict
        In which it moves.
    place
        Which decision maker.
    """

    conflict: Conflict
    place: int

    @property
    def ranks(self) -> Ranks:
        """How it ranks the states, ``(states,)``."""
        own: Ranks = self.conflict.ranks[self.place]
        return own

    @cached_property
    def free(self) -> bool:
        """Whether it can move between any two of its choices."""
        options = self.conflict.makers[self.place].options
        return all(self.conflict.options[each].moves == "both" for each in options)

    @cached_property
    def allowed(self) -> NDArray[np.bool_]:
        """Whether it can go from one choice to another, ``(choices, choices)``; staying is none."""
        total = np.ones((1, 1), dtype=bool)
        for option, _ in self.conflict.sub_axes(self.place):
            here = np.arange(len(option.alternatives))
            step = {
                "both": np.ones((len(here), len(here)), dtype=bool),
                "forward": here[:, None] <= here,
                "backward": here[:, None] >= here,
                "fixed": here[:, None] == here,
            }[option.moves]
            total = np.kron(step, total)
        np.fill_diagonal(total, val=False)
        return total

    def least_reachable(self, values: Ranks) -> Ranks:
        """Return the least value over each state and what the mover reaches from it.

        ``values`` must be :data:`LARGE` where infeasible, and the result is.
        """
        found = values.copy()
        for option, shape in self.conflict.sub_axes(self.place):
            grid = found.reshape(shape)
            if option.moves == "both":
                np.copyto(grid, grid.min(axis=1, keepdims=True))
            elif option.moves == "forward":
                turned = grid[:, ::-1]
                np.minimum.accumulate(turned, axis=1, out=turned)
            elif option.moves == "backward":
                np.minimum.accumulate(grid, axis=1, out=grid)
        if not self.conflict.feasible.all():
            found[~self.conflict.feasible] = LARGE
        return found

    def most_reachable(self, values: Ranks) -> Ranks:
        """Return the greatest value over each state and what the mover reaches from it.

        ``values`` must be -1 where infeasible, and the result is.
        """
        turned = np.where(self.conflict.feasible, -values, LARGE)
        return np.where(self.conflict.feasible, -self.least_reachable(turned), -1).astype(np.int32)

    def least_improved(self, values: Ranks) -> Ranks:
        """Return the least value over what the mover reaches from each state by an improvement.

        :data:`LARGE` where there is none. ``values`` must be :data:`LARGE` where infeasible.
        """
        choices = self.conflict.shape[self.place]
        if self.free and choices > _PAIRS:
            return self._sorted_least(values)
        return self._paired_least(values)

    def _paired_least(self, values: Ranks) -> Ranks:
        line = self.conflict.line(self.place)
        grid = values.reshape(line)
        found = np.full(line, LARGE, dtype=np.int32)
        masks = self._penalties
        for start, end in np.argwhere(self.allowed):
            if masks is None:
                ranks = self.ranks.reshape(line)
                better = ranks[:, end] > ranks[:, start]
                reached = np.where(better, grid[:, end], LARGE)
            else:
                reached = np.maximum(grid[:, end], masks[start, end])
            np.minimum(found[:, start], reached, out=found[:, start])
        return found.reshape(-1)

    @cached_property
    def _penalties(self) -> dict[tuple[int, int], Ranks] | None:
        """What bars a pair of choices: more than any value, and less where the second is better."""
        line = self.conflict.line(self.place)
        pairs = np.argwhere(self.allowed)
        if len(pairs) * line[0] * line[2] > 1 << 25:
            return None
        ranks = self.ranks.reshape(line)
        return {
            (start, end): np.where(ranks[:, end] > ranks[:, start], -LARGE, LARGE)
            for start, end in pairs
        }

    @cached_property
    def _sorting(self) -> tuple[NDArray[np.intp], NDArray[np.intp] | None]:
        """States by rising rank within each line, ``(choices, lines)``; and the next better ones.

        The second has, for each, the place of the first that is strictly better; None where no two
        in a line are equal, so that it is simply the next.
        """
        high, choices, low = self.conflict.line(self.place)
        ranks = self.ranks.reshape(high, choices, low)
        order = np.argsort(ranks, axis=1, kind="stable")
        lines = np.arange(high)[:, None, None] * (choices * low) + np.arange(low)
        places = np.moveaxis(order * low + lines, 1, 0).reshape(choices, -1)
        ranked = self.ranks[places]
        if (ranked[1:] > ranked[:-1]).all():
            return places, None
        after = np.empty_like(places)
        after[-1] = choices
        for row in range(choices - 2, -1, -1):
            after[row] = np.where(ranked[row] < ranked[row + 1], row + 1, after[row + 1])
        return places, after

    def _sorted_least(self, values: Ranks) -> Ranks:
        places, after = self._sorting
        ranked = np.full((len(places) + 1, places.shape[1]), LARGE, dtype=np.int32)
        np.take(values, places, out=ranked[:-1])
        turned = ranked[::-1]
        np.minimum.accumulate(turned, axis=0, out=turned)
        found = np.empty_like(values)
        if after is None:
            found[places] = ranked[1:]
        else:
            found[places] = np.take_along_axis(ranked, after, axis=0)
        return found
