"""Every key of every record as a table: key, value in words, default, meaning."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import AfterValidator, BeforeValidator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from detente.case import (
    consent,
    constraints,
    money,
    norms,
    positions,
    preferences,
    records,
    strategy,
)
from detente.case.load import FILES, FileKind
from detente.case.records import Reading, Record

SHARED = (Reading,)
"""Records that stand in several kinds of file; they have a table of their own."""

MEANINGS: dict[str, str] = {
    "Reading.text": "what this reading says",
    "Reading.source": "ids of the sources that read it so",
    "Sourced.source": "ids of the sources it rests on",
    "Sourced.readings": "every reading where sources differ; shown, in no computation",
    "Sourced.certainty": "how certain the record is, in words; shown, in no computation",
    "Sourced.note": "anything else a reader should know",
    "CaseFile.title": "what the case is about, in a few words",
    "CaseFile.summary": "the same in a few sentences",
    "CaseFile.authors": "who wrote the case",
    "CaseFile.scenarios": "what may happen without a deal; the first is the default. Without "
    "any: one scenario `no-deal`",
    "CaseFile.settings": "constants of the methods that differ from their defaults",
    "CaseFile.note": "anything else a reader should know",
    "Scenario.id": "how commands and ratings name it",
    "Scenario.title": "what happens, in a few words",
    "Scenario.text": "the same at length",
    "ActorFile.actors": "parties, organisations, bodies and groups",
    "ActorFile.people": "those who speak for them",
    "Actor.id": "how every other file names it",
    "Actor.name": "as it is shown",
    "Actor.aliases": "other names, such as a capital or a seat; no other actor bears one of them",
    "Actor.kind": "what it is; shown, in no computation",
    "Actor.members": "the actors that make it up, each with a voice of its own",
    "Actor.seats": "number of seats of a body whose holders are not named one by one",
    "Person.id": "how statements name the person",
    "Person.name": "as it is shown",
    "Person.role": "the office held",
    "Person.authority": "distance from power; sets the noise of what the person says",
    "Person.speaks_for": "the actors whose stance the person can state",
    "Person.aliases": "other names and spellings; nobody else bears one of them",
    "Point.id": "how every other file names it",
    "Point.title": "the question to be settled",
    "Point.text": "the same at length",
    "Point.topic": "a heading to sort by; free text",
    "Point.status_quo": "the option that holds without a deal",
    "Point.ordered": "whether the options lie on a scale, so that a stance on one tells of its "
    "neighbours",
    "Point.options": "every option proposed, the status quo among them",
    "Option.id": "how drafts and statements name it; `absent` and `unknown` are taken",
    "Option.text": "what it says",
    "Option.position": "its place on the scale of an ordered point",
    "Draft.id": "how commands and statements name it",
    "Draft.title": "as it is shown; the id where there is none",
    "Draft.date": "when it was made or became known",
    "Draft.origin": "the actors it comes from",
    "Draft.based_on": "the draft it was made from",
    "Draft.status": "what became of it, in words",
    "Draft.takes": "for every point of the case, none left out: an option, `absent` (the status "
    "quo stays), `unknown` (any option of the point), or the options it leaves open",
    "Draft.numbering": "the number each point bears in the draft itself",
    "Draft.text": "how the draft words a point",
    "OpenChoice.open": "the options between which the draft leaves the point open",
    "Source.id": "how records name it",
    "Source.outlet": "who published it",
    "Source.date": "when",
    "Source.title": "its title",
    "Source.author": "its author",
    "Source.address": "its address; kept as text, nothing is fetched",
    "Source.sha256": "digest of the kept text, if one is kept",
    "Source.note": "anything else a reader should know",
    "Statement.id": "how reports and commands name it",
    "Statement.actor": "the actors whose stance it is; without any it moves no belief",
    "Statement.speaker": "who spoke; without anybody it is a document of the actor's own",
    "Statement.date": "when; a partial date counts from its first day",
    "Statement.place": "where it was said",
    "Statement.about": "what it is about; one target or several",
    "Statement.stance": "from -3 (rejects outright) to 3 (full support), against the status quo",
    "Statement.condition": "on what the stance depends: words, or words with options",
    "Statement.preferred_to": "the other option of the same point that comes second; takes the "
    "place of a stance",
    "Statement.confidence": "how surely the analyst reads the stance; divides into the sd of its "
    "noise",
    "Statement.gist": "what was said, in your own words",
    "Statement.span": "first character, and the one after the last, in the kept text",
    "About.point": "the point",
    "About.option": "one of its options",
    "About.draft": "the draft; together with a point: the point as this draft has it",
    "Condition.text": "the condition in words",
    "Condition.options": "the options of other points that meet it, by point; all points must be "
    "met, one option of each is enough",
    "Comparison.option": "the option that comes second",
    "Ratings.author": "whose assumptions these are",
    "Ratings.date": "when they were made",
    "Ratings.note": "anything else a reader should know",
    "Ratings.ratings": "how options are assumed to be rated",
    "Ratings.salience": "how much points are assumed to matter",
    "Ratings.red_lines": "what is assumed to be refused at any price",
    "Ratings.no_deal": "what no deal is assumed to be worth",
    "Assumption.actor": "about whom",
    "Assumption.reason": "why; shown wherever the assumption counts",
    "Rating.point": "the point",
    "Rating.option": "one of its options",
    "Rating.rating": "from -3 to 3, against the status quo",
    "Rating.sd": "how sure the analyst is: sd of the noise, on the same scale",
    "Salience.point": "the point",
    "Salience.salience": "from 0 to 100; replaces what speech tells",
    "RedLine.point": "the point",
    "RedLine.options": "the options refused; the status quo cannot be one",
    "RedLine.probability": "how surely; replaces what statements tell",
    "NoDeal.scenario": "in which scenario; in every one that has no value of its own if left out",
    "NoDeal.value": "from -3 to 3, against the status quo",
    "NoDeal.sd": "how sure the analyst is: sd, on the same scale",
    "ConsentRule.id": "how reports name it",
    "ConsentRule.title": "as it is shown",
    "ConsentRule.body": "the actor whose rule it is; shown, in no computation",
    "ConsentRule.points": "what calls for this consent: `all`, or points and options. A point "
    "stands for all its options but the status quo",
    "ConsentRule.rule": "whose yes is needed; either this or `readings`",
    "ConsentRule.readings": "the rule as sources read it differently; the first is used, the "
    "others are shown beside it",
    "ConsentRule.legal_source": "where the rule comes from, in words",
    "ConsentRule.source": "ids of the sources it rests on",
    "ConsentRule.certainty": "how certain the rule is, in words; shown, in no computation",
    "ConsentRule.note": "anything else a reader should know",
    "RuleReading.id": "how reports name this reading",
    "RuleReading.text": "what it says",
    "RuleReading.rule": "whose yes is needed under it",
    "RuleReading.source": "ids of the sources that read it so",
    "All.all": "everyone here must say yes",
    "AnyOf.any": "one yes is enough",
    "AtLeast.at_least": "of whom, and how many",
    "Count.of": "those who vote",
    "Count.count": "how many must say yes; either this or `share`",
    "Count.share": "which share must say yes, rounded up to whole voices; either this or `count`",
    "MembersOf.members_of": "an actor with members",
    "SeatsOf.seats_of": "an actor with seats",
    "Weighted.weighted": "the weights and the quota",
    "WeightedVote.weights": "votes of each actor",
    "WeightedVote.quota": "votes that must be reached together",
    "Fact.fact": "the state of law or of the world",
    "Bar.text": "what must hold",
    "Bar.holds": "whether it holds today",
    "Bar.lifted_by": "points whose settlement would change it; shown, in no computation",
    "Bar.source": "ids of the sources that say so",
    "Constraint.id": "how reports name it",
    "Constraint.requires": "where all of `if` holds, all of `then` must hold",
    "Constraint.excludes": "options that no package takes all together",
    "Constraint.at_most": "how many of the items in `of` may hold in one package",
    "Constraint.of": "the items that are counted; one with several points counts if all hold",
    "Constraint.never": "options that no package takes",
    "Constraint.why": "why it is so; shown, in no computation",
    "Requirement.if_": "what must all hold for the requirement to apply",
    "Requirement.then": "what must all hold then",
    "Preferences.actor": "whose preferences these are; one record for each actor",
    "Preferences.author": "who asked the actor, or where the numbers were taken from",
    "Preferences.scale": "what the numbers measure, in words",
    "Preferences.constant": "added to the worth of every package",
    "Preferences.values": "for every point that matters to the actor, a value for every option; "
    "only a status quo that a constraint says is `never` taken may be left out",
    "Preferences.together": "what is added where options of several points are taken together",
    "Preferences.reservation": "what no deal is worth to the actor; none is stated if left out",
    "Preferences.discount": "what is left of a worth one round later; recorded, in no computation",
    "Positions.point": "the point: ordered with positions, or with a scale given here; one list "
    "for each point",
    "Positions.scale": "the lowest and the highest answer; the range of the options' positions if "
    "left out",
    "Positions.positions": "everybody at the table on this point; nobody else is",
    "Positions.note": "anything else a reader should know",
    "StatedPosition.actor": "who",
    "StatedPosition.position": "where it wants to end: a number on the scale, or an option of the "
    "point",
    "StatedPosition.salience": "how much the point matters to it, 0 to 100; what is believed of it "
    "if left out",
    "StatedPosition.capability": "what it can bring to bear, in any unit; 1 if left out",
    "StatedPosition.sd": "how uncertain the position is, in units of the scale; certain if left "
    "out",
    "StatedPosition.reason": "why it is placed there",
    "StatedPosition.author": "who placed it",
    "Books.id": "how commands name the books",
    "Books.title": "as it is shown",
    "Books.text": "what the books follow, in a few sentences",
    "Books.currency": "in which sums of parties are told unless a command names another",
    "Books.currencies": "how many decimal places a currency has, where ISO 4217 does not say",
    "Books.start": "the day of the opening balances",
    "Books.until": "the last day",
    "Books.accounts": "where money lies or comes from",
    "Books.rates": "what currencies are worth in each other, by day",
    "Books.assume": "what happens to norms and events unless `--assume` says otherwise",
    "Books.rules": "who pays whom; on one day the first is served first",
    "Books.unstated": "flows that are spoken of without an amount",
    "Reasoned.author": "whose assumption it is",
    "Reasoned.reason": "why it is assumed",
    "Occasion.norm": "the norm",
    "Occasion.state": "the state the norm enters, such as `fulfilled` or `violated`",
    "Occasion.event": "an event, instead of a norm",
    "Occasion.days_after": "how many days later the rule pays",
    "Assumed.norm": "the norm",
    "Assumed.state": "the state the norm enters",
    "Assumed.event": "an event, instead of a norm",
    "Assumed.date": "when",
    "Account.id": "how rules name it",
    "Account.name": "as it is shown; its id if left out",
    "Account.kind": "a `source` may fall below zero; an `escrow` pays only by rules with `on`",
    "Account.owner": "the actor whose it is; nobody alone if left out",
    "Account.currency": "the one currency it holds",
    "Account.opening": "what it holds at the start",
    "Account.when": "it is there only under drafts that take this",
    "Rate.from_": "of which currency",
    "Rate.to": "in which currency",
    "Rate.date": "from which day on, until the next rate of the pair",
    "Rate.rate": "units of `to` for one unit of `from`; read the other way round too",
    "MoneyItem.id": "how matches, clawbacks and results name it",
    "MoneyItem.text": "what it is, as results show it",
    "MoneyItem.when": "it counts only under drafts that take this",
    "MoneyItem.unless": "from the day this happens it pays no more",
    "DatedRule.date": "the first or only day",
    "DatedRule.on": "a norm or event that gives the first or only day",
    "DatedRule.every": "how often; once if left out",
    "DatedRule.times": "how many times at most",
    "DatedRule.until": "the last day; that of the books if left out",
    "Payment.kind": "may be left out",
    "Payment.from_": "the account that pays",
    "Payment.to": "the account that is paid",
    "Payment.amount": "how much, in the currency of `from` unless `currency` names another",
    "Payment.currency": "of the amount",
    "Waterfall.kind": "tells it from the others",
    "Waterfall.from_": "the account whose balance is paid out",
    "Waterfall.steps": "claims in order of seniority; what they leave stays in the account",
    "Step.id": "how results name it; no other rule or step has it",
    "Step.text": "what it is, as results show it",
    "Step.when": "it counts only under drafts that take this",
    "Step.to": "the account that is paid",
    "Step.split": "accounts that are paid instead, by shares of the claim that sum to 1 at most",
    "Step.rest": "the account that gets what the shares and their rounding leave",
    "Step.fixed": "this much, and in full or the run fails",
    "Step.share": "this share, rounded down to the smallest coin",
    "Step.of": "of what the share is: the balance at first, or what is left by then",
    "Step.cap": "the most it gets in all, over all days; alone: all that is left up to it",
    "Step.residual": "all that is left",
    "Step.currency": "of a fixed amount",
    "AmountOnDay.date": "when",
    "AmountOnDay.amount": "how much",
    "Profit.kind": "tells it from the others",
    "Profit.of": "the account that earns",
    "Profit.from_": "the source the profit comes from, in the same currency",
    "Profit.rate": "a year, on the balance day by day over 365 since the last of the days",
    "Profit.amounts": "profits as stated, instead of a rate and days",
    "Profit.split": "who gets which share",
    "Profit.rest": "the account that gets what the shares and their rounding leave",
    "Match.kind": "tells it from the others",
    "Match.of": "ids of rules or steps that set it off, on the same day",
    "Match.from_": "the account that adds",
    "Match.to": "the account it is added to",
    "Match.share": "which share of what they pay",
    "Match.amount": "or how much, once, when they pay first",
    "Match.cap": "the most it adds in all",
    "Clawback.kind": "tells it from the others",
    "Clawback.of": "ids of rules or steps whose payments are taken back",
    "Clawback.to": "who gets it; whoever paid if left out",
    "Clawback.share": "which share of each payment; all of it if left out",
    "Unstated.id": "how results name it",
    "Unstated.text": "what is said",
    "Unstated.when": "it counts only under drafts that take this",
    "Strategy.id": "how commands name the conflict",
    "Strategy.title": "as it is shown",
    "Strategy.text": "what may be done, in a few sentences",
    "Strategy.author": "whose assumptions the preferences are",
    "Strategy.decision_makers": "those who act; every option belongs to one of them",
    "Strategy.infeasible": "what cannot be, one condition after another",
    "Strategy.status_quo": "where the conflict stands: an alternative of every option",
    "DecisionMaker.actor": "who",
    "DecisionMaker.options": "what it can do",
    "DecisionMaker.priorities": "what matters to it, the most important first; these or a ranking",
    "DecisionMaker.ranking": "states by conditions, the best first; a state counts where it is "
    "first met, and every state must be",
    "StrategyOption.id": "how conditions and the status quo name it; unique within the conflict",
    "StrategyOption.text": "what is done",
    "StrategyOption.alternatives": "what can be done about it",
    "StrategyOption.moves": "which changes are possible: to any alternative, only to later ones, "
    "only to earlier ones, or none",
    "Priority.wants": "what is better if it holds",
    "Priority.reason": "why this is assumed",
    "Priority.source": "ids of the sources that the reason leans on",
    "AllHold.all": "conditions that must all hold",
    "AnyHolds.any": "conditions of which one must hold",
    "NotSo.not_": "the condition that must not hold",
    "IfThen.if_": "where this holds, `then` must",
    "IfThen.then": "what must hold too",
    "Norm.id": "how the log, other norms and commands name it",
    "Norm.title": "as it is shown",
    "Norm.kind": "a duty is performed; a prohibition and a cap are kept until they end; a power is "
    "exercised; a condition comes about and is never broken",
    "Norm.debtor": "the actors that owe it",
    "Norm.creditor": "the actors to whom it is owed",
    "Norm.action": "what is to be done, at length",
    "Norm.when": "options by point: a draft has the norm where it takes one of them on every point "
    "named; every draft has it if left out",
    "Norm.trigger": "when it comes into force; at entry into force if left out, or where another "
    "norm starts it, only then",
    "Norm.in_force_when": "what must be so besides; the norm is suspended while it is not",
    "Norm.requires": "what must have come before it can be performed at all, by law or by its "
    "nature; a performance before is told and counts",
    "Norm.deadline": "the last day for performance",
    "Norm.recurring": "how often it is due",
    "Norm.stages": "steps that follow one another: a duty is performed step by step, a condition "
    "passes them by time alone and is fulfilled after the last",
    "Norm.ends": "when it lapses",
    "Norm.clock_on_suspension": "whether a suspension puts its deadline off",
    "Norm.verifier": "the actors that say whether it was performed",
    "Norm.on_breach": "norms that a breach starts, or other effects",
    "Norm.on_performance": "norms that performance or the exercise of a power starts, or other "
    "effects",
    "Norm.cure": "what late performance is worth; it cures at any time if left out",
    "Norm.default": "that it happens by itself unless something is decided before",
    "Norm.holder": "the actors that can exercise a power; anyone if left out",
    "Norm.readings": "several readings of who holds a power; every run is told for each, the first "
    "leads",
    "Norm.effort": "whether the result is owed or only efforts; where efforts, a deadline that "
    "passes is no breach",
    "Norm.quantity": "how much is owed, or allowed",
    "Norm.compliance": "how likely it is kept, for simulations",
    "Norm.delay": "how long performance takes, for simulations",
    "Norm.text": "how the draft words it",
    "Norm.silence": "findings of a check that are not to be told, each with a reason",
    "Norm.source": "ids of the sources it rests on",
    "Norm.certainty": "how certain the norm is, in words; shown, in no computation",
    "Norm.note": "anything else a reader should know",
    "Added.amount": "how much time is added, once, to the day it counts from",
    "Added.unit": "of what",
    "Added.count": "whether every day counts, or only working days",
    "Added.include_first": "whether the day it counts from is itself the first day",
    "Added.round": "where the day does not exist, as a month after 31 January: back to the last of "
    "the month, on to the first of the next, or refused",
    "Added.zone": "where days are counted and the time is told; the agreement's zone if left out",
    "Added.at": 'time of day, as `"24:00"`; the whole day if left out',
    "Moment.event": "the first time this event happens; `signature` and `entry-into-force` are "
    "known from the case",
    "Moment.norm": "the first time this norm reaches a state",
    "Moment.reaches": "which state; `performed` is fulfilled or cured",
    "Moment.date": "a day, as `YYYY-MM-DD`",
    "Moment.any": "the earliest of these",
    "Moment.all": "the latest of these, once all have come",
    "Deadline.include_last": "whether performance on the last day is in time",
    "Recurring.every": "how many units pass from one performance to the next",
    "Recurring.unit": "of what",
    "Recurring.round": "as for a moment",
    "Recurring.until": "when the last one was due",
    "Stage.id": "how the log and reports name it",
    "Stage.title": "as it is shown",
    "Stage.extendable": "whether an entry `extended` can prolong it",
    "Effect.effect": "`starts` puts in force, `suspends` and `resumes`, `ends` lets lapse, `voids` "
    "undoes",
    "Effect.norms": "which norms",
    "Cure.within": "whether late performance cures at any time, or only within the time added to "
    "the day of the breach",
    "Cure.remedies": "whether what the breach started stays or ends",
    "Default.unless": "an event that stops it; an entry `decided` on the norm does too",
    "Default.body": "who can decide",
    "PowerReading.id": "how commands name the reading; the same id in several norms is one reading",
    "PowerReading.text": "what it says, and whose it is",
    "PowerReading.holder": "the actors that hold the power under it; an empty list: nobody",
    "PowerReading.source": "ids of the sources that read it so",
    "Quantity.limit": "the number",
    "Quantity.unit": "of what",
    "Quantity.baseline": "counted from what, in words",
    "Compliance.probability": "how likely, 0 to 1",
    "Compliance.reason": "why; shown wherever the assumption counts",
    "Compliance.author": "whose assumption it is",
    "Delay.median_days": "half of the performances take no longer",
    "Delay.spread": "factor of the spread: about two thirds lie within the median divided by it "
    "and times it",
    "Delay.reason": "why; shown wherever the assumption counts",
    "Delay.author": "whose assumption it is",
    "Silence.code": "the code of the finding",
    "Silence.reason": "why it is accepted",
    "Event.id": "how corrections and reports name it",
    "Event.kind": "`event`: something happened; `performed`, `breached`, `measured`, `decided`, "
    "`extended` (by `amount` days), `suspended`, `resumed`, `waived`, `cured`: to a norm; "
    "`retracted`: an earlier entry never happened",
    "Event.happened": "when: `YYYY-MM-DD`, or with a time, `YYYY-MM-DDTHH:MM`, and `Z` or `+HH:MM` "
    "for another zone than the agreement's",
    "Event.reported": "when it became known; when it happened if left out",
    "Event.norm": "the norm it is about",
    "Event.event": "what happened, as norms name it",
    "Event.actor": "the actors that did it",
    "Event.amount": "what was measured, or by how many days was extended",
    "Event.corrects": "the earlier entry whose place this one takes",
    "Event.source": "ids of the sources it rests on",
    "Event.certainty": "how certain it is, in words; shown, in no computation",
    "Event.note": "anything else a reader should know",
    "StateOfNorm.norm": "a norm; either this or `event`",
    "StateOfNorm.is_": "the states of which it must be in one",
    "StateOfNorm.event": "an event",
    "StateOfNorm.happened": "whether it must have happened, or must not",
    "Together.takes": "what must all hold for the value to be added",
    "Together.value": "what is added; below 0 it is taken away",
}
"""What a key means where its record does not say it itself."""

_MODULES = {
    module.__name__
    for module in (
        consent,
        constraints,
        money,
        norms,
        positions,
        preferences,
        records,
        strategy,
    )
}


def all_records(base: type[Record] = Record) -> Iterator[type[Record]]:
    """Yield every record of the case model."""
    for child in base.__subclasses__():
        if child.__module__ in _MODULES:
            yield child
        yield from all_records(child)


def meaning_of(record: type[Record], key: str) -> str | None:
    """Return what a key means: the record's own word, else the table's; None if neither has it."""
    stated = record.model_fields[key].description
    if stated:
        return stated
    names = (f"{each.__name__}.{key}" for each in record.__mro__)
    return next((MEANINGS[name] for name in names if name in MEANINGS), None)


def tables_of(kind: FileKind) -> str:
    """Return the tables of one kind of file: its record, then those inside it."""
    return "\n\n".join(table_of(record) for record in _records_in(kind.record))


def shared_tables() -> str:
    """Return the tables of records that stand in several kinds of file."""
    return "\n\n".join(table_of(record) for record in SHARED)


def kinds() -> dict[str, FileKind]:
    """Return the kinds of file by their name."""
    return {kind.stem: kind for kind in FILES}


def _records_in(record: type[Record]) -> list[type[Record]]:
    found = [record]
    for each in found:
        for hint in _hints(each).values():
            for inner in _records_of(hint):
                if inner not in found and inner not in SHARED:
                    found.append(inner)
    return found


def _hints(record: type[Record]) -> dict[str, Any]:
    every = typing.get_type_hints(record, include_extras=True)
    return {key: every[key] for key in record.model_fields}


def _records_of(hint: Any) -> Iterator[type[Record]]:
    if isinstance(hint, type) and issubclass(hint, Record):
        yield hint
    for part in typing.get_args(hint):
        yield from _records_of(part)


def table_of(record: type[Record]) -> str:
    """Return one record as a heading, a sentence and a table of its keys."""
    first = (record.__doc__ or "").strip().splitlines()[0]
    lines = [
        f"### {record.__name__}",
        "",
        first.replace("``", "`"),
        "",
        "| key | value | default | meaning |",
        "|---|---|---|---|",
    ]
    hints = _hints(record)
    own = [key for key in record.model_fields if key not in records.Sourced.model_fields]
    order = own + [key for key in record.model_fields if key not in own]
    for key in order:
        field = record.model_fields[key]
        meaning = meaning_of(record, key) or ""
        words = _words(hints[key])
        lines.append(f"| `{field.alias or key}` | {words} | {_default(field)} | {meaning} |")
    return "\n".join(lines)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    if value in (PydanticUndefined, None, (), {}) or isinstance(value, Record):
        return "-"
    if isinstance(value, tuple):
        return f"`[{', '.join(map(str, value))}]`"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


_BY_VALIDATOR = {
    "_identifier": "id",
    "_plain": "text",
    "_numbering": "text or whole number",
    "_partial_date": "date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`",
    "_share": "share: `2/3`, `0.65` or `65%`",
    "_exact_number": "exact number",
    "_discount": "exact number above 0, at most 1",
    "_payment_kind": "`payment`",
    "_amount": "amount",
    "_amount_or_all": "amount, or `all`",
    "_rate": "exact number above 0",
    "_day": "day: `YYYY-MM-DD`",
    "currency_code": "currency",
    "_place": "number or id of an option",
    "_instant": "day or time: `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`, with `Z` or `+HH:MM`",
    "_a_day": "date: `YYYY-MM-DD`",
    "_a_zone": "time zone, such as `Europe/Kyiv`",
    "_clock": 'time of day: `"HH:MM"`',
    "_scale": "list of 2 numbers, the lower first",
}
_BY_TYPE: dict[object, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "`true` or `false`",
}


def _words(hint: Any, *, many: bool = False) -> str:
    """A type in words; ``many`` after 'list of'."""
    if hint == consent.Node:
        return "rules" if many else "rule: an actor's id, or one of the records below"
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return _annotated(arguments, many=many)
    if origin is Literal:
        return " or ".join(f"`{each}`" for each in arguments)
    if origin in (typing.Union, types.UnionType):
        parts = [_words(each, many=many) for each in arguments if each is not type(None)]
        return " or ".join(dict.fromkeys(parts))
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            single = _words(arguments[0])
            alternatives = " or " in single and arguments[0] != consent.Node
            return (
                f"list, each {single}"
                if alternatives
                else (f"list of {_words(arguments[0], many=True)}")
            )
        return f"list of {len(arguments)} {_words(arguments[0], many=True)}"
    if origin is dict:
        return f"mapping of {_words(arguments[0])} to {_words(arguments[1])}"
    if isinstance(hint, type) and issubclass(hint, Record):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    words = _BY_TYPE[hint]
    return f"{words}s" if many else words


def _annotated(arguments: tuple[Any, ...], *, many: bool) -> str:
    inner, *extras = arguments
    for extra in extras:
        if isinstance(extra, AfterValidator | BeforeValidator):
            words = _BY_VALIDATOR[extra.func.__name__]
            return f"{words}s" if many and words in ("id", "text") else words
    words = _words(inner, many=many)
    bounds = _bounds(extras)
    return f"{words} {bounds}" if bounds else words


def _bounds(extras: list[Any]) -> str:
    """The bounds of a number in words; the shortest list is left to the meaning."""
    found: dict[str, object] = {}
    for extra in extras:
        for each in extra.metadata if isinstance(extra, FieldInfo) else ():
            for name in ("ge", "gt", "le", "lt"):
                value = getattr(each, name, None)
                if value is not None:
                    found[name] = value
    if found.keys() == {"ge", "le"}:
        return f"from {found['ge']} to {found['le']}"
    names = {"ge": "at least", "gt": "above", "le": "at most", "lt": "below"}
    return ", ".join(f"{names[name]} {value}" for name, value in found.items())
