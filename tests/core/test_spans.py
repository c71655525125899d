"""Returns over several days, by hand and in 60 digits."""

import numpy as np
import pytest

from eventstudy.core.spans import Spans, compound, total
from tests import precision

DAILY = np.array([0.01, 0.02, np.nan, -0.03, 0.05])


def over(function, series, *pairs):
    end, days = np.array(pairs).T
    return function(np.asarray(series, float), end, days)


def test_compound_by_hand():
    found = over(compound, DAILY, (1, 2), (4, 2), (4, 1), (0, 1))
    expected = [1.01 * 1.02 - 1, 0.97 * 1.05 - 1, 0.05, 0.01]
    np.testing.assert_allclose(found, expected, rtol=1e-15 / 0.01)


def test_total_by_hand():
    found = over(total, DAILY, (1, 2), (4, 2), (4, 1), (0, 1))
    np.testing.assert_allclose(found, [0.03, 0.02, 0.05, 0.01], rtol=1e-14)


@pytest.mark.parametrize("function", [compound, total])
def test_a_day_that_is_missing_or_before_the_first(function):
    found = over(function, DAILY, (2, 1), (3, 2), (4, 3), (1, 3), (0, 2), (-1, 1))
    assert np.isnan(found).all()


@pytest.mark.parametrize("function", [compound, total])
def test_a_single_day_is_the_value_itself(function):
    series = np.random.default_rng(0).normal(0.0, 0.02, 50)
    found = function(series, np.arange(50), np.ones(50, int))
    np.testing.assert_array_equal(found, series)


@pytest.mark.parametrize("function", [compound, total])
def test_no_span_and_no_series(function):
    nothing = np.zeros(0, int)
    assert function(DAILY, nothing, nothing).shape == (0,)
    assert np.isnan(function(np.zeros(0), np.array([-1]), np.array([1]))).all()


@pytest.mark.parametrize("length", [2, 5, 60])
def test_in_sixty_digits(length):
    series = np.random.default_rng(length).normal(0.0, 0.02, 100)
    end = np.array([length - 1, 70, 99])
    days = np.full(3, length)
    parts = [series[e - length + 1 : e + 1] for e in end]
    for found, exact in (
        (compound(series, end, days), [precision.compounded(p) for p in parts]),
        (total(series, end, days), [precision.summed(p) for p in parts]),
    ):
        np.testing.assert_allclose(found, [float(e) for e in exact], atol=1e-15, rtol=0)


def test_tiny_returns_keep_their_digits():
    found = over(compound, [1e-12, 2e-12], (1, 2))
    assert found[0] == pytest.approx(3e-12 + 2e-24, rel=1e-15)


def test_total_loss():
    assert over(compound, [0.1, -1.0, 0.3], (2, 3))[0] == -1.0


@pytest.mark.parametrize("bad", [np.inf, -np.inf, -1.5])
def test_what_is_no_return_gives_no_finite_one(bad):
    assert not np.isfinite(over(compound, [0.1, bad, 0.3], (2, 3)))[0]


def test_put_into():
    x = np.arange(10.0).reshape(2, 5)
    x[1, 4] = np.nan
    spans = Spans(
        event=np.array([0, 1]),
        column=np.array([2, 3]),
        days=np.array([3.0, 2.0]),
        x=np.array([[0.5, 0.6], [9.0, 9.0]]),
    )
    rows, days = spans.put_into(x, np.array([0.0, 0.0, 3.0, 1.0, 1.0]), 0)
    np.testing.assert_array_equal(rows[0, :, 2], [0.5, 0.6])
    np.testing.assert_array_equal(rows[0, :, 3], [3.0, 8.0])
    np.testing.assert_array_equal(days, [[0.0, 0.0, 3.0, 1.0, 0.0]])
    assert x[0, 2] == 2.0
