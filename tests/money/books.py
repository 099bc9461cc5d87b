"""Small books to run: two towns, a source of fares, and whatever a test adds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from case.minimal import write_case
from detente.case.case import Case
from detente.case.money import Books
from detente.case.records import Actor, CaseFile, Draft, Option, Point
from detente.money.result import MoneyRun
from detente.money.run import run_money

__all__ = ["HEAD", "books_case", "folder_with", "run_rules", "tuples"]

HEAD = """\
- id: toll
  title: The toll
  currency: EUR
  start: 2026-01-01
  until: 2027-12-31
  accounts:
    - {id: fares, kind: source, currency: EUR}
    - {id: till, kind: fund, currency: EUR}
    - {id: held, kind: escrow, currency: EUR, opening: 500}
    - {id: north, owner: north, currency: EUR}
    - {id: south, owner: south, currency: EUR}
    - {id: dollars, owner: south, currency: USD}
"""
"""The first keys of books; a test adds ``rules`` and more."""

ACCOUNTS = (
    {"id": "fares", "kind": "source", "currency": "EUR"},
    {"id": "till", "kind": "fund", "currency": "EUR"},
    {"id": "held", "kind": "escrow", "currency": "EUR", "opening": 500},
    {"id": "north", "owner": "north", "currency": "EUR"},
    {"id": "south", "owner": "south", "currency": "EUR"},
    {"id": "dollars", "owner": "south", "currency": "USD"},
)


def tuples(value: Any) -> Any:
    """Data with tuples for lists, as it is read from a file."""
    if isinstance(value, dict):
        return {key: tuples(each) for key, each in value.items()}
    return tuple(map(tuples, value)) if isinstance(value, list | tuple) else value


def books_case(*rules: dict[str, Any], **keys: Any) -> Case:
    """A case of two towns with one set of books of these rules."""
    data = {
        "id": "toll",
        "title": "The toll",
        "currency": "EUR",
        "start": "2026-01-01",
        "until": "2027-12-31",
        "accounts": ACCOUNTS,
        "rules": rules,
        **keys,
    }
    options = tuple(Option(id=each, text=each) for each in ("none", "shared", "north-only"))
    return Case(
        name="bridge",
        about=CaseFile(title="A bridge"),
        actors=(Actor(id="north", name="Northtown"), Actor(id="south", name="Southtown")),
        points=(Point(id="toll", title="Toll", status_quo="none", options=options),),
        drafts=(
            Draft(id="first", takes={"toll": "shared"}),
            Draft(id="second", takes={"toll": "north-only"}),
            Draft(id="third", takes={"toll": "unknown"}),
        ),
        books=(Books.model_validate(tuples(data)),),
    )


def run_rules(*rules: dict[str, Any], **keys: Any) -> MoneyRun:
    """Run books of these rules; keys of the run are draft, on and assume."""
    asked = {key: keys.pop(key) for key in ("draft", "on", "assume") if key in keys}
    return run_money(books_case(*rules, **keys), **asked)


def folder_with(folder: Path, rest: str) -> Path:
    """The minimal case with :data:`HEAD` and these further keys, indented as they must be."""
    return write_case(folder, money=HEAD + rest)
