"""XML with places: elements, and for each the line and column where it stands.

Nothing is ever fetched or expanded: a document type declaration, which is where entities are
defined, is refused before anything it declares is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.parsers import expat

from detente.errors import CaseError, Problem
from detente.text.yaml import Mark

__all__ = ["Element", "parse"]

_MAX_DEPTH = 40
_Open = tuple[str, dict[str, str], Mark, list["Element"], list[str]]


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its tag, attributes, inner elements, and where it starts.

    Parameters
    ----------
    file
        The file as it is to be named in messages.
    tag, attributes, children
        As written.
    place
        Line and column of the element's first character.
    text
        What stands in the element itself and not within an inner one, without space around it.

    Examples
    --------
    >>> root = parse('<issue name="a"><item value="x"/></issue>', "a.xml")
    >>> root.attributes["name"], root.children[0].tag, root.children[0].place
    ('a', 'item', (1, 17))
    >>> parse("<name> Alice </name>", "a.xml").text
    'Alice'
    """

    file: str
    tag: str
    attributes: dict[str, str]
    children: tuple[Element, ...]
    place: Mark
    text: str = ""

    def all(self, tag: str) -> tuple[Element, ...]:
        """Return the direct children with this tag, in order."""
        return tuple(child for child in self.children if child.tag == tag)

    def problem(self, code: str, message: str) -> Problem:
        """Return a fault that stands where this element starts."""
        return Problem(self.file, *self.place, code, message)


def parse(text: str, file: str) -> Element:
    """Read ``text`` as one XML document and return its root.

    Raises
    ------
    CaseError
        If the text is not well-formed, declares a document type, or nests more than 40 deep.

    Examples
    --------
    >>> parse('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "a.xml")
    Traceback (most recent call last):
    detente.errors.CaseError: a.xml:1:13: A document type (DOCTYPE) is not read; remove it.
    """
    return _Reader(file).read(text)


class _Reader:
    """Builds elements from the inside out while the parser walks through the text."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.open: list[_Open] = [("", {}, (1, 1), [], [])]
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype

    def read(self, text: str) -> Element:
        try:
            self.parser.Parse(text.encode(), True)
        except expat.ExpatError as error:
            what = expat.ErrorString(error.code)
            message = f"This is not XML: {what}; is the file cut off or damaged?"
            place = (error.lineno, error.offset + 1)
            raise CaseError([Problem(self.file, *place, "scenario-xml", message)]) from None
        return self.open[0][3][0]

    def _place(self) -> Mark:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self.open) > _MAX_DEPTH:
            message = f"Elements nest more than {_MAX_DEPTH} deep; write them flatter."
            raise CaseError([Problem(self.file, *self._place(), "scenario-xml", message)])
        self.open.append((tag, attributes, self._place(), [], []))

    def _text(self, text: str) -> None:
        self.open[-1][4].append(text)

    def _end(self, _: str) -> None:
        tag, attributes, place, children, words = self.open.pop()
        text = "".join(words).strip()
        self.open[-1][3].append(Element(self.file, tag, attributes, tuple(children), place, text))

    def _doctype(self, *_: object) -> None:
        message = "A document type (DOCTYPE) is not read; remove it."
        raise CaseError([Problem(self.file, *self._place(), "scenario-entity", message)])
