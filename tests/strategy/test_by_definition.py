"""The fast ways against the definitions, followed by search on small conflicts."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.strategy import moves
from detente.strategy.coalitions import find_jumps
from detente.strategy.conflict import Conflict
from detente.strategy.explain import explain_state
from detente.strategy.inverse import find_changes
from detente.strategy.limited import limited_move
from detente.strategy.paths import find_paths
from detente.strategy.stability import CONCEPTS, find_stability
from strategy.small import Definitions, conflicts


@given(conflicts())
@settings(max_examples=150)
def test_equilibria_are_those_of_the_definitions(conflict: Conflict) -> None:
    found, definitions = find_stability(conflict), Definitions(conflict)
    for concept in CONCEPTS:
        assert found.equilibria(concept).tolist() == definitions.equilibria(concept), concept


@given(conflicts())
@settings(max_examples=60)
def test_sorting_and_pairing_choices_agree(conflict: Conflict) -> None:
    pairs = find_stability(conflict)
    before = moves._PAIRS
    moves._PAIRS = 0
    try:
        sorts = find_stability(conflict)
    finally:
        moves._PAIRS = before
    for concept in CONCEPTS:
        np.testing.assert_array_equal(pairs.stable[concept], sorts.stable[concept])


@given(conflicts())
@settings(max_examples=60)
def test_a_state_explained_is_what_the_definitions_say(conflict: Conflict) -> None:
    definitions = Definitions(conflict)
    state = definitions.states[len(definitions.states) // 2]
    view = explain_state(conflict, state)
    for place, maker in enumerate(view.makers):
        ends = sorted(each.end for each in maker.improvements)
        assert ends == sorted(definitions.improvements(place, state))
        own = definitions.ranks[place]
        for concept, stable in maker.stable.items():
            assert stable == definitions.stable(concept, place, state)
            if concept == "nash":
                continue
            assert stable == all(each.answers[concept] for each in maker.improvements)
            for improvement in maker.improvements:
                answer = improvement.answers[concept]
                if answer is None:
                    continue
                assert own[answer.end] <= own[state]
                here = improvement.end
                for move in answer.moves:
                    other = conflict.maker(move.maker)
                    assert other != place
                    assert move.start == here
                    legal = (
                        definitions.improvements(other, here)
                        if concept in ("seq", "sseq")
                        else definitions.moves(other, here)
                    )
                    assert move.end in legal
                    here = move.end
                assert here == answer.end


@given(conflicts(), st.booleans())
@settings(max_examples=60)
def test_paths_are_shortest_legal_sequences(conflict: Conflict, improving: bool) -> None:
    definitions = Definitions(conflict)
    start = definitions.states[0]
    paths = find_paths(conflict, start, improving=improving)
    everybody = list(definitions.makers)
    reached = definitions.reached(everybody, start, improving=improving) | {start}
    assert {state for state in definitions.states if paths.reaches(state)} == reached
    level, seen = {start}, {start}
    steps = 0
    while level:
        for state in level:
            told = paths.moves(state)
            assert told is not None
            assert len(told) == steps
            assert all(one.maker != other.maker for one, other in pairwise(told))
            here = start
            for move in told:
                maker = conflict.maker(move.maker)
                assert move.start == here
                legal = (
                    definitions.improvements(maker, here)
                    if improving
                    else list(definitions.moves(maker, here))
                )
                assert move.end in legal
                own = definitions.ranks[maker]
                assert move.gain == own[move.end] - own[here]
                here = move.end
            assert here == state
        after = {
            end
            for state in level
            for maker in everybody
            for end in (
                definitions.improvements(maker, state)
                if improving
                else definitions.moves(maker, state)
            )
        }
        level = after - seen
        seen |= after
        steps += 1


@given(conflicts())
@settings(max_examples=60)
def test_jumps_are_joint_improvements(conflict: Conflict) -> None:
    definitions = Definitions(conflict)
    states = definitions.states[:3]
    found = {(jump.coalition, jump.start, jump.end): jump for jump in find_jumps(conflict, states)}
    names = [maker.id for maker in conflict.makers]
    expected: dict[tuple[tuple[str, ...], int, int], bool] = {}
    smaller: set[tuple[frozenset[int], int, int]] = set()
    for size in range(2, len(names) + 1):
        for coalition in combinations(range(len(names)), size):
            outside = [each for each in definitions.makers if each not in coalition]
            for start in states:
                for end in definitions.reached(list(coalition), start, improving=False):
                    ranks = [definitions.ranks[each] for each in coalition]
                    if any(end in definitions.moves(each, start) for each in coalition):
                        continue
                    if not all(own[end] > own[start] for own in ranks):
                        continue
                    if any(
                        part < frozenset(coalition) and (part, start, end) in smaller
                        for part, _, _ in list(smaller)
                    ):
                        continue
                    smaller.add((frozenset(coalition), start, end))
                    answers = definitions.reached(outside, end, improving=False)
                    sanctioned = any(own[each] <= own[start] for each in answers for own in ranks)
                    key = (tuple(names[each] for each in coalition), start, end)
                    expected[key] = sanctioned
    assert {key: jump.sanctioned for key, jump in found.items()} == expected


@given(conflicts(most_options=4), st.sampled_from(sorted(CONCEPTS)))
@settings(max_examples=60, deadline=None)
def test_the_smallest_change_is_enough_and_nothing_less_is(
    conflict: Conflict, concept: str
) -> None:
    definitions = Definitions(conflict)
    state = definitions.states[-1]
    for place, change in enumerate(find_changes(conflict, state, concept)):
        assert change.proven
        own = definitions.ranks[place].copy()
        better = [each for each in definitions.states if own[each] > own[state]]
        assert set(change.lower) <= set(better)

        def stable(lower: tuple[int, ...], place: int = place, own: np.ndarray = own) -> bool:
            changed = own.copy()
            changed[list(lower)] = own[state]
            definitions.ranks[place] = changed
            answer = definitions.stable(concept, place, state)
            definitions.ranks[place] = own
            return answer

        assert stable(change.lower)
        if change.lower and len(better) <= 10:
            fewer = combinations(better, len(change.lower) - 1)
            assert not any(stable(each) for each in fewer)
        levels = sorted({int(own[each]) for each in better})
        raised = own.copy()
        if change.rise:
            raised[state] = levels[change.rise - 1]
        definitions.ranks[place] = raised
        assert definitions.stable(concept, place, state)
        if change.rise:
            raised = own.copy()
            if change.rise > 1:
                raised[state] = levels[change.rise - 2]
            definitions.ranks[place] = raised
            assert not definitions.stable(concept, place, state)
        definitions.ranks[place] = own


@given(conflicts())
@settings(max_examples=60)
def test_looking_one_move_ahead_is_nash_and_more_is_by_induction(conflict: Conflict) -> None:
    definitions = Definitions(conflict)
    states = definitions.states
    inside = dict(zip(states, conflict.to_inside(np.array(states)).tolist(), strict=True))

    def ends(maker: int, state: int, horizon: int) -> int:
        if not horizon:
            return state
        own = definitions.ranks[maker]
        best, at = own[state], state
        others = [each for each in definitions.makers if each != maker]
        for move in sorted(definitions.moves(maker, state), key=lambda each: inside[each]):
            found = [ends(other, move, horizon - 1) for other in others] or [move]
            worst = min(found, key=lambda each: own[each])
            if own[worst] > best:
                best, at = own[worst], worst
        return at

    for horizon in (1, 2, 3) if len(definitions.states) <= 16 else (1, 2):
        stable = limited_move(conflict, horizon)
        for maker in definitions.makers:
            for state in definitions.states:
                stays = ends(maker, state, horizon) == state
                if horizon > 1 and not stays:
                    # to come back to where it is pays nothing, so that it never moves for that
                    assert not stable[maker, inside[state]]
                assert stable[maker, inside[state]] == stays, (horizon, maker, state)
    nash = find_stability(conflict, ["nash"]).stable["nash"]
    places = list(inside.values())
    np.testing.assert_array_equal(limited_move(conflict, 1)[:, places], nash[:, places])


@pytest.mark.parametrize("maker", [0, 1])
def test_relabelling_decision_makers_changes_nothing(maker: int) -> None:
    from detente.strategy.conflict import Option, build_conflict

    generator = np.random.default_rng(maker)
    ranks = generator.integers(0, 9, (2, 16))
    options = [Option(str(place), str(place)) for place in range(4)]
    one = build_conflict(
        "one", options, [("a", [0, 1]), ("b", [2, 3])], lambda c: c.every(), lambda _: ranks
    )
    other = build_conflict(
        "other", options, [("b", [2, 3]), ("a", [0, 1])], lambda c: c.every(), lambda _: ranks[::-1]
    )
    for concept in CONCEPTS:
        first, second = find_stability(one), find_stability(other)
        assert first.equilibria(concept).tolist() == second.equilibria(concept).tolist()
