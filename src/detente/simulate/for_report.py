"""What a report shows of how long an agreement may last: a simulation and its picture."""

from __future__ import annotations

from dataclasses import dataclass

from detente.case.case import Case
from detente.pictures.files import svg_of
from detente.simulate.of_case import CaseSimulation, Request, simulate_case
from detente.simulate.picture import draw_survival

__all__ = ["DraftLife", "life_for_report"]

_RUNS = 2_000


@dataclass(frozen=True, slots=True)
class DraftLife:
    """How one draft fares in many runs, and the curve of those that stand."""

    found: CaseSimulation
    picture: str


def life_for_report(case: Case, draft: str | None) -> DraftLife:
    """Return a simulation of a draft over ten years, small enough for every report.

    Raises
    ------
    CaseError
        If time that is added ends on a day that does not exist.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> shown = life_for_report(load(example_folder("minsk-2015")), None)
    >>> shown.found.simulation.runs, shown.picture.startswith("<svg ")
    (2000, True)
    """
    found = simulate_case(case, Request(draft=draft, runs=_RUNS, worth=False, money=False))
    name = case.about.title if found.draft is None else case.draft(found.draft).name
    return DraftLife(found, svg_of(draw_survival(found, title=name)))
