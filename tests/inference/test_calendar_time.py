"""Portfolio in calendar time and RATS: against loops over days, and statsmodels."""

import functools

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from eventstudy.core.pvalues import rejects
from eventstudy.errors import ArgumentError
from eventstudy.inference._base import find_test
from tests import many

EVENTS, BEFORE, SIDE = 60, 60, 11
WINDOW_DAYS = 2 * SIDE + 1


def calendar(seed=1, days=700, factors=1):
    """A market and a shock common to all firms, by day."""
    rng = np.random.default_rng(seed)
    return rng.normal(0.0004, 0.01, (factors, days)), rng.normal(0.0, 0.01, days)


def study(layout="staggered", seed=1, missing=0.05, n=EVENTS):
    """Returns (N, M + E), market and day 0 of events on one calendar."""
    rng = np.random.default_rng(seed)
    market, common = calendar(seed)
    first = BEFORE + SIDE
    day0 = {
        "staggered": first + rng.integers(0, 90, n),
        "apart": first + 9 * np.arange(n),
        "shared": first + 30 * (np.arange(n) % 20),
    }[layout]
    column = day0[:, None] + np.arange(-BEFORE - SIDE, SIDE + 1)
    x = market[0][column]
    y = rng.normal(1, 0.3, (n, 1)) * x + common[column]
    y = 0.001 + y + 0.02 * rng.standard_normal(x.shape)
    y[:, BEFORE + SIDE] += 0.01
    hole = rng.random(y.shape) < missing
    hole[:, BEFORE + SIDE] = False
    y[hole] = np.nan
    return y, x, day0


def run(y, x, day0, windows, key, **options):
    return many.run(
        y, x, day0=day0, event_days=WINDOW_DAYS, windows=windows, tests=[key],
        min_estimation=20, **options,
    )  # fmt: skip


def long_frame(y, x, day0, window, used=None):
    """One row an event and day of the window with a return."""
    used = np.arange(len(y)) if used is None else used
    rows = [
        (int(day0[i] + k), k, i, int(day0[i]), y[i, BEFORE + SIDE + k],
         x[i, BEFORE + SIDE + k])
        for i in used
        for k in range(window[0], window[1] + 1)
    ]  # fmt: skip
    names = ["day", "event_day", "event", "date", "y", "x"]
    return pd.DataFrame(rows, columns=names).dropna()


def portfolio(frame):
    """Members, mean return and mean regressors of each calendar day."""
    means = frame.groupby("day")[["y", "x"]].mean()
    return frame.groupby("day").size(), means.y, sm.add_constant(means.x)


def t_and_p(fit):
    return fit.tvalues["const"], fit.pvalues["const"]


def outcome(key, sample):
    found = find_test(key)(sample)
    return float(found.statistic.value), float(found.p_value)


WINDOWS = ((0, 0), (-1, 1), (1, 11))


@functools.cache
def samples(layout):
    return dict(
        zip(WINDOWS, run(*study(layout), WINDOWS, "calendar_time"), strict=True)
    )


def robust(lags=None):
    """How statsmodels names the errors."""
    if lags is None:
        return {"cov_type": "HC1", "use_t": True}
    words = {"maxlags": lags, "use_correction": True}
    return {"cov_type": "HAC", "cov_kwds": words, "use_t": True}


@pytest.mark.parametrize("layout", ["staggered", "apart", "shared"])
@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_calendar_time_against_statsmodels(layout, window):
    sample = samples(layout)[window]
    n, y, x = portfolio(long_frame(*study(layout), window))
    lags = int(np.floor(4 * (len(y) / 100) ** (2 / 9)))
    expected = {
        "calendar_time": sm.OLS(y, x).fit(**robust()),
        "calendar_time|errors=classical": sm.OLS(y, x).fit(),
        "calendar_time|errors=newey_west": sm.OLS(y, x).fit(**robust(lags)),
        "calendar_time|weighted": sm.WLS(y, x, weights=n).fit(**robust()),
        "calendar_time|weighted|errors=classical": sm.WLS(y, x, weights=n).fit(),
    }
    for key, fit in expected.items():
        np.testing.assert_allclose(
            outcome(key, sample), t_and_p(fit), rtol=1e-9, err_msg=key
        )
        df = find_test(key)(sample).statistic.df
        assert df == fit.df_resid == len(y) - 2


def test_days_with_few_members_are_dropped():
    sample = samples("staggered")[1, 11]
    n, y, x = portfolio(long_frame(*study(), (1, 11)))
    for least in (2, 5, 8):
        enough = n >= least
        assert 10 < enough.sum() < len(n)
        fit = sm.OLS(y[enough], x[enough]).fit(**robust())
        found = outcome(f"calendar_time|min_members={least}", sample)
        np.testing.assert_allclose(found, t_and_p(fit), rtol=1e-9)


def test_windows_beyond_a_month_need_ten_members():
    y, x, day0 = study(n=200)
    window = (-11, 10)
    sample = run(y, x, day0, [window, (-10, 10)], "calendar_time")
    n, mean, rows = portfolio(long_frame(y, x, day0, window))
    enough = n >= 10
    assert 30 < enough.sum() < len(n)
    fit = sm.OLS(mean[enough], rows[enough]).fit(**robust())
    found = outcome("calendar_time", sample[0])
    np.testing.assert_allclose(found, t_and_p(fit), rtol=1e-9)
    n = portfolio(long_frame(y, x, day0, (-10, 10)))[0]
    assert find_test("calendar_time")(sample[1]).statistic.df == len(n) - 2


def test_mean_of_standardised_returns():
    y, x, day0 = study(missing=0.0)
    sample = run(y, x, day0, [(-1, 1)], "calendar_time")[0]
    rows = []
    for i in range(EVENTS):
        design = sm.add_constant(x[i])
        fit = sm.OLS(y[i, :BEFORE], design[:BEFORE]).fit()
        for k in (-1, 0, 1):
            at = BEFORE + SIDE + k
            error = fit.get_prediction(design[[at]]).se_obs[0]
            ar = y[i, at] - design[at] @ fit.params
            rows.append((day0[i] + k, ar / error))
    mean = pd.DataFrame(rows, columns=["day", "sar"]).groupby("day").sar.mean()
    expected = sm.OLS(mean.to_numpy(), np.ones(len(mean))).fit(**robust())
    found = outcome("calendar_time|on=sar", sample)
    np.testing.assert_allclose(found, (expected.tvalues[0], expected.pvalues[0]),
                               rtol=1e-8)  # fmt: skip


def test_averaging_by_event_day_is_another_test():
    # One event a day of the calendar: events of one day are one observation.
    sample = samples("shared")[0, 0]
    assert find_test("calendar_time")(sample).statistic.df == 20 - 2
    assert find_test("cross_sectional_t")(sample).statistic.df == EVENTS - 1


def test_few_days_are_not_to_be_relied_on():
    found = find_test("calendar_time")(samples("shared")[0, 0])
    assert not found.valid
    assert found.reason == "too_few_days"
    assert find_test("calendar_time")(samples("shared")[-1, 1]).valid
    y, x, _ = study("shared")
    same = run(y[:12], x[:12], np.full(12, 100), [(0, 0)], "calendar_time")[0]
    found = find_test("calendar_time")(same)
    assert np.isnan(found.p_value)
    assert found.reason == "too_few_days"


@pytest.mark.parametrize("key", ["calendar_time", "rats"])
def test_a_model_without_a_benchmark(key):
    y, x, day0 = study("apart")
    plain = run(y, None, day0, [(0, 0)], key)[0]
    assert find_test(key)(plain).reason == "not_applicable"
    adjusted = run(y, x, day0, [(0, 0)], key, model="market_adjusted")[0]
    values = (y - x)[:, BEFORE + SIDE]
    expected = stats.ttest_1samp(values, 0.0)
    np.testing.assert_allclose(outcome(key, adjusted), tuple(expected), rtol=1e-9)


def test_returns_over_several_days_are_of_no_day():
    y, x, day0 = study("apart", missing=0.0)
    gap = BEFORE + SIDE + 1
    y[7, gap] = np.nan
    spans = np.isfinite(y).astype(float)
    spans[7, gap + 1] = 2.0
    keys = ("calendar_time", "rats")
    sample = run(y, x, day0, [(1, 3)], keys[0], spans=spans)[0]
    frame = long_frame(y, x, day0, (1, 3))
    frame = frame[(frame.event != 7) | (frame.event_day == 3)]
    _, mean, rows = portfolio(frame)
    fit = sm.OLS(mean, rows).fit(**robust())
    np.testing.assert_allclose(outcome(keys[0], sample), t_and_p(fit), rtol=1e-9)
    expected = literal_rats(frame)
    np.testing.assert_allclose(outcome(keys[1], sample), expected, rtol=1e-9)


def test_events_with_markets_of_their_own():
    y, x, day0 = study("staggered", missing=0.0)
    rng = np.random.default_rng(5)
    x = x + 0.01 * rng.standard_normal(x.shape)
    sample = run(y, x, day0, [(-1, 1)], "calendar_time")[0]
    _, mean, rows = portfolio(long_frame(y, x, day0, (-1, 1)))
    fit = sm.OLS(mean, rows).fit(**robust())
    np.testing.assert_allclose(
        outcome("calendar_time", sample), t_and_p(fit), rtol=1e-9
    )
    expected = literal_rats(long_frame(y, x, day0, (-1, 1)))
    np.testing.assert_allclose(outcome("rats", sample), expected, rtol=1e-9)


def test_only_members_are_held():
    y, x, day0 = study("staggered")
    y[3, BEFORE + SIDE] = np.nan
    y[8, :BEFORE] = np.nan
    used = np.delete(np.arange(EVENTS), [3, 8])
    day = run(y, x, day0, [(-1, 1)], "calendar_time")[0]
    assert day.n_events == used.size
    _, mean, rows = portfolio(long_frame(y, x, day0, (-1, 1), used))
    fit = sm.OLS(mean, rows).fit(**robust())
    np.testing.assert_allclose(outcome("calendar_time", day), t_and_p(fit), rtol=1e-9)


def literal_rats(frame):
    """A regression an event day by statsmodels, the days taken as independent."""
    value, variance, df = 0.0, 0.0, []
    shared = frame.groupby(["event_day", "date"]).size().max() > 1
    for _, day in frame.groupby("event_day"):
        model = sm.OLS(day.y, sm.add_constant(day.x))
        if shared:
            groups = {"groups": day.date.to_numpy()}
            fit = model.fit(cov_type="cluster", cov_kwds=groups, use_t=True)
            df.append(day.date.nunique() - 1)
        else:
            fit = model.fit(cov_type="HC1", use_t=True)
            df.append(len(day) - 2)
        value, variance = value + fit.params["const"], variance + fit.bse["const"] ** 2
    t = value / np.sqrt(variance)
    return t, 2 * stats.t.sf(abs(t), min(df))


@pytest.mark.parametrize("layout", ["staggered", "apart", "shared"])
@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_rats_against_statsmodels(layout, window):
    expected = literal_rats(long_frame(*study(layout), window))
    found = outcome("rats", samples(layout)[window])
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def test_rats_needs_ten_dates_on_every_day():
    y, x, day0 = study("shared", missing=0.0)
    dates = {10: True, 9: False}
    for number, there in dates.items():
        sample = run(y, x, 80 + 30 * (np.arange(EVENTS) % number), [(0, 0)], "rats")[0]
        assert np.isfinite(outcome("rats", sample)[0]) == there
    assert find_test("rats")(sample).reason == "few_dates"
    one = run(y, x, np.full(EVENTS, 80), [(0, 0)], "rats")[0]
    assert find_test("rats")(one).reason == "few_dates"
    # A day of the window on which hardly any event has a return.
    y[3:, BEFORE + SIDE + 1] = np.nan
    thin = run(y, x, day0, [(0, 1)], "rats")[0]
    assert find_test("rats")(thin).reason == "few_dates"


def test_rats_is_not_for_staggered_windows():
    assert find_test("rats")(samples("staggered")[-1, 1]).reason == "staggered"
    assert find_test("rats")(samples("shared")[-1, 1]).valid
    assert find_test("rats")(samples("apart")[0, 0]).valid


def test_options_are_checked():
    for words in ("errors=hc3", "on=car", "min_members=0", "weighted=maybe"):
        with pytest.raises(ArgumentError):
            find_test(f"calendar_time|{words}")


@pytest.mark.slow
@pytest.mark.parametrize("key", ["calendar_time", "calendar_time|weighted"])
def test_size_in_calendar_time(key):
    # 80 events held for a month, correlated where their days are the same: methods
    # measured 4.3 to 5.7 % here, and 9.3 % for the cross-sectional t of the CARs.
    replications, hits = 1000, 0
    rng = np.random.default_rng(11)
    for _ in range(replications):
        market = rng.normal(0.0004, 0.01, 700)
        common = rng.standard_normal(700)
        day0 = 130 + rng.integers(0, 500, 80)
        column = day0[:, None] + np.arange(-120, 22)
        noise = np.sqrt(0.2) * common[column]
        noise = noise + np.sqrt(0.8) * rng.standard_normal(column.shape)
        x = market[column]
        y = rng.normal(1, 0.3, (80, 1)) * x + rng.uniform(0.01, 0.035, (80, 1)) * noise
        sample = many.run(
            y, x, day0=day0, event_days=22, first_day=0, windows=[(1, 21)], tests=[key]
        )[0]
        hits += int(rejects(find_test(key)(sample).p_value, 0.05))
    error = np.sqrt(0.05 * 0.95 / replications)
    assert hits / replications == pytest.approx(0.05, abs=4 * error)
