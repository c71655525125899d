"""Bootstrap: against full enumeration; draws that hang on the event alone."""

import dataclasses
import itertools

import numpy as np
import pytest
from scipy import stats

from eventstudy.errors import ArgumentError
from eventstudy.inference._base import find_test
from eventstudy.inference._by_hand import constant_mean, market_adjusted
from tests.samples import market, sample_of, take

MANY = 200_000


def enumerated(scores, spans, error, scale, observed):
    """Exact p-value: all draws with replacement, the normal part integrated."""
    root = np.sqrt(spans)
    sums = np.array(
        [root @ pick for pick in itertools.product(scores, repeat=len(root))]
    )
    if error == 0:
        return np.mean(np.abs(sums) / np.sqrt(scale) >= abs(observed) * (1 - 1e-12))
    bound = abs(observed) * np.sqrt(scale)
    beyond = stats.norm.sf((bound - sums) / np.sqrt(error))
    beyond += stats.norm.cdf((-bound - sums) / np.sqrt(error))
    return np.mean(beyond)


def assert_binomial(p_value, expected):
    error = np.sqrt(expected * (1 - expected) / MANY)
    assert abs(p_value - expected) < 4 * error + 1 / MANY


def test_no_parameters():
    # Of the 25 pairs only 4 + 4 and -3 - 3 come to 5 or more.
    residuals = [4.0, -1.0, 0.0, 0.0, -3.0]
    sample = market_adjusted(residuals, [3, 2])
    scores = np.array(residuals) / np.sqrt(26 / 4)
    expected = enumerated(scores, [1, 1], 0, 2, 5 / np.sqrt(2 * 26 / 4))
    assert expected == 2 / 25
    found = find_test(f"bootstrap|draws={MANY}")(sample).p_value[0]
    assert_binomial(found, expected)


def test_parameter_error_is_added():
    residuals = np.array([3.0, -2.0, 1.0, -2.0])
    sample = constant_mean(residuals, [4, 1, 1])
    s = np.sqrt(18 / 3)
    scores = residuals / (s * np.sqrt(3 / 4))
    scale = 3 + 9 / 4
    expected = enumerated(scores, [1, 1, 1], 9 / 4, scale, 6 / (s * np.sqrt(scale)))
    found = find_test(f"bootstrap|draws={MANY}")(sample).p_value[0]
    assert_binomial(found, expected)


def test_multi_day_returns_weigh_root_days():
    sample = market_adjusted([4.0, -1.0, 0.0, 0.0, -3.0], [0, 0, 6, 1])
    span = dataclasses.replace(
        sample,
        abnormal_returns=np.array([[np.nan, np.nan, 6.0, 1.0]]),
        spans=np.array([[0.0, 0, 3, 1]]),
    )
    scores = np.array([4.0, -1.0, 0.0, 0.0, -3.0]) / np.sqrt(26 / 4)
    expected = enumerated(scores, [3, 1], 0, 4, 7 / np.sqrt(4 * 26 / 4))
    found = find_test(f"bootstrap|draws={MANY}")(span).p_value[0]
    assert_binomial(found, expected)


def test_scores_are_centred():
    # A market-adjusted mean of 1 is no effect of the redrawn days: +-1 and 0 remain.
    sample = market_adjusted([0, 2, 1], [1.5])
    found = find_test(f"bootstrap|draws={MANY}")(sample).p_value[0]
    np.testing.assert_allclose(found, 1 / (MANY + 1), rtol=1e-12)


def test_company_changes_no_draw():
    sample = sample_of(market(3, events=8), (-1, 1), keys=np.arange(100, 108))
    together = find_test("bootstrap")(sample).p_value
    alone = [find_test("bootstrap")(take(sample, i)).p_value[0] for i in (5, 2)]
    np.testing.assert_array_equal(together[[5, 2]], alone)


def test_draws_hang_on_id_window_and_seed():
    returns = market(3, events=1)
    base = sample_of(returns, (-1, 1), keys=np.array([7]), seed=1)
    draws = [
        base.stream("bootstrap", 0).random(),
        dataclasses.replace(base, seed=2).stream("bootstrap", 0).random(),
        dataclasses.replace(base, keys=np.array([8])).stream("bootstrap", 0).random(),
        dataclasses.replace(base, window=(-1, 2)).stream("bootstrap", 0).random(),
        base.stream("wild_bootstrap", 0).random(),
    ]
    assert len(set(draws)) == 5
    assert base.stream("bootstrap", 0).random() == draws[0]


def test_largest_key():
    sample = sample_of(market(3, events=1), keys=np.array([2**64 - 1], np.uint64))
    assert 0 < find_test("bootstrap")(sample).p_value[0] <= 1


@pytest.mark.parametrize("draws", [0, -5, 1.5, "many", True])
def test_number_of_draws(draws):
    with pytest.raises(ArgumentError, match="whole number above 0"):
        find_test("bootstrap").using(draws=draws)
