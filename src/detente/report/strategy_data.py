"""Findings of the graph model as plain data for JSON, and in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from detente.report.words import count, listing

if TYPE_CHECKING:
    from detente.strategy.coalitions import Jump
    from detente.strategy.conflict import Conflict
    from detente.strategy.explain import Improvement, MakerView, StateView
    from detente.strategy.findings import StrategyFindings
    from detente.strategy.inverse import Change
    from detente.strategy.paths import Move

__all__ = [
    "changes_data",
    "explained",
    "moves_words",
    "state_data",
    "strategy_data",
    "view_data",
]

Data = dict[str, Any]


def strategy_data(found: StrategyFindings) -> Data:
    """Return equilibria by concept, states as characters over the options in file order."""
    conflict = found.conflict
    data: Data = {
        "conflict": conflict.name,
        "states": len(conflict.states),
        "options": [option.label for option in conflict.options],
        "alternatives": [list(option.alternatives) for option in conflict.options],
        "decision_makers": [maker.name for maker in conflict.makers],
        "equilibria": {
            concept: [
                conflict.text(state) for state in found.stability.equilibria(concept).tolist()
            ]
            for concept in found.stability.stable
        },
        "status_quo": None,
        "paths": None,
        "jumps": None if found.jumps is None else [_jump(conflict, each) for each in found.jumps],
    }
    if found.paths is not None and found.improvements is not None:
        data["status_quo"] = conflict.text(found.paths.start)
        data["paths"] = {
            conflict.text(state): {
                "moves": _moves(conflict, found.paths.moves(state)),
                "improvements": _moves(conflict, found.improvements.moves(state)),
            }
            for state in found.settled
        }
    return data


def state_data(conflict: Conflict, state: int) -> Data:
    """Return one state: its number, characters, and what is done in it."""
    return {
        "number": conflict.number(state),
        "state": conflict.text(state),
        "takes": {
            option.id: option.alternatives[digit]
            for option, digit in zip(conflict.options, conflict.digits(state), strict=True)
        },
    }


def _moves(conflict: Conflict, moves: Iterable[Move] | None) -> list[Data] | None:
    if moves is None:
        return None
    return [
        {
            "decision_maker": each.maker,
            "from": conflict.text(each.start),
            "to": conflict.text(each.end),
            "gain": each.gain,
        }
        for each in moves
    ]


def _jump(conflict: Conflict, jump: Jump) -> Data:
    return {
        "coalition": list(jump.coalition),
        "from": conflict.text(jump.start),
        "to": conflict.text(jump.end),
        "moves": _moves(conflict, jump.moves),
        "sanctioned": jump.sanctioned,
    }


def view_data(conflict: Conflict, view: StateView) -> Data:
    """Return why a state is stable or not for whom."""
    return {
        **state_data(conflict, view.state),
        "equilibrium": list(view.equilibrium),
        "decision_makers": [
            {
                "decision_maker": maker.maker,
                "stable": dict(maker.stable),
                "improvements": [
                    {
                        "to": conflict.text(each.end),
                        "gain": each.gain,
                        "answers": {
                            concept: None
                            if answer is None
                            else {
                                "moves": _moves(conflict, answer.moves),
                                "ends": conflict.text(answer.end),
                                "escape": conflict.text(answer.escape),
                            }
                            for concept, answer in each.answers.items()
                        },
                    }
                    for each in maker.improvements
                ],
            }
            for maker in view.makers
        ],
    }


def changes_data(conflict: Conflict, state: int, changes: Iterable[Change]) -> Data:
    """Return the smallest changes of preferences that make a state stable."""
    return {
        **state_data(conflict, state),
        "changes": [
            {
                "decision_maker": each.maker,
                "concept": each.concept,
                "no_better": [conflict.text(lower) for lower in each.lower],
                "rise": each.rise,
                "proven": each.proven,
            }
            for each in changes
        ],
    }


def moves_words(conflict: Conflict, moves: Iterable[Move]) -> str:
    """Return moves in words: who does what, one after another."""
    names = {maker.id: maker.name for maker in conflict.makers}
    parts = []
    for move in moves:
        before, after = conflict.digits(move.start), conflict.digits(move.end)
        changed = [
            _change(option.label, option.alternatives, old, new)
            for option, old, new in zip(conflict.options, before, after, strict=True)
            if old != new
        ]
        parts.append(f"{names[move.maker]}: {', '.join(changed)}")
    return "; then ".join(parts) or "nobody needs to move"


def _change(label: str, alternatives: tuple[str, ...], old: int, new: int) -> str:
    if alternatives == ("no", "yes"):
        return label if new else f"not: {label}"
    return f"{label} from {alternatives[old]} to {alternatives[new]}"


def explained(conflict: Conflict, view: StateView, labels: dict[str, str]) -> list[str]:
    """Return in sentences why a state is stable or not.

    Parameters
    ----------
    labels
        What concepts are called, by id.
    """
    lines = [f"State {conflict.number(view.state)}, {conflict.text(view.state)}: "]
    lines[0] += conflict.words(view.state)
    by = listing([labels[each] for each in view.equilibrium], most=9, empty="no concept")
    lines.append(f"An equilibrium by {by}.")
    names = {maker.id: maker.name for maker in conflict.makers}
    for maker in view.makers:
        lines.extend(_maker_lines(conflict, maker, names[maker.maker], labels))
    return lines


def _maker_lines(
    conflict: Conflict, maker: MakerView, name: str, labels: dict[str, str]
) -> list[str]:
    if not maker.improvements:
        return [f"{name} has no improvement from here: stable by every concept."]
    stable = listing([labels[k] for k, told in maker.stable.items() if told], most=9, empty="none")
    lines = [f"{name} has {count(len(maker.improvements), 'improvement')}; stable by: {stable}."]
    for each in maker.improvements[:8]:
        lines.append(f"  It could move to {conflict.text(each.end)}: {conflict.words(each.end)}.")
        lines.extend(_answer_lines(conflict, each, labels))
    if len(maker.improvements) > 8:
        lines.append(f"  and {len(maker.improvements) - 8} more, each a smaller gain.")
    return lines


def _answer_lines(
    conflict: Conflict, improvement: Improvement, labels: dict[str, str]
) -> list[str]:
    told: dict[str, list[str]] = {}
    for concept, answer in improvement.answers.items():
        if answer is None:
            words = "no answer of the others makes it regret that"
        elif not answer.moves:
            words = "that is no gain to begin with"
        else:
            words = f"{moves_words(conflict, answer.moves)}; that leads to "
            words += f"{conflict.text(answer.end)}, no better than staying"
        told.setdefault(words, []).append(labels[concept])
    return [f"    {listing(concepts, most=9)}: {words}." for words, concepts in told.items()]
