"""The bootstraps of many events: what they draw for whom."""

import dataclasses
import itertools

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from eventstudy.core.resampling import every_sign, random_signs, resamples, six_points
from eventstudy.inference._base import find_test
from tests import many
from tests import oracles_sample as oracle

TESTS = ("bootstrap_t", "wild_bootstrap", "wild_bootstrap_by_date")
DRAWS = 1999


def sample(n=40, seed=3, **fields):
    rng = np.random.default_rng(seed)
    return many.cross_section(
        rng.normal(0.01, 0.03, n), rng.uniform(5e-4, 2e-3, n), **fields
    )


def weights_of(kind, key, case, n):
    """What a test draws for a sample, by its stream."""
    return np.concatenate(list(kind(n, case.stream(key), DRAWS).chunks))


def share(statistics, mine):
    """p of random draws by the rule of methods 4.14."""
    hits = np.sum(~(np.abs(statistics) < abs(mine) * (1 - 1e-12)))
    return (1 + hits) / (len(statistics) + 1)


def test_bootstrap_one_draw_at_a_time():
    case = sample(seed=8)
    found = find_test("bootstrap_t")(case)
    centred = case.car - case.car.mean()
    t = [
        stats.ttest_1samp(np.repeat(centred, w.astype(int)), 0.0).statistic
        for w in weights_of(resamples, "bootstrap_t", case, 40)
    ]
    mine = stats.ttest_1samp(case.car, 0.0).statistic
    assert found.statistic.value == pytest.approx(mine, rel=1e-12)
    assert found.p_value == share(t, mine)
    assert 0.01 < found.p_value < 0.5


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("wild_bootstrap", random_signs),
        ("wild_bootstrap|weights=webb", six_points),
    ],
)
def test_wild_bootstrap_one_draw_at_a_time(key, kind):
    case = sample(seed=8)
    found = find_test(key)(case)
    t = [
        stats.ttest_1samp(case.car * w, 0.0).statistic
        for w in weights_of(kind, "wild_bootstrap", case, 40)
    ]
    mine = stats.ttest_1samp(case.car, 0.0).statistic
    assert found.statistic.value == pytest.approx(mine, rel=1e-12)
    assert found.p_value == share(t, mine)


@pytest.mark.parametrize("n", [2, 3, 7, 12])
def test_wild_bootstrap_of_few_events_tries_all_signs(n):
    case = sample(n, seed=n)
    found = find_test("wild_bootstrap")(case)
    mine = abs(stats.ttest_1samp(case.car, 0.0).statistic)
    t = [
        abs(stats.ttest_1samp(case.car * signs, 0.0).statistic)
        for signs in itertools.product((-1, 1), repeat=n)
    ]
    # No +1: the data are one of the draws.
    assert found.p_value == np.sum(np.array(t) >= mine * (1 - 1e-10)) / 2**n
    assert found.p_value >= 2 / 2**n
    assert find_test("wild_bootstrap")(dataclasses.replace(case, seed=9)).p_value == (
        found.p_value
    )


def on_dates(sizes, seed=4, **fields):
    day0 = 50 * np.repeat(np.arange(len(sizes)), sizes)
    return sample(int(np.sum(sizes)), seed, day0=day0, **fields)


def clustered(x, cluster):
    fit = sm.OLS(x, np.ones(len(x))).fit(
        cov_type="cluster", cov_kwds={"groups": cluster}, use_t=True
    )
    return fit.tvalues[0]


CLUSTERS = {
    "few": ([4] * 8, six_points),
    "unbalanced": ([10] + [1] * 12, six_points),
    "eleven": ([2] * 11, every_sign),
    "many": ([2] * 13, random_signs),
}


@pytest.mark.parametrize("on", ["scar", "car"])
@pytest.mark.parametrize("name", CLUSTERS)
def test_wild_bootstrap_by_date_one_draw_at_a_time(name, on):
    sizes, kind = CLUSTERS[name]
    case = on_dates(sizes)
    draws = 150
    found = find_test(f"wild_bootstrap_by_date|on={on}|draws={draws}")(case)
    x, cluster = getattr(case, on), np.repeat(np.arange(len(sizes)), sizes)
    mine = clustered(x, cluster)
    assert found.statistic.value == pytest.approx(mine, rel=1e-10)
    if kind is every_sign:
        w = np.array(list(itertools.product((-1, 1), repeat=len(sizes))))
        hits = sum(
            abs(oracle_t(x * each[cluster], cluster)) >= abs(mine) * (1 - 1e-10)
            for each in w
        )
        assert found.p_value == hits / 2 ** len(sizes)
    else:
        stream = case.stream("wild_bootstrap_by_date")
        w = np.concatenate(list(kind(len(sizes), stream, draws).chunks))
        t = np.array([oracle_t(x * each[cluster], cluster) for each in w])
        assert found.p_value == share(t, mine)


def oracle_t(x, cluster):
    """Clustered t by a loop over clusters; statsmodels takes a millisecond each."""
    g, mean = cluster.max() + 1, x.mean()
    total = [sum(x[cluster == name] - mean) ** 2 for name in range(g)]
    return mean / np.sqrt(g / (g - 1) * sum(total)) * len(x)


@pytest.mark.parametrize("window", [(0, 0), (-1, 1), (-5, 5)])
def test_clusters_are_components_of_overlapping_windows(window):
    rng = np.random.default_rng(1)
    case = sample(60, day0=np.sort(rng.integers(0, 500, 60)), window=window)
    cluster = oracle.components(case.day0, case.days)
    found = find_test("wild_bootstrap_by_date")(case)
    assert found.statistic.value == pytest.approx(
        clustered(case.scar, cluster), rel=1e-9
    )


@pytest.mark.parametrize("key", TESTS)
def test_draws_hang_on_ids_and_dates(key):
    # Other places in the table, the same ids: the same draws for the same events.
    case = on_dates([3] * 14, seed=8)
    outcome = find_test(key)(case)
    for seed in range(5):
        order = np.random.default_rng(seed).permutation(42)
        again = find_test(key)(many.take(case, order))
        assert again.statistic.exceed == outcome.statistic.exceed
    # Other ids for the same CARs are other draws, but by date those of the dates.
    order = np.random.default_rng(1).permutation(42)
    renamed = find_test(key)(dataclasses.replace(case, order=order))
    same = renamed.statistic.exceed == outcome.statistic.exceed
    assert same == (key == "wild_bootstrap_by_date")


@pytest.mark.parametrize("key", TESTS)
def test_seed_and_window_have_streams_of_their_own(key):
    case = on_dates([3] * 14, seed=8)
    exceed = {
        float(find_test(key)(dataclasses.replace(case, **change)).statistic.exceed)
        for change in ({}, {"seed": 1}, {"seed": 2}, {"window": (1, 1)})
    }
    assert len(exceed) >= 3
    again = find_test(key)(case), find_test(key)(case)
    assert again[0].p_value == again[1].p_value
    assert find_test(key)(case).statistic.draws == DRAWS
    assert find_test(f"{key}|draws=299")(case).statistic.draws == 299


def test_few_clusters():
    found = find_test("wild_bootstrap_by_date")(on_dates([8] * 5))
    assert np.isnan(found.p_value)
    assert found.reason == "few_clusters"
    assert find_test("wild_bootstrap_by_date")(on_dates([8] * 6)).valid


def test_clustered_events_are_said_to_be_dependent():
    for key in TESTS[:2]:
        assert find_test(key)(on_dates([4] * 12)).reason == "clustered"
        assert find_test(key)(sample()).valid
    assert find_test("wild_bootstrap_by_date")(on_dates([30] + [1] * 30)).valid


@pytest.mark.parametrize("key", TESTS)
def test_equal_effects_have_no_spread(key):
    found = find_test(key)(many.cross_section([0.1] * 14, 0.01))
    assert np.isnan(found.p_value)
    assert found.reason == "negative_variance"


def test_p_values_agree_with_theory():
    # Normal effects: all three come close to Student's t.
    case = many.cross_section(np.random.default_rng(6).normal(0.1, 1, 60))
    expected = stats.ttest_1samp(case.car, 0.0).pvalue
    for key in TESTS:
        found = float(find_test(f"{key}|draws=20000")(case).p_value)
        assert found == pytest.approx(expected, abs=0.015)
