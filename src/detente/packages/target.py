"""Opening what packages are asked of: a case, or a scenario of another program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from detente.assess.outlook import Outlook
from detente.case.load import load
from detente.errors import RequestError
from detente.formats.read import is_scenario, read_scenario
from detente.formats.scenario import Scenario
from detente.packages.of_case import package_of, space_of_case
from detente.packages.of_scenario import space_of_scenario
from detente.packages.space import Package, Space
from detente.text.nearest import suggest

__all__ = ["Target", "open_target", "target_of_case"]


@dataclass(frozen=True, slots=True)
class Target:
    """What was opened.

    Parameters
    ----------
    name
        Name of the case or scenario.
    space
        Its packages, judged by the parties asked for.
    scale
        One sentence that says what the utilities are.
    notes
        What a reader of the figures should know.
    outlook
        The case under its scenario of no deal; None where a scenario of another program was opened.
    """

    name: str
    space: Space
    scale: str
    notes: tuple[str, ...]
    outlook: Outlook | None

    def drafts(self) -> dict[str, Package]:
        """Return the drafts whose every point is settled, as packages."""
        if self.outlook is None:
            return {}
        found = {}
        for draft in self.outlook.case.drafts:
            choices = self.outlook.compiled.choices(draft)
            if all(len(choice) == 1 for choice in choices):
                taken = np.array([choice[0] for choice in choices])
                found[draft.id] = package_of(self.outlook, taken)
        return found

    def draft(self, name: str) -> Package:
        """Return a draft as a package.

        Raises
        ------
        RequestError
            If there is none of that name whose every point is settled.
        """
        known = self.drafts()
        if name not in known:
            raise RequestError(
                f"There is no draft '{name}' whose every point is settled{suggest(name, known)}"
            )
        return known[name]

    def status_quo(self) -> Package | None:
        """Return the package of no change; None where the space knows none."""
        if self.outlook is None:
            return None
        package = package_of(self.outlook, self.outlook.compiled.status_quo)
        return package if self.space.possible(package) else None

    def named(self) -> dict[str, Package]:
        """Return the packages that a reader will look for: drafts, and the status quo."""
        found = self.drafts()
        status_quo = self.status_quo()
        return found if status_quo is None else {**found, "status quo": status_quo}

    def names(self) -> dict[str, str]:
        """Return what the parties are called, by id."""
        if self.outlook is None:
            return {party: party for party in self.space.parties}
        actors = self.outlook.case.actor_of
        return {party: actors[party].name for party in self.space.parties}


def open_target(
    folder: Path,
    *,
    parties: Sequence[str] = (),
    no_deal: str | None = None,
    scale: str = "format",
) -> Target:
    """Return the packages of the case or scenario in ``folder``.

    Parameters
    ----------
    parties
        Those who judge; if none is named, those whose yes every agreement needs.
    no_deal
        Which scenario of no deal of a case; the first if None.
    scale
        On which scale a scenario is read; see :func:`detente.formats.read.read_scenario`.

    Raises
    ------
    CaseError
        If the folder holds neither a case nor a scenario that can be read.
    RequestError
        If a party or scenario is unknown.
    """
    if is_scenario(folder):
        if no_deal is not None:
            raise RequestError("This is no case; it has no scenarios of no deal to choose from.")
        return _target_of_scenario(read_scenario(folder, scale), parties)
    return target_of_case(Outlook.of(load(folder), no_deal), parties)


def target_of_case(outlook: Outlook, parties: Sequence[str] = ()) -> Target:
    """Return the packages of a case under a scenario of no deal."""
    space = space_of_case(outlook, list(parties) or None)
    stated = [party for party in space.parties if party in outlook.case.preferences_of]
    scales = []
    if len(stated) < len(space.parties):
        scales.append(
            "mean utility on -3..3, salience times rating; the reservation is the mean no-deal "
            f"value under '{outlook.scenario.id}'"
        )
    if stated:
        named = {
            (outlook.case.preferences_of[party].scale or "as stated").rstrip(".")
            for party in stated
        }
        scales.append(f"preferences of {', '.join(stated)}: {'; '.join(sorted(named))}")
    return Target(outlook.case.name, space, "; ".join(scales) + ".", (), outlook)


def _target_of_scenario(scenario: Scenario, parties: Sequence[str]) -> Target:
    space = space_of_scenario(scenario)
    if parties:
        space = space.choose(parties)
    return Target(scenario.name, space, scenario.scale_note, scenario.notes, None)
