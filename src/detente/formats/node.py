"""A value inside a JSON or YAML document that knows where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from detente.errors import CaseError, Problem
from detente.text import json, yaml
from detente.text.decimals import parse_decimal, write_decimal
from detente.text.nearest import suggest
from detente.text.yaml import Document, Way

__all__ = ["Node", "json_node", "label", "yaml_node"]


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a document, the way to it, and what it may be read as.

    Every reading that fails raises a :class:`~detente.errors.CaseError` at the value's place.
    """

    document: Document
    way: Way
    data: object

    def problem(self, code: str, message: str) -> Problem:
        """Return a fault that stands where this value starts."""
        return Problem(self.document.file, *self.document.place(self.way), code, message)

    def key_problem(self, key: str, code: str, message: str) -> Problem:
        """Return a fault that stands at one of this mapping's keys."""
        place = self.document.key_place((*self.way, key))
        return Problem(self.document.file, *place, code, message)

    def find(self, key: str) -> Node | None:
        """Return the value under ``key``; None where there is none or this is no mapping."""
        if isinstance(self.data, dict) and key in self.data:
            return Node(self.document, (*self.way, key), self.data[key])
        return None

    def child(self, key: str) -> Node:
        """Return the value under ``key``, which must be there."""
        found = self.find(key)
        if found is None:
            message = f"The key '{key}' is missing{suggest(key, self.mapping())}"
            raise CaseError([self.problem("scenario-kind", message)])
        return found

    def mapping(self) -> dict[str, Node]:
        """Return the values of this mapping by key, in file order."""
        if not isinstance(self.data, dict):
            message = f"A mapping of keys to values is expected{_after(self.way)}."
            raise CaseError([self.problem("scenario-kind", message)])
        return {key: Node(self.document, (*self.way, key), data) for key, data in self.data.items()}

    def items(self) -> tuple[Node, ...]:
        """Return the items of this list."""
        if not isinstance(self.data, tuple):
            message = f"A list is expected{_after(self.way)}."
            raise CaseError([self.problem("scenario-kind", message)])
        pairs = enumerate(self.data)
        return tuple(Node(self.document, (*self.way, place), data) for place, data in pairs)

    def text(self) -> str:
        """Return this text."""
        if not isinstance(self.data, str):
            message = f"A text is expected{_after(self.way)}; put it in quotes."
            raise CaseError([self.problem("scenario-kind", message)])
        return self.data

    def label(self) -> str:
        """Return the name of a value of an issue, which some formats write as a number."""
        shown = label(self.data)
        if shown is None:
            message = f"A text or a number is expected{_after(self.way)}."
            raise CaseError([self.problem("scenario-value", message)])
        return shown

    def number(self) -> Fraction:
        """Return this number, which may be written as a text."""
        if isinstance(self.data, Fraction):
            return self.data
        message = f"A number is expected{_after(self.way)}."
        if isinstance(self.data, str):
            try:
                return parse_decimal(self.data)
            except ValueError as error:
                message = str(error)
        raise CaseError([self.problem("scenario-number", message)])


def label(data: object) -> str | None:
    """Return how a value of an issue is called, or None if ``data`` cannot be one.

    Examples
    --------
    >>> label("20 days"), label(Fraction(5, 2)), label(True), label({})
    ('20 days', '2.5', 'true', None)
    """
    if isinstance(data, bool):
        return str(data).lower()
    if isinstance(data, Fraction):
        return write_decimal(data)
    return data if isinstance(data, str) else None


def json_node(text: str, file: str) -> Node:
    """Return the top of a JSON document."""
    document = json.parse(text, file)
    return Node(document, (), document.data)


def yaml_node(text: str, file: str) -> Node:
    """Return the top of a YAML document, its numbers read to the last digit.

    Examples
    --------
    >>> yaml_node("share: 0.1000000000000000000001", "a.yaml").child("share").number().denominator
    10000000000000000000000
    """
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        before = text[: forbidden.start()]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"The character U+{ord(forbidden[0]):04X} may not stand in YAML; remove it."
        raise CaseError([Problem(file, line, column, "scenario-file", message)])
    document = yaml.parse(text, file)
    problems: list[Problem] = []
    data = _exact(document, text.splitlines(), (), document.data, problems)
    if problems:
        raise CaseError(problems)
    return Node(document, (), data)


_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_TOKEN = re.compile(r"[-+.0-9eE]+")


def _exact(
    document: Document, lines: list[str], way: Way, data: object, problems: list[Problem]
) -> object:
    """The data with each float replaced by the fraction that is written at its place."""
    if isinstance(data, bool) or data is None or isinstance(data, str):
        return data
    if isinstance(data, int):
        return Fraction(data)
    if isinstance(data, float):
        line, column = document.place(way)
        token = _TOKEN.match(lines[line - 1], column - 1) if line <= len(lines) else None
        try:
            written = parse_decimal(token[0] if token else repr(data))
            return written if float(written) == data else parse_decimal(repr(data))
        except ValueError as error:
            problems.append(Problem(document.file, line, column, "scenario-number", str(error)))
            return Fraction(0)
    if isinstance(data, dict):
        return {
            key: _exact(document, lines, (*way, key), item, problems) for key, item in data.items()
        }
    items: Iterator[object] = iter(data) if isinstance(data, tuple) else iter(())
    return tuple(
        _exact(document, lines, (*way, place), item, problems) for place, item in enumerate(items)
    )


def _after(way: Way) -> str:
    named = [step for step in way if isinstance(step, str)]
    return f" under '{named[-1]}'" if named else " here"
