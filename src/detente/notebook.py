"""A case as one object to ask: for notebooks and short scripts.

Every method is one of the package's functions, with the case and its scenario filled in.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType

from detente.amend.chance import BestChance, find_best_chance
from detente.amend.fewest import Amendments, find_fewest_changes
from detente.assess.outlook import Outlook
from detente.assess.verdict import DraftVerdict, assess_draft
from detente.case.case import Case
from detente.case.load import load as load_case
from detente.case.records import date_range
from detente.enactment.status import Status, find_status
from detente.enactment.timeline import Timeline, find_timeline
from detente.forecast.draws import DRAWS, SEED
from detente.forecast.models import Options
from detente.forecast.of_case import CaseForecast, forecast_case
from detente.lint.lint import Lint, lint_case, read_lines
from detente.money.result import MoneyRun
from detente.money.run import run_money
from detente.packages.frontier import Frontier, find_frontier
from detente.packages.improve import Improvement, improve
from detente.packages.solutions import SOLUTIONS, Solutions, find_solutions
from detente.packages.space import Package
from detente.packages.target import Target, open_target, target_of_case
from detente.power.target import PowerFindings, asked_of_case, choose, find_findings
from detente.simulate.behaviour import Assumptions
from detente.simulate.draws import SEED as SIMULATION_SEED
from detente.simulate.of_case import CaseSimulation, Request, simulate_case
from detente.simulate.simulate import RUNS
from detente.strategy.findings import StrategyFindings, find_strategy
from detente.strategy.of_case import conflict_of_case

__all__ = ["OpenCase", "load", "load_scenario"]


def load(folder: str | os.PathLike[str]) -> OpenCase:
    """Return the case in ``folder``, ready for questions.

    Raises
    ------
    CaseError
        With every fault found, each as ``file:line:column: sentence``.

    Examples
    --------
    >>> import detente as dt
    >>> case = dt.load(dt.example_folder("ukraine-2025"))
    >>> frontier = case.frontier(["ukraine", "russia"])
    >>> frontier.exact, frontier.table().columns[:2].tolist()
    (True, ['ukraine', 'russia'])
    """
    case = load_case(folder)
    return OpenCase(**{each.name: getattr(case, each.name) for each in fields(case)})


def load_scenario(folder: str | os.PathLike[str], scale: str = "format") -> Target:
    """Return the negotiation scenario of another program in ``folder``; its space is ``.space``.

    Raises
    ------
    CaseError
        If the folder cannot be read as a scenario.
    """
    return open_target(Path(folder), scale=scale)


class OpenCase(Case):
    """A case with the questions that can be asked of it as methods.

    Every method takes ``scenario``, the id of what happens without a deal; the case's first one if
    it is not given.
    """

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Case):
            return NotImplemented
        compared = [each.name for each in fields(Case) if each.compare]
        return all(getattr(self, name) == getattr(other, name) for name in compared)

    __hash__ = Case.__hash__

    def outlook(self, scenario: str | None = None) -> Outlook:
        """Return the case under a scenario, with beliefs, rules and judges."""
        return Outlook.of(self, scenario)

    def assess(self, draft: str, *, scenario: str | None = None) -> DraftVerdict:
        """Say how likely a draft is to be accepted; see :func:`detente.assess_draft`."""
        return assess_draft(self.outlook(scenario), self.draft(draft))

    def amend(
        self, draft: str, *, scenario: str | None = None, at_least: float | None = None
    ) -> Amendments:
        """Find the fewest changes that everybody needed accepts."""
        found = self.outlook(scenario)
        return find_fewest_changes(found, self.draft(draft), at_least=at_least)

    def best_chance(self, *, scenario: str | None = None, samples: int = 2000) -> BestChance:
        """Find the package most likely to pass all consent rules."""
        return find_best_chance(self.outlook(scenario), samples=samples)

    def power(
        self, rule: str = "whole", draft: str | None = None, *, scenario: str | None = None
    ) -> PowerFindings:
        """Say who holds how much of one consent rule, or of all that a draft needs.

        Parameters
        ----------
        rule
            Its id; ``whole`` for everything together that the draft needs.
        draft
            Whose chances are told; the last draft of the case if None.
        """
        wanted = self.draft(draft) if draft else self.drafts[-1]
        return find_findings(choose(asked_of_case(self.outlook(scenario), wanted), rule))

    def settle(self, model: str | None = None) -> StrategyFindings:
        """Find where a conflict of the case can settle; the first one if none is named."""
        return find_strategy(conflict_of_case(self, model))

    def frontier(
        self,
        parties: Sequence[str] = (),
        *,
        scenario: str | None = None,
        above_reservation: bool = False,
        most: int = 100_000,
        seconds: float = 30.0,
    ) -> Frontier:
        """Find the Pareto frontier for these actors, else for those every agreement needs."""
        target = target_of_case(self.outlook(scenario), parties)
        found = find_frontier(
            target.space, above_reservation=above_reservation, most=most, seconds=seconds
        )
        return replace(found, named=target.named())

    def solve(
        self,
        parties: Sequence[str] = (),
        *,
        scenario: str | None = None,
        solutions: Sequence[str] = SOLUTIONS,
        seconds: float = 30.0,
    ) -> Solutions:
        """Find the packages that bargaining solutions choose."""
        space = target_of_case(self.outlook(scenario), parties).space
        return find_solutions(space, solutions, seconds=seconds)

    def forecast(
        self,
        points: Sequence[str] = (),
        *,
        models: Sequence[str] = (),
        options: Options | None = None,
        draws: int = DRAWS,
        seed: int = SEED,
    ) -> CaseForecast:
        """Say where bargaining over ordered points may end; see :func:`detente.forecast_issue`."""
        return forecast_case(
            self.outlook(), points, models=models, options=options, draws=draws, seed=seed
        )

    def money(
        self,
        draft: str | None = None,
        *,
        books: str | None = None,
        on: str | None = None,
        assume: Mapping[str, str | Sequence[str]] | None = None,
    ) -> MoneyRun:
        """Run the books under a draft: who gets what, and when; see :func:`detente.run_money`.

        Parameters
        ----------
        on
            The last day, as ``YYYY-MM-DD``.
        assume
            What happens to norms and events: ``{"ceasefire": "fulfilled@2026-05-01"}``.

        Raises
        ------
        RequestError
            If the case has no such books or draft, or no rule hangs on what is assumed.
        """
        last = None if on is None else date_range(on)[1]
        return run_money(self, books, draft=draft, on=last, assume=assume)

    def status(
        self,
        on: datetime.date,
        *,
        draft: str | None = None,
        known_on: datetime.date | None = None,
        reading: str | None = None,
    ) -> Status:
        """Say how the agreement stands at the end of a day; see :func:`detente.find_status`."""
        return find_status(self, on, draft=draft, known_on=known_on, reading=reading)

    def timeline(
        self, on: datetime.date, *, draft: str | None = None, reading: str | None = None
    ) -> Timeline:
        """Say what happened to the norms up to the end of a day."""
        return find_timeline(self, on, draft=draft, reading=reading)

    def lint(self, draft: str | None = None, *, only: Sequence[str] = ()) -> Lint:
        """Say what is wrong with the agreement of a draft; see :func:`detente.lint_case`."""
        return lint_case(self, draft, only=only, lines=read_lines(self))

    def simulate(
        self,
        *,
        draft: str | None = None,
        runs: int = RUNS,
        years: int = 10,
        seed: int = SIMULATION_SEED,
        compliance: Mapping[str, float] = MappingProxyType({}),
        without: Sequence[str] = (),
        worth: bool = False,
    ) -> CaseSimulation:
        """Say what becomes of the agreement in many runs.

        Parameters
        ----------
        compliance
            Probabilities by norm, actor or kind, before those of the case.
        without
            Norms that are set aside: they never come into force.
        worth
            Whether remedies and verifiers are compared with their absence.
        """
        assumptions = Assumptions(compliance=tuple(compliance.items()))
        request = Request(
            draft, None, runs=runs, years=years, seed=seed, without=tuple(without), worth=worth,
            assumptions=assumptions,
        )  # fmt: skip
        return simulate_case(self, request)

    def improve(
        self,
        package: str | Mapping[str, str],
        parties: Sequence[str] = (),
        *,
        scenario: str | None = None,
    ) -> Improvement:
        """Say whether a draft, or a package given as point to option, can be improved.

        Raises
        ------
        RequestError
            If there is no such draft, or it leaves a point open.
        """
        target = target_of_case(self.outlook(scenario), parties)
        return improve(target.space, self._package(target, package))

    def _package(self, target: Target, package: str | Mapping[str, str]) -> Package:
        return target.draft(package) if isinstance(package, str) else target.space.package(package)
