"""``detente show``: what a case, a draft, an actor, a point or a statement holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from detente.cli.common import as_json, case_argument, console, json_option, table

if TYPE_CHECKING:
    from detente.case.case import Case

__all__ = ["command"]


@click.command()
@case_argument
@click.argument("name", required=False)
@json_option
def command(case: Case, name: str | None, json_: bool) -> None:
    """Show what CASE holds; or one draft, actor, person, point, statement, source or rule by id.

    \b
    detente show ukraine-2025
    detente show ukraine-2025 army-cap
    """
    if name is None:
        _whole(case, json_=json_)
    else:
        _one(case, name, json_=json_)


def _whole(case: Case, *, json_: bool) -> None:
    if json_:
        as_json(
            {
                "case": case.name,
                "title": case.about.title,
                "as_of": case.as_of.isoformat(),
                "scenarios": [each.id for each in case.scenarios],
                "points": [each.id for each in case.points],
                "drafts": [each.id for each in case.drafts],
                "actors": [each.id for each in case.actors],
                "people": [each.id for each in case.people],
                "statements": [each.id for each in case.statements],
                "sources": [each.id for each in case.sources],
                "consent": [each.id for each in case.consent],
            }
        )
        return
    from detente.compare.drafts import taken_words

    out = console()
    out.print(case.about.title, style="bold")
    if case.about.summary:
        out.print(case.about.summary.strip())
    out.print(f"As of {case.as_of.isoformat()}. Without a deal:")
    for scenario in case.scenarios:
        out.print(f"  {scenario.id}: {scenario.title}")
    grid = table("Point", "Status quo", *[draft.id for draft in case.drafts])
    for point in case.points:
        cells = [taken_words(draft, point.id) for draft in case.drafts]
        grid.add_row(point.id, point.status_quo, *cells)
    out.print(grid)
    out.print(
        f"{len(case.actors)} actors, {len(case.people)} people, {len(case.statements)} statements "
        f"from {len(case.sources)} sources, {len(case.consent)} consent rules."
    )


def _one(case: Case, name: str, *, json_: bool) -> None:
    from detente.errors import RequestError
    from detente.text.nearest import suggest

    kinds = ("drafts", "points", "actors", "people", "statements", "sources", "consent")
    found: list[tuple[str, Any]] = [
        (kind, record) for kind in kinds for record in getattr(case, kind) if record.id == name
    ]
    if not found:
        known = [record.id for kind in kinds for record in getattr(case, kind)]
        raise RequestError(f"The case holds nothing with the id '{name}'{suggest(name, known)}")
    if json_:
        as_json([{"kind": kind, **record.model_dump(exclude_unset=True)} for kind, record in found])
        return
    out = console()
    for kind, record in found:
        out.print(f"{kind}: {record.id}", style="bold")
        for key, value in record.model_dump(exclude_unset=True).items():
            if key != "id":
                _say(out.print, key, value, 1)
        if kind in ("points", "actors"):
            _statements(case, kind, name)


def _statements(case: Case, kind: str, name: str) -> None:
    grid = table("Date", "Who", "Stance", "What", title="Statements")
    for statement in case.statements:
        about = name in statement.actors
        if kind == "points":
            about = any(target.point == name for target in statement.targets)
        if about:
            names = [case.person_of[each].name for each in statement.speakers]
            stance = "" if statement.stance is None else f"{statement.stance:+g}"
            who = ", ".join(names) or ", ".join(statement.actors)
            grid.add_row(statement.date, who, stance, f"{statement.gist} [{statement.id}]")
    if grid.row_count:
        console().print(grid)


def _say(say: Any, key: str, value: Any, depth: int) -> None:
    indent = "  " * depth
    if isinstance(value, dict):
        say(f"{indent}{key}:")
        for inner, each in value.items():
            _say(say, inner, each, depth + 1)
    elif isinstance(value, tuple) and any(isinstance(each, dict) for each in value):
        say(f"{indent}{key}:")
        for each in value:
            words = (
                ", ".join(f"{k}: {_flat(v)}" for k, v in each.items())
                if isinstance(each, dict)
                else _flat(each)
            )
            say(f"{indent}  - {words}")
    else:
        say(f"{indent}{key}: {_flat(value)}")


def _flat(value: Any) -> str:
    return ", ".join(str(each) for each in value) if isinstance(value, tuple) else str(value)
