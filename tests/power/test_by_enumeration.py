"""Every figure on power against one obtained by looking at every coalition of the formula."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain, combinations, permutations
from math import factorial, prod

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from detente.consent.formula import (
    NEVER,
    TRUE,
    Formula,
    Voter,
    all_of,
    at_least,
    holds,
    voters_in,
    weighted,
)
from detente.consent.joint import VoterChance, chance_of
from detente.power.coalitions import smallest_winning
from detente.power.counting import cells_of, count_coalitions
from detente.power.game import SimpleGame, game_of
from detente.power.indices import INDICES, find_power
from detente.power.minimal import as_weighted, critical_by_weights
from detente.power.passage import find_passage
from detente.power.table import count_by_table, critical_by_table

NAMES = "abcdefg"


@st.composite
def formulas(draw: st.DrawFn, depth: int = 2) -> Formula:
    """Rules of weighted votes and counts over up to seven members, nested."""
    if depth == 0 or draw(st.booleans()):
        names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=7, unique=True))
        voters = [Voter(name) for name in names]
        if draw(st.booleans()):
            weights = draw(st.lists(st.integers(0, 9), min_size=len(names), max_size=len(names)))
            return weighted(draw(st.integers(1, max(1, sum(weights)))), weights, voters)
        return at_least(draw(st.integers(1, len(names))), voters)
    parts = draw(st.lists(formulas(depth=depth - 1), min_size=1, max_size=3))
    kind = draw(st.sampled_from(["all", "any", "some", "weighted"]))
    if kind == "all":
        return all_of(parts)
    if kind == "any":
        return at_least(1, parts)
    if kind == "some":
        return at_least(draw(st.integers(1, len(parts))), parts)
    weights = draw(st.lists(st.integers(1, 3), min_size=len(parts), max_size=len(parts)))
    return weighted(draw(st.integers(1, sum(weights))), weights, parts)


def games() -> st.SearchStrategy[tuple[Formula, SimpleGame]]:
    real = formulas().filter(lambda each: each not in (TRUE, NEVER) and bool(voters_in(each)))
    return real.map(lambda each: (each, game_of(each, NAMES)))


def coalitions(names: str) -> Iterator[frozenset[str]]:
    return (
        frozenset(each)
        for each in chain.from_iterable(combinations(names, size) for size in range(len(names) + 1))
    )


def winners(formula: Formula) -> set[frozenset[str]]:
    return {
        each
        for each in coalitions(NAMES)
        if holds(formula, {voter: voter.actor in each for voter in voters_in(formula)})
    }


def critical(win: set[frozenset[str]], coalition: frozenset[str]) -> list[str]:
    return [name for name in coalition if coalition - {name} not in win]


@given(games())
def test_the_game_wins_where_the_formula_holds(both: tuple[Formula, SimpleGame]) -> None:
    formula, game = both
    win = winners(formula)
    for each in coalitions(NAMES):
        assert game.wins(dict.fromkeys(each, 1)) == (each in win)
        rest = dict.fromkeys(frozenset(NAMES) - each, 1)
        assert game.dual().wins(rest) == (each not in win)


@given(games())
@settings(max_examples=60)
def test_indices_are_what_every_coalition_says(both: tuple[Formula, SimpleGame]) -> None:
    formula, game = both
    win = winners(formula)
    votes = len(NAMES)
    found = find_power(game, INDICES)
    minimal = [each for each in win if len(critical(win, each)) == len(each)]
    swings = {n: sum(1 for each in win if n in critical(win, each)) for n in NAMES}
    assert found.winning == len(win)
    assert found.swings == tuple(swings[n] for n in NAMES)
    assert found.minimal == len(minimal)
    assert found.veto == tuple(n for n in NAMES if all(n in each for each in win))
    assert found.dummies == tuple(n for n in NAMES if not swings[n])
    vulnerable = [each for each in win if critical(win, each)]
    expected = {
        "banzhaf": {n: Fraction(swings[n], sum(swings.values())) for n in NAMES},
        "banzhaf_absolute": {n: Fraction(swings[n], 2 ** (votes - 1)) for n in NAMES},
        "coleman_act": dict.fromkeys(NAMES, Fraction(len(win), 2**votes)),
        "coleman_prevent": {n: Fraction(swings[n], len(win)) for n in NAMES},
        "coleman_initiate": {n: Fraction(swings[n], 2**votes - len(win)) for n in NAMES},
        "shapley_shubik": {
            n: sum(
                (
                    Fraction(
                        factorial(len(each) - 1) * factorial(votes - len(each)), factorial(votes)
                    )
                    for each in win
                    if n in critical(win, each)
                ),
                Fraction(),
            )
            for n in NAMES
        },
        "deegan_packel": {
            n: sum((Fraction(1, len(each)) for each in minimal if n in each), Fraction())
            / len(minimal)
            for n in NAMES
        },
        "holler": {
            n: Fraction(sum(n in each for each in minimal), sum(map(len, minimal))) for n in NAMES
        },
        "johnston": {
            n: sum(
                (
                    Fraction(1, len(critical(win, each)))
                    for each in vulnerable
                    if n in critical(win, each)
                ),
                Fraction(),
            )
            / len(vulnerable)
            for n in NAMES
        },
    }
    for index, values in expected.items():
        assert found.indices[index] == tuple(values[n] for n in NAMES), index


@given(games())
@settings(max_examples=60)
def test_minimal_blocking_coalitions_are_counted(both: tuple[Formula, SimpleGame]) -> None:
    formula, game = both
    win = winners(formula)
    everybody = frozenset(NAMES)
    blocks = [each for each in coalitions(NAMES) if everybody - each not in win]
    least = [each for each in blocks if all(everybody - (each - {name}) in win for name in each)]
    assert find_power(game, INDICES).minimal_blocking == len(least)


@given(games())
@settings(max_examples=60)
def test_table_and_sums_count_alike(both: tuple[Formula, SimpleGame]) -> None:
    _, game = both
    assume(cells_of(game, by_size=True) < 50_000)
    assert count_coalitions(game, by_size=True) == count_by_table(game)
    plain = count_coalitions(game, by_size=False)
    sized = count_by_table(game)
    assert plain.losing[0] == sum(sized.losing)
    assert [each for (each,) in plain.without] == [sum(each) for each in sized.without]


@given(st.lists(st.integers(0, 12), min_size=2, max_size=8), st.data())
@settings(max_examples=60)
def test_heavy_and_light_tell_what_the_table_tells(weights: list[int], data: st.DataObject) -> None:
    if not sum(weights):
        return
    quota = data.draw(st.integers(1, sum(weights)))
    names = [str(place) for place in range(len(weights))]
    formula = weighted(quota, weights, [Voter(name) for name in names])
    game = game_of(formula, names)
    one = as_weighted(game)
    assert one is not None
    assert critical_by_weights(game, *one) == critical_by_table(game)


def test_shapley_shubik_is_the_share_of_orders_in_which_a_member_is_pivotal() -> None:
    formula = all_of(
        [weighted(7, [4, 3, 2, 1, 1], map(Voter, "abcde")), at_least(3, map(Voter, "bcde"))]
    )
    pivots = dict.fromkeys("abcde", 0)
    for order in permutations("abcde"):
        joined = dict.fromkeys(map(Voter, "abcde"), False)
        for name in order:
            joined[Voter(name)] = True
            if holds(formula, joined):
                pivots[name] += 1
                break
    found = find_power(game_of(formula, "abcde")).indices["shapley_shubik"]
    assert found == tuple(Fraction(pivots[name], factorial(5)) for name in "abcde")


@pytest.mark.parametrize(("seats", "quota", "others"), [(5, 3, 2), (7, 5, 1), (4, 4, 3)])
def test_seats_of_a_body_vote_one_by_one(seats: int, quota: int, others: int) -> None:
    """One body's seats by their number give what the same seats give by their names."""
    named = [Voter(f"seat {place}") for place in range(seats)]
    rest = [Voter(f"other {place}") for place in range(others)]
    by_number = game_of(
        at_least(1, [all_of([Voter("house", quota), *rest]), Voter("house", seats)]),
        seats={"house": seats},
    )
    by_name = game_of(at_least(1, [all_of([at_least(quota, named), *rest]), all_of(named)]))
    one, other = find_power(by_number, INDICES), find_power(by_name, INDICES)
    place, seat = by_number.members.index("house"), by_name.members.index("seat 0")
    assert by_number.copies[place] == seats
    assert one.winning == other.winning
    assert one.minimal == other.minimal
    for index in INDICES:
        assert one.indices[index][place] == other.indices[index][seat], index


@given(games(), st.lists(st.floats(0.0, 1.0), min_size=7, max_size=7))
@settings(max_examples=60)
def test_passage_is_what_every_coalition_says(
    both: tuple[Formula, SimpleGame], chances: list[float]
) -> None:
    formula, _ = both
    yes = dict(zip(NAMES, chances, strict=True))
    win = winners(formula)

    def odds(coalition: frozenset[str]) -> float:
        return prod(yes[n] if n in coalition else 1.0 - yes[n] for n in NAMES)

    found = find_passage(formula, {name: VoterChance(p) for name, p in yes.items()})
    passing = sum(map(odds, win))
    assert found.probability == pytest.approx(passing, abs=1e-12)
    for member in found.members:
        name = member.voter.actor
        rest = frozenset(NAMES) - {name}
        swing = sum(
            odds(each) / (yes[name] if name in each else 1.0 - yes[name])
            for each in win
            if name in each and each - {name} not in win and yes[name] > 0.01
        )
        if yes[name] > 0.01:
            assert member.decisive == pytest.approx(swing, abs=1e-9)
        failing = sum(odds(each) for each in coalitions(NAMES) if each not in win)
        if failing > 1e-6:
            refusing = sum(
                odds(each) for each in coalitions(NAMES) if each not in win and each <= rest
            )
            assert member.refused == pytest.approx(refusing / failing, abs=1e-6)


@pytest.mark.parametrize("factor", [0.2, 0.7])
def test_passage_under_a_common_factor_agrees_with_the_joint_chance(factor: float) -> None:
    formula = all_of(
        [weighted(7, [4, 3, 2, 1, 1], map(Voter, "abcde")), at_least(3, map(Voter, "bcde"))]
    )
    yes = {name: VoterChance(0.5 + 0.1 * place) for place, name in enumerate("abcde")}
    found = find_passage(formula, yes, factor)
    assert found.probability == pytest.approx(chance_of(formula, yes, factor), abs=1e-8)
    for member in found.members:
        joint = chance_of(all_of([member.voter, formula]), yes, factor)
        refused = (1.0 - member.yes - (found.probability - joint)) / (1.0 - found.probability)
        assert member.refused == pytest.approx(refused, abs=1e-7)


@given(games())
@settings(max_examples=60)
def test_the_smallest_coalitions_come_first_and_all_are_minimal(
    both: tuple[Formula, SimpleGame],
) -> None:
    formula, game = both
    win = winners(formula)
    minimal = {each for each in win if len(critical(win, each)) == len(each)}
    found = smallest_winning(game, 1000)
    listed = [frozenset(name for name, _ in each) for each in found.coalitions]
    assert found.complete
    assert len(listed) == len(set(listed))
    assert set(listed) == minimal
    assert [len(each) for each in listed] == sorted(len(each) for each in listed)
