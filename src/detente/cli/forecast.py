"""``detente forecast``: where bargaining over questions with a scale may end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from detente.cli.common import CASE, as_json, console, find_case, json_option, plot_option, table
from detente.cli.packages import open_bar
from detente.report.words import count, percent

if TYPE_CHECKING:
    from detente.forecast.backtest import BackTest, Score
    from detente.forecast.forecast import IssueForecast
    from detente.forecast.models import Options
    from detente.forecast.of_case import CaseForecast

__all__ = ["command"]

_DETAILED = 6
"""So many issues are shown at length; of more there is one line each."""

_SHOWN = 20


@click.command()
@click.argument("target", type=CASE)
@click.option(
    "--point", "points", metavar="ID", multiple=True, help="Point of a case; repeat. All if none."
)
@click.option(
    "--model",
    "models",
    metavar="NAME",
    multiple=True,
    help="Model to ask; repeat. All that can answer if none.",
)
@click.option(
    "--q",
    type=click.FloatRange(0.0, 1.0),
    default=1.0,
    show_default=True,
    help="Challenge model: chance that things stay as they are where nobody challenges.",
)
@click.option(
    "--rounds",
    metavar="N",
    type=click.IntRange(0, 1000),
    default=10,
    show_default=True,
    help="Challenge model: how many rounds are played.",
)
@click.option(
    "--draws",
    metavar="N",
    type=click.IntRange(2, 1_000_000),
    default=2000,
    show_default=True,
    help="How often uncertain positions are drawn.",
)
@click.option(
    "--seed", metavar="N", type=click.IntRange(0), default=20_251_120, help="Where the draws start."
)
@click.option(
    "--scale",
    metavar="LOW HIGH",
    type=(float, float),
    help="Lowest and highest answer, of a table; else the table's own, or the range of positions.",
)
@plot_option("Draw positions and forecasts into FILE (.svg, .png or .pdf).")
@click.option(
    "--backtest",
    is_flag=True,
    help="Score all models on a table whose outcomes are known.",
)
@json_option
def command(
    target: str,
    points: tuple[str, ...],
    models: tuple[str, ...],
    q: float,
    rounds: int,
    draws: int,
    seed: int,
    scale: tuple[float, float] | None,
    plot: Path | None,
    backtest: bool,
    json_: bool,
) -> None:
    """Say where bargaining over the ordered points of TARGET may end, with honest intervals.

    TARGET is a case, or a table of positions: a CSV with the columns Actor, Capability, Position
    and Salience, CSV or XML of KTAB, or the DEU data set. The forecast is the compromise mean,
    positions weighted by capability times salience; other models stand beside it. Intervals come
    from errors on decisions of the European Union whose outcome is known.

    \b
    detente forecast ukraine-2025 --point army-cap
    detente forecast actors.csv --scale 0 100 --plot forecast.svg
    detente forecast decisions.csv --backtest
    """
    from detente.forecast.models import Options

    path = find_case(target)
    of_table = path.is_file() or (not path.is_dir() and bool(path.suffix))
    _check_use(of_table, backtest, points, scale, plot)
    settings = _Settings(models, Options(q=q, rounds=rounds), draws, seed)
    if backtest:
        _back_test(path, scale, settings, json_=json_)
        return
    if of_table:
        found = _of_table(path, scale, settings, json_=json_)
    else:
        found = _of_case(path, points, settings, json_=json_)
    if plot is not None:
        _plot(plot, found)


class _Settings(NamedTuple):
    """What is asked of the models."""

    models: tuple[str, ...]
    options: Options
    draws: int
    seed: int


def _check_use(
    of_table: bool,
    backtest: bool,
    points: tuple[str, ...],
    scale: tuple[float, float] | None,
    plot: Path | None,
) -> None:
    """Refuse options that do not go together."""
    if backtest and not of_table:
        raise click.UsageError("--backtest needs a table with outcomes, not a case.")
    if backtest and plot is not None:
        raise click.UsageError("--plot draws forecasts; leave out --backtest.")
    if of_table and points:
        raise click.UsageError("--point names a point of a case; a table has none.")
    if scale is not None and not of_table:
        raise click.UsageError("--scale is for tables; the scale of a point stands in the case.")


def _of_table(
    path: Path, scale: tuple[float, float] | None, settings: _Settings, *, json_: bool
) -> tuple[IssueForecast, ...]:
    from detente.forecast.as_data import table_data
    from detente.forecast.forecast import forecast_issues
    from detente.forecast.issue import issue_of_table
    from detente.formats.read_positions import read_positions

    read = read_positions(path, scale)
    issues = [issue_of_table(issue) for issue in read.issues]
    with open_bar("Forecasting") as bar:
        found = forecast_issues(
            issues,
            settings.models,
            options=replace(settings.options, progress=bar),
            draws=settings.draws,
            seed=settings.seed,
        )
    if json_:
        as_json(table_data(str(path), found, read.notes))
        return found
    out = console()
    out.print(f"{path}: {count(len(found), 'issue')}, {read.format}", style="bold")
    for note in read.notes:
        out.print(f"Note: {note}")
    _say(found, {})
    return found


def _of_case(
    path: Path, points: tuple[str, ...], settings: _Settings, *, json_: bool
) -> tuple[IssueForecast, ...]:
    from detente.assess.outlook import Outlook
    from detente.case.load import load
    from detente.forecast.as_data import case_data
    from detente.forecast.of_case import forecast_case

    case = load(path)
    with open_bar("Forecasting") as bar:
        found = forecast_case(
            Outlook.of(case),
            points,
            models=settings.models,
            options=replace(settings.options, progress=bar),
            draws=settings.draws,
            seed=settings.seed,
        )
    forecasts = tuple(each.forecast for each in found.points)
    if json_:
        as_json(case_data(case.name, found))
        return forecasts
    out = console()
    out.print(f"{case.name}: {count(len(forecasts), 'point')}", style="bold")
    for sentence in found.assumptions:
        out.print(f"Assumed: {sentence}")
    _say(forecasts, _nearest(found))
    for each in found.points:
        if each.silent:
            named = ", ".join(each.silent)
            out.print(f"Not at the table on {each.point.id}, having said nothing on it: {named}.")
    for name, why in found.left_out:
        out.print(f"No forecast for {name}: {why}.")
    return forecasts


def _nearest(found: CaseForecast) -> dict[tuple[str, str], str]:
    """The option nearest to each forecast, by point and model."""
    from detente.forecast.of_case import nearest_option

    named = {}
    for each in found.points:
        for model in each.forecast.models:
            option = nearest_option(each.point, model.forecast)
            if option is not None:
                named[each.point.id, model.id] = option
    return named


def _say(found: tuple[IssueForecast, ...], nearest: dict[tuple[str, str], str]) -> None:
    if len(found) > _DETAILED:
        _say_briefly(found)
        return
    for each in found:
        _say_issue(each, nearest)


def _say_briefly(found: tuple[IssueForecast, ...]) -> None:
    grid = table("Issue", "Actors", "Forecast", "80 % of outcomes")
    for each in found[:_SHOWN]:
        first = each.models[0]
        cells = each.issue.name, str(len(each.issue.actors)), _number(each, first.forecast)
        grid.add_row(*cells, _range(each, first.interval.low, first.interval.high))
    out = console()
    out.print(grid)
    if len(found) > _SHOWN:
        out.print(f"{_SHOWN} of {len(found)} shown; --json gives all.")


def _say_issue(found: IssueForecast, nearest: dict[tuple[str, str], str]) -> None:
    out, issue = console(), found.issue
    low, high = issue.scale
    out.print()
    actors = count(len(issue.actors), "actor")
    out.print(f"{issue.name}: {actors} on a scale from {low:,g} to {high:,g}", style="bold")
    first = found.models[0]
    ranges = ", ".join(
        f"{percent(each.level)} {_range(found, each.low, each.high)}" for each in first.intervals
    )
    where = _number(found, first.forecast)
    option = nearest.get((issue.name, first.id))
    near = f", nearest to '{option}'" if option else ""
    out.print(f"Forecast: {where}{near} ({first.label}). Outcomes: {ranges}.")
    spread = first.spread is not None
    columns = ["Model", "Forecast", "80 % of outcomes"]
    grid = table(*columns, *(["Spread (sd)"] if spread else []), *(["Nearest"] if nearest else []))
    for model in found.models:
        cells = [f"{model.id}: {model.label}", _number(found, model.forecast)]
        cells.append(_range(found, model.interval.low, model.interval.high))
        if spread:
            cells.append("-" if model.spread is None else _number(found, model.spread.sd))
        if nearest:
            cells.append(nearest.get((issue.name, model.id), "-"))
        grid.add_row(*cells)
    out.print(grid)
    for model in found.models:
        if model.rounds:
            medians = "  ".join(_number(found, each.median) for each in model.rounds)
            start = _number(found, found.start.median)
            out.print(f"Rounds of '{model.id}', median {start} at first, then {medians}.")
    _say_levers(found)


def _say_levers(found: IssueForecast) -> None:
    step = found.issue.width / 10.0
    grid = table(
        "What moves the compromise mean",
        "Position",
        "Salience",
        "Capability",
        "Share of weight",
        f"Moves by {step:,.10g}",
        "10 more salience",
        "Leaves",
    )
    for lever in found.levers[:_SHOWN]:
        grid.add_row(
            lever.actor,
            _number(found, lever.position),
            f"{lever.salience:.0f}",
            f"{lever.capability:g}",
            percent(lever.share),
            _signed(found, lever.share * step),
            _signed(found, lever.per_salience * 10.0),
            "-" if lever.without is None else _signed(found, lever.without),
        )
    out = console()
    out.print(grid)
    if len(found.levers) > _SHOWN:
        out.print(f"{_SHOWN} of {len(found.levers)} actors shown; --json gives all.")


def _digits(found: IssueForecast) -> int:
    """Decimals that tell a thousandth of the scale apart."""
    digits, step = 0, found.issue.width / 1000.0
    while step < 1.0 and digits < 9:
        digits, step = digits + 1, step * 10.0
    return digits


def _number(found: IssueForecast, value: float) -> str:
    return f"{value:,.{_digits(found)}f}"


def _signed(found: IssueForecast, value: float) -> str:
    return f"{value:+,.{_digits(found)}f}"


def _range(found: IssueForecast, low: float, high: float) -> str:
    return f"{_number(found, low)} to {_number(found, high)}"


def _plot(file: Path, found: tuple[IssueForecast, ...]) -> None:
    from detente.forecast.picture import draw_forecasts
    from detente.pictures.files import save_figure

    save_figure(draw_forecasts(found), file)


def _back_test(
    path: Path, scale: tuple[float, float] | None, settings: _Settings, *, json_: bool
) -> None:
    from detente.forecast.as_data import back_test_data
    from detente.forecast.backtest import back_test
    from detente.forecast.target import issues_to_score
    from detente.formats.read_positions import read_positions

    read = read_positions(path, scale)
    with open_bar("Scoring") as bar:
        found = back_test(
            issues_to_score(read),
            models=settings.models,
            options=replace(settings.options, progress=bar),
            seed=settings.seed,
        )
    if json_:
        as_json(back_test_data(str(path), found, read.notes))
    else:
        _say_back_test(path, found, read.notes)


def _say_back_test(path: Path, found: BackTest, notes: tuple[str, ...]) -> None:
    out = console()
    issues, proposals = count(found.issues, "issue"), count(found.proposals, "proposal")
    out.print(f"{path}: {issues} of {proposals} with outcomes", style="bold")
    if found.left_out:
        out.print(f"Without outcome, left out: {found.left_out}.")
    for note in notes:
        out.print(f"Note: {note}")
    grid = table(
        "Model", "n", "MAE", "RMSE", "Median", "CRPS", "In 80 %", "Less the mean's", "95 %"
    )
    for score in found.scores:
        grid.add_row(*_score_cells(score))
    out.print(grid)
    out.print(
        "Errors in hundredths of the scale; intervals of 80 % are made without the issue's own "
        "proposal; 95 % of the difference of MAE, over proposals."
    )
    out.print(found.verdict)


def _score_cells(score: Score) -> list[str]:
    def shown(value: float | None, form: str = ".2f") -> str:
        return "-" if value is None else format(value, form)

    interval = "-"
    if score.low is not None and score.high is not None:
        interval = f"{score.low:+.2f} to {score.high:+.2f}"
    return [
        score.id,
        str(score.n),
        shown(score.mean_error),
        shown(score.root_mean_square),
        shown(score.median_error),
        shown(score.crps),
        "-" if score.coverage is None else percent(score.coverage),
        shown(score.difference, "+.2f"),
        interval,
    ]
