"""Norms that wait for one another, norms that can never come, deadlines that never begin."""

from __future__ import annotations

from collections.abc import Iterator

from detente.enactment.compiled import NEVER, MomentKind, State
from detente.lint.findings import Finding, the_norms
from detente.lint.graph import strong_parts
from detente.lint.subject import Clause, Subject
from detente.lint.waits import Node, Waits, find_waits

__all__ = ["circular_deadlines", "circular_triggers", "unreachable"]

_BINDING = ("starts", "performed", "broken")

_DONE = 1 << State.FULFILLED | 1 << State.CURED


def _dead_parts(waits: Waits) -> list[tuple[Node, ...]]:
    """The circles among the nodes that can never come; that norms never end is no fault."""
    come = waits.can_come()
    dead = {
        node: [other for choice in choices for other in choice if other not in come]
        for node, choices in waits.alternatives.items()
        if node not in come
    }
    return [part for part in strong_parts(dead) if any(what in _BINDING for what, _ in part)]


def _norms_in(part: tuple[Node, ...]) -> list[int]:
    return sorted({place for what, place in part if what not in ("moment", "guard")})


def circular_triggers(subject: Subject) -> Iterator[Finding]:
    """Yield the sets of norms of which each waits for others in the set, so that none comes."""
    waits = find_waits(subject)
    for part in _dead_parts(waits):
        places, inside = _norms_in(part), set(part)
        links = [link for link in waits.clauses if link[0] in inside and link[1] in inside]
        keys = [link for link in links if _opens(waits, part, link[1])]
        names = [subject.norms[place].id for place in places]
        words = (
            f"{the_norms(names)} wait for one another, and none can be first"
            if len(names) > 1
            else f"'{names[0]}' waits for itself"
        )
        told = "; ".join(_placed(subject, clause) for _, _, clause in links)
        message = f"{words}: {told}." if told else f"{words}."
        if len(keys) == len(links) > 1:
            message += " The circle opens without any one of these clauses."
        elif keys and len(links) > 1:
            ways = " or ".join(_placed(subject, clause) for _, _, clause in keys)
            message += f" The circle opens without one clause: {ways}."
        first = next((clause for _, _, clause in keys or links), Clause(places[0], (), ""))
        yield _at(subject, first, places, message, tuple(clause for _, _, clause in links))


def _at(
    subject: Subject, first: Clause, places: list[int], message: str, links: tuple[Clause, ...]
) -> Finding:
    found = subject.finding("circular-trigger", message, *places, clauses=links)
    file, line, column = subject.mark(first.norm, *first.way)
    return Finding(found.code, found.message, file, line, column, found.norms, found.clauses)


def _opens(waits: Waits, part: tuple[Node, ...], waited: Node) -> bool:
    """Whether everything in the circle can come if this is not waited for."""
    come = waits.can_come(open_=[waited])
    rest = {node for node in part if node[0] not in ("moment", "guard")}
    return rest <= come


def _placed(subject: Subject, clause: Clause) -> str:
    return f"{clause.words} (line {subject.mark(clause.norm, *clause.way)[1]})"


def unreachable(subject: Subject) -> Iterator[Finding]:
    """Yield norms outside every circle that can never come into force, or never be performed."""
    waits = find_waits(subject)
    come = waits.can_come()
    circular = {place for part in _dead_parts(waits) for place in _norms_in(part)}
    for place, norm in enumerate(subject.norms):
        if place in circular:
            continue
        stuck: Node = ("starts", place)
        what = "can never come into force"
        if stuck in come:
            stuck, what = ("performed", place), "can never be performed"
        if stuck in come:
            continue
        links = [link for link in waits.clauses if link[0] == stuck and link[1] not in come]
        if not links:
            message = f"'{norm.id}' {what}: no norm of this draft starts it."
            yield subject.finding("unreachable", message, place)
            continue
        clause = links[0][2]
        reason = _why(subject, waits, links[0][1], circular)
        clauses = tuple(link[2] for link in links)
        message = f"'{norm.id}' {what}: {clause.words}, and {reason}."
        way = clause.way if clause.norm == place else ()
        yield subject.finding("unreachable", message, place, way=way, clauses=clauses)


def _why(subject: Subject, waits: Waits, waited: Node, circular: set[int]) -> str:
    """Why something that is waited for never comes."""
    if waited[0] == "moment":
        for leaf in subject.leaves(waited[1]):
            moment = subject.agreement.moments[leaf]
            if moment.kind is MomentKind.NORM and moment.ref == NEVER:
                return "that norm is not part of this draft"
    come = waits.can_come()
    dead = [waited]
    for node in dead:
        for choice in waits.alternatives.get(node, ()):
            dead += [other for other in choice if other not in come and other not in dead]
    for what, place in dead:
        if what not in ("moment", "guard") and place in circular:
            return f"'{subject.norms[place].id}' stands on a circle"
    return "that can never come"


def circular_deadlines(subject: Subject) -> Iterator[Finding]:
    """Yield deadlines that begin only when the norm itself, or another such norm, is done."""
    waits = find_waits(subject)
    come = waits.can_come()
    counts: dict[int, list[int]] = {}
    for place, norm in enumerate(subject.agreement.norms):
        if norm.due == NEVER:
            continue
        leaves = [subject.agreement.moments[leaf] for leaf in subject.leaves(norm.due)]
        if all(leaf.kind is MomentKind.NORM and leaf.states & _DONE for leaf in leaves):
            counts[place] = [leaf.ref for leaf in leaves]
        due: Node = ("moment", norm.due)
        if due in come and due not in waits.can_come([("performed", place)]):
            counts[place] = [place]
    for part in strong_parts(counts):
        names = [subject.norms[place].id for place in part]
        words = (
            f"The deadline of '{names[0]}' begins only after '{names[0]}' was performed"
            if len(names) == 1
            else f"The deadlines of {the_norms(names)} each begin when another of them is performed"
        )
        message = f"{words}, so that no day is ever missed."
        yield subject.finding("circular-deadline", message, *part, way=("deadline",))
