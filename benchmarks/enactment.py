"""How long one status takes: 60 norms and 1,000 entries over ten years, and other sizes.

Run ``python benchmarks/enactment.py``. Told are the whole of a status from the records of a case
(compiling, sorting the log, the run, the findings) and the run alone; processor time, the least of
seven. Reading the files and starting the program are not part of it.
"""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from detente.enactment.run import run_agreement
from detente.enactment.status import find_status
from enactment.large import large_agreement, large_case


def best(function: Callable[[], object], times: int = 7) -> float:
    found = []
    for _ in range(times):
        start = time.process_time()
        function()
        found.append(time.process_time() - start)
    return 1000.0 * min(found)


def main() -> None:
    print(f"{'norms':>6} {'entries':>8} {'status ms':>10} {'run ms':>8} {'changes':>8}")
    for norms, entries in ((20, 100), (60, 1000), (200, 1000), (60, 10_000)):
        case = large_case(norms, entries)
        agreement, happenings, until = large_agreement(norms, entries)
        on = datetime.date(2034, 12, 31)
        whole = best(partial(find_status, case, on))
        alone = best(partial(run_agreement, agreement, happenings, until))
        steps = len(run_agreement(agreement, happenings, until).steps)
        print(f"{norms:>6} {entries:>8} {whole:>10.1f} {alone:>8.1f} {steps:>8}")


if __name__ == "__main__":
    main()
