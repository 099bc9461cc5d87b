"""The agreement of a draft as the checks read it: written, compiled, and where each key stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from detente.case import norms as written
from detente.case.case import Case, Entry
from detente.enactment.compile import agreed_draft, compile_agreement, norms_of_draft
from detente.enactment.compiled import NEVER, Agreement, EffectKind, MomentKind, Norm
from detente.enactment.dates import MINUTES, Period
from detente.lint.findings import Finding, Mark
from detente.text.yaml import Way

__all__ = ["Clause", "Subject", "open_subject", "time_words"]


@dataclass(frozen=True, slots=True)
class Clause:
    """One key of a norm that makes it wait, or gives it a limit, in words.

    ``norm`` is the place of the norm; NEVER where the head of the case says it.
    """

    norm: int
    way: Way
    words: str


@dataclass(frozen=True)
class Subject:
    """An agreement with its norms as written, in the same order, and the lines of their files.

    Parameters
    ----------
    lines
        By file: its lines as they stand, to find words in them; files that could not be read are
        left out.
    """

    case: Case
    agreement: Agreement
    norms: tuple[written.Norm, ...]
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def _entry_of(self) -> dict[int, Entry]:
        return {id(entry.record): entry for entry in self.case.entries}

    def entry(self, place: int) -> Entry | None:
        """Return where a norm was written; None for one that was made in memory."""
        record = self.case.about if place == NEVER else self.norms[place]
        return self._entry_of.get(id(record))

    def mark(self, place: int, *way: str | int) -> Mark:
        """Return the place of a key of a norm, or of the norm where it does not have that key."""
        entry = self.entry(place)
        if entry is None:
            return (self.case.name, 0, 0)
        whole = (*entry.way, *way)
        while len(whole) > len(entry.way) and whole not in entry.document.values:
            whole = whole[:-1]
        found = entry.document.key_place(whole) if way else entry.document.place(whole)
        return (entry.document.file, *found)

    def finding(
        self,
        code: str,
        message: str,
        *places: int,
        way: Way = (),
        clauses: tuple[Clause, ...] = (),
    ) -> Finding:
        """Return a finding about norms, placed at a key of the first of them."""
        told = tuple((self.mark(each.norm, *each.way), each.words) for each in clauses)
        names = tuple(dict.fromkeys(self.norms[place].id for place in places))
        return Finding(code, message, *self.mark(places[0], *way), names, told)

    @cached_property
    def given(self) -> dict[int, int]:
        """Days since 1970 of the events that the case itself dates."""
        return {event: moment // MINUTES for event, moment in self.agreement.given}

    @cached_property
    def anchors(self) -> tuple[dict[str, tuple[int, Way]], ...]:
        """By norm, the moments it has: name of the use to place of the moment and the key."""
        return tuple(
            _anchors(norm, write)
            for norm, write in zip(self.agreement.norms, self.norms, strict=True)
        )

    @cached_property
    def starters(self) -> tuple[tuple[tuple[int, bool, Way], ...], ...]:
        """By norm, whose breach (true) or performance (false) starts it, and the key there."""
        return self._effects(EffectKind.STARTS)

    @cached_property
    def enders(self) -> tuple[tuple[tuple[int, bool, Way], ...], ...]:
        """By norm, whose breach or performance ends it."""
        return self._effects(EffectKind.ENDS)

    @cached_property
    def voiders(self) -> tuple[tuple[tuple[int, bool, Way], ...], ...]:
        """By norm, whose breach or performance voids it."""
        return self._effects(EffectKind.VOIDS)

    @cached_property
    def suspenders(self) -> tuple[tuple[tuple[int, bool, Way], ...], ...]:
        """By norm, whose breach or performance suspends it."""
        return self._effects(EffectKind.SUSPENDS)

    def _effects(self, kind: EffectKind) -> tuple[tuple[tuple[int, bool, Way], ...], ...]:
        found: list[list[tuple[int, bool, Way]]] = [[] for _ in self.norms]
        for place, norm in enumerate(self.agreement.norms):
            for effects, broken in ((norm.on_breach, True), (norm.on_performance, False)):
                way = ("on_breach",) if broken else ("on_performance",)
                for effect in effects:
                    if effect.kind is kind:
                        found[effect.norm].append((place, broken, way))
        return tuple(map(tuple, found))

    def leaves(self, moment: int) -> Iterator[int]:
        """Yield the places of the events, norms and dates from which a moment counts."""
        parts = self.agreement.moments[moment].parts
        if not parts:
            yield moment
        for part in parts:
            yield from self.leaves(part)

    def day_of(self, moment: int) -> int | None:
        """Return the day of a moment that counts from a date alone, or a dated event."""
        found = self.agreement.moments[moment]
        if found.kind is MomentKind.DATE:
            day: int | None = found.ref
        else:
            day = self.given.get(found.ref) if found.kind is MomentKind.EVENT else None
        added = found.added
        if day is None or (added.amount and (added.months or added.business)):
            return None
        return day + added.amount - added.include_first


def open_subject(
    case: Case, draft: str | None = None, lines: Mapping[str, tuple[str, ...]] | None = None
) -> Subject:
    """Return the agreement of a draft as the checks read it.

    Raises
    ------
    RequestError
        If the case has no norms, or no such draft.
    """
    agreement = compile_agreement(case, draft)
    taken = norms_of_draft(case, agreed_draft(case, draft))
    return Subject(case, agreement, tuple(norm for norm, _ in taken), lines or {})


def time_words(period: Period) -> str:
    """Return a period in words.

    Examples
    --------
    >>> time_words(Period(1)), time_words(Period(24, months=True))
    ('1 day', '2 years')
    """
    amount, unit = period.amount, "month" if period.months else "day"
    if period.months and amount and amount % 12 == 0:
        amount, unit = amount // 12, "year"
    working = "business " if period.business else ""
    return f"{amount} {working}{unit}{'' if amount == 1 else 's'}"


def _anchors(norm: Norm, write: written.Norm) -> dict[str, tuple[int, Way]]:
    found: dict[str, tuple[int, Way]] = {}
    if norm.trigger != NEVER:
        found["trigger"] = (norm.trigger, ("trigger",) if write.trigger else ())
    if norm.due != NEVER:
        found["due"] = (norm.due, ("deadline",))
    if norm.ends != NEVER:
        found["ends"] = (norm.ends, ("ends",))
    if norm.until != NEVER:
        found["until"] = (norm.until, ("recurring", "until"))
    for index, moment in enumerate(norm.requires):
        found[f"requires {index}"] = (moment, ("requires", index))
    return found
