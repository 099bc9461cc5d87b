"""Every code of a finding: how grave it is, what it says, why it matters, how it is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from detente.lint import fields
from detente.lint.asymmetry import one_sided
from detente.lint.circles import circular_deadlines, circular_triggers, unreachable
from detente.lint.deadlines import contradictions, duties_against_prohibitions, powers_that_expire
from detente.lint.findings import Finding
from detente.lint.schedule import Schedule
from detente.lint.subject import Subject
from detente.lint.words import words_that_bind_nobody

__all__ = ["CODES", "SEVERITIES", "Code", "Severity"]

Severity = Literal["broken", "weak", "unclear"]

SEVERITIES: Mapping[Severity, str] = {
    "broken": "Cannot be carried out as written",
    "weak": "Somebody can escape",
    "unclear": "Can be read in more than one way",
}
"""Gravest first, each with what is said of all findings of its kind."""


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding.

    Parameters
    ----------
    explanation
        Why it matters, what is looked for and with which limits, and what would mend it.
    """

    id: str
    label: str
    severity: Severity
    explanation: str
    find: Callable[[Subject, Schedule], Iterable[Finding]]


def _fields(find: Callable[[Subject], Iterable[Finding]]) -> Callable[..., Iterable[Finding]]:
    return lambda subject, _schedule: find(subject)


def _told_last(_subject: Subject, _schedule: Schedule) -> Iterable[Finding]:
    return ()  # what silences nothing is known when all others have been found


CODES: Mapping[str, Code] = {
    each.id: each
    for each in (
        Code(
            "circular-trigger",
            "norms that wait for one another",
            "broken",
            "Each of these norms comes into force, or can be performed, only after another of "
            "them, so that none can be first. Triggers, 'requires', conditions and effects are "
            "read as a graph of alternatives; a circle that an alternative opens is not told. "
            "Where one clause alone keeps the circle closed, it is named: strike it, or let an "
            "event open it.",
            _fields(circular_triggers),
        ),
        Code(
            "unreachable",
            "a norm that can never come",
            "broken",
            "What this norm waits for can never happen: a norm that the draft does not have, a "
            "state that a norm of its kind never reaches, or a norm on a circle. Events and dates "
            "are taken to be always possible. Give it another trigger, or strike it.",
            _fields(unreachable),
        ),
        Code(
            "circular-deadline",
            "a deadline that never begins",
            "broken",
            "The deadline counts from the performance of the norm itself, or of norms whose "
            "deadlines count from this one, so that nobody is ever late. Anchor one of them in a "
            "date or an event.",
            _fields(circular_deadlines),
        ),
        Code(
            "deadlines-clash",
            "deadlines that cannot be met together",
            "broken",
            "No sequence of days meets all these clauses; without any one of them the others can "
            "be met. Waiting times by law count where they are written as 'requires' or as a "
            "condition. Months are taken at their longest or shortest, whichever helps, and only "
            "one way to begin is a bound; so what is told holds under every calendar, and that "
            "nothing is told is no proof.",
            contradictions,
        ),
        Code(
            "power-expires",
            "a power that ends before it can be used",
            "broken",
            "The first day on which the power can be used lies on or after the day on which it "
            "ends, on every schedule. Let it end later, or begin earlier.",
            powers_that_expire,
        ),
        Code(
            "duty-against-prohibition",
            "a duty to do what is forbidden",
            "broken",
            "The same debtor must do and must not do the same act, and both may bind on one day. "
            "Acts are compared by the words of 'action', of 'title' where there is none, without "
            "endings, small words and negations: the same words, or all of one among the other "
            "with two in common at least. Other wording for the same act is not recognised. Say "
            "which goes first, or separate them in time.",
            duties_against_prohibitions,
        ),
        Code(
            "no-debtor",
            "nobody owes it",
            "weak",
            "A duty that names no debtor binds nobody. Name who owes it under 'debtor'.",
            _fields(fields.no_debtor),
        ),
        Code(
            "no-deadline",
            "never late",
            "weak",
            "Without a day by which it must be done a duty cannot be broken by delay. Give it a "
            "'deadline', 'recurring', 'stages' or a 'default'.",
            _fields(fields.no_deadline),
        ),
        Code(
            "no-verifier",
            "nobody watches it",
            "weak",
            "If nobody is named who finds whether it is kept, each side is judge in its own cause. "
            "Name somebody under 'verifier'.",
            _fields(fields.no_verifier),
        ),
        Code(
            "no-remedy",
            "a breach has no consequence",
            "weak",
            "Nothing in the agreement changes if this norm is broken: it has no 'on_breach', and "
            "no other norm waits for its breach. Name a remedy.",
            _fields(fields.no_remedy),
        ),
        Code(
            "best-efforts",
            "trying is enough",
            "weak",
            "Whoever owes efforts keeps the norm by trying. Say what must come out, or which acts "
            "are owed.",
            _fields(fields.best_efforts),
        ),
        Code(
            "no-holder",
            "a power that nobody holds",
            "weak",
            "A power without a holder can be used by anyone or by nobody, as one pleases. Name "
            "somebody under 'holder', in each reading.",
            _fields(fields.no_holder),
        ),
        Code(
            "default-without-body",
            "nobody can decide otherwise",
            "weak",
            "A default happens unless it is decided otherwise; if no body is named, it is open "
            "whose decision counts. Name it under 'body' of the 'default'.",
            _fields(fields.default_without_body),
        ),
        Code(
            "loose-word",
            "a word that binds nobody",
            "weak",
            "The word foresees, praises or postpones instead of obliging. The list with a reason "
            "for each stands in the table of words and can be edited; each is told at its place in "
            "'title', 'action' and 'text'.",
            _fields(words_that_bind_nobody),
        ),
        Code(
            "one-sided",
            "one side bears more",
            "weak",
            "Told of two actors of whom one owes the other three norms or more and three times "
            "what it is owed; or whose breaches have consequences, for half of its norms at least, "
            "while those of the other have none; or whose duties are due much earlier (median, by "
            "a factor of two and 30 days); and where one actor holds all of several powers. If it "
            "is meant, say so in a 'silence'.",
            one_sided,
        ),
        Code(
            "no-unit",
            "a number of what?",
            "unclear",
            "A quantity without a unit can be met in several ways. Give its 'unit'.",
            _fields(fields.no_unit),
        ),
        Code(
            "no-baseline",
            "counted from what?",
            "unclear",
            "A limit can be disputed when it is not said what is counted, as of when, by whom. "
            "Give the 'baseline' of the quantity.",
            _fields(fields.no_baseline),
        ),
        Code(
            "contested-holder",
            "several read who holds a power differently",
            "unclear",
            "When the power is used, it will be disputed whether it was. Every run is told for "
            "each reading; name the holders in the text.",
            _fields(fields.contested_holder),
        ),
        Code(
            "unclear-days",
            "first day counted or not",
            "unclear",
            "'Within 14 days' ends a day earlier if the first day counts. Both last days are told. "
            "Write 'include_first: true' or 'false'.",
            _fields(fields.unclear_days),
        ),
        Code(
            "unclear-rounding",
            "a day that may not exist",
            "unclear",
            "A month after 31 January falls on no day. Where the anchor is dated, only a day that "
            "does not exist is told; else every time in months without 'round'. Write 'round: "
            "down' or 'round: up'.",
            _fields(fields.unclear_rounding),
        ),
        Code(
            "clock-unstated",
            "does the clock stop?",
            "unclear",
            "A norm that can be suspended has a running time, and it is not said if the days of a "
            "suspension count. Write 'clock_on_suspension: stops' or 'runs'.",
            _fields(fields.clock_unstated),
        ),
        Code(
            "needless-silence",
            "a silence for nothing",
            "unclear",
            "A norm asks to be silent about a finding that there is not, or about a code that does "
            "not exist. Strike it, so that it hides nothing later.",
            _told_last,
        ),
    )
}
"""All codes by id, in the order in which they are shown."""
