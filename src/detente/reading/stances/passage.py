"""Which sentences does a passage consist of, and which token stands where?"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from detente.reading.spans import Span
from detente.reading.tokens import Sort, Tokens, tokens_of

__all__ = ["Passage", "passage_of"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its tokens and sentences, so that each is looked for once only.

    Parameters
    ----------
    places
        The index of the token that begins at a character.
    sentences
        Where the sentences begin and end, without gaps; a blank line ends one too.
    """

    text: str
    tokens: Tokens
    places: dict[int, int]
    sentences: tuple[Span, ...]

    def sentence_at(self, character: int) -> int:
        """Return the index of the sentence in which a character stands."""
        return bisect_right(self.sentences, (character, len(self.text) + 1)) - 1

    def asks(self, sentence: int) -> bool:
        """Whether a sentence is a question."""
        start, end = self.sentences[sentence]
        return "?" in self.text[max(start, end - 2) : end]


def passage_of(text: str) -> Passage:
    """Return a text with its tokens and sentences.

    Examples
    --------
    >>> passage = passage_of("We sign. Do they?")
    >>> passage.sentences, passage.sentence_at(9), passage.asks(1)
    (((0, 8), (8, 17)), 1, True)
    """
    tokens = tokens_of(text)
    sentences: list[Span] = []
    start = 0
    for token in tokens:
        ends = token.text[:1] in (".", "!", "?") or token.sort is Sort.BREAK
        if token.text and ends:
            sentences.append((start, token.end))
            start = token.end
    if start < len(text) or not sentences:
        sentences.append((start, len(text)))
    places = {token.start: at for at, token in enumerate(tokens) if token.text}
    return Passage(text, tokens, places, tuple(sentences))
