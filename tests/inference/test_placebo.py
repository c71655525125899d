"""Placebo windows: hand counts, one day, gaps, and when each form is shown."""

import dataclasses

import numpy as np
import pytest

from eventstudy.inference._base import find_test
from eventstudy.inference._by_hand import constant_mean, market_adjusted
from eventstudy.inference.placebo import placebo_scores
from tests.samples import market, sample_of


def test_raw_sums_by_hand():
    # CAR 1, then 2.1, against the sums 2 and -1 of two days.
    sample = constant_mean([1, 1, -2], [1.5, -0.5])
    outcome = find_test("placebo|raw")(sample)
    assert outcome.statistic.value[0] == 1.0
    assert outcome.p_value[0] == 1.0
    outside = constant_mean([1, 1, -2], [1.5, 0.6])
    assert find_test("placebo|raw")(outside).p_value[0] == 1 / 3


def test_tails_by_hand():
    # SCAR 0.63 against 1.41 and -0.71: one above, one below.
    outcome = find_test("placebo|tails")(constant_mean([1, 1, -2], [1, 1]))
    assert outcome.p_value[0] == 1.0
    # SCAR 2.21: none above, 2 * (1 + 0) / (2 + 1).
    outcome = find_test("placebo|tails")(constant_mean([1, 1, -2], [4, 3]))
    assert outcome.p_value[0] == 2 / 3


def test_market_adjusted_residuals_are_not_centred():
    # Mean of 1 stays in: runs of two sum to 2, 3 over s sqrt(2); s^2 = 2 / 2 = 1.
    sample = market_adjusted([0, 2, 1], [1.5, 0.6])
    scores = placebo_scores(sample)[0, :2]
    np.testing.assert_allclose(scores, np.array([2, 3]) / np.sqrt(2), rtol=1e-15)
    assert find_test("placebo")(sample).p_value[0] == 2 / 3


@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_one_day_is_the_sample_quantile(missing):
    sample = sample_of(market(6, events=40, days=100, missing=missing), (0, 0))
    for form in ("", "|tails", "|raw"):
        sq, placebo = (find_test(f"{key}{form}")(sample) for key in ("sq", "placebo"))
        np.testing.assert_array_equal(placebo.p_value, sq.p_value)
    separate = find_test("placebo|non_overlapping")(sample)
    attainable = sample.n_estimation >= 19
    expected = np.where(attainable, find_test("sq")(sample).p_value, np.nan)
    np.testing.assert_array_equal(separate.p_value, expected)


def test_gaps_are_bridged():
    # A missing day between the second and third: the same runs as without it.
    sample = constant_mean([1, 1, -2], [3, 1])
    gap = dataclasses.replace(
        sample,
        residuals=np.array([[1, 1, np.nan, -2]]),
        residual_spans=np.array([[1.0, 1, 0, 1]]),
        residual_rows=np.sqrt([[[1 / 3], [1 / 3], [0], [1 / 3]]]),
    )
    assert find_test("placebo")(gap).p_value[0] == 2 / 3


def test_runs_have_the_rows_of_the_event_not_its_days():
    # One return over two days: runs of one row, zeta = d - d^2 / sum(d).
    sample = constant_mean([1, 1, -2], [3, 1])
    span = dataclasses.replace(
        sample,
        abnormal_returns=np.array([[np.nan, 4.0]]),
        spans=np.array([[0.0, 2.0]]),
        rows=np.array([[[0.0], [2 / np.sqrt(3)]]]),
    )
    outcome = find_test("placebo")(span)
    # c = 2 + 4/3 as before; scores 0.71, 0.71, -1.41 of single days.
    np.testing.assert_allclose(outcome.statistic.value, 4 / np.sqrt(10))
    assert outcome.p_value[0] == (1 + 1) / (3 + 1)


@pytest.mark.parametrize(
    ("days", "window", "valid"),
    [
        (60, (-1, 1), True),
        (59, (-1, 1), False),
        (220, (-5, 5), True),
        (219, (-5, 5), False),
    ],
)
def test_overlapping_runs_need_twenty_windows(days, window, valid):
    outcome = find_test("placebo")(sample_of(market(1, days=days), window))
    assert outcome.valid.all() == valid
    assert set(outcome.reason) == {"" if valid else "overlapping_over_rejects"}
    assert not np.isnan(outcome.p_value).any()


@pytest.mark.parametrize("key", ["placebo", "squares_placebo"])
@pytest.mark.parametrize(
    ("days", "window", "level", "there"),
    [
        (57, (-1, 1), 0.05, True),  # 19 blocks
        (56, (-1, 1), 0.05, False),
        (209, (-5, 5), 0.05, True),
        (208, (-5, 5), 0.05, False),
        (250, (-5, 5), 0.01, False),
        (27, (-1, 1), 0.1, True),  # 9 blocks and 1 - 0.9
    ],
)
def test_separate_runs_need_nineteen_windows(key, days, window, level, there):
    sample = sample_of(market(1, days=days), window, level=1 - (1 - level))
    outcome = find_test(f"{key}|non_overlapping")(sample)
    assert np.isnan(outcome.p_value).all() == (not there)
    assert outcome.valid.all() == there
    assert set(outcome.reason) == {"" if there else "level_not_attainable"}


def test_separate_runs_at_the_default_and_the_longest_window():
    returns = market(1, days=250, event_days=21)
    outcome = find_test("placebo|non_overlapping")(sample_of(returns, (-10, 10)))
    assert set(outcome.reason) == {"level_not_attainable"}
    assert set(find_test("placebo")(sample_of(returns, (-10, 10))).reason) == {
        "overlapping_over_rejects"
    }


def test_level_out_of_reach_of_all_runs():
    # 89 runs of two days in 90; at 1 % the smallest p of 1/90 decides nothing.
    sample = sample_of(market(1, days=90), (0, 1), level=0.01)
    assert set(find_test("placebo")(sample).reason) == {"level_not_attainable"}


def test_window_longer_than_the_estimation_window():
    outcome = find_test("placebo")(sample_of(market(1, days=8), (-5, 5)))
    assert np.isnan(outcome.p_value).all()
    assert set(outcome.reason) == {"too_few_days"}


def test_studentised_residual_of_a_day_that_explains_itself():
    # A regressor that moves on one day only leaves that day no residual: no placebo.
    returns = market(1, days=60, k=2)
    returns.x[:, :, 1] = 0.0
    returns.x[:, 30, 1] = 1.0
    sample = sample_of(returns, (0, 0))
    assert np.isnan(sample.residual_sar[:, 30]).all()
    outcome = find_test("sq")(sample)
    assert (outcome.statistic.draws == 59).all()
    assert not np.isnan(outcome.p_value).any()
