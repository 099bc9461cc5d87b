"""``detente check``: every fault of a case folder with its place."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from detente.cli.common import CASE, as_json, find_case, json_option
from detente.report.words import count

if TYPE_CHECKING:
    from detente.case.case import Case

__all__ = ["command"]


@click.command()
@click.argument("case", type=CASE)
@json_option
def command(case: str, json_: bool) -> None:
    """Check the case folder CASE: files, keys, values, and every reference between them.

    Each fault is one line, 'file:line:column: sentence'. Exit code 0 if there is none, else 2.
    """
    from detente.case.load import parse_folder

    read, problems = parse_folder(find_case(case))
    problems = tuple(sorted(problems))
    if json_:
        as_json(
            {
                "ok": not problems,
                "problems": [
                    {
                        "file": problem.file,
                        "line": problem.line,
                        "column": problem.column,
                        "code": problem.code,
                        "message": problem.message,
                    }
                    for problem in problems
                ],
            }
        )
    elif problems:
        for problem in problems:
            click.echo(str(problem), err=True)
        click.echo(f"{count(len(problems), 'problem')} found.", err=True)
    elif read is not None:
        click.echo(
            f"{case}: fine. {count(len(read.points), 'point')}, "
            f"{count(len(read.drafts), 'draft')}, {count(len(read.actors), 'actor')}, "
            f"{count(len(read.statements), 'statement')} from "
            f"{count(len(read.sources), 'source')}, "
            f"{count(len(read.consent), 'consent rule')}{_packages(read)}{_positions(read)}"
            f"{_conflicts(read)}{_norms(read)}."
        )
        for problem in read.lost:
            click.echo(str(problem), err=True)
    if problems:
        sys.exit(2)


def _positions(case: Case) -> str:
    """What is said of stated positions, where there are any."""
    stated = len(case.positions)
    return f", positions on {count(stated, 'point')}" if stated else ""


def _conflicts(case: Case) -> str:
    """What is said of conflicts, where there are any."""
    return f", {count(len(case.strategy), 'conflict')}" if case.strategy else ""


def _norms(case: Case) -> str:
    """What is said of norms and of the log, where there are any."""
    if not case.norms:
        return ""
    return f", {count(len(case.norms), 'norm')}, {count(len(case.events), 'entry', 'entries')}"


def _packages(case: Case) -> str:
    """What is said of packages as such, where anything is."""
    constraints, preferences = len(case.constraints), len(case.preferences)
    words = f", {count(constraints, 'constraint')}" if constraints else ""
    return f"{words}, preferences of {count(preferences, 'actor')}" if preferences else words
