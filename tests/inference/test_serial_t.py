"""Serial correlation: identities, centring, true distances, negative variances."""

import dataclasses

import numpy as np

from eventstudy.inference._base import find_test
from eventstudy.inference._by_hand import market_adjusted
from eventstudy.inference.serial_t import autocovariances, serial_variance
from tests.samples import market, sample_of


def test_one_day_differs_in_the_parameter_term_only():
    sample = sample_of(market(1, days=130), (0, 0))
    gamma, lags = autocovariances(sample)
    assert (lags == 4).all()
    omega2 = gamma[:, 0] + 2 * (gamma[:, 1:] * [0.8, 0.6, 0.4, 0.2]).sum(axis=1)
    difference = serial_variance(sample) - sample.variance
    expected = (omega2 - sample.sigma**2) * sample.parameter_error
    np.testing.assert_allclose(difference, expected, atol=1e-12 * sample.variance.max())


def test_contiguous_days_closed_form():
    sample = sample_of(market(1, days=250), (-5, 5))
    gamma, lags = autocovariances(sample)
    assert (lags == 4).all()
    omega2 = gamma[:, 0] + 2 * (gamma[:, 1:] * [0.8, 0.6, 0.4, 0.2]).sum(axis=1)
    inside = 11 * gamma[:, 0] + 2 * (gamma[:, 1:] * [10, 9, 8, 7]).sum(axis=1)
    expected = inside + omega2 * sample.parameter_error
    np.testing.assert_allclose(serial_variance(sample), expected, rtol=1e-12)


def test_market_adjusted_residuals_are_centred():
    # 11, 9, 10 about 10: e = 1, -1, 0; s^2 = 1, r_1 = -1/2, gamma_1 = -1/2; no
    # parameters, so v = 2 - 1 over two days.
    sample = market_adjusted([11, 9, 10], [1, 2])
    np.testing.assert_allclose(serial_variance(sample), [1.0], rtol=1e-14)
    np.testing.assert_allclose(find_test("serial_t")(sample).statistic.value, [3.0])


def test_gaps_keep_their_distance():
    # A day without a return between the first two: one pair is left of e_2 e_3, and
    # r_1 = e_2 e_3 / 6 times (M - 1) / 1 pairs.
    sample = market_adjusted([1, 1, -2], [1, 2])
    gap = dataclasses.replace(
        sample,
        residuals=np.array([[1, np.nan, 1, -2]]),
        residual_spans=np.array([[1.0, 0, 1, 1]]),
        residual_rows=np.zeros((1, 4, 0)),
    )
    gamma, _ = autocovariances(gap)
    np.testing.assert_allclose(gamma, [[3.0, 3 * (-2 / 6) * 2]], rtol=1e-14)


def test_gap_in_the_window_has_no_covariance():
    sample = market_adjusted([1, 1, -2], [1, 2, 4])
    gap = dataclasses.replace(
        sample,
        abnormal_returns=np.array([[1, np.nan, 4]]),
        spans=np.array([[1.0, 0, 1]]),
    )
    np.testing.assert_allclose(serial_variance(gap), [2 * 3.0], rtol=1e-14)


def test_lags_end_before_the_window_does():
    # M = 7 has m = 2; four days have pairs up to three apart.
    sample = market_adjusted([1, -1, 1, -1, 1, -1, 0], [1, 1, 1, 1])
    # s^2 = 1; r_1 = -5/6, r_2 = 4/6.
    expected = 4 + 2 * (3 * -5 / 6 + 2 * 4 / 6)
    np.testing.assert_allclose(serial_variance(sample), [expected], rtol=1e-12)


def test_negative_variance_has_its_reason():
    # M = 3, one lag, r_1 = -4/6: over L days v = s^2 (L - 2 (L - 1) 2/3) < 0 from 5 on.
    outcome = find_test("serial_t")(market_adjusted([1, -2, 1], [1.0] * 5))
    assert np.isnan(outcome.p_value[0])
    assert outcome.reason[0] == "negative_variance"
    assert not outcome.valid[0]


def test_no_pair_of_days_left():
    returns = market(1, days=60)
    returns.y[:, ::2] = np.nan
    outcome = find_test("serial_t")(sample_of(returns, (-1, 1)))
    assert set(outcome.reason) == {"too_few_days"}
