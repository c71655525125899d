"""The samples that the engine hands over, against those by plain numpy."""

import numpy as np
import pytest

from eventstudy import engine
from eventstudy.core.panel import Events, Panel
from eventstudy.design import Design, Window
from eventstudy.inference._headline import single_event_tests
from tests.samples import Returns, covered_by_next, sample_of

FIRMS, DAYS, DAY0 = 6, 200, 180
EVENT, ESTIMATION = (-5, 5), (-160, -6)
WINDOWS = [(0, 0), (-1, 1), (-5, 5), (1, 4)]
MODELS = {
    "market_adjusted": [],
    "constant_mean": ["constant"],
    "market_model": ["constant", "market"],
    "industry": ["constant", "market", "industry"],
}


def panel_of(rng, missing, spans):
    """Log returns of firms on one calendar, with gaps or multi-day returns."""
    market, other = rng.normal(0.0004, 0.01, (2, DAYS))
    series = {"market": market, "industry": 0.8 * market + 0.5 * other}
    y = 1.2 * market + rng.normal(0.0, 0.02, (FIRMS, DAYS))
    here = rng.random((FIRMS, DAYS)) >= missing
    days = here.astype(float)
    if spans:
        days, sums = covered_by_next(here, y[..., None], DAYS)
        y = sums[..., 0]
    return Panel(np.where(here, y, np.nan), days, (series,))


def returns_of(panel, columns):
    """The same events as the regression sees them: windows cut, sums over spans."""
    series = {"constant": np.ones(DAYS), **panel.benchmarks[0]}
    ends = {name: np.cumsum(values) for name, values in series.items()}

    def over(name, first, last):
        day = np.arange(first, last + 1)
        length = panel.spans[:, day].astype(int)
        before = np.where(day - length >= 0, ends[name][day - length], 0.0)
        return np.where(length > 0, ends[name][day] - before, 0.0)

    parts = {}
    for side, (start, end) in (("", ESTIMATION), ("_event", EVENT)):
        first, last = DAY0 + start, DAY0 + end
        d = panel.spans[:, first : last + 1]
        inside = d <= np.arange(1, last - first + 2)
        y = panel.returns[:, first : last + 1]
        x = [over(name, first, last) for name in columns]
        parts[f"y{side}"] = y - (0.0 if columns else over("market", first, last))
        parts[f"x{side}"] = np.stack(x, axis=2) if x else np.zeros((*y.shape, 0))
        parts[f"spans{side}"] = np.where(inside & np.isfinite(y), d, 0.0)
        parts[f"y{side}"][~inside] = np.nan
    return Returns(**parts)


@pytest.fixture(
    params=[(0.0, False), (0.3, False), (0.3, True)],
    ids=["complete", "available", "trade_to_trade"],
)
def panel(request):
    return panel_of(np.random.default_rng(5), *request.param)


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("model", MODELS)
def test_sample_and_outcomes(panel, model, window):
    design = Design.of(
        model="market_model" if model == "industry" else model,
        industry=model == "industry",
        event_window=EVENT,
        estimation_window=ESTIMATION,
        windows=WINDOWS,
        return_kind="log",
        min_estimation=20,
        seed=3,
    )
    keys = np.arange(FIRMS, dtype=np.uint64)
    zeros = np.zeros(FIRMS, int)
    events = Events(np.arange(FIRMS), zeros + DAY0, zeros, keys)
    fit = engine.estimate(panel, events, design)
    ours = engine.sample(fit, keys, design, Window(*window))
    theirs = sample_of(returns_of(panel, MODELS[model]), window, -5, seed=3)
    assert_equivalent(ours, theirs)
    for test in single_event_tests():
        found, expected = test(ours), test(theirs)
        np.testing.assert_allclose(found.p_value, expected.p_value, rtol=1e-8)
        np.testing.assert_array_equal(found.reason, expected.reason)


def assert_equivalent(ours, theirs):
    """Equal up to a rotation of the whitened rows, which no test can see."""
    for name in ("spans", "residual_spans", "df", "parameters", "window", "keys"):
        np.testing.assert_array_equal(getattr(ours, name), getattr(theirs, name))
    for name in ("abnormal_returns", "residuals", "sigma"):
        np.testing.assert_allclose(
            getattr(ours, name), getattr(theirs, name), rtol=1e-9, atol=1e-15
        )
    for rows, others in (
        (ours.rows, theirs.rows),
        (ours.residual_rows, theirs.residual_rows),
    ):
        products, expected = (r @ np.swapaxes(r, 1, 2) for r in (rows, others))
        np.testing.assert_allclose(products, expected, rtol=1e-9, atol=1e-13)
