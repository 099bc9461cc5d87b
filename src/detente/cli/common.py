"""What several commands share: naming a case, JSON beside human output, tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from detente.case.case import Case

__all__ = [
    "CASE",
    "as_json",
    "case_argument",
    "console",
    "find_case",
    "json_option",
    "list_option",
    "own_case",
    "plot_option",
    "scenario",
    "seconds_option",
    "table",
]

F = TypeVar("F", bound=Callable[..., Any])


class _CaseName(click.ParamType[str]):
    """A case folder, or the name of a shipped example; completes both."""

    name = "case"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from detente.case.examples import example_names

        found = [CompletionItem(name) for name in example_names() if name.startswith(incomplete)]
        return [*found, CompletionItem(incomplete, type="dir")]


CASE = _CaseName()


def find_case(name: str) -> Path:
    """Return the folder of a case given by path, or by the name of a shipped example."""
    path = Path(name)
    if not path.exists():
        from detente.case.examples import example_folder, example_names

        if name in example_names():
            return example_folder(name)
    return path


def load_case(name: str) -> Case:
    """Read the case of that path or example name."""
    from detente.case.load import load

    return load(find_case(name))


def own_case(name: str) -> Case:
    """Read a case that is going to be written; a shipped example is refused.

    Raises
    ------
    RequestError
        If ``name`` is that of a shipped example and no folder.
    """
    from detente.case.load import load
    from detente.errors import RequestError

    folder = find_case(name)
    if str(folder) != str(Path(name)):
        raise RequestError(
            f"'{name}' is a shipped example; 'detente new --example {name} my-copy' makes a copy."
        )
    return load(folder)


def case_argument(function: F) -> F:
    """Give a command its CASE argument, read into a case."""

    def read(_ctx: click.Context, _param: click.Parameter, value: str) -> Case:
        return load_case(value)

    return click.argument("case", type=CASE, callback=read)(function)


json_option = click.option("--json", "json_", is_flag=True, help="Print JSON instead of text.")

scenario = click.option(
    "--scenario", metavar="ID", help="What happens without a deal; the first one if not given."
)


def seconds_option(help_: str, *, default: float = 30.0, least: float = 0.1) -> Callable[[F], F]:
    """Give a command ``--seconds``: the time after which it says what it has proven."""
    return click.option(
        "--seconds",
        metavar="S",
        type=click.FloatRange(least),
        default=default,
        show_default=True,
        help=help_,
    )


def list_option(help_: str, *, default: int = 20, most: int | None = None) -> Callable[[F], F]:
    """Give a command ``--list``: how many rows it shows."""
    return click.option(
        "--list",
        "listed",
        metavar="N",
        type=click.IntRange(1, most),
        default=default,
        show_default=True,
        help=help_,
    )


def plot_option(help_: str) -> Callable[[F], F]:
    """Give a command ``--plot``: the file into which it draws."""
    return click.option("--plot", metavar="FILE", type=click.Path(path_type=Path), help=help_)


def as_json(data: object) -> None:
    """Print data as JSON."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def console() -> Console:
    """Return a console: colours on a terminal only, at least 100 columns where piped."""
    from rich.console import Console

    found = Console(highlight=False, emoji=False, markup=False)
    return (
        found
        if found.is_terminal
        else Console(highlight=False, emoji=False, markup=False, width=max(found.width, 110))
    )


def table(*columns: str, title: str | None = None) -> Table:
    """Return an empty table in the one style that all commands use."""
    from rich import box
    from rich.table import Table

    grid = Table(
        title=title,
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        title_justify="left",
        title_style="bold",
    )
    for column in columns:
        grid.add_column(column, overflow="fold")
    return grid
