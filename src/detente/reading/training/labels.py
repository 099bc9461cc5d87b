"""Passages with the stances that somebody gave them: what a network learns from, and its score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import RequestError
from detente.reading.review.decisions import read_decisions
from detente.reading.stances.find import find_stance
from detente.reading.stances.weighed import weighed_stance

if TYPE_CHECKING:
    from detente.reading.stances.network import StanceNetwork

__all__ = ["Label", "Tally", "held_back", "labels_of_case", "read_labels", "score_stances", "tally"]

_LEVELS = {str(level): level for level in range(-3, 4)} | {"?": None}
_BLOCK = 40
_TENTH = 10


@dataclass(frozen=True, slots=True)
class Label:
    """A passage, and its level; None where it takes no stance, or none that is clear."""

    passage: str
    level: int | None


def read_labels(path: Path) -> list[Label]:
    """Return the labels of a file: in each line a level or ``?``, a tabulator, and a passage.

    Raises
    ------
    RequestError
        If the file cannot be read, or a line is something else.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as wrong:
        raise RequestError(f"{path}: cannot be read: {wrong}.") from None
    found = []
    for number, line in enumerate(lines, 1):
        level, tab, passage = line.partition("\t")
        if not line.strip():
            continue
        if not tab or level not in _LEVELS or not passage.strip():
            raise RequestError(
                f"{path}:{number}:1: '{level[:20]}' begins no label; expected a level from -3 to 3 "
                "or ?, a tabulator, and a passage."
            )
        found.append(Label(passage.strip(), _LEVELS[level]))
    return found


def labels_of_case(folder: Path) -> list[Label]:
    """Return what a person accepted in reviews of a case, with the stance it was given."""
    found = []
    for each in read_decisions(folder):
        stance = each.label.get("made", {}).get("stance") if each.kind == "accepted" else None
        if stance is not None:
            cue = "" if each.label.get("kind") == "direct" else each.label.get("cue") or ""
            words = f"{cue} {each.label.get('content', '')}"
            found.append(Label(" ".join(words.split()), round(float(stance))))
    return found


def held_back(labels: Sequence[Label]) -> tuple[list[Label], list[Label]]:
    """Return labels to learn from, and a tenth to score on: whole blocks, as neighbours are alike.

    Examples
    --------
    >>> learnt, scored = held_back([Label(f"Number {n}.", None) for n in range(800)])
    >>> len(learnt), len(scored), scored[0].passage
    (720, 80, 'Number 0.')
    """
    learnt: list[Label] = []
    scored: list[Label] = []
    for place, each in enumerate(labels):
        (learnt if place // _BLOCK % _TENTH else scored).append(each)
    return learnt, scored


@dataclass(frozen=True, slots=True)
class Tally:
    """How many stances were read as they are meant.

    Parameters
    ----------
    clear
        Passages that take a stance.
    exact, near, far
        Of these, read with the level that is meant, one beside it, or another.
    turned
        Of the last two, those with the other sign.
    open
        Passages with a stance that were left open.
    unclear, kept
        Passages that take none, and those of them that were left open.
    """

    clear: int
    exact: int
    near: int
    far: int
    turned: int
    open: int
    unclear: int
    kept: int

    def __str__(self) -> str:
        return (
            f"Of {self.clear} stances {self.exact} are read exactly, {self.near} one level off, "
            f"{self.far} further off ({self.turned} turned round), {self.open} left open; "
            f"of {self.unclear} passages without one {self.kept} are left open."
        )


def tally(pairs: Iterable[tuple[int | None, int | None]]) -> Tally:
    """Return how many levels that were read are those that are meant.

    Examples
    --------
    >>> print(tally([(3, 3), (2, 1), (-2, 2), (1, None), (None, None)]))
    Of 4 stances 1 are read exactly, 1 one level off, 1 further off (1 turned round), 1 left open; \
of 1 passages without one 1 are left open.
    """
    clear = exact = near = far = turned = left = unclear = kept = 0
    for meant, read in pairs:
        if meant is None:
            unclear += 1
            kept += read is None
            continue
        clear += 1
        if read is None:
            left += 1
            continue
        off = abs(meant - read)
        exact, near, far = exact + (off == 0), near + (off == 1), far + (off > 1)
        turned += meant * read < 0
    return Tally(clear, exact, near, far, turned, left, unclear, kept)


def score_stances(network: StanceNetwork, labels: Sequence[Label]) -> Tally:
    """Return how well a network and the table of phrases together read labelled passages."""
    opinions = network.opinions([each.passage for each in labels])
    return tally(
        (each.level, weighed_stance(each.passage, find_stance(each.passage), opinion).level)
        for each, opinion in zip(labels, opinions, strict=True)
    )
