"""Studies that the tests of many events are tried on: returns, run through the passes.

What differs between them stands in the names; each is made once.
"""

import functools

import numpy as np

from eventstudy.inference._base import TESTS
from tests import many

SAMPLE = [test for test in TESTS.values() if test.kind == "sample"]
WINDOWS = ((0, 0), (-1, 1), (-5, 5))
EVENTS, DAYS = 60, 130
LAYOUTS = {
    "apart": 300 * np.arange(EVENTS),
    "one_date": np.zeros(EVENTS, int),
    "eight_dates": 50 * (np.arange(EVENTS) % 8),
    "staggered": 4 * (np.arange(EVENTS) % 10),
}


def returns(layout, seed=7, missing=0.1):
    """Returns and market of some events that move together where they share days."""
    rng = np.random.default_rng(seed)
    day0 = LAYOUTS[layout] + DAYS + 5
    calendar = rng.normal(0.0004, 0.01, (2, day0.max() + 7))
    column = day0[:, None] + np.arange(-DAYS - 5, 6)
    market, common = calendar[0][column], calendar[1][column]
    sigma = rng.uniform(0.01, 0.03, (EVENTS, 1))
    noise = rng.standard_normal(column.shape) + 30.0 * common
    y = 0.0005 + rng.normal(1.0, 0.3, (EVENTS, 1)) * market + sigma * noise
    y[:, DAYS + 5] += rng.normal(0.02, 0.01, EVENTS)
    hole = rng.random(y.shape) < missing
    hole[:, DAYS + 5] = False
    return np.where(hole, np.nan, y), market, day0


def run(y, market, day0, windows=WINDOWS, **options):
    """Samples by window."""
    reads = [key for test in SAMPLE for key in test.reads]
    options = {"min_estimation": 50, "reads": tuple(dict.fromkeys(reads))} | options
    found = many.run(y, market, day0=day0, windows=windows, **options)
    return dict(zip(windows, found, strict=True))


@functools.cache
def plain(layout):
    return run(*returns(layout))


@functools.cache
def reordered(layout):
    y, market, day0 = returns(layout)
    order = np.random.default_rng(3).permutation(EVENTS)
    return run(y[order], market[order], day0[order], ids=order)


@functools.cache
def in_per_cent(layout):
    y, market, day0 = returns(layout)
    return run(100.0 * y, 100.0 * market, day0)


@functools.cache
def mirrored(layout):
    y, market, day0 = returns(layout)
    return run(-y, -market, day0)


HOPELESS = {
    "no return at all": np.s_[:],
    "no event day": np.s_[DAYS + 5],
    "too few estimation days": np.s_[: DAYS - 40],
}


@functools.cache
def with_hopeless_events(layout):
    """Events that are in no window, and the sample without them."""
    y, market, day0 = returns(layout)
    gone = np.array([2, 11, 29])
    for event, days in zip(gone, HOPELESS.values(), strict=True):
        y[event, days] = np.nan
    rest = np.delete(np.arange(EVENTS), gone)
    ids = np.arange(EVENTS) + 5
    without = run(y[rest], market[rest], day0[rest], ids=ids[rest])
    return run(y, market, day0, ids=ids), without


@functools.cache
def with_gap():
    """No return on a day outside the two shorter windows, and there is one."""
    y, market, day0 = returns("apart")
    y[:, DAYS + 9] = np.nan
    return run(y, market, day0)


@functools.cache
def few(n, layout):
    y, market, day0 = returns(layout)
    return run(y[:n], market[:n], day0[:n])


@functools.cache
def ragged(seed, missing):
    rng = np.random.default_rng(seed)
    layout = rng.choice(list(LAYOUTS))
    y, market, day0 = returns(layout, seed, missing)
    n = int(rng.integers(3, EVENTS))
    return run(y[:n], market[:n], day0[:n], min_estimation=6)


@functools.cache
def equal_events():
    """The same event again and again: nothing differs between events."""
    y, market, day0 = returns("apart", missing=0.0)
    y[:], market[:] = y[0], market[0]
    return run(y, market, day0)


@functools.cache
def flat_residuals():
    """A firm that is its market: no residual to standardise by."""
    y, market, day0 = returns("apart", missing=0.0)
    y[4] = 0.001 + 1.5 * market[4]
    return run(y, market, day0)


@functools.cache
def louder_around_events():
    """Days of the event window with four times the variance."""
    y, market, day0 = returns("apart", missing=0.0)
    y[:, DAYS:] = market[:, DAYS:] + 2.0 * (y[:, DAYS:] - market[:, DAYS:])
    return y, market, day0


@functools.cache
def skewed(n=40):
    """Errors of skewness 2."""
    rng = np.random.default_rng(8)
    _, market, day0 = returns("apart")
    y = market + 0.02 * (rng.exponential(1.0, market.shape) - 1.0)
    return y[:n], market[:n], day0[:n]


@functools.cache
def short():
    """Fifty estimation days."""
    y, market, day0 = returns("apart", missing=0.0)
    y[:, : DAYS - 50] = np.nan
    return y, market, day0


@functools.cache
def one_large_date():
    y, market, _ = returns("apart")
    sizes = [EVENTS - 7, 1, 1, 1, 1, 1, 1, 1]
    day0 = 200 * np.repeat(np.arange(8), sizes)
    return y, market[:1].repeat(EVENTS, axis=0), day0 + DAYS + 5


@functools.cache
def four_dates():
    y, market, _ = returns("apart")
    day0 = 200 * (np.arange(EVENTS) % 4)
    return y, market[:1].repeat(EVENTS, axis=0), day0 + DAYS + 5


TROUBLED = {
    **{layout: functools.partial(returns, layout) for layout in LAYOUTS},
    "louder": louder_around_events, "skewed": skewed, "short": short,
    "one_large_date": one_large_date, "four_dates": four_dates,
}  # fmt: skip


@functools.cache
def troubled(name):
    """A sample that violates conditions of table 4.20."""
    return run(*TROUBLED[name]())
