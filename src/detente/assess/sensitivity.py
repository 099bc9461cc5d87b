"""How the verdict moves when one assumption moves by one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from detente.assess.outlook import Outlook
from detente.assess.verdict import assess
from detente.case.records import Draft

__all__ = ["Shift", "shifts"]


@dataclass(frozen=True, slots=True)
class Shift:
    """The verdict after one assumption was moved by one step.

    ``actors`` holds the acceptance of those whom every agreement needs.
    """

    assumption: str
    step: str
    probability: float
    actors: tuple[tuple[str, float], ...]


def shifts(outlook: Outlook, draft: Draft) -> Iterator[Shift]:
    """Yield the verdict on a draft with one assumption moved at a time.

    Salience from speech (its pseudo-count halved and doubled), firmness of red lines and the common
    shock (by 0.2 either way, within their bounds), and all no-deal values (by 0.25 either way).

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> outlook = Outlook.of(load(example_folder("ukraine-2025")))
    >>> [shift.step for shift in shifts(outlook, outlook.case.draft("e3"))][:2]
    ['0.25', '1.0']
    """
    base = outlook.settings
    for words, key, values in (
        ("credit for silence", "pseudo_count", (base.pseudo_count / 2, base.pseudo_count * 2)),
        ("firmness of red lines", "firmness", _around(base.firmness)),
        ("common shock", "common_shock", _around(base.common_shock)),
    ):
        for value in values:
            settings = base.model_copy(update={key: value})
            moved = Outlook(outlook.compiled, outlook.scenario, settings)
            yield _shift(moved, draft, words, f"{round(value, 3)}")
    for step in (-0.25, 0.25):
        yield _shift(
            replace(outlook, no_deal_shift=step), draft, "all no-deal values", f"{step:+.2f}"
        )


def _around(value: float) -> tuple[float, float]:
    return max(value - 0.2, 0.0), min(value + 0.2, 0.99)


def _shift(outlook: Outlook, draft: Draft, assumption: str, step: str) -> Shift:
    verdict = assess(outlook, draft)
    named = {actor.actor: actor.probability for actor in verdict.actors}
    principals = tuple((name, named[name]) for name in outlook.rules.principals)
    return Shift(assumption, step, verdict.probability, principals)
