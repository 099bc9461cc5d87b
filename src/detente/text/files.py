"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["new_folder", "write_whole"]


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place, then rename it; what stood there keeps its rights.

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
            file.write(content)
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
