"""``detente stability``: what could the parties do instead, and where would that settle?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.common import (
    CASE,
    as_json,
    console,
    find_case,
    json_option,
    list_option,
    plot_option,
    table,
)
from detente.cli.packages import open_bar
from detente.report.words import count, listing

if TYPE_CHECKING:
    from detente.strategy.conflict import Conflict
    from detente.strategy.findings import StrategyFindings

__all__ = ["command"]


@click.command()
@click.argument("target", metavar="CASE|FILE", type=CASE)
@click.option("--model", metavar="ID", help="One of several conflicts of a case; else the first.")
@click.option(
    "--concept",
    "concepts",
    metavar="ID",
    multiple=True,
    help="Only this concept: nash, gmr, smr, seq or sseq; repeat.",
)
@click.option(
    "--from",
    "start",
    metavar="STATE",
    help="Where the conflict stands, in place of its status quo.",
)
@click.option("--explain", metavar="STATE", help="Say in words why a state is stable or not.")
@click.option(
    "--make-stable",
    metavar="STATE",
    help="Find the smallest changes of preferences that make a state stable.",
)
@click.option("--coalitions", is_flag=True, help="List every joint improvement from equilibria.")
@click.option(
    "--limited-move",
    "horizon",
    metavar="H",
    type=click.IntRange(1, 50),
    help="Also the states that are stable when everybody looks H moves ahead.",
)
@list_option("How many equilibria are shown.")
@plot_option("Draw the graph of states and moves: .svg, .png or .pdf.")
@json_option
def command(
    target: str,
    model: str | None,
    concepts: tuple[str, ...],
    start: str | None,
    explain: str | None,
    make_stable: str | None,
    coalitions: bool,
    horizon: int | None,
    listed: int,
    plot: Path | None,
    json_: bool,
) -> None:
    """Find where a conflict can settle: the graph model for conflict resolution.

    The target is a CASE with a strategy.yaml, or a JSON file of GMCR+. Shown are the states that
    are stable for everybody, by five ways of looking ahead; how they can be reached from the status
    quo, by any moves and by improvements alone; and which of them several could leave together. A
    STATE is named by its characters over the options, such as YNN, or by its number.

    \b
    detente stability ukraine-2025
    detente stability ukraine-2025 --explain 10N0N
    detente stability conflict.gmcr --coalitions --plot graph.svg
    """
    from detente.strategy.findings import find_strategy, open_conflict
    from detente.strategy.stability import CONCEPTS

    conflict = open_conflict(find_case(target), model)
    if explain is not None or make_stable is not None:
        _one_state(conflict, explain, make_stable, concepts, json_=json_)
        return
    origin = None if start is None else conflict.state(start)
    with open_bar("looking ahead") as bar:
        found = find_strategy(conflict, concepts or CONCEPTS, start=origin, progress=bar)
    if plot is not None:
        from detente.pictures.files import save_figure
        from detente.strategy.picture import draw_conflict

        save_figure(draw_conflict(found), plot)
    if json_:
        _as_json(found, horizon, coalitions=coalitions)
    else:
        _say(found, horizon, listed, coalitions=coalitions)


def _one_state(
    conflict: Conflict,
    explain: str | None,
    make_stable: str | None,
    concepts: tuple[str, ...],
    *,
    json_: bool,
) -> None:
    from detente.report.strategy_data import changes_data, explained, view_data
    from detente.strategy.explain import explain_state
    from detente.strategy.inverse import find_changes
    from detente.strategy.stability import CONCEPTS

    if explain is not None and make_stable is not None:
        raise click.UsageError("--explain and --make-stable are two questions; ask one at a time.")
    if explain is not None:
        view = explain_state(conflict, conflict.state(explain))
        if json_:
            as_json(view_data(conflict, view))
            return
        labels = {concept.id: concept.label for concept in CONCEPTS.values()}
        for line in explained(conflict, view, labels):
            console().print(line)
        return
    state = conflict.state(make_stable or "")
    changes = [
        change
        for concept in concepts or ("nash", "seq")
        for change in find_changes(conflict, state, concept)
    ]
    if json_:
        as_json(changes_data(conflict, state, changes))
        return
    out = console()
    out.print(f"To make state {conflict.text(state)} stable: {conflict.words(state)}", style="bold")
    grid = table("Decision maker", "Concept", "No better than it must be", "Or it must rise by")
    names = {maker.id: maker.name for maker in conflict.makers}
    for change in changes:
        lower = listing([conflict.text(each) for each in change.lower], most=6, empty="stable")
        proof = "" if change.proven else " (fewest not proven)"
        rise = count(change.rise, "rank") if change.rise else ""
        label = CONCEPTS[change.concept].label
        grid.add_row(names[change.maker], label, f"{lower}{proof}", rise)
    out.print(grid)
    out.print("The fewest states that a decision maker must judge no better than this one, others")
    out.print("keeping their preferences; or the ranks by which this state alone must rise.")


def _as_json(found: StrategyFindings, horizon: int | None, *, coalitions: bool) -> None:
    from detente.report.strategy_data import strategy_data
    from detente.strategy.coalitions import find_jumps
    from detente.strategy.limited import limited_move

    data = strategy_data(found)
    conflict = found.conflict
    if coalitions:
        data["joint_improvements"] = [
            {
                "coalition": list(jump.coalition),
                "from": conflict.text(jump.start),
                "to": conflict.text(jump.end),
                "sanctioned": jump.sanctioned,
            }
            for jump in find_jumps(conflict, found.settled)
        ]
    if horizon is not None:
        stable = limited_move(conflict, horizon).all(axis=0) & conflict.feasible
        states = conflict.to_file(stable.nonzero()[0])
        data["limited_move"] = {
            "horizon": horizon,
            "states": [conflict.text(state) for state in sorted(states.tolist())],
        }
    as_json(data)


def _say(found: StrategyFindings, horizon: int | None, listed: int, *, coalitions: bool) -> None:
    out, conflict = console(), found.conflict
    out.print(f"{conflict.name}\n", style="bold")
    out.print(
        f"{count(len(conflict.states), 'state')} of {conflict.size:,} combinations can occur."
    )
    for maker in conflict.makers:
        options = [conflict.options[place] for place in maker.options]
        words = [
            option.label
            if option.alternatives == ("no", "yes")
            else f"{option.label} ({', '.join(option.alternatives)})"
            for option in options
        ]
        out.print(f"  {maker.name}: {'; '.join(words)}")
    _say_equilibria(found, listed)
    _say_paths(found, listed)
    if horizon is not None:
        _say_limited(conflict, horizon)
    _say_jumps(found, everything=coalitions)


def _say_equilibria(found: StrategyFindings, listed: int) -> None:
    from detente.strategy.stability import CONCEPTS

    out, conflict = console(), found.conflict
    columns = [CONCEPTS[concept].label for concept in found.stability.stable]
    counts = [
        f"{CONCEPTS[concept].label} {len(found.stability.equilibria(concept)):,}"
        for concept in found.stability.stable
    ]
    out.print(f"\nEquilibria, stable for everybody: {', '.join(counts)}.", style="bold")
    if not found.settled:
        return
    grid = table("No.", "State", *columns, "What is done")
    for state in found.settled[:listed]:
        mine = found.concepts_of(state)
        marks = ["E" if concept in mine else "" for concept in found.stability.stable]
        number, text = str(conflict.number(state)), conflict.text(state)
        grid.add_row(number, text, *marks, conflict.words(state))
    out.print(grid)
    if len(found.settled) > listed:
        out.print(f"and {len(found.settled) - listed:,} more; --list N shows more, --json all.")


def _say_paths(found: StrategyFindings, listed: int) -> None:
    from detente.report.strategy_data import moves_words

    out, conflict = console(), found.conflict
    if found.paths is None or found.improvements is None:
        return
    start = found.paths.start
    out.print(
        f"From where it stands, {conflict.text(start)} ({conflict.words(start)}):", style="bold"
    )
    grid = table("State", "Moves", "Every step pays", "A shortest way")
    for state in found.settled[:listed]:
        moves, paying = found.paths.moves(state), found.improvements.moves(state)
        if moves is None:
            grid.add_row(conflict.text(state), "", "", "cannot be reached")
            continue
        shown = moves if paying is None else paying
        grid.add_row(
            conflict.text(state),
            str(len(moves)),
            "no" if paying is None else f"yes, in {len(paying)}",
            moves_words(conflict, shown),
        )
    out.print(grid)


def _say_limited(conflict: Conflict, horizon: int) -> None:
    from detente.strategy.limited import limited_move

    stable = limited_move(conflict, horizon).all(axis=0) & conflict.feasible
    states = sorted(conflict.to_file(stable.nonzero()[0]).tolist())
    words = listing([conflict.text(state) for state in states], most=12, empty="none")
    console().print(f"Stable when everybody looks {count(horizon, 'move')} ahead: {words}.")


def _say_jumps(found: StrategyFindings, *, everything: bool) -> None:
    from detente.report.strategy_data import moves_words
    from detente.strategy.coalitions import find_jumps

    out, conflict = console(), found.conflict
    jumps = find_jumps(conflict, found.settled) if everything else found.jumps
    if jumps is None:
        out.print("Joint moves are not looked for among so many states; --coalitions does.")
        return
    what = "another equilibrium" if not everything else "a state"
    if not jumps:
        out.print(f"No coalition can leave an equilibrium for {what} that all of it prefer.")
        return
    out.print(f"Coalitions that can leave an equilibrium for {what} they prefer:", style="bold")
    grid = table("Together", "From", "To", "The others can undo it", "How")
    names = {maker.id: maker.name for maker in conflict.makers}
    for jump in jumps[:30]:
        grid.add_row(
            listing([names[each] for each in jump.coalition], most=9),
            conflict.text(jump.start),
            conflict.text(jump.end),
            "yes" if jump.sanctioned else "no",
            moves_words(conflict, jump.moves),
        )
    out.print(grid)
    if len(jumps) > 30:
        out.print(f"and {len(jumps) - 30} more; --json gives all.")
