"""The counts behind power indices: each made once, in the cheapest exact way that the rule allows.

A rule that needs several games won which share no member is counted game by game; each game by its
sums, or by those of its dual if fewer; or by looking at every coalition.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from math import comb, prod

from detente.power.counting import Counts, cells_of, count_coalitions
from detente.power.game import SimpleGame
from detente.power.minimal import MOST_VOTES as MOST_WEIGHED
from detente.power.minimal import as_weighted, count_minimal, critical_by_weights
from detente.power.table import MOST_VOTES, Critical, count_by_table, critical_by_table

__all__ = ["Tally", "obstacle"]

_MOST_CELLS = 60_000_000
_MOST_WORK = 30_000_000_000
_QUICK_VOTES = 21
_MOST_CRITICAL_WORK = 3_000_000_000


class Tally:
    """The counts of one game, each made when an index first asks for it."""

    def __init__(self, game: SimpleGame) -> None:
        self.game = game
        self.votes = game.size

    @cached_property
    def plain(self) -> Counts:
        """Losing coalitions, all sizes together."""
        if "sized" in self.__dict__:
            return Counts(
                (sum(self.sized.losing),), tuple((sum(each),) for each in self.sized.without)
            )
        return _count(self.game, by_size=False)

    @cached_property
    def sized(self) -> Counts:
        """Losing coalitions by size."""
        return _count(self.game, by_size=True)

    @cached_property
    def winning(self) -> int:
        """Number of winning coalitions."""
        return int(2**self.votes) - self.plain.losing[0]

    @cached_property
    def swings(self) -> tuple[int, ...]:
        """Coalitions without one vote of the member that win with it."""
        return tuple(2 * without - self.plain.losing[0] for (without,) in self.plain.without)

    @cached_property
    def minimal(self) -> int | None:
        """Number of minimal winning coalitions; None where counting them takes long."""
        if "critical" in self.__dict__:
            return sum(self.critical.minimal)
        return _minimal(self.game)

    @cached_property
    def critical(self) -> Critical:
        """Coalitions by who is critical in them."""
        one = as_weighted(self.game)
        if one is not None and (_weighed(*one) or self.votes > MOST_VOTES):
            return critical_by_weights(self.game, *one)
        return critical_by_table(self.game)


@lru_cache(maxsize=256)
def _count(game: SimpleGame, *, by_size: bool) -> Counts:
    """By what the rule is made of; by sums on the lines, of the game or its dual; or by table."""
    for turned in (game, game.dual()):
        parts = turned.parts()
        if len(parts) > 1 or len(parts[0][0]) < len(game.members):
            found = _joined(turned, parts, by_size=by_size)
            return found if turned is game else _of_dual(found, game.size, by_size=by_size)
    dual = game.dual()
    cells, other = cells_of(game, by_size=by_size), cells_of(dual, by_size=by_size)
    if min(cells, other) > _most_cells(game):
        return _one_size(count_by_table(game), by_size=by_size)
    if cells <= other:
        return count_coalitions(game, by_size=by_size)
    return _of_dual(count_coalitions(dual, by_size=by_size), game.size, by_size=by_size)


def _joined(
    game: SimpleGame,
    parts: tuple[tuple[tuple[int, ...], SimpleGame], ...],
    *,
    by_size: bool,
) -> Counts:
    """Losing coalitions of a game that is won where all its parts are: winning ones multiply."""
    votes = game.size
    idle = votes - sum(part.size for _, part in parts)
    won, won_without = [], []
    for _, part in parts:
        counts = _count(part, by_size=by_size)
        won.append(_rest(counts.losing, part.size))
        won_without.append([_rest(each, part.size - 1) for each in counts.without])
    free = _every(idle, by_size=by_size)
    every = _product([free, *won])
    without: dict[int, tuple[int, ...]] = {}
    for at, (places, _) in enumerate(parts):
        others = _product([free, *won[:at], *won[at + 1 :]])
        known: dict[tuple[int, ...], tuple[int, ...]] = {}
        for place, own in zip(places, won_without[at], strict=True):
            if own not in known:
                known[own] = _rest(_product([own, others]), votes - 1)
            without[place] = _padded(known[own], by_size=by_size)
    for place in set(range(len(game.members))) - without.keys():
        fewer = _product([_every(idle - 1, by_size=by_size), *won])
        without[place] = _padded(_rest(fewer, votes - 1), by_size=by_size)
    return Counts(_rest(every, votes), tuple(without[place] for place in range(len(game.members))))


def _every(votes: int, *, by_size: bool) -> tuple[int, ...]:
    """All coalitions of so many votes, by size where that is asked for."""
    return tuple(comb(votes, size) for size in range(votes + 1)) if by_size else (2**votes,)


def _rest(counts: tuple[int, ...], votes: int) -> tuple[int, ...]:
    """What is left of all coalitions of so many votes, by size where ``counts`` are so."""
    if len(counts) == 1 and votes:
        return (2**votes - counts[0],)
    return tuple(comb(votes, size) - counts[size] for size in range(votes + 1))


def _padded(counts: tuple[int, ...], *, by_size: bool) -> tuple[int, ...]:
    return (*counts, 0) if by_size else counts


def _product(factors: list[tuple[int, ...]]) -> tuple[int, ...]:
    """Numbers of coalitions by size of members of several games together."""
    total: tuple[int, ...] = (1,)
    for factor in factors:
        found = [0] * (len(total) + len(factor) - 1)
        for size, many in enumerate(total):
            if many:
                for other, more in enumerate(factor):
                    found[size + other] += many * more
        total = tuple(found)
    return total


def _most_cells(game: SimpleGame) -> float:
    work = _MOST_WORK / game.size / (game.size // 30 + 1)
    return min(_MOST_CELLS, work, 4.0 * 2**game.size if game.size <= MOST_VOTES else work)


def _one_size(counts: Counts, *, by_size: bool) -> Counts:
    if by_size:
        return counts
    return Counts((sum(counts.losing),), tuple((sum(each),) for each in counts.without))


def _of_dual(dual: Counts, votes: int, *, by_size: bool) -> Counts:
    """Losing coalitions of a game from those of its dual: the complement of one wins the other."""
    if not by_size:
        losing = 2**votes - dual.losing[0]
        # swings are the same in both: 2 without - losing
        without = tuple(((2 * each - dual.losing[0] + losing) // 2,) for (each,) in dual.without)
        return Counts((losing,), without)
    binomials = _every(votes, by_size=True)
    lost = [binomials[size] - dual.losing[votes - size] for size in range(votes + 1)]
    found = []
    for each in dual.without:
        # a loser without the member is a complement, with it, that wins the dual game not
        having = [dual.losing[size] - each[size] for size in range(votes + 1)]
        own = [binomials[size] * (votes - size) // votes for size in range(votes + 1)]
        found.append(tuple(own[size] - having[votes - size] for size in range(votes + 1)))
    return Counts(tuple(lost), tuple(found))


def _minimal(game: SimpleGame) -> int | None:
    """Number of minimal winning coalitions; of parts that must all be won it multiplies."""
    one = as_weighted(game)
    if one is not None and one[0] * game.size <= _MOST_CELLS // 10:
        return count_minimal(*one)
    for whole, joined in ((game, prod), (game.dual(), sum)):
        parts = whole.parts()
        if len(parts) > 1:
            games = [part if whole is game else part.dual() for _, part in parts]
            found = [_minimal(each) for each in games]
            known = [each for each in found if each is not None]
            return joined(known) if len(known) == len(found) else None
    if obstacle(game, "critical", asked=False):
        return None
    return sum(Tally(game).critical.minimal)


def obstacle(game: SimpleGame, needs: str, *, asked: bool) -> str | None:
    """Return why what an index needs cannot be counted, or not at once; None if it can.

    Parameters
    ----------
    needs
        ``swings``, ``sizes`` or ``critical``, as in :class:`~detente.power.indices.Index`.
    asked
        Whether somebody is ready to wait.

    Examples
    --------
    >>> from detente.consent.formula import Voter, all_of
    >>> from detente.power.game import game_of
    >>> obstacle(game_of(all_of([Voter("a"), Voter("b")])), "critical", asked=False) is None
    True
    """
    votes = game.size
    if needs == "critical":
        one = as_weighted(game)
        if one is not None and (_weighed(*one) or (asked and votes <= MOST_WEIGHED)):
            return None
        if votes <= (MOST_VOTES if asked else _QUICK_VOTES):
            return None
        if votes > MOST_VOTES:
            return (
                f"not computed for {votes} votes; it is for up to {MOST_VOTES}, or "
                f"{MOST_WEIGHED} where one weighted vote decides."
            )
        return f"left out for {votes} votes unless asked for: every coalition is looked at."
    if _countable(game, by_size=needs == "sizes"):
        return None
    return f"the weights have too many different sums for {votes} votes; give rounder units."


def _weighed(quota: int, weights: Sequence[int]) -> bool:
    """Whether sums of one weighted vote are few enough to be followed for every weight."""
    votes = len(weights)
    if votes > MOST_WEIGHED:
        return False
    return votes**2 * max(len(set(weights)) * sum(weights), quota) <= _MOST_CRITICAL_WORK


def _countable(game: SimpleGame, *, by_size: bool) -> bool:
    for one in (game, game.dual()):
        parts = one.parts()
        if len(parts) > 1 or len(parts[0][0]) < len(game.members):
            return all(_countable(part, by_size=by_size) for _, part in parts)
    cells = min(cells_of(each, by_size=by_size) for each in (game, game.dual()))
    return cells <= _most_cells(game) or game.size <= MOST_VOTES
