"""Small conflicts, and the definitions of the graph model followed word by word."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
from hypothesis import strategies as st

from detente.strategy.conflict import Conflict, Moves, Option, build_conflict

__all__ = ["Definitions", "conflicts"]

WAYS: tuple[Moves, ...] = ("both", "forward", "backward", "fixed")


@st.composite
def conflicts(draw: st.DrawFn, most_options: int = 5) -> Conflict:
    """Up to three decision makers with options of two or three alternatives, in any order."""
    many = draw(st.integers(1, most_options))
    radices = draw(st.lists(st.sampled_from([2, 2, 2, 3]), min_size=many, max_size=many))
    while np.prod(radices) > 48:
        radices.pop()
    many = len(radices)
    options = [
        Option(
            f"o{place}",
            f"option {place}",
            ("no", "yes") if radix == 2 else ("low", "middle", "high"),
            draw(st.sampled_from(WAYS)) if draw(st.booleans()) else "both",
        )
        for place, radix in enumerate(radices)
    ]
    makers = min(many, draw(st.integers(1, 3)))
    owners = [*range(makers), *(draw(st.integers(0, makers - 1)) for _ in range(many - makers))]
    owners = draw(st.permutations(owners))
    size = int(np.prod(radices))
    kept = draw(st.lists(st.integers(0, size - 1), min_size=1, max_size=size, unique=True))
    feasible = np.array(sorted(kept)) if draw(st.booleans()) else np.arange(size)
    ranks = np.array(
        [
            draw(st.lists(st.integers(0, size // 2 + 1), min_size=size, max_size=size))
            for _ in range(makers)
        ]
    )
    return build_conflict(
        "small",
        options,
        [
            (f"m{maker}", [place for place in range(many) if owners[place] == maker])
            for maker in range(makers)
        ],
        lambda _: feasible,
        lambda _: ranks,
    )


class Definitions:
    """Every notion by search over legal sequences: nobody moves twice running."""

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        self.states = conflict.states.tolist()
        self.makers = range(len(conflict.makers))
        inside = conflict.to_inside(np.arange(conflict.size))
        self.ranks = conflict.ranks[:, inside]

    def moves(self, maker: int, state: int) -> Iterator[int]:
        """Where one move leads."""
        conflict, digits = self.conflict, self.conflict.digits(state)
        ranges = []
        for place, option in enumerate(conflict.options):
            here = digits[place]
            if place not in conflict.makers[maker].options or option.moves == "fixed":
                ranges.append([here])
            elif option.moves == "forward":
                ranges.append(list(range(here, len(option.alternatives))))
            elif option.moves == "backward":
                ranges.append(list(range(here + 1)))
            else:
                ranges.append(list(range(len(option.alternatives))))
        for chosen in product(*ranges):
            code = conflict.code(chosen)
            if code != state and code in self.states:
                yield code

    def improvements(self, maker: int, state: int) -> list[int]:
        return [
            each
            for each in self.moves(maker, state)
            if self.ranks[maker][each] > self.ranks[maker][state]
        ]

    def reached(self, movers: list[int], state: int, *, improving: bool) -> set[int]:
        """Everything that legal sequences of these decision makers lead to; not the start."""
        found: set[tuple[int, int]] = set()
        waiting = [(state, -1)]
        while waiting:
            here, last = waiting.pop()
            for maker in movers:
                if maker == last:
                    continue
                ends = self.improvements(maker, here) if improving else self.moves(maker, here)
                for end in ends:
                    if (end, maker) not in found:
                        found.add((end, maker))
                        waiting.append((end, maker))
        return {end for end, _ in found}

    def stable(self, concept: str, maker: int, state: int) -> bool:
        better = self.improvements(maker, state)
        if concept == "nash":
            return not better
        others = [each for each in self.makers if each != maker]
        own = self.ranks[maker]
        for improvement in better:
            answers = self.reached(others, improvement, improving=concept in ("seq", "sseq"))
            good = [each for each in answers if own[each] <= own[state]]
            if concept in ("smr", "sseq"):
                good = [
                    each
                    for each in good
                    if all(own[escape] <= own[state] for escape in self.moves(maker, each))
                ]
            if not good:
                return False
        return True

    def equilibria(self, concept: str) -> list[int]:
        return [
            state
            for state in self.states
            if all(self.stable(concept, maker, state) for maker in self.makers)
        ]
