"""Small studies for the rank and sign tests: ties, gaps, returns of several days."""

import functools

import numpy as np

from tests import many
from tests import oracles_ranks as oracle

EVENT_DAYS = 11
WINDOWS = ((0, 0), (-1, 1), (1, 3), (-5, 5))
READS = (
    "rank_sums",
    "restandardised_rank_sums",
    "generalised_rank_sums",
    "positive_share",
    "residual_moments",
)


def columns(window):
    """A window of days as the oracle takes it."""
    return window[0] + EVENT_DAYS // 2, window[1] + EVENT_DAYS // 2 + 1


def plain(rng, n=25, m=60):
    """Returns and market of events on different dates."""
    market = rng.normal(0.0, 0.01, (n, m + EVENT_DAYS))
    sigma = rng.uniform(0.01, 0.03, (n, 1))
    y = rng.normal(1.0, 0.3, (n, 1)) * market + sigma * rng.standard_normal(
        market.shape
    )
    y[:, m + EVENT_DAYS // 2] += 0.01
    return {"y": y, "x": market}


def gaps(rng):
    """A fifth of all returns missing, day 0 of some events among them."""
    case = plain(rng)
    case["y"][rng.random(case["y"].shape) < 0.2] = np.nan
    return case


def hopeless(rng):
    """Events without any return, without day 0, without an estimation window."""
    case = gaps(rng)
    case["y"][3], case["y"][5, -6], case["y"][8, :60] = np.nan, np.nan, np.nan
    return case


def closed(rng):
    """Days on which no event has a return, two before and one behind day 0."""
    case = gaps(rng)
    case["y"][:, [7, 20, 67]] = np.nan
    return case


def ties(rng, missing=0.0):
    """Returns on a coarse grid about a constant mean: many are equal, many 0."""
    y = np.round(rng.standard_normal((25, 71)), 0) * 0.01
    y[rng.random(y.shape) < missing] = np.nan
    return {"y": y, "x": None}


def spans(rng):
    """A fifth of the days without a trade: the next return covers them."""
    case = plain(rng)
    traded = rng.random(case["y"].shape) > 0.2
    y, d = np.full(traded.shape, np.nan), np.zeros(traded.shape)
    for event, days in enumerate(traded):
        first = 0
        for day in np.flatnonzero(days):
            y[event, day] = case["y"][event, first : day + 1].sum()
            d[event, day] = day + 1 - first
            first = day + 1
    return {"y": y, "x": case["x"], "spans": d}


def gaps_of_many(rng):
    """Two leaves of events."""
    case = plain(rng, n=300, m=30)
    case["y"][rng.random(case["y"].shape) < 0.1] = np.nan
    return case


CASES = {
    "plain": plain,
    "odd number of days": lambda rng: plain(rng, m=61),
    "gaps": gaps,
    "hopeless events": hopeless,
    "days of no event": closed,
    "ties": ties,
    "ties and gaps": lambda rng: ties(rng, 0.2),
    "returns of several days": spans,
    "more than a leaf": gaps_of_many,
}


@functools.cache
def samples(name):
    """What the tests read, by window."""
    case = CASES[name](np.random.default_rng(11))
    found = many.run(
        **case, event_days=EVENT_DAYS, windows=WINDOWS, reads=READS, return_kind="log"
    )
    return dict(zip(WINDOWS, found, strict=True))


@functools.cache
def events(name):
    """The same events by the oracle, one at a time."""
    case = CASES[name](np.random.default_rng(11))
    windows = tuple(columns(window) for window in WINDOWS)
    return oracle.each_event(
        case["y"], case["x"], EVENT_DAYS, windows, case.get("spans")
    )
