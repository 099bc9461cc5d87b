"""A smaller space with the same frontier: what can never matter is left out.

An option barred by a constraint goes; terms on one point are added to its options; of options that
no term or constraint tells apart, those stay that no other is at least as good as for everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import sub

from detente.packages.space import Exclusion, Limit, Package, Space, Takes, Term

__all__ = ["ContradictionError", "Reduced", "reduce_space"]


class ContradictionError(Exception):
    """No package meets the constraints."""


@dataclass(frozen=True)
class Reduced:
    """The smaller space, and which options of the whole its options are.

    Parameters
    ----------
    space
        The smaller space; every package is worth the same as the one it stands for, its scores
        counted from the least that each point can add.
    kept
        ``kept[point][option]``: place of the option in the whole space.
    """

    space: Space
    kept: tuple[tuple[int, ...], ...]

    def whole(self, package: Iterable[int]) -> Package:
        """Return the package of the whole space that a package of the smaller one stands for."""
        return tuple(kept[option] for kept, option in zip(self.kept, package, strict=True))

    def all_whole(self, packages: Sequence[Package]) -> list[Package]:
        """Return ``whole`` of every package."""
        if not packages:
            return []
        columns = [
            map(kept.__getitem__, column)
            for kept, column in zip(self.kept, zip(*packages, strict=True), strict=True)
        ]
        return list(zip(*columns, strict=True))


def whole_space(space: Space) -> Reduced:
    """Return the space with nothing left out."""
    return Reduced(space, tuple(tuple(range(len(options))) for options in space.options))


def reduce_space(space: Space) -> Reduced:
    """Return the space without what can never matter.

    Raises
    ------
    ContradictionError
        If constraints that can be seen to, one by one, leave no package.

    Examples
    --------
    >>> from detente.packages.space import build_space
    >>> space = build_space(
    ...     points={"border": ["here", "there", "moved"]}, parties=["a"], values=[[[0, 1, 1]]]
    ... )
    >>> reduce_space(space).kept
    ((1,),)
    """
    scores = [[list(option) for option in point] for point in space.scores]
    barred: dict[int, set[int]] = {}
    terms = _fold_terms(space, scores)
    exclusions = []
    for exclusion in space.exclusions:
        if not exclusion.when:
            raise ContradictionError
        if len(exclusion.when) == 1:
            point, options = exclusion.when[0]
            barred.setdefault(point, set()).update(options)
        else:
            exclusions.append(exclusion)
    limits = [limit for limit in space.limits if limit.most < len(limit.of)]
    told = _signatures(space, terms, exclusions, limits)
    kept = []
    for point in range(len(space.points)):
        left = [o for o in range(len(space.options[point])) if o not in barred.get(point, ())]
        if not left:
            raise ContradictionError
        kept.append(_undominated(left, scores[point], told[point]))
    return _rebuilt(space, kept, scores, terms, exclusions, limits)


def _fold_terms(space: Space, scores: list[list[list[int]]]) -> list[Term]:
    """Add terms on at most one point to the scores, in place; return the others, equals merged."""
    merged: dict[Takes, list[int]] = {}
    for term in space.terms:
        held = merged.setdefault(term.when, [0] * len(space.parties))
        merged[term.when] = [a + b for a, b in zip(held, term.scores, strict=True)]
    left = []
    for when, values in merged.items():
        if len(when) > 1:
            if any(values):
                left.append(Term(when, tuple(values)))
            continue
        point = when[0][0] if when else 0
        options = when[0][1] if when else range(len(scores[0]))
        for option in options:
            scores[point][option] = [
                a + b for a, b in zip(scores[point][option], values, strict=True)
            ]
    return left


def _signatures(
    space: Space, terms: list[Term], exclusions: list[Exclusion], limits: list[Limit]
) -> list[dict[int, tuple[int, ...]]]:
    """For each point and option: which of the conditions on its point it meets."""
    conditions = [term.when for term in terms] + [each.when for each in exclusions]
    conditions += [takes for limit in limits for takes in limit.of]
    met: list[dict[int, list[int]]] = [
        {option: [] for option in range(len(options))} for options in space.options
    ]
    for place, takes in enumerate(conditions):
        for point, options in takes:
            for option in options:
                met[point][option].append(place)
    return [{option: tuple(row) for option, row in point.items()} for point in met]


def _undominated(
    options: list[int], scores: list[list[int]], told: dict[int, tuple[int, ...]]
) -> list[int]:
    kept: list[int] = []
    for option in sorted(options, key=lambda o: (-sum(scores[o]), o)):
        as_good = (
            told[other] == told[option]
            and all(a >= b for a, b in zip(scores[other], scores[option], strict=True))
            for other in kept
        )
        if not any(as_good):
            kept.append(option)
    return sorted(kept)


def _rebuilt(
    space: Space,
    kept: list[list[int]],
    scores: list[list[list[int]]],
    terms: list[Term],
    exclusions: list[Exclusion],
    limits: list[Limit],
) -> Reduced:
    narrowed = _Narrower(kept)
    new_terms = [
        Term(when, term.scores)
        for term in terms
        if (when := narrowed.condition(term.when)) is not None
    ]
    new_exclusions = []
    for each in exclusions:
        when = narrowed.condition(each.when)
        if when == ():
            raise ContradictionError
        if when is not None:
            new_exclusions.append(Exclusion(each.name, when))
    new_limits = []
    for limit in limits:
        most, of = narrowed.items(limit)
        if most < 0:
            raise ContradictionError
        if most == 0:
            new_exclusions += [Exclusion(limit.name, when) for when in of]
        elif most < len(of):
            new_limits.append(Limit(limit.name, most, of))
    left = [[scores[point][old] for old in row] for point, row in enumerate(kept)]
    least = [[min(column) for column in zip(*rows, strict=True)] for rows in left]
    smaller = replace(
        space,
        options=tuple(
            tuple(space.options[point][old] for old in row) for point, row in enumerate(kept)
        ),
        scores=tuple(
            tuple(tuple(map(sub, row, low)) for row in rows)
            for rows, low in zip(left, least, strict=True)
        ),
        terms=tuple(new_terms),
        exclusions=tuple(new_exclusions),
        limits=tuple(new_limits),
        origin=tuple(
            origin + unit * sum(column)
            for origin, unit, column in zip(
                space.origin, space.unit, zip(*least, strict=True), strict=True
            )
        ),
    )
    whens = [term.when for term in new_terms] + [each.when for each in new_exclusions]
    again = any(len(when) <= 1 for when in whens)
    if not again:
        return Reduced(smaller, tuple(tuple(row) for row in kept))
    inner = reduce_space(smaller)
    return Reduced(
        inner.space,
        tuple(tuple(kept[point][old] for old in row) for point, row in enumerate(inner.kept)),
    )


class _Narrower:
    """Conditions on the options kept."""

    def __init__(self, kept: list[list[int]]) -> None:
        self.kept = kept

    def condition(self, takes: Takes) -> Takes | None:
        """The condition without what always holds; None if it never can."""
        found = []
        for point, options in takes:
            left = frozenset(new for new, old in enumerate(self.kept[point]) if old in options)
            if not left:
                return None
            if len(left) < len(self.kept[point]):
                found.append((point, left))
        return tuple(found)

    def items(self, limit: Limit) -> tuple[int, tuple[Takes, ...]]:
        """How many of the items that may or may not hold are allowed, and these items."""
        whens = [self.condition(takes) for takes in limit.of]
        return limit.most - whens.count(()), tuple(when for when in whens if when)
