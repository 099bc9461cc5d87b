"""Any case that can be built from records is the same after it was saved and read."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente import load, save
from detente.case.case import Case
from detente.case.consent import All, AtLeast, ConsentRule, Count
from detente.case.constraints import Constraint, Takes
from detente.case.money import Books
from detente.case.positions import Positions, StatedPosition
from detente.case.preferences import Preferences, Together
from detente.case.records import (
    About,
    Actor,
    CaseFile,
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
    Scenario,
    Source,
    Statement,
)

_AWKWARD = [
    "null", "~", "true", "NO", "on", "2025", "2025-02-30", "12:30", "1e5", "0x1F", ".inf", "-",
    "- a", "a: b", "a:", ": a", "a #b", "#a", "'", '"', "it's", 'say "so"', "'a' b", "*a", "&a",
    "!a", "!!str a", "%a", "@a", "`a", "?", "? a", "|", ">-", "[a", "{a: b", "a]", ",", "---",
    "...", "--- a", "<<", "=", "\\n", "a\\", " a", "a ", "\ta", "a\tb", "a\nb", "a\n", "\na", "\n",
    "a\n\nb\n", "  a\n b", "a\n  b\n c", "x" * 300, "word " * 60, "a\u00a0b",
    "a\u2028b", "\ufeffa", "Київ: «так»", "القاهرة", "ירושלים - 2", "नई दिल्ली", "東京 #1",
    "e\u0301", "😀",
]  # fmt: skip

_characters = st.characters(
    codec="utf-8",
    exclude_categories=("Cs", "Cc", "Cn"),
    exclude_characters="\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
_texts = st.sampled_from(_AWKWARD) | st.text(_characters | st.just("\n"), max_size=40)
_some = st.none() | _texts
_ids = st.from_regex(r"[a-zA-Zа-яא-ת0-9]([a-zа-я0-9_.-]{0,6}[a-z0-9])?", fullmatch=True).filter(
    lambda name: name not in ("absent", "unknown", "all")
)
_stances = st.floats(-3, 3, allow_nan=False) | st.integers(-3, 3)
_dates = st.dates().map(lambda day: day.isoformat()) | st.sampled_from(["2025", "2025-11"])
_numbers = (
    st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.fractions().map(str).filter(lambda text: len(text) < 50)
    | st.decimals(-(10**6), 10**6, places=4).map(str)
)


def _distinct(least: int, most: int) -> st.SearchStrategy[list[str]]:
    """Ids that differ also where capitals do not count, as in the names of some files."""
    return st.lists(_ids, min_size=least, max_size=most, unique_by=str.casefold)


@st.composite
def _cases(draw: st.DrawFn) -> Case:
    actors = draw(_distinct(2, 4))
    names = draw(_distinct(1, 3))
    people = draw(_distinct(0, 2))
    sources = draw(_distinct(0, 2))
    scenarios = draw(_distinct(0, 2))
    points = []
    for name in names:
        options = draw(_distinct(2, 4))
        ordered = draw(st.booleans())
        points.append(
            Point(
                id=name,
                title=draw(_texts),
                status_quo=options[0],
                ordered=ordered,
                options=tuple(
                    Option(id=each, text=draw(_texts), position=float(n) if ordered else None)
                    for n, each in enumerate(options)
                ),
            )
        )
    options_of = {point.id: [option.id for option in point.options] for point in points}
    actor, point = st.sampled_from(actors), st.sampled_from(names)
    drafts = [
        Draft(
            id=name,
            title=draw(_some),
            date=draw(st.none() | _dates),
            origin=tuple(draw(st.lists(actor, max_size=2))),
            takes={
                each: draw(
                    st.sampled_from([*options, "absent", "unknown"])
                    | st.just(OpenChoice(open=tuple(options[:2])))
                )
                for each, options in options_of.items()
            },
            text={draw(point): draw(_texts)},
            numbering={draw(point): draw(st.integers() | _texts)},
        )
        for name in sorted(draw(_distinct(1, 2)))  # each has a file, and files are read in order
    ]

    def about() -> About:
        name = draw(point)
        return About(point=name, option=draw(st.none() | st.sampled_from(options_of[name])))

    statements = [
        Statement(
            id=name,
            actor=draw(actor | st.lists(actor, min_size=1, max_size=2).map(tuple)),
            speaker=draw(st.sampled_from(people)) if people else None,
            date=draw(_dates),
            source=draw(st.sampled_from(sources)) if sources else None,
            about=(draw(st.booleans()) and about()) or (about(), about()),
            stance=draw(st.none() | _stances),
            condition=draw(_some | _texts.map(lambda text: Condition(text=text))),
            gist=draw(_texts),
            note=draw(_some),
        )
        for name in draw(_distinct(0, 3))
    ]
    rated = draw(point)
    ratings = Ratings(
        author=draw(_texts),
        ratings=(
            Rating(
                actor=actors[0],
                point=rated,
                option=options_of[rated][1],
                rating=draw(_stances),
                reason=draw(_texts),
            ),
        ),
        red_lines=(
            RedLine(
                actor=actors[1],
                point=rated,
                options=(options_of[rated][1],),
                probability=draw(st.floats(0, 1)),
                reason=draw(_texts),
            ),
        ),
        no_deal=(NoDeal(actor=actors[0], value=draw(_stances), reason=draw(_texts)),),
    )
    counted = Count(of=tuple(actors), share=draw(st.sampled_from(["2/3", "65%", 0.5])))
    rule = draw(st.sampled_from([actors[0], All(all=tuple(actors)), AtLeast(at_least=counted)]))
    consent = ConsentRule(
        id=draw(_ids), title=draw(_texts), points="all", rule=rule, legal_source=draw(_texts)
    )

    def takes() -> Takes:
        chosen = draw(st.lists(point, min_size=1, max_size=2, unique=True))
        return {
            each: draw(st.sampled_from(options_of[each]) | st.just(tuple(options_of[each][:2])))
            for each in chosen
        }

    kinds = st.sampled_from(
        [
            lambda: {"requires": {"if": takes(), "then": takes()}},
            lambda: {"excludes": takes()},
            lambda: {"at_most": draw(st.integers(0, 3)), "of": (takes(), takes())},
            lambda: {"never": {rated: options_of[rated][0]}},
        ]
    )
    constraints = [
        Constraint.model_validate({"id": each, "why": draw(_some), **draw(kinds)()})
        for each in draw(_distinct(0, 3))
    ]
    preferences = [
        Preferences(
            actor=each,
            author=draw(_some),
            scale=draw(_some),
            constant=draw(_numbers),
            values={
                name: {option: draw(_numbers) for option in options_of[name]}
                for name in draw(st.lists(point, max_size=2, unique=True))
            },
            together=tuple(
                Together(takes=takes(), value=draw(_numbers))
                for _ in range(draw(st.integers(0, 2)))
            ),
            reservation=draw(st.none() | _numbers),
            discount=draw(st.sampled_from([None, 1, 0.9, "2/3"])),
            note=draw(_some),
        )
        for each in draw(st.lists(actor, max_size=2, unique=True))
    ]
    placed = [each for each in points if each.ordered]
    positions = (
        [
            Positions(
                point=each.id,
                scale=draw(st.sampled_from([None, (-5.0, 9.5), (0, 4)])),
                positions=tuple(
                    StatedPosition(
                        actor=name,
                        position=draw(st.sampled_from([0, 0.5, each.options[0].id])),
                        salience=draw(st.none() | st.floats(1, 100)),
                        capability=draw(st.none() | st.floats(0.1, 1e6)),
                        sd=draw(st.none() | st.floats(0.1, 10)),
                        reason=draw(_texts),
                        author=draw(_texts),
                    )
                    for name in draw(st.lists(actor, min_size=1, max_size=2, unique=True))
                ),
                note=draw(_some),
            )
            for each in draw(
                st.lists(st.sampled_from(placed), max_size=2, unique_by=lambda p: p.id)
            )
        ]
        if placed
        else []
    )
    return Case(
        name="any",
        about=CaseFile(
            title=draw(_texts),
            summary=draw(_some),
            scenarios=tuple(Scenario(id=each, title=draw(_texts)) for each in scenarios),
        ),
        actors=tuple(
            Actor(id=each, name=draw(_texts), note=draw(_some), aliases=(f"{draw(_texts)} {each}",))
            for each in actors
        ),
        people=tuple(
            Person(
                id=each,
                name=draw(_texts),
                speaks_for=draw(actor),
                aliases=(f"{draw(_texts)} {each}",),
            )
            for each in people
        ),
        points=tuple(points),
        drafts=tuple(drafts),
        sources=tuple(Source(id=each, outlet=draw(_texts)) for each in sources),
        statements=tuple(statements),
        ratings=draw(st.sampled_from([(), (ratings,)])),
        consent=draw(st.sampled_from([(), (consent,)])),
        constraints=tuple(constraints),
        preferences=tuple(preferences),
        positions=tuple(positions),
        books=tuple(draw(_books(name, takes, actors)) for name in draw(_distinct(0, 2))),
    )


_amounts = st.sampled_from([0, 5, 0.25, "1,000.05", "100 billion", "2.5 million", "7.00"])


@st.composite
def _books(draw: st.DrawFn, name: str, takes: Callable[[], Takes], actors: list[str]) -> Books:
    accounts = draw(_distinct(3, 4))
    first, second, third = accounts[:3]
    rules = draw(_distinct(4, 4))
    days = {"date": "2026-03-01", "every": "quarter"}
    data = {
        "id": name, "title": draw(_texts), "currency": "EUR", "start": "2026-01-01",
        "until": "2027-12-31", "note": draw(_some),
        "rates": ({"from": "EUR", "to": "USD", "date": "2026-01-01", "rate": "1/3"},),
        "accounts": (
            {"id": first, "kind": "source", "currency": "EUR", "name": draw(_some)},
            {"id": second, "owner": actors[0], "currency": "USD", "opening": draw(_amounts)},
            *({"id": each, "currency": "EUR", "when": takes()} for each in accounts[2:]),
        ),
        "assume": ({"event": "signature", "date": "2026-02-01", "reason": draw(_texts)},),
        "rules": (
            {"id": rules[0], "from": first, "to": third, "amount": draw(_amounts), **days},
            {
                "id": rules[1], "kind": "waterfall", "from": third, **days,
                "steps": ({"id": rules[2], "to": second, "cap": 5, "text": draw(_some)},),
            },
            {
                "id": rules[3], "kind": "match", "of": (rules[0],), "from": first, "to": second,
                "share": "1/3", "unless": {"norm": "peace", "state": "violated"},
            },
        ),
    }  # fmt: skip
    return Books.model_validate(data)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_cases())
def test_a_case_built_from_records_is_the_same_after_saving_and_reading(case: Case) -> None:
    with tempfile.TemporaryDirectory() as folder:
        save(case, folder)
        assert load(folder) == case


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_cases(), _texts, _texts, _numbers)
def test_a_case_changed_and_saved_in_place_is_the_same_after_reading(
    case: Case, title: str, name: str, constant: float | str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        save(case, folder)
        read = load(folder)
        changed = replace(
            read,
            about=read.about.model_copy(update={"title": title}),
            actors=(read.actors[0].model_copy(update={"name": name}), *read.actors[1:]),
            constraints=tuple(
                each.model_copy(update={"why": title}) for each in read.constraints[:2]
            ),
            preferences=tuple(
                each.model_copy(update={"constant": constant}) for each in read.preferences
            ),
        )
        save(changed, folder)
        assert load(folder) == changed


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_cases())
def test_saving_what_was_read_changes_no_byte(case: Case) -> None:
    with tempfile.TemporaryDirectory() as folder:
        save(case, folder)
        before = {path: path.read_bytes() for path in Path(folder).rglob("*.yaml")}
        save(load(folder), folder)
        assert {path: path.read_bytes() for path in Path(folder).rglob("*.yaml")} == before
