"""The fenced blocks of a page, and running them in order in one folder.

What a block does is told by its language and by a comment on the line above it:

- ``console``: every line that begins with ``$`` is run and must end with exit code 0, or with that
  of ``<!-- exit: CODE -->`` above the block. Where a block shows output, all of it is shown, and it
  is rewritten from what the command prints.
- ``python``: executed, in one namespace for the page; a ``text`` block straight after it holds what
  it prints.
- any block below ``<!-- file: PATH -->`` is written to that file, below ``<!-- append: PATH -->``
  added to it.
- a ``diff`` block below ``<!-- edit: PATH -->`` exchanges the lines marked ``-`` for those marked
  ``+``.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"

_FENCE = re.compile(r"^```(\w*)\s*$")
_DIRECTIVE = re.compile(r"^<!-- (file|append|edit|exit): (\S+) -->$")
_SHELL = set("|<>&;*$`")
_COLUMNS = "80"


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, its directive, and its lines between the fences."""

    first: int
    language: str
    directive: tuple[str, str] | None
    lines: tuple[str, ...]


def pages() -> list[Path]:
    """Return every page of the documentation."""
    return sorted(DOCS.rglob("*.md"))


def blocks_of(text: str) -> list[Block]:
    """Return the fenced blocks of a page; ``first`` is the place of their first line, from 0."""
    lines = text.splitlines()
    found = []
    start: int | None = None
    language = ""
    for place, line in enumerate(lines):
        fence = _FENCE.match(line)
        if not fence:
            continue
        if start is None:
            start, language = place + 1, fence.group(1)
            continue
        above = _DIRECTIVE.match(lines[start - 2]) if start >= 2 else None
        directive = (above.group(1), above.group(2)) if above else None
        found.append(Block(start, language, directive, tuple(lines[start:place])))
        start = None
    return found


def prose_of(text: str) -> list[tuple[int, str]]:
    """Return the lines outside fenced blocks, with their numbers from 1."""
    inside = {number for block in blocks_of(text) for number in _span(block)}
    return [(n + 1, line) for n, line in enumerate(text.splitlines()) if n not in inside]


def _span(block: Block) -> range:
    return range(block.first - 1, block.first + len(block.lines) + 1)


class PageError(AssertionError):
    """A block of a page that does not do what the page says."""


class Session:
    """One page run from top to bottom in one folder."""

    def __init__(self, page: Path, folder: Path) -> None:
        self.page = page
        self.folder = folder
        self.namespace: dict[str, object] = {"__name__": "__page__"}

    def refresh(self) -> str:
        """Run every block in order and return the page with the output it shows brought up to date.

        Raises
        ------
        PageError
            If a block fails.
        """
        text = self.page.read_text(encoding="utf-8")
        lines = text.splitlines()
        replaced: list[tuple[int, int, list[str]]] = []
        printed: tuple[int, list[str]] | None = None
        for block in blocks_of(text):
            shown: list[str] | None = None
            if block.directive is not None and block.directive[0] != "exit":
                self._write(block)
            elif block.language == "console":
                shown = self._console(block)
            elif block.language == "python":
                printed = (block.first + len(block.lines), self._python(block))
                continue
            elif block.language == "text" and printed and _follows(lines, printed[0], block):
                shown = printed[1]
            printed = None
            if shown is not None:
                replaced.append((block.first, block.first + len(block.lines), shown))
        for start, end, shown in reversed(replaced):
            lines[start:end] = shown
        return "\n".join(lines) + "\n"

    def _fault(self, block: Block, words: str) -> PageError:
        return PageError(f"{self.page.name}:{block.first + 1}: {words}")

    def _write(self, block: Block) -> None:
        how, name = block.directive or ("", "")
        path = self.folder / name
        text = "\n".join(block.lines) + "\n"
        if how == "file":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif how == "append":
            path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
        else:
            old = "".join(f"{x[1:]}\n" for x in block.lines if not x.startswith("+"))
            new = "".join(f"{x[1:]}\n" for x in block.lines if not x.startswith("-"))
            before = path.read_text(encoding="utf-8")
            if before.count(old) != 1:
                raise self._fault(block, f"these lines stand {before.count(old)} times in {name}")
            path.write_text(before.replace(old, new), encoding="utf-8")

    def _console(self, block: Block) -> list[str]:
        result: list[str] = []
        expected = int(block.directive[1]) if block.directive is not None else 0
        shows = any(not line.startswith("$ ") for line in block.lines)
        for line in block.lines:
            if line.startswith("$ "):
                code, output = self._run(line[2:])
                if code != expected:
                    raise self._fault(block, f"'{line[2:]}' ended with {code}:\n{output}")
                result.append(line)
                if shows:
                    result += _trimmed(output)
        return result

    def _run(self, command: str) -> tuple[int, str]:
        if command.startswith("detente ") and not _SHELL & set(command):
            return run_detente(shlex.split(command)[1:], self.folder)
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            command,
            shell=True,
            cwd=self.folder,
            env={**os.environ, "PATH": path, **_environment(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def _python(self, block: Block) -> list[str]:
        code = compile("\n".join(block.lines), f"{self.page.name}:{block.first + 1}", "exec")
        output = io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(output):
            exec(code, self.namespace)
        return _trimmed(output.getvalue())


def _follows(lines: list[str], end: int, block: Block) -> bool:
    """Whether only empty lines stand between a block's end and the next block."""
    return not any(line.strip() for line in lines[end + 1 : block.first - 1])


def _trimmed(output: str) -> list[str]:
    lines = [line.rstrip() for line in output.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _environment(folder: Path) -> dict[str, str]:
    """What holds for every command: so wide, and nothing kept in the user's own folders."""
    none = str(folder / ".none")
    return {"COLUMNS": _COLUMNS, "DETENTE_CACHE": str(folder / ".cache"), "DETENTE_TAGGER": none}


def run_detente(arguments: list[str], folder: Path) -> tuple[int, str]:
    """Run the command in ``folder`` inside this process; return its exit code and its output."""
    from detente.cli.main import main

    output = io.StringIO()
    own = _environment(folder)
    before = sys.argv, {key: os.environ.get(key) for key in (*own, "FORCE_COLOR")}
    sys.argv = ["detente", *arguments]
    os.environ.update(own)
    os.environ.pop("FORCE_COLOR", None)
    try:
        with (
            contextlib.chdir(folder),
            contextlib.redirect_stdout(output),
            contextlib.redirect_stderr(output),
        ):
            main()
    except SystemExit as end:
        return (end.code if isinstance(end.code, int) else int(end.code is not None)), (
            output.getvalue()
        )
    finally:
        sys.argv = before[0]
        for key, value in before[1].items():
            os.environ.pop(key, None)
            if value is not None:
                os.environ[key] = value
    return 0, output.getvalue()
