"""The records of a case, as a person writes them.

Every record is frozen and strict: an unknown key is refused, a number is not read from a text. What
is written in one of two handy forms (one actor or several, a condition as text or with its parts)
keeps its form, so that saving a case changes nothing; properties give the one form that the rest of
the program uses.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
)

__all__ = [
    "About",
    "Actor",
    "ActorFile",
    "CaseFile",
    "Comparison",
    "Condition",
    "Day",
    "Draft",
    "Identifier",
    "NoDeal",
    "OneOrMore",
    "OpenChoice",
    "Option",
    "PartialDate",
    "Person",
    "Point",
    "Rating",
    "Ratings",
    "Reading",
    "Record",
    "RedLine",
    "Salience",
    "Scenario",
    "Settings",
    "Share",
    "Source",
    "Statement",
    "Text",
    "Zone",
    "as_share",
    "date_range",
    "several",
]

_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SHARE = re.compile(r"-?\d{1,9}/\d{1,9}|-?\d{1,9}(\.\d{1,18})?%?")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


def _identifier(value: str) -> str:
    inner = (unicodedata.category(char)[0] in "LMN" or char in "-_." for char in value)
    ends = (unicodedata.category(char)[0] in "LMN" for char in value[:1] + value[-1:])
    if not value or not all(inner) or not all(ends):
        raise ValueError(
            f"'{value}' cannot be an id: use letters, digits and hyphens, such as 'army-cap'"
        )
    return value


def _plain(value: str) -> str:
    if _BIDI.search(value):
        raise ValueError("invisible characters that turn the reading direction are not allowed")
    control = _CONTROL.search(value)
    if control:
        code = f"U+{ord(control[0]):04X}"
        raise ValueError(f"the control character {code} is not allowed in a text; remove it")
    return value


def date_range(value: str) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day that a partial date can mean.

    Raises
    ------
    ValueError
        If no such day exists.

    Examples
    --------
    >>> date_range("2025-11")
    (datetime.date(2025, 11, 1), datetime.date(2025, 11, 30))
    >>> date_range("2025-02-30")
    Traceback (most recent call last):
    ValueError: '2025-02-30' is not a date that exists; write YYYY, YYYY-MM or YYYY-MM-DD
    """
    found = _DATE.match(value)
    problem = f"'{value}' is not a date that exists; write YYYY, YYYY-MM or YYYY-MM-DD"
    if not found:
        raise ValueError(problem)
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        first = datetime.date(year, month or 1, day or 1)
        if day:
            return first, first
        after = datetime.date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1)
    except ValueError:
        raise ValueError(problem) from None
    return first, after - datetime.timedelta(days=1)


def _numbering(value: str | int) -> str | int:
    return _plain(value) if isinstance(value, str) else value


def _partial_date(value: str) -> str:
    date_range(value)
    return value


def _share(value: str | float) -> str | float:
    problem = f"'{value}' is not a share; write 2/3, 0.65 or 65%"
    if not _SHARE.fullmatch(str(value).strip()):
        raise ValueError(problem)
    try:
        share = Fraction(str(value).strip().removesuffix("%"))
    except ZeroDivisionError:
        raise ValueError(problem) from None
    if str(value).strip().endswith("%"):
        share /= 100
    if not 0 < share <= 1:
        raise ValueError(f"the share {value} lies outside 0..1")
    return value


Identifier = Annotated[str, AfterValidator(_identifier)]
Text = Annotated[str, AfterValidator(_plain)]
PartialDate = Annotated[
    str,
    AfterValidator(_partial_date),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}),
]
Probability = Annotated[float, Field(ge=0, le=1)]
Stance = Annotated[float, Field(ge=-3, le=3)]
Positive = Annotated[float, Field(gt=0)]
Share = Annotated[str | float, AfterValidator(_share)]
OneOrMore = Identifier | Annotated[tuple[Identifier, ...], Field(min_length=1)]


def as_share(value: str | float) -> Fraction:
    """Return a share exactly, from ``2/3``, ``0.65`` or ``65%``.

    Examples
    --------
    >>> as_share("65%"), as_share("2/3")
    (Fraction(13, 20), Fraction(2, 3))
    """
    text = str(value).strip()
    share = Fraction(text.removesuffix("%"))
    return share / 100 if text.endswith("%") else share


def several(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return what is written as none, one or several in the one form of several."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


class Record(BaseModel):
    """What all records share: frozen, strict, no unknown keys."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=False
    )


class Reading(Record):
    """One of several readings where sources differ."""

    text: Text
    source: OneOrMore | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources of this reading."""
        return several(self.source)


class Sourced(Record):
    """A record that leads back to sources, and keeps every reading where they differ."""

    source: OneOrMore | None = None
    readings: tuple[Reading, ...] = ()
    certainty: Text | None = None
    note: Text | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources this record rests on."""
        return several(self.source)


# --- case.yaml ------------------------------------------------------------------------------------


class Scenario(Record):
    """What happens if there is no deal; the values are an analyst's and stand in ratings."""

    id: Identifier
    title: Text
    text: Text | None = None


Authority = Literal[
    "head",
    "minister",
    "negotiator",
    "spokesperson",
    "official",
    "parliamentarian",
    "former",
    "outside",
    "anonymous",
]


class Settings(Record):
    """The constants of the methods; every one is an assumption that a case may replace."""

    prior_sd: Positive = Field(1.5, description="sd of a rating before any statement, on -3..3")
    length_scale: Positive = Field(
        0.35, description="how far a stance carries along an ordered point, as share of its range"
    )
    half_life_days: Positive = Field(
        180.0, description="age in days at which a statement carries half its weight"
    )
    authority_sd: dict[Authority, Positive] = Field(
        default_factory=dict, description="noise sd by authority of the speaker, over the defaults"
    )
    condition_factor: Annotated[float, Field(ge=1)] = Field(
        1.5,
        description="noise factor of a conditional stance whose condition is only told in words",
    )
    pseudo_count: Positive = Field(
        0.5, description="statements credited to every point when salience is read from speech"
    )
    firmness: Probability = Field(0.8, description="share of 'never' that turns out to mean it")
    inheritance_sd: Positive = Field(
        0.75, description="sd by which a member's ratings may differ from its group's"
    )
    common_shock: Annotated[float, Field(ge=0, lt=1)] = Field(
        0.2, description="correlation of all acceptances through a shared circumstance"
    )
    no_deal_sd: Positive = Field(0.5, description="sd of a no-deal value that nobody has rated")


def _a_day(value: str) -> str:
    first, last = date_range(value)
    if first != last:
        raise ValueError(f"'{value}' is not a whole date; write YYYY-MM-DD")
    return value


def _a_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):  # unknown, not a name, a folder of zones
        problem = f"'{value}' is not a time zone; write one such as Europe/Kyiv or UTC"
        raise ValueError(problem) from None
    return value


Day = Annotated[str, AfterValidator(_a_day)]
Zone = Annotated[str, AfterValidator(_a_zone)]


class Agreement(Record):
    """What was agreed, where something was: from when it binds, and which clock it runs by."""

    draft: Identifier | None = Field(None, description="the draft that was agreed")
    signed: Day | None = Field(None, description="the day of signature")
    in_force: Day | None = Field(
        None, description="the day of entry into force; else an event of the log says it"
    )
    zone: Zone = Field("UTC", description="the time zone in which its days begin")
    holidays: tuple[Day, ...] = Field(
        (), description="days that are no working days, besides Saturdays and Sundays"
    )


class CaseFile(Record):
    """case.yaml: what the case is about, its scenarios and settings."""

    title: Text
    summary: Text | None = None
    as_of: PartialDate | None = Field(None, description="the day up to which statements count")
    authors: tuple[Text, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    settings: Settings = Settings()
    agreement: Agreement | None = Field(
        None, description="what was agreed, where something was; for the norms of the case"
    )
    note: Text | None = None


# --- actors.yaml ----------------------------------------------------------------------------------

Kind = Literal["state", "organisation", "body", "group", "movement", "company", "electorate"]


class Actor(Sourced):
    """A party, organisation or body; members and seats where it decides by vote."""

    id: Identifier
    name: Text
    aliases: tuple[Text, ...] = ()
    kind: Kind = "state"
    members: tuple[Identifier, ...] | None = None
    seats: Annotated[int, Field(ge=1)] | None = None
    inherits: Identifier | None = Field(
        None, description="actor whose belief this one starts from, with wider variance"
    )


class Person(Sourced):
    """Somebody who speaks: the office held and for whom it speaks."""

    id: Identifier
    name: Text
    role: Text | None = None
    authority: Authority = "official"
    speaks_for: OneOrMore | None = None
    aliases: tuple[Text, ...] = ()

    @property
    def represents(self) -> tuple[str, ...]:
        """Ids of the actors this person speaks for."""
        return several(self.speaks_for)


class ActorFile(Record):
    """actors.yaml: the actors and the people who speak for them."""

    actors: tuple[Actor, ...] = ()
    people: tuple[Person, ...] = ()


# --- points.yaml ----------------------------------------------------------------------------------


class Option(Sourced):
    """One way to settle a point; a position where the point is a scale."""

    id: Identifier
    text: Text
    position: float | None = None


class Point(Sourced):
    """A question to be settled, with every option proposed, one of them the status quo."""

    id: Identifier
    title: Text
    text: Text | None = None
    topic: Text | None = None
    status_quo: Identifier
    ordered: bool = False
    options: Annotated[tuple[Option, ...], Field(min_length=1)]


# --- drafts/*.yaml --------------------------------------------------------------------------------


class OpenChoice(Record):
    """Options between which a draft leaves a point open."""

    open: Annotated[tuple[Identifier, ...], Field(min_length=2)]


def _taken_kind(value: Any) -> str:
    return "as open" if isinstance(value, dict | OpenChoice) else "as option"


Taken = Annotated[
    Annotated[Identifier, Tag("as option")] | Annotated[OpenChoice, Tag("as open")],
    Discriminator(_taken_kind),
]


class Draft(Sourced):
    """A dated package: which option it takes on every point, and its own numbering.

    ``absent`` leaves a point at the status quo; ``unknown`` says that nobody outside knows.
    """

    id: Identifier
    title: Text | None = None
    date: PartialDate | None = None
    origin: tuple[Identifier, ...] = ()
    based_on: Identifier | None = None
    status: Text | None = None
    takes: dict[Identifier, Taken]
    numbering: dict[Identifier, Annotated[str | int, AfterValidator(_numbering)]] = Field(
        default_factory=dict
    )
    text: dict[Identifier, Text] = Field(default_factory=dict)

    @property
    def name(self) -> str:
        """The title, or the id where there is none."""
        return self.title or self.id


# --- sources.yaml and statements.yaml -------------------------------------------------------------


class Source(Record):
    """Something that was read: outlet, date, address."""

    id: Identifier
    outlet: Text
    date: PartialDate | None = None
    title: Text | None = None
    author: Text | None = None
    address: Text | None = None
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    note: Text | None = None


class About(Record):
    """What a statement is about: an option, a point as a draft has it, a draft, or a point."""

    point: Identifier | None = None
    option: Identifier | None = None
    draft: Identifier | None = None
    stance: Stance | None = Field(None, description="where it differs from the statement's stance")


class Condition(Record):
    """On what a stance depends: in words, and as options of other points where possible."""

    text: Text
    options: dict[Identifier, OneOrMore] = Field(default_factory=dict)
    otherwise: Stance | None = Field(None, description="the stance where the condition fails")


class Comparison(Record):
    """The option that the one spoken about is preferred to, on the same point."""

    option: Identifier


def _object_or_list(value: Any) -> str:
    return "as one" if isinstance(value, dict | Record) else "as several"


def _text_or_object(value: Any) -> str:
    return "as parts" if isinstance(value, dict | Record) else "as words"


class Statement(Sourced):
    """Who said what about which point, when and where, on what condition."""

    id: Identifier
    actor: OneOrMore | None = None
    speaker: OneOrMore | None = None
    date: PartialDate
    place: Text | None = None
    about: Annotated[
        Annotated[About, Tag("as one")]
        | Annotated[tuple[About, ...], Field(min_length=1), Tag("as several")],
        Discriminator(_object_or_list),
    ]
    stance: Stance | None = None
    condition: (
        Annotated[
            Annotated[Text, Tag("as words")] | Annotated[Condition, Tag("as parts")],
            Discriminator(_text_or_object),
        ]
        | None
    ) = None
    preferred_to: Comparison | None = None
    confidence: Annotated[float, Field(gt=0, le=1)] = 1.0
    evidence: bool | None = Field(
        None, description="whether it tells of the actor although the speaker does not speak for it"
    )
    gist: Text
    span: tuple[int, int] | None = None

    @property
    def actors(self) -> tuple[str, ...]:
        """Ids of the actors whose stance this is."""
        return several(self.actor)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Ids of the people who spoke."""
        return several(self.speaker)

    @property
    def targets(self) -> tuple[About, ...]:
        """Everything the statement is about."""
        return (self.about,) if isinstance(self.about, About) else self.about

    @property
    def condition_text(self) -> str | None:
        """The condition in words."""
        return self.condition.text if isinstance(self.condition, Condition) else self.condition


# --- ratings.yaml ---------------------------------------------------------------------------------


class Assumption(Record):
    """An analyst's own value: never without a reason."""

    actor: Identifier
    reason: Text


class Rating(Assumption):
    """How an actor is assumed to rate an option against the status quo."""

    point: Identifier
    option: Identifier
    rating: Stance
    sd: Positive = 1.0


class Salience(Assumption):
    """How much a point is assumed to matter to an actor, 0..100."""

    point: Identifier
    salience: Annotated[float, Field(ge=0, le=100)]


class RedLine(Assumption):
    """Options that an actor is assumed to refuse at any price, and how surely."""

    point: Identifier
    options: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    probability: Probability


class NoDeal(Assumption):
    """What no deal is assumed to be worth to an actor in a scenario, on -3..3."""

    scenario: Identifier | None = None
    value: Stance
    sd: Positive = 0.5


class Ratings(Record):
    """ratings.yaml: an analyst's assumptions, with author."""

    author: Text
    date: PartialDate | None = None
    note: Text | None = None
    ratings: tuple[Rating, ...] = ()
    salience: tuple[Salience, ...] = ()
    red_lines: tuple[RedLine, ...] = ()
    no_deal: tuple[NoDeal, ...] = ()
