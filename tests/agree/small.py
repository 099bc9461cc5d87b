"""Small cases made by hand or at random, without any file."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from detente.case.case import Case
from detente.case.consent import (
    All,
    AnyOf,
    AtLeast,
    ConsentRule,
    Count,
    Node,
    SeatsOf,
    Weighted,
    WeightedVote,
)
from detente.case.records import (
    About,
    Actor,
    CaseFile,
    Comparison,
    Condition,
    Draft,
    NoDeal,
    OpenChoice,
    Option,
    Person,
    Point,
    Rating,
    Ratings,
    RedLine,
    Salience,
    Settings,
    Statement,
)

__all__ = [
    "TODAY",
    "Voice",
    "all_packages",
    "called_for",
    "choices_of",
    "days_before_today",
    "draft",
    "holds_among",
    "make_case",
    "opinion",
    "point",
    "random_case",
    "rating",
    "rule",
    "voices",
]

TODAY = "2025-12-01"

Voice = tuple[str, int]
"""An actor and how many of its seats must agree; 0 seats for the actor itself."""


# --- records ---


def point(
    name: str,
    options: Sequence[str] = ("as-is", "new"),
    positions: Sequence[float | None] | None = None,
    status_quo: str | None = None,
) -> Point:
    """Return a point; ordered where positions are given; the first option is the status quo."""
    places = positions if positions is not None else [None] * len(options)
    return Point(
        id=name,
        title=name,
        status_quo=status_quo or options[0],
        ordered=positions is not None,
        options=tuple(
            Option(id=option, text=option, position=place)
            for option, place in zip(options, places, strict=True)
        ),
    )


def draft(name: str, takes: Mapping[str, str | Sequence[str]]) -> Draft:
    """Return a draft; several options on a point leave it open."""
    read = {
        each: taken if isinstance(taken, str) else OpenChoice(open=tuple(taken))
        for each, taken in takes.items()
    }
    return Draft(id=name, takes=read)


def opinion(
    name: str,
    actor: str,
    about: About,
    stance: float | None = None,
    *,
    date: str = TODAY,
    speaker: str | None = None,
    condition: Condition | str | None = None,
    preferred_to: str | None = None,
    confidence: float = 1.0,
    evidence: bool | None = None,
) -> Statement:
    """Return a statement of one actor."""
    return Statement(
        id=name,
        actor=actor,
        speaker=speaker,
        date=date,
        about=about,
        stance=stance,
        condition=condition,
        preferred_to=None if preferred_to is None else Comparison(option=preferred_to),
        confidence=confidence,
        evidence=evidence,
        gist=name,
    )


def rating(actor: str, place: str, option: str, value: float, sd: float = 1.0) -> Rating:
    """Return an analyst's rating."""
    return Rating(actor=actor, point=place, option=option, rating=value, sd=sd, reason="assumed")


def rule(name: str, tree: Node, points: object = "all") -> ConsentRule:
    """Return a consent rule."""
    return ConsentRule.model_validate(
        {"id": name, "title": name, "points": points, "rule": tree, "legal_source": "treaty"}
    )


def make_case(
    points: Sequence[Point],
    actors: Sequence[Actor | str],
    *,
    people: Sequence[Person] = (),
    drafts: Sequence[Draft] = (),
    statements: Sequence[Statement] = (),
    ratings: Sequence[Rating] = (),
    salience: Sequence[Salience] = (),
    red_lines: Sequence[RedLine] = (),
    no_deal: Sequence[NoDeal] = (),
    consent: Sequence[ConsentRule] = (),
    settings: Settings | None = None,
) -> Case:
    """Return a case with one analyst's assumptions."""
    assumed = Ratings(
        author="analyst",
        ratings=tuple(ratings),
        salience=tuple(salience),
        red_lines=tuple(red_lines),
        no_deal=tuple(no_deal),
    )
    return Case(
        name="small",
        about=CaseFile(title="Small", as_of=TODAY, settings=settings or Settings()),
        actors=tuple(Actor(id=a, name=a) if isinstance(a, str) else a for a in actors),
        people=tuple(people),
        points=tuple(points),
        drafts=tuple(drafts),
        statements=tuple(statements),
        ratings=(assumed,),
        consent=tuple(consent),
    )


# --- random cases ---


def random_case(generator: np.random.Generator, *, drafts_open: float = 0.1) -> Case:
    """Return a case of 3 to 5 points with 2 or 3 options and 2 to 4 actors, rules and one draft."""
    points = _random_points(generator)
    actors = _random_actors(generator)
    names = [actor.id for actor in actors]
    cells = [
        (each.id, option.id)
        for each in points
        for option in each.options
        if option.id != each.status_quo
    ]
    ratings, red_lines = [], []
    for name in names:
        for place, option in cells:
            if generator.random() < 0.75:
                value = float(np.clip(generator.normal(0.2, 1.6), -3.0, 3.0))
                sd = float(generator.uniform(0.3, 1.2))
                ratings.append(rating(name, place, option, value, sd))
            if generator.random() < 0.12:
                red_lines.append(
                    RedLine(
                        actor=name,
                        point=place,
                        options=(option,),
                        probability=float(generator.choice([0.2, 0.4, 0.6, 0.9])),
                        reason="assumed",
                    )
                )
    salience = [
        Salience(
            actor=name,
            point=each.id,
            salience=float(generator.choice([0.0, 20.0, 50.0, 100.0])),
            reason="assumed",
        )
        for name in names
        for each in points
        if generator.random() < 0.4
    ]
    no_deal = [
        NoDeal(
            actor=name,
            value=float(generator.uniform(-1.0, 0.6)),
            sd=float(generator.uniform(0.1, 0.6)),
            reason="assumed",
        )
        for name in names
        if generator.random() < 0.8
    ]
    return make_case(
        points,
        actors,
        drafts=[_random_draft(generator, points, drafts_open)],
        statements=_random_statements(generator, points, names),
        ratings=ratings,
        salience=salience,
        red_lines=red_lines,
        no_deal=no_deal,
        consent=_random_rules(generator, points, actors),
        settings=Settings(common_shock=float(generator.choice([0.0, 0.2, 0.5]))),
    )


def _random_points(generator: np.random.Generator) -> list[Point]:
    points = []
    for place in range(int(generator.integers(3, 6))):
        options = ["o0", "o1", "o2"][: int(generator.integers(2, 4))]
        positions: list[float | None] | None = None
        if generator.random() < 0.4:
            drawn = generator.permutation(np.arange(0.0, 100.0, 10.0))[: len(options)]
            positions = [float(each) for each in drawn]
        points.append(point(f"p{place}", options, positions, str(generator.choice(options))))
    return points


def _random_actors(generator: np.random.Generator) -> list[Actor]:
    actors = [Actor(id=f"a{place}", name="state") for place in range(generator.integers(1, 4))]
    if generator.random() < 0.3 and len(actors) > 1:
        actors[-1] = actors[-1].model_copy(update={"inherits": "a0"})
    if generator.random() < 0.7 or len(actors) == 1:
        parent = "a0" if generator.random() < 0.5 else None
        seats = int(generator.choice([3, 9, 60, 101]))
        actors.append(Actor(id="house", name="house", kind="body", seats=seats, inherits=parent))
    return actors


def _random_draft(generator: np.random.Generator, points: Sequence[Point], open_: float) -> Draft:
    takes: dict[str, str | Sequence[str]] = {}
    for each in points:
        options = [option.id for option in each.options]
        drawn = generator.random()
        if drawn < open_:
            takes[each.id] = "unknown"
        elif drawn < 2.0 * open_:
            takes[each.id] = options[:2]
        elif drawn < 0.45:
            takes[each.id] = "absent"
        else:
            takes[each.id] = str(generator.choice(options))
    return draft("first", takes)


def _random_statements(
    generator: np.random.Generator, points: Sequence[Point], names: Sequence[str]
) -> list[Statement]:
    statements = []
    for place in range(int(generator.integers(2, 7))):
        subject = points[generator.integers(len(points))]
        loud = [option.id for option in subject.options if option.id != subject.status_quo]
        condition: Condition | None = None
        other = points[generator.integers(len(points))]
        if generator.random() < 0.5 and other is not subject:
            needed = str(generator.choice([option.id for option in other.options]))
            condition = Condition(text="only then", options={other.id: needed}, otherwise=-2.0)
        statements.append(
            opinion(
                f"s{place}",
                str(generator.choice(list(names))),
                About(point=subject.id, option=str(generator.choice(loud))),
                float(generator.integers(-3, 4)),
                condition=condition,
            )
        )
    return statements


def _random_rules(
    generator: np.random.Generator, points: Sequence[Point], actors: Sequence[Actor]
) -> list[ConsentRule]:
    rules = []
    for place in range(int(generator.integers(1, 4))):
        about: object = "all"
        if place and generator.random() < 0.8:
            about = _random_subjects(generator, points)
        # one threshold per rule: of two on one body the lower one is no demand of its own
        share = str(generator.choice(["1/3", "1/2", "2/3"]))
        rules.append(rule(f"r{place}", _random_tree(generator, actors, share, 2), about))
    return rules


def _random_subjects(generator: np.random.Generator, points: Sequence[Point]) -> tuple[object, ...]:
    chosen = generator.permutation(len(points))[: int(generator.integers(1, 3))]
    subjects: list[object] = []
    for each in chosen:
        subject = points[each]
        if generator.random() < 0.5:
            subjects.append(subject.id)
        else:
            option = str(generator.choice([option.id for option in subject.options]))
            subjects.append({subject.id: (option,)})
    return tuple(subjects)


def _random_tree(
    generator: np.random.Generator, actors: Sequence[Actor], share: str, depth: int
) -> Node:
    drawn = generator.random()
    states = [actor.id for actor in actors if actor.seats is None]
    if not depth or drawn < 0.25:
        body = next((actor for actor in actors if actor.seats is not None), None)
        if body is not None and generator.random() < 0.5:
            return AtLeast(at_least=Count(of=SeatsOf(seats_of=body.id), share=share))
        return str(generator.choice(states))
    parts = tuple(
        _random_tree(generator, actors, share, depth - 1)
        for _ in range(int(generator.integers(2, 4)))
    )
    if drawn < 0.5:
        return All(all=parts)
    if drawn < 0.65:
        return AnyOf(any=parts)
    if drawn < 0.85 or len(states) < 2:
        return AtLeast(at_least=Count(of=parts, count=int(generator.integers(1, len(parts) + 1))))
    weights = {name: int(generator.integers(1, 6)) for name in states}
    quota = int(generator.integers(1, sum(weights.values()) + 1))
    return Weighted(weighted=WeightedVote(weights=weights, quota=quota))


# --- what records mean, read by hand ---


def all_packages(case: Case) -> Iterator[dict[str, str]]:
    """Yield every package as point id to option id."""
    names = [each.id for each in case.points]
    for taken in itertools.product(*([o.id for o in each.options] for each in case.points)):
        yield dict(zip(names, taken, strict=True))


def choices_of(case: Case, about: Draft) -> dict[str, tuple[str, ...]]:
    """Return what a draft may mean on every point."""
    found: dict[str, tuple[str, ...]] = {}
    for each in case.points:
        taken = about.takes[each.id]
        if isinstance(taken, OpenChoice):
            found[each.id] = taken.open
        elif taken == "absent":
            found[each.id] = (each.status_quo,)
        elif taken == "unknown":
            found[each.id] = tuple(option.id for option in each.options)
        else:
            found[each.id] = (taken,)
    return found


def called_for(case: Case, each: ConsentRule, package: Mapping[str, str]) -> bool:
    """Return whether a package calls for a consent."""
    for subject in case.points:
        taken = package[subject.id]
        if taken == subject.status_quo:
            continue
        if each.points == "all":
            return True
        for named in each.points:
            options = (taken,) if named == subject.id else ()
            if taken in (named.get(subject.id, ()) if isinstance(named, dict) else options):
                return True
    return False


def voices(case: Case, node: Node) -> set[Voice]:
    """Return everyone who has a voice in a rule tree."""
    if isinstance(node, str):
        return {(node, 0)}
    if isinstance(node, AtLeast) and isinstance(node.at_least.of, SeatsOf):
        return {_seats(case, node)}
    if isinstance(node, Weighted):
        return {(name, 0) for name in node.weighted.weights}
    found: set[Voice] = set()
    for part in _parts(node):
        found |= voices(case, part)
    return found


def holds_among(case: Case, node: Node, yes: Mapping[Voice, bool]) -> bool:
    """Return whether a rule tree holds when exactly these voices agree."""
    if isinstance(node, str):
        return yes[node, 0]
    if isinstance(node, Weighted):
        weights = node.weighted.weights
        return sum(w for name, w in weights.items() if yes[name, 0]) >= node.weighted.quota
    if isinstance(node, AtLeast) and isinstance(node.at_least.of, SeatsOf):
        return yes[_seats(case, node)]
    met = [holds_among(case, part, yes) for part in _parts(node)]
    if isinstance(node, All):
        return all(met)
    if isinstance(node, AnyOf):
        return any(met)
    assert isinstance(node, AtLeast)
    return sum(met) >= (node.at_least.count or 0)


def _parts(node: Node) -> tuple[Node, ...]:
    found: object
    if isinstance(node, All):
        found = node.all
    elif isinstance(node, AnyOf):
        found = node.any
    else:
        assert isinstance(node, AtLeast)
        found = node.at_least.of
    assert isinstance(found, tuple)
    return found


def _seats(case: Case, node: AtLeast) -> Voice:
    assert isinstance(node.at_least.of, SeatsOf)
    name = node.at_least.of.seats_of
    seats = case.actor_of[name].seats or 0
    top, bottom = str(node.at_least.share).split("/")
    return name, -(-seats * int(top) // int(bottom))


def days_before_today(days: int) -> str:
    """Return a date so many days before the day of the case."""
    return (datetime.date.fromisoformat(TODAY) - datetime.timedelta(days=days)).isoformat()
