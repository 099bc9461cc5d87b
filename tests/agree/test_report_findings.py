"""What a report gathers is what the single questions answer."""

from __future__ import annotations

from pathlib import Path

from detente.assess.outlook import Outlook
from detente.assess.sensitivity import shifts
from detente.assess.verdict import assess_draft
from detente.case.load import load
from detente.case.starter import make_case
from detente.report.findings import gather


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
