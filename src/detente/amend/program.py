"""The exact program: packages, rules and demands as integers for the solver.

Mean gains are linear in a package. Two things are not: the sd of the gain, which is convex in the
package, and the product of the two factors of acceptance. Both are replaced by linear conditions
that every acceptable package meets (outer approximation: tangents of a convex function lie below
it), so that what the solver excludes is excluded for good; what it proposes is checked with the
full formulas, and a tangent at the proposal, or the proposal itself, is cut off where it fails
(Duran and Grossmann 1986). Coefficients are scaled by 10^9 and rounded outwards.
"""

from __future__ import annotations

import math
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model
from scipy.special import ndtr, ndtri

from detente.amend.demands import Demand, VoterDemands
from detente.assess.acceptance import Acceptor
from detente.assess.outlook import Outlook
from detente.compiled.compiled import Packages
from detente.consent.formula import AllOf, AtLeastOf, Formula, Voter
from detente.packages.of_case import constraints_of

__all__ = ["Found", "Program", "Terms"]

SCALE = 10**9
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked: the draft's choices, points that stay, most changes, wanted probability.

    ``choices`` holds, for every point, the options that count as unchanged. ``indispensable`` asks
    only those without whom a rule cannot pass; whoever is one of several is left out.
    """

    choices: tuple[tuple[int, ...], ...]
    fixed: frozenset[int]
    most: int | None
    level: float | None
    indispensable: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A package that meets everything asked, ``(points,)``, and whether the optimum is proven."""

    package: Packages
    objective: int
    proven: bool


@dataclass
class Program:
    """The program of one question; solving it adds cuts, so that it sharpens as it is used.

    Parameters
    ----------
    outlook, terms
        The case under a scenario, and what is asked.
    deadline
        Moment (``time.monotonic``) after which nothing more is tried.
    soft
        Whether demands may be dropped; else all hold.
    """

    outlook: Outlook
    terms: Terms
    deadline: float
    soft: bool = False
    model: cp_model.CpModel = field(init=False)
    chosen: list[cp_model.IntVar] = field(init=False)
    demands: dict[Demand, cp_model.IntVar] = field(init=False, default_factory=dict)
    changes: cp_model.LinearExpr = field(init=False)
    last_dropped: frozenset[Demand] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        self.model = cp_model.CpModel()
        self._voters: dict[Voter, cp_model.IntVar] = {}
        self._asks: dict[Voter, VoterDemands] = {}
        self._ranges: dict[str, tuple[float, float]] = {}
        self._build_package()
        for rule in self.outlook.rules.rules:
            called = self.model.new_bool_var(f"called {rule.id}")
            for option in np.flatnonzero(rule.triggers):
                self.model.add_implication(self._has(option), called)
            self._require(rule.formula, called)
        for voter in list(self._voters):
            self._ask(voter)

    # --- the package ---

    def _has(self, feature: int | np.int64) -> cp_model.IntVar:
        return self.chosen[int(feature)]

    def _build_package(self) -> None:
        compiled, model = self.outlook.compiled, self.model
        self.chosen = [model.new_bool_var(f"{p}={o}") for p, o in compiled.options]
        changed = []
        for place, choice in enumerate(self.terms.choices):
            options = range(compiled.first[place], compiled.first[place + 1])
            model.add_exactly_one(self._has(option) for option in options)
            others = [option for option in options if option not in choice]
            if place in self.terms.fixed:
                for option in others:
                    model.add(self._has(option) == 0)
            changed += [self._has(option) for option in others]
        self.changes = cp_model.LinearExpr.sum(changed)
        if self.terms.most is not None:
            model.add(self.changes <= self.terms.most)
        quiet = set(compiled.status_quo.tolist())
        loud = [place for place in range(len(compiled.options)) if place not in quiet]
        model.add_bool_or([self._has(option) for option in loud])
        self._constrain()
        for interaction in compiled.interactions:
            self.chosen.append(self._together([{interaction.option}, *interaction.needs]))

    def _together(self, parts: Iterable[Collection[int]]) -> cp_model.IntVar:
        """A variable that is 1 exactly where one option of every part is taken."""
        all_held, held = self.model.new_bool_var(""), []
        for options in parts:
            one = self.model.new_bool_var("")
            self.model.add_max_equality(one, [self._has(option) for option in sorted(options)])
            held.append(one)
        self.model.add_min_equality(all_held, held)
        return all_held

    def _constrain(self) -> None:
        """Leave only packages that the case's constraints allow."""
        first = self.outlook.compiled.first

        def taken(when: Mapping[int, Sequence[int]]) -> cp_model.IntVar:
            return self._together(
                [int(first[point]) + option for option in options]
                for point, options in when.items()
            )

        exclusions, limits = constraints_of(self.outlook)
        for _, when in exclusions:
            self.model.add(taken(when) == 0)
        for _, most, items in limits:
            self.model.add(cp_model.LinearExpr.sum([taken(item) for item in items]) <= most)

    # --- the rules ---

    def _says_yes(self, voter: Voter) -> cp_model.IntVar:
        if voter not in self._voters:
            self._voters[voter] = self.model.new_bool_var(f"yes {voter}")
        return self._voters[voter]

    def _require(self, formula: Formula, when: cp_model.IntVar) -> None:
        if isinstance(formula, Voter):
            self.model.add_implication(when, self._says_yes(formula))
            return
        if isinstance(formula, AllOf):
            for part in formula.parts:
                self._require(part, when)
            return
        if self.terms.indispensable:
            return
        literals = []
        for part in formula.parts:
            if isinstance(part, Voter):
                literals.append(self._says_yes(part))
            else:
                literal = self.model.new_bool_var("")
                self._require(part, literal)
                literals.append(literal)
        if isinstance(formula, AtLeastOf):
            enough = cp_model.LinearExpr.sum(literals) >= formula.count
        else:
            enough = cp_model.LinearExpr.weighted_sum(literals, formula.weights) >= formula.quota
        self.model.add(enough).only_enforce_if(when)

    # --- the demands ---

    def _ask(self, voter: Voter) -> None:
        asks = self._asks[voter] = VoterDemands(self.outlook, voter, self.terms.level)
        judge = self.outlook.acceptor(voter.actor)
        for demand in asks.all():
            self.demands[demand] = self.model.new_bool_var(str(demand))
            if not self.soft:
                self.model.add(self.demands[demand] == 1)
        for point, options in asks.forbidden.items():
            when = [self._voters[voter], self.demands[Demand(voter, point)]]
            for option in options:
                self.model.add(self._has(option) == 0).only_enforce_if(when)
        self._tangent(voter, judge, np.zeros(len(judge.values)), 0.0)
        if asks.level is not None:
            self._compliance(voter, judge)

    def _at_least(self, row: Array, bound: float, when: list[cp_model.IntVar]) -> None:
        """Add ``row @ features >= bound``, rounded so that no package is excluded wrongly."""
        used = np.flatnonzero(np.abs(row) > 1e-12)
        scaled = [round(float(row[each]) * SCALE) for each in used]
        limit = math.floor(bound * SCALE) - len(used) - 1
        left = cp_model.LinearExpr.weighted_sum([self._has(each) for each in used], scaled)
        self.model.add(left >= limit).only_enforce_if(when)

    def _tangent(self, voter: Voter, judge: Acceptor, at: Array, log_compliance: float) -> None:
        """Ask for mean >= z * sd, and more where red lines are touched.

        With a wanted level L the gain must be mean >= sd * f(c), where c is the logarithm of
        compliance and f(c) = quantile(L exp(-c)) is convex (its slope is -u / density(quantile(u)),
        and u / density grows with u). The sd is replaced by its tangent at features ``at`` where it
        adds to what is asked, and by its least and largest value elsewhere; f by its tangent.
        """
        asks = self._asks[voter]
        z = asks.quantile
        least, largest = self._sd_range(judge)
        when = [self._voters[voter], self.demands[Demand(voter)]]
        row, bound = judge.values.copy(), judge.reservation.value
        if z > 0.0:
            sd = math.sqrt(float(at @ judge.covariance @ at) + judge.reservation.sd**2)
            slope = judge.covariance @ at / sd
            row -= z * slope
            bound += z * (sd - float(slope @ at))
        elif z < 0.0:
            bound += z * largest
        if asks.level is not None and not self.soft:
            level = min(float(ndtr(z)) * math.exp(-log_compliance), 1.0 - 1e-9)
            needed = ndtri(level)
            density = math.exp(-0.5 * needed**2) / math.sqrt(2.0 * math.pi)
            steep = level / density * least
            row += steep * judge.log_compliance
            bound += (needed - z) * least + steep * log_compliance
        self._at_least(row, bound, when)

    def _compliance(self, voter: Voter, judge: Acceptor) -> None:
        """Ask that the chance of crossing no red line alone allows the wanted probability."""
        row = judge.log_compliance.copy()
        if self.soft:
            named = set(self._asks[voter].forbidden)
            for feature, point in enumerate(self.outlook.compiled.feature_point):
                if self.outlook.case.points[point].id in named:
                    row[feature] = 0.0
        wanted = self._asks[voter].wanted
        self._at_least(row, math.log(max(wanted, 1e-12)), [self._voters[voter]])

    def _sd_range(self, judge: Acceptor) -> tuple[float, float]:
        """Bounds on the sd of the gain over all packages, from pairs of points apart."""
        if judge.actor not in self._ranges:
            compiled = self.outlook.compiled
            options, points = len(compiled.options), len(self.terms.choices)
            ends = compiled.first[:-1]
            pairs = judge.covariance[:options, :options]
            low = np.minimum.reduceat(np.minimum.reduceat(pairs, ends, axis=0), ends, axis=1)
            high = np.maximum.reduceat(np.maximum.reduceat(pairs, ends, axis=0), ends, axis=1)
            own = np.eye(points, dtype=bool)
            own_low = np.minimum.reduceat(pairs.diagonal(), ends)
            own_high = np.maximum.reduceat(pairs.diagonal(), ends)
            extra = judge.covariance[options:, :]
            slack = 2.0 * np.abs(extra).sum()
            least = own_low.sum() + np.minimum(low, 0.0)[~own].sum() - slack
            largest = own_high.sum() + np.maximum(high, 0.0)[~own].sum() + slack
            fixed = judge.reservation.sd**2
            self._ranges[judge.actor] = (
                math.sqrt(fixed + max(least, 0.0)),
                math.sqrt(fixed + largest),
            )
        return self._ranges[judge.actor]

    # --- solving ---

    def solve(self, objective: cp_model.LinearExpr, *, maximize: bool = False) -> Found | None:
        """Return the best package that passes the exact check, or None where there is none.

        Where demands are soft, those that the answer drops are in ``last_dropped``.

        Raises
        ------
        TimeoutError
            If the deadline passes before a package that passes the check is found or excluded.
        """
        (self.model.maximize if maximize else self.model.minimize)(objective)
        while True:
            left = self.deadline - time.monotonic()
            if left <= 0.0:
                raise TimeoutError
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = 1
            solver.parameters.max_time_in_seconds = left
            solver.parameters.linearization_level = 2
            status = solver.solve(self.model)
            if status == cp_model.INFEASIBLE:
                return None
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                raise TimeoutError
            package = self._package(solver)
            dropped = frozenset(
                demand for demand, kept in self.demands.items() if not solver.boolean_value(kept)
            )
            if self._check(package, solver, dropped):
                self.last_dropped = dropped
                proven = status == cp_model.OPTIMAL
                return Found(package, round(solver.objective_value), proven)

    def _package(self, solver: cp_model.CpSolver) -> Packages:
        options = range(len(self.outlook.compiled.options))
        return np.array([o for o in options if solver.boolean_value(self._has(o))], dtype=np.int64)

    def _check(
        self, package: Packages, solver: cp_model.CpSolver, dropped: frozenset[Demand]
    ) -> bool:
        """Check a proposal with the full formulas; cut it off where it fails."""
        passed = True
        applying = self.outlook.rules.applying(package)
        features = self.outlook.compiled.features(package)
        asked = {voter for rule in applying for voter in rule.voters if voter in self._voters}
        for voter in sorted(asked):
            agrees = solver.boolean_value(self._voters[voter])
            if agrees and not self._asks[voter].met(package, dropped, features):
                self._cut(voter, package, dropped)
                passed = False
        return passed

    def _cut(self, voter: Voter, package: Packages, dropped: frozenset[Demand]) -> None:
        judge = self.outlook.acceptor(voter.actor)
        features = self.outlook.compiled.features(package)[0]
        log_compliance = float(judge.log_compliance_of(features[None, :])[0])
        if log_compliance > math.log(ndtr(self._asks[voter].quantile)):
            self._tangent(voter, judge, features, log_compliance)
        matters = self._matters(judge)
        same = [self._has(package[point]).negated() for point in np.flatnonzero(matters)]
        kept = [
            literal.negated()
            for demand, literal in self.demands.items()
            if self.soft and demand.voter == voter and demand not in dropped
        ]
        self.model.add_bool_or([*same, *kept, self._voters[voter].negated()])

    def _matters(self, judge: Acceptor) -> NDArray[np.bool_]:
        """Points on which an actor's judgement can depend, ``(points,) bool``."""
        compiled = self.outlook.compiled
        counts = (np.abs(judge.weights) > 0.0) | (judge.log_compliance != 0.0)
        points = np.zeros(len(self.terms.choices), dtype=bool)
        points[compiled.feature_point[counts]] = True
        for interaction, feature in compiled.interaction_place.items():
            if counts[feature]:
                points[compiled.involved(interaction)] = True
        return points

    def exclude(self, package: Packages) -> None:
        """Exclude one package from all further answers."""
        self.model.add_bool_or([self._has(option).negated() for option in package])

    def promise(self) -> cp_model.LinearExpr:
        """Return a linear guess of how well a package is accepted; it only orders the search."""
        row = np.zeros(self.outlook.compiled.feature_count)
        for voter in self._voters:
            judge = self.outlook.acceptor(voter.actor)
            row += judge.values / judge.reservation.sd + judge.log_compliance
        scaled = [round(float(value) * 10_000) for value in row]
        return cp_model.LinearExpr.weighted_sum(self.chosen, scaled)

    def insist(self, kept: Collection[Demand]) -> None:
        """Let the next answers meet these demands; the others may be dropped."""
        self.model.clear_assumptions()
        self.model.add_assumptions([self.demands[demand] for demand in kept])

    def hold_changes_at(self, count: int) -> None:
        """Let every further answer change exactly so many points."""
        self.model.add(self.changes == count)


def deadline_after(seconds: float) -> float:
    """Return the moment that lies so many seconds ahead."""
    return time.monotonic() + seconds
