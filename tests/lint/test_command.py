"""``detente lint`` as it is called: output, exit codes, refusals."""

from __future__ import annotations

from pathlib import Path

import pytest

from case.minimal import MINIMAL
from cli.calls import Detente, detente
from detente.lint.codes import CODES

__all__ = ["detente"]

FINE = """\
- id: pay
  title: Pay the toll
  debtor: north
  creditor: south
  verifier: south
  on_breach: [closed]
  deadline: {amount: 10, include_first: false}
- {id: closed, title: The bridge is closed, kind: condition}
"""
POOR = "- id: pay\n  title: Pay promptly\n  debtor: north\n"
SILENT = f"{POOR}  silence: [{{code: loose-word, reason: named in the annex}}]\n"


@pytest.fixture(name="folder")
def case_folder(tmp_path: Path) -> Path:
    for name, text in MINIMAL.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def write(folder: Path, norms: str) -> Path:
    (folder / "norms.yaml").write_text(norms, encoding="utf-8")
    return folder


def test_nothing_found_ends_with_0(detente: Detente, folder: Path) -> None:
    called = detente("lint", write(folder, FINE))
    assert called.code == 0, called.out
    assert "0 findings." in called.out
    assert detente("lint", folder, "--json").json["findings"] == []


def test_findings_end_with_1_and_stand_with_their_place_first(
    detente: Detente, folder: Path
) -> None:
    called = detente("lint", write(folder, POOR))
    assert called.code == 1
    assert f"{folder}/norms.yaml:2:14 loose-word 'promptly' in the title of 'pay'" in called.out
    assert "Somebody can escape: 4" in called.out


def test_json_keeps_its_contract(detente: Detente, folder: Path) -> None:
    called = detente("lint", write(folder, POOR), "--json")
    assert called.code == 1
    for finding in called.json["findings"]:
        assert finding.keys() >= {"code", "message", "file", "line", "norms"}
        assert finding["explanation"] == CODES[finding["code"]].explanation
    assert [share["actor"] for share in called.json["asymmetry"]] == ["north"]
    assert called.json["coverage"]["remedy"]["of_clauses"] == 1


def test_what_is_silenced_is_told_with_its_reason_on_demand(detente: Detente, folder: Path) -> None:
    write(folder, SILENT)
    plain, everything = detente("lint", folder), detente("lint", folder, "--all")
    assert "loose-word" not in plain.out
    assert "3 findings, 1 silenced." in plain.out
    assert "Silenced by 'pay': named in the annex" in everything.out
    (silenced,) = detente("lint", folder, "--json").json["silenced"]
    assert (silenced["code"], silenced["reason"]) == ("loose-word", "named in the annex")


def test_only_keeps_the_codes_named(detente: Detente, folder: Path) -> None:
    called = detente("lint", write(folder, POOR), "--only", "no-remedy", "--only", "no-verifier")
    assert called.code == 1
    assert "2 findings." in called.out
    assert detente("lint", folder, "--only", "no-unit").code == 0


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained(detente: Detente, code: str) -> None:
    called = detente("lint", "--explain", code)
    assert called.code == 0
    assert called.out.startswith(f"{code}: ")
    assert detente("lint", "--explain", code, "--json").json["code"] == code


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--draft", "frist"], "did you mean 'first'?"),
        (["--only", "no-remdy"], "did you mean 'no-remedy'?"),
        (["--explain", "no-remdy"], "did you mean 'no-remedy'?"),
    ],
)
def test_what_is_unknown_is_refused(
    detente: Detente, folder: Path, arguments: list[str], words: str
) -> None:
    called = detente("lint", write(folder, POOR), *arguments)
    assert called.code == 2
    assert called.out == ""
    assert words in called.err


def test_wrong_use_ends_with_2(detente: Detente, folder: Path) -> None:
    assert detente("lint").code == 2
    called = detente("lint", folder)
    assert called.code == 2
    assert "norms.yaml" in called.err
    called = detente("lint", write(folder, "- id: pay\n"))
    assert called.code == 2
