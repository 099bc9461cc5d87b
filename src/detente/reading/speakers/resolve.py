"""Who is meant by a source? Pronouns, last names and roles, within one document.

*He* is who was last said or named as a source before, *Kallas* the Kaja Kallas of an earlier
paragraph, *the person* the person familiar with the talks of the same article. An unnamed source
stays unnamed and is never joined across documents. With a case, a name, an alias, a role or an
office is looked up among its people and actors; what is not certain is left open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.reading.attributions.attribution import Attribution
from detente.reading.spans import Span, words_in
from detente.reading.speakers.known import Known
from detente.reading.speakers.names import (
    NAME,
    TITLES,
    begins_with_unnamed,
    is_group,
    main_name,
    name_at,
)

__all__ = ["Speaker", "resolve"]

_SINGULAR = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_SELF = frozenset({"i", "we", "me", "us", "my", "our", "mine", "ours"})
_RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
_OTHER = frozenset({"it", "its", "one", "you", "your", "this", "these", "those"})
_FORMER = re.compile(r"\b(?:former|then|late)[\s-]+$|\bex-$", re.IGNORECASE)
_BEFORE = 10  # characters
_PART = re.compile(r"(\w+ of )(?:them|these|those)\b", re.IGNORECASE)


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
    new
        Whether it is a name that the case does not have.
    """

    name: str | None
    person: str | None = None
    actor: str | None = None
    unnamed: bool = False
    new: bool = False


NOBODY = Speaker(None)


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
        self.full, self.introduced = _full_names(text)
        self.office: dict[str, str | None] = {}
        self.unnamed: list[str] = []
        self.titled: dict[str, set[Speaker]] = {}
        self.last: Speaker | None = None
        self.last_group: Speaker | None = None
        self.named_to = 0  # where the last source ends that names somebody

    def speaker(self, attribution: Attribution) -> Speaker:
        if not attribution.source:
            return NOBODY
        words = self._source(attribution)
        lower = words.lower()
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
        if is_group(words):
            self.last_group = found
        elif not _is_body(found):
            self.last = found
        return found

    def nested_speaker(self, attribution: Attribution) -> Speaker:
        words = self._source(attribution)
        pronouns = _SINGULAR | _SELF | _PLURAL | _RELATIVE | _OTHER
        return NOBODY if words.lower() in pronouns else self._named(words)

    def _source(self, attribution: Attribution) -> str:
        return " ".join(words_in(self.text, attribution.source).split()).strip(" ,;")

    def _named(self, words: str) -> Speaker:
        described = None if self.known is None else self.known.described(words)
        if described is not None:
            return Speaker(*described)
        if (part := _PART.match(words)) and (group := self.last_group) and group.name:
            name = part.group(1) + group.name[0].lower() + group.name[1:]
            return Speaker(name, unnamed=group.unnamed)
        name = main_name(words)
        if name is None or begins_with_unnamed(words, name):
            return self._without_name(words)
        whole = self.full.get(name, name)
        found = self._known(whole, words, name)
        for title in re.findall(r"\w+", words.partition(name)[0].lower()):
            if title in TITLES:
                self.titled.setdefault(title, set()).add(found)
        return found

    def _without_name(self, words: str) -> Speaker:
        lower = words.lower()
        if self.known is not None:
            person, actor = self.known.find(words)
            if person is not None or actor is None:
                actor = self.known.by_office(words)
            if actor is not None:
                return Speaker(words, None, actor)
        if lower.startswith(("the ", "that ", "this ")):
            head = re.findall(r"[\w-]+", lower)[-1]
            if len(bearers := self.titled.get(head, set())) == 1:
                return next(iter(bearers))
            for earlier in reversed(self.unnamed):
                if re.search(rf"\b{re.escape(head)}s?\b", earlier.lower()):
                    return Speaker(earlier, unnamed=True)
        if begins_with_unnamed(words, None):
            self.unnamed.append(words)
            return Speaker(words, unnamed=True)
        return Speaker(words)

    def _known(self, whole: str, words: str, name: str) -> Speaker:
        """Who of the case bears a name, and for whom; ``name`` is as the source has it."""
        if self.known is None:
            return Speaker(whole)
        person, actor = self.known.find(whole)
        if person is None and actor is None:
            person, actor = self.known.find(words)
        if person is not None:
            return Speaker(whole, person, actor)
        if actor is not None and _stands_alone(words, name):
            return Speaker(whole, None, actor)
        if (actor := self.known.by_office(words.replace(name, "", 1))) is not None:
            self.office[whole] = actor
        return Speaker(whole, None, self._office(whole), new=True)

    def _office(self, name: str) -> str | None:
        """For whom somebody speaks who is new, as it was told here or where the text names them."""
        if name not in self.office and self.known is not None:
            words = self.introduced.get(name, "").removesuffix(name)
            self.office[name] = self.known.by_office(words)
        return self.office[name]

    def _person_before(self, span: Span) -> Speaker | None:
        found = self._named_before(span)
        return None if found is None or _is_body(found) else found

    def _named_before(self, span: Span) -> Speaker | None:
        """Who was named last before a place, in the same paragraph."""
        start = self.text.rfind("\n", 0, span[0]) + 1
        names = [
            name for found in NAME.finditer(self.text, start, span[0])
            if (name := name_at(self.text, found)) and self._is_name(name, found.start())
        ]  # fmt: skip
        return self._named(names[-1]) if names else None

    def _subject_before(self, span: Span) -> Speaker | None:
        """Who began the last sentence before a pronoun, if nobody was a source since."""
        start = max(self.text.rfind("\n", 0, span[0]) + 1, self.named_to)
        begun = [
            name for found in NAME.finditer(self.text, start, span[0])
            if _begins_sentence(self.text, found.start())
            and (name := name_at(self.text, found)) and self._is_name(name, found.start())
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


def _stands_alone(words: str, name: str) -> bool:
    """Whether a source is a name with an article, and what a clause after it adds, at most."""
    return (
        re.fullmatch(rf"(?:the\s+)?{re.escape(name)}\W*(?:,.*)?", words, re.IGNORECASE | re.DOTALL)
        is not None
    )


def _full_names(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """The full names in a document: by last names that only one of them has; with their titles."""
    found: dict[str, set[str]] = {}
    titled: dict[str, str] = {}
    for match in NAME.finditer(text):
        name = name_at(text, match)
        if name and " " in name:
            found.setdefault(name.split()[-1], set()).add(name)
            was = _FORMER.search(text, max(0, match.start() - _BEFORE), match.start())
            if was is None and len(match.group()) > len(titled.get(name, name)):
                titled[name] = match.group()
    return {last: next(iter(names)) for last, names in found.items() if len(names) == 1}, titled


def _begins_sentence(text: str, place: int) -> bool:
    before = text[max(0, place - 40) : place].rstrip(" ")
    return not before or before[-1] in ".!?\n"


def _sentence_start(text: str, place: int) -> bool:
    """Whether a single word begins a sentence, and may have its capital from there."""
    before = text[max(0, place - 40) : place].rstrip(' “"‘')
    lone = " " not in (NAME.match(text, place) or [""])[0]
    return lone and (not before or before[-1] in ".!?\n:")
