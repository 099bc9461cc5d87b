"""What a person decides becomes the case, and can be taken back."""

from __future__ import annotations

import hashlib
import json
import math
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.case.load import load
from detente.case.records import several
from detente.case.write import write_texts
from detente.errors import DetenteError, RequestError
from detente.reading.review import kept
from detente.reading.review.review import Review
from reading.articles import ARTICLE, OTHER, case_files, read, written

LOG = Path("proposals", "decisions.jsonl")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = written(tmp_path)
    read(found)
    return found


def opened(folder: Path, **options: Any) -> Review:
    return Review(load(folder), **options)


def with_other(folder: Path) -> Review:
    read(folder, OTHER, "other.txt")
    return opened(folder)


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / LOG).read_text(encoding="utf-8").splitlines()]


# --- accepting ---


def test_accepted_is_a_statement_with_its_source(folder: Path) -> None:
    before = load(folder)
    review = opened(folder)
    made = review.accept(review.items[0])
    case = load(folder)
    assert case == review.case
    assert case.statements == (*before.statements, made)
    assert (made.id, made.actor, made.speaker) == ("zelensky-2025-11-21", "ukraine", "zelensky")
    assert (made.stance, made.date) == (-3, "2025-11-21")
    assert made.gist == "we reject the cap on the size of the armed forces"
    assert [(each.draft, each.point) for each in made.targets] == [("us-russia-28", "army-cap")]
    assert ARTICLE[slice(*made.span or ())] == made.gist
    source = case.source_of[several(made.source)[0]]
    assert source.sha256 == hashlib.sha256(ARTICLE.encode()).hexdigest()
    assert (source.outlet, source.date, source.title) == (
        "article", "2025-11-21", "Kyiv answers the draft",
    )  # fmt: skip
    assert made in case.statements_of["ukraine"]
    assert review.items[0] not in review.open


def test_two_statements_of_a_document_share_its_source(folder: Path) -> None:
    review = opened(folder)
    first, second = (review.accept(item) for item in review.items[:2])
    assert first.source == second.source
    assert len(review.case.sources) == len(load(folder).sources)
    review.undo()
    assert review.case.statements[-1] == first
    assert first.sources[0] in review.case.source_of


def test_only_what_a_decision_changes_is_written_and_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = opened(folder)
    review.accept(review.items[0])
    written: list[str] = []
    monkeypatch.setattr(
        kept,
        "write_texts",
        lambda at, texts: (written.extend(map(str, texts)), write_texts(at, texts)),
    )
    monkeypatch.setattr(kept, "load", lambda _: pytest.fail("the whole case is read again"))
    review.accept(review.items[1])
    assert written == ["statements.yaml"]
    review.accept(review.items[4], {"person": "Ana Belu", "actor": "finland"})
    assert written[1:] == ["actors.yaml", "statements.yaml"]
    assert review.case == load(folder)


def test_comments_and_layout_stay(folder: Path) -> None:
    before = case_files(folder)
    review = opened(folder)
    review.accept(review.items[0])
    after = case_files(folder)
    for name in ("statements.yaml", "sources.yaml"):
        kept = iter(after[name].splitlines())
        assert all(line in kept for line in before[name].splitlines())
    assert {name for name in before if after[name] != before[name]} == {
        "statements.yaml", "sources.yaml",
    }  # fmt: skip


CHANGES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "speaker": ({"speaker": "putin"}, {"speaker": "putin", "actor": "russia"}),
    "speaker of two": (
        {"speaker": "stefanchuk"},
        {"speaker": "stefanchuk", "actor": ("ukraine", "verkhovna-rada")},
    ),
    "speaker of nobody": ({"speaker": "julianne-smith"}, {"actor": None}),
    "actor": ({"actor": "russia"}, {"speaker": None, "actor": "russia"}),
    "both": ({"speaker": "rubio", "actor": "nato"}, {"speaker": "rubio", "actor": "nato"}),
    "stance": ({"stance": -1}, {"stance": -1}),
    "neutral": ({"stance": 0}, {"stance": 0}),
    "condition": ({"condition": "if they ask"}, {"condition": "if they ask"}),
    "date": ({"date": "2025-11"}, {"date": "2025-11"}),
    "gist": ({"gist": "Says no: to all"}, {"gist": "Says no: to all"}),
    "person there is": ({"person": "Vladimir Putin"}, {"speaker": "putin", "actor": "russia"}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_values_may_be_changed(name: str, folder: Path) -> None:
    changes, wanted = CHANGES[name]
    before = case_files(folder)
    review = opened(folder)
    made = review.accept(review.items[0], changes)
    assert {key: getattr(made, key) for key in wanted} == wanted
    assert load(folder).statements[-1] == made
    assert lines(folder)[-1]["label"]["made"]["gist"] == made.gist
    review.undo()
    assert case_files(folder) == before


def test_what_it_is_about_may_be_changed(folder: Path) -> None:
    review = opened(folder)
    about = {"point": "elections", "option": "within-100-days"}
    made = review.accept(review.items[0], {"about": about})
    assert [(each.draft, each.point, each.option) for each in made.targets] == [
        (None, "elections", "within-100-days")
    ]


def test_a_new_person_is_added_once(folder: Path) -> None:
    before = case_files(folder)
    review = opened(folder)
    belu = next(item for item in review.items if item.speaker == "Ana Belu")
    assert review.missing(belu) == ["who it is (speaker or actor)"]
    made = review.accept(belu, {"person": "Ana Belu", "actor": "finland"})
    person = load(folder).person_of["ana-belu"]
    assert (person.name, person.speaks_for) == ("Ana Belu", "finland")
    assert (made.speaker, made.actor, made.stance) == ("ana-belu", "finland", 2)
    read(folder, "3 December 2025\n\nAna Belu said that the plan is unacceptable.\n", "later.txt")
    later = opened(folder, document="later.txt")
    assert later.missing(later.items[0]) == []
    assert later.accept(later.items[0]).speaker == "ana-belu"
    later.undo()
    assert later.undo() is None
    review.undo()
    assert case_files(folder) == before


def test_who_is_new_and_speaks_for_an_actor_becomes_a_person(folder: Path) -> None:
    text = "Finnish President Karin Orr said that we reject the cap on the size of the forces.\n"
    read(folder, f"22 November 2025\n\n{text}", "helsinki.txt")
    review = opened(folder, document="helsinki.txt")
    (item,) = review.items
    assert (item.speaker, item.person, item.actor, item.new) == ("Karin Orr", None, "finland", True)
    assert next(iter(review.proposals.values())).new_speakers == ("Karin Orr",)
    made = review.accept(item)
    person = load(folder).person_of[str(made.speaker)]
    assert (person.name, person.speaks_for) == ("Karin Orr", "finland")
    review.undo()
    assert not any(each.name == "Karin Orr" for each in load(folder).people)


def test_a_proposal_is_decided_on_once(folder: Path) -> None:
    review, other = opened(folder), opened(folder)
    review.accept(review.items[0])
    for decide in (review.accept, review.reject, other.accept):
        with pytest.raises(RequestError, match="accepted already; undo that first"):
            decide(review.items[0])
    assert len(lines(folder)) == 1


def test_what_was_written_meanwhile_is_kept(folder: Path) -> None:
    review = opened(folder)
    review.accept(review.items[0])
    path = folder / "actors.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")
    other = opened(folder)
    other.accept(review.items[1])
    review.reject(review.items[2])
    assert path.read_text(encoding="utf-8").endswith("# seen\n")
    assert [each.kind for each in review.decided] == ["accepted", "accepted", "rejected"]
    assert len(review.case.statements) == len(load(folder).statements)


def test_a_document_read_again_keeps_what_was_decided(folder: Path) -> None:
    review = opened(folder)
    review.accept(review.items[1])
    path = next((folder / "proposals").glob("article*.json"))
    data = json.loads(path.read_text(encoding="utf-8"))
    del data["items"][0]  # as another engine might
    path.write_text(json.dumps(data), encoding="utf-8")
    again = opened(folder)
    assert [item.content for item in again.open] == [
        item.content for item in review.items[2:]
    ]  # fmt: skip


# --- refusing ---

IMPOSSIBLE: dict[str, tuple[dict[str, Any], str]] = {
    "point": ({"about": {"point": "army-cup"}}, "no point 'army-cup'; did you mean 'army-cap'"),
    "draft": ({"about": {"draft": "e33"}}, "no draft 'e33'; did you mean 'e3'"),
    "option": ({"about": {"point": "army-cap", "option": "c601"}}, "'c601'; did you mean 'c600'"),
    "actor": ({"actor": "ukrane"}, "no actor 'ukrane'; did you mean 'ukraine'"),
    "speaker": ({"speaker": "zelenski"}, "no person 'zelenski'; did you mean 'zelensky'"),
    "a new person's actor": ({"person": "A", "actor": "rusia"}, "did you mean 'russia'"),
    "stance 7": ({"stance": 7}, "'stance' cannot be '7'"),
    "stance in words": ({"stance": "no"}, "'stance' cannot be 'no'"),
    "no number": ({"stance": math.nan}, "'stance' cannot be 'nan'"),
    "date": ({"date": "2025-02-30"}, "'2025-02-30' is not a date that exists"),
    "about nothing": ({"about": {"option": "c600"}}, "names? "),
    "an unknown key": ({"mood": "bad"}, "'mood' cannot be 'bad'"),
    "a name with a bell": ({"person": "\a"}, "cannot be a person"),
    "no stance": ({"stance": None}, "lacks the stance"),
    "no date": ({"date": None}, "lacks the date"),
    "nobody": ({"speaker": None}, "lacks who it is"),
    "about no more": ({"about": None}, "lacks what it is about"),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_is_not_possible_is_refused_and_nothing_written(name: str, folder: Path) -> None:
    changes, words = IMPOSSIBLE[name]
    before = case_files(folder)
    review = opened(folder)
    with pytest.raises(RequestError, match="(?i)" + words) as told:
        review.accept(review.items[0], changes)
    assert "\n" not in str(told.value)
    assert case_files(folder) == before
    assert not (folder / LOG).exists()
    assert review.items[0] in review.open
    review.accept(review.items[0])


def test_what_lacks_something_is_refused(folder: Path) -> None:
    before = case_files(folder)
    review = opened(folder)
    unnamed = next(item for item in review.items if item.unnamed)
    with pytest.raises(RequestError, match=r"lacks who it is \(speaker or actor\)\.$"):
        review.accept(unnamed)
    with pytest.raises(RequestError, match=r"lacks the stance \(-3 to 3\)\.$"):
        review.accept(review.items[0], {"stance": None})
    assert case_files(folder) == before


def test_a_case_that_is_broken_meanwhile_is_not_written(folder: Path) -> None:
    review = opened(folder)
    path = folder / "statements.yaml"
    path.write_bytes(path.read_bytes() + b"\n- id: [\n")
    before = case_files(folder)
    with pytest.raises(DetenteError):
        review.accept(review.items[0])
    assert case_files(folder) == before
    assert not (folder / LOG).exists()


def test_a_log_that_cannot_be_written_leaves_the_case_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = case_files(folder)
    review = opened(folder)
    monkeypatch.setattr(kept, "write_decision", lambda *_: _fail())
    with pytest.raises(RequestError, match=r"cannot be taken in: The disk is full\.$"):
        review.accept(review.items[0])
    assert case_files(folder) == before


def _fail() -> None:
    raise RequestError("The disk is full.")


def test_a_case_without_statements_gets_the_first_one_and_loses_it_again(folder: Path) -> None:
    (folder / "statements.yaml").unlink()
    before = case_files(folder)
    review = opened(folder)
    with pytest.raises(RequestError):
        review.accept(review.items[0], {"about": {"point": "army-cap", "option": "x"}})
    assert case_files(folder) == before
    made = review.accept(review.items[0])
    assert load(folder).statements == (made,)
    review.undo()
    assert case_files(folder) == before


@pytest.mark.parametrize("name", ["statements.yaml", "statements.yml"])
def test_comments_in_a_file_without_statements_stay(name: str, folder: Path) -> None:
    (folder / "statements.yaml").unlink()
    (folder / name).write_text("# What was said.\n", encoding="utf-8")
    review = opened(folder)
    made = review.accept(review.items[0])
    assert load(folder).statements == (made,)
    assert (folder / name).read_text(encoding="utf-8").startswith("# What was said.\n- ")


def test_a_document_that_was_not_read_is_refused(folder: Path) -> None:
    with pytest.raises(RequestError, match=r"'artikle\.txt'; did you mean 'article\.txt'\?"):
        opened(folder, document="artikle.txt")


def test_strange_letters_do_no_harm(folder: Path) -> None:
    text = "A peace\u202e plan\n\n21 November 2025\n\nPutin said that the plan\u200b is bad.\n"
    read(folder, text, "\u202eстатья.txt")
    review = opened(folder, document="\u202eстатья.txt")
    made = review.accept(review.items[0], {"stance": -1})
    assert made.gist == "the plan is bad"
    assert load(folder).statements[-1] == made


# --- rejecting, merging, undoing ---


def test_rejected_is_not_shown_again_and_the_case_stays(folder: Path) -> None:
    before = case_files(folder)
    review = opened(folder)
    review.reject(review.items[0])
    assert case_files(folder) == before
    assert review.items[0] not in opened(folder).open
    assert review.undo() is not None
    assert review.items[0] in review.open


def test_the_same_words_in_another_outlet_are_merged(folder: Path) -> None:
    review = with_other(folder)
    kallas = review.accept(review.items[1])
    same, other = opened(folder, document="other.txt").items
    assert review.alike(same) == [kallas.id]
    assert review.alike(other) == []
    before = case_files(folder)
    merged = review.merge(same, kallas.id)
    assert merged.sources == (*kallas.sources, "other-2025-11-22")
    case = load(folder)
    assert case.statements[-1] == merged
    assert case.source_of["other-2025-11-22"].title == "Europe will not have it"
    review.undo()
    assert case_files(folder) == before


@pytest.mark.parametrize(
    "said",
    [
        "we do not reject the cap on the size of the armed forces",
        "we welcome the cap on the forces",
    ],
)
def test_a_yes_is_not_the_same_as_a_no(said: str, folder: Path) -> None:
    review = opened(folder)
    review.accept(review.items[0])
    read(folder, f"22 November 2025\n\nZelensky said that {said}.\n", "other.txt")
    later = opened(folder, document="other.txt")
    assert later.alike(later.items[0]) == []


def test_the_same_words_a_month_later_are_another_statement(folder: Path) -> None:
    review = opened(folder)
    review.accept(review.items[1])
    read(folder, OTHER.replace("November", "December"), "other.txt")
    later = opened(folder, document="other.txt")
    assert later.alike(later.items[0]) == []


def test_small_words_make_no_two_statements_one(folder: Path) -> None:
    review = opened(folder)
    assert all(review.alike(item) == [] for item in review.items)


def test_a_statement_the_case_has_already_is_recognised(folder: Path) -> None:
    text = "20 November 2025\n\nKallas said that under the plan the aggressor should be pressed.\n"
    read(folder, text, "other.txt")
    review = opened(folder, document="other.txt")
    assert review.alike(review.items[0])[0] == "kallas-2025-11-20-b"


def test_a_merge_with_its_own_document_adds_and_takes_nothing(folder: Path) -> None:
    review = opened(folder)
    made = review.accept(review.items[0])
    before = case_files(folder)
    assert review.merge(review.items[1], made.id) == made
    assert case_files(folder) == before
    review.undo()
    assert case_files(folder) == before
    assert review.case.statements[-1].source == made.source


SOURCES = [
    "",
    "  source: bloomberg-2025-11-21\n",
    "  source: [bloomberg-2025-11-21]\n",
    "  source:\n    - bloomberg-2025-11-21\n    - opora-2025\n",
]


@pytest.mark.parametrize("sources", SOURCES)
def test_sources_are_left_as_they_were_written(sources: str, folder: Path) -> None:
    path = folder / "statements.yaml"
    added = (
        "\n# a comment before\n- id: mine\n  actor: russia  # here too\n  date: 2025-11-21\n"
        f"{sources}  about: {{draft: e3}}\n  stance: 1\n  gist: Yes\n# and behind\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    before, case = case_files(folder), load(folder)
    review = opened(folder)
    merged = review.merge(review.items[0], "mine")
    assert merged.sources == (*case.statements[-1].sources, "article-2025-11-21")
    assert "# here too" in path.read_text(encoding="utf-8")
    review.undo()
    assert load(folder) == case
    assert case_files(folder) == before


def test_an_unknown_statement_is_refused(folder: Path) -> None:
    before = case_files(folder)
    review = opened(folder)
    with pytest.raises(RequestError, match=r"'kallas-2025-11-20-bb'; did you mean"):
        review.merge(review.items[0], "kallas-2025-11-20-bb")
    assert case_files(folder) == before
    assert not (folder / LOG).exists()


def test_undo_goes_back_step_by_step_also_after_reopening(folder: Path) -> None:
    states = [case_files(folder)]
    review = with_other(folder)
    kallas = review.accept(review.items[1])
    states.append(case_files(folder))
    review.reject(review.items[0])
    other = opened(folder, document="other.txt")
    other.merge(other.items[0], kallas.id)
    states.append(case_files(folder))
    kinds = []
    for _ in range(3):
        last = opened(folder).undo()
        assert last is not None
        kinds.append(last.kind)
        assert case_files(folder) in states
    assert kinds == ["merged", "rejected", "accepted"]
    assert case_files(folder) == states[0]
    assert opened(folder).undo() is None


def test_undo_needs_no_proposals_any_more(folder: Path) -> None:
    before = case_files(folder)
    review = opened(folder)
    review.merge(review.items[0], review.case.statements[0].id)
    for path in (folder / "proposals").glob("*.json"):
        path.unlink()
    opened(folder).undo()
    assert case_files(folder) == before


def test_what_the_case_rests_on_is_not_taken_back(folder: Path) -> None:
    review = opened(folder)
    belu = next(item for item in review.items if item.speaker == "Ana Belu")
    review.accept(belu, {"person": "Ana Belu", "actor": "finland"})
    path = folder / "statements.yaml"
    own = (
        "\n- id: mine\n  speaker: ana-belu\n  date: 2025-11-21\n  about: {draft: e3}\n  gist: Yes\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + own, encoding="utf-8")
    before = case_files(folder)
    with pytest.raises(RequestError, match=r"cannot be taken back: .*ana-belu") as told:
        review.undo()
    assert "\n" not in str(told.value)
    assert case_files(folder) == before
    assert len(review.decided) == 1


def test_the_last_decision_on_a_document_is_taken_back(folder: Path) -> None:
    review = with_other(folder)
    review.accept(review.items[0])
    state = case_files(folder)
    putin = next(item for item in review.items if item.person == "putin")
    review.accept(putin)
    review.reject(review.items[2])
    other = opened(folder, document="other.txt")
    last = other.undo()
    assert last is not None
    assert (last.kind, last.item) == ("accepted", putin.id)
    assert case_files(folder) == state
    assert other.undo() is None
    assert [each.kind for each in other.decided] == ["accepted", "rejected"]
    assert putin in other.open


def test_a_statement_that_another_was_merged_with_is_not_taken_back(folder: Path) -> None:
    review = with_other(folder)
    kallas = review.accept(review.items[1])
    other = opened(folder, document="other.txt")
    other.merge(other.items[0], kallas.id)
    before = case_files(folder)
    article = opened(folder, document="article.txt")
    with pytest.raises(RequestError, match=r"'other-\w+#1' was merged with it"):
        article.undo()
    assert case_files(folder) == before
    other.undo()
    article.undo()
    assert opened(folder).decided == []


# --- the log ---


def test_the_log_only_grows_and_keeps_what_was_proposed(folder: Path) -> None:
    review = opened(folder)
    seen = b""
    for step in (
        lambda: review.accept(review.items[0], {"stance": -2}),
        lambda: review.reject(review.items[1]),
        review.undo,
        review.undo,
    ):
        step()
        content = (folder / LOG).read_bytes()
        assert content.startswith(seen)
        assert content.count(b"\n") == seen.count(b"\n") + 1
        seen = content
    first, second, third, fourth = lines(folder)
    assert [each["kind"] for each in (first, second, third, fourth)] == [
        "accepted", "rejected", "undone", "undone",
    ]  # fmt: skip
    assert (third["item"], fourth["item"]) == (second["item"], first["item"])
    assert (first["label"]["stance"], first["label"]["made"]["stance"]) == (-3, -2)
    assert review.decided == []


@pytest.mark.parametrize("kept", [0, 1, 20, 60, -2, -1])
def test_a_last_line_cut_off_is_survived(kept: int, folder: Path) -> None:
    review = opened(folder)
    review.reject(review.items[0])
    whole = (folder / LOG).read_bytes()
    review.reject(review.items[1])
    second = (folder / LOG).read_bytes()[len(whole) :]
    cut = whole + second[:kept]
    (folder / LOG).write_bytes(cut)
    again = opened(folder)
    lost = kept != -1  # all but the line break is there
    assert len(again.decided) == (1 if lost else 2)
    again.reject(again.items[3])
    assert (folder / LOG).read_bytes().startswith(cut)
    last = opened(folder)
    assert [each.item for each in last.decided][-1] == again.items[3].id
    assert len(last.decided) == (2 if lost else 3)


@pytest.mark.parametrize("line", [b"nonsense", b"[]", b"{}", b'{"kind": "liked", "item": "a#1"}',
                                  b'{"kind": "rejected", "item": 3}', b"\xff",
                                  b'{"kind": "rejected", "item": "a#1", "made": 3}'])  # fmt: skip
def test_another_damaged_line_is_named(line: bytes, folder: Path) -> None:
    review = opened(folder)
    review.reject(review.items[0])
    with (folder / LOG).open("ab") as log:
        log.write(line + b"\n")
    with pytest.raises(RequestError, match=r"decisions\.jsonl:2: is no decision"):
        opened(folder)


# --- any sequence ---

CERTAIN = {"stance": 1, "actor": "russia", "about": {"draft": "e3"}}
STEPS = st.lists(
    st.tuples(st.sampled_from(("accept", "merge", "reject")), st.integers(0, 7)), max_size=5
)


@settings(max_examples=25)
@given(STEPS)
def test_as_many_undos_as_decisions_give_the_case_back(
    steps: list[tuple[str, int]],
) -> None:
    with tempfile.TemporaryDirectory() as place:
        _there_and_back(written(Path(place)), steps)


def _there_and_back(folder: Path, steps: list[tuple[str, int]]) -> None:
    before, case = case_files(folder), load(folder)
    read(folder)
    read(folder, OTHER, "other.txt")
    review, states = opened(folder), []
    for what, number in steps:
        if not review.open:
            break
        item = review.open[number % len(review.open)]
        state = case_files(folder)
        merged = review.case.statements[-1 - number % 3].id
        decide: dict[str, Callable[[], object]] = {
            "accept": lambda item=item: review.accept(item, CERTAIN),
            "merge": lambda item=item, merged=merged: review.merge(item, merged),
            "reject": lambda item=item: review.reject(item),
        }
        decide[what]()
        states.append(state)
        assert load(folder) == review.case
    for state in reversed(states):
        assert review.undo() is not None
        assert case_files(folder) == state
    assert review.undo() is None
    assert load(folder) == case
    assert case_files(folder) == before
