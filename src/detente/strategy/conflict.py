"""A conflict in option form: who controls what, which states can occur, who prefers which.

A state is a number in mixed radix: the first option counts one, each next one as much as all states
of those before. With yes or no on every option bit k says whether option k is taken. Inside, the
options of one decision maker stand together, so that all states it can choose between lie along one
axis; the order of the file is restored wherever a state is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.errors import RequestError
from detente.text.nearest import suggest

__all__ = ["MOST_STATES", "Conflict", "DecisionMaker", "Moves", "Option", "build_conflict"]

MOST_STATES = 1 << 22

Moves = Literal["both", "forward", "backward", "fixed"]
"""Whether alternatives can be left for any other, only for later or earlier ones, or not at all."""

Ranks = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Option:
    """One course of action.

    Parameters
    ----------
    id, label
        How files and people name it.
    alternatives
        What can be done about it; ``no`` and ``yes`` for a plain option.
    moves
        Which changes are possible.
    """

    id: str
    label: str
    alternatives: tuple[str, ...] = ("no", "yes")
    moves: Moves = "both"

    @property
    def letters(self) -> str:
        """One character for each alternative: N and Y, or 0, 1, 2, ..."""
        if self.alternatives == ("no", "yes"):
            return "NY"
        return "0123456789abcdefghijklmnopqrstuvwxyz"[: len(self.alternatives)]


@dataclass(frozen=True, slots=True)
class DecisionMaker:
    """One who acts: its name and the places of its options, in file order."""

    id: str
    name: str
    options: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Conflict:
    """A conflict, ready for analysis; made by :func:`build_conflict`.

    Parameters
    ----------
    name
        What it is called.
    options
        In file order.
    makers
        The decision makers.
    feasible
        ``(states,) bool``: whether each state can occur; inside order.
    ranks
        ``(decision makers, states) int32``: how each ranks the states, higher being better and
        equal numbers indifferent; -1 where infeasible.
    status_quo
        The state in which the conflict stands, in file order; None where not stated.
    notes
        What a reader should know.
    """

    name: str
    options: tuple[Option, ...]
    makers: tuple[DecisionMaker, ...]
    feasible: NDArray[np.bool_]
    ranks: Ranks
    status_quo: int | None = None
    notes: tuple[str, ...] = ()

    @cached_property
    def size(self) -> int:
        """Number of combinations, feasible or not."""
        return len(self.feasible)

    @cached_property
    def states(self) -> NDArray[np.int64]:
        """Feasible states by file order, ``(feasible,)``; state number n is the one at n - 1."""
        return np.sort(self.to_file(np.flatnonzero(self.feasible)))

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Places of the options in inside order."""
        return tuple(place for maker in self.makers for place in maker.options)

    @cached_property
    def _radices(self) -> tuple[int, ...]:
        return tuple(len(option.alternatives) for option in self.options)

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """How many choices each decision maker has, in order."""
        return tuple(prod(self._radices[place] for place in maker.options) for maker in self.makers)

    def line(self, maker: int) -> tuple[int, int, int]:
        """Return the shape in which the choices of a decision maker are the middle axis."""
        low = prod(self.shape[:maker])
        return self.size // (low * self.shape[maker]), self.shape[maker], low

    def sub_axes(self, maker: int) -> list[tuple[Option, tuple[int, int, int]]]:
        """Return the decision maker's options, each with the shape that has it in the middle."""
        low = prod(self.shape[:maker])
        found = []
        for place in self.makers[maker].options:
            radix = self._radices[place]
            found.append((self.options[place], (self.size // (low * radix), radix, low)))
            low *= radix
        return found

    def _recoded(
        self, codes: NDArray[np.int64], before: Sequence[int], after: Sequence[int]
    ) -> NDArray[np.int64]:
        """States renumbered from one order of the options to another."""
        if tuple(before) == tuple(after):
            return np.asarray(codes, dtype=np.int64)
        weight, weights = 1, {}
        for place in after:
            weights[place] = weight
            weight *= self._radices[place]
        rest, total = np.asarray(codes, dtype=np.int64), np.zeros_like(codes, dtype=np.int64)
        for place in before:
            rest, digit = np.divmod(rest, self._radices[place])
            total += digit * weights[place]
        return total

    def to_file(self, codes: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return states as numbered by the order of the file."""
        return self._recoded(codes, self.order, range(len(self.options)))

    def to_inside(self, codes: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return states as numbered inside, decision makers together."""
        return self._recoded(codes, range(len(self.options)), self.order)

    def digits(self, state: int) -> tuple[int, ...]:
        """Return the alternative that a state, by file order, takes of every option."""
        found = []
        for radix in self._radices:
            state, digit = divmod(state, radix)
            found.append(digit)
        return tuple(found)

    def code(self, digits: Sequence[int]) -> int:
        """Return the state, by file order, that takes these alternatives."""
        total = 0
        for digit, radix in zip(reversed(digits), reversed(self._radices), strict=True):
            total = total * radix + digit
        return total

    def text(self, state: int) -> str:
        """Return a state as letters over the options in file order."""
        digits = zip(self.digits(state), self.options, strict=True)
        return "".join(option.letters[digit] for digit, option in digits)

    def words(self, state: int) -> str:
        """Return what is done in a state, option by option, plain options only if taken."""
        parts = []
        for digit, option in zip(self.digits(state), self.options, strict=True):
            if option.alternatives != ("no", "yes"):
                parts.append(f"{option.label}: {option.alternatives[digit]}")
            elif digit:
                parts.append(option.label)
        return "; ".join(parts) or "nothing is done"

    def number(self, state: int) -> int:
        """Return the number of a feasible state, by file order, counted from 1."""
        return int(np.searchsorted(self.states, state)) + 1

    def state(self, name: str) -> int:
        """Return the feasible state, by file order, that letters or a number name.

        Raises
        ------
        RequestError
            If there is no such state.

        Examples
        --------
        >>> conflict = build_conflict(
        ...     "prisoners", [Option("a", "first confesses"), Option("b", "second confesses")],
        ...     [("one", [0]), ("two", [1])], lambda c: c.every(),
        ...     lambda c: np.array([[2, 3, 0, 1], [2, 0, 3, 1]]),
        ... )
        >>> conflict.state("YN"), conflict.state("4"), conflict.words(1)
        (1, 3, 'first confesses')
        >>> conflict.state("YX")
        Traceback (most recent call last):
        detente.errors.RequestError: 'YX' is no state; option 'b' takes one of N, Y.
        """
        if (
            name.isdigit()
            and len(name) != len(self.options)
            and int(name) in range(1, len(self.states) + 1)
        ):
            return int(self.states[int(name) - 1])
        if len(name) != len(self.options):
            raise RequestError(
                f"'{name}' is no state; write a character for each of {len(self.options)} options, "
                f"or a number from 1 to {len(self.states)}."
            )
        digits = []
        for letter, option in zip(name, self.options, strict=True):
            if letter.upper() not in option.letters.upper():
                raise RequestError(
                    f"'{name}' is no state; option '{option.id}' takes one of "
                    f"{', '.join(option.letters)}."
                )
            digits.append(option.letters.upper().index(letter.upper()))
        found = self.code(digits)
        if not self.feasible[self.to_inside(np.array([found]))[0]]:
            raise RequestError(f"The state {name} cannot occur: the conflict rules it out.")
        return found

    def maker(self, name: str) -> int:
        """Return the place of a decision maker by id or name.

        Raises
        ------
        RequestError
            If there is none; the message names the nearest.
        """
        for place, each in enumerate(self.makers):
            if name in (each.id, each.name):
                return place
        known = [each.id for each in self.makers]
        raise RequestError(f"There is no decision maker '{name}'{suggest(name, known)}")

    def every(self) -> NDArray[np.int64]:
        """Return all combinations by file order, in inside order, ``(states,)``."""
        return self.to_file(np.arange(self.size))


def build_conflict(
    name: str,
    options: Sequence[Option],
    makers: Sequence[tuple[str, Sequence[int]] | DecisionMaker],
    feasible: Callable[[Conflict], NDArray[np.bool_] | NDArray[np.int64]],
    ranks: Callable[[Conflict], NDArray[np.integer]],
    *,
    status_quo: int | None = None,
) -> Conflict:
    """Return a conflict.

    Parameters
    ----------
    options
        In file order.
    makers
        Each with the places of its options; every option belongs to exactly one.
    feasible
        Given the conflict without preferences: which states can occur, as a mask in inside order
        or as their numbers by file order.
    ranks
        Given the conflict with its feasible states: ``(decision makers, states)``, higher better,
        by file order; where infeasible of no account.
    status_quo
        By file order.

    Raises
    ------
    RequestError
        If there are more than 2^22 combinations.
    """
    people = tuple(
        each if isinstance(each, DecisionMaker) else DecisionMaker(each[0], each[0], tuple(each[1]))
        for each in makers
    )
    size = prod(len(option.alternatives) for option in options)
    if size > MOST_STATES:
        raise RequestError(
            f"There are {size:,} combinations of options; at most {MOST_STATES:,} are analysed."
        )
    bare = Conflict(
        name, tuple(options), people, np.ones(size, dtype=bool), np.zeros((0, 0), dtype=np.int32)
    )
    told = feasible(bare)
    mask = np.zeros(size, dtype=bool)
    if told.dtype == np.bool_:
        mask[:] = told
    else:
        mask[bare.to_inside(np.asarray(told, dtype=np.int64))] = True
    known = Conflict(name, bare.options, people, mask, bare.ranks)
    by_file = np.asarray(ranks(known), dtype=np.int64)
    inside = np.where(mask, by_file[:, known.every()], -1).astype(np.int32)
    return Conflict(name, bare.options, people, mask, inside, status_quo)
