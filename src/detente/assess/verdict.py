"""The verdict on a draft: acceptance per actor and per rule, and the chance of the whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.assess.outlook import Outlook
from detente.case.case import UNKNOWN
from detente.case.consent import Bar
from detente.case.records import Draft, OpenChoice
from detente.compiled.compiled import Features, Packages
from detente.consent.blocking import BlockingSets, hold_outs, minimal_blocking_sets
from detente.consent.formula import Formula, Voter, all_of, voters_in
from detente.consent.joint import VoterChance, chance_of, marginal
from detente.consent.rules import Rule

__all__ = [
    "ActorVerdict",
    "DraftVerdict",
    "FactVerdict",
    "PointShare",
    "RedLineHit",
    "RuleVerdict",
    "assess_draft",
    "assess_packages",
    "point_shares",
]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PointShare:
    """What one point adds to an actor's mean gain over no deal, on -3..3.

    Shapley's share of the gain, exact because the gain is linear; what hangs on several points is
    split evenly among them (Shapley 1953: unanimity games).
    """

    point: str
    share: float


@dataclass(frozen=True, slots=True)
class RedLineHit:
    """A red line that the draft may cross: option, chance that it is, and who says so.

    The chance is over what the draft may mean, and less where a condition makes it bearable.
    """

    point: str
    option: str
    probability: float
    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class ActorVerdict:
    """One actor's acceptance of a draft, with its two factors apart.

    ``probability`` is the product of ``gain`` (chance of gaining over no deal) and ``compliance``
    (chance that no red line is crossed), averaged over what the draft may mean; ``low`` and
    ``high`` are its least and largest values over that. ``mean`` and ``sd`` are of the utility on
    -3..3, before ``reservation`` is taken off. ``inherits`` names the group whose belief stands in
    where the actor has not spoken.
    """

    actor: str
    probability: float
    low: float
    high: float
    standard_error: float
    gain: float
    compliance: float
    mean: float
    sd: float
    reservation: float
    reservation_sd: float
    reservation_reason: str
    red_lines: tuple[RedLineHit, ...]
    points: tuple[PointShare, ...]
    scope: tuple[str, ...]
    statements: int
    inherits: str | None


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """One consent rule's chance of being met, who blocks, and how it comes out otherwise read.

    ``needed`` is the share of what the draft may mean in which the rule is called for;
    ``probability`` is given that it is. ``independent`` leaves out all that voters share but for
    the seats of one body.
    """

    rule: str
    title: str
    needed: float
    probability: float
    independent: float
    blocked_by: tuple[Voter, ...]
    blocking: BlockingSets
    voters: tuple[tuple[Voter, float], ...]
    readings: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class FactVerdict:
    """A condition of law that nobody's will decides; ``reading`` is that of its rule, if any."""

    rule: str
    title: str
    reading: str
    fact: Bar

    @property
    def words(self) -> str:
        """The condition, whether it holds, under which reading and what it depends on."""
        state = "holds" if self.fact.holds else "does not hold today"
        read = f" (read as {self.reading})" if self.reading else ""
        after = f"; depends on {', '.join(self.fact.lifted_by)}" if self.fact.lifted_by else ""
        return f"{self.title}{read}: {self.fact.text}: {state}{after}"


@dataclass(frozen=True, slots=True)
class DraftVerdict:
    """The verdict on one draft in one scenario.

    ``probability`` is the chance that every rule called for is met, computed jointly;
    ``low`` and ``high`` bound it over the completions of what is open or unknown, and
    ``standard_error`` is what their drawing adds, 0 where all of them were judged;
    ``independent`` is the same without any dependence between actors. ``other_readings`` gives it
    with one rule read otherwise. ``facts`` are conditions of law that nobody's will decides: they
    are not part of any probability.
    """

    draft: str
    scenario: str
    probability: float
    low: float
    high: float
    standard_error: float
    independent: float
    completions: int
    all_completions: bool
    unknown: tuple[str, ...]
    open: tuple[str, ...]
    actors: tuple[ActorVerdict, ...]
    rules: tuple[RuleVerdict, ...]
    other_readings: tuple[tuple[str, str, float], ...]
    facts: tuple[FactVerdict, ...]

    @property
    def blockers(self) -> tuple[Voter, ...]:
        """Everyone who blocks some rule, least likely first, without repetition."""
        return tuple(dict.fromkeys(voter for rule in self.rules for voter in rule.blocked_by))


def assess_draft(outlook: Outlook, draft: Draft) -> DraftVerdict:
    """Return the verdict on a draft.

    A draft that leaves points open, or of which points are unknown, is judged over everything it
    may mean (see :meth:`~detente.compiled.compiled.CompiledCase.completions`).

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> outlook = Outlook.of(load(example_folder("ukraine-2025")))
    >>> verdict = assess_draft(outlook, outlook.case.draft("us-russia-28"))
    >>> 0.0 <= verdict.low <= verdict.probability <= verdict.high <= 1.0
    True
    """
    packages, everything = outlook.compiled.completions(draft)
    unknown = tuple(point for point, taken in draft.takes.items() if taken == UNKNOWN)
    open_ = tuple(point for point, taken in draft.takes.items() if isinstance(taken, OpenChoice))
    return assess_packages(
        outlook, draft.id, packages, everything=everything, unknown=unknown, open_=open_
    )


def assess_packages(
    outlook: Outlook,
    name: str,
    packages: Packages,
    *,
    everything: bool = True,
    unknown: tuple[str, ...] = (),
    open_: tuple[str, ...] = (),
) -> DraftVerdict:
    """Return the verdict on packages ``(packages, points)`` that stand for one proposal."""
    packages = np.atleast_2d(packages)
    called = {
        rule.id: np.asarray(rule.triggers[packages].any(axis=1)) for rule in outlook.rules.rules
    }
    rules = [rule for rule in outlook.rules.rules if called[rule.id].any()]
    facts = tuple(
        FactVerdict(rule.id, rule.title, reading, fact)
        for rule in rules
        for reading, fact in rule.facts
    )
    voting = {v.actor for rule in rules for _, f in rule.readings for v in voters_in(f)}
    order = {actor.id: place for place, actor in enumerate(outlook.case.actors)}
    named = list(outlook.rules.principals) + sorted(voting, key=order.__getitem__)
    actors = tuple(dict.fromkeys(named))
    each = outlook.chances(actors, packages)
    rules = [rule for rule in rules if any(voters_in(formula) for _, formula in rule.readings)]
    joint, apart, otherwise = _joint(outlook, rules, packages, each)
    features = outlook.compiled.features(packages)
    return DraftVerdict(
        draft=name,
        scenario=outlook.scenario.id,
        probability=float(np.mean(joint)),
        low=min(joint),
        high=max(joint),
        standard_error=0.0 if everything else _standard_error(joint),
        independent=float(np.mean(apart)),
        completions=len(packages),
        all_completions=everything,
        unknown=unknown,
        open=open_,
        actors=tuple(
            _judge_actor(outlook, actor, features, everything=everything) for actor in actors
        ),
        rules=tuple(_judge_rule(outlook, rule, called[rule.id], each) for rule in rules),
        other_readings=otherwise,
        facts=facts,
    )


def _independent(formula: Formula, chances: dict[str, VoterChance]) -> float:
    """The chance with nothing shared between actors; the seats of one body still share theirs."""
    apart = {
        actor: replace(chance, cluster=actor if chance.seats else None)
        for actor, chance in chances.items()
    }
    return chance_of(formula, apart)


def _standard_error(values: ArrayLike) -> float:
    """The standard error of a mean over completions that were drawn."""
    found = np.asarray(values, dtype=np.float64)
    return float(found.std(ddof=1) / np.sqrt(found.size))


def _judge_actor(
    outlook: Outlook, actor: str, features: Features, *, everything: bool
) -> ActorVerdict:
    judge, belief = outlook.acceptor(actor), outlook.belief(actor)
    means, sds = judge.utility(features)
    gain, compliance = judge.factors(features)
    accepted = gain * compliance
    spread = float(np.var(means) + np.mean(sds**2) - judge.reservation.sd**2)
    compiled = outlook.compiled
    hits = []
    for line in judge.red_lines:
        softened = sum(
            features[:, feature] * judge.log_compliance[feature]
            for interaction, feature in compiled.interaction_place.items()
            if interaction.option == line.feature
        )
        logs = np.minimum(judge.log_compliance[line.feature] + softened, 0.0)
        chance = float((features[:, line.feature] * (1.0 - np.exp(logs))).mean())
        if chance >= 0.0005:
            point, option = compiled.options[line.feature]
            hits.append(RedLineHit(point, option, chance, line.origin, line.reason))
    own = {each.origin for each in belief.observations if each.kind == "statement"}
    return ActorVerdict(
        actor=actor,
        probability=float(accepted.mean()),
        low=float(accepted.min()),
        high=float(accepted.max()),
        standard_error=0.0 if everything else _standard_error(accepted),
        gain=float(gain.mean()),
        compliance=float(compliance.mean()),
        mean=float(means.mean()) + judge.reservation.value,
        sd=float(np.sqrt(max(spread, 0.0))),
        reservation=judge.reservation.value,
        reservation_sd=judge.reservation.sd,
        reservation_reason=judge.reservation.reason,
        red_lines=tuple(sorted(hits, key=lambda hit: -hit.probability)),
        points=point_shares(outlook, judge.values, features.mean(axis=0)),
        scope=tuple(
            point.id
            for point, asked in zip(outlook.case.points, outlook.scope(actor), strict=True)
            if asked
        ),
        statements=len(own),
        inherits=None if belief.has_own_voice else next(iter(belief.lineage), None),
    )


def point_shares(outlook: Outlook, values: Array, features: Array) -> tuple[PointShare, ...]:
    """Return what each point adds, largest first, from values and features ``(features,)``."""
    compiled = outlook.compiled
    total = np.zeros(len(outlook.case.points))
    options = len(compiled.options)
    np.add.at(total, compiled.feature_point[:options], (values * features)[:options])
    for interaction, feature in compiled.interaction_place.items():
        worth = values[feature] * features[feature]
        involved = compiled.involved(interaction)
        total[involved] += worth / len(involved)
    shares = [
        PointShare(point.id, float(share))
        for point, share in zip(outlook.case.points, total, strict=True)
        if abs(share) > 1e-9
    ]
    return tuple(sorted(shares, key=lambda each: -abs(each.share)))


def _judge_rule(
    outlook: Outlook,
    rule: Rule,
    called: NDArray[np.bool_],
    each: list[dict[str, VoterChance]],
) -> RuleVerdict:
    actors = {voter.actor for _, formula in rule.readings for voter in voters_in(formula)}
    asked = [chances for chances, needed in zip(each, called, strict=True) if needed]
    mean = {actor: _averaged(asked, actor) for actor in actors}
    shock = outlook.settings.common_shock
    yes = {voter: marginal(voter, mean, shock) for voter in voters_in(rule.formula)}
    ordered = sorted(yes.items(), key=lambda item: (item[1], item[0]))
    return RuleVerdict(
        rule=rule.id,
        title=rule.title,
        needed=float(called.mean()),
        probability=chance_of(rule.formula, mean, shock),
        independent=_independent(rule.formula, mean),
        blocked_by=hold_outs(rule.formula, yes),
        blocking=minimal_blocking_sets(rule.formula, yes),
        voters=tuple(ordered),
        readings=tuple((name, chance_of(f, mean, shock)) for name, f in rule.readings if name),
    )


def _averaged(each: list[dict[str, VoterChance]], actor: str) -> VoterChance:
    found = [chances[actor] for chances in each]
    return VoterChance(
        probability=float(np.mean([chance.probability for chance in found])),
        cluster=found[0].cluster,
        shared=float(np.mean([chance.shared for chance in found])),
        seats=found[0].seats,
    )


def _joint(
    outlook: Outlook, rules: Iterable[Rule], packages: Packages, each: list[dict[str, VoterChance]]
) -> tuple[list[float], list[float], tuple[tuple[str, str, float], ...]]:
    """The chance of the whole by package: as read, without dependence, and read otherwise."""
    shock = outlook.settings.common_shock
    joint, apart = [], []
    otherwise: dict[tuple[str, str], list[float]] = {
        (rule.id, name): [] for rule in rules for name, _ in rule.readings[1:]
    }
    for package, chances in zip(packages, each, strict=True):
        applying = outlook.rules.applying(package)
        formula = all_of(rule.formula for rule in applying)
        memory: dict[object, NDArray[np.float64]] = {}
        joint.append(chance_of(formula, chances, shock, memory))
        apart.append(_independent(formula, chances))
        for (rule, name), found in otherwise.items():
            read = all_of(other.read_as(name if other.id == rule else None) for other in applying)
            chance = joint[-1] if read == formula else chance_of(read, chances, shock, memory)
            found.append(chance)
    means = tuple((rule, name, float(np.mean(all_))) for (rule, name), all_ in otherwise.items())
    return joint, apart, means
