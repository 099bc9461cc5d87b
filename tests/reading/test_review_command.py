"""``detente review`` and ``detente update`` as they are used."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.calls import Detente, detente
from detente.case.load import load
from detente.cli.main import cli
from detente.reading.engines import Engine
from detente.reading.review.proposals import propose
from detente.reading.stances.network import Opinion
from reading.articles import OTHER, case_files, copied, engine, read, written

__all__ = ["detente"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = written(tmp_path)
    read(found)
    return found


def answered(folder: Path, *answers: str, options: tuple[str, ...] = ()) -> Result:
    said = "".join(f"{each}\n" for each in answers)
    found = CliRunner().invoke(cli, ["review", str(folder), *options], input=said)
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    return found


def test_a_passage_is_shown_with_what_is_proposed(folder: Path) -> None:
    before = case_files(folder)
    found = answered(folder, "q")
    assert "article.txt, 2025-11-21, 6 open" in found.output
    assert "Zelensky said that we reject the cap on the size of the armed forces." in found.output
    assert "who: zelensky" in found.output
    assert "about: us-russia-28/army-cap" in found.output
    assert "stance: -3 (reject)" in found.output
    assert "6 proposals left open." in found.output
    assert "[bold]" not in found.output
    assert found.exit_code == 0
    assert case_files(folder) == before


def test_brackets_in_a_document_are_shown_as_they_stand(folder: Path) -> None:
    read(folder, "Kallas said that [we] reject [/] the plan.\n", "odd.txt")
    found = answered(folder, "q", options=("--from", "odd.txt"))
    assert "[we] reject [/] the plan" in found.output


def test_accept_reject_next_undo_quit(folder: Path) -> None:
    found = answered(folder, "a", "r", "n", "u", "q")
    assert "Accepted as zelensky-2025-11-21." in found.output
    assert "Taken back: " in found.output
    assert "5 proposals left open." in found.output
    assert load(folder).statements[-1].id == "zelensky-2025-11-21"


def test_change_asks_for_each_value_and_empty_leaves_it(folder: Path) -> None:
    answered(folder, "c", "putin", "e3/elections", "-1", "if asked", "2025-11-22", "Says no", "q")
    made = load(folder).statements[-1]
    assert (made.speaker, made.actor, made.stance) == ("putin", "russia", -1)
    assert [(each.draft, each.point) for each in made.targets] == [("e3", "elections")]
    assert (made.condition_text, made.date, made.gist) == ("if asked", "2025-11-22", "Says no")
    answered(folder, "u", "c", "", "", "-2", "", "", "", "q")
    made = load(folder).statements[-1]
    assert (made.speaker, made.stance, made.condition) == ("zelensky", -2, None)


def test_accept_asks_only_for_what_lacks(folder: Path) -> None:
    found = answered(folder, "n", "n", "n", "a", "new: Ana Belu for finland", "q")
    assert found.output.count("Who (id of a person") == 1
    assert "Stance (-3 to 3)" not in found.output
    assert load(folder).person_of["ana-belu"].speaks_for == "finland"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (("c", "zelenski"), "did you mean 'zelensky'?"),
        (("c", "", "elektions"), "did you mean 'elections'?"),
        (("c", "", "", "much"), "'much' is no number from -3 to 3."),
        (("c", "", "", "7", "", "", ""), "'stance' cannot be '7.0'"),
        (("c", "", "", "", "", "soon", ""), "'soon' is not a date that exists"),
        (("m", "putin-2025-11"), "did you mean 'putin-2025-11-20'?"),
        (("n", "n", "n", "a", ""), "lacks who it is"),
    ],
)
def test_what_is_not_possible_is_said_and_asked_again(
    answers: tuple[str, ...], words: str, folder: Path
) -> None:
    before = case_files(folder)
    found = answered(folder, *answers, "q")
    assert words in " ".join(found.output.split())
    assert "6 proposals left open." in found.output
    assert found.exit_code == 0
    assert case_files(folder) == before


def test_a_merge_is_offered(folder: Path) -> None:
    answered(folder, "n", "a", "q")
    read(folder, OTHER, "other.txt")
    found = answered(folder, "m", "", "q", options=("--from", "other.txt"))
    assert "may be the same as: kallas-2025-11-21" in found.output
    assert "Merged with kallas-2025-11-21." in found.output
    assert load(folder).statements[-1].sources == ("article-2025-11-21", "other-2025-11-22")


def test_the_end_of_the_input_ends_it(folder: Path) -> None:
    before = case_files(folder)
    assert answered(folder).exit_code == 1
    assert case_files(folder) == before


def test_accept_all_from_one_document_and_undo(folder: Path, detente: Detente) -> None:
    before = case_files(folder)
    read(folder, OTHER, "other.txt")
    called = detente("review", folder, "--accept-all", "--from", "article.txt")
    assert (called.code, called.err) == (0, "")
    assert "accepted as zelensky-2025-11-21" in called.out
    assert "left open, lacks who it is (speaker or actor)" in called.out
    assert "2 proposals taken in, 4 left open." in called.out
    data = detente("review", folder, "--accept-all", "--json").json
    assert sorted(data["taken_in"].values()) == [
        "accepted as putin-2025-11-22", "merged with kallas-2025-11-21",
    ]  # fmt: skip
    assert detente("check", folder).code == 0
    for _ in range(3):
        assert detente("review", folder, "--undo").out.startswith("Taken back: ")
    undone = detente("review", folder, "--undo", "--json").json
    assert undone["undone"]["decision"] == "accepted"
    assert undone["decided"] == []
    assert detente("review", folder, "--undo", "--json").json["undone"] is None
    assert detente("review", folder, "--undo").out == "There is no decision to take back.\n"
    assert case_files(folder) == before


def test_undo_from_one_document(folder: Path, detente: Detente) -> None:
    read(folder, OTHER, "other.txt")
    detente("review", folder, "--accept-all")
    undo = ("review", folder, "--undo", "--from")
    called = detente(*undo, "article.txt")
    assert (called.code, called.out) == (2, "")
    assert called.err.endswith("was merged with it; take that back first.\n")
    for _ in range(2):
        assert detente(*undo, "other.txt").out.startswith("Taken back: other-")
    assert detente(*undo, "other.txt").out == "There is no decision to take back.\n"
    undone = detente(*undo, "article.txt", "--json").json["undone"]
    assert undone["item"].startswith("article-")


def test_json_shows_what_is_open_and_decides_nothing(folder: Path, detente: Detente) -> None:
    before = case_files(folder)
    read(folder, "Ana Belu said that the weather is fine.\n", "weather.txt")
    data = detente("review", folder, "--json").json
    assert [len(each["lacks"]) for each in data["open"]] == [0, 0, 2, 1, 1, 2]
    assert data["decided"] == []
    assert len(detente("review", folder, "--json", "--all").json["open"]) == 7
    assert case_files(folder) == before


@pytest.mark.parametrize("command", ["review", "update", "read"])
def test_a_shipped_example_is_not_written(command: str, detente: Detente, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(OTHER, encoding="utf-8")
    called = detente(command, "minsk-2015", *([path] if command != "review" else []))
    assert called.code == 2
    assert "'detente new --example minsk-2015 my-copy' makes a copy" in called.err


def test_a_document_that_was_not_read(folder: Path, detente: Detente) -> None:
    called = detente("review", folder, "--accept-all", "--from", "artikle.txt")
    assert called.code == 2
    assert "did you mean 'article.txt'?" in called.err


# --- update ---


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.reading.engines.open_engine", lambda name: ("rules", engine))


@pytest.mark.usefixtures("quick")
def test_a_loud_no_lowers_the_chance(tmp_path: Path, detente: Detente) -> None:
    folder, path = copied(tmp_path, "ukraine-2025"), tmp_path / "no.txt"
    path.write_text(
        "No\n\n24 December 2025\n\nZelensky said that we reject the plan and will never sign it.\n",
        encoding="utf-8",
    )
    before = case_files(folder)
    called = detente("update", folder, path, "--accept-all", "--json")
    assert called.code == 0
    (words,) = called.json["taken_in"].values()
    assert words.startswith("accepted as zelensky-2025-12-24")
    assert called.json["open"] == 0
    last = called.json["drafts"][-1]
    assert last["after"] < last["before"]
    (ukraine,) = [each for each in last["actors"] if each["actor"] == "ukraine"]
    assert ukraine["after"] < ukraine["before"]
    assert case_files(folder) != before
    detente("review", folder, "--undo")
    assert case_files(folder) == before


@pytest.mark.usefixtures("quick")
def test_update_twice_takes_in_once(folder: Path, detente: Detente) -> None:
    path = folder.parent / "article.txt"
    first = detente("update", folder, path)
    assert (first.code, first.err) == (0, "")
    assert "article.txt: 2 taken in, 4 left open." in first.out
    assert "Everybody needed accepts" in first.out
    assert "0 taken in, 4 left open." in detente("update", folder, path).out


def test_update_of_what_is_not_there(folder: Path, detente: Detente) -> None:
    called = detente("update", folder, folder.parent / "none.txt", "--engine", "rules")
    assert called.code == 2
    assert "none.txt: cannot be read" in called.err


def test_who_is_new_is_shown_and_becomes_a_person(folder: Path) -> None:
    text = "Finnish President Karin Orr said that we reject the cap on the size of the forces.\n"
    read(folder, f"22 November 2025\n\n{text}", "helsinki.txt")
    shown = answered(folder, "a", options=("--from", "helsinki.txt"))
    assert "who: Karin Orr (new), finland" in shown.output
    assert "Accepted as karin-orr-2025-11-22" in shown.output
    answered(folder, options=("--undo",))
    assert not any(each.name == "Karin Orr" for each in load(folder).people)


def test_what_is_only_told_by_others_is_left_to_a_person(folder: Path, detente: Detente) -> None:
    text = "Told\n\n21 November 2025\n\nKallas said that Zelensky said that we reject the plan.\n"
    read(folder, text, "told.txt")
    called = detente("review", folder, "--accept-all", "--from", "told.txt")
    assert called.code == 0
    (own, hearsay) = detente("review", folder, "--json", "--from", "told.txt").json["open"]
    assert (own["person"], own["stance"], own["told_by"]) == ("kallas", None, None)
    assert (hearsay["person"], hearsay["stance"]) == ("zelensky", -3)
    assert hearsay["told_by"] == "Kallas"
    assert f"{hearsay['id']}: left open, only told by Kallas" in called.out
    shown = answered(folder, "n", "a", options=("--from", "told.txt"))
    assert "who: zelensky, told by Kallas" in shown.output
    assert "Accepted as zelensky-2025-11-21" in shown.output
    assert load(folder).statements[-1].gist == "we reject the plan (told by Kallas)"


def test_an_unsure_stance_is_left_to_a_person(folder: Path, detente: Detente) -> None:
    def opinions(passages: Sequence[str]) -> list[Opinion]:
        shares = (0.0, 0.0, 0.0, 0.0, 0.1, 0.45, 0.4, 0.05)
        return [Opinion(shares, 2, (0, len(each))) for each in passages]

    path = folder.parent / "unsure.txt"
    words = "Kallas said that the army cap is food for thought."
    path.write_text(f"No\n\n23 November 2025\n\n{words}\n", encoding="utf-8")
    propose(load(folder), path, Engine(engine.attributions, opinions))
    called = detente("review", folder, "--accept-all", "--from", "unsure.txt")
    assert "left open, its stance is unsure (45\u00a0% likely)" in called.out
    shown = answered(folder, "a", options=("--from", "unsure.txt"))
    assert "45\u00a0% likely" in shown.output
    assert "Accepted as kallas-2025-11-23" in shown.output
