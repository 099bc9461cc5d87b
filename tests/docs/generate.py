"""Rewrite what the documentation takes from the code: ``python tests/docs/generate.py``.

Between ``<!-- begin generated: NAME -->`` and ``<!-- end generated -->`` stand the tables of keys
in case-format.md, the help of every command in commands.md, the codes of faults in faults.md, the
codes and words of lint.md, and the topics of precedents.md. In every page the output shown below a
command or a Python block is brought up to date as well, and a picture that the page shows is taken
from the run where the run makes it.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

import click

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from detente.cli.main import COMMANDS, cli
from detente.lint.codes import CODES
from detente.lint.words import LOOSE
from detente.precedents.vocabulary import provisions, topics
from docs.blocks import DOCS, Session, pages
from docs.fault_examples import EXAMPLES, codes_in_source, message_of
from docs.record_tables import kinds, shared_tables, tables_of

_PART = re.compile(r"(<!-- begin generated: ([\w-]+) -->\n).*?(<!-- end generated -->)", re.DOTALL)
_PICTURE = re.compile(r"\]\(([\w-]+\.svg)\)")
_WIDTH = 96


def generated_pages() -> dict[Path, str]:
    """Return the pages with generated parts, those parts as they must be now."""
    return {
        DOCS / "case-format.md": _filled(
            DOCS / "case-format.md",
            {"shared": shared_tables(), **{k: tables_of(v) for k, v in kinds().items()}},
        ),
        DOCS / "commands.md": _filled(DOCS / "commands.md", {"commands": command_sections()}),
        DOCS / "faults.md": _filled(DOCS / "faults.md", {"faults": fault_table()}),
        DOCS / "lint.md": _filled(DOCS / "lint.md", {"codes": code_table(), "words": word_table()}),
        DOCS / "precedents.md": _filled(
            DOCS / "precedents.md", {"own": own_table(), "crosswalk": crosswalk_table()}
        ),
    }


def _filled(path: Path, parts: dict[str, str]) -> str:
    text = path.read_text(encoding="utf-8")
    named = [name for _, name, _ in _PART.findall(text)]
    if sorted(named) != sorted(parts):
        raise ValueError(f"{path.name} has parts {named}, made are {sorted(parts)}")
    return _PART.sub(lambda m: f"{m.group(1)}\n{parts[m.group(2)]}\n\n{m.group(3)}", text)


def command_sections() -> str:
    """Return the help of the program and of every command."""
    top = click.Context(
        cli,
        info_name="detente",
        terminal_width=_WIDTH,
        max_content_width=_WIDTH,
        **cli.context_settings,
    )
    parts = [f"## detente\n\n```text\n{cli.get_help(top).rstrip()}\n```"]
    for name in COMMANDS:
        command = cli.get_command(top, name)
        if command is None:
            raise ValueError(f"there is no command {name}")
        context = click.Context(
            command,
            info_name=name,
            parent=top,
            terminal_width=_WIDTH,
            max_content_width=_WIDTH,
        )
        parts.append(f"## detente {name}\n\n```text\n{command.get_help(context).rstrip()}\n```")
    return "\n\n".join(parts)


def fault_table() -> str:
    """Return every code of a fault with what it means and how one of its kind is told."""
    lines = ["| code | meaning | example |", "|---|---|---|"]
    for code in sorted(codes_in_source() & EXAMPLES.keys()):
        message = (message_of(code) or "").replace("|", "\\|")
        lines.append(f"| `{code}` | {EXAMPLES[code].meaning} | `{message}` |")
    return "\n".join(lines)


def code_table() -> str:
    """Return every code of a finding with its severity and what it means."""
    lines = ["| code | kind | what is found | why, and what mends it |", "|---|---|---|---|"]
    lines += [
        f"| `{code.id}` | {code.severity} | {code.label} | {code.explanation} |"
        for code in CODES.values()
    ]
    return "\n".join(lines)


def word_table() -> str:
    """Return the words that bind nobody, those with one reason together."""
    reasons: dict[str, list[str]] = {}
    for loose in LOOSE:
        reasons.setdefault(loose.why, []).append(loose.phrase)
    lines = ["| words | why they bind nobody |", "|---|---|"]
    lines += [f"| {', '.join(phrases)} | {why} |" for why, phrases in reasons.items()]
    return "\n".join(lines)


def own_table() -> str:
    """Return the topics of our own, with what they mean."""
    lines = ["| topic | meaning | nearest in PA-X |", "|---|---|---|"]
    for topic in topics().values():
        if topic.own:
            near = ", ".join(f"`{each}`" for each in topic.nearest) or "none"
            lines.append(f"| `{topic.id}` | {topic.name}. {topic.words}. | {near} |")
    return "\n".join(lines)


def crosswalk_table() -> str:
    """Return the provisions of UCDP, with the topics that come near them."""
    lines = ["| column | provision | topics that come near |", "|---|---|---|"]
    for column, name in provisions().items():
        near = [f"`{topic.id}`" for topic in topics().values() if column in topic.provisions]
        lines.append(f"| `{column}` | {name} | {', '.join(near) or 'none'} |")
    return "\n".join(lines)


def run_page(page: Path, *, pictures: bool = False) -> str:
    """Run every block of a page in a temporary folder; return it with its output up to date.

    Parameters
    ----------
    pictures
        Whether pictures that the page shows are replaced by those that its run makes.
    """
    with tempfile.TemporaryDirectory() as folder:
        text = Session(page, Path(folder)).refresh()
        for name in _PICTURE.findall(text) if pictures else ():
            made = Path(folder) / name
            if made.is_file():
                (page.parent / name).write_bytes(made.read_bytes())
        return text


def main() -> None:
    """Rewrite all pages that are not as they must be, and name them."""
    for path, text in generated_pages().items():
        _write(path, text)
    for page in pages():
        _write(page, run_page(page, pictures=True))


def _write(path: Path, text: str) -> None:
    if path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.relative_to(DOCS.parent)}\n")


if __name__ == "__main__":
    main()
