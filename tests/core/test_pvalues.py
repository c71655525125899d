"""P-values against scipy.stats, far tails against mpmath, counts by hand."""

import mpmath
import numpy as np
import pytest
from scipy import stats

from eventstudy.core.pvalues import attainable, exceedances, p_values, rejects

X = np.array([-40.0, -3.0, -0.5, 0.0, 1.0, 2.5, 8.0])
SIDES = {"less": lambda d: d.cdf(X), "greater": lambda d: d.sf(X)}


@pytest.mark.parametrize("side", ["two-sided", "less", "greater"])
@pytest.mark.parametrize("df", [None, 1.0, 3.0, 248.0, np.inf])
def test_normal_and_t(df, side):
    theirs = stats.norm if df is None or np.isinf(df) else stats.t(df)
    name = "normal" if df is None else "t"
    given = None if df is None else np.full(X.shape, df)
    found = p_values(name, X, given, alternative=side)
    expected = SIDES[side](theirs) if side in SIDES else 2 * theirs.sf(np.abs(X))
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_far_tail_keeps_its_digits():
    # P(abs(T) > t) of Student's t is the regularised incomplete beta function.
    t, df = 15.36455564, 248
    with mpmath.workdps(50):
        x = mpmath.mpf(df) / (df + mpmath.mpf(t) ** 2)
        expected = mpmath.betainc(mpmath.mpf(df) / 2, 0.5, 0, x, regularized=True)
    found = p_values("t", np.array([t, -t]), np.full(2, 248.0))
    np.testing.assert_allclose(found, float(expected), rtol=1e-12)
    assert 1e-38 < found[0] < 1e-36
    far = p_values("normal", np.array([30.0]))
    np.testing.assert_allclose(far, 2 * stats.norm.sf(30.0), rtol=1e-12)


def test_f_and_chi2():
    value = np.array([0.0, 0.5, 3.0, 60.0])
    df = np.tile([3.0, 50.0], (4, 1))
    np.testing.assert_allclose(
        p_values("f", value, df), stats.f.sf(value, 3, 50), rtol=1e-12
    )
    np.testing.assert_allclose(
        p_values("chi2", value, np.full(4, 3.0)), stats.chi2.sf(value, 3), rtol=1e-12
    )


def test_missing_is_missing():
    value, df = np.array([np.nan, 1.0]), np.array([5.0, 5.0])
    assert list(np.isnan(p_values("t", value, df))) == [True, False]
    ones = np.ones(2)
    for name in ("empirical", "bound"):
        found = p_values(name, value, exceed=ones, draws=4 * ones)
        assert list(np.isnan(found)) == [True, False]


def test_empirical_and_bound_by_hand():
    value, exceed = np.ones(3), np.array([0.0, 3.0, 12.0])
    draws = np.full(3, 9.0)
    np.testing.assert_array_equal(
        p_values("empirical", value, exceed=exceed, draws=draws), [0.1, 0.4, 1.0]
    )
    np.testing.assert_array_equal(
        p_values("bound", value, exceed=exceed, draws=draws), [0.0, 3 / 9, 1.0]
    )


# Six placebos, observed 2: abs >= 2 are -3, -2, 2, 5; below 2 all but 5; above 2, 5.
PLACEBOS = np.array([[-3.0, -2.0, 0.0, 1.0, 2.0, 5.0, np.nan]])


@pytest.mark.parametrize(
    ("extreme", "count"), [("two-sided", 4), ("lower", 5), ("upper", 2), ("tails", 5)]
)
def test_counts_by_hand(extreme, count):
    exceed, draws = exceedances(PLACEBOS, np.array([2.0]), extreme)
    assert (exceed[0], draws[0]) == (count, 6)


def test_tails_double_the_smaller_one():
    # Upper tail (1 + 2) / 7, doubled 6 / 7.
    exceed, draws = exceedances(PLACEBOS, np.array([2.0]), "tails")
    found = p_values("empirical", np.ones(1), exceed=exceed, draws=draws)
    np.testing.assert_allclose(found, 6 / 7, rtol=1e-15)


def test_ties_up_to_rounding_count_against_rejection():
    third = np.array([[0.1 + 0.2, -(0.1 + 0.2), 0.3 * (1 - 1e-9)]])
    observed = np.array([0.3 * (1 + 5e-13)])
    assert exceedances(third, observed)[0][0] == 2
    assert exceedances(third, observed, "upper")[0][0] == 1
    assert exceedances(-third, -observed, "lower")[0][0] == 1


def test_decision_at_the_level():
    # 1 - 0.9 is a little less than 0.1 in binary; a p of 0.1 still rejects.
    assert rejects(np.array([0.1]), 1 - 0.9)
    assert not rejects(np.array([0.1000001]), 1 - 0.9)
    assert not rejects(np.array([np.nan]), 0.05)
    np.testing.assert_array_equal(
        attainable(np.array([8, 9, 18, 19]), 1 - 0.9), [False, True, True, True]
    )
    np.testing.assert_array_equal(
        attainable(np.array([18, 19]), 1 - 0.95), [False, True]
    )
