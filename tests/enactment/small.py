"""Small agreements to run by hand: a sale of goods, and whatever a test writes."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

from case.minimal import MINIMAL
from detente.case.case import Case
from detente.case.load import load
from detente.enactment.status import ReadingStatus, find_status

__all__ = ["GOODS", "case_of", "day", "goods", "run", "states"]

GOODS = """\
- id: oDel
  title: Deliver the goods
  debtor: south
  creditor: north
  deadline: {amount: 10, include_last: false}
- id: oPay
  title: Pay
  debtor: north
  creditor: south
  deadline: {amount: 7, include_last: false}
  on_breach: [oLpay]
- id: oLpay
  title: Pay late, and more
  debtor: north
  creditor: south
- id: pSusDelivery
  title: Suspend the delivery
  kind: power
  holder: south
  trigger: {norm: oPay, reaches: violated}
  on_performance:
    - {effect: suspends, norms: oDel}
- id: pResDelivery
  title: Call for the delivery again
  kind: power
  holder: north
  trigger: {norm: oLpay}
  in_force_when:
    - {norm: oDel, is: suspended}
  on_performance:
    - {effect: resumes, norms: oDel}
- id: notDelivered
  title: Nothing is delivered for 20 days
  kind: condition
  default: {amount: 20, unless: delivered}
- id: pTermContract
  title: End the contract
  kind: power
  holder: north
  trigger: {norm: notDelivered, reaches: fulfilled}
  on_performance:
    - {effect: ends, norms: [oDel, oPay, oLpay, pSusDelivery, pResDelivery]}
- id: soSellerDisclosure
  title: Keep the terms to oneself
  kind: prohibition
  debtor: south
- id: soBuyerDisclosure
  title: Keep the terms to oneself
  kind: prohibition
  debtor: north
"""
"""A sale of goods after the example of Symboleo; a deadline is missed on its day."""


def day(number: int) -> str:
    """Return a day, counted from 1 January 2025 as day 0."""
    return (datetime.date(2025, 1, 1) + datetime.timedelta(number)).isoformat()


def case_of(norms: str, events: str = "", *, agreement: str = "in_force: 2025-01-01") -> Case:
    """Return the minimal case with norms and a log."""
    about = f"{MINIMAL['case.yaml']}agreement: {{{agreement}}}\n"
    files = {**MINIMAL, "case.yaml": about, "norms.yaml": norms, "events.yaml": events}
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        return load(folder)


def log(entries: list[tuple[str, str, int]]) -> str:
    """Return a log of entries: kind, norm or event, and day."""
    lines = []
    for place, (kind, subject, number) in enumerate(entries):
        key = "event" if kind == "event" else "norm"
        lines.append(f"- {{id: e{place}, kind: {kind}, {key}: {subject}, happened: {day(number)}}}")
    return "\n".join(lines) + "\n"


def run(norms: str, entries: list[tuple[str, str, int]], on: int, **options: str) -> ReadingStatus:
    """Return how an agreement stands on a day, after entries (kind, norm or event, day)."""
    case = case_of(norms, log(entries) if entries else "", **options)
    return find_status(case, datetime.date.fromisoformat(day(on))).first


def states(
    norms: str, entries: list[tuple[str, str, int]], on: int, **options: str
) -> dict[str, str]:
    """Return the state of every norm on a day."""
    return {norm.id: norm.state for norm in run(norms, entries, on, **options).norms}


def goods(entries: list[tuple[str, str, int]], on: int) -> dict[str, str]:
    """Return the states of the sale."""
    return states(GOODS, entries, on)
