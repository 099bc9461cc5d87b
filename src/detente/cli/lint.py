"""``detente lint``: what is wrong with an agreement before anybody signs it?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from detente.cli.common import CASE, as_json, console, json_option, load_case, table
from detente.report.words import count, listing

if TYPE_CHECKING:
    from detente.lint.findings import Finding
    from detente.lint.lint import Lint

__all__ = ["command"]


@click.command()
@click.argument("case", type=CASE, required=False)
@click.option("--draft", metavar="ID", help="Whose norms; the agreed draft if not given.")
@click.option("--only", metavar="CODE", multiple=True, help="Only findings of this code; repeat.")
@click.option("--all", "everything", is_flag=True, help="Also what norms silence, with the reason.")
@click.option("--explain", metavar="CODE", help="Say what a code means and what mends it.")
@json_option
def command(
    case: str | None,
    draft: str | None,
    only: tuple[str, ...],
    everything: bool,
    explain: str | None,
    json_: bool,
) -> None:
    """Find the faults of an agreement before it is signed: norms.yaml of CASE.

    Norms that wait for one another, deadlines that cannot be met together, duties against
    prohibitions; what nobody owes, watches or pays for; words that bind nobody; and who bears more.
    A norm can silence a finding with a reason. Exit code 1 if anything is found, 0 if nothing.

    \b
    detente lint minsk-2015
    detente lint ukraine-2025 --draft us-russia-28 --only deadlines-clash
    detente lint --explain unclear-days
    """
    if explain is not None:
        _explain(explain, json_=json_)
        return
    if case is None:
        raise click.UsageError("Missing argument 'CASE'.")
    from detente.lint.lint import lint_case, read_lines

    read = load_case(case)
    lint = lint_case(read, draft, only=only, lines=read_lines(read))
    if json_:
        from detente.report.lint_data import lint_data

        as_json(lint_data(lint))
    else:
        _say(lint, everything=everything)
    if lint.findings:
        sys.exit(1)


def _explain(name: str, *, json_: bool) -> None:
    from detente.lint.codes import CODES, SEVERITIES
    from detente.lint.lint import known_code

    code = CODES[known_code(name)]
    if json_:
        as_json(
            {
                "code": code.id,
                "label": code.label,
                "severity": code.severity,
                "explanation": code.explanation,
            }
        )
        return
    out = console()
    out.print(f"{code.id}: {code.label}", style="bold")
    out.print(f"{SEVERITIES[code.severity]}.")
    out.print(code.explanation)


def _line(finding: Finding) -> str:
    return f"{finding.file}:{finding.line}:{finding.column} {finding.code} {finding.message}"


def _say(lint: Lint, *, everything: bool) -> None:
    from detente.lint.codes import SEVERITIES

    out = console()
    of_draft = f" of draft {lint.draft}" if lint.draft else ""
    out.print(f"{count(lint.norms, 'norm')}{of_draft}", style="bold")
    for severity, findings in lint.by_severity().items():
        if findings:
            out.print(f"\n{SEVERITIES[severity]}: {len(findings)}", style="bold")
        for finding in findings:
            click.echo(_line(finding))
    if everything and lint.silenced:
        out.print(f"\nSilenced: {len(lint.silenced)}", style="bold")
        for each in lint.silenced:
            click.echo(f"{_line(each.finding)} Silenced by '{each.norm}': {each.reason}")
    _say_coverage(lint)
    _say_asymmetry(lint)
    hidden = f", {len(lint.silenced)} silenced" if lint.silenced else ""
    out.print(f"{count(len(lint.findings), 'finding')}{hidden}.")


def _say_coverage(lint: Lint) -> None:
    grid = table("Has its own", "Norms", "Clauses", "Which clauses", title="What the norms say")
    for each in lint.coverage:
        part = f", and part of {listing(each.in_part)}" if each.in_part else ""
        grid.add_row(
            each.what,
            f"{len(each.norms)} of {each.of_norms}",
            f"{len(each.clauses)} of {each.of_clauses}",
            f"{listing(each.clauses, most=6, empty='none')}{part}",
        )
    console().print()
    console().print(grid)


def _say_asymmetry(lint: Lint) -> None:
    grid = table(
        "Actor",
        "Duties",
        "Limits",
        "Owed to it",
        "Powers",
        "Its breach has a remedy",
        "Breach against it has",
        "Median due day",
        title="Who bears what; days from entry into force",
    )
    for share in lint.asymmetry:
        grid.add_row(
            share.actor,
            str(len(share.duties)),
            str(len(share.limits)),
            str(len(share.owed)),
            str(len(share.powers)),
            f"{len(share.remedied)} of {len(share.borne)}",
            f"{len(share.protected)} of {len(share.owed)}",
            "" if share.median_due is None else f"{share.median_due:g}",
        )
    console().print(grid)
