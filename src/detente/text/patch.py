"""Changing values in a YAML text and nothing else: comments, order and layout stay.

A text is compared with the data it should read as, and only the spans of values that differ are
written anew. The result is read back; were it ever to read otherwise, the whole is written afresh.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from typing import Any

import yaml as pyyaml

from detente.errors import CaseError
from detente.text import yaml

__all__ = ["Data", "dump", "patch"]

Data = Any
"""Plain data as :func:`detente.text.yaml.parse` gives it."""

Edit = tuple[int, int, str]
"""Characters from the first to before the second are replaced by the text."""


def patch(text: str, after: Data) -> str:
    r"""Return ``text`` with as few changes as possible so that it reads as ``after``.

    Examples
    --------
    >>> old = "# heading\n- id: a   # first\n  stance: 1\n"
    >>> print(patch(old, ({"id": "a", "stance": 2},)), end="")
    # heading
    - id: a   # first
      stance: 2
    """
    bare = text.removeprefix("\ufeff")
    ends = "\r\n" if "\r\n" in bare else "\n"
    document, node = yaml.compose(bare, "")
    before = document.data
    if _same(before, after):
        return text
    if node is None:
        return text + dump(after).replace("\n", ends)
    changed = bare
    for start, stop, new in sorted(_Comparison(bare).edits(node, before, after), reverse=True):
        changed = changed[:start] + new.replace("\n", ends) + changed[stop:]
    try:
        if _same(yaml.parse(changed, "").data, after):
            return text[: len(text) - len(bare)] + changed
    except CaseError:
        pass
    return text[: len(text) - len(bare)] + dump(after).replace("\n", ends)


def dump(data: Data, indent: int = 0) -> str:
    """Return data as YAML in block style, every line indented.

    Examples
    --------
    >>> print(dump(({"id": "river", "share": "2/3", "note": "1e3"},), 2), end="")
      - id: river
        share: 2/3
        note: "1e3"
    """
    text = pyyaml.dump(
        _plain(data),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=96 - indent,
        default_flow_style=False,
    )
    return "".join(f"{' ' * indent}{line}" for line in text.splitlines(keepends=True))


class _Dumper(pyyaml.SafeDumper):
    """Writes texts plain where they read back as the same text, else in double quotes."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT002, ARG002
        """Indent lists inside mappings, as people do."""
        super().increase_indent(flow, False)


def _represent_text(dumper: pyyaml.SafeDumper, text: str) -> pyyaml.ScalarNode:
    style = None if _reads_as(text) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def _reads_as(text: str) -> bool:
    try:
        return "\n" not in text and yaml.parse(f"- {text}", "").data == (text,)
    except CaseError:
        return False


def _plain(data: Data) -> Data:
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    return [_plain(item) for item in data] if isinstance(data, tuple | list) else data


def _same(first: Data, second: Data) -> bool:
    """Whether two values are equal, the order of keys and the kind of numbers aside."""
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    return bool(first == second)


def _inline(data: Data) -> str:
    """A value on one line, in flow style."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{_inline(k)}: {_inline(v)}" for k, v in data.items()) + "}"
    if isinstance(data, tuple | list):
        return "[" + ", ".join(_inline(item) for item in data) + "]"
    if isinstance(data, str) and _reads_as(data) and not set(data) & set("[]{},#&*!|>'\"%@`:"):
        return data
    return json.dumps(data, ensure_ascii=False)


class _Comparison:
    """The edits that turn one text into another, node by node."""

    def __init__(self, text: str) -> None:
        self.text = text

    def edits(self, node: pyyaml.Node, before: Data, after: Data) -> Iterator[Edit]:
        if _same(before, after):
            return
        block = isinstance(node, pyyaml.CollectionNode) and not node.flow_style and node.value
        if block and isinstance(node, pyyaml.MappingNode) and isinstance(after, dict):
            yield from self._mapping(node, before, after)
        elif block and isinstance(node, pyyaml.SequenceNode) and isinstance(after, tuple) and after:
            yield from self._sequence(node, before, after)
        elif (
            isinstance(node, pyyaml.MappingNode)
            and isinstance(after, dict)
            and list(before) == list(after)
        ):
            for key, value in node.value:
                yield from self.edits(value, before[key.value], after[key.value])
        else:
            yield self._start(node), self._end(node), self._gap(node) + _inline(after)

    def _mapping(
        self, node: pyyaml.MappingNode, before: dict[str, Data], after: dict[str, Data]
    ) -> Iterator[Edit]:
        places = {key.value: (key, value) for key, value in node.value}
        first = node.value[0][0]
        column = first.start_mark.column
        if first.value not in after:
            yield self._start(node), self._end(node), dump(after, column)[column:].rstrip("\n")
            return
        for name, (key, value) in places.items():
            if name in after:
                yield from self.edits(value, before[name], after[name])
            else:
                yield self._line_start(self._start(key)), self._line_end(self._end(value)), ""
        added = {name: value for name, value in after.items() if name not in places}
        if added:
            end = self._end(node)
            yield end, end, "\n" + dump(added, column).rstrip("\n")

    def _sequence(
        self, node: pyyaml.SequenceNode, before: tuple[Data, ...], after: tuple[Data, ...]
    ) -> Iterator[Edit]:
        items = node.value
        names = [_name(item) for item in before], [_name(item) for item in after]
        column = self._dash(items[0])
        between = self.text[self._end(items[0]) : self._start(items[1])] if len(items) > 1 else ""
        apart = "\n" if between.count("\n") > 1 and "#" not in between else ""
        matcher = difflib.SequenceMatcher(None, *names, autojunk=False)
        for kind, low, high, first, last in matcher.get_opcodes():
            paired = high - low if kind == "equal" or high - low == last - first else 0
            for step in range(paired):
                old, new = before[low + step], after[first + step]
                yield from self.edits(items[low + step], old, new)
            if paired:
                continue
            for place in range(low, high):
                yield self._removal(items, place)
            if last > first:
                new_text = apart.join(dump((item,), column) for item in after[first:last])
                if low:
                    place = self._line_end(self._end(items[low - 1]))
                    lead = "" if place and self.text[place - 1] == "\n" else "\n"
                    yield place, place, lead + apart + new_text
                else:
                    place = self._line_start(self._start(items[0]))
                    yield place, place, new_text + apart

    def _removal(self, items: list[pyyaml.Node], place: int) -> Edit:
        """Take an item away with the blank lines that part it from the one before."""
        start, end = self._line_start(self._start(items[place])), self._end(items[place])
        before = self._line_end(self._end(items[place - 1])) if place else start
        if not self.text[before:start].strip():
            start = before
        return start, self._line_end(end), ""

    def _start(self, node: pyyaml.Node) -> int:
        return int(node.start_mark.index)

    def _end(self, node: pyyaml.Node) -> int:
        """Where the value itself ends, without blank lines and comments after it."""
        if isinstance(node, pyyaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        end = int(node.end_mark.index)
        if isinstance(node, pyyaml.ScalarNode) and node.style in ("|", ">"):
            while end > self._start(node) and self.text[end - 1] in "\r\n \t":
                end -= 1
        return end

    def _gap(self, node: pyyaml.Node) -> str:
        """A space where an empty value stands right behind its colon or dash."""
        start = self._start(node)
        return " " if start and self.text[start - 1] in ":-" else ""

    def _dash(self, item: pyyaml.Node) -> int:
        line = self.text[self._line_start(self._start(item)) :]
        return len(line) - len(line.lstrip(" "))

    def _line_start(self, place: int) -> int:
        return self.text.rfind("\n", 0, place) + 1

    def _line_end(self, place: int) -> int:
        end = self.text.find("\n", place)
        return len(self.text) if end < 0 else end + 1


def _name(item: Data) -> str:
    return f"id {item['id']}" if isinstance(item, dict) and "id" in item else repr(item)
