"""``detente schema``: what editors complete and check by is what the program takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest

from case.minimal import MINIMAL
from cli.calls import Detente
from detente.case.examples import example_folder
from detente.case.load import FILES
from detente.text import yaml

_EXAMPLE = "ukraine-2025"
_KINDS = [kind.stem for kind in FILES]
_OPTIONAL = ("constraints", "preferences", "positions")  # the example has none


def _plain(data: object) -> Any:
    """Return data as JSON has it: lists instead of tuples."""
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    return [_plain(item) for item in data] if isinstance(data, tuple) else data


def _files(kind: str) -> list[Path]:
    folder = example_folder(_EXAMPLE)
    return [path for path in (folder / f"{kind}.yaml",) if path.exists()] + sorted(
        (folder / kind).glob("*.yaml")
    )


@pytest.mark.parametrize("kind", _KINDS)
def test_the_schema_takes_the_files_of_the_shipped_example(detente: Detente, kind: str) -> None:
    schema = detente("schema", kind).json
    validator = jsonschema.Draft202012Validator
    assert schema["$schema"] == validator.META_SCHEMA["$id"]
    validator.check_schema(schema)
    files = _files(kind)
    assert files or kind in _OPTIONAL
    for path in files:
        validator(schema).validate(_plain(yaml.read(path, path.name).data))


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("case", "title:", "titel:"),
        ("actors", "name: Northtown", "name: 5"),
        ("points", "title: Toll", "topik: Toll"),
        ("drafts", "toll: shared", "toll: [shared]"),
        ("sources", "date: 2025-06", "date: June"),
        ("statements", "stance: 1", "stance: 4"),
        ("ratings", "probability: 0.5", "probability: 1.5"),
        ("consent", "all: [north, south]", "some: [north, south]"),
    ],
)
def test_the_schema_takes_the_minimal_case_and_refuses_what_the_program_refuses(
    detente: Detente, kind: str, old: str, new: str
) -> None:
    validator = jsonschema.Draft202012Validator(detente("schema", kind).json)
    text = MINIMAL[f"{kind}.yaml"]
    assert old in text
    assert validator.is_valid(_plain(yaml.parse(text, "x").data))
    assert not validator.is_valid(_plain(yaml.parse(text.replace(old, new, 1), "x").data))


def test_the_schema_of_all_kinds_holds_the_schema_of_each(detente: Detente) -> None:
    together = detente("schema").json
    assert list(together) == _KINDS
    for kind in _KINDS:
        assert together[kind] == detente("schema", kind).json
