"""Which nodes of a graph lie on a circle together?"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

__all__ = ["shortest_circle", "strong_parts"]

N = TypeVar("N", bound=Hashable)


def strong_parts(edges: Mapping[N, Iterable[N]]) -> list[tuple[N, ...]]:
    """Return the strongly connected parts that hold a circle, each in the order of the mapping.

    A part of one node counts if the node has an edge to itself. Targets that are no keys of the
    mapping are passed over. Without recursion: a chain of any length is walked.

    Source: Tarjan 1972, Depth-first search and linear graph algorithms, section 4.

    Examples
    --------
    >>> strong_parts({"a": "b", "b": "ac", "c": "d", "d": "d"})
    [('a', 'b'), ('d',)]
    """
    number: dict[N, int] = {}
    low: dict[N, int] = {}
    waiting: list[N] = []
    inside: set[N] = set()
    parts: list[tuple[N, ...]] = []
    order = {node: place for place, node in enumerate(edges)}
    for root in edges:
        if root in number:
            continue
        number[root] = low[root] = len(number)
        waiting.append(root)
        inside.add(root)
        walk = [(root, iter(edges[root]))]
        while walk:
            node, rest = walk[-1]
            for other in rest:
                if other not in edges:
                    continue
                if other not in number:
                    number[other] = low[other] = len(number)
                    waiting.append(other)
                    inside.add(other)
                    walk.append((other, iter(edges[other])))
                    break
                if other in inside:
                    low[node] = min(low[node], number[other])
            else:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[node])
                if low[node] == number[node]:
                    at = waiting.index(node)
                    part = sorted(waiting[at:], key=order.__getitem__)
                    del waiting[at:]
                    inside.difference_update(part)
                    if len(part) > 1 or node in edges[node]:
                        parts.append(tuple(part))
    return sorted(parts, key=lambda part: order[part[0]])


def shortest_circle(edges: Mapping[N, Iterable[N]], start: N) -> tuple[N, ...]:
    """Return a shortest circle through a node, beginning with it; empty if there is none.

    Examples
    --------
    >>> shortest_circle({"a": "bc", "b": "c", "c": "a"}, "a")
    ('a', 'c')
    """
    before: dict[N, N] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for other in edges.get(node, ()):
            if other == start:
                way = [node]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return tuple(reversed(way))
            if other not in before:
                before[other] = node
                queue.append(other)
    return ()
