"""Who is meant by a source? Pronouns, last names and roles, within one document.

*He* is who was last said or named as a source before, *Kallas* the Kaja Kallas of an earlier
paragraph, *the person* the person familiar with the talks of the same article. An unnamed source
stays unnamed and is never joined across documents. With a case, a name, an alias or a role is
looked up among its people and actors; what is not certain is left open.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.reading.attributions import Attribution, Span, words_in
from detente.reading.lists import words_of

if TYPE_CHECKING:
    from detente.case.case import Case

__all__ = ["Known", "Speaker", "resolve"]

_SINGULAR = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_SELF = frozenset({"i", "we", "me", "us", "my", "our", "mine", "ours"})
_RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
_OTHER = frozenset({"it", "its", "one", "you", "your", "this", "these", "those"})
_CAPITAL = (
    r"(?:[A-Z]\.(?:[A-Z]\.)*|(?:Dr|Mr|Mrs|Ms|Gen|Gov|Sen|Rep|Lt|Col|Capt|Prof|St)\."
    r"|[A-ZÀ-ÖØ-Þ\u0100-\u017f][\w’'-]*(?:\.\w[\w’'-]*)*)"
)
_SMALL = (
    "de|da|del|della|der|den|von|van|zu|ter|ten|bin|bint|ibn|ben|al|el|la|le|di|du|dos|y|e|af|av"
)
_NAME = re.compile(rf"\b{_CAPITAL}(?:[^\S\n]+(?:(?:{_SMALL})[^\S\n]+)*{_CAPITAL})*")
_POSSESSIVE = re.compile(r"^.*['’]s?\s+(?=\w)", re.DOTALL)
_OPENING = words_of(
    """
    a after all also although and another as at before both but by earlier even for from however
    if in later meanwhile monday tuesday wednesday thursday friday saturday sunday now on only since
    so still some many most several no one two three four five six seven eight nine ten then
    there this though today to tomorrow tonight under when where while with yesterday
    """
)
_TITLES = words_of(
    """
    acting admiral ambassador archbishop attorney baroness bishop brigadier captain chairman
    chairwoman chancellor chief colonel commander commissioner congressman congresswoman
    correspondent councillor deputy director dr envoy first foreign former general gov governor
    interior justice king lady lieutenant lord major mayor minister miss monsieur mr mrs ms mx
    officer pope president premier presidential prime prince princess prof professor queen rep
    representative reverend secretary sen senator sergeant sheikh sir speaker special spokesman
    spokesperson spokeswoman the vice
    """
)
_OF_ACTOR = words_of(
    """
    a defence first for foreign government in leadership minister ministry of president prime s
    spokesman spokesperson spokeswoman the
    """
)
"""Words beside the name of an actor with which it still speaks for itself."""

_OFFICES = words_of(
    """
    affairs agriculture commerce defence defense economy education energy finance health homeland
    interior justice labor labour relations security state trade transport transportation treasury
    war
    """
)
_OFFICE_OF = re.compile(r"(?:secretary|minister)\s+(?:of|for)\s+(?:the\s+)?$", re.IGNORECASE)
_NO_FUNCTION = (
    r"(?!(?:and|or|of|in|at|from|for|to|with|by|on|who|whose|which|that|after|about|as|is|was|has|his"
    r"|its|this|always|perhaps)\b)"
)
_OFFICE_WORDS = re.compile(rf"\s+(?:{_NO_FUNCTION}[a-z][\w-]*\s+)+")
_HEAD_AFTER = re.compile(
    rf"\s+(?:{_NO_FUNCTION}[a-z][\w-]*\s+)?{_NO_FUNCTION}"
    r"(?:[a-z][\w-]*s|people|office|media|press)\b"
)
_LONGEST_OFFICE = 4
_UNNAMED = re.compile(
    r"\b(?:a|an|one|another|two|three|several|some|many|senior|other|the)?\s*"
    r"(?:[\w-]+\s+){0,3}(?:officials?|persons?|people|sources?|diplomats?|aides?|insiders?|"
    r"envoys?|negotiators?|advis[eo]rs?|lawmakers?|analysts?|observers?|mediators?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a source is.

    Parameters
    ----------
    name
        A name, or the words for an unnamed one; None where it could not be told.
    person, actor
        Ids in the case; None where there is no case, or nobody that is certain.
    unnamed
        Whether the document keeps the name back.
    """

    name: str | None
    person: str | None = None
    actor: str | None = None
    unnamed: bool = False


NOBODY = Speaker(None)


class Known:
    """The people and actors of a case by what they are called.

    Examples
    --------
    >>> from detente.case.examples import example_folder
    >>> from detente.case.load import load
    >>> known = Known(load(example_folder("ukraine-2025")))
    >>> known.find("President Volodymyr Zelensky"), known.find("the Kremlin")
    (('zelensky', 'ukraine'), (None, 'russia'))
    >>> known.find("the Kremlin envoy")
    (None, None)
    """

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def _people(self) -> dict[str, str]:
        """Names and aliases of people, and last names that only one of them has.

        Whom reports do not name is nobody that another report could mean.
        """
        found: dict[str, set[str]] = {}
        for person in self.case.people:
            if person.authority == "anonymous":
                continue
            for name in (person.name, *person.aliases):
                words = _plain(name)
                found.setdefault(words, set()).add(person.id)
                if len(words.split()) > 1 and name[:1].isupper() and _NAME.fullmatch(name):
                    found.setdefault(words.split()[-1], set()).add(person.id)
        return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}

    @cached_property
    def _described(self) -> dict[str, str]:
        """People by their whole name or role, word for word: *mayor of Upper Town*."""
        found: dict[str, set[str]] = {}
        for person in self.case.people:
            if person.authority != "anonymous":
                for name in {person.name, *person.aliases, person.role or ""} - {""}:
                    found.setdefault(_without_article(name), set()).add(person.id)
        return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}

    def described(self, words: str) -> Speaker | None:
        """Return the person of whom words are the whole name or role in the case."""
        person = self._described.get(_without_article(words))
        if person is None:
            return None
        return Speaker(self.case.person_of[person].name, person, self._speaks_for[person])

    @cached_property
    def _actors(self) -> dict[str, str]:
        """Names of actors, also without what stands in brackets, aliases, and ids as words."""
        found: dict[str, set[str]] = {}
        for actor in self.case.actors:
            short, words = actor.name.partition(" (")[0], actor.id.replace("-", " ")
            for name in (actor.name, short, words, *actor.aliases):
                found.setdefault(_plain(name), set()).add(actor.id)
        return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}

    @cached_property
    def _speaks_for(self) -> dict[str, str | None]:
        def only(ids: object) -> str | None:
            return ids if isinstance(ids, str) else None

        return {person.id: only(person.speaks_for) for person in self.case.people}

    def find(self, name: str) -> tuple[str | None, str | None]:
        """Return the ids of the person and the actor that a name stands for; None if uncertain."""
        whole = _plain(name)
        if whole in self._actors:
            return None, self._actors[whole]
        name = _POSSESSIVE.sub("", name)  # an aide of hers is not herself
        words = _plain(name).split()
        for size in range(len(words), 0, -1):
            for start in range(len(words) - size + 1):
                part = " ".join(words[start : start + size])
                if part in self._people and (size > 1 or self._last_name(name, words, start)):
                    person = self._people[part]
                    return person, self._speaks_for.get(person)
        return None, None

    @staticmethod
    def _last_name(name: str, words: list[str], place: int) -> bool:
        """Whether a single word stands last, and is no title that stands alone."""
        last = words[place]
        titled = last in _TITLES and not re.search(
            rf"\b(?!the\b)\w+\W+{last}\W*$", name, re.IGNORECASE
        )
        return place == len(words) - 1 and not titled


def _without_article(words: str) -> str:
    """Words in small letters, without an article before them and marks between."""
    parts = re.findall(r"\w+", words.lower())
    return " ".join(parts[1:] if parts[:1] in (["a"], ["an"], ["the"]) else parts)


def _plain(name: str) -> str:
    """A name without titles before it, marks, accents and case."""
    bare = unicodedata.normalize("NFKD", re.sub(r"['’]s\b", "", name))
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    words = re.findall(r"[\w-]+", letters.lower())
    while len(words) > 1 and words[0] in _TITLES:
        words.pop(0)
    return " ".join(words)


def resolve(
    text: str,
    attributions: Sequence[Attribution],
    known: Known | None = None,
    nested: Sequence[Attribution] = (),
) -> list[Speaker]:
    """Return who the source of each attribution is, in their order, then of those within them.

    Parameters
    ----------
    attributions
        In the order in which they begin.
    known
        The people and actors of a case.
    nested
        Attributions within what is said. A pronoun there may be anybody, and stays open.

    Examples
    --------
    >>> text = "Foreign Minister Ana Belu said no. She added little. Belu left, she said."
    >>> given = [Attribution((span,), (), ((0, 1),)) for span in ((0, 25), (35, 38), (65, 68))]
    >>> [speaker.name for speaker in resolve(text, given)]
    ['Ana Belu', 'Ana Belu', 'Ana Belu']
    """
    reader = _Resolver(text, known)
    speakers = [reader.speaker(each) for each in attributions]
    return speakers + [reader.nested_speaker(each) for each in nested]


class _Resolver:
    def __init__(self, text: str, known: Known | None) -> None:
        self.text = text
        self.known = known
        self.full = _full_names(text)
        self.unnamed: list[str] = []
        self.titled: dict[str, set[Speaker]] = {}
        self.last: Speaker | None = None
        self.last_group: Speaker | None = None
        self.named_to = 0  # where the last source ends that names somebody

    def speaker(self, attribution: Attribution) -> Speaker:
        if not attribution.source:
            return NOBODY
        words = self._source(attribution)
        lower = words.lower().strip(" ,")
        if lower in _SINGULAR and (subject := self._subject_before(attribution.source[0])):
            self.last = subject
        if lower in _SINGULAR | _SELF:
            return self.last or self._person_before(attribution.source[0]) or NOBODY
        if lower in _PLURAL:
            return self.last_group or NOBODY
        if lower in _RELATIVE:
            return self._named_before(attribution.source[0]) or NOBODY
        if lower in _OTHER:
            return NOBODY
        found = self._named(words)
        self.named_to = attribution.source[-1][1]
        if _is_group(words):
            self.last_group = found
        elif not _is_body(found):
            self.last = found
        return found

    def nested_speaker(self, attribution: Attribution) -> Speaker:
        words = self._source(attribution)
        pronouns = _SINGULAR | _SELF | _PLURAL | _RELATIVE | _OTHER
        return NOBODY if words.lower().strip(" ,") in pronouns else self._named(words)

    def _source(self, attribution: Attribution) -> str:
        return " ".join(words_in(self.text, attribution.source).split())

    def _named(self, words: str) -> Speaker:
        described = None if self.known is None else self.known.described(words)
        if described is not None:
            return described
        name = _main_name(words)
        if name is None or (_UNNAMED.match(words) and not _ends_with_name(words, name)):
            return self._without_name(words)
        whole = self.full.get(name, name)
        found = self._known(whole, words)
        for title in re.findall(r"\w+", words.partition(name)[0].lower()):
            if title in _TITLES:
                self.titled.setdefault(title, set()).add(found)
        return found

    def _without_name(self, words: str) -> Speaker:
        lower = words.lower()
        if self.known is not None:
            _, actor = self.known.find(words)
            if actor is not None:
                return Speaker(words, None, actor)
        if lower.startswith(("the ", "that ", "this ")):
            head = re.findall(r"[\w-]+", lower)[-1]
            if len(bearers := self.titled.get(head, set())) == 1:
                return next(iter(bearers))
            for earlier in reversed(self.unnamed):
                if re.search(rf"\b{re.escape(head)}s?\b", earlier.lower()):
                    return Speaker(earlier, unnamed=True)
        if _UNNAMED.match(words):
            self.unnamed.append(words)
            return Speaker(words, unnamed=True)
        return Speaker(words)

    def _known(self, name: str, words: str) -> Speaker:
        if self.known is None:
            return Speaker(name)
        person, actor = self.known.find(name)
        if person is None and actor is None:
            person, actor = self.known.find(words)
        if person is None and not _speaks_for_all(words, name):
            actor = None
        return Speaker(name, person, actor)

    def _person_before(self, span: Span) -> Speaker | None:
        found = self._named_before(span)
        return None if found is None or _is_body(found) else found

    def _named_before(self, span: Span) -> Speaker | None:
        """Who was named last before a place, in the same paragraph."""
        start = self.text.rfind("\n", 0, span[0]) + 1
        names = [
            name for found in _NAME.finditer(self.text, start, span[0])
            if (name := _main_name(found.group())) and self._is_name(name, found.start())
        ]  # fmt: skip
        return self._named(names[-1]) if names else None

    def _subject_before(self, span: Span) -> Speaker | None:
        """Who began the last sentence before a pronoun, if nobody was a source since."""
        start = max(self.text.rfind("\n", 0, span[0]) + 1, self.named_to)
        begun = [
            name for found in _NAME.finditer(self.text, start, span[0])
            if _begins_sentence(self.text, found.start())
            and (name := _main_name(found.group())) and self._is_name(name, found.start())
        ]  # fmt: skip
        found = self._named(begun[-1]) if begun else None
        return None if found is None or _is_body(found) else found

    def _is_name(self, name: str, place: int) -> bool:
        """Whether words with a capital are a name, also where a sentence begins with them."""
        if not _sentence_start(self.text, place) or name in self.full:
            return True
        return self.known is not None and self.known.find(name) != (None, None)


def _is_body(speaker: Speaker) -> bool:
    """Whether a speaker is a state or a body, which is no *he* or *she*."""
    return speaker.actor is not None and speaker.person is None


def _speaks_for_all(words: str, name: str) -> bool:
    """Whether who is named beside an actor speaks for it: no *mayor of Kyiv* does."""
    before, _, after = words.lower().partition(name.lower())
    return _OF_ACTOR.issuperset(re.findall(r"\w+", f"{before} {after}"))


def _full_names(text: str) -> dict[str, str]:
    """By last name, the full name in a document that ends with it, if there is only one."""
    found: dict[str, set[str]] = {}
    for match in _NAME.finditer(text):
        name = _main_name(match.group())
        if name and " " in name:
            found.setdefault(name.split()[-1], set()).add(name)
    return {last: next(iter(names)) for last, names in found.items() if len(names) == 1}


def _main_name(words: str) -> str | None:
    """The name in a source, without titles: *Foreign Minister Ana Belu of Oru* is *Ana Belu*.

    Of *Oru spokesman Tom Orr* it is the name that the office leads to.
    """
    best: str | None = None
    end = 0
    for found in _NAME.finditer(words):
        if re.match(r"['’]?\s+\w", words[found.end() :]) and re.search(r"s?['’]s?$", found.group()):
            continue  # an aide of hers is not herself
        if _HEAD_AFTER.match(words, found.end()):
            continue  # European leaders are not Europe
        parts = re.sub(r"['’]s\b", "", _POSSESSIVE.sub("", found.group())).strip(" .").split()
        drop = _TITLES | _OPENING
        if _OFFICE_OF.search(words[: found.start()]):
            drop = drop | _OFFICES
        while parts and parts[0].lower().strip(".,") in drop:
            parts.pop(0)
        if not parts:
            continue
        if best is None or (len(parts) > 1 and _leads_on(words[end : found.start()])):
            best, end = " ".join(parts), found.end()
    return best


def _leads_on(between: str) -> bool:
    """Whether words between two names are the office of the second: *Oru spokesman Tom Orr*."""
    words = between.lower().split()
    return 1 <= len(words) <= _LONGEST_OFFICE and _OFFICE_WORDS.fullmatch(between) is not None


def _ends_with_name(words: str, name: str) -> bool:
    return words.rstrip(" ,").endswith(name) and " " in name


def _begins_sentence(text: str, place: int) -> bool:
    before = text[max(0, place - 40) : place].rstrip(" ")
    return not before or before[-1] in ".!?\n"


def _sentence_start(text: str, place: int) -> bool:
    """Whether a single word begins a sentence, and may have its capital from there."""
    before = text[max(0, place - 40) : place].rstrip(' “"‘')
    lone = " " not in (_NAME.match(text, place) or [""])[0]
    return lone and (not before or before[-1] in ".!?\n:")


def _is_group(words: str) -> bool:
    lower = words.lower()
    return bool(re.search(r"\b(?:and|two|three|four|several|some|many|most|both)\b", lower)) or (
        lower.split()[-1].endswith("s") and not _NAME.fullmatch(words)
    )
