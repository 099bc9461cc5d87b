"""How does an agreement stand on a day, as far as it was known on another?

Two times are kept apart: when something happened and when it was reported. What is asked is the
state of the norms on the one day, from those entries alone that had been reported by the other.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from detente.case.case import Case
from detente.enactment.clock import Step
from detente.enactment.compile import compile_agreement
from detente.enactment.compiled import NEVER, Agreement, Kind, MomentKind, State
from detente.enactment.dates import MINUTES, NoSuchDayError, as_date, as_day
from detente.enactment.entries import Known, known_entries
from detente.enactment.run import Run, run_agreement
from detente.errors import CaseError, Problem, RequestError
from detente.text.nearest import suggest

__all__ = [
    "Because",
    "Breach",
    "Consequence",
    "NormStatus",
    "ReadingStatus",
    "Status",
    "find_status",
    "run_readings",
]


@dataclass(frozen=True, slots=True)
class Because:
    """Why a norm is as it is: the rule, the entry that set it going, the norm that caused it."""

    rule: str
    day: datetime.date
    entry: str | None
    cause: str | None


@dataclass(frozen=True, slots=True)
class NormStatus:
    """One norm on the day asked about.

    Parameters
    ----------
    since
        The day on which it came into this state; None where it has been dormant from the start.
    due
        The last day on which performance is in time, the day on which a default fires, or when the
        stage ends; None where there is none or it is not known yet.
    ends
        The day on which it lapses by itself, where that is known.
    possible
        Whether the draft leaves open if it takes this norm.
    """

    id: str
    title: str
    kind: str
    state: str
    since: datetime.date | None
    due: datetime.date | None
    ends: datetime.date | None
    debtors: tuple[str, ...]
    because: tuple[Because, ...]
    possible: bool = False


@dataclass(frozen=True, slots=True)
class Breach:
    """A breach on record, cured or not; ``late_days`` is None while it is not cured."""

    norm: str
    day: datetime.date
    debtors: tuple[str, ...]
    rule: str
    entry: str | None
    cured: datetime.date | None
    late_days: int | None


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows from a breach, or from a deadline that may pass: norms and what befalls them."""

    norm: str
    happened: bool
    effects: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReadingStatus:
    """The agreement under one reading of who holds its powers."""

    reading: str
    norms: tuple[NormStatus, ...]
    breaches: tuple[Breach, ...]
    due_next: tuple[str, ...]
    overdue: tuple[str, ...]
    follows: tuple[Consequence, ...]

    def norm(self, name: str) -> NormStatus:
        """Return one norm by id.

        Raises
        ------
        RequestError
            If the agreement has no such norm.
        """
        known = {norm.id: norm for norm in self.norms}
        if name not in known:
            raise RequestError(f"The agreement has no norm '{name}'{suggest(name, known)}")
        return known[name]


@dataclass(frozen=True, slots=True)
class Status:
    """How an agreement stands: the first reading, and every other."""

    on: datetime.date
    known_on: datetime.date | None
    draft: str | None
    readings: tuple[ReadingStatus, ...]
    entries: int
    notes: tuple[str, ...]

    @property
    def first(self) -> ReadingStatus:
        """The reading that counts unless another is asked for."""
        return self.readings[0]

    def norm(self, name: str) -> NormStatus:
        """Return one norm under the first reading, by id."""
        return self.first.norm(name)


def find_status(
    case: Case,
    on: datetime.date,
    *,
    draft: str | None = None,
    known_on: datetime.date | None = None,
    reading: str | None = None,
) -> Status:
    """Return the state of every norm at the end of a day, why, and what follows.

    Parameters
    ----------
    on
        The day asked about; what happened on it has happened.
    draft
        Whose norms; those of the draft that was agreed, else of the last one, if None.
    known_on
        Only entries reported by this day count; all if None.
    reading
        Only this reading of who holds powers; all if None.

    Raises
    ------
    RequestError
        If the case has no norms, or no such draft or reading.
    CaseError
        If time that is added ends on a day that does not exist.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> status = find_status(load(example_folder("minsk-2015")), datetime.date(2015, 3, 20))
    >>> norm = status.norm("P04-resolution")
    >>> norm.state, norm.due.isoformat(), norm.since.isoformat()
    ('cured', '2015-03-14', '2015-03-17')
    """
    agreement = compile_agreement(case, draft)
    known = known_entries(case, agreement, known_on)
    runs = run_readings(case, agreement, known, on, reading)
    return Status(
        on,
        known_on,
        agreement.draft,
        tuple(_status_of(agreement, run, on) for run in runs),
        len(known.happenings),
        known.notes,
    )


def run_readings(
    case: Case,
    agreement: Agreement,
    known: Known,
    on: datetime.date,
    reading: str | None = None,
) -> tuple[Run, ...]:
    """Run an agreement to the end of a day, under one reading or each of them.

    Raises
    ------
    RequestError
        If there is no such reading.
    CaseError
        If time that is added ends on a day that does not exist.
    """
    if reading is not None and reading not in agreement.readings:
        raise RequestError(
            f"The agreement has no reading '{reading}'{suggest(reading, agreement.readings)}"
        )
    until = (as_day(on) + 1) * MINUTES - 1
    places = range(len(agreement.readings))
    chosen = [place for place in places if reading in (None, agreement.readings[place])]
    try:
        return tuple(
            run_agreement(agreement, known.happenings, until, reading=place) for place in chosen
        )
    except NoSuchDayError as error:
        raise _no_such_day(case, agreement, error) from None


def _no_such_day(case: Case, agreement: Agreement, error: NoSuchDayError) -> Exception:
    message = f"{error}, which does not exist; say 'round: down' or 'round: up'."
    if "9999" in str(error):
        message = f"{error}; give it less."
    if error.norm != NEVER:
        name = agreement.norms[error.norm].id
        for entry in case.entries:
            if entry.record in case.norms and getattr(entry.record, "id", None) == name:
                place = entry.document.place(entry.way)
                return CaseError(
                    [Problem(entry.document.file, *place, "no-such-day", f"'{name}': {message}")]
                )
    return RequestError(message)


# --- from a run to what is told -------------------------------------------------------------------


def _status_of(agreement: Agreement, run: Run, on: datetime.date) -> ReadingStatus:
    of_norm: list[list[Step]] = [[] for _ in agreement.norms]
    for step in run.steps:
        of_norm[step.norm].append(step)
    norms = tuple(_norm_status(agreement, run, place, steps) for place, steps in enumerate(of_norm))
    breaches = tuple(
        breach
        for place, steps in enumerate(of_norm)
        for breach in _breaches(agreement, place, steps)
    )
    due = [norm for norm in norms if norm.due is not None and norm.state == "in-force"]
    overdue = tuple(
        norm.id
        for norm, written in zip(norms, agreement.norms, strict=True)
        if norm.state == "violated" and written.kind is Kind.DUTY
    )
    return ReadingStatus(
        agreement.readings[run.reading],
        norms,
        tuple(sorted(breaches, key=lambda breach: (breach.day, breach.norm))),
        tuple(norm.id for norm in sorted(due, key=lambda norm: (norm.due or on, norm.id))),
        overdue,
        tuple(_follows(agreement, norms)),
    )


def _norm_status(agreement: Agreement, run: Run, place: int, steps: list[Step]) -> NormStatus:
    written, live = agreement.norms[place], run.live[place]
    last = 0
    for index, step in enumerate(steps):
        if step.state is not (steps[index - 1].state if index else State.DORMANT) or step.breach:
            last = index
    told = steps[last:]
    moved = bool(steps) and live.state is not State.DORMANT
    ends = expected(agreement, run, written.ends)
    over = live.state in (State.LAPSED, State.VOID, State.WAIVED)
    return NormStatus(
        written.id,
        written.title,
        written.kind.name.lower(),
        live.state.label,
        _day_of(steps[last].moment) if moved else None,
        _due(agreement, run, place),
        None if over or ends == NEVER or ends < live.start else _day_of(ends),
        tuple(agreement.actors[actor] for actor in written.debtors),
        tuple(_because(agreement, step) for step in told) or _waits(agreement, run, place),
        written.possible_only,
    )


def _because(agreement: Agreement, step: Step) -> Because:
    cause = None if step.cause == NEVER else agreement.norms[step.cause].id
    return Because(step.rule, _day_of(step.moment), step.entry, cause)


def _waits(agreement: Agreement, run: Run, place: int) -> tuple[Because, ...]:
    """What a norm that is dormant waits for."""
    trigger = agreement.norms[place].trigger
    if trigger == NEVER:
        return (Because("waits for another norm to start it", _day_of(run.now), None, None),)
    rule = f"waits for {agreement.moment_names[trigger]}"
    return (Because(rule, _day_of(run.now), None, None),)


def _due(agreement: Agreement, run: Run, place: int) -> datetime.date | None:
    written, live = agreement.norms[place], run.live[place]
    due = live.due
    if due == NEVER and live.base != NEVER and written.due_within is not None:
        due = live.base + live.stopped
    waits = live.state in (State.DORMANT, State.IN_FORCE) and written.due_within is not None
    if due == NEVER and waits:
        anchor = expected(agreement, run, written.due if written.due != NEVER else written.trigger)
        due = NEVER if anchor == NEVER else run.deadline(place, anchor)
    if due == NEVER or (live.state is State.SUSPENDED and written.clock_stops):
        return None
    return as_date((due if written.default is not None else due - 1) // MINUTES)


def expected(agreement: Agreement, run: Run, place: int) -> int:
    """Return when a moment came, or will come as far as is known; NEVER if it is not."""
    if place == NEVER or run.scheduled[place] != NEVER:
        return NEVER if place == NEVER else run.scheduled[place]
    moment = agreement.moments[place]
    parts = [expected(agreement, run, part) for part in moment.parts]
    known = [part for part in parts if part != NEVER]
    if moment.kind is MomentKind.ANY and known:
        return agreement.calendar.add(min(known), moment.added)
    if moment.kind is MomentKind.ALL and known and len(known) == len(parts):
        return agreement.calendar.add(max(known), moment.added)
    return NEVER


def _breaches(agreement: Agreement, place: int, steps: list[Step]) -> list[Breach]:
    written = agreement.norms[place]
    debtors = tuple(agreement.actors[actor] for actor in written.debtors)
    found: list[Breach] = []
    cured: datetime.date | None = None
    for step in reversed(steps):
        if step.state is State.CURED:
            cured = _day_of(step.moment)
        if step.breach:
            day = _day_of(step.moment)
            last = as_date((step.moment - 1) // MINUTES) if step.entry is None else day
            late = None if cured is None else (cured - last).days
            found.append(Breach(written.id, day, debtors, step.rule, step.entry, cured, late))
    return found[::-1]


def _follows(agreement: Agreement, norms: tuple[NormStatus, ...]) -> list[Consequence]:
    waiting: list[list[tuple[str, str]]] = [[] for _ in agreement.norms]
    for written in agreement.norms:
        for place in _broken(agreement, written.trigger):
            waiting[place].append(("starts", written.id))
    found = []
    for place, (written, norm) in enumerate(zip(agreement.norms, norms, strict=True)):
        effects = tuple(
            (effect.kind.name.lower(), agreement.norms[effect.norm].id)
            for effect in written.on_breach
        )
        told = tuple(dict.fromkeys((*effects, *waiting[place])))
        if norm.state == "violated" or (norm.state == "in-force" and told):
            found.append(Consequence(norm.id, norm.state == "violated", told))
    return found


def _broken(agreement: Agreement, trigger: int) -> list[int]:
    """The norms from whose breach a moment counts."""
    if trigger == NEVER:
        return []
    moment = agreement.moments[trigger]
    if moment.kind is MomentKind.NORM and moment.ref != NEVER:
        return [moment.ref] if moment.states >> State.VIOLATED & 1 else []
    return [norm for part in moment.parts for norm in _broken(agreement, part)]


def _day_of(moment: int) -> datetime.date:
    return as_date(moment // MINUTES)
