"""Deciding on proposals: the case that follows from what a person accepts, merges or rejects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from detente.case.case import Case
from detente.case.records import Person, Source, Statement, several
from detente.errors import RequestError
from detente.reading.review.decisions import Decision
from detente.reading.review.kept import KeptCase
from detente.reading.review.made import (
    exchanged,
    reason_of,
    refuse_unknown,
    taken_back,
    with_sources,
)
from detente.reading.review.proposals import Item, Proposals, load_proposals
from detente.reading.review.same import may_be_same
from detente.reading.speakers.known import Known
from detente.text.names import free_name, line_of, slug_of
from detente.text.nearest import suggest

__all__ = ["Review"]

Data = dict[str, Any]


class Review:
    """Proposals of a case in their order, with what was decided.

    Parameters
    ----------
    case
        With a folder; every decision is written there at once.
    document
        Part of the name of the documents that are looked at; all if None.
    everything
        Also what names nobody of the case and nothing it is about.

    Raises
    ------
    RequestError
        If the proposals, or the log of decisions, cannot be read.
    """

    def __init__(
        self, case: Case, document: str | None = None, *, everything: bool = False
    ) -> None:
        self._kept = KeptCase(case)
        self._document = document
        self.proposals = {
            each.id: each for each in load_proposals(case)
            if document is None or document in (each.id, each.document) or
            Path(each.document).name == Path(document).name
        }  # fmt: skip
        if document is not None and not self.proposals:
            known = [Path(each.document).name for each in load_proposals(case)]
            raise RequestError(
                f"Nothing was read from '{document}'{suggest(Path(document).name, known)}"
            )
        self.items = [
            item for each in self.proposals.values() for item in each.items
            if everything or item.concerns_case
        ]  # fmt: skip

    @property
    def case(self) -> Case:
        """The case as it is by now."""
        return self._kept.case

    @property
    def decided(self) -> list[Decision]:
        """Decisions that stand, on all documents, in their order."""
        return self._kept.decided

    @property
    def open(self) -> list[Item]:
        """Proposals that nobody decided on, also if the document was read again since."""
        return [item for item in self.items if self._decided(item) is None]

    def of(self, item: Item) -> Proposals:
        """Return the document of a proposal."""
        return self.proposals[_document(item.id)]

    def who(self, item: Item) -> tuple[str | None, tuple[str, ...]]:
        """Return the person and the actors that a proposal comes from, as far as they are known.

        Who was not of the case when the document was read may be now.
        """
        person, actor = item.person, item.actor
        if not (person or actor or item.unnamed) and item.speaker:
            person, actor = Known(self.case).find(item.speaker)
        if person is not None and person in self.case.person_of:
            return person, self.case.person_of[person].represents
        return None, (actor,) if actor is not None and actor in self.case.actor_of else ()

    def alike(self, item: Item) -> list[str]:
        """Return ids of statements that may be the same one in another outlet, likeliest first.

        Those made of proposals with words very like its own, then those by the same speaker or
        actor about the same, within three days, whose gist shares words with it.
        """
        said: dict[str, list[str]] = {}
        for each in self.decided:
            if each.statement:
                said.setdefault(each.statement, []).append(str(each.label.get("content", "")))
        who, day = self.who(item), self.of(item).date
        found = [
            each for each in self.case.statements
            if may_be_same(item, each, who, day, said.get(each.id, ()))
        ]  # fmt: skip
        return [each.id for each in sorted(found, key=lambda each: each.id not in said)]

    def _decided(self, item: Item) -> Decision | None:
        spans = [list(span) for span in item.spans]
        for each in self.decided:
            if _document(each.item) == _document(item.id):
                kept = each.label.get("spans")
                if each.item == item.id if kept is None else list(map(list, kept)) == spans:
                    return each
        return None

    # --- deciding ---

    def missing(self, item: Item, changes: Mapping[str, Any] | None = None) -> list[str]:
        """Return what a proposal lacks before it can be a statement, in words."""
        values = self._values(item, changes or {})
        lacks = []
        if not values.get("speaker") and not values.get("actor"):
            lacks.append("who it is (speaker or actor)")
        if not values.get("about"):
            lacks.append("what it is about (point or draft)")
        if values.get("stance") is None:
            lacks.append("the stance (-3 to 3)")
        if not values.get("date"):
            lacks.append("the date")
        return lacks

    def accept(self, item: Item, changes: Mapping[str, Any] | None = None) -> Statement:
        """Make a statement of a proposal, with its source, and return it.

        Parameters
        ----------
        changes
            Values of the statement that differ from what is proposed; ``person`` with a name makes
            a new person of it. So does a proposal that names somebody new who speaks for an actor.

        Raises
        ------
        RequestError
            If something is missing, or a value is not possible. Nothing is written then.
        """
        with self._alone(item):
            case, made, changes = self.case, {}, dict(changes or {})
            if item.new and item.actor and not changes.keys() & {"person", "speaker", "actor"}:
                changes |= {"person": item.speaker, "actor": item.actor}
            if name := changes.pop("person", None):
                person = self._person(name, changes)
                if person.id not in case.person_of:
                    case = replace(case, people=(*case.people, person))
                    made["person"] = person.id
                changes["speaker"] = person.id
            if lacks := self.missing(item, changes):
                raise RequestError(f"'{item.id}' lacks {', '.join(lacks)}.")
            case, source = self._with_source(case, item, made)
            values = self._values(item, changes) | {"source": source}
            statement = self._statement(item, values, case)
            made["statement"] = statement.id
            case = replace(case, statements=(*case.statements, statement))
            label = self._label(item, values)
            self._kept.keep(
                case, Decision("accepted", item.id, statement.id, made, source, label=label)
            )
        return statement

    def merge(self, item: Item, statement: str) -> Statement:
        """Give a statement of the case the document of a proposal as one more source.

        Raises
        ------
        RequestError
            If the case has no such statement.
        """
        with self._alone(item):
            known = {each.id: each for each in self.case.statements}
            if statement not in known:
                raise RequestError(
                    f"The case has no statement '{statement}'{suggest(statement, known)}"
                )
            made: dict[str, str] = {}
            old = new = known[statement]
            case, source = self._with_source(self.case, item, made)
            if source not in old.sources:
                new = with_sources(old, (*old.sources, source))
            label = self._label(item, {})
            self._kept.keep(
                exchanged(case, old, new),
                Decision("merged", item.id, statement, made, source, old.source, label),
            )
        return new

    def reject(self, item: Item) -> None:
        """Leave a proposal out; it is not shown again.

        Raises
        ------
        RequestError
            If it was decided on already.
        """
        with self._alone(item):
            self._kept.write(Decision("rejected", item.id, label=self._label(item, {})))

    def undo(self) -> Decision | None:
        """Take the last decision back, with what was made for it; None if there is none.

        If a document is named, the last one on what was read from it.

        Raises
        ------
        RequestError
            If something in the case rests on what would go.
        """
        with self._kept.alone():
            last = next((each for each in reversed(self.decided) if self._is_mine(each)), None)
            if last is None:
                return None
            self._refuse_merged(last)
            undone = Decision("undone", last.item, last.statement)
            if last.kind == "rejected":
                self._kept.write(undone)
            else:
                self._kept.keep(taken_back(self.case, last), undone)
            return last

    def _is_mine(self, decision: Decision) -> bool:
        return self._document is None or _document(decision.item) in self.proposals

    def _refuse_merged(self, decision: Decision) -> None:
        """Refuse to take a statement back that carries one of another document by now."""
        if decision.kind != "accepted":
            return
        for each in self.decided:
            if each.kind == "merged" and each.statement == decision.statement:
                raise RequestError(
                    f"'{decision.item}' cannot be taken back: '{each.item}' was merged with it; "
                    "take that back first."
                )

    # --- records ---

    def _values(self, item: Item, changes: Mapping[str, Any]) -> Data:
        day = self.of(item).date
        person, actors = self.who(item)
        if changes.keys() & {"actor", "speaker"}:
            person = changes.get("speaker")
            known = self.case.person_of.get(person) if isinstance(person, str) else None
            actors = () if known is None else known.represents
        values: Data = {
            "actor": actors[0] if len(actors) == 1 else actors,
            "speaker": person,
            "date": None if day is None else day.isoformat(),
            "about": dict(item.about),
            "stance": item.stance,
            "condition": item.condition and line_of(item.condition),
            "gist": line_of(item.content + (f" (told by {item.told_by})" if item.told_by else "")),
        }
        values |= {key: each for key, each in changes.items() if (key, each) != ("actor", None)}
        return {key: each for key, each in values.items() if each not in (None, {}, (), "")}

    def _statement(self, item: Item, values: Data, case: Case) -> Statement:
        refuse_unknown(case, values)
        who = values.get("speaker") or values["actor"]
        known = {each.id for each in case.statements}
        name = free_name(f"{several(who)[0]}-{values['date']}", known)
        try:
            return Statement.model_validate({"id": name, "span": item.passage, **values})
        except ValidationError as error:
            raise RequestError(f"'{item.id}': {reason_of(error)}") from None

    def _with_source(self, case: Case, item: Item, made: dict[str, str]) -> tuple[Case, str]:
        """The case with the document of a proposal among its sources, and the id it has there."""
        document = self.of(item)
        for source in case.sources:
            if source.sha256 == document.sha256:
                return case, source.id
        outlet = line_of(document.outlet or Path(document.document).stem) or "document"
        day = None if document.date is None else document.date.isoformat()
        name = free_name(slug_of(f"{outlet} {day or document.sha256[:8]}"), set(case.source_of))
        values = {
            "id": name,
            "outlet": outlet,
            "date": day,
            "title": line_of(document.title or ""),
            "author": line_of(document.author or ""),
            "sha256": document.sha256,
        }
        source = Source.model_validate({key: each for key, each in values.items() if each})
        made["source"] = name
        return replace(case, sources=(*case.sources, source)), name

    def _person(self, name: str, changes: Mapping[str, Any]) -> Person:
        """Who bears that name in the case, or a new person."""
        for each in self.case.people:
            if each.name == name:
                return each
        refuse_unknown(self.case, {"actor": changes.get("actor")})
        ids = {*self.case.person_of, *self.case.actor_of}
        values: Data = {"id": free_name(slug_of(name), ids), "name": name}
        if changes.get("actor"):
            values["speaks_for"] = changes["actor"]
        try:
            return Person.model_validate(values)
        except ValidationError as error:
            raise RequestError(f"'{name}' cannot be a person: {reason_of(error)}") from None

    @staticmethod
    def _label(item: Item, values: Data) -> Data:
        proposed = asdict(item)
        made = {"made": values} if values else {}
        return proposed | made

    @contextmanager
    def _alone(self, item: Item) -> Iterator[None]:
        """Decide on a proposal while nobody else does, if it was not decided on already."""
        with self._kept.alone():
            if (known := self._decided(item)) is not None:
                raise RequestError(f"'{item.id}' was {known.kind} already; undo that first.")
            yield


def _document(item: str) -> str:
    return item.rpartition("#")[0]
