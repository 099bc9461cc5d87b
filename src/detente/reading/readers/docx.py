"""Files of Word: paragraphs and tables in their order, tracked changes taken as accepted."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator
from typing import Any

from detente.errors import RequestError
from detente.reading.documents import LARGEST, Extract

__all__ = ["read_docx"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = (f"{_W}br", f"{_W}cr")


def read_docx(content: bytes) -> Extract:
    """Return the text of a Word file.

    What was inserted under tracked changes is read, what was deleted or moved away is not; the
    notes say how many of each there are, and how many comments.

    Raises
    ------
    ValueError
        If it is no Word file, locked, or unpacks to more than it should.
    """
    try:
        import docx
        from docx.opc.exceptions import PackageNotFoundError
        from lxml.etree import XMLSyntaxError
    except ImportError:
        raise RequestError(
            "Reading DOCX needs python-docx; install it with: pip install 'detente[reading]'"
        ) from None
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValueError(
            "is locked with a password, or in the old format of Word; save it as DOCX."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
            if unpacked > 5 * LARGEST:
                raise ValueError(
                    f"would unpack to {unpacked / 1e6:,.0f} MB, far more than a text needs."
                )
            if "word/document.xml" not in packed.namelist():
                raise ValueError("is a packed file, but none of Word.")
        document = docx.Document(io.BytesIO(content))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, XMLSyntaxError):
        raise ValueError("is no DOCX that can be read; it may be damaged.") from None
    body = document.element.body
    lines = [line for line in map(_words, body.iter(f"{_W}p")) if line.strip()]
    about = document.core_properties
    return Extract(
        "\n\n".join(lines) + "\n" if lines else "",
        about.title or None,
        about.author if about.author not in ("", "python-docx") else None,
        None,
        about.created.date() if isinstance(about.created, datetime.datetime) else None,
        tuple(_notes(body)),
    )


def _words(paragraph: Any) -> str:
    """The words of a paragraph as they would stand with all changes accepted."""
    found: list[str] = []
    for each in paragraph.iter():
        if any(up.tag in (f"{_W}del", f"{_W}moveFrom") for up in each.iterancestors()):
            continue
        if each.tag == f"{_W}t":
            found.append(each.text or "")
        elif each.tag == f"{_W}tab":
            found.append("\t")
        elif each.tag in _BREAKS:
            found.append("\n")
        elif each.tag == f"{_W}noBreakHyphen":
            found.append("-")
    return "".join(found)


def _notes(body: Any) -> Iterator[str]:
    inserted = sum(1 for _ in body.iter(f"{_W}ins", f"{_W}moveTo"))
    deleted = sum(1 for _ in body.iter(f"{_W}del", f"{_W}moveFrom"))
    comments = sum(1 for _ in body.iter(f"{_W}commentReference"))
    if inserted or deleted:
        yield (
            f"The file has tracked changes ({inserted} inserted, {deleted} deleted); it is read as "
            "if all of them were accepted."
        )
    if comments:
        yield f"The file has {comments} comments, which are not read."
