"""Everything a report says, gathered once: HTML, Markdown and JSON render the same findings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from detente.amend.fewest import Amendments, find_fewest_changes
from detente.assess.outlook import Outlook
from detente.assess.sensitivity import Shift, shifts
from detente.assess.verdict import ActorVerdict, DraftVerdict, assess_draft
from detente.beliefs.explain import OptionBelief, explain_actor
from detente.case.case import Case
from detente.case.load import FILES
from detente.case.records import Draft, Scenario
from detente.compare.drafts import DraftChange, compare_drafts
from detente.enactment.for_report import DraftNorms, norms_for_report
from detente.errors import RequestError
from detente.forecast.for_report import ReportForecast, forecast_for_report
from detente.ledger.ledger import Account, draw_up
from detente.lint.lint import Lint, lint_case
from detente.money.for_report import DraftMoney, money_for_report
from detente.packages.frontier import Frontier, find_frontier
from detente.packages.solutions import Solutions, find_solutions
from detente.packages.target import Target, target_of_case
from detente.pictures.frontier import svg_of
from detente.power.game import SimpleGame
from detente.power.indices import Power, find_power
from detente.power.passage import Passage, find_passage
from detente.power.target import RuleAsked, asked_of_case
from detente.simulate.for_report import DraftLife, life_for_report
from detente.strategy.findings import StrategyFindings, find_strategy
from detente.strategy.of_case import conflict_of_case
from detente.strategy.picture import draw_conflict

__all__ = [
    "ConflictFindings",
    "DraftFindings",
    "Findings",
    "PackageFindings",
    "RulePower",
    "gather",
]

_LISTED = 4
_DIMENSIONS = 3
_DRAWN = 400


@dataclass(frozen=True, slots=True)
class RulePower:
    """Power under a rule that a draft calls for, and on whom it hangs; None where too large."""

    asked: RuleAsked
    power: Power
    passage: Passage | None


@dataclass(frozen=True, eq=False)
class ConflictFindings:
    """A conflict of the case: where it can settle, and the picture of it."""

    found: StrategyFindings
    author: str | None
    note: str | None
    picture: str


@dataclass(frozen=True, slots=True)
class DraftFindings:
    """All findings on one draft in the scenario of the report."""

    draft: Draft
    verdict: DraftVerdict
    accounts: tuple[Account, ...]
    amendments: Amendments
    shifts: tuple[Shift, ...]
    changes: tuple[DraftChange, ...]
    compared_to: Draft | None
    power: tuple[RulePower, ...]

    def actor(self, name: str) -> ActorVerdict | None:
        """Return the verdict of one actor, None where it is not asked."""
        return next((each for each in self.verdict.actors if each.actor == name), None)


@dataclass(frozen=True, slots=True)
class PackageFindings:
    """The best that can be had for the principals: exact frontier, solutions, and their picture."""

    target: Target
    frontier: Frontier
    solutions: Solutions
    picture: str


@dataclass(frozen=True)
class Findings:
    """The findings of a report.

    Parameters
    ----------
    outlook
        The case under the report's scenario.
    drafts
        Findings by draft, in the order of the case.
    scenarios
        The verdict on every draft in every scenario.
    voices
        Actors with a voice of their own that some rule asks, principals first.
    beliefs
        What is believed of each of them, option by option.
    packages
        Frontier and solutions for the principals; None where they are more than three or no
        package is possible.
    conflicts
        What the parties could do instead, conflict by conflict.
    forecast
        Where bargaining over points with a scale may end; None where no point has one.
    money
        Where the money goes under each draft; empty where the case has no books.
    norms
        How the agreement stands, or what each draft would oblige to; empty without norms.
    lints
        What a reader should look at in the norms before signing; in the order of ``norms``.
    lives
        How long each would last under stated assumptions; in the order of ``norms``.
    digest
        sha256 of the case's records: the same case gives the same report.
    """

    outlook: Outlook
    drafts: tuple[DraftFindings, ...]
    scenarios: tuple[tuple[Scenario, tuple[DraftVerdict, ...]], ...]
    voices: tuple[str, ...]
    beliefs: dict[str, tuple[OptionBelief, ...]]
    packages: PackageFindings | None
    conflicts: tuple[ConflictFindings, ...]
    forecast: ReportForecast | None
    money: tuple[DraftMoney, ...]
    norms: tuple[DraftNorms, ...]
    lints: tuple[Lint, ...]
    lives: tuple[DraftLife, ...]
    digest: str

    @property
    def case(self) -> Case:
        """The case as written."""
        return self.outlook.case

    @property
    def best(self) -> DraftFindings:
        """The draft most likely to pass."""
        return max(self.drafts, key=lambda each: each.verdict.probability)


def gather(
    case: Case, scenario: str | None = None, progress: Callable[[str], None] | None = None
) -> Findings:
    """Return everything a report on ``case`` says.

    Parameters
    ----------
    scenario
        What happens without a deal; the first one if None.
    progress
        Called with a few words before each step.

    Raises
    ------
    RequestError
        If the case has no drafts.
    """
    if not case.drafts:
        raise RequestError("The case has no drafts to report on; write one into drafts/.")
    say = progress or (lambda _words: None)
    outlook = Outlook.of(case, scenario)
    principals = outlook.rules.principals
    with ThreadPoolExecutor(2) as pool:  # the solver runs beside the rest
        amended = [
            pool.submit(find_fewest_changes, outlook, draft, limit=_LISTED) for draft in case.drafts
        ]
        best = pool.submit(_packages, outlook)
        say("moving one assumption at a time")
        moved = tuple(shifts(outlook, case.drafts))
        found = []
        powers: dict[SimpleGame, Power] = {}
        previous: Draft | None = None
        for draft, amendments in zip(case.drafts, amended, strict=True):
            say(f"assessing {draft.id}")
            verdict = assess_draft(outlook, draft)
            accounts = draw_up(outlook, draft, principals)
            changes = (
                () if previous is None else compare_drafts(outlook, previous, draft, principals)
            )
            say(f"amending {draft.id}")
            mine = tuple(shift for shift in moved if shift.draft == draft.id)
            found.append(
                DraftFindings(
                    draft,
                    verdict,
                    accounts,
                    amendments.result(),
                    mine,
                    changes,
                    previous,
                    _powers(outlook, draft, powers),
                )
            )
            previous = draft
        say("looking at what else could be done")
        conflicts = tuple(_conflict(case, each.id) for each in case.strategy)
        say("forecasting")
        forecast = forecast_for_report(outlook)
        say("finding the best for all")
        packages = best.result()
    say("comparing scenarios")
    scenarios = []
    for each in case.scenarios:
        if each.id == outlook.scenario.id:
            verdicts = tuple(findings.verdict for findings in found)
        else:
            other = Outlook(outlook.compiled, each, outlook.settings)
            verdicts = tuple(assess_draft(other, draft) for draft in case.drafts)
        scenarios.append((each, verdicts))
    voices = _voices(outlook)
    return Findings(
        outlook=outlook,
        drafts=tuple(found),
        scenarios=tuple(scenarios),
        voices=voices,
        beliefs={actor: explain_actor(outlook.beliefs, actor) for actor in voices},
        packages=packages,
        conflicts=conflicts,
        forecast=forecast,
        money=money_for_report(case),
        norms=(norms := norms_for_report(case)),
        lints=tuple(lint_case(case, each.status.draft) for each in norms),
        lives=tuple(life_for_report(case, each.status.draft) for each in norms),
        digest=digest_of(case),
    )


def _packages(outlook: Outlook) -> PackageFindings | None:
    """Frontier, solutions and picture for the principals, where they are exact at once."""
    if not 1 < len(outlook.rules.principals) <= _DIMENSIONS:
        return None
    try:
        target = target_of_case(outlook)
        frontier = replace(find_frontier(target.space), named=target.named())
        solutions = find_solutions(target.space, frontier=frontier)
    except RequestError:  # constraints and red lines leave no package
        return None
    figure = frontier.plot(solutions, names=target.names(), most=_DRAWN)
    return PackageFindings(target, frontier, solutions, svg_of(figure))


def _powers(
    outlook: Outlook, draft: Draft, known: dict[SimpleGame, Power]
) -> tuple[RulePower, ...]:
    """Everything together that a draft needs, then rule by rule; games already solved are kept."""
    found = []
    for asked in asked_of_case(outlook, draft):
        if asked.chances is None:
            continue
        if asked.game not in known:
            known[asked.game] = find_power(asked.game, ["banzhaf"])
        try:
            passage = find_passage(asked.formula, asked.chances, asked.common_factor)
        except RequestError:  # too many different sums to follow
            passage = None
        found.append(RulePower(asked, known[asked.game], passage))
    return tuple(found)


def _conflict(case: Case, name: str) -> ConflictFindings:
    found = find_strategy(conflict_of_case(case, name))
    record = next(each for each in case.strategy if each.id == name)
    return ConflictFindings(found, record.author, record.note, svg_of(draw_conflict(found)))


def _voices(outlook: Outlook) -> tuple[str, ...]:
    """Principals, then whom they and others inherit from, then who is asked and has spoken."""
    asked = [actor.id for actor in outlook.case.actors if actor.id in outlook.rules.scope]
    groups = [name for actor in asked for name in outlook.belief(actor).lineage]
    spoken = [name for name in asked if outlook.belief(name).has_own_voice]
    return tuple(dict.fromkeys([*outlook.rules.principals, *groups, *spoken]))


def digest_of(case: Case) -> str:
    """Return the sha256 of a case's records, independent of comments and layout."""
    data = {
        kind.stem: [
            record.model_dump(mode="json") for record in getattr(case, kind.held or kind.stem)
        ]
        for kind in FILES
        if kind.stem not in ("case", "actors")
    }
    data["actors"] = [record.model_dump(mode="json") for record in (*case.actors, *case.people)]
    data["case"] = [case.about.model_dump(mode="json")]
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
