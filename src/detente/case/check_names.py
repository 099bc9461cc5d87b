"""Is every alias of an actor or a person the name of that one alone?"""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.case import Entry
from detente.case.records import Actor, ActorFile, Person
from detente.case.references import References
from detente.errors import Problem

__all__ = ["NameChecker"]


class NameChecker(References):
    """One pass over the aliases, with the names and aliases of all others at hand."""

    def run(self) -> list[Problem]:
        """Return all problems found."""
        actors, people = _bearers(self.case.actors), _bearers(self.case.people)
        for entry in self.case.entries:
            if isinstance(entry.record, ActorFile):
                self._aliases(entry, "actors", entry.record.actors, actors)
                self._aliases(entry, "people", entry.record.people, people)
        return self.problems

    def _aliases(
        self,
        entry: Entry,
        key: str,
        records: Sequence[Actor | Person],
        bearers: dict[str, list[str]],
    ) -> None:
        for index, record in enumerate(records):
            for place, alias in enumerate(record.aliases):
                others = [each for each in bearers[_bare(alias)] if each != record.id]
                if others:
                    message = (
                        f"'{alias}' is an alias of '{record.id}' and a name of '{others[0]}' too; "
                        "leave it to one of them, or to none."
                    )
                    self._fault(entry, (key, index, "aliases", place), "shared-alias", message)


def _bearers(records: Sequence[Actor | Person]) -> dict[str, list[str]]:
    """Ids of those who bear a name or an alias, by its bare form."""
    found: dict[str, list[str]] = {}
    for record in records:
        for name in (record.name, *record.aliases):
            found.setdefault(_bare(name), []).append(record.id)
    return found


def _bare(name: str) -> str:
    """A name in small letters, without an article before it."""
    return " ".join(name.casefold().split()).removeprefix("the ")
