"""How well stances are read: a confusion matrix for sentences and for statements of the flagship.

Run ``python benchmarks/stance.py``. The sentences are those of ``tests/reading/stance.yaml`` and
``stance_harder.yaml``, half of each not scored while the tables were tuned. But the plain ones were
written by the hand that wrote the tables, and just before: read their figures as what is reached
where a text uses the usual phrases. The harder ones, and the paraphrases of the case
``ukraine-2025`` with the stances its analysts gave them, which avoid those phrases on purpose, show
how often that is so.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import detente
from detente.reading.stance import find_stance

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

LEVELS: tuple[int | None, ...] = (-3, -2, -1, 0, 1, 2, 3, None)
Pairs = list[tuple[int | None, int | None]]


def matrix(pairs: Iterable[tuple[int | None, int | None]]) -> str:
    """The counts as a table: a row for what is meant, a column for what was read."""
    counts = Counter(pairs)
    name = {level: "?" if level is None else f"{level:+d}" if level else "0" for level in LEVELS}
    lines = ["meant \\ read " + "".join(f"{name[level]:>5}" for level in LEVELS)]
    for meant in LEVELS:
        cells = "".join(f"{counts[meant, read] or '.':>5}" for read in LEVELS)
        lines.append(f"{name[meant]:>12} {cells}")
    return "\n".join(lines)


def summary(pairs: Pairs) -> str:
    """Accuracy where the meaning is clear, and what else a reader wants to know."""
    clear = [(meant, read) for meant, read in pairs if meant is not None]
    told = [(meant, read) for meant, read in clear if read is not None]
    exact = sum(meant == read for meant, read in clear)
    near = sum(abs(meant - read) <= 1 for meant, read in told)
    turned = sum(meant * read < 0 for meant, read in told)
    unclear = [read for meant, read in pairs if meant is None]
    kept = sum(read is None for read in unclear)
    return (
        f"clear {len(clear)}: exact {exact} ({exact / len(clear):.1%}), at most one off {near}, "
        f"turned round {turned}, left open {len(clear) - len(told)}; "
        f"not clear {len(unclear)}: left open {kept}"
    )


def of_sentences(half: int, name: str) -> Pairs:
    from reading.sentences import stance_sentences

    return [(each.level, each.found().level) for each in stance_sentences(half, name)]


def of_statements() -> Pairs:
    case = detente.load(detente.example_folder("ukraine-2025"))
    return [
        (round(each.stance), find_stance(each.gist).level)
        for each in case.statements
        if each.stance is not None
    ]


def main() -> None:
    for title, pairs in (
        ("Sentences, tuning half", of_sentences(0, "stance.yaml")),
        ("Sentences, held-out half", of_sentences(1, "stance.yaml")),
        ("Harder sentences, tuning half", of_sentences(0, "stance_harder.yaml")),
        ("Harder sentences, held-out half", of_sentences(1, "stance_harder.yaml")),
        ("Statements of the flagship", of_statements()),
    ):
        print(f"{title}\n{matrix(pairs)}\n{summary(pairs)}\n")


if __name__ == "__main__":
    main()
