"""Markets drawn from a seed: panels of returns, and events in them.

Firms follow a factor model.  On a day without a trade a firm has no return, and the
next one covers the days since the last trade, as prices would give it.
"""

from dataclasses import fields

import numpy as np

from eventstudy.core.abnormal import Fit
from eventstudy.core.panel import Events, Panel
from eventstudy.design import Design
from eventstudy.models import LinearModel

FIT = [field.name for field in fields(Fit)]
FACTORS = ("market", "industry", "smb", "hml", "rmw", "cma")


def panel(seed, firms=20, days=700, k=2, missing=0.0, kind="simple", spans=True):
    """Returns of firms with k - 1 factors, ``missing`` of the firm-days without trade.

    With ``spans=False`` returns were given day by day: one after a gap is for its own
    day only.
    """
    rng = np.random.default_rng(seed)
    series = {name: rng.normal(0.0004, 0.01, days) for name in FACTORS[: max(k - 1, 0)]}
    betas = rng.normal(1.0, 0.3, (firms, len(series)))
    factors = np.array(list(series.values())).reshape(len(series), days)
    noise = rng.uniform(0.01, 0.03, (firms, 1)) * rng.standard_normal((firms, days))
    daily = 0.0003 + betas @ factors + noise
    traded = rng.random((firms, days)) >= missing
    if spans:
        returns, covered = over_gaps(daily, traded, kind)
    else:
        returns, covered = np.where(traded, daily, np.nan), traded.astype(float)
    return Panel(returns, covered, (series,))


def over_gaps(daily, traded, kind):
    """Returns from trade to trade, and the days each covers."""
    returns, covered = np.full(daily.shape, np.nan), np.zeros(daily.shape)
    for firm in range(len(daily)):
        first = 0
        for day in np.flatnonzero(traded[firm]):
            held = daily[firm, first : day + 1]
            total = held.sum() if kind == "log" else np.prod(1.0 + held) - 1.0
            returns[firm, day], covered[firm, day] = total, len(held)
            first = day + 1
    return returns, covered


def events(seed, source, n, first=270, last=20, dates=None):
    """n events in random order, some of them the same firm and day."""
    rng = np.random.default_rng(seed)
    firms, days = source.returns.shape
    firm = rng.integers(0, firms, n)
    choice = np.arange(first, days - last) if dates is None else np.asarray(dates)
    day0 = rng.choice(choice, n)
    if n > 2:
        firm[-1], day0[-1] = firm[0], day0[0]
    keys = rng.integers(0, 2**63, n).astype(np.uint64)
    return Events(firm, day0, np.zeros(n, int), keys)


def take(given, index):
    """Some of the events, in the order of ``index``."""
    return Events(
        given.firm[index], given.day0[index], given.benchmark[index], given.keys[index]
    )


def model(k, subtract=""):
    """A linear model of k coefficients, the constant among them."""
    return LinearModel("simulated", "Simulated", "-", FACTORS[: k - 1], True, subtract)


def design(k=2, **settings):
    """A design with a model of k coefficients."""
    chosen = settings.pop("model", None) or model(k)
    return Design.of("simulated", **({"min_estimation": 10} | settings), model=chosen)


def part(fit, index):
    """The same events of what was estimated."""
    return Fit(*(getattr(fit, name)[index] for name in FIT))


def same_bits(found, expected):
    """Assert that two estimates are equal in all their arrays, NaN where NaN is."""
    for name in FIT:
        a, b = getattr(found, name), getattr(expected, name)
        np.testing.assert_array_equal(a, b, err_msg=name)
