"""Attributions by rules over a parse: no training, for any English pipeline of spaCy.

A word that says that somebody says, thinks or wants something (see
:mod:`~detente.reading.attributions.cues`) is a cue; its subject is the source, and what it governs,
or the quotation beside it, the content. Then come *according to*, headlines with a colon, and
quotations that stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from detente.reading.attributions import cues
from detente.reading.attributions.attribution import Attribution, units_of
from detente.reading.attributions.quotations import quotations_of
from detente.reading.attributions.quoted import Quoted, meet
from detente.reading.spans import Span, Spans

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["attributions_of"]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_TRIMMED = " \t\n,;:.-–—…"
_SAY = frozenset({"say", "tell", "ask", "write", "add", "reply", "answer", "explain"})
_EMPTY = frozenset({"there", "it", "this", "that"})
_FEWEST = 3
_ANONYMOUS = re.compile(
    r"(?:that (?:he|she|they) )?(?:not |to )(?:to )?(?:be|remain) (?:named|identified|quoted|"
    r"anonymous)|anonymity"
)
_NEAR = 90
_GAP = 4


def attributions_of(parsed: Doc) -> list[Attribution]:
    """Return the attributions of a parsed text, in the order in which they begin."""
    text = parsed.text
    units = list(units_of(text))
    quotations = [span for unit in units for span in quotations_of(text, unit)]
    found = list(_Reader(parsed, units, quotations).read())
    return sorted(found, key=lambda each: each.start)


class _Reader:
    """Reads one text; ``units`` and ``quotations`` are in order and do not overlap."""

    def __init__(self, parsed: Doc, units: list[Span], quotations: list[Span]) -> None:
        self.parsed = parsed
        self.text = parsed.text
        self.quoted = Quoted(parsed.text, units, quotations)

    def read(self) -> Iterator[Attribution]:
        taken: list[Attribution] = []
        for token in self.parsed:
            made = self._at(token)
            if made is not None and not self._inside(made, taken):
                taken = [each for each in taken if not self._holds(made, each)]
                taken.append(made)
        yield from self.quoted.completed(taken)

    # --- what a word says ---

    def _at(self, token: Token) -> Attribution | None:
        if self.quoted.meeting((token.idx, token.idx + len(token))):
            return None  # of nested speech only the outer one counts
        if token.lower_ == "according" and token.i + 1 < len(self.parsed):
            return self._according(token)
        if token.pos_ in ("VERB", "AUX"):
            return self._verb(token)
        if token.pos_ == "NOUN" and token.lemma_.lower() in cues.NOUNS:
            return self._noun(token)
        if token.pos_ == "ADJ" and token.lower_ in cues.ADJECTIVES:
            return self._adjective(token)
        if token.text == ":" and token.i:
            return self._headline(token) or self._introduced(token)
        return None

    def _verb(self, verb: Token) -> Attribution | None:
        lemma = verb.lemma_.lower()
        content = self._content_of(verb, lemma)
        if content is None:
            return None
        span, words = content
        source = self._source_of(verb)
        if not source and not self._may_lack_source(verb, lemma):
            return None
        return self._made(source, [verb, *words], span)

    def _content_of(self, verb: Token, lemma: str) -> tuple[Span, list[Token]] | None:
        """What a verb governs that can be a content, with the words that belong to the cue."""
        parts = list(verb.children)
        small = [each for each in parts if each.dep_ in ("prt", "neg")]
        return (
            self._clausal(verb, lemma, parts, small)
            or self._preposed(verb, lemma, parts, small)
            or self._nominal(verb, lemma, parts, small)
            or self._spoken(verb, lemma, small)
        )

    def _clausal(
        self, verb: Token, lemma: str, parts: list[Token], small: list[Token]
    ) -> tuple[Span, list[Token]] | None:
        if lemma in cues.CLAUSE:
            for each in parts:
                if each.dep_ == "ccomp":
                    return self._clause(each, verb), small
        if lemma in cues.INFINITIVE or (lemma in cues.WEAK_INFINITIVE and _would(verb)):
            for each in parts:
                if each.dep_ in ("xcomp", "ccomp") and _has_to(each):
                    return self._asked(each, verb, small)
        return None

    def _preposed(
        self, verb: Token, lemma: str, parts: list[Token], small: list[Token]
    ) -> tuple[Span, list[Token]] | None:
        preposed = self._with_mark(verb, lemma, parts)
        if preposed:
            return preposed[0], [*small, preposed[1]]
        for each in parts:
            if each.dep_ in ("prep", "agent") and each.lower_ in cues.PREPOSITIONS.get(
                lemma, frozenset()
            ):
                objects = [down for down in each.children if down.dep_ in ("pobj", "pcomp")]
                if objects:
                    return self._subtree(objects[0]), [*small, each]
        return None

    def _nominal(
        self, verb: Token, lemma: str, parts: list[Token], small: list[Token]
    ) -> tuple[Span, list[Token]] | None:
        if lemma in cues.NAMING:
            objects = [each for each in parts if each.dep_ in ("dobj", "oprd", "ccomp", "prep")]
            objects = [
                each
                for each in objects
                if each.i > verb.i and (each.dep_ != "prep" or each.lower_ == "as")
            ]
            if len(objects) > 1:
                return self._span([down for each in objects for down in each.subtree]), small
        particles = cues.PARTICLES.get(lemma, frozenset())
        if lemma in cues.OBJECT or any(each.lower_ in particles for each in small):
            for each in parts:
                if each.dep_ == "dobj":
                    return self._object(each, parts), small
        return None

    def _spoken(
        self, verb: Token, lemma: str, small: list[Token]
    ) -> tuple[Span, list[Token]] | None:
        if lemma in cues.SAYING and verb.dep_ not in ("amod", "compound"):
            beside = self._beside(verb)
            if beside:
                return beside, small
        return None

    def _asked(self, act: Token, verb: Token, small: list[Token]) -> tuple[Span, list[Token]]:
        """What is to be done, after who is to do it: *urged the council to act*."""
        span = self._clause(act, verb)
        for each in verb.children:
            named = each if each.dep_ == "dobj" else None
            if each.dep_ == "prep" and each.lower_ in ("on", "for"):
                named = next((down for down in each.children if down.dep_ == "pobj"), None)
            if named is not None and verb.i < named.i < act.i:
                words = small if named is each else [*small, each]
                return (self._subtree(named)[0], span[1]), words
        return span, small

    def _with_mark(self, verb: Token, lemma: str, parts: list[Token]) -> tuple[Span, Token] | None:
        """What a preposition brings that the parse takes for the mark of a clause."""
        wanted = cues.PREPOSITIONS.get(lemma, frozenset())
        for each in parts:
            if each.dep_ in ("advcl", "xcomp", "ccomp") and each.i > verb.i:
                for mark in each.children:
                    if mark.dep_ == "mark" and mark.lower_ in wanted:
                        inside = [down for down in each.subtree if down.i > mark.i]
                        return self._span(inside), mark
        return None

    def _object(self, head: Token, parts: list[Token]) -> Span:
        """An object with what it is judged for: *mocked him for his tie*."""
        words = list(head.subtree)
        for each in parts:
            if each.dep_ == "prep" and each.i > head.i and each.lower_ in ("for", "as", "over"):
                words += each.subtree
        return self._span(sorted(words, key=lambda token: token.i))

    def _beside(self, verb: Token) -> Span | None:
        """The quotation beside a verb of saying, else the rest of its sentence."""
        start, end = self._sentence(verb)
        unit = self.quoted.unit(verb.idx)
        quoted = [each for each in self.quoted.meeting(unit) if each[1] <= unit[1]]
        after = [each for each in quoted if each[0] > verb.idx and each[0] - verb.idx < _NEAR]
        before = [each for each in quoted if each[1] <= verb.idx and verb.idx - each[1] < _NEAR]
        if before and self.text[before[-1][1] - 2] == ",":
            return before[-1]
        if after:
            return after[0]
        if before:
            return before[-1]
        if verb.lemma_.lower() in cues.ONLY_QUOTED:
            return None
        words = [each for each in verb.subtree if each.i > verb.i]
        rest = self._trim((verb.idx + len(verb), end))
        subject_after = any(each.dep_ == "nsubj" and each.i > verb.i for each in verb.children)
        if subject_after or len(words) < _FEWEST:
            rest = self._trim(
                (start, min([verb.idx, *(span[0] for span in self._source_of(verb))]))
            )
        return rest if len(self.text[slice(*rest)].split()) >= _FEWEST else None

    def _clause(self, head: Token, verb: Token) -> Span:
        """The words of a clause, without the cue where it stands inside, and without *that*."""
        inside = [
            each for each in head.subtree
            if not (each.dep_ == "mark" and each.lower_ == "that" and each.head == head)
        ]  # fmt: skip
        if inside[0].i < verb.i < inside[-1].i:
            before = [each for each in inside if each.i < verb.i]
            inside = before
        return self._span(inside)

    def _subtree(self, head: Token) -> Span:
        return self._span(list(head.subtree))

    def _span(self, tokens: list[Token]) -> Span:
        start, last = tokens[0], tokens[-1]
        return self._trim((start.idx, last.idx + len(last)))

    def _trim(self, span: Span) -> Span:
        start, end = span
        while start < end and self.text[start] in _TRIMMED:
            start += 1
        while start < end and self.text[end - 1] in _TRIMMED:
            end -= 1
        return start, end

    # --- who says it ---

    def _source_of(self, verb: Token) -> Spans:
        for each in verb.children:
            if each.dep_ in ("nsubj", "csubj") and each.lower_ not in _EMPTY | {"you"}:
                return (self._noun_phrase(each, verb),)
            if each.dep_ == "agent":
                for down in each.children:
                    if down.dep_ == "pobj":
                        return (self._noun_phrase(down, verb),)
        if any(each.dep_ in _SUBJECTS for each in verb.children):
            return ()
        if verb.dep_ in ("conj", "xcomp", "advcl") and verb.head.pos_ in ("VERB", "AUX"):
            return self._source_of(verb.head)
        if verb.dep_ in ("acl", "relcl"):
            return (self._noun_phrase(verb.head, verb),)
        return ()

    def _noun_phrase(self, head: Token, verb: Token) -> Span:
        """The whole phrase, but not a clause that holds the cue itself."""
        tokens = list(head.subtree)
        if head.is_ancestor(verb):
            tokens = [each for each in tokens if each != verb and not verb.is_ancestor(each)]
        run = [head]
        for each in reversed([token for token in tokens if token.i < head.i]):
            if each.i == run[0].i - 1:
                run.insert(0, each)
        for each in (token for token in tokens if token.i > head.i):
            if each.i == run[-1].i + 1:
                run.append(each)
        return self._trim((run[0].idx, run[-1].idx + len(run[-1])))

    def _may_lack_source(self, verb: Token, lemma: str) -> bool:
        return lemma in cues.CLAUSE and any(
            each.dep_ in ("nsubjpass", "auxpass", "expl") for each in verb.children
        )

    # --- other forms ---

    def _according(self, token: Token) -> Attribution | None:
        to = token.nbor(1)
        objects = [each for each in to.children if each.dep_ == "pobj"]
        if to.lower_ != "to" or not objects:
            return None
        source = self._subtree(objects[0])
        sentence = self._sentence(token)
        before, after = (sentence[0], token.idx), (source[1], sentence[1])
        rest = max((self._trim(before), self._trim(after)), key=lambda span: span[1] - span[0])
        return self._made((source,), [token, to], rest)

    def _noun(self, noun: Token) -> Attribution | None:
        for each in noun.children:
            clause = each.dep_ in ("acl", "ccomp", "relcl") and any(
                down.dep_ == "mark" and down.lower_ == "that" for down in each.children
            )
            if clause or (each.dep_ in ("acl", "relcl") and _has_to(each)):
                owner = [down for down in noun.children if down.dep_ == "poss"]
                source = (self._subtree(owner[0]),) if owner else self._owner(noun)
                return self._made(source, [noun], self._clause(each, noun)) if source else None
        return None

    def _owner(self, noun: Token) -> Spans:
        """Who has the thought where it is the object of a verb: *voters have doubts that*."""
        if noun.dep_ == "dobj":
            return self._source_of(noun.head)
        return ()

    def _adjective(self, adjective: Token) -> Attribution | None:
        verb = adjective.head
        if adjective.dep_ not in ("acomp", "attr", "oprd") or verb.lemma_ not in (
            "be",
            "feel",
            "seem",
            "remain",
        ):
            return None
        for each in adjective.children:
            if each.dep_ in ("ccomp", "xcomp"):
                content = self._clause(each, adjective)
                extra: list[Token] = []
            elif each.dep_ == "prep" and list(each.children):
                content = self._subtree(next(iter(each.children)))
                extra = [each]
            else:
                continue
            source = self._source_of(verb)
            return self._made(source, [verb, adjective, *extra], content) if source else None
        return None

    def _headline(self, colon: Token) -> Attribution | None:
        unit = self.quoted.unit(colon.idx)
        before, after = self._trim((unit[0], colon.idx)), self._trim((colon.idx + 1, unit[1]))
        words = self.text[before[0] : before[1]].split()
        if not 1 <= len(words) <= 6 or after[0] >= after[1] or not self.text[unit[0]].isupper():
            return None
        quoted = self.text[after[0]] in "“‘\"'"
        first = unit == self.quoted.units[0]
        named = all(word[0].isupper() or word in ("of", "the", "de") for word in words)
        if not named or not (quoted or first):
            return None
        return self._made((before,), [colon], after)

    def _introduced(self, colon: Token) -> Attribution | None:
        """A sentence that ends with a colon and brings a quotation: *she had an answer: “…”*."""
        end = colon.idx + 1
        quotation = self.quoted.first_after(end)
        if quotation is None or quotation[0] - end > _GAP or self.text[end : quotation[0]].strip():
            return None
        verb = colon.sent.root
        if verb.pos_ not in ("VERB", "AUX"):
            return None
        source = self._source_of(verb)
        return self._made(source, [verb], quotation) if source else None

    # --- making ---

    def _made(self, source: Spans, cue: Iterable[Token], content: Span) -> Attribution | None:
        unit = self.quoted.unit(content[0])
        if _ANONYMOUS.match(self.text, content[0]):
            return None  # it tells of the source, not of what was said
        content = self._trim((content[0], min(content[1], unit[1])))
        if content[0] >= content[1]:
            return None
        words = sorted(cue, key=lambda token: token.i)
        spans = tuple((each.idx, each.idx + len(each)) for each in words)
        content = _outside(content, (*source, *spans))
        if content[0] >= content[1]:
            return None
        return Attribution(source, spans, (self._trim(content),))

    def _inside(self, made: Attribution, taken: list[Attribution]) -> bool:
        """Whether its cue stands in the content of another, as in nested speech, or is used."""
        at = made.cue[0]
        return any(
            at in each.cue or any(start <= at[0] and at[1] <= end for start, end in each.content)
            for each in taken
        )

    def _holds(self, made: Attribution, other: Attribution) -> bool:
        return any(
            start <= span[0] and span[1] <= end for start, end in made.content for span in other.cue
        )

    def _sentence(self, token: Token) -> Span:
        sentence, unit = token.sent, self.quoted.unit(token.idx)
        return max(sentence.start_char, unit[0]), min(sentence.end_char, unit[1])


def _would(verb: Token) -> bool:
    return any(
        each.dep_ == "aux" and each.lower_ in ("would", "'d", "’d") for each in verb.children
    )


def _has_to(verb: Token) -> bool:
    return any(each.dep_ == "aux" and each.lower_ == "to" for each in verb.children)


def _outside(content: Span, others: Iterable[Span]) -> Span:
    """The longer side of a content that other parts would cut."""
    for other in others:
        if meet(content, other):
            left, right = (
                (content[0], max(content[0], other[0])),
                (min(content[1], other[1]), content[1]),
            )
            content = left if left[1] - left[0] >= right[1] - right[0] else right
    return content
