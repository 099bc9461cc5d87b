"""What a report shows of the money: a run, the parties and a picture for every draft."""

from __future__ import annotations

from dataclasses import dataclass

from detente.case.case import Case
from detente.case.records import Draft
from detente.money.parties import Party, tell_parties
from detente.money.picture import draw_run
from detente.money.result import MoneyRun
from detente.money.run import run_money
from detente.pictures.files import svg_of

__all__ = ["DraftMoney", "money_for_report"]


@dataclass(frozen=True, slots=True)
class DraftMoney:
    """Who gets what under one draft: the run, what parties received and paid, a Sankey as SVG."""

    draft: Draft
    run: MoneyRun
    parties: tuple[Party, ...]
    picture: str


def money_for_report(case: Case) -> tuple[DraftMoney, ...]:
    """Return what a report shows of the money, for every draft; nothing where there are no books.

    Raises
    ------
    CaseError
        If the books cannot be run under a draft; with the place of the rule.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> shown = money_for_report(load(example_folder("ukraine-2025")))
    >>> [len(each.run.postings) for each in shown], shown[0].picture.startswith("<svg ")
    ([47, 2, 2, 2], True)
    """
    if not case.books:
        return ()
    return tuple(_of_draft(case, draft) for draft in case.drafts)


def _of_draft(case: Case, draft: Draft) -> DraftMoney:
    run = run_money(case, draft=draft.id)
    return DraftMoney(draft, run, tell_parties(run), svg_of(draw_run(run, case)))
