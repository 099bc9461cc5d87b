"""All findings about the agreement of a draft, those silenced, and what it adds up to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from detente.case.case import Case
from detente.errors import RequestError
from detente.lint.asymmetry import Share, find_shares
from detente.lint.codes import CODES, SEVERITIES, Severity
from detente.lint.fields import DUTIES, has_day, has_remedy
from detente.lint.findings import Finding, Silenced
from detente.lint.schedule import build_schedule
from detente.lint.subject import Subject, open_subject
from detente.text.nearest import suggest

__all__ = ["Coverage", "Lint", "known_code", "lint_case", "read_lines"]

_NUMBERED = re.compile(r"([A-Za-z]*\d+)-.+\Z")


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the norms that oblige somebody say a thing, and how many clauses.

    A clause is all norms whose ids begin with the same number, as P02 and P02-start; it says what
    the norm of that very id says, else what all of its norms say.

    Parameters
    ----------
    what
        ``debtor``, ``deadline``, ``verifier`` or ``remedy``. A deadline of a prohibition or cap is
        the date from which it binds.
    in_part
        Clauses of which only some norms say it.
    """

    what: str
    norms: tuple[str, ...]
    of_norms: int
    clauses: tuple[str, ...]
    in_part: tuple[str, ...]
    of_clauses: int


@dataclass(frozen=True, slots=True)
class Lint:
    """What was found about the agreement of a draft.

    Parameters
    ----------
    findings
        Gravest kind first, then by place.
    silenced
        What norms ask not to be told, with their reasons.
    """

    draft: str | None
    findings: tuple[Finding, ...]
    silenced: tuple[Silenced, ...]
    asymmetry: tuple[Share, ...]
    coverage: tuple[Coverage, ...]
    norms: int

    def by_severity(self) -> dict[Severity, tuple[Finding, ...]]:
        """Return the findings of each kind, gravest first."""
        return {
            severity: tuple(each for each in self.findings if CODES[each.code].severity == severity)
            for severity in SEVERITIES
        }


def lint_case(
    case: Case,
    draft: str | None = None,
    *,
    only: Iterable[str] = (),
    lines: Mapping[str, tuple[str, ...]] | None = None,
) -> Lint:
    """Return every finding about the agreement of a draft.

    Parameters
    ----------
    draft
        Whose norms; those of the draft that was agreed, else of the last one, if None.
    only
        Codes to look for; all if empty.
    lines
        The files of the case as :func:`read_lines` gives them, to place words exactly.

    Raises
    ------
    RequestError
        If the case has no norms, or there is no such draft or code.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> lint = lint_case(load(example_folder("minsk-2015")), only=["circular-trigger"])
    >>> [finding.norms for finding in lint.findings]
    [('P09', 'P11', 'P12')]
    >>> [(each.what, len(each.clauses), each.in_part) for each in lint.coverage]
    [('debtor', 12, ()), ('deadline', 5, ('P04',)), ('verifier', 4, ()), ('remedy', 0, ())]
    """
    wanted = [known_code(code) for code in dict.fromkeys(only)]
    subject = open_subject(case, draft, lines)
    schedule = build_schedule(subject)
    found = [each for code in CODES.values() for each in code.find(subject, schedule)]
    told, silenced = _silence(subject, found)
    kept = [each for each in told if not wanted or each.code in wanted]
    grave = {severity: place for place, severity in enumerate(SEVERITIES)}
    kept.sort(key=lambda each: (grave[CODES[each.code].severity], each.order))
    return Lint(
        subject.agreement.draft,
        tuple(kept),
        tuple(each for each in silenced if not wanted or each.finding.code in wanted),
        find_shares(subject, schedule),
        _coverage(subject),
        len(subject.norms),
    )


def known_code(code: str) -> str:
    """Return a code if there is one.

    Raises
    ------
    RequestError
        If there is no such code.

    Examples
    --------
    >>> known_code("no-remdy")
    Traceback (most recent call last):
    detente.errors.RequestError: There is no finding 'no-remdy'; did you mean 'no-remedy'?
    """
    if code not in CODES:
        raise RequestError(f"There is no finding '{code}'{suggest(code, CODES)}")
    return code


def read_lines(case: Case) -> dict[str, tuple[str, ...]]:
    """Return the lines of every file that holds norms, by the name that findings give it."""
    files = {entry.document.file for entry in case.entries if entry.record in case.norms}
    found = {}
    for file in sorted(files):
        path = Path(file)
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            found[file] = tuple(text.splitlines())
    return found


def _silence(subject: Subject, found: list[Finding]) -> tuple[list[Finding], list[Silenced]]:
    """Part what is told from what a norm that it is about asks not to be told."""
    place = subject.agreement.norm_of
    reasons = {
        (norm.id, silence.code): silence.reason
        for norm in subject.norms
        for silence in norm.silence
    }
    told, silenced, used = [], [], set()
    for finding in found:
        key = next(
            ((name, finding.code) for name in finding.norms if (name, finding.code) in reasons),
            None,
        )
        if key is None:
            told.append(finding)
        else:
            used.add(key)
            silenced.append(Silenced(finding, key[0], reasons[key]))
    for name, code in reasons.keys() - used:
        norm = subject.norms[place[name]]
        index = next(at for at, each in enumerate(norm.silence) if each.code == code)
        ends = "" if code in CODES else f"; there is no such code{suggest(code, CODES)}"
        message = f"'{name}' is silent about '{code}', which is not found{ends}".rstrip(".")
        told.append(
            subject.finding("needless-silence", f"{message}.", place[name], way=("silence", index))
        )
    return told, silenced


def _coverage(subject: Subject) -> tuple[Coverage, ...]:
    obliging = [place for place, norm in enumerate(subject.norms) if norm.kind in DUTIES]
    names = {place: subject.norms[place].id for place in obliging}
    clauses: dict[str, list[str]] = {}
    for name in names.values():
        match = _NUMBERED.match(name)
        clauses.setdefault(match.group(1) if match else name, []).append(name)
    told = {
        "debtor": [place for place in obliging if subject.norms[place].debtor],
        "deadline": [place for place in obliging if has_day(subject.norms[place])],
        "verifier": [place for place in obliging if subject.norms[place].verifier],
        "remedy": [place for place in obliging if has_remedy(subject, place)],
    }
    found = []
    for what, places in told.items():
        saying = {names[place] for place in places}
        whole = [
            clause
            for clause, parts in clauses.items()
            if clause in saying or (clause not in parts and saying >= set(parts))
        ]
        some = [
            clause
            for clause, parts in clauses.items()
            if clause not in whole and saying & set(parts)
        ]
        norms = tuple(names[place] for place in places)
        found.append(Coverage(what, norms, len(names), tuple(whole), tuple(some), len(clauses)))
    return tuple(found)
