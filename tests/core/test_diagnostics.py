"""Checks of the residuals: worked example, statsmodels, hand counts, symmetries."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.api import OLS
from statsmodels.stats import diagnostic as sm_diagnostic
from statsmodels.stats.outliers_influence import OLSInfluence
from statsmodels.stats.stattools import durbin_watson as sm_durbin_watson
from statsmodels.stats.stattools import jarque_bera as sm_jarque_bera

from eventstudy.core import diagnostics, extremes, residuals, stability
from eventstudy.core.residuals import residuals_of

EXAMPLE = json.loads(
    (Path(__file__).parents[1] / "references" / "worked_example_1.json").read_text()
)["example_1"]
WORKED = {"rtol": 1e-9, "atol": 0}
ORACLE = {"rtol": 1e-9, "atol": 1e-12}


def arrays(y, x, spans=None):
    """Residuals, spans, whitened rows, sigma and df by an independent route.

    ``y`` and ``x`` are untransformed; rows with ``spans`` 0 are missing.
    """
    spans = np.ones(y.size) if spans is None else np.asarray(spans, float)
    used, k = spans > 0, x.shape[1]
    root = np.sqrt(spans[used])
    q, r = np.linalg.qr(x[used] / root[:, None])
    coefficients = np.linalg.solve(r, q.T @ (y[used] / root))
    error, rows = np.full(y.size, np.nan), np.zeros(x.shape)
    error[used] = y[used] - x[used] @ coefficients
    rows[used] = q * root[:, None]
    df = used.sum() - k
    sigma = math.sqrt(((error[used] / root) ** 2).sum() / df)
    return error[None], spans[None], rows[None], np.array([sigma]), np.array([df * 1.0])


def market(seed, n, factors=1):
    rng = np.random.default_rng(seed)
    x = np.column_stack([np.ones(n), rng.normal(5e-4, 0.01, (n, factors))])
    return 0.001 + x[:, 1:].sum(axis=1) + 0.02 * rng.standard_t(4, n), x


@pytest.fixture(params=[(12, 1), (250, 1), (250, 5)], ids=str)
def drawn(request):
    n, factors = request.param
    y, x = market(n + factors, max(n, 40), factors)
    return y, x, residuals_of(*arrays(y, x)), OLS(y, x).fit()


@pytest.fixture
def worked():
    given_ = EXAMPLE["inputs"]
    y = np.array(given_["firm_estimation"])
    x = np.column_stack([np.ones(y.size), given_["market_estimation"]])
    return residuals_of(*arrays(y, x))


def test_worked_example(worked):
    expected = EXAMPLE["expected"]
    box, bera = diagnostics.ljung_box(worked), diagnostics.jarque_bera(worked)
    outliers = np.abs(extremes.externally_studentised(worked))
    found = {
        "durbin_watson": diagnostics.durbin_watson(worked),
        "ljung_box_2": box.value,
        "ljung_box_2_p": box.p_value,
        "jarque_bera": bera.value,
        "jarque_bera_p": bera.p_value,
        "r1": residuals.autocorrelations(worked, 1)[:, 0],
        "r1_limit": 2.58 / np.sqrt(worked.n),
        "max_abs_externally_studentised": outliers.max(axis=1),
    }
    for key, value in found.items():
        np.testing.assert_allclose(value, [expected[key]], **WORKED, err_msg=key)


def test_slope_share_of_the_worked_example():
    given_ = EXAMPLE["inputs"]
    x = np.column_stack([np.ones(12), given_["market_estimation"]])
    window = np.column_stack([np.ones(3), given_["market_event"]])
    rows = np.linalg.solve(np.linalg.qr(x)[1].T, window.T).T[None]
    share = extremes.slope_share(
        rows, np.ones((1, 3)), np.array([12.0]), intercept=True
    )
    expected = EXAMPLE["expected"]["extrapolation_slope_share"]
    np.testing.assert_allclose(share, [expected], **WORKED)


def test_durbin_watson_is_that_of_statsmodels(drawn):
    _, _, found, fit = drawn
    theirs = sm_durbin_watson(fit.resid)
    np.testing.assert_allclose(diagnostics.durbin_watson(found), [theirs], **ORACLE)


def test_ljung_box_is_that_of_statsmodels(drawn):
    _, _, found, fit = drawn
    ours = diagnostics.ljung_box(found)
    lags = min(10, fit.resid.size // 5)
    theirs = sm_diagnostic.acorr_ljungbox(fit.resid, lags=[lags]).iloc[0]
    np.testing.assert_allclose(ours.value, [theirs["lb_stat"]], **ORACLE)
    np.testing.assert_allclose(ours.p_value, [theirs["lb_pvalue"]], **ORACLE)
    assert ours.df == lags


def test_arch_lm_is_that_of_statsmodels(drawn):
    _, _, found, fit = drawn
    ours = diagnostics.arch_lm(found)
    statistic, p_value, *_ = sm_diagnostic.het_arch(
        fit.resid, nlags=5, result_object=True
    )
    np.testing.assert_allclose(ours.value, [statistic], **ORACLE)
    np.testing.assert_allclose(ours.p_value, [p_value], **ORACLE)


def test_jarque_bera_is_that_of_statsmodels(drawn):
    _, _, found, fit = drawn
    ours, theirs = diagnostics.jarque_bera(found), sm_jarque_bera(fit.resid)
    np.testing.assert_allclose(ours.value, [theirs[0]], **ORACLE)
    np.testing.assert_allclose(ours.p_value, [theirs[1]], rtol=1e-7)


def test_chow_is_three_regressions(drawn):
    y, x, found, whole = drawn
    n, k = x.shape
    parts = (
        OLS(y[: n // 2], x[: n // 2]).fit().ssr
        + OLS(y[n // 2 :], x[n // 2 :]).fit().ssr
    )
    f = (whole.ssr - parts) / k / (parts / (n - 2 * k))
    ours = stability.chow(found)
    np.testing.assert_allclose(ours.value, [f], **ORACLE)
    np.testing.assert_allclose(ours.p_value, [stats.f.sf(f, k, n - 2 * k)], **ORACLE)


def test_recursive_residuals_are_those_of_statsmodels(drawn):
    _, x, found, fit = drawn
    k = x.shape[1]
    theirs = sm_diagnostic.recursive_olsresiduals(fit, skip=k)[4]
    ours = stability.recursive_residuals(found)[0]
    assert np.isnan(ours[:k]).all()
    np.testing.assert_allclose(ours[k:], theirs[k:], rtol=1e-6, atol=1e-9)


def test_recursive_residuals_by_their_definition(drawn):
    y, x, found, _ = drawn
    ours = stability.recursive_residuals(found)[0]
    for r in range(x.shape[1], y.size):
        theta = np.linalg.lstsq(x[:r], y[:r])[0]
        spread = np.linalg.lstsq(x[:r].T, x[r])[0]
        expected = (y[r] - x[r] @ theta) / math.sqrt(1.0 + spread @ spread)
        assert ours[r] == pytest.approx(expected, rel=1e-8, abs=1e-12)


def test_cusum_by_its_definition(drawn):
    y, x, found, fit = drawn
    n, k = x.shape
    w = []
    for r in range(k, n):
        theta = np.linalg.lstsq(x[:r], y[:r])[0]
        spread = np.linalg.lstsq(x[:r].T, x[r])[0]
        w.append((y[r] - x[r] @ theta) / math.sqrt(1.0 + spread @ spread))
    path = np.abs(np.cumsum(w)) / math.sqrt(fit.mse_resid)
    boundary = math.sqrt(n - k) + 2 * np.arange(1, n - k + 1) / math.sqrt(n - k)
    expected = (path / boundary).max()
    np.testing.assert_allclose(stability.cusum(found), [expected], rtol=1e-8)


def test_outliers_are_those_of_statsmodels(drawn):
    _, _, found, fit = drawn
    theirs = OLSInfluence(fit).resid_studentized_external
    ours = extremes.externally_studentised(found)[0]
    np.testing.assert_allclose(ours, theirs, rtol=1e-8)


def with_gaps(seed=3):
    y, x = market(seed, 120)
    spans = np.ones(120)
    spans[np.random.default_rng(seed).choice(120, 30, replace=False)] = 0
    return y, x, spans


def test_pairs_follow_the_calendar_across_gaps():
    # by hand: errors 1, -, 2, -2, 3, -1; pairs one day apart: (2,-2), (-2,3), (3,-1)
    e = np.array([[1.0, np.nan, 2.0, -2.0, 3.0, -1.0]])
    spans = np.array([[1.0, 0, 1, 1, 1, 1]])
    one = np.ones(1)
    found = residuals_of(e, spans, np.zeros((1, 6, 1)), one, 4 * one)
    squares = 1 + 4 + 4 + 9 + 1
    products = (-4 - 6 - 3) / squares * (5 - 1) / 3
    two_apart = (1 * 2 + 2 * 3 + -2 * -1) / squares * (5 - 2) / 3
    np.testing.assert_allclose(
        residuals.autocorrelations(found, 2), [[products, two_apart]], **ORACLE
    )
    watson = (16 + 25 + 16) / squares * (5 - 1) / 3
    np.testing.assert_allclose(diagnostics.durbin_watson(found), [watson], **ORACLE)
    box = 5 * 7 * products**2 / 4
    np.testing.assert_allclose(diagnostics.ljung_box(found).value, [box], **ORACLE)


def test_gaps_are_bridged_where_distance_does_not_matter():
    y, x, spans = with_gaps()
    gappy, closed = residuals_of(*arrays(y, x, spans)), None
    closed = residuals_of(*arrays(y[spans > 0], x[spans > 0]))
    for check in (
        diagnostics.arch_lm,
        diagnostics.jarque_bera,
        stability.chow,
    ):
        np.testing.assert_allclose(check(gappy).value, check(closed).value, **ORACLE)
    np.testing.assert_allclose(
        stability.cusum(gappy), stability.cusum(closed), **ORACLE
    )


def test_multi_day_observations_enter_on_one_day_scale():
    y, x, spans = with_gaps()
    spans[np.flatnonzero((spans > 0) & (np.roll(spans, 1) == 0))] = 2
    x = x * spans[:, None]
    used = spans > 0
    root = np.sqrt(spans[used])
    fit = OLS(y[used] / root, x[used] / root[:, None]).fit()
    found = residuals_of(*arrays(y, x, spans))
    theirs = OLSInfluence(fit).resid_studentized_external
    ours = extremes.externally_studentised(found)[0, used]
    np.testing.assert_allclose(ours, theirs, rtol=1e-8)
    np.testing.assert_allclose(
        diagnostics.jarque_bera(found).value, [sm_jarque_bera(fit.resid)[0]], **ORACLE
    )
    statistic = sm_diagnostic.het_arch(fit.resid, nlags=5, result_object=True)[0]
    np.testing.assert_allclose(diagnostics.arch_lm(found).value, [statistic], **ORACLE)
    single = spans == 1
    u = np.where(single, np.nan_to_num(found.errors[0]), 0.0)
    pairs = (single[1:] & single[:-1]).sum()
    r1 = (u[1:] * u[:-1]).sum() / (fit.resid**2).sum() * (used.sum() - 1) / pairs
    np.testing.assert_allclose(residuals.autocorrelations(found, 1), [[r1]], **ORACLE)


def test_a_model_without_parameters_is_checked_about_its_mean():
    a, spans = (
        0.02 * np.random.default_rng(8).standard_t(5, 80) + 0.01,
        np.ones((1, 80)),
    )
    fit = OLS(a, np.ones(80)).fit()
    sigma, df = np.array([math.sqrt(fit.mse_resid)]), np.array([79.0])
    found = residuals_of(a[None], spans, np.zeros((1, 80, 0)), sigma, df)
    np.testing.assert_allclose(
        extremes.externally_studentised(found)[0],
        OLSInfluence(fit).resid_studentized_external,
        rtol=1e-8,
    )
    halves = ((a[:40] - a[:40].mean()) ** 2).sum() + (
        (a[40:] - a[40:].mean()) ** 2
    ).sum()
    f = (fit.ssr - halves) / (halves / 78)
    np.testing.assert_allclose(stability.chow(found).value, [f], **ORACLE)


EVERYTHING = {
    "durbin_watson": diagnostics.durbin_watson,
    "ljung_box": lambda r: diagnostics.ljung_box(r).p_value,
    "arch_lm": lambda r: diagnostics.arch_lm(r).p_value,
    "jarque_bera": lambda r: diagnostics.jarque_bera(r).p_value,
    "chow": lambda r: stability.chow(r).p_value,
    "cusum": stability.cusum,
    "outliers": lambda r: np.nanmax(
        np.abs(extremes.externally_studentised(r)), axis=1, initial=0.0
    ),
}


@pytest.mark.parametrize("name", EVERYTHING)
@given(seed=st.integers(0, 2**32 - 1), unit=st.floats(1e-4, 1e4), flip=st.booleans())
def test_unit_and_sign_of_returns_do_not_matter(name, seed, unit, flip):
    y, x = market(seed, 60)
    check = EVERYTHING[name]
    base = check(residuals_of(*arrays(y, x)))
    changed = check(residuals_of(*arrays((-1 if flip else 1) * unit * y, x)))
    np.testing.assert_allclose(changed, base, rtol=1e-6)


@pytest.mark.parametrize("name", ["jarque_bera", "outliers"])
@given(seed=st.integers(0, 2**32 - 1))
def test_order_of_days_does_not_matter_to_the_shape(name, seed):
    y, x = market(seed, 60)
    order = np.random.default_rng(seed).permutation(60)
    check = EVERYTHING[name]
    np.testing.assert_allclose(
        check(residuals_of(*arrays(y[order], x[order]))),
        check(residuals_of(*arrays(y, x))),
        rtol=1e-7,
    )


@pytest.mark.parametrize("name", EVERYTHING)
def test_events_in_a_batch_are_events_alone(name):
    alone = []
    for seed in range(4):
        y, x, spans = with_gaps(seed)
        alone.append(arrays(y, x, spans if seed % 2 else None))
    batch = residuals_of(*(np.concatenate(parts) for parts in zip(*alone, strict=True)))
    expected = [EVERYTHING[name](residuals_of(*each))[0] for each in alone]
    np.testing.assert_allclose(EVERYTHING[name](batch), expected, rtol=1e-12)


@pytest.mark.parametrize("name", [name for name in EVERYTHING if name != "outliers"])
def test_residuals_that_do_not_vary_give_nan(name):
    flat = np.full((1, 30), 1e-19)
    found = residuals_of(
        flat,
        np.ones((1, 30)),
        np.zeros((1, 30, 1)),
        np.array([np.nan]),
        np.array([29.0]),
    )
    assert np.isnan(EVERYTHING[name](found)).all()


def test_too_few_days_give_nan():
    y, x = market(1, 11)
    eleven = residuals_of(*arrays(y, x))
    assert np.isnan(diagnostics.arch_lm(eleven).value).all()
    four = residuals_of(*arrays(y[:4], x[:4]))
    assert np.isnan(diagnostics.ljung_box(four).value).all()
    assert np.isnan(stability.chow(four).value).all()


def test_a_half_without_a_regressor_has_no_chow_test():
    y, x = market(2, 40)
    x = np.column_stack([x, np.arange(40) < 10])
    assert np.isnan(stability.chow(residuals_of(*arrays(y, x))).value).all()


def test_recursive_residuals_wait_for_full_rank():
    y, x = market(2, 30)
    x[:4, 1] = x[0, 1]
    ours = stability.recursive_residuals(residuals_of(*arrays(y, x)))[0]
    assert np.isnan(ours[:5]).all()
    theta, spread = np.linalg.lstsq(x[:5], y[:5])[0], np.linalg.lstsq(x[:5].T, x[5])[0]
    expected = (y[5] - x[5] @ theta) / math.sqrt(1.0 + spread @ spread)
    assert ours[5] == pytest.approx(expected, rel=1e-9)


def test_a_change_of_beta_is_seen_by_chow_and_a_shift_by_cusum():
    rng = np.random.default_rng(5)
    x = np.column_stack([np.ones(200), 0.01 * rng.standard_normal(200)])
    noise = 0.01 * rng.standard_normal(200)
    late = np.arange(200) >= 100
    changed = residuals_of(*arrays(x[:, 1] * np.where(late, 2.5, 0.5) + noise, x))
    shifted = residuals_of(*arrays(x[:, 1] + 0.02 * late + noise, x))
    assert stability.chow(changed).p_value < 0.01
    assert stability.cusum(shifted) > 1.143


def test_false_alarms_are_as_many_as_stated():
    n, reps = 100, 4000
    rng = np.random.default_rng(11)
    e = rng.standard_normal((reps, n))
    e -= e.mean(axis=1, keepdims=True)
    rows = np.full((reps, n, 1), 1 / math.sqrt(n))
    sigma = np.sqrt((e**2).sum(axis=1) / (n - 1))
    found = residuals_of(e, np.ones((reps, n)), rows, sigma, np.full(reps, n - 1.0))
    margin = 4 * math.sqrt(0.01 * 0.99 / reps)
    assert abs((stability.chow(found).p_value < 0.01).mean() - 0.01) < margin
    r1 = residuals.autocorrelations(found, 1)[:, 0]
    assert abs((np.abs(r1) > 2.58 / math.sqrt(n)).mean() - 0.009) < margin
    assert (stability.cusum(found) > 1.143).mean() < 0.01 + margin


def test_slope_share_knows_models_without_a_slope():
    days, total = np.ones((1, 3)), np.array([50.0])
    only_mean = np.full((1, 3, 1), 1 / math.sqrt(50))
    assert np.isnan(extremes.slope_share(only_mean, days, total, intercept=True)).all()
    nothing = np.zeros((1, 3, 0))
    assert np.isnan(extremes.slope_share(nothing, days, total, intercept=False)).all()
    slope = np.array([[[0.1], [0.2], [-0.1]]])  # (0.1 + 0.2 - 0.1)^2 / 3
    share = extremes.slope_share(slope, days, total, intercept=False)
    np.testing.assert_allclose(share, [0.04 / 3], **ORACLE)


def test_regressor_distance_by_hand():
    # mean 2, squares 1 + 0 + 1, divisor 2: sd 1; the missing day is left out
    estimation = np.array([[1.0, 7.0], [2.0, 7.0], [np.nan, 7.0], [3.0, 7.0]])
    window = np.array([[6.5, 7.0], [np.nan, 9.0]])
    distance = extremes.regressor_distance(estimation, window)
    np.testing.assert_array_equal(distance, [[4.5, np.nan], [np.nan, np.nan]])


def test_days_without_return_and_equal_prices():
    returns = np.array([[0.01, 0.0, np.nan, -0.02], [0.01, 0.02, 0.01, 0.03]])
    np.testing.assert_array_equal(extremes.share_without_return(returns), [0.5, 0.0])
    closes = np.array(
        [[5.0, 5, 5, 6, 6], [5.0, 5, np.nan, 5, 5], [1, 2, 3, 4, 5], [np.nan] * 5]
    )
    np.testing.assert_array_equal(extremes.longest_run(closes), [3, 2, 1, 0])


def test_variance_rank_by_hand():
    history = np.array([[1.0, -1.0, np.nan, 3.0, 1.0, 0.0, 2.0]])
    asked = np.array([[2.0, np.nan, -1.0]])  # mean of squares 2.5
    # runs of two: 1, 5, 5, 0.5, 2, so two of five are at least as large
    found = extremes.variance_rank(history, asked, least=2)
    np.testing.assert_allclose(found.value, [2.5])
    assert found.df == 5
    np.testing.assert_allclose(found.p_value, [3 / 6])
    assert np.isnan(extremes.variance_rank(history, asked, least=3).p_value).all()


def test_variance_rank_counts_ties_and_keeps_events_apart():
    # squares 0.01, 0.02, 0.03, 0.02, 0.01; the days asked about repeat a run of two
    history = np.sqrt([[0.01, 0.02, 0.03, 0.02, 0.01], [np.nan] * 5])
    asked = np.sqrt([[0.02, 0.03, np.nan], [0.02, 0.03, np.nan]])
    found = extremes.variance_rank(history, asked, least=2)
    np.testing.assert_allclose(found.value, [0.025, np.nan])
    np.testing.assert_array_equal(found.df, [4, np.nan])
    np.testing.assert_allclose(found.p_value, [3 / 5, np.nan])
