"""A new case folder: a commented one to start from, or a copy of an example."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

from detente.case.examples import example_folder
from detente.case.load import FILES
from detente.case.schema import MODELINE, file_schema
from detente.errors import RequestError
from detente.text.files import new_folder

__all__ = ["make_case"]


def make_case(folder: Path, example: str | None = None) -> None:
    """Write a new case into ``folder``: the starter, or a copy of an example.

    Each file names its JSON Schema on top, and the schemas lie in ``schema/``, so that editors
    complete and check. The folder appears whole or not at all.

    Raises
    ------
    RequestError
        If the folder holds something already, cannot be written, or there is no such example.

    Examples
    --------
    >>> import tempfile
    >>> from detente.case.load import load
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     make_case(Path(folder) / "mine")
    ...     [draft.id for draft in load(Path(folder) / "mine").drafts]
    ['first', 'second']
    """
    pattern = (
        Path(str(files("detente.case"))) / "starter"
        if example is None
        else (example_folder(example))
    )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RequestError(f"'{folder}' exists and is not empty; name a new folder.")
    try:
        with new_folder(folder) as draft:
            _fill(draft, pattern)
    except OSError as error:
        raise RequestError(f"'{folder}' cannot be written ({error.strerror}).") from None


def _fill(folder: Path, pattern: Path) -> None:
    schemas = folder / "schema"
    schemas.mkdir()
    for kind in FILES:
        text = json.dumps(file_schema(kind), ensure_ascii=False, indent=1)
        (schemas / f"{kind.stem}.schema.json").write_text(text + "\n", encoding="utf-8")
    for path in sorted(pattern.rglob("*.yaml")):
        inside = path.relative_to(pattern)
        stem = inside.parts[0].removesuffix(".yaml")
        up = "../" * (len(inside.parts) - 1)
        modeline = MODELINE.format(path=f"{up}schema/{stem}.schema.json")
        (folder / inside).parent.mkdir(exist_ok=True)
        text = path.read_text(encoding="utf-8")
        (folder / inside).write_text(f"{modeline}\n{text}", encoding="utf-8", newline="\n")
