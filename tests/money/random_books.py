"""Random waterfalls over random months, for laws and for the slow reading."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

__all__ = ["falls"]

_TAKERS = ("north", "south", "held")
_cents = st.integers(1, 60_000).map(lambda cents: f"{cents // 100}.{cents % 100:02d}")
_shares = st.sampled_from(["1/3", "2/7", "10%", "0.5", "33.3%", "1/1", 0.25])
_SPLITS: tuple[tuple[dict[str, str], str | None], ...] = (
    ({"north": "1/3", "south": "2/3"}, None),
    ({"south": "1/3", "north": "1/3", "held": "1/3"}, None),
    ({"north": "2/7", "south": "3/7"}, "held"),
    ({"north": "10%"}, "south"),
)


@st.composite
def _step(draw: st.DrawFn, number: int) -> dict[str, Any]:
    found: dict[str, Any] = {"id": f"step-{number}"}
    kind = draw(st.sampled_from(["fixed", "share", "share", "cap", "both", "residual"]))
    if kind == "fixed":
        found["fixed"] = draw(_cents)
    if kind in ("share", "both"):
        found |= {"share": draw(_shares), "of": draw(st.sampled_from(["pool", "left"]))}
    if kind in ("cap", "both"):
        found["cap"] = draw(_cents)
    if kind == "residual":
        found["residual"] = True
    if draw(st.booleans()):
        found["to"] = draw(st.sampled_from(_TAKERS))
    else:
        split, rest = draw(st.sampled_from(_SPLITS))
        found |= {"split": split} | ({"rest": rest} if rest else {})
    return found


@st.composite
def falls(draw: st.DrawFn) -> list[dict[str, Any]]:
    """An inflow every month, a waterfall on the same days, a profit, a match, a clawback."""
    months = draw(st.integers(1, 4))
    every = {"date": "2026-01-31", "every": "month", "times": months}
    steps = [draw(_step(number)) for number in range(draw(st.integers(1, 5)))]
    rules: list[dict[str, Any]] = [
        {"id": "inflow", "from": "fares", "to": "till", "amount": draw(_cents), **every},
        {"id": "fall", "kind": "waterfall", "from": "till", "steps": steps, **every},
    ]
    if draw(st.booleans()):
        rules.append(
            {
                "id": "adds", "kind": "match", "of": draw(st.sampled_from(["fall", "inflow"])),
                "from": "fares", "to": "north", "share": draw(_shares),
            }
        )  # fmt: skip
    if draw(st.booleans()):
        split, rest = draw(st.sampled_from(_SPLITS))
        rules.append(
            {
                "id": "profit", "kind": "profit", "of": "held", "from": "fares", "rate": "7.3%",
                "date": "2026-02-15", "every": "quarter", "split": split,
                **({"rest": rest} if rest else {}),
            }
        )  # fmt: skip
    if draw(st.booleans()):
        rules.append(
            {
                "id": "back", "kind": "clawback", "of": "fall", "date": "2026-12-01",
                "share": draw(_shares),
            }
        )  # fmt: skip
    return rules
