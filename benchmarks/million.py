"""What ``study`` costs at a hundred thousand and at a million events.

python benchmarks/million.py [--events 100000 1000000] [--keep ar summary]

Each study runs in a fresh process of one thread, over 5,000 firms and 5,000 days
(200 MB), half of the firms with holes, one window (-1, +1), all tests but the
bootstraps.  CPU seconds of each part, and the peak of the memory with the data in it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

FIRMS, DAYS, HOLES = 5000, 5000, 12
WINDOW = (-1, 1)
BOOTSTRAPS = ("bootstrap_t", "wild_bootstrap", "wild_bootstrap_by_date")
PARTS = ("data", "study", "tests", "frames")
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"
)


def data(events: int) -> tuple[Any, Any, Any]:
    """Returns, market and events.

    Parameters
    ----------
    events : int

    Returns
    -------
    returns : DataFrame
        T days, F firms, decimals; half of the firms have days without a return.
    market : Series
    table : DataFrame
        ``ticker`` and ``date`` of each event, in no order.
    """
    import numpy as np
    import pandas as pd

    rng = np.random.default_rng(7)
    market = rng.normal(0, 0.01, DAYS)
    values = rng.standard_normal((DAYS, FIRMS))
    values *= 0.02
    values += market[:, None]
    for column in range(0, FIRMS, 2):
        values[rng.integers(0, DAYS, HOLES), column] = np.nan
    days = pd.bdate_range("2000-01-03", periods=DAYS)
    names = [f"F{number:04d}" for number in range(FIRMS)]
    returns = pd.DataFrame(values, index=days, columns=names, copy=False)
    day, firm = rng.integers(300, DAYS - 20, events), rng.integers(0, FIRMS, events)
    chosen = returns.columns.to_numpy()[firm], days.to_numpy()[day]
    table = pd.DataFrame(dict(zip(("ticker", "date"), chosen, strict=True)))
    return returns, pd.Series(market, days, name="M"), table


def measured(events: int, keep: str) -> dict[str, float]:
    """CPU seconds of the parts of one study, and the memory at its peak, in GiB.

    Parameters
    ----------
    events : int
    keep : {"ar", "summary"}

    Returns
    -------
    dict
        The parts, ``gib_data`` before the study, ``gib`` with all tests, and
        ``gib_frames`` with the tables beside it.
    """
    import eventstudy as es
    from eventstudy.results.study_passes import sample_tests

    found: dict[str, float] = {}
    start = time.process_time()

    def done(part: str) -> None:
        nonlocal start
        found[part], start = time.process_time() - start, time.process_time()

    returns, market, table = data(events)
    done("data")
    found["gib_data"] = peak()
    tests = [test for test in sample_tests(None) if test.key not in BOOTSTRAPS]
    result = es.study(
        table, returns=returns, market=market, windows=[WINDOW], tests=tests, keep=keep
    )
    done("study")
    table = result.tests(WINDOW)
    done("tests")
    found["gib"] = peak()
    frames = [result.events, *([result.abnormal_returns] if keep == "ar" else [])]
    done("frames")
    if any(len(frame) < events for frame in frames) or len(table) < len(tests):
        raise RuntimeError("the study left something out")
    found["gib_frames"] = peak()
    return found


def peak() -> float:
    """The most memory that this process had at once, in GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def in_a_fresh_process(events: int, keep: str) -> dict[str, float]:
    """The same in a process of its own."""
    line = [sys.executable, __file__, "--one", str(events), keep]
    done = subprocess.run(
        line, env=os.environ | ONE_THREAD, check=True, stdout=subprocess.PIPE
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def rows(sizes: list[int], keeps: list[str]) -> Iterator[str]:
    """The table, line by line."""
    yield (
        "| events | keep | data, s | study, s | tests, s | frames, s | "
        "study and tests, us an event | GiB of data | GiB | GiB with frames |"
    )
    yield "|---:|---|" + "---:|" * 8
    for size in sizes:
        for keep in keeps:
            found = in_a_fresh_process(size, keep)
            spent = " | ".join(f"{found[part]:.2f}" for part in PARTS)
            each = 1e6 * (found["study"] + found["tests"]) / size
            held = " | ".join(
                f"{found[name]:.2f}" for name in ("gib_data", "gib", "gib_frames")
            )
            yield f"| {size:,} | {keep} | {spent} | {each:.1f} | {held} |"


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--events", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--keep", nargs="+", default=["ar", "summary"])
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        sys.stdout.write(json.dumps(measured(int(asked.one[0]), asked.one[1])))
        return
    for row in rows(asked.events, asked.keep):
        sys.stdout.write(f"{row}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
