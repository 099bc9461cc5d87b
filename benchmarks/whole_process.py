"""How long whole commands take, and how much memory, beside a bare interpreter with its libraries.

    python benchmarks/whole_process.py [RUNS]

Every command runs RUNS times (5 if not given) in a fresh process; the least time counts, since
everything else on a machine only adds to it. Ratios are to ``python -c "import numpy, yaml"`` in
the same run. Prints a Markdown table; one JSON line a command goes to standard error.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

CASE = "ukraine-2025"
COMMANDS: dict[str, tuple[list[str], float]] = {
    "--help": (["--help"], 0.3),
    "check": (["check", CASE], 1.0),
    "assess": (["assess", CASE], 1.0),
    "amend us-russia-28": (["amend", CASE, "--draft", "us-russia-28"], 2.0),
    "amend e3": (["amend", CASE, "--draft", "e3"], 2.0),
    "amend e3 --at-least 0.5": (["amend", CASE, "--draft", "e3", "--at-least", "0.5"], 2.0),
    "amend us-ukraine-20": (["amend", CASE, "--draft", "us-ukraine-20"], 2.0),
    "report": (["report", CASE], 5.0),
}


def measure(arguments: list[str], folder: str) -> tuple[float, float]:
    """Seconds and peak memory in MB of one process."""
    start = time.perf_counter()
    child = os.fork()
    if not child:
        os.chdir(folder)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.execv(arguments[0], arguments)
    _, status, usage = os.wait4(child, 0)
    if status:
        raise SystemExit(f"{' '.join(arguments)} ended with {status}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def best(arguments: list[str], runs: int, folder: str) -> tuple[float, float]:
    found = [measure(arguments, folder) for _ in range(runs + 1)][1:]
    return min(seconds for seconds, _ in found), max(memory for _, memory in found)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    command = str(Path(sys.executable).with_name("detente"))
    with tempfile.TemporaryDirectory() as folder:
        bare, memory = best([sys.executable, "-c", "import numpy, yaml"], runs, folder)
        print("| command | seconds | ratio to bare | wanted at most | peak MB |")
        print("|---|---:|---:|---:|---:|")
        print(f"| `python -c 'import numpy, yaml'` | {bare:.2f} | 1.0 | - | {memory:.0f} |")
        for name, (arguments, wanted) in COMMANDS.items():
            seconds, memory = best([command, *arguments], runs, folder)
            ratio = seconds / bare
            print(f"| `detente {name}` | {seconds:.2f} | {ratio:.1f} | {wanted} | {memory:.0f} |")
            row = {"command": name, "seconds": seconds, "ratio": ratio, "megabytes": memory}
            print(json.dumps(row), file=sys.stderr)


if __name__ == "__main__":
    main()
