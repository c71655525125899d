"""Money figures: worked example, hand sums, limits, missing days."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from eventstudy.core import money

EXAMPLE = json.loads(
    (Path(__file__).parents[1] / "references" / "worked_example_1.json").read_text()
)["example_1"]
EXPECTED = EXAMPLE["expected"]
WORKED = {"rtol": 1e-9, "atol": 0}
# the references have 10 digits, so what is built from them has 9
MV = np.array([EXAMPLE["inputs"]["market_cap_before_event"]])
CAR, ERROR = np.array([EXPECTED["CAR"]]), np.array([EXPECTED["CAR_se"]])
ACTUAL = np.array([EXAMPLE["inputs"]["firm_event"]])
ABNORMAL = np.array([EXPECTED["AR"]])
V = np.array(EXPECTED["covariance_of_ARs"]).reshape(1, 3, 3)
T = money.critical_value(0.95, np.array([10.0]))


def check(found, value, low_high, std_error=None):
    np.testing.assert_allclose(found.value, [EXPECTED[value]], **WORKED)
    interval = np.stack([found.low, found.high], axis=1)
    np.testing.assert_allclose(interval, [EXPECTED[low_high]], **WORKED)
    if std_error:
        np.testing.assert_allclose(found.std_error, [EXPECTED[std_error]], **WORKED)


def test_critical_value():
    np.testing.assert_allclose(T, [EXPECTED["t_crit_95"]], **WORKED)
    df = np.array([np.inf, 3.0])
    expected = [stats.norm.ppf(0.95), stats.t.ppf(0.95, 3)]
    np.testing.assert_allclose(money.critical_value(0.9, df), expected, rtol=1e-12)


def test_first_order_of_the_worked_example():
    found = money.first_order(MV, CAR, ERROR, T)
    check(found, "dollar_simple_first_order", "dollar_simple_ci95")


def test_buy_and_hold_of_the_worked_example():
    found = money.buy_and_hold(MV, ACTUAL, ACTUAL - ABNORMAL, V, T)
    check(found, "dollar_bhar_simple", "dollar_bhar_ci95")
    np.testing.assert_allclose(found.std_error / MV, [EXPECTED["bhar_se"]], **WORKED)
    path = money.buy_and_hold_path(ACTUAL, ACTUAL - ABNORMAL)
    np.testing.assert_allclose(path[:, -1], [EXPECTED["bhar_simple"]], **WORKED)
    gradient = money.expected_gradient(ACTUAL - ABNORMAL, np.zeros((1, 3), bool))
    np.testing.assert_allclose(gradient, [EXPECTED["bhar_gradient"]], **WORKED)


def test_daily_sum_of_the_worked_example():
    growth = np.cumprod(1 + ACTUAL, axis=1)
    before = MV[:, None] * np.concatenate([np.ones((1, 1)), growth[:, :-1]], axis=1)
    found = money.daily_sum(ABNORMAL, before, V, T)
    check(found, "dollar_sum_daily", "dollar_sum_daily_ci95", "dollar_sum_daily_se")


def test_log_change_of_the_worked_example():
    found = money.log_change(MV, ACTUAL, CAR, ERROR, T)
    check(found, "dollar_if_log_returns", "dollar_if_log_returns_ci95")
    slope = MV * math.exp(ACTUAL.sum() - CAR[0])  # derivative of the figure by CAR
    np.testing.assert_allclose(found.std_error, slope * ERROR, rtol=1e-12)


def test_one_day_is_the_same_by_every_route():
    actual, expected, v = np.array([[-0.4]]), np.array([[0.01]]), np.array([[[7e-4]]])
    car, error = np.array([-0.41]), np.sqrt(np.array([7e-4]))
    simple = money.first_order(MV, car, error, T)
    held = money.buy_and_hold(MV, actual, expected, v, T)
    daily = money.daily_sum(actual - expected, MV[:, None], v, T)
    for other in (held, daily):
        for name in ("value", "std_error", "low", "high"):
            ours, theirs = getattr(other, name), getattr(simple, name)
            np.testing.assert_allclose(ours, theirs, rtol=1e-12)


def test_buy_and_hold_path_by_hand():
    actual = np.array([[0.10, -0.20, 0.50]])
    expected = np.array([[0.05, 0.00, 0.10]])
    # 1.1 - 1.05, 0.88 - 1.05, 1.32 - 1.155
    path = money.buy_and_hold_path(actual, expected)
    np.testing.assert_allclose(path, [[0.05, -0.17, 0.165]], rtol=1e-12)


@given(
    st.lists(
        st.tuples(st.floats(-0.5, 0.5), st.floats(-0.1, 0.1)), min_size=1, max_size=8
    )
)
def test_simple_and_log_returns_hold_the_same_share(days):
    actual, expected = np.array(days).T
    simple = money.buy_and_hold_path(actual, expected)
    logs = money.buy_and_hold_path(np.log1p(actual), np.log1p(expected), "log")
    np.testing.assert_allclose(logs, simple, rtol=1e-9, atol=1e-12)


@given(st.floats(-0.9, 0.9), st.floats(1e-4, 0.2), st.floats(-0.5, 0.5))
def test_log_change_is_the_difference_of_two_paths(car, error, total):
    car, error = np.array([car]), np.array([error])
    found = money.log_change(MV, np.array([[total]]), car, error, T)
    paths = MV * (math.exp(total) - np.exp(total - car))
    np.testing.assert_allclose(found.value, paths, rtol=1e-9, atol=1e-3)
    assert found.low < found.value < found.high


def test_a_missing_day_changes_nothing():
    gap = [0, 3, 1, 2]
    actual = np.array([[-0.01, 0.03, 0.02, np.nan]])[:, gap]
    expected = np.array([[0.01, 0.01, -0.02, np.nan]])[:, gap]
    full = np.diag([1e-4, 2e-4, 3e-4, np.nan])
    v = full[np.ix_(gap, gap)][None]
    kept = [0, 2, 3]
    held = money.buy_and_hold(MV, actual, expected, v, T)
    alone = money.buy_and_hold(
        MV, actual[:, kept], expected[:, kept], v[:, kept][:, :, kept], T
    )
    daily = money.daily_sum(actual - expected, MV[:, None] * [1, 9, 2, 3], v, T)
    daily_alone = money.daily_sum(
        (actual - expected)[:, kept],
        MV[:, None] * [1, 2, 3],
        v[:, kept][:, :, kept],
        T,
    )
    for with_gap, without in ((held, alone), (daily, daily_alone)):
        np.testing.assert_allclose(with_gap.value, without.value, rtol=1e-12)
        np.testing.assert_allclose(with_gap.low, without.low, rtol=1e-12)
    path = money.buy_and_hold_path(actual[:, [1, 0]], expected[:, [1, 0]])
    assert np.isnan(path[0, 0])
    assert path[0, 1] == pytest.approx(-0.02)


def test_nothing_known_gives_nan():
    nothing = np.full((1, 2), np.nan)
    v = np.full((1, 2, 2), np.nan)
    for found in (
        money.buy_and_hold(MV, nothing, nothing, v, T),
        money.daily_sum(nothing, MV[:, None] * [1, 1], v, T),
        money.buy_and_hold(np.array([np.nan]), ACTUAL, ACTUAL - ABNORMAL, V, T),
        money.daily_sum(ABNORMAL, np.array([[1e9, np.nan, 1e9]]), V, T),
    ):
        assert np.isnan([found.value, found.std_error, found.low, found.high]).all()


def test_leading_axes_equal_a_loop():
    rng = np.random.default_rng(4)
    actual, expected = rng.normal(0, 0.05, (2, 5, 3))
    root = rng.normal(0, 0.02, (5, 3, 3))
    v = root @ np.swapaxes(root, 1, 2)
    mv, t = rng.uniform(1e8, 1e9, 5), np.full(5, 2.0)
    together = money.buy_and_hold(mv, actual, expected, v, t)
    for i in range(5):
        alone = money.buy_and_hold(mv[i], actual[i], expected[i], v[i], t[i])
        assert together.value[i] == pytest.approx(alone.value, rel=1e-12)
        assert together.std_error[i] == pytest.approx(alone.std_error, rel=1e-12)


def test_the_interval_covers_the_realised_effect():
    # methods 3.8: the effect is the path against the one without the event, covered
    # by buy-and-hold in 95 %, by the simple figure in fewer when a day loses 40 %
    reps, m, days, sigma = 4000, 100, 3, 0.02
    rng = np.random.default_rng(6)
    without = rng.normal(0, sigma, (reps, m + days))
    event = without[:, m:] + np.array([-0.4, 0.0, 0.0])
    mean = without[:, :m].mean(axis=1, keepdims=True)
    variance = without[:, :m].var(axis=1, ddof=1)
    v = variance[:, None, None] * (np.eye(days) + 1 / m)
    t = money.critical_value(0.95, np.full(reps, m - 1.0))
    expected = np.broadcast_to(mean, event.shape)
    held = money.buy_and_hold(np.ones(reps), event, expected, v, t)
    error = np.sqrt(v.sum(axis=(1, 2)))
    simple = money.first_order(np.ones(reps), (event - mean).sum(axis=1), error, t)
    truth = np.prod(1 + event, axis=1) - np.prod(1 + without[:, m:], axis=1)
    covered = [((f.low <= truth) & (truth <= f.high)).mean() for f in (held, simple)]
    assert abs(covered[0] - 0.95) < 4 * math.sqrt(0.95 * 0.05 / reps)
    assert covered[1] < 0.9
