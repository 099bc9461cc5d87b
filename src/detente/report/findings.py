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
from detente.errors import RequestError
from detente.ledger.ledger import Account, draw_up
from detente.packages.frontier import Frontier, find_frontier
from detente.packages.solutions import Solutions, find_solutions
from detente.packages.target import Target, target_of_case
from detente.pictures.frontier import svg_of

__all__ = ["DraftFindings", "Findings", "PackageFindings", "gather"]

_LISTED = 4
_DIMENSIONS = 3
_DRAWN = 400


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
    digest
        sha256 of the case's records: the same case gives the same report.
    """

    outlook: Outlook
    drafts: tuple[DraftFindings, ...]
    scenarios: tuple[tuple[Scenario, tuple[DraftVerdict, ...]], ...]
    voices: tuple[str, ...]
    beliefs: dict[str, tuple[OptionBelief, ...]]
    packages: PackageFindings | None
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
                    draft, verdict, accounts, amendments.result(), mine, changes, previous
                )
            )
            previous = draft
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


def _voices(outlook: Outlook) -> tuple[str, ...]:
    """Principals, then whom they and others inherit from, then who is asked and has spoken."""
    asked = [actor.id for actor in outlook.case.actors if actor.id in outlook.rules.scope]
    groups = [name for actor in asked for name in outlook.belief(actor).lineage]
    spoken = [name for name in asked if outlook.belief(name).has_own_voice]
    return tuple(dict.fromkeys([*outlook.rules.principals, *groups, *spoken]))


def digest_of(case: Case) -> str:
    """Return the sha256 of a case's records, independent of comments and layout."""
    data = {
        kind.stem: [record.model_dump(mode="json") for record in getattr(case, kind.stem)]
        for kind in FILES
        if kind.stem not in ("case", "actors")
    }
    data["actors"] = [record.model_dump(mode="json") for record in (*case.actors, *case.people)]
    data["case"] = [case.about.model_dump(mode="json")]
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
