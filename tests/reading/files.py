"""Small files of every kind that is read, made as the tests need them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

__all__ = ["ARTICLE", "article", "docx_file", "packed", "paragraph", "pdf_file", "repacked"]

ARTICLE = (
    "Envoys meet in Lakeside\n\n"
    "By Mara Quill\n"
    "Lakeside, 4 March 2025\n\n"
    "The envoy of Norland said that her country would sign the draft if the cap of 600,000 was "
    "raised.\n\n"
    "“We will not sign it today,” the minister of Sudland said on Monday.\n"
)

_BODY = (
    "<h1>Envoys meet in Lakeside</h1>"
    "<p>The envoy of Norland said that her country would sign the draft if the cap of 600,000 "
    "was raised.</p>"
    "<p>“We will not sign it today,” the minister of Sudland said on Monday, and he left the "
    "room in which the delegations had met.</p>"
)


def article(head: str = "", body: str = "", doctype: str = "<!DOCTYPE html>") -> bytes:
    """A page with menus around an article; more for its head, and for the end of its text."""
    return (
        f"{doctype}<html><head><title>Envoys meet in Lakeside</title>{head}</head><body>"
        "<nav><ul><li><a href='/'>Front page</a></li><li><a href='/s'>Weather map</a></li></ul>"
        f"</nav><article>{_BODY}{body}</article>"
        "<footer>© 2019 All rights reserved. Imprint</footer></body></html>"
    ).encode()


def pdf_file(pages: Iterable[Sequence[str]], about: str = "", trailer: str = "") -> bytes:
    """A PDF with lines of text on pages; ``about`` stands in its information dictionary."""
    contents = [_stream(lines) for lines in pages]
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {about} >>".encode(),
    ]
    for at, stream in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (6 + 2 * at)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(objects) + 1, len(out)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R /Info 4 0 R %s >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (size, table, size, trailer.encode(), start)
    )


def _stream(lines: Sequence[str]) -> bytes:
    shown = b" ".join(
        b"(%s) Tj T*" % line.replace("(", r"\(").replace(")", r"\)").encode("cp1252")
        for line in lines
    )
    return b"BT /F1 12 Tf 14 TL 72 720 Td %s ET" % shown if lines else b"72 72 400 600 re f"


def docx_file(*paragraphs: str, change: Callable[[Any], None] | None = None) -> bytes:
    """A Word file with paragraphs, made by python-docx; ``change`` may do more to it."""
    import docx

    document = docx.Document()
    for each in paragraphs:
        document.add_paragraph(each)
    if change is not None:
        change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def paragraph(xml: str) -> bytes:
    """A Word file whose only paragraph holds what is given in its XML."""
    return repacked(docx_file("HERE"), {"word/document.xml": ("<w:r><w:t>HERE</w:t></w:r>", xml)})


def repacked(content: bytes, changes: dict[str, tuple[str, str]]) -> bytes:
    """A packed file in which words of some parts, which must be there, are replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for name, (before, after) in changes.items():
        assert before.encode() in parts[name]
        parts[name] = parts[name].replace(before.encode(), after.encode())
    return packed(parts)


def packed(parts: dict[str, bytes]) -> bytes:
    """A packed file of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()
