"""Waterfalls against a slow reading of the same words, cent by cent."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from detente.errors import CaseError
from money.books import run_rules
from money.random_books import falls


class ShortError(Exception):
    """A fixed or shared claim asks for more than is left."""


def cents(text: str) -> int:
    return int(Fraction(text) * 100)


def share_of(value: str | float) -> Fraction:
    text = str(value)
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def whole_part(base: int, share: Fraction) -> int:
    """The largest whole number of cents that is not more than the share, found from above."""
    found = base
    while Fraction(found) > base * share:
        found -= 1
    return found


def hand_out(amount: int, split: dict[str, str], rest: str | None) -> dict[str, int]:
    """Cents dealt one by one to whoever is furthest below its share, never past it but for one."""
    got = {name: whole_part(amount, share_of(share)) for name, share in split.items()}
    while sum(got.values()) < amount and rest is None:
        behind = {name: amount * share_of(split[name]) - got[name] for name in split}
        most = max(behind.values())
        got[min(name for name in split if behind[name] == most)] += 1
    if rest is not None:
        got[rest] = got.get(rest, 0) + amount - sum(got.values())
    return got


def slow(rules: list[dict[str, Any]]) -> dict[str, int]:
    """What every account gained by the waterfall, month after month."""
    inflow, fall = rules[0], rules[1]
    gained = dict.fromkeys(("north", "south", "held"), 0)
    paid: dict[str, int] = {}
    till = 0
    for _ in range(fall["times"]):
        till += cents(inflow["amount"])
        pool = till
        for step in fall["steps"]:
            claim = till
            if "fixed" in step:
                claim = cents(step["fixed"])
            elif "share" in step:
                claim = whole_part(pool if step["of"] == "pool" else till, share_of(step["share"]))
            if "cap" in step:
                room = max(0, cents(step["cap"]) - paid.get(step["id"], 0))
                claim = min(claim, room)
            if claim > till:
                raise ShortError
            split = step.get("split") or {step["to"]: "1"}
            for name, part in hand_out(claim, split, step.get("rest")).items():
                gained[name] += part
            paid[step["id"]] = paid.get(step["id"], 0) + claim
            till -= claim
    return gained | {"till": till}


@settings(max_examples=200, deadline=None)
@given(falls())
def test_a_waterfall_pays_what_the_slow_reading_pays(rules: list[dict[str, Any]]) -> None:
    alone = rules[:2]
    try:
        expected = slow(alone)
    except ShortError:
        with pytest.raises(CaseError) as caught:
            run_rules(*alone)
        assert [problem.code for problem in caught.value.problems] == ["money-short"]
        return
    run = run_rules(*alone)
    for name, units in expected.items():
        opening = run.account_of[name].opening
        assert run.balances[name] - opening == units, name
