"""``detente diff``: what changed between two drafts or two case folders?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.common import as_json, console, find_case, json_option, load_case, scenario, table

if TYPE_CHECKING:
    from detente.case.case import Case

__all__ = ["command"]


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="[CASE] A B")
@scenario
@json_option
def command(names: tuple[str, ...], scenario: str | None, json_: bool) -> None:
    """Show what changed from A to B: two drafts of a case, or two case folders.

    For drafts: points added, dropped and changed, and what each change does to those whom every
    agreement needs. A and B may be ids after a CASE, or the files of the drafts.

    \b
    detente diff ukraine-2025 us-russia-28 us-ukraine-20
    detente diff my-case/drafts/first.yaml my-case/drafts/second.yaml
    detente diff my-case-monday my-case-friday
    """
    if len(names) == 3:
        _drafts(load_case(names[0]), names[1], names[2], scenario, json_=json_)
    elif len(names) != 2:
        raise click.UsageError("Name two drafts after their case, two draft files, or two cases.")
    elif all(Path(name).is_file() for name in names):
        homes = [_home(Path(name)) for name in names]
        if homes[0][0] != homes[1][0]:
            raise click.UsageError("The two drafts belong to different cases; compare the cases.")
        _drafts(load_case(str(homes[0][0])), homes[0][1], homes[1][1], scenario, json_=json_)
    elif all(find_case(name).is_dir() for name in names):
        if scenario is not None:
            raise click.UsageError("A scenario belongs to one case; leave it out for two cases.")
        _cases(load_case(names[0]), load_case(names[1]), json_=json_)
    else:
        missing = next(name for name in names if not Path(name).exists())
        raise click.UsageError(f"There is no file or folder '{missing}'.")


def _home(path: Path) -> tuple[Path, str]:
    """The case folder of a draft's file, and the draft's id."""
    from detente.text import yaml

    data = yaml.read(path, str(path)).data
    name = data.get("id") if isinstance(data, dict) else None
    if not isinstance(name, str):
        raise click.UsageError(f"'{path}' is not the file of one draft.")
    return path.resolve().parent.parent, name


def _drafts(case: Case, before: str, after: str, scenario: str | None, *, json_: bool) -> None:
    from detente.assess.outlook import Outlook
    from detente.compare.drafts import compare_drafts
    from detente.report.as_data import draft_changes_data

    outlook = Outlook.of(case, scenario)
    actors = outlook.rules.principals
    changes = compare_drafts(outlook, case.draft(before), case.draft(after), actors)
    if json_:
        as_json(draft_changes_data(before, after, changes))
        return
    out = console()
    differ = sum(change.kind != "affected" for change in changes)
    out.print(f"{before} -> {after}: {differ} of {len(case.points)} points differ", style="bold")
    grid = table("Point", "", before, after, *[case.actor_of[name].name for name in actors])
    for change in changes:
        effects = [f"{e.mean:+.2f} ± {e.sd:.2f}" for e in change.effects]
        grid.add_row(change.point, change.kind, change.before, change.after, *effects)
    grid.add_section()
    sums = [sum(c.effects[place].mean for c in changes) for place in range(len(actors))]
    grid.add_row("all together", "", "", "", *[f"{total:+.2f}" for total in sums])
    out.print(grid)
    out.print("Effects: change of salience times rating, on -3..3, averaged where open or unknown.")


def _cases(before: Case, after: Case, *, json_: bool) -> None:
    from detente.compare.cases import compare_cases
    from detente.report.as_data import case_changes_data

    changes = compare_cases(before, after)
    if json_:
        as_json({"before": before.name, "after": after.name, "changes": case_changes_data(changes)})
        return
    out = console()
    out.print(f"{before.name} -> {after.name}: {len(changes)} records differ", style="bold")
    if changes:
        grid = table("Kind", "Id", "", "Keys")
        for each in changes:
            grid.add_row(each.kind, each.id, each.change, ", ".join(each.keys))
        out.print(grid)
