"""Does everything a case refers to exist, and does it make sense together?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from detente.case.case import ABSENT, UNKNOWN, Case, Entry
from detente.case.check_money import MoneyChecker
from detente.case.check_names import NameChecker
from detente.case.check_norms import NormChecker
from detente.case.check_packages import PackageChecker
from detente.case.check_positions import PositionChecker
from detente.case.check_strategy import StrategyChecker
from detente.case.consent import (
    All,
    AnyOf,
    AtLeast,
    ConsentRule,
    Fact,
    MembersOf,
    Node,
    SeatsOf,
    Weighted,
)
from detente.case.constraints import Constraint
from detente.case.money import Books
from detente.case.records import (
    About,
    Actor,
    ActorFile,
    Condition,
    Draft,
    OpenChoice,
    Person,
    Point,
    Ratings,
    Source,
    Statement,
    as_share,
)
from detente.case.references import References
from detente.case.strategy import Strategy
from detente.errors import Problem
from detente.text.nearest import suggest
from detente.text.yaml import Way

__all__ = ["find_problems", "required_count"]


def required_count(size: int, count: int | None, share: str | float | None) -> int:
    """Return how many of ``size`` voices are needed: a count, or a share rounded up.

    Examples
    --------
    >>> required_count(450, None, "2/3"), required_count(27, 15, None)
    (300, 15)
    """
    if share is None:
        return count or size
    exact = as_share(share) * size
    return -(-exact.numerator // exact.denominator)


def find_problems(case: Case) -> Iterator[Problem]:
    """Yield every reference to something that does not exist, and every contradiction.

    Ids that stand twice, unknown points, options, actors, people, drafts, sources and scenarios,
    aliases that two bear, drafts that skip a point, circular groups, empty bodies, quotas larger
    than their body, constraints that leave no option of a point, preferences that skip an option,
    positions off their scale, books of money that do not add up.
    """
    yield from _Checker(case).run()
    yield from NameChecker(case).run()
    yield from PackageChecker(case).run()
    yield from PositionChecker(case).run()
    yield from StrategyChecker(case).run()
    yield from MoneyChecker(case).run()
    yield from NormChecker(case).run()


class _Checker(References):
    """One pass over all entries with the known names at hand."""

    def run(self) -> list[Problem]:
        self._duplicates()
        if not self.case.points:
            self._case_fault("no-points", "The case has no points; write points.yaml.")
        if not self.case.actors:
            self._case_fault("no-actors", "The case has no actors; write actors.yaml.")
        for entry in self.case.entries:
            match entry.record:
                case ActorFile() as file:
                    self._actor_file(entry, file)
                case Point() as point:
                    self._point(entry, point)
                case Draft() as draft:
                    self._draft(entry, draft)
                case Statement() as statement:
                    self._statement(entry, statement)
                case Ratings() as ratings:
                    self._ratings(entry, ratings)
                case ConsentRule() as rule:
                    self._consent(entry, rule)
        self._circles()
        return self.problems

    # --- each kind ---

    def _duplicates(self) -> None:
        first: dict[tuple[str, str], str] = {}
        for entry, way, record in _identified(self.case.entries):
            what = type(record).__name__.lower().replace("consentrule", "consent rule")
            place = f"{entry.document.file}:{entry.document.place((*entry.way, *way))[0]}"
            if (what, record.id) in first:
                seen = first[what, record.id]
                message = f"The {what} '{record.id}' is defined twice, first in {seen}; rename one."
                self._fault(entry, (*way, "id"), "duplicate-id", message)
            first.setdefault((what, record.id), place)
        scenarios = [scenario.id for scenario in self.case.about.scenarios]
        for entry in self.case.entries:
            if entry.record is self.case.about:
                for index, name in enumerate(scenarios):
                    if name in scenarios[:index]:
                        message = f"The scenario '{name}' is defined twice; rename one."
                        self._fault(entry, ("scenarios", index, "id"), "duplicate-id", message)

    def _actor_file(self, entry: Entry, file: ActorFile) -> None:
        for index, actor in enumerate(file.actors):
            way: Way = ("actors", index)
            self._sourced(entry, way, actor)
            self._names(entry, (*way, "members"), "actor", actor.members)
            self._names(entry, (*way, "inherits"), "actor", actor.inherits)
            if actor.members == ():
                message = f"'{actor.id}' has an empty list of members; name them or drop the key."
                self._fault(entry, (*way, "members"), "empty-body", message)
            if actor.members is not None and len(set(actor.members)) < len(actor.members):
                message = f"A member of '{actor.id}' is listed twice."
                self._fault(entry, (*way, "members"), "duplicate-member", message)
        for index, person in enumerate(file.people):
            self._sourced(entry, ("people", index), person)
            self._names(entry, ("people", index, "speaks_for"), "actor", person.speaks_for)

    def _point(self, entry: Entry, point: Point) -> None:
        self._sourced(entry, (), point)
        ids = [option.id for option in point.options]
        for index, option in enumerate(point.options):
            self._sourced(entry, ("options", index), option)
            if option.id in ids[:index]:
                message = (
                    f"The option '{option.id}' stands twice in point '{point.id}'; rename one."
                )
                self._fault(entry, ("options", index, "id"), "duplicate-id", message)
            if option.id in (ABSENT, UNKNOWN):
                message = (
                    f"'{option.id}' has a meaning of its own in drafts; name the option otherwise."
                )
                self._fault(entry, ("options", index, "id"), "reserved-id", message)
            if point.ordered and option.position is None and option.id != point.status_quo:
                message = (
                    f"'{option.id}' has no position, but point '{point.id}' is ordered; "
                    "give one or drop 'ordered'."
                )
                self._fault(entry, ("options", index), "no-position", message)
        if point.status_quo not in ids:
            message = (
                f"The status quo '{point.status_quo}' is not an option of '{point.id}'"
                f"{suggest(point.status_quo, ids)}"
            )
            self._fault(entry, ("status_quo",), "unknown-option", message)

    def _draft(self, entry: Entry, draft: Draft) -> None:
        self._sourced(entry, (), draft)
        self._names(entry, ("origin",), "actor", draft.origin)
        if draft.based_on is not None:
            self._name(entry, ("based_on",), "draft", draft.based_on)
        for point, taken in draft.takes.items():
            way: Way = ("takes", point)
            if not self._name(entry, way, "point", point, key=True):
                continue
            if isinstance(taken, OpenChoice):
                for index, option in enumerate(taken.open):
                    self._option(entry, (*way, "open", index), point, option)
            elif taken not in (ABSENT, UNKNOWN):
                self._option(entry, way, point, taken)
        skipped = [point for point in self.points if point not in draft.takes]
        if skipped:
            names = ", ".join(f"'{point}'" for point in skipped[:3])
            more = f" and {len(skipped) - 3} more" if len(skipped) > 3 else ""
            message = (
                f"Draft '{draft.id}' says nothing on {names}{more}; "
                "write 'absent' for a point it leaves out, 'unknown' for one that is not known."
            )
            self._fault(entry, ("takes",), "skipped-point", message)
        for key in ("numbering", "text"):
            for point in getattr(draft, key):
                self._name(entry, (key, point), "point", point, key=True)

    def _statement(self, entry: Entry, statement: Statement) -> None:
        self._sourced(entry, (), statement)
        self._names(entry, ("actor",), "actor", statement.actor)
        self._names(entry, ("speaker",), "person", statement.speaker)
        listed = not isinstance(statement.about, About)
        for index, about in enumerate(statement.targets):
            way: Way = ("about", index) if listed else ("about",)
            self._about(entry, way, about)
            if statement.preferred_to and about.point and about.option:
                other = statement.preferred_to.option
                self._option(entry, ("preferred_to", "option"), about.point, other)
        if statement.preferred_to and (listed or not getattr(statement.about, "option", None)):
            message = "A comparison must be about one option of one point."
            self._fault(entry, ("preferred_to",), "comparison", message)
        if isinstance(statement.condition, Condition):
            for point, options in statement.condition.options.items():
                way = ("condition", "options", point)
                if self._name(entry, way, "point", point, key=True):
                    for option in (options,) if isinstance(options, str) else options:
                        self._option(entry, way, point, option)
        if statement.span and not 0 <= statement.span[0] < statement.span[1]:
            message = "A span runs from a first character to a later one."
            self._fault(entry, ("span",), "span", message)

    def _about(self, entry: Entry, way: Way, about: About) -> None:
        if about.point is None and about.draft is None:
            self._fault(entry, way, "about", "A statement is about a point or a draft; name one.")
        if about.point is not None and self._name(entry, (*way, "point"), "point", about.point):
            if about.option is not None:
                self._option(entry, (*way, "option"), about.point, about.option)
        elif about.option is not None and about.point is None:
            self._fault(entry, (*way, "option"), "about", "Name the point of this option as well.")
        if about.draft is not None:
            self._name(entry, (*way, "draft"), "draft", about.draft)

    def _ratings(self, entry: Entry, ratings: Ratings) -> None:
        for kind in ("ratings", "salience", "red_lines", "no_deal"):
            seen: set[tuple[object, ...]] = set()
            for index, assumed in enumerate(getattr(ratings, kind)):
                way: Way = (kind, index)
                self._name(entry, (*way, "actor"), "actor", assumed.actor)
                point = getattr(assumed, "point", None)
                if point is not None and self._name(entry, (*way, "point"), "point", point):
                    for each in getattr(assumed, "options", ()):
                        self._option(entry, (*way, "options"), point, each)
                        if each == self.points[point].status_quo:
                            message = f"'{each}' is the status quo; it cannot be a red line."
                            self._fault(entry, (*way, "options"), "red-line", message)
                    if hasattr(assumed, "option"):
                        self._option(entry, (*way, "option"), point, assumed.option)
                scenario = getattr(assumed, "scenario", None)
                if scenario is not None:
                    self._name(entry, (*way, "scenario"), "scenario", scenario)
                key = (assumed.actor, point, getattr(assumed, "option", None), scenario)
                if key in seen and kind != "red_lines":
                    message = f"This assumption about '{assumed.actor}' stands twice; keep one."
                    self._fault(entry, way, "duplicate-assumption", message)
                seen.add(key)

    def _consent(self, entry: Entry, rule: ConsentRule) -> None:
        self._names(entry, ("source",), "source", rule.source)
        self._names(entry, ("body",), "actor", rule.body)
        if rule.points != "all":
            for index, subject in enumerate(rule.points):
                if isinstance(subject, str):
                    self._name(entry, ("points", index), "point", subject)
                    continue
                for point, options in subject.items():
                    way: Way = ("points", index, point)
                    if self._name(entry, way, "point", point, key=True):
                        for position, option in enumerate(options):
                            self._option(entry, (*way, position), point, option)
        if (rule.rule is None) == (not rule.readings):
            message = f"Rule '{rule.id}' needs either 'rule' or 'readings', and not both."
            self._fault(entry, (), "rule", message)
        if rule.rule is not None:
            self._node(entry, ("rule",), rule.rule)
        for index, reading in enumerate(rule.readings):
            self._names(entry, ("readings", index, "source"), "source", reading.source)
            self._node(entry, ("readings", index, "rule"), reading.rule)

    def _node(self, entry: Entry, way: Way, node: Node) -> None:
        match node:
            case str():
                self._name(entry, way, "actor", node)
            case All():
                self._voters(entry, (*way, "all"), node.all)
            case AnyOf():
                self._voters(entry, (*way, "any"), node.any)
            case AtLeast():
                inner = node.at_least
                for index, part in enumerate(inner.of if isinstance(inner.of, tuple) else ()):
                    if isinstance(part, Fact):
                        message = "A fact cannot be counted as a vote; put it beside in 'all'."
                        self._fault(entry, (*way, "at_least", "of", index), "fact", message)
                size = self._voters(entry, (*way, "at_least", "of"), inner.of)
                if (inner.count is None) == (inner.share is None):
                    message = "Give either a count or a share of those who must agree."
                    self._fault(entry, (*way, "at_least"), "quota", message)
                elif inner.count is not None and size and inner.count > size:
                    message = f"The quota {inner.count} is larger than the body of {size}."
                    self._fault(entry, (*way, "at_least", "count"), "quota", message)
            case Weighted():
                total = sum(node.weighted.weights.values())
                for actor in node.weighted.weights:
                    self._name(
                        entry, (*way, "weighted", "weights", actor), "actor", actor, key=True
                    )
                if node.weighted.quota > total:
                    message = (
                        f"The quota {node.weighted.quota} is larger than all weights, {total}."
                    )
                    self._fault(entry, (*way, "weighted", "quota"), "quota", message)
            case Fact():
                self._names(entry, (*way, "fact", "source"), "source", node.fact.source)
                self._names(entry, (*way, "fact", "lifted_by"), "point", node.fact.lifted_by)

    def _voters(
        self, entry: Entry, way: Way, voters: MembersOf | SeatsOf | tuple[Node, ...]
    ) -> int:
        if isinstance(voters, tuple):
            if not voters:
                self._fault(entry, way, "empty-body", "Nobody is named here; name at least one.")
            for index, node in enumerate(voters):
                self._node(entry, (*way, index), node)
                if isinstance(node, str) and node in voters[:index]:
                    message = f"'{node}' is named twice here; one voice counts once."
                    self._fault(entry, (*way, index), "duplicate-voter", message)
            return len(voters)
        key = "members_of" if isinstance(voters, MembersOf) else "seats_of"
        name = getattr(voters, key)
        if not self._name(entry, (*way, key), "actor", name):
            return 0
        actor = self.case.actor_of[name]
        size = len(actor.members or ()) if isinstance(voters, MembersOf) else (actor.seats or 0)
        if not size:
            what = "members" if isinstance(voters, MembersOf) else "seats"
            message = f"'{name}' has no {what}; give them in the actors file."
            self._fault(entry, (*way, key), "empty-body", message)
        return size

    def _circles(self) -> None:
        for key in ("members", "inherits"):
            leads = {
                actor.id: actor.members or () if key == "members" else (actor.inherits,)
                for actor in self.case.actors
            }
            for circle in _find_circles(leads):
                for entry in self.case.entries:
                    if not isinstance(entry.record, ActorFile):
                        continue
                    for index, actor in enumerate(entry.record.actors):
                        if actor.id == circle[0]:
                            chain = " -> ".join((*circle, circle[0]))
                            message = f"The chain of '{key}' runs in a circle: {chain}."
                            self._fault(entry, ("actors", index, key), "circle", message)


def _find_circles(leads: Mapping[str, Iterable[str | None]]) -> Iterator[tuple[str, ...]]:
    """Yield circles in a graph, by depth-first search without recursion."""
    done: set[str] = set()
    for start in leads:
        trail = [start]
        branches = [iter(leads[start])]
        while trail and start not in done:
            after = next(branches[-1], "")
            if after == "":
                done.add(trail.pop())
                branches.pop()
            elif after in trail:
                yield tuple(trail[trail.index(after) :])
                done.update(trail)
            elif after in leads and after not in done:
                trail.append(str(after))
                branches.append(iter(leads[str(after)]))


_Identified = (
    Actor
    | Person
    | Point
    | Draft
    | Source
    | Statement
    | ConsentRule
    | Constraint
    | Strategy
    | Books
)


def _identified(
    entries: Iterable[Entry],
) -> Iterator[tuple[Entry, Way, _Identified]]:
    for entry in entries:
        record = entry.record
        if isinstance(record, ActorFile):
            for index, actor in enumerate(record.actors):
                yield entry, ("actors", index), actor
            for index, person in enumerate(record.people):
                yield entry, ("people", index), person
        elif isinstance(
            record,
            Point | Draft | Source | Statement | ConsentRule | Constraint | Strategy | Books,
        ):
            yield entry, (), record
