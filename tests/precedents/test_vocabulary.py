"""The vocabulary hangs together, and the examples keep to it."""

from __future__ import annotations

import pytest

from detente.case.examples import example_folder, example_names
from detente.case.load import load
from detente.precedents.topics_of import asked_points
from detente.precedents.vocabulary import Topic, provisions, topics

TOPICS = list(topics().values())


def test_all_codes_of_pax_stand_once() -> None:
    assert sum(not topic.own for topic in TOPICS) == 239
    assert len({topic.name for topic in TOPICS}) == len(TOPICS)
    assert len(provisions()) == 29, "28 of UCDP, and gender of its later versions"


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_what_a_topic_names_exists(topic: Topic) -> None:
    assert topic.id.startswith(("pax/", "own/"))
    assert topic.name[0].isupper()
    if topic.part_of is not None:
        assert topics()[topic.part_of].part_of is None, "a main code is a part of nothing"
        assert not topic.graded
    assert set(topic.provisions) <= provisions().keys()
    assert all(not topics()[name].own for name in topic.nearest)
    assert bool(topic.words) == topic.own, "ours are explained, those of PA-X by its codebook"
    assert topic.own or not topic.nearest


@pytest.mark.parametrize("name", example_names())
def test_topics_of_the_examples_are_known(name: str) -> None:
    _, unplaced = asked_points(load(example_folder(name)))
    assert [each.message for each in unplaced if each.topic is not None] == []
