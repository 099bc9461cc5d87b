"""Every model by name: what it is called, where it comes from, and the function that answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from detente.errors import RequestError
from detente.forecast import compromise, condorcet, median, nash
from detente.forecast.challenge import Rounds, play
from detente.forecast.issue import Array, Inputs, Issue
from detente.text.nearest import suggest

__all__ = [
    "BASELINES",
    "DEFAULT",
    "MODELS",
    "Answer",
    "Model",
    "Options",
    "choose_models",
    "part_of",
]

DEFAULT = "compromise"
"""The forecast; no other model is known to be better on the decisions scored here."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the challenge model can be told.

    Parameters
    ----------
    q
        Probability 0..1 that things stay as they are where nobody challenges.
    rounds
        How many rounds are played.
    offers
        Which compromise is accepted, see :mod:`detente.forecast.challenge`.
    progress
        Told what share is still to be done, from 1 to 0.
    """

    q: float = 1.0
    rounds: int = 10
    offers: str = "lowest"
    progress: Callable[[float], None] = field(default=lambda _: None, compare=False)


def part_of(progress: Callable[[float], None], place: int, count: int) -> Callable[[float], None]:
    """Return what tells how much of everything is left from what is left of one of ``count``.

    Examples
    --------
    >>> told = []
    >>> part_of(told.append, 1, 4)(0.5)
    >>> told
    [0.625]
    """
    return lambda left: progress(1.0 - (place + 1.0 - left) / count)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a model says: ``values`` ``(draws,)`` on the scale, and its rounds if it has any."""

    values: Array
    rounds: Rounds | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """One model.

    Parameters
    ----------
    id, label, source
        Its name in commands, what it is in a few words, and who described it.
    answer
        Gives its answer; None for position exchange, which needs several issues at once.
    needs_reference
        Whether it can answer only where there is a reference point.
    """

    id: str
    label: str
    source: str
    answer: Callable[[Inputs, Options], Answer] | None
    needs_reference: bool = False


def _plain(function: Callable[[Inputs], Array]) -> Callable[[Inputs, Options], Answer]:
    return lambda inputs, _: Answer(function(inputs))


def _challenge(inputs: Inputs, options: Options) -> Answer:
    rounds = play(
        inputs,
        rounds=options.rounds,
        q=options.q,
        offers=options.offers,
        progress=options.progress,
    )
    return Answer(rounds.medians[-1], rounds)


def _midpoint(inputs: Inputs) -> Array:
    return np.full(len(inputs.positions), (inputs.low + inputs.high) / 2.0)


def _reference(inputs: Inputs) -> Array:
    if inputs.reference is None:
        raise ValueError("this issue has no reference point")
    return np.full(len(inputs.positions), inputs.reference)


_BDM = "Bueno de Mesquita 1994; Scholz, Calbert and Smith 2011"

MODELS: tuple[Model, ...] = (
    Model(
        DEFAULT,
        "mean weighted by capability x salience",
        "Van den Bos 1991; Achen 2006",
        _plain(compromise.compromise),
    ),
    Model("mean", "mean of positions", "Achen 2006", _plain(compromise.mean)),
    Model(
        "salience-mean", "mean weighted by salience", "Achen 2006", _plain(compromise.salience_mean)
    ),
    Model("median", "median position", "Black 1948", _plain(median.median)),
    Model(
        "salience-median",
        "median weighted by salience",
        "Black 1948",
        _plain(median.salience_median),
    ),
    Model(
        "weighted-median",
        "median weighted by capability x salience",
        "Bueno de Mesquita 1994",
        _plain(median.power_median),
    ),
    Model(
        "nash",
        "Nash bargaining, disagreement worst for all",
        "Nash 1950; Schneider, Finke and Bailer 2010",
        _plain(nash.nash),
    ),
    Model(
        "nash-reference",
        "Nash bargaining, disagreement the reference point",
        "Nash 1950; Schneider, Finke and Bailer 2010",
        _plain(nash.nash_reference),
        needs_reference=True,
    ),
    Model("challenge", "expected utility (challenge) model", _BDM, _challenge),
    Model(
        "condorcet",
        "probabilistic Condorcet election",
        "Wise, Lester and Efird 2015",
        _plain(condorcet.condorcet),
    ),
    Model("exchange", "position exchange", "Stokman and Van Oosten 1994", None),
)
"""All models; the first is the forecast."""

BASELINES: tuple[Model, ...] = (
    Model("midpoint", "middle of the scale", "no model", _plain(_midpoint)),
    Model(
        "reference",
        "reference point: nothing changes",
        "no model",
        _plain(_reference),
        needs_reference=True,
    ),
    Model("proposal", "what was proposed at first", "no model", None),
)
"""What a model should be better than; in back-tests only."""


def choose_models(names: Sequence[str], issue: Issue, *, traded: bool = False) -> tuple[Model, ...]:
    """Return the models of these names; without names, all that can answer for the issue.

    Parameters
    ----------
    traded
        Whether the issue is bargained over together with another, so that exchange can answer.

    Raises
    ------
    RequestError
        If a name is unknown, or the model cannot answer for the issue.

    Examples
    --------
    >>> issue = Issue("tax", ("a", "b"), [20, 60], [50, 100], [1, 3], (0, 100))
    >>> [model.id for model in choose_models(["nash", "mean"], issue)]
    ['mean', 'nash']
    >>> choose_models(["exchange"], issue)
    Traceback (most recent call last):
    detente.errors.RequestError: 'exchange' needs a second issue with the same actors as 'tax'.
    """
    known = {model.id: model for model in MODELS}
    for name in names:
        if name not in known:
            raise RequestError(f"There is no model '{name}'{suggest(name, known)}")
    found = []
    for model in MODELS:
        if names and model.id not in names:
            continue
        lacking = ""
        if model.answer is None and not traded:
            lacking = f"a second issue with the same actors as '{issue.name}'."
        if model.needs_reference and issue.reference is None:
            lacking = f"a reference point; '{issue.name}' has none."
        if lacking and names:
            raise RequestError(f"'{model.id}' needs {lacking}")
        if not lacking:
            found.append(model)
    return tuple(found)
