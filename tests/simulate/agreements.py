"""Small agreements of every sort, and both ways of running them."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from detente.enactment.compiled import (
    NEVER,
    Agreement,
    Effect,
    EffectKind,
    Guard,
    Kind,
    Moment,
    MomentKind,
    Norm,
    State,
)
from detente.enactment.dates import MINUTES, Calendar, Period, read_instant
from detente.simulate.behaviour import Assumptions, suppose
from detente.simulate.draws import FAR, act_tables, draw
from detente.simulate.lives import Lives
from detente.simulate.plan import Plan, make_plan
from detente.simulate.solve import Solver
from detente.simulate.stepped import run_log

START = read_instant("2025-01-31", "UTC")
DAY = START // MINUTES

_PERIODS = st.builds(
    Period,
    st.integers(0, 60),
    business=st.booleans(),
    include_first=st.booleans(),
) | st.builds(
    Period, st.integers(1, 3), months=st.just(True), round=st.sampled_from(["up", "down"])
)
_STATES = [
    1 << State.FULFILLED | 1 << State.CURED,
    1 << State.VIOLATED,
    1 << State.IN_FORCE,
    1 << State.LAPSED | 1 << State.VOID,
]


@st.composite
def agreements(draw_from: st.DrawFn, most: int = 6, *, marks: bool = True) -> Agreement:
    """Agreements of up to ``most`` norms; with ``marks`` also what has to be stepped through."""
    size = draw_from(st.integers(1, most))
    moments: list[Moment] = []

    def moment(norm: int, deep: int = 1) -> int:
        kinds = list(MomentKind) if deep else [MomentKind.EVENT, MomentKind.NORM, MomentKind.DATE]
        kind = draw_from(st.sampled_from(kinds))
        added = draw_from(st.just(Period()) | _PERIODS)
        if kind is MomentKind.EVENT:
            made = Moment(kind, draw_from(st.sampled_from([1, 1, 2, 3])), added=added)
        elif kind is MomentKind.NORM:
            ref = draw_from(st.integers(0, size - 1))
            made = Moment(kind, ref, draw_from(st.sampled_from(_STATES)), added=added)
        elif kind is MomentKind.DATE:
            made = Moment(kind, DAY + draw_from(st.integers(-40, 400)), added=added)
        else:
            parts = tuple(moment(norm, 0) for _ in range(draw_from(st.integers(1, 2))))
            made = Moment(kind, parts=parts, added=added)
        moments.append(made)
        owners.append(norm)
        return len(moments) - 1

    owners: list[int] = []
    norms = tuple(_norm(draw_from, place, size, moment, marks=marks) for place in range(size))
    return Agreement(
        None,
        norms,
        tuple(moments),
        ("signature", "entry-into-force", "visit", "never"),
        ("north", "south"),
        given=((1, START), (2, START + draw_from(st.integers(0, 200)) * MINUTES)),
        calendar=Calendar("UTC", frozenset({DAY + 5})),
        moment_names=("a moment",) * len(moments),
        moment_of=tuple(owners),
    )


def _norm(draw_from, place: int, size: int, moment, *, marks: bool) -> Norm:
    def maybe(chance: int) -> bool:
        return draw_from(st.integers(1, chance)) == 1

    kind = draw_from(st.sampled_from(list(Kind)))
    timed = draw_from(st.sampled_from(["due", "due", "every", "stages", "default", "none"]))
    if timed == "stages" and kind not in (Kind.CONDITION, Kind.POWER):
        timed = "due"
    if timed == "default" and kind in (Kind.PROHIBITION, Kind.CAP):
        timed = "none"
    kinds = list(EffectKind) if marks else [EffectKind.ENDS, EffectKind.VOIDS]
    effect = st.builds(Effect, st.sampled_from(kinds), st.integers(0, size - 1))
    guard = st.builds(Guard, st.integers(0, size - 1), st.sampled_from(_STATES)) | st.builds(
        Guard, st.just(NEVER), st.just(0), st.integers(1, 3), st.booleans()
    )
    return Norm(
        f"n{place}",
        f"Norm {place}",
        kind,
        (draw_from(st.integers(0, 1)),),
        trigger=NEVER if maybe(6) else moment(place),
        guards=tuple(draw_from(st.lists(guard, max_size=2))) if maybe(4) else (),
        requires=(moment(place),) if maybe(6) else (),
        due=moment(place) if timed == "due" and maybe(4) else NEVER,
        due_within=draw_from(_PERIODS) if timed == "due" else None,
        include_last=draw_from(st.booleans()),
        every=Period(draw_from(st.integers(5, 90))) if timed == "every" else None,
        until=moment(place) if timed == "every" and maybe(3) else NEVER,
        stages=(Period(5), Period(9)) if timed == "stages" else (),
        extendable=(True, False) if timed == "stages" else (),
        stage_ids=("first", "second") if timed == "stages" else (),
        default=draw_from(_PERIODS) if timed == "default" else None,
        default_unless=2 if timed == "default" and maybe(2) else NEVER,
        ends=moment(place) if maybe(4) else NEVER,
        clock_stops=draw_from(st.booleans()),
        cure_within=draw_from(_PERIODS) if maybe(3) else None,
        cure_ends_remedies=maybe(3),
        on_breach=tuple(draw_from(st.lists(effect, max_size=2))),
        on_performance=tuple(draw_from(st.lists(effect, max_size=2))),
        best_efforts=maybe(5),
        holders=(None,),
        compliance=draw_from(st.sampled_from([0.05, 0.5, 0.9])),
        delay_median=draw_from(st.sampled_from([3.0, 20.0, 80.0])),
    )


def both(agreement: Agreement, runs: int = 8, seed: int = 1, days: int = 500):
    """Return the plan, the lives of all runs, and every run by the executor."""
    plan = make_plan(agreement, START, START + days * MINUTES)
    behaviours = suppose(plan.agreement, Assumptions())
    acts = act_tables(plan.agreement, behaviours)
    numbers = draw(behaviours, 0.3, runs, np.random.default_rng(seed))
    lives = Solver(plan, acts).solve(numbers)
    return plan, lives, [run_log(plan, acts, numbers[:, run])[0] for run in range(runs)]


def differences(plan: Plan, lives: Lives, stepped: list) -> list[tuple[int, str, str]]:
    """Return where solved runs end otherwise than stepped ones: states, and days of breach."""
    found = []
    end = np.array(plan.until, np.int32)
    for run, other in enumerate(stepped):
        if lives.unsolved[run]:
            continue
        for place, (norm, life) in enumerate(zip(plan.agreement.norms, lives.norms, strict=True)):
            runs = lives.unsolved.shape
            state = State(int(np.broadcast_to(life.state_at(end), runs)[run])).label
            broken = int(np.broadcast_to(life.broken, runs)[run])
            breaches = [s.moment for s in other.steps if s.norm == place and s.breach]
            mine = (state, None if broken >= FAR else broken)
            theirs = (other.live[place].state.label, breaches[0] if breaches else None)
            if mine != theirs:
                found.append((run, norm.id, f"solved {mine}, stepped {theirs}"))
    return found
