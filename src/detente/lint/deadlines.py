"""Deadlines that cannot be met together, powers that end before they can be used, and clashes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.enactment.compiled import NEVER, Kind
from detente.enactment.dates import Period
from detente.lint.findings import Finding
from detente.lint.network import FAR, Limit, distances
from detente.lint.schedule import Schedule
from detente.lint.subject import Clause, Subject, time_words

__all__ = ["contradictions", "duties_against_prohibitions", "powers_that_expire"]


def contradictions(subject: Subject, schedule: Schedule) -> Iterator[Finding]:
    """Yield every set of clauses that no sequence of days can meet, and by how much they miss."""
    for circle in schedule.contradictions:
        clauses = _clauses(schedule, circle)
        short = -sum(limit.days for limit in circle)
        told = "; ".join(
            f"{each.words} (line {subject.mark(each.norm, *each.way)[1]})" for each in clauses
        )
        message = (
            f"These cannot be met together, at least {time_words(Period(short))} missing: {told}."
        )
        binding = [each for each in clauses if each.way[:1] in (("deadline",), ("ends",))]
        first = next(iter(binding), clauses[0])
        places = [each.norm for each in (first, *clauses) if each.norm != NEVER]
        way = first.way if first.norm == places[0] else ()
        yield subject.finding("deadlines-clash", message, *places, way=way, clauses=clauses)


def _clauses(schedule: Schedule, limits: tuple[Limit, ...]) -> tuple[Clause, ...]:
    numbers = dict.fromkeys(limit.clause for limit in reversed(limits) if limit.clause >= 0)
    return tuple(schedule.clauses[number] for number in numbers)


def powers_that_expire(subject: Subject, schedule: Schedule) -> Iterator[Finding]:
    """Yield powers that end on or before the first day on which anybody could use them."""
    for place, norm in enumerate(subject.agreement.norms):
        if norm.kind is not Kind.POWER or norm.ends == NEVER:
            continue
        used = schedule.norm("performed", place)
        most = distances(schedule.points, schedule.limits, used)
        left = most[schedule.moment(norm.ends)]
        if left >= FAR or left > 0:
            continue
        names = subject.agreement.moment_names
        start = "another norm starts it" if norm.trigger == NEVER else names[norm.trigger]
        message = (
            f"The power '{norm.id}' is over before it can be used: it begins with {start} and ends "
            f"with {names[norm.ends]}, {time_words(Period(-left))} before that or more"
            if left
            else f"The power '{norm.id}' ends on the day on which it begins"
        )
        yield subject.finding("power-expires", f"{message}.", place, way=("ends",))


# --- duty and prohibition -------------------------------------------------------------------------

_SMALL_WORDS = """
a an and any as at be by do does for from in into it its may must no not of on or over shall that
the their there they this to will with without nothing nobody never stay
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_ENDINGS = ("ations", "ation", "ments", "ment", "als", "al", "ing", "ed", "es", "s", "e")


def duties_against_prohibitions(subject: Subject, schedule: Schedule) -> Iterator[Finding]:
    """Yield duties to do what the same debtor must not do, at a time when both may bind."""
    acts = [_words_of(norm.action or norm.title) for norm in subject.norms]
    kinds = [norm.kind for norm in subject.agreement.norms]
    for duty, norm in enumerate(subject.agreement.norms):
        for other, bar in enumerate(subject.agreement.norms):
            if kinds[duty] is not Kind.DUTY or kinds[other] is not Kind.PROHIBITION:
                continue
            both = set(norm.debtors) & set(bar.debtors)
            if not both or not _same_act(acts[duty], acts[other]):
                continue
            if _apart(subject, schedule, duty, other):
                continue
            debtors = ", ".join(subject.agreement.actors[actor] for actor in sorted(both))
            act = " ".join(sorted(acts[other]))
            message = (
                f"'{norm.id}' makes {debtors} do what '{bar.id}' forbids ({act}),"
                " and both may be in force on the same day."
            )
            yield subject.finding("duty-against-prohibition", message, duty, other)


def _words_of(text: str) -> frozenset[str]:
    """The words of an act without endings, small words and negations."""
    words = re.findall(r"[^\W_]+", text.lower())
    return frozenset(_stem(word) for word in words if word not in _SMALL)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _same_act(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and (one == other or (len(one & other) > 1 and (one <= other or other <= one)))


def _apart(subject: Subject, schedule: Schedule, duty: int, bar: int) -> bool:
    """Whether the duty is surely over before the prohibition begins, or begins after it ends."""
    norms = subject.agreement.norms
    if norms[bar].ends != NEVER:
        end = schedule.moment(norms[bar].ends)
        late = distances(schedule.points, schedule.limits, schedule.norm("starts", duty))[end]
        if late <= 0:
            return True
    start = distances(schedule.points, schedule.limits, schedule.norm("starts", bar))
    return start[schedule.norm("performed", duty)] < 0
