"""How well stances are read: confusion matrices of the table alone and with the network beside it.

Run ``python benchmarks/stance.py``. The passages of ``tests/reading/stance_unseen.tsv`` were
written by somebody who knew neither the table nor what the network learnt from. The sentences of
``stance.yaml`` were written by the hand that wrote the table, and just before; those of
``stance_harder.yaml`` afterwards. The gists of the case ``ukraine-2025`` have the stances its
analysts gave them toward a draft or a point, which the words alone often do not tell.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import detente
from detente.reading.engines import open_engine
from detente.reading.stances.find import find_stance
from detente.reading.stances.weighed import weighed_stance
from detente.reading.training.labels import Label, read_labels, tally

TESTS = Path(__file__).resolve().parents[1] / "tests"
sys.path.insert(0, str(TESTS))

LEVELS: tuple[int | None, ...] = (-3, -2, -1, 0, 1, 2, 3, None)
Labels = list[Label]


def matrix(pairs: Iterable[tuple[int | None, int | None]]) -> str:
    """The counts as a table: a row for what is meant, a column for what was read."""
    counts = Counter(pairs)
    name = {level: "?" if level is None else f"{level:+d}" if level else "0" for level in LEVELS}
    lines = ["meant \\ read " + "".join(f"{name[level]:>5}" for level in LEVELS)]
    for meant in LEVELS:
        cells = "".join(f"{counts[meant, read] or '.':>5}" for read in LEVELS)
        lines.append(f"{name[meant]:>12} {cells}")
    return "\n".join(lines)


def of_sentences(half: int, name: str) -> Labels:
    from reading.sentences import stance_sentences

    return [Label(each.says, each.level) for each in stance_sentences(half, name)]


def of_statements() -> Labels:
    case = detente.load(detente.example_folder("ukraine-2025"))
    return [
        Label(each.gist, round(each.stance)) for each in case.statements if each.stance is not None
    ]


def main() -> None:
    opinions = open_engine("tagger")[1].opinions
    if opinions is None:
        raise SystemExit("The network for stances is not there.")
    for title, labels in (
        ("Unseen passages, by another hand", read_labels(TESTS / "reading" / "stance_unseen.tsv")),
        ("Plain sentences, tuning half", of_sentences(0, "stance.yaml")),
        ("Plain sentences, held-out half", of_sentences(1, "stance.yaml")),
        ("Harder sentences, tuning half", of_sentences(0, "stance_harder.yaml")),
        ("Harder sentences, held-out half", of_sentences(1, "stance_harder.yaml")),
        ("Statements of the flagship", of_statements()),
    ):
        words = [each.passage for each in labels]
        table = [find_stance(each) for each in words]
        both = [
            weighed_stance(*each).level for each in zip(words, table, opinions(words), strict=True)
        ]
        meant = [each.level for each in labels]
        print(f"{title}\n{matrix(zip(meant, both, strict=True))}")
        print(f"table alone: {tally((m, t.level) for m, t in zip(meant, table, strict=True))}")
        print(f"with the network: {tally(zip(meant, both, strict=True))}\n")


if __name__ == "__main__":
    main()
