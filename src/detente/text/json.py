"""JSON with places: plain data, and for every value the line and column where it stands.

The reader of the standard library forgets places, lets the second of two equal keys win, reads
``NaN`` and ``Infinity``, and turns 0.1 into the nearest binary number. Here a repeated key is a
fault and every number is an exact fraction.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from fractions import Fraction
from json import JSONDecodeError, dumps
from json.decoder import scanstring  # type: ignore[attr-defined]
from pathlib import Path
from typing import NoReturn

from detente.errors import CaseError, Problem
from detente.text.decimals import parse_decimal, write_decimal
from detente.text.files import read_text
from detente.text.yaml import Document, Mark, Way

__all__ = ["dump", "parse", "read"]

_MAX_DEPTH = 40
_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![0-9A-Za-z_.])")
_WORD = re.compile(r"[-+0-9A-Za-z_.]+")
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


def parse(text: str, file: str) -> Document:
    r"""Read ``text`` as one JSON document; numbers become fractions.

    Raises
    ------
    CaseError
        If the text is not JSON, repeats a key, nests more than 40 deep, or holds a number that
        is not finite or is absurdly long.

    Examples
    --------
    >>> document = parse('{"weights": [0.1, 0.9]}', "a.json")
    >>> document.data
    {'weights': (Fraction(1, 10), Fraction(9, 10))}
    >>> document.place(("weights", 1))
    (1, 19)
    >>> parse('{"a": 1,\n "a": 2}', "a.json")
    Traceback (most recent call last):
    detente.errors.CaseError: a.json:2:2: The key 'a' stands twice, first in line 1; keep one.
    """
    return _Reader(text.removeprefix("\ufeff"), file).document()


def read(path: Path, file: str) -> Document:
    """Read the file at ``path``; ``file`` is its name in messages.

    Raises
    ------
    CaseError
        If the file cannot be opened, is not UTF-8 or is not JSON as :func:`parse` takes it.
    """
    return parse(read_text(path, file), file)


def dump(data: object) -> str:
    """Return ``data`` as JSON, numbers exact.

    Raises
    ------
    ValueError
        If a number is not a finite decimal.

    Examples
    --------
    >>> print(dump({"share": Fraction(1, 4), "names": ["a"]}), end="")
    {
      "share": 0.25,
      "names": [
        "a"
      ]
    }
    """
    return f"{_dumped(data, 0)}\n"


def _dumped(data: object, indent: int) -> str:
    inner, ends = "\n" + " " * (indent + 2), "\n" + " " * indent
    if isinstance(data, dict) and data:
        pairs = (
            f"{dumps(key, ensure_ascii=False)}: {_dumped(value, indent + 2)}"
            for key, value in data.items()
        )
        return "{" + inner + f",{inner}".join(pairs) + ends + "}"
    if isinstance(data, list | tuple) and data:
        items = (_dumped(item, indent + 2) for item in data)
        return "[" + inner + f",{inner}".join(items) + ends + "]"
    if isinstance(data, Fraction):
        written = write_decimal(data)
        if written is None:
            message = f"{data} is not a finite decimal."
            raise ValueError(message)
        return written
    return dumps(data, ensure_ascii=False)


class _Reader:
    """One pass over the text, from the first character to the last."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.at = 0
        self.values: dict[Way, Mark] = {}
        self.keys: dict[Way, Mark] = {}
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def document(self) -> Document:
        self._skip_space()
        data = self._value((), 0)
        if self.at < len(self.text):
            self._refuse("Something stands behind the end of the document; remove it.")
        return Document(self.file, data, self.values, self.keys)

    def _value(self, way: Way, depth: int) -> object:
        start = self.at
        self.values[way] = self._mark(start)
        char = self.text[start : start + 1]
        if char in ("{", "[") and depth > _MAX_DEPTH:
            self._refuse(f"Values nest more than {_MAX_DEPTH} deep; write them flatter.")
        if char == "{":
            value: object = self._mapping(way, depth)
        elif char == "[":
            value = self._list(way, depth)
        elif char == '"':
            value = self._string()
        else:
            value = self._scalar()
        self._skip_space()
        return value

    def _mapping(self, way: Way, depth: int) -> dict[str, object]:
        built: dict[str, object] = {}
        while self._continues("}", first=not built):
            start = self.at
            if self.text[start : start + 1] != '"':
                self._refuse("A key in double quotes is expected here.")
            key = self._string()
            if key in built:
                line = self.keys[(*way, key)][0]
                message = f"The key '{key}' stands twice, first in line {line}; keep one."
                self._refuse(message, start)
            self.keys[(*way, key)] = self._mark(start)
            self._skip_space()
            self._take(":", f"A colon is expected after the key '{key}'.")
            built[key] = self._value((*way, key), depth + 1)
        return built

    def _list(self, way: Way, depth: int) -> tuple[object, ...]:
        built: list[object] = []
        while self._continues("]", first=not built):
            built.append(self._value((*way, len(built)), depth + 1))
        return tuple(built)

    def _continues(self, end: str, *, first: bool) -> bool:
        """Step over the bracket or comma before the next item; whether there is one."""
        if first:
            self.at += 1
            self._skip_space()
        if self.text[self.at : self.at + 1] == end:
            self.at += 1
            return False
        if not first:
            self._take(",", f"A comma or '{end}' is expected here.")
        return True

    def _take(self, char: str, otherwise: str) -> None:
        if self.text[self.at : self.at + 1] != char:
            self._refuse(otherwise)
        self.at += 1
        self._skip_space()

    def _string(self) -> str:
        start = self.at
        try:
            value, self.at = scanstring(self.text, start + 1, True)
        except JSONDecodeError as error:
            self._refuse("This text in quotes does not end or holds what JSON forbids.", error.pos)
        if any("\ud800" <= char <= "\udfff" for char in value):
            self._refuse("This text holds half a character; write it whole.", start)
        return str(value)

    def _scalar(self) -> Fraction | bool | None:
        number = _NUMBER.match(self.text, self.at)
        if number:
            try:
                value = parse_decimal(number[0])
            except ValueError as error:
                self._refuse(str(error), code="scenario-number")
            self.at = number.end()
            return value
        word = _WORD.match(self.text, self.at)
        if word and word[0] in _CONSTANTS:
            self.at = word.end()
            return _CONSTANTS[word[0]]
        if word and word[0].lstrip("+-") in ("NaN", "Infinity"):
            message = f"'{word[0]}' is not a finite number; write a decimal such as 0.25."
            self._refuse(message, code="scenario-number")
        return self._refuse("A value is expected here.")

    def _rest(self) -> bool:
        return self.at < len(self.text)

    def _skip_space(self) -> None:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _mark(self, at: int) -> Mark:
        line = bisect_right(self.starts, at)
        return line, at - self.starts[line - 1] + 1

    def _refuse(self, message: str, at: int | None = None, code: str = "scenario-json") -> NoReturn:
        mark = self._mark(self.at if at is None else at)
        if not self._rest() and at is None:
            message = "The file ends too early; is it cut off?"
        raise CaseError([Problem(self.file, *mark, code, message)]) from None
