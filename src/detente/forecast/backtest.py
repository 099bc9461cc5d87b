"""How far each model was from what was decided, and whether it is better than the mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from detente.errors import RequestError
from detente.forecast.draws import SEED
from detente.forecast.exchange import exchange
from detente.forecast.issue import Array, Issue, inputs_of
from detente.forecast.models import BASELINES, DEFAULT, MODELS, Model, Options, part_of
from detente.text.nearest import suggest

__all__ = ["BackTest", "Score", "back_test"]

RESAMPLES = 4000
"""How often proposals are drawn again for an interval of a difference."""

COVERED = 0.8


@dataclass(frozen=True, slots=True)
class Score:
    """How one model did; errors in hundredths of the scale.

    Parameters
    ----------
    id, label, source
        See :class:`detente.forecast.models.Model`.
    n
        Issues for which it could answer.
    mean_error, root_mean_square, median_error
        Of the absolute errors.
    crps
        Mean continuous ranked probability score of forecast and errors together, see
        :func:`back_test`; lower is better. None where there is one proposal only.
    coverage
        Share of outcomes within intervals of 80 % that were made without the issue's own proposal;
        None where there is one proposal only.
    difference, low, high
        Mean absolute error less that of the compromise mean on the same issues, with an interval of
        95 % over proposals drawn again; None for the compromise mean itself.
    """

    id: str
    label: str
    source: str
    n: int
    mean_error: float
    root_mean_square: float
    median_error: float
    crps: float | None
    coverage: float | None
    difference: float | None
    low: float | None
    high: float | None

    @property
    def better(self) -> bool:
        """Whether the whole interval of the difference lies below 0."""
        return self.high is not None and self.high < 0.0


@dataclass(frozen=True, slots=True)
class BackTest:
    """How all models did on the same decisions.

    Parameters
    ----------
    scores
        One for each model and baseline that could answer at all.
    issues, proposals
        How many decisions were scored, and in how many negotiations they were taken.
    left_out
        Issues that are not scored, having no outcome.
    seed
        Where the draws of proposals started.
    """

    scores: tuple[Score, ...]
    issues: int
    proposals: int
    left_out: int
    seed: int

    @property
    def verdict(self) -> str:
        """One sentence that says whether any model beats the compromise mean."""
        better = [score.id for score in self.scores if score.better]
        if not better:
            return (
                "No model is known to beat the compromise mean here: no interval of a difference "
                "lies wholly below 0."
            )
        return (
            f"Here the interval of the difference lies below 0 for {', '.join(better)}; of many "
            "models compared, one in forty does so by luck."
        )

    def score(self, name: str) -> Score:
        """Return the score of one model by name."""
        return next(score for score in self.scores if score.id == name)


def back_test(
    issues: Sequence[Issue],
    *,
    models: Sequence[str] = (),
    options: Options | None = None,
    seed: int = SEED,
) -> BackTest:
    """Return how far every model was from the outcomes.

    The predictive distribution that the CRPS (Gneiting and Raftery 2007) judges is the forecast
    plus and minus every absolute error of the same model on other proposals, clipped to the scale.

    Parameters
    ----------
    issues
        Decisions with their outcomes; those without are left out, and counted.
    models
        Names of models to be scored besides the compromise mean; all, and baselines, if empty.
    seed
        Where the draws of proposals start.

    Raises
    ------
    RequestError
        If no issue has an outcome, or a model is unknown.

    Examples
    --------
    >>> def issue(name, outcome):
    ...     return Issue(name, ("a", "b"), [0, 100], [50, 50], [1, 3], (0, 100), outcome=outcome)
    >>> found = back_test([issue("one", 75.0), issue("two", 55.0)], models=["mean"])
    >>> [(score.id, score.mean_error) for score in found.scores]
    [('compromise', 10.0), ('mean', 15.0)]
    """
    scored = [issue for issue in issues if issue.outcome is not None]
    if not scored:
        raise RequestError("No issue has an outcome; without outcomes nothing can be scored.")
    known = [model.id for model in (*MODELS, *BASELINES)]
    for name in models:
        if name not in known:
            raise RequestError(f"There is no model '{name}'{suggest(name, known)}")
    wanted = [m for m in (*MODELS, *BASELINES) if not models or m.id in (DEFAULT, *models)]
    names = [issue.proposal or issue.name for issue in scored]
    groups = np.unique(names, return_inverse=True)[1]
    outcomes = np.array([_share(issue, issue.outcome) for issue in scored])
    answers = {model.id: _answers(model, scored, options or Options()) for model in wanted}
    base = np.abs(answers[DEFAULT] - outcomes)
    scores = []
    for model in wanted:
        answered = ~np.isnan(answers[model.id])
        if answered.any():
            scores.append(
                _score(model, answers[model.id], outcomes, groups, seed)(
                    None if model.id == DEFAULT else base
                )
            )
    return BackTest(
        tuple(scores), len(scored), int(groups.max()) + 1, len(issues) - len(scored), seed
    )


def _share(issue: Issue, value: float | None) -> float:
    """A place of the scale in hundredths of it; not a number where there is none."""
    return np.nan if value is None else 100.0 * (value - issue.scale[0]) / issue.width


def _answers(model: Model, issues: Sequence[Issue], options: Options) -> Array:
    """What a model says of every issue, ``(issues,)``, in hundredths of the scale."""
    if model.id == "proposal":
        return np.array([_share(issue, issue.proposed) for issue in issues])
    if model.id == "exchange":
        return _exchanged(issues)
    found = np.full(len(issues), np.nan)
    for place, issue in enumerate(issues):
        if model.answer is not None and not (model.needs_reference and issue.reference is None):
            own = replace(options, progress=part_of(options.progress, place, len(issues)))
            found[place] = _share(issue, float(model.answer(inputs_of(issue), own).values[0]))
    return found


def _exchanged(issues: Sequence[Issue]) -> Array:
    """Outcomes of exchange, among the issues of each proposal."""
    found = np.empty(len(issues))
    places: dict[str, list[int]] = {}
    for place, issue in enumerate(issues):
        places.setdefault(issue.proposal or issue.name, []).append(place)
    for own in places.values():
        for place, outcome in zip(own, exchange([issues[p] for p in own]), strict=True):
            found[place] = _share(issues[place], outcome)
    return found


def _score(
    model: Model, answers: Array, outcomes: Array, groups: NDArray[np.int64], seed: int
) -> Callable[[Array | None], Score]:
    """The score of a model, once it is told the errors of the compromise mean."""
    some = ~np.isnan(answers)
    said, true, group = answers[some], outcomes[some], groups[some]
    errors = np.abs(said - true)
    crps, covered = _distribution(said, true, group)

    def told(base: Array | None) -> Score:
        difference = None if base is None else errors - base[some]
        interval = (None, None) if difference is None else _interval(difference, group, seed)
        return Score(
            model.id,
            model.label,
            model.source,
            n=len(errors),
            mean_error=float(errors.mean()),
            root_mean_square=float(np.sqrt((errors**2).mean())),
            median_error=float(np.median(errors)),
            crps=crps,
            coverage=covered,
            difference=None if difference is None else float(difference.mean()),
            low=interval[0],
            high=interval[1],
        )

    return told


def _distribution(
    said: Array, true: Array, group: NDArray[np.int64]
) -> tuple[float | None, float | None]:
    """CRPS and coverage with the errors on other proposals; None where there are no others."""
    errors = np.abs(said - true)
    if len(np.unique(group)) < 2:
        return None, None
    scores, inside = np.empty(len(said)), np.empty(len(said), dtype=bool)
    for own in np.unique(group):
        others = errors[group != own]
        reach = np.quantile(others, COVERED)
        for place in np.flatnonzero(group == own):
            inside[place] = errors[place] <= reach + 1e-9
            both = np.concatenate([said[place] - others, said[place] + others])
            scores[place] = _crps(np.clip(both, 0.0, 100.0), float(true[place]))
    return float(scores.mean()), float(inside.mean())


def _crps(sample: Array, outcome: float) -> float:
    """Continuous ranked probability score of a sample: E|X - y| - E|X - X'| / 2."""
    rising = np.sort(sample)
    count = len(rising)
    rank = 2.0 * np.arange(1, count + 1) - count - 1.0
    return float(np.abs(rising - outcome).mean() - (rank * rising).sum() / count**2)


def _interval(difference: Array, group: NDArray[np.int64], seed: int) -> tuple[float, float]:
    """95 % of the mean difference where proposals are drawn again, each with all its issues."""
    _, own = np.unique(group, return_inverse=True)
    count = int(own.max()) + 1
    sums, sizes = np.bincount(own, difference), np.bincount(own)
    drawn = np.random.default_rng(seed).multinomial(count, np.full(count, 1 / count), RESAMPLES)
    low, high = np.quantile(drawn @ sums / (drawn @ sizes), [0.025, 0.975])
    return float(low), float(high)
