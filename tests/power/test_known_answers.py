"""Values on power that others published or computed."""

from __future__ import annotations

import json
import os
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from detente.consent.formula import Formula, Voter, all_of, at_least, weighted
from detente.power.game import game_of
from detente.power.indices import find_power
from detente.power.written import parse_rule

SHARED = Path(os.environ.get("DETENTE_SHARED", Path(__file__).parents[3] / "shared"))
VOTING = SHARED / "data" / "voting"
needs_shared = pytest.mark.skipif(
    not VOTING.is_dir(), reason=f"other people's voting data are not in {VOTING}"
)


def power_of(text: str, *indices: str) -> Any:
    rule = parse_rule(text)
    return find_power(game_of(rule.formula, rule.members), indices or None)


def test_security_council_since_1966() -> None:
    """421/2145 and 4/2145 (Straffin 1994); 848 swings of a permanent member, 84 of another."""
    found = power_of(f"[39; {', '.join(['7'] * 5 + ['1'] * 10)}]")
    assert found.indices["shapley_shubik"][0] == Fraction(421, 2145)
    assert found.indices["shapley_shubik"][14] == Fraction(4, 2145)
    assert found.swings == (848,) * 5 + (84,) * 10


def test_security_council_before_1966() -> None:
    """76/385 and 1/462 (Shapley and Shubik 1954)."""
    found = power_of(f"[27; {', '.join(['5'] * 5 + ['1'] * 6)}]")
    assert found.indices["shapley_shubik"][0] == Fraction(76, 385)
    assert found.indices["shapley_shubik"][10] == Fraction(1, 462)


def test_three_parties_of_which_two_are_enough() -> None:
    found = power_of("[51; 49, 49, 2]")
    for index in ("banzhaf", "shapley_shubik", "johnston", "deegan_packel", "holler"):
        assert found.indices[index] == (Fraction(1, 3),) * 3


def test_unanimity_of_32_and_more_than_64_members() -> None:
    """Everybody has the same share; no count overflows."""
    for votes in (32, 67, 200):
        found = power_of(f"[{votes}; {', '.join(['1'] * votes)}]", "banzhaf", "shapley_shubik")
        assert found.indices["banzhaf"] == (Fraction(1, votes),) * votes
        assert found.indices["shapley_shubik"] == (Fraction(1, votes),) * votes
        assert found.winning == 1
        assert len(found.veto) == votes


def test_united_states_federal_legislation() -> None:
    """The president has 0.1604 of the Shapley-Shubik power among 536 votes (Lucas 1983)."""
    president, house, senate = Voter("president"), Voter("house", 218), Voter("senate", 51)
    override = all_of([Voter("house", 290), Voter("senate", 67)])
    formula: Formula = at_least(1, [all_of([president, house, senate]), override])
    game = game_of(formula, seats={"house": 435, "senate": 100})
    found = find_power(game, ["shapley_shubik"]).indices["shapley_shubik"]
    by_name = dict(zip(game.members, map(float, found), strict=True))
    assert by_name["president"] == pytest.approx(0.1604, abs=1e-4)
    assert sum(f * n for f, n in zip(found, game.copies, strict=True)) == 1


def test_weights_of_many_digits_are_counted_by_table_where_sums_are_too_many() -> None:
    weights = [10**9 + 7 * place for place in range(20)]
    game = game_of(weighted(10 * 10**9 + 1, weights, [Voter(str(n)) for n in range(20)]))
    found = find_power(game, ["shapley_shubik", "banzhaf"])
    assert sum(found.indices["shapley_shubik"]) == 1
    assert 0 < found.winning < 2**20


@needs_shared
@pytest.mark.parametrize("name", ["unsc_15", "eec_1958_6"])
def test_councils_of_the_shared_data(name: str) -> None:
    data = json.loads((VOTING / f"{name}.json").read_text(encoding="utf-8"))
    weights = ", ".join(str(member["weight"]) for member in data["members"])
    found = power_of(f"[{data['quota']}; {weights}]")
    keys = {
        "banzhaf": "banzhaf_norm",
        "banzhaf_absolute": "penrose_banzhaf_abs",
        "shapley_shubik": "shapley_shubik",
        "coleman_prevent": "coleman_prevent",
        "coleman_initiate": "coleman_initiate",
        "johnston": "johnston",
        "deegan_packel": "deegan_packel",
        "holler": "holler_pgi",
    }
    assert found.winning == data["computed_here"]["winning_coalitions"]
    assert found.minimal == data["computed_here"]["minimal_winning_coalitions"]
    for place, member in enumerate(data["members"]):
        assert found.swings[place] == member["swings"]
        for ours, theirs in keys.items():
            value = member[theirs]
            if isinstance(value, str):
                assert found.indices[ours][place] == Fraction(value), (ours, member["member"])
            else:
                assert float(found.indices[ours][place]) == pytest.approx(value, abs=1e-15)


@needs_shared
def test_council_of_the_european_union() -> None:
    data = json.loads((VOTING / "eu27_lisbon_2025.json").read_text(encoding="utf-8"))
    people = {name: round(100 * each["pop_share_pct"]) for name, each in data["members"].items()}
    states = [Voter(name) for name in people]
    formula = at_least(
        1,
        [
            all_of([at_least(15, states), weighted(6501, people.values(), states)]),
            at_least(24, states),
        ],
    )
    found = find_power(game_of(formula, people))
    assert found.winning == data["winning_coalitions"]
    for place, name in enumerate(people):
        member = data["members"][name]
        assert found.swings[place] == member["swings"]
        for ours, theirs in (
            ("banzhaf", "banzhaf_norm"),
            ("banzhaf_absolute", "banzhaf_abs"),
            ("shapley_shubik", "shapley_shubik"),
        ):
            assert float(found.indices[ours][place]) == pytest.approx(member[theirs], abs=1e-14)
