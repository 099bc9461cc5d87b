"""The graph model on growing conflicts, beside the dense matrices that textbooks use.

    python benchmarks/stability.py [--largest BITS] [--output FILE]

The baseline builds, for every decision maker, the matrix of which state reaches which, and finds
GMR and SEQ by products of such matrices (Xu, Hipel, Kilgour and Fang 2018); both are run on the
same games in the same process and must agree. Random strict rankings; a third of the states
infeasible and a third of the options one-way in the second table. Times are the least of three
runs below a second. Prints Markdown tables; FILE takes one JSON line for each run.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from pathlib import Path

import numpy as np

from detente.strategy.conflict import Conflict, Option, build_conflict
from detente.strategy.moves import movers
from detente.strategy.stability import find_stability

DENSE = 11


def random_conflict(bits: int, makers: int, *, bare: bool, seed: int) -> Conflict:
    """A conflict of yes or no options, shared out evenly."""
    generator = np.random.default_rng(seed)
    each = bits // makers
    ways = ["both"] * bits
    if not bare:
        ways = generator.choice(["both", "both", "forward"], bits).tolist()
    options = [Option(str(place), str(place), moves=ways[place]) for place in range(bits)]
    owners = [(str(m), list(range(m * each, (m + 1) * each))) for m in range(makers)]
    size = 2**bits
    feasible = np.ones(size, dtype=bool) if bare else generator.random(size) > 0.3
    ranks = np.array([generator.permutation(size) for _ in range(makers)])
    return build_conflict("random", options, owners, lambda _: feasible, lambda _: ranks)


def dense(conflict: Conflict) -> dict[str, list[int]]:
    """GMR and SEQ by matrices of states times states."""
    size = conflict.size
    people = movers(conflict)
    reach, better = [], []
    for mover in people:
        _, choices, low = conflict.line(mover.place)
        states = np.arange(size)
        own = (states // low) % choices
        matrix = np.zeros((size, size), dtype=np.float32)
        ends = (states - own * low)[:, None] + np.arange(choices) * low
        can = mover.allowed[own] & conflict.feasible[ends] & conflict.feasible[:, None]
        rows, columns = np.nonzero(can)
        matrix[rows, ends[rows, columns]] = 1.0
        reach.append(matrix)
        better.append(matrix * (mover.ranks[None, :] > mover.ranks[:, None]))
    found = {}
    for concept, moves in (("gmr", reach), ("seq", better)):
        stable = conflict.feasible.copy()
        for mover in people:
            others = sum(m for place, m in enumerate(moves) if place != mover.place)
            closure = np.minimum(others + np.eye(size, dtype=np.float32), 1.0)
            while True:
                after = np.minimum(closure @ closure, 1.0)
                if np.array_equal(after, closure):
                    break
                closure = after
            no_better = (mover.ranks[None, :] <= mover.ranks[:, None]).astype(np.float32)
            answered = (
                closure @ no_better.T
            ) > 0.0  # from an improvement to what regrets the start
            open_ones = (better[mover.place] > 0.0) & ~answered.T
            stable &= ~open_ones.any(axis=1)
        found[concept] = np.flatnonzero(stable).tolist()
    return found


def timed(run: object) -> tuple[float, object]:
    times = []
    result: object = None
    for _ in range(3):
        start = time.perf_counter()
        result = run()  # type: ignore[operator]
        times.append(time.perf_counter() - start)
        if times[-1] > 1.0:
            break
    return min(times), result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--largest", type=int, default=20)
    parser.add_argument("--output", type=Path)
    arguments = parser.parse_args()
    lines = []
    for bare in (True, False):
        title = "everything feasible and reversible" if bare else "with infeasible states, one-way"
        sys.stdout.write(
            f"\n{title}\n\n| states | decision makers | Détente | matrices | ratio |\n"
        )
        sys.stdout.write("|---|---|---|---|---|\n")
        for bits, makers in (
            (8, 4),
            (10, 5),
            (12, 4),
            (16, 4),
            (16, 8),
            (18, 6),
            (20, 4),
            (20, 10),
        ):
            if bits > arguments.largest:
                continue
            conflict = random_conflict(bits, makers, bare=bare, seed=bits)
            ours, found = timed(lambda conflict=conflict: find_stability(conflict))
            beside, ratio = "", ""
            if bits <= DENSE:
                theirs, expected = timed(lambda conflict=conflict: dense(conflict))
                for concept, states in expected.items():  # type: ignore[attr-defined]
                    assert found.equilibria(concept).tolist() == states, concept  # type: ignore[attr-defined]
                beside, ratio = f"{theirs:.3f} s", f"{theirs / ours:.0f}"
            sys.stdout.write(f"| 2^{bits} | {makers} | {ours:.3f} s | {beside} | {ratio} |\n")
            lines.append({"bits": bits, "makers": makers, "bare": bare, "seconds": ours})
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"\nPeak of the process: {peak:,.0f} MB.\n")
    if arguments.output:
        arguments.output.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
