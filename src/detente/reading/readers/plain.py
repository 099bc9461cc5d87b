"""Plain text: as it stands, in UTF-8, or UTF-16 with its mark."""

from __future__ import annotations

from detente.reading.readers.extract import Extract

__all__ = ["decoded", "read_plain"]

_CONTROL = 0.02


def read_plain(content: bytes) -> Extract:
    r"""Return a text as it stands; line breaks of Windows become plain ones.

    Raises
    ------
    ValueError
        If it is no text, or in another encoding.

    Examples
    --------
    >>> read_plain("Größe\r\nzwei".encode()).text
    'Größe\nzwei'
    """
    text = decoded(content)
    strange = sum(1 for each in text[:100_000] if each < " " and each not in "\t\n\r\f")
    if "\0" in text or strange > _CONTROL * len(text[:100_000]):
        raise ValueError("is no text; give plain text, HTML, PDF or DOCX.")
    return Extract(text.replace("\r\n", "\n").replace("\r", "\n"))


def decoded(content: bytes) -> str:
    """Return text from bytes in UTF-8, or in UTF-16 where they say so."""
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise ValueError(
            f"is not in UTF-8: byte {content[wrong.start]:#04x} stands at place "
            f"{wrong.start + 1:,}; save it as UTF-8."
        ) from None
