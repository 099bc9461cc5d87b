"""Saving a case without losing what a person wrote around it.

Only values that differ from what stands in a file are written; comments, order and layout stay.
Every file is written beside its place and then renamed, so that a fault on the way leaves the old
file whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
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

__all__ = ["changed_texts", "save", "write_text", "write_texts"]


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
    with _said(target):
        texts: dict[Path, str | None] = dict(_texts(case, FILES))
        if home:
            texts |= {path: None for path in _files_of(case, FILES) if path not in texts}
        else:
            _refuse_other_case(target, texts)
    write_texts(target, texts)


def changed_texts(before: Case, after: Case) -> dict[Path, str | None]:
    """Return the new texts of the files in which two states of a case differ; nothing is written.

    Parameters
    ----------
    before
        As its folder holds it; only the files of kinds in which records differ are looked at.
    after
        Made of ``before``.

    Returns
    -------
    dict
        By path inside the folder, sources before the statements that name them. A file of which
        every record is gone has None.

    Raises
    ------
    CaseError
        If a file cannot be read.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> case = load(example_folder("ukraine-2025"))
    >>> fewer = replace(case, statements=case.statements[:-1])
    >>> [path.name for path in changed_texts(case, fewer)]
    ['statements.yaml']
    """
    folder = before.folder or Path()
    changed: dict[Path, str | None] = {}
    with _said(folder):
        for kind in FILES:
            if _held(before, kind) != _held(after, kind):
                texts = dict(_texts(after, [kind]))
                gone = [path for path in _files_of(before, [kind]) if path not in texts]
                changed |= {
                    path: text for path, text in texts.items() if _differs(folder / path, text)
                }
                changed |= dict.fromkeys(gone)
    return changed


def write_texts(folder: Path, texts: Mapping[Path, str | None]) -> None:
    """Write files of a case in the order given, each whole or not at all; one with None goes.

    Raises
    ------
    CaseError
        If the folder cannot be written.
    """
    with _said(folder):
        for path, text in texts.items():
            if text is None:
                (folder / path).unlink()
            elif _differs(folder / path, text):
                write_text(folder / path, text)


@contextmanager
def _said(folder: Path) -> Iterator[None]:
    """Say in one sentence why files cannot be written."""
    try:
        yield
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "a text cannot be written as UTF-8"
        message = f"The case cannot be written ({reason}); choose another folder."
        raise CaseError([Problem(str(folder), 0, 0, "unwritable", message)]) from None


def _differs(path: Path, text: str) -> bool:
    return not path.exists() or path.read_bytes() != text.encode()


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all: beside its place, then renamed.

    Raises
    ------
    OSError
        If the folder cannot be written; what stood at ``path`` is untouched then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.encode())


def _refuse_other_case(target: Path, texts: Mapping[Path, str | None]) -> None:
    others = (path for path in target.rglob("*.y*ml") if path.relative_to(target) not in texts)
    other = next(others, None)
    if other is not None:
        message = f"The folder holds '{other.name}' of another case; choose an empty folder."
        raise CaseError([Problem(str(target), 0, 0, "other-case", message)])


def _texts(case: Case, kinds: Iterable[FileKind]) -> Iterator[tuple[Path, str]]:
    """The text of every file of some kinds, by its path inside the folder."""
    patterns = [Path(file) for file in _written(case)]
    for kind in kinds:
        mine = [path for path in patterns if _kind_of(case, path) == kind.stem]
        for path, data in _contents(case, kind, mine):
            if path in patterns:
                yield _inside(case, path), _patched(path, data)
            else:
                yield _new_text(case, path, data)


def _new_text(case: Case, path: Path, data: Data) -> tuple[Path, str]:
    """The text of a file that has no record yet; it may be there, with comments only."""
    for each in (path, path.with_suffix(".yml")):
        if case.folder and (case.folder / each).is_file():
            return each, _patched(case.folder / each, data)
    return path, dump(data)


def _files_of(case: Case, kinds: Iterable[FileKind]) -> list[Path]:
    """The files of some kinds that a case was read from, by path inside the folder."""
    stems = {kind.stem for kind in kinds}
    files = [Path(file) for file in _written(case)]
    return [_inside(case, path) for path in files if _kind_of(case, path) in stems]


def _written(case: Case) -> dict[str, None]:
    """The files that a case was read from, in order."""
    return dict.fromkeys(entry.document.file for entry in case.entries)


def _held(case: Case, kind: FileKind) -> object:
    """The records that stand in files of a kind."""
    if kind.stem == "actors":
        return case.actors, case.people
    return case.about if kind.stem == "case" else getattr(case, kind.held or kind.stem)


def _patched(path: Path, data: Data) -> str:
    try:
        return patch(path.read_bytes().decode(), data)
    except (CaseError, UnicodeError):
        return patch(_sound_text(path), data)


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
    files = {str(path): path for path in paths}
    homes = {
        _name_of(entry.record): (files[entry.document.file], bool(entry.way))
        for entry in case.entries
        if entry.document.file in files
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
    known |= {_inside(case, Path(file)) for file in _written(case)}
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
