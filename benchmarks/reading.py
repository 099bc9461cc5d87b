"""Words a second of both reading engines, each beside the bare machinery under it, in one run.

Run ``python benchmarks/reading.py [--texts 80]`` from a checkout: the corpus is read, whole. The
rules stand beside the parse alone, the tagger beside the network alone; then the share of all that
is around them. Another row reads with everything: speakers, stances, quantities, points.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path

from detente.reading.attributions.attribution import units_of
from detente.reading.attributions.rules import attributions_of
from detente.reading.attributions.tagger import Tagger
from detente.reading.attributions.tags import words_of
from detente.reading.engines import english_pipeline, folder_of, open_engine
from detente.reading.read import read_document
from detente.reading.training.brat import read_corpus

CORPUS = Path(__file__).parents[1] / "corpus"


def seconds(run: Callable[[], object]) -> float:
    """The best of three."""
    found = []
    for _ in range(3):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=80)
    chosen = parser.parse_args()
    texts = [each.text for each in read_corpus(CORPUS)][: chosen.texts]
    paths = sorted((CORPUS / "text").glob("*.txt"))[: chosen.texts]
    words = sum(len(text.split()) for text in texts)
    pipeline = english_pipeline()
    parsed = [pipeline(text) for text in texts]
    folder = folder_of("tagger")
    rows = [
        ("parse alone", seconds(lambda: [pipeline(text) for text in texts])),
        ("rules on a parse that is there", seconds(lambda: [attributions_of(p) for p in parsed])),
        ("rules with the parse", seconds(lambda: [attributions_of(pipeline(t)) for t in texts])),
    ]
    if folder is not None:
        tagger = Tagger(folder)

        def network() -> None:
            for text in texts:
                units = list(units_of(text))
                for _ in tagger.scores(text, units, [words_of(text, unit) for unit in units]):
                    pass

        engine = open_engine("tagger")[1]
        rows += [
            ("network alone", seconds(network)),
            ("tagger", seconds(lambda: [tagger.attributions(text) for text in texts])),
            (
                "everything, with the tagger",
                seconds(lambda: [read_document(p, engine) for p in paths]),
            ),
        ]
    print(f"{len(texts)} texts, {words:,} words, the best of three")
    for name, spent in rows:
        print(f"{name:32s} {words / spent:>10,.0f} words/s")
    print(f"rules keep {rows[0][1] / rows[2][1]:.0%} of the speed of the parse")
    if folder is not None:
        print(f"tagger keeps {rows[3][1] / rows[4][1]:.0%} of the speed of the network")
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
