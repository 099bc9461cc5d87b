"""What reading proposes for a case: a file for each document, beside the case and never in it.

``proposals/NAME-CHECKSUM.json`` holds the document's text, so that every place stays right, and one
item for each attribution. What a person decides is kept apart
(:mod:`detente.reading.review.decisions`), and the proposals stay as they were read.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.case.case import Case
from detente.case.write import write_text
from detente.errors import RequestError
from detente.reading.as_data import read_data
from detente.reading.engines import Engine
from detente.reading.read import Read, Said, read_document
from detente.reading.review.about import Subjects, places_of
from detente.reading.spans import words_in
from detente.reading.speakers.known import Known
from detente.text.names import slug_of

__all__ = ["Item", "Proposals", "load_proposals", "proposals_data", "propose"]

FOLDER = "proposals"

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """One proposed statement.

    Parameters
    ----------
    id
        Of the document and the item: ``NAME-CHECKSUM#3``.
    content, source, cue
        The words; the places of all of them in ``spans``.
    passage
        From the first of its words to the last.
    about
        Guess of what it is about, as in a statement; empty if there is none.
    stance_share
        How likely the network holds the stance; None where the table of phrases tells it.
    told_by
        Who says that this was said, where it stands within the words of another; None elsewhere.
    new
        Whether the speaker is a name that the case does not have.
    """

    id: str
    content: str
    source: str | None
    cue: str | None
    kind: str
    speaker: str | None
    unnamed: bool
    person: str | None
    actor: str | None
    stance: int | None
    condition: str | None
    decided_by: tuple[tuple[int, int], ...]
    spans: tuple[tuple[int, int], ...]
    passage: tuple[int, int]
    about: dict[str, str]
    stance_share: float | None = None
    told_by: str | None = None
    new: bool = False

    @property
    def concerns_case(self) -> bool:
        """Whether it names somebody of the case, or something the case is about."""
        return bool(self.about or self.person or self.actor)


@dataclass(frozen=True, slots=True)
class Proposals:
    """What was read in one document, as it is kept.

    Parameters
    ----------
    id
        Name of its file.
    points, quantities, places
        As data for JSON, each with what it is ``about``.
    same_as
        Other proposals that were read from the same text.
    """

    id: str
    document: str
    sha256: str
    text: str
    title: str | None
    date: datetime.date | None
    author: str | None
    outlet: str | None
    notes: tuple[str, ...]
    items: tuple[Item, ...]
    points: tuple[Data, ...]
    quantities: tuple[Data, ...]
    places: tuple[Data, ...] = ()
    same_as: tuple[str, ...] = ()

    @property
    def new_speakers(self) -> tuple[str, ...]:
        """Names of those who speak and are nobody of the case, each once."""
        return tuple(
            dict.fromkeys(
                item.speaker or "" for item in self.items
                if item.new or (item.speaker and not (item.person or item.actor or item.unnamed))
            )
        )  # fmt: skip


def propose(case: Case, path: Path, engine: Engine) -> Proposals:
    """Return what a document proposes, after writing it into the folder of the case.

    A document whose text was read before is written again with what is known now.

    Raises
    ------
    RequestError
        If the case has no folder, or the document cannot be read.
    """
    folder = _folder(case)
    read = read_document(path, engine, Known(case), known_places=places_of(case))
    name = f"{slug_of(path.stem, otherwise='document')}-{read.document.sha256[:8]}"
    same = tuple(
        each.id for each in load_proposals(case)
        if each.sha256 == read.document.sha256 and each.id != name
    )  # fmt: skip
    subjects = Subjects(case)
    data = read_data(read, with_text=True) | {
        "items": [each for said in read.said for each in _items_data(read, said, subjects)]
    }
    del data["attributions"]
    text = read.document.text
    for each in data["points"]:
        each["about"] = subjects.find(each["text"], read.document.date, text)
    for each in (*data["quantities"], *data["places"]):
        each["about"] = subjects.find(_sentence(text, *each["span"]), read.document.date, text)
    write_text(folder / f"{name}.json", json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    return _proposals(name, data, same)


_STOP = re.compile(r"[.!?;]\s|\n\s*\n")
_AROUND = 300


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence, more or less, in which a place lies."""
    before = [found.end() for found in _STOP.finditer(text, max(0, start - _AROUND), start)]
    after = _STOP.search(text, end, end + _AROUND)
    first = before[-1] if before else max(0, start - _AROUND)
    return text[first : after.start() if after else end + _AROUND]


def _folder(case: Case) -> Path:
    if case.folder is None:
        raise RequestError("The case has no folder; save it before reading for it.")
    return case.folder / FOLDER


def _items_data(read: Read, said: Said, subjects: Subjects) -> Iterator[Data]:
    """Yield what a speaker says, then what others are told to say within it."""
    outer = _item_data(read, said, subjects)
    yield outer
    for each in said.nested:
        yield _item_data(read, each, subjects) | {
            "told_by": outer["speaker"] or outer["source"] or "somebody not named"
        }


def _item_data(read: Read, said: Said, subjects: Subjects) -> Data:
    text, each, start = read.document.text, said.attribution, said.passage[0]
    condition = said.stance.condition

    content = words_in(text, each.content)
    return {
        "content": content,
        "source": words_in(text, each.source) or None,
        "cue": words_in(text, each.cue) or None,
        "kind": said.kind,
        "speaker": said.speaker.name,
        "unnamed": said.speaker.unnamed,
        "person": said.speaker.person,
        "actor": said.speaker.actor,
        "new": said.speaker.new,
        "stance": said.stance.level,
        "stance_share": said.stance.share,
        "condition": condition and text[start + condition[0] : start + condition[1]],
        "decided_by": [[start + first, start + last] for first, last in said.stance.deciding],
        "spans": [list(span) for span in (*each.source, *each.cue, *each.content)],
        "passage": list(said.passage),
        "about": subjects.find(content, read.document.date, text),
    }


def load_proposals(case: Case) -> Iterator[Proposals]:
    """Yield the proposals kept for a case, by name.

    Raises
    ------
    RequestError
        If a file of theirs is not what reading wrote.
    """
    for path in sorted(_folder(case).glob("*.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            yield _proposals(path.stem, data, ())
        except (ValueError, KeyError, TypeError, AttributeError):
            raise RequestError(
                f"{path}: is no file of proposals; read the document again with detente read."
            ) from None


def _proposals(name: str, data: Data, same: tuple[str, ...]) -> Proposals:
    day = data["date"]
    return Proposals(
        name,
        data["document"],
        data["sha256"],
        data["text"],
        data["title"],
        None if day is None else datetime.date.fromisoformat(day),
        data["author"],
        data["outlet"],
        tuple(data["notes"]),
        tuple(_item(f"{name}#{number}", each) for number, each in enumerate(data["items"], 1)),
        tuple(data["points"]),
        tuple(data["quantities"]),
        tuple(data.get("places", ())),
        same,
    )


_WORDS = (str, type(None))
_KINDS: dict[str, type | tuple[type, ...]] = {
    "content": str, "source": _WORDS, "cue": _WORDS, "kind": str, "speaker": _WORDS,
    "unnamed": bool, "person": _WORDS, "actor": _WORDS, "stance": (int, type(None)),
    "condition": _WORDS,
}  # fmt: skip


def _item(name: str, data: Data) -> Item:
    def spans(key: str) -> tuple[tuple[int, int], ...]:
        return tuple((int(first), int(last)) for first, last in data[key])

    plain = {key: data[key] for key in _KINDS}
    for key, kind in _KINDS.items():
        if not isinstance(data[key], kind):
            raise TypeError(key)
    first, last = data["passage"]
    return Item(
        name, **plain, decided_by=spans("decided_by"), spans=spans("spans"),
        passage=(int(first), int(last)), about=dict(data["about"]),
        stance_share=data.get("stance_share"), told_by=data.get("told_by"),
        new=data.get("new") is True,
    )  # fmt: skip


def proposals_data(proposals: Proposals) -> Data:
    """Return proposals as data for JSON, without the text."""
    return {
        "id": proposals.id,
        "document": proposals.document,
        "sha256": proposals.sha256,
        "title": proposals.title,
        "date": None if proposals.date is None else proposals.date.isoformat(),
        "same_as": list(proposals.same_as),
        "notes": list(proposals.notes),
        "new_speakers": list(proposals.new_speakers),
        "items": [item_data(each) for each in proposals.items],
        "points": list(proposals.points),
        "quantities": list(proposals.quantities),
        "places": list(proposals.places),
    }


def item_data(item: Item) -> Data:
    """Return a proposed statement as data for JSON."""
    return {
        "id": item.id,
        "source": item.source,
        "cue": item.cue,
        "content": item.content,
        "kind": item.kind,
        "speaker": item.speaker,
        "unnamed": item.unnamed,
        "person": item.person,
        "actor": item.actor,
        "new": item.new,
        "stance": item.stance,
        "stance_share": item.stance_share,
        "condition": item.condition,
        "about": item.about,
        "told_by": item.told_by,
        "spans": [list(span) for span in item.spans],
    }
