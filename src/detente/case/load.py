"""Reading a case folder: all of it, with every fault found named by its place."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from detente.case.case import Case, Entry
from detente.case.check import find_problems
from detente.case.consent import ConsentRule
from detente.case.constraints import Constraint
from detente.case.log import read_log
from detente.case.money import Books
from detente.case.norms import Event, Norm
from detente.case.positions import Positions
from detente.case.preferences import Preferences
from detente.case.records import (
    ActorFile,
    CaseFile,
    Draft,
    Point,
    Ratings,
    Record,
    Source,
    Statement,
)
from detente.case.strategy import Strategy
from detente.errors import CaseError, Problem
from detente.text import yaml
from detente.text.nearest import suggest

_R = TypeVar("_R", bound=Record)

_SUFFIXES = (".yaml", ".yml")
_OTHER_FOLDERS = ("schema", "sources")

__all__ = ["FILES", "FileKind", "load", "parse_folder", "with_texts"]


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file in a case: its name, its record, and whether it lists several.

    ``held`` is where a case holds the records, if not under the name of the file.
    """

    stem: str
    record: type[Record]
    listed: bool
    question: str
    held: str = ""


FILES: tuple[FileKind, ...] = (
    FileKind("case", CaseFile, False, "What is this about, and what are the no-deal scenarios?"),
    FileKind("actors", ActorFile, False, "Who acts, and who speaks for whom?"),
    FileKind("points", Point, True, "What is to be settled, and which options are proposed?"),
    FileKind("drafts", Draft, True, "Which option does each draft take on every point?"),
    FileKind("sources", Source, True, "What was read?"),
    FileKind("statements", Statement, True, "Who said what about which point?"),
    FileKind("ratings", Ratings, False, "What does the analyst assume?"),
    FileKind("consent", ConsentRule, True, "Whose yes is needed, by which rule?"),
    FileKind("constraints", Constraint, True, "Which packages are possible?"),
    FileKind(
        "preferences",
        Preferences,
        True,
        "What is each package worth to whom, where it was asked and not inferred?",
    ),
    FileKind(
        "positions",
        Positions,
        True,
        "Who stands where on a scale, where that is stated and not inferred?",
    ),
    FileKind("strategy", Strategy, True, "What could the parties do instead?"),
    FileKind("money", Books, True, "Who pays what to whom, when, under which draft?", "books"),
    FileKind("norms", Norm, True, "Who owes, may or must not do what, from when, until when?"),
    FileKind("events", Event, True, "What has happened since? Entries are only ever added."),
)


def load(folder: str | os.PathLike[str]) -> Case:
    """Return the case in ``folder``, read and cross-checked.

    Raises
    ------
    CaseError
        With every fault found, each as ``file:line:column: sentence``.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> load(example_folder("ukraine-2025")).draft("e3").date
    '2025-11-23'
    >>> load("no/such/folder")
    Traceback (most recent call last):
    detente.errors.CaseError: no/such/folder: There is no such folder; name a case folder.
    """
    case, problems = parse_folder(Path(folder))
    if problems or case is None:
        raise CaseError(problems)
    return case


def parse_folder(folder: Path) -> tuple[Case | None, tuple[Problem, ...]]:
    """Return the case in ``folder`` as far as it can be read, and all problems found."""
    fault = _folder_fault(folder)
    if fault:
        return None, (fault,)
    problems: list[Problem] = []
    entries: list[Entry] = []
    lost: list[Problem] = []
    for kind, path in _files(folder, problems):
        try:
            if kind.record is Event:
                document, cut = read_log(path, str(path))
                lost.extend(cut)
            else:
                document = yaml.read(path, str(path))
        except CaseError as error:
            problems.extend(error.problems)
            continue
        entries.extend(_records(kind, document, problems))
    if problems:
        return None, tuple(problems)
    case = _assemble(folder, tuple(entries), tuple(lost))
    return case, tuple(find_problems(case))


def with_texts(case: Case, texts: Mapping[Path, str | None]) -> Case:
    """Return a case as it will be read once some of its files are written anew, cross-checked.

    Parameters
    ----------
    case
        As its folder holds it; its other files are not read again.
    texts
        By path inside the folder; None for a file that goes.

    Raises
    ------
    CaseError
        With every fault found.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> case = load(example_folder("minsk-2015"))
    >>> with_texts(case, {Path("case.yaml"): "title: Another title"}).about.title
    'Another title'
    """
    folder = case.folder or Path()
    kinds = {kind.stem: kind for kind in FILES}
    held: dict[str, list[Entry]] = {}
    for entry in case.entries:
        held.setdefault(entry.document.file, []).append(entry)
    problems: list[Problem] = []
    for path, text in texts.items():
        file = str(folder / path)
        held.pop(file, None)
        if text is not None:
            kind = kinds[path.parts[0].partition(".")[0]]
            document = yaml.parse(text.removeprefix("\ufeff"), file)
            held[file] = list(_records(kind, document, problems))
    if problems:
        raise CaseError(problems)
    entries = tuple(entry for file in sorted(held, key=Path) for entry in held[file])
    found = _assemble(folder, entries, case.lost)
    if faults := tuple(find_problems(found)):
        raise CaseError(faults)
    return found


def _folder_fault(folder: Path) -> Problem | None:
    name = str(folder)
    if not folder.exists():
        return Problem(name, 0, 0, "folder", "There is no such folder; name a case folder.")
    if not folder.is_dir():
        return Problem(name, 0, 0, "folder", "This is a file; a case is a folder with a case.yaml.")
    if not any((folder / f"case{suffix}").is_file() for suffix in _SUFFIXES):
        message = "This is not a case: it has no case.yaml; 'detente new' makes a case."
        return Problem(name, 0, 0, "not-a-case", message)
    return None


def _files(folder: Path, problems: list[Problem]) -> Iterator[tuple[FileKind, Path]]:
    root = folder.resolve()
    kinds = {kind.stem: kind for kind in FILES}
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            inner = [each for each in sorted(path.rglob("*")) if each.suffix in _SUFFIXES]
            if inner and (path.name not in kinds or path.name == "case"):
                if path.name not in _OTHER_FOLDERS:
                    message = f"A case has no folder '{path.name}'{_suggest_kind(path.name)}"
                    problems.append(Problem(str(path), 0, 0, "unknown-file", message))
                continue
            candidates = [(kinds[path.name], each) for each in inner]
        elif path.suffix in _SUFFIXES:
            if path.stem not in kinds:
                message = f"A case has no file '{path.name}'{_suggest_kind(path.stem)}"
                problems.append(Problem(str(path), 0, 0, "unknown-file", message))
                continue
            if path.suffix == ".yml" and path.with_suffix(".yaml").exists():
                message = f"'{path.with_suffix('.yaml').name}' stands beside this file; keep one."
                problems.append(Problem(str(path), 0, 0, "duplicate-file", message))
                continue
            candidates = [(kinds[path.stem], path)]
        else:
            continue
        for kind, each in candidates:
            if not _stays_inside(each, root):
                message = "This link leads out of the case folder; copy the file into the case."
                problems.append(Problem(str(each), 0, 0, "link", message))
                continue
            yield kind, each


def _suggest_kind(name: str) -> str:
    kinds = sorted(kind.stem for kind in FILES)
    near = suggest(name, kinds)
    return near if near != "." else "; known are " + ", ".join(f"'{kind}'" for kind in kinds) + "."


def _stays_inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a link to itself: said when it is read
        return True


def _records(kind: FileKind, document: yaml.Document, problems: list[Problem]) -> Iterator[Entry]:
    items: list[tuple[yaml.Way, object]]
    if isinstance(document.data, dict):
        items = [((), document.data)]
    elif isinstance(document.data, tuple) and kind.listed:
        items = [((index,), item) for index, item in enumerate(document.data)]
    elif document.data is None and (kind.listed or kind.stem == "case"):
        items = [] if kind.listed else [((), {})]
    else:
        expected = "a list of records" if kind.listed else "a mapping of keys to values"
        message = f"The file of {kind.stem} holds {expected}; found {_kind_of(document.data)}."
        problems.append(Problem(document.file, *document.place(()), "type", message))
        return
    for way, item in items:
        try:
            record = kind.record.model_validate(item)
        except ValidationError as error:
            for details in error.errors():
                if details["type"] == "too_short" and details["input"]:
                    continue  # its items are at fault, and each is named
                problems.append(_explain(details, kind.record, document, way))
        else:
            yield Entry(record, document, way)


def _assemble(folder: Path, entries: tuple[Entry, ...], lost: tuple[Problem, ...]) -> Case:
    def of(record: type[_R]) -> tuple[_R, ...]:
        return tuple(entry.record for entry in entries if isinstance(entry.record, record))

    people = of(ActorFile)
    return Case(
        name=folder.resolve().name,
        about=of(CaseFile)[0],
        actors=tuple(actor for file in people for actor in file.actors),
        people=tuple(person for file in people for person in file.people),
        points=of(Point),
        drafts=of(Draft),
        sources=of(Source),
        statements=of(Statement),
        ratings=of(Ratings),
        consent=of(ConsentRule),
        constraints=of(Constraint),
        preferences=of(Preferences),
        positions=of(Positions),
        strategy=of(Strategy),
        books=of(Books),
        norms=of(Norm),
        events=of(Event),
        folder=folder,
        entries=entries,
        lost=lost,
    )


# --- saying what is wrong with a record -----------------------------------------------------------


def _way_of(location: tuple[str | int, ...], data: Any) -> yaml.Way:
    """Drop from a validator's location what is not in the data (the tags of alternatives)."""
    way: list[str | int] = []
    for step in location:
        mapped = isinstance(data, dict) and step in data
        if mapped or (isinstance(data, tuple) and isinstance(step, int) and step < len(data)):
            data = _at(data, (step,))
            way.append(step)
    return tuple(way)


def _explain(
    details: ErrorDetails, record: type[Record], document: yaml.Document, base: yaml.Way
) -> Problem:
    data = _at(document.data, base)
    location = details["loc"]
    way = (*base, *_way_of(location, data))
    kind, found = details["type"], details["input"]
    if kind == "missing":
        message = f"The key '{location[-1]}' is missing{_of(_at(document.data, way), way)}; add it."
        return Problem(document.file, *document.place(way), "missing-key", message)
    if kind == "extra_forbidden":
        known = _known_keys(record, location[:-1], _at(document.data, way[:-1]))
        message = f"Unknown key '{location[-1]}'{suggest(str(location[-1]), known)}"
        return Problem(document.file, *document.key_place(way), "unknown-key", message)
    if kind == "constraint":
        message = f"{_capital(details['msg'])}."
        return Problem(document.file, *document.place(way), "constraint", message)
    named = [step for step in way if isinstance(step, str)]
    last = named[-1] if named else ""
    place = document.key_place(way) if location[-1:] == ("[key]",) else document.place(way)
    return Problem(document.file, *place, "value", _sentence(details, last, found))


def _sentence(details: ErrorDetails, last: str, found: object) -> str:
    context = details.get("ctx", {})
    kind = details["type"]
    if kind == "value_error":
        return f"{_capital(str(context['error']))}."
    if kind == "node":
        return f"{_capital(details['msg'])}; found {_kind_of(found)}."
    if kind == "literal_error":
        known = [
            word.strip(" '") for word in str(context["expected"]).replace(" or ", ",").split(",")
        ]
        return f"'{found}' is not a possible '{last}'{suggest(str(found), known)}"
    limits = {
        "greater_than_equal": "at least {ge}",
        "less_than_equal": "at most {le}",
        "greater_than": "more than {gt}",
        "less_than": "less than {lt}",
    }
    if kind in limits:
        return f"'{last}' is {found}; it must be {limits[kind].format(**context)}."
    if kind == "too_short":
        return f"'{last}' is empty; it needs at least {context['min_length']}."
    expected = next(
        (words for prefix, words in _EXPECTED.items() if kind.startswith(prefix)), "another value"
    )
    hint = "; put it in quotes" if expected == "a text" and isinstance(found, int | float) else ""
    where = f"'{last}'" if last else "This"
    return f"{where} must be {expected}; found {_kind_of(found)}{hint}."


_EXPECTED = {
    "string_pattern": "written in the expected pattern",
    "string": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "tuple": "a list",
    "dict": "a mapping of keys to values",
    "model": "a mapping of keys to values",
}


def _kind_of(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text '{value[:40]}'"
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, tuple) else "nothing"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _of(data: object, base: yaml.Way) -> str:
    if isinstance(data, dict) and isinstance(data.get("id"), str):
        return f" from '{data['id']}'"
    return " from this record" if base else ""


def _at(data: object, way: yaml.Way) -> object:
    for step in way:
        data = data[step]  # type: ignore[index]
    return data


def _known_keys(record: type[Record], location: tuple[str | int, ...], parent: object) -> list[str]:
    """The keys of the record at a location; of the likeliest where it may be one of several."""
    models = {record}
    for step in location:
        inner = {
            found
            for model in models
            if step in model.model_fields
            for found in _records_in(model.model_fields[str(step)].annotation)
        }
        models = inner or models
    keys = set(parent) if isinstance(parent, dict) else set()
    best = max(models, key=lambda m: (len(keys & m.model_fields.keys()), m.__name__))
    return [field.alias or name for name, field in best.model_fields.items()]


def _records_in(annotation: object) -> Iterator[type[Record]]:
    """Every record that an annotation may hold."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in get_args(annotation):
        yield from _records_in(part)
