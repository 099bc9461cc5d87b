"""Calling the command line inside the test's own process, errors and exit codes included."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from detente.cli.main import main

__all__ = ["Called", "Detente", "detente"]


@dataclass(frozen=True)
class Called:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output read as JSON."""
        return json.loads(self.out)


Detente = Callable[..., Called]


@pytest.fixture(name="detente")
def detente(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Detente:
    """Run ``detente`` with arguments, as the installed command does."""

    def call(*arguments: object) -> Called:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["detente", *map(str, arguments)])
        code: object = 0
        try:
            main()
        except SystemExit as end:
            code = end.code
        out, err = capsys.readouterr()
        assert isinstance(code, int | None)
        return Called(code or 0, out, err)

    return call
