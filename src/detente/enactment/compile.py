"""From the norms of a case, and the options of a draft, to the form that is run."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from detente.case import norms as written
from detente.case.case import Case
from detente.case.norms import Added
from detente.case.records import Draft, several
from detente.enactment.compiled import (
    NEVER,
    Agreement,
    Effect,
    EffectKind,
    Guard,
    Kind,
    Moment,
    MomentKind,
    Norm,
    State,
)
from detente.enactment.dates import MINUTES, Calendar, Period, as_day, read_instant
from detente.errors import RequestError

__all__ = ["ENTRY_INTO_FORCE", "SIGNATURE", "compile_agreement", "norms_of_draft"]

SIGNATURE, ENTRY_INTO_FORCE = "signature", "entry-into-force"

_KINDS = {kind.name.lower(): kind for kind in Kind}
_STATES = {state.label: state for state in State}
_EFFECTS = {kind.name.lower(): kind for kind in EffectKind}
_PERFORMED = 1 << State.FULFILLED | 1 << State.CURED


def agreed_draft(case: Case, name: str | None) -> Draft | None:
    """Return the draft that is run: named, or agreed, or the last one of the case.

    Raises
    ------
    RequestError
        If the case has no draft of that name.
    """
    if name is not None:
        return case.draft(name)
    stated = case.about.agreement.draft if case.about.agreement else None
    if stated is not None:
        return case.draft(stated)
    return case.drafts[-1] if case.drafts else None


def norms_of_draft(case: Case, draft: Draft | None) -> tuple[tuple[written.Norm, bool], ...]:
    """Return the norms that a draft takes, each with whether the draft leaves that open.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> case = load(example_folder("ukraine-2025"))
    >>> [{norm.id for norm, _ in norms_of_draft(case, case.draft(name))} & {"N02", "N03"}
    ...  for name in ("us-russia-28", "us-ukraine-20")]
    [{'N02'}, {'N03'}]
    """
    found = []
    for norm in case.norms:
        sure = possible = True
        for point, options in norm.when.items():
            if draft is None:
                continue
            taken = set(case.possible(draft, case.point_of[point]))
            possible = possible and bool(taken & set(several(options)))
            sure = sure and taken <= set(several(options))
        if possible:
            found.append((norm, not sure))
    return tuple(found)


def compile_agreement(case: Case, draft: str | None = None) -> Agreement:
    """Return the agreement of a draft, compiled.

    Parameters
    ----------
    draft
        Id of the draft; the one the case says was agreed, else its last, if None.

    Raises
    ------
    RequestError
        If the case has no norms, or no such draft.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> agreement = compile_agreement(load(example_folder("minsk-2015")))
    >>> agreement.norms[0].id, agreement.events[:2]
    ('P01', ('signature', 'entry-into-force'))
    """
    if not case.norms:
        raise RequestError("The case has no norms; write them into norms.yaml.")
    return _Compiler(case, agreed_draft(case, draft)).agreement()


def period_of(added: Added) -> Period:
    """Return written time as a period in days or months."""
    factor = {"days": 1, "weeks": 7, "months": 1, "years": 12}[added.unit]
    return Period(
        added.amount * factor,
        added.unit in ("months", "years"),
        added.count == "business",
        added.include_first,
        added.round,
        added.zone,
        None if added.at is None else int(added.at[:2]) * 60 + int(added.at[3:]),
    )


class _Compiler:
    def __init__(self, case: Case, draft: Draft | None) -> None:
        self.case = case
        self.draft = draft
        self.taken = norms_of_draft(case, draft)
        self.place = {norm.id: place for place, (norm, _) in enumerate(self.taken)}
        self.actors = {actor.id: place for place, actor in enumerate(case.actors)}
        self.events: dict[str, int] = {SIGNATURE: 0, ENTRY_INTO_FORCE: 1}
        self.moments: list[Moment] = []
        self.names: list[str] = []
        self.owners: list[int] = []
        self.at_work = NEVER
        self.started = {
            name
            for norm, _ in self.taken
            for effect in (*norm.on_breach, *norm.on_performance)
            for name in _started(effect)
        }
        ids = [reading.id for norm, _ in self.taken for reading in norm.readings]
        self.readings = tuple(dict.fromkeys(ids)) or ("as-written",)

    def agreement(self) -> Agreement:
        about = self.case.about.agreement
        zone = about.zone if about else "UTC"
        holidays = frozenset(read_instant(day, zone) // MINUTES for day in _holidays(about))
        norms = tuple(self._norm(norm, possible) for norm, possible in self.taken)
        for entry in self.case.events:
            if entry.event is not None:
                self.events.setdefault(entry.event, len(self.events))
        given = []
        if about is not None:
            for place, day in ((0, about.signed), (1, about.in_force)):
                if day is not None:
                    given.append((place, read_instant(day, zone)))
        return Agreement(
            None if self.draft is None else self.draft.id,
            norms,
            tuple(self.moments),
            tuple(self.events),
            tuple(self.actors),
            self.readings,
            tuple(given),
            Calendar(zone, holidays),
            tuple(self.names),
            tuple(self.owners),
        )

    def _norm(self, norm: written.Norm, possible: bool) -> Norm:
        self.at_work = self.place[norm.id]
        remedy = norm.trigger is None and norm.id in self.started
        start = None if remedy else norm.trigger or written.Moment(event=ENTRY_INTO_FORCE)
        due = norm.deadline
        anchor = NEVER
        if due is not None and due.anchors:
            nothing = {"amount": 0, "include_first": False, "at": None, "zone": None}
            anchor = self._moment(due.model_copy(update=nothing))
        again = norm.recurring
        default, cure = norm.default, norm.cure
        unless = default.unless if default else None
        return Norm(
            norm.id,
            norm.title,
            _KINDS[norm.kind],
            self._actors(norm.debtor),
            self._actors(norm.creditor),
            trigger=self._moment(start),
            guards=tuple(guard for each in norm.in_force_when for guard in self._guard(each)),
            requires=tuple(self._moment(each) for each in norm.requires),
            due=anchor,
            due_within=None if due is None else period_of(due),
            include_last=due is None or due.include_last,
            every=None if again is None else _every(again),
            until=NEVER if again is None else self._moment(again.until),
            stages=tuple(period_of(stage) for stage in norm.stages),
            extendable=tuple(stage.extendable for stage in norm.stages),
            stage_ids=tuple(stage.id for stage in norm.stages),
            default=None if default is None else period_of(default),
            default_unless=NEVER if unless is None else self._event(unless),
            ends=self._moment(norm.ends),
            clock_stops=norm.clock_on_suspension == "stops",
            cure_within=period_of(cure) if cure and cure.within == "window" else None,
            cure_ends_remedies=cure is not None and cure.remedies == "end",
            on_breach=self._effects(norm.on_breach),
            on_performance=self._effects(norm.on_performance),
            holders=tuple(self._holders(norm, reading) for reading in self.readings),
            remedy_only=remedy,
            possible_only=possible,
            limit=norm.quantity.limit if norm.quantity else None,
            best_efforts=norm.effort == "best-efforts",
            compliance=norm.compliance.probability if norm.compliance else None,
            delay_median=norm.delay.median_days if norm.delay else None,
            delay_spread=norm.delay.spread if norm.delay else None,
        )

    def _moment(self, moment: written.Moment | None) -> int:
        if moment is None:
            return NEVER
        added = period_of(moment)
        if moment.event is not None:
            made = Moment(MomentKind.EVENT, self._event(moment.event), added=added)
            name = moment.event
        elif moment.norm is not None:
            bits = _PERFORMED if moment.reaches == "performed" else 1 << _STATES[moment.reaches]
            place = self.place.get(moment.norm, NEVER)
            made = Moment(MomentKind.NORM, place, bits, added=added)
            name = f"{moment.norm} {moment.reaches}"
        elif moment.date is not None:
            day = as_day(datetime.date.fromisoformat(moment.date))
            made, name = Moment(MomentKind.DATE, day, added=added), moment.date
        else:
            parts = tuple(self._moment(part) for part in moment.parts)
            kind = MomentKind.ANY if moment.any else MomentKind.ALL
            made = Moment(kind, parts=parts, added=added)
            word = "the earliest of " if moment.any else "the latest of "
            name = word + ", ".join(self.names[part] for part in parts)
        self.moments.append(made)
        self.names.append(_with_time(name, moment))
        self.owners.append(self.at_work)
        return len(self.moments) - 1

    def _event(self, name: str) -> int:
        return self.events.setdefault(name, len(self.events))

    def _guard(self, condition: written.StateOfNorm) -> Iterable[Guard]:
        if condition.event is not None:
            yield Guard(event=self._event(condition.event), happened=condition.happened)
        elif condition.norm in self.place:
            bits = sum(1 << _STATES[state] for state in condition.states)
            yield Guard(self.place[condition.norm], bits)

    def _effects(self, effects: Iterable[str | written.Effect]) -> tuple[Effect, ...]:
        found = []
        for each in effects:
            kind = EffectKind.STARTS if isinstance(each, str) else _EFFECTS[each.effect]
            for name in (each,) if isinstance(each, str) else several(each.norms):
                if name in self.place:
                    found.append(Effect(kind, self.place[name]))
        return tuple(found)

    def _actors(self, names: str | tuple[str, ...] | None) -> tuple[int, ...]:
        return tuple(self.actors[name] for name in several(names))

    def _holders(self, norm: written.Norm, reading: str) -> frozenset[int] | None:
        if not norm.readings:
            return frozenset(self._actors(norm.holder)) if norm.holder else None
        known = {each.id: each for each in norm.readings}
        return frozenset(self._actors(known.get(reading, norm.readings[0]).holder))


def _every(again: written.Recurring) -> Period:
    return period_of(written.Added(amount=again.every, unit=again.unit, round=again.round))


def _holidays(about: object) -> tuple[str, ...]:
    return getattr(about, "holidays", ())


def _started(effect: str | written.Effect) -> tuple[str, ...]:
    if isinstance(effect, str):
        return (effect,)
    return several(effect.norms) if effect.effect == "starts" else ()


def _with_time(name: str, moment: Added) -> str:
    if not moment.amount:
        return name
    unit = moment.unit if moment.amount != 1 else moment.unit[:-1]
    working = "business " if moment.count == "business" else ""
    return f"{moment.amount} {working}{unit} after {name}"
