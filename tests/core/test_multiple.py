"""Adjusted p-values against statsmodels, by hand, and by their definition."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from eventstudy.core.multiple import benjamini_hochberg, holm, romano_wolf

p_values = st.lists(
    st.floats(0.0, 1.0) | st.sampled_from([0.01, 0.02, 0.05, 1.0]),
    min_size=1,
    max_size=30,
).map(np.array)


@settings(max_examples=25)
@given(p_values)
def test_against_statsmodels(p):
    for mine, method in ((holm, "holm"), (benjamini_hochberg, "fdr_bh")):
        expected = multipletests(p, method=method)[1]
        np.testing.assert_allclose(mine(p), expected, rtol=1e-14)


@given(p_values, st.randoms())
def test_missing_ones_are_no_members(p, random):
    places = sorted(random.sample(range(p.size + 3), p.size))
    with_gaps = np.full(p.size + 3, np.nan)
    with_gaps[places] = p
    for adjust in (holm, benjamini_hochberg):
        expected = np.full(p.size + 3, np.nan)
        expected[places] = adjust(p)
        np.testing.assert_array_equal(adjust(with_gaps), expected)


def test_no_family():
    for adjust in (holm, benjamini_hochberg):
        assert adjust(np.zeros(0)).size == 0
        assert np.isnan(adjust(np.array([np.nan]))).all()
    assert np.isnan(romano_wolf(np.array([np.nan]), np.zeros((5, 1)))).all()


def literal_romano_wolf(statistic, drawn, complete):
    """The definition of methods 5.3, one hypothesis after the other."""
    order = sorted(range(len(statistic)), key=lambda j: -abs(statistic[j]))
    p, last = {}, 0.0
    for rank, j in enumerate(order):
        rest = [max(abs(draw[i]) for i in order[rank:]) for draw in drawn]
        hits = sum(value >= abs(statistic[j]) * (1 - 1e-12) for value in rest)
        one = hits / len(drawn) if complete else (1 + hits) / (len(drawn) + 1)
        last = p[j] = max(last, one)
    return [p[j] for j in range(len(statistic))]


@pytest.mark.parametrize("complete", [False, True])
@pytest.mark.parametrize("m", [1, 2, 7])
def test_romano_wolf_by_definition(m, complete):
    rng = np.random.default_rng(m)
    statistic = rng.normal(0, 2, m)
    drawn = rng.standard_t(5, (99, m))
    drawn[0] = statistic
    np.testing.assert_allclose(
        romano_wolf(statistic, drawn, complete=complete),
        literal_romano_wolf(statistic, drawn, complete),
        rtol=1e-14,
    )


def test_romano_wolf_by_hand():
    # All draws that there are: the data and three others.  The largest, 3, is reached
    # by the data alone; 2 by the data and by the 2.5; 1 never by fewer than 2 does.
    drawn = np.array([[1, 3, 2], [0, 1, 2.5], [0.5, 0.5, 0.5], [0, 1, 0]])
    found = romano_wolf(drawn[0], drawn, complete=True)
    np.testing.assert_array_equal(found, [2 / 4, 1 / 4, 2 / 4])
    found = romano_wolf(drawn[0], drawn)
    np.testing.assert_array_equal(found, [3 / 5, 2 / 5, 3 / 5])


def test_ties_count_whatever_their_rounding():
    statistic = np.array([0.3])
    drawn = np.array([[0.1 + 0.2 - 1e-16], [0.3 * (1 - 1e-13)], [0.3 * (1 - 1e-11)]])
    assert romano_wolf(statistic, drawn, complete=True)[0] == 2 / 3


def test_a_draw_without_a_statistic_exceeds_nothing():
    statistic, drawn = np.array([2.0, 1.0]), np.array([[np.nan, 1.5], [np.nan, np.nan]])
    np.testing.assert_array_equal(romano_wolf(statistic, drawn), [1 / 3, 2 / 3])


def test_dependence_makes_romano_wolf_sharper_than_holm():
    # Twenty times the same hypothesis is one hypothesis.
    rng = np.random.default_rng(1)
    drawn = np.repeat(rng.standard_normal((4999, 1)), 20, axis=1)
    found = romano_wolf(np.full(20, 2.2), drawn)
    assert found.max() == pytest.approx(0.0278, abs=0.007)
    assert holm(np.full(20, 0.0278)).min() > 0.5


@pytest.mark.slow
@pytest.mark.parametrize("rho", [0.0, 0.9])
def test_chance_of_any_false_rejection(rho):
    rng = np.random.default_rng(2)
    m, replications, draws, hits = 11, 4000, 4_999, np.zeros(2)
    common = np.sqrt(rho) * rng.standard_normal((draws, 1))
    drawn = common + np.sqrt(1 - rho) * rng.standard_normal((draws, m))
    for _ in range(replications):
        z = np.sqrt(rho) * rng.standard_normal()
        z = z + np.sqrt(1 - rho) * rng.standard_normal(m)
        p = 2 * stats.norm.sf(np.abs(z))
        hits += romano_wolf(z, drawn).min() <= 0.05, holm(p).min() <= 0.05
    error = np.sqrt(0.05 * 0.95 * (1 / replications + 1 / draws))
    assert hits[0] / replications == pytest.approx(0.05, abs=4 * error)
    assert hits[1] / replications <= 0.05 + 4 * error
