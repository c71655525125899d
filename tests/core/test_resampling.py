"""Weights and their sums: against enumeration by itertools, and one draw at a time."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from eventstudy.core import resampling
from eventstudy.core.drawn_sums import of_clusters, of_events, of_resamples
from eventstudy.core.resampling import (
    SIX_POINTS,
    cluster_weights,
    event_weights,
    every_sign,
    one_draw,
    random_signs,
    resamples,
    six_points,
)

DRAWS = 400
small_numbers = st.lists(st.integers(-3, 3), min_size=2, max_size=9)


def rng(seed=1):
    return np.random.default_rng(seed)


def drawn(weights):
    """All draws in one array."""
    return np.concatenate(list(weights.chunks))


def column(x):
    return np.asarray(x, float)[:, None]


def exceed(x, weights, how=of_events):
    """Draws at least as extreme as the data."""
    x = column(x)
    return float(of_events(x, one_draw(len(x))).exceeded_by(how(x, weights))[0])


def squared_t(x):
    """Squared t over n - 1, exact; None where the standard deviation is 0."""
    x = [Fraction(value) for value in x]
    total, squares = sum(x), sum(value**2 for value in x)
    rest = len(x) * squares - total**2
    return None if rest == 0 else total**2 / rest


def as_extreme(draw, data):
    """|t*| >= |t|, exact; a draw with sd = 0 is."""
    return draw is None or draw >= data


@given(small_numbers)
def test_all_signs_against_itertools(x):
    data = squared_t(x)
    if data is None:
        return
    expected = sum(
        as_extreme(squared_t([a * b for a, b in zip(x, signs, strict=True)]), data)
        for signs in itertools.product((-1, 1), repeat=len(x))
    )
    assert exceed(x, every_sign(len(x))) == expected
    # The same numbers where they cannot be written without rounding.
    assert exceed(0.1 * np.array(x) / 3.0, every_sign(len(x))) == expected


@given(small_numbers.filter(lambda x: len(x) <= 5))
def test_all_resamples_against_itertools(x):
    data = squared_t(x)
    if data is None:
        return
    n, mean = len(x), Fraction(sum(x), len(x))
    centred = [value - mean for value in x]
    places = list(itertools.product(range(n), repeat=n))
    expected = sum(
        as_extreme(squared_t([centred[i] for i in place]), data) for place in places
    )
    counts = np.array([np.bincount(place, minlength=n) for place in places], float)
    weights = resampling.Weights([counts[:7], counts[7:]], len(places))
    found = exceed(0.1 * np.array(x), weights, of_resamples)
    assert found == expected


def clustered_squared_t(total, number):
    """Squared t over G - 1 of methods 4.13, exact."""
    total = [Fraction(value) for value in total]
    mean = Fraction(sum(total), sum(number))
    spread = sum((a - n * mean) ** 2 for a, n in zip(total, number, strict=True))
    return None if spread == 0 else sum(total) ** 2 / (len(total) * spread)


@given(
    st.lists(st.tuples(st.integers(-3, 3), st.integers(1, 4)), min_size=2, max_size=7)
)
def test_all_signs_of_clusters_against_itertools(clusters):
    value, number = zip(*clusters, strict=True)
    total = [v * n for v, n in clusters]
    data = clustered_squared_t(total, number)
    if data is None:
        return
    expected = sum(
        as_extreme(
            clustered_squared_t([a * b for a, b in zip(total, s, strict=True)], number),
            data,
        )
        for s in itertools.product((-1, 1), repeat=len(total))
    )
    x = column(np.repeat(value, number) * 0.1)
    cluster = np.repeat(np.arange(len(number)), number)
    observed = of_clusters(x, cluster, one_draw(len(number)))
    found = observed.exceeded_by(of_clusters(x, cluster, every_sign(len(number))))
    assert found[0] == expected


SAMPLES = {
    "normal": lambda: rng(3).normal(0.01, 0.03, 25),
    "far off": lambda: rng(4).normal(5.0, 0.01, 25),
    "heavy": lambda: 0.02 * rng(5).standard_t(2, 25),
}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("draw", [random_signs, six_points])
def test_t_of_each_draw_against_scipy(name, draw):
    x = SAMPLES[name]()
    found = of_events(column(x), draw(x.size, rng(), DRAWS))
    expected = [
        stats.ttest_1samp(x * w, 0.0) for w in drawn(draw(x.size, rng(), DRAWS))
    ]
    np.testing.assert_allclose(
        found.t[:, 0], [e.statistic for e in expected], rtol=1e-7, atol=1e-10
    )
    mine = stats.ttest_1samp(x, 0.0).statistic
    extreme = sum(abs(e.statistic) >= abs(mine) * (1 - 1e-12) for e in expected)
    assert exceed(x, draw(x.size, rng(), DRAWS)) == extreme


def test_ties_of_a_tiny_effect():
    # A loop over scipy calls a handful of these ties by their rounding.
    x = np.concatenate([[1.0, -1.0 + 1e-5], np.tile([0.5, -0.5], 9)])
    data = squared_t(x)
    expected = sum(
        as_extreme(squared_t(x * w), data)
        for w in drawn(random_signs(20, rng(), DRAWS))
    )
    assert exceed(x, random_signs(20, rng(), DRAWS)) == expected


@pytest.mark.parametrize("name", SAMPLES)
def test_resamples_one_at_a_time(name):
    x = SAMPLES[name]()
    weights = drawn(resamples(x.size, rng(), DRAWS))
    centred = x - x.mean()
    t = np.array([
        stats.ttest_1samp(np.repeat(centred, w.astype(int)), 0.0).statistic
        for w in weights
    ])  # fmt: skip
    found = of_resamples(column(x), resamples(x.size, rng(), DRAWS))
    np.testing.assert_allclose(found.t[:, 0], t, rtol=1e-8, atol=1e-10)
    mine = stats.ttest_1samp(x, 0.0).statistic
    assert exceed(x, resamples(x.size, rng(), DRAWS), of_resamples) == sum(
        np.abs(t) >= abs(mine) * (1 - 1e-12)
    )


@pytest.mark.parametrize("sizes", [[3] * 8, [9, 1, 1, 2, 2, 5, 1, 3], [1] * 12])
def test_clusters_against_statsmodels(sizes):
    cluster = np.repeat(np.arange(len(sizes)), sizes)
    x = rng(7).normal(0.01, 0.02, (cluster.size, 3))
    found = of_clusters(x, cluster, six_points(len(sizes), rng(), 60))
    for row, w in enumerate(drawn(six_points(len(sizes), rng(), 60))):
        for k in range(3):
            fit = sm.OLS(x[:, k] * w[cluster], np.ones(cluster.size)).fit(
                cov_type="cluster", cov_kwds={"groups": cluster}, use_t=True
            )
            assert found.t[row, k] == pytest.approx(fit.tvalues[0], rel=1e-8)


def test_many_columns_share_the_draws():
    x = rng(2).normal(0.0, 1.0, (30, 5))
    for how, draw in ((of_events, six_points), (of_resamples, resamples)):
        both = how(x, draw(30, rng(), DRAWS))
        for k in range(5):
            alone = how(x[:, [k]], draw(30, rng(), DRAWS))
            np.testing.assert_allclose(both.t[:, k], alone.t[:, 0], rtol=1e-10)


def test_values_that_are_not_in_the_sample():
    x = rng(2).normal(0.0, 1.0, (30, 2))
    hole = np.arange(30) % 4 == 1
    x[hole, 1] = np.nan
    w = drawn(random_signs(30, rng(), 50))
    found = of_events(x, random_signs(30, rng(), 50))
    expected = [stats.ttest_1samp((x[:, 1] * each)[~hole], 0.0).statistic for each in w]
    np.testing.assert_allclose(found.t[:, 1], expected, rtol=1e-10)
    cluster = np.arange(30) // 3
    x[cluster == 4, 1] = np.nan
    found = of_clusters(x, cluster, one_draw(10))
    there = np.isfinite(x[:, 1])
    fit = sm.OLS(x[there, 1], np.ones(there.sum())).fit(
        cov_type="cluster", cov_kwds={"groups": cluster[there]}, use_t=True
    )
    assert found.units.tolist() == [10, 9]
    assert found.t[0, 1] == pytest.approx(fit.tvalues[0], rel=1e-10)


def test_no_spread_counts_as_exceedance():
    # Two events: half of the resamples are twice the same one, and nothing is left.
    x = np.array([1.0, 3.0])
    counts = drawn(resamples(2, rng(), DRAWS))
    twice = (counts == 2.0).any(axis=1).sum()
    assert 100 < twice < 300
    assert exceed(x, resamples(2, rng(), DRAWS), of_resamples) == twice
    zeros = of_resamples(column(x), resamples(2, rng(), DRAWS))
    assert np.isinf(zeros.t[:, 0]).sum() == twice


@pytest.mark.parametrize("n", [1, 7, 8, 9, 1000, 200_000])
@pytest.mark.parametrize("draw", [random_signs, six_points, resamples])
def test_chunks_are_the_draws(n, draw):
    chunks = list(draw(n, rng(), 37).chunks)
    assert sum(map(len, chunks)) == 37
    assert {chunk.shape[1] for chunk in chunks} == {n}


def test_signs_are_fair_and_independent():
    w = drawn(random_signs(19, rng(), 40_000))
    assert set(np.unique(w)) == {-1.0, 1.0}
    assert np.abs(w.mean(axis=0)).max() < 4 / np.sqrt(40_000)
    correlation = np.corrcoef(w.T)[np.triu_indices(19, 1)]
    assert np.abs(correlation).max() < 4.5 / np.sqrt(40_000)
    assert np.abs(np.mean(w[1:] * w[:-1], axis=0)).max() < 4 / np.sqrt(40_000)


def test_six_points_are_equally_likely():
    w = drawn(six_points(10, rng(), 12_000))
    values, count = np.unique(w, return_counts=True)
    np.testing.assert_allclose(np.sort(SIX_POINTS), values, rtol=0)
    np.testing.assert_allclose(values**2, [1.5, 1, 0.5, 0.5, 1, 1.5], rtol=1e-15)
    assert stats.chisquare(count).pvalue > 1e-3
    assert np.mean(w**2) == pytest.approx(1.0, abs=4 * np.sqrt(1 / 6 / 120_000))


def test_resamples_are_multinomial():
    w = drawn(resamples(6, rng(), 20_000))
    assert (w.sum(axis=1) == 6).all()
    share = np.bincount(w[:, 2].astype(int), minlength=7)
    expected = stats.binom(6, 1 / 6).pmf(range(7)) * 20_000
    merged = [*share[:4], share[4:].sum()], [*expected[:4], expected[4:].sum()]
    assert stats.chisquare(*merged).pvalue > 1e-3


def test_every_sign_once():
    w = every_sign(5)
    rows = {tuple(row) for row in drawn(w)}
    assert rows == set(itertools.product((-1.0, 1.0), repeat=5))
    assert w.complete
    assert w.number == 32


def test_which_weights_events_get():
    assert event_weights(12, rng(), 99).complete
    assert not event_weights(13, rng(), 99).complete
    assert event_weights(13, rng(), 99).signs
    assert not event_weights(12, rng(), 99, "webb").signs
    assert not event_weights(12, rng(), 99, "webb").complete


@pytest.mark.parametrize(
    ("sizes", "complete", "signs"),
    [
        ([4] * 9, False, False),  # few: six points
        ([4] * 10, True, True),
        ([2] * 12, True, True),
        ([2] * 13, False, True),
        ([6] + [3] * 10, True, True),  # 6 <= 2 * 36 / 11
        ([8] + [3] * 10, False, False),  # 8 > 2 * 38 / 11: unbalanced
        ([30] + [1] * 30, False, False),
    ],
)  # fmt: skip
def test_which_weights_clusters_get(sizes, complete, signs):
    found = cluster_weights(np.array(sizes), rng(), 99)
    assert (found.complete, found.signs) == (complete, signs)
