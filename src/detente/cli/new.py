"""``detente new``: a case folder to start from."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from detente.cli.common import as_json, json_option

__all__ = ["command"]


def _examples(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from detente.case.examples import example_names

    return [CompletionItem(name) for name in example_names() if name.startswith(incomplete)]


@click.command()
@click.option(
    "--example", metavar="NAME", shell_complete=_examples, help="Copy a shipped example instead."
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@json_option
def command(example: str | None, folder: Path, json_: bool) -> None:
    """Make a new case folder DIR: a small commented case that is valid, or a copy of an example.

    Every file names its JSON Schema on top, so that common editors complete and check.

    \b
    detente new my-case
    detente new --example ukraine-2025 my-copy
    """
    from detente.case.starter import make_case

    make_case(folder, example)
    if json_:
        as_json({"case": str(folder), "example": example})
        return
    click.echo(f"{folder}: a new case. Edit its files, then 'detente check {folder}'.")
