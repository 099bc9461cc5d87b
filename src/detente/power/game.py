"""Rules as simple games: members with weights on several lines, and what sums must be reached.

A *line* gives every member a weight: votes, one for each head, population, the seats of one
chamber. A rule says which sums on the lines win. Two quotas on the same weights share their line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import gcd
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.consent.formula import (
    AllOf,
    AtLeastOf,
    Formula,
    Voter,
    WeightedOf,
    all_of,
    fix,
    voters_in,
)
from detente.errors import RequestError

__all__ = ["Enough", "Reaches", "SimpleGame", "SumRule", "game_of"]

Sums = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Reaches:
    """The sum on a line must reach a quota."""

    line: int
    quota: int


@dataclass(frozen=True, slots=True)
class Enough:
    """The weights of the parts that hold must reach a quota; all, any and counts among it."""

    quota: int
    weights: tuple[int, ...]
    parts: tuple[SumRule, ...]


SumRule = Reaches | Enough


@dataclass(frozen=True, slots=True)
class SimpleGame:
    """A monotone rule over members, told by the sums of their weights.

    Parameters
    ----------
    members
        Their names.
    copies
        How many of each there are: 1, or the seats of a body, which are all alike.
    lines
        ``(lines, members)``: whole weights, at least 0.
    rule
        Which sums win.

    Examples
    --------
    >>> from detente.consent.formula import weighted
    >>> game = game_of(weighted(51, [49, 49, 2], [Voter(name) for name in "abc"]))
    >>> game.size, game.lines, game.wins({"a": 1, "c": 1})
    (3, ((49, 49, 2),), True)
    """

    members: tuple[str, ...]
    copies: tuple[int, ...]
    lines: tuple[tuple[int, ...], ...]
    rule: SumRule

    @property
    def size(self) -> int:
        """Number of votes: members, every copy counted."""
        return sum(self.copies)

    @property
    def totals(self) -> tuple[int, ...]:
        """The sum of all weights on every line."""
        return tuple(
            sum(weight * many for weight, many in zip(line, self.copies, strict=True))
            for line in self.lines
        )

    def winning(self, sums: Sequence[NDArray[Any]]) -> NDArray[np.bool_]:
        """Return which sums win; ``sums`` has one array for each line, of shapes that broadcast."""
        return _holds(self.rule, sums)

    def reached(self, sums: Sequence[int]) -> bool:
        """Return whether these sums win, one on each line, of any size."""
        return _reached(self.rule, sums)

    def wins(self, yes: Mapping[str, int]) -> bool:
        """Return whether so many copies of each member win together."""
        many = [yes.get(member, 0) for member in self.members]
        return self.reached(
            [sum(w * k for w, k in zip(line, many, strict=True)) for line in self.lines]
        )

    def dual(self) -> SimpleGame:
        """Return the game in which those win who can block in this one.

        A member swings as often in one as in the other.
        """
        return SimpleGame(self.members, self.copies, self.lines, _dual(self.rule, self.totals))

    def parts(self) -> tuple[tuple[tuple[int, ...], SimpleGame], ...]:
        """Return games that must all be won and share no member, each with the places of its own.

        One game where the rule cannot be taken apart; members without any weight are in none.
        """
        if not isinstance(self.rule, Enough) or self.rule.quota < sum(self.rule.weights):
            rules: tuple[SumRule, ...] = (self.rule,)
        else:
            rules = self.rule.parts
        groups: list[tuple[set[int], list[SumRule]]] = []
        for rule in rules:
            mine = {
                place
                for line in _lines_in(rule)
                for place, weight in enumerate(self.lines[line])
                if weight
            }
            joined = [group for group in groups if group[0] & mine]
            groups = [group for group in groups if not group[0] & mine]
            held = [each for group in joined for each in group[1]]
            groups.append((mine.union(*(group[0] for group in joined)), [*held, rule]))
        return tuple(
            (places := tuple(sorted(members)), self._part(places, held)) for members, held in groups
        )

    def _part(self, places: tuple[int, ...], rules: list[SumRule]) -> SimpleGame:
        used = sorted({line for rule in rules for line in _lines_in(rule)})
        moved = {line: place for place, line in enumerate(used)}
        kept = tuple(_renumbered(rule, moved) for rule in rules)
        return SimpleGame(
            tuple(self.members[place] for place in places),
            tuple(self.copies[place] for place in places),
            tuple(tuple(self.lines[line][place] for place in places) for line in used),
            kept[0] if len(kept) == 1 else Enough(len(kept), (1,) * len(kept), kept),
        )

    def alike(self) -> tuple[tuple[int, ...], ...]:
        """Return the members in groups of the same weights on every line, by place."""
        groups: dict[tuple[int, ...], list[int]] = {}
        for place in range(len(self.members)):
            groups.setdefault(tuple(line[place] for line in self.lines), []).append(place)
        return tuple(tuple(group) for group in groups.values())


def _holds(rule: SumRule, sums: Sequence[NDArray[Any]]) -> NDArray[np.bool_]:
    if isinstance(rule, Reaches):
        return np.asarray(sums[rule.line] >= rule.quota)
    parts = [_holds(part, sums) for part in rule.parts]
    total = sum(rule.weights)
    if rule.quota == total:
        found = parts[0]
        for part in parts[1:]:
            found = found & part
        return found
    if rule.quota <= min(rule.weights):
        found = parts[0]
        for part in parts[1:]:
            found = found | part
        return found
    reached = sum(
        weight * part.astype(np.int64) for weight, part in zip(rule.weights, parts, strict=True)
    )
    return np.asarray(reached >= rule.quota)


def _reached(rule: SumRule, sums: Sequence[int]) -> bool:
    if isinstance(rule, Reaches):
        return sums[rule.line] >= rule.quota
    parts = zip(rule.weights, rule.parts, strict=True)
    return sum(weight for weight, part in parts if _reached(part, sums)) >= rule.quota


def _lines_in(rule: SumRule) -> frozenset[int]:
    if isinstance(rule, Reaches):
        return frozenset([rule.line])
    return frozenset[int]().union(*(_lines_in(part) for part in rule.parts))


def _renumbered(rule: SumRule, moved: Mapping[int, int]) -> SumRule:
    if isinstance(rule, Reaches):
        return Reaches(moved[rule.line], rule.quota)
    return Enough(rule.quota, rule.weights, tuple(_renumbered(each, moved) for each in rule.parts))


def _dual(rule: SumRule, totals: tuple[int, ...]) -> SumRule:
    if isinstance(rule, Reaches):
        return Reaches(rule.line, totals[rule.line] - rule.quota + 1)
    parts = tuple(_dual(part, totals) for part in rule.parts)
    return Enough(sum(rule.weights) - rule.quota + 1, rule.weights, parts)


def game_of(
    formula: Formula, members: Iterable[str] = (), seats: Mapping[str, int] | None = None
) -> SimpleGame:
    """Return a rule as a simple game.

    Parameters
    ----------
    members
        Who has a vote, in the order wanted; whoever else votes in the rule is added behind.
    seats
        Number of seats of the bodies of which the rule asks for some; they vote one by one.

    Raises
    ------
    RequestError
        If nobody can pass or nobody is needed.

    Examples
    --------
    >>> from detente.consent.formula import all_of, at_least
    >>> chamber = all_of([Voter("president"), Voter("chamber", 51)])
    >>> game = game_of(chamber, seats={"chamber": 101})
    >>> game.members, game.copies
    (('president', 'chamber'), (1, 101))
    """
    return _Builder(dict(seats or {})).build(_vetoes_apart(formula), tuple(members))


def _vetoes_apart(formula: Formula) -> Formula:
    """The same rule, where whoever must agree in any case stands beside the rest and not in it."""
    while isinstance(formula, AllOf):
        needed = {p: True for p in formula.parts if isinstance(p, Voter) and not p.count}
        rest = all_of(fix(part, needed) for part in formula.parts if part not in needed)
        after = all_of([*needed, rest])
        if after == formula:
            break
        formula = after
    return formula


class _Builder:
    """Collects members and lines while a formula is walked."""

    def __init__(self, seats: dict[str, int]) -> None:
        self.seats = seats
        self.copies: dict[str, int] = {}
        self.lines: dict[tuple[tuple[str, int], ...], int] = {}
        self.persons: frozenset[str] = frozenset()

    def build(self, formula: Formula, members: tuple[str, ...]) -> SimpleGame:
        self.copies = dict.fromkeys(members, 1)
        self.persons = frozenset(v.actor for v in voters_in(formula) if not v.count)
        if not isinstance(formula, Voter) and not formula.parts:
            word = "passes without anybody" if isinstance(formula, AllOf) else "can never pass"
            raise RequestError(f"The rule {word}; nobody has a say in it.")
        rule = self._rule(formula)
        names = tuple(self.copies)
        lines = tuple(tuple(dict(line).get(name, 0) for name in names) for line in self.lines)
        return SimpleGame(names, tuple(self.copies.values()), lines, rule)

    def _line(self, weights: Mapping[str, int], quota: int) -> Reaches:
        shared = gcd(*weights.values())
        key = tuple((name, weight // shared) for name, weight in sorted(weights.items()))
        return Reaches(self.lines.setdefault(key, len(self.lines)), -(-quota // shared))

    def _voter(self, voter: Voter) -> str:
        """The name under which a voter is a member; the seats of a body are its copies."""
        if not voter.count:
            self.copies.setdefault(voter.actor, 1)
            return voter.actor
        name = f"seats of {voter.actor}" if voter.actor in self.persons else voter.actor
        self.copies[name] = self.seats.get(voter.actor, voter.count)
        return name

    def _rule(self, formula: Formula) -> SumRule:
        if isinstance(formula, Voter):
            return self._line({self._voter(formula): 1}, formula.count or 1)
        plain: dict[Formula, str] = {
            part: self._voter(part)
            for part in formula.parts
            if isinstance(part, Voter) and not part.count
        }
        if len(plain) == len(formula.parts):
            return self._quota(formula, plain)
        rest = [part for part in formula.parts if part not in plain]
        if isinstance(formula, WeightedOf):
            parts = tuple(self._rule(part) for part in formula.parts)
            return Enough(formula.quota, formula.weights, parts)
        count = len(formula.parts) if isinstance(formula, AllOf) else formula.count
        if plain and count in (1, len(formula.parts)):  # everybody, or anybody: one line for all
            joint = self._line(dict.fromkeys(plain.values(), 1), min(count, len(plain)))
            parts = (joint, *(self._rule(part) for part in rest))
            return Enough(len(parts) if count > 1 else 1, (1,) * len(parts), parts)
        parts = tuple(self._rule(part) for part in formula.parts)
        return Enough(count, (1,) * len(parts), parts)

    def _quota(self, formula: AllOf | AtLeastOf | WeightedOf, plain: Mapping[Any, str]) -> Reaches:
        weights: dict[str, int] = {}
        own = formula.weights if isinstance(formula, WeightedOf) else (1,) * len(formula.parts)
        for part, weight in zip(formula.parts, own, strict=True):
            name = plain[part]
            weights[name] = weights.get(name, 0) + weight
        if isinstance(formula, WeightedOf):
            return self._line(weights, formula.quota)
        count = len(formula.parts) if isinstance(formula, AllOf) else formula.count
        return self._line(weights, count)
