"""The sale of goods: our own traces, and those of Symboleo where they are at hand."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from enactment.small import goods

SHARED = Path(os.environ.get("DETENTE_SHARED", Path(__file__).parents[3] / "shared"))
TRACES = SHARED / "data" / "enactment" / "symboleo" / "sale-of-goods-traces.json"
needs_traces = pytest.mark.skipif(not TRACES.is_file(), reason=f"traces are not in {TRACES}")

STATES = {
    "inEffect": "in-force",
    "fulfillment": "fulfilled",
    "violation": "violated",
    "suspension": "suspended",
}
EVENTS = {
    "delToBuyer": [("performed", "oDel"), ("event", "delivered")],
    "paidToSeller": [("performed", "oPay")],
    "paidLaToSeller": [("performed", "oLpay")],
    "suspended(oDel)": [("performed", "pSusDelivery")],
    "resumed(oDel)": [("performed", "pResDelivery")],
    "terminated(cArgToCan)": [("performed", "pTermContract")],
    "disclosedSeller": [("breached", "soSellerDisclosure")],
    "disclosedBuyer": [("breached", "soBuyerDisclosure")],
}
"""What an event of a trace is in our log."""


def test_payment_is_late_and_the_delivery_is_suspended_and_resumed() -> None:
    entries = [("performed", "pSusDelivery", 8)]
    assert goods(entries, 7)["oPay"] == "violated"
    assert goods(entries, 30) | {"oPay": "violated", "oLpay": "in-force", "oDel": "suspended"} == (
        goods(entries, 30)
    )
    entries += [("performed", "oLpay", 15), ("performed", "pResDelivery", 18)]
    then = goods(entries, 18)
    assert (then["oLpay"], then["oDel"], then["pResDelivery"]) == (
        "fulfilled",
        "in-force",
        "fulfilled",
    )
    assert goods(entries, 19)["oDel"] == "in-force"
    assert goods(entries, 20)["oDel"] == "violated"


def test_nothing_is_delivered() -> None:
    assert goods([], 9)["oDel"] == "in-force"
    assert goods([], 10)["oDel"] == "violated"
    assert goods([], 19)["pTermContract"] == "dormant"
    assert goods([], 20)["pTermContract"] == "in-force"
    assert goods([("event", "delivered", 15)], 20)["pTermContract"] == "dormant"
    ended = goods([("performed", "pTermContract", 21)], 21)
    assert (ended["oDel"], ended["oLpay"], ended["soSellerDisclosure"]) == (
        "violated",
        "lapsed",
        "in-force",
    )


def test_all_is_done_in_time() -> None:
    done = goods([("performed", "oPay", 5), ("performed", "oDel", 7)], 30)
    assert (done["oPay"], done["oDel"], done["oLpay"]) == ("fulfilled", "fulfilled", "dormant")


def _trace(trace: dict[str, list[str]]) -> tuple[list[tuple[str, str, int]], int]:
    entries, last = [], 0
    poor = any(
        each.startswith("quality(") and not each.endswith("aaa)") for each in trace["attributes"]
    )
    for event in trace["events"]:
        name, _, number = event.rpartition(",")
        last = int(number)
        for kind, subject in EVENTS.get(name, []):
            if not (poor and name == "delToBuyer" and kind == "performed"):
                entries.append((kind, subject, last))
    return entries, last or 20


@needs_traces
@pytest.mark.parametrize(
    "place", range(len(json.loads(TRACES.read_text("utf-8"))) if TRACES.is_file() else 1)
)
def test_traces_of_symboleo(place: int) -> None:
    """A trace is asked on the day of its last event; one with none, when nothing came for 20 days.

    The contract's own end (``successfulTermination``) is no norm here: it is checked by its parts.
    """
    trace = json.loads(TRACES.read_text("utf-8"))[place]
    entries, on = _trace(trace)
    found = goods(entries, on)
    for expected in trace["expectedStates"]:
        state, name = re.match(r"(\w+)\((\w+)\)", expected).groups()  # type: ignore[union-attr]
        if state in STATES:
            assert found[name] == STATES[state], (trace["name"], expected)
        elif state == "successfulTermination":
            assert {found["oPay"], found["oDel"]} == {"fulfilled"}
        elif state == "unsuccessfulTermination":
            assert found["pTermContract"] == "fulfilled"
        else:
            assert state in ("exertion", "termination")
