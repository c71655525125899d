"""Small studies with shared and staggered dates, gaps, and returns of several days."""

import dataclasses
import functools
from typing import NamedTuple

import numpy as np

from eventstudy import engine, passes
from eventstudy._windows import Window
from eventstudy.core.residual_pass import REDUCERS, merge_sums
from eventstudy.passes import residual_sums
from tests import oracles_correlation as oracle
from tests import simulate

WINDOWS = ((0, 0), (-1, 1), (2, 4), (-10, 10))
READS = ("common_dates", "portfolio_days", "placebo_shifts", "event_variance")
MIN_OVERLAP = 8
DATES = {
    "one date": [110],
    "shared dates": [100, 130, 131],
    "staggered": list(range(95, 125, 2)),
    "all apart": list(range(90, 420, 22)),
}
GAPS = {
    "whole": (0.0, "available"),
    "one gap in ten": (0.1, "available"),
    "four gaps in ten": (0.4, "available"),
    "trade to trade": (0.2, "trade_to_trade"),
    "long spans": (0.5, "trade_to_trade"),
    "long spans across the edge": (0.5, "trade_to_trade", "include"),
}


class Study(NamedTuple):
    """Events ready to be estimated, the first pass over them, and the oracle's."""

    prepared: engine.Prepared
    design: object
    estimates: passes.Estimates
    found: list

    @property
    def first(self):
        """The first pass."""
        return self.estimates.first


def study(
    seed, dates, missing, treatment, boundary="exclude",
    *, n=14, windows=WINDOWS, alone=True, stretches=0,
):  # fmt: skip
    """Events of a few firms; with ``alone`` the oracle estimates them one by one.

    ``stretches``: so many runs of days on which a firm has no return.
    """
    days = max(dates) + 20
    panel = simulate.panel(seed, firms=8, days=days, missing=missing, kind="log")
    cut_out(panel, stretches, np.random.default_rng(seed + 2))
    events = simulate.events(seed + 1, panel, n, dates=dates)
    if len(dates) >= n:
        events = dataclasses.replace(events, day0=np.array(dates[:n]))
    design = simulate.design(
        missing=treatment, boundary=boundary, return_kind="log",
        estimation_window=(-70, -11),
    )  # fmt: skip
    prepared = engine.prepare(panel, events, design)
    given = [Window(*window) for window in windows]
    estimates = passes.first_pass(prepared, design, given)
    first = dataclasses.replace(estimates.first, min_overlap=MIN_OVERLAP)
    estimates = dataclasses.replace(estimates, first=first)
    found = oracle.events_of(panel, events, design) if alone else []
    return Study(prepared, design, estimates, found)


def cut_out(panel, stretches, rng):
    """Take the returns off runs of up to sixty days, in place."""
    firms, days = panel.returns.shape
    for _ in range(stretches):
        firm, first = rng.integers(firms), rng.integers(days)
        run = slice(first, first + rng.integers(1, 61))
        panel.returns[firm, run], panel.spans[firm, run] = np.nan, 0.0


@functools.cache
def case(dates, gaps):
    """A study by the names of its dates and gaps."""
    return study(len(dates) + len(gaps), DATES[dates], *GAPS[gaps])


def reduced(key, given):
    """What a reducer finds, one mapping a window."""
    return passes.residual_pass(
        given.prepared, given.design, given.estimates, [key]
    )[key]  # fmt: skip


def in_pieces(key, given, size, rng):
    """The same, from blocks of ``size`` events merged in random order."""
    order = given.estimates.order
    states = [
        residual_sums._reduce_unit(
            given.prepared, given.design, given.first, (key,),
            (start, order[start : start + size]),
        )[key]
        for start in rng.permutation(np.arange(0, order.size, size))
    ]  # fmt: skip
    total = REDUCERS[key].start(given.first)
    for state in states:
        merge_sums(total, state)
    return REDUCERS[key].finish(total, given.first)


@functools.cache
def samples(dates, gaps):
    """What the tests read, by window."""
    given = case(dates, gaps)
    sums = passes.residual_pass(given.prepared, given.design, given.estimates, READS)
    rank = np.arange(len(given.estimates.order))
    return {
        window: passes.cross_section(given.estimates, sums, rank, given.design, w)
        for w, window in enumerate(WINDOWS)
    }
