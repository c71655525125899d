"""The one recipe against statsmodels, event by event."""

import numpy as np
import pytest

from eventstudy import engine
from eventstudy.core.panel import Events, Panel
from tests import oracles_regression as oracle
from tests import simulate


@pytest.mark.parametrize("missing", ["available", "trade_to_trade"])
@pytest.mark.parametrize("share", [0.0, 0.05, 0.2, 0.4])
@pytest.mark.parametrize("k", [1, 2, 4, 7])
def test_agrees_with_statsmodels(k, share, missing):
    kind = "log" if k == 4 else "simple"
    panel = simulate.panel(k + int(100 * share), k=k, missing=share, kind=kind)
    events = simulate.events(k, panel, 24)
    design = simulate.design(k, missing=missing, return_kind=kind, event_window=(-5, 5))
    fit = engine.estimate(panel, events, design)
    for i in range(len(events)):
        estimation, event = oracle.both_windows(panel, events, i, design)
        right = oracle.regression(estimation, event)
        oracle.agrees(fit, i, estimation, event, right)


@pytest.mark.parametrize(
    ("estimation", "event"),
    [((-60, -20), (3, 9)), (120, (-1, 1)), ((-50, -3), (-2, -1))],
)
def test_windows_with_and_without_a_gap_between_them(estimation, event):
    panel = simulate.panel(3, missing=0.1)
    events = simulate.events(4, panel, 6)
    design = simulate.design(estimation_window=estimation, event_window=event)
    fit = engine.estimate(panel, events, design)
    for i in range(6):
        rows = oracle.both_windows(panel, events, i, design)
        oracle.agrees(fit, i, *rows)


def test_returns_given_day_by_day_need_no_span():
    panel = simulate.panel(5, missing=0.2, spans=False)
    events = simulate.events(6, panel, 6)
    design = simulate.design(missing="available")
    fit = engine.estimate(panel, events, design)
    for i in range(6):
        rows = oracle.both_windows(panel, events, i, design)
        oracle.agrees(fit, i, *rows)


def test_no_events():
    panel = simulate.panel(1)
    fit = engine.estimate(panel, simulate.events(1, panel, 0), simulate.design())
    assert fit.abnormal_returns.shape == (0, 21)
    assert fit.residual_rows.shape == (0, 250, 2)


def test_with_every_second_day_missing_the_variance_counts_days():
    panel = simulate.panel(8, k=2, kind="log")
    traded = np.zeros(panel.returns.shape, bool)
    traded[:, ::2] = True
    panel = Panel(*simulate.over_gaps(panel.returns, traded, "log"), panel.benchmarks)
    events = simulate.events(8, panel, 5, dates=[401])
    design = simulate.design(return_kind="log", event_window=(-10, 9))
    fit = engine.estimate(panel, events, design)
    # Days 392, 394 .. 410: day 391 has no return, so that of 392 starts on it.
    assert (fit.spans.sum(axis=1) == 20).all()
    for i in range(5):
        rows = oracle.both_windows(panel, events, i, design)
        oracle.agrees(fit, i, *rows)
        window = engine.sample(simulate.part(fit, [i]), events.keys[i : i + 1], design,
                               design.event_window)  # fmt: skip
        total = rows[1].x.sum(axis=0)
        right = oracle.regression(*rows)
        hat = right.covariance.sum() / right.sigma**2
        assert window.scale[0] == pytest.approx(hat, rel=1e-10)
        assert total[0] == 20
        assert window.n_rows[0] == 10


def test_days_beyond_the_data_are_missing():
    panel = simulate.panel(14, days=300, missing=0.1)
    days = [100, 150, 259, 285, 292, 299]
    events = Events(
        np.arange(6), np.array(days), np.zeros(6, int), np.arange(6).astype(np.uint64)
    )
    design = simulate.design()
    fit = engine.estimate(panel, events, design)
    for i in range(6):
        rows = oracle.both_windows(panel, events, i, design)
        oracle.agrees(fit, i, *rows)
    assert np.isnan(fit.abnormal_returns[4, 18:]).all()
    assert np.isnan(fit.residuals[0, : 250 - 90]).all()


def test_rows_for_other_software_give_the_same_regression():
    panel = simulate.panel(17, k=3, missing=0.3)
    events = simulate.events(17, panel, 3)
    design = simulate.design(3)
    y, x = engine.regression_rows(panel, events, design)
    right = oracle.sm.OLS(y, x).fit()
    fit = engine.estimate(panel, events, design)
    np.testing.assert_allclose(fit.coefficients[0], right.params, rtol=1e-10)
    np.testing.assert_allclose(fit.sigma[0] ** 2, right.scale, rtol=1e-10)
    estimation, event = engine.regressor_days(panel, events, design)
    at = int(events.day0[0])
    market, industry = (panel.benchmarks[0][name] for name in design.model.regressors)
    np.testing.assert_array_equal(
        estimation, np.column_stack([market, industry])[at - 260 : at - 10]
    )
    np.testing.assert_array_equal(event[:, 0], market[at - 10 : at + 11])
