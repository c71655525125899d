"""How fast many events are, against loops that analysts write, in one run.

python benchmarks/run.py [--events 1000 10000 100000] [--write]

CPU seconds of one thread; ratios are what counts, seconds depend on the machine.
``--write`` puts the tables into benchmarks/RESULTS.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
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

from eventstudy.alignment.returns_of_firms import DailySpans
from eventstudy.core.drawn_sums import of_events, of_resamples
from eventstudy.core.resampling import random_signs, resamples
from eventstudy.core.residual_pass import REDUCERS
from eventstudy.design import Design, Window
from eventstudy.engine import Events, Panel, Prepared, estimate, prepare
from eventstudy.passes import cross_section, first_pass, residual_pass
from eventstudy.results.study_passes import sample_tests

RESULTS = Path(__file__).with_name("RESULTS.md")
FACTORS = ("mkt_rf", "smb", "hml", "rmw", "cma")
FIRMS, DAYS = 2000, 2500
LOOP = 400
BOOTSTRAPS = ("bootstrap_t", "wild_bootstrap", "wild_bootstrap_by_date")
PLACEBO = "placebo_shifts"
ONE_WINDOW = [Window(-1, 1)]
THREE_WINDOWS = [Window(-1, 1), Window(0, 0), Window(0, 1)]
# Least traffic of a million events, in bytes: a panel of 200 MB is read, and 21
# abnormal returns and variances and eight numbers of each event are written.
LEAST_TRAFFIC = 200e6 + 1e6 * 8 * (21 + 21 + 8)

Row = tuple[str, str, float, float]


def panel() -> Panel:
    """Firms with a market beta, half of them with a few missing days."""
    rng = np.random.default_rng(7)
    series = {name: rng.normal(0, 0.01, DAYS) for name in ("market", *FACTORS)}
    returns = rng.normal(0, 0.02, (FIRMS, DAYS)) + series["market"]
    returns[: FIRMS // 2][rng.random((FIRMS // 2, DAYS)) < 0.006] = np.nan
    series["rf"] = np.zeros(DAYS)
    return Panel(returns, DailySpans(returns), (series,))


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


def rows(sizes: list[int]) -> Iterator[Row]:
    """What, how many, CPU seconds an event, times as fast as the loop."""
    data, some = panel(), events(LOOP)
    market = cpu(lambda: statsmodels_loop(data, some, ("market",)), 3) / LOOP
    five = cpu(lambda: statsmodels_loop(data, some, FACTORS), 3) / LOOP
    frames = cpu(lambda: pandas_loop(data, some)) / LOOP
    yield "pandas + statsmodels loop, market model", f"{LOOP}", frames, market / frames
    yield "statsmodels loop on arrays, market model", f"{LOOP}", market, 1.0
    yield "statsmodels loop on arrays, five factors", f"{LOOP}", five, 1.0
    for n in sizes:
        chosen = events(n)
        parts = itertools.chain(
            _fits(data, chosen, market, five),
            _with_tests(data, chosen, market),
            _trade_to_trade(data, chosen, market),
        )
        for words, spent, loop in parts:
            yield words, f"{n:,}", spent / n, loop / (spent / n)


def _fits(
    data: Panel, chosen: Events, market: float, five: float
) -> Iterator[tuple[str, float, float]]:
    """The bases of all dates included."""
    for model, words, loop in (
        ("market_model", "market model", market),
        ("fama_french_5", "five factors", five),
    ):
        design = Design.of(missing="available", model=model)
        spent = cpu(lambda d=design: estimate(data, chosen, d, keep_rows=False), 3)
        yield f"fit, abnormal returns, variances: {words}", spent, loop


def _with_tests(
    data: Panel, chosen: Events, loop: float
) -> Iterator[tuple[str, float, float]]:
    design = Design.of(missing="available")
    prepared = prepare(data, chosen, design)
    one = _parts(prepared, design, ONE_WINDOW)
    three = _parts(prepared, design, THREE_WINDOWS)
    for words in ("first pass", "residual pass", "tests from their sums"):
        yield f"{words}, one window", one[words], loop
    total = sum(one.values())
    yield "all tests without bootstraps and placebo, one window", total, loop
    yield "each further window", (sum(three.values()) - total) / 2, loop
    both = _residual_pass(prepared, design, ONE_WINDOW, list(REDUCERS))
    yield "placebo in time, on top", both - one["residual pass"], loop


def _trade_to_trade(
    data: Panel, chosen: Events, loop: float
) -> Iterator[tuple[str, float, float]]:
    design = Design.of(missing="trade_to_trade")
    prepared = prepare(_with_spans(data), chosen, design)
    total = sum(_parts(prepared, design, ONE_WINDOW).values())
    yield "the same with trade-to-trade returns", total, loop


def _with_spans(data: Panel) -> Panel:
    """A return after missing days spans them too."""
    missing = np.isnan(data.returns)
    day = np.arange(missing.shape[1])
    last = np.maximum.accumulate(np.where(missing, -1, day), axis=1)
    before = np.concatenate([np.full((len(last), 1), -1), last[:, :-1]], axis=1)
    return Panel(data.returns, np.where(missing, 0.0, day - before), data.benchmarks)


def _parts(
    prepared: Prepared, design: Design, windows: list[Window]
) -> dict[str, float]:
    """CPU seconds of both passes and of the tests."""
    without = [key for key in REDUCERS if key != PLACEBO]
    first = first_pass(prepared, design, windows)
    sums = residual_pass(prepared, design, first, without)
    ranked = np.arange(first.order.size)
    tests = [
        test
        for test in sample_tests(None)
        if test.key.partition("|")[0] not in BOOTSTRAPS and PLACEBO not in test.reads
    ]

    def all_tests() -> None:
        for number in range(len(windows)):
            sample = cross_section(first, sums, ranked, design, number)
            for test in tests:
                test(sample)

    return {
        "first pass": cpu(lambda: first_pass(prepared, design, windows), 2),
        "residual pass": _residual_pass(prepared, design, windows, without),
        "tests from their sums": cpu(all_tests),
    }


def _residual_pass(
    prepared: Prepared, design: Design, windows: list[Window], keys: list[str]
) -> float:
    first = first_pass(prepared, design, windows)
    return cpu(lambda: residual_pass(prepared, design, first, keys), 2)


def bootstraps() -> Iterator[tuple[str, float]]:
    """Seconds of 10,000 draws of the means of 1,000 events in 21 windows."""
    x = np.random.default_rng(3).normal(size=(1000, 21))
    stream = np.random.default_rng(5)
    yield (
        "events drawn anew",
        cpu(lambda: of_resamples(x, resamples(1000, stream, 10_000)), 3),
    )
    yield (
        "random signs",
        cpu(lambda: of_events(x, random_signs(1000, stream, 10_000)), 3),
    )


def limit() -> float:
    """Seconds that a million events cost at least: what is read and written at all."""
    source = np.ones(25_000_000)
    target = np.empty_like(source)
    seconds = cpu(lambda: np.copyto(target, source), 5)
    return LEAST_TRAFFIC * seconds / (2 * source.nbytes)


def page(sizes: list[int]) -> str:
    """The tables in Markdown, with date and class of machine."""
    lines = [
        "| what | events | CPU µs an event | times as fast as the statsmodels loop |",
        "| --- | ---: | ---: | ---: |",
    ]
    for what, n, spent, ratio in rows(sizes):
        lines.append(f"| {what} | {n} | {spent * 1e6:,.1f} | {ratio:,.1f} |")
        sys.stdout.write(lines[-1] + "\n")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    head = (
        f"{dt.datetime.now(dt.UTC).date()}, {os.cpu_count()} cores "
        f"({platform.machine()}), Python {platform.python_version()}, numpy "
        f"{np.__version__}, one thread; {FIRMS:,} firms x {DAYS:,} days, half of the "
        f"firms with missing days. Peak memory of the whole run {peak:,.0f} MiB."
    )
    drawn = ", ".join(f"{words} {spent:.3f} s" for words, spent in bootstraps())
    tail = (
        f"10,000 draws of the means of 1,000 events in 21 windows: {drawn}.\n\n"
        f"A million events move {LEAST_TRAFFIC / 1e6:,.0f} MB at least; at this "
        f"machine's speed of copying that takes {limit() * 1e3:.0f} ms."
    )
    return "\n".join([head, "", *lines, "", tail, ""])


def main() -> None:
    """Run, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--events", nargs="+", type=int, default=[1000, 10_000, 100_000]
    )
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with threadpool_limits(1):
        made = page(options.events)
    sys.stdout.write(made)
    if options.write:
        RESULTS.write_text(
            f"# Speed\n\nMade by `make bench`.\n\n{made}", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
