"""From a case to its simulation: when it starts, which events come, who verifies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from detente.case.case import Case
from detente.case.records import several
from detente.enactment.compile import ENTRY_INTO_FORCE, compile_agreement, norms_of_draft
from detente.enactment.compiled import Agreement, Kind, MomentKind, set_aside
from detente.enactment.dates import MINUTES, as_date, as_day, read_instant
from detente.enactment.entries import known_entries
from detente.errors import RequestError
from detente.simulate.behaviour import USUAL, Assumptions
from detente.simulate.draws import SEED
from detente.simulate.money import SimulatedMoney, simulate_money
from detente.simulate.simulate import RUNS, Simulation, simulate
from detente.simulate.worth import Worth, find_worth
from detente.text.nearest import suggest

__all__ = ["CaseSimulation", "Request", "simulate_case"]


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a simulation.

    Parameters
    ----------
    draft
        Id of the draft; the one agreed, else the last of the case, if None.
    reading
        Id of the reading that says who holds which power; if None, the first, and under the others
        how long the agreement lasts.
    events
        Events with the days on which they come, beside those of the case.
    without
        Ids of norms that are set aside: they never come into force.
    worth
        Whether remedies and verifiers are compared with their absence.
    money
        Whether the books are run along with the norms.
    """

    draft: str | None = None
    reading: str | None = None
    runs: int = RUNS
    years: int = 10
    seed: int = SEED
    events: tuple[tuple[str, str], ...] = ()
    without: tuple[str, ...] = ()
    worth: bool = True
    money: bool = True
    assumptions: Assumptions = field(default_factory=Assumptions)


@dataclass(frozen=True, slots=True)
class CaseSimulation:
    """A simulation of a case, what its remedies are worth, and what was assumed, in words.

    Parameters
    ----------
    others
        The other readings of who holds which power, with their runs on the same random numbers;
        empty where one was asked for.
    """

    draft: str | None
    reading: str
    simulation: Simulation
    others: tuple[tuple[str, Simulation], ...]
    worth: tuple[Worth, ...]
    money: SimulatedMoney | None
    notes: tuple[str, ...]

    @property
    def readings(self) -> tuple[tuple[str, Simulation], ...]:
        """Every reading that was run, the one told in full first."""
        return ((self.reading, self.simulation), *self.others)


def simulate_case(
    case: Case,
    request: Request | None = None,
    *,
    progress: Callable[[float], None] = lambda _: None,
) -> CaseSimulation:
    """Return what becomes of a case's agreement in many runs.

    It starts when the agreement comes into force, and what parties did by the log does not count:
    this is what could be said on the day of signature. Events of the log other than acts come on
    their days; an event that nobody dates never comes.

    Raises
    ------
    RequestError
        If the case has no norms, or an assumption names nothing of it.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> found = simulate_case(load(example_folder("minsk-2015")), Request(runs=1000, worth=False))
    >>> found.simulation.years, len(found.simulation.standing()), found.simulation.stepped
    (10, 11, 0)
    """
    asked = request or Request()
    agreement = compile_agreement(case, asked.draft)
    _check_names(agreement, asked.assumptions)
    reading = _reading(agreement, asked.reading)
    aside = _places(agreement, asked.without)
    dated, start, notes = _dated(case, set_aside(agreement, aside), asked.events)
    if aside:
        notes.append(f"Set aside, so that they never come into force: {_list(asked.without)}.")
    draft = None if agreement.draft is None else case.draft(agreement.draft)
    verified = [norm.id for norm, _ in norms_of_draft(case, draft) if several(norm.verifier)]
    readings = [reading] if asked.reading else list(range(len(agreement.readings)))
    share = (0.4 if asked.worth else 1.0) / len(readings)

    def run(place: int) -> Simulation:
        done = share * readings.index(place)
        return simulate(
            dated,
            start,
            years=asked.years,
            runs=asked.runs,
            seed=asked.seed,
            assumptions=asked.assumptions,
            verified=verified,
            reading=place,
            progress=lambda left: progress(1.0 - done - share * (1.0 - left)),
        )

    found = run(reading)
    others = tuple((agreement.readings[each], run(each)) for each in readings[1:])
    worth = find_worth(found, progress=lambda left: progress(left * 0.6)) if asked.worth else ()
    money = simulate_money(found, case, agreement.draft) if asked.money else None
    said = (*notes, *_assumed(found), *_stepped(found))
    name = agreement.readings[reading]
    return CaseSimulation(agreement.draft, name, found, others, worth, money, said)


def _reading(agreement: Agreement, name: str | None) -> int:
    if name is None:
        return 0
    if name not in agreement.readings:
        raise RequestError(f"There is no reading '{name}'{suggest(name, agreement.readings)}")
    return agreement.readings.index(name)


def _places(agreement: Agreement, names: tuple[str, ...]) -> list[int]:
    for name in names:
        if name not in agreement.norm_of:
            raise RequestError(
                f"'{name}' is no norm of this agreement{suggest(name, agreement.norm_of)}"
            )
    return [agreement.norm_of[name] for name in names]


def _check_names(agreement: Agreement, assumptions: Assumptions) -> None:
    kinds = [kind.name.lower() for kind in Kind]
    known = [*agreement.norm_of, *agreement.actors, *kinds]
    for name, _ in (*assumptions.compliance, *assumptions.delay):
        if name not in known:
            raise RequestError(
                f"'{name}' is no norm, actor or kind of norm of this agreement"
                f"{suggest(name, known)}"
            )


def _dated(
    case: Case, agreement: Agreement, events: tuple[tuple[str, str], ...]
) -> tuple[Agreement, int, list[str]]:
    """The agreement with every event that is dated, and when it starts."""
    known = dict(agreement.given)
    for entry in known_entries(case, agreement).happenings:
        if entry.kind == "event":
            known[entry.subject] = min(entry.moment, known.get(entry.subject, entry.moment))
    for name, day in events:
        if name not in agreement.event_of:
            raise RequestError(f"No norm waits for '{name}'{suggest(name, agreement.events)}")
        known[agreement.event_of[name]] = _read_day(day, agreement)
    notes = []
    in_force = agreement.event_of[ENTRY_INTO_FORCE]
    if in_force not in known:
        start = known.get(0) or as_day(case.as_of) * MINUTES
        known[in_force] = start
        notes.append(
            "No day is given on which the agreement comes into force; it is taken to be "
            f"{as_date(start // MINUTES).isoformat()}."
        )
    by_log = [
        f"{agreement.events[event]} ({as_date(moment // MINUTES).isoformat()})"
        for event, moment in known.items()
        if event > in_force and _counts(agreement, event)
    ]
    if by_log:
        notes.append(f"Events come on the days that the log or an option gives: {_list(by_log)}.")
    open_norms = [norm.id for norm in agreement.norms if norm.possible_only]
    if open_norms:
        notes.append(f"Norms that the draft leaves open are taken as agreed: {_list(open_norms)}.")
    never = [
        name
        for event, name in enumerate(agreement.events)
        if event not in known and event != 0 and _counts(agreement, event)
    ]
    if never:
        notes.append(f"Events that nobody dates never come: {_list(never)}.")
    return replace(agreement, given=tuple(sorted(known.items()))), known[in_force], notes


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)


def _read_day(day: str, agreement: Agreement) -> int:
    try:
        return read_instant(day, agreement.calendar.zone)
    except ValueError:
        raise RequestError(f"'{day}' is not a day that exists; write YYYY-MM-DD.") from None


def _counts(agreement: Agreement, event: int) -> bool:
    """Whether anything waits for an event."""
    return any(
        moment.kind is MomentKind.EVENT and moment.ref == event for moment in agreement.moments
    ) or any(
        norm.default_unless == event or any(guard.event == event for guard in norm.guards)
        for norm in agreement.norms
    )


def _assumed(found: Simulation) -> list[str]:
    """What was assumed, in sentences."""
    assumptions, norms = found.assumptions, found.plan.agreement.norms
    used = {norm.kind for norm, each in zip(norms, found.behaviours, strict=True)
            if each.origin == "usual"}  # fmt: skip
    said = []
    for kind in Kind:
        if kind in used:
            usual = USUAL[kind]
            said.append(
                f"The chance that {usual.words} is {usual.probability:g} where nothing is stated."
            )
    delays = {each.delay_origin for each in found.behaviours}
    if "deadline" in delays:
        said.append("Half of those who perform have done so after 0.6 of the time allowed.")
    if "usual" in delays:
        said.append(
            "Without a deadline half of those who perform have done so after 365 days; "
            "conditions after 180."
        )
    if used:
        said.append(
            f"A verifier multiplies the odds of keeping a norm by {assumptions.verifier_factor:g}, "
            f"a remedy by {assumptions.remedy_factor:g}."
        )
    return [
        *said,
        f"Norms of one actor share a common shock (correlation {assumptions.correlation:g}).",
        (
            f"The agreement falls when a breach has stood for {assumptions.grace} days without "
            "cure; a prohibition once broken stays broken."
        ),
        "Nobody waives, extends or suspends anything but as an effect of a norm.",
        "All of these are assumptions and no estimates.",
    ]


def _stepped(found: Simulation) -> list[str]:
    if found.plan.stepped is not None:
        return [f"All runs were stepped through, since {found.plan.stepped}."]
    if found.stepped:
        words = (
            f"{found.stepped:,} of {found.runs:,} runs were stepped through by the executor, with "
            "the same numbers: in them a norm was suspended or came into force again, or two "
            "things fell on one minute."
        )
        return [words]
    return []
