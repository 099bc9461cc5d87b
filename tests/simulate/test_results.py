"""Results against closed forms, laws they obey, and what is refused."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

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
from detente.errors import RequestError
from detente.simulate.behaviour import Assumptions, has_remedy, suppose, with_odds
from detente.simulate.plan import make_plan
from detente.simulate.simulate import simulate
from detente.simulate.worth import find_worth, without_remedies

RUNS = 40_000
START = 20_089 * MINUTES


def agreement_of(*norms: Norm, moments: tuple[Moment, ...] = ()) -> Agreement:
    """Norms with the entry into force as moment 0."""
    every = (Moment(MomentKind.EVENT, 1), *moments)
    return Agreement(
        None,
        norms,
        every,
        ("signature", "entry-into-force"),
        ("north", "south"),
        given=((1, START),),
        moment_names=("a moment",) * len(every),
    )


def duty(name: str = "pay", chance: float = 0.8, **more: object) -> Norm:
    given = {"due_within": Period(90), "delay_median": 60.0, "delay_spread": 2.0, **more}
    return Norm(name, name, Kind.DUTY, (0,), trigger=0, compliance=chance, **given)


def close(found: float, exact: float) -> bool:
    """Within four standard errors of a share."""
    return abs(found - exact) <= 4 * math.sqrt(max(exact * (1 - exact), 1e-6) / RUNS)


def normal(value: float) -> float:
    return 0.5 * (1 + math.erf(value / math.sqrt(2)))


def test_a_duty_is_in_time_as_often_as_its_delay_says() -> None:
    found = simulate(agreement_of(duty()), START, years=3, runs=RUNS)
    in_time = 0.8 * normal(math.log(90 / 60) / math.log(2))
    assert close(found.unbroken()[-1], in_time)
    cured = 0.8 * normal(math.log((91 + 180) / 60) / math.log(2))
    assert close(found.standing()[-1], cured)


def test_a_prohibition_is_kept_at_a_constant_hazard() -> None:
    ban = Norm("ban", "Ban", Kind.PROHIBITION, (0,), trigger=0, compliance=0.6)
    found = simulate(agreement_of(ban), START, years=12, runs=RUNS)
    for year, share in enumerate(found.unbroken()):
        assert abs(share - 0.6 ** (year / 10)) < 0.012


def test_a_recurring_duty_is_missed_at_the_end_of_a_round() -> None:
    read = duty("read", 0.5, due_within=None, every=Period(30))
    found = simulate(agreement_of(read), START, years=10, runs=2000)
    broken = found.outcomes.first[found.outcomes.first <= found.plan.until]
    assert len(broken)
    assert set(((broken - START) // MINUTES - 1) % 30) == {0}


def test_where_all_is_certain_nothing_breaks() -> None:
    sure = Assumptions(compliance=(("duty", 1.0), ("prohibition", 1.0)))
    ban = Norm("ban", "Ban", Kind.PROHIBITION, (0,), trigger=0)
    agreement = agreement_of(duty(delay_median=5.0, delay_spread=1.0), ban)
    found = simulate(agreement, START, runs=1000, assumptions=sure)
    assert found.unbroken()[-1] == 1.0
    assert found.first_breach == {}


def test_shares_add_up() -> None:
    found = simulate(agreement_of(duty(), duty("other", 0.5)), START, runs=5000)
    assert math.isclose(sum(found.first_breach.values()), 1 - found.unbroken()[-1], abs_tol=1e-9)
    assert (found.states.sum(axis=2) == 5000).all()
    assert (np.diff(found.standing()) <= 0).all()
    assert (found.unbroken() <= found.standing()).all()


def test_a_seed_gives_the_same_runs_and_another_gives_others() -> None:
    agreement = agreement_of(duty(), duty("other", 0.5))
    one, same, other = (simulate(agreement, START, runs=3000, seed=seed) for seed in (1, 1, 2))
    assert one.outcomes.first.tolist() == same.outcomes.first.tolist()
    assert one.outcomes.first.tolist() != other.outcomes.first.tolist()


def test_more_compliance_is_never_worse_in_any_run() -> None:
    weak, strong = (
        simulate(
            agreement_of(duty(), duty("other", 0.5)),
            START,
            runs=3000,
            assumptions=Assumptions(compliance=(("duty", chance),)),
        )
        for chance in (0.4, 0.7)
    )
    assert (weak.outcomes.fall <= strong.outcomes.fall).all()


def test_a_common_shock_makes_norms_break_together() -> None:
    norms = [duty(f"d{place}", 0.7) for place in range(6)]
    shares = [
        simulate(
            agreement_of(*norms), START, runs=RUNS, assumptions=Assumptions(correlation=value)
        ).unbroken()[-1]
        for value in (0.0, 0.5, 1.0)
    ]
    assert shares[0] < shares[1] < shares[2]
    in_time = 0.7 * normal(math.log(90 / 60) / math.log(2))
    assert close(shares[0], in_time**6)
    assert close(shares[2], in_time)


def test_a_remedy_is_worth_what_its_factor_does() -> None:
    fine = Norm("fine", "Fine", Kind.POWER, (), compliance=0.0, remedy_only=True, holders=(None,))
    pay = duty(chance=None, on_breach=(Effect(EffectKind.STARTS, 1),), delay_spread=1.0)
    found = simulate(agreement_of(pay, fine), START, years=2, runs=20_000)
    worth = find_worth(found)
    assert [each.what for each in worth] == ["remedy"]
    exact = with_odds(0.75, 1.5) - 0.75
    assert abs(worth[0].standing - exact) < 4 * worth[0].standing_error
    independent = math.sqrt(2 * 0.8 * 0.2 / 20_000)
    assert worth[0].standing_error < independent / 1.5


def test_removing_a_remedy_removes_what_counts_from_the_breach() -> None:
    after = Moment(MomentKind.NORM, 0, 1 << State.VIOLATED)
    fine = replace(duty("fine"), trigger=1)
    agreement = agreement_of(duty(), fine, moments=(after,))
    assert has_remedy(agreement, 0)
    assert not has_remedy(without_remedies(agreement, [0]), 0)
    found = simulate(without_remedies(agreement, [0]), START, runs=500)
    assert (found.states[-1, 1, State.DORMANT]) == 500


def test_a_power_without_holder_is_not_used() -> None:
    power = Norm("p", "P", Kind.POWER, trigger=0, holders=(frozenset(),), compliance=1.0)
    assert suppose(agreement_of(power), Assumptions())[0].probability == 0.0


def test_what_is_asked_goes_before_the_case_and_norms_before_actors() -> None:
    agreement = agreement_of(duty(), duty("other"))
    asked = Assumptions(compliance=(("duty", 0.1), ("north", 0.2), ("pay", 0.3)))
    assert [each.probability for each in suppose(agreement, asked)] == [0.3, 0.2]


def test_duties_in_stages_are_stepped_through_and_it_is_said() -> None:
    staged = duty("staged", 1.0, due_within=None, stages=(Period(90), Period(90)),
                  extendable=(False, False), stage_ids=("one", "two"), delay_median=5.0,
                  delay_spread=1.0)  # fmt: skip
    found = simulate(agreement_of(staged), START, years=2, runs=20)
    assert found.stepped == 20
    assert "stage by stage" in (found.plan.stepped or "")
    assert found.states[-1, 0, State.FULFILLED] == 20


def test_a_simulation_needs_time() -> None:
    with pytest.raises(RequestError, match="at least one year"):
        make_plan(agreement_of(duty()), START, START)
