"""Pictures as text for pages and as files."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import RequestError
from detente.pictures.sheet import INK, clean, settings
from detente.text.files import write_whole

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.backend_bases import FigureCanvasBase
    from matplotlib.figure import Figure

__all__ = ["save_figure", "svg_of"]

_TAG = re.compile(r"<[^>]*>")
_IDENTITY = re.compile(r' id="([^"]*)"')
_USED = re.compile(r'(xlink:href="#|url\(#)([^")]*)')
_FAMILY = re.compile(r"font-family: [^;\"]*")
_LONG = re.compile(r"(\d+\.\d\d)\d+")
_STILL = re.compile(r' transform="rotate\(-0 [^"]*"')


def svg_of(figure: Figure) -> str:
    """Return a picture as SVG that stands alone or within a page, light or dark.

    Words stay words, in the page's colour; nothing is fetched; the same picture is the same text.
    What is marked carries its name and numbers as a title.

    Examples
    --------
    >>> import numpy as np
    >>> from detente.pictures.frontier import draw_frontier
    >>> text = svg_of(draw_frontier(["a", "b"], np.array([[0.0, 1.0], [1.0, 0.0]])))
    >>> text.startswith("<svg "), "currentColor" in text, "http://www.w3.org/2000/svg" in text
    (True, True, True)
    """
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    silent = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    text = _printed(figure, FigureCanvasSVG, "svg", silent, paper="none").decode()
    text = text[text.index("<svg") :]
    text = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", text, count=1, flags=re.DOTALL)
    titles = {
        str(artist.get_gid()): str(artist.get_label()) for artist in figure.findobj(_has_title)
    }
    salt = hashlib.sha256(text.encode()).hexdigest()[:8]
    used = dict.fromkeys(found[1] for found in _USED.findall(text))
    names = {name: f"p{salt}-{place}" for place, name in enumerate(used)}
    text = _TAG.sub(lambda tag: _rewrite(tag.group(), names, titles), text)
    heading = escape(clean(str(figure.get_label()) or "Picture"))
    opening = f'<svg role="img" aria-label="{heading}" style="stroke-linejoin: round" '
    return text.replace("<svg ", opening, 1).replace(">", f">\n <title>{heading}</title>", 1)


def save_figure(figure: Figure, path: Path) -> None:
    """Write a picture to a file, whole or not at all.

    Parameters
    ----------
    figure
        The picture.
    path
        Where to; its suffix says in which form: ``.svg``, ``.png`` or ``.pdf``.

    Raises
    ------
    RequestError
        If the suffix is another.
    OSError
        If the file cannot be written; one that was there before is then as it was.
    """
    form = _FORMS.get(path.suffix.lower())
    if form is None:
        raise RequestError(
            f"Pictures are written as .svg, .png or .pdf; '{clean(path.name)}' is none of these."
        )
    write_whole(path.resolve(), form(figure))  # a link stays a link


def _svg(figure: Figure) -> bytes:
    return f"{svg_of(figure)}\n".encode()


def _png(figure: Figure) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    return _printed(figure, FigureCanvasAgg, "png", {"Software": None})


def _pdf(figure: Figure) -> bytes:
    from matplotlib.backends.backend_pdf import FigureCanvasPdf

    return _printed(figure, FigureCanvasPdf, "pdf", {"CreationDate": None})


def _printed(
    figure: Figure,
    canvas: type[FigureCanvasBase],
    form: str,
    metadata: dict[str, None],
    paper: str = "white",
) -> bytes:
    stream = io.BytesIO()
    with settings(), _canvas_kept(figure):
        canvas(figure).print_figure(
            stream, format=form, dpi=200, facecolor=paper, metadata=metadata
        )
    return stream.getvalue()


_FORMS: dict[str, Callable[[Figure], bytes]] = {".svg": _svg, ".png": _png, ".pdf": _pdf}


@contextmanager
def _canvas_kept(figure: Figure) -> Iterator[None]:
    """Give a figure its own canvas back, whatever it was drawn on in between."""
    canvas = figure.canvas
    try:
        yield
    finally:
        figure.set_canvas(canvas)


def _has_title(artist: Artist) -> bool:
    return artist.get_gid() is not None


def _rewrite(tag: str, names: dict[str, str], titles: dict[str, str]) -> str:
    """One tag of the SVG: page colours, short numbers, names that no other picture has."""
    name = _IDENTITY.search(tag)
    tag = _STILL.sub("", _LONG.sub(r"\1", tag))
    tag = _FAMILY.sub("font-family: sans-serif", tag).replace(INK, "currentColor")
    tag = _USED.sub(lambda found: f"{found[1]}{names[found[2]]}", tag)
    if name is None:
        return tag
    title = titles.get(name[1])
    tag = tag.replace(name[0], f' id="{names[name[1]]}"' if name[1] in names else "")
    return tag if title is None else f"{tag}<title>{escape(title)}</title>"
