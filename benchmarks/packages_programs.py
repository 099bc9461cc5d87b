"""Both programs on the same numbers: calls, clock, memory, and whether the answers agree."""

from __future__ import annotations

import contextlib
import math
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from detente.packages.frontier import Frontier, find_frontier
from detente.packages.solutions import Solutions, find_solutions
from detente.packages.space import Space, build_space

try:
    from negmas import make_issue, make_os
    from negmas.preferences import LinearAdditiveUtilityFunction
    from negmas.preferences.ops import kalai_points, nash_points, pareto_frontier
    from negmas.preferences.pareto_sampler import MOBANOSParetoSampler
    from negmas.preferences.value_fun import TableFun
except ImportError:
    print("This benchmark needs NegMAS: pip install negmas==0.16.0", file=sys.stderr)
    raise SystemExit(2) from None

NOISE = 1e-9
"""Share of a party's range within which two utilities are the same number in floats."""
ALONE = 60.0
"""Seconds after which a search of Détente ends and says what it has proven."""
NAMED = ("nash", "egalitarian")
Values = list[list[list[str | int]]]
"""``values[party][point][option]``: decimals as text, or whole numbers; both programs read them."""


class OutOfTimeError(BaseException):
    """The limit for one run is reached; not an ``Exception``, which the peer would catch."""


@dataclass(frozen=True)
class Timed:
    """What a call returned, its times and the memory it took on top of what was held."""

    answer: Any
    seconds: tuple[float, ...]
    megabytes: float | None

    @property
    def least(self) -> float:
        return min(self.seconds)


@dataclass(frozen=True)
class Agreement:
    """How the points that the peer lists compare with ours, which are exact."""

    same: int
    """Ours that the peer lists."""
    twins: int
    """Listed again: equal, or different only by the noise of floats."""
    noise: int
    """Dominated by less than that noise, and so not on the frontier."""
    wrong: int
    """Neither ours nor explained by noise."""
    missing: int
    """Ours that the peer does not list."""

    def __str__(self) -> str:
        found = "same" if not self.wrong and not self.missing else "DIFFERENT"
        extra = [f"{n} {w}" for w, n in asdict(self).items() if n and w != "same"]
        return f"{found} ({', '.join(extra)})" if extra else found


# --- clock and memory ---


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise OutOfTimeError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def held(key: str) -> float:
    """Memory of this process in MB as the system counts it."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(key):
            return int(line.split()[1]) / 1024
    raise OSError(key)


def timed(call: Callable[[], Any]) -> Timed:
    """The answer of the fastest run, and the times of as many runs as are worth making."""
    before: float | None
    try:
        Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew
        before = held("VmRSS")
    except OSError:
        before = None
    start = time.perf_counter()
    answer = call()
    seconds = [time.perf_counter() - start]
    memory = None if before is None else max(held("VmHWM") - before, 0.0)
    for _ in range(4 if seconds[0] < 1 else 1 if seconds[0] < 10 else 0):
        start = time.perf_counter()
        again = call()
        seconds.append(time.perf_counter() - start)
        if seconds[-1] == min(seconds):
            answer = again
    return Timed(answer, tuple(seconds), memory)


@dataclass(frozen=True)
class Ours:
    """What Détente finds, and the seconds of each step."""

    space: Space
    frontier: Frontier | None
    solutions: Solutions | None
    steps: dict[str, float]


def ours(
    make: Callable[[], Space],
    *,
    frontier: bool = True,
    names: Sequence[str] = NAMED,
    above_reservation: bool = False,
) -> Ours:
    clock = [time.perf_counter()]
    space = make()
    clock.append(time.perf_counter())
    found = None
    if frontier:
        found = find_frontier(space, above_reservation=above_reservation, seconds=ALONE)
    clock.append(time.perf_counter())
    solutions = find_solutions(space, names, frontier=found, seconds=ALONE) if names else None
    clock.append(time.perf_counter())
    steps = dict(zip(("space", "frontier", "solutions"), np.diff(clock).tolist(), strict=True))
    return Ours(space, found, solutions, steps)


def space_of(values: Values) -> Space:
    return build_space(
        points={f"p{k}": [f"o{o}" for o in range(len(v))] for k, v in enumerate(values[0])},
        parties=[f"party {k}" for k in range(len(values))],
        values=values,
    )


def functions_of(values: Values) -> tuple[Any, ...]:
    """The same numbers as utility functions of the peer."""
    issues = [
        make_issue([f"o{o}" for o in range(len(v))], name=f"p{k}") for k, v in enumerate(values[0])
    ]
    space = make_os(issues)
    return tuple(
        LinearAdditiveUtilityFunction(
            values={
                issue.name: TableFun({f"o{o}": float(v) for o, v in enumerate(point)})
                for issue, point in zip(issues, party, strict=True)
            },
            outcome_space=space,
            reserved_value=-math.inf,
        )
        for party in values
    )


@dataclass(frozen=True)
class Theirs:
    frontier: Sequence[Sequence[float]]
    nash: Sequence[Sequence[float]] = ()
    kalai: Sequence[Sequence[float]] = ()


def list_all(functions: Sequence[Any]) -> Theirs:
    space = functions[0].outcome_space
    frontier, _ = pareto_frontier(functions, issues=space.issues)
    nash = nash_points(functions, frontier, outcome_space=space)
    kalai = kalai_points(functions, frontier, outcome_space=space)
    return Theirs(frontier, [point for point, _ in nash], [point for point, _ in kalai])


def sample_exactly(functions: Sequence[Any]) -> Theirs:
    sampler = MOBANOSParetoSampler()
    sampler.init(*functions)
    packages = sampler.pareto_outcomes()
    return Theirs([[float(function(package)) for function in functions] for package in packages])


def agreement(space: Space, found: Frontier, theirs: Theirs) -> Agreement:
    mine = np.array([[float(u) for u in point.utilities] for point in found], dtype=float)
    listed = np.array(theirs.frontier, dtype=float)
    if not len(mine) or not len(listed):
        return Agreement(0, 0, 0, len(listed), len(mine))
    width = NOISE * np.array(
        [
            max(float(unit * (high - low)), NOISE)
            for unit, (low, high) in zip(space.unit, space.bounds, strict=True)
        ]
    )
    hit: set[int] = set()
    twins = noise = wrong = 0
    for row in listed:
        near = np.flatnonzero((np.abs(mine - row) <= width).all(axis=1))
        if len(near):
            twins += all(int(place) in hit for place in near)
            hit.update(near.tolist())
        elif (mine >= row - width).all(axis=1).any():
            noise += 1
        else:
            wrong += 1
    return Agreement(len(hit), twins, noise, wrong, len(mine) - len(hit))


def solutions_agree(solutions: Solutions, theirs: Theirs) -> str:
    """Whether the peer's points are as good, by the measure of each solution."""
    zero = [float(each) for each in solutions.no_agreement]
    measures = {"nash": (math.prod, theirs.nash), "egalitarian": (min, theirs.kalai)}
    told = []
    for name, (measure, points) in measures.items():
        best = max(
            (measure([u - z for u, z in zip(p, zero, strict=True)]) for p in points), default=0
        )
        value = solutions[name].value
        alike = math.isclose(float(value or 0), best, rel_tol=1e-9, abs_tol=1e-9)
        told.append(
            f"{'Kalai' if name == 'egalitarian' else 'Nash'} {'same' if alike else 'OTHER'}"
        )
    return ", ".join(told)
