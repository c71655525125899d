"""Count how often each test of many events rejects, beside the reference's figures.

python docs/size_tables.py [TIMES], or `make size-tables`: docs/data/size_tables.csv

Designs, seeds and replications are those of the slow tests, the last of them TIMES (1)
over: some six minutes on one core, fewer on several.  A design has a seed of its own,
so that rows do not depend on what else is run.
"""

from __future__ import annotations

import csv
import functools
import math
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.simulate_many import allowed, rejection_rates  # noqa: E402
from tests.size_tables import Cell, cells  # noqa: E402

TABLE = ROOT / "docs" / "data" / "size_tables.csv"
HEADER = (
    "table", "design", "events", "window", "test", "ours", "reference", "se",
    "replications", "reference_replications", "seed", "within_four_se",
)  # fmt: skip


def rows(times: int, number: int) -> list[tuple[Any, ...]]:
    """Rows of a design by its number."""
    return list(compared(cells()[number], times))


def compared(cell: Cell, times: int) -> Iterator[tuple[Any, ...]]:
    """Rates of a design, decimals; ``se`` is that of the difference of the two."""
    replications = cell.ours * times
    found = rejection_rates(
        cell.simulation, cell.tests, windows=cell.windows, replications=replications,
        seed=cell.seed,
    )  # fmt: skip
    for (window, test), theirs in cell.expected.items():
        ours = found[window, test]
        four = float(allowed(ours, replications, theirs, cell.theirs))
        yield (
            cell.table, cell.name, cell.simulation.n, "[{:+d},{:+d}]".format(*window),
            test, round(ours, 6), round(theirs, 6), round(four / 4.0, 6), replications,
            cell.theirs, cell.seed, int(abs(ours - theirs) <= four),
        )  # fmt: skip


def main() -> None:
    """Write the table, and say what lies further off than chance explains."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    TABLE.parent.mkdir(exist_ok=True)
    with TABLE.open("w", newline="") as file, ProcessPoolExecutor() as workers:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        work = functools.partial(rows, times)
        for found in workers.map(work, range(len(cells()))):
            writer.writerows(found)
            file.flush()
            far = [row for row in found if not row[-1]]
            worst = max(abs(r[5] - r[6]) / r[7] if r[7] else math.inf for r in found)
            sys.stdout.write(f"{found[0][1]}: {worst:.1f} {far or ''}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
