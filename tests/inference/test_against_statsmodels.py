"""Every single-event test against statsmodels, one event at a time."""

import numpy as np
import pytest

from eventstudy.inference._base import find_test
from tests import oracles
from tests.samples import market, sample_of

# k, share of missing days, multi-day returns
CASES = [
    (k, missing, spans)
    for k in (1, 2, 4, 7)
    for missing, spans in [
        (0.0, False),
        (0.2, False),
        (0.4, False),
        (0.2, True),
        (0.4, True),
    ]
]
CLOSE = {"rtol": 1e-10, "atol": 0}
WINDOWS = [(0, 0), (-1, 1), (-5, 5)]


@pytest.fixture(params=CASES, ids=lambda case: "k{}-missing{}-{}".format(*case))
def returns(request):
    k, missing, spans = request.param
    seed = 1000 * k + int(100 * missing) + spans
    return market(seed, k=k, missing=missing, spans=spans)


def cases(returns, window):
    """The sample of a window, and its events one by one as the oracles read them."""
    sample = sample_of(returns, window)
    columns = slice(window[0] + 5, window[1] + 6)
    each = [oracles.one_event(returns, i, columns) for i in range(len(returns.y))]
    covered = np.flatnonzero(sample.covered)
    assert covered.size
    return sample, covered, [each[i] for i in covered]


def applied(key, sample, covered):
    outcome = find_test(key)(sample)
    return outcome.statistic.value[covered], outcome.p_value[covered]


@pytest.mark.parametrize("window", WINDOWS)
def test_exact_t(returns, window):
    sample, covered, each = cases(returns, window)
    t, p = applied("exact_t", sample, covered)
    expected = np.array([oracles.exact_t(case) for case in each])
    np.testing.assert_allclose(t, expected[:, 0], rtol=1e-9)
    np.testing.assert_allclose(p, expected[:, 1], rtol=1e-9)
    np.testing.assert_allclose(
        np.sqrt(sample.variance[covered]), expected[:, 2], **CLOSE
    )


@pytest.mark.parametrize("window", WINDOWS)
def test_joint_f(returns, window):
    sample, covered, each = cases(returns, window)
    value, p = applied("joint_f", sample, covered)
    expected = np.array([oracles.joint_f(case) for case in each])
    np.testing.assert_allclose(value, expected[:, 0], rtol=1e-9)
    np.testing.assert_allclose(p, expected[:, 1], rtol=1e-8)


def test_sq_and_its_tails(returns):
    sample, covered, each = cases(returns, (0, 0))
    keys = ["sq", "sq|side=lower", "sq|side=upper"]
    found = np.stack([applied(key, sample, covered)[1] for key in keys], axis=1)
    expected = np.array([oracles.sq(case) for case in each])
    np.testing.assert_allclose(found, expected, **CLOSE)
    by_tails = applied("sq|tails", sample, covered)[1]
    twice = np.minimum(1.0, 2.0 * expected[:, 1:].min(axis=1))
    np.testing.assert_allclose(by_tails, twice, **CLOSE)


@pytest.mark.parametrize("window", WINDOWS)
def test_placebo(returns, window):
    sample, covered, each = cases(returns, window)
    _, p = applied("placebo", sample, covered)
    np.testing.assert_allclose(p, [oracles.placebo(case) for case in each], **CLOSE)


@pytest.mark.parametrize("window", [(0, 0), (-1, 1)])
@pytest.mark.parametrize("key", ["placebo", "squares_placebo"])
def test_separate_runs(returns, window, key):
    sample, covered, each = cases(returns, window)
    _, p = applied(f"{key}|non_overlapping", sample, covered)
    oracle = {
        "placebo": lambda case: oracles.placebo(case, separate=True),
        "squares_placebo": lambda case: oracles.squares_placebo(case, separate=True)[1],
    }[key]
    enough = np.array([len(case.y) // len(case.y_event) >= 19 for case in each])
    expected = np.where(enough, [oracle(case) for case in each], np.nan)
    np.testing.assert_allclose(p, expected, **CLOSE)
    assert enough.any()


@pytest.mark.parametrize("window", WINDOWS)
def test_squares_placebo(returns, window):
    sample, covered, each = cases(returns, window)
    value, p = applied("squares_placebo", sample, covered)
    expected = np.array([oracles.squares_placebo(case) for case in each])
    np.testing.assert_allclose(value, expected[:, 0], rtol=1e-9)
    np.testing.assert_allclose(p, expected[:, 1], **CLOSE)


def test_exchangeability_bound(returns):
    sample, covered, each = cases(returns, (0, 0))
    _, p = applied("chebyshev|exchangeable", sample, covered)
    expected = [oracles.exchangeability_bound(case) for case in each]
    np.testing.assert_allclose(p, expected, **CLOSE)


@pytest.mark.parametrize("window", WINDOWS)
def test_serial_t(returns, window):
    sample, covered, each = cases(returns, window)
    t, _ = applied("serial_t", sample, covered)
    expected = [
        case_car(case) / np.sqrt(oracles.serial_variance(case)) for case in each
    ]
    np.testing.assert_allclose(t, expected, rtol=1e-9)


def case_car(case):
    t, _, error = oracles.exact_t(case)
    return t * error
