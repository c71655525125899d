"""The solver against 60 digits, on returns that punish it, and its own refusals.

Limits are (abnormal return over sigma, s2 relative).  What the inputs' rounding allows
sets them: 1 unit in 1e16 of the level over a sigma of 0.02, or of the condition number.
Where many days are missing few rows share the error, so the worst case is that with
220 of 250 days missing.
"""

import numpy as np
import pytest

from eventstudy import engine
from eventstudy.core import abnormal
from eventstudy.core.abnormal import is_collinear
from eventstudy.core.panel import Events, Panel
from tests import precision, simulate

DAYS, EVENT_DAYS = 250, 11
ALL = DAYS + EVENT_DAYS
HOLES = [0, 5, 125, 220]
LIMITS = {
    # A few units in the last place.
    "ordinary": (5e-15, 2e-15),
    # The rounding of returns of that size, 1e-12 and 1e-10, over sigma.
    "level 1e4": (2e-10, 2e-15),
    "level 1e6": (2e-8, 2e-15),
    # A return of 0.01 is rounded to 1e-18: 1e-10 of this sigma.
    "pegged": (3e-9, 5e-10),
    # The rounding times the condition number.
    "collinear 1e-4": (5e-12, 5e-13),
    "collinear 1e-6": (5e-10, 5e-11),
    "collinear 1e-8": (2e-8, 5e-9),
}


def returns(name, seed):
    """Daily log returns (ALL,) and factors (ALL, f) of a case."""
    rng = np.random.default_rng(seed)
    x, noise = rng.normal(0.0004, 0.01, (ALL, 1)), rng.standard_normal(ALL)
    size = float(name.split()[-1]) if " " in name else 0.0
    if name.startswith("collinear"):
        x = np.column_stack([x, x + size * rng.normal(0.0, 0.01, (ALL, 1))])
    sigma = 1e-8 if name == "pegged" else 0.02
    y = 0.9 * x.sum(axis=1) + sigma * noise
    level = size if name.startswith("level") else 0.0
    return y + level, x + level


def missing(seed, holes):
    """Which days have a trade: ``holes`` of the estimation days do not."""
    traded = np.ones(ALL, bool)
    at = np.random.default_rng(seed + 100).choice(DAYS, holes, replace=False)
    traded[at] = False
    return traded


def estimated(y, x, traded, spans):
    """The fit of one event on these days, and its panel."""
    names = simulate.FACTORS[: x.shape[1]]
    series = {name: x[:, i].copy() for i, name in enumerate(names)}
    if spans:
        panel = Panel(*simulate.over_gaps(y[None], traded[None], "log"), (series,))
    else:
        panel = Panel(np.where(traded, y, np.nan)[None], 1.0 * traded[None], (series,))
    event = Events(*np.array([[0], [DAYS], [0]]), np.zeros(1, np.uint64))
    design = simulate.design(
        x.shape[1] + 1,
        return_kind="log",
        estimation_window=(-DAYS, -1),
        event_window=(0, EVENT_DAYS - 1),
    )
    return engine.estimate(panel, event, design), panel


def exact(fit, panel):
    """The same observations in 60 digits, factors summed over their spans."""
    series = panel.benchmarks[0].values()
    windows = []
    for spans, first in ((fit.residual_spans[0], 0), (fit.spans[0], DAYS)):
        at = np.flatnonzero(spans)
        ends, days = first + at, spans[at].astype(int)
        rows = [
            [d, *(precision.summed(values[t - d + 1 : t + 1]) for values in series)]
            for t, d in zip(ends, days, strict=True)
        ]
        windows.append((panel.returns[0, ends], rows, days))
    (y, x, d), (y_event, x_event, d_event) = windows
    return precision.regression(y, x, y_event, x_event, d, d_event)


def errors(fit, panel):
    """Of the abnormal returns over sigma, of s2, and of their variances."""
    right, used = exact(fit, panel), fit.spans[0] > 0
    s2 = fit.sigma[0] ** 2
    variances = s2 * (fit.spans[0] + (fit.rows[0] ** 2).sum(axis=1))
    return (
        *precision.errors(fit.abnormal_returns[0, used], s2, right),
        precision.relative_error(variances[used], right.variances),
    )


@pytest.fixture
def alone(monkeypatch):
    """Events that were given a factorisation of their own."""
    seen, real = [], abnormal._fit_alone

    def spy(block, basis, event, *, keep_rows):
        seen.append(int(event))
        return real(block, basis, event, keep_rows=keep_rows)

    monkeypatch.setattr(abnormal, "_fit_alone", spy)
    return seen


@pytest.mark.parametrize("holes", HOLES)
@pytest.mark.parametrize("name", LIMITS)
def test_daily_returns(name, holes, alone):
    for seed in range(2):
        y, x = returns(name, seed)
        fit, panel = estimated(y, x, missing(seed, holes), spans=False)
        found = errors(fit, panel)
        limit = LIMITS[name]
        assert found[0] <= limit[0]
        assert found[1] <= limit[1]
        assert found[2] <= 10 * limit[1]
    assert alone == []


@pytest.mark.parametrize("holes", HOLES[1:])
@pytest.mark.parametrize("name", [name for name in LIMITS if "level" not in name])
def test_returns_over_several_days(name, holes, alone):
    y, x = returns(name, 3)
    fit, panel = estimated(y, x, missing(3, holes), spans=True)
    assert fit.residual_spans.max() > 1
    found = errors(fit, panel)
    assert found[0] <= LIMITS[name][0]
    assert found[1] <= LIMITS[name][1]
    assert found[2] <= 10 * LIMITS[name][1]
    assert alone == []


def test_levels_over_several_days():
    # A sum of d levels is rounded like a level d times as high, and so is d times the
    # mean that is taken off: 1e-11 over a sigma of 0.02, in s2 as well.
    y, x = returns("level 1e4", 4)
    found = errors(*estimated(y, x, missing(4, 125), spans=True))
    assert max(found) <= 2e-9


class TestHostileHoles:
    """Holes that take away what the regressors vary by."""

    def quiet_but_for(self, loud, seed=5):
        """A market that moves on the first ``loud`` days only, when no one trades."""
        rng = np.random.default_rng(seed)
        x = 1e-5 * rng.standard_normal((ALL, 1))
        # Together the loud days come to nothing: nor does a return over all of them.
        x[:loud] = 1e-2 * np.resize([1.0, -1.0], (loud, 1))
        y = 0.0003 + 1.1 * x[:, 0] + 0.02 * rng.standard_normal(ALL)
        traded = np.arange(ALL) >= loud
        return y, x, traded

    @pytest.mark.parametrize("spans", [False, True])
    def test_the_market_moves_on_missing_days_only(self, spans, alone):
        y, x, traded = self.quiet_but_for(30)
        fit, panel = estimated(y, x, traded, spans)
        found = errors(fit, panel)
        assert alone == [0]
        assert found[0] <= 5e-14
        assert found[1] <= 5e-15
        assert found[2] <= 5e-14

    def test_hardly_any_day_is_left(self, alone):
        y, x = returns("ordinary", 6)
        traded = np.arange(ALL) >= DAYS
        left = [7, 8, 60, 61, 140, 249]
        traded[left] = True
        # The six tell a hundred-millionth of what the market varies by.
        x[left] *= 1e-4
        fit, panel = estimated(y, x, traded, spans=False)
        found = errors(fit, panel)
        assert fit.n_estimation[0] == 6
        assert alone == [0]
        # Prediction from them is uncertain by 1e4 sigma.
        assert found[0] <= 1e-10
        assert found[1] <= 1e-14
        assert found[2] <= 1e-14

    def test_two_factors_differ_on_missing_days_only(self, alone):
        rng = np.random.default_rng(7)
        x = rng.normal(0.0, 0.01, (ALL, 1))
        x = np.column_stack([x, x])
        x[20:30, 1] += 0.01
        y, traded = x[:, 0] + 0.02 * rng.standard_normal(ALL), np.ones(ALL, bool)
        fit, _ = estimated(y, x, traded, spans=False)
        assert not is_collinear(fit.condition)[0]
        traded[20:30] = False
        fit, _ = estimated(y, x, traded, spans=False)
        assert alone == [0]
        assert fit.condition[0] == np.inf
        weights = np.abs(fit.weakest[0])
        np.testing.assert_allclose(weights, [0.0, 0.5**0.5, 0.5**0.5], atol=1e-6)
        assert np.isnan(fit.abnormal_returns).all()

    def test_nearly_equal_but_on_missing_days(self, alone):
        rng = np.random.default_rng(8)
        x = rng.normal(0.0, 0.01, (ALL, 1))
        x = np.column_stack([x, x + 1e-8 * rng.standard_normal((ALL, 1))])
        x[20:30, 1] += 0.01
        y, traded = x[:, 0] + 0.02 * rng.standard_normal(ALL), np.ones(ALL, bool)
        traded[20:30] = False
        for spans in (False, True):
            fit, panel = estimated(y, x, traded, spans)
            found = errors(fit, panel)
            assert found[0] <= 1e-8
            assert found[1] <= 1e-9
        assert alone[0] == 0
