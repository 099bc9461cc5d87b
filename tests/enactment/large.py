"""A made-up agreement of any size, with a log of any length: the same every time."""

from __future__ import annotations

import datetime
import random

from detente.case.case import Case
from detente.case.norms import Event, Norm
from detente.case.records import Actor, CaseFile
from detente.enactment.compile import compile_agreement
from detente.enactment.compiled import Agreement
from detente.enactment.dates import MINUTES, as_day
from detente.enactment.entries import known_entries
from detente.enactment.run import Happening

__all__ = ["large_agreement", "large_case"]

START = datetime.date(2025, 1, 1)


def large_case(norms: int, entries: int, seed: int = 7) -> Case:
    """Return a case: duties once and recurring, prohibitions, caps, powers."""
    chance = random.Random(seed)
    about = CaseFile.model_validate(
        {"title": "Large", "agreement": {"in_force": START.isoformat()}}
    )
    written = [_norm(place, chance) for place in range(norms)]
    log = [_entry(place, norms, chance) for place in range(entries)]
    return Case(
        "large",
        about,
        actors=(Actor(id="a", name="A"), Actor(id="b", name="B")),
        norms=tuple(Norm.model_validate(each) for each in written),
        events=tuple(Event.model_validate(each) for each in log),
    )


def large_agreement(norms: int, entries: int) -> tuple[Agreement, tuple[Happening, ...], int]:
    """Return the same compiled, its log, and the end of ten years."""
    case = large_case(norms, entries)
    agreement = compile_agreement(case)
    until = (as_day(START) + 3653) * MINUTES
    return agreement, known_entries(case, agreement).happenings, until


def _norm(place: int, chance: random.Random) -> dict[str, object]:
    norm: dict[str, object] = {"id": f"n{place}", "title": f"Norm {place}", "debtor": "a"}
    earlier = f"n{chance.randrange(place)}" if place else None
    if place % 6 == 1:
        norm |= {"kind": "prohibition"}
    elif place % 6 == 2:
        norm |= {"kind": "cap", "quantity": {"limit": 50}}
    elif place % 6 == 3:
        norm |= {"recurring": {"every": 1, "unit": "months", "round": "down"}}
    elif place % 6 == 4 and earlier:
        norm |= {
            "kind": "power",
            "holder": "b",
            "trigger": {"norm": earlier, "reaches": "violated"},
        }
        norm |= {"on_performance": ({"effect": "suspends", "norms": earlier},)}
    else:
        norm |= {"deadline": {"amount": chance.randrange(14, 730)}}
        if earlier and place % 2:
            norm |= {"trigger": {"any": ({"norm": earlier}, {"event": "bell", "amount": 90})}}
    return norm


def _entry(place: int, norms: int, chance: random.Random) -> dict[str, object]:
    happened = (START + datetime.timedelta(chance.randrange(3650))).isoformat()
    kind = chance.choice(
        ("performed", "performed", "performed", "breached", "cured", "measured", "suspended",
         "resumed", "event")
    )  # fmt: skip
    entry: dict[str, object] = {"id": f"e{place}", "kind": kind, "happened": happened}
    if kind == "event":
        return entry | {"event": "bell"}
    entry["norm"] = f"n{chance.randrange(norms)}"
    return entry | {"amount": float(chance.randrange(100))} if kind == "measured" else entry
