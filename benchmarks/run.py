"""How fast many events are, against loops that analysts write, in one run.

python benchmarks/run.py [--events 1000 10000 100000] [--write]

CPU seconds of one thread; ratios are what counts, seconds depend on the machine.
``--write`` puts the table into benchmarks/RESULTS.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels.api as sm
from threadpoolctl import threadpool_limits

from eventstudy.core.residual_pass import REDUCERS
from eventstudy.design import Design, Window
from eventstudy.engine import Events, Panel, estimate, prepare
from eventstudy.passes import cross_section, first_pass, residual_pass
from eventstudy.results.study_passes import sample_tests

RESULTS = Path(__file__).with_name("RESULTS.md")
FACTORS = ("mkt_rf", "smb", "hml", "rmw", "cma")
FIRMS, DAYS = 2000, 2500
LOOP = 400
BOOTSTRAPS = ("bootstrap_t", "wild_bootstrap", "wild_bootstrap_by_date")


def panel() -> Panel:
    """Firms with a market beta, half of them with a few missing days."""
    rng = np.random.default_rng(7)
    series = {name: rng.normal(0, 0.01, DAYS) for name in ("market", *FACTORS)}
    returns = rng.normal(0, 0.02, (FIRMS, DAYS)) + series["market"]
    returns[: FIRMS // 2][rng.random((FIRMS // 2, DAYS)) < 0.006] = np.nan
    series["rf"] = np.zeros(DAYS)
    return Panel(returns, np.isfinite(returns).astype(float), (series,))


def events(n: int) -> Events:
    """Random firms and days."""
    rng = np.random.default_rng(n)
    zero = np.zeros(n, int)
    keys = rng.integers(0, 2**63, n).astype(np.uint64)
    day0 = rng.integers(270, DAYS - 11, n)
    return Events(rng.integers(0, FIRMS, n), day0, zero, keys)


def cpu(act: Callable[[], object], times: int = 1) -> float:
    """The least CPU seconds of some runs."""
    best = np.inf
    for _ in range(times):
        start = time.process_time()
        act()
        best = min(best, time.process_time() - start)
    return float(best)


def statsmodels_loop(data: Panel, chosen: Events, columns: tuple[str, ...]) -> None:
    """A bare loop on arrays: fit, abnormal returns, prediction variances."""
    series = np.column_stack([data.benchmarks[0][name] for name in columns])
    x = sm.add_constant(series)
    for firm, day in zip(chosen.firm[:LOOP], chosen.day0[:LOOP], strict=True):
        y = data.returns[firm]
        rows = np.arange(day - 260, day - 10)
        rows = rows[np.isfinite(y[rows])]
        fit = sm.OLS(y[rows], x[rows]).fit()
        window = x[day - 10 : day + 11]
        _ = y[day - 10 : day + 11] - window @ fit.params
        _ = fit.mse_resid + np.einsum("ij,jk,ik->i", window, fit.cov_params(), window)


def pandas_loop(data: Panel, chosen: Events) -> None:
    """What a notebook does: slices of frames, then statsmodels."""
    days = pd.bdate_range("2010-01-01", periods=DAYS)
    market = pd.Series(data.benchmarks[0]["market"], days, name="market")
    frame = pd.DataFrame(data.returns[chosen.firm[:LOOP]].T, days)
    for column, day in enumerate(chosen.day0[:LOOP]):
        both = pd.concat([frame[column], market], axis=1).iloc[day - 260 : day + 11]
        estimation = both.iloc[:250].dropna()
        fit = sm.OLS(estimation[column], sm.add_constant(estimation["market"])).fit()
        event = both.iloc[250:]
        _ = event[column] - fit.predict(sm.add_constant(event["market"]))


def rows(sizes: list[int]) -> Iterator[tuple[str, str, float, float]]:
    """What, how many, microseconds an event, times as fast as the loop."""
    data = panel()
    some = events(LOOP)
    market = cpu(lambda: statsmodels_loop(data, some, ("market",)), 3) / LOOP
    five = cpu(lambda: statsmodels_loop(data, some, FACTORS), 3) / LOOP
    frames = cpu(lambda: pandas_loop(data, some)) / LOOP
    yield "pandas + statsmodels loop, market model", f"{LOOP}", frames * 1e6, 1.0
    yield "statsmodels loop on arrays, market model", f"{LOOP}", market * 1e6, 1.0
    yield "statsmodels loop on arrays, five factors", f"{LOOP}", five * 1e6, 1.0
    for n in sizes:
        yield from _of_size(data, n, market, five)


def _of_size(
    data: Panel, n: int, market: float, five: float
) -> Iterator[tuple[str, str, float, float]]:
    chosen, words = events(n), f"{n:,}"
    one = Design.of(missing="available")
    many = Design.of(missing="available", model="fama_french_5")
    for name, design, loop in (
        ("market model", one, market),
        ("five factors", many, five),
    ):
        spent = cpu(lambda d=design: estimate(data, chosen, d, keep_rows=False), 2) / n
        yield (
            f"fit, abnormal returns, variances: {name}",
            words,
            spent * 1e6,
            loop / spent,
        )
    prepared = prepare(data, chosen, one)
    windows = [Window(-1, 1)]
    first = first_pass(prepared, one, windows)
    spent = cpu(lambda: first_pass(prepared, one, windows)) / n
    yield "first pass: fit and sums of one window", words, spent * 1e6, market / spent
    spent = cpu(lambda: residual_pass(prepared, one, first, list(REDUCERS))) / n
    yield "residual pass for all tests, one window", words, spent * 1e6, market / spent
    sums = residual_pass(prepared, one, first, list(REDUCERS))
    sample = cross_section(first, sums, np.arange(n), one, 0)
    tests = [t for t in sample_tests(None) if t.key.partition("|")[0] not in BOOTSTRAPS]
    spent = cpu(lambda: [test(sample) for test in tests]) / n
    yield f"{len(tests)} tests from their sums", words, spent * 1e6, market / spent


def table(sizes: list[int]) -> str:
    """The table in Markdown, with date and class of machine."""
    lines = [
        "| what | events | CPU µs an event | times as fast as the statsmodels loop |",
        "| --- | ---: | ---: | ---: |",
    ]
    for what, n, spent, ratio in rows(sizes):
        lines.append(f"| {what} | {n} | {spent:,.1f} | {ratio:,.0f} |")
        sys.stdout.write(lines[-1] + "\n")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    head = (
        f"{dt.datetime.now(dt.UTC).date()}, {os.cpu_count()} cores "
        f"({platform.machine()}), Python {platform.python_version()}, numpy "
        f"{np.__version__}, one thread; {FIRMS:,} firms x {DAYS:,} days, half of the "
        f"firms with missing days. Peak memory of the whole run {peak:,.0f} MiB."
    )
    return "\n".join([head, "", *lines, ""])


def main() -> None:
    """Run, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--events", nargs="+", type=int, default=[1000, 10_000, 100_000]
    )
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with threadpool_limits(1):
        made = table(options.events)
    if options.write:
        RESULTS.write_text(
            f"# Speed\n\nMade by `make bench`.\n\n{made}", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
