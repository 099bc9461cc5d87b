"""Saving a case without losing what a person wrote around it.

Only values that differ from what stands in a file are written; comments, order and layout stay.
Every file is written beside its place and then renamed, so that a fault on the way leaves the old
file whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from detente.case.case import Case
from detente.case.load import FILES, FileKind
from detente.case.log import whole_text
from detente.case.positions import Positions
from detente.case.preferences import Preferences
from detente.case.records import ActorFile, Record
from detente.errors import CaseError, Problem
from detente.text import yaml
from detente.text.files import write_whole
from detente.text.patch import Data, dump, patch

__all__ = ["save", "write_text"]


def save(case: Case, folder: Path | str) -> None:
    """Write ``case`` into ``folder``; the files it was read from are the pattern.

    Comments stay, and a file in which nothing changed stays byte for byte. A new record goes into
    the file of the one before it. A file of which every record is gone is removed.

    Raises
    ------
    CaseError
        If the folder cannot be written, or holds another case.

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
    home = case.folder is not None and target.resolve() == case.folder.resolve()
    try:
        texts = dict(_texts(case))
        if not home:
            _refuse_other_case(target, texts)
        for path, text in texts.items():
            destination = target / path
            if not destination.exists() or destination.read_bytes() != text.encode():
                write_text(destination, text)
        for path in {_inside(case, Path(entry.document.file)) for entry in case.entries}:
            if home and path not in texts:
                (target / path).unlink()
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "a text cannot be written as UTF-8"
        message = f"The case cannot be written ({reason}); choose another folder."
        raise CaseError([Problem(str(target), 0, 0, "unwritable", message)]) from None


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all: beside its place, then renamed.

    Raises
    ------
    OSError
        If the folder cannot be written; what stood at ``path`` is untouched then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.encode())


def _refuse_other_case(target: Path, texts: dict[Path, str]) -> None:
    others = (path for path in target.rglob("*.y*ml") if path.relative_to(target) not in texts)
    other = next(others, None)
    if other is not None:
        message = f"The folder holds '{other.name}' of another case; choose an empty folder."
        raise CaseError([Problem(str(target), 0, 0, "other-case", message)])


def _texts(case: Case) -> Iterator[tuple[Path, str]]:
    """The text of every file of the case, by its path inside the folder."""
    patterns = {Path(entry.document.file): entry.document for entry in case.entries}
    for kind in FILES:
        mine = [path for path in patterns if _kind_of(case, path) == kind.stem]
        for path, data in _contents(case, kind, mine):
            if path in patterns:
                yield _inside(case, path), patch(_sound_text(path), data)
            else:
                yield path, dump(data)


def _sound_text(path: Path) -> str:
    """The text of a file as it stands; refused if it was damaged since it was read."""
    text = path.read_bytes().decode(errors="replace")
    try:
        yaml.parse(text, str(path))
    except CaseError:
        whole, lost = whole_text(text, str(path))
        if path.stem != "events" or not lost:
            raise
        return whole
    return path.read_bytes().decode()


def _inside(case: Case, path: Path) -> Path:
    return path.relative_to(case.folder) if case.folder else Path(path.name)


def _kind_of(case: Case, path: Path) -> str:
    return _inside(case, path).parts[0].partition(".")[0]


def _contents(case: Case, kind: FileKind, paths: list[Path]) -> Iterator[tuple[Path, Data]]:
    """What each file of one kind must hold; paths not in ``paths`` are new files."""
    whole = Path(f"{kind.stem}.yaml")
    if kind.stem == "case":
        yield (paths or [whole])[0], _data(case.about)
    elif kind.stem == "actors":
        yield from zip(paths or [whole], map(_data, _actor_files(case, paths)), strict=True)
    elif kind.stem == "ratings":
        fresh = [] if len(case.ratings) <= len(paths) else case.ratings[len(paths) :]
        yield from zip(paths, map(_data, case.ratings), strict=False)
        for number, ratings in enumerate(fresh, start=len(paths) + 1):
            alone = not paths and len(fresh) == 1
            name = whole if alone else _free(case, kind, f"{number}", paths)
            yield name, _data(ratings)
    else:
        yield from _listed(case, kind, paths)


def _listed(case: Case, kind: FileKind, paths: list[Path]) -> Iterator[tuple[Path, Data]]:
    homes = {
        _name_of(entry.record): (Path(entry.document.file), bool(entry.way))
        for entry in case.entries
        if Path(entry.document.file) in paths
    }
    lists = [path for path, listed in homes.values() if listed]
    held: dict[Path, list[Data]] = {}
    single: set[Path] = set()
    last = lists[0] if lists else None
    for record in getattr(case, kind.held or kind.stem):
        path, listed = homes.get(_name_of(record), (None, True))
        if path is None and (last is None and (kind.stem == "drafts" or paths)):
            path, listed = _free(case, kind, _name_of(record), [*paths, *held]), False
        path = path or last or Path(f"{kind.stem}.yaml")
        held.setdefault(path, []).append(_data(record))
        if listed:
            last = path
        else:
            single.add(path)
    for path, items in held.items():
        yield path, items[0] if path in single else tuple(items)


def _name_of(record: Record) -> str:
    """What tells a record from the others of its kind: its id, or whom or what it is about."""
    if isinstance(record, Positions):
        return record.point
    return record.actor if isinstance(record, Preferences) else getattr(record, "id", "")


def _free(case: Case, kind: FileKind, name: str, taken: list[Path]) -> Path:
    """A name for a new file that no file of the case bears."""
    known = {
        _inside(case, path) if path in taken and path.is_absolute() else path for path in taken
    }
    known |= {_inside(case, Path(entry.document.file)) for entry in case.entries}
    number = 1
    path = Path(kind.stem) / f"{name}.yaml"
    while path in known:
        number += 1
        path = Path(kind.stem) / f"{name}-{number}.yaml"
    return path


def _actor_files(case: Case, paths: list[Path]) -> Iterator[ActorFile]:
    """The actors and people sorted back into the files they came from, new ones into the first."""
    origins = [entry.record for entry in case.entries if isinstance(entry.record, ActorFile)]
    home_of_actor = {actor.id: n for n, file in enumerate(origins) for actor in file.actors}
    home_of_person = {person.id: n for n, file in enumerate(origins) for person in file.people}
    for place in range(max(len(paths), 1)):
        actors = tuple(a for a in case.actors if home_of_actor.get(a.id, 0) == place)
        people = tuple(p for p in case.people if home_of_person.get(p.id, 0) == place)
        file = ActorFile(actors=actors, people=people)
        written = origins[place].model_fields_set if place < len(origins) else set()
        unset = {key for key in ("actors", "people") if not getattr(file, key)} - written
        file.model_fields_set.difference_update(unset)
        yield file


def _data(record: Record) -> Data:
    """A record as plain data: only what was written, under the keys it was written."""
    return record.model_dump(exclude_unset=True, by_alias=True)
