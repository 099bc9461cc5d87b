"""A network for stances of one's own, from labelled passages: ``detente train-stances``.

A level counts as nearly right beside the one that is meant, and is learnt so: a little of each
label is given to its neighbours (after Szegedy et al. 2016, section 7, but by nearness).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from detente.errors import RequestError
from detente.reading.network import plain_marks
from detente.reading.stances.network import LEVELS
from detente.reading.training.fitting import Example, Recipe, export, fit, open_base
from detente.reading.training.labels import Label

__all__ = ["RECIPE", "targets", "train_stances"]

RECIPE = Recipe(epochs=6, rate=2e-4, pieces=800, layers=4)
"""Four of six layers read stances as well, a third faster."""

_LONGEST = 160
_OWN, _BESIDE = 0.85, 0.12
_FEWEST = 50


def targets() -> list[list[float]]:
    """Return, for each of the levels, what the shares of all should be.

    Examples
    --------
    >>> [round(share, 3) for share in targets()[1]]
    [0.06, 0.85, 0.06, 0.0, 0.0, 0.0, 0.0, 0.03]
    >>> all(abs(sum(row) - 1) < 1e-9 for row in targets())
    True
    """
    levels = len(LEVELS) - 1
    found = []
    for own in range(levels):
        beside = [each for each in (own - 1, own + 1) if 0 <= each < levels]
        row = [_BESIDE / len(beside) if each in beside else 0.0 for each in range(levels)]
        row[own] = _OWN
        found.append([*row, 1.0 - _OWN - _BESIDE])
    return [*found, [(1.0 - _OWN) / levels] * levels + [_OWN]]


def train_stances(
    labels: Sequence[Label],
    folder: Path,
    recipe: Recipe = RECIPE,
    *,
    progress: Callable[[float], None] = lambda _: None,
) -> Path:
    """Return the folder of a network for stances that was fitted to labels.

    Parameters
    ----------
    folder
        Where it is written; what is half done is kept there, and gone on with.

    Raises
    ------
    RequestError
        If the extra ``train`` is not installed, or the labels are too few.
    """
    if len(labels) < _FEWEST or len({each.level for each in labels}) < 2:
        raise RequestError(
            f"There are {len(labels)} labels to learn from; at least {_FEWEST} are needed, and of "
            "more than one level."
        )
    torch, encoder, tokenizer = open_base(_LONGEST)
    examples = [
        Example(tuple(tokenizer.encode(plain_marks(each.passage)).ids), (LEVELS.index(each.level),))
        for each in labels
    ]
    wanted = torch.tensor(targets())

    def loss_of(scores: Any, mask: Any, batch: Sequence[Example]) -> Any:
        there = mask.unsqueeze(-1)
        means = (scores * there).sum(1) / there.sum(1)
        return torch.nn.functional.cross_entropy(means, wanted[[each.target[0] for each in batch]])

    model = fit(torch, encoder, len(LEVELS), examples, loss_of, recipe, folder, progress)
    about = {"levels": LEVELS, "labels": len(labels), "recipe": asdict(recipe)}
    export(torch, model, tokenizer, folder / "stances.onnx", about)
    return folder
