"""The finished agreements and the drafts of the flagship."""

from __future__ import annotations

import pytest

import detente
from detente.case.examples import example_folder
from detente.case.load import load
from detente.lint.codes import CODES
from detente.lint.lint import Lint, lint_case, read_lines


@pytest.fixture(scope="module")
def minsk() -> Lint:
    case = load(example_folder("minsk-2015"))
    return lint_case(case, lines=read_lines(case))


def test_minsk_elections_constitution_and_border_wait_for_one_another(minsk: Lint) -> None:
    (circle,) = [each for each in minsk.findings if each.code == "circular-trigger"]
    assert circle.norms == ("P09", "P11", "P12")
    assert "opens without one clause: 'P12' needs first: P09" in circle.message
    assert minsk.by_severity()["broken"] == (circle,)


def test_minsk_under_the_other_reading_has_no_circle() -> None:
    case = load(example_folder("minsk-2015"))
    norms = tuple(
        norm.model_copy(update={"requires": ()}) if norm.id == "P12" else norm
        for norm in case.norms
    )
    lint = lint_case(type(case)(**{**vars_of(case), "norms": norms}))
    assert not lint.by_severity()["broken"]


def vars_of(case: object) -> dict[str, object]:
    return {name: getattr(case, name) for name in type(case).__dataclass_fields__}


def test_minsk_says_a_day_in_five_points_a_verifier_in_four_and_a_remedy_in_none(
    minsk: Lint,
) -> None:
    told = {each.what: (each.clauses, each.in_part, each.of_clauses) for each in minsk.coverage}
    assert told["deadline"] == (("P01", "P02", "P06", "P09", "P11"), ("P04",), 13)
    assert told["verifier"] == (("P01", "P02", "P10", "P12"), (), 13)
    assert told["remedy"] == ((), (), 13)
    assert len(told["debtor"][0]) == 12
    (nobody,) = [each for each in minsk.findings if each.code == "no-debtor"]
    assert nobody.norms == ("P10",)


def test_minsk_withdrawal_ends_on_one_of_two_days(minsk: Lint) -> None:
    (finding,) = [
        each for each in minsk.findings if each.code == "unclear-days" and each.norms == ("P02",)
    ]
    assert "2015-02-28 or 2015-03-01" in finding.message


def test_first_draft_has_elections_before_martial_law_can_have_ended_for_six_months() -> None:
    lint = lint_case(load(example_folder("ukraine-2025")), "us-russia-28")
    (finding,) = lint.by_severity()["broken"]
    assert finding.code == "deadlines-clash"
    assert set(finding.norms) == {"N02", "martial-law-ends", "N34"}


@pytest.mark.parametrize("name", ["jcpoa-2015", "dayton-1995"])
def test_agreements_that_were_carried_out_are_not_called_impossible(name: str) -> None:
    assert lint_case(load(example_folder(name))).by_severity()["broken"] == ()


def test_every_draft_of_the_flagship_can_be_read() -> None:
    case = load(example_folder("ukraine-2025"))
    for draft in case.drafts:
        lint = lint_case(case, draft.id, lines=read_lines(case))
        assert lint.findings
        assert {each.code for each in lint.findings} <= CODES.keys()
        assert list(lint.findings) == list(dict.fromkeys(lint.findings))


def test_an_open_case_answers_the_same(minsk: Lint) -> None:
    case = detente.load(example_folder("minsk-2015"))
    assert case.lint() == minsk
    assert detente.lint_case(case, only=["no-debtor"]).findings == tuple(
        each for each in minsk.findings if each.code == "no-debtor"
    )
