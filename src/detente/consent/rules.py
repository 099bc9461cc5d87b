"""Consent rules of a case as formulas: who votes, when a rule is called for, which facts bar it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.case.case import Case
from detente.case.check import required_count
from detente.case.consent import (
    All,
    AnyOf,
    AtLeast,
    Bar,
    ConsentRule,
    Fact,
    MembersOf,
    Node,
    SeatsOf,
    Weighted,
)
from detente.compiled.compiled import CompiledCase
from detente.consent.formula import (
    TRUE,
    Formula,
    Voter,
    all_of,
    at_least,
    voters_in,
    weighted,
)

__all__ = ["Rule", "RuleSet", "read_rules"]


@dataclass(frozen=True)
class Rule:
    """One consent rule, ready to be asked of a package.

    Parameters
    ----------
    id, title
        As in the case.
    triggers
        ``(options,) bool``: options that call for this consent; never a status quo.
    readings
        The formula under every reading, the first being the one used.
    facts
        Conditions of law or of the world that must hold but that nobody votes on, each with the
        reading of the rule that it belongs to.
    record
        The rule as written; None for the rule that is assumed where a case states none.
    """

    id: str
    title: str
    triggers: NDArray[np.bool_]
    readings: tuple[tuple[str, Formula], ...]
    facts: tuple[tuple[str, Bar], ...]
    record: ConsentRule | None

    @property
    def formula(self) -> Formula:
        """The formula of the reading used."""
        return self.readings[0][1]

    def read_as(self, reading: str | None) -> Formula:
        """Return the formula of a reading by its id; of the one used if None."""
        return dict(self.readings)[reading] if reading is not None else self.formula

    @property
    def voters(self) -> frozenset[Voter]:
        """Everyone with a voice under the reading used."""
        return voters_in(self.formula)

    def applies_to(self, package: NDArray[np.int64]) -> bool:
        """Return whether a package ``(points,)`` calls for this consent."""
        return bool(self.triggers[package].any())


@dataclass(frozen=True)
class RuleSet:
    """All consent rules of a case, and the points on which each actor is asked.

    Parameters
    ----------
    rules
        In file order.
    scope
        By actor, ``(points,) bool``: every point of every rule in which the actor has a voice. It
        is the subject of its one decision, however many rules it stands in.
    principals
        Actors that every agreement needs: those who must sign whatever the points are.
    """

    rules: tuple[Rule, ...]
    scope: dict[str, NDArray[np.bool_]]
    principals: tuple[str, ...]

    def applying(self, package: NDArray[np.int64]) -> tuple[Rule, ...]:
        """Return the rules that a package ``(points,)`` calls for."""
        return tuple(rule for rule in self.rules if rule.applies_to(package))


def read_rules(compiled: CompiledCase) -> RuleSet:
    """Return the consent rules of a case as formulas.

    Where a case states none, every actor that has no members must agree to everything.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> from detente.compiled.compiled import compile_case
    >>> rules = read_rules(compile_case(load(example_folder("ukraine-2025"))))
    >>> rules.principals
    ('ukraine', 'russia', 'united-states')
    """
    case = compiled.case
    rules = tuple(_read_rule(compiled, record) for record in case.consent)
    if not rules:
        everyone = all_of(Voter(actor.id) for actor in case.actors if not actor.members)
        triggers = _every_change(compiled)
        rules = (Rule("everyone", "Everyone agrees", triggers, (("", everyone),), (), None),)
    scope: dict[str, NDArray[np.bool_]] = {}
    for rule in rules:
        points = np.zeros(len(case.points), dtype=bool)
        points[compiled.point_of[: len(compiled.options)][rule.triggers]] = True
        for _, formula in rule.readings:
            for voter in voters_in(formula):
                known = scope.setdefault(voter.actor, np.zeros(len(case.points), dtype=bool))
                known |= points
    return RuleSet(rules, scope, tuple(dict.fromkeys(_principals(rules))))


def _principals(rules: tuple[Rule, ...]) -> Iterator[str]:
    for rule in rules:
        if rule.record is None or rule.record.points == "all":
            yield from sorted(voter.actor for voter in voters_in(rule.formula))


def _every_change(compiled: CompiledCase) -> NDArray[np.bool_]:
    triggers = np.ones(len(compiled.options), dtype=bool)
    triggers[compiled.status_quo] = False
    return triggers


def _read_rule(compiled: CompiledCase, record: ConsentRule) -> Rule:
    triggers = _every_change(compiled)
    if record.points != "all":
        named = np.zeros(len(triggers), dtype=bool)
        for subject in record.points:
            if isinstance(subject, str):
                named |= compiled.point_of == compiled.point_place[subject]
            else:
                for point, options in subject.items():
                    named[[compiled.place[point, option] for option in options]] = True
        triggers &= named
    if record.rule is not None:
        trees = [("", record.rule)]
    else:
        trees = [(reading.id, reading.rule) for reading in record.readings]
    return Rule(
        id=record.id,
        title=record.title,
        triggers=triggers,
        readings=tuple((name, _formula(compiled.case, tree)) for name, tree in trees),
        facts=tuple((name, fact) for name, tree in trees for fact in _facts(tree)),
        record=record,
    )


def _facts(node: Node) -> Iterator[Bar]:
    if isinstance(node, Fact):
        yield node.fact
        return
    inner: object = ()
    if isinstance(node, All):
        inner = node.all
    elif isinstance(node, AnyOf):
        inner = node.any
    elif isinstance(node, AtLeast):
        inner = node.at_least.of
    for part in inner if isinstance(inner, tuple) else ():
        yield from _facts(part)


def _formula(case: Case, node: Node) -> Formula:
    match node:
        case str():
            return Voter(node)
        case All():
            return all_of(_voters(case, node.all))
        case AnyOf():
            return at_least(1, _voters(case, node.any))
        case AtLeast():
            vote = node.at_least
            if isinstance(vote.of, SeatsOf):
                seats = case.actor_of[vote.of.seats_of].seats or 1
                return Voter(vote.of.seats_of, required_count(seats, vote.count, vote.share))
            voters = _voters(case, vote.of)
            return at_least(required_count(len(voters), vote.count, vote.share), voters)
        case Weighted():
            weights = node.weighted.weights
            return weighted(node.weighted.quota, weights.values(), [Voter(a) for a in weights])
    return TRUE


def _voters(case: Case, voters: MembersOf | tuple[Node, ...]) -> list[Formula]:
    if isinstance(voters, MembersOf):
        return [Voter(member) for member in case.actor_of[voters.members_of].members or ()]
    return [_formula(case, node) for node in voters if not isinstance(node, Fact)]
