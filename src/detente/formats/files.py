"""Which files of a folder may belong to a scenario, and their text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from detente.errors import CaseError, Problem

__all__ = ["File", "case_file", "read_text", "scenario_files"]

SUFFIXES = (".xml", ".json", ".yaml", ".yml")
_MAX_BYTES = 50_000_000
_SNIFFED = 65_536


@dataclass(frozen=True, slots=True)
class File:
    """A file that may belong to a scenario: its path, and its name as messages show it."""

    path: Path

    @property
    def name(self) -> str:
        """Path as the user would type it."""
        return str(self.path)

    @property
    def kind(self) -> str:
        """Which syntax the file should have: xml, json or yaml."""
        suffix = self.path.suffix.lower().removeprefix(".")
        return "yaml" if suffix == "yml" else suffix

    def head(self) -> str:
        """Return the first 64 kB as text, whatever is in them; empty if the file is unreadable."""
        try:
            with self.path.open("rb") as opened:
                return opened.read(_SNIFFED).decode("utf-8", "replace")
        except OSError:
            return ""


def case_file(folder: Path) -> Path | None:
    """Return the file that makes the folder a case of its own, if there is one."""
    paths = (folder / f"case{suffix}" for suffix in (".yaml", ".yml"))
    try:
        return next((path for path in paths if path.is_file()), None)
    except OSError:
        return None


def scenario_files(folder: Path) -> tuple[tuple[File, ...], tuple[str, ...]]:
    """Return the files to look into, in the order of their names, and the names of all others.

    Hidden files are left out; links that lead out of the folder are not followed.

    Raises
    ------
    CaseError
        If there is no such folder, or its list of files cannot be read.
    """
    if not folder.is_dir():
        message = "There is no such folder; name the folder of a scenario."
        raise CaseError([Problem(str(folder), 0, 0, "scenario-file", message)])
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        root = folder.resolve()
        wanted = {path: None for path in paths if _belongs(path, root)}
    except OSError as error:
        message = f"The folder cannot be read ({error.strerror}); check its rights."
        raise CaseError([Problem(str(folder), 0, 0, "scenario-file", message)]) from None
    others = tuple(path.name for path in paths if path not in wanted and not path.is_dir())
    return tuple(File(path) for path in wanted), others


def _belongs(path: Path, root: Path) -> bool:
    if path.suffix.lower() not in SUFFIXES or not path.is_file():
        return False
    return path.resolve().is_relative_to(root)


def read_text(file: File) -> str:
    """Return the text of a file, which must be UTF-8 and of bearable size.

    Raises
    ------
    CaseError
        If it is not, or cannot be read.
    """
    try:
        if file.path.stat().st_size > _MAX_BYTES:
            message = f"The file is larger than {_MAX_BYTES // 1_000_000} MB, which no scenario is."
            raise CaseError([Problem(file.name, 0, 0, "scenario-file", message)])
        return file.path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        message = f"The file cannot be read ({error.strerror}); check its rights."
        raise CaseError([Problem(file.name, 0, 0, "scenario-file", message)]) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        column = error.start - error.object.rfind(b"\n", 0, error.start)
        message = f"Byte 0x{error.object[error.start]:02x} is not UTF-8; save the file as UTF-8."
        problem = Problem(file.name, line, column, "scenario-file", message)
        raise CaseError([problem]) from None
