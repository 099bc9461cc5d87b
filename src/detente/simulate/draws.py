"""Random numbers of the runs: one whole number for every norm, that says whether and when.

A number from 0 to 65,535 is the share of cases that do better, finely enough to tell one in 65,536.
A table for every norm turns it into the time of its act: for a duty, a power or a condition the
performance, for a prohibition or a cap the breach, for a recurring duty the day from which it is
missed, for a default the decision against it. Small numbers are the better ones throughout, so that
the same numbers under two agreements make a fair pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from detente.enactment.compiled import Agreement, Kind, Norm
from detente.enactment.dates import MINUTES
from detente.simulate.behaviour import YEARS_KEPT, Behaviour

__all__ = ["FAR", "LEVELS", "NONE", "SEED", "Numbers", "Times", "act_tables", "draw"]

SEED = 20_251_120
"""Where the draws start unless another seed is given."""

LEVELS = 65_536

FAR = 372_827 * MINUTES
"""A time that never comes, in minutes since 1970: a midnight some nine centuries from now."""

_LONGEST = 36_500

_FINENESS = np.float32(12_000.0)
"""Steps of a normal score for which its share is kept in a table: nine times faster."""

Numbers = NDArray[np.uint16]
Times = NDArray[np.int32]

NONE: Times = np.array(FAR, np.int32)
"""The time of what never comes, in any run."""


def is_hazard(norm: Norm) -> bool:
    """Whether the act is a breach that may come on any day."""
    return norm.kind in (Kind.PROHIBITION, Kind.CAP) or norm.every is not None


def act_tables(agreement: Agreement, behaviours: Sequence[Behaviour]) -> Times:
    """Return when each norm's act comes for every number, ``(norms, 65536) int32``.

    In minutes after the beginning of the day on which the norm came into force; FAR where it never
    comes. Acts come on the day after at the earliest, and each norm has a minute of the day of its
    own, so that no two entries of a log fall together.

    Examples
    --------
    >>> from detente.enactment.compiled import Norm
    >>> from detente.simulate.behaviour import Assumptions, suppose
    >>> pay = Norm("pay", "Pay", Kind.DUTY, trigger=0, compliance=0.5, delay_median=30.0)
    >>> agreement = Agreement(None, (pay,), (), ("signature", "entry-into-force"), ())
    >>> table = act_tables(agreement, suppose(agreement, Assumptions()))
    >>> table[0, LEVELS // 4] // MINUTES, bool((table[0, LEVELS // 2 :] == FAR).all())
    (np.int32(31), True)
    """
    shares = (np.arange(LEVELS) + 0.5) / LEVELS
    found = np.empty((len(agreement.norms), LEVELS), np.int32)
    for place, (norm, behaviour) in enumerate(zip(agreement.norms, behaviours, strict=True)):
        days = _days(norm, behaviour, shares)
        minutes = np.ceil(np.clip(days, 1.0, _LONGEST)) * MINUTES + 1 + place
        found[place] = np.where(days <= _LONGEST, minutes, FAR)
    return found


def _days(norm: Norm, behaviour: Behaviour, shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Days until the act by the share of cases that do better; infinite where it never comes."""
    chance = behaviour.probability
    if norm.stages and norm.kind is Kind.CONDITION:
        return np.full(shares.shape, np.inf)  # it passes by time alone
    if is_hazard(norm):
        if chance <= 0.0 or chance >= 1.0:
            return np.full(shares.shape, np.inf if chance else 1.0)
        kept: NDArray[np.float64] = YEARS_KEPT * 365.25 * np.log(shares) / np.log(chance)
        return kept
    if norm.default is not None:  # the act is a decision against it
        within, part = shares >= chance, (shares - chance) / max(1.0 - chance, 1e-12)
    else:
        within, part = shares < chance, shares / max(chance, 1e-12)
    delay = behaviour.median_days * behaviour.spread ** ndtri(np.clip(part, 1e-9, 1.0 - 1e-9))
    found: NDArray[np.float64] = np.where(within, delay, np.inf)
    return found


def draw(
    behaviours: Sequence[Behaviour],
    correlation: float,
    runs: int,
    generator: np.random.Generator,
) -> Numbers:
    """Return a number for every norm and run, ``(norms, runs) uint16``.

    Norms of one actor share a shock: their normal scores are ``sqrt(correlation)`` times a common
    one plus ``sqrt(1 - correlation)`` times one of their own, to 1/12,000 of a standard deviation.

    Examples
    --------
    >>> from detente.simulate.behaviour import Behaviour
    >>> one = Behaviour(0.5, 30.0, 2.0, 0, False, False, "case", "case")
    >>> numbers = draw([one, one], 0.5, 200_000, np.random.default_rng(1)) < LEVELS // 2
    >>> both = numbers.all(axis=0).mean()
    >>> round(float(both), 2)  # 1/4 + arcsin(1/2) / (2 pi)
    0.33
    """
    norms = len(behaviours)
    numbers = _whole_numbers(norms * runs, generator).reshape(norms, runs)
    if correlation <= 0.0:
        return numbers
    actors = sorted({each.actor for each in behaviours})
    shocks = dict(
        zip(actors, generator.standard_normal((len(actors), runs), np.float32), strict=True)
    )
    scores, shares = _scores(), _shares()
    common = np.float32(np.sqrt(correlation)) * _FINENESS
    own = np.float32(np.sqrt(1.0 - correlation)) * _FINENESS
    for place, behaviour in enumerate(behaviours):
        if behaviour.actor < 0:
            continue  # nobody's norm shares nobody's shock
        score = scores.take(numbers[place].astype(np.intp))
        score *= own
        score += common * shocks[behaviour.actor] + np.float32(LEVELS)
        numbers[place] = shares.take(score.astype(np.intp), mode="clip")
    return numbers


def _whole_numbers(size: int, generator: np.random.Generator) -> Numbers:
    words = generator.integers(0, 2**64 - 1, -(-size // 4), np.uint64, endpoint=True)
    return words.view(np.uint16)[:size]


@cache
def _scores() -> NDArray[np.float32]:
    """Normal score of every number: an own shock without drawing a normal number."""
    found: NDArray[np.float32] = ndtri((np.arange(LEVELS) + 0.5) / LEVELS).astype(np.float32)
    return found


@cache
def _shares() -> Numbers:
    """Number of every normal score in steps of 1/12,000, from -5.4 to 5.4."""
    steps = (np.arange(2 * LEVELS) - LEVELS + 0.5) / float(_FINENESS)
    found: Numbers = np.minimum(ndtr(steps) * LEVELS, LEVELS - 1).astype(np.uint16)
    return found
