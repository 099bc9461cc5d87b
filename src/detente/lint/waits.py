"""Who waits for whom: what can come at all, and which norms wait for one another.

Every norm has *nodes*: that it starts, is performed, broken, lapses, is void. A node can come if
one of its alternatives has come as a whole; events and dates can always come. What can come is the
least set closed under this. Whatever is outside can never come, and the circles in it are those in
which each waits for the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from detente.enactment.compiled import NEVER, Kind, MomentKind, State
from detente.lint.subject import Clause, Subject
from detente.text.yaml import Way

__all__ = ["Node", "Waits", "clauses_of", "find_waits", "guard_words"]

What = Literal["starts", "performed", "broken", "lapses", "void", "guard", "moment"]
Node = tuple[What, int]
"""What happens, and the norm, guard or moment to which it happens."""

_ALWAYS: tuple[tuple[Node, ...], ...] = ((),)
_FREE = 1 << State.DORMANT | 1 << State.WAIVED


@dataclass(frozen=True)
class Waits:
    """The graph of what waits for what.

    Parameters
    ----------
    alternatives
        By node: sets of nodes, of which one must have come as a whole.
    clauses
        What each clause makes a norm wait for: node of the norm, node waited for, the clause.
    """

    alternatives: dict[Node, tuple[tuple[Node, ...], ...]]
    clauses: tuple[tuple[Node, Node, Clause], ...]

    def can_come(self, without: Iterable[Node] = (), *, open_: Iterable[Node] = ()) -> set[Node]:
        """Return every node that can come.

        Parameters
        ----------
        without
            Nodes that are taken never to come.
        open_
            Nodes that are taken to have come.
        """
        never = set(without)
        users: dict[Node, list[tuple[Node, int]]] = {}
        missing: dict[tuple[Node, int], int] = {}
        ready = [node for node in open_ if node not in never]
        for node, choices in self.alternatives.items():
            for number, choice in enumerate(choices):
                missing[node, number] = len(set(choice))
                for other in set(choice):
                    users.setdefault(other, []).append((node, number))
                if not choice:
                    ready.append(node)
        come: set[Node] = set()
        while ready:
            node = ready.pop()
            if node in come or node in never:
                continue
            come.add(node)
            for user in users.get(node, ()):
                missing[user] -= 1
                if not missing[user]:
                    ready.append(user[0])
        return come


def find_waits(subject: Subject) -> Waits:
    """Return what waits for what in an agreement."""
    found: dict[Node, tuple[tuple[Node, ...], ...]] = {}
    agreement = subject.agreement
    guards = 0
    for place, moment in enumerate(agreement.moments):
        found["moment", place] = _moment(subject, place)
        if moment.kind is MomentKind.ANY:
            found["moment", place] = tuple((("moment", part),) for part in moment.parts)
        elif moment.kind is MomentKind.ALL:
            found["moment", place] = (tuple(("moment", part) for part in moment.parts),)
    for place, norm in enumerate(agreement.norms):
        mine: list[Node] = []
        for guard in norm.guards:
            found["guard", guards] = (
                _states(subject, guard.norm, guard.states) if guard.norm != NEVER else _ALWAYS
            )
            mine.append(("guard", guards))
            guards += 1
        starts: list[Node] = [] if norm.trigger == NEVER else [("moment", norm.trigger)]
        starts += [_result(other, broken=broken) for other, broken, _ in subject.starters[place]]
        found["starts", place] = tuple((start, *mine) for start in starts)
        found["performed", place] = _performed(subject, place)
        found["broken", place] = ((("starts", place),),)
        found["lapses", place] = _lapses(subject, place)
        found["void", place] = tuple(
            (_result(other, broken=broken),) for other, broken, _ in subject.voiders[place]
        )
    return Waits(found, tuple(clauses_of(subject)))


def _moment(subject: Subject, place: int) -> tuple[tuple[Node, ...], ...]:
    moment = subject.agreement.moments[place]
    if moment.kind is MomentKind.NORM:
        return () if moment.ref == NEVER else _states(subject, moment.ref, moment.states)
    return _ALWAYS


def _result(norm: int, *, broken: bool) -> Node:
    return ("broken" if broken else "performed", norm)


def _states(subject: Subject, norm: int, states: int) -> tuple[tuple[Node, ...], ...]:
    """What must come for a norm to be in one of the states."""
    if states & _FREE:
        return _ALWAYS
    found: list[Node] = []
    kind = subject.agreement.norms[norm].kind
    if states & (1 << State.IN_FORCE | 1 << State.SUSPENDED):
        found.append(("starts", norm))
    if states & 1 << State.FULFILLED and kind not in (Kind.PROHIBITION, Kind.CAP):
        found.append(("performed", norm))
    if states & 1 << State.CURED:
        # what is performed late is performed, and needs the same
        lasting = kind in (Kind.PROHIBITION, Kind.CAP)
        found.append(("broken" if lasting else "performed", norm))
    if states & 1 << State.VIOLATED:
        found.append(("broken", norm))
    if states & 1 << State.LAPSED:
        found.append(("lapses", norm))
    if states & 1 << State.VOID:
        found.append(("void", norm))
    return tuple((node,) for node in dict.fromkeys(found))


def _performed(subject: Subject, place: int) -> tuple[tuple[Node, ...], ...]:
    norm = subject.agreement.norms[place]
    needs: list[Node] = [("starts", place), *(("moment", each) for each in norm.requires)]
    if norm.every is not None and norm.until != NEVER:
        needs.append(("moment", norm.until))
    return (tuple(needs),)


def _lapses(subject: Subject, place: int) -> tuple[tuple[Node, ...], ...]:
    norm = subject.agreement.norms[place]
    found: list[Node] = [] if norm.ends == NEVER else [("moment", norm.ends)]
    found += [_result(other, broken=broken) for other, broken, _ in subject.enders[place]]
    if norm.until != NEVER:
        found.append(("moment", norm.until))
    if norm.default is not None or norm.stages or norm.due_within is not None:
        found.append(("starts", place))
    return tuple((node,) for node in found)


def clauses_of(subject: Subject) -> Iterable[tuple[Node, Node, Clause]]:
    """Yield for every clause that makes a norm wait: its node, the node waited for, the clause."""
    names, guards = subject.agreement.moment_names, 0
    for place, norm in enumerate(subject.agreement.norms):
        name = f"'{norm.id}'"
        if norm.trigger != NEVER:
            words = f"{name} comes into force: {names[norm.trigger]}"
            way = subject.anchors[place]["trigger"][1]
            yield ("starts", place), ("moment", norm.trigger), Clause(place, way, words)
        for other, broken, way in subject.starters[place]:
            act = "breach" if broken else "performance"
            words = f"{name} is started by the {act} of '{subject.norms[other].id}'"
            yield ("starts", place), _result(other, broken=broken), Clause(other, way, words)
        for number in range(len(norm.guards)):
            guard, way = guard_words(subject, place, number)
            words = f"{name} is in force only while {guard}"
            yield ("starts", place), ("guard", guards), Clause(place, way, words)
            guards += 1
        if norm.every is not None and norm.until != NEVER:
            words = f"{name} is done with {names[norm.until]}"
            clause = Clause(place, ("recurring", "until"), words)
            yield ("performed", place), ("moment", norm.until), clause
        if norm.ends != NEVER:
            clause = Clause(place, ("ends",), f"{name} ends: {names[norm.ends]}")
            yield ("lapses", place), ("moment", norm.ends), clause
        for index, moment in enumerate(norm.requires):
            words = f"{name} needs first: {names[moment]}"
            way = ("requires", index)
            yield ("performed", place), ("moment", moment), Clause(place, way, words)


def guard_words(subject: Subject, place: int, number: int) -> tuple[str, Way]:
    """Return a condition of a norm in words, and its key."""
    guard = subject.agreement.norms[place].guards[number]
    if guard.norm == NEVER:
        happened = "has" if guard.happened else "has not"
        words = f"'{subject.agreement.events[guard.event]}' {happened} happened"
    else:
        states = [state.label for state in State if guard.states >> state & 1]
        words = f"'{subject.norms[guard.norm].id}' is {' or '.join(states)}"
    for index, condition in enumerate(subject.norms[place].in_force_when):
        about = condition.event if guard.norm == NEVER else condition.norm
        wanted = (
            subject.agreement.events[guard.event]
            if guard.norm == NEVER
            else subject.norms[guard.norm].id
        )
        if about == wanted:
            return words, ("in_force_when", index)
    return words, ("in_force_when",)
