"""The data set on decision-making in the European Union: one issue in a line, actors in columns.

Thomson and others, DEU I to III: for every issue the positions (``p`` and two or three letters) and
saliences (``s`` and the same letters) of Commission, Parliament and member states, the reference
point (``rp``) and the outcome (``out``), all 0..100, empty where nobody knows. Capability is not in
the data; it is the number of votes in the Council under the Treaty of Nice, and 29, as many as the
largest member states have, for Commission and Parliament.
"""

from __future__ import annotations

from collections.abc import Mapping

from detente.errors import CaseError, Problem
from detente.formats.cells import Cell, Rows
from detente.formats.parts import collected
from detente.formats.positions import PositionTable, TableIssue
from detente.formats.rows import HUNDRED, ActorRow, IssueFacts, Scale, issue_of_rows

__all__ = ["FORMAT", "LEAST_ACTORS", "NICE_VOTES", "is_deu", "read"]

FORMAT = "DEU III"

LEAST_ACTORS = 3
"""An issue on which fewer actors have position and salience says too little."""

NICE_VOTES: Mapping[str, tuple[str, int]] = {
    "com": ("Commission", 29),
    "ep": ("Parliament", 29),
    "de": ("Germany", 29),
    "fr": ("France", 29),
    "it": ("Italy", 29),
    "uk": ("United Kingdom", 29),
    "es": ("Spain", 27),
    "pl": ("Poland", 27),
    "ro": ("Romania", 14),
    "nl": ("Netherlands", 13),
    "be": ("Belgium", 12),
    "el": ("Greece", 12),
    "cz": ("Czechia", 12),
    "hu": ("Hungary", 12),
    "pt": ("Portugal", 12),
    "se": ("Sweden", 10),
    "at": ("Austria", 10),
    "bu": ("Bulgaria", 10),
    "dk": ("Denmark", 7),
    "sk": ("Slovakia", 7),
    "fi": ("Finland", 7),
    "ie": ("Ireland", 7),
    "lt": ("Lithuania", 7),
    "cr": ("Croatia", 7),
    "lv": ("Latvia", 4),
    "si": ("Slovenia", 4),
    "ee": ("Estonia", 4),
    "cy": ("Cyprus", 4),
    "lu": ("Luxembourg", 4),
    "mt": ("Malta", 3),
}
"""Actors by the letters of the data set: name, and votes in the Council (Treaty of Nice 2001, acts
of accession 2003, 2005 and 2011)."""

_NEEDED = ("prnr", "isnr", "pcom", "scom", "rp", "out")


def is_deu(header: tuple[Cell, ...]) -> bool:
    """Return whether the names of columns are those of the data set."""
    names = {cell.text.lower() for cell in header}
    return names.issuperset(_NEEDED)


def read(rows: Rows, file: str, scale: Scale | None) -> PositionTable:
    """Return the issues of the data set on which three actors or more are known.

    Parameters
    ----------
    scale
        The lowest and the highest answer; 0 to 100 if None.

    Raises
    ------
    CaseError
        With every fault found.
    """
    header = rows[0]
    columns = {cell.text.lower(): place for place, cell in enumerate(header)}
    actors = [code for code in NICE_VOTES if {f"p{code}", f"s{code}"} <= columns.keys()]
    problems: list[Problem] = []
    issues: list[TableIssue] = []
    skipped, few, silent = 0, 0, 0
    for row in rows[1:]:
        if len(row) != len(header):
            message = f"This line has {len(row)} cells; the first line has {len(header)}."
            problems.append(row[0].problem("table-cells", message))
            continue
        line = {name: row[place] for name, place in columns.items()}
        if not line["prnr"].text:
            skipped += 1  # a second line of names or votes
            continue
        known = [code for code in actors if line[f"p{code}"].text]
        weighed = [code for code in known if line[f"s{code}"].text]
        silent += len(known) - len(weighed)
        if len(weighed) < LEAST_ACTORS:
            few += 1
            continue
        with collected(problems):
            issues.append(_issue(line, weighed, scale or HUNDRED))
    if not problems and not issues:
        message = f"No issue has {LEAST_ACTORS} actors with position and salience."
        problems.append(Problem(file, 1, 1, "table-empty", message))
    if problems:
        raise CaseError(problems)
    notes = [
        f"Left out, with fewer than {LEAST_ACTORS} known actors: {few} issues." if few else "",
        f"Left out, having no salience: {silent} positions." if silent else "",
        f"Lines without a proposal, skipped: {skipped}." if skipped else "",
        "Capability is the number of votes in the Council under the Treaty of Nice.",
    ]
    return PositionTable(file, FORMAT, tuple(issues), tuple(note for note in notes if note))


def _issue(line: Mapping[str, Cell], actors: list[str], scale: Scale) -> TableIssue:
    rows = []
    for code in actors:
        position, salience = line[f"p{code}"], line[f"s{code}"]
        name, votes = NICE_VOTES[code]
        actor = Cell(position.file, name, position.line, position.column)
        capability = Cell(position.file, str(votes), position.line, position.column)
        rows.append(ActorRow(actor, position, salience, capability))
    facts = IssueFacts(
        name=line["isnr"].text,
        proposal=line["prnr"].text,
        reference=line["rp"],
        outcome=line["out"],
        proposed=line["pcom"],
    )
    return issue_of_rows(facts, rows, scale=scale)
