"""Where other people's data lie, if they are at hand; they are never part of this project."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

__all__ = ["SHARED", "expected", "needs_shared"]

SHARED = (
    Path(os.environ.get("DETENTE_SHARED") or Path(__file__).parents[3] / "shared")
    / "data"
    / "forecast"
)

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(),
    reason="NOT CHECKED against other people's data: set DETENTE_SHARED to the folder that has it",
)


def expected(name: str) -> Any:
    """Return what others found, from a file of expected values."""
    return json.loads((SHARED / name).read_text(encoding="utf-8"))
