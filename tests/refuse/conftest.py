"""The command line as a fixture, and the one way in which every refusal is checked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.calls import Detente, detente
from refuse.faults import Fault, Refuses

__all__ = ["detente"]

_LINE = re.compile(r"(?P<file>.+?)(:(?P<line>\d+):(?P<column>\d+))?: (?P<sentence>['A-Z].*[.?])")


@pytest.fixture
def refuses(detente: Detente) -> Refuses:
    """Check a folder and compare what is told, to people and to programs, with what must be."""

    def check(folder: Path, faults: list[Fault]) -> None:
        places = [(str(folder / fault.file), fault.line, fault.column) for fault in faults]

        told = detente("check", folder)
        assert told.code == 2
        assert told.out == ""
        *lines, count = told.err.splitlines()
        assert count == f"{len(faults)} problem{'s' if len(faults) > 1 else ''} found."
        found = [_LINE.fullmatch(line) for line in lines]
        assert None not in found, lines
        matches = [match for match in found if match]
        assert [
            (match["file"], int(match["line"] or 0), int(match["column"] or 0)) for match in matches
        ] == places
        for match, fault in zip(matches, faults, strict=True):
            assert fault.words in match["sentence"]

        data = detente("check", folder, "--json")
        assert data.code == 2
        assert data.err == ""
        assert data.json.keys() == {"ok", "problems"}
        assert data.json["ok"] is False
        problems = data.json["problems"]
        assert [(each["file"], each["line"], each["column"]) for each in problems] == places
        assert [each["message"] for each in problems] == [match["sentence"] for match in matches]
        assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", each["code"]) for each in problems)

    return check
