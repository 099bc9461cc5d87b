"""Rounds of the challenge model for many draws: all at once, one by one, and one actor at a time.

Run ``python benchmarks/forecast.py [--actors 32] [--rounds 10] [--draws 10000]``. The ways of
computing answer the same draws in the same run and must agree; the slower ones are given fewer
draws, and their time is told for as many as the fast one. One actor at a time is how the tests
check the others: plain Python, n^3 steps for every pair's votes.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from detente.forecast.challenge import play
from detente.forecast.issue import Inputs

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from forecast.slow import SlowChallenge

SEED = 20_251_120


def inputs_for(draws: int, actors: int) -> Inputs:
    generator = np.random.default_rng(SEED)
    return Inputs(
        generator.uniform(0.0, 100.0, (draws, actors)),
        generator.uniform(0.1, 1.0, actors),
        generator.uniform(0.1, 1.0, actors),
        0.0,
        100.0,
    )


def all_at_once(inputs: Inputs, rounds: int) -> np.ndarray:
    return play(inputs, rounds=rounds).positions


def one_by_one(inputs: Inputs, rounds: int) -> np.ndarray:
    found = [
        play(
            Inputs(own[None], inputs.salience, inputs.capability, inputs.low, inputs.high),
            rounds=rounds,
        ).positions[0]
        for own in inputs.positions
    ]
    return np.array(found)


def one_actor_at_a_time(inputs: Inputs, rounds: int) -> np.ndarray:
    found = []
    for own in inputs.positions:
        slow = SlowChallenge(own.tolist(), inputs.salience.tolist(), inputs.capability.tolist())
        for _ in range(rounds):
            slow.play()
        found.append(slow.positions)
    return np.array(found)


def timed(
    way: Callable[[Inputs, int], np.ndarray], inputs: Inputs, rounds: int
) -> tuple[np.ndarray, float]:
    start = time.perf_counter()
    found = way(inputs, rounds)
    return found, time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actors", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--draws", type=int, default=10_000)
    chosen = parser.parse_args()
    inputs = inputs_for(chosen.draws, chosen.actors)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found, fast = timed(all_at_once, inputs, chosen.rounds)
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"{chosen.draws:,} draws, {chosen.actors} actors, {chosen.rounds} rounds; "
        f"all at once needs {more:.0f} MB more than its input\n"
    )
    print("| way | draws run | s | s for all draws | ratio | agrees |")
    print("|---|---:|---:|---:|---:|---|")
    print(f"| all at once | {chosen.draws:,} | {fast:.2f} | {fast:.2f} | 1 | - |")
    for way, draws in ((one_by_one, min(500, chosen.draws)), (one_actor_at_a_time, 2)):
        part = Inputs(
            inputs.positions[:draws], inputs.salience, inputs.capability, inputs.low, inputs.high
        )
        answer, seconds = timed(way, part, chosen.rounds)
        agrees = np.isclose(answer, found[:draws], atol=1e-6).all(axis=1).mean()
        whole = seconds * chosen.draws / draws
        print(
            f"| {way.__name__.replace('_', ' ')} | {draws:,} | {seconds:.2f} | {whole:,.0f} "
            f"| {whole / fast:,.0f} | {agrees:.0%} of draws |"
        )


if __name__ == "__main__":
    main()
