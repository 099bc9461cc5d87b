"""``detente simulate``: how long does an agreement last, and what breaks first?"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from detente.cli.common import as_json, case_argument, console, json_option, plot_option, table
from detente.cli.packages import open_bar
from detente.report.words import percent

if TYPE_CHECKING:
    from detente.case.case import Case
    from detente.simulate.of_case import CaseSimulation, Request

__all__ = ["command"]

_SHOWN = 8

F = TypeVar("F", bound=Callable[..., Any])


class _Given(click.ParamType[tuple[str, float]]):
    """A name with a number, as NAME=NUMBER."""

    name = "name=number"

    def __init__(self, low: float, high: float) -> None:
        self._low, self._high = low, high

    def convert(
        self,
        value: str | tuple[str, float],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> tuple[str, float]:
        if isinstance(value, tuple):
            return value
        name, _, text = value.rpartition("=")
        try:
            number = float(text)
        except ValueError:
            number = -1.0
        if not name or not self._low <= number <= self._high:
            words = f"'{value}' is not NAME=NUMBER with a number from {self._low:g} to "
            self.fail(f"{words}{self._high:g}.", param, ctx)
        return name, number


def _factor(name: str, what: str) -> Callable[[F], F]:
    return click.option(
        f"--{name}-factor",
        metavar="F",
        type=click.FloatRange(1.0, 1000.0),
        default=1.5,
        show_default=True,
        help=f"By how much {what} raises the odds that a norm is kept.",
    )


@click.command()
@case_argument
@click.option("--draft", metavar="ID", help="Draft whose norms are run; the one agreed, or last.")
@click.option(
    "--reading", metavar="ID",
    help="Reading of who holds which power; else the first in full, and how long all last.",
)  # fmt: skip
@click.option(
    "--runs", metavar="N", type=click.IntRange(1, 10_000_000), default=10_000, show_default=True,
    help="How many times the agreement is run.",
)  # fmt: skip
@click.option(
    "--years", metavar="Y", type=click.IntRange(1, 100), default=10, show_default=True,
    help="For how long.",
)  # fmt: skip
@click.option(
    "--seed", metavar="S", type=click.IntRange(0), default=20_251_120, show_default=True,
    help="Where the random numbers start.",
)  # fmt: skip
@click.option(
    "--compliance", metavar="NAME=P", type=_Given(0.0, 1.0), multiple=True,
    help="Probability that a norm, or those of an actor or a kind, are kept; repeat.",
)  # fmt: skip
@click.option(
    "--delay", metavar="NAME=DAYS", type=_Given(0.5, 36_500.0), multiple=True,
    help="Median days to performance of a norm, or those of an actor or a kind; repeat.",
)  # fmt: skip
@click.option(
    "--event", "events", metavar="NAME=DAY", multiple=True,
    help="Day on which an event comes that the case does not date; repeat.",
)  # fmt: skip
@click.option(
    "--without", metavar="NORM", multiple=True,
    help="Set a norm aside, so that it never comes into force; repeat.",
)  # fmt: skip
@click.option(
    "--correlation", metavar="R", type=click.FloatRange(0.0, 1.0), default=0.2, show_default=True,
    help="Between norms of one actor, by a common shock.",
)  # fmt: skip
@_factor("verifier", "a verifier")
@_factor("remedy", "a remedy")
@click.option(
    "--grace", metavar="DAYS", type=click.IntRange(0, 36_500), default=180, show_default=True,
    help="How long a breach may stand without cure before the agreement has fallen.",
)  # fmt: skip
@click.option("--no-worth", is_flag=True, help="Do not compare remedies with their absence.")
@plot_option("Draw survival over the years: .svg, .png or .pdf.")
@json_option
def command(case: Case, plot: Path | None, json_: bool, **given: Any) -> None:
    """Run an agreement many times: how long it lasts, and what breaks first.

    Each run draws, under stated assumptions, which norms are kept and when. Shown are the share of
    runs in which the agreement stands, which norm is broken first, in which state norms are at the
    end, and what each remedy and verifier is worth. Assumptions come from norms.yaml (compliance,
    delay), then from the options, then from a table that is shown.

    \b
    detente simulate minsk-2015
    detente simulate jcpoa-2015 --compliance iran=0.9 --plot survival.svg
    detente simulate ukraine-2025 --draft us-russia-28 --without N38
    """
    from detente.simulate.of_case import simulate_case

    request = _request(given)
    began = time.perf_counter()
    with open_bar("running") as bar:
        found = simulate_case(case, request, progress=bar)
    seconds = time.perf_counter() - began
    if plot is not None:
        from detente.pictures.files import save_figure
        from detente.simulate.picture import draw_survival

        save_figure(draw_survival(found, case.about.title), plot)
    if json_:
        from detente.simulate.as_data import simulation_data

        as_json(simulation_data(found, seconds))
    else:
        _say(case, found)


def _request(given: dict[str, Any]) -> Request:
    from detente.errors import RequestError
    from detente.simulate.behaviour import Assumptions
    from detente.simulate.of_case import Request

    supposed = ("compliance", "delay", "correlation", "verifier_factor", "remedy_factor", "grace")
    events = []
    for each in given.pop("events"):
        name, equals, day = each.partition("=")
        if not equals:
            raise RequestError(f"'{each}' is not NAME=DAY.")
        events.append((name, day))
    worth = not given.pop("no_worth")
    assumptions = Assumptions(**{name: given.pop(name) for name in supposed})
    return Request(events=tuple(events), worth=worth, assumptions=assumptions, **given)


def _say(case: Case, found: CaseSimulation) -> None:
    out, simulation = console(), found.simulation
    draft = "" if found.draft is None else f", draft {found.draft}"
    out.print(f"{case.about.title}{draft}", style="bold")
    words = f"{simulation.runs:,} runs over {simulation.years} years, seed {simulation.seed}"
    if len(simulation.plan.agreement.readings) > 1:
        words += f"; reading {found.reading}"
    out.print(f"{words}.\n")
    _say_survival(found)
    _say_readings(found)
    _say_first(found)
    _say_states(found)
    _say_worth(found)
    _say_money(case, found)
    out.print("\nAssumed:", style="bold")
    for note in found.notes:
        out.print(f"- {note}")


def _say_survival(found: CaseSimulation) -> None:
    out, simulation = console(), found.simulation
    standing, unbroken = simulation.standing(), simulation.unbroken()
    years = simulation.years
    shown = sorted({*range(0, years + 1, max(1, -(-years // 10))), years})
    grid = table("At the end of year", "Stands", "Unbroken")
    for year in shown:
        grid.add_row(str(year), percent(standing[year]), percent(unbroken[year]))
    out.print(grid)
    grace = simulation.assumptions.grace
    out.print(f"Stands: no breach was left for {grace} days without cure. Unbroken: no breach.\n")


def _say_readings(found: CaseSimulation) -> None:
    if not found.others:
        return
    grid = table("Under the reading", "Stands at the end", "Unbroken", "Broken first most often")
    for name, simulation in found.readings:
        first = next(iter(simulation.first_breach.items()), None)
        words = "none" if first is None else f"{first[0]} ({percent(first[1])})"
        standing, unbroken = simulation.standing()[-1], simulation.unbroken()[-1]
        grid.add_row(name, percent(standing), percent(unbroken), words)
    console().print(grid)
    console().print(f"On the same random numbers. What follows is under '{found.reading}'.\n")


def _say_first(found: CaseSimulation) -> None:
    out, simulation = console(), found.simulation
    first = simulation.first_breach
    if not first:
        out.print("No norm is broken in any run.\n")
        return
    norms = simulation.plan.agreement.norm_of
    grid = table("Broken first", "Share of runs", "Kept with", "From")
    for name, share in list(first.items())[:_SHOWN]:
        behaviour = simulation.behaviours[norms[name]]
        title = simulation.plan.agreement.norms[norms[name]].title
        grid.add_row(
            f"{name}: {title}", percent(share), percent(behaviour.probability), behaviour.origin
        )
    out.print(grid)
    if len(first) > _SHOWN:
        out.print(f"and {len(first) - _SHOWN} more; --json gives all.\n")


def _say_states(found: CaseSimulation) -> None:
    from detente.enactment.compiled import State

    simulation = found.simulation
    if simulation.states is None:
        return
    shares = simulation.states[-1] / simulation.runs
    kept = [State.IN_FORCE, State.FULFILLED, State.CURED, State.VIOLATED, State.LAPSED]
    names = [state.label for state in kept]
    grid = table(f"After {simulation.years} years", *names, "dormant", "other")
    for place, norm in enumerate(simulation.plan.agreement.norms):
        cells = [float(shares[place, state]) for state in (*kept, State.DORMANT)]
        row = [percent(each) if each > 0.0 else "" for each in (*cells, max(0.0, 1 - sum(cells)))]
        if 1 - sum(cells) < 1e-9:
            row[-1] = ""
        grid.add_row(norm.id, *row)
    console().print(grid)


def _say_money(case: Case, found: CaseSimulation) -> None:
    out, money = console(), found.money
    if money is None:
        out.print("Money by party is not counted: the case has no books.")
        return
    told = money.currency
    grid = table("Party", f"Received, {told}", f"Paid, {told}", f"Net, {told}", "In 4 runs of 5")
    for each in money.parties:
        grid.add_row(
            case.actor_of[each.id].name,
            f"{each.received:,.0f}",
            f"{each.paid:,.0f}",
            f"{each.net:,.0f} ± {each.error:,.0f}",
            f"{each.low:,.0f} to {each.high:,.0f}",
        )
    out.print(grid)
    out.print(f"Means over {money.runs:,} runs of '{money.books}'; ± is one standard error.")
    if money.refused:
        out.print(f"In {money.refused:,} more runs the books could not be run: {money.why}")


def _say_worth(found: CaseSimulation) -> None:
    out = console()
    if not found.worth:
        out.print("No norm has a remedy or a verifier to compare with its absence.")
        return
    grid = table("Without it", "Stands less long by", "Less often at the end by", "Pairs")
    shown = 0
    for each in found.worth:
        if each.norm is not None and shown >= 2 * _SHOWN:
            continue
        shown += 1
        name = f"all {each.what.removesuffix('y')}{'ies' if each.what == 'remedy' else 's'}"
        grid.add_row(
            name if each.norm is None else f"{each.what} of {each.norm}",
            f"{each.lasts:.2f} ± {each.lasts_error:.2f} years",
            f"{100 * each.standing:.1f} ± {100 * each.standing_error:.1f} points",
            f"{each.runs:,}",
        )
    out.print(grid)
    out.print("On the same random numbers with it and without it; ± is one standard error.")
