"""What a run carries out in time, lint does not call impossible."""

from __future__ import annotations

import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.case.case import Case
from detente.enactment.compile import compile_agreement
from detente.enactment.compiled import NEVER, State
from detente.enactment.dates import MINUTES, as_date
from detente.enactment.entries import known_entries
from detente.enactment.run import Run
from detente.enactment.status import run_readings
from detente.lint.lint import lint_case
from enactment.small import case_of, day

IDS = ("a", "b", "c", "d")
UNITS = ("days", "days, count: business", "weeks", "months, round: down")
HORIZON = 400


@st.composite
def moments(draw: st.DrawFn, depth: int = 2) -> str:
    """A moment as text: one anchor with time added, or the earliest or latest of two."""
    anchor = draw(
        st.sampled_from([f"norm: {name}" for name in IDS] + ["event: entry-into-force", "event: x"])
    )
    amount, unit = draw(st.integers(0, 9)), draw(st.sampled_from(UNITS))
    one = f"{anchor}, amount: {amount}, unit: {unit}"
    kind = draw(st.sampled_from(["one", "one", "any", "all"]))
    if kind == "one" or not depth:
        return f"{{{one}}}"
    return f"{{{kind}: [{{{one}}}, {draw(moments(depth - 1))}]}}"


@st.composite
def norms(draw: st.DrawFn) -> str:
    """Four duties and conditions, as the text of norms.yaml."""
    lines = []
    for name in IDS:
        kind = draw(st.sampled_from(["duty", "duty", "condition"]))
        parts = [f"id: {name}", f"title: {name.upper()}", f"kind: {kind}"]
        if draw(st.booleans()):
            parts.append(f"trigger: {draw(moments())}")
        if draw(st.integers(0, 3)) == 0:
            other = draw(st.sampled_from(IDS))
            parts.append(f"in_force_when: [{{norm: {other}, is: [fulfilled, cured]}}]")
        if kind == "duty" and draw(st.booleans()):
            amount = draw(st.integers(1, 30))
            parts.append(f"deadline: {{event: entry-into-force, amount: {amount}}}")
        elif kind == "condition" and draw(st.booleans()):
            parts.append(f"stages: [{{id: s, amount: {draw(st.integers(1, 20))}}}]")
        if draw(st.integers(0, 3)) == 0:
            parts.insert(3, f"ends: {draw(moments())}")
        if "stages" not in parts[-1] and draw(st.booleans()):
            parts.append(f"requires: [{draw(moments())}]")
        lines.append(f"- {{{', '.join(parts)}}}\n")
    return "".join(lines)


def carry_out(text: str, event: int, slack: list[int]) -> tuple[Case, Run]:
    """Perform every norm some days after it can be performed, and return the case and its run."""
    entries = [f"- {{id: x, kind: event, event: x, happened: {day(event)}}}\n"]
    performed = {name for name in IDS if "stages" in text.splitlines()[IDS.index(name)]}
    for _ in range(len(IDS) + 1):
        case = case_of(text, "".join(entries))
        agreement = compile_agreement(case)
        until = datetime.date.fromisoformat(day(HORIZON))
        (run,) = run_readings(case, agreement, known_entries(case, agreement, None), until)
        for norm, live, days in zip(agreement.norms, run.live, slack, strict=True):
            came = [live.start, *(run.fired[moment] for moment in norm.requires)]
            if norm.id in performed or NEVER in came:
                continue
            performed.add(norm.id)
            last = as_date(max(came) // MINUTES + days).isoformat()
            entries.append(
                f"- {{id: p-{norm.id}, kind: performed, norm: {norm.id}, happened: {last}}}\n"
            )
    return case, run


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(norms(), st.integers(0, 20), st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_what_can_be_run_in_time_is_not_called_broken(
    text: str, event: int, slack: list[int]
) -> None:
    case, run = carry_out(text, event, slack)
    # a performance before its time is noted and counts all the same
    early = any("needs" in step.rule or "not in force" in step.rule for step in run.steps)
    done = all(live.state is State.FULFILLED for live in run.live)
    if not done or early or any(step.breach for step in run.steps):
        return
    found = lint_case(case).by_severity()["broken"]
    assert found == (), (text, event, slack, found)
