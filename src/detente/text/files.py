"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from detente.errors import CaseError, Problem

__all__ = ["append_whole", "new_folder", "read_text", "write_whole"]

_MAX_BYTES = 50_000_000


def read_text(path: Path, file: str) -> str:
    """Return the text of the file at ``path``; ``file`` is its name in messages.

    Raises
    ------
    CaseError
        If the file cannot be opened, is larger than 50 MB or is not UTF-8.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            message = (
                f"The file is larger than {_MAX_BYTES // 1_000_000} MB; split it into several."
            )
            raise CaseError([Problem(file, 0, 0, "file", message)])
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        message = (
            f"The file cannot be read ({error.strerror}); check that it exists and its rights."
        )
        raise CaseError([Problem(file, 0, 0, "file", message)]) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        column = error.start - error.object.rfind(b"\n", 0, error.start)
        message = f"Byte 0x{error.object[error.start]:02x} is not UTF-8; save the file as UTF-8."
        raise CaseError([Problem(file, line, column, "encoding", message)]) from None


def write_whole(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file beside its place, then rename it; what stood there keeps its rights.

    Parameters
    ----------
    content
        In one piece, or piece by piece.

    Raises
    ------
    OSError
        If the folder cannot be written, with the name of ``path``; what stood there is untouched.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines([content] if isinstance(content, bytes) else content)
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


def append_whole(path: Path, content: bytes) -> None:
    """Write at the end of a file with one call; it is on the disk when this returns.

    Raises
    ------
    OSError
        If it cannot be written; what was begun on a full disk is taken back.
    """
    new = not path.exists()
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        written = os.write(handle, content)
        if written < len(content):  # the disk is full: take back what was begun
            os.ftruncate(handle, os.fstat(handle).st_size - written)
            raise OSError(28, "No space left on device", str(path))
        os.fsync(handle)
    finally:
        os.close(handle)
    if new and os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Give a folder to fill beside its place; it takes its place when nothing went wrong.

    An empty folder that stands there is replaced.

    Raises
    ------
    OSError
        If the folder cannot be written; nothing is left behind then.
    """
    place = folder.absolute()
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{place.name}.", dir=place.parent))
    try:
        yield aside
        aside.chmod(0o755)
        if place.exists():
            place.rmdir()
        aside.replace(place)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
