"""When each norm came into force, was fulfilled, broken, cured, ended: for all runs at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from detente.enactment.compiled import State
from detente.simulate.draws import NONE, Times

__all__ = ["Life", "Lives", "earliest"]


def _never() -> Times:
    return NONE


def earliest(times: Sequence[Times]) -> Times:
    """Return the earliest of several times, run by run; what never comes if there are none.

    Examples
    --------
    >>> earliest([np.array([3, 9], np.int32), np.array(5, np.int32)]).tolist(), int(earliest([]))
    ([3, 5], 536870880)
    """
    found = NONE
    for each in times:
        if each is not NONE:
            found = each if found is NONE else np.minimum(found, each)
    return found


@dataclass(frozen=True, slots=True)
class Life:
    """The times at which one norm reached its states, each ``(runs,) int32`` or one for all.

    In minutes since 1970; FAR for a state that was not reached. Each state is reached once at most;
    runs in which a norm comes into force again, or is suspended, are not told this way.
    """

    begin: Times = field(default_factory=_never)
    done: Times = field(default_factory=_never)
    broken: Times = field(default_factory=_never)
    cured: Times = field(default_factory=_never)
    lapsed: Times = field(default_factory=_never)
    void: Times = field(default_factory=_never)

    @property
    def changes(self) -> tuple[tuple[State, Times], ...]:
        """States with their times, a later one overruling those before."""
        return (
            (State.IN_FORCE, self.begin),
            (State.FULFILLED, self.done),
            (State.VIOLATED, self.broken),
            (State.CURED, self.cured),
            (State.LAPSED, self.lapsed),
            (State.VOID, self.void),
        )

    @property
    def leave(self) -> Times:
        """When it was first no longer in force, or could no longer come into force."""
        return earliest((self.done, self.broken, self.lapsed, self.void))

    @property
    def performed(self) -> Times:
        """When it was performed, in time or late."""
        return earliest((self.done, self.cured))

    def reached(self, states: int) -> Times:
        """Return when it first reached one of a set of states, given as bits."""
        return earliest([times for state, times in self.changes if states >> state & 1])

    def state_at(self, moment: Times) -> NDArray[np.int8]:
        """Return its state at a moment, after all that happened then.

        Examples
        --------
        >>> life = Life(np.array([5, 5]), np.array([9, 10]))
        >>> life.state_at(np.array(9)).tolist()
        [2, 1]
        """
        found = np.zeros(np.broadcast_shapes(np.shape(self.begin), np.shape(moment)), np.int8)
        for state, times in self.changes:
            if times is not NONE:
                reached = times <= moment
                found = found * ~reached + reached * np.int8(state)
        return found

    def same_as(self, other: Life) -> NDArray[np.bool_]:
        """Return in which runs two lives are the same."""
        same = np.array(True)
        for (_, mine), (_, theirs) in zip(self.changes, other.changes, strict=True):
            if mine is not theirs:
                same = same & (mine == theirs)
        return same


@dataclass(frozen=True, slots=True)
class Lives:
    """All norms in all runs.

    Parameters
    ----------
    norms
        The life of each norm.
    unsolved
        ``(runs,) bool``: in which runs something happened that lives do not tell, so that the run
        has to be stepped through.
    """

    norms: tuple[Life, ...]
    unsolved: NDArray[np.bool_]
