"""Agreements a second: event times solved for all runs at once, beside stepping through events.

Run ``python benchmarks/simulate.py [--runs 200000] [--slow 1000]``. The agreement has 60 norms over
ten years: 40 duties with deadlines of 14 to 730 days, some after others, 12 standing prohibitions,
and 8 powers that come from breaches and end up to 6 norms each. One process, one core, the best of
three. Beside it in the same run stand the step-by-step executor, which is a plain Python event
queue and must agree run by run, and simpy where it is installed, one process for every norm.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from heapq import heappop, heappush

import numpy as np

from detente.enactment.compiled import (
    Agreement,
    Effect,
    EffectKind,
    Kind,
    Moment,
    MomentKind,
    Norm,
    State,
)
from detente.enactment.dates import MINUTES, Period
from detente.enactment.run import run_agreement
from detente.simulate.behaviour import Assumptions, Behaviour, suppose
from detente.simulate.draws import FAR, act_tables, draw
from detente.simulate.outcomes import outcomes_of_lives
from detente.simulate.plan import Plan, make_plan
from detente.simulate.simulate import BATCH, batches, run_plan
from detente.simulate.solve import Solver
from detente.simulate.stepped import run_log

YEARS = 10
START = 20_089 * MINUTES
UNTIL = START + int(YEARS * 365.25) * MINUTES


def made_agreement(seed: int = 7) -> Agreement:
    """The agreement of 60 norms."""
    generator = np.random.default_rng(seed)
    moments = [Moment(MomentKind.EVENT, 1)]
    norms: list[Norm] = []
    for place in range(40):
        trigger = 0
        if place >= 10 and generator.random() < 0.5:
            bits = 1 << State.FULFILLED | 1 << State.CURED
            moments.append(Moment(MomentKind.NORM, int(generator.integers(place)), bits))
            trigger = len(moments) - 1
        days = int(generator.integers(14, 731))
        chance = float(generator.uniform(0.7, 0.98))
        norms.append(
            Norm(
                f"duty-{place}", "Duty", Kind.DUTY, (place % 4,), trigger=trigger,
                due_within=Period(days), compliance=chance, delay_median=days * 0.6,
            )
        )  # fmt: skip
    for place in range(12):
        norms.append(
            Norm(
                f"ban-{place}", "Prohibition", Kind.PROHIBITION, (place % 4,), trigger=0,
                compliance=float(generator.uniform(0.6, 0.95)),
            )
        )  # fmt: skip
    for place in range(8):
        moments.append(Moment(MomentKind.NORM, int(generator.integers(52)), 1 << State.VIOLATED))
        ended = generator.choice(52, int(generator.integers(1, 7)), replace=False)
        norms.append(
            Norm(
                f"power-{place}", "Power", Kind.POWER, (place % 4,), trigger=len(moments) - 1,
                on_performance=tuple(Effect(EffectKind.ENDS, int(each)) for each in ended),
                compliance=0.5, delay_median=60.0, holders=(None,),
            )
        )  # fmt: skip
    return Agreement(
        None, tuple(norms), tuple(moments), ("signature", "entry-into-force"),
        ("a", "b", "c", "d"), given=((1, START),), moment_names=("a moment",) * len(moments),
    )  # fmt: skip


def prepared(correlation: float) -> tuple[Plan, tuple[Behaviour, ...], Assumptions]:
    assumptions = Assumptions(correlation=correlation)
    plan = make_plan(made_agreement(), START, UNTIL)
    return plan, suppose(plan.agreement, assumptions), assumptions


def solved(runs: int, *, correlation: float = 0.0, timelines: bool = False) -> float:
    """Seconds for draws, times of all events, first breaches and falls of many runs."""
    plan, behaviours, assumptions = prepared(correlation)
    acts = act_tables(plan.agreement, behaviours)
    solver = Solver(plan, acts)
    kept = []
    start = time.perf_counter()
    for numbers in batches(behaviours, correlation, runs, 1):
        lives = solver.solve(numbers)
        outcomes_of_lives(lives, START, assumptions.grace)
        if timelines:
            kept.append(lives)
    return time.perf_counter() - start


def solved_with_states(runs: int) -> float:
    """Seconds for the same with shocks, and the states of all norms at the end of each year."""
    plan, behaviours, assumptions = prepared(0.2)
    marks = np.linspace(START, UNTIL, YEARS + 1).astype(np.int32)
    start = time.perf_counter()
    run_plan(plan, behaviours, assumptions, runs, 1, marks=marks)
    return time.perf_counter() - start


def stepped(runs: int) -> float:
    """Seconds for the executor with ready logs, and a check that both agree run by run."""
    plan, behaviours, _ = prepared(0.0)
    acts = act_tables(plan.agreement, behaviours)
    numbers = draw(behaviours, 0.0, runs, np.random.default_rng(1))
    lives = Solver(plan, acts).solve(numbers)
    logs = [run_log(plan, acts, numbers[:, run])[1] for run in range(runs)]
    start = time.perf_counter()
    ended = [run_agreement(plan.agreement, log, UNTIL) for log in logs]
    seconds = time.perf_counter() - start
    end = np.array(UNTIL, np.int32)
    for place, life in enumerate(lives.norms):
        mine = np.broadcast_to(life.state_at(end), (runs,)).tolist()
        assert mine == [int(run.live[place].state) for run in ended], place
    return seconds


def queued(runs: int) -> float:
    """Seconds for a bare event queue in plain Python that knows this one kind of agreement."""
    plan, behaviours, _ = prepared(0.0)
    acts = act_tables(plan.agreement, behaviours)
    numbers = draw(behaviours, 0.0, runs, np.random.default_rng(1))
    norms, moments = plan.agreement.norms, plan.agreement.moments
    delays = [
        [int(acts[place, number]) for place, number in enumerate(numbers[:, run])]
        for run in range(runs)
    ]
    after: dict[tuple[int, bool], list[int]] = {}
    for place, norm in enumerate(norms):
        moment = moments[norm.trigger]
        if moment.kind is MomentKind.NORM:
            broken = bool(moment.states >> State.VIOLATED & 1)
            after.setdefault((moment.ref, broken), []).append(place)
    at_start = [place for place, norm in enumerate(norms) if norm.trigger == 0]
    days = [0 if norm.due_within is None else norm.due_within.amount for norm in norms]
    start = time.perf_counter()
    for mine in delays:
        _queue_once(norms, mine, after, at_start, days)
    return time.perf_counter() - start


def _queue_once(
    norms: tuple[Norm, ...],
    delays: list[int],
    after: dict[tuple[int, bool], list[int]],
    at_start: list[int],
    days: list[int],
) -> list[int]:
    states = [0] * len(norms)
    queue: list[tuple[int, int, int]] = []

    def begin(place: int, now: int) -> None:
        if states[place]:
            return
        states[place] = 1
        day = now // MINUTES
        heappush(queue, (day * MINUTES + delays[place], 1, place))
        if days[place]:
            heappush(queue, ((day + days[place] + 1) * MINUTES, 0, place))

    for place in at_start:
        begin(place, START)
    while queue and queue[0][0] <= UNTIL:
        now, what, place = heappop(queue)
        kind = norms[place].kind
        if what == 0 and states[place] == 1:
            states[place] = 3
            broken = True
        elif what == 1 and states[place] in (1, 3):
            broken = kind is Kind.PROHIBITION
            states[place] = 3 if broken else 2
        else:
            continue
        for other in after.get((place, broken), ()):
            begin(other, now)
        if kind is Kind.POWER:
            for effect in norms[place].on_performance:
                if states[effect.norm] < 2:
                    states[effect.norm] = 7
    return states


def processed(runs: int) -> float | None:
    """Seconds for simpy with one process for each norm; None where it is not installed."""
    try:
        import simpy
    except ImportError:
        return None
    plan, behaviours, _ = prepared(0.0)
    acts = act_tables(plan.agreement, behaviours)
    numbers = draw(behaviours, 0.0, runs, np.random.default_rng(1))
    norms, moments = plan.agreement.norms, plan.agreement.moments

    def life(world, place, delay, states, done, broken):
        norm = norms[place]
        moment = moments[norm.trigger]
        if moment.kind is MomentKind.NORM:
            which = broken if moment.states >> State.VIOLATED & 1 else done
            yield which[moment.ref]
        if states[place] == 7:
            return
        states[place] = 1
        due = norm.due_within.amount * MINUTES if norm.due_within else FAR
        if delay > due:
            yield world.timeout(due)
            if states[place] != 1:
                return
            states[place] = 3
            broken[place].succeed()
            if delay >= FAR:
                return
        yield world.timeout(delay - min(delay, due) if states[place] == 3 else delay)
        if states[place] == 7:
            return
        if norm.kind is Kind.PROHIBITION:
            states[place] = 3
            broken[place].succeed()
            return
        states[place] = 2
        done[place].succeed()
        for effect in norm.on_performance:
            if states[effect.norm] < 2:
                states[effect.norm] = 7

    start = time.perf_counter()
    for run in range(runs):
        world = simpy.Environment()
        states = [0] * len(norms)
        done = [world.event() for _ in norms]
        broken = [world.event() for _ in norms]
        for place in range(len(norms)):
            delay = int(acts[place, numbers[place, run]])
            world.process(life(world, place, delay, states, done, broken))
        world.run(until=UNTIL - START)
    return time.perf_counter() - start


def best(run: Callable[[], float]) -> float:
    return min(run() for _ in range(3))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=16 * BATCH)
    parser.add_argument("--slow", type=int, default=1000)
    chosen = parser.parse_args()
    many, few = chosen.runs, chosen.slow
    rows: list[tuple[str, int, float | None]] = [
        ("event times solved, numpy", many, best(lambda: solved(many))),
        ("  with common shocks", many, best(lambda: solved(many, correlation=0.2))),
        ("  keeping all timelines", many, best(lambda: solved(many, timelines=True))),
        ("  shocks and states by year", many, best(lambda: solved_with_states(many))),
        ("bare event queue, plain Python", few, best(lambda: queued(few))),
        ("executor that explains, logs ready", few, best(lambda: stepped(few))),
        ("simpy, a process for each norm", few, processed(few)),
    ]
    first = many / (rows[0][2] or 1.0)
    print(f"60 norms, {YEARS} years, one core; agreements a second, and how many times slower")
    for name, runs, seconds in rows:
        if seconds is None:
            print(f"{name:36s} not installed")
            continue
        rate = runs / seconds
        print(f"{name:36s} {rate:>10,.0f} {rate * YEARS:>12,.0f} years/s {first / rate:>8.1f}")
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
