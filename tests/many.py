"""Many events through the real passes, from plain arrays; and samples made by hand."""

import dataclasses

import numpy as np

from eventstudy import engine, passes
from eventstudy._windows import Window
from eventstudy.core.panel import Events, Panel
from eventstudy.design import Design
from eventstudy.inference._base import CrossSection, find_test


def run(
    y,
    x=None,
    *,
    event_days=11,
    first_day=None,
    day0=None,
    windows=((0, 0), (-1, 1)),
    tests=(),
    reads=(),
    spans=None,
    ids=None,
    min_overlap=30,
    min_clusters=6,
    executor=None,
    **settings,
):
    """The CrossSection of each window, by the engine and both passes.

    ``y`` (N, M + E): returns of each event on its estimation days and, directly
    behind them, the E event-window days; NaN = none.  ``x``: the market, (M + E,) the
    same for all, (N, M + E) for each, or None for the constant-mean model.  ``day0``
    (N,): calendar position of day 0; by default every event has its own stretch of
    the calendar.  ``tests``: keys or objects whose reducers run, beside ``reads``.
    ``ids`` (N,): numbers that stand for the events' ids, by default their positions.
    Other settings are those of ``Design.of``; ``missing`` is "available" unless
    ``spans`` are given.
    """
    estimates, sums, design, rank = both_passes(
        y, x, event_days=event_days, first_day=first_day, day0=day0, windows=windows,
        reads=(*reads, *reads_of(tests)), spans=spans, ids=ids,
        min_overlap=min_overlap, executor=executor, **settings,
    )  # fmt: skip
    return [
        dataclasses.replace(
            passes.cross_section(estimates, sums, rank, design, w),
            min_clusters=min_clusters,
        )
        for w in range(len(windows))
    ]


def both_passes(
    y,
    x=None,
    *,
    event_days=11,
    first_day=None,
    day0=None,
    windows=((0, 0), (-1, 1)),
    reads=(),
    spans=None,
    ids=None,
    min_overlap=30,
    executor=None,
    **settings,
):
    """Estimates, sums of the reducers, design, and ranks of the ids; as in ``run``."""
    y = np.asarray(y, float)
    n, days = y.shape
    m = days - event_days
    first_day = -(event_days // 2) if first_day is None else first_day
    if day0 is None:
        day0 = np.arange(n) * days + m - first_day
    day0 = np.asarray(day0)
    panel, benchmark = place(y, x, day0 - m + first_day, spans)
    design = Design.of(
        "simulated",
        **{
            "model": "constant_mean" if x is None else "market_model",
            "event_window": (first_day, first_day + event_days - 1),
            "estimation_window": (first_day - m, first_day - 1),
            "windows": windows,
            "min_estimation": 5,
            "missing": "available" if spans is None else "trade_to_trade",
        }
        | settings,
    )
    ids = np.arange(n) if ids is None else np.asarray(ids)
    events = Events(np.arange(n), day0, benchmark, ids.astype(np.uint64))
    prepared = engine.prepare(panel, events, design)
    given = [Window(*window) for window in windows]
    estimates = passes.first_pass(prepared, design, given, executor=executor)
    first = dataclasses.replace(estimates.first, min_overlap=min_overlap)
    estimates = dataclasses.replace(estimates, first=first)
    sums = passes.residual_pass(prepared, design, estimates, reads, executor=executor)
    rank = np.argsort(np.argsort(ids))[estimates.order]
    return estimates, sums, design, rank


def reads_of(tests):
    """Reducers that some tests read."""
    return [key for test in tests for key in find_test(test).reads]


def place(y, x, start, spans=None):
    """A panel with one row an event, each event's days from ``start`` on.

    Returns it and the benchmark of each event: one for all where their markets are
    the same on the days that they share, else one for each market.
    """
    n, days = y.shape
    total = int(start.max(initial=0)) + days
    column = start[:, None] + np.arange(days)
    returns, covered = np.full((n, total), np.nan), np.zeros((n, total))
    row = np.arange(n)[:, None]
    returns[row, column] = y
    covered[row, column] = np.isfinite(y) if spans is None else spans
    if x is None:
        return Panel(returns, covered, ({},)), np.zeros(n, int)
    x = np.broadcast_to(np.asarray(x, float), y.shape)
    number = {}
    path = np.array(
        [number.setdefault((s, line.tobytes()), len(number))
         for s, line in zip(start, x, strict=True)], int
    )  # fmt: skip
    market = np.full((len(number), total), np.nan)
    market[path[:, None], column] = x
    joint = np.full(total, np.nan)
    for line in market:
        joint = np.where(np.isnan(joint), line, joint)
    if np.array_equal(joint[column], x):
        return Panel(returns, covered, ({"market": joint},)), np.zeros(n, int)
    return Panel(returns, covered, tuple({"market": line} for line in market)), path


def cross_section(car, variance=1.0, **fields):
    """A CrossSection made by hand: N events, by default far apart, of unit variance.

    Every array may be a scalar.  ``scar`` is car / sqrt(variance).
    """
    car = np.atleast_1d(np.asarray(car, float))
    window = fields.pop("window", (0, 0))
    days = window[1] - window[0] + 1
    full = {
        "variance": variance, "sar_sum": car / np.sqrt(variance), "sigma": 1.0,
        "df": 100.0, "length": float(days), "n_rows": days, "n_estimation": 102,
        "day0": 1000 * np.arange(car.size), "order": np.arange(car.size),
    }  # fmt: skip
    rest = {name: fields.pop(name) for name in tuple(fields) if name not in full}
    arrays = {
        name: np.broadcast_to(fields.get(name, value), car.shape).copy()
        for name, value in full.items()
    }
    return CrossSection(window=window, car=car, parameters=rest.pop("parameters", 2),
                        **arrays, **rest)  # fmt: skip


def take(sample, index):
    """Some events of a hand-made sample (its sums stay as they are)."""
    columns = {
        field.name: getattr(sample, field.name)[index]
        for field in dataclasses.fields(sample)
        if isinstance(getattr(sample, field.name), np.ndarray)
    }
    return dataclasses.replace(sample, **columns)


def read_only(sample):
    """The sample itself, its arrays and those of its sums locked."""
    for field in dataclasses.fields(sample):
        lock(getattr(sample, field.name))
    return sample


def lock(value):
    """Lock an array, or all arrays in a mapping."""
    if isinstance(value, np.ndarray):
        value.setflags(write=False)
    elif hasattr(value, "values"):
        for inner in value.values():
            lock(inner)
