"""Every figure again, by counting rows of the table one by one."""

from __future__ import annotations

import math
from itertools import combinations
from pathlib import Path

import pytest

from detente.precedents.frequency import find_frequency
from detente.precedents.lacking import find_lacking
from detente.precedents.nearest import find_nearest
from detente.precedents.pairs import find_pairs
from detente.precedents.pax import TRAITS, Agreements
from detente.precedents.vocabulary import Topic, topics
from precedents.tables import Rows, made_up, pax_rows, read_pax

ASKED = tuple(
    topics()[name]
    for name in ("pax/CeProv", "pax/StBor", "pax/Ele", "pax/Wat", "pax/Ce", "own/force-cap")
)
CODED = ASKED[:5]


@pytest.fixture(name="rows", params=[1, 2, 3])
def made_up_rows(request: pytest.FixtureRequest) -> Rows:
    return made_up(150, request.param)


@pytest.fixture(name="agreements")
def read_agreements(rows: Rows, tmp_path: Path) -> Agreements:
    return read_pax(rows, tmp_path)


def has(row: dict[str, str], topic: Topic) -> bool:
    return row[topic.code] not in ("", "0")


@pytest.mark.parametrize("topic", CODED, ids=lambda topic: topic.id)
def test_frequencies(topic: Topic, rows: Rows, agreements: Agreements) -> None:
    found = find_frequency(agreements, topic)
    with_it = [row for row in rows if has(row, topic)]
    assert (found.overall.count, found.overall.base) == (len(with_it), len(rows))
    states = [row for row in rows if row["Agtp"] == "Inter"]
    assert found.between_states.base == len(states)
    assert found.between_states.count == sum(has(row, topic) for row in states)
    for breakdown in found.by:
        column = TRAITS[breakdown.trait]
        for label, share in breakdown.groups:
            sought = label.removesuffix("0s") if breakdown.trait == "decade" else label
            group = [row for row in rows if row[column].startswith(sought)]
            assert (share.count, share.base) == (sum(has(r, topic) for r in group), len(group))
        assert sum(share.base for _, share in breakdown.groups) == len(rows)


def test_levels_are_its_own_or_of_its_main_code(rows: Rows, agreements: Agreements) -> None:
    def levels(name: str) -> tuple[str, tuple[int, ...]] | None:
        found = find_frequency(agreements, topics()[name]).levels
        return None if found is None else (found.graded, found.counts)

    def counted(graded: str, where: str) -> tuple[int, ...]:
        return tuple(sum(r[graded] == n and r[where] != "0" for r in rows) for n in ("1", "2", "3"))

    assert levels("pax/Ele") == ("pax/Ele", counted("Ele", "Ele"))
    assert levels("pax/CeProv") == ("pax/Ce", counted("Ce", "CeProv"))
    assert levels("pax/Wat") is None
    assert levels("pax/StBor") is None


def test_stages_stand_in_the_order_of_a_process(agreements: Agreements) -> None:
    stages = find_frequency(agreements, ASKED[0]).by[0]
    assert [label for label, _ in stages.groups] == ["Pre", "Cea", "SubPar", "SubComp", "Imp"]


def test_pairs(rows: Rows, agreements: Agreements) -> None:
    found = {frozenset(pair.topics): pair for pair in find_pairs(agreements, ASKED)}
    sought = {frozenset(pair) for pair in combinations(CODED, 2)}
    sought.remove(frozenset([topics()["pax/Ce"], topics()["pax/CeProv"]]))
    assert found.keys() == sought, "no part with its main code, none of our own"
    for names, pair in found.items():
        a, b = names
        both = sum(has(row, a) and has(row, b) for row in rows)
        assert (pair.together.count, pair.together.base) == (both, len(rows))
        alone = sum(has(r, a) for r in rows) / len(rows), sum(has(r, b) for r in rows) / len(rows)
        assert math.isclose(pair.expected, alone[0] * alone[1])
        assert pair.ratio is not None
        assert math.isclose(pair.ratio, both / len(rows) / pair.expected)
    ratios = [pair.ratio for pair in find_pairs(agreements, ASKED)]
    assert ratios == sorted(ratios, key=lambda ratio: -(ratio or 0.0))


def test_nearest(rows: Rows, agreements: Agreements) -> None:
    draft = {"CeProv", "Ce", "StBor", "StDef", "Ele", "Wat"}
    codes = [t.code for t in topics().values() if not t.own and t.part_of is None]
    codes += ["CeProv", "StBor"]
    weight = {c: math.log((len(rows) + 1) / (sum(r[c] != "0" for r in rows) + 1)) for c in codes}

    def similarity(row: dict[str, str]) -> float:
        treated = {code for code in codes if row[code] != "0"}
        shared, either = treated & draft, treated | draft
        return sum(weight[c] for c in shared) / sum(weight[c] for c in either)

    found = find_nearest(agreements, ASKED, most=len(rows))
    by_id = {int(row["AgtId"]): row for row in rows}
    for near in found:
        row = by_id[near.id]
        assert math.isclose(near.similarity, similarity(row))
        treated = {code for code in codes if row[code] != "0"}
        assert {topic.code for topic in near.shared} == treated & draft
        assert {topic.code for topic in near.draft_only} == draft - treated
        assert {topic.code for topic in near.agreement_only} == treated - draft
        assert str(near.date) == row["Dat"]
    assert len(found) == sum(similarity(row) > 0.0 for row in rows)
    assert [near.similarity for near in found] == sorted(
        (n.similarity for n in found), reverse=True
    )
    assert find_nearest(agreements, ASKED, most=3) == found[:3]


def test_rarity_is_counted_among_all_though_few_are_compared(agreements: Agreements) -> None:
    states = agreements.between_states()
    everyone = {near.id: near for near in find_nearest(agreements, ASKED, most=len(agreements))}
    few = find_nearest(states, ASKED, most=len(states), weighed_by=agreements)
    assert len(few) > 3
    for near in few:
        same = everyone[near.id]
        assert math.isclose(near.similarity, same.similarity)
        assert near.agreement_only == same.agreement_only


def test_lacking(rows: Rows, agreements: Agreements) -> None:
    comprehensive = [row for row in rows if row["Stage"] == "SubComp"]
    found = find_lacking(agreements, ASKED)
    covered = {"Ce", "StDef", "Ele", "Wat", "SsrArm"}  # parts bring their main code along
    sought = {t.code for t in topics().values() if not t.own and t.part_of is None} - covered
    assert {each.topic.code for each in found} == sought - {"ImUN", "ImOth"}
    for each in found:
        assert each.among.base == len(comprehensive)
        assert each.among.count == sum(has(row, each.topic) for row in comprehensive)
    counts = [each.among.count for each in found]
    assert counts == sorted(counts, reverse=True)


def test_the_same_topics_are_as_near_as_can_be(tmp_path: Path) -> None:
    same = {"Ce": 1, "CeProv": 1, "StDef": 1, "StBor": 1, "Ele": 3, "Wat": 1}
    other = {"Med": 1, "Cor": 2}
    found = find_nearest(read_pax(pax_rows([other, same, {}]), tmp_path), ASKED)
    (near,) = found
    assert (near.id, near.similarity, near.draft_only, near.agreement_only) == (2, 1.0, (), ())


def test_a_shared_rare_topic_tells_more_than_a_shared_frequent_one(tmp_path: Path) -> None:
    rows = pax_rows([{"Ele": 1}, {"Wat": 1}, *({"Ele": 1} for _ in range(8))])
    asked = (topics()["pax/Ele"], topics()["pax/Wat"])
    found = find_nearest(read_pax(rows, tmp_path), asked)
    assert found[0].id == 2
    assert found[0].similarity > 0.5 > found[1].similarity


@pytest.mark.parametrize(
    ("both", "first", "second", "neither", "verdict"),
    [
        (20, 10, 10, 60, "usual"),
        (1, 49, 49, 1, "rare"),
        (0, 50, 50, 0, "rare"),
        (25, 25, 25, 25, "as by chance"),
        (0, 10, 10, 80, "too few to say"),
    ],
)
def test_verdicts(
    both: int, first: int, second: int, neither: int, verdict: str, tmp_path: Path
) -> None:
    parts = ((both, {"Ele": 1, "Wat": 1}), (first, {"Ele": 1}), (second, {"Wat": 1}), (neither, {}))
    rows = pax_rows([given for times, given in parts for _ in range(times)])
    (pair,) = find_pairs(read_pax(rows, tmp_path), (topics()["pax/Ele"], topics()["pax/Wat"]))
    assert pair.verdict == verdict
