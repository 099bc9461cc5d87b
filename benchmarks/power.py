"""Power indices beside a program in common use: one process, the same games, checked alike.

    python benchmarks/power.py [--output FILE]

Needs ``pip install powerindices==1.0.2``. Times are the least of five runs (of two above a second),
from weights in memory to all values. Where the other program overflows, that is told instead of a
time. Prints Markdown tables; FILE takes one JSON line for each run.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np

from detente.consent.formula import Voter, all_of, at_least, weighted
from detente.power.game import SimpleGame, game_of
from detente.power.indices import INDICES, find_power
from detente.power.tally import _count

UN_LIKE = [7] * 5 + [1] * 10
NICE = [29, 29, 29, 29, 27, 27, 14, 13, 12, 12, 12, 12, 12, 10, 10, 10]
NICE += [7] * 5 + [4] * 5 + [3]


def least(run: Callable[[], object]) -> float:
    """The least time of several runs, in seconds."""
    times = []
    for _ in range(5):
        _count.cache_clear()
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
        if times[-1] > 1.0 and len(times) > 1:
            break
    return min(times)


def game(quota: int, weights: list[int]) -> SimpleGame:
    names = [str(place) for place in range(len(weights))]
    return game_of(weighted(quota, weights, [Voter(name) for name in names]), names)


def federation(members: int, seed: int) -> SimpleGame:
    """Heads and population in tenths of a thousandth, and a clause: as in the EU since 2014."""
    generator = np.random.default_rng(seed)
    raw = generator.lognormal(0.0, 1.2, members)
    people = np.maximum((10_000 * raw / raw.sum()).astype(int), 1).tolist()
    voters = [Voter(str(place)) for place in range(members)]
    heads = -(-55 * members // 100)
    quota = -(-65 * sum(people) // 100)
    rule = all_of([at_least(heads, voters), weighted(quota, people, voters)])
    return game_of(at_least(1, [rule, at_least(members - 3, voters)]))


def other(quota: int, weights: list[int], kind: str) -> tuple[float, list[float]]:
    """Time and values of the other program."""
    import powerindices as px

    function = {
        "banzhaf_absolute": px.compute_pbi,
        "shapley_shubik": px.compute_ssi,
    }[kind]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values = [float(each) for each in function(quota, weights)]
        return least(lambda: function(quota, weights)), values


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path)
    arguments = parser.parse_args()
    generator = np.random.default_rng(190)
    games = {
        "Security Council": (39, UN_LIKE),
        "Nice votes": (255, NICE),
        "electoral college": None,
        "100 members": None,
        "190 members": None,
    }
    college = [
        55,
        38,
        29,
        29,
        20,
        20,
        18,
        16,
        16,
        15,
        14,
        13,
        12,
        11,
        11,
        11,
        11,
        10,
        10,
        10,
        10,
        9,
    ]
    college += [
        9,
        9,
        8,
        8,
        7,
        7,
        7,
        6,
        6,
        6,
        6,
        6,
        6,
        5,
        5,
        5,
        4,
        4,
        4,
        4,
        4,
        3,
        3,
        3,
        3,
        3,
        3,
        3,
        3,
    ]
    games["electoral college"] = (270, college)
    for members in (100, 190):
        weights = generator.integers(1, 51, members).tolist()
        games[f"{members} members"] = (sum(weights) // 2 + 1, weights)
    rows = []
    for name, (quota, weights) in games.items():
        for kind in ("banzhaf_absolute", "shapley_shubik"):
            built = game(quota, weights)
            ours = least(lambda built=built, kind=kind: find_power(built, [kind]))
            values = [float(each) for each in find_power(built, [kind]).indices[kind]]
            theirs, found = other(quota, weights, kind)
            right = bool(np.allclose(values, found, atol=1e-6))
            rows.append((name, len(weights), kind, ours, theirs, right))
    for members in (27, 35):
        built = federation(members, members)
        kinds = [key for key in INDICES if INDICES[key].needs != "critical"]
        ours = least(lambda built=built, kinds=kinds: find_power(built, kinds))
        rows.append(
            (f"{members} states, two weights and a clause", members, "all six", ours, None, None)
        )
    sys.stdout.write(
        "| game | members | index | Détente | powerindices | ratio |\n|---|---|---|---|---|---|\n"
    )
    for name, members, kind, ours, theirs, right in rows:
        beside = "" if theirs is None else f"{theirs:.4f} s" if right else "wrong (overflow)"
        ratio = f"{theirs / ours:.2g}" if theirs is not None and right else ""
        sys.stdout.write(f"| {name} | {members} | {kind} | {ours:.4f} s | {beside} | {ratio} |\n")
    if arguments.output:
        lines = (
            json.dumps(
                dict(zip(("game", "members", "index", "ours", "theirs", "agree"), row, strict=True))
            )
            for row in rows
        )
        arguments.output.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
