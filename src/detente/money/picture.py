"""The flows of a run, added up by giver and taker: from postings to what is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from detente.case.case import Case
from detente.money.parties import value_of
from detente.money.result import Holding, MoneyRun
from detente.pictures.flows import Flow, Place, draw_flows

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["draw_run"]

_UNITS = ((10**12, "trillion "), (10**9, "billion "), (10**6, "million "), (1, ""))
_CAPTION = (
    "Bars: what passes through an account up to {last}. Bands: what one account pays another, in "
    "{currency} at the rates of the days; hatched: back again. Colours: whose account it is."
)


def draw_run(
    run: MoneyRun, case: Case, currency: str | None = None, title: str | None = None
) -> Figure:
    """Return a Sankey diagram of all that was paid in a run.

    Parameters
    ----------
    currency
        In which currency widths are told; that of the books if None.
    title
        What stands above it; the books and the draft if None.

    Raises
    ------
    CaseError
        If a currency has no rate on a day that needs it.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> from detente.money.run import run_money
    >>> from detente.pictures.files import svg_of
    >>> case = load(example_folder("ukraine-2025"))
    >>> "US-led rebuilding" in svg_of(draw_run(run_money(case, draft="us-russia-28"), case))
    True
    """
    told = currency or run.books.currency
    place_of = {account.id: place for place, account in enumerate(run.accounts)}
    sums: dict[tuple[str, str], list[float]] = {}
    rules: dict[tuple[str, str], dict[str, None]] = {}
    for posting in run.postings:
        pair = (posting.giver, posting.taker)
        value = float(value_of(run, posting, told, taken=True))
        sums.setdefault(pair, []).append(value)
        rules.setdefault(pair, {})[posting.why] = None
    largest = max((sum(each) for each in sums.values()), default=1.0)
    size, word = next(each for each in _UNITS if largest >= each[0] or each[0] == 1)
    flows = [
        Flow(place_of[giver], place_of[taker], sum(values) / size, "; ".join(rules[giver, taker]))
        for (giver, taker), values in sums.items()
    ]
    return draw_flows(
        [_place(run, account, _owners(case)) for account in run.accounts],
        flows,
        unit=f"{word}{told}",
        title=title or _title(run, case),
        caption=_CAPTION.format(last=run.last, currency=f"{word}{told}"),
    )


def _title(run: MoneyRun, case: Case) -> str:
    return f"{run.books.title}: {case.draft(run.draft).name}" if run.draft else run.books.title


def _owners(case: Case) -> Mapping[str, str]:
    return {actor.id: actor.name for actor in case.actors}


def _place(run: MoneyRun, account: Holding, owners: Mapping[str, str]) -> Place:
    scale = 10**account.digits
    return Place(
        account.name,
        owners[account.owner] if account.owner else None,
        account.opening / scale,
        run.balances[account.id] / scale,
    )
