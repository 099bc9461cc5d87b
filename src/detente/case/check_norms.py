"""Do norms and log speak of norms, options, actors and days that exist?"""

from __future__ import annotations

import datetime

from detente.case.case import Entry
from detente.case.norms import Added, Effect, Event, Moment, Norm
from detente.case.records import Agreement, several
from detente.case.references import References
from detente.errors import Problem
from detente.text.yaml import Way

__all__ = ["NormChecker"]


class NormChecker(References):
    """One pass over norms and log, with the known names at hand."""

    def run(self) -> list[Problem]:
        """Return all problems found."""
        for entry in self.case.entries:
            match entry.record:
                case Norm() as norm:
                    self._norm(entry, norm)
                case Event() as event:
                    self._event(entry, event)
        about = self.case.about.agreement
        if about is not None:
            self._agreement(about)
        return self.problems

    def _agreement(self, about: Agreement) -> None:
        for entry in self.case.entries:
            if entry.record is self.case.about and about.draft is not None:
                self._name(entry, ("agreement", "draft"), "draft", about.draft)

    def _norm(self, entry: Entry, norm: Norm) -> None:
        self._names(entry, ("source",), "source", norm.source)
        for key in ("debtor", "creditor", "verifier", "holder"):
            self._names(entry, (key,), "actor", getattr(norm, key))
        for point, options in norm.when.items():
            if self._name(entry, ("when", point), "point", point, key=True):
                for option in several(options):
                    self._option(entry, ("when", point), point, option)
        for key in ("trigger", "deadline", "ends"):
            if (moment := getattr(norm, key)) is not None:
                self._moment(entry, (key,), moment)
        if norm.recurring is not None and norm.recurring.until is not None:
            self._moment(entry, ("recurring", "until"), norm.recurring.until)
        for index, moment in enumerate(norm.requires):
            self._moment(entry, ("requires", index), moment)
        for index, condition in enumerate(norm.in_force_when):
            self._names(entry, ("in_force_when", index, "norm"), "norm", condition.norm)
        for key in ("on_breach", "on_performance"):
            for index, effect in enumerate(getattr(norm, key)):
                way: Way = (key, index, "norms") if isinstance(effect, Effect) else (key, index)
                names = effect.norms if isinstance(effect, Effect) else effect
                self._names(entry, way, "norm", names)
        self._powers(entry, norm)

    def _powers(self, entry: Entry, norm: Norm) -> None:
        if norm.default is not None:
            self._names(entry, ("default", "body"), "actor", norm.default.body)
        for index, reading in enumerate(norm.readings):
            way: Way = ("readings", index)
            self._names(entry, (*way, "holder"), "actor", reading.holder)
            self._names(entry, (*way, "source"), "source", reading.source)
            if reading.id in {each.id for each in norm.readings[:index]}:
                message = f"The reading '{reading.id}' of '{norm.id}' stands twice; rename one."
                self._fault(entry, (*way, "id"), "duplicate-id", message)
        stages = [stage.id for stage in norm.stages]
        for index, stage in enumerate(stages):
            if stage in stages[:index]:
                message = f"The stage '{stage}' of '{norm.id}' stands twice; rename one."
                self._fault(entry, ("stages", index, "id"), "duplicate-id", message)

    def _moment(self, entry: Entry, way: Way, moment: Moment) -> None:
        if moment.norm is not None:
            self._name(entry, (*way, "norm"), "norm", moment.norm)
        if moment.date is not None:
            self._exists(entry, way, moment.date, moment)
        for key in ("any", "all"):
            for index, part in enumerate(getattr(moment, key) or ()):
                self._moment(entry, (*way, key, index), part)

    def _exists(self, entry: Entry, way: Way, date: str, added: Added) -> None:
        """A fixed date with months added: is there such a day?"""
        if added.round != "error" or added.unit not in ("months", "years"):
            return
        start = datetime.date.fromisoformat(date)
        months = (
            start.year * 12 + start.month - 1 + added.amount * (12 if added.unit == "years" else 1)
        )
        try:
            start.replace(year=months // 12, month=months % 12 + 1)
        except ValueError:
            message = (
                f"{added.amount} {added.unit} after {date} is a day that does not exist; "
                "say 'round: down' or 'round: up'."
            )
            self._fault(entry, (*way, "amount"), "no-such-day", message)

    def _event(self, entry: Entry, event: Event) -> None:
        self._names(entry, ("source",), "source", event.source)
        self._names(entry, ("actor",), "actor", event.actor)
        if event.norm is not None:
            self._name(entry, ("norm",), "norm", event.norm)
        if event.corrects is not None and self._name(entry, ("corrects",), "entry", event.corrects):
            self._correction(entry, event)

    def _correction(self, entry: Entry, event: Event) -> None:
        seen = {event.id}
        earlier: Event | None = event
        corrected = {each.id: each for each in self.case.events}
        while earlier is not None and earlier.corrects is not None:
            if earlier.corrects in seen:
                message = f"Entry '{event.id}' corrects itself in the end; name an earlier entry."
                self._fault(entry, ("corrects",), "correction", message)
                return
            seen.add(earlier.corrects)
            earlier = corrected.get(earlier.corrects)
