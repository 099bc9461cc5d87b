"""Precedents: a table read the first time, from the cache, and by pandas with openpyxl.

Run ``python benchmarks/precedents.py --pax FILE [--ucdp FILE] [--repeat 5]`` on tables that were
downloaded; ``pip install pandas openpyxl`` for the rival. Both ways count the same topics of the
same file in one run, and must agree.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from detente.case.examples import example_folder
from detente.case.load import load
from detente.precedents.find import Precedents, Request, find_precedents
from detente.precedents.pax import open_agreements
from detente.precedents.ucdp import open_treaties

EXAMPLE = "ukraine-2025"


def best(work: Callable[[], object], repeat: int) -> float:
    """Return the least time of several runs, in seconds."""
    found = float("inf")
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        found = min(found, time.perf_counter() - start)
    return found


def by_pandas(pax: Path, codes: list[str]) -> dict[str, int]:
    """Read the workbook as most people do, and count the agreements with each code."""
    import pandas as pd

    table = pd.read_csv(pax) if pax.suffix == ".csv" else pd.read_excel(pax, engine="openpyxl")
    return {code: int((table[code] > 0).sum()) for code in codes}


def command(arguments: list[str], cache: Path) -> None:
    """Run the command in its own process, as a user does."""
    words = [sys.executable, "-m", "detente", "precedents", EXAMPLE, *arguments, "--json"]
    environment = {**os.environ, "DETENTE_CACHE": str(cache)}
    subprocess.run(words, env=environment, check=True, capture_output=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pax", type=Path, required=True)
    parser.add_argument("--ucdp", type=Path)
    parser.add_argument("--repeat", type=int, default=5)
    chosen = parser.parse_args()
    case = load(example_folder(EXAMPLE))
    draft = case.drafts[0].id

    def ask(cache: Path) -> Precedents:
        agreements = open_agreements(chosen.pax, cache)
        treaties = None if chosen.ucdp is None else open_treaties(chosen.ucdp, cache)
        return find_precedents(case, agreements, treaties, Request(draft=draft))

    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        start = time.perf_counter()
        found = ask(cache / "own")
        first = time.perf_counter() - start
        later = best(lambda: ask(cache / "own"), chosen.repeat)
        arguments = ["--pax", str(chosen.pax), "--draft", draft]
        arguments += [] if chosen.ucdp is None else ["--ucdp", str(chosen.ucdp)]
        cold = best(lambda: command(arguments, cache / "process"), 1)
        warm = best(lambda: command(arguments, cache / "process"), chosen.repeat)
        size = sum(file.stat().st_size for file in (cache / "own").iterdir())
    tell(found, first, later, (cold, warm))
    print(f"  cache on disk                        {size / 1024:8.0f} KiB")
    rival(chosen.pax, found, first, later)


def tell(found: Precedents, first: float, later: float, process: tuple[float, float]) -> None:
    print(f"{found.base:,} agreements, {len(found.points)} points, {len(found.pairs)} pairs")
    print(f"  first: import, read, check, keep, ask {first:8.3f} s")
    print(f"  later: from the cache, ask            {later:8.3f} s  {first / later:6.1f} times")
    print(f"  the whole command, first              {process[0]:8.3f} s")
    print(f"  the whole command, later              {process[1]:8.3f} s")


def rival(pax: Path, found: Precedents, first: float, later: float) -> None:
    own = {each.asked.topic.code: each.frequencies[0] for each in found.points if each.exact}
    start = time.perf_counter()
    try:
        counts = by_pandas(pax, list(own))
    except ImportError as error:
        raise SystemExit(f"  pandas with openpyxl: {error}") from None
    seconds = time.perf_counter() - start
    if counts != {code: frequency.overall.count for code, frequency in own.items()}:
        raise SystemExit("the ways of counting disagree")
    print(f"  pandas with openpyxl, counts alone    {seconds:8.3f} s")
    print(
        f"    beside first {seconds / first:6.1f} times, beside later {seconds / later:6.1f} times"
    )


if __name__ == "__main__":
    main()
