"""Who is enough to pass a rule, and who is enough to stop it: the smallest coalitions by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from detente.power.game import SimpleGame

__all__ = ["Coalition", "Listing", "smallest_blocking", "smallest_winning"]

_MOST_STEPS = 300_000

Coalition = tuple[tuple[str, int], ...]
"""Members with the number of their votes: 1, or seats of a body."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Minimal coalitions, the smallest first.

    Parameters
    ----------
    coalitions
        As many as were wanted and found.
    complete
        Whether no smaller or equally small one is missing but for the limit: the search ended.
    """

    coalitions: tuple[Coalition, ...]
    complete: bool


def smallest_winning(game: SimpleGame, limit: int = 10) -> Listing:
    """Return the smallest minimal winning coalitions, by number of votes.

    Members with the same weights are interchangeable, so that one choice among them stands for all
    when the search decides; the names are filled in afterwards.

    Examples
    --------
    >>> from detente.consent.formula import Voter, weighted
    >>> from detente.power.game import game_of
    >>> game = game_of(weighted(12, [4, 4, 4, 2, 2, 1], [Voter(name) for name in "dfibnl"]))
    >>> [[name for name, _ in each] for each in smallest_winning(game).coalitions]
    [['d', 'f', 'i'], ['d', 'f', 'b', 'n'], ['d', 'i', 'b', 'n'], ['f', 'i', 'b', 'n']]
    """
    search = _Search(game)
    found: list[Coalition] = []
    for size in range(1, game.size + 1):
        for counts in search.of_size(size):
            found.extend(islice(_named(game, search.groups, counts), limit - len(found)))
            if len(found) == limit:
                return Listing(tuple(found), complete=True)
        if search.steps >= _MOST_STEPS:
            return Listing(tuple(found), complete=False)
    return Listing(tuple(found), complete=True)


def smallest_blocking(game: SimpleGame, limit: int = 10) -> Listing:
    """Return the smallest minimal coalitions whose refusal defeats the rule.

    Examples
    --------
    >>> from detente.consent.formula import Voter, all_of
    >>> from detente.power.game import game_of
    >>> smallest_blocking(game_of(all_of([Voter("a"), Voter("b")]))).coalitions
    ((('a', 1),), (('b', 1),))
    """
    return smallest_winning(game.dual(), limit)


class _Search:
    """Numbers of votes from each group of members alike, in depth, heaviest groups first."""

    def __init__(self, game: SimpleGame) -> None:
        self.game = game
        vectors = {group: tuple(line[group[0]] for line in game.lines) for group in game.alike()}
        self.groups = sorted(vectors, key=lambda group: vectors[group], reverse=True)
        self.weights = [vectors[group] for group in self.groups]
        self.most = [sum(game.copies[place] for place in group) for group in self.groups]
        self.steps = 0
        # the best `k` votes of the groups from each on, line by line: a bound on what can be added
        self.best: list[list[list[int]]] = []
        for first in range(len(self.groups) + 1):
            lines = []
            for line in range(len(game.lines)):
                ranked = sorted(
                    (
                        self.weights[place][line]
                        for place in range(first, len(self.groups))
                        for _ in range(self.most[place])
                    ),
                    reverse=True,
                )
                total, sums = 0, [0]
                for weight in ranked:
                    total += weight
                    sums.append(total)
                lines.append(sums)
            self.best.append(lines)

    def of_size(self, size: int) -> Iterator[tuple[int, ...]]:
        yield from self._extend([], size, [0] * len(self.game.lines))

    def _extend(self, counts: list[int], left: int, sums: list[int]) -> Iterator[tuple[int, ...]]:
        self.steps += 1
        if self.steps >= _MOST_STEPS:
            return
        place = len(counts)
        if place == len(self.groups):
            if not left and self.game.reached(sums) and self._minimal(counts, sums):
                yield tuple(counts)
            return
        bound = self.best[place]
        if left >= len(bound[0]):
            return
        if not self.game.reached([s + line[left] for s, line in zip(sums, bound, strict=True)]):
            return
        for many in range(min(left, self.most[place]), -1, -1):
            after = [s + many * w for s, w in zip(sums, self.weights[place], strict=True)]
            yield from self._extend([*counts, many], left - many, after)

    def _minimal(self, counts: list[int], sums: list[int]) -> bool:
        return not any(
            many and self.game.reached([s - w for s, w in zip(sums, own, strict=True)])
            for many, own in zip(counts, self.weights, strict=True)
        )


def _named(
    game: SimpleGame, groups: Sequence[tuple[int, ...]], counts: Sequence[int]
) -> Iterator[Coalition]:
    """Every way to fill numbers of votes from groups with members; seats are not told apart."""
    for chosen in _choices(game, list(zip(groups, counts, strict=True))):
        votes: dict[int, int] = {}
        for place in chosen:
            votes[place] = votes.get(place, 0) + 1
        yield tuple((game.members[place], votes[place]) for place in sorted(votes))


def _choices(
    game: SimpleGame, left: list[tuple[tuple[int, ...], int]]
) -> Iterator[tuple[int, ...]]:
    if not left:
        yield ()
        return
    (group, many), *rest = left
    alone = all(game.copies[place] == 1 for place in group)
    for first in combinations(group, many) if alone else [_spread(game, group, many)]:
        for others in _choices(game, rest):
            yield first + others


def _spread(game: SimpleGame, group: tuple[int, ...], many: int) -> tuple[int, ...]:
    votes = (place for place in group for _ in range(game.copies[place]))
    return tuple(islice(votes, many))
