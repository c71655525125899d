"""How often tests of many events reject: the designs of the reference, fast.

A market model with 250 estimation days directly followed by the event window.  Betas
are N(1, 0.3^2), the firms' daily standard deviations uniform on 1.0 to 3.5 per cent,
the market 0.04 per cent a day with standard deviation 1 per cent.
"""

import dataclasses
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from eventstudy import engine, passes
from eventstudy.core.panel import Events, Panel
from eventstudy.core.pvalues import rejects
from eventstudy.design import Design
from eventstudy.inference._base import find_test
from tests.mistakes import MISTAKES

APART = 40  # calendar days between dates whose windows do not overlap
AT_ONCE = 1 << 19  # returns that are estimated at a time
# What says whether a p-value is to be believed, not what it is.
READ_BY_CONDITIONS = {"event_variance", "residual_moments"}


class Draw(NamedTuple):
    """Returns (N, M + E), market (M + E,) or (N, M + E), and day 0 of each event."""

    y: np.ndarray
    x: np.ndarray
    day0: np.ndarray


@dataclass(frozen=True)
class Simulation:
    """A design in which nothing happens, or a shock on day 0.

    ``dates``: number of events on each date, or None where each event has a market
    path of its own (on one and the same calendar day: the reference takes them so).
    ``stagger``: event days scattered over so many consecutive days of one calendar.
    ``rho``: correlation of the errors of events that share a day.  ``skewness`` is
    that of gamma errors.  ``variance`` multiplies that of event-window days;
    ``common`` and ``own`` add shocks there, in units of each firm's variance;
    ``effect_sd`` spreads the effects of day 0.  ``missing``: shares of estimation and
    event days without a return, day 0 always with one.
    """

    n: int = 30
    dates: tuple[int, ...] | None = None
    stagger: int = 0
    rho: float = 0.0
    heavy: bool = False
    skewness: float = 0.0
    garch: bool = False
    variance: float = 1.0
    common: float = 0.0
    own: float = 0.0
    effect_sd: float = 0.0
    shock: float = 0.0
    missing: tuple[float, float] = (0.0, 0.0)
    days: int = 250
    event_days: int = 11

    def draw(self, rng):
        """One sample."""
        day0, path = self._dates(rng)
        market, common = self._paths(rng, day0, path)
        noise = np.sqrt(self.rho) * common
        noise = noise + np.sqrt(1.0 - self.rho) * self._errors(rng, market.shape)
        noise[:, self.days :] *= np.sqrt(self.variance)
        noise[:, self.days :] += self._shocks(rng, path)
        sigma = rng.uniform(0.01, 0.035, (self.n, 1))
        y = rng.normal(1.0, 0.3, (self.n, 1)) * market + sigma * noise
        event_day = self.days + self.event_days // 2
        y[:, event_day] += self.shock + self.effect_sd * rng.standard_normal(self.n)
        if any(self.missing):
            share = np.repeat(self.missing, [self.days, self.event_days])
            hole = rng.random(y.shape) < share
            hole[:, event_day] = False
            y[hole] = np.nan
        return Draw(y, market, day0)

    def _dates(self, rng):
        """Day 0 of each event, and which path of market and common shocks it is on."""
        first = self.days + self.event_days // 2
        if self.stagger:
            day0 = first + rng.integers(0, self.stagger, self.n)
            return day0, np.zeros(self.n, int)
        if self.dates is None:
            return np.full(self.n, first), np.arange(self.n)
        path = np.repeat(np.arange(len(self.dates)), self.dates)
        return first + APART * path, path

    def _paths(self, rng, day0, path):
        """Market and common shocks of each event, (N, M + E)."""
        width = self.days + self.event_days
        start = day0 - day0.min() if self.stagger else np.zeros(self.n, int)
        column = start[:, None] + np.arange(width)
        shape = (path.max() + 1, column.max() + 1)
        market = rng.normal(0.0004, 0.01, shape)
        common = rng.standard_normal(shape) if self.rho else np.zeros(shape)
        return market[path[:, None], column], common[path[:, None], column]

    def _errors(self, rng, shape):
        """Firm-specific errors of unit variance."""
        if self.garch:
            return _garch(rng, shape)
        if self.heavy:
            return rng.standard_t(4, shape) / np.sqrt(2.0)
        if self.skewness:
            k = 4.0 / self.skewness**2
            return (rng.gamma(k, 1.0, shape) - k) / np.sqrt(k)
        return rng.standard_normal(shape)

    def _shocks(self, rng, path):
        """What is added on event-window days, in units of each firm's sd."""
        shape = (path.max() + 1, self.event_days)
        common = np.sqrt(self.common) * rng.standard_normal(shape)[path]
        return common + np.sqrt(self.own) * rng.standard_normal(
            (self.n, self.event_days)
        )


def _garch(rng, shape, a=0.08, b=0.90, burn_in=200):
    """GARCH(1,1) errors of unit unconditional variance."""
    n, days = shape
    z = rng.standard_normal((n, burn_in + days))
    e, variance = np.empty(z.shape), np.ones(n)
    for t in range(burn_in + days):
        e[:, t] = np.sqrt(variance) * z[:, t]
        variance = (1.0 - a - b) + a * e[:, t] ** 2 + b * variance
    return e[:, burn_in:]


ONE_DATE = {"rho": 0.1}
DESIGNS = {
    "normal": {},
    "t4": {"heavy": True},
    "eiv": {"variance": 2.0},
    "corr": ONE_DATE,
    "corr_eiv": ONE_DATE | {"variance": 2.0},
    "garch": {"garch": True},
    "12 dates": {"dates": (5,) * 12, "rho": 0.3},
    "12 dates, variance x2": {"dates": (5,) * 12, "rho": 0.3, "variance": 2.0},
    "staggered": {"stagger": 10, "rho": 0.1},
}


def design(name, n=30, **changes):
    """A design of the reference by its name; on one date all N share it."""
    settings = DESIGNS[name] | {"n": n} | changes
    if settings.get("rho") and not settings.get("stagger"):
        settings.setdefault("dates", (n,))
    return Simulation(**settings)


def samples(
    simulation, replications, *, seed=1, windows=((0, 0),), reads=(), **settings
):
    """The CrossSection of each window and the residuals, replication by replication.

    Many replications are estimated at once, each event on a stretch of the calendar
    of its own; then the events of a replication get the dates that they have in it.
    """
    design = _design_of(simulation, windows, settings)
    streams = np.random.default_rng(seed).spawn(replications)
    width = simulation.days + simulation.event_days
    batch = max(1, AT_ONCE // (simulation.n * width))
    for first in range(0, replications, batch):
        draws = [simulation.draw(rng) for rng in streams[first : first + batch]]
        prepared = _prepared(draws, design)
        for number in range(len(draws)):
            index = number * simulation.n + np.arange(simulation.n)
            fit = prepared.fit(index)
            found = passes.placebo_samples(prepared, design, fit, index, reads)
            # Each replication has random draws of its own.
            seeded = [dataclasses.replace(s, seed=first + number) for s in found]
            yield seeded, fit.residuals


def _design_of(simulation, windows, settings):
    """The design of a study of simulated events."""
    first_day = -(simulation.event_days // 2)
    return Design.of(
        "simulated",
        **{
            "model": "market_model",
            "event_window": (first_day, first_day + simulation.event_days - 1),
            "estimation_window": (first_day - simulation.days, first_day - 1),
            "windows": windows, "min_estimation": 5, "missing": "available",
        }
        | settings,
    )  # fmt: skip


def _prepared(draws, design):
    """Events of all draws ready to be estimated, with the dates of their draw."""
    y, x = (np.concatenate([getattr(draw, name) for draw in draws]) for name in "yx")
    n, width = y.shape
    panel = Panel(
        y.reshape(1, -1), np.isfinite(y).reshape(1, -1).astype(float),
        ({"market": x.ravel()},),
    )  # fmt: skip
    none, place = np.zeros(n, int), np.arange(n)
    apart = place * width - design.estimation_window.start
    events = Events(none, apart, none, place.astype(np.uint64))
    prepared = engine.prepare(panel, events, design)
    dates = np.concatenate([draw.day0 for draw in draws])
    return dataclasses.replace(prepared, events=dataclasses.replace(events, day0=dates))


def rejection_rates(
    simulation, tests, *, windows=((0, 0),), replications=1000, seed=1, level=0.05,
    **settings,
):  # fmt: skip
    """Share of replications rejected, by window and test; NaN does not reject.

    ``tests``: keys, mistakes of ``tests.mistakes`` among them, or objects.  Settings
    are those of ``Design.of``.
    """
    found = {getattr(test, "key", test): p_value_of(test) for test in tests}
    reads = tuple(dict.fromkeys(key for reads, _ in found.values() for key in reads))
    hits = Counter({(w, key): 0 for w in windows for key in found})
    for drawn, residuals in samples(
        simulation, replications, seed=seed, windows=windows, reads=reads, **settings
    ):
        for window, sample in zip(windows, drawn, strict=True):
            for key, (_, p_value) in found.items():
                p = p_value(sample, residuals)
                hits[window, key] += int(rejects(p, level))
    return {place: count / replications for place, count in hits.items()}


def p_value_of(test):
    """What a test reads, and its p-value as a function of sample and residuals."""
    if isinstance(test, str) and test in MISTAKES:
        return MISTAKES[test]
    found = find_test(test)
    reads = tuple(key for key in found.reads if key not in READ_BY_CONDITIONS)
    return reads, lambda sample, _: found.compute(sample, **found.options).p_value()


def allowed(ours, n, theirs, m):
    """Four standard errors of the difference of two simulated rates."""
    pooled = (n * ours + m * theirs) / (n + m)
    # A rate of exactly 0 or 1 on both sides would allow nothing.
    variance = max(pooled * (1.0 - pooled), 1.0 / (n + m))
    return 4.0 * np.sqrt(variance * (1.0 / n + 1.0 / m))
