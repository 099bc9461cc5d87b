"""An independent reader of plain-text double entry: what the format says, and nothing else."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal

__all__ = ["balances_in"]

_POSTING = re.compile(
    r"  (?P<account>[A-Z][\w:-]*)  (?P<amount>-?[\d.]+) (?P<unit>[A-Z][A-Z0-9]+)"
    r"(?: @@ (?P<price>[\d.]+) (?P<other>[A-Z][A-Z0-9]+))?"
)
_ACCOUNT = re.compile(r"(Assets|Equity)(:[A-Z0-9][A-Za-z0-9-]*)+")
_DAY = r"\d{4}-\d{2}-\d{2}"
_TEXT = r'"(?:[^"\\]|\\.)*"'


def balances_in(text: str) -> dict[str, dict[str, Decimal]]:
    """Return what every account holds at the end, by currency.

    Fails unless every line is known, every account opened before it is used and in its currency,
    every transaction sums to zero, and every balance asserted is so at the start of its day.
    """
    opened: dict[str, str | None] = {}
    held: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    transactions: list[list[str]] = []
    asserted: list[tuple[str, Decimal, str]] = []
    for line in text.splitlines():
        if not line or re.fullmatch(rf"option {_TEXT} {_TEXT}", line):
            continue
        if found := re.fullmatch(rf"{_DAY} open (\S+)(?: ([A-Z][A-Z0-9]+))?", line):
            assert _ACCOUNT.fullmatch(found[1]), line
            assert found[1] not in opened, line
            opened[found[1]] = found[2]
        elif re.fullmatch(rf"{_DAY} \* {_TEXT}(?: {_TEXT})?", line):
            transactions.append([])
        elif found := re.fullmatch(rf"{_DAY} balance (\S+)  (-?[\d.]+) ([A-Z][A-Z0-9]+)", line):
            asserted.append((found[1], Decimal(found[2]), found[3]))
        else:
            assert _POSTING.fullmatch(line), line
            transactions[-1].append(line)
    for lines in transactions:
        weights: dict[str, Decimal] = defaultdict(Decimal)
        for line in lines:
            found = _POSTING.fullmatch(line)
            assert found is not None
            account, amount, unit = found["account"], Decimal(found["amount"]), found["unit"]
            assert opened[account] in (unit, None), line
            held[account][unit] += amount
            if found["price"]:
                weights[found["other"]] += Decimal(found["price"]).copy_sign(amount)
            else:
                weights[unit] += amount
        assert not any(weights.values()), lines
    for account, amount, unit in asserted:
        assert held[account][unit] == amount, account
    return {account: dict(units) for account, units in held.items()}
