"""Chebyshev bounds, joint F, naive z: identities, and that they never decide."""

import numpy as np
import pytest
from scipy import stats

from eventstudy.inference._base import find_test
from eventstudy.inference._by_hand import constant_mean, market_adjusted
from tests.samples import market, sample_of


def test_bound_is_at_most_one():
    sample = constant_mean([1, 1, -2], [0.5])
    assert find_test("chebyshev")(sample).p_value[0] == 1.0
    assert find_test("chebyshev|exchangeable")(sample).p_value[0] == 1.0
    zero = constant_mean([1, 1, -2], [0.0])
    assert find_test("chebyshev")(zero).p_value[0] == 1.0
    assert find_test("chebyshev|exchangeable")(zero).p_value[0] == 1.0


def test_exchangeability_bound_by_hand():
    # h = 1/3, df 2, t = 4: floor(4/3 * (2/16 + 1)) = floor(1.5) = 1 of M + 1 = 4.
    sample = constant_mean([1, 1, -2], [8])
    assert find_test("chebyshev|exchangeable")(sample).p_value[0] == 1 / 4


def test_whole_numbers_are_not_rounded_down():
    # t^2 = 16/6: floor(4/3 * (12/16 + 1)) = floor(7/3); t^2 = 4: 4/3 * 3/2 = 2.
    assert (
        find_test("chebyshev|exchangeable")(constant_mean([1, 1, -2], [4])).p_value[0]
        == 2 / 4
    )


def test_constant_mean_is_saw_yang_mo():
    # Published: P(abs(X - mean) >= k s) <= floor((M + 1)/M ((M - 1)/lambda^2 + 1)) /
    # (M + 1) with lambda^2 = k^2 M / (M + 1).
    sample = sample_of(market(9, events=300, days=30, k=1), (0, 0))
    m, k = 30, sample.car / sample.sigma
    squared = k**2 * m / (m + 1)
    expected = np.floor((m + 1) / m * ((m - 1) / squared + 1)) / (m + 1)
    found = find_test("chebyshev|exchangeable")(sample).p_value
    np.testing.assert_allclose(found, np.minimum(1, expected), rtol=1e-12)


def test_exchangeable_bound_needs_one_day():
    outcome = find_test("chebyshev|exchangeable")(sample_of(market(1), (-1, 1)))
    assert set(outcome.reason) == {"one_day_only"}


@pytest.mark.parametrize("missing", [0.0, 0.2])
def test_joint_f_of_one_day_is_t_squared(missing):
    sample = sample_of(market(1, missing=missing), (0, 0))
    exact, joint = find_test("exact_t")(sample), find_test("joint_f")(sample)
    np.testing.assert_allclose(
        joint.statistic.value, exact.statistic.value**2, rtol=1e-12
    )
    np.testing.assert_allclose(joint.p_value, exact.p_value, rtol=1e-10)


def test_joint_f_of_the_market_adjusted_model():
    # V = s^2 I: F = sum of squares over n s^2 = (9 + 1) / 2.
    outcome = find_test("joint_f")(market_adjusted([1, -1, 0], [3, 1]))
    np.testing.assert_allclose(outcome.statistic.value, [5.0], rtol=1e-14)
    np.testing.assert_allclose(outcome.p_value, [stats.f.sf(5.0, 2, 2)], rtol=1e-12)
    np.testing.assert_array_equal(outcome.statistic.df, [[2, 2]])


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("naive", "comparison_only"),
        ("joint_f", "normal_errors_only"),
        ("chebyshev", "worst_case"),
        ("chebyshev|exchangeable", "worst_case"),
    ],
)
def test_never_decides(key, reason):
    outcome = find_test(key)(sample_of(market(1), (0, 0)))
    assert not np.isnan(outcome.p_value).any()
    assert not outcome.valid.any()
    assert set(outcome.reason) == {reason}


def test_naive_counts_the_days_of_a_span():
    returns = market(1, missing=0.4, spans=True)
    sample = sample_of(returns, (-5, 5))
    there = sample.covered
    days = sample.spans.sum(axis=1)
    assert (days > sample.n_rows)[there].any()
    expected = sample.car / (sample.sigma * np.sqrt(days))
    found = find_test("naive")(sample)
    np.testing.assert_allclose(
        found.statistic.value[there], expected[there], rtol=1e-12
    )
    p = 2 * stats.norm.sf(np.abs(expected[there]))
    np.testing.assert_allclose(found.p_value[there], p, rtol=1e-12)
