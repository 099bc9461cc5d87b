"""``detente report``: the findings on a case as one file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.common import as_json, case_argument, json_option, scenario

if TYPE_CHECKING:
    from detente.case.case import Case

__all__ = ["command", "write_report"]

_SUFFIX = {"html": "html", "md": "md", "json": "json"}


@click.command()
@case_argument
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Folder to write to; the current one if not given.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(sorted(_SUFFIX)),
    default="html",
    show_default=True,
    help="What to write.",
)
@scenario
@json_option
def command(case: Case, output: Path, format_: str, scenario: str | None, json_: bool) -> None:
    """Write a report on CASE: one self-contained file, no request to anywhere.

    The answer in five lines, drafts side by side, map, consent, ledger, amendments, changes,
    statements with sources, assumptions, method. The HTML reads on a phone, in print, in the dark.
    """
    path, _ = write_report(case, output, format_, scenario)
    if json_:
        as_json({"case": case.name, "format": format_, "file": str(path)})
    else:
        click.echo(f"Report: {path}")


def write_report(
    case: Case, output: Path, format_: str, scenario: str | None
) -> tuple[Path, tuple[str, ...]]:
    """Write the report and return its path and the answer in five lines."""
    import json

    from detente.case.write import write_text
    from detente.errors import RequestError
    from detente.report.as_data import report_data
    from detente.report.findings import gather
    from detente.report.page import answer, render_markdown, render_page

    with _progress(3 + 2 * len(case.drafts)) as progress:
        findings = gather(case, scenario, progress)
    if format_ == "html":
        text = render_page(findings)
    elif format_ == "md":
        text = render_markdown(findings)
    else:
        text = json.dumps(report_data(findings), ensure_ascii=False, indent=2) + "\n"
    path = output / f"{case.name}-report.{_SUFFIX[format_]}"
    try:
        write_text(path, text)
    except OSError as error:
        message = (
            f"{output}: The report cannot be written here ({error.strerror}); choose a folder."
        )
        raise RequestError(message) from None
    return path, answer(findings)


@contextmanager
def _progress(steps: int) -> Iterator[Callable[[str], None] | None]:
    """A bar that says what is being done; on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=steps)
        yield lambda words: bar.update(task, description=words, advance=1)
