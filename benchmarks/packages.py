"""Frontiers and bargaining solutions beside NegMAS: one process, the same numbers, checked alike.

    python benchmarks/packages.py [--scenarios DIR] [--quick] [--seconds LIMIT]
                                  [--output FILE] [--chart FILE]

Needs ``pip install negmas==0.16.0``. Both programs are loaded and have answered once before the
clock starts, and time runs from numbers in memory to the answer: files are read before. A run that
takes under a second is made five times, one under ten seconds twice; the least time counts, since
everything else on a machine only adds to it. Ratios are NegMAS over Détente. NegMAS is not started
where it is expected to take more than LIMIT seconds, and is stopped there.

Prints a Markdown table for every part; FILE takes one JSON line for each run.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import math
import os
import platform
import statistics
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from packages_programs import (
    Ours,
    OutOfTimeError,
    Timed,
    Values,
    agreement,
    functions_of,
    held,
    limited,
    list_all,
    ours,
    sample_exactly,
    solutions_agree,
    space_of,
    timed,
)
from packages_shown import Row, chart, number, table

from detente.errors import DetenteError
from detente.formats.read import is_scenario, read_scenario
from detente.formats.scenario import Scenario
from detente.packages.of_scenario import space_of_scenario
from detente.packages.space import Space, build_space

PARTS = {
    "scenarios": "Scenarios of the folder: frontier, Nash and Kalai",
    "listed": "Generated, 10 options a point: frontier, Nash and Kalai",
    "alone": "The same for Détente alone, past what can be listed",
    "exact": "28 points x 4 options, two parties: MOBANOS and the frontier",
    "rectangles": "Worth of packages by hyper-rectangles: the frontier, Détente alone",
    "many": "Nash for many parties, 28 points x 4 options, Détente alone",
}

# --- one comparison ---


class Peer:
    """Runs the peer where it can be expected to end in time."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self._known: dict[tuple[str, int], tuple[float, float]] = {}

    def run(self, kind: str, size: float, parties: int, call: Callable[[], Any]) -> Timed | str:
        """Run ``call``, of which time grows with ``size``; else say why not."""
        known = self._known.get((kind, parties))
        if known and known[1] * size / known[0] > self.limit:
            return f"not started, {known[1] * size / known[0]:,.0f} s expected"

        def within() -> Any:
            with limited(self.limit):
                return call()

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found = timed(within)
        except OutOfTimeError:
            self._known[kind, parties] = (size, self.limit)
            return f"stopped at {self.limit:.0f} s"
        self._known[kind, parties] = (size, found.least)
        return found


def row_of(part: str, case: str, mine: Timed, *, note: str = "") -> Row:
    found: Ours = mine.answer
    return Row(
        part=part,
        case=case,
        parties=len(found.space.parties),
        packages=found.space.size,
        points=None if found.frontier is None else len(found.frontier),
        detente=mine.least,
        detente_median=statistics.median(mine.seconds),
        detente_megabytes=mine.megabytes,
        steps=found.steps,
        note=note or described(found),
    )


def described(found: Ours) -> str:
    told = []
    if found.frontier is not None and not found.frontier.exact:
        told.append(f"within {float(found.frontier.epsilon):.2g}")
    for solution in found.solutions or ():
        if not solution.proven:
            told.append(f"{solution.name} within {solution.gap:.2g}")
    return ", ".join(told) or "exact"


def beside(row: Row, mine: Timed, theirs: Timed | str) -> Row:
    if isinstance(theirs, str):
        return replace(row, peer_note=theirs)
    found: Ours = mine.answer
    told = ""
    if found.frontier is not None and found.frontier.exact:
        told = str(agreement(found.space, found.frontier, theirs.answer))
    if found.solutions is not None:
        told += f"; {solutions_agree(found.solutions, theirs.answer)}"
    return replace(
        row,
        peer=theirs.least,
        peer_median=statistics.median(theirs.seconds),
        peer_megabytes=theirs.megabytes,
        agreement=told,
    )


# --- the parts ---


def generated(parties: int, points: int, seed: int = 1) -> Values:
    """Four decimals for every option, independent."""
    drawn = np.random.default_rng([seed, parties, points]).integers(
        0, 10_000, (parties, points, 10)
    )
    return [[[f"{v / 10_000:.4f}" for v in point] for point in party] for party in drawn.tolist()]


def generated_28x4(parties: int, seed: int, *, opposed: bool, whole: bool) -> Values:
    """Weights times scores; ``opposed``: the first two order the options of a point oppositely."""
    random = np.random.default_rng([seed, parties])
    if whole:
        drawn = random.integers(1, 11, (parties, 28, 1)) * random.integers(0, 11, (parties, 28, 4))
    else:
        drawn = random.random((parties, 28, 1)) * random.random((parties, 28, 4))
    if opposed:
        drawn[0].sort(axis=1)
        drawn[1] = -np.sort(-drawn[1], axis=1)
    return [
        [[v if whole else repr(v) for v in point] for point in party] for party in drawn.tolist()
    ]


def found_in(folders: Sequence[Path], *, rectangles: bool) -> Iterator[tuple[Path, Scenario]]:
    """Every scenario below the folders, either with hyper-rectangles or without."""
    for folder in folders:
        for place in sorted({each.parent for each in folder.rglob("*") if each.is_file()}):
            if not is_scenario(place):
                continue
            try:
                scenario = read_scenario(place, "as-written")
            except DetenteError as error:
                print(f"{place.name} is left out: {error}", file=sys.stderr)
                continue
            if rectangles == any(profile.rectangles for profile in scenario.profiles):
                yield place, scenario


def scenarios(folders: Sequence[Path], peer: Peer) -> Iterator[Row]:
    """Every scenario that both can list."""
    for place, scenario in found_in(folders, rectangles=False):
        yield compare_scenario(place, scenario, peer)


def compare_scenario(place: Path, scenario: Scenario, peer: Peer) -> Row:
    functions = loaded(place, scenario)
    note = ""
    if functions is None:
        values = [
            [[str(float(v)) for v in p] for p in each.utilities] for each in scenario.profiles
        ]
        functions, note = functions_of(values), "numbers read by Détente"
        for function, profile in zip(functions, scenario.profiles, strict=True):
            if profile.reservation is not None:
                function.reserved_value = float(profile.reservation)
    mine = timed(lambda: ours(lambda: measured_alike(scenario), above_reservation=True))
    row = row_of("scenarios", place.name, mine, note=note)
    return beside(
        row, mine, peer.run("list", row.packages, row.parties, lambda: list_all(functions))
    )


def measured_alike(scenario: Scenario) -> Space:
    """The space with gains from where the peer takes them: not below a party's worst package."""
    space = space_of_scenario(scenario)
    stated = tuple(
        None if value is not None and value <= origin else value
        for value, origin in zip(space.reservations, space.origin, strict=True)
    )
    return replace(space, reservations=stated)


def loaded(place: Path, scenario: Scenario) -> tuple[Any, ...] | None:
    """The peer's reading of a scenario; None where it has another number than the files."""
    try:
        from negmas import Scenario as PeerScenario

        found = PeerScenario.load(place, ignore_discount=True)
        functions = {function.name: function for function in found.ufuns}
        ordered = tuple(functions[profile.name] for profile in scenario.profiles)
        for function, profile in zip(ordered, scenario.profiles, strict=True):
            top = sum(float(max(point)) for point in profile.utilities) + float(profile.constant)
            if not math.isclose(function.minmax(above_reserve=False)[1], top, rel_tol=1e-9):
                return None
            stated = -math.inf if profile.reservation is None else float(profile.reservation)
            if function.reserved_value is None or profile.reservation is None:
                function.reserved_value = stated
            if not math.isclose(function.reserved_value, stated, rel_tol=1e-9):
                return None
    except Exception as error:  # noqa: BLE001  whatever the peer's loader raises
        print(f"{place.name}: NegMAS does not read it: {error!r}", file=sys.stderr)
        return None
    return ordered


def listed(peer: Peer, *, quick: bool) -> Iterator[Row]:
    for parties in (2, 3, 5):
        for points in range(3, 5 if quick else 8):
            yield compare_generated(f"10^{points}", generated(parties, points), peer)
    nine = [[point[:count] for point, count in zip(party, (4, 4, 4, 4, 3, 3), strict=True)]
            for party in generated(9, 6)]  # fmt: skip
    yield compare_generated("4^4 x 3^2", nine, peer)


def compare_generated(case: str, values: Values, peer: Peer) -> Row:
    mine = timed(lambda: ours(lambda: space_of(values)))
    row = row_of("listed", case, mine)
    call = peer.run("list", row.packages, row.parties, lambda: list_all(functions_of(values)))
    return beside(row, mine, call)


def alone(*, quick: bool) -> Iterator[Row]:
    for parties in (2, 3):
        for points in (10,) if quick else (10, 15, 20, 25, 30, 35):
            values = generated(parties, points)
            mine = timed(lambda values=values: ours(lambda: space_of(values)))
            yield row_of("alone", f"10^{points}", mine)


def exact(folders: Sequence[Path], peer: Peer, *, quick: bool) -> Iterator[Row]:
    cases: dict[str, Values] = {}
    for seed in (1,) if quick else (1, 2):
        for opposed in (False,) if quick else (False, True):
            for whole in (False, True):
                name = (
                    f"{'opposed' if opposed else 'independent'}, {'whole' if whole else 'floats'}"
                )
                made = generated_28x4(2, seed, opposed=opposed, whole=whole)
                cases[f"{name}, seed {seed}"] = made
    for file in sorted(file for folder in folders for file in folder.rglob("*.json")):
        content = json.loads(file.read_text(encoding="utf-8"), parse_float=str)
        if isinstance(content, dict) and "utilities" in content:
            points = content["utilities"]
            count = len(points[0][0])
            cases[file.stem] = [[[o[k] for o in point] for point in points] for k in range(count)]
    for case, values in cases.items():
        mine = timed(lambda values=values: ours(lambda: space_of(values), names=()))
        row = row_of("exact", case, mine)
        if row.parties == 2:
            theirs = peer.run(
                case, 1, 2, lambda values=values: sample_exactly(functions_of(values))
            )
            row = beside(row, mine, theirs)
        yield row


def rectangles(folders: Sequence[Path], *, quick: bool) -> Iterator[Row]:
    for place, scenario in found_in(folders, rectangles=True):
        mine = timed(lambda s=scenario: ours(lambda: space_of_scenario(s), names=()))
        yield row_of("rectangles", place.name, mine)
    for points, seed in ((30, 1),) if quick else ((30, 1), (30, 2), (50, 1), (50, 2)):
        mine = timed(lambda p=points, s=seed: ours(lambda: space_of_rectangles(p, s), names=()))
        yield row_of("rectangles", f"10^{points}, seed {seed}", mine)


def space_of_rectangles(points: int, seed: int) -> Space:
    """Two parties, each with two rectangles a point, on 1 to 4 points, as in ANAC 2014."""
    random = np.random.default_rng([seed, points])
    terms = []
    for party in (0, 1):
        for _ in range(2 * points):
            worth = [0, 0]
            worth[party] = int(random.integers(1, 100))
            when = {}
            for point in random.choice(points, random.integers(1, 5), replace=False).tolist():
                length = int(random.integers(2, 8))
                start = int(random.integers(0, 11 - length))
                when[point] = range(start, start + length)
            terms.append((when, worth))
    return build_space(
        points={f"p{k}": [str(o) for o in range(10)] for k in range(points)},
        parties=["a", "b"],
        values=[[[0] * 10] * points] * 2,
        terms=terms,
    )


def many(*, quick: bool) -> Iterator[Row]:
    for parties in (8,) if quick else (8, 40):
        for opposed in (False, True):
            values = generated_28x4(parties, 1, opposed=opposed, whole=True)
            mine = timed(
                lambda values=values: ours(
                    lambda: space_of(values), frontier=False, names=("nash",)
                )
            )
            name = "first two opposed" if opposed else "independent"
            yield row_of("many", f"{name}, whole", mine)


def conditions() -> str:
    names = ("negmas", "detente", "numpy", "moocore", "ortools", "highspy")
    found = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)
    return f"{found}; CPython {platform.python_version()}, {os.cpu_count()} cores"


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n", maxsplit=1)[0])
    parser.add_argument(
        "--scenarios",
        type=Path,
        metavar="DIR",
        action="append",
        default=[],
        help="folder of scenario folders; may be given again",
    )
    parser.add_argument("--quick", action="store_true", help="small sizes only")
    parser.add_argument("--seconds", type=float, default=120.0, metavar="LIMIT")
    parser.add_argument("--output", type=Path, metavar="FILE", help="JSON, one line for each run")
    parser.add_argument("--chart", type=Path, metavar="FILE", help="SVG, seconds by packages")
    asked = parser.parse_args()
    for folder in asked.scenarios:
        if not folder.is_dir():
            parser.error(f"There is no folder '{folder}'.")
    peer, folders, quick = Peer(asked.seconds), asked.scenarios, asked.quick
    for parties in (2, 3):
        ours(lambda parties=parties: space_of(generated(parties, 2)))
        functions = functions_of(generated(parties, 2))
        list_all(functions)
    sample_exactly(functions_of(generated(2, 2)))
    ours(
        lambda: space_of(generated_28x4(8, 3, opposed=False, whole=True)),
        frontier=False,
        names=("nash",),
    )
    parts = {
        "alone": alone(quick=quick),
        "rectangles": rectangles(folders, quick=quick),
        "many": many(quick=quick),
        "scenarios": scenarios(folders, peer),
        "exact": exact(folders, peer, quick=quick),
        "listed": listed(peer, quick=quick),
    }
    print(conditions())
    rows: list[Row] = []
    for part, runs in parts.items():
        done = []
        for row in runs:
            done.append(row)
            print(f"  {part}: {row.case}, {number(row.detente)} s", file=sys.stderr, flush=True)
            if asked.output:
                line = {**asdict(row), "ratio": row.ratio}
                with asked.output.open("w" if not rows and len(done) == 1 else "a") as file:
                    file.write(json.dumps(line, ensure_ascii=False) + "\n")
        if done:
            print(f"\n{PARTS[part]}\n\n{table(done)}", flush=True)
        rows += done
        if part == "many":
            print(f"\nPeak memory so far, Détente alone after both imports: {held('VmHWM'):.0f} MB")
    if asked.chart:
        chart(rows, asked.chart)


if __name__ == "__main__":
    main()
