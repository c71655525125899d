"""Exact p-values of counts and rank sums against scipy.stats and enumeration."""

import itertools

import numpy as np
import pytest
from scipy import stats

from eventstudy.core.pvalues import p_values

SIDES = ("two-sided", "greater", "less")


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("n", [1, 2, 5, 12, 100, 3001])
def test_binomial(n, side):
    value = np.unique(np.linspace(0, n, 13).astype(int)).astype(float)
    draws = np.full(value.shape, float(n))
    found = p_values("binomial", value, draws=draws, alternative=side)
    expected = [stats.binomtest(int(w), n, alternative=side).pvalue for w in value]
    np.testing.assert_allclose(found, expected, rtol=1e-11)


def test_far_tail_of_the_binomial_keeps_its_digits():
    found = p_values("binomial", np.array([1000.0]), draws=np.array([1000.0]))
    np.testing.assert_allclose(found, 2.0**-999, rtol=1e-10)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("n", [1, 2, 3, 7, 10])
def test_signed_rank_by_enumeration(n, side):
    sums = np.array(
        [
            sum(rank for rank, up in enumerate(signs, 1) if up)
            for signs in itertools.product([False, True], repeat=n)
        ]
    )
    value = np.arange(n * (n + 1) // 2 + 1.0)
    found = p_values(
        "signed_rank", value, draws=np.full(value.shape, float(n)), alternative=side
    )
    lower = np.array([(sums <= w).mean() for w in value])
    upper = np.array([(sums >= w).mean() for w in value])
    both = np.minimum(1.0, 2.0 * np.minimum(lower, upper))
    expected = {"less": lower, "greater": upper, "two-sided": both}[side]
    np.testing.assert_allclose(found, expected, rtol=1e-14)


@pytest.mark.parametrize("n", [12, 18, 25])
def test_signed_rank_against_scipy(n):
    rng = np.random.default_rng(n)
    for _ in range(20):
        x = rng.normal(0.3, 1.0, n)
        theirs = stats.wilcoxon(x, method="exact")
        value = stats.rankdata(np.abs(x))[x > 0].sum()
        found = p_values("signed_rank", np.asarray(value), draws=np.asarray(float(n)))
        np.testing.assert_allclose(found, theirs.pvalue, rtol=1e-12)


def test_missing_is_missing():
    for name in ("binomial", "signed_rank"):
        found = p_values(name, np.array([np.nan, 1.0]), draws=np.array([3.0, 3.0]))
        assert list(np.isnan(found)) == [True, False]
        alone = p_values(name, np.asarray(np.nan), draws=np.asarray(0.0))
        assert alone.shape == ()
        assert np.isnan(alone)
