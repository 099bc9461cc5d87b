"""Pages in HTML: the main text, without menus and scripts, by trafilatura. Nothing is fetched.

The numbers of lists, which a browser counts and the page does not hold, are written into the text.
"""

from __future__ import annotations

import datetime
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from detente.errors import RequestError
from detente.reading.readers.extract import Extract
from detente.reading.readers.list_numbers import letters, roman

__all__ = ["read_html"]

_STATED = {"extensive_search": False, "original_date": True}
"""The day on which the page says that it was published, and no other that it speaks of."""

_WHOLE = re.compile(r"\s*([+-]?\d{1,9})(?!\d)")
_TYPES: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "a": letters,
        "A": lambda number: letters(number).upper(),
        "i": roman,
        "I": lambda number: roman(number).upper(),
    }
)


def read_html(content: bytes) -> Extract:
    """Return the main text of a page, with the title, author, date and site that it states.

    Raises
    ------
    ValueError
        If there is no text, as where a script would write it.
    """
    try:
        import trafilatura
    except ImportError:
        raise RequestError(
            "Reading HTML needs trafilatura; install it with: pip install 'detente[reading]'"
        ) from None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    page = trafilatura.load_html(content)
    numbers = frozenset() if page is None else frozenset(_write_numbers(page))
    found: Any = trafilatura.bare_extraction(
        page, include_comments=False, include_tables=True, with_metadata=True,
        favor_recall=True, date_extraction_params=_STATED,
    )  # fmt: skip
    text = "" if found is None else (found.text or "")
    if not text.strip():
        raise ValueError(
            "holds no text outside of scripts; save the page as a browser shows it, or as text."
        )
    return Extract(
        _paragraphs(text, found.title, numbers), found.title, found.author,
        found.sitename or found.hostname, _date(found.date),
    )  # fmt: skip


def _write_numbers(page: Any) -> Iterator[str]:
    """Write the numbers of lists into a page, and give each of them.

    Where all items have links to places in a page, they are notes or contents, and no points.
    """
    for each in page.iter("ol"):
        items = each.findall("li")
        if all(any("#" in link.get("href", "") for link in item.iter("a")) for item in items):
            continue
        backwards = "reversed" in each.attrib
        written = _TYPES.get(each.get("type", "").strip(), str)
        number = _whole(each.get("start"), len(items) if backwards else 1)
        for item in items:
            number = _whole(item.get("value"), number)
            label = f"{written(number)}. "
            words = "".join(_words(item)).lstrip()
            if words:
                yield label
            if words and not words.startswith(label):
                item.text = label + (item.text or "").lstrip()
            number += -1 if backwards else 1


def _words(part: Any) -> Iterator[str]:
    """The words of a part of a page, without remarks, scripts and styles."""
    yield part.text or ""
    for each in part:
        if isinstance(each.tag, str) and each.tag not in ("script", "style"):
            yield from _words(each)
        yield each.tail or ""


def _whole(written: str | None, otherwise: int) -> int:
    found = _WHOLE.match(written or "")
    return int(found[1]) if found else otherwise


def _paragraphs(text: str, title: str | None, numbers: frozenset[str]) -> str:
    lines = (_undashed(line.strip(), numbers) for line in text.splitlines() if line.strip())
    body = "\n\n".join(lines)
    if title and not body.startswith(title):
        body = f"{title}\n\n{body}"
    return body + "\n"


def _undashed(line: str, numbers: frozenset[str]) -> str:
    """A line without the dash that stands before every item of a list, if it has a number."""
    words = line.removeprefix("- ")
    return words if words.split(" ", 1)[0] + " " in numbers else line


def _date(written: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(written[:10]) if written else None
    except ValueError:
        return None
