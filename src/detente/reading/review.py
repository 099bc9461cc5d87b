"""Deciding on proposals: the case that follows from what a person accepts, merges or rejects."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from filelock import FileLock
from pydantic import ValidationError

from detente.case.case import Case
from detente.case.load import load
from detente.case.records import Person, Source, Statement, several
from detente.case.write import save
from detente.errors import DetenteError, RequestError
from detente.reading.decisions import Decision, read_decisions, write_decision
from detente.reading.proposals import Item, Proposals, load_proposals
from detente.text.nearest import suggest

__all__ = ["Review"]

_ALIKE, _SHARED = 0.6, 0.5
"""Shares of words: of both together, and of the shorter one."""

_MOST_DAYS = 3

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
        if case.folder is None:
            raise RequestError("The case has no folder; save it before reading for it.")
        self.case = case
        self.folder = case.folder
        self.decided = read_decisions(self.folder)
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
    def open(self) -> list[Item]:
        """Proposals that nobody decided on."""
        done = {each.item for each in self.decided}
        return [item for item in self.items if item.id not in done]

    def of(self, item: Item) -> Proposals:
        """Return the document of a proposal."""
        return self.proposals[item.id.rpartition("#")[0]]

    # --- what is there already ---

    def alike(self, item: Item) -> list[str]:
        """Return ids of statements that may be the same one in another outlet, likeliest first.

        Those made of proposals with words very like its own, then those by the same speaker or
        actor about the same, within three days, whose gist shares words with it.
        """
        words = _words(item.content)
        found = [
            each.statement for each in self.decided
            if each.statement and _alike(words, _words(each.label.get("content", "")))
        ]  # fmt: skip
        found += [each.id for each in self.case.statements if self._same(item, words, each)]
        known = {statement.id for statement in self.case.statements}
        return [each for each in dict.fromkeys(found) if each in known]

    def _same(self, item: Item, words: frozenset[str], statement: Statement) -> bool:
        day = self.of(item).date
        if day is None or not {*statement.actors, *statement.speakers} & {item.actor, item.person}:
            return False
        about = {(each.draft, each.point) for each in statement.targets}
        gist = _words(statement.gist)
        return (
            (item.about.get("draft"), item.about.get("point")) in about
            and _days_apart(str(statement.date), day.isoformat()) <= _MOST_DAYS
            and len(words & gist) >= _SHARED * min(len(words), len(gist))
        )

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
            a new person of it.

        Raises
        ------
        RequestError
            If something is missing, or a value is not possible. Nothing is written then.
        """
        changes = dict(changes or {})
        made: dict[str, str] = {}
        case = self.case
        if name := changes.pop("person", None):
            person = self._person(name, changes.get("actor"))
            case = replace(case, people=(*case.people, person))
            made["person"] = person.id
            changes |= {"speaker": person.id, "actor": None}
        if lacks := self.missing(item, changes):
            raise RequestError(f"'{item.id}' lacks {', '.join(lacks)}.")
        source = self._source(item)
        if source.id not in case.source_of:
            case = replace(case, sources=(*case.sources, source))
            made["source"] = source.id
        values = self._values(item, changes) | {"source": source.id}
        statement = self._statement(item, values)
        made["statement"] = statement.id
        case = replace(case, statements=(*case.statements, statement))
        self._keep(
            case, Decision("accepted", item.id, statement.id, made, self._label(item, values))
        )
        return statement

    def merge(self, item: Item, statement: str) -> Statement:
        """Give a statement of the case the document of a proposal as one more source.

        Raises
        ------
        RequestError
            If the case has no such statement.
        """
        known = {each.id: each for each in self.case.statements}
        if statement not in known:
            raise RequestError(
                f"The case has no statement '{statement}'{suggest(statement, known)}"
            )
        old, source, made = known[statement], self._source(item), {}
        case = self.case
        if source.id not in case.source_of:
            case = replace(case, sources=(*case.sources, source))
            made["source"] = source.id
        new = old.model_copy(
            update={"source": tuple(dict.fromkeys((*several(old.source), source.id)))}
        )
        if new.source == several(old.source):
            new = old
        case = replace(
            case, statements=tuple(new if each is old else each for each in case.statements)
        )
        self._keep(case, Decision("merged", item.id, statement, made, self._label(item, {})))
        return new

    def reject(self, item: Item) -> None:
        """Leave a proposal out; it is not shown again."""
        self._log(Decision("rejected", item.id, label=self._label(item, {})))

    def undo(self) -> Decision | None:
        """Take the last decision back, with what was made for it; None if there is none."""
        if not self.decided:
            return None
        last = self.decided[-1]
        case = self.case
        if last.kind == "accepted":
            gone = last.made.get("statement")
            case = replace(
                case,
                statements=tuple(each for each in case.statements if each.id != gone),
                people=tuple(each for each in case.people if each.id != last.made.get("person")),
            )
        elif last.kind == "merged":
            name = self._source(self._item(last.item)).id
            case = replace(
                case,
                statements=tuple(
                    _without_source(each, name) if each.id == last.statement else each
                    for each in case.statements
                ),
            )
        used = {name for each in case.statements for name in several(each.source)}
        made = last.made.get("source")
        if made is not None and made not in used:
            case = replace(case, sources=tuple(each for each in case.sources if each.id != made))
        self._keep(case, Decision("undone", last.item, last.statement))
        return last

    # --- records ---

    def _values(self, item: Item, changes: Mapping[str, Any]) -> Data:
        day = self.of(item).date
        values: Data = {
            "actor": None if item.person else item.actor,
            "speaker": item.person,
            "date": None if day is None else day.isoformat(),
            "about": dict(item.about),
            "stance": item.stance,
            "condition": item.condition,
            "gist": " ".join(item.content.split()),
        }
        if "actor" in changes or "speaker" in changes:
            values |= {"actor": None, "speaker": None}
        values |= changes
        return {key: value for key, value in values.items() if value is not None and value != {}}

    def _statement(self, item: Item, values: Data) -> Statement:
        start, end = item.passage
        known = {each.id for each in self.case.statements}
        who = values.get("speaker") or values["actor"]
        name = _free(f"{several(who)[0]}-{values['date']}", known)
        try:
            return Statement.model_validate({"id": name, "span": (start, end), **values})
        except ValidationError as error:
            details = error.errors()[0]
            place = ".".join(str(each) for each in details["loc"])
            raise RequestError(f"'{item.id}': '{place}': {details['msg']}.") from None

    def _source(self, item: Item) -> Source:
        document = self.of(item)
        for source in self.case.sources:
            if source.sha256 == document.sha256:
                return source
        outlet = document.outlet or Path(document.document).stem
        day = None if document.date is None else document.date.isoformat()
        name = _free(_slugged(f"{outlet}-{day or document.sha256[:8]}"), set(self.case.source_of))
        values = {
            "id": name,
            "outlet": outlet,
            "date": day,
            "title": document.title,
            "author": document.author,
            "sha256": document.sha256,
        }
        return Source.model_validate({key: each for key, each in values.items() if each})

    def _person(self, name: str, actor: str | None) -> Person:
        ids = {each.id for each in self.case.people} | {each.id for each in self.case.actors}
        values: Data = {"id": _free(_slugged(name), ids), "name": name}
        return Person.model_validate(values | ({"speaks_for": actor} if actor else {}))

    def _item(self, name: str) -> Item:
        for each in load_proposals(self.case):
            self.proposals.setdefault(each.id, each)
            for item in each.items:
                if item.id == name:
                    return item
        raise RequestError(f"There is no proposal '{name}' any more.")

    @staticmethod
    def _label(item: Item, values: Data) -> Data:
        proposed = asdict(item)
        made = {"made": values} if values else {}
        return proposed | made

    # --- writing ---

    def _keep(self, case: Case, decision: Decision) -> None:
        with FileLock(self.folder / ".proposals.lock"):
            before = self.case
            try:
                save(case, self.folder)
                self.case = load(self.folder)
            except DetenteError as wrong:
                save(before, self.folder)
                raise RequestError(f"'{decision.item}' cannot be taken in: {wrong}") from None
            self._write(decision)

    def _log(self, decision: Decision) -> None:
        with FileLock(self.folder / ".proposals.lock"):
            self._write(decision)

    def _write(self, decision: Decision) -> None:
        write_decision(self.folder, decision)
        self.decided = read_decisions(self.folder)


def _without_source(statement: Statement, name: str) -> Statement:
    left = tuple(each for each in several(statement.source) if each != name)
    return statement.model_copy(update={"source": left if len(left) != 1 else left[0]})


def _words(text: str) -> frozenset[str]:
    return frozenset(
        "".join(letter if letter.isalnum() else " " for letter in text.lower()).split()
    )


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * max(len(one | other), 4)


def _days_apart(one: str, other: str) -> int:
    try:
        days = [datetime.date.fromisoformat(each[:10]) for each in (one, other)]
    except ValueError:
        return 1_000
    return abs((days[0] - days[1]).days)


def _slugged(words: str) -> str:
    return "-".join("".join(
        letter if letter.isalnum() and letter.isascii() else " " for letter in words.lower()
    ).split())[:60] or "unnamed"  # fmt: skip


def _free(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"
