"""Which numbers do the automatic lists of a Word file show?

A paragraph, or its style, names a list and a level in it; ``numbering.xml`` says how each level is
written and where it starts (ECMA-376, part 1, section 17.9). The numbers themselves stand nowhere:
they are counted, paragraph by paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from detente.reading.readers.list_numbers import repeated_letters, roman

__all__ = ["WordLists"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WHOLE = re.compile(r"[+-]?\d{1,9}")
_PLACE = re.compile(r"%([1-9])")
_LONGEST = 100
"""Characters of the pattern of a number; what is longer would blow a small file up."""

_FORMS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "decimalZero": lambda number: f"{number:02}",
        "lowerLetter": repeated_letters,
        "lowerRoman": roman,
        "none": lambda _: "",
        "upperLetter": lambda number: repeated_letters(number).upper(),
        "upperRoman": lambda number: roman(number).upper(),
    }
)
"""How numbers are written; in digits where nothing is said here."""


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list.

    Parameters
    ----------
    pattern
        What is shown, with ``%1`` for the number of the first level.
    in_digits
        Whether the numbers of the levels above are shown in digits, whatever their form.
    restart
        After how deep a level it starts again; after any above it if none, never if 0.
    style
        The style of paragraphs that stand on this level.
    """

    start: int
    form: str
    pattern: str
    in_digits: bool
    restart: int | None
    style: str | None


@dataclass(frozen=True, slots=True)
class _List:
    """A list: its number, what it counts together with, its levels, and those that start anew."""

    number: str
    counted_with: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]


class WordLists:
    """The lists of one Word file, counted as its paragraphs go by in their order.

    Parameters
    ----------
    numbering, styles
        The parts of the file that define lists and styles; none if it lacks them.

    Examples
    --------
    >>> import docx
    >>> document = docx.Document()
    >>> lists = WordLists(document.part.numbering_part.element, document.styles.element)
    >>> for text in ("The cap is 600,000.", "No bases."):
    ...     paragraph = document.add_paragraph(text, style="List Number")
    ...     print(lists.numbered(paragraph._p, text))
    1. The cap is 600,000.
    2. No bases.
    """

    __slots__ = ("_begun", "_counts", "_lists", "_normal", "_styles")

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._styles = {} if styles is None else {
            each.get(f"{_W}styleId"): each for each in styles.iterchildren(f"{_W}style")
        }  # fmt: skip
        self._normal = next(
            (name for name, each in self._styles.items()
             if each.get(f"{_W}type") == "paragraph" and each.get(f"{_W}default") in _TRUE),
            None,
        )  # fmt: skip
        self._lists = {} if numbering is None else self._defined(numbering)
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def numbered(self, paragraph: Any, words: str) -> str:
        """Return the words of the next paragraph behind what its list shows before them.

        A bullet that can be seen becomes a dash. A number without a mark gets a full stop, so that
        it does not read as a count of what follows.
        """
        listed, depth = self._place(paragraph)
        if listed is None or depth not in listed.levels:
            return words
        self._count(listed, depth)
        label = self._label(listed, depth)
        if label and listed.levels[depth].form == "bullet":
            return f"- {words.lstrip()}" if words.strip() else words
        if label[-1:].isalnum():
            label += "."
        return f"{label} {words.lstrip()}".strip() if label else words

    def _defined(self, numbering: Any) -> dict[str, _List]:
        """The lists of a file, each with the levels that it takes from elsewhere."""
        patterns = {
            each.get(f"{_W}abstractNumId"): each
            for each in numbering.iterchildren(f"{_W}abstractNum")
        }
        named = {each.get(f"{_W}numId"): each for each in numbering.iterchildren(f"{_W}num")}
        found = {}
        for number, each in named.items():
            pattern = patterns.get(_value(each, "abstractNumId"))
            linked = self._styles.get(_value(pattern, "numStyleLink"))
            if linked is not None:  # the list is defined where its style points
                points_to = _value(linked, "pPr", "numPr", "numId")
                pattern = patterns.get(_value(named.get(points_to), "abstractNumId"))
            if pattern is not None:
                found[number] = _list(number, each, pattern)
        return found

    def _place(self, paragraph: Any) -> tuple[_List | None, int]:
        """The list of a paragraph and the level in it, its own or those of its style."""
        number = _value(paragraph, "pPr", "numPr", "numId")
        depth = _whole(_value(paragraph, "pPr", "numPr", "ilvl"))
        if number is not None:
            return self._lists.get(number), depth or 0
        names = []
        for name, style in self._styles_of(paragraph):
            names.append(name)
            if depth is None:
                depth = _whole(_value(style, "pPr", "numPr", "ilvl"))
            number = _value(style, "pPr", "numPr", "numId")
            if number is not None:
                break
        listed = self._lists.get(number or "")
        if listed is not None and depth is None:
            levels = listed.levels.items()
            depth = next((level for level, each in levels if each.style in names), 0)
        return listed, depth or 0

    def _styles_of(self, paragraph: Any) -> Iterator[tuple[str, Any]]:
        """The style of a paragraph and those that it is based on."""
        name = _value(paragraph, "pPr", "pStyle") or self._normal
        seen: set[str] = set()
        while name is not None and name in self._styles and name not in seen:
            seen.add(name)
            yield name, self._styles[name]
            name = _value(self._styles[name], "basedOn")

    def _count(self, listed: _List, depth: int) -> None:
        """Count one paragraph; the levels below it start again."""
        counts = self._counts.setdefault(listed.counted_with, {})
        begins = depth in listed.starts and (listed.number, depth) not in self._begun
        self._begun.add((listed.number, depth))
        if begins or depth not in counts:
            counts[depth] = listed.starts.get(depth, listed.levels[depth].start)
        else:
            counts[depth] += 1
        for deeper in [level for level in counts if level > depth]:
            level = listed.levels.get(deeper)
            if level is None or level.restart is None or depth < level.restart:
                del counts[deeper]

    def _label(self, listed: _List, depth: int) -> str:
        own, counts = listed.levels[depth], self._counts[listed.counted_with]

        def written(place: re.Match[str]) -> str:
            level = listed.levels.get(int(place[1]) - 1)
            if level is None:
                return ""
            number = counts.get(int(place[1]) - 1, level.start)
            return str(number) if own.in_digits else _FORMS.get(level.form, str)(number)

        return _PLACE.sub(written, own.pattern).strip()


_TRUE = ("1", "true", "on")


def _list(number: str, named: Any, pattern: Any) -> _List:
    levels = dict(_levels(pattern))
    starts = {}
    for each in named.iterchildren(f"{_W}lvlOverride"):
        levels |= dict(_levels(each))
        depth = _whole(each.get(f"{_W}ilvl"))
        start = _whole(_value(each, "startOverride"))
        if depth is not None and start is not None:
            starts[depth] = start
    return _List(number, pattern.get(f"{_W}abstractNumId"), levels, starts)


def _levels(part: Any) -> Iterator[tuple[int, _Level]]:
    for each in part.iterchildren(f"{_W}lvl"):
        depth = _whole(each.get(f"{_W}ilvl"))
        if depth is None:
            continue
        start = _whole(_value(each, "start"))
        in_digits = each.find(f"{_W}isLgl")
        yield (
            depth,
            _Level(
                start=0 if start is None else start,
                form=_value(each, "numFmt") or "decimal",
                pattern=(_value(each, "lvlText") or "")[:_LONGEST],
                in_digits=in_digits is not None and in_digits.get(f"{_W}val", "1") in _TRUE,
                restart=_whole(_value(each, "lvlRestart")),
                style=_value(each, "pStyle"),
            ),
        )


def _value(part: Any, *path: str) -> str | None:
    """What stands as the value of a part that lies inside another, or none."""
    found = None if part is None else part.find("/".join(f"{_W}{name}" for name in path))
    value: str | None = None if found is None else found.get(f"{_W}val")
    return value


def _whole(written: str | None) -> int | None:
    return int(written) if written is not None and _WHOLE.fullmatch(written) else None
