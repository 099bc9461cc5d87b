"""What a report gathers is what the single questions answer."""

from __future__ import annotations

from pathlib import Path

from detente.assess.outlook import Outlook
from detente.assess.sensitivity import shifts
from detente.assess.verdict import assess_draft
from detente.case.examples import example_folder
from detente.case.load import load
from detente.case.starter import make_case
from detente.report.findings import gather
from detente.report.page import answer, render_page


def test_every_draft_is_shown_with_its_own_shifts_and_verdict(tmp_path: Path) -> None:
    make_case(tmp_path / "case")
    case = load(tmp_path / "case")
    found = gather(case)
    outlook = Outlook.of(case)
    assert [each.draft.id for each in found.drafts] == ["first", "second"]
    for each in found.drafts:
        assert each.shifts == tuple(shifts(outlook, [each.draft]))
        assert {shift.draft for shift in each.shifts} == {each.draft.id}
        assert each.verdict.probability == assess_draft(outlook, each.draft).probability


def test_an_agreement_is_answered_by_how_it_stands() -> None:
    findings = gather(load(example_folder("minsk-2015")))
    lines = answer(findings)
    assert len(lines) == 5
    assert "was agreed. On 2015-12-31 of 15 norms" in lines[0]
    assert "P04-resolution (3 days late)" in lines[1]
    page = render_page(findings)
    assert '<td class="blocks">violated</td>' in page
    assert page == render_page(gather(load(example_folder("minsk-2015"))))
