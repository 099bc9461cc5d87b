"""How likely is a norm kept, and when? What a simulation assumes, norm by norm.

What the case states for a norm comes first, then what was asked for it, its actor or its kind, then
a table of usual values. That table is a convention and not an estimate: it makes a first run
possible, and every line that was used is shown beside the results.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from detente.enactment.compiled import NEVER, Agreement, Kind, MomentKind, Norm, State

__all__ = [
    "USUAL",
    "Assumptions",
    "Behaviour",
    "Usual",
    "has_remedy",
    "suppose",
    "with_odds",
]

YEARS_KEPT = 10
"""A prohibition's probability is that of keeping it for so many years."""

_DAYS_OF_MONTH = 30.4375


@dataclass(frozen=True, slots=True)
class Usual:
    """What is assumed for a kind of norm of which nothing is stated.

    Parameters
    ----------
    probability
        That it is kept, used or comes about, without a verifier or a remedy.
    median_days
        Half of those that come have come by then, where there is no deadline to go by.
    words
        What the probability is of.
    """

    probability: float
    median_days: float
    words: str


USUAL: Mapping[Kind, Usual] = MappingProxyType(
    {
        Kind.DUTY: Usual(0.75, 365.0, "a duty is performed at all"),
        Kind.PROHIBITION: Usual(0.75, 0.0, f"a prohibition is kept for {YEARS_KEPT} years"),
        Kind.POWER: Usual(0.5, 365.0, "a power is used once it can be"),
        Kind.CAP: Usual(0.75, 0.0, f"a cap is kept for {YEARS_KEPT} years"),
        Kind.CONDITION: Usual(0.75, 180.0, "a condition comes about"),
    }
)
"""Conventions, not estimates."""

SHARE_OF_DEADLINE = 0.6
"""Where a deadline stands, half of those who perform have done so after this share of its time."""

SPREAD = 2.0
"""Factor between the median and one standard deviation of the logarithm of the delay."""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a simulation is told beside the case.

    Parameters
    ----------
    compliance, delay
        Probability, and median in days, by name of a norm, an actor or a kind; the first that fits
        in this order counts, and before what the case says.
    correlation
        Between norms of one actor: the share of the common shock in the variance, 0 to 1.
    verifier_factor, remedy_factor
        By how much a verifier, or a remedy, raises the odds that a norm is kept.
    grace
        Days for which a breach may stand without cure before the agreement counts as fallen.
    """

    compliance: tuple[tuple[str, float], ...] = ()
    delay: tuple[tuple[str, float], ...] = ()
    correlation: float = 0.2
    verifier_factor: float = 1.5
    remedy_factor: float = 1.5
    grace: int = 180


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What is assumed about one norm.

    Parameters
    ----------
    probability
        Of being kept, used or coming about, with its verifier and its remedy.
    median_days, spread
        Of the lognormal delay, where it comes.
    actor
        Place of the actor whose shock it shares: the first debtor or holder; NEVER without.
    verified, remedied
        Whether it has a verifier, and a remedy.
    origin, delay_origin
        Where the probability and the delay come from: ``case``, ``asked``, ``usual`` or
        ``deadline``.
    """

    probability: float
    median_days: float
    spread: float
    actor: int
    verified: bool
    remedied: bool
    origin: str
    delay_origin: str


def with_odds(probability: float, factor: float) -> float:
    """Return a probability after its odds were multiplied.

    Examples
    --------
    >>> round(with_odds(0.75, 1.5), 4), with_odds(1.0, 1.5), with_odds(0.0, 1.5)
    (0.8182, 1.0, 0.0)
    """
    return factor * probability / (1.0 - probability + factor * probability)


def has_remedy(agreement: Agreement, place: int) -> bool:
    """Whether anything follows from the breach of a norm, by effect or by trigger."""
    if agreement.norms[place].on_breach:
        return True
    return any(
        moment.kind is MomentKind.NORM
        and moment.ref == place
        and bool(moment.states >> State.VIOLATED & 1)
        for moment in agreement.moments
    )


def suppose(
    agreement: Agreement,
    assumptions: Assumptions,
    *,
    verified: Iterable[str] = (),
    reading: int = 0,
) -> tuple[Behaviour, ...]:
    """Return what is assumed about every norm.

    A probability that the case states, or that was asked for, is taken for the norm as it stands,
    with its verifier and remedy; a usual one is raised by the factors of those it has.

    Parameters
    ----------
    verified
        Ids of norms with a verifier.
    reading
        Place of the reading: where nobody holds a power, nobody uses it.

    Examples
    --------
    >>> from detente.enactment.compiled import Kind, Norm
    >>> from detente.enactment.dates import Period
    >>> pay = Norm("pay", "Pay", Kind.DUTY, trigger=0, due_within=Period(100))
    >>> agreement = Agreement(None, (pay,), (), ("signature", "entry-into-force"), ())
    >>> found = suppose(agreement, Assumptions(), verified=["pay"])[0]
    >>> round(found.probability, 3), found.median_days, found.origin
    (0.818, 60.0, 'usual')
    """
    checked = frozenset(verified)
    return tuple(
        _behaviour(agreement, place, assumptions, norm.id in checked, reading)
        for place, norm in enumerate(agreement.norms)
    )


def _behaviour(
    agreement: Agreement, place: int, assumptions: Assumptions, verified: bool, reading: int
) -> Behaviour:
    norm = agreement.norms[place]
    holders = norm.holders[reading] if norm.holders else None
    obliged = norm.debtors or tuple(sorted(holders or ()))
    actor = obliged[0] if obliged else NEVER
    names = (norm.id, *(agreement.actors[each] for each in obliged), norm.kind.name.lower())
    remedied = has_remedy(agreement, place)
    asked = _first(assumptions.compliance, names)
    if asked is not None:
        probability, origin = asked, "asked"
    elif norm.compliance is not None:
        probability, origin = norm.compliance, "case"
    else:
        probability, origin = USUAL[norm.kind].probability, "usual"
        if verified:
            probability = with_odds(probability, assumptions.verifier_factor)
        if remedied:
            probability = with_odds(probability, assumptions.remedy_factor)
    if norm.kind is Kind.POWER and holders is not None and not holders:
        probability = 0.0
    median, delay_origin = _delay(norm, _first(assumptions.delay, names))
    spread = SPREAD if norm.delay_spread is None else norm.delay_spread
    return Behaviour(
        probability, median, spread, actor, verified, remedied, origin, delay_origin
    )  # fmt: skip


def _delay(norm: Norm, asked: float | None) -> tuple[float, str]:
    if asked is not None:
        return asked, "asked"
    if norm.delay_median is not None:
        return norm.delay_median, "case"
    period = norm.due_within or norm.default or (norm.stages[0] if norm.stages else None)
    if period is not None and period.amount:
        days = period.amount * (_DAYS_OF_MONTH if period.months else 1.0)
        return SHARE_OF_DEADLINE * days, "deadline"
    return USUAL[norm.kind].median_days or 1.0, "usual"


def _first(given: tuple[tuple[str, float], ...], names: tuple[str, ...]) -> float | None:
    known = dict(given)
    return next((known[name] for name in names if name in known), None)
