"""Files of Word: paragraphs and tables in their order, tracked changes taken as accepted.

Numbers of automatic lists are written into the text; footnotes and endnotes stand at its end.
Headers and footers are left out: they stand on every page, and say what the page is, not what is
agreed.
"""

from __future__ import annotations

import datetime
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

from detente.errors import RequestError
from detente.reading.readers.extract import LARGEST, Extract
from detente.reading.readers.word_lists import WordLists

__all__ = ["read_docx"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHARACTERS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_GONE = (f"{_W}del", f"{_W}moveFrom")
_LEFT_OUT = (
    *_GONE,
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)
"""What was deleted or moved away, and what stands in the file once more for old programs."""

_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DAMAGED = "is no DOCX that can be read; it may be damaged."


def read_docx(content: bytes) -> Extract:
    """Return the text of a Word file.

    What was inserted under tracked changes is read, what was deleted or moved away is not; the
    notes say how many of each there are, and how many comments.

    Raises
    ------
    ValueError
        If it is no Word file, locked, or unpacks to more than it should.
    """
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValueError(
            "is locked with a password, or in the old format of Word; save it as DOCX."
        )
    _check(content)
    document = _opened(content)
    lists = WordLists(_related(document, "numbering"), _related(document, "styles"))
    body = document.element.body
    below = [
        note for kind in ("footnote", "endnote")
        for note in _below(body, kind, _related(document, f"{kind}s"))
    ]  # fmt: skip
    lines = [
        *_lines(body, lists),
        *(line.strip() for note in below for line in _lines(note, lists)),
    ]
    text = "\n\n".join(line for line in lines if line.strip()) + "\n"
    title, author, made = _about(document)
    return Extract(
        text, title or None, author or None, made=made, notes=tuple(_notes([body, *below]))
    )


def _check(content: bytes) -> None:
    """Raise a :class:`ValueError` if it is no packed file of Word, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise ValueError(_DAMAGED) from None
    unpacked = sum(each.file_size for each in parts)
    if unpacked > 5 * LARGEST:
        raise ValueError(f"would unpack to {unpacked / 1e6:,.0f} MB, far more than a text needs.")
    if all(each.filename != "word/document.xml" for each in parts):
        raise ValueError("is a packed file, but none of Word.")


def _opened(content: bytes) -> Any:
    try:
        import docx
        from docx.opc.exceptions import PackageNotFoundError
        from lxml.etree import XMLSyntaxError
    except ImportError:
        raise RequestError(
            "Reading DOCX needs python-docx; install it with: pip install 'detente[reading]'"
        ) from None
    damages = (
        zipfile.BadZipFile, zlib.error, AttributeError, EOFError, NotImplementedError, RuntimeError,
        KeyError, PackageNotFoundError, TypeError, ValueError, XMLSyntaxError,
    )  # fmt: skip
    try:
        document = docx.Document(io.BytesIO(content))
    except damages:
        raise ValueError(_DAMAGED) from None
    if getattr(document.element, "body", None) is None:
        raise ValueError(_DAMAGED)
    return document


def _about(document: Any) -> tuple[str, str, datetime.date | None]:
    """The title and the author of a file, and the day on which it was made."""
    try:
        about = document.core_properties
        title, author, made = about.title, about.author, about.created
    except (AttributeError, ValueError):
        raise ValueError(_DAMAGED) from None
    if author == "python-docx":  # its template, and no day of this file
        return title, "", None
    return title, author, made.date() if isinstance(made, datetime.datetime) else None


def _related(document: Any, kind: str) -> Any:
    """A part of the file beside its body, as its styles, or none."""
    from docx.oxml import parse_xml
    from lxml.etree import XMLSyntaxError

    for each in document.part.rels.values():
        if each.reltype == f"{_RELATED}/{kind}" and not each.is_external:
            try:
                return parse_xml(each.target_part.blob)
            except XMLSyntaxError:
                raise ValueError(_DAMAGED) from None
    return None


def _below(body: Any, kind: str, written: Any) -> list[Any]:
    """The notes of one kind, in the order in which the text refers to them."""
    notes = {} if written is None else {
        each.get(f"{_W}id"): each for each in written.iterchildren(f"{_W}{kind}")
    }  # fmt: skip
    named = dict.fromkeys(
        each.get(f"{_W}id") for each in body.iter(f"{_W}{kind}Reference") if not _is_left_out(each)
    )
    return [notes[name] for name in named if name in notes]


def _lines(part: Any, lists: WordLists) -> Iterator[str]:
    """The paragraphs as they would stand with all changes accepted."""
    before = ""
    for paragraph in part.iter(f"{_W}p"):
        if _is_left_out(paragraph):
            continue
        before += "".join(_words(paragraph))
        if all(paragraph.find(f"{_W}pPr/{_W}rPr/{gone}") is None for gone in _GONE):
            yield lists.numbered(paragraph, before)
            before = ""
    yield before


def _is_left_out(part: Any) -> bool:
    return any(up.tag in _LEFT_OUT for up in part.iterancestors())


def _words(part: Any) -> Iterator[str]:
    """The words of a paragraph, without the paragraphs in boxes that stand inside it."""
    for each in part:
        if each.tag == f"{_W}t":
            yield each.text or ""
        elif each.tag in _CHARACTERS:
            yield _CHARACTERS[each.tag]
        elif each.tag not in (f"{_W}p", f"{_W}pPr", *_LEFT_OUT):
            yield from _words(each)


def _notes(parts: Sequence[Any]) -> Iterator[str]:
    inserted, deleted, comments = (
        sum(1 for part in parts for _ in part.iter(*(f"{_W}{name}" for name in names)))
        for names in (("ins", "moveTo"), ("del", "moveFrom"), ("commentReference",))
    )
    if inserted or deleted:
        yield (
            f"The file has tracked changes ({inserted} inserted, {deleted} deleted); it is read as "
            "if all of them were accepted."
        )
    if comments:
        yield (
            "The file has 1 comment, which is not read."
            if comments == 1
            else f"The file has {comments} comments, which are not read."
        )
