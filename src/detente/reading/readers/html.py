"""Pages in HTML: the main text, without menus and scripts, by trafilatura. Nothing is fetched."""

from __future__ import annotations

import datetime
import logging
from typing import Any

from detente.errors import RequestError
from detente.reading.documents import Extract

__all__ = ["read_html"]

_STATED = {"extensive_search": False, "original_date": True}
"""The day on which the page says that it was published, and no other that it speaks of."""


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
    found: Any = trafilatura.bare_extraction(
        content, include_comments=False, include_tables=True, with_metadata=True,
        favor_recall=True, date_extraction_params=_STATED,
    )  # fmt: skip
    text = "" if found is None else (found.text or "")
    if not text.strip():
        raise ValueError(
            "holds no text outside of scripts; save the page as a browser shows it, or as text."
        )
    return Extract(
        _paragraphs(text, found.title), found.title, found.author, found.sitename or found.hostname,
        _date(found.date),
    )  # fmt: skip


def _paragraphs(text: str, title: str | None) -> str:
    body = "\n\n".join(line.strip() for line in text.splitlines() if line.strip())
    if title and not body.startswith(title):
        body = f"{title}\n\n{body}"
    return body + "\n"


def _date(written: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(written[:10]) if written else None
    except ValueError:
        return None
