"""Small agreements worked out by hand: one rule of the engine each."""

from __future__ import annotations

import datetime

import pytest

from detente.enactment.status import find_status
from detente.enactment.timeline import find_timeline
from detente.errors import CaseError, RequestError
from enactment.small import case_of, day, run, states

PAY = "- {id: pay, title: Pay, debtor: north, deadline: {amount: 10}}\n"


def test_deadline_passes_by_itself_when_its_last_day_is_over() -> None:
    assert states(PAY, [], 10)["pay"] == "in-force"
    found = run(PAY, [], 11)
    (norm,) = found.norms
    assert (norm.state, str(norm.since), str(norm.due)) == ("violated", day(11), day(10))
    assert norm.because[0].rule == "its deadline passed without performance"
    assert found.overdue == ("pay",)


def test_late_performance_cures_and_the_breach_stays_on_record() -> None:
    found = run(PAY, [("performed", "pay", 13)], 20)
    assert found.norms[0].state == "cured"
    (breach,) = found.breaches
    assert (str(breach.day), str(breach.cured), breach.late_days) == (day(11), day(13), 3)
    assert found.overdue == ()


def test_cure_within_a_window_and_what_it_ends() -> None:
    norms = """\
- id: pay
  title: Pay
  deadline: {amount: 10}
  cure: {within: window, amount: 5, remedies: end}
  on_breach: [withhold, {effect: suspends, norms: deliver}]
- {id: withhold, title: Withhold, kind: power, holder: south}
- {id: deliver, title: Deliver, debtor: south}
"""
    broken = states(norms, [], 12)
    assert broken == {"pay": "violated", "withhold": "in-force", "deliver": "suspended"}
    cured = states(norms, [("performed", "pay", 15)], 20)
    assert cured == {"pay": "cured", "withhold": "lapsed", "deliver": "in-force"}
    late = states(norms, [("performed", "pay", 17)], 20)
    assert late == broken


def test_remedies_stay_after_a_cure_unless_the_text_says_otherwise() -> None:
    norms = PAY.replace("}}", "}, on_breach: [more]}") + "- {id: more, title: Pay more}\n"
    assert states(norms, [], 10)["more"] == "dormant"
    assert states(norms, [("performed", "pay", 12)], 20) == {"pay": "cured", "more": "in-force"}


@pytest.mark.parametrize(
    ("clock", "on", "state"),
    [("stops", 24, "in-force"), ("stops", 26, "violated"), ("runs", 21, "violated")],
)
def test_whether_a_suspension_stops_the_clock(clock: str, on: int, state: str) -> None:
    norms = PAY.replace("debtor", f"clock_on_suspension: {clock}, debtor")
    entries = [("suspended", "pay", 5), ("resumed", "pay", 20)]
    assert states(norms, entries, 15)["pay"] == "suspended"
    assert states(norms, entries, on)["pay"] == state


def test_waiver_before_and_after_a_breach() -> None:
    assert states(PAY, [("waived", "pay", 5)], 20)["pay"] == "waived"
    found = run(PAY, [("waived", "pay", 15)], 20)
    assert (found.norms[0].state, len(found.breaches)) == ("waived", 1)


def test_early_performance_counts_when_the_norm_comes_into_force() -> None:
    norms = "- {id: pay, title: Pay, trigger: {event: bell}, deadline: {amount: 1}}\n"
    entries = [("performed", "pay", 2), ("event", "bell", 8)]
    assert states(norms, entries, 7)["pay"] == "dormant"
    assert states(norms, entries, 8)["pay"] == "fulfilled"


def test_triggers_by_any_all_states_and_dates() -> None:
    norms = f"""\
- {{id: first, title: First, trigger: {{any: [{{event: a}}, {{date: {day(9)}}}]}}}}
- {{id: both, title: Both, trigger: {{all: [{{event: a}}, {{event: b, amount: 3}}]}}}}
- {{id: after, title: After, trigger: {{norm: both, reaches: in-force, amount: 1, unit: weeks}}}}
"""
    entries = [("event", "a", 12), ("event", "b", 5)]
    assert [states(norms, entries, on)["first"] for on in (8, 9)] == ["dormant", "in-force"]
    assert [states(norms, entries, on)["both"] for on in (11, 12)] == ["dormant", "in-force"]
    assert [states(norms, entries, on)["after"] for on in (18, 19)] == ["dormant", "in-force"]


def test_deadline_before_another_norm() -> None:
    norms = """\
- {id: vote, title: Vote}
- {id: register, title: Register voters first, deadline: {norm: vote, include_last: false}}
"""
    assert states(norms, [("performed", "vote", 9)], 9)["register"] == "violated"
    done = [("performed", "register", 8), ("performed", "vote", 9)]
    assert states(norms, done, 30)["register"] == "fulfilled"


def test_deadline_by_the_earliest_of_two() -> None:
    norms = f"""\
- id: pay
  title: Pay
  deadline: {{any: [{{event: sale, amount: 5}}, {{date: {day(20)}}}]}}
"""
    assert states(norms, [], 20)["pay"] == "in-force"
    assert states(norms, [], 21)["pay"] == "violated"
    assert states(norms, [("event", "sale", 7)], 13)["pay"] == "violated"


def test_a_recurring_duty() -> None:
    """Due on days 10, 20 and 30; the second one is missed and made up for."""
    norms = f"""\
- id: report
  title: Report
  recurring: {{every: 10, unit: days, until: {{date: {day(31)}}}}}
"""
    entries = [("performed", "report", 4), ("performed", "report", 23), ("performed", "report", 28)]
    told = [states(norms, entries, on)["report"] for on in (10, 20, 21, 22, 23, 30, 31)]
    assert told == ["in-force"] * 2 + ["violated"] * 2 + ["in-force"] * 2 + ["fulfilled"]
    found = run(norms, entries, 40)
    assert [str(breach.day) for breach in found.breaches] == [day(21)]


def test_months_are_added_once_from_the_start() -> None:
    norms = """\
- id: report
  title: Report
  trigger: {date: 2025-01-31}
  recurring: {every: 1, unit: months, round: down}
"""
    dues = []
    for number, on in enumerate((30, 60, 90)):
        entries = [("performed", "report", 31 + 30 * each) for each in range(number)]
        dues.append(str(run(norms, entries, on).norms[0].due))
    assert dues == ["2025-02-28", "2025-03-31", "2025-04-30"]


def test_stages_of_a_duty_and_their_extension() -> None:
    norms = """\
- id: withdraw
  title: Withdraw in two steps
  stages:
    - {id: half, amount: 10, extendable: true}
    - {id: rest, amount: 5}
"""
    assert states(norms, [], 11)["withdraw"] == "violated"
    assert run(norms, [("performed", "withdraw", 8)], 9).norms[0].due == datetime.date(2025, 1, 14)
    done = [("performed", "withdraw", 8), ("performed", "withdraw", 12)]
    assert states(norms, done, 30)["withdraw"] == "fulfilled"
    late = [("performed", "withdraw", 12), ("performed", "withdraw", 13)]
    found = run(norms, late, 30)
    assert (found.norms[0].state, len(found.breaches)) == ("fulfilled", 1)


def test_a_ladder_of_disputes_runs_by_time_alone() -> None:
    norms = """\
- id: dispute
  title: Dispute
  kind: condition
  trigger: {event: complaint}
  stages:
    - {id: talks, amount: 15, extendable: true}
    - {id: ministers, amount: 15}
- {id: stop, title: Stop performing, kind: power, trigger: {norm: dispute, reaches: fulfilled}}
"""
    begun = [("event", "complaint", 1)]
    assert states(norms, begun, 31)["stop"] == "dormant"
    assert states(norms, begun, 33)["stop"] == "in-force"
    settled = [*begun, ("decided", "dispute", 20)]
    assert states(norms, settled, 60) == {"dispute": "lapsed", "stop": "dormant"}
    extended = (
        f"- {{id: c, kind: event, event: complaint, happened: {day(1)}}}\n"
        f"- {{id: x, kind: extended, norm: dispute, happened: {day(10)}, amount: 7}}\n"
    )
    case = case_of(norms, extended)
    for on, state in ((33, "dormant"), (40, "in-force")):
        found = find_status(case, datetime.date.fromisoformat(day(on)))
        assert found.norm("stop").state == state


def test_a_default_fires_unless_a_body_decides() -> None:
    norms = """\
- {id: notice, title: Notice, kind: power, holder: north, on_performance: [return]}
- id: return
  title: Measures return
  kind: condition
  default: {amount: 30, unless: continued}
  on_performance: [{effect: starts, norms: measures}, {effect: voids, norms: relief}]
- {id: measures, title: Measures, kind: prohibition, trigger: {event: never}}
- {id: relief, title: Relief}
"""
    notice = [("performed", "notice", 5)]
    assert states(norms, notice, 34)["measures"] == "dormant"
    back = states(norms, notice, 35)
    assert (back["return"], back["measures"], back["relief"]) == ("fulfilled", "in-force", "void")
    for kind, subject in (("event", "continued"), ("decided", "return")):
        stopped = states(norms, [*notice, (kind, subject, 34)], 60)
        assert (stopped["return"], stopped["measures"]) == ("lapsed", "dormant")
    too_late = states(norms, [*notice, ("event", "continued", 35)], 60)
    assert too_late["return"] == "fulfilled"


def test_a_power_expires_and_only_its_holder_exercises_it() -> None:
    norms = f"""\
- id: call
  title: Call a vote
  kind: power
  ends: {{date: {day(20)}}}
  readings:
    - {{id: north-only, text: North alone, holder: north}}
    - {{id: either, text: Either of them, holder: [north, south]}}
    - {{id: nobody, text: Nobody holds it any more, holder: []}}
"""
    entry = f"- {{id: e, kind: performed, norm: call, happened: {day(5)}, actor: south}}\n"
    status = find_status(case_of(norms, entry), datetime.date.fromisoformat(day(10)))
    found = {each.reading: each.norms[0] for each in status.readings}
    assert {name: norm.state for name, norm in found.items()} == {
        "north-only": "in-force",
        "either": "fulfilled",
        "nobody": "in-force",
    }
    assert "does not hold this power" in found["nobody"].because[-1].rule
    assert states(norms, [], 19)["call"] == "in-force"
    assert states(norms, [], 20)["call"] == "lapsed"
    one = find_status(case_of(norms), datetime.date.fromisoformat(day(5)), reading="either")
    assert [each.reading for each in one.readings] == ["either"]
    with pytest.raises(RequestError, match="did you mean 'either'"):
        find_status(case_of(norms), datetime.date.fromisoformat(day(5)), reading="eiter")


def test_conditions_suspend_and_resume() -> None:
    norms = """\
- {id: truce, title: Truce, kind: prohibition}
- {id: pay, title: Pay, deadline: {amount: 10}, in_force_when: [{norm: truce, is: in-force}]}
- {id: talk, title: Talk, in_force_when: [{event: election, happened: false}]}
"""
    assert states(norms, [], 5)["pay"] == "in-force"
    broken = states(norms, [("breached", "truce", 5)], 20)
    assert (broken["truce"], broken["pay"]) == ("violated", "suspended")
    entries = [("breached", "truce", 5), ("cured", "truce", 9)]
    assert states(norms, entries, 14) == {
        "truce": "in-force",
        "pay": "in-force",
        "talk": "in-force",
    }
    assert states(norms, entries, 15)["pay"] == "violated"
    assert states(norms, [("event", "election", 3)], 4)["talk"] == "suspended"


def test_a_cap_is_measured() -> None:
    norms = "- {id: cap, title: At most, kind: cap, quantity: {limit: 300, unit: kg}}\n"
    entries = "".join(
        f"- {{id: m{number}, kind: measured, norm: cap, amount: {amount}, "
        f"happened: {day(number)}}}\n"
        for number, amount in ((3, 299), (5, 301.5), (9, 300))
    )
    case = case_of(norms, entries)
    told = [
        find_status(case, datetime.date.fromisoformat(day(on))).norm("cap").state
        for on in (4, 6, 10)
    ]
    assert told == ["in-force", "violated", "in-force"]
    (breach,) = find_status(case, datetime.date.fromisoformat(day(10))).first.breaches
    assert (breach.rule, str(breach.cured)) == ("301.5 is more than 300", day(9))


def test_efforts_alone_are_not_broken_by_time() -> None:
    norms = PAY.replace("debtor", "effort: best-efforts, debtor")
    assert states(norms, [], 20)["pay"] == "lapsed"
    assert states(norms, [("breached", "pay", 5)], 20)["pay"] == "violated"


def test_what_must_come_first_is_told() -> None:
    norms = PAY.replace("debtor", "requires: [{event: law}], debtor")
    found = run(norms, [("performed", "pay", 5)], 6)
    assert found.norms[0].state == "fulfilled"
    case = case_of(norms, f"- {{id: e, kind: performed, norm: pay, happened: {day(5)}}}\n")
    changes = find_timeline(case, datetime.date(2025, 2, 1)).changes
    assert any("needs law first" in change.rule for change in changes)


def test_a_circle_stays_dormant() -> None:
    norms = """\
- {id: a, title: A, trigger: {norm: b}}
- {id: b, title: B, trigger: {norm: a}}
"""
    assert states(norms, [("performed", "a", 3)], 50) == {"a": "dormant", "b": "dormant"}


def test_norms_follow_the_options_of_the_draft() -> None:
    norms = """\
- {id: share, title: Share the toll, when: {toll: shared}}
- {id: keep, title: Keep the toll, when: {toll: [north-only]}}
"""
    case = case_of(norms)
    on = datetime.date(2025, 2, 1)
    assert [norm.id for norm in find_status(case, on, draft="first").first.norms] == ["share"]
    assert [norm.id for norm in find_status(case, on).first.norms] == ["keep"]
    agreed = case_of(norms, agreement="draft: first, in_force: 2025-01-01")
    assert [norm.id for norm in find_status(agreed, on).first.norms] == ["share"]


def test_a_day_that_does_not_exist_is_named_with_its_norm() -> None:
    norms = "- {id: pay, title: Pay, deadline: {event: bell, amount: 1, unit: months}}\n"
    entry = "- {id: e, kind: event, event: bell, happened: 2025-01-31}\n"
    with pytest.raises(CaseError, match=r"norms.yaml:1:3: 'pay': 31 January 2025 and 1 month"):
        find_status(case_of(norms, entry), datetime.date(2025, 2, 1))
    rounded = norms.replace("unit: months", "unit: months, round: up")
    found = find_status(case_of(rounded, entry), datetime.date(2025, 2, 1))
    assert found.norm("pay").due == datetime.date(2025, 3, 1)


def test_a_time_that_clocks_skip_is_named_with_its_entry() -> None:
    entry = '- {id: e, kind: event, event: bell, happened: "2025-03-30T03:30"}\n'
    case = case_of(PAY, entry, agreement="in_force: 2025-01-01, zone: Europe/Kyiv")
    with pytest.raises(CaseError, match=r"events.yaml:1:4\d: Clocks in Europe/Kyiv skip"):
        find_status(case, datetime.date(2025, 4, 1))


def test_what_a_reader_of_the_log_is_told() -> None:
    norms = PAY + "- {id: other, title: Other, trigger: {event: harvest}}\n"
    entries = f"""\
- {{id: a, kind: event, event: harvest, happened: {day(9)}}}
- {{id: b, kind: performed, norm: pay, happened: {day(4)}}}
- {{id: c, kind: performed, norm: pay, happened: {day(4)}}}
- {{id: d, kind: event, event: harvst, happened: {day(11)}}}
- {{id: e, kind: measured, norm: pay, amount: 3, happened: 2024-12-30}}
"""
    notes = find_status(case_of(norms, entries), datetime.date(2025, 2, 1)).notes
    assert any("not in order of time" in note for note in notes)
    assert any("'c' says the same as 'b'; it counts once" in note for note in notes)
    assert any("'harvst' of entry 'd'; did you mean 'harvest'?" in note for note in notes)
    assert any("'e' happened before the agreement was in force" in note for note in notes)
