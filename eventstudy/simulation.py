"""Size and power of the tests on the user's own returns (Brown & Warner 1980, 1985).

Placebo events are drawn from real firms and days, where nothing happened; a shock
is added or not, and every test is run as in a study.  How often it rejects is its
size without a shock, its power with one.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Sequence
from os import PathLike
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from eventstudy._arguments import one_of, whole_number
from eventstudy._call import missing_treatment
from eventstudy._typing import BoolArray, FloatArray, IntArray
from eventstudy._windows import Window
from eventstudy.alignment import Aligned, Inputs, Sources, align_firms, find_firms
from eventstudy.core.pvalues import rejects
from eventstudy.design import Design
from eventstudy.engine import Events, Prepared, event_keys, prepare
from eventstudy.errors import ArgumentError, InsufficientDataError
from eventstudy.inference._base import Test
from eventstudy.passes import Executor, placebo_samples
from eventstudy.results.rejection_rates import SizeAndPower
from eventstudy.results.study_passes import sample_tests

Dates: TypeAlias = Literal["random", "common"]

REPLICATIONS_IN_A_UNIT = 25


def size_and_power(  # noqa: PLR0913 - all options of a user in one place
    firms: Sequence[str],
    *,
    prices: Any = None,
    returns: pd.DataFrame | None = None,
    market: Any = "^GSPC",
    factors: Any = None,
    n_events: int = 30,
    replications: int = 1000,
    effects: Sequence[float] = (0.0, 0.01),
    dates: Dates = "random",
    windows: Sequence[tuple[int, int]] = ((0, 0), (-1, 1)),
    tests: Sequence[str | Test] | None = None,
    offline: bool = False,
    refresh: bool = False,
    cache: str | PathLike[str] | None = None,
    engine: Executor | None = None,
    **settings: Any,
) -> SizeAndPower:
    """How often each test rejects on placebo events of the user's own firms.

    Parameters
    ----------
    firms : sequence of str
        Tickers to draw from, with replacement across events.
    prices, returns, market, factors, offline, refresh, cache
        As for :func:`eventstudy.study`.
    n_events : int
        Events in each placebo study.
    replications : int
        Number of placebo studies.
    effects : sequence of float
        Shocks added to day 0, decimals; 0 gives the size.
    dates : {"random", "common"}
        Whether each event has a date of its own, or all of a study share one.
    windows : sequence of tuple of int
        Test windows.
    tests : sequence of str or Test, optional
        All tests of many events by default.
    engine : Executor, optional
        Where the replications run.
    **settings
        ``model``, ``event_window``, ``estimation_window``, ``return_kind``,
        ``missing``, ``boundary``, ``min_estimation``, ``confidence``, ``seed``
        likewise.

    Returns
    -------
    SizeAndPower

    Raises
    ------
    EventStudyError
        For settings that are not allowed, or when no placebo date can be drawn.
    """
    one_of("dates", dates, ("random", "common"))
    n_events = whole_number("n_events", n_events, 2)
    replications = whole_number("replications", replications, 1)
    settings["missing"] = missing_treatment(settings.get("missing"), returns)
    design = Design.of("es.size_and_power", windows=windows, tests=tests, **settings)
    chosen = sample_tests(design.tests)
    sources = Sources(offline=offline, refresh=refresh, cache=cache)
    inputs = Inputs(prices, returns, market, None, factors, sources=sources)
    found, unknown = find_firms(list(dict.fromkeys(firms)), design, inputs)
    if unknown:
        name, words = next(iter(unknown.items()))
        raise ArgumentError("firms", name, words, "Leave it out.")
    aligned = align_firms(found, design, inputs)
    rng = np.random.default_rng(np.random.SeedSequence(design.seed))
    events = _draw(aligned, design, n_events, replications, dates, rng)
    prepared = prepare(aligned.panel, events, design)
    counts = _count(prepared, design, chosen, effects, n_events, replications, engine)
    return _table(counts, chosen, design, effects, n_events, replications, dates)


def _draw(
    aligned: Aligned,
    design: Design,
    n_events: int,
    replications: int,
    dates: Dates,
    rng: np.random.Generator,
) -> Events:
    """Firms and days of all placebo events, replication after replication."""
    valid = _admissible(np.asarray(aligned.panel.returns), design)
    n = n_events * replications
    if dates == "random":
        firm, day0 = np.nonzero(valid)
        pick = rng.integers(0, max(firm.size, 1), n)
    else:
        days = np.flatnonzero(valid.sum(axis=0) >= min(n_events, valid.shape[0]))
        firm, pick = np.zeros(days.size, int), np.arange(0)
    if not firm.size:
        raise InsufficientDataError(
            "firms",
            aligned.tickers[:3],
            "no day has a full estimation and event window around it",
            "Pass longer histories, or a shorter estimation_window=.",
        )
    if dates == "random":
        firm, day0 = firm[pick], day0[pick]
    else:
        day0 = np.repeat(rng.choice(days, replications), n_events)
        firm = np.concatenate(
            [_firms_on(valid[:, day], n_events, rng) for day in day0[::n_events]]
        )
    keys = event_keys(f"{i % n_events}" for i in range(n))
    return Events(firm, day0, np.zeros(n, int), keys)


def _firms_on(valid: BoolArray, n_events: int, rng: np.random.Generator) -> IntArray:
    """Firms of one common date, without repeats while there are enough."""
    there = np.flatnonzero(valid)
    return np.asarray(rng.choice(there, n_events, replace=there.size < n_events))


def _admissible(returns: FloatArray, design: Design) -> BoolArray:
    """Days on which a firm has a return, and enough before and around it, (F, T)."""
    known = np.isfinite(returns)
    running = np.concatenate(
        [np.zeros((known.shape[0], 1)), np.cumsum(known, axis=1)], axis=1
    )
    n_days = known.shape[1]
    day = np.arange(n_days)
    first = day + design.estimation_window.start
    last = day + design.estimation_window.end + 1
    inside = (first >= 0) & (day + design.event_window.end < n_days)
    first, last = np.clip(first, 0, n_days), np.clip(last, 0, n_days)
    enough = running[:, last] - running[:, first] >= design.min_estimation
    return np.asarray(known & inside & enough)


def _count(  # noqa: PLR0913 - a loop has its bounds
    prepared: Prepared,
    design: Design,
    tests: Sequence[Test],
    effects: Sequence[float],
    n_events: int,
    replications: int,
    executor: Executor | None,
) -> FloatArray:
    """Rejections and valid verdicts, (2, tests, windows, effects)."""
    work = functools.partial(
        _count_unit, prepared, design, tuple(tests), tuple(effects), n_events
    )
    starts = range(0, replications, REPLICATIONS_IN_A_UNIT)
    units = [range(s, min(s + REPLICATIONS_IN_A_UNIT, replications)) for s in starts]
    if executor is None:
        return np.asarray(sum(map(work, units)))
    futures = [executor.submit(work, unit) for unit in units]
    return np.asarray(sum(future.result() for future in futures))


def _count_unit(
    prepared: Prepared,
    design: Design,
    tests: tuple[Test, ...],
    effects: tuple[float, ...],
    n_events: int,
    unit: range,
) -> FloatArray:
    """Counts of some replications."""
    counts = np.zeros((2, len(tests), len(design.windows), len(effects)))
    reads = tuple(dict.fromkeys(key for test in tests for key in test.reads))
    for replication in unit:
        index = np.arange(replication * n_events, (replication + 1) * n_events)
        fit = prepared.fit(index)
        for e, effect in enumerate(effects):
            shocked = _shocked(fit, effect, design.event_window)
            samples = placebo_samples(prepared, design, shocked, index, reads)
            for w, sample in enumerate(samples):
                for t, test in enumerate(tests):
                    outcome = test(sample)
                    counts[0, t, w, e] += bool(rejects(outcome.p_value, design.level))
                    counts[1, t, w, e] += bool(outcome.valid)
    return counts


def _shocked(fit: Any, effect: float, event_window: Window) -> Any:
    """The same estimates with a shock on day 0."""
    if effect == 0 or not event_window.holds((0, 0)):
        return fit
    returns = fit.abnormal_returns.copy()
    returns[:, -event_window.start] += effect
    return dataclasses.replace(fit, abnormal_returns=returns)


def _table(  # noqa: PLR0913 - what the table says of itself
    counts: FloatArray,
    tests: Sequence[Test],
    design: Design,
    effects: Sequence[float],
    n_events: int,
    replications: int,
    dates: str,
) -> SizeAndPower:
    rows = [
        {
            "test": test.key,
            "window": window.label,
            "effect": float(effect),
            "rejections": int(counts[0, t, w, e]),
            "rate": counts[0, t, w, e] / replications,
            "valid": counts[1, t, w, e] / replications,
        }
        for t, test in enumerate(tests)
        for w, window in enumerate(design.windows)
        for e, effect in enumerate(effects)
    ]
    frame = pd.DataFrame(rows)
    frame["std_error"] = np.sqrt(frame["rate"] * (1 - frame["rate"]) / replications)
    return SizeAndPower(frame, n_events, replications, design.level, dates, design.seed)
