"""``detente schema``: the JSON Schema of a kind of case file."""

from __future__ import annotations

import click

from detente.cli.common import as_json

__all__ = ["command"]


@click.command()
@click.argument("kind", required=False)
def command(kind: str | None) -> None:
    """Print the JSON Schema of one KIND of case file, or of all.

    Editors complete and check case files with it; 'detente new' writes the schemas beside the case
    and names them on top of each file.
    """
    from detente.case.load import FILES
    from detente.case.schema import file_schema
    from detente.errors import RequestError
    from detente.text.nearest import suggest

    kinds = {each.stem: each for each in FILES}
    if kind is None:
        as_json({stem: file_schema(each) for stem, each in kinds.items()})
    elif kind in kinds:
        as_json(file_schema(kinds[kind]))
    else:
        raise RequestError(f"There is no kind of file '{kind}'{suggest(kind, kinds)}")
