"""Findings as plain data for JSON: names outside, numbers rounded to what they can bear."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from detente.enactment.as_data import status_data
from detente.forecast.as_data import case_data as forecast_data
from detente.money.as_data import run_data
from detente.report.packages_data import solutions_data
from detente.report.power_data import passage_data
from detente.report.strategy_data import strategy_data
from detente.simulate.as_data import life_data

if TYPE_CHECKING:
    from detente.amend.demands import Demand
    from detente.amend.fewest import Amended, Amendments
    from detente.assess.sensitivity import Shift
    from detente.assess.verdict import ActorVerdict, DraftVerdict, RuleVerdict
    from detente.case.case import Case
    from detente.compare.cases import CaseChange
    from detente.compare.drafts import DraftChange
    from detente.ledger.ledger import Account
    from detente.report.findings import Findings, RulePower

__all__ = [
    "accounts_data",
    "amendments_data",
    "assessment_data",
    "case_changes_data",
    "draft_changes_data",
    "report_data",
    "shift_data",
    "verdict_data",
]

Data = dict[str, Any]


def _round(value: float) -> float:
    return round(value, 6)


def assessment_data(case: Case, scenario: str, verdicts: Iterable[DraftVerdict]) -> Data:
    """Return the verdicts on several drafts."""
    return {
        "case": case.name,
        "scenario": scenario,
        "drafts": [verdict_data(verdict) for verdict in verdicts],
    }


def verdict_data(verdict: DraftVerdict) -> Data:
    """Return one verdict; probabilities 0..1, utilities on -3..3."""
    return {
        "id": verdict.draft,
        "probability": _round(verdict.probability),
        "low": _round(verdict.low),
        "high": _round(verdict.high),
        "standard_error": _round(verdict.standard_error),
        "independent": _round(verdict.independent),
        "completions": verdict.completions,
        "all_completions": verdict.all_completions,
        "unknown": list(verdict.unknown),
        "open": list(verdict.open),
        "actors": {actor.actor: _actor(actor) for actor in verdict.actors},
        "consent": {rule.rule: _rule(rule) for rule in verdict.rules},
        "other_readings": [
            {"rule": rule, "reading": reading, "probability": _round(probability)}
            for rule, reading, probability in verdict.other_readings
        ],
        "facts": [
            {
                "rule": each.rule,
                "title": each.title,
                "reading": each.reading or None,
                "fact": each.fact.text,
                "holds": each.fact.holds,
                "lifted_by": list(each.fact.lifted_by),
            }
            for each in verdict.facts
        ],
    }


def _actor(actor: ActorVerdict) -> Data:
    return {
        "probability": _round(actor.probability),
        "low": _round(actor.low),
        "high": _round(actor.high),
        "standard_error": _round(actor.standard_error),
        "factors": {"utility": _round(actor.gain), "red_lines": _round(actor.compliance)},
        "mean": _round(actor.mean),
        "sd": _round(actor.sd),
        "reservation": _round(actor.reservation),
        "reservation_sd": _round(actor.reservation_sd),
        "reservation_reason": actor.reservation_reason,
        "red_lines": [
            {
                "point": line.point,
                "option": line.option,
                "probability": _round(line.probability),
                "origin": line.origin,
                "reason": line.reason,
            }
            for line in actor.red_lines
        ],
        "points": [{"point": p.point, "share": _round(p.share)} for p in actor.points],
        "statements": actor.statements,
        "inherits": actor.inherits,
    }


def _rule(rule: RuleVerdict) -> Data:
    return {
        "title": rule.title,
        "needed": _round(rule.needed),
        "probability": _round(rule.probability),
        "independent": _round(rule.independent),
        "blocked_by": [voter.actor for voter in rule.blocked_by],
        "blocking_sets": {
            "sets": [[str(voter) for voter in each] for each in rule.blocking.sets],
            "complete": rule.blocking.complete,
            "count": rule.blocking.count,
        },
        "voters": {str(voter): _round(chance) for voter, chance in rule.voters},
        "readings": {name: _round(chance) for name, chance in rule.readings},
    }


def accounts_data(case: Case, scenario: str, draft: str, accounts: Iterable[Account]) -> Data:
    """Return the concession ledger; salience times rating, on -3..3."""
    return {
        "case": case.name,
        "scenario": scenario,
        "draft": draft,
        "accounts": [
            {
                "actor": account.actor,
                "gains": _round(account.gains),
                "gives": _round(account.gives),
                "net": _round(account.net),
                "net_sd": _round(account.net_sd),
                "asymmetry": _round(account.asymmetry),
                "points": [
                    {"point": line.point, "mean": _round(line.mean), "sd": _round(line.sd)}
                    for line in account.lines
                ],
            }
            for account in accounts
        ],
    }


def amendments_data(found: Amendments) -> Data:
    """Return the fewest changes to a draft, or the deadlock."""
    deadlock = found.deadlock
    return {
        "draft": found.draft,
        "scenario": found.scenario,
        "at_least": found.level,
        "minimum_changes": found.minimum,
        "proven": found.proven,
        "complete": found.complete,
        "found": found.found,
        "packages": [_amended(package) for package in found.packages],
        "deadlock": None
        if deadlock is None
        else {
            "cores": [[_demand(demand) for demand in core] for core in deadlock.cores],
            "unlocks": [[_demand(demand) for demand in each] for each in deadlock.unlocks],
            "complete": deadlock.complete,
            "proven": deadlock.proven,
        },
    }


def _amended(package: Amended) -> Data:
    return {
        "changes": {
            each.point: {"from": each.before, "to": each.after} for each in package.changes
        },
        "settled": {
            each.point: {"from": each.before, "to": each.after} for each in package.settled
        },
        "probability": _round(package.probability),
        "actors": {actor: _round(chance) for actor, chance in package.actors},
    }


def _demand(demand: Demand) -> Data:
    return {
        "actor": demand.voter.actor,
        "demand": "red line" if demand.point else "better than no deal",
        "point": demand.point or None,
        "text": str(demand),
    }


def draft_changes_data(before: str, after: str, changes: Iterable[DraftChange]) -> Data:
    """Return the points on which two drafts differ."""
    return {
        "before": before,
        "after": after,
        "changes": [
            {
                "point": change.point,
                "kind": change.kind,
                "from": change.before,
                "to": change.after,
                "effects": {
                    effect.actor: {"mean": _round(effect.mean), "sd": _round(effect.sd)}
                    for effect in change.effects
                },
            }
            for change in changes
        ],
    }


def case_changes_data(changes: Iterable[CaseChange]) -> list[Data]:
    """Return the records in which two cases differ."""
    return [
        {"kind": each.kind, "id": each.id, "change": each.change, "keys": list(each.keys)}
        for each in changes
    ]


def report_data(findings: Findings) -> Data:
    """Return everything a report says."""
    case, scenario = findings.case, findings.outlook.scenario.id
    return {
        "case": case.name,
        "title": case.about.title,
        "digest": findings.digest,
        "scenario": scenario,
        "drafts": [
            {
                **verdict_data(each.verdict),
                "ledger": accounts_data(case, scenario, each.draft.id, each.accounts)["accounts"],
                "amendments": amendments_data(each.amendments),
                "sensitivity": [shift_data(shift) for shift in each.shifts],
                "power": [_rule_power(each_rule) for each_rule in each.power],
                "changes": None
                if each.compared_to is None
                else draft_changes_data(each.compared_to.id, each.draft.id, each.changes),
            }
            for each in findings.drafts
        ],
        "scenarios": [
            {"id": each.id, "drafts": {v.draft: _round(v.probability) for v in verdicts}}
            for each, verdicts in findings.scenarios
        ],
        "packages": _packages(findings),
        "conflicts": [strategy_data(each.found) for each in findings.conflicts],
        "forecast": None
        if findings.forecast is None
        else forecast_data(case.name, findings.forecast.found),
        "norms": [status_data(each.status) for each in findings.norms],
        "lint": [
            {
                "draft": each.draft,
                "findings": [
                    {"code": found.code, "message": found.message, "norms": list(found.norms)}
                    for found in each.findings
                ],
            }
            for each in findings.lints
        ],
        "lives": [life_data(each.found) for each in findings.lives],
        "money": {each.draft.id: run_data(each.run) for each in findings.money},
        "statements": [record.model_dump(exclude_unset=True) for record in case.statements],
        "sources": [record.model_dump(exclude_unset=True) for record in case.sources],
        "assumptions": [record.model_dump(exclude_unset=True) for record in case.ratings],
    }


def _rule_power(found: RulePower) -> Data:
    power, passage = found.power, found.passage
    return {
        "rule": found.asked.id,
        "votes": power.game.size,
        "winning": power.winning,
        "veto": list(power.veto),
        "passage": None if passage is None else passage_data(passage),
    }


def _packages(findings: Findings) -> Data | None:
    found = findings.packages
    if found is None:
        return None
    return {
        "parties": list(found.target.space.parties),
        "exact": found.frontier.exact,
        "count": len(found.frontier),
        **solutions_data(found.target, found.solutions),
    }


def shift_data(shift: Shift) -> Data:
    """Return how the verdict moved with one assumption."""
    return {
        "assumption": shift.assumption,
        "step": shift.step,
        "probability": _round(shift.probability),
        "actors": {actor: _round(chance) for actor, chance in shift.actors},
    }
