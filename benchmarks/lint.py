"""The check of an agreement in time: own Bellman-Ford beside scipy's, and the whole of ``lint``.

Run ``python benchmarks/lint.py [--points 120] [--limits 420] [--repeat 200]``. All ways look at the
same network, drawn from a recorded seed, once without and once with a contradiction, and must agree
on which it is.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import NegativeCycleError, bellman_ford

from detente.case.examples import example_folder
from detente.case.load import load
from detente.lint.lint import lint_case
from detente.lint.network import Limit, distances, negative_circle

SEED = 20_251_120


def network(points: int, limits: int, *, contradictory: bool) -> list[Limit]:
    """Limits around days drawn at random, so that they can be met; one more that cannot."""
    generator = np.random.default_rng(SEED)
    days = np.sort(generator.integers(0, 3650, points))
    found = []
    for _ in range(limits):
        source, target = map(int, generator.choice(points, 2, replace=False))
        slack = int(generator.integers(0, 120))
        found.append(Limit(source, target, int(days[target] - days[source]) + slack))
    if contradictory:
        first = found[0]
        found.append(Limit(first.target, first.source, -first.days - 1))
    return found


def by_scipy(points: int, limits: list[Limit]) -> bool:
    """Whether the limits clash; a virtual origin reaches every point."""
    rows = [limit.source for limit in limits] + [points] * points
    columns = [limit.target for limit in limits] + list(range(points))
    least: dict[tuple[int, int], float] = {}
    for row, column, days in zip(
        rows, columns, [limit.days for limit in limits] + [1e-9] * points, strict=True
    ):
        least[row, column] = min(days or 1e-9, least.get((row, column), np.inf))
    keys = list(least)
    matrix = csr_matrix(
        (list(least.values()), ([key[0] for key in keys], [key[1] for key in keys])),
        shape=(points + 1, points + 1),
    )
    try:
        bellman_ford(matrix, indices=points)
    except NegativeCycleError:
        return True
    return False


def best(work: Callable[[], object], repeat: int) -> float:
    """Return the least time of several runs, in seconds."""
    found = float("inf")
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        found = min(found, time.perf_counter() - start)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=120)
    parser.add_argument("--limits", type=int, default=420)
    parser.add_argument("--repeat", type=int, default=200)
    chosen = parser.parse_args()
    points = chosen.points
    for contradictory in (False, True):
        tell_network(points, network(points, chosen.limits, contradictory=contradictory), chosen)
    for example in ("minsk-2015", "ukraine-2025"):
        tell_case(example)


def tell_network(points: int, limits: list[Limit], chosen: argparse.Namespace) -> None:
    clash = bool(negative_circle(points, limits))
    if clash != by_scipy(points, limits):
        raise SystemExit("the ways of computing disagree")
    own = best(lambda: negative_circle(points, limits), chosen.repeat)
    scipy = best(lambda: by_scipy(points, limits), chosen.repeat // 10 + 1)
    print(f"{points} points, {len(limits)} limits, {'contradictory' if clash else 'can be met'}")
    print(f"  negative_circle    {own * 1e3:8.3f} ms")
    print(f"  scipy, own matrix  {scipy * 1e3:8.3f} ms  {scipy / own:5.1f} times")
    if not clash:
        windows = best(lambda: distances(points, limits, 0), chosen.repeat)
        print(f"  windows of all     {windows * 1e3:8.3f} ms")


def tell_case(example: str) -> None:
    case = load(example_folder(example))
    whole = best(lambda: lint_case(case), 5)
    print(f"lint of {example}, {len(case.norms)} norms: {whole * 1e3:.1f} ms")


if __name__ == "__main__":
    main()
