"""Records and names for what a person decides on proposals, and the case with them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from pydantic import ValidationError

from detente.case.case import Case
from detente.case.records import Person, Source, Statement, several
from detente.errors import RequestError
from detente.reading.review.decisions import Decision
from detente.text.nearest import suggest

__all__ = [
    "exchanged", "reason_of", "refuse_unknown", "taken_back",
    "with_sources",
]  # fmt: skip

Data = dict[str, Any]
_R = TypeVar("_R", Person, Source, Statement)


def taken_back(case: Case, decision: Decision) -> Case:
    """Return the case without what was made for a decision; what is gone already may be gone.

    A source that other statements have by now stays.
    """
    if decision.kind == "accepted":
        case = replace(
            case,
            statements=_without(case.statements, decision.made.get("statement")),
            people=_without(case.people, decision.made.get("person")),
        )
    for each in case.statements:
        if decision.kind == "merged" and each.id == decision.statement:
            case = exchanged(case, each, _unmerged(each, decision))
    source = decision.made.get("source")
    if any(source in each.sources for each in case.statements):
        return case
    return replace(case, sources=_without(case.sources, source))


def _without(records: tuple[_R, ...], name: str | None) -> tuple[_R, ...]:
    return tuple(each for each in records if each.id != name)


def exchanged(case: Case, old: Statement, new: Statement) -> Case:
    """Return the case with a statement exchanged for another."""
    return replace(case, statements=tuple(new if each is old else each for each in case.statements))


def with_sources(statement: Statement, names: str | tuple[str, ...] | None) -> Statement:
    """Return a statement with other sources."""
    found = statement.model_copy(update={"source": names})
    if names is None:
        found.model_fields_set.discard("source")
    return found


def _unmerged(statement: Statement, merge: Decision) -> Statement:
    """The statement as it was before a merge."""
    before = merge.before if isinstance(merge.before, str | None) else tuple(merge.before)
    if merge.source in several(before):
        return statement
    left = tuple(each for each in statement.sources if each != merge.source)
    return with_sources(statement, before if left == several(before) else left or None)


def refuse_unknown(case: Case, values: Data) -> None:
    """Refuse a name that the case does not have, and say which is nearest."""
    about = values.get("about")
    parts = [about] if isinstance(about, dict) else about or ()
    asked = [("actor", values.get("actor")), ("person", values.get("speaker"))]
    asked += [(key, each.get(key)) for each in parts for key in ("point", "draft")]
    known: dict[str, list[str]] = {
        "actor": list(case.actor_of),
        "person": list(case.person_of),
        "point": list(case.point_of),
        "draft": [draft.id for draft in case.drafts],
    }
    for kind, given in asked:
        for name in several(given):
            if name not in known[kind]:
                raise RequestError(f"The case has no {kind} '{name}'{suggest(name, known[kind])}")


def reason_of(error: ValidationError) -> str:
    """Return what a record cannot hold, in one sentence."""
    details = error.errors()[0]
    words = str(details.get("ctx", {}).get("error", details["msg"])).rstrip(".")
    where = next((each for each in details["loc"] if isinstance(each, str)), "this")
    return f"'{where}' cannot be '{details['input']}': {words[:1].lower()}{words[1:]}."
