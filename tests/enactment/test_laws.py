"""What holds of every log: order, what was known, corrections, and that time only adds."""

from __future__ import annotations

import datetime
import functools
import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.case.case import Case
from detente.enactment.status import Status, find_status
from enactment.small import case_of, day

NORMS = """\
- {id: pay, title: Pay, debtor: north, deadline: {amount: 10}, on_breach: [more, call]}
- {id: more, title: Pay more, debtor: north, cure: {within: window, amount: 5}}
- id: call
  title: Call
  kind: power
  holder: south
  on_performance: [{effect: suspends, norms: give}]
- {id: give, title: Give, debtor: south, deadline: {event: bell, amount: 6}}
- {id: truce, title: Truce, kind: prohibition, debtor: [north, south], ends: {date: 2025-03-01}}
- id: talk
  title: Talk
  in_force_when: [{norm: truce, is: in-force}]
  recurring: {every: 7, unit: days}
- id: back
  title: Back again
  kind: condition
  trigger: {norm: truce, reaches: violated}
  default: {amount: 9, unless: peace}
  on_performance: [{effect: voids, norms: give}]
- {id: cap, title: At most, kind: cap, quantity: {limit: 5}}
- {id: steps, title: Steps, stages: [{id: a, amount: 9, extendable: true}, {id: b, amount: 9}]}
"""
_SUBJECTS = ("pay", "more", "call", "give", "truce", "talk", "back", "cap", "steps")
_KINDS = (
    "performed", "breached", "measured", "decided", "extended", "suspended", "resumed", "waived",
    "cured",
)  # fmt: skip
_entries = st.lists(
    st.tuples(
        st.sampled_from(("event", *_KINDS)),
        st.sampled_from(_SUBJECTS),
        st.sampled_from(("bell", "peace")),
        st.integers(0, 60),
        st.integers(0, 20),
        st.integers(0, 9),
    ),
    max_size=12,
)
_thorough = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
_ON = datetime.date.fromisoformat(day(70))


@functools.cache
def _base() -> Case:
    return case_of(NORMS)


def _lines(entries: list[tuple[str, str, str, int, int, int]]) -> list[str]:
    lines = []
    for place, (kind, norm, event, on, late, amount) in enumerate(entries):
        subject = f"event: {event}" if kind == "event" else f"norm: {norm}"
        number = f", amount: {amount}" if kind in ("measured", "extended") else ""
        lines.append(
            f"- {{id: e{place}, kind: {kind}, {subject}, happened: {day(on)}, "
            f"reported: {day(on + late)}{number}}}\n"
        )
    return lines


def _told(status: Status) -> object:
    return [(each.reading, each.norms, each.breaches) for each in status.readings]


def _without_entries(status: Status) -> object:
    return [(norm.id, norm.state, norm.since, norm.due) for norm in status.first.norms], [
        (breach.norm, breach.day, breach.cured) for breach in status.first.breaches
    ]


@_thorough
@given(_entries, st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_nothing(
    entries: list[tuple[str, str, str, int, int, int]], shuffle: random.Random
) -> None:
    lines = _lines(entries)
    first = find_status(case_of(NORMS, "".join(lines)), _ON)
    shuffle.shuffle(lines)
    assert _told(find_status(case_of(NORMS, "".join(lines)), _ON)) == _told(first)


@_thorough
@given(_entries, _entries, st.integers(0, 70))
def test_later_reports_do_not_change_what_was_known(
    before: list[tuple[str, str, str, int, int, int]],
    after: list[tuple[str, str, str, int, int, int]],
    known: int,
) -> None:
    entries = [
        *before,
        *((k, n, e, on, max(late, known + 1 - on), a) for k, n, e, on, late, a in after),
    ]
    known_on = datetime.date.fromisoformat(day(known))
    early = _lines(before)
    old = find_status(case_of(NORMS, "".join(early)), _ON, known_on=known_on)
    new = find_status(case_of(NORMS, "".join(_lines(entries))), _ON, known_on=known_on)
    assert _told(old) == _told(new)


@_thorough
@given(_entries, st.integers(0, 11), st.integers(0, 60))
def test_a_correction_equals_never_having_erred(
    entries: list[tuple[str, str, str, int, int, int]], which: int, right: int
) -> None:
    if not entries:
        return
    which %= len(entries)
    lines = _lines(entries)
    kind, norm, event, _, late, amount = entries[which]
    fixed = list(entries)
    fixed[which] = (kind, norm, event, right, late, amount)
    correction = _lines(fixed)[which].replace(f"id: e{which},", f"id: x, corrects: e{which},")
    mended = find_status(case_of(NORMS, "".join([*lines, correction])), _ON)
    assert _without_entries(mended) == _without_entries(
        find_status(case_of(NORMS, "".join(_lines(fixed))), _ON)
    )
    gone = f"- {{id: x, kind: retracted, corrects: e{which}, happened: {day(65)}}}\n"
    without = find_status(case_of(NORMS, "".join([*lines, gone])), _ON)
    rest = [line for place, line in enumerate(lines) if place != which]
    assert _told(without) == _told(find_status(case_of(NORMS, "".join(rest)), _ON))


@_thorough
@given(_entries, st.integers(0, 60), st.integers(0, 30))
def test_breaches_on_record_stay_there(
    entries: list[tuple[str, str, str, int, int, int]], on: int, more: int
) -> None:
    case = case_of(NORMS, "".join(_lines(entries)))
    early = find_status(case, datetime.date.fromisoformat(day(on)))
    late = find_status(case, datetime.date.fromisoformat(day(on + more)))
    kept = {(breach.norm, breach.day) for breach in late.first.breaches}
    assert {(breach.norm, breach.day) for breach in early.first.breaches} <= kept


def test_nothing_happens_without_a_log() -> None:
    found = find_status(_base(), _ON)
    assert {norm.id: norm.state for norm in found.first.norms} == {
        "pay": "violated",
        "more": "in-force",
        "call": "in-force",
        "give": "in-force",
        "truce": "lapsed",
        "talk": "violated",
        "back": "dormant",
        "cap": "in-force",
        "steps": "violated",
    }
