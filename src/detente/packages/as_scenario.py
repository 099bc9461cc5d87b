"""A case as a scenario for other programs: what packages are worth to whom, without the sources."""

from __future__ import annotations

from detente.assess.outlook import Outlook
from detente.case.preferences import exact
from detente.errors import RequestError
from detente.formats.scenario import Issue, Profile, Rectangle, Scenario
from detente.packages.of_case import Judgement, constraints_of, judgement_of, space_of_case

__all__ = ["scenario_of_case"]


def scenario_of_case(outlook: Outlook, actors: list[str] | None = None) -> Scenario:
    """Return the packages of a case as a scenario, judged by those whose consent counts.

    Options that a constraint bars are left out.

    Raises
    ------
    RequestError
        If the case has constraints that a scenario cannot hold.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> outlook = Outlook.of(load(example_folder("ukraine-2025")))
    >>> scenario = scenario_of_case(outlook, ["ukraine", "russia"])
    >>> [profile.name for profile in scenario.profiles], len(scenario.issues)
    (['Ukraine', 'Russian Federation'], 38)
    """
    judging = space_of_case(outlook, actors).parties
    exclusions, limits = constraints_of(outlook)
    held = [name for name, when in exclusions if len(when) > 1] + [name for name, _, _ in limits]
    if held:
        raise RequestError(
            f"A scenario has no place for the constraint '{held[0]}'; export a case without it."
        )
    barred: dict[int, set[int]] = {}
    for _, when in exclusions:
        for point, options in when.items():
            barred.setdefault(point, set()).update(options)
    kept = [
        [place for place in range(len(record.options)) if place not in barred.get(point, ())]
        for point, record in enumerate(outlook.case.points)
    ]
    return Scenario(
        name=outlook.case.name,
        format="case",
        scale="format",
        scale_note="Utilities as in the case.",
        issues=tuple(_issue(outlook, point, kept[point]) for point in range(len(kept))),
        profiles=tuple(
            _profile(outlook, actor, judgement_of(outlook, actor), kept) for actor in judging
        ),
        notes=(),
    )


def _issue(outlook: Outlook, point: int, kept: list[int]) -> Issue:
    record = outlook.case.points[point]
    texts = tuple(record.options[place].text for place in kept)
    names = texts if len(set(texts)) == len(texts) else tuple(record.options[p].id for p in kept)
    titles = [other.title for other in outlook.case.points]
    title = record.title if titles.count(record.title) == 1 else record.id
    return Issue(title, names, record.ordered and _consecutive(texts))


def _consecutive(texts: tuple[str, ...]) -> bool:
    """Whether the options are the whole numbers from one to another, in order."""
    if not texts[0].isdecimal():
        return False
    first = int(texts[0])
    return texts == tuple(str(number) for number in range(first, first + len(texts)))


def _profile(outlook: Outlook, actor: str, judgement: Judgement, kept: list[list[int]]) -> Profile:
    own = outlook.case.preferences_of.get(actor)
    rectangles = []
    for when, value in judgement.terms:
        ranges = tuple(
            (point, frozenset(kept[point].index(o) for o in options if o in kept[point]))
            for point, options in sorted(when.items())
        )
        if all(options for _, options in ranges):
            rectangles.append(Rectangle(value, ranges))
    return Profile(
        name=outlook.case.actor_of[actor].name,
        utilities=tuple(
            tuple(row[place] for place in places)
            for row, places in zip(judgement.values, kept, strict=True)
        ),
        rectangles=tuple(rectangles),
        constant=judgement.constant,
        reservation=judgement.reservation,
        discount=None if own is None or own.discount is None else exact(own.discount),
    )
