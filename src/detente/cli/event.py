"""``detente event``: add an entry to the log of a case."""

from __future__ import annotations

from typing import get_args

import click

from detente.case.norms import Event
from detente.cli.common import CASE, as_json, json_option, own_case

__all__ = ["command"]

_KINDS = get_args(Event.model_fields["kind"].annotation)


@click.command()
@click.argument("case", type=CASE)
@click.option(
    "--kind",
    metavar="KIND",
    required=True,
    type=click.Choice(_KINDS),
    help="What happened: event, or to a norm: performed, breached and so on.",
)
@click.option("--norm", metavar="ID", help="The norm it is about.")
@click.option("--event", metavar="NAME", help="The event that happened, where it is no norm's.")
@click.option("--happened", metavar="DATE", required=True, help="The day, or a time with its zone.")
@click.option("--reported", metavar="DATE", help="When it became known; else when it happened.")
@click.option("--actor", "actors", metavar="ID", multiple=True, help="Who acted; repeat.")
@click.option("--amount", metavar="N", type=float, help="Amount measured, or days of an extension.")
@click.option("--source", "sources", metavar="ID", multiple=True, help="Where it was read; repeat.")
@click.option("--note", metavar="TEXT", help="Anything else a reader should know.")
@click.option("--corrects", metavar="ID", help="The earlier entry whose place it takes.")
@json_option
def command(
    case: str,
    kind: str,
    norm: str | None,
    event: str | None,
    happened: str,
    reported: str | None,
    actors: tuple[str, ...],
    amount: float | None,
    sources: tuple[str, ...],
    note: str | None,
    corrects: str | None,
    json_: bool,
) -> None:
    """Add an entry to the log of CASE (events.yaml): one line at its end, nothing else is touched.

    A mistake is mended by a new entry that --corrects the old one; kind 'retracted' says that it
    never happened. Several programs may add at the same time.

    Kinds: event, performed, breached, measured, decided, extended, suspended, resumed, waived,
    cured, retracted.

    \b
    detente event my-case --kind performed --norm withdrawal --happened 2025-03-01 --actor north
    """
    from detente.case.append import append_entry

    read = own_case(case)
    given = {
        "kind": kind,
        "norm": norm,
        "event": event,
        "happened": happened,
        "reported": reported,
        "actor": _one_or_more(actors),
        "amount": amount,
        "source": _one_or_more(sources),
        "note": note,
        "corrects": corrects,
    }
    entry = append_entry(read, {key: value for key, value in given.items() if value is not None})
    if json_:
        as_json(entry.model_dump(exclude_unset=True))
    else:
        subject = entry.norm or entry.event or entry.corrects
        click.echo(f"Added '{entry.id}': {entry.kind} {subject}, {entry.happened}.")


def _one_or_more(names: tuple[str, ...]) -> str | tuple[str, ...] | None:
    return names[0] if len(names) == 1 else names or None
