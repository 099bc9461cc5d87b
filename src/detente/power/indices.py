"""Power indices of a simple game, exact.

Every index is a fraction of whole numbers of coalitions; nothing is rounded before it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import factorial

from detente.errors import RequestError
from detente.power.game import SimpleGame
from detente.power.tally import Tally, obstacle
from detente.text.nearest import suggest

__all__ = ["INDICES", "Index", "Power", "find_power"]


@dataclass(frozen=True, slots=True)
class Index:
    """One power index.

    Parameters
    ----------
    id, label
        How programs and people name it.
    source
        Where it is defined.
    needs
        What it is computed from: ``swings``, ``sizes``, ``critical`` or ``minimal`` coalitions.
    value
        From the counts to one fraction for every member.
    """

    id: str
    label: str
    source: str
    needs: str
    value: Callable[[Tally], tuple[Fraction, ...]]


def _absolute(tally: Tally) -> tuple[Fraction, ...]:
    return tuple(Fraction(each, 2 ** (tally.votes - 1)) for each in tally.swings)


def _normalised(tally: Tally) -> tuple[Fraction, ...]:
    total = sum(s * many for s, many in zip(tally.swings, tally.game.copies, strict=True))
    return tuple(Fraction(each, total) for each in tally.swings)


def _act(tally: Tally) -> tuple[Fraction, ...]:
    """Of the whole body, so the same for every member."""
    return (Fraction(tally.winning, 2**tally.votes),) * len(tally.game.members)


def _prevent(tally: Tally) -> tuple[Fraction, ...]:
    return tuple(Fraction(each, tally.winning) for each in tally.swings)


def _initiate(tally: Tally) -> tuple[Fraction, ...]:
    losing = 2**tally.votes - tally.winning
    return tuple(Fraction(each, losing) for each in tally.swings)


def _shapley_shubik(tally: Tally) -> tuple[Fraction, ...]:
    votes, counts = tally.votes, tally.sized
    orders = [factorial(size) * factorial(votes - 1 - size) for size in range(votes)]
    known: dict[tuple[int, ...], Fraction] = {}
    for without in counts.without:
        if without not in known:
            total = sum(
                order * (without[size] - (counts.losing[size + 1] - without[size + 1]))
                for size, order in enumerate(orders)
            )
            known[without] = Fraction(total, factorial(votes))
    return tuple(known[without] for without in counts.without)


def _deegan_packel(tally: Tally) -> tuple[Fraction, ...]:
    found = tally.critical
    total = sum(found.minimal)
    return tuple(
        sum((Fraction(many, size * total) for size, many in enumerate(line) if many), Fraction())
        for line in found.minimal_with
    )


def _holler(tally: Tally) -> tuple[Fraction, ...]:
    found = [sum(line) for line in tally.critical.minimal_with]
    total = sum(each * many for each, many in zip(found, tally.game.copies, strict=True))
    return tuple(Fraction(each, total) for each in found)


def _johnston(tally: Tally) -> tuple[Fraction, ...]:
    raw = [
        sum((Fraction(many, place + 1) for place, many in enumerate(line) if many), Fraction())
        for line in tally.critical.shared
    ]
    total = sum(
        (each * many for each, many in zip(raw, tally.game.copies, strict=True)), Fraction()
    )
    return tuple(each / total for each in raw)


INDICES: Mapping[str, Index] = {
    each.id: each
    for each in (
        Index("banzhaf", "Banzhaf, normalised", "Banzhaf 1965", "swings", _normalised),
        Index("banzhaf_absolute", "Penrose-Banzhaf", "Penrose 1946", "swings", _absolute),
        Index("shapley_shubik", "Shapley-Shubik", "Shapley, Shubik 1954", "sizes", _shapley_shubik),
        Index("coleman_act", "Coleman, to act", "Coleman 1971", "swings", _act),
        Index("coleman_prevent", "Coleman, to prevent", "Coleman 1971", "swings", _prevent),
        Index("coleman_initiate", "Coleman, to initiate", "Coleman 1971", "swings", _initiate),
        Index("deegan_packel", "Deegan-Packel", "Deegan, Packel 1978", "critical", _deegan_packel),
        Index("johnston", "Johnston", "Johnston 1978", "critical", _johnston),
        Index("holler", "Holler (public good)", "Holler 1982", "critical", _holler),
    )
}
"""All indices by id, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Power:
    """Who has how much power under a rule.

    Parameters
    ----------
    game
        The rule.
    indices
        By id of the index, one exact fraction for every member; of a body's seats for one seat.
    winning
        Number of winning coalitions, of ``2 ** votes``.
    swings
        Coalitions of the others that one vote of the member turns into winning ones.
    veto
        Members without whom nothing passes.
    dummies
        Members who never decide anything.
    minimal
        Number of minimal winning coalitions; None where they were not counted.
    minimal_blocking
        Number of minimal coalitions whose refusal defeats the rule; None where not counted.
    omitted
        Indices not computed, each with the reason.
    """

    game: SimpleGame
    indices: Mapping[str, tuple[Fraction, ...]]
    winning: int
    swings: tuple[int, ...]
    veto: tuple[str, ...]
    dummies: tuple[str, ...]
    minimal: int | None
    minimal_blocking: int | None
    omitted: Mapping[str, str]

    @property
    def dictator(self) -> str | None:
        """The one member who decides alone, if there is such."""
        able = [name for name in self.game.members if self.game.wins({name: 1})]
        return able[0] if len(able) == 1 and able[0] in self.veto else None


def find_power(game: SimpleGame, indices: Iterable[str] | None = None) -> Power:
    """Return power indices, swings, veto players and dummies, all exact.

    Parameters
    ----------
    indices
        Ids of the indices wanted, however long they take. If None, all that take a second or so;
        the others are named as omitted.

    Raises
    ------
    RequestError
        If an index is unknown, or the rule has too many votes and too many different sums.

    Examples
    --------
    >>> from detente.consent.formula import Voter, weighted
    >>> from detente.power.game import game_of
    >>> council = game_of(weighted(39, [7] * 5 + [1] * 10, [Voter(str(n)) for n in range(15)]))
    >>> power = find_power(council)
    >>> [str(power.indices["shapley_shubik"][place]) for place in (0, 14)]
    ['421/2145', '4/2145']
    >>> power.winning, power.veto, power.minimal
    (848, ('0', '1', '2', '3', '4'), 210)
    >>> find_power(council, ["banzaf"])
    Traceback (most recent call last):
    detente.errors.RequestError: There is no index 'banzaf'; did you mean 'banzhaf'?
    """
    wanted = list(INDICES) if indices is None else list(dict.fromkeys(indices))
    for each in wanted:
        if each not in INDICES:
            raise RequestError(f"There is no index '{each}'{suggest(each, INDICES)}")
    tally = Tally(game)
    omitted: dict[str, str] = {}
    for each in list(wanted):
        reason = obstacle(game, INDICES[each].needs, asked=indices is not None)
        if reason and (indices is not None or INDICES[each].needs == "swings"):
            raise RequestError(f"{INDICES[each].label}: {reason}")
        if reason:
            omitted[each] = reason
            wanted.remove(each)
    if "shapley_shubik" in wanted:
        _ = tally.sized  # the plain counts follow from these
    values = {each: INDICES[each].value(tally) for each in wanted}
    swings = tally.swings
    waiting = indices is not None and any(INDICES[each].needs == "critical" for each in wanted)
    return Power(
        game=game,
        indices=values,
        winning=tally.winning,
        swings=swings,
        veto=_having(game, swings, tally.winning),
        dummies=_having(game, swings, 0),
        minimal=tally.minimal(asked=waiting),
        minimal_blocking=Tally(game.dual()).minimal(asked=waiting),
        omitted=omitted,
    )


def _having(game: SimpleGame, swings: Iterable[int], value: int) -> tuple[str, ...]:
    return tuple(name for name, own in zip(game.members, swings, strict=True) if own == value)
