"""Intervals and p-values as results show them, by statsmodels' prediction of each day.

An interval of the mean in place of a prediction interval, a p-value about the
estimate in place of 0, or an interval that forgets shared dates would be seen here.
"""

import functools

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

import eventstudy as es

DAYS = pd.bdate_range("2015-01-01", periods=420, unit="ns")
FIRMS = [f"F{i}" for i in range(10)]
WINDOWS = [(0, 0), (-1, 1), (-5, 5)]
CLOSE = {"rtol": 1e-9, "atol": 1e-13}
EVENT_DAY = 300


@functools.cache
def returns():
    """Ten firms that move together beyond the market, one of them with a gap."""
    rng = np.random.default_rng(5)
    market, common = rng.normal(0, 0.01, (2, len(DAYS)))
    noise = 0.015 * rng.standard_normal((len(DAYS), len(FIRMS)))
    frame = pd.DataFrame(market[:, None] + common[:, None] + noise, DAYS, FIRMS)
    frame.iloc[EVENT_DAY] -= 0.02
    return frame.assign(M=market)


def regression(firm, day0=EVENT_DAY):
    """statsmodels' fit on 250 days that end 11 days before the event, and its rows."""
    rows = sm.add_constant(returns()[["M"]])
    estimation = slice(day0 - 260, day0 - 10)
    fit = sm.OLS(returns()[firm].iloc[estimation], rows.iloc[estimation]).fit()
    return fit, rows


@functools.cache
def event():
    return es.analyze("F2", DAYS[EVENT_DAY], returns=returns(), market="M")


def test_each_day_of_an_event():
    frame, (fit, rows) = event().abnormal_returns, regression("F2")
    window = slice(EVENT_DAY - 10, EVENT_DAY + 11)
    forecast = fit.get_prediction(rows.iloc[window]).summary_frame(alpha=0.05)
    abnormal = returns()["F2"].iloc[window].to_numpy() - forecast["mean"].to_numpy()
    half = (forecast["obs_ci_upper"] - forecast["mean"]).to_numpy()
    error = half / stats.t.ppf(0.975, fit.df_resid)
    np.testing.assert_allclose(frame["abnormal"], abnormal, **CLOSE)
    np.testing.assert_allclose(frame["std_error"], error, **CLOSE)
    np.testing.assert_allclose(frame["ci_low"], abnormal - half, **CLOSE)
    np.testing.assert_allclose(frame["ci_high"], abnormal + half, **CLOSE)
    p = 2 * stats.t.sf(np.abs(abnormal / error), fit.df_resid)
    np.testing.assert_allclose(frame["p_value"], p, rtol=1e-9)


def car_of(firm, window, day0=EVENT_DAY):
    """CAR, its standard error with the covariance of the coefficients, and df."""
    fit, rows = regression(firm, day0)
    place = slice(day0 + window[0], day0 + window[1] + 1)
    total = rows.iloc[place].to_numpy().sum(axis=0)
    car = returns()[firm].iloc[place].sum() - total @ fit.params.to_numpy()
    days = window[1] - window[0] + 1
    variance = days * fit.mse_resid + total @ fit.cov_params().to_numpy() @ total
    return car, np.sqrt(variance), fit.df_resid


def test_the_path_of_an_event():
    frame = event().abnormal_returns
    for last in range(-10, 11):
        car, error, _ = car_of("F2", (-10, last))
        assert frame.loc[last, "car"] == pytest.approx(car, abs=1e-12)
        assert frame.loc[last, "car_std_error"] == pytest.approx(error, rel=1e-9)


@functools.cache
def study(days=(EVENT_DAY,)):
    """Every firm on one of the days in turn."""
    table = pd.DataFrame({"ticker": FIRMS})
    table["date"] = [DAYS[days[i % len(days)]] for i in range(len(FIRMS))]
    return es.study(
        table, returns=returns(), market="M", event_window=(-5, 5),
        estimation_window=(-260, -11), windows=WINDOWS,
    )  # fmt: skip


@pytest.mark.parametrize("window", WINDOWS)
def test_every_event_of_a_study(window):
    frame = study().cars(*window)
    for firm, row in zip(FIRMS, frame.itertuples(), strict=True):
        car, error, df = car_of(firm, window)
        half = stats.t.ppf(0.975, df) * error
        found = [row.value, row.std_error, row.t, row.ci_low, row.ci_high, row.p_value]
        p = 2 * stats.t.sf(abs(car / error), df)
        expected = [car, error, car / error, car - half, car + half, p]
        np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-12)


def mean_covariance(residuals):
    """r_c of events on one date: mean covariance over mean variance."""
    both = np.cov(residuals, ddof=0)
    n = len(both)
    return (both.sum() - np.trace(both)) / (n - 1) / np.trace(both)


@pytest.mark.parametrize("window", WINDOWS)
def test_mean_effect_of_events_on_one_date(window):
    """CAAR +- t sd / sqrt(N) sqrt((1 + (N - 1) r_c) / (1 - r_c)), not sd / sqrt(N)."""
    car = np.array([car_of(firm, window)[0] for firm in FIRMS])
    r = mean_covariance([regression(firm)[0].resid for firm in FIRMS])
    n = len(FIRMS)
    naive = car.std(ddof=1) / np.sqrt(n)
    error = naive * np.sqrt((1 + (n - 1) * r) / (1 - r))
    half = stats.t.ppf(0.975, n - 1) * error
    found = study().caar(*window)
    assert found.value == pytest.approx(car.mean(), rel=1e-9)
    assert found.std_error == pytest.approx(error, rel=1e-9)
    assert found.ci_low == pytest.approx(car.mean() - half, rel=1e-8)
    assert found.ci_high == pytest.approx(car.mean() + half, rel=1e-8)
    expected = 2 * stats.t.sf(abs(car.mean() / error), n - 1)
    assert found.p_value == pytest.approx(expected, rel=1e-8)
    assert found.std_error > 1.5 * naive


def test_mean_effect_of_events_far_apart():
    far = study(tuple(290 + 12 * i for i in range(10)))
    car = far.cars(-1, 1)["value"]
    found = far.caar(-1, 1)
    plain = stats.ttest_1samp(car, 0.0)
    low, high = plain.confidence_interval(0.95)
    assert (found.t, found.p_value) == pytest.approx(
        (plain.statistic, plain.pvalue), rel=1e-9
    )
    assert (found.ci_low, found.ci_high) == pytest.approx((low, high), rel=1e-9)


def test_mean_effect_of_each_day():
    frame = study().aar
    for day in (-5, 0, 3):
        effect = study().caar(day)
        for name in ("std_error", "ci_low", "ci_high", "p_value", "t"):
            assert frame.loc[day, name] == pytest.approx(getattr(effect, name))
        assert frame.loc[day, "aar"] == pytest.approx(effect.value)
