"""What every significance test keeps, new ones included: the registry is the list."""

import dataclasses
import re

import numpy as np
import pytest

from eventstudy._reasons import REASONS
from eventstudy.inference._base import TESTS, find_test
from tests.samples import market, read_only, sample_of, take

SINGLE = [test for test in TESTS.values() if test.kind == "single"]
SHOWN = [
    version
    for test in SINGLE
    for version in (test, *(test.using(**options) for options in test.variants))
]
WINDOWS = [(0, 0), (-1, 1), (-5, 5)]
TIGHT = {"rtol": 1e-12, "atol": 0}

every_test = pytest.mark.parametrize("test", SHOWN, ids=lambda test: test.key)
every_window = pytest.mark.parametrize("window", WINDOWS)


def events(**options):
    """A few events, some days missing, one standing out."""
    returns = market(7, **{"missing": 0.1, "days": 230, **options})
    returns.y_event[0, 5] -= 0.3
    return returns


def assert_same(found, expected, **tolerance):
    """Two outcomes agree; without a tolerance to the bit."""
    tolerance = tolerance or {"rtol": 0, "atol": 0}
    value, p_value = found.statistic.value, found.p_value
    np.testing.assert_allclose(value, expected.statistic.value, **tolerance)
    np.testing.assert_allclose(p_value, expected.p_value, **tolerance)
    np.testing.assert_array_equal(found.valid, expected.valid)
    np.testing.assert_array_equal(found.reason, expected.reason)


@pytest.mark.parametrize("test", SINGLE, ids=lambda test: test.key)
def test_golden_example(test):
    outcome = test(test.golden.sample())
    np.testing.assert_allclose(
        outcome.statistic.value[0], test.golden.value, rtol=1e-14
    )
    np.testing.assert_allclose(outcome.p_value[0], test.golden.p_value, rtol=1e-13)
    assert test.golden.source.startswith("by hand")


@pytest.mark.parametrize("test", SINGLE, ids=lambda test: test.key)
def test_says_what_it_is(test):
    assert test.null.endswith(".")
    assert re.search(r"\((18|19|20)\d\d\)", test.reference)
    assert test.reference in test.compute.__doc__
    assert find_test(test.key) is test


@every_window
@every_test
def test_order_of_events(test, window):
    sample = sample_of(events(), window)
    order = np.array([3, 0, 5, 1, 4, 2])
    outcome, moved = test(sample), test(take(sample, order))
    np.testing.assert_array_equal(moved.p_value, outcome.p_value[order])
    np.testing.assert_array_equal(moved.statistic.value, outcome.statistic.value[order])


@every_window
@pytest.mark.parametrize("spans", [False, True], ids=["available", "trade_to_trade"])
@every_test
def test_leading_axis_equals_a_loop(test, window, spans):
    sample = sample_of(events(spans=spans, k=4), window)
    outcome = test(sample)
    for event in range(sample.n_events):
        alone = test(take(sample, event))
        np.testing.assert_allclose(
            alone.statistic.value[0], outcome.statistic.value[event], **TIGHT
        )
        np.testing.assert_allclose(alone.p_value[0], outcome.p_value[event], **TIGHT)
        assert alone.valid[0] == outcome.valid[event]
        assert alone.reason[0] == outcome.reason[event]


@every_window
@every_test
def test_unit_of_returns(test, window):
    returns = events()
    scaled = returns._replace(
        y=100 * returns.y,
        y_event=100 * returns.y_event,
        x=returns.x * [1.0, 100.0],
        x_event=returns.x_event * [1.0, 100.0],
    )
    expected = test(sample_of(returns, window))
    assert_same(test(sample_of(scaled, window)), expected, rtol=1e-9)


@every_window
@every_test
def test_sign(test, window):
    returns = events()
    turned = returns._replace(y=-returns.y, y_event=-returns.y_event)
    expected, found = (test(sample_of(each, window)) for each in (returns, turned))
    sign = 1.0 if "odd" in test.laws else -1.0
    np.testing.assert_allclose(
        found.statistic.value, sign * expected.statistic.value, rtol=1e-9
    )
    np.testing.assert_allclose(found.p_value, expected.p_value, rtol=1e-9)


@every_window
@every_test
def test_event_without_returns_equals_an_absent_one(test, window):
    returns = events()
    returns.y[2], returns.y_event[2] = np.nan, np.nan
    others = np.array([0, 1, 3, 4, 5])
    sample = sample_of(returns, window)
    outcome = test(sample)
    assert np.isnan(outcome.statistic.value[2])
    assert not outcome.valid[2]
    assert outcome.reason[2]
    without = test(take(sample, others))
    np.testing.assert_array_equal(outcome.p_value[others], without.p_value)


@pytest.mark.parametrize("window", [(0, 0), (-1, 1)])
@every_test
def test_gap_outside_the_window(test, window):
    returns = events(missing=0.0)
    expected = test(sample_of(returns, window))
    returns.y_event[:, [0, 3, 8]] = np.nan
    assert_same(test(sample_of(returns, window)), expected)


@every_window
@pytest.mark.parametrize(
    "test",
    [test for test in SHOWN if "deletion" not in test.laws],
    ids=lambda test: test.key,
)
def test_missing_day_equals_a_deleted_one(test, window):
    returns = events(missing=0.0)
    gone = [3, 50, 51, 120]
    holes = returns._replace(y=returns.y.copy())
    holes.y[:, gone] = np.nan
    kept = np.delete(np.arange(230), gone)
    shorter = returns._replace(
        y=returns.y[:, kept], x=returns.x[:, kept], spans=returns.spans[:, kept]
    )
    expected = test(sample_of(shorter, window))
    assert_same(test(sample_of(holes, window)), expected, rtol=1e-10)


@every_window
@every_test
def test_empty_days_before_the_estimation_window(test, window):
    sample = sample_of(events(), window)
    empty = np.zeros((6, 20))
    padded = dataclasses.replace(
        sample,
        residuals=np.hstack([empty * np.nan, sample.residuals]),
        residual_spans=np.hstack([empty, sample.residual_spans]),
        residual_rows=np.hstack([np.zeros((6, 20, 2)), sample.residual_rows]),
    )
    assert_same(test(padded), test(sample), **TIGHT)


@every_window
@every_test
def test_inputs_unchanged(test, window):
    # An array that may not be written to raises when somebody tries.
    test(read_only(sample_of(events(), window)))


@pytest.mark.parametrize("days", [0, 1, 2, 3, 4, 8])
@every_window
@every_test
def test_too_few_days(test, window, days):
    returns = market(3, days=8)
    returns.y[:, days:] = np.nan
    outcome = test(sample_of(returns, window))
    if days <= 2:  # two parameters leave no residual
        assert np.isnan(outcome.p_value).all()
        not_one_day = "exchangeable" in test.key and window != (0, 0)
        not_one_day |= test.key == "sq" and window != (0, 0)
        expected = "one_day_only" if not_one_day else "too_few_days"
        assert set(outcome.reason) == {expected}
    check_reasons(outcome)


@pytest.mark.parametrize("k", [0, 1, 2, 4])
@pytest.mark.parametrize("missing", [0.0, 0.5, 0.9])
@every_window
@every_test
def test_every_missing_value_has_a_reason(test, window, missing, k):
    returns = market(5, events=30, days=60, k=k, missing=missing, spans=missing > 0.4)
    check_reasons(test(sample_of(returns, window)))


def check_reasons(outcome):
    """What an outcome owes its reader."""
    missing = np.isnan(outcome.statistic.value)
    np.testing.assert_array_equal(np.isnan(outcome.p_value), missing)
    assert ((outcome.p_value >= 0) & (outcome.p_value <= 1) | missing).all()
    np.testing.assert_array_equal(outcome.valid, outcome.reason == "")
    assert not outcome.valid[missing].any()
    assert set(outcome.reason) <= {"", *REASONS}


@every_window
@every_test
def test_residuals_that_do_not_vary(test, window):
    returns = market(2)
    returns.y[:] = returns.x @ [0.001, 1.5]
    outcome = test(sample_of(returns, window))
    assert np.isnan(outcome.p_value).all()
    allowed = {"zero_variance"}
    if window != (0, 0):
        allowed.add("one_day_only")
    assert set(outcome.reason) <= allowed


@pytest.mark.parametrize("window", [(-1, 1), (-5, 5)])
@every_test
def test_event_day_without_a_return(test, window):
    returns = market(2)
    returns.y_event[1, 5] = np.nan
    outcome = test(sample_of(returns, window))
    assert np.isnan(outcome.p_value[1])
    assert outcome.reason[1] in {"no_event_day_return", "one_day_only"}


@every_test
def test_no_events(test):
    sample = take(sample_of(events(), (-1, 1)), np.zeros(0, int))
    assert test(sample).p_value.shape == (0,)
