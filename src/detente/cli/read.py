"""``detente read``: what do documents say, and who says it?"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from detente.cli.common import as_json, console, json_option, own_case
from detente.cli.packages import open_bar
from detente.report.words import count

if TYPE_CHECKING:
    from detente.reading.engines import Name
    from detente.reading.review.proposals import Proposals

__all__ = ["command"]


@click.command()
@click.argument("paths", metavar="[CASE] FILE...", nargs=-1, required=True)
@click.option("--jsonl", is_flag=True, help="Print a line of JSON for each document; no case.")
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Add the lines of --jsonl to FILE, and leave out what was read into it before.",
)  # fmt: skip
@click.option(
    "--engine", type=click.Choice(("tagger", "rules")),
    help="What finds who said what; if not given the tagger, yours or else the one that ships.",
)  # fmt: skip
@click.option(
    "--jobs", metavar="N", type=click.IntRange(1, 256),
    help="Processes side by side, with --jsonl; all cores if not given.",
)  # fmt: skip
@json_option
def command(paths: tuple[str, ...], *, jsonl: bool, json_: bool, **given: Any) -> None:
    """Read documents: who said what, how it stands to a plan, points, quantities, places.

    Reads plain text, HTML, PDF and DOCX, in English, without any network. What is found are
    proposals, written to CASE/proposals for 'detente review'; nothing enters the case here. With
    --jsonl documents or whole folders are read without a case, a line of JSON for each.

    \b
    detente read my-case article.html draft.docx
    detente read --jsonl news/ -o news.jsonl
    """
    if jsonl:
        code = _print_lines([Path(each) for each in paths], **given)
        if code:
            raise click.exceptions.Exit(code)
        return
    if given["output"] is not None:
        raise click.UsageError("--output goes with --jsonl; proposals are written into the case.")
    if len(paths) < 2:
        raise click.UsageError("Give a case and at least one document, or --jsonl.")
    _propose(paths[0], [Path(each) for each in paths[1:]], given["engine"], json_=json_)


def _print_lines(
    paths: list[Path], *, output: Path | None, engine: Name | None, jobs: int | None
) -> int:
    from detente.reading.bulk import find_documents, read_many, resume

    documents = find_documents(paths)
    left, again = (documents, False) if output is None else resume(output, documents)
    wrong = 0
    least = 2 if again else 1  # what killed its process may do so again
    most = max(least, min(os.cpu_count() or 1, len(left) // 4))
    with _lines(output) as out, open_bar("reading") as bar:
        for number, found in enumerate(read_many(left, engine, jobs or most), 1):
            out.write(_line(found))
            out.flush()
            bar(1.0 - number / len(left))
            if "error" in found:
                wrong += 1
                click.echo(f"{found['document']}: {found['error']}", err=True)
    return 2 if wrong else 0


def _line(found: dict[str, Any]) -> str:
    line = json.dumps(found, ensure_ascii=False) + "\n"
    try:
        line.encode()
    except UnicodeEncodeError:  # the name of a file may be no text
        return json.dumps(found) + "\n"
    return line


@contextmanager
def _lines(output: Path | None) -> Iterator[IO[str]]:
    if output is None:
        yield sys.stdout
        return
    with output.open("a", encoding="utf-8") as lines:
        yield lines


def _propose(name: str, paths: list[Path], engine: Name | None, *, json_: bool) -> None:
    from detente.errors import DetenteError
    from detente.reading.bulk import find_documents
    from detente.reading.engines import open_engine
    from detente.reading.review.proposals import proposals_data, propose

    case = own_case(name)
    documents = find_documents(paths)
    used, opened = open_engine(engine)
    found: list[Proposals] = []
    wrong = 0
    with open_bar("reading") as bar:
        for number, path in enumerate(documents, 1):
            try:
                found.append(propose(case, path, opened))
            except DetenteError as fault:
                wrong += 1
                click.echo(str(fault), err=True)
            bar(1.0 - number / len(documents))
    if json_:
        as_json({"engine": used, "proposals": [proposals_data(each) for each in found]})
    else:
        _say(name, found, used)
    if wrong:
        raise click.exceptions.Exit(2)


def _say(name: str, found: list[Proposals], used: str) -> None:
    out = console()
    for each in found:
        title = f", {each.title}" if each.title else ""
        out.print(f"{Path(each.document).name}{title}", style="bold", highlight=False)
        for note in each.notes:
            out.print(note)
        for old in each.same_as:
            out.print(f"The same text was read before: {old}.")
        out.print(
            f"{count(len(each.items), 'attribution')} ({used}), "
            f"{count(len(each.points), 'numbered point')}, "
            f"{count(len(each.quantities), 'quantity', 'quantities')}, "
            f"{count(len(each.places), 'place')}."
        )
        if each.new_speakers:
            out.print(f"Not in the case: {'; '.join(each.new_speakers)}.", highlight=False)
    if found:
        out.print(f"Next: detente review {name}")
