"""JSON Schema of the case files, for editors that complete and check while one types."""

from __future__ import annotations

from typing import Any

from detente.case.load import FileKind

__all__ = ["MODELINE", "file_schema"]

MODELINE = "# yaml-language-server: $schema={path}"
"""The line on top of a file that tells an editor its schema; ``path`` is relative to the file."""


def file_schema(kind: FileKind) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a kind of case file.

    Examples
    --------
    >>> from detente.case.load import FILES
    >>> points = next(kind for kind in FILES if kind.stem == "points")
    >>> file_schema(points)["anyOf"][0]["type"]
    'array'
    """
    record = kind.record.model_json_schema()
    definitions = record.pop("$defs", {})
    name = kind.record.__name__
    definitions[name] = record
    reference = {"$ref": f"#/$defs/{name}"}
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{kind.stem}: {kind.question}",
    }
    if kind.listed:
        schema["anyOf"] = [{"type": "array", "items": reference}, reference]
    else:
        schema |= reference
    schema["$defs"] = definitions
    return schema
