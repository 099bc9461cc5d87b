"""Détente: a workbench for peace plans and other agreements among many parties.

The public names are loaded when first used, so that ``import detente`` costs next to nothing.

Examples
--------
>>> import detente
>>> case = detente.load(detente.example_folder("ukraine-2025"))
>>> outlook = detente.Outlook.of(case, scenario="aid-continues")
>>> detente.assess_draft(outlook, case.draft("us-ukraine-20")).draft
'us-ukraine-20'
>>> found = detente.find_fewest_changes(outlook, case.draft("us-ukraine-20"))
>>> found.proven
True
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.amend.fewest import find_fewest_changes
    from detente.assess.outlook import Outlook
    from detente.assess.verdict import assess_draft
    from detente.case.case import Case
    from detente.case.examples import example_folder
    from detente.case.write import save
    from detente.compare.drafts import compare_drafts
    from detente.enactment.status import find_status
    from detente.errors import CaseError, DetenteError, Problem, RequestError
    from detente.forecast.backtest import back_test
    from detente.forecast.forecast import forecast_issue
    from detente.forecast.issue import Issue
    from detente.forecast.picture import draw_forecasts
    from detente.forecast.target import load_table
    from detente.ledger.ledger import draw_up
    from detente.lint.lint import lint_case
    from detente.money.beancount import as_beancount
    from detente.money.parties import tell_parties
    from detente.money.picture import draw_run
    from detente.money.run import run_money
    from detente.notebook import OpenCase, load, load_scenario
    from detente.packages.frontier import find_frontier
    from detente.packages.solutions import find_solutions
    from detente.packages.space import build_space
    from detente.power.indices import find_power
    from detente.reading.engines import open_engine
    from detente.reading.places.find import find_places
    from detente.reading.quantities.find import find_quantities
    from detente.reading.read import read_document
    from detente.reading.stances.find import find_stance
    from detente.simulate.of_case import simulate_case
    from detente.strategy.findings import find_strategy, open_conflict

__version__ = "0.1.0"

__all__ = [
    "Case",
    "CaseError",
    "DetenteError",
    "Issue",
    "OpenCase",
    "Outlook",
    "Problem",
    "RequestError",
    "as_beancount",
    "assess_draft",
    "back_test",
    "build_space",
    "compare_drafts",
    "draw_forecasts",
    "draw_run",
    "draw_up",
    "example_folder",
    "find_fewest_changes",
    "find_frontier",
    "find_places",
    "find_power",
    "find_quantities",
    "find_solutions",
    "find_stance",
    "find_status",
    "find_strategy",
    "forecast_issue",
    "lint_case",
    "load",
    "load_scenario",
    "load_table",
    "open_conflict",
    "open_engine",
    "read_document",
    "run_money",
    "save",
    "simulate_case",
    "tell_parties",
]

_HOME = {
    "Case": "detente.case.case",
    "CaseError": "detente.errors",
    "DetenteError": "detente.errors",
    "Issue": "detente.forecast.issue",
    "OpenCase": "detente.notebook",
    "Outlook": "detente.assess.outlook",
    "Problem": "detente.errors",
    "RequestError": "detente.errors",
    "as_beancount": "detente.money.beancount",
    "assess_draft": "detente.assess.verdict",
    "back_test": "detente.forecast.backtest",
    "build_space": "detente.packages.space",
    "compare_drafts": "detente.compare.drafts",
    "draw_forecasts": "detente.forecast.picture",
    "draw_run": "detente.money.picture",
    "draw_up": "detente.ledger.ledger",
    "example_folder": "detente.case.examples",
    "find_fewest_changes": "detente.amend.fewest",
    "find_frontier": "detente.packages.frontier",
    "find_power": "detente.power.indices",
    "find_places": "detente.reading.places.find",
    "find_quantities": "detente.reading.quantities.find",
    "find_stance": "detente.reading.stances.find",
    "open_engine": "detente.reading.engines",
    "read_document": "detente.reading.read",
    "find_strategy": "detente.strategy.findings",
    "find_solutions": "detente.packages.solutions",
    "find_status": "detente.enactment.status",
    "simulate_case": "detente.simulate.of_case",
    "forecast_issue": "detente.forecast.forecast",
    "lint_case": "detente.lint.lint",
    "load": "detente.notebook",
    "load_scenario": "detente.notebook",
    "load_table": "detente.forecast.target",
    "open_conflict": "detente.strategy.findings",
    "run_money": "detente.money.run",
    "save": "detente.case.write",
    "tell_parties": "detente.money.parties",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'detente' has no attribute '{name}'")
    return getattr(import_module(_HOME[name]), name)
