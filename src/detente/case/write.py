"""Saving a case without losing what a person wrote around it.

Files keep their comments, order and layout: only values that differ from what stands in the file
are replaced. Every file is written beside its place and then renamed, so that a fault on the way
leaves the old file whole.
"""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from detente.case.case import Case
from detente.case.load import FILES, FileKind
from detente.case.records import ActorFile, Record
from detente.errors import CaseError, Problem
from detente.text import yaml

__all__ = ["save", "write_text"]

Data = Any
"""Plain data as read: dictionaries, tuples, texts, numbers, booleans, None."""


def save(case: Case, folder: Path | str) -> None:
    """Write ``case`` into ``folder``; the files it was read from are the pattern.

    Comments stay, and a file in which nothing changed stays byte for byte. Records that are new go
    to the first file of their kind; files of the pattern are copied where ``folder`` is another.

    Raises
    ------
    CaseError
        If the folder cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> case = load(example_folder("ukraine-2025"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(case, folder)
    ...     load(folder) == case
    True
    """
    target = Path(folder)
    texts = dict(_texts(case))
    try:
        target.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            destination = target / path
            if not destination.exists() or destination.read_text(encoding="utf-8") != text:
                write_text(destination, text)
        for path in {Path(entry.document.file) for entry in case.entries}:
            if case.folder == target and _inside(case, path) not in texts:
                path.unlink()  # every record of this file was taken out of the case
    except OSError as error:
        message = f"The case cannot be written ({error.strerror}); choose another folder."
        raise CaseError([Problem(str(target), 0, 0, "unwritable", message)]) from None


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all: beside its place, then renamed.

    Raises
    ------
    OSError
        If the folder cannot be written; what stood at ``path`` is untouched then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, name)
        else:
            Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _texts(case: Case) -> Iterator[tuple[Path, str]]:
    """The text of every file of the case, by its path inside the folder."""
    patterns: dict[Path, yaml.Document] = {}
    for entry in case.entries:
        patterns.setdefault(Path(entry.document.file), entry.document)
    for kind in FILES:
        mine = [path for path in patterns if _kind_of(case, path) == kind.stem]
        for path, data in _contents(case, kind, mine, patterns):
            if path in patterns:
                old = path.read_text(encoding="utf-8")
                yield _inside(case, path), _merged(old, patterns[path].data, data)
            else:
                yield path, _dump(data)


def _inside(case: Case, path: Path) -> Path:
    return path.relative_to(case.folder) if case.folder else Path(path.name)


def _kind_of(case: Case, path: Path) -> str:
    return _inside(case, path).parts[0].partition(".")[0]


def _contents(
    case: Case, kind: FileKind, paths: list[Path], patterns: Mapping[Path, yaml.Document]
) -> Iterator[tuple[Path, Data]]:
    """What each file of one kind must hold; paths that are not patterns are new files."""
    whole = Path(f"{kind.stem}.yaml")
    if kind.stem == "case":
        yield (paths or [whole])[0], _data(case.about)
    elif kind.stem == "actors":
        files = list(_actor_files(case, paths))
        for path, file in zip(paths or [whole], files, strict=True):
            yield path, _data(file)
    elif kind.stem == "ratings":
        extra = [Path("ratings") / f"{n}.yaml" for n in range(len(paths), len(case.ratings))]
        if not paths and len(case.ratings) == 1:
            extra = [whole]
        for path, ratings in zip([*paths, *extra], case.ratings, strict=False):
            yield path, _data(ratings)
    else:
        yield from _listed(case, kind, paths, patterns)


def _listed(
    case: Case, kind: FileKind, paths: list[Path], patterns: Mapping[Path, yaml.Document]
) -> Iterator[tuple[Path, Data]]:
    records = {record.id: _data(record) for record in getattr(case, kind.stem)}
    held: dict[Path, list[Data]] = {path: [] for path in paths}
    for entry in case.entries:
        path = Path(entry.document.file)
        if path in held:
            data = records.pop(getattr(entry.record, "id", ""), None)
            if data is not None:
                held[path].append(data)
    lists = [path for path in paths if isinstance(patterns[path].data, tuple)]
    if lists:
        held[lists[0]] += records.values()
    elif records and (paths or kind.stem == "drafts"):
        held |= {Path(kind.stem) / f"{name}.yaml": [data] for name, data in records.items()}
    elif records:
        held[Path(f"{kind.stem}.yaml")] = list(records.values())
    for path, items in held.items():
        single = path in paths and path not in lists
        single |= len(path.parts) > 1 and path not in paths
        if items:
            yield path, items[0] if single else tuple(items)


def _actor_files(case: Case, paths: list[Path]) -> Iterator[ActorFile]:
    """The actors and people sorted back into the files they came from, new ones into the first."""
    origins = [entry.record for entry in case.entries if isinstance(entry.record, ActorFile)]
    home_of_actor = {actor.id: n for n, file in enumerate(origins) for actor in file.actors}
    home_of_person = {person.id: n for n, file in enumerate(origins) for person in file.people}
    for place in range(max(len(paths), 1)):
        yield ActorFile(
            actors=tuple(a for a in case.actors if home_of_actor.get(a.id, 0) == place),
            people=tuple(p for p in case.people if home_of_person.get(p.id, 0) == place),
        )


# --- keeping what stands around the values --------------------------------------------------------


def _data(record: Record) -> dict[str, Any]:
    """A record as plain data: only what was written."""
    return record.model_dump(exclude_unset=True)


def _round_trip() -> YAML:
    writer = YAML(typ="rt")
    writer.preserve_quotes = True
    writer.width = 100
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.allow_duplicate_keys = False
    return writer


def _dump(data: object) -> str:
    stream = io.StringIO()
    _round_trip().dump(_as_written(data), stream)
    return stream.getvalue()


def _merged(old: str, before: Data, after: Data) -> str:
    """The old text with only those values replaced that differ."""
    if before == after:
        return old
    writer = _round_trip()
    document = writer.load(old)
    changed = _merge(document, before, after)
    stream = io.StringIO()
    writer.dump(changed, stream)
    return stream.getvalue()


def _merge(node: Any, before: Data, after: Data) -> Any:
    """Carry the difference between ``before`` and ``after`` over to the commented ``node``."""
    if before == after:
        return node
    if isinstance(node, CommentedMap) and isinstance(before, dict) and isinstance(after, dict):
        for key in [key for key in node if str(key) not in after]:
            del node[key]
        for key, value in after.items():
            known = key in node and key in before
            node[key] = _merge(node[key], before[key], value) if known else _as_written(value)
        return node
    if isinstance(node, CommentedSeq) and isinstance(before, tuple) and isinstance(after, tuple):
        return _merge_list(node, before, after)
    return _as_written(after)


def _merge_list(node: CommentedSeq, before: tuple[Data, ...], after: tuple[Data, ...]) -> Any:
    names = {_name(item): place for place, item in enumerate(before)}
    gone = {_name(item) for item in before} - {_name(item) for item in after}
    for place in reversed(range(len(before))):
        if _name(before[place]) in gone:
            del node[place]
    kept = [item for item in before if _name(item) not in gone]
    if [_name(item) for item in kept] != [_name(item) for item in after][: len(kept)]:
        return _as_written(after)
    for place, item in enumerate(after):
        if place < len(kept):
            node[place] = _merge(node[place], before[names[_name(item)]], item)
        else:
            node.append(_as_written(item))
    return node


def _name(item: Data) -> str:
    return str(item["id"]) if isinstance(item, dict) and "id" in item else repr(item)


def _as_written(data: Data) -> Any:
    """Plain data for the writer; a text that would be read as something else gets quotes."""
    if isinstance(data, dict):
        return {key: _as_written(value) for key, value in data.items()}
    if isinstance(data, tuple | list):
        return [_as_written(item) for item in data]
    if isinstance(data, str) and _reads_otherwise(data):
        return DoubleQuotedScalarString(data)
    return data


def _reads_otherwise(text: str) -> bool:
    try:
        return yaml.parse(f"- {text}", "").data != (text,)
    except CaseError:
        return True
