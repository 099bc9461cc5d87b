"""Documents: the text of a file, with its title, date, outlet, author and checksum.

The text never changes; every place that reading names is an offset into it. Nothing is fetched, no
script runs, no entity or link is followed.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from detente.errors import RequestError
from detente.reading.bylines import agency_of, author_of
from detente.reading.quantities.find import find_quantities
from detente.reading.quantities.quantity import Kind
from detente.reading.readers.extract import LARGEST, Extract

__all__ = ["Document", "open_document"]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it is read.

    Parameters
    ----------
    file
        The file it came from, as it was given.
    text
        The words, paragraphs divided by line breaks.
    sha256
        Of the text in UTF-8.
    as_stored
        Whether the file holds just this text in UTF-8, so that places in it are places in the file.
    """

    file: str
    text: str
    sha256: str
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    date: datetime.date | None = None
    notes: tuple[str, ...] = ()
    as_stored: bool = False


def open_document(path: Path) -> Document:
    r"""Return the document in a file: plain text, HTML, PDF or DOCX, by what the file holds.

    Raises
    ------
    RequestError
        If it cannot be read, is empty, too large, encrypted, or holds no text.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "note.txt")
    ...     _ = path.write_text("Talks resume\n\nHe said no.\n", encoding="utf-8")
    ...     document = open_document(path)
    >>> document.title, document.text.count("\n"), document.sha256[:8]
    ('Talks resume', 3, 'd90404c1')
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)  # what a pipe holds is not known beforehand
    except OSError as wrong:
        raise RequestError(f"{path}: cannot be read: {wrong.strerror}.") from None
    if len(content) > LARGEST:
        raise RequestError(
            f"{path}: is too large; documents of up to {LARGEST / 1e6:g} MB are read, so divide it."
        )
    if not content.strip():
        raise RequestError(f"{path}: is empty.")
    try:
        found = _reader_of(path, content)(content)
    except ValueError as wrong:
        raise RequestError(f"{path}: {wrong}") from None
    if not found.text.strip():
        raise RequestError(f"{path}: holds no text.")
    if len(found.text) > LARGEST:
        raise RequestError(f"{path}: holds more than {LARGEST:,} characters; divide it.")
    stored = found.text.encode("utf-8", "surrogatepass")
    return Document(
        str(path), found.text, hashlib.sha256(stored).hexdigest(),
        found.title or _first_line(found.text),
        found.author or author_of(found.text), found.outlet or agency_of(found.text),
        found.date or _date_of(found.text) or found.made, found.notes, stored == content,
    )  # fmt: skip


def _reader_of(path: Path, content: bytes) -> Callable[[bytes], Extract]:
    suffix = path.suffix.lower()
    if content.startswith(b"%PDF-") or suffix == ".pdf":
        return _READERS["pdf"]
    if content.startswith(b"PK\x03\x04") or suffix == ".docx":
        return _READERS["docx"]
    head = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    markup = head.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml")) and b"<html" in head
    if suffix in (".html", ".htm", ".xhtml") or markup:
        return _READERS["html"]
    return _READERS["plain"]


def _plain(content: bytes) -> Extract:
    from detente.reading.readers.plain import read_plain

    return read_plain(content)


def _html(content: bytes) -> Extract:
    from detente.reading.readers.html import read_html

    return read_html(content)


def _pdf(content: bytes) -> Extract:
    from detente.reading.readers.pdf import read_pdf

    return read_pdf(content)


def _docx(content: bytes) -> Extract:
    from detente.reading.readers.docx import read_docx

    return read_docx(content)


_READERS: Mapping[str, Callable[[bytes], Extract]] = MappingProxyType(
    {"plain": _plain, "html": _html, "pdf": _pdf, "docx": _docx}
)

_LONGEST_TITLE = 200
_HEAD = 600
_SHORT_LINE = 80
_MOST_AFTER = 2
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE_DAY = re.compile(
    r"\W*|(?:\S+ ){0,6}\S*[,:;|(–—-]\s*|(?:[A-Z][\w.'’-]*\s+){1,3}|"
    r".*\b(?i:published|updated|posted|dated|issued|released|draft|version)\b.*"
)
"""What may stand before the day of a text: nothing, a place or a name, a word for publishing."""


def _date_of(text: str) -> datetime.date | None:
    """The day of a text: what stands alone, or nearly so, on one of its first lines."""
    for line in text[:_HEAD].splitlines():
        if len(line) > _SHORT_LINE:
            continue
        for found in find_quantities(line):
            if (
                found.kind is Kind.DATE
                and isinstance(found.value, datetime.date)
                and _BEFORE_DAY.fullmatch(line[: found.span[0]])
                and len(_WORD.findall(line[found.span[1] :])) <= _MOST_AFTER
            ):
                return found.value
    return None


def _first_line(text: str) -> str | None:
    for line in text.splitlines():
        if line.strip():
            words = line.strip().lstrip("#").strip()
            return words if len(words) <= _LONGEST_TITLE else None
    return None
