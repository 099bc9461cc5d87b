"""YAML 1.2 with places: plain data, and for every value the line and column where it stands.

Written over the nodes of the parser instead of its ready-made values: those follow YAML 1.1 and
read ``NO`` (Norway) as false and ``12:30`` as 750, let the second of two equal keys win, and
follow aliases without bound. Here scalars follow the core schema of YAML 1.2 (section 10.3.2), a
repeated key is a fault, and aliases may not multiply a document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from detente.errors import CaseError, Problem
from detente.text.files import read_text

__all__ = ["Document", "Mark", "Way", "compose", "parse", "read"]

Way = tuple[str | int, ...]
"""The way from the top of a document to a value: keys and positions, outermost first."""

Mark = tuple[int, int]
"""Line and column, counted from 1."""

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_CONSTANTS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_MAX_ALIASED = 10_000
_MAX_DEPTH = 40
_TOO_DEEP = f"Values nest more than {_MAX_DEPTH} deep or hold themselves; write them flatter."
_STEPS = re.compile(rf"^ {{{_MAX_DEPTH}}}|(?:[-?:] ){{{_MAX_DEPTH}}}", re.MULTILINE)
_STANDARD = "tag:yaml.org,2002:"
_TAGS = frozenset(
    _STANDARD + name
    for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value", "seq", "map")
)


@dataclass(frozen=True, slots=True)
class Document:
    r"""One YAML file as plain data, with the place of every key and value.

    Parameters
    ----------
    file
        The file as it is to be named in messages.
    data
        Dictionaries, tuples, strings, numbers, booleans and None.
    values, keys
        Place of every value, and of every key of a mapping, by path.

    Examples
    --------
    >>> document = parse("points:\n  - id: NO\n    share: 2/3\n", "points.yaml")
    >>> document.data
    {'points': ({'id': 'NO', 'share': '2/3'},)}
    >>> document.place(("points", 0, "share"))
    (3, 12)
    """

    file: str
    data: object
    values: dict[Way, Mark]
    keys: dict[Way, Mark]

    def place(self, path: Way) -> Mark:
        """Return where the value at ``path`` stands, or the nearest value around it."""
        while path not in self.values and path:
            path = path[:-1]
        return self.values.get(path, (1, 1))

    def key_place(self, path: Way) -> Mark:
        """Return where the key at the end of ``path`` stands, or else its value."""
        return self.keys.get(path) or self.place(path)


def parse(text: str, file: str) -> Document:
    r"""Read ``text`` as one YAML document.

    Raises
    ------
    CaseError
        If the text is not YAML, repeats a key, nests or aliases without bound.

    Examples
    --------
    >>> parse("a: 1\na: 2\n", "x.yaml")
    Traceback (most recent call last):
    detente.errors.CaseError: x.yaml:2:1: The key 'a' stands twice, first in line 1; keep one.
    """
    return compose(text, file)[0]


def compose(text: str, file: str) -> tuple[Document, yaml.Node | None]:
    r"""Read ``text`` as :func:`parse` does; also return the node of the parser, None if empty.

    Examples
    --------
    >>> document, node = compose("a: 1\n", "x.yaml")
    >>> document.data, node.end_mark.line
    ({'a': 1}, 1)
    """
    if _may_be_deep(text):
        _refuse_depth(text, file)
    try:
        loader = _LOADER(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.reader.ReaderError as error:
        found = yaml.reader.Reader.NON_PRINTABLE.search(text)
        place = found.start() if found else 0  # the error's own place may count bytes
        before = text[:place]
        mark = (before.count("\n") + 1, place - before.rfind("\n"))
        message = f"The character U+{error.character:04X} may not stand in YAML; remove it."
        raise CaseError([Problem(file, *mark, "yaml", message)]) from None
    except yaml.MarkedYAMLError as error:
        raise CaseError([_syntax_problem(error, text, file)]) from None
    builder = _Builder(file)
    if node is None:
        return Document(file, None, {(): (1, 1)}, {}), None
    data = builder.build(node, (), 0)
    if builder.problems:
        raise CaseError(builder.problems)
    return Document(file, data, builder.values, builder.keys), node


def read(path: Path, file: str) -> Document:
    """Read the file at ``path``; ``file`` is its name in messages.

    Raises
    ------
    CaseError
        If the file cannot be opened, is not UTF-8 or is not YAML as :func:`parse` takes it.
    """
    return parse(read_text(path, file), file)


def _may_be_deep(text: str) -> bool:
    """Whether the text could nest so deep that the parser, which recurses, runs out of stack."""
    brackets = text.count("[") + text.count("{")
    return brackets > _MAX_DEPTH or bool(_STEPS.search(text))


def _refuse_depth(text: str, file: str) -> None:
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _MAX_DEPTH and event.start_mark is not None:
                mark = (event.start_mark.line + 1, event.start_mark.column + 1)
                raise CaseError([Problem(file, *mark, "nesting", _TOO_DEEP)])
    except yaml.YAMLError:
        return  # said with its place when the text is read


def _tag(tag: str) -> str:
    return f"!!{tag.removeprefix(_STANDARD)}" if tag.startswith(_STANDARD) else tag


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    if error.context == "while scanning a simple key":
        mark = error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    indent = here[: len(here) - len(here.lstrip())]
    if "\t" in indent:
        column = here.index("\t") + 1
        return Problem(file, line, column, "tab", "A tab stands in the indentation; use spaces.")
    what = (error.problem or "it cannot be parsed").strip()
    message = f"This is not YAML: {what}; check indentation, colons, quotes and brackets."
    return Problem(file, line, column, "yaml", message)


class _Builder:
    """Turns parser nodes into plain data, noting places and collecting faults."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.values: dict[Way, Mark] = {}
        self.keys: dict[Way, Mark] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()
        self._open: set[int] = set()
        self._aliased = 0

    def build(self, node: yaml.Node, path: Way, depth: int) -> object:
        mark = (node.start_mark.line + 1, node.start_mark.column + 1)
        self.values[path] = mark
        if self._refuses(node, mark, depth):
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, mark)
        self._open.add(id(node))
        built: object
        if isinstance(node, yaml.SequenceNode):
            items = enumerate(node.value)
            built = tuple(self.build(item, (*path, index), depth + 1) for index, item in items)
        else:
            built = self._mapping(node, path, depth)
        self._open.discard(id(node))
        return built

    def _fault(self, mark: Mark, code: str, message: str) -> None:
        self.problems.append(Problem(self.file, *mark, code, message))

    def _refuses(self, node: yaml.Node, mark: Mark, depth: int) -> bool:
        if id(node) in self._open or depth > _MAX_DEPTH:
            self._fault(mark, "nesting", _TOO_DEEP)
            return True
        if node.tag not in _TAGS:
            self._fault(
                mark, "tag", f"The tag '{_tag(node.tag)}' is not used in a case; remove it."
            )
            return True
        if id(node) in self._seen:
            self._aliased += 1
            if self._aliased == _MAX_ALIASED:
                self._fault(
                    mark, "alias", "Aliases multiply this file without bound; write it out."
                )
            return self._aliased >= _MAX_ALIASED
        self._seen.add(id(node))
        return False

    def _scalar(self, node: yaml.ScalarNode, mark: Mark) -> object:
        value: str = node.value
        if node.style:
            return value
        if value in _CONSTANTS:
            return _CONSTANTS[value]
        if _INTEGER.match(value):
            if len(value) > 40:
                self._fault(mark, "number", "A number of more than 40 digits is surely a mistake.")
                return 0
            return int(value)
        if _FLOAT.match(value):
            if abs(float(value)) == float("inf"):
                self._fault(mark, "number", f"The number {value} is too large; write it otherwise.")
                return 0.0
            return float(value)
        return value

    def _mapping(self, node: yaml.Node, path: Way, depth: int) -> dict[str, object]:
        built: dict[str, object] = {}
        for key_node, value_node in node.value:
            mark = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if not isinstance(key_node, yaml.ScalarNode) or key_node.tag not in _TAGS:
                self._fault(mark, "key", "A key must be one plain word or a quoted text.")
                continue
            key: str = key_node.value
            if key in built:
                first = self.keys[(*path, key)][0]
                message = f"The key '{key}' stands twice, first in line {first}; keep one."
                self._fault(mark, "duplicate-key", message)
                continue
            self.keys[(*path, key)] = mark
            built[key] = self.build(value_node, (*path, key), depth + 1)
        return built
