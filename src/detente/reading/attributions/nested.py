"""Speech within speech: what a speaker says that others say.

An attribution gives the words of one speaker; among them may be another's (*she said that the
president would never sign*). What found it reads such sentences once more, as if each stood alone.
What others are told to say is hearsay: it is kept apart from what they said themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from detente.reading.attributions.attribution import Attribution
from detente.reading.attributions.quotations import Quotations
from detente.reading.spans import Span, Spans, words_in

__all__ = ["find_nested"]

_MAY_SPEAK = re.compile(
    r"\b(?:accept|accord|accus|admi|agree|alleg|announc|appeal|argu|ask|assur|believ|call|claim"
    r"|complain|confirm|deman|deni|deny|doubt|expect|fear|hope|insist|offer|oppos|pledg|promis"
    r"|propos|refus|reject|report|rul(?:ed|es|ing) out|said|say|stat(?:ed|es)|suggest|support"
    r"|t[eo]l[dl]|think|thought|threat|urg|vow|want|warn|welcom|wr[io]t)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:the|i|we|me|us|you|one|it|my|our|that|which|who|what|this|those(?: who)?|people|nobody"
    r"|no one|(?:any|every|some)(?:body|one)(?: else)?)",
    re.IGNORECASE,
)
"""Sources that are the speaker again, or nobody in particular."""

_PERSONAL = re.compile(r"he|she|they|his|her|their", re.IGNORECASE)
_STOP = re.compile(r"[.!?]\s+")
_QUOTES = '“”"„'
_FEWEST = 3


def find_nested(
    text: str,
    attributions: Sequence[Attribution],
    read: Callable[[str], list[Attribution]],
) -> list[tuple[Attribution, ...]]:
    """Return, for each attribution, the attributions within its content.

    Only those that name somebody else as their source, by a word for speaking or wanting: what
    speakers say that they think themselves is no speech of others. Speech within these is not
    looked for.

    Parameters
    ----------
    read
        What found the attributions.

    Examples
    --------
    >>> text = "She said that Bel had told her that it was over."
    >>> outer = Attribution(((0, 3),), ((4, 8),), ((14, 47),))
    >>> def read(alone):
    ...     assert alone == "Bel had told her that it was over"
    ...     return [Attribution(((0, 3),), ((4, 12),), ((22, 33),))]
    >>> find_nested(text, [outer], read)
    [(Attribution(source=((14, 17),), cue=((18, 26),), content=((36, 47),)),)]
    """
    asked = [
        (at, sentence)
        for at, each in enumerate(attributions)
        for sentence in _sentences(text, each.content)
        if len((words := text[slice(*sentence)]).split()) > _FEWEST and _MAY_SPEAK.search(words)
    ]
    found: list[list[Attribution]] = [[] for _ in attributions]
    if not asked:
        return [()] * len(attributions)
    lines = [text[slice(*sentence)].replace("\n", " ") for _, sentence in asked]
    quotations = Quotations(text)
    begins = [0]
    for line in lines:
        begins.append(begins[-1] + len(line) + 1)
    for each in read("\n".join(lines)):
        number = bisect_right(begins, each.start) - 1
        at, sentence = asked[number]
        inner = each.moved(sentence[0] - begins[number])
        if inner.end <= sentence[1] and _is_speech(text, inner, quotations):
            found[at].append(inner)
    return [tuple(each) for each in found]


def _sentences(text: str, content: Spans) -> Iterator[Span]:
    """Yield the sentences of a content, without the quotation marks around them."""
    for start, end in content:
        first = start
        for stop in (*_STOP.finditer(text, start, end), None):
            last = end if stop is None else stop.start() + 1
            yield _without_marks(text, first, last)
            first = end if stop is None else stop.end()


def _without_marks(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _QUOTES:
        start += 1
    while start < end and text[end - 1] in _QUOTES:
        end -= 1
    return start, end


def _is_speech(text: str, each: Attribution, quotations: Quotations) -> bool:
    source, cue, content = (words_in(text, part) for part in (each.source, each.cue, each.content))
    named = bool(source) and _NOBODY.fullmatch(source) is None
    if _PERSONAL.fullmatch(source) and quotations.kind_of(each.content) == "indirect":
        return False  # *she said she would sign*: as a rule the speaker again
    return named and _MAY_SPEAK.search(cue) is not None and len(content.split()) >= _FEWEST
