"""Points, options and conditions of a case as index arrays.

All options of all points stand in one row, point by point in file order; an option is known by its
place in that row. A *package* is an array ``(points,)`` of such places, one for every point;
several packages are an array ``(packages, points)``. A *feature* is something a package has or has
not: one feature for every option, then one for every condition that a statement names ("the cap,
together with the guarantee").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from detente.case.case import Case
from detente.case.preferences import Together
from detente.case.records import Condition, Draft, Statement

__all__ = ["CompiledCase", "Features", "Interaction", "Packages", "compile_case", "together_of"]

Packages = NDArray[np.int64]
"""Options chosen, ``(packages, points)``, places in the row of all options."""

Features = NDArray[np.float64]
"""Which features packages have, ``(packages, features)``, 0 or 1."""

EXACT_COMPLETIONS = 16
SAMPLED_COMPLETIONS = 24


@dataclass(frozen=True, slots=True)
class Interaction:
    """An option together with options of other points: the condition of a conditional stance.

    Parameters
    ----------
    option
        Place of the option spoken about.
    needs
        For every other point that the condition names, the places of options that meet it.
    """

    option: int
    needs: tuple[frozenset[int], ...]


@dataclass(frozen=True)
class CompiledCase:
    """A case with its points, options and interactions as arrays.

    Parameters
    ----------
    case
        The case as written.
    options
        (point id, option id) of every option, in one row.
    point_of
        ``(options,) int``: place of the point of every option.
    first
        ``(points + 1,) int``: place of the first option of every point; the last ends the row.
    status_quo
        ``(points,) int``: place of the status quo of every point.
    interactions
        The conditions that statements name, each once.
    """

    case: Case
    options: tuple[tuple[str, str], ...]
    point_of: NDArray[np.int64]
    first: NDArray[np.int64]
    status_quo: NDArray[np.int64]
    interactions: tuple[Interaction, ...]

    @cached_property
    def options_of(self) -> tuple[range, ...]:
        """For every point, the places of its options."""
        return tuple(range(start, end) for start, end in pairwise(self.first.tolist()))

    @cached_property
    def place(self) -> Mapping[tuple[str, str], int]:
        """Place of an option by (point id, option id)."""
        return {name: place for place, name in enumerate(self.options)}

    @cached_property
    def point_place(self) -> Mapping[str, int]:
        """Place of a point by id."""
        return {point.id: place for place, point in enumerate(self.case.points)}

    @cached_property
    def interaction_place(self) -> Mapping[Interaction, int]:
        """Feature of an interaction."""
        start = len(self.options)
        return {each: start + place for place, each in enumerate(self.interactions)}

    @cached_property
    def feature_point(self) -> NDArray[np.int64]:
        """``(features,) int``: the point that each feature belongs to."""
        extra = [self.point_of[each.option] for each in self.interactions]
        return np.concatenate([self.point_of, np.array(extra, dtype=np.int64)])

    def involved(self, interaction: Interaction) -> list[int]:
        """Return the places of the points that an interaction ties together, its own first."""
        needed = [int(self.point_of[next(iter(need))]) for need in interaction.needs]
        return [int(self.point_of[interaction.option]), *needed]

    @property
    def feature_count(self) -> int:
        """Number of features: options, then interactions."""
        return len(self.options) + len(self.interactions)

    def features(self, packages: Packages) -> Features:
        """Return which features each package has, ``(packages, features)``."""
        packages = np.atleast_2d(packages)
        found = np.zeros((len(packages), self.feature_count))
        np.put_along_axis(found, packages, 1.0, axis=1)
        for place, interaction in enumerate(self.interactions, start=len(self.options)):
            holds = found[:, interaction.option].astype(bool)
            for needed in interaction.needs:
                holds &= found[:, sorted(needed)].any(axis=1)
            found[:, place] = holds
        return found

    def package(self, takes: Mapping[str, str]) -> Packages:
        """Return the package ``(points,)`` that takes these options, else the status quo."""
        chosen = self.status_quo.copy()
        for point, option in takes.items():
            chosen[self.point_place[point]] = self.place[point, option]
        return chosen

    def takes(self, package: Packages) -> dict[str, str]:
        """Return point id to option id of one package ``(points,)``."""
        return dict(self.options[place] for place in package.tolist())

    @cached_property
    def _choices(self) -> dict[str, tuple[Draft, tuple[tuple[int, ...], ...]]]:
        return {}

    def choices(self, draft: Draft) -> tuple[tuple[int, ...], ...]:
        """Return, for every point, the places of the options that the draft may mean."""
        known = self._choices.get(draft.id)
        if known is None or known[0] is not draft:
            found = tuple(
                tuple(self.place[point.id, option] for option in self.case.possible(draft, point))
                for point in self.case.points
            )
            known = self._choices[draft.id] = (draft, found)
        return known[1]

    def completions(self, draft: Draft) -> tuple[Packages, bool]:
        """Return packages that the draft may mean, ``(packages, points)``, and if they are all.

        All of them where they are at most 16; else 24 drawn evenly from each point's options with a
        fixed seed. What is unknown is thereby neither guessed nor ignored: it spreads the answer.
        """
        choices = self.choices(draft)
        total = 1
        for choice in choices:
            total *= len(choice)
        if total <= EXACT_COMPLETIONS:
            return np.array(list(product(*choices)), dtype=np.int64), True
        generator = np.random.default_rng(20_251_120)
        columns = [
            generator.permutation(np.resize(np.array(choice), SAMPLED_COMPLETIONS))
            for choice in choices
        ]
        return np.stack(columns, axis=1), False


def interaction_of(
    statement: Statement, option: int, place: Mapping[tuple[str, str], int]
) -> Interaction | None:
    """Return the condition of a statement on ``option`` as an interaction, if it names options."""
    condition = statement.condition
    if not isinstance(condition, Condition) or not condition.options:
        return None
    needs = []
    for point, options in condition.options.items():
        names = (options,) if isinstance(options, str) else options
        needs.append(frozenset(place[point, name] for name in names))
    return Interaction(option, tuple(needs))


def together_of(
    together: Together, place: Mapping[tuple[str, str], int]
) -> tuple[Interaction, ...]:
    """Return what a preference names together, one interaction for each option of the first point.

    At most one of them is met by a package.
    """
    (point, options), *others = together.choices
    needs = tuple(frozenset(place[p, option] for option in each) for p, each in others)
    return tuple(Interaction(place[point, option], needs) for option in dict.fromkeys(options))


def compile_case(case: Case) -> CompiledCase:
    """Return ``case`` as arrays.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> compiled = compile_case(load(example_folder("ukraine-2025")))
    >>> package = compiled.package({"army-cap": "c600"})
    >>> compiled.takes(package)["army-cap"]
    'c600'
    """
    options = tuple((point.id, option.id) for point in case.points for option in point.options)
    sizes = np.array([len(point.options) for point in case.points], dtype=np.int64)
    place = {name: index for index, name in enumerate(options)}
    first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    bare = CompiledCase(
        case=case,
        options=options,
        point_of=np.repeat(np.arange(len(sizes), dtype=np.int64), sizes),
        first=first,
        status_quo=np.array([place[p.id, p.status_quo] for p in case.points], dtype=np.int64),
        interactions=(),
    )
    found: dict[Interaction, None] = {}
    for statement in case.statements:
        for option in _options_spoken_of(bare, statement):
            interaction = interaction_of(statement, option, place)
            if interaction is not None:
                found.setdefault(interaction)
    for own in case.preferences:
        for each in own.together:
            for interaction in together_of(each, place):
                if interaction.needs:
                    found.setdefault(interaction)
    return CompiledCase(
        case, bare.options, bare.point_of, bare.first, bare.status_quo, tuple(found)
    )


def _options_spoken_of(compiled: CompiledCase, statement: Statement) -> Iterable[int]:
    case = compiled.case
    drafts = {draft.id: draft for draft in case.drafts}
    for about in statement.targets:
        if about.point is None:
            continue
        if about.option is not None:
            yield compiled.place[about.point, about.option]
        elif about.draft is not None:
            point = case.point_of[about.point]
            for option in case.possible(drafts[about.draft], point):
                if option != point.status_quo:
                    yield compiled.place[about.point, option]
