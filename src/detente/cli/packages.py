"""What the commands on packages share: the TARGET they open and how they show packages."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from detente.cli.common import CASE, console, find_case

if TYPE_CHECKING:
    from detente.packages.space import Package, Space
    from detente.packages.target import Target

__all__ = ["open_bar", "package_words", "read_package", "say_target", "target_options"]

F = TypeVar("F", bound=Callable[..., Any])


def target_options(function: F) -> F:
    """Give a command its TARGET, opened, and the options that say who judges and how."""

    @wraps(function)
    def opened(
        target: str, party: tuple[str, ...], scenario: str | None, scale: str, **others: object
    ) -> object:
        from detente.packages.target import open_target

        found = open_target(find_case(target), parties=party, no_deal=scenario, scale=scale)
        return function(target=found, **others)

    decorators = (
        click.option(
            "--scale",
            type=click.Choice(["format", "as-written"]),
            default="format",
            show_default=True,
            help="Scale on which a scenario of another program is read.",
        ),
        click.option(
            "--scenario",
            metavar="ID",
            help="What happens without a deal, of a case; the first one if not given.",
        ),
        click.option(
            "--party",
            metavar="ID",
            multiple=True,
            help="Who judges; repeat. If not given, those whose yes every agreement needs.",
        ),
        click.argument("target", type=CASE),
    )
    found: Any = opened
    for decorator in decorators:
        found = decorator(found)
    return cast(F, found)


def say_target(target: Target) -> None:
    """Say what was opened, on which scale, and what a reader should know."""
    out, space = console(), target.space
    out.print(
        f"{target.name}: {_large(space.size)} packages, {len(space.parties)} parties", style="bold"
    )
    out.print(f"Scale: {target.scale}")
    for note in target.notes:
        out.print(f"Note: {note}")


def _large(number: int) -> str:
    if number < 10**9:
        return f"{number:,}"
    return f"{number:.1e}" if number < 10**300 else f"about 10^{len(str(number)) - 1}"


def package_words(space: Space, package: Package, most: int = 8) -> str:
    """A package in words where it has few points."""
    if len(space.points) > most:
        return ""
    return ", ".join(f"{point}={option}" for point, option in space.takes(package).items())


def read_package(target: Target, draft: str | None, takes: tuple[str, ...]) -> Package:
    """Return the package that a command names: a draft, or POINT=OPTION for every point.

    With a draft, options given besides replace those of the draft.
    """
    from detente.errors import RequestError

    space = target.space
    chosen: dict[str, str] = {}
    if draft is not None:
        chosen = space.takes(target.draft(draft))
    for each in takes:
        point, equals, option = each.partition("=")
        if not equals:
            raise RequestError(f"'{each}' is not of the form POINT=OPTION.")
        chosen[point] = option
    return space.package(chosen)


@contextmanager
def open_bar(words: str) -> Iterator[Callable[[float], None]]:
    """A bar of how much is settled, on a terminal only; told what is still open, 1 to 0."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=1.0)
        yield lambda left: bar.update(task, completed=1.0 - left)
