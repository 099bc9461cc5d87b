"""Every code on a small agreement made for it, and on one like it without the fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from case.minimal import MINIMAL
from detente.case.load import load
from detente.lint.codes import CODES, SEVERITIES
from detente.lint.findings import Finding
from detente.lint.lint import lint_case, read_lines
from enactment.small import case_of

HEAD = "debtor: north, verifier: south, on_breach: [fine]"
FINE = "\n- {id: fine, title: Pay a fine, kind: condition}\n"


def found(norms: str, code: str, **options: str) -> tuple[Finding, ...]:
    return lint_case(case_of(norms, **options), only=[code]).findings


WITH: dict[str, tuple[str, tuple[str, ...]]] = {
    "circular-trigger": (
        "- {id: a, title: A, trigger: {norm: b}}\n- {id: b, title: B, requires: [{norm: a}]}\n",
        ("a", "b"),
    ),
    "unreachable": (
        (
            "- {id: a, title: A, kind: prohibition}\n"
            "- {id: b, title: B, trigger: {norm: a, reaches: lapsed}}\n"
        ),
        ("b",),
    ),
    "circular-deadline": (
        (
            "- {id: a, title: A, deadline: {norm: b, amount: 5}}\n"
            "- {id: b, title: B, deadline: {norm: a, amount: 5}}\n"
        ),
        ("a", "b"),
    ),
    "deadlines-clash": (
        (
            "- {id: wait, title: Wait, kind: condition, stages: [{id: s, amount: 60}]}\n"
            "- {id: a, title: A, requires: [{norm: wait}],"
            " deadline: {event: entry-into-force, amount: 59}}\n"
        ),
        ("a", "wait"),
    ),
    "power-expires": (
        (
            "- {id: a, title: A, deadline: {amount: 60}}\n"
            "- {id: p, title: P, kind: power, holder: north, trigger: {norm: a, reaches: violated},"
            " ends: {event: entry-into-force, amount: 60}}\n"
        ),
        ("p",),
    ),
    "duty-against-prohibition": (
        (
            "- {id: a, title: A, debtor: north, action: Move heavy weapons across the river}\n"
            "- {id: b, title: B, kind: prohibition, debtor: [south, north],"
            " action: No moving of heavy weapons across rivers}\n"
        ),
        ("a", "b"),
    ),
    "no-debtor": ("- {id: a, title: A}\n", ("a",)),
    "no-deadline": ("- {id: a, title: A}\n", ("a",)),
    "no-verifier": ("- {id: a, title: A}\n", ("a",)),
    "no-remedy": ("- {id: a, title: A, kind: prohibition}\n", ("a",)),
    "best-efforts": ("- {id: a, title: A, effort: best-efforts}\n", ("a",)),
    "no-holder": ("- {id: a, title: A, kind: power}\n", ("a",)),
    "default-without-body": (
        "- {id: a, title: A, kind: condition, default: {amount: 30}}\n",
        ("a",),
    ),
    "loose-word": ("- {id: a, title: Help promptly}\n", ("a",)),
    "one-sided": (
        "".join(f"- {{id: a{i}, title: A, debtor: north, creditor: south}}\n" for i in range(3)),
        ("a0", "a1", "a2"),
    ),
    "no-unit": ("- {id: a, title: A, kind: cap, quantity: {limit: 5}}\n", ("a",)),
    "no-baseline": ("- {id: a, title: A, kind: cap, quantity: {limit: 5}}\n", ("a",)),
    "contested-holder": (
        (
            "- id: a\n  title: A\n  kind: power\n  readings:\n"
            "    - {id: one, text: One, holder: north}\n    - {id: two, text: Two, holder: south}\n"
        ),
        ("a",),
    ),
    "unclear-days": ("- {id: a, title: A, deadline: {amount: 14}}\n", ("a",)),
    "unclear-rounding": (
        "- {id: a, title: A, deadline: {norm: b, amount: 1, unit: months}}\n- {id: b, title: B}\n",
        ("a",),
    ),
    "clock-unstated": (
        "- {id: a, title: A, deadline: {amount: 3}, in_force_when: [{event: truce}]}\n",
        ("a",),
    ),
    "needless-silence": (
        "- {id: a, title: A, silence: [{code: no-unit, reason: none needed}]}\n",
        ("a",),
    ),
}

WITHOUT: dict[str, str] = {
    "circular-trigger": (
        "- {id: a, title: A, trigger: {any: [{norm: b}, {event: truce}]}}\n"
        "- {id: b, title: B, requires: [{norm: a}]}\n"
    ),
    "unreachable": (
        "- {id: a, title: A, kind: prohibition, ends: {event: peace}}\n"
        "- {id: b, title: B, trigger: {norm: a, reaches: lapsed}}\n"
    ),
    "circular-deadline": (
        "- {id: a, title: A, deadline: {norm: b, amount: 5}}\n"
        "- {id: b, title: B, deadline: {amount: 5}}\n"
    ),
    "deadlines-clash": WITH["deadlines-clash"][0].replace("59", "60"),
    "power-expires": WITH["power-expires"][0].replace("force, amount: 60", "force, amount: 62"),
    "duty-against-prohibition": (
        "- {id: a, title: A, debtor: north, action: Move heavy weapons,"
        " deadline: {date: 2025-02-01}}\n"
        "- {id: b, title: B, kind: prohibition, debtor: north, action: Move heavy weapons,"
        " trigger: {date: 2025-02-02}}\n"
    ),
    "no-debtor": f"- {{id: a, title: A, {HEAD}}}{FINE}",
    "no-deadline": f"- {{id: a, title: A, {HEAD}, deadline: {{date: 2025-02-01}}}}{FINE}",
    "no-verifier": f"- {{id: a, title: A, {HEAD}}}{FINE}",
    "no-remedy": (
        "- {id: a, title: A, kind: prohibition}\n"
        "- {id: p, title: P, kind: power, trigger: {norm: a, reaches: violated}}\n"
    ),
    "best-efforts": "- {id: a, title: A}\n",
    "no-holder": "- {id: a, title: A, kind: power, holder: north}\n",
    "default-without-body": (
        "- {id: a, title: A, kind: condition, default: {amount: 30, body: north}}\n"
    ),
    "loose-word": "- {id: a, title: Help by noon}\n",
    "one-sided": (
        WITH["one-sided"][0] + "- {id: b, title: B, debtor: south, creditor: north}\n"
    ).replace("a2, title: A, debtor: north, creditor: south", "a2, title: A, debtor: north"),
    "no-unit": "- {id: a, title: A, kind: cap, quantity: {limit: 5, unit: tons}}\n",
    "no-baseline": "- {id: a, title: A, kind: cap, quantity: {limit: 5, baseline: of 2024}}\n",
    "contested-holder": "- {id: a, title: A, kind: power, holder: north}\n",
    "unclear-days": "- {id: a, title: A, deadline: {amount: 14, include_first: false}}\n",
    "unclear-rounding": (
        "- {id: a, title: A, deadline: {date: 2025-01-30, amount: 2, unit: months}}\n"
    ),
    "clock-unstated": (
        "- {id: a, title: A, deadline: {amount: 3}, in_force_when: [{event: truce}],"
        " clock_on_suspension: stops}\n"
    ),
    "needless-silence": (
        "- {id: a, title: A, silence: [{code: no-debtor, reason: settled elsewhere}]}\n"
    ),
}


@pytest.mark.parametrize("code", CODES)
def test_the_fault_is_found_and_the_like_without_it_is_not(code: str) -> None:
    norms, names = WITH[code]
    (finding,) = found(norms, code)
    assert (finding.code, finding.norms) == (code, names)
    assert finding.line > 0
    assert finding.column > 0
    assert finding.message.endswith(".")
    assert found(WITHOUT[code], code) == ()


@pytest.mark.parametrize("code", CODES)
def test_a_norm_that_it_is_about_can_silence_it(code: str) -> None:
    norms, names = WITH[code]
    if code == "needless-silence":
        return
    silence = f"silence: [{{code: {code}, reason: meant so}}], "
    mine = norms.replace(f"id: {names[0]}", f"{silence}id: {names[0]}", 1)
    if "{silence" not in mine:
        mine = norms.replace("  title: A\n", f"  title: A\n  {silence.rstrip(', ')}\n", 1)
    lint = lint_case(case_of(mine))
    assert code not in {each.code for each in lint.findings}
    assert "needless-silence" not in {each.code for each in lint.findings}
    assert [each.reason for each in lint.silenced if each.finding.code == code] == ["meant so"]


def test_codes_have_severity_and_explanation() -> None:
    for name, code in CODES.items():
        assert code.id == name
        assert code.severity in SEVERITIES
        assert len(code.explanation) > 60


def test_a_silence_for_an_unknown_code_names_the_nearest() -> None:
    norms = "- {id: a, title: A, silence: [{code: no-det, reason: x}]}\n"
    (finding,) = found(norms, "needless-silence")
    assert "no such code" in finding.message


# --- circles --------------------------------------------------------------------------------------


def test_a_circle_through_effects_and_conditions() -> None:
    norms = """\
- {id: a, title: A, trigger: {event: x}, in_force_when: [{norm: c, is: fulfilled}]}
- {id: b, title: B, trigger: {norm: a, amount: 3}, on_performance: [c]}
- {id: c, title: C}
- {id: d, title: D, trigger: {norm: c}}
"""
    (circle,) = found(norms, "circular-trigger")
    assert circle.norms == ("a", "b", "c")
    assert len(circle.clauses) == 3
    (after,) = found(norms, "unreachable")
    assert after.norms == ("d",)
    assert "stands on a circle" in after.message


def test_a_circle_in_which_only_one_clause_matters() -> None:
    norms = """\
- {id: a, title: A, requires: [{norm: b}, {norm: c}]}
- {id: b, title: B, requires: [{norm: a}]}
- {id: c, title: C, requires: [{norm: a}]}
"""
    (circle,) = found(norms, "circular-trigger")
    assert circle.norms == ("a", "b", "c")
    assert "opens" not in circle.message


def test_a_norm_of_another_draft_is_never_reached() -> None:
    norms = """\
- {id: a, title: A, when: {toll: shared}}
- {id: b, title: B, trigger: {norm: a}}
"""
    (finding,) = found(norms, "unreachable")
    assert "not part of this draft" in finding.message
    assert lint_case(case_of(norms), "first", only=["unreachable"]).findings == ()


# --- deadlines ------------------------------------------------------------------------------------


def test_the_contradictory_set_is_told_clause_by_clause() -> None:
    norms = """\
- id: ceasefire
  title: Ceasefire
  kind: condition
  trigger: {norm: withdrawal}
- {id: withdrawal, title: Withdraw, trigger: {event: entry-into-force, amount: 90}}
- {id: martial-law-ends, title: It ends, kind: condition, trigger: {norm: ceasefire, amount: 30}}
- id: elections
  title: Elections
  requires:
    - {norm: martial-law-ends}
  deadline: {event: entry-into-force, amount: 100}
"""
    (finding,) = found(norms, "deadlines-clash")
    assert set(finding.norms) == {"elections", "ceasefire", "withdrawal", "martial-law-ends"}
    assert "20 days missing" in finding.message
    assert finding.line == 11
    assert sorted(line for (_, line, _), _ in finding.clauses) == [4, 5, 6, 10, 11]
    assert found(norms.replace("100", "120"), "deadlines-clash") == ()


def test_fixed_dates_against_a_signature() -> None:
    norms = (
        "- {id: a, title: A, trigger: {date: 2025-03-01},"
        " deadline: {event: signature, amount: 30}}\n"
    )
    about = "signed: 2025-01-01, in_force: 2025-01-01"
    (finding,) = found(norms, "deadlines-clash", agreement=about)
    assert "29 days" in finding.message


def test_months_are_never_called_impossible_by_their_length() -> None:
    norms = """\
- {id: wait, title: W, kind: condition, stages: [{id: s, amount: 6, unit: months, round: down}]}
- {id: a, title: A, requires: [{norm: wait}], deadline: {event: entry-into-force, amount: DAYS}}
"""
    about = "zone: UTC"
    assert found(norms.replace("DAYS", "181"), "deadlines-clash", agreement=about) == ()
    assert found(norms.replace("DAYS", "170"), "deadlines-clash", agreement=about)


def test_two_ways_to_begin_are_no_contradiction() -> None:
    norms = """\
- {id: late, title: L, kind: condition, trigger: {event: entry-into-force, amount: 90}}
- {id: a, title: A, trigger: {any: [{norm: late}, {event: x}]},
   deadline: {event: entry-into-force, amount: 9}}
"""
    assert found(norms, "deadlines-clash") == ()


# --- days -----------------------------------------------------------------------------------------


def test_both_last_days_are_told() -> None:
    norms = "- {id: a, title: A, deadline: {date: 2015-02-15, amount: 14}}\n"
    (finding,) = found(norms, "unclear-days")
    assert "2015-02-28 or 2015-03-01" in finding.message


def test_a_day_that_does_not_exist_is_named() -> None:
    norms = "- {id: a, title: A, deadline: {event: entry-into-force, amount: 1, unit: months}}\n"
    (finding,) = found(norms, "unclear-rounding", agreement="in_force: 2025-01-31")
    assert "31 February 2025" in finding.message
    assert found(norms, "unclear-rounding", agreement="in_force: 2025-01-15") == ()


# --- words ----------------------------------------------------------------------------------------


def test_a_word_is_placed_where_it_stands(tmp_path: Path) -> None:
    norms = (
        "- id: a\n  title: Help\n  text: >-\n    A force that is\n"
        "    robust and, as soon\n    as possible, ROBUST.\n"
    )
    for name, text in {**MINIMAL, "norms.yaml": norms}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    case = load(tmp_path)
    lint = lint_case(case, only=["loose-word"], lines=read_lines(case))
    places = [(each.line, each.column) for each in lint.findings]
    assert places == [(5, 5), (5, 17), (6, 18)]
