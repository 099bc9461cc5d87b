"""How the verdict moves when one assumption moves by one step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from detente.assess.outlook import Outlook
from detente.case.records import Draft
from detente.consent.formula import voters_in
from detente.consent.joint import chance_of

__all__ = ["Shift", "shifts"]


@dataclass(frozen=True, slots=True)
class Shift:
    """The verdict on one draft after one assumption was moved by one step.

    ``actors`` holds the acceptance of those whom every agreement needs.
    """

    draft: str
    assumption: str
    step: str
    probability: float
    actors: tuple[tuple[str, float], ...]


def shifts(outlook: Outlook, drafts: Sequence[Draft]) -> Iterator[Shift]:
    """Yield the verdict on each draft with one assumption moved at a time.

    Salience from speech (its pseudo-count halved and doubled), firmness of red lines and the common
    shock (by 0.2 either way, within their bounds), and all no-deal values (by 0.25 either way).

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> outlook = Outlook.of(load(example_folder("ukraine-2025")))
    >>> [shift.step for shift in shifts(outlook, [outlook.case.draft("e3")])][:2]
    ['0.25', '1.0']
    """
    for assumption, step, moved in _moved(outlook):
        for draft in drafts:
            yield _shift(moved, draft, assumption, step)


def _moved(outlook: Outlook) -> Iterator[tuple[str, str, Outlook]]:
    base = outlook.settings
    for words, key, values in (
        ("credit for silence", "pseudo_count", (base.pseudo_count / 2, base.pseudo_count * 2)),
        ("firmness of red lines", "firmness", _around(base.firmness, 1.0)),
        ("common shock", "common_shock", _around(base.common_shock, 0.99)),
    ):
        for value in values:
            settings = base.model_copy(update={key: value})
            yield words, f"{round(value, 3)}", replace(outlook, settings=settings)
    for step in (-0.25, 0.25):
        yield "all no-deal values", f"{step:+.2f}", replace(outlook, no_deal_shift=step)


def _around(value: float, highest: float) -> tuple[float, float]:
    return max(value - 0.2, 0.0), min(value + 0.2, highest)


def _shift(outlook: Outlook, draft: Draft, assumption: str, step: str) -> Shift:
    packages, _ = outlook.compiled.completions(draft)
    formulas = [outlook.formula(package) for package in packages]
    principals = outlook.rules.principals
    asked = {voter.actor for formula in formulas for voter in voters_in(formula)}
    chances = outlook.chances(sorted(asked | set(principals)), packages)
    shock = outlook.settings.common_shock
    whole = [chance_of(f, c, shock) for f, c in zip(formulas, chances, strict=True)]
    return Shift(
        draft=draft.id,
        assumption=assumption,
        step=step,
        probability=float(np.mean(whole)),
        actors=tuple(
            (name, float(np.mean([chance[name].probability for chance in chances])))
            for name in principals
        ),
    )
