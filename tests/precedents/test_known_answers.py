"""Figures measured elsewhere on the downloaded tables, where those are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.case.examples import example_folder
from detente.case.load import load
from detente.precedents.find import Request, find_precedents
from detente.precedents.frequency import find_frequency
from detente.precedents.lasting import base_rates, find_lasting
from detente.precedents.pax import Agreements, open_agreements
from detente.precedents.ucdp import Treaties, open_treaties
from detente.precedents.vocabulary import Topic, provisions, topics
from precedents.tables import PAX_FILE, UCDP_FILE, needs_shared

pytestmark = needs_shared

ENDED = """\
cease 48 150 42 26 44 30
intarmy 27 85 32 34 36 37
ddr 35 113 29 36 29 41
withd 9 29 45 32 43 36
pp 13 42 21 35 26 38
intgov 17 53 32 34 30 38
intciv 11 32 25 34 27 38
elections 31 103 31 35 34 38
interim 18 59 41 32 41 36
natalks 10 31 58 31 68 34
shagov 15 47 34 33 34 37
aut 7 21 29 34 37 37
ref 4 14 7 35 8 38
locgov 18 55 29 34 43 36
regdev 16 48 35 33 60 34
cul 13 36 28 34 41 36
amn 23 74 28 35 33 38
pris 28 89 42 30 44 34
recon 22 68 31 34 31 38
return 27 84 30 35 28 40
reaffirm 30 97 20 39 24 43
pko 14 45 40 32 42 36
co_impl 38 121 29 36 30 41
""".splitlines()
"""Provision, % of agreements, n over 5 years, % ended in 5 with, without, in 10 with, without."""

CONTAINED = {
    "Ce": (46, 42, 97),
    "SsrGua": (39, 54, 29),
    "SsrPsf": (38, 58, 47),
    "StDef": (33, 62, 15),
    "ImPK": (29, 36, 38),
    "SsrDdr": (27, 53, 24),
    "SsrPol": (24, 60, 14),
    "Ele": (19, 63, 4),
    "Dev": (41, 77, 29),
    "ImE": (38, 66, 39),
    "Civso": (37, 67, 27),
    "HrGen": (30, 65, 15),
    "HrMob": (29, 42, 39),
    "GRef": (26, 58, 20),
    "TjNR": (23, 61, 12),
    "TjPrire": (18, 28, 29),
}
"""In % of all agreements, of comprehensive ones, of ceasefires."""


@pytest.fixture(name="cache", scope="module")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(name="agreements", scope="module")
def pax(cache: Path) -> Agreements:
    return open_agreements(PAX_FILE, cache)


@pytest.fixture(name="treaties", scope="module")
def ucdp(cache: Path) -> Treaties:
    return open_treaties(UCDP_FILE, cache)


def rounded(share: float | None) -> int:
    assert share is not None
    return round(100.0 * share)


def test_all_of_both_tables_is_read(agreements: Agreements, treaties: Treaties) -> None:
    assert agreements.facts.missing == treaties.facts.missing == ()
    assert (len(agreements), len(agreements.between_states())) == (1868, 72)
    assert len(agreements.comprehensive()) == 113
    assert (len(treaties), str(treaties.until)) == (341, "2021-12-31")


@pytest.mark.parametrize("line", ENDED)
def test_ended_with_and_without_a_provision(line: str, treaties: Treaties) -> None:
    name, *figures = line.split()
    asking = Topic("own/any", provisions()[name], provisions=(name,))
    (found,) = find_lasting(treaties, [asking])
    five, ten = found.ended
    assert (five.everyone.base, ten.everyone.base) == (320, 277)
    assert [
        rounded(found.contained.share),
        five.having.base,
        *(rounded(s.share) for s in (five.having, five.lacking, ten.having, ten.lacking)),
    ] == [int(figure) for figure in figures]


def test_base_rates(treaties: Treaties) -> None:
    told = {label: [rounded(s.share) for s in shares] for label, shares in base_rates(treaties)}
    assert told == {"all": [33, 37], "full": [22, 23], "partial": [32, 35], "process": [48, 53]}


@pytest.mark.parametrize("code", CONTAINED)
def test_how_often_a_topic_is_treated(code: str, agreements: Agreements) -> None:
    found = find_frequency(agreements, topics()[f"pax/{code}"])
    stages = dict(found.by[0].groups)
    shares = (found.overall, stages["SubComp"], stages["Cea"])
    assert tuple(rounded(share.share) for share in shares) == CONTAINED[code]


def test_a_part_is_never_coded_without_its_main_code(agreements: Agreements) -> None:
    for topic in topics().values():
        if topic.part_of is not None:
            orphans = agreements.has(topic.id) & ~agreements.has(topic.part_of)
            assert not orphans.any(), topic.id


def test_graded_codes_are_those_with_levels(agreements: Agreements) -> None:
    for topic in topics().values():
        if not topic.own:
            assert (agreements.level(topic.id).max() > 1) == topic.graded, topic.id


def test_every_agreement_is_nearest_to_itself(agreements: Agreements) -> None:
    from detente.precedents.nearest import find_nearest

    for row in (0, 500, 1500):
        mine = [topics()[c] for c in agreements.codes if agreements.levels[row, :].any()]
        mine = [topic for topic in mine if agreements.has(topic.id)[row]]
        if mine:
            first = find_nearest(agreements, mine, most=1)[0]
            assert first.similarity == pytest.approx(1.0)


def test_the_flagship_has_precedents(agreements: Agreements, treaties: Treaties) -> None:
    case = load(example_folder("ukraine-2025"))
    found = find_precedents(case, agreements, treaties, Request(draft="us-russia-28"))
    assert len(found.points) == len(case.points)
    assert found.unplaced == ()
    assert found.nearest is not None
    assert any("Dayton" in near.name for near in found.nearest)
    assert found.lacking is not None
    assert (found.lacking[0].topic.code, found.lacking[0].among.count) == ("Civso", 76)
