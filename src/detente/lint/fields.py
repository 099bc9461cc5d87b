"""Fields that a norm leaves empty, by each of which somebody can escape or two can differ."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case import norms as written
from detente.enactment.compiled import MomentKind, State
from detente.enactment.dates import NoSuchDayError, add_months, as_date
from detente.lint.findings import Finding
from detente.lint.subject import Subject
from detente.text.yaml import Way

__all__ = [
    "DUTIES",
    "best_efforts",
    "clock_unstated",
    "contested_holder",
    "default_without_body",
    "has_day",
    "has_remedy",
    "no_baseline",
    "no_deadline",
    "no_debtor",
    "no_holder",
    "no_remedy",
    "no_unit",
    "no_verifier",
    "unclear_days",
    "unclear_rounding",
]

DUTIES = ("duty", "prohibition", "cap")
"""Kinds of norm that oblige somebody."""


_CALENDAR_ENDS = 12 * 5000
"""Months beyond which no day is named."""


def no_debtor(subject: Subject) -> Iterator[Finding]:
    """Yield duties, prohibitions and caps of which it is not said whom they oblige."""
    for place, norm in _obliging(subject):
        if not norm.debtor:
            message = f"'{norm.id}' does not say who owes it, so that nobody can break it."
            yield subject.finding("no-debtor", message, place)


def no_deadline(subject: Subject) -> Iterator[Finding]:
    """Yield duties that are never late."""
    for place, norm in _obliging(subject):
        if norm.kind == "duty" and not has_day(norm):
            message = f"'{norm.id}' has no day by which it must be done, so that it is never late."
            yield subject.finding("no-deadline", message, place)


def no_verifier(subject: Subject) -> Iterator[Finding]:
    """Yield duties, prohibitions and caps that nobody is named to watch."""
    for place, norm in _obliging(subject):
        if not norm.verifier:
            message = f"'{norm.id}' names nobody who finds whether it is kept."
            yield subject.finding("no-verifier", message, place)


def no_remedy(subject: Subject) -> Iterator[Finding]:
    """Yield duties, prohibitions and caps of which a breach has no consequence."""
    for place, norm in _obliging(subject):
        if not has_remedy(subject, place):
            message = f"Nothing follows if '{norm.id}' is broken."
            yield subject.finding("no-remedy", message, place)


def has_day(norm: written.Norm) -> bool:
    """Whether a day is set by which a norm must be done, or from which it must be kept."""
    if norm.deadline or norm.recurring or norm.stages or norm.default:
        return True
    return norm.kind in ("prohibition", "cap") and bool(norm.trigger and norm.trigger.date)


def has_remedy(subject: Subject, place: int) -> bool:
    """Whether a breach changes anything: by an effect of it, or because a norm waits for it."""
    if subject.agreement.norms[place].on_breach:
        return True
    for moment in subject.agreement.moments:
        mine = moment.kind is MomentKind.NORM and moment.ref == place
        if mine and moment.states >> State.VIOLATED & 1:
            return True
    return any(
        guard.norm == place and guard.states >> State.VIOLATED & 1
        for norm in subject.agreement.norms
        for guard in norm.guards
    )


def _obliging(subject: Subject) -> Iterator[tuple[int, written.Norm]]:
    for place, norm in enumerate(subject.norms):
        if norm.kind in DUTIES:
            yield place, norm


def no_unit(subject: Subject) -> Iterator[Finding]:
    """Yield quantities without a unit."""
    for place, norm in enumerate(subject.norms):
        if norm.quantity is not None and not norm.quantity.unit:
            message = f"'{norm.id}' says {_number(norm.quantity.limit)} and not of what."
            yield subject.finding("no-unit", message, place, way=("quantity",))


def no_baseline(subject: Subject) -> Iterator[Finding]:
    """Yield quantities of which it is not said from what, or by whose count, they are measured."""
    for place, norm in enumerate(subject.norms):
        if norm.quantity is not None and not norm.quantity.baseline:
            unit = f" {norm.quantity.unit}" if norm.quantity.unit else ""
            message = (
                f"'{norm.id}' says {_number(norm.quantity.limit)}{unit} and not from what base, or "
                "by whose count."
            )
            yield subject.finding("no-baseline", message, place, way=("quantity",))


def _number(value: float) -> str:
    return f"{value:,.0f}" if value.is_integer() else f"{value:,.10g}"


def best_efforts(subject: Subject) -> Iterator[Finding]:
    """Yield duties that are kept by trying."""
    for place, norm in enumerate(subject.norms):
        if norm.effort == "best-efforts":
            message = f"'{norm.id}' owes efforts and no result; nobody can say that it is broken."
            yield subject.finding("best-efforts", message, place, way=("effort",))


def no_holder(subject: Subject) -> Iterator[Finding]:
    """Yield powers, and readings of powers, that nobody holds."""
    for place, norm in enumerate(subject.norms):
        if norm.kind != "power":
            continue
        if not norm.holder and not norm.readings:
            message = f"The power '{norm.id}' has no holder: who may use it is left open."
            yield subject.finding("no-holder", message, place)
        for index, reading in enumerate(norm.readings):
            if not reading.holder:
                message = f"In the reading '{reading.id}' nobody holds the power '{norm.id}'."
                yield subject.finding("no-holder", message, place, way=("readings", index))


def contested_holder(subject: Subject) -> Iterator[Finding]:
    """Yield powers of which readings differ on who holds them."""
    for place, norm in enumerate(subject.norms):
        holders = {frozenset(_several(reading.holder)) for reading in norm.readings}
        if len(holders) > 1:
            names = ", ".join(f"'{reading.id}'" for reading in norm.readings)
            message = f"Who holds the power '{norm.id}' is read in several ways: {names}."
            yield subject.finding("contested-holder", message, place, way=("readings",))


def _several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def default_without_body(subject: Subject) -> Iterator[Finding]:
    """Yield defaults that come unless it is decided otherwise, and not by whom."""
    for place, norm in enumerate(subject.norms):
        if norm.default is not None and not norm.default.body:
            message = (
                f"'{norm.id}' happens unless it is decided otherwise, and no body is named that "
                "decides."
            )
            yield subject.finding("default-without-body", message, place, way=("default",))


def clock_unstated(subject: Subject) -> Iterator[Finding]:
    """Yield norms that can be suspended and do not say if their time runs on."""
    for place, norm in enumerate(subject.norms):
        if "clock_on_suspension" in norm.model_fields_set:
            continue
        timed = norm.deadline or norm.recurring or norm.stages or norm.default
        if timed and (norm.in_force_when or subject.suspenders[place]):
            message = (
                f"'{norm.id}' can be suspended while its time runs, and does not say if the clock "
                "stops; it is taken to stop."
            )
            yield subject.finding("clock-unstated", message, place)


# --- days -----------------------------------------------------------------------------------------


def _timed(norm: written.Norm) -> Iterator[tuple[written.Added, Way]]:
    """Every time within which something is due, and its key."""
    if norm.deadline is not None:
        yield norm.deadline, ("deadline",)
    if norm.default is not None:
        yield norm.default, ("default",)
    if norm.cure is not None and norm.cure.within == "window":
        yield norm.cure, ("cure",)
    for index, stage in enumerate(norm.stages):
        yield stage, ("stages", index)


def unclear_days(subject: Subject) -> Iterator[Finding]:
    """Yield times in days of which it is not said whether the first day counts."""
    for place, norm in enumerate(subject.norms):
        for added, way in _timed(norm):
            counted = added.unit in ("days", "weeks") and added.amount > 0 and added.at is None
            if not counted or "include_first" in added.model_fields_set:
                continue
            business = "business " if added.count == "business" else ""
            within = f"{added.amount} {business}{added.unit}"
            message = (
                f"'{norm.id}': within {within} ends {_ends(subject, place, added, way)}, as the "
                "first day counts or not; say 'include_first'."
            )
            yield subject.finding("unclear-days", message, place, way=way)


def _ends(subject: Subject, place: int, added: written.Added, way: Way) -> str:
    """The two last days: dates where the anchor has one, else the number of the day."""
    days = added.amount * (7 if added.unit == "weeks" else 1)
    day = _anchor(subject, place, way)
    if day is None or added.count == "business":
        return f"on day {days - 1} or {days} after the day from which it counts"
    if subject.agreement.norms[place].include_last is False:
        day -= 1
    first, second = as_date(day + days - 1), as_date(day + days)
    return f"on {first.isoformat()} or {second.isoformat()}"


def _anchor(subject: Subject, place: int, way: Way) -> int | None:
    """The day from which a time counts, where the text or the head of the case dates it."""
    norm = subject.agreement.norms[place]
    if way == ("deadline",) and norm.due >= 0:
        return subject.day_of(norm.due)
    if way[:1] == ("stages",) and way != ("stages", 0):
        return None
    return subject.day_of(norm.trigger) if norm.trigger >= 0 and way != ("cure",) else None


def unclear_rounding(subject: Subject) -> Iterator[Finding]:
    """Yield times in months that may end on a day that does not exist, and do not say what then."""
    for place, norm in enumerate(subject.norms):
        for added, way in (*_timed(norm), *_moments(norm)):
            months = {"months": 1, "years": 12}.get(added.unit, 0) * added.amount
            if not months or added.round != "error":
                continue
            day = _anchor(subject, place, way) if len(way) < 3 else None
            if day is not None:
                message = _missing_day(day, months)
            elif added.unit == "months":
                message = "may end on a day that does not exist, as a month after 31 January"
            else:
                continue
            if message:
                text = f"'{norm.id}': {message}; say 'round: down' or 'round: up'."
                yield subject.finding("unclear-rounding", text, place, way=way)
        if norm.recurring and norm.recurring.unit == "months" and norm.recurring.round == "error":
            text = (
                f"'{norm.id}': a round may end on a day that does not exist; say 'round: down' or "
                "'round: up'."
            )
            yield subject.finding("unclear-rounding", text, place, way=("recurring",))


def _missing_day(day: int, months: int) -> str:
    if months > _CALENDAR_ENDS:
        return ""
    try:
        add_months(as_date(day), months)
    except NoSuchDayError as error:
        return str(error)
    return ""


def _moments(norm: written.Norm) -> Iterator[tuple[written.Moment, Way]]:
    named: list[tuple[written.Moment, Way]] = []
    for key in ("trigger", "ends"):
        if (moment := getattr(norm, key)) is not None:
            named.append((moment, (key,)))
    named += [(moment, ("requires", index)) for index, moment in enumerate(norm.requires)]
    for moment, way in named:
        yield moment, way
        for key in ("any", "all"):
            for index, part in enumerate(getattr(moment, key) or ()):
                named.append((part, (*way, key, index)))
