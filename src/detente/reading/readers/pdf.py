"""Files in PDF: the words of each page in their order, by pypdfium2."""

from __future__ import annotations

import datetime
import re
from typing import Any

from detente.errors import RequestError
from detente.reading.readers.extract import Extract

__all__ = ["paragraphs_of", "read_pdf"]

_MOST_PAGES = 2_000
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_ENDS = (".", "!", "?", ":", ";", "”", '"')
_NUMBERED = re.compile(r"(?:\d{1,3}[.)]|[•–—*-]|\([a-z0-9]{1,3}\)|Article\b|ARTICLE\b)\s?")
_SHORT, _VERY_SHORT = 0.75, 0.6
_CUT = re.compile(r"[\x02\ufffe](?:\r?\n)?")
"""A hyphen at the end of a line, which is often all that is left of that end."""


def read_pdf(content: bytes) -> Extract:
    """Return the text of a PDF, lines joined to paragraphs and words that a line end cut joined.

    Raises
    ------
    ValueError
        If it is damaged or encrypted, or holds pictures of pages only.
    """
    try:
        import pypdfium2
    except ImportError:
        raise RequestError(
            "Reading PDF needs pypdfium2; install it with: pip install 'detente[reading]'"
        ) from None
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as wrong:
        if "password" in str(wrong).lower():
            raise ValueError("is locked with a password; save it without one.") from None
        raise ValueError("is no PDF that can be read; it may be damaged.") from None
    pages: list[str] = []
    try:
        if len(document) > _MOST_PAGES:
            raise ValueError(f"has {len(document):,} pages; divide it, {_MOST_PAGES:,} are read.")
        for page in document:
            words = page.get_textpage()
            pages.append(words.get_text_bounded())
            words.close()
            page.close()
        title, author, made = (_about(document, key) for key in ("Title", "Author", "CreationDate"))
    except pypdfium2.PdfiumError:
        raise ValueError(
            f"has a page that cannot be read, page {len(pages) + 1}; it may be damaged."
        ) from None
    finally:
        document.close()
    text = "\n\n".join(paragraphs_of(page) for page in pages if page.strip())
    if not text.strip():
        raise ValueError("holds no text, only pictures of pages; have the words recognised first.")
    return Extract(text + "\n", title or None, author or None, made=_date(made))


def _about(document: Any, key: str) -> str:
    """What a PDF says of itself; nothing where it is no text."""
    try:
        words: str = document.get_metadata_value(key)
    except UnicodeDecodeError:
        return ""
    return words.strip()


def paragraphs_of(page: str) -> str:
    r"""Return the lines of a page joined to paragraphs, with blank lines between.

    A line goes on in the next one unless it is short and ends a sentence, it is very short and the
    next one begins with a capital, as below a heading, the next one begins a numbered item, or a
    blank line stands between.

    Examples
    --------
    >>> print(paragraphs_of("The parties agree to with\ufffe\ndraw all of their forces.\n2. Then"))
    The parties agree to withdraw all of their forces.
    <BLANKLINE>
    2. Then
    """
    lines = _CUT.sub("\ufffe\n", page).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    width = max((len(line) for line in lines), default=0)
    found: list[str] = []
    fresh, alone = True, False
    for raw in lines:
        line = raw.strip()
        if not line:
            fresh = True
            continue
        if found and found[-1].endswith("\ufffe"):
            found[-1] = found[-1][:-1] + line
        elif fresh or (alone and line[0].isupper()) or _NUMBERED.match(line):
            found.append(line)
        else:
            found[-1] += f" {line}"
        fresh = len(raw) < _SHORT * width and line.endswith(_ENDS)
        alone = len(raw) < _VERY_SHORT * width
    return "\n\n".join(each.replace("\ufffe", "-") for each in found)


def _date(written: str) -> datetime.date | None:
    found = _DATE.match(written)
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
