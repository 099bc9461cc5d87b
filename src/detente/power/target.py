"""Rules to be asked about power: one that somebody wrote down, or the consent rules of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.assess.outlook import Outlook
from detente.case.records import Draft
from detente.compiled.compiled import Packages
from detente.consent.blocking import minimal_blocking_sets
from detente.consent.formula import Formula, Voter, all_of, voters_in
from detente.consent.joint import VoterChance
from detente.errors import RequestError
from detente.power.coalitions import Listing, smallest_blocking, smallest_winning
from detente.power.game import SimpleGame, game_of
from detente.power.indices import Power, find_power
from detente.power.passage import Passage, find_passage
from detente.power.written import WrittenRule
from detente.text.nearest import suggest

__all__ = ["PowerFindings", "RuleAsked", "asked_of_case", "asked_of_rule", "find_findings"]

NONE = Listing((), complete=False)

WHOLE = "whole"
"""Name of everything together that a draft needs."""


@dataclass(frozen=True, slots=True)
class RuleAsked:
    """A rule, with what is believed of those who vote.

    Parameters
    ----------
    id, title
        As written.
    formula
        The rule.
    game
        The same as a game.
    chances
        Of every voter's yes; None where nothing is believed.
    common_factor
        Correlation of all answers, 0..1.
    notes
        What a reader should know.
    """

    id: str
    title: str
    formula: Formula
    game: SimpleGame
    chances: Mapping[str, VoterChance] | None
    common_factor: float
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PowerFindings:
    """All that is found out about one rule.

    ``likeliest_blocking`` are the minimal blocking coalitions most likely to refuse, where beliefs
    are known, with whether these are all.
    """

    asked: RuleAsked
    power: Power
    smallest_winning: Listing
    smallest_blocking: Listing
    likeliest_blocking: tuple[tuple[Voter, ...], ...]
    passage: Passage | None
    passage_note: str | None


def asked_of_rule(written: WrittenRule, common_factor: float | None = None) -> RuleAsked:
    """Return a rule that somebody wrote, ready to be asked.

    Examples
    --------
    >>> from detente.power.written import parse_rule
    >>> asked_of_rule(parse_rule("[51; 49, 49, 2]")).game.size
    3
    """
    chances = {name: VoterChance(chance) for name, chance in written.yes.items()}
    factor = common_factor if common_factor is not None else written.common_factor
    return RuleAsked(
        id=written.title,
        title=written.title,
        formula=written.formula,
        game=game_of(written.formula, written.members),
        chances=chances or None,
        common_factor=factor or 0.0,
        notes=written.notes,
    )


def asked_of_case(
    outlook: Outlook, draft: Draft, *, common_factor: float | None = None
) -> tuple[RuleAsked, ...]:
    """Return every rule of a case that votes, and first everything together that a draft needs.

    Where the draft leaves points open, voters are taken at their mean chance over what it may
    become; rules that it does not call for have no chances.

    Parameters
    ----------
    common_factor
        In place of the case's own common shock.
    """
    factor = outlook.settings.common_shock if common_factor is None else common_factor
    packages = outlook.compiled.completions(draft)[0]
    found = []
    called: list[Formula] = []
    for rule in outlook.rules.rules:
        applying = [package for package in packages if rule.applies_to(package)]
        if not voters_in(rule.formula):
            continue
        if applying:
            called.append(rule.formula)
        found.append(_asked(outlook, rule.id, rule.title, rule.formula, applying, factor))
    if called:
        title = f"All that {draft.name} needs"
        every = list(packages)
        found.insert(0, _asked(outlook, WHOLE, title, all_of(called), every, factor))
    return tuple(found)


def _asked(
    outlook: Outlook,
    name: str,
    title: str,
    formula: Formula,
    packages: list[Packages],
    factor: float,
) -> RuleAsked:
    actors = sorted({voter.actor for voter in voters_in(formula)})
    seats = {actor: outlook.case.actor_of[actor].seats or 0 for actor in actors}
    chances = None
    if packages:
        import numpy as np

        each = outlook.chances(actors, np.array(packages))
        chances = {actor: _mean([found[actor] for found in each]) for actor in actors}
    order = [actor.id for actor in outlook.case.actors if Voter(actor.id) in voters_in(formula)]
    game = game_of(formula, order, {actor: many for actor, many in seats.items() if many})
    return RuleAsked(name, title, formula, game, chances, factor)


def _mean(chances: list[VoterChance]) -> VoterChance:
    first, many = chances[0], len(chances)
    return VoterChance(
        sum(each.probability for each in chances) / many,
        first.cluster,
        sum(each.shared for each in chances) / many,
        first.seats,
    )


def find_findings(
    asked: RuleAsked, indices: tuple[str, ...] | None = None, *, limit: int = 10
) -> PowerFindings:
    """Return power, coalitions and chances under one rule.

    Parameters
    ----------
    limit
        How many coalitions of each kind are listed; none are looked for if 0.

    Examples
    --------
    >>> from detente.power.written import parse_rule
    >>> found = find_findings(asked_of_rule(parse_rule("[12; 4, 4, 4, 2, 2, 1]")))
    >>> found.power.dummies, len(found.smallest_winning.coalitions)
    (('6',), 4)
    """
    passage, note = None, None
    likeliest: tuple[tuple[Voter, ...], ...] = ()
    if asked.chances is not None:
        try:
            passage = find_passage(asked.formula, asked.chances, asked.common_factor)
        except RequestError as error:
            note = str(error)
        else:
            yes = {member.voter: member.yes for member in passage.members}
            likeliest = _likeliest_blocking(asked.formula, yes, limit) if limit else ()
    return PowerFindings(
        asked=asked,
        power=find_power(asked.game, indices),
        smallest_winning=smallest_winning(asked.game, limit) if limit else NONE,
        smallest_blocking=smallest_blocking(asked.game, limit) if limit else NONE,
        likeliest_blocking=likeliest,
        passage=passage,
        passage_note=note,
    )


def _likeliest_blocking(
    formula: Formula, yes: Mapping[Voter, float], limit: int
) -> tuple[tuple[Voter, ...], ...]:
    """Minimal blocking coalitions; a body that misses one quota misses every higher one."""
    found: dict[frozenset[Voter], tuple[Voter, ...]] = {}
    for each in minimal_blocking_sets(formula, yes, 4 * limit).sets:
        lowest = {
            voter.actor: min((v for v in each if v.actor == voter.actor), key=lambda v: v.count)
            for voter in each
        }
        kept = tuple(voter for voter in each if lowest[voter.actor] == voter)
        found.setdefault(frozenset(kept), kept)
    minimal = [kept for key, kept in found.items() if not any(other < key for other in found)]
    return tuple(minimal[:limit])


def choose(asked: tuple[RuleAsked, ...], name: str) -> RuleAsked:
    """Return the rule of that id.

    Raises
    ------
    RequestError
        If there is none; the message names the nearest.
    """
    known = {each.id: each for each in asked}
    if name not in known:
        raise RequestError(
            f"The case has no rule '{name}' that anybody votes on{suggest(name, known)}"
        )
    return known[name]
