"""The integrated graph of a conflict: from findings to what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detente.pictures.graph import Arc, Node, draw_graph
from detente.strategy.findings import StrategyFindings
from detente.strategy.moves import movers
from detente.strategy.paths import reached_from

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["draw_conflict"]

_MOST = 28


def draw_conflict(found: StrategyFindings, title: str | None = None) -> Figure:
    """Return a picture of states and of the moves that pay whoever makes them.

    All states where they are at most 28; else those on the ways from where the conflict stands to
    the equilibria of most concepts. Columns are numbers of moves from there.

    Parameters
    ----------
    title
        What stands above it; the name of the conflict if None.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.pictures.files import svg_of
    >>> from detente.strategy.findings import find_strategy, open_conflict
    >>> found = find_strategy(open_conflict(example_folder("ukraine-2025")))
    >>> "11N0Y: " in svg_of(draw_conflict(found))
    True
    """
    conflict = found.conflict
    shown = _shown(found)
    steps = _columns(found, shown)
    order = sorted(shown, key=lambda state: (steps[state], conflict.number(state)))
    best = max((len(found.concepts_of(state)) for state in found.settled), default=0)
    start = None if found.paths is None else found.paths.start
    nodes = []
    for state in order:
        concepts = found.concepts_of(state)
        mark = "end" if concepts and len(concepts) == best else "plain"
        told = f"; equilibrium by {', '.join(concepts)}" if concepts else ""
        nodes.append(
            Node(
                conflict.text(state),
                steps[state],
                "start" if state == start and mark == "plain" else mark,
                conflict.words(state) + told,
            )
        )
    place = {state: at for at, state in enumerate(order)}
    arcs = _arcs(found, place)
    left = len(conflict.states) - len(order)
    caption = "Arrows are moves that pay whoever makes them; shaded: equilibria of most concepts"
    caption += "; framed: where it stands" if start is not None else ""
    caption += f". {left:,} other states are not drawn." if left else "."
    names = [maker.name for maker in conflict.makers]
    return draw_graph(nodes, arcs, names, title=title or conflict.name, caption=caption)


def _shown(found: StrategyFindings) -> list[int]:
    conflict = found.conflict
    if len(conflict.states) <= _MOST:
        return [int(state) for state in conflict.states]
    shown: dict[int, None] = {}
    if found.paths is not None and found.improvements is not None:
        shown[found.paths.start] = None
        for state in found.settled:
            moves = found.improvements.moves(state) or found.paths.moves(state) or ()
            ends = [state, *(move.end for move in moves)]
            if len(shown.keys() | set(ends)) > _MOST:
                break
            shown.update(dict.fromkeys(ends))
        reached = found.improvements.steps
        near = np.flatnonzero(reached >= 0)
        for at in near[np.argsort(reached[near], kind="stable")]:
            if len(shown) < _MOST:
                shown[int(conflict.to_file(np.array([at]))[0])] = None
    for state in found.settled:
        if len(shown) < _MOST:
            shown[state] = None
    return list(shown) or [int(state) for state in conflict.states[:_MOST]]


def _columns(found: StrategyFindings, shown: list[int]) -> dict[int, int]:
    """Numbers of moves from where the conflict stands; without that, rows of six."""
    conflict = found.conflict
    if found.paths is None:
        return {state: place % 6 for place, state in enumerate(shown)}
    inside = conflict.to_inside(np.array(shown))
    steps = found.paths.steps[inside]
    if found.improvements is not None:
        paying = found.improvements.steps[inside]
        steps = np.where(paying >= 0, paying, steps)
    last = int(steps.max()) + 1
    return {
        state: int(step) if step >= 0 else last for state, step in zip(shown, steps, strict=True)
    }


def _arcs(found: StrategyFindings, place: dict[int, int]) -> list[Arc]:
    conflict = found.conflict
    inside = conflict.to_inside(np.array(list(place)))
    arcs = []
    for mover in movers(conflict):
        for starts, ends in reached_from(mover, inside, improving=True):
            pairs = zip(
                conflict.to_file(starts).tolist(), conflict.to_file(ends).tolist(), strict=True
            )
            for start, end in pairs:
                if start in place and end in place:
                    arcs.append(Arc(place[start], place[end], mover.place))
    return arcs
