"""``diff``, ``explain``, ``ledger`` and ``show``."""

from __future__ import annotations

from pathlib import Path

import pytest

from case.minimal import MINIMAL, write_case
from cli.calls import Detente
from detente.case.examples import example_folder
from detente.case.load import load

_EXAMPLE = "ukraine-2025"
_ROUNDED = 1e-5


def _split_drafts(folder: Path) -> Path:
    first, second = MINIMAL["drafts.yaml"].split("- id: second")
    files: dict[str, str | None] = {
        "drafts.yaml": None,
        "drafts/first.yaml": first,
        "drafts/second.yaml": f"- id: second{second}",
    }
    unlisted = {
        name: text.replace("- id", "  id", 1) for name, text in files.items() if text is not None
    }
    return write_case(folder, **(files | unlisted))


# --- diff -----------------------------------------------------------------------------------------


def test_diff_of_two_drafts_by_id(tmp_path: Path, detente: Detente) -> None:
    folder = write_case(tmp_path)
    data = detente("diff", folder, "first", "second", "--json").json
    assert (data["before"], data["after"]) == ("first", "second")
    (change,) = data["changes"]
    words = [change[key] for key in ("point", "kind", "from", "to")]
    assert words == ["toll", "changed", "shared", "north-only"]
    assert change["effects"].keys() == {"north", "south"}


def test_diff_of_two_files_is_the_diff_of_their_drafts(tmp_path: Path, detente: Detente) -> None:
    folder = _split_drafts(tmp_path)
    files = (folder / "drafts" / f"{name}.yaml" for name in ("first", "second"))
    assert detente("diff", *files) == detente("diff", folder, "first", "second")


def test_diff_of_two_cases_names_records_and_keys(tmp_path: Path, detente: Detente) -> None:
    before = write_case(tmp_path / "before")
    statements = MINIMAL["statements.yaml"].replace("stance: 1", "stance: 2")
    drafts = MINIMAL["drafts.yaml"].replace("second", "third")
    after = write_case(tmp_path / "after", statements=statements, drafts=drafts)
    data = detente("diff", before, after, "--json").json
    assert (data["before"], data["after"]) == ("before", "after")
    found = {(each["kind"], each["id"]): (each["change"], each["keys"]) for each in data["changes"]}
    assert found == {
        ("drafts", "second"): ("dropped", []),
        ("drafts", "third"): ("added", []),
        ("statements", "mayor-june"): ("changed", ["stance"]),
    }


def test_diff_of_a_case_and_itself_is_empty(tmp_path: Path, detente: Detente) -> None:
    folder = write_case(tmp_path)
    assert detente("diff", folder, folder, "--json").json["changes"] == []
    assert detente("diff", folder, "first", "first", "--json").json["changes"] == []


def test_a_diff_turned_round_has_the_opposite_effects(detente: Detente) -> None:
    there = detente("diff", _EXAMPLE, "us-russia-28", "e3", "--json").json["changes"]
    back = detente("diff", _EXAMPLE, "e3", "us-russia-28", "--json").json["changes"]
    assert [change["point"] for change in there] == [change["point"] for change in back]
    assert len(there) > 5
    for one, other in zip(there, back, strict=True):
        assert (one["from"], one["to"]) == (other["to"], other["from"])
        for actor, effect in one["effects"].items():
            assert effect["mean"] == pytest.approx(-other["effects"][actor]["mean"], abs=_ROUNDED)
            assert effect["sd"] == pytest.approx(other["effects"][actor]["sd"], abs=_ROUNDED)


# --- explain --------------------------------------------------------------------------------------


def test_explain_names_the_statement_that_moved_a_belief(tmp_path: Path, detente: Detente) -> None:
    data = detente("explain", write_case(tmp_path), "north", "toll", "--json").json
    assert data["actor"] == "north"
    shared, kept = data["options"]
    assert [(each["kind"], each["id"]) for each in shared["moved_by"]] == [
        ("statement", "mayor-june")
    ]
    assert kept["moved_by"] == []
    assert (kept["mean"], kept["sd"]) == (0.0, kept["prior_sd"])


@pytest.mark.parametrize("actor", ["ukraine", "russia", "united-states"])
def test_the_effects_of_all_statements_add_up_to_the_belief(detente: Detente, actor: str) -> None:
    options = detente("explain", _EXAMPLE, actor, "--json").json["options"]
    moved = [option for option in options if option["moved_by"]]
    assert moved
    for option in moved:
        effects = [each["effect"] for each in option["moved_by"]]
        unlisted = 0.005 * 60  # pushes of less than 0.005 are not listed
        assert option["inherited"] + sum(effects) == pytest.approx(option["mean"], abs=unlisted)
        assert option["sd"] <= option["prior_sd"] + _ROUNDED


def test_explain_of_one_point_is_a_part_of_explain_of_all(detente: Detente) -> None:
    everything = detente("explain", _EXAMPLE, "ukraine", "--json").json["options"]
    part = detente("explain", _EXAMPLE, "ukraine", "army-cap", "--json").json["options"]
    assert part
    assert part == [option for option in everything if option["point"] == "army-cap"]


def test_explain_shows_the_gist_of_statements(tmp_path: Path, detente: Detente) -> None:
    out = detente("explain", write_case(tmp_path), "north", "toll").out
    assert "Could live with a shared toll" in out
    assert "[mayor-june]" in out


# --- ledger ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("draft", ["us-russia-28", "e3", "geneva-19", "us-ukraine-20"])
def test_the_ledger_adds_up(detente: Detente, draft: str) -> None:
    data = detente("ledger", _EXAMPLE, "--draft", draft, "--json").json
    assert (data["case"], data["draft"]) == (_EXAMPLE, draft)
    accounts = data["accounts"]
    assert len(accounts) >= 2
    nets = [account["net"] for account in accounts]
    for place, account in enumerate(accounts):
        means = [line["mean"] for line in account["points"]]
        gains = sum(mean for mean in means if mean > 0)
        gives = sum(mean for mean in means if mean < 0)
        assert account["gains"] == pytest.approx(gains, abs=10 * _ROUNDED)
        assert account["gives"] == pytest.approx(gives, abs=10 * _ROUNDED)
        assert account["net"] == pytest.approx(account["gains"] + account["gives"], abs=_ROUNDED)
        others = nets[:place] + nets[place + 1 :]
        expected = account["net"] - sum(others) / len(others)
        assert account["asymmetry"] == pytest.approx(expected, abs=_ROUNDED)


def test_the_ledger_of_all_drafts_holds_the_ledger_of_each(
    tmp_path: Path, detente: Detente
) -> None:
    folder = write_case(tmp_path)
    together = detente("ledger", folder, "--json").json
    assert together["case"] == folder.name
    apart = [
        detente("ledger", folder, "--draft", name, "--json").json for name in ("first", "second")
    ]
    assert together["ledgers"] == apart


def test_the_ledger_lists_the_actors_asked_for_in_that_order(
    tmp_path: Path, detente: Detente
) -> None:
    folder = write_case(tmp_path)
    asked = ["--actor", "south", "--actor", "north"]
    data = detente("ledger", folder, "--draft", "first", *asked, "--json").json
    assert [account["actor"] for account in data["accounts"]] == ["south", "north"]


# --- show -----------------------------------------------------------------------------------------


def test_show_lists_what_a_case_holds(tmp_path: Path, detente: Detente) -> None:
    data = detente("show", write_case(tmp_path), "--json").json
    assert data["as_of"] == "2025-06-30"
    assert data["scenarios"] == ["ferry-stays", "ferry-ends"]
    assert data["drafts"] == ["first", "second"]
    assert data["statements"] == ["mayor-june"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("first", "drafts"),
        ("toll", "points"),
        ("north", "actors"),
        ("mayor", "people"),
        ("mayor-june", "statements"),
        ("gazette", "sources"),
        ("both-sign", "consent"),
    ],
)
def test_show_finds_a_record_of_any_kind(
    tmp_path: Path, detente: Detente, name: str, kind: str
) -> None:
    folder = write_case(tmp_path)
    (record,) = detente("show", folder, name, "--json").json
    assert (record["kind"], record["id"]) == (kind, name)
    assert detente("show", folder, name).out.startswith(f"{kind}: {name}\n")


def test_an_answer_about_a_case_by_path_is_that_of_its_name(detente: Detente) -> None:
    folder = example_folder(_EXAMPLE)
    by_path = detente("assess", folder, "--json").json
    assert by_path == detente("assess", _EXAMPLE, "--json").json
    assert by_path["case"] == load(folder).name
